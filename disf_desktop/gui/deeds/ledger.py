"""Deeds on what the program remembers, as a whole: compare everything with it, put a backup of it back."""

from __future__ import annotations

from dataclasses import replace

from disf_desktop.core.errors import DisfError
from disf_desktop.gui.deeds.answers import AnswerDeeds
from disf_desktop.gui.deeds.runs import RunDeeds, never_ran
from disf_desktop.gui.models.facts import RunKind
from disf_desktop.gui.models.ledger import BackupShown, Restoring


class LedgerDeeds(RunDeeds, AnswerDeeds):
    """What a person does when it is in doubt."""

    def compare(self, integration: str | None = None) -> None:
        """Start a sync that reads everything again, and not only what changed: of one integration, or of all."""
        if not never_ran(self.facts, integration):
            self._begin(RunKind.SYNC, integration, ("--audit",))
        else:
            self.sync(integration)

    def close_audit(self, run: int) -> None:
        """Say no more of what a run could not conclude when it compared everything."""
        self._store.update(closed_audits=self.facts.closed_audits | {run})

    def ask_backups(self) -> None:
        """Read which backups there are."""
        self._store.update(restoring=Restoring())
        self._bridge.spawn(self._read_backups())

    async def _read_backups(self) -> None:
        workspace = self.workspace
        try:
            told = await self._bridge.call(workspace.backups)
        except DisfError as error:
            self._restoring(error=error, backups=())
            return
        self._restoring(backups=tuple(BackupShown(each.path.name, each.made.isoformat(), each.size) for each in told))

    def restore_ledger(self, backup: str | None) -> None:
        """Put a backup in the place of the ledger, or begin anew without one; what was there is kept beside it."""
        shown = self.facts.restoring
        if shown is not None and not shown.working and not self.facts.running:
            self._restoring(working=True, error=None)
            self._bridge.spawn(self._restore(backup))

    async def _restore(self, backup: str | None) -> None:
        workspace = self.workspace
        try:
            await self._bridge.call(lambda: workspace.restore(backup, anew=backup is None))
        except DisfError as error:
            self._restoring(working=False, error=error)
            return
        if self.facts.run is not None and not self.facts.run.under_way:
            self._store.update(run=None, notice=None)  # what the last run complained of is mended
        self._restoring(working=False, done=True)
        self.read_ledger_again()

    def forget_restore_error(self) -> None:
        """Take away why a backup could not be put back: another one is chosen."""
        self._restoring(error=None)

    def forget_restoring(self) -> None:
        """Let go of the backups that were shown."""
        self._store.update(restoring=None)

    def _restoring(self, **changes: object) -> None:
        """Note how far the way back is, unless the person has turned to something else."""
        if self.facts.restoring is not None:
            self._store.update(restoring=replace(self.facts.restoring, **changes))  # type: ignore[arg-type]
