"""A project file opened for use: every verb that a face may use. No Qt.

A run is a generator of `core.events`. Whoever follows it stops it by throwing `Stopped` into it at any event, and then
takes what still comes. It holds the ledger's lock for its length; what only reads the ledger needs none.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from disf_desktop.core.errors import (
    AuthorizationNeeded,
    DisfError,
    DiskFull,
    LedgerError,
    Problem,
    SettingsError,
    Stopped,
    VaultUnavailable,
)
from disf_desktop.core.events import Event, RunFinished
from disf_desktop.core.history import History, RunRecord, SetAsideRecord
from disf_desktop.core.project import DialogInsightConnection, Integration, Project, SalesforceConnection
from disf_desktop.core.records import Window
from disf_desktop.core.schema import Schema
from disf_desktop.storage import project_file
from disf_desktop.storage.files import make_folder, write_whole
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.ledger_view import LedgerView
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.room import Ballast, room_for
from disf_desktop.storage.vault import Vault, ledger_key, open_vault
from disf_desktop.workspace.clock import RunClock
from disf_desktop.workspace.connections import CLIENT_SECRET, KEY, REFRESH_TOKEN, Connections
from disf_desktop.workspace.export import as_csv
from disf_desktop.workspace.facts import ConnectionFacts, ProjectFacts
from disf_desktop.workspace.places import Places
from disf_desktop.workspace.versions import recall_versions, remember_versions

if TYPE_CHECKING:
    from disf_desktop.engine.job import Job
    from disf_desktop.workspace.sign_in import SignInStep

log = logging.getLogger(__name__)

_PAGE = 500

Verb = Callable[[Sequence["Job"], Ledger, RunClock, Executor], Generator[Event, None, None]]


class Workspace:
    """A project file opened for use. Every verb raises `DisfError`, and nothing else that is not our own mistake."""

    def __init__(self, path: Path, places: Places) -> None:
        """Open a project file. Raises SettingsError with everything that is wrong in it."""
        self.path = path
        self.places = places
        self.project: Project = project_file.load(path)

    def reload(self) -> None:
        """Read the file again, as it now is."""
        self.project = project_file.load(self.path)

    @property
    def ledger_path(self) -> Path:
        return self.places.ledger(self.project.id)

    @property
    def secrets_kept_in(self) -> str:
        """Say where the secrets are, for the screen; "" where no store is open."""
        if self.places.secrets is not None:
            return str(self.places.secrets)
        try:
            return self._vault().where
        except VaultUnavailable:
            return ""

    # ------------------------------------------------------------------ runs

    def sync(
        self, integration: str | None = None, *, approve: str | None = None, stop: threading.Event | None = None
    ) -> Generator[Event, None, None]:
        """Run every integration that is switched on, or the one named.

        `stop` is for this run alone: set from any thread, it cuts pauses before a retry short (the run itself is
        stopped by throwing `Stopped`), and the end of the run sets it too.
        """
        from disf_desktop.engine.run import run

        def go(jobs: Sequence[Job], ledger: Ledger, clock: RunClock, workers: Executor) -> Generator[Event, None, None]:
            return run(jobs, ledger, clock, workers, approve=approve)

        return self._run("sync", integration, go, stop or threading.Event())

    def preview(
        self, integration: str | None = None, *, stop: threading.Event | None = None
    ) -> Generator[Event, None, None]:
        """Plan as a run would, and tell every operation; no service is written to."""
        from disf_desktop.engine.run import preview

        return self._run("preview", integration, preview, stop or threading.Event())

    def _run(
        self, name: str, integration: str | None, verb: Verb, stop: threading.Event
    ) -> Generator[Event, None, None]:
        chosen = self._chosen(integration)
        folder = self.places.folder(self.project.id)
        with RunLock(self.places.lock(self.project.id)) as lock:
            room_for(folder, 0)
            ballast = Ballast(folder / "ballast")
            ballast.lay()
            vault = self._vault()
            with self._ledger(vault, lock, ballast) as ledger, self._connections(vault, stop) as connections:
                clock = RunClock(stop)
                jobs = [connections.job(each) for each in chosen]
                # Reading runs one step ahead while batches are in flight.
                workers = ThreadPoolExecutor(2 + max((j.concurrency for j in jobs), default=0), "worker")
                log.info("%s begins: project %s, %d integrations", name, self.project.id, len(jobs))
                orgs = {each.salesforce: connections.org(each.salesforce).source for each in chosen}
                recall_versions(orgs, ledger, clock.now())
                try:
                    yield from _stoppable(_noted(name, verb(jobs, ledger, clock, workers)), stop)
                    remember_versions(orgs, ledger, clock.now())
                finally:
                    # Whoever still waits before a retry need not; whoever waits for a reply is not waited for.
                    stop.set()
                    workers.shutdown(wait=False, cancel_futures=True)

    def _chosen(self, integration: str | None) -> list[Integration]:
        if integration is None:
            return [each for each in self.project.integrations if each.enabled]
        named = self.project.integration(integration)
        if named is None:
            problem = Problem(
                "integrations", f"There is no integration “{integration}”.", "Name one of the file's own."
            )
            raise SettingsError((problem,))
        return [named]

    def check(self, *, offline: bool = False) -> tuple[Problem, ...]:
        """Give everything that can be known before a run; with `offline`, without asking a service.

        What the file alone shows was refused when it was opened, so that is about certificate files only. The schema
        by which an editor checks while one types is put beside the file, where that may be written.
        """
        with suppress(OSError):
            project_file.write_json_schema(self.path.absolute().parent)
        from disf_desktop.workspace.check import problems_of_files, problems_of_services

        found = problems_of_files(self.project, self.path.parent)
        if offline or found:
            return found
        with self._connections(self._vault()) as connections:
            return problems_of_services(self.project, connections, self.is_authorized)

    # ------------------------------------------------------------------ connections

    def is_authorized(self, connection_id: str) -> bool:
        """Say whether there is a secret for the connection; whether it is still accepted, `test` says."""
        name = REFRESH_TOKEN if isinstance(self._connection(connection_id), SalesforceConnection) else KEY
        return bool(self._vault().get(connection_id, name))

    def sign_in(self, connection_id: str, cancel: threading.Event) -> Iterator[SignInStep]:
        """Sign in to Salesforce; the face opens the page that the first step names. Raises Stopped when cancelled."""
        from disf_desktop.services.sign_in import SignIn

        with self._connections(self._vault()) as connections:
            org = connections.org(self._salesforce(connection_id).id)
            yield from SignIn(org.oauth, org.tokens, cancel=cancel).steps()
        log.info("signed in: connection %s", connection_id)

    def store_key(self, connection_id: str, key: str) -> None:
        """Test a Dialog Insight key, then keep it. Raises what the test says, and keeps nothing, where it fails."""
        connection = self._connection(connection_id)
        assert isinstance(connection, DialogInsightConnection), "only Dialog Insight has keys"
        key = key.strip()
        if not key:
            raise AuthorizationNeeded("No key was given.", "Copy the key from Dialog Insight.", connection_id)
        vault = self._vault()
        with self._connections(vault) as connections:
            connections.account(connection_id, key=key).projects()
        vault.put(connection_id, KEY, key)
        log.info("key kept: connection %s", connection_id)

    def test(self, connection_id: str) -> ConnectionFacts:
        """Ask a service who we are there."""
        with self._connections(self._vault()) as connections:
            if isinstance(self._connection(connection_id), DialogInsightConnection):
                return ConnectionFacts(projects=self._listed(connections, connection_id))
            org = connections.org(connection_id)
            identity = org.identity()
            window = Window("Organization", ("Name", "OrganizationType"))
            page = next(iter(org.source.read(window)), None)
            name, edition = page.records[0].values if page is not None and page.records else ("", "")
            usage = org.source.limits().get("DailyApiRequests", {})
            allowed, remaining = usage.get("Max"), usage.get("Remaining")
            return ConnectionFacts(
                user=identity.username,
                org=str(name or ""),
                edition=str(edition or ""),
                api_version=org.source.api_version,
                calls_used=allowed - remaining if isinstance(allowed, int) and isinstance(remaining, int) else None,
                calls_allowed=allowed if isinstance(allowed, int) else None,
            )

    def disconnect(self, connection_id: str) -> None:
        """Have the service forget us where it can, and forget its secret."""
        vault = self._vault()
        if isinstance(self._connection(connection_id), DialogInsightConnection):
            vault.delete(connection_id, KEY)
            return
        try:
            with self._connections(vault) as connections:
                connections.org(connection_id).tokens.revoke()
        finally:
            # A service that does not answer must not keep a person from forgetting a secret here.
            vault.delete(connection_id, REFRESH_TOKEN)
            vault.delete(connection_id, CLIENT_SECRET)

    def projects_of(self, connection_id: str) -> tuple[ProjectFacts, ...]:
        """Give the Dialog Insight projects that the key may use."""
        with self._connections(self._vault()) as connections:
            return self._listed(connections, connection_id)

    @staticmethod
    def _listed(connections: Connections, connection_id: str) -> tuple[ProjectFacts, ...]:
        return tuple(ProjectFacts(p.id_project, p.name) for p in connections.account(connection_id).projects())

    # ------------------------------------------------------------------ schemas

    def salesforce_schema(self, connection_id: str, sobject: str, related: Sequence[str] = ()) -> Schema:
        """Read an object's fields, with the related ones named (`Account.Name`)."""
        with self._connections(self._vault()) as connections:
            return connections.org(self._salesforce(connection_id).id).source.describe(sobject, related)

    def dialog_insight_schema(self, destination_id: str, table: str) -> Schema:
        """Read the fields of a project's contact list; those of a custom table are the ones of the file."""
        destination = self.project.destination(destination_id)
        assert destination is not None, "a face names a destination of the file"
        with self._connections(self._vault()) as connections:
            return connections.target(destination, table).describe()

    # ------------------------------------------------------------------ the ledger

    def status(self) -> History:
        """Give what waits, how far things are read and the last run; empty where nothing ever ran."""
        with self._view() as view:
            return view.history() if view is not None else History()

    def runs(self, limit: int = 50) -> tuple[RunRecord, ...]:
        """Give the last runs, the newest first."""
        with self._view() as view:
            return view.runs(limit) if view is not None else ()

    def set_aside(
        self, *, integration: str | None = None, after: int = 0, limit: int = 200
    ) -> tuple[SetAsideRecord, ...]:
        """Give a page of the records that wait for a person, those with a number above `after`."""
        with self._view() as view:
            return view.set_aside(integration, after, limit) if view is not None else ()

    def retry(self, ids: Sequence[int] | None) -> int:
        """Put set-aside records before the next run again; None is all of them. Give how many."""
        return self._change(lambda ledger: ledger.retry(ids))

    def dismiss(self, ids: Sequence[int]) -> int:
        """Let set-aside records rest until their source changes. Give how many."""
        return self._change(lambda ledger: ledger.dismiss(ids))

    def export_set_aside(self, path: Path) -> int:
        """Write the records that wait to a CSV file, whole or not at all, for its owner alone. Give how many."""
        records: list[SetAsideRecord] = []
        with self._view() as view:
            while view is not None and (page := view.set_aside(None, records[-1].id if records else 0, _PAGE)):
                records += page
        try:
            write_whole(path.absolute(), b"".join(as_csv(records)))
        except OSError as error:
            raise LedgerError(
                f"The file cannot be written: {error.strerror}.", "Choose another place for it.", where=str(path)
            ) from None
        return len(records)

    def _change(self, change: Callable[[Ledger], int]) -> int:
        if not self.ledger_path.exists():
            return 0
        with RunLock(self.places.lock(self.project.id)) as lock, self._ledger(self._vault(), lock) as ledger:
            return change(ledger)

    # ------------------------------------------------------------------ pieces

    def _vault(self) -> Vault:
        return open_vault(self.places.secrets, self.project.id)

    def _connections(self, vault: Vault, stop: threading.Event | None = None) -> Connections:
        return Connections(self.project, self.path.absolute().parent, self.places, vault, stop=stop)

    @contextmanager
    def _ledger(self, vault: Vault, lock: RunLock, ballast: Ballast | None = None) -> Iterator[Ledger]:
        """Open the ledger for writing under the lock; a copy of the day is kept before it changes."""
        is_new = not self.ledger_path.exists()
        make_folder(self.ledger_path.parent)
        key = ledger_key(vault, self.project.id, make=is_new)
        ledger = Ledger.open(self.ledger_path, key, lock, ballast)
        try:
            if not is_new:
                self._back_up(ledger)
            yield ledger
        finally:
            ledger.close()

    def _back_up(self, ledger: Ledger) -> None:
        try:
            ledger.back_up(self.ledger_path.parent / "backups", datetime.now(UTC))
        except DiskFull:
            # A ledger can be made again from both services; a person's work should not wait for a copy of it.
            log.warning("no room for today's backup of the ledger of project %s", self.project.id)

    @contextmanager
    def _view(self) -> Iterator[LedgerView | None]:
        if not self.ledger_path.exists():
            yield None
            return
        with LedgerView.open(self.ledger_path, ledger_key(self._vault(), self.project.id, make=False)) as view:
            yield view

    def _connection(self, connection_id: str) -> SalesforceConnection | DialogInsightConnection:
        connection = self.project.connection(connection_id)
        assert connection is not None, "a face names a connection of the file"
        return connection

    def _salesforce(self, connection_id: str) -> SalesforceConnection:
        connection = self._connection(connection_id)
        assert isinstance(connection, SalesforceConnection), "only Salesforce has sign-ins and objects"
        return connection


