"""One row for each integration: what may be ticked, when it runs next, how late it is, what its last runs did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from disf_desktop.core.edits import with_integration
from disf_desktop.core.errors import Problem
from disf_desktop.core.history import RunRecord
from disf_desktop.core.project import Integration, Project, Schedule, Trigger
from disf_desktop.core.project_rules import problems_of
from disf_desktop.core.trigger_rules import impossible_triggers, trigger_problems
from disf_desktop.gui.models.facts import Facts, Keeping, ran_before
from disf_desktop.gui.models.marks import Mark, Tab, integration_mark

SHOWN_RUNS = 12
"""Runs drawn as bars."""

LATE = 2
VERY_LATE = 4
"""How many times its interval may pass since the last run before an integration is late, and very late."""


class Age(StrEnum):
    """How old the last run is, by the schedule."""

    FINE = "fine"
    LATE = "late"
    VERY_LATE = "very_late"


class Next(StrEnum):
    """What becomes of a schedule where no next moment can be told."""

    BY_HAND = "by_hand"
    OFF = "off"
    PAUSED = "paused"
    FIRST = "first"  # it waits for its first run, which a person looks at
    WAITS = "waits"  # it waits for a person, or for what keeps the schedules
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class IntegrationRow:
    """An integration with its mark and what its last runs did; the newest run is the first of `runs`.

    `impossible` has a reason for each trigger that it can never have. `due` is told where `next` is KNOWN.
    """

    integration: Integration
    mark: Mark
    impossible: Mapping[Trigger, Problem] = field(default_factory=dict)
    runs: tuple[tuple[RunRecord, Mapping[str, Any]], ...] = ()
    next: Next = Next.BY_HAND
    due: datetime | None = None
    age: Age = Age.FINE
    last: datetime | None = None

    @property
    def name(self) -> str:
        return self.integration.name


def integration_rows(facts: Facts, now: datetime | None = None) -> tuple[IntegrationRow, ...]:
    """Give the rows of the integrations tab, in the order of the project file."""
    project, now = facts.project, now or datetime.now(UTC)
    if project is None:
        return ()
    return tuple(_row(facts, project, integration, now) for integration in project.integrations)


def _row(facts: Facts, project: Project, integration: Integration, now: datetime) -> IntegrationRow:
    runs = _runs_of(facts, integration.name)
    last = _last_began(facts, integration.name, runs)
    next, due = _next(facts, integration)
    age = _age(integration.schedule, last, now) if next is Next.KNOWN or next is Next.WAITS else Age.FINE
    mark = integration_mark(facts, integration)
    return IntegrationRow(integration, mark, _impossible(project, integration), runs, next, due, age, last)


def _impossible(project: Project, integration: Integration) -> dict[Trigger, Problem]:
    destination = project.destination(integration.project)
    if destination is None:
        return {}
    found = impossible_triggers(integration, destination)
    return {t: Problem("triggers", message, what_to_do) for t, (message, what_to_do) in found.items()}


def unmet(project: Project, integration: Integration, trigger: Trigger) -> tuple[Problem, ...]:
    """Give what is missing before a trigger may be ticked; a trigger that can never be has its reason."""
    destination = project.destination(integration.project)
    if destination is None:
        return ()
    alone = integration.model_copy(update={"triggers": (trigger,)})
    at = f"integrations[{project.integrations.index(integration)}]"
    return tuple(p for p in trigger_problems(at, alone, destination) if p.path == f"{at}.triggers[0]")


def ticked(integration: Integration, trigger: Trigger, on: bool) -> Integration:
    """Give an integration with a trigger, or without it; triggers keep the order in which they are told."""
    wanted = {*integration.triggers, trigger} if on else {*integration.triggers} - {trigger}
    return integration.model_copy(update={"triggers": tuple(t for t in Trigger if t in wanted)})


def made_wrong(project: Project, after: Integration) -> tuple[Problem, ...]:
    """Give what an edit would make wrong in an integration that is on; one that is off may be unfinished."""
    if not after.enabled:
        return ()
    before = {(p.path, p.message) for p in problems_of(project)}
    found = problems_of(with_integration(project, after))
    return tuple(p for p in found if (p.path, p.message) not in before)


def place_to_mend(triggers: Sequence[Trigger], problem: Problem) -> Tab | None:
    """Name the tab on which a person settles a problem of an integration with these triggers; None for this tab."""
    _, _, member = problem.path.partition("].")
    if not member:
        return Tab.CONNECTIONS  # nothing was read yet
    if member.startswith("triggers["):
        number = int(member.removeprefix("triggers[").partition("]")[0])
        wanted = {Trigger.OPTIN_CHANGED: Tab.OPT_INS, Trigger.DIALOG_INSIGHT_UPDATED: Tab.MAPPING}
        return wanted.get(triggers[number]) if number < len(triggers) else None
    if member.startswith("triggers"):
        return None
    places = {"optins": Tab.OPT_INS, "project": Tab.PROJECTS, "table": Tab.PROJECTS, "salesforce": Tab.CONNECTIONS}
    return next((tab for start, tab in places.items() if member.startswith(start)), Tab.MAPPING)


def _last_began(facts: Facts, name: str, runs: tuple[tuple[RunRecord, Mapping[str, Any]], ...]) -> datetime | None:
    told = facts.history.last_runs.get(name) or (runs[0][0].started if runs else None)
    return datetime.fromisoformat(told) if told else None


def _next(facts: Facts, integration: Integration) -> tuple[Next, datetime | None]:
    name, kept = integration.name, facts.schedules
    if integration.schedule is None:
        return Next.BY_HAND, None
    if not integration.enabled:
        return Next.OFF, None
    if kept.paused:
        return Next.PAUSED, None
    if not ran_before(facts, name):
        return Next.FIRST, None
    due = kept.next[name] if name in kept.next else facts.next_runs.get(name)
    if due is None or kept.keeping is Keeping.AGAIN:
        return Next.WAITS, None
    return Next.KNOWN, due


def _age(schedule: Schedule | None, last: datetime | None, now: datetime) -> Age:
    if schedule is None or last is None:
        return Age.FINE
    passed, interval = now - last, interval_of(schedule)
    return Age.VERY_LATE if passed > VERY_LATE * interval else Age.LATE if passed > LATE * interval else Age.FINE


def interval_of(schedule: Schedule) -> timedelta:
    """Give the longest time that passes between two runs by this schedule."""
    if schedule.every_minutes is not None:
        return timedelta(minutes=schedule.every_minutes)
    clocks = sorted({time.fromisoformat(at) for at in schedule.at})
    minutes = [clock.hour * 60 + clock.minute for clock in clocks]
    gaps = [after - before for before, after in zip(minutes, [*minutes[1:], minutes[0] + 24 * 60], strict=True)]
    return timedelta(minutes=max(gaps))


def _runs_of(facts: Facts, name: str) -> tuple[tuple[RunRecord, Mapping[str, Any]], ...]:
    found = []
    for run in facts.runs:
        for summary in run.summary.get("integrations", ()):
            if summary.get("name") == name:
                found.append((run, summary))
        if len(found) == SHOWN_RUNS:
            break
    return tuple(found)
