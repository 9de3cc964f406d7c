"""What a simulated world stands on: one time, one order of everything that happens, histories, a trace with a hash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property, lru_cache
from hashlib import blake2b
from heapq import heappop, heappush
from typing import Any, Final

from disf_desktop.core.errors import Stopped

PERSON: Final = "person"
ENGINE: Final = "engine"
EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)

SALESFORCE: Final = "SF"
DIALOG_INSIGHT: Final = "DI"


class Killed(BaseException):
    """The process of the engine ends here. No code of the program may catch it."""


class Violation(AssertionError):
    """A promise was broken; its text begins with the promise."""


@dataclass
class Time:
    """True time, of which every clock shows something of its own. What is said `at` a moment happens then."""

    now: datetime
    _happened: int = 0
    _due: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        """How much is still to happen at its moment."""
        return len(self._due)

    def tick(self) -> int:
        """Give the next number in the order of everything that happens."""
        self._happened += 1
        return self._happened

    def advance(self, seconds: float) -> None:
        until = self.now + timedelta(seconds=seconds)
        while self._due and self._due[0][0] <= until:
            moment, _, happen = heappop(self._due)
            self.now = max(self.now, moment)
            happen()
        self.now = max(self.now, until)

    def at(self, moment: datetime, happen: Callable[[], None]) -> None:
        heappush(self._due, (moment, self.tick(), happen))


@dataclass
class EngineClock:
    """The clocks of the computer that the engine runs on; the wall clock is wrong by `skew`."""

    time: Time
    skew: timedelta = timedelta(0)
    stops: bool = False
    """Whether somebody has asked for a stop: a pause hears of it, even one of no length."""

    def now(self) -> datetime:
        return self.time.now + self.skew

    def monotonic(self) -> float:
        return (self.time.now - EPOCH).total_seconds()

    def sleep(self, seconds: float) -> None:
        if self.stops:
            raise Stopped("The run was stopped on request.", "Run it again to go on where it stopped.")
        if seconds > 0:
            self.time.advance(seconds)


@dataclass(frozen=True)
class Change:
    """One record that changed; `before` is None where it was made, `after` is empty where it went away.

    `number` orders the changes of all services. `what` is saved, deleted, undeleted or merged. A `late` one was carried
    out long after it was sent. `table` is the object or the list.
    """

    author: str
    table: str
    rid: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]
    number: int
    what: str = "saved"
    late: bool = False

    @cached_property
    def changed(self) -> dict[str, tuple[Any, Any]]:
        """Give what it changed: for each field the value before and after. Who comes or goes whole changes none."""
        if self.what != "saved":
            return {}
        before = self.before or {}
        names = dict.fromkeys((*before, *self.after))
        return {n: (before.get(n), self.after.get(n)) for n in names if before.get(n) != self.after.get(n)}


@dataclass(frozen=True, slots=True)
class Look:
    """The engine was shown a record, in a reply that came whole."""

    rid: str
    number: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A person's answer for an opt-in in Dialog Insight: True, False or None."""

    rid: str
    state: bool | None
    number: int


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it arrives at a service."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Reply:
    """What a service answers. `shown` are the records in it, `stored` those of which it says that they were stored."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    stored: tuple[str, ...] = ()


@dataclass
class Trace:
    """Everything that happens, as a hash, and as text where somebody wants to read it."""

    tell: Callable[[str], None] | None = None
    faults: Counter[str] = field(default_factory=Counter)
    _hash: Any = field(default_factory=lambda: blake2b(digest_size=12))

    def note(self, *words: object) -> None:
        line = " ".join([str(word) for word in words])
        self._hash.update(line.encode())
        if self.tell is not None:
            self.tell(line)

    def say(self, line: str) -> None:
        """Tell something that is no part of what happened."""
        if self.tell is not None:
            self.tell(line)

    def fault(self, name: str) -> None:
        """Note a fault that happens now, and count it."""
        self.note("fault", name)
        self.fired(name)

    def fired(self, name: str) -> None:
        """Count a fault that was noted when it was drawn, or that comes from a service as it is."""
        self.faults[name] += 1

    def hexdigest(self) -> str:
        return str(self._hash.hexdigest())


def stamped(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(maxsize=64)  # the time of most calls is that of the call before
def http_date(moment: datetime) -> str:
    """Write a moment as the head of an answer does."""
    return format_datetime(moment.replace(microsecond=0), usegmt=True)
