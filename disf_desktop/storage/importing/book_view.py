"""What an import's book tells: the facts of the import, its refused rows, and what became of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import apsw
import orjson

from disf_desktop.core.errors import DisfError, LedgerError, LedgerIsDamaged, LedgerIsNewer
from disf_desktop.core.importing.file_form import Container, KnownForm
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark, ImportRecipe
from disf_desktop.core.importing.rows import (
    CheckCounts,
    ImportRecord,
    RefusedRow,
    RowOutcome,
    RowProblem,
    RowState,
    There,
    corrected_cells,
    names_for,
)
from disf_desktop.storage import database
from disf_desktop.storage.database import Database, ledger_errors
from disf_desktop.storage.importing.book_schema import BOOK_ID, MIGRATIONS
from disf_desktop.storage.packing import pack_list, unpack

_HASH_BYTES: Final = 16
_ANEW: Final = "Import the file anew; what was sent already is then found there."


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What an import was made of, and how it ended. `schema` is JSON in the words of whoever wrote it."""

    file: str
    sha256: str
    size: int
    form: KnownForm
    recipe: ImportRecipe
    schema: str = ""
    started: str = ""
    finished: str = ""
    run: int | None = None
    status: str = ""


class BookView:
    """A book, open for reading. Use it from one thread at a time."""

    def __init__(self, connection: Database) -> None:
        self._connection = connection
        with ledger_errors(connection):
            salt = connection.execute("SELECT v FROM meta WHERE k = 'salt'").get
        self._keyed = blake2b(digest_size=_HASH_BYTES, key=salt)
        self._names: tuple[str, ...] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    @property
    def path(self) -> Path:
        return self._connection.path

    def key_hash(self, folded: str) -> bytes:
        """Give the hash under which a folded key, or the content of a whole row, is kept."""
        digest = self._keyed.copy()
        digest.update(folded.encode("utf-8", "surrogatepass"))
        return digest.digest()

    # -- the import as a whole ----------------------------------------------------------------------------------------

    @property
    def facts(self) -> BookFacts | None:
        """Give what the import was made of; None before it was noted. Raises LedgerIsNewer."""
        text = self._meta("facts")
        with self._as_we_know_it():
            return None if text is None else _facts(orjson.loads(text))

    @property
    def settings(self) -> str:
        """Give the settings of the last check that was begun; empty before one was."""
        text = self._meta("settings")
        return "" if text is None else str(orjson.loads(text))

    @property
    def checked(self) -> CheckCounts | None:
        """Give what the last check found; None where none came to its end."""
        text = self._meta("counts")
        with self._as_we_know_it():
            return None if text is None else CheckCounts(**orjson.loads(text))

    def tally(self) -> dict[RowState, int]:
        """Count rows by what became of them."""
        return {RowState(state): n for state, n in self._all("SELECT state, rows FROM tally WHERE rows > 0")}

    # -- refused rows -------------------------------------------------------------------------------------------------

    def corrections(self) -> Mapping[int, Mapping[str, str]]:
        """Give the texts that a person has put in place of cells, by row and column."""
        return {row: orjson.loads(texts) for row, texts in self._all("SELECT row, texts FROM correction")}

    def problem_counts(self) -> dict[str, int]:
        """Count the refused rows by the code of each of their problems."""
        return dict(self._all("SELECT code, count(*) FROM problem GROUP BY code"))

    def refused_rows(self, code: str | None, after: int, limit: int) -> list[RefusedRow]:
        """Give up to `limit` refused rows after the row `after`; with `code`, those that have such a problem."""
        if code is None:
            found = self._all("SELECT row FROM refused WHERE row > ? ORDER BY row LIMIT ?", (after, limit))
        else:
            found = self._all(
                "SELECT row FROM problem WHERE code = ? AND row > ? ORDER BY row LIMIT ?", (code, after, limit)
            )
        return self._refused([row for (row,) in found])

    def refused_row(self, row: int) -> RefusedRow | None:
        """Give a refused row; None where the row is not refused, or refused so late that its cells were not kept."""
        return next(iter(self._refused([row])), None)

    def problems(self, first: int, last: int) -> dict[int, tuple[RowProblem, ...]]:
        """Give everything that is wrong with the refused rows from `first` to `last`."""
        found = self._all("SELECT row, problems FROM refused WHERE row BETWEEN ? AND ?", (first, last))
        return {row: unpack_problems(row, packed) for row, packed in found}

    def _refused(self, rows: Sequence[int]) -> list[RefusedRow]:
        found = self._all(
            "SELECT r.row, r.cells, r.problems, c.texts FROM json_each(?) AS j"
            " CROSS JOIN refused AS r ON r.row = j.value LEFT JOIN correction AS c ON c.row = r.row",
            (pack_list(rows),),
        )
        return [self._refused_row(*each) for each in found]

    def _refused_row(self, row: int, cells: bytes, problems: bytes, texts: bytes | None) -> RefusedRow:
        corrections: dict[str, str] = {} if texts is None else orjson.loads(texts)
        names = self._column_names()
        shown = corrected_cells(orjson.loads(cells), names, corrections)
        shown.extend([""] * (len(names) - len(shown)))
        return RefusedRow(
            row,
            dict(zip(names_for(names, len(shown)), shown, strict=True)),
            unpack_problems(row, problems),
            frozenset(corrections),
        )

    def _column_names(self) -> tuple[str, ...]:
        if self._names is None:
            facts = self.facts
            self._names = facts.form.names if facts else ()
        return self._names

    # -- keys and records ---------------------------------------------------------------------------------------------

    def there(self, first: int, last: int) -> dict[int, There | None]:
        """Give what the service holds, for the rows from `first` to `last`; None where several records match."""
        found = self._all("SELECT row, rid, vals FROM there WHERE row BETWEEN ? AND ?", (first, last))
        return {row: None if rid is None else There(rid, unpack(values)) for row, rid, values in found}

    # -- what became of rows ------------------------------------------------------------------------------------------

    def states(self, first: int, last: int) -> dict[int, RowState]:
        """Give what is known of the rows from `first` to `last`; a row that is not among them is still to be sent."""
        found = self._all("SELECT row, state FROM outcome WHERE row BETWEEN ? AND ?", (first, last))
        return {row: _STATES[state] for row, state in found}

    def outcomes(self, first: int, last: int) -> dict[int, RowOutcome]:
        """Give what became of the rows from `first` to `last`, with ids and words."""
        found = self._all(
            "SELECT row, state, rid, code, message, field FROM outcome WHERE row BETWEEN ? AND ?", (first, last)
        )
        return {
            row: RowOutcome(row, _STATES[state], rid or "", code or "", message or "", field or "")
            for row, state, rid, code, message, field in found
        }

    # -- reading ------------------------------------------------------------------------------------------------------

    @contextmanager
    def _as_we_know_it(self) -> Iterator[None]:
        """Say of settings that this program does not know that a newer one wrote them."""
        try:
            yield
        except (ValueError, TypeError, KeyError):
            raise newer(self.path) from None

    def _meta(self, name: str) -> bytes | None:
        found = self._all("SELECT v FROM meta WHERE k = ?", (name,))
        return bytes(found[0][0]) if found else None

    def _all(self, sql: str, values: tuple[apsw.SQLiteValue, ...] = ()) -> list[Any]:
        with ledger_errors(self._connection):
            return self._connection.execute(sql, values).fetchall()


