"""The files that tell what became of an import, written from a real file and a real book."""

from __future__ import annotations

import csv
import os
import stat
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from disf_desktop.core.errors import DiskFull, UnexpectedAnswer
from disf_desktop.core.importing.cells import trimmed
from disf_desktop.core.importing.file_form import Container, KnownForm
from disf_desktop.core.importing.recipe import DateOrder, ImportColumn, ImportConsent, ImportRecipe
from disf_desktop.core.importing.rows import RowOutcome, RowProblem, RowReason, RowState
from disf_desktop.core.importing.rules import CompiledImport, compile_import
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.storage.importing.book import ImportBook
from disf_desktop.storage.importing.book_view import BookFacts
from disf_desktop.storage.importing.result_file import ResultFile, ResultsNotWritten, safe_cell, safe_cells
from disf_desktop.storage.importing.results import save_refused, write_results
from disf_desktop.storage.importing.table_file import TableFile
from tests.storage.conftest import KEY

NAMES = ("Email", "Name", "Balance", "Newsletter", "Since", "Where")
FORM = KnownForm(Container.TEXT, "cp1252", ";", 1, NAMES)
RECIPE = ImportRecipe(
    name="Members",
    to="loyalty/contacts",
    key=("EMail",),
    columns=(ImportColumn(column="Email", field="EMail"), ImportColumn(column="Name", field="Name")),
)
WITH_CONSENTS = RECIPE.model_copy(
    update={
        "consents": (
            ImportConsent(column="Newsletter", consent="News", since_column="Since", source_column="Where"),
            ImportConsent(column="Balance", consent="Offers", since="2026-03-01", source="Shop", inverted=True),
        )
    }
)
SCHEMA = Schema(
    Side.DIALOG_INSIGHT,
    "contacts",
    "Contacts",
    {"EMail": Field("EMail", "E-mail", FieldType.EMAIL, key=True), "Name": Field("Name", "Name", FieldType.TEXT)},
    (Field("News", "News", FieldType.BOOLEAN), Field("Offers", "Offers", FieldType.BOOLEAN)),
)
FILE = """Email;Name;Balance;Newsletter;Since;Where
claire@example.org;Céline;-12,5;oui;2026-01-31;Site
luc@example.org;=1+1;;non;;
bad;"Ma;ry";+1 514;oui;;
anne@example.org;Anne
pia@example.org;Pia;a;;c;d;beyond;@more
jean@example.org;Jean;;;;
zoe@example.org;Zoé;oui;;;
"""


@dataclass
class World:
    """A file, its book, and where its results go."""

    path: Path
    book: ImportBook
    folder: Path
    form: KnownForm = FORM

    @property
    def source(self) -> TableFile:
        return TableFile(self.path, self.form, self.folder.parent / "staging")

    def write(self, compiled: CompiledImport | None = None) -> Mapping[str, Path]:
        recipe = RECIPE if compiled is None else compiled.recipe
        with self.source as source:
            return write_results(self.book, source, self.form, recipe, self.folder, compiled=compiled)

    def save_refused(self, path: Path) -> int:
        with self.source as source:
            return save_refused(self.book, source, self.form, path)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    path = tmp_path / "members.csv"
    path.write_bytes(FILE.encode("cp1252"))
    with ImportBook.open(tmp_path / "profile" / "a-1.sqlite", KEY) as book:
        world = World(path, book, tmp_path / "results")
        book.note_facts(BookFacts(str(path), world.source.sha256(), len(FILE), FORM, RECIPE))
        book.begin_check("")
        rows = dict(world.source.rows())
        book.refuse(
            [
                (4, rows[4], [_email(4), RowProblem(4, "Name", "Name", "too_long", (("length", 5), ("limit", 4)))]),
                (5, rows[5], [RowProblem(5, "", "", RowReason.SHORT_ROW, (("cells", 2), ("width", 6)))]),
                (6, rows[6], [RowProblem(6, "", "", RowReason.LONG_ROW, (("cells", 8), ("width", 6)))]),
            ]
        )
        book.put([RowOutcome(7, RowState.UNCHANGED, "77")])
        number = book.intend("upsert", [2, 3])
        book.settle(
            number,
            [RowOutcome(2, RowState.CREATED, "22"), RowOutcome(3, RowState.FAILED, "", "service", "=bad(1)", "")],
        )
        yield world


def _email(row: int) -> RowProblem:
    return RowProblem(row, "Email", "EMail", "email")


