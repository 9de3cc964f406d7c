"""The verbs that import a file: look at it, check it, send it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from disf_desktop.core.errors import DisfError
from disf_desktop.core.events import Notice
from disf_desktop.core.importing.destination import ImportDestination
from disf_desktop.core.importing.events import MOST_TOLD, ImportChecked, ImportEvent, ImportFinished, RowRefused
from disf_desktop.core.importing.file_form import Recognised
from disf_desktop.core.importing.recipe import ImportRecipe
from disf_desktop.core.importing.wish import ImportWish, form_said, named_recipe, saved_for, wished_recipe
from disf_desktop.core.moments import instant, written
from disf_desktop.core.project_rules import consent_fields
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.room import Ballast, room_for
from disf_desktop.workspace.import_books import begun, counts_of, facts_of
from disf_desktop.workspace.import_jobs import ENDED, ImportJobs
from disf_desktop.workspace.runs import retold, workers

if TYPE_CHECKING:
    from disf_desktop.core.importing.suggest import ColumnSuggestion
    from disf_desktop.engine.importing.job import ImportJob
    from disf_desktop.storage.importing.book import ImportBook

log = logging.getLogger(__name__)

_FRESH: Final = timedelta(hours=1)
"""How long a check of what Salesforce holds is relied on before anything was sent."""


@dataclass(frozen=True, slots=True)
class PlannedImport:
    """A recipe for a file, and how it came about: the saved one that it is (`""` for none), and what was only
    supposed of columns, with no certainty, so that they are not imported."""

    recipe: ImportRecipe
    recognised: Recognised
    destination: ImportDestination
    saved: str
    supposed: tuple[ColumnSuggestion, ...]


class Importing(ImportJobs):
    """Imports a file into a table of Dialog Insight or an object of Salesforce.

    The two that check and send are generators of `core.importing.events`; like a run, each is stopped by throwing
    `Stopped` into it.
    """

    def plan_import(self, path: Path, wish: ImportWish) -> PlannedImport:
        """Make the recipe for a file from what is said, what is saved for a file of its shape, and what its columns
        are certainly for. Raises FileRefused, and SettingsError where there is no such destination or recipe."""
        named = named_recipe(self.project, wish)
        to = wish.to or (named.to if named is not None else "")
        destination = self.import_destination(to)
        wish = replace(wish, to=destination.to)
        seen = self.recognise_file(path, form_said(wish, named), destination.to)
        saved = saved_for(self.project, wish, seen.form.names)
        if saved is not None and saved is not named and form_said(wish, saved) != wish.form:
            seen = self.recognise_file(path, form_said(wish, saved), destination.to)
        suggested: tuple[ColumnSuggestion, ...] = ()
        if wish.columns is None and saved is None:
            from disf_desktop.core.importing.suggest import suggest_columns

            consents = consent_fields(self.project) if destination.org is not None else ()
            suggested = suggest_columns(seen.columns, self.import_schema(destination.to), consents)
        certain = {each.column: each.field for each in suggested if each.certain}
        recipe = wished_recipe(wish, saved, seen.form.names, certain, path.stem or path.name)
        return PlannedImport(
            recipe,
            seen,
            destination,
            saved.name if saved is not None else "",
            tuple(each for each in suggested if not each.certain),
        )

    def check_file(
        self,
        path: Path,
        recipe: ImportRecipe,
        *,
        stop: threading.Event | None = None,
        anew: bool = False,
        bring_back: bool = False,
    ) -> Generator[ImportEvent, None, None]:
        """Check every row of a file, and tell what an import would do; nothing is sent.

        A check that came to its end for the same file, recipe and corrections is told again, unless `anew`. With
        `bring_back`, people who were erased are no reason to refuse a row. Raises SettingsError for a recipe that does
        not fit, LedgerIsBusy while the same file is at it elsewhere.
        """
        stop = stop or threading.Event()
        with (
            self._known() as ledger,
            self._job(path, recipe, stop, ledger, anew=anew, sends=False, bring_back=bring_back) as job,
        ):
            yield from retold(_noted("check", job, self._checked(job)), _as_it_is, stop.set)

    def import_file(
        self,
        path: Path,
        recipe: ImportRecipe,
        *,
        results: Path | None = None,
        stop: threading.Event | None = None,
        anew: bool = False,
        bring_back: bool = False,
    ) -> Generator[ImportEvent, None, None]:
        """Check a file, then send its rows; one that was stopped or killed goes on where it was, unless `anew`.

        Rows of people who were erased are refused, unless `bring_back` asks for them on purpose. `results` is the
        folder for the files that say what became of every row. Ends with ImportFinished, and then raises the error
        that broke it, if one did.
        """
        stop = stop or threading.Event()
        folder = self.places.folder(self.project.id)
        with RunLock(self.places.lock(self.project.id)) as lock:
            room_for(folder, 0)
            ballast = Ballast(folder / "ballast")
            ballast.lay()
            with (
                self._ledger(self._vault(), lock, ballast) as ledger,
                self._job(path, recipe, stop, ledger, anew=anew, sends=True, bring_back=bring_back) as job,
                workers(2 + job.concurrency, stop) as hands,
            ):
                events = _noted("import", job, self._sent(job, hands, results))
                yield from retold(events, _as_it_is, stop.set)
            self._forget_old_books()

    # ------------------------------------------------------------------ pieces

    def _sent(self, job: ImportJob, hands: Executor, results: Path | None) -> Generator[ImportEvent, None, None]:
        from disf_desktop.engine.importing.run import run_import

        yield from self._checked(job)
        book = _book_of(job)
        trouble: list[DisfError] = []

        def with_results(event: ImportEvent) -> ImportEvent:
            if not isinstance(event, ImportFinished):
                return event
            facts = facts_of(book)
            ended = written(datetime.now(UTC))
            book.note_facts(replace(facts, finished=ended, run=event.run, status=event.status.value))
            if results is None or event.status not in ENDED:
                return event
            try:
                files = self._results(book, results.absolute())
            except DisfError as error:
                trouble.append(error)
                return event
            return replace(event, results={name: str(file) for name, file in files.items()})

        yield from retold(run_import(job, hands), with_results)
        if trouble:
            raise trouble[0]

    def _checked(self, job: ImportJob) -> Generator[ImportEvent, None, None]:
        """Check a file, or tell what a check found that came to its end under the same settings."""
        from disf_desktop.engine.importing.check import check

        if job.not_imported:
            yield Notice(
                job.recipe.name,
                "not_imported",
                f"Columns that fill no field: {', '.join(job.not_imported)}.",
                "Pair them with fields if they should be imported.",
            )
        book = _book_of(job)
        found = counts_of(book)
        facts = facts_of(book)
        if found is None or (not begun(book) and (book.settings != job.settings or _is_stale(job, facts.started))):
            book.note_facts(replace(facts, started=written(job.clock.now())))
            yield from check(job)
            return
        if job.brings_back and self._let_back(book, job.compiled):
            found = counts_of(book) or found
        for refused in book.refused_rows(None, 0, MOST_TOLD):
            yield RowRefused(refused.problems[0])
        yield ImportChecked(job.id, found, job.not_imported, dict.fromkeys(Side, 0))

    @contextmanager
    def _known(self) -> Iterator[Ledger | None]:
        """Give what the ledger knows, for a check: read-only, and None where nothing ever ran."""
        with self._view() as view:
            yield cast("Ledger | None", view)  # of what a ledger knows, a check asks nothing else than the view has


def _is_stale(job: ImportJob, checked: str) -> bool:
    """Say whether what Salesforce held at that moment may be something else by now; Dialog Insight was not asked."""
    return job.org is not None and job.clock.now() - instant(checked) > _FRESH


def _book_of(job: ImportJob) -> ImportBook:
    """Give the book of a job as what it is here: the engine knows less of it."""
    from disf_desktop.storage.importing.book import ImportBook

    assert isinstance(job.book, ImportBook)
    return job.book


def _as_it_is(event: ImportEvent) -> ImportEvent:
    return event


def _noted(verb: str, job: ImportJob, events: Generator[ImportEvent, None, None]) -> Generator[ImportEvent, None, None]:
    """Pass events on, and note in the log how it ended: figures and codes only, and no name of a column or a file."""

    def note(event: ImportEvent) -> ImportEvent:
        if isinstance(event, ImportChecked):
            c = event.counts
            log.info(
                "%s %s: %d rows, new %d, changed %d, unchanged %d, decided when sent %d, refused %d",
                *("checked", event.id, c.rows, c.new, c.changed, c.unchanged, c.decided, c.refused),
            )
        if isinstance(event, ImportFinished):
            log.info(
                "%s %s, run %d: %s; created %d, updated %d, unchanged %d, refused %d, failed %d, left %d",
                *("imported", event.id, event.run, event.status.value, event.created, event.updated),
                *(event.unchanged, event.refused, event.failed, event.left),
            )
        return event

    log.info("%s begins: import %s to %s, %d bytes", verb, job.id, job.side.value, job.source.size)
    try:
        yield from retold(events, note)
        log.info("%s ended", verb)
    except DisfError as error:
        log.warning("%s failed: %s", verb, error.code)
        raise
