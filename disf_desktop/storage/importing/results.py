"""What became of the rows of a file, as files for a person: every row, what was stored, what was not, and consents.

The imported file is read once more beside the book, page by page, so memory does not grow with its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from disf_desktop.core.errors import UnexpectedAnswer
from disf_desktop.core.importing.consents import Said
from disf_desktop.core.importing.file_form import RESULT_COLUMNS, KnownForm
from disf_desktop.core.importing.recipe import ImportRecipe
from disf_desktop.core.importing.rows import (
    WORDS,
    RowOutcome,
    RowProblem,
    RowReason,
    RowState,
    corrected_cells,
    explain_row,
)
from disf_desktop.core.importing.rules import CompiledImport
from disf_desktop.core.schema import FieldType, Side
from disf_desktop.core.values import Value
from disf_desktop.storage.importing.book_view import BookView
from disf_desktop.storage.importing.result_file import (
    ResultFile,
    ResultsNotWritten,
    appear_together,
    safe_cell,
    safe_cells,
)

_PAGE: Final = 2000
_STORED: Final = {
    RowState.CREATED: "Item Created",
    RowState.UPDATED: "Item Updated",
    RowState.UNCHANGED: "Item Unchanged",
}
"""What Data Loader calls it; a row that needed no write counts as stored, for its record is as the row says."""
_TO_MEND: Final = frozenset({RowState.REFUSED, RowState.FAILED})
_NOT_SENT: Final = "not sent"
_UNKNOWN: Final = "unknown"
_UNKNOWN_REASON: Final = "It was sent; the import must go on to learn what became of it."
_NOT_SENT_REASON: Final = "It was not sent: the import was stopped before it."

Explain = Callable[[RowProblem], str]


class ImportedFile(Protocol):
    """The file that was imported, as `storage.importing.table_file.TableFile` reads it."""

    def sha256(self) -> str: ...

    def rows(self) -> Iterator[tuple[int, list[str]]]: ...


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with what became of it: its cells as corrected, those beyond the header apart."""

    number: int
    cells: list[str]
    beyond: list[str]
    state: RowState | None
    rid: str
    reason: str
    read: list[str]
    """The cells by the columns of the file, ours included: what the import has read."""


def say_problem(problem: RowProblem) -> str:
    """Say in English what is wrong with a row."""
    return explain_row(problem)[0]


def write_results(
    book: BookView,
    source: ImportedFile,
    form: KnownForm,
    recipe: ImportRecipe,
    folder: Path,
    *,
    compiled: CompiledImport | None = None,
    explain: Explain = say_problem,
) -> Mapping[str, Path]:
    """Write what became of every row into a folder, made where it is not there; give the files by what they hold.

    `results`: every row of the file, its columns, then `RESULT_COLUMNS`; what a row has beyond the header stands after
    them. `success` and `error` are in Data Loader's shape. `consents`, where the recipe maps consents of Dialog
    Insight, is in the form of its dated import; these need `compiled`. A name that is taken gets a number.

    Raises UnexpectedAnswer where the file is not the imported one any more, ResultsNotWritten, DiskFull.
    """
    assert compiled is not None or not recipe.consents, "what a file says of consents is read as the import reads it"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ResultsNotWritten(
            f"The folder for the results cannot be made: {error.strerror}.", "Choose another one.", str(folder)
        ) from None
    columns = safe_cells([name for name in form.names if not _is_ours(name)])
    delimiter = form.delimiter or ","
    rows = _Rows(book, source, form, explain)
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(ResultFile(folder, header, delimiter=delimiter))
            for name, header in {
                "results": [*columns, *RESULT_COLUMNS],
                "success": ["ID", *columns, "STATUS"],
                "error": [*columns, "ERROR"],
            }.items()
        }
        consents = None
        if compiled is not None and compiled.consents and compiled.side is Side.DIALOG_INSIGHT:
            consents = _Consents(compiled)
            # Not for a spreadsheet: Dialog Insight reads it, and would take our mark for a part of the first name.
            files["consents"] = stack.enter_context(ResultFile(folder, consents.header, marked=False))
        for page in rows.pages():
            files["results"].add([_result(row) for row in page])
            files["success"].add([[row.rid, *row.cells, _STORED[row.state]] for row in page if row.state in _STORED])
            files["error"].add([[*row.cells, row.reason] for row in page if row.state not in _STORED])
            if consents is not None:
                files["consents"].add(list(consents.of(row for row in page if row.state in _STORED)))
        for file in files.values():
            file.finish()
        return appear_together(files, folder)


def save_refused(
    book: BookView, source: ImportedFile, form: KnownForm, path: Path, *, explain: Explain = say_problem
) -> int:
    """Write the rows that were refused, by the check or by the service, to be mended and imported again; give how many.

    Why stands before the columns, so that a row that is too short stays so: filled up it could be taken for a whole one
    whose cells are in the wrong places. A file of that name is replaced. Raises as `write_results` does.
    """
    columns = safe_cells([name for name in form.names if not _is_ours(name)])
    with ResultFile(path.parent, [RESULT_COLUMNS[2], *columns], delimiter=form.delimiter or ",") as file:
        for page in _Rows(book, source, form, explain, fill=False).pages():
            file.add([[row.reason, *row.cells, *row.beyond] for row in page if row.state in _TO_MEND])
        file.finish()
        file.appear(path, instead=True)
        return file.rows