def _read(path: Path, delimiter: str = ";") -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter, strict=True))


def test_every_row_of_the_file_is_in_the_results_in_its_order_with_what_became_of_it(world: World) -> None:
    header, *rows = _read(world.write()["results"])
    assert header == [*NAMES, "disf outcome", "disf id", "disf reason"]
    assert [(row[0], row[6], row[7]) for row in rows] == [
        ("claire@example.org", "created", "22"),
        ("luc@example.org", "failed", ""),
        ("bad", "refused", ""),
        ("anne@example.org", "refused", ""),
        ("pia@example.org", "refused", ""),
        ("jean@example.org", "unchanged", "77"),
        ("zoe@example.org", "not sent", ""),
    ]
    assert rows[0][1:3] == ["Céline", "-12,5"]
    assert rows[2][8] == "Email is not an e-mail address. Name has 5 characters; 4 are accepted."
    assert rows[3][:6] == ["anne@example.org", "Anne", "", "", "", ""]
    assert rows[4][9:] == ["beyond", "'@more"]
    assert "stopped" in rows[6][8]


def test_results_open_in_a_french_excel_as_the_file_did(world: World) -> None:
    raw = world.write()["results"].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfEmail;Name;")
    assert raw.count(b"\r\n") == 8
    assert "Céline".encode() in raw


def test_no_cell_of_the_results_is_a_formula(world: World) -> None:
    files = world.write()
    rows = _read(files["results"])
    assert rows[2][1] == "'=1+1"
    assert rows[3][2] == "'+1 514"
    assert rows[2][8] == "'=bad(1)"
    assert _read(files["error"])[1] == ["luc@example.org", "'=1+1", "", "non", "", "", "'=bad(1)"]


def test_success_and_error_are_in_the_shape_of_data_loader_and_hold_every_row_between_them(world: World) -> None:
    files = world.write()
    success, error = _read(files["success"]), _read(files["error"])
    assert success == [
        ["ID", *NAMES, "STATUS"],
        ["22", "claire@example.org", "Céline", "-12,5", "oui", "2026-01-31", "Site", "Item Created"],
        ["77", "jean@example.org", "Jean", "", "", "", "", "Item Unchanged"],
    ]
    assert error[0] == [*NAMES, "ERROR"]
    assert [row[0].partition("@")[0] for row in error[1:]] == ["luc", "bad", "anne", "pia", "zoe"]
    assert len(success) + len(error) - 2 == 7


def test_the_results_show_rows_as_a_person_has_corrected_them(world: World) -> None:
    world.book.correct(4, {"Email": "mary@example.org", "Name": "Mary"})
    world.book.clear_refusal(4)
    number = world.book.intend("upsert", [4])
    world.book.settle(number, [RowOutcome(4, RowState.UPDATED, "44")])
    files = world.write()
    assert _read(files["results"])[3][:2] == ["mary@example.org", "Mary"]
    assert _read(files["success"])[2] == ["44", "mary@example.org", "Mary", "'+1 514", "oui", "", "", "Item Updated"]


def test_a_row_whose_outcome_is_not_known_is_not_told_as_stored(world: World) -> None:
    world.book.intend("upsert", [8])
    files = world.write()
    assert _read(files["results"])[7][6] == "unknown"
    assert "go on" in _read(files["error"])[5][6]


def test_a_reason_is_said_even_where_its_figures_were_not_kept(world: World) -> None:
    world.book.put(
        [
            RowOutcome(8, RowState.REFUSED, "", RowReason.NOT_THERE, "", "EMail"),
            RowOutcome(7, RowState.FAILED, "", RowReason.DUPLICATE_KEY),
        ]
    )
    rows = _read(world.write()["results"])
    assert rows[7][8] == "There is no record with this key."
    assert rows[6][8] == "duplicate_key"


def test_what_the_service_said_is_told_with_its_code_and_our_own_reason_with_both(world: World) -> None:
    number = world.book.intend("upsert", [8])
    world.book.settle(number, [RowOutcome(8, RowState.FAILED, "", "INVALID_EMAIL", "invalid: x", "EMail")])
    world.book.put([RowOutcome(7, RowState.FAILED, "", RowReason.ALREADY_THERE, "duplicate value found")])
    rows = _read(world.write()["results"])
    assert rows[7][8] == "INVALID_EMAIL: invalid: x"
    assert rows[6][8] == "There is a record with this key already. duplicate value found"


