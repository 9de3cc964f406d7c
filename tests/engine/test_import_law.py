"""A law of imports: whatever stands in a file, each of its rows comes to exactly one end, and the service then holds
what the good ones say, nothing else; also where the program dies on the way."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.importing.cells import read_text
from disf_desktop.core.importing.recipe import DateOrder, Delimiter, FileForm, ImportColumn, ImportMode, ImportRecipe
from disf_desktop.core.importing.rows import RowReason, RowState
from disf_desktop.core.refusals import Refusal
from disf_desktop.core.schema import Schema
from disf_desktop.engine.importing.check import check
from disf_desktop.storage.importing.table_file import TableFile, recognise
from tests.engine.fakes import Refusal as Refused
from tests.engine.import_world import OWN, PERSON, Death, Import, ImportWorld
from tests.engine.world import CONTACTS, OPTINS

KEY, NAME, BORN, MAIL, MARK = "Clé", "Nom", "Né le", "Courriel", "Marque"
HEADER = (KEY, NAME, BORN, MAIL, MARK)
THERE = {KEY: "SalesforceID", NAME: "LastName", BORN: "Birth", MAIL: "EMail", MARK: "City"}
HERE = {KEY: OWN, NAME: "LastName", BORN: "Birthdate", MAIL: "Email", MARK: "City__c"}

CREATED, UPDATED, UNCHANGED = RowState.CREATED, RowState.UPDATED, RowState.UNCHANGED
REFUSED, FAILED = RowState.REFUSED, RowState.FAILED


@dataclass(frozen=True)
class Written:
    """A file, and its rows as they stand in it, by number."""

    data: bytes
    encoding: str
    delimiter: Delimiter
    rows: Mapping[int, Sequence[str]]


# What may stand in a file

TEXTS = st.one_of(
    st.sampled_from(
        ("=1+1", "'=x", "1.23E+12", "007", "#N/A", '"', 'a"b;c', "sep=;", ",;|\t", "L’Écuyer", "  ", "\ufffd")
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\r\n\t"), max_size=12),
)
DAYS = st.sampled_from(("", "2001-02-03", "1999-12-31", "2001-02-30", "hier", " 2004-02-29 "))
MAILS = st.sampled_from(("zoe@example.org", "zoe@example.org", "pas une adresse"))
KEYS = st.builds(
    lambda number, form: form.format(f"k{number}"), st.integers(0, 7), st.sampled_from(("{}", " {}", "{} ", ""))
)
FAULTS = st.sampled_from(("", "", "", "short", "shorter", "long"))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859-15", "mac_roman")


@st.composite
def files(draw: st.DrawFn) -> Written:
    rows: list[list[str]] = []
    for number in range(2, 2 + draw(st.integers(1, 9))):
        row = [draw(KEYS), draw(TEXTS), draw(DAYS), draw(MAILS), f"m{number}"]
        match draw(FAULTS):
            case "short":
                row = [row[0] or "k", *row[1:4]]
            case "shorter":
                row = [row[0] or "k"]
            case "long":
                row += ["", "de trop"]
        rows.append(row)
    delimiter: Delimiter = draw(st.sampled_from((",", ";", "\t", "|")))
    all_quoted = draw(st.booleans())
    text = io.StringIO(newline="")
    quoting: Literal[0, 1] = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    # A lone carriage return is quoted only where lines end with one.
    end = "\n" if all_quoted and draw(st.booleans()) else "\r\n"
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows([HEADER, *rows])
    encoding = draw(st.sampled_from(ENCODINGS))
    try:
        data = text.getvalue().encode(encoding)
    except UnicodeEncodeError:
        encoding, data = "utf-8", text.getvalue().encode()
    return Written(data, encoding, delimiter, dict(enumerate(rows, 2)))


class FromFile(Import):
    """The import of a real file, read as the program reads files."""

    def __init__(
        self, world: ImportWorld, schema: Schema, fields: Mapping[str, str], file: Written, mode: ImportMode, path: Path
    ) -> None:
        self.world, self.schema, self.optins = world, schema, OPTINS
        path.write_bytes(file.data)
        marked = file.encoding in ("utf-8-sig", "utf-16")
        said = FileForm(
            encoding=None if marked else file.encoding, delimiter=file.delimiter, header=1, dates=DateOrder.ISO
        )
        self.form = recognise(path, said, time_zone="UTC").form
        self.source = TableFile(path, self.form, path.parent / "staging")  # type: ignore[assignment]
        columns = tuple(ImportColumn(column=column, field=field) for column, field in fields.items())
        to = "newsletter/Contact" if schema is CONTACTS else "sf/Contact"
        self.recipe = ImportRecipe(name="Members", to=to, mode=mode, key=(fields[KEY],), columns=columns)
        with self._open(Death()) as (job, _):
            for _ in check(job):
                pass

    def refused(self) -> dict[int, str]:
        """Give the code of each row that the check has refused, or that the service has."""
        return {row: outcome.code for row, outcome in self.outcomes().items() if outcome.state in (REFUSED, FAILED)}

    def until_done(self, death: Death) -> None:
        self.was_killed = self.run(death=death).killed
        if self.was_killed:
            told = self.run()
            assert told.error is None
        finished = self.run().finished
        assert finished.left == 0
        assert finished.rows == finished.created + finished.updated + finished.unchanged + sum(
            (finished.refused, finished.failed)
        )


# What must come of it


@dataclass(frozen=True)
class Read:
    """What a good row says, as canonical values."""

    key: str
    name: str | None
    born: str | None
    mark: str


def said(file: Written, swallowed: frozenset[int]) -> dict[int, Read]:
    """Give what the rows say that have nothing wrong in themselves; those that share a key are left out."""
    found: dict[int, Read] = {}
    for number, row in file.rows.items():
        name = read_text(row[1]) if len(row) == 5 else None
        key = row[0].strip()
        day = row[2].strip() if len(row) == 5 else ""
        wrong = {"2001-02-30", "hier", "pas une adresse"}.intersection(row)
        if number in swallowed or len(row) != 5 or not key or isinstance(name, Refusal) or wrong:
            continue
        assert name is None or isinstance(name, str)
        found[number] = Read(key, name, day or None, row[4])
    shared = Counter(each.key for each in found.values())
    return {number: each for number, each in found.items() if shared[each.key] == 1}


def swallowing(file: Written, refused: Mapping[int, str]) -> frozenset[int]:
    """Give the rows that were taken for rows in which a mark is not closed: only one with a line break may be."""
    found = frozenset(row for row, code in refused.items() if code == RowReason.UNCLOSED_QUOTE)
    assert all(any("\n" in cell or "\r" in cell for cell in file.rows[row]) for row in found)
    return found


def accounted_for(file: Written, importing: FromFile, wanted: Mapping[int, RowState]) -> None:
    states = importing.states()
    if importing.was_killed and importing.recipe.mode is ImportMode.UPSERT:
        # Sent twice, what the first time has created is updated the second time: nobody can tell.
        states |= {row: CREATED for row, state in states.items() if state is UPDATED and wanted.get(row) is CREATED}
    assert states == {row: wanted.get(row, REFUSED) for row in file.rows}


def holding(there: Mapping[str, Any] | None, names: Mapping[str, str], read: Read, before: str | None) -> None:
    """A record holds what a row says, and what it held where the row says nothing."""
    assert there is not None
    assert there[names[MARK]] == read.mark
    assert there[names[MAIL]].lower() == "zoe@example.org"
    assert there.get(names[BORN]) == read.born
    assert there.get(names[NAME]) == (read.name if read.name is not None else before)


MODES = st.sampled_from(list(ImportMode))
BEFORE = st.frozensets(st.integers(0, 7))
DEATHS = st.builds(Death, st.integers(0, 40), after=st.booleans())


@settings(max_examples=60)
@given(files(), MODES, BEFORE, DEATHS, st.integers(1, 4), st.frozensets(st.integers(2, 10), max_size=2))
def test_in_dialog_insight_every_row_comes_to_one_end_and_the_good_ones_are_there(
    file: Written, mode: ImportMode, before: frozenset[int], death: Death, batch: int, unwanted: frozenset[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = ImportWorld(Path(folder), batch_size=batch)
        for number in before:
            world.table.add(SalesforceID=f"K{number}", LastName="Avant", City="before")
        marks = {f"m{number}" for number in unwanted}
        world.table.refuses_record = lambda f: Refused("5", "Not wanted") if f.get("City") in marks else None
        importing = FromFile(world, CONTACTS, THERE, file, mode, Path(folder) / "people.csv")
        good = said(file, swallowing(file, importing.refused()))
        importing.until_done(death)
        known = {f"k{number}" for number in before}
        wanted = {}
        for number, read in good.items():
            is_there = read.key in known
            stored = is_there is not (mode is ImportMode.CREATE) if mode is not ImportMode.UPSERT else True
            wanted[number] = FAILED if not stored or read.mark in marks else UPDATED if is_there else CREATED
        accounted_for(file, importing, wanted)
        stored_rows = {row for row, state in wanted.items() if state is not FAILED}
        for row in stored_rows:
            read = good[row]
            holding(world.table.row_of(SalesforceID=read.key), THERE, read, "Avant" if read.key in known else None)
        untouched = known - {good[row].key for row in stored_rows}
        assert all((world.table.row_of(SalesforceID=key) or {}).get("City") == "before" for key in untouched)
        assert len(world.table.rows) == len(known | {good[row].key for row in stored_rows})
        assert importing.open_batches() == 0


@settings(max_examples=60)
@given(files(), MODES, BEFORE, st.frozensets(st.integers(2, 10), max_size=3), DEATHS, st.booleans())
def test_in_salesforce_every_row_comes_to_one_end_and_the_good_ones_are_there(
    file: Written, mode: ImportMode, before: frozenset[int], same: frozenset[int], death: Death, by_bulk: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = ImportWorld(Path(folder), batch_size=3)
        world.bulk_above, world.threads = (0 if by_bulk else 2000), by_bulk
        # A record that is there already as its row says.
        as_said = {r.key: r for number, r in said(file, frozenset()).items() if number in same}
        held = {f"k{number}" for number in before} | as_said.keys()
        for key in held:
            r = as_said.get(key, Read(key, "Avant", None, "before"))
            world.contact(
                **{
                    OWN: key,
                    "LastName": r.name or "Avant",
                    "Birthdate": r.born,
                    "City__c": r.mark,
                    "Email": "Zoe@example.org",
                }
            )
        importing = FromFile(world, PERSON, HERE, file, mode, Path(folder) / "people.csv")
        good = said(file, swallowing(file, importing.refused()))
        importing.until_done(death)
        wanted = {}
        for number, read in good.items():
            if read.key not in held:
                wanted[number] = REFUSED if mode is ImportMode.UPDATE or read.name is None else CREATED
            elif mode is ImportMode.CREATE:
                wanted[number] = REFUSED
            else:
                wanted[number] = UNCHANGED if as_said.get(read.key) == read else UPDATED
        accounted_for(file, importing, wanted)
        people = world.people()
        assert all(len(found) == 1 for found in people.values())
        stored_rows = {row for row, state in wanted.items() if state is not REFUSED}
        for row in stored_rows:
            read = good[row]
            holding(people[read.key][0], HERE, read, "Avant")
        assert people.keys() == held | {good[row].key for row in stored_rows}
        assert importing.open_batches() == 0
