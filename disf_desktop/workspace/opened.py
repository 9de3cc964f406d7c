"""A project file opened for use: the file, its folder of the profile, its vault, its ledger."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from disf_desktop.core.errors import DiskFull, VaultUnavailable
from disf_desktop.core.moments import written
from disf_desktop.core.project import DialogInsightConnection, Project, SalesforceConnection
from disf_desktop.storage import project_file
from disf_desktop.storage.files import make_folder
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.ledger_view import LedgerView
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.room import Ballast
from disf_desktop.storage.this_computer import this_computer
from disf_desktop.storage.vault import Vault, ledger_key, open_vault
from disf_desktop.workspace.connections import Connections
from disf_desktop.workspace.places import Places

log = logging.getLogger(__name__)


class OpenedProject:
    """What the verbs of a project file share."""

    def __init__(self, path: Path, places: Places, *, unfinished: bool = False) -> None:
        """Open a project file. Raises SettingsError with everything that is wrong in it.

        `unfinished` opens one that is still being written too, as long as it has the form of a project file; its runs
        are refused.
        """
        self.path = path
        self.places = places
        self.project: Project = project_file.read(path)[0] if unfinished else project_file.load(path)

    def reload(self) -> None:
        """Read the file again, as it now is. Raises SettingsError; what was read before stays then."""
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
            ledger.settle_down(this_computer(), written(datetime.now(UTC)))
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
        """Open the ledger for reading; None where nothing ever ran.

        One that an older version of the program left is brought up to date first, which needs its lock.
        """
        if not self.ledger_path.exists():
            yield None
            return
        key = ledger_key(self._vault(), self.project.id, make=False)
        with LedgerView.open(self.ledger_path, key) as view:
            if view is None or view.is_current:
                yield view
                return
        self._change(lambda _: 0)
        with LedgerView.open(self.ledger_path, key) as view:
            yield view

    def _change(self, change: Callable[[Ledger], int]) -> int:
        """Change the ledger under its lock, and give how much; nothing is made where there is none yet."""
        if not self.ledger_path.exists():
            return 0
        with RunLock(self.places.lock(self.project.id)) as lock, self._ledger(self._vault(), lock) as ledger:
            return change(ledger)

    def _connection(self, connection_id: str) -> SalesforceConnection | DialogInsightConnection:
        connection = self.project.connection(connection_id)
        assert connection is not None, "a face names a connection of the file"
        return connection

    def _salesforce(self, connection_id: str) -> SalesforceConnection:
        connection = self._connection(connection_id)
        assert isinstance(connection, SalesforceConnection), "only Salesforce has sign-ins, objects and records"
        return connection