def test_our_own_columns_do_not_pile_up_when_results_are_imported_again(world: World) -> None:
    first = world.write()["results"]
    form = replace(FORM, encoding="utf-8-sig", names=(*NAMES, "disf outcome", "Disf ID", "disf reason"))
    with ImportBook.open(world.path.parent / "again" / "a-1.sqlite", KEY) as book:
        again = World(first, book, world.path.parent / "second", form)
        header, *rows = _read(again.write()["results"])
    assert header == [*NAMES, "disf outcome", "disf id", "disf reason"]
    assert {row[6] for row in rows} == {"not sent"}
    assert rows[1][1] == "'=1+1"
    assert rows[4][9:] == ["beyond", "'@more"]


def test_files_that_are_there_already_are_left_and_the_new_ones_numbered_alike(world: World) -> None:
    world.folder.mkdir()
    (world.folder / "error.csv").write_text("mine")
    assert {path.name for path in world.write().values()} == {"results (2).csv", "success (2).csv", "error (2).csv"}
    assert (world.folder / "error.csv").read_text() == "mine"
    assert {path.name for path in world.write().values()} == {"results (3).csv", "success (3).csv", "error (3).csv"}


def test_a_file_that_was_changed_since_gets_no_results(world: World) -> None:
    world.path.write_bytes(FILE.replace("luc@", "luk@").encode("cp1252"))
    with pytest.raises(UnexpectedAnswer, match="not the one that was imported"):
        world.write()
    assert list(world.folder.iterdir()) == []


def test_where_the_file_cannot_be_read_to_its_end_there_are_no_results_at_all(world: World) -> None:
    class Torn:
        def sha256(self) -> str:
            return world.source.sha256()

        def rows(self) -> Iterator[tuple[int, list[str]]]:
            yield from list(world.source.rows())[:3]
            raise UnexpectedAnswer("The file ends in its middle.", "Export it again.")

    with pytest.raises(UnexpectedAnswer, match="in its middle"):
        write_results(world.book, Torn(), FORM, RECIPE, world.folder)
    assert list(world.folder.iterdir()) == []


def test_a_folder_in_which_nothing_can_be_made_is_said(world: World) -> None:
    world.folder.write_text("a file")
    with pytest.raises(ResultsNotWritten, match="folder"):
        world.write()


@pytest.mark.skipif("not os.path.exists('/dev/full')", reason="only Linux has a device that is always full")
def test_a_full_disk_is_told_from_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    with ResultFile(tmp_path, ["a"]) as file:
        file.finish()
        os.dup2(os.open("/dev/full", os.O_WRONLY), spare := os.dup(0))
        file._file = os.fdopen(spare, "w", 1)
        file._writer = csv.writer(file._file)
        with pytest.raises(DiskFull, match="too full for the results"):
            file.add([["x" * 100_000]])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif("os.name == 'nt'", reason="Windows protects files by access lists, not by permission bits")
def test_results_are_for_their_owner_alone(world: World) -> None:
    world.write()
    assert {stat.S_IMODE(path.stat().st_mode) for path in world.folder.iterdir()} == {0o600}
    assert stat.S_IMODE(world.folder.stat().st_mode) == 0o700


# -- the refused rows alone -------------------------------------------------------------------------------------------


def test_refused_and_failed_rows_are_saved_with_their_reasons_ready_to_be_mended(world: World, tmp_path: Path) -> None:
    world.book.correct(4, {"Name": "Mary"})
    path = tmp_path / "to mend.csv"
    path.write_text("an earlier one")
    assert world.save_refused(path) == 4
    rows = _read(path)
    assert rows[0] == ["disf reason", *NAMES]
    assert rows[1] == ["'=bad(1)", "luc@example.org", "'=1+1", "", "non", "", ""]
    assert rows[2][1:3] == ["bad", "Mary"]


def test_a_short_row_that_is_saved_stays_short_and_a_long_one_long(world: World, tmp_path: Path) -> None:
    path = tmp_path / "to mend.csv"
    world.save_refused(path)
    rows = _read(path)
    assert rows[3][1:] == ["anne@example.org", "Anne"]
    assert rows[4][1:] == ["pia@example.org", "Pia", "a", "", "c", "d", "beyond", "'@more"]


