"""What both services share: one clock, one log of requests, one script of faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from disf_desktop.simulator.faults import Faults


class Clock:
    """Tell the time in UTC: the real time plus what has been added to it."""

    def __init__(self, added: timedelta = timedelta()) -> None:
        self.added = added

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return datetime.now(UTC) + self.added

    def advance(self, seconds: float) -> None:
        """Move the time of both services on (or back, with a negative number)."""
        self.added += timedelta(seconds=seconds)


class RequestLog:
    """Count requests by service and call; memory does not grow with their number.

    The fault layer notes each request once; a service says how many records it carried in `scope["call"].records`.
    """

    def __init__(self) -> None:
        self._totals: dict[tuple[str, str], list[int]] = {}

    def note(self, service: str, call: str, records: int = 0, error: bool = False) -> None:
        """Count one request; `service` is `salesforce` or `dialog_insight`."""
        totals = self._totals.setdefault((service, call), [0, 0, 0])
        totals[0] += 1
        totals[1] += records
        totals[2] += error

    def summary(self) -> list[dict[str, Any]]:
        """Return `service`, `call`, `count`, `records`, `errors` of each call met, in the order first met."""
        return [
            {"service": service, "call": call, "count": count, "records": records, "errors": errors}
            for (service, call), (count, records, errors) in self._totals.items()
        ]

    def clear(self) -> None:
        """Forget all requests."""
        self._totals.clear()


@dataclass(slots=True)
class World:
    """The surroundings of both services."""

    seed: int
    clock: Clock = field(default_factory=Clock)
    requests: RequestLog = field(default_factory=RequestLog)
    faults: Faults = field(init=False)

    def __post_init__(self) -> None:
        self.faults = Faults(self.clock.now, self.seed)
