"""The books of imports: one encrypted file each, of the last twenty; what they tell, and one row put right."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from disf_desktop.core.errors import DisfError, LedgerIsBusy, VaultUnavailable
from disf_desktop.core.importing.destination import ImportDestination, find_destination, is_of_people, ledger_name
from disf_desktop.core.importing.file_form import KnownForm
from disf_desktop.core.importing.recipe import ImportRecipe
from disf_desktop.core.importing.rows import (
    FINAL,
    SENT,
    CheckCounts,
    ImportRecord,
    RefusedRow,
    RowProblem,
    RowReason,
    RowState,
    explain_row,
)
from disf_desktop.core.importing.unfinished import UnfinishedImport
from disf_desktop.core.moments import instant
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import Schema, Side
from disf_desktop.core.values import Value
from disf_desktop.storage.files import make_folder
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.room import folder_told
from disf_desktop.storage.vault import Vault, ledger_key
from disf_desktop.workspace.import_settings import schema_of
from disf_desktop.workspace.opened import OpenedProject

if TYPE_CHECKING:
    from disf_desktop.core.importing.rules import CompiledImport
    from disf_desktop.storage.importing.book import ImportBook
    from disf_desktop.storage.importing.book_view import BookFacts, BookView
    from disf_desktop.storage.importing.table_file import TableFile

log = logging.getLogger(__name__)

KEPT_BOOKS: Final = 20
_SUFFIX: Final = ".sqlite"
_A_DAY_S: Final = 86_400
_ROWS_AT_ONCE: Final = 1000
_SAME_S: Final = 2.0
"""How much later than the check a file may seem to be that was written just before it."""
SENDING: Final = SENT | {RowState.SENT}
"""What becomes only of rows that were sent, or were to be."""


Explain = Callable[[RowProblem], str]


def in_english(problem: RowProblem) -> str:
    """Say what is wrong with a row."""
    return explain_row(problem)[0]


class NoSuchImport(DisfError):
    """The book of an import is not kept (any more)."""

    code = "no_such_import"


class ImportBooks(OpenedProject):
    """Asks the books of imports, and changes one row in them. The `id` of an import is the one that its check told."""

    def imports(self) -> tuple[ImportRecord, ...]:
        """List the imports whose books are kept, the newest first; their files by name, without their folders."""
        from disf_desktop.storage.importing.book_view import list_imports

        if not self._imports.is_dir():
            return ()
        try:
            found = list_imports(self._imports, self._key())
        except VaultUnavailable:
            return ()
        return tuple(replace(each, id=f"{each.id}-{each.number}", file=Path(each.file).name) for each in found)

    def unfinished_imports(self) -> tuple[UnfinishedImport, ...]:
        """List the imports that have begun to send and have rows left, the newest first; of one file by one recipe the
        last."""
        found, names = [], set[str]()
        for record in self.imports():
            name = record.id.rpartition("-")[0]
            done = sum(n for state, n in record.tally.items() if state in FINAL)
            rows = record.counts.rows if record.counts is not None else 0
            if name not in names and done < rows and SENDING & record.tally.keys():
                with suppress(DisfError):
                    found.append(self._unfinished(record.id, rows, rows - done))
            names.add(name)
        return tuple(found)

    def _unfinished(self, id: str, rows: int, left: int) -> UnfinishedImport:
        with self._reading(id) as book:
            facts = facts_of(book)
        path = Path(facts.file)
        try:
            changed = path.stat().st_mtime > instant(facts.started).timestamp() + _SAME_S
        except OSError:
            changed = True
        return UnfinishedImport(
            id, path, facts.recipe, facts.started, rows, left, path.parent == self._pasted.absolute(), changed
        )

    def import_counts(self, id: str) -> CheckCounts:
        """Give what the last check of an import counted, after the corrections since. Raises NoSuchImport."""
        with self._reading(id) as book:
            return counts_of(book) or CheckCounts()

    def refused_rows(
        self, id: str, code: str | None = None, after: int = 0, limit: int = 200
    ) -> tuple[RefusedRow, ...]:
        """Give a page of the rows that are not sent as they are, those with a number above `after`; with `code`, those
        that have such a problem. Raises NoSuchImport."""
        with self._reading(id) as book:
            return tuple(book.refused_rows(code, after, limit))

    def correct_row(self, id: str, row: int, cells: Mapping[str, str]) -> RefusedRow | None:
        """Put other texts in place of cells of a refused row, by column, and judge it alone; None: nothing is wrong any
        more, and the import will send it. The file is not changed.

        Raises NoSuchImport, and LedgerIsBusy while the file is being checked or imported.
        """
        self._book(id)
        with self._writing(id) as book:
            facts = facts_of(book)
            book.correct(row, cells)
            refused = book.refused_row(row)
            if refused is None:
                return None
            compiled = self._compiled(facts.recipe, facts.form, schema_of(facts.schema))
            self._judge(book, compiled, refused, lets_back=False)
            return book.refused_row(row)

    def bring_back(self, id: str) -> int:
        """Let the rows of erased people be sent after all, because somebody has asked for it; give how many.

        What sends them is told the same (`import_file`, `bring_back`). Raises NoSuchImport, and LedgerIsBusy while the
        file is being checked or imported.
        """
        self._book(id)
        with self._writing(id) as book:
            facts = facts_of(book)
            return self._let_back(book, self._compiled(facts.recipe, facts.form, schema_of(facts.schema)))

    def save_refused(self, id: str, path: Path, explain: Explain = in_english) -> int:
        """Write the rows that are not in to a CSV file, as the file has them and with their reasons, for its owner
        alone; give how many. `explain` says what is wrong with a row.

        Raises UnexpectedAnswer where the imported file is not there any more as it was.
        """
        from disf_desktop.storage.importing.results import save_refused

        with self._reading(id) as book, self._imported(book) as source:
            return save_refused(book, source, facts_of(book).form, path, explain=explain)

    def save_results(self, id: str, folder: Path, explain: Explain = in_english) -> Mapping[str, Path]:
        """Write what became of every row to files of a folder, and name them by what they hold.

        Raises UnexpectedAnswer where the imported file is not there any more as it was.
        """
        with self._reading(id) as book:
            return self._results(book, folder, explain)

    # ------------------------------------------------------------------ pieces

    @property
    def _imports(self) -> Path:
        return self.places.folder(self.project.id) / "imports"

    @property
    def _staging(self) -> Path:
        return self._imports / "staged"

    @property
    def _pasted(self) -> Path:
        return self._imports / "pasted"

    @contextmanager
    def _imported(self, book: BookView) -> Iterator[TableFile]:
        """Open the file of an import once more; what a workbook leaves beside it is taken away again."""
        from disf_desktop.storage.importing.table_file import TableFile

        facts = facts_of(book)
        with TableFile(Path(facts.file), facts.form, self._staging) as source:
            try:
                yield source
            finally:
                source.discard_staged()

    def _results(self, book: BookView, folder: Path, explain: Explain = in_english) -> Mapping[str, Path]:
        from disf_desktop.storage.importing.results import write_results

        facts = facts_of(book)
        compiled = self._compiled(facts.recipe, facts.form, schema_of(facts.schema))
        with self._imported(book) as source:
            return write_results(book, source, facts.form, facts.recipe, folder, compiled=compiled, explain=explain)

    def _judge(self, book: ImportBook, compiled: CompiledImport, refused: RefusedRow, *, lets_back: bool) -> bool:
        """Judge a refused row alone, with its corrections; say whether it may be sent by now."""
        row = refused.row
        values, problems = compiled.read(list(refused.cells.values()), row)
        key = book.key_hash(compiled.folded_key(values)) if compiled.key and not problems else None
        if not problems and not lets_back:
            problems = self._erased(book, compiled, row, values)
        if key is not None and not problems:
            problems = _twin(row, [each for each in book.rows_sharing(key) if each != row], compiled)
        if problems:
            book.still_refused(row, problems, key)
        else:
            book.clear_refusal(row, key)
        return not problems

    def _let_back(self, book: ImportBook, compiled: CompiledImport) -> int:
        """Judge the rows of erased people anew, as those of anybody else; give how many may be sent by now."""
        back = after = 0
        while page := book.refused_rows(Reason.ERASED, after, _ROWS_AT_ONCE):
            after = page[-1].row
            book.rows_sharing(b"")  # its index cannot be made inside a transaction
            with book.together():
                let = sum(self._judge(book, compiled, each, lets_back=True) for each in page)
                counts = book.checked
                if let and counts is not None:
                    book.finish_check(replace(counts, back=counts.back + let))
            back += let
        return back

    def _erased(
        self, book: ImportBook, compiled: CompiledImport, row: int, values: Sequence[Value]
    ) -> list[RowProblem] | None:
        """Give what is wrong with a row whose person was erased."""
        from disf_desktop.engine.importing.erased import Erased

        destination = find_destination(self.project, compiled.recipe.to)
        if not isinstance(destination, ImportDestination) or not is_of_people(self.project, destination):
            return None
        if compiled.side is Side.SALESFORCE and book.there(row, row):
            return None
        with self._view() as view:
            erased = Erased(compiled, view, ledger_name(destination))
            return erased.among([row], [[value] for value in values]).get(row)

    def _compiled(self, recipe: ImportRecipe, form: KnownForm, schema: Schema) -> CompiledImport:
        """Make a recipe ready for rows. Raises SettingsError with everything that is wrong with it."""
        from disf_desktop.core.importing.rules import compile_import

        place, sobject = recipe.place, recipe.table.casefold()
        toward = (i for i in self.project.integrations if i.salesforce == place and i.object.casefold() == sobject)
        optins = [pair for each in toward for pair in each.optins] if schema.side is Side.SALESFORCE else []
        zone = ZoneInfo(form.time_zone)
        return compile_import(recipe, form, schema, side=schema.side, zone=zone, optins=optins)

    def _key(self, vault: Vault | None = None) -> bytes:
        """Give the key of the books, the ledger's own; it is made where nothing ever ran."""
        vault = vault or self._vault()
        try:
            return ledger_key(vault, self.project.id, make=False)
        except VaultUnavailable:
            if self.ledger_path.exists():
                raise
        with RunLock(self.places.lock(self.project.id)):
            return ledger_key(vault, self.project.id, make=not self.ledger_path.exists())

    def _book(self, id: str) -> Path:
        path = self._imports / f"{id}{_SUFFIX}"
        if path.parent != self._imports or not path.is_file():
            raise NoSuchImport("This import is not kept any more.", "Check the file again.")
        return path

    @contextmanager
    def _reading(self, id: str, key: bytes | None = None) -> Iterator[BookView]:
        from disf_desktop.storage.importing.book_view import open_reader

        path = self._book(id)
        with open_reader(path, key or self._key()) as book:
            yield book

    @contextmanager
    def _writing(self, id: str, key: bytes | None = None) -> Iterator[ImportBook]:
        """Open a book for writing, made where it is not there yet; nobody else has it meanwhile."""
        from disf_desktop.storage.importing.book import ImportBook

        with self._alone(id):
            book = ImportBook.open(self._imports / f"{id}{_SUFFIX}", key or self._key())
            try:
                yield book
            finally:
                book.close()

    @contextmanager
    def _alone(self, id: str) -> Iterator[None]:
        """Keep other processes away from a book."""
        with folder_told():
            make_folder(self._imports)
        lock = RunLock(self._imports / f"{id}.lock")
        try:
            lock.take()
        except LedgerIsBusy as error:
            raise LedgerIsBusy(
                "This file is being checked or imported already.", "Wait until that has finished, or stop it."
            ) from error
        try:
            yield
        finally:
            lock.let_go()

    def _numbers(self, name: str) -> list[int]:
        """Give the numbers of the imports of one file by one recipe, ascending."""
        found = (path.stem.rpartition("-")[2] for path in self._imports.glob(f"{name}-*{_SUFFIX}"))
        return sorted(int(number) for number in found if number.isdecimal())

    def _forget_old_books(self) -> None:
        """Let the oldest books go."""
        with suppress(OSError):
            books = sorted(self._imports.glob(f"*{_SUFFIX}"), key=lambda each: each.stat().st_mtime_ns)
            for path in books[:-KEPT_BOOKS]:
                with suppress(LedgerIsBusy), self._alone(path.stem):
                    for each in self._imports.glob(f"{path.stem}.*"):
                        each.unlink(missing_ok=True)

    def _forget_pasted(self, but: Path, key: bytes) -> None:
        """Let go of the texts that were pasted for imports which have ended, or which nobody began within a day."""
        from disf_desktop.storage.importing.book_view import list_imports

        if not self._pasted.is_dir():
            return
        going_on = {each.file: not each.finished for each in reversed(list_imports(self._imports, key))}
        with suppress(OSError):
            for text in self._pasted.iterdir():
                begun_lately = time.time() - text.stat().st_mtime < _A_DAY_S
                if text != but.absolute() and not going_on.get(str(text), begun_lately):
                    text.unlink(missing_ok=True)


