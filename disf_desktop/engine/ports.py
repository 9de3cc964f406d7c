"""What a run asks of the world: Protocols for the services and the clock, and the values that cross them.

Raw values are what the service's JSON gave (str, int, Decimal, bool, None); canonical values are `core.values.Value`.
Reading raises `DisfError` when it cannot go on (the adapter has already retried); writing never raises for an
outcome: it gives a `WriteReply`, or one of `NotSent`, `Unknown`, `Refused`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from disf_desktop.core.records import (
    FoundRecord,
    NotSent,
    Page,
    Position,
    RawValue,
    RecordOutcome,
    RecordRefused,
    RecordUnknown,
    Refused,
    SourceRecord,
    Unknown,
    Window,
    WriteRecord,
    WriteReply,
    WriteResult,
    Written,
)
from disf_desktop.core.schema import Schema, Side
from disf_desktop.core.values import Value

__all__ = [
    "Clock",
    "DialogInsightTarget",
    "FoundRecord",
    "NotSent",
    "Page",
    "Position",
    "RawValue",
    "RecordOutcome",
    "RecordRefused",
    "RecordUnknown",
    "Refused",
    "SalesforceSource",
    "SourceRecord",
    "Unknown",
    "Window",
    "WriteRecord",
    "WriteReply",
    "WriteResult",
    "Written",
]


class SalesforceSource(Protocol):
    """The Salesforce side of a run, one org."""

    @property
    def calls(self) -> int: ...

    def describe(self, sobject: str, related: Sequence[str] = ()) -> Schema:
        """Give the object's fields; `related` names dotted fields (`Account.Name`) to resolve too."""
        ...

    def count(self, sobject: str) -> int:
        """Give about how many records the object has; an approximation is enough."""
        ...

    def server_now(self) -> datetime:
        """Give the server's clock: the last HTTP Date plus the monotonic time since."""
        ...

    def covered_until(self, sobject: str, since: datetime) -> datetime | None:
        """Give the moment up to which every change is visible (`latestDateCovered`), None where the object has no such call."""
        ...

    def read(self, window: Window) -> Iterator[Page]:
        """Read a window, in pages ordered by (SystemModstamp, Id)."""
        ...

    def read_all(self, window: Window) -> Iterator[Page]:
        """Read a large window through Bulk API 2.0, in arbitrary order."""
        ...


class DialogInsightTarget(Protocol):
    """The Dialog Insight side of a run, one table. `write` is called from worker threads; the others from the run's own."""

    side: Side

    @property
    def calls(self) -> int: ...

    def describe(self) -> Schema: ...

    def write(self, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
        """Send one batch. `kind` is `create` (insert-only) or `update` (update-only); the same batch gives the same bytes."""
        ...

    def find(self, key: Mapping[str, Value]) -> FoundRecord | None:
        """Look one record up by its whole key."""
        ...


class Clock(Protocol):
    """Time, as a run sees it."""

    def now(self) -> datetime:
        """Give the local wall clock in UTC; for display and `first_seen` only, never for a watermark."""
        ...

    def monotonic(self) -> float: ...

    def sleep(self, seconds: float) -> None: ...
