"""Everything that the check and the import of one file are handed, opened and closed again."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from disf_desktop.core.errors import DisfError, FileRefused, Problem, SettingsError
from disf_desktop.core.events import RunStatus
from disf_desktop.core.importing.destination import (
    ImportDestination,
    find_destination,
    is_of_people,
    ledger_name,
    zone_name,
)
from disf_desktop.core.importing.file_form import RESULT_COLUMNS, KnownForm, Recognised
from disf_desktop.core.importing.recipe import FileForm, ImportMode, ImportRecipe
from disf_desktop.core.moments import written
from disf_desktop.core.schema import Schema
from disf_desktop.storage.files import make_folder, write_whole
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.room import folder_told, room_for
from disf_desktop.storage.strict_yaml import YamlProblem, parse
from disf_desktop.workspace.clock import RunClock
from disf_desktop.workspace.connections import Connections
from disf_desktop.workspace.import_books import ImportBooks, begun
from disf_desktop.workspace.import_settings import import_id, schema_as_text, schema_of, settings_mark
from disf_desktop.workspace.versions import recall_versions, remember_versions

if TYPE_CHECKING:
    from disf_desktop.engine.importing.job import ImportJob
    from disf_desktop.engine.ports import DialogInsightTable, SalesforceOrg
    from disf_desktop.storage.importing.book import ImportBook
    from disf_desktop.storage.importing.book_view import BookView

ENDED = frozenset({RunStatus.SUCCESS, RunStatus.PARTIAL, RunStatus.NEEDS_YOU})
"""The statuses of an import that has nothing left to send."""


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


class ImportJobs(ImportBooks):
    """Looks at files and destinations, and puts together what an import is handed."""

    _last_recognised: tuple[object, Recognised] | None = None
    """The last file that was looked at, by what it is known by and what was said of it, and what was found."""

    def recognise_file(self, path: Path, said: FileForm, to: str | None = None) -> Recognised:
        """Find out how a file is written, from its first rows; what is `said` of its form is not asked again.

        `to` is where its rows go, whose time zone then holds. The same file is not looked at twice in a row. Raises
        FileRefused.
        """
        from disf_desktop.storage.importing.file_kind import identity
        from disf_desktop.storage.importing.table_file import recognise

        found = find_destination(self.project, to) if to is not None else None
        destination = found if isinstance(found, ImportDestination) else None
        zone = zone_name(self.project, destination, said)
        staging = self._new_staging()
        with _readable(path):
            asked = path.absolute(), identity(path), said, zone
            if self._last_recognised is not None and self._last_recognised[0] == asked:
                return self._last_recognised[1]
            recognised = recognise(path, said, time_zone=zone, staging=staging)
        self._last_recognised = asked, recognised
        return recognised

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

    @staticmethod
    def read_columns(path: Path) -> Mapping[str, str] | None:
        """Read a YAML or JSON file of fields by column; None where it holds something else."""
        with _readable(path):
            text = path.read_bytes().decode("utf-8-sig", "replace")
        try:
            found = parse(text)
        except YamlProblem:
            return None
        if not isinstance(found, dict) or not found:
            return None
        return {str(column): field for column, field in found.items()} if _all_texts(found.values()) else None

    def keep_pasted(self, text: str) -> Path:
        """Keep a text that a person has pasted as a file, for its owner alone, until it is imported."""
        data = text.encode("utf-8", "surrogatepass")
        path = self._pasted / f"{blake2b(data, digest_size=8).hexdigest()}.txt"
        with folder_told():
            make_folder(self._pasted)
            write_whole(path, data)
        return path

    # ------------------------------------------------------------------ pieces

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
        bring_back: bool = False,
    ) -> Iterator[ImportJob]:
        """Open everything that an import is handed, and close it again."""
        from disf_desktop.engine.importing.job import ImportJob
        from disf_desktop.storage.importing.book_view import BookFacts
        from disf_desktop.storage.importing.table_file import TableFile

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
                opened.callback(source.discard_staged)
                sha256 = source.sha256()
            name = import_id(sha256, recipe)
            key = self._key(vault)
            self._forget_pasted(path, key)
            number, book = self._open_book(opened, name, key, recipe, anew=anew, sends=sends)
            if sends and ledger is not None:
                recall_versions(orgs, ledger, clock.now())
            service = _service(connections, destination)
            if sends and ledger is not None:
                remember_versions(orgs, ledger, clock.now())
            before, schema = book.facts, service.schema
            if before is not None and begun(book):
                # What was begun goes on as it was begun: nothing of it may be sent a second time under other rules.
                schema = schema_of(before.schema)
                if form != before.form:
                    form = before.form
                    source = opened.enter_context(TableFile(path, form, self._new_staging()))
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
                of_people=is_of_people(self.project, destination),
                brings_back=bring_back,
                batch_size=service.batch_size,
                concurrency=service.concurrency,
                calls_per_day=destination.org.calls_per_day if destination.org is not None else None,
                settings=settings_mark(recipe, form, schema, bring_back=bring_back),
                not_imported=not_imported(recipe, form),
                calls_before={schema.side: 0},
            )

    def _open_book(
        self, opened: ExitStack, name: str, key: bytes, recipe: ImportRecipe, *, anew: bool, sends: bool
    ) -> tuple[int, ImportBook]:
        """Open the book in which this import goes on, or a new one where there is none, or where it has ended."""
        numbers = self._numbers(name)
        last = max(numbers, default=0)
        if not anew:
            if sends and recipe.mode is ImportMode.CREATE and not recipe.key:
                self._refuse_a_second_time(name, numbers, key)
            with ExitStack() as maybe:
                if last:
                    book = maybe.enter_context(self._writing(f"{name}-{last}", key))
                    if not _has_ended(book):
                        opened.push(maybe.pop_all())
                        return last, book
        return last + 1, opened.enter_context(self._writing(f"{name}-{last + 1}", key))

    def _refuse_a_second_time(self, name: str, numbers: Sequence[int], key: bytes) -> None:
        """Raise ImportedAlready where the file was sent before, but for an import that goes on where it stopped."""
        for number in reversed(numbers):
            with self._reading(f"{name}-{number}", key) as book:
                if _has_ended(book):
                    raise ImportedAlready(
                        "This file was imported already; every row would make a second record.",
                        "Look at its result, or import it once more with --anew.",
                        f"{name}-{number}",
                    )
                if begun(book):
                    return

    def _new_staging(self) -> Path:
        with folder_told():
            make_folder(self._imports)
            make_folder(self._staging)
        return self._staging


def _has_ended(book: BookView) -> bool:
    """Say whether an import came to its end, and no row was put right since."""
    facts, counts = book.facts, book.checked
    if facts is None or counts is None or facts.status not in {status.value for status in ENDED}:
        return False
    return sum(book.tally().values()) >= counts.rows


def _all_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) and value for value in values)


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
    return _Service(
        table.describe(),
        table=table,
        target_name=ledger_name(destination),
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