_STATES: Final = {state.value: state for state in RowState}


def open_reader(path: Path, key: bytes) -> BookView:
    """Open a book for reading only, beside the process that writes it.

    Raises LedgerIsNewer, LedgerIsDamaged, VaultUnavailable (the key is another one), LedgerError where there is none.
    """
    if not path.is_file():
        raise LedgerError("The book of this import is not there.", _ANEW, where=str(path))
    try:
        return BookView(database.open_reader(path, key, version=len(MIGRATIONS), application_id=BOOK_ID))
    except LedgerIsDamaged as error:
        raise damaged(path, error.detail) from error
    except LedgerIsNewer as error:
        raise newer(path) from error


def damaged(path: Path, detail: str) -> LedgerIsDamaged:
    """Say of a book that it cannot be used."""
    return LedgerIsDamaged("The book of this import is damaged.", _ANEW, where=str(path), detail=detail)


def newer(path: Path) -> LedgerIsNewer:
    """Say of a book that a newer program wrote it."""
    return LedgerIsNewer(
        "A newer version of this program keeps the book of this import.",
        "Install the newer program on this computer too, or import the file anew.",
        where=str(path),
    )


def list_imports(folder: Path, key: bytes) -> tuple[ImportRecord, ...]:
    """Give the imports whose books, `ID-NUMBER.sqlite`, lie in a folder, the latest first."""
    records = []
    for path in folder.glob("*-*.sqlite"):
        name, _, number = path.stem.rpartition("-")
        if number.isdecimal():
            records.append(_record(path, key, name, int(number)))
    return tuple(sorted(records, key=lambda each: (each.started, each.id, each.number), reverse=True))


def _record(path: Path, key: bytes, name: str, number: int) -> ImportRecord:
    try:
        with open_reader(path, key) as book:
            facts = book.facts
            if facts is None:
                return ImportRecord(name, number)
            return ImportRecord(
                name,
                number,
                facts.status,
                facts.file,
                facts.size,
                facts.sha256,
                facts.recipe.name,
                facts.recipe.to,
                facts.started,
                facts.finished,
                facts.run,
                book.checked,
                book.tally(),
            )
    except DisfError as error:
        return ImportRecord(name, number, error.code)


# -- packing ----------------------------------------------------------------------------------------------------------


def pack_problems(problems: Iterable[RowProblem]) -> bytes:
    """Pack what is wrong with a row."""
    return orjson.dumps([(p.column, p.field, p.code, p.figures) for p in problems])


def unpack_problems(row: int, packed: bytes) -> tuple[RowProblem, ...]:
    """Undo `pack_problems`."""
    return tuple(
        RowProblem(row, column, field, code, tuple((name, n) for name, n in figures))
        for column, field, code, figures in orjson.loads(packed)
    )


def pack_facts(facts: BookFacts) -> bytes:
    """Pack what an import was made of."""
    body = {name: getattr(facts, name) for name in BookFacts.__slots__}
    return orjson.dumps(body | {"recipe": facts.recipe.model_dump(mode="json", exclude_defaults=True)})


def _facts(body: dict[str, Any]) -> BookFacts:
    form = body.pop("form")
    known = KnownForm(
        **form
        | {
            "container": Container(form["container"]),
            "names": tuple(form["names"]),
            "dates": None if form["dates"] is None else DateOrder(form["dates"]),
            "decimal": DecimalMark(form["decimal"]),
        }
    )
    return BookFacts(form=known, recipe=ImportRecipe.model_validate(body.pop("recipe")), **body)
