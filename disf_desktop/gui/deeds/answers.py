"""Deeds on what the ledger holds: records set aside, conflicts, consents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from disf_desktop.core.errors import DisfError
from disf_desktop.core.history import History
from disf_desktop.core.schema import Side
from disf_desktop.gui.deeds.base import Deeds

PAGE = 200
"""Records set aside that are read at a time."""


class AnswerDeeds(Deeds):
    """A person's answers to what waits."""

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
            next_runs = await self._bridge.call(workspace.next_runs)
            records = await self._bridge.call(lambda: workspace.set_aside(limit=PAGE))
            conflicts = await self._bridge.call(lambda: workspace.conflicts(limit=PAGE))
            reviews = await self._bridge.call(lambda: workspace.consents(limit=PAGE))
            drifts = await self._bridge.call(lambda: workspace.consents(drift=True, limit=PAGE))
        except DisfError as error:
            if workspace is self._workspace:
                self._store.update(ledger_error=error, ledger_read=True)
            return
        if workspace is self._workspace:
            known = {"history": history, "runs": runs, "next_runs": next_runs, "ledger_read": True}
            told = {"set_aside": records, "conflicts": tuple(conflicts), "consents": (*reviews, *drifts)}
            self._store.update(ledger_error=None, **known, **told)

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
        self.do(verb, done, self.read_ledger_again)
