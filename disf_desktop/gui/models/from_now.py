"""Triggers that were ticked after their integration had run: what piled up meanwhile goes with its next run, unless a
person leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from disf_desktop.core.events import RunFinished, RunStatus
from disf_desktop.core.project import Trigger

if TYPE_CHECKING:
    from disf_desktop.gui.models.facts import Facts, Run

CAN_START_FROM_NOW: Final = frozenset(Trigger) - {Trigger.DIALOG_INSIGHT_CREATED, Trigger.OPTIN_CHANGED}
"""Dialog Insight does not say since when somebody is there, and what people said of an opt-in is never passed over."""

_TO_THE_END: Final = (RunStatus.SUCCESS, RunStatus.PARTIAL, RunStatus.NEEDS_YOU)


@dataclass(frozen=True, slots=True)
class LateTick:
    """A trigger that was ticked later; `left` is how many records were left as they are, once it started from now."""

    integration: str
    trigger: Trigger
    left: int | None = None


def late_tick(facts: Facts) -> LateTick | None:
    """Give the last of the triggers that were ticked later, still are, and were not answered; those that were ticked
    before the file was opened come after those that were ticked here.

    The ledger says which triggers the last run has served, so nothing is forgotten with the window. Where it does not
    say, what was ticked in this window counts.
    """
    ticked = {each.name: each.triggers for each in (facts.project.integrations if facts.project is not None else ())}

    def still(tick: LateTick) -> bool:
        return tick.trigger in ticked.get(tick.integration, ()) and (tick.left is not None or _waits(facts, tick))

    here = next((tick for tick in reversed(facts.late_ticks) if still(tick)), None)
    return here or next((tick for tick in ticked_before(facts) if not _is_answered(facts, tick)), None)


def ticked_before(facts: Facts) -> Iterator[LateTick]:
    """Give the triggers that no run has served yet, of the integrations of which the ledger knows that."""
    for each in facts.project.integrations if facts.project is not None else ():
        served = facts.history.ticked.get(each.name)
        if served is not None:
            late = (trigger for trigger in each.triggers if trigger not in served and trigger in CAN_START_FROM_NOW)
            yield from (LateTick(each.name, trigger) for trigger in late)


def _is_answered(facts: Facts, tick: LateTick) -> bool:
    """Say whether a person, or a run that has just ended, has answered already; a run since makes it a new question."""
    return facts.carried_ticks.get(tick) == last_run_of(facts, tick)


def last_run_of(facts: Facts, tick: LateTick) -> str:
    """Give when the integration of a trigger last ran, as far as the ledger was read; empty where it never did."""
    return facts.history.last_runs.get(tick.integration, "")


def _waits(facts: Facts, tick: LateTick) -> bool:
    """Say whether something may wait for a trigger: no run has served it since it was ticked, as far as is known."""
    served = facts.history.ticked.get(tick.integration)
    return served is None or tick.trigger not in served


def carried_over(facts: Facts, run: Run) -> frozenset[str]:
    """Name the integrations of a sync that have sent what waited for them; one that a guard held back has not."""
    finished = run.state.finished
    if not isinstance(finished, RunFinished):
        return frozenset()
    names = {each.name for each in finished.integrations if each.status in _TO_THE_END}
    return frozenset(names - ({facts.guard.integration} if facts.guard is not None else set()))
