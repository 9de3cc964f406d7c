"""What the person may do, and what each deed changes in the facts. Views call these verbs and show the facts; they
hold neither."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from disf_desktop.core.errors import DisfError, SettingsError
from disf_desktop.core.history import History
from disf_desktop.core.project import Integration
from disf_desktop.core.schema import CONTACT_LIST, Schema, Side
from disf_desktop.gui.bridge import Bridge
from disf_desktop.gui.models.facts import (
    Facts,
    SigningIn,
    SignInStage,
    Store,
    connection_key,
    dialog_insight_key,
    salesforce_key,
)
from disf_desktop.gui.runs import Runs

if TYPE_CHECKING:
    from disf_desktop.workspace import Places, SignInStep, Workspace

PAGE = 200
"""Records set aside that are read at a time."""


class Desk(Runs):
    """The verbs of the window over one workspace. `opened` is emitted when another project file is shown, `told` for
    a short message."""

    opened = Signal()
    told = Signal(str, int)
    browse = Signal(str)

    def __init__(
        self, bridge: Bridge, store: Store, places: Places, open_workspace: Callable[[Path, Places], Workspace]
    ) -> None:
        super().__init__(store, places)
        self._bridge = bridge
        self._open_workspace = open_workspace
        self._workspace: Workspace | None = None
        self.ended.connect(self._after_a_run)
        self._cancel_sign_in = threading.Event()

    @property
    def workspace(self) -> Workspace:
        assert self._workspace is not None, "no project file is open"
        return self._workspace

    # the project file

    def open(self, path: Path) -> None:
        """Open a project file, then read what both services and the ledger say of it."""
        self._bridge.spawn(self._open(path))

    def read_file_again(self) -> None:
        """Open the same file again, as it now is on disk."""
        if self.facts.path is not None:
            self.open(self.facts.path)

    async def _open(self, path: Path) -> None:
        if self.facts.running:
            return
        try:
            workspace = await self._bridge.call(self._open_workspace, path, self._places)
        except DisfError as error:
            self._store.facts = Facts()
            problems = error.problems if isinstance(error, SettingsError) else ()
            self._store.update(path=path, open_error=error, problems=problems)
            self._workspace = None
            self.opened.emit()
            return
        self._workspace = workspace
        self._store.facts = Facts()
        self._store.update(path=path, project=workspace.project)
        self.opened.emit()
        await self._read_ledger()
        await self._read_services()

    async def _read_services(self) -> None:
        """Test every authorized connection, then read the fields of everything that is used."""
        project = self.workspace.project
        await self._read_offline()
        for connection in project.connections:
            await self._ask_authorized(connection.id)
        for connection in project.connections:
            if self.facts.authorized.get(connection.id):
                self._bridge.spawn(self._test(connection.id))
        self.read_fields_again()

    async def _read_offline(self) -> None:
        workspace = self.workspace
        try:
            kept_in = await self._bridge.call(lambda: workspace.secrets_kept_in)
            problems = await self._bridge.call(lambda: workspace.check(offline=True))
        except DisfError as error:
            self._store.update(notice=error)
            return
        self._store.update(secrets_kept_in=kept_in, problems=problems)

    # connections

    async def _ask_authorized(self, connection: str) -> None:
        try:
            authorized = await self._bridge.call(self.workspace.is_authorized, connection)
        except DisfError as error:
            self._store.put("connection_errors", connection, error)
            return
        self._store.put("authorized", connection, authorized)

    def test(self, connection: str) -> None:
        """Ask a service who we are there."""
        self._bridge.spawn(self._test(connection))

    async def _test(self, connection: str) -> None:
        workspace, key = self.workspace, connection_key(connection)
        self._store.ask(key, True)
        try:
            facts = await self._bridge.call(workspace.test, connection)
        except DisfError as error:
            self._store.put("tested", connection, None)
            self._store.put("connection_errors", connection, error)
            return
        finally:
            self._store.ask(key, False)
        if workspace is self._workspace:
            self._store.put("tested", connection, facts)
            self._store.put("connection_errors", connection, None)

    def store_key(self, connection: str, key: str) -> None:
        """Keep a Dialog Insight key in the vault, then try it."""

        async def keep() -> None:
            try:
                await self._bridge.call(self.workspace.store_key, connection, key)
            except DisfError as error:
                self._store.put("connection_errors", connection, error)
                return
            await self._connected(connection)

        self._bridge.spawn(keep())

    async def _connected(self, connection: str) -> None:
        self._store.put("connection_errors", connection, None)
        await self._ask_authorized(connection)
        await self._test(connection)
        if connection in self.facts.tested:
            self.read_fields_again(connection)

    def disconnect_service(self, connection: str) -> None:
        """Revoke the authorization at the service and forget it here."""

        async def revoke() -> None:
            try:
                await self._bridge.call(self.workspace.disconnect, connection)
            except DisfError as error:
                self._store.put("connection_errors", connection, error)
            else:
                self._store.put("connection_errors", connection, None)
            self._store.put("tested", connection, None)
            await self._ask_authorized(connection)

        self._bridge.spawn(revoke())

    def sign_in(self, connection: str) -> None:
        """Sign in to Salesforce in the system's browser; each step is told as it comes."""
        self._cancel_sign_in.set()  # one at a time: another one gives way
        self._cancel_sign_in = cancel = threading.Event()
        self._store.update(signing_in=SigningIn(connection))
        self._store.put("connection_errors", connection, None)
        self._bridge.spawn(self._sign_in(connection, cancel))

    async def _sign_in(self, connection: str, cancel: threading.Event) -> None:
        workspace = self.workspace

        def note(step: SignInStep) -> None:
            current = self.facts.signing_in
            if current is not None and current.connection == connection and not cancel.is_set():
                self._store.update(signing_in=self._after(current, step))

        try:
            await self._bridge.stream(lambda: workspace.sign_in(connection, cancel), note)
        except DisfError as error:
            if not cancel.is_set():
                self._store.update(signing_in=None)
                self._store.put("connection_errors", connection, error)
            return
        if not cancel.is_set():
            self._store.update(signing_in=None)
            await self._connected(connection)

    def _after(self, current: SigningIn, step: SignInStep) -> SigningIn:
        from disf_desktop.workspace.sign_in import CodeReceived, OpenBrowser, Waiting

        match step:
            case OpenBrowser():
                self.browse.emit(step.url)
                return replace(current, stage=SignInStage.BROWSER, page=step.url)
            case Waiting():
                return replace(current, stage=SignInStage.WAITING)
            case CodeReceived():
                return replace(current, stage=SignInStage.RECEIVED)
        return current

    def open_browser_again(self) -> None:
        """Give the page of the sign-in to the browser once more."""
        if self.facts.signing_in is not None and self.facts.signing_in.page:
            self.browse.emit(self.facts.signing_in.page)

    def give_up_sign_in(self) -> None:
        """Stop waiting for the browser."""
        self._cancel_sign_in.set()
        self._store.update(signing_in=None)

    # schemas

    def read_fields_again(self, connection: str | None = None) -> None:
        """Read the fields of every object and table that is used, or of those of one connection."""
        project = self.workspace.project
        wanted: dict[str, Callable[[], Schema]] = {}
        for integration in project.integrations:
            if connection in (None, integration.salesforce) and self.facts.authorized.get(integration.salesforce):
                wanted[salesforce_key(integration.salesforce, integration.object)] = self._describe(integration)
        for destination in project.projects:
            if connection in (None, destination.connection) and self.facts.authorized.get(destination.connection):
                for table in (CONTACT_LIST, *(t.code for t in destination.tables)):
                    key = dialog_insight_key(destination.id, table)
                    wanted[key] = self._bind(self.workspace.dialog_insight_schema, destination.id, table)
        for key, verb in wanted.items():
            self._bridge.spawn(self._read_schema(key, verb))

    def _describe(self, integration: Integration) -> Callable[[], Schema]:
        project = self.workspace.project
        same = [
            i for i in project.integrations if (i.salesforce, i.object) == (integration.salesforce, integration.object)
        ]
        related = tuple(dict.fromkeys(s for i in same for s in i.mapping.sources if "." in s))
        return self._bind(self.workspace.salesforce_schema, integration.salesforce, integration.object, related)

    @staticmethod
    def _bind(verb: Callable[..., Schema], *arguments: Any) -> Callable[[], Schema]:
        return lambda: verb(*arguments)

    async def _read_schema(self, key: str, verb: Callable[[], Schema]) -> None:
        workspace = self._workspace
        self._store.ask(key, True)
        try:
            schema = await self._bridge.call(verb)
        except DisfError as error:
            self._store.put("schema_errors", key, error)
            return
        finally:
            self._store.ask(key, False)
        if workspace is self._workspace:
            self._store.put("schemas", key, schema)
            self._store.put("schema_errors", key, None)

    # the ledger

    def read_ledger_again(self) -> None:
        """Read the history, the runs and what is set aside."""
        self._bridge.spawn(self._read_ledger())

    async def _read_ledger(self) -> None:
        workspace = self._workspace
        if workspace is None:
            return
        try:
            history: History = await self._bridge.call(workspace.status)
            runs = await self._bridge.call(workspace.runs)
            records = await self._bridge.call(lambda: workspace.set_aside(limit=PAGE))
            conflicts = await self._bridge.call(lambda: workspace.conflicts(limit=PAGE))
            reviews = await self._bridge.call(lambda: workspace.consents(limit=PAGE))
            drifts = await self._bridge.call(lambda: workspace.consents(drift=True, limit=PAGE))
        except DisfError as error:
            self._store.update(ledger_error=error)
            return
        if workspace is self._workspace:
            told = {"set_aside": records, "conflicts": tuple(conflicts), "consents": (*reviews, *drifts)}
            self._store.update(history=history, runs=runs, ledger_error=None, **told)

    def more_set_aside(self) -> None:
        """Read the next page of what is set aside."""

        async def read() -> None:
            records, workspace = self.facts.set_aside, self.workspace
            last = records[-1].id if records else 0
            try:
                page = await self._bridge.call(lambda: workspace.set_aside(after=last, limit=PAGE))
            except DisfError as error:
                self._store.update(notice=error)
                return
            if records is self.facts.set_aside:
                self._store.update(set_aside=(*records, *page))

        self._bridge.spawn(read())

    def retry(self, ids: list[int] | None) -> None:
        """Let the next run send these records again; None is all of them."""
        self._ledger_deed(lambda: self.workspace.retry(ids), "retried")

    def dismiss(self, ids: list[int]) -> None:
        """Take these records out of the list; they come back when they change."""
        self._ledger_deed(lambda: self.workspace.dismiss(ids), "dismissed")

    def choose(self, ids: list[int], side: Side) -> None:
        """Say of conflicts whose value shall stand; the next run carries it out."""
        self._ledger_deed(lambda: self.workspace.choose(dict.fromkeys(ids, side)), "chosen")

    def export_set_aside(self, path: Path) -> None:
        """Write all that is set aside into a CSV file."""
        self._ledger_deed(lambda: self.workspace.export_set_aside(path), "exported")

    def _ledger_deed(self, verb: Callable[[], int], done: str) -> None:
        async def do() -> None:
            try:
                count = await self._bridge.call(verb)
            except DisfError as error:
                self._store.update(notice=error)
                return
            self.told.emit(done, count)
            await self._read_ledger()

        self._bridge.spawn(do())

    def admit(self, mistake: BaseException) -> None:
        """Show a mistake of our own; its kind and place only, because its text may hold a person's data."""
        place = mistake.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = f"{place.tb_frame.f_code.co_qualname}:{place.tb_lineno}" if place is not None else ""
        error = DisfError("The program met a mistake of its own.", "Try again; if it happens again, report it.", where)
        error.code, error.detail = "mistake", type(mistake).__name__
        self._store.update(notice=error)

    def forget_notice(self) -> None:
        """Take away the message at the top."""
        self._store.update(notice=None)

    def _after_a_run(self) -> None:
        self.read_ledger_again()
        for connection in tuple(self.facts.tested):
            self.test(connection)  # the calls that the run has used are on screen
