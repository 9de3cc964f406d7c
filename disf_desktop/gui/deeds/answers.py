"""Deeds on what the ledger holds: records set aside, conflicts, consents. Lists are read a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from disf_desktop.core.errors import DisfError
from disf_desktop.core.history import History
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import AsideWanted, ConflictGroup, ConflictsWanted
from disf_desktop.gui.deeds.base import Deeds
from disf_desktop.gui.models.activity import CONFLICTS, DRIFTS, REVIEWS, RUNS, SET_ASIDE, ActivityFacts

PAGE: Final = 200
"""Records that are read at a time."""

RUNS_PAGE: Final = 50


class AnswerDeeds(Deeds):
    """A person's answers to what waits."""

    def read_ledger_again(self) -> None:
        """Read the history, the runs and what waits; of each list as much as was read already."""
        self._bridge.spawn(self._read_ledger())

    async def _read_ledger(self) -> None:
        workspace, call = self._workspace, self._bridge.call
        if workspace is None:
            return
        facts, asked = self.facts, self.facts.activity
        most_runs = max(RUNS_PAGE, len(facts.runs))
        kinds = [each.kind for each in facts.consents]
        most = {kind: max(PAGE, kinds.count(kind)) for kind in ("review", "drift")}
        most_aside, most_conflicts = max(PAGE, len(facts.set_aside)), max(PAGE, len(facts.conflicts))
        try:
            standing = await call(workspace.ledger_standing)
            history: History = await call(workspace.status)
            runs = await call(lambda: workspace.runs(most_runs + 1))
            next_runs = await call(workspace.next_runs)
            records = await call(lambda: workspace.set_aside(limit=most_aside + 1, wanted=asked.aside_wanted))
            causes = await call(workspace.set_aside_causes)
            stories = await call(lambda: workspace.conflict_stories(asked.conflicts_wanted, limit=most_conflicts + 1))
            groups = await call(workspace.conflict_groups)
            reviews = await call(lambda: workspace.consents(limit=most["review"] + 1))
            drifts = await call(lambda: workspace.consents(drift=True, limit=most["drift"] + 1))
        except DisfError as error:
            if workspace is self._workspace:
                self._store.update(ledger_error=error, ledger_read=True)
            return
        if workspace is not self._workspace:
            return
        known = {"history": history, "next_runs": next_runs, "ledger_read": True, "ledger_error": None}
        known["standing"] = standing
        told: dict[str, Any] = {"runs": runs[:most_runs]}
        more = {
            RUNS: len(runs) > most_runs,
            REVIEWS: len(reviews) > most["review"],
            DRIFTS: len(drifts) > most["drift"],
        }
        told["consents"] = (*reviews[: most["review"]], *drifts[: most["drift"]])
        now = self.facts.activity
        if now.aside_wanted == asked.aside_wanted:
            told["set_aside"], more[SET_ASIDE] = records[:most_aside], len(records) > most_aside
        if now.conflicts_wanted == asked.conflicts_wanted:
            told["conflicts"], more[CONFLICTS] = stories[:most_conflicts], len(stories) > most_conflicts
        self._store.update(**known, **told, activity=replace(now, causes=causes, groups=groups, more=_noted(now, more)))

    def _more(self, name: str, held: str, read: Callable[[], Sequence[Any]]) -> None:
        """Read the next page of a list, and put it to what is held already."""

        async def go() -> None:
            before = getattr(self.facts, held)
            try:
                page = await self._bridge.call(read)
            except DisfError as error:
                self._store.update(notice=error)
                return
            if getattr(self.facts, held) is before:
                more = _noted(self.facts.activity, {name: len(page) > PAGE})
                changes = {held: (*before, *page[:PAGE])}
                self._store.update(**changes, activity=replace(self.facts.activity, more=more))

        self._bridge.spawn(go())

    def _asked(self, **changes: Any) -> None:
        """Note what a person asks for, and read the first page of it."""
        self._store.update(activity=replace(self.facts.activity, **changes))
        self.read_ledger_again()

    def more_runs(self) -> None:
        """Read earlier runs."""

        async def go() -> None:
            wanted, workspace = len(self.facts.runs) + RUNS_PAGE, self.workspace
            try:
                runs = await self._bridge.call(lambda: workspace.runs(wanted + 1))
            except DisfError as error:
                self._store.update(notice=error)
                return
            more = _noted(self.facts.activity, {RUNS: len(runs) > wanted})
            self._store.update(runs=runs[:wanted], activity=replace(self.facts.activity, more=more))

        self._bridge.spawn(go())

    # set aside

    def want_set_aside(self, wanted: AsideWanted) -> None:
        """Show these of the records that are set aside, and no others."""
        if wanted != self.facts.activity.aside_wanted:
            self._store.update(set_aside=())
            self._asked(aside_wanted=wanted)

    def more_set_aside(self) -> None:
        """Read the next page of what is set aside."""
        records, wanted, workspace = self.facts.set_aside, self.facts.activity.aside_wanted, self.workspace
        last = records[-1].id if records else 0
        self._more(SET_ASIDE, "set_aside", lambda: workspace.set_aside(after=last, limit=PAGE + 1, wanted=wanted))

    def retry(self, ids: list[int] | None) -> None:
        """Let the next run send these records again; None is all of them."""
        self._ledger_deed(lambda: self.workspace.retry(ids), "retried")

    def retry_wanted(self, wanted: AsideWanted) -> None:
        """Let the next run send all these records again, those that are not on screen too."""
        self._ledger_deed(lambda: self.workspace.retry_wanted(wanted), "retried")

    def dismiss(self, ids: list[int]) -> None:
        """Take these records out of the list; they come back when they change."""
        self._ledger_deed(lambda: self.workspace.dismiss(ids), "dismissed")

    def export_set_aside(self, path: Path, wanted: AsideWanted | None = None) -> None:
        """Write what is set aside, or what is asked for of it, into a CSV file."""
        self._ledger_deed(lambda: self.workspace.export_set_aside(path, wanted), "exported")

    # conflicts

    def want_conflicts(self, wanted: ConflictsWanted) -> None:
        """Show these conflicts, and no others."""
        if wanted != self.facts.activity.conflicts_wanted:
            self._store.update(conflicts=())
            self._asked(conflicts_wanted=wanted)

    def more_conflicts(self) -> None:
        """Read the next page of the conflicts that are asked for."""
        stories, wanted, workspace = self.facts.conflicts, self.facts.activity.conflicts_wanted, self.workspace
        last = stories[-1].id if stories else 0
        self._more(CONFLICTS, "conflicts", lambda: workspace.conflict_stories(wanted, after=last, limit=PAGE + 1))

    def choose(self, ids: list[int], side: Side) -> None:
        """Say of conflicts whose value shall stand; the next run carries it out."""
        self._ledger_deed(lambda: self.workspace.choose(dict.fromkeys(ids, side)), "chosen")

    def choose_alike(self, group: ConflictGroup, side: Side) -> None:
        """Say the same of all conflicts of a field and rule, those that are not on screen too."""
        self._ledger_deed(lambda: self.workspace.choose_alike(group, side), "chosen")

    def export_conflicts(self, path: Path, resolved_too: bool) -> None:
        """Write the conflicts into a CSV file."""
        self._ledger_deed(lambda: self.workspace.export_conflicts(path, resolved_too=resolved_too), "exported")

    # consents

    def more_consents(self, drift: bool) -> None:
        """Read the next page of the reviews, or of the opt-outs that Dialog Insight lacks."""
        kind, workspace = "drift" if drift else "review", self.workspace
        skip = sum(each.kind == kind for each in self.facts.consents)

        def read() -> Sequence[Any]:
            return workspace.consents(drift=drift, skip=skip, limit=PAGE + 1)

        self._more(DRIFTS if drift else REVIEWS, "consents", read)

    def _ledger_deed(self, verb: Callable[[], int], done: str) -> None:
        self.do(verb, done, self.read_ledger_again)


def _noted(facts: ActivityFacts, more: dict[str, bool]) -> frozenset[str]:
    """Give the names of the lists of which there is more, with what is known now of some."""
    return (facts.more - more.keys()) | {name for name, there_is in more.items() if there_is}
