"""Triggers that were ticked after their integration had run: what piled up meanwhile goes with its next run, unless a
person leaves it."""

from __future__ import annotations

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
    """Give the last of the triggers that were ticked later and still are."""
    integrations = facts.project.integrations if facts.project is not None else ()
    ticked = {each.name: each.triggers for each in integrations}
    return next((t for t in reversed(facts.late_ticks) if t.trigger in ticked.get(t.integration, ())), None)


def carried_over(facts: Facts, run: Run) -> frozenset[str]:
    """Name the integrations of a sync that have sent what waited for them; one that a guard held back has not."""
    finished = run.state.finished
    if not isinstance(finished, RunFinished):
        return frozenset()
    names = {each.name for each in finished.integrations if each.status in _TO_THE_END}
    return frozenset(names - ({facts.guard.integration} if facts.guard is not None else set()))