class _Rows:
    """The rows of the file beside what the book tells of them."""

    def __init__(
        self, book: BookView, source: ImportedFile, form: KnownForm, explain: Explain, *, fill: bool = True
    ) -> None:
        facts = book.facts
        if facts is not None and facts.sha256 != source.sha256():
            raise UnexpectedAnswer(
                "The file is not the one that was imported any more.",
                "Put the imported file back in its place, then save the results again.",
            )
        self._book, self._source, self._form, self._explain, self._fill = book, source, form, explain, fill
        self._corrections = book.corrections()
        ours = {place for place, name in enumerate(form.names) if _is_ours(name)}
        self._kept = [place for place in range(form.width) if place not in ours] if ours else None
        self._columns = {field: column for column, field in _columns_of_fields(facts.recipe if facts else None)}

    def pages(self) -> Iterator[list[_Row]]:
        rows = iter(self._source.rows())
        while page := list(islice(rows, _PAGE)):
            first, last = page[0][0], page[-1][0]
            outcomes, problems = self._book.outcomes(first, last), self._book.problems(first, last)
            yield [self._row(n, cells, outcomes.get(n), problems.get(n, ())) for n, cells in page]

    def _row(self, number: int, cells: list[str], outcome: RowOutcome | None, problems: Sequence[RowProblem]) -> _Row:
        texts = self._corrections.get(number)
        read = cells if texts is None else corrected_cells(cells, self._form.names, texts)
        own = read
        width = self._form.width
        if self._fill and len(read) < width:
            own = [*read, *[""] * (width - len(read))]
        beyond = safe_cells(own[width:])
        own = own[:width] if self._kept is None else [own[place] for place in self._kept if place < len(own)]
        rid, reason, state = "", _NOT_SENT_REASON, None
        if outcome is not None:
            rid, reason, state = outcome.rid, self._reason(outcome, problems), outcome.state
        return _Row(number, safe_cells(own), beyond, state, rid, safe_cell(reason), read)

    def _reason(self, outcome: RowOutcome, problems: Sequence[RowProblem]) -> str:
        """Say why a row is not as it should be: every problem of a refused one, else what the service said."""
        if problems:
            return " ".join([self._explain(problem) for problem in problems])
        if outcome.state is RowState.SENT:
            return _UNKNOWN_REASON
        code, message = outcome.code, outcome.message
        if code in WORDS and not (message and code == RowReason.SERVICE):
            return f"{self._explained(outcome)} {message}".rstrip()
        # The service's own code and words, as Data Loader shows them.
        return f"{code}: {message}" if message and code.isupper() else message or code

    def _explained(self, outcome: RowOutcome) -> str:
        column = self._columns.get(outcome.field.casefold(), "")
        try:
            return self._explain(RowProblem(outcome.row, column, outcome.field, outcome.code))
        except KeyError:  # its figures are not kept
            return outcome.code


def _columns_of_fields(recipe: ImportRecipe | None) -> Iterator[tuple[str, str]]:
    if recipe is not None:
        yield from ((column.column, column.field.casefold()) for column in recipe.columns)


def _is_ours(name: str) -> bool:
    return name.casefold() in RESULT_COLUMNS


def _result(row: _Row) -> list[str]:
    state = row.state
    word = _NOT_SENT if state is None else _UNKNOWN if state is RowState.SENT else state.name.lower()
    return [*row.cells, word, row.rid, row.reason, *row.beyond]


class _Consents:
    """Rows in the form of Dialog Insight's dated import: opt-ins 1, 0 or empty, dates with dots (article 1000249230).

    Its columns are assigned by hand or by name; each opt-in has three: the answer, since when, and where it was given.
    """

    def __init__(self, compiled: CompiledImport) -> None:
        self._compiled = compiled
        self._days = [_is_day(compiled, name) for name in compiled.key]
        self.header = [f"key_f_{name}" for name in compiled.key]
        for name in compiled.consents.names:
            self.header += [f"optin_{name}", f"dtOptin_{name}", f"optin_{name}_source"]

    def of(self, rows: Iterator[_Row]) -> Iterator[list[str]]:
        """Give the rows that say anything."""
        compiled = self._compiled
        for row in rows:
            values, problems = compiled.read(row.read, row.number)
            assert not problems, "a row that was stored was read"
            said = compiled.consents.read(compiled.evened(row.read))
            if any(each.state is not None for each in said):
                key = zip(compiled.key_of(values).values(), self._days, strict=True)
                yield [
                    *(_key_cell(value, day) for value, day in key),
                    *(cell for each in said for cell in _cells(each)),
                ]


def _is_day(compiled: CompiledImport, name: str) -> bool:
    field = compiled.schema.find(name)
    return field is not None and field.type is FieldType.DATE


def _key_cell(value: Value, day: bool) -> str:
    # Not made safe: a key is looked for as it is written.
    return str(value).replace("-", ".") if day else str(value)


def _cells(said: Said) -> tuple[str, str, str]:
    if said.state is None:
        return "", "", ""
    since = (said.since or "").replace("-", ".")
    return "1" if said.state else "0", since, safe_cell(said.source or "")
