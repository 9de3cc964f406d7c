"""Deeds on triggers that were ticked later: let what piled up go with the next run, or leave it as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from disf_desktop.core.project import Trigger
from disf_desktop.gui.deeds.runs import CAME_TO_ITS_END, RunDeeds
from disf_desktop.gui.models.facts import RunKind, ran_before
from disf_desktop.gui.models.from_now import CAN_START_FROM_NOW, LateTick, carried_over, last_run_of, ticked_before


class FromNowDeeds(RunDeeds):
    """What a person is asked of such a trigger, and what becomes of it."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._starting: LateTick | None = None
        self.ended.connect(self._note_the_end)

    def note_tick(self, integration: str, trigger: Trigger) -> None:
        """Note that a trigger was ticked, where something can have piled up for it that can be left."""
        if trigger in CAN_START_FROM_NOW and ran_before(self.facts, integration):
            tick = LateTick(integration, trigger)
            carried = {t: at for t, at in self.facts.carried_ticks.items() if t != tick}
            self._store.update(late_ticks=(*self._others(tick), tick), carried_ticks=carried)

    def forget_tick(self, tick: LateTick) -> None:
        """Ask no more of a trigger: what piled up for it goes with the next run, or was left."""
        self._store.update(late_ticks=self._others(tick))
        if tick.left is None:
            self._carry(tick)

    def start_from_now(self, tick: LateTick) -> None:
        """Start a run that leaves what waits for a trigger as it is on both sides, and writes nothing."""
        if not self.facts.running:
            self._starting = tick
            self._begin(RunKind.FROM_NOW, tick.integration, (tick.trigger.value,))

    def _carry(self, *ticks: LateTick) -> None:
        """Ask no more of triggers before another run of their integrations."""
        answered = {tick: last_run_of(self.facts, tick) for tick in ticks}
        self._store.update(carried_ticks={**self.facts.carried_ticks, **answered})

    def _others(self, tick: LateTick) -> tuple[LateTick, ...]:
        same = (tick.integration, tick.trigger)
        return tuple(t for t in self.facts.late_ticks if (t.integration, t.trigger) != same)

    def _note_the_end(self) -> None:
        run, tick = self.facts.run, self._starting
        if run is None:
            return
        if run.kind is RunKind.SYNC:
            sent = carried_over(self.facts, run)
            late = tuple(t for t in self.facts.late_ticks if t.integration not in sent)
            self._store.update(late_ticks=late)
            self._carry(*(t for t in ticked_before(self.facts) if t.integration in sent))
        elif run.kind is RunKind.FROM_NOW and tick is not None:
            self._starting = None
            if run.exit_code in CAME_TO_ITS_END and not run.errors:
                done = replace(tick, left=run.state.operations)
                self._store.update(late_ticks=(*self._others(tick), done))