def test_saved_rows_are_the_same_rows_when_they_are_imported_again(world: World, tmp_path: Path) -> None:
    path = tmp_path / "to mend.csv"
    world.save_refused(path)
    form = replace(FORM, encoding="utf-8-sig", names=("disf reason", *NAMES))
    original = dict(world.source.rows())
    with TableFile(path, form, tmp_path) as saved:
        again = [[trimmed(cell) for cell in cells[1:]] for _, cells in saved.rows()]
    assert again == [[trimmed(cell) for cell in original[number]] for number in (3, 4, 5, 6)]


# -- consents ---------------------------------------------------------------------------------------------------------


def _compiled(recipe: ImportRecipe = WITH_CONSENTS) -> CompiledImport:
    return compile_import(recipe, replace(FORM, dates=DateOrder.ISO), SCHEMA, side=Side.DIALOG_INSIGHT, zone=UTC)


def test_consents_of_stored_rows_are_in_the_form_of_the_dated_import(world: World) -> None:
    number = world.book.intend("upsert", [8])
    world.book.settle(number, [RowOutcome(8, RowState.UPDATED, "88")])
    _rewrite(world, FILE.replace("-12,5", "").replace("Site", "=Site, Québec"))
    path = world.write(_compiled())["consents"]
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 3
    assert _read(path, ",") == [
        [
            "key_f_EMail",
            *("optin_News", "dtOptin_News", "optin_News_source"),
            *("optin_Offers", "dtOptin_Offers", "optin_Offers_source"),
        ],
        ["claire@example.org", "1", "2026.01.31", "'=Site, Québec", "", "", ""],
        ["zoe@example.org", "", "", "", "0", "2026.03.01", "Shop"],
    ]


def test_without_consents_there_is_no_file_of_consents(world: World) -> None:
    assert set(world.write()) == {"results", "success", "error"}
    assert set(world.write(_compiled(RECIPE))) == {"results", "success", "error"}


def test_consents_are_never_left_out_by_a_mistake_of_ours(world: World) -> None:
    with pytest.raises(AssertionError, match="consents"), world.source as source:
        write_results(world.book, source, FORM, WITH_CONSENTS, world.folder)


def _rewrite(world: World, text: str) -> None:
    world.path.write_bytes(text.encode("cp1252"))
    facts = world.book.facts
    assert facts is not None
    world.book.note_facts(replace(facts, sha256=world.source.sha256()))


# -- cells a spreadsheet would run ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1 514 555-0100", "'+1 514 555-0100"),
        ("-12,5", "-12,5"),
        ("-1 234.50", "-1 234.50"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "  '=1"),
        ("\n=1", "\n'=1"),
        ("\u00a0\u200b=1", "\u00a0\u200b'=1"),
        ("\0=1", "\0'=1"),
        ("'=1", "'=1"),
        ("a=1", "a=1"),
        ("", ""),
        ("\t", "\t"),
        ("claire@example.org", "claire@example.org"),
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str, safe: str) -> None:
    assert safe_cell(text) == safe
    assert safe_cells([text]) == [safe]


@given(st.text(alphabet="=+-@'\t\r\n \u00a0\ufeff\0a1,é", max_size=8))
@example("\t\u00a0")
@example("''=1")
def test_a_cell_that_was_made_safe_is_read_as_the_same_text(text: str) -> None:
    assert trimmed(safe_cell(text)) == trimmed(text)
    assert safe_cell(safe_cell(text)) == safe_cell(text)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=6), max_size=4))
def test_every_cell_is_looked_at_whatever_it_begins_with(cells: list[str]) -> None:
    assert safe_cells(cells) == [safe_cell(cell) for cell in cells]


# -- many rows --------------------------------------------------------------------------------------------------------


class Many:
    """A file of as many rows as one likes."""

    def __init__(self, rows: int) -> None:
        self._rows = rows

    def sha256(self) -> str:
        return ""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        cells: Sequence[str] = ["claire@example.org", "Claire", "", "", "", ""]
        return ((number, list(cells)) for number in range(2, self._rows + 2))


def _peak(book: ImportBook, folder: Path, rows: int) -> int:
    tracemalloc.start()
    try:
        write_results(book, Many(rows), FORM, RECIPE, folder)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    with ImportBook.open(tmp_path / "a-1.sqlite", KEY) as book:
        number = book.intend("upsert", range(2, 30_002))
        book.settle(number, (RowOutcome(row, RowState.CREATED, f"{row}") for row in range(2, 30_002)))
        few = _peak(book, tmp_path / "few", 6_000)
        assert _peak(book, tmp_path / "many", 30_000) < 1.3 * few
