"""The computer's clocks: as a run sees them, where a stop cuts sleeps short, and as a schedule does."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta, tzinfo

from disf_desktop.core.errors import Stopped
from disf_desktop.core.schedule import Reading


class RunClock:
    """Tell the time; `sleep` raises Stopped once `stop` is set, so that no pause before a retry holds a stop up."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        if self._stop.wait(max(0.0, seconds)):
            raise Stopped("The run was stopped on request.", "Run it again to go on where it stopped; nothing is lost.")


def look_at_clocks() -> Reading:
    """Read both clocks together. The computer's zone is looked up again: a person may have travelled."""
    if hasattr(time, "tzset"):
        time.tzset()
    return Reading(datetime.now(UTC), time.monotonic())


class ComputersZone(tzinfo):
    """The zone of this computer, with its changes of the clock, as the operating system knows it."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        """Give the local time of a moment in UTC that names this zone, as `datetime.astimezone` asks for it."""
        local = moment.replace(tzinfo=UTC).astimezone()
        return local.replace(tzinfo=self)
