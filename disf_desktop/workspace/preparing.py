"""The verb that prepares an org: says what a project lacks there, installs it, takes it away, installs the package."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from disf_desktop.core.errors import DisfError, LedgerIsBusy
from disf_desktop.core.preparation import Component
from disf_desktop.core.preparation_begun import Pending
from disf_desktop.core.preparation_events import Event, PrepareWish
from disf_desktop.storage.lock import RunLock
from disf_desktop.workspace.clock import RunClock
from disf_desktop.workspace.opened import OpenedProject

if TYPE_CHECKING:
    from disf_desktop.workspace.preparation import Preparation
    from disf_desktop.workspace.preparing_file import PendingFile

log = logging.getLogger(__name__)


class Preparing(OpenedProject):
    """Prepares the orgs of a project file."""

    def prepare(
        self, connection_id: str, wish: PrepareWish | None = None, *, stop: threading.Event | None = None
    ) -> Generator[Event, None, None]:
        """Look at an org, and do there what is wished; the last event says how it stands then.

        Whoever follows it stops it by throwing `Stopped` into it, or by setting `stop`; a deploy that is under way goes
        on in Salesforce, and the next preparation follows it to its end. Raises NotAsked for a wish that cannot be,
        DeployFailed after the components that were refused, PackageRefused, and what the service means.
        """
        connection = self._salesforce(connection_id)
        with self._one_preparation(), self._preparation(connection.id, stop or threading.Event()) as preparation:
            log.info("prepare begins: project %s, connection %s", self.project.id, connection.id)
            try:
                yield from preparation.go(wish or PrepareWish())
                log.info("prepare ended")
            except DisfError as error:
                log.warning("prepare failed: %s %s", error.code, error.reason)
                raise

    def needed_in(self, connection_id: str) -> tuple[Component, ...]:
        """Give what a project needs in an org, with its state; nothing is changed."""
        with self._preparation(self._salesforce(connection_id).id, threading.Event()) as preparation:
            return preparation.look().components

    def begun_in(self, connection_id: str) -> Pending | None:
        """Give what an earlier preparation of an org began or was asked for, and has not brought to its end.

        Read from the profile alone; what became of it since, only `prepare` finds out.
        """
        return self._pending_file(self._salesforce(connection_id).id).read()

    def _pending_file(self, connection_id: str) -> PendingFile:
        from disf_desktop.workspace.preparing_file import PendingFile

        return PendingFile(self.places.folder(self.project.id) / f"prepare-{connection_id}.json")

    @contextmanager
    def _preparation(self, connection_id: str, stop: threading.Event) -> Generator[Preparation, None, None]:
        from disf_desktop.workspace.preparation import Preparation

        file = self._pending_file(connection_id)
        with self._connections(self._vault(), stop) as connections:
            yield Preparation(self.project, connection_id, connections, file, RunClock(stop))

    @contextmanager
    def _one_preparation(self) -> Generator[None, None, None]:
        """Keep a second preparation of this project file out; runs may go on."""
        lock = RunLock(self.places.folder(self.project.id) / "prepare.lock")
        try:
            lock.take()
        except LedgerIsBusy as error:
            raise LedgerIsBusy(
                "Another preparation of this project file is under way.", "Wait until it has ended.", error.where
            ) from None
        try:
            yield
        finally:
            lock.let_go()
