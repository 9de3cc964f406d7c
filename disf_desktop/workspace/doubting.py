"""The verb that says whether the ledger may be believed, for a person who looks at it between runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from disf_desktop.core.doubt import Doubt, LedgerStanding
from disf_desktop.core.moments import instant, written
from disf_desktop.storage.ledger_view import LedgerView
from disf_desktop.storage.this_computer import this_computer
from disf_desktop.workspace.opened import OpenedProject

_SAID: Final = {"a backup": Doubt.BACKUP, "another computer": Doubt.COMPUTER, "an older file": Doubt.OLDER}
_REMEMBERED: Final = timedelta(days=7)
"""How long a ledger remembers that everything was compared (`engine.audit`)."""


class Doubting(OpenedProject):
    """Looks at the signs by which a ledger is not believed."""

    def ledger_standing(self) -> LedgerStanding:
        """Say whether the ledger is believed, and what was compared with it when. Raises LedgerIsDamaged."""
        with self._view() as view:
            if view is None:
                return LedgerStanding()
            now = datetime.now(UTC)
            found = view.compared(written(now))
            doubt, since = self._why_doubted(view, now)
            compared = {name: at for name, at in found.items() if at is not None}
            return LedgerStanding(doubt, since, compared, frozenset(found))

    def _why_doubted(self, view: LedgerView, now: datetime) -> tuple[Doubt | None, str]:
        signs, computer = view.signs(), this_computer()
        if computer and signs.computer and signs.computer != computer:
            return Doubt.COMPUTER, ""
        if signs.behind:
            return Doubt.OLDER, ""
        what, _, since = signs.restored.rpartition(", ")
        if what not in _SAID:
            return None, ""
        return (None, "") if self._doubt_is_settled(view, since, now) else (_SAID[what], since)

    def _doubt_is_settled(self, view: LedgerView, since: str, now: datetime) -> bool:
        """Say whether every integration that is on was compared whole since that moment.

        That is forgotten after a while; then a run since must do, which has compared everything first.
        """
        used = {each.name for each in self.project.integrations if each.enabled}
        compared = view.compared(written(now))
        ran = view.history().last_runs if now - instant(since) > _REMEMBERED else {}
        done = (max(at or "", ran.get(name, "")) for name, at in compared.items() if name in used)
        return all(at and instant(at) >= instant(since) for at in done)