def _stoppable(events: Generator[Event, None, None], stop: threading.Event) -> Generator[Event, None, None]:
    """Pass events on; a `Stopped` thrown in sets `stop` first, so that nobody sleeps through it."""
    try:
        event = next(events)
        while True:
            try:
                yield event
            except Stopped as stopped:
                stop.set()
                event = events.throw(stopped)
            else:
                event = next(events)
    except StopIteration:
        return
    finally:
        events.close()


def _noted(name: str, events: Generator[Event, None, None]) -> Generator[Event, None, None]:
    """Pass events on, and note in the log how it ended: figures, codes and places only."""
    try:
        event = next(events)
        while True:
            if isinstance(event, RunFinished):
                log.info("run %d ends: %s", event.run, _figures(event))
            try:
                yield event
            except Stopped as stopped:
                event = events.throw(stopped)
            else:
                event = next(events)
    except StopIteration:
        log.info("%s ended", name)
    except DisfError as error:
        log.warning("%s failed: %s (%s)", name, error.code, error.where)
        raise
    finally:
        events.close()


def _figures(event: RunFinished) -> str:
    total = event.total
    sides = " ".join(
        f"{side.value}: read {c.read} created {c.created} updated {c.updated} calls {total.calls[side]};"
        for side, c in total.sides.items()
    )
    return f"{total.status.value}; {sides} unchanged {total.unchanged}, set aside {total.set_aside}"
