"""When integrations run by themselves: from their schedules and their last runs to the next due moments.

Two clocks are looked at together. The wall clock says when a run began and what hour of the day it is, but people set
it, and it may be wrong. The monotonic one never steps, but stands still while some computers sleep. Whatever the wall
clock does, a run is at most one too many, and never missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from disf_desktop.core.moments import written
from disf_desktop.core.project import Schedule

STEP_BELIEVED: Final = timedelta(minutes=10)
"""A clock set back by less does not make the same hour of a day run again."""

_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at both clocks: the wall clock in UTC, the monotonic one in seconds."""

    wall: datetime
    monotonic: float


@dataclass(frozen=True, slots=True)
class NextRun:
    """When an integration runs next; `next` is None where it has no schedule any more, or waits for a person."""

    integration: str
    next: datetime | None

    def as_json(self) -> dict[str, Any]:
        moment = None if self.next is None else written(self.next)
        return {"event": "schedule", "integration": self.integration, "next": moment}


def moment_of(day: date, clock: time, zone: tzinfo) -> datetime:
    """Give the moment, in UTC, at which a clock on the wall of that zone shows the time on that day.

    A time that the clock shows twice is the first of them. One that it never shows is the moment right after the gap.
    """
    shown = datetime.combine(day, clock)
    after = shown.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if after.astimezone(zone).replace(tzinfo=None) == shown:
        return after
    # In a gap, fold 0 counts by the offset from before it and so lands after it; fold 1 the other way round (PEP 495).
    before = shown.replace(tzinfo=zone, fold=1).astimezone(UTC)
    offset = after.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + timedelta(seconds=(after - before) // _SECOND // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


def next_of_day(at: Sequence[str], after: datetime, zone: tzinfo) -> datetime:
    """Give the first moment after `after` at which the clock of the zone shows one of these times (`HH:MM`)."""
    clocks = [time.fromisoformat(text) for text in at]
    day = after.astimezone(zone).date() - timedelta(days=1)
    while True:
        moments = [moment for clock in clocks if (moment := moment_of(day, clock, zone)) > after]
        if moments:
            return min(moments)
        day += timedelta(days=1)


class Timetable:
    """Say which integrations are due, and when each is due next.

    A run that is late, since the computer slept or another run took long, is made up for once, not once for each time
    that was missed. Several that are due at the same look are given together, for one run of all.
    """

    def __init__(self, zone: tzinfo, began: Reading) -> None:
        """Begin to keep time; `zone` is the computer's, in which hours of the day are meant."""
        self._zone = zone
        self._began = began
        self._schedules: Mapping[str, Schedule] = {}
        self._last: dict[str, Reading] = {}

    def follow(self, schedules: Mapping[str, Schedule]) -> None:
        """Keep to these schedules, by the names of their integrations, from now on."""
        self._schedules = dict(schedules)

    def ran(self, names: Sequence[str], now: Reading) -> None:
        """Note that a run of these begins now."""
        self._last.update(dict.fromkeys(names, now))

    def ran_elsewhere(self, name: str, at: datetime, now: Reading) -> bool:
        """Note a run that somebody else began at `at`; say whether that is news."""
        known = self._last.get(name)
        if known is not None and at <= known.wall + _SECOND:
            return False
        ago = max(now.wall - at, timedelta())
        self._last[name] = Reading(at, now.monotonic - ago.total_seconds())
        return True

    def due(self, now: Reading) -> tuple[str, ...]:
        """Give the integrations that should run now."""
        return tuple(name for name in self._schedules if self.next(name, now) <= now.wall)

    def next(self, name: str, now: Reading) -> datetime:
        """Give when an integration is due next, in UTC; a moment that is past says that it is due."""
        self._doubt_the_future(now)
        schedule, last = self._schedules[name], self._last.get(name)
        if schedule.every_minutes is None:
            return next_of_day(schedule.at, (last or self._began).wall, self._zone)
        if last is None:
            return now.wall
        # The wall clock knows of a sleep, the monotonic one of a step back: the longer time has passed.
        passed = max(now.wall - last.wall, timedelta(seconds=now.monotonic - last.monotonic))
        return now.wall + timedelta(minutes=schedule.every_minutes) - passed

    def _doubt_the_future(self, now: Reading) -> None:
        """Take what lies in the future for now: the clock was set back since, or was wrong before."""
        latest = now.wall + STEP_BELIEVED
        for name, last in self._last.items():
            if last.wall > latest:
                self._last[name] = replace(last, wall=now.wall)
        if self._began.wall > latest:
            self._began = replace(self._began, wall=now.wall)
