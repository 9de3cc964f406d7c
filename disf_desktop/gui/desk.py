"""What the person may do, and what each deed changes in the facts. Views call these verbs and show the facts; they
hold neither."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from disf_desktop.core.errors import DisfError, SettingsError
from disf_desktop.gui.bridge import Bridge
from disf_desktop.gui.deeds.answers import PAGE as PAGE
from disf_desktop.gui.deeds.consents import ConsentDeeds
from disf_desktop.gui.deeds.from_now import FromNowDeeds
from disf_desktop.gui.deeds.importing import ImportDeeds
from disf_desktop.gui.deeds.ledger import LedgerDeeds
from disf_desktop.gui.deeds.mappings import MappingDeeds
from disf_desktop.gui.deeds.past import PastDeeds
from disf_desktop.gui.deeds.preparing import PrepareDeeds
from disf_desktop.gui.deeds.projects import ProjectDeeds
from disf_desktop.gui.deeds.rehearsal import RehearsalDeeds
from disf_desktop.gui.deeds.reports import ReportDeeds
from disf_desktop.gui.deeds.schedules import ScheduleDeeds
from disf_desktop.gui.deeds.signing_in import SignInDeeds
from disf_desktop.gui.models.facts import Facts, Rehearsal, RunKind, Store

if TYPE_CHECKING:
    from disf_desktop.workspace import Places, Workspace


class StillRunning(DisfError):
    """Another project file cannot be opened while a run is under way."""

    code = "running"


class Desk(
    ScheduleDeeds,
    ImportDeeds,
    ProjectDeeds,
    MappingDeeds,
    PrepareDeeds,
    SignInDeeds,
    FromNowDeeds,
    LedgerDeeds,
    PastDeeds,
    ConsentDeeds,
    ReportDeeds,
    RehearsalDeeds,
):
    """The verbs of the window over one workspace."""

    def __init__(
        self, bridge: Bridge, store: Store, places: Places, open_workspace: Callable[[Path, Places], Workspace]
    ) -> None:
        super().__init__(bridge, store, places)
        self._own_places = places
        self._open_workspace = open_workspace
        self.ended.connect(self._after_a_run)

    # the project file

    def open(self, path: Path, places: Places | None = None) -> None:
        """Open a project file, then read what both services and the ledger say of it; other `places` than the
        window's own are those of a rehearsal."""
        self._bridge.spawn(self._open(path, places))

    def close_file(self) -> None:
        """Close the project file and go back to the start."""
        self._clear(None)
        self._store.update()
        self.opened.emit()

    def read_file_again(self) -> None:
        """Open the same file again, as it now is on disk."""
        if self.facts.path is not None:
            self.open(self.facts.path, self._places)

    async def _open(self, path: Path, places: Places | None) -> None:
        if self.facts.running:
            self._store.update(notice=StillRunning("A run is under way.", "Stop it, or wait for its end.", str(path)))
            return
        places = places or self._own_places
        if places == self._own_places:
            self.end_rehearsal()
        try:
            workspace = await self._bridge.call(self._open_workspace, path, places)
        except DisfError as error:
            self._clear(None)
            problems = error.problems if isinstance(error, SettingsError) else ()
            self._store.update(path=path, open_error=error, problems=problems)
            self.opened.emit()
            return
        self.leave()
        self._workspace, self._places = workspace, places
        self._clear(None if places == self._own_places else Rehearsal.OPEN)
        self._store.update(path=path, project=workspace.project)
        self.opened.emit()
        await self._read_ledger()
        await self._read_services()

    def _open_there(self, path: Path, places: Places) -> None:
        self.open(path, places)

    def _clear(self, rehearsal: Rehearsal | None) -> None:
        """Forget all that was known; the old workspace stays for the answers that are still on their way."""
        self.leave()
        self.history.clear()
        self._store.facts = Facts(rehearsal=rehearsal)

    async def _read_services(self) -> None:
        """Test every authorized connection, then read the fields of everything that is used."""
        workspace, project = self.workspace, self.workspace.project
        await self._read_offline()
        for connection in project.connections:
            if not self._is_open(workspace):
                return  # closed meanwhile, or another one was opened
            await self._ask_authorized(connection.id)
        if not self._is_open(workspace):
            return
        for connection in project.connections:
            if self.facts.authorized.get(connection.id):
                self._bridge.spawn(self._test(connection.id))
        self.read_fields_again()

    def _is_open(self, workspace: Workspace) -> bool:
        return workspace is self._workspace and self.facts.project is not None

    async def _read_offline(self) -> None:
        workspace, project = self.workspace, self.facts.project
        try:
            kept_in = await self._bridge.call(lambda: workspace.secrets_kept_in)
            problems = await self._bridge.call(lambda: workspace.check(offline=True))
        except DisfError as error:
            self._store.update(notice=error)
            return
        if self._is_open(workspace):
            told = {"problems": problems} if self.facts.project is project else {}  # an edit has its own
            self._store.update(secrets_kept_in=kept_in, **told)

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
        if self.facts.run is not None and self.facts.run.kind is RunKind.CHECK:
            return  # it has written nothing that anybody shows
        self.read_ledger_again()
        if self.facts.run is not None and self.facts.run.by_schedule:
            return  # what runs every few minutes spends no call on that
        self.count_calls_again()