def _twin(row: int, others: Sequence[int], compiled: CompiledImport) -> list[RowProblem]:
    """Say that other rows of the file have the key of a row."""
    if not others:
        return []
    figures = (("row", others[0]), ("count", len(others) + 1))
    columns = {column.field.casefold(): column.column for column in compiled.recipe.columns}
    name = compiled.key[0]
    return [RowProblem(row, columns.get(name.casefold(), ""), name, RowReason.DUPLICATE_KEY, figures)]


def begun(book: BookView) -> bool:
    """Say whether rows were sent."""
    return not book.tally().keys() <= {RowState.REFUSED, RowState.UNCHANGED}


def counts_of(book: BookView) -> CheckCounts | None:
    """Give what the last check counted, and how many of it were sent since; rows that were put right since are decided
    when they are sent."""
    counts = book.checked
    if counts is None:
        return None
    tally = book.tally()
    refused = tally.get(RowState.REFUSED, 0)
    righted = counts.refused - refused
    counts = replace(counts, sent=sum(tally.get(state, 0) for state in SENT))
    if righted <= 0:
        return counts
    return replace(counts, decided=counts.decided + righted, refused=refused, problems=book.problem_counts())


def facts_of(book: BookView) -> BookFacts:
    """Give what an import was made of. Raises NoSuchImport for a book that was begun, and no more."""
    facts = book.facts
    if facts is None:
        raise NoSuchImport("This import was hardly begun.", "Check the file again.")
    return facts
