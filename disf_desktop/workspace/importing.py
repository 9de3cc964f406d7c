"""The verbs that import a file: look at it, check it, send it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from disf_desktop.core.errors import DisfError, FileRefused, Problem, SettingsError
from disf_desktop.core.events import Notice, RunStatus
from disf_desktop.core.file_form import RESULT_COLUMNS, KnownForm, Recognised
from disf_desktop.core.import_destination import ImportDestination, find_destination, zone_name
from disf_desktop.core.import_events import MOST_TOLD, ImportChecked, ImportEvent, ImportFinished, RowRefused
from disf_desktop.core.import_recipe import FileForm, ImportMode, ImportRecipe
from disf_desktop.core.moments import written
from disf_desktop.core.schema import Schema, Side
from disf_desktop.storage.files import make_folder, write_whole
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.room import Ballast, room_for
from disf_desktop.workspace.clock import RunClock
from disf_desktop.workspace.connections import Connections
from disf_desktop.workspace.import_books import ImportBooks, begun, counts_of, facts_of
from disf_desktop.workspace.import_settings import import_id, schema_as_text, schema_of, settings_mark
from disf_desktop.workspace.runs import retold, workers
from disf_desktop.workspace.versions import recall_versions, remember_versions

if TYPE_CHECKING:
    from disf_desktop.engine.import_job import ImportJob
    from disf_desktop.engine.ports import DialogInsightTable, SalesforceOrg
    from disf_desktop.storage.import_book import ImportBook

log = logging.getLogger(__name__)

_ENDED = frozenset({RunStatus.SUCCESS, RunStatus.PARTIAL, RunStatus.NEEDS_YOU})


class ImportedAlready(DisfError):
    """The rows of this file were all sent before, and sending them again would make every record a second time."""

    code = "imported_already"


@dataclass(frozen=True, slots=True)
class _Service:
    """A destination that answers: either `org` or `table` is there."""

    schema: Schema
    org: SalesforceOrg | None = None
    table: DialogInsightTable | None = None
    target_name: str = ""
    batch_size: int = 200
    concurrency: int = 1

    @property
    def calls(self) -> int:
        service = self.org or self.table
        return service.calls if service is not None else 0


class Importing(ImportBooks):
    """Imports a file into a table of Dialog Insight or an object of Salesforce.

    The two that check and send are generators of `core.import_events`; like a run, each is stopped by throwing
    `Stopped` into it.
    """

    def recognise_file(self, path: Path, said: FileForm, to: str | None = None) -> Recognised:
        """Find out how a file is written, from its first rows; what is `said` of its form is not asked again.

        `to` is where its rows go, whose time zone then holds. Raises FileRefused.
        """
        from disf_desktop.storage.table_file import recognise

        found = find_destination(self.project, to) if to is not None else None
        destination = found if isinstance(found, ImportDestination) else None
        staging = self._new_staging()
        with _readable(path):
            return recognise(path, said, time_zone=zone_name(self.project, destination, said), staging=staging)

    def import_schema(self, to: str) -> Schema:
        """Read the fields of a destination. Raises SettingsError where there is none of that name."""
        destination = self.import_destination(to)
        with self._connections(self._vault()) as connections:
            return _service(connections, destination).schema

    def import_destination(self, to: str) -> ImportDestination:
        """Give the destination of that name. Raises SettingsError, which lists those there are."""
        found = find_destination(self.project, to)
        if isinstance(found, Problem):
            raise SettingsError((found,))
        return found

    def keep_pasted(self, text: str) -> Path:
        """Keep a text that a person has pasted as a file, for its owner alone, until it is imported."""
        data = text.encode("utf-8", "surrogatepass")
        make_folder(self._pasted)
        path = self._pasted / f"{blake2b(data, digest_size=8).hexdigest()}.txt"
        write_whole(path, data)
        return path

    def check_file(
        self, path: Path, recipe: ImportRecipe, *, stop: threading.Event | None = None, anew: bool = False
    ) -> Generator[ImportEvent, None, None]:
        """Check every row of a file, and tell what an import would do; nothing is sent.

        A check that came to its end for the same file, recipe and corrections is told again, unless `anew`. Raises
        SettingsError for a recipe that does not fit, LedgerIsBusy while the same file is at it elsewhere.
        """
        stop = stop or threading.Event()
        with self._known() as ledger, self._job(path, recipe, stop, ledger, anew=anew, sends=False) as job:
            yield from retold(_noted("check", job, _checked(job)), _as_it_is, stop.set)

    def import_file(
        self,
        path: Path,
        recipe: ImportRecipe,
        *,
        results: Path | None = None,
        stop: threading.Event | None = None,
        anew: bool = False,
    ) -> Generator[ImportEvent, None, None]:
        """Check a file, then send its rows; one that was stopped or killed goes on where it was, unless `anew`.

        `results` is the folder for the files that say what became of every row. Ends with ImportFinished, and then
        raises the error that broke it, if one did.
        """
        stop = stop or threading.Event()
        folder = self.places.folder(self.project.id)
        with RunLock(self.places.lock(self.project.id)) as lock:
            room_for(folder, 0)
            ballast = Ballast(folder / "ballast")
            ballast.lay()
            with (
                self._ledger(self._vault(), lock, ballast) as ledger,
                self._job(path, recipe, stop, ledger, anew=anew, sends=True) as job,
                workers(2 + job.concurrency, stop) as hands,
            ):
                events = _noted("import", job, self._sent(job, hands, results))
                yield from retold(events, _as_it_is, stop.set)
            self._forget_old_books()

    # ------------------------------------------------------------------ pieces

    def _sent(self, job: ImportJob, hands: Executor, results: Path | None) -> Generator[ImportEvent, None, None]:
        from disf_desktop.engine.import_run import run_import

        yield from _checked(job)
        book = _book_of(job)
        trouble: list[DisfError] = []

        def with_results(event: ImportEvent) -> ImportEvent:
            if not isinstance(event, ImportFinished):
                return event
            facts = facts_of(book)
            ended = written(datetime.now(UTC))
            book.note_facts(replace(facts, finished=ended, run=event.run, status=event.status.value))
            if results is None or event.status not in _ENDED:
                return event
            try:
                files = self._results(book, results)
            except DisfError as error:
                trouble.append(error)
                return event
            return replace(event, results={name: str(file) for name, file in files.items()})

        yield from retold(run_import(job, hands), with_results)
        if trouble:
            raise trouble[0]

    @contextmanager
    def _job(
        self,
        path: Path,
        recipe: ImportRecipe,
        stop: threading.Event,
        ledger: Ledger | None,
        *,
        anew: bool,
        sends: bool,
    ) -> Iterator[ImportJob]:
        """Open everything that an import is handed, and close it again."""
        from disf_desktop.engine.import_job import ImportJob
        from disf_desktop.storage.import_book import BookFacts
        from disf_desktop.storage.table_file import TableFile

        destination = self.import_destination(recipe.to)
        recipe = recipe.model_copy(update={"to": destination.to, "key": recipe.key or destination.key})
        form = self.recognise_file(path, recipe.form, recipe.to).form
        with ExitStack() as opened:
            vault, clock = self._vault(), RunClock(stop)
            connections = opened.enter_context(self._connections(vault, stop))
            orgs = {destination.place: connections.org(destination.place).source} if destination.org else {}
            with _readable(path):
                room_for(self._imports, 2 * path.stat().st_size)
                source = opened.enter_context(TableFile(path, form, self._new_staging()))
                sha256 = source.sha256()
            name = import_id(sha256, recipe)
            number, book = self._open_book(opened, name, self._key(vault), recipe, anew=anew, sends=sends)
            if sends and ledger is not None:
                recall_versions(orgs, ledger, clock.now())
            service = _service(connections, destination)
            if sends and ledger is not None:
                remember_versions(orgs, ledger, clock.now())
            before = book.facts
            # What was begun goes on as it was begun: nothing of it may be sent a second time under other rules.
            schema = schema_of(before.schema) if before is not None and begun(book) else service.schema
            compiled = self._compiled(recipe, form, schema)
            book.note_facts(
                BookFacts(
                    file=str(path.absolute()),
                    sha256=sha256,
                    size=source.size,
                    form=form,
                    recipe=recipe,
                    schema=schema_as_text(schema),
                    started=before.started if before is not None else written(clock.now()),
                )
            )
            yield ImportJob(
                id=f"{name}-{number}",
                recipe=recipe,
                form=form,
                schema=schema,
                compiled=compiled,
                source=source,
                book=book,
                clock=clock,
                org=service.org,
                table=service.table,
                ledger=ledger,
                target_name=service.target_name,
                is_contacts=destination.is_contacts,
                batch_size=service.batch_size,
                concurrency=service.concurrency,
                settings=settings_mark(recipe, form, schema),
                not_imported=not_imported(recipe, form),
                calls_before={schema.side: service.calls},
            )

    def _open_book(
        self, opened: ExitStack, name: str, key: bytes, recipe: ImportRecipe, *, anew: bool, sends: bool
    ) -> tuple[int, ImportBook]:
        """Open the book in which this import goes on, or a new one where there is none, or where it has ended."""
        last = max(self._numbers(name), default=0)
        if last and not anew:
            with ExitStack() as maybe:
                book = maybe.enter_context(self._writing(f"{name}-{last}", key))
                if not _has_ended(book):
                    opened.push(maybe.pop_all())
                    return last, book
            if sends and recipe.mode is ImportMode.CREATE and not recipe.key:
                raise ImportedAlready(
                    "This file was imported already; every row would make a second record.",
                    "Look at its result, or import it once more with --anew.",
                    f"{name}-{last}",
                )
        return last + 1, opened.enter_context(self._writing(f"{name}-{last + 1}", key))

    def _new_staging(self) -> Path:
        make_folder(self._imports)
        make_folder(self._staging)
        return self._staging

    @contextmanager
    def _known(self) -> Iterator[Ledger | None]:
        """Give what the ledger knows, for a check: read-only, and None where nothing ever ran."""
        yield None


def _checked(job: ImportJob) -> Generator[ImportEvent, None, None]:
    """Check a file, or tell what a check found that came to its end under the same settings."""
    from disf_desktop.engine.import_check import check

    if job.not_imported:
        yield Notice(
            job.recipe.to,
            "not_imported",
            f"Columns that fill no field: {', '.join(job.not_imported)}.",
            "Pair them with fields if they should be imported.",
        )
    book = _book_of(job)
    found = counts_of(book)
    if found is None or book.settings != job.settings:
        yield from check(job)
        return
    for refused in book.refused_rows(None, 0, MOST_TOLD):
        yield RowRefused(refused.problems[0])
    yield ImportChecked(job.id, found, job.not_imported, dict.fromkeys(Side, 0))


def _book_of(job: ImportJob) -> ImportBook:
    """Give the book of a job as what it is here: the engine knows less of it."""
    from disf_desktop.storage.import_book import ImportBook

    assert isinstance(job.book, ImportBook)
    return job.book


def _has_ended(book: ImportBook) -> bool:
    """Say whether an import came to its end, and no row was put right since."""
    facts, counts = book.facts, book.checked
    if facts is None or counts is None or facts.status not in {status.value for status in _ENDED}:
        return False
    return sum(book.tally().values()) >= counts.rows


def not_imported(recipe: ImportRecipe, form: KnownForm) -> tuple[str, ...]:
    """Name the columns that fill no field and say nothing of a consent; those of our own results are passed over."""
    used = {column.column for column in recipe.columns}
    for each in recipe.consents:
        used |= {name for name in (each.column, each.since_column, each.source_column) if name is not None}
    return tuple(name for name in form.names if name not in used and name.casefold() not in RESULT_COLUMNS)


def _service(connections: Connections, destination: ImportDestination) -> _Service:
    """Reach a destination, and read its fields."""
    if destination.org is not None:
        org = connections.org(destination.org.id).source
        return _Service(
            org.describe(destination.table),
            org=org,
            batch_size=destination.org.batch_size,
            concurrency=destination.org.concurrency,
        )
    assert destination.project is not None
    assert destination.account is not None, "a destination is of Salesforce or of Dialog Insight"
    table = connections.target(destination.project, destination.table)
    # Projects are numbered over a whole platform, so two keys of one account share what they write to.
    host = urlsplit(destination.account.root_url).hostname or ""
    return _Service(
        table.describe(),
        table=table,
        target_name=f"{host}/{destination.project.id_project}/{destination.table}",
        batch_size=destination.account.batch_size,
        concurrency=destination.account.concurrency,
    )


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Convert what the file system says of the file of a person; its name is told, not its folder."""
    try:
        yield
    except OSError as error:
        raise FileRefused(
            f"{path.name} cannot be read: {error.strerror}.",
            "Choose another file, or look at its rights.",
            path.name,
            reason="unreadable",
        ) from error


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
