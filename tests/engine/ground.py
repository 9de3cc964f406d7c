"""What both services in memory stand on: one time, one order of everything that happens, faults and histories."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from heapq import heappop, heappush
from typing import Any, Final

from disf_desktop.core.records import WriteRecord
from disf_desktop.core.schema import Field, Schema, Side
from disf_desktop.core.values import Value

START: Final = datetime(2026, 3, 2, 10, 0, 0, tzinfo=UTC)
PERSON: Final = "person"
ENGINE: Final = "engine"


class FakeClock:
    """The time of the servers, of which the local wall clock is `skew` away.

    What is said `at` a moment happens when the time gets there. A call of a service takes `call_takes` seconds.
    """

    def __init__(self, skew: timedelta = timedelta(0)) -> None:
        self.server = START
        self.skew = skew
        self.call_takes = 0.0
        self._happened = 0
        self._due: list[tuple[datetime, int, Callable[[], None]]] = []

    def now(self) -> datetime:
        return self.server + self.skew

    def monotonic(self) -> float:
        return (self.server - START).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        until = self.server + timedelta(seconds=seconds)
        while self._due and self._due[0][0] <= until:
            moment, _, happen = heappop(self._due)
            self.server = max(self.server, moment)
            happen()
        self.server = max(self.server, until)

    def at(self, moment: datetime, happen: Callable[[], None]) -> None:
        """Let something happen when the time is there."""
        heappush(self._due, (moment, self.tick(), happen))

    def call(self) -> None:
        """Let the time pass that a call takes."""
        if self.call_takes:
            self.advance(self.call_takes)

    def tick(self) -> int:
        """Give the next number in the order of everything that happens."""
        self._happened += 1
        return self._happened


class InlineExecutor(Executor):
    """Does the work at once, in the thread that asks for it."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:  # noqa: BLE001 - a future carries any
            future.set_exception(error)
        return future


class Fault(Enum):
    """What happens to one call of `write`."""

    NOT_SENT = auto()
    UNKNOWN_BEFORE = auto()
    UNKNOWN_AFTER = auto()
    UNKNOWN_LATER = auto()
    """No reply comes; the call is carried out when its `lateness` has passed."""
    REFUSED = auto()
    REFUSED_AFTER_HALF = auto()
    HALF_UNACCOUNTED = auto()
    REORDERED = auto()


@dataclass(frozen=True, slots=True)
class Call:
    """One call of `write`, as it was sent, and what the service held of each record when it came."""

    kind: str
    records: tuple[WriteRecord, ...]
    fault: Fault | None
    held: tuple[Mapping[str, Any] | None, ...]
    number: int = 0
    name: str = ""
    """The object, where the service has several."""


@dataclass(frozen=True, slots=True)
class Change:
    """One record that changed; `before` is None where it was made, `after` empty where it went away.

    `number` orders the changes of both services. `what` is saved, deleted, undeleted, merged or converted. A `late` one
    was carried out long after it was sent.
    """

    author: str
    rid: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]
    number: int = 0
    at: datetime = START
    what: str = "saved"
    name: str = ""
    late: bool = False

    @property
    def changed(self) -> dict[str, tuple[Any, Any]]:
        """Give what it changed: for each field the value before and after. Who comes or goes whole changes none."""
        if self.what in ("deleted", "merged", "undeleted"):
            return {}
        before = self.before or {}
        names = dict.fromkeys((*before, *self.after))
        return {n: (before.get(n), self.after.get(n)) for n in names if before.get(n) != self.after.get(n)}


@dataclass(frozen=True, slots=True)
class Look:
    """The engine was shown a record, but for the field that it `hides`."""

    rid: str
    number: int
    hides: str = ""


@dataclass(frozen=True, slots=True)
class OptinChange:
    """A person's answer for an opt-in: True, False or None (neutral)."""

    rid: str
    code: str
    state: bool | None
    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Refusal:
    code: str
    message: str
    field: str = ""


def stamped(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def same_key(key: Mapping[str, Value]) -> tuple[str, ...]:
    """Give what Dialog Insight compares of a key: neither case nor blanks at the end."""
    return tuple(str(value).rstrip().lower() for _, value in sorted(key.items()))


def schema_of(side: Side, name: str, *fields: Field, optins: tuple[Field, ...] = ()) -> Schema:
    return Schema(side, name, name, {each.name: each for each in fields}, optins)


def with_field(schema: Schema, changed: Field) -> Schema:
    """Give the schema with one field added, or put in the place of the one of its name."""
    return replace(schema, fields={**schema.fields, changed.name: changed})
