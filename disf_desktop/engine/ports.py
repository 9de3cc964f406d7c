"""What a run asks of the world: Protocols for the services and the clock, and the values that cross them.

Raw values are what the service's JSON gave (str, int, Decimal, bool, None); canonical values are `core.values.Value`.
Reading raises `DisfError` when it cannot go on (the adapter has already retried); writing never raises for an
outcome: it gives a `WriteReply`, or one of `NotSent`, `Unknown`, `Refused`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from disf_desktop.core.events import Outstanding, RecordSetAside
from disf_desktop.core.journal import (
    Applied,
    NewSetAside,
    OpenBatch,
    OpenOperation,
    PendingCount,
    Registered,
    StreamState,
)
from disf_desktop.core.plan import Agree, Create, Pending, Update
from disf_desktop.core.records import FoundRecord, Page, Position, Window, WriteRecord, WriteResult
from disf_desktop.core.refusals import Bad
from disf_desktop.core.schema import Schema, Side
from disf_desktop.core.values import Value


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
        """Give the moment up to which every change is visible (`latestDateCovered`); None for objects without it."""
        ...

    def read(self, window: Window) -> Iterator[Page]:
        """Read a window, in pages ordered by (SystemModstamp, Id)."""
        ...

    def read_all(self, window: Window) -> Iterator[Page]:
        """Read a large window through Bulk API 2.0, in arbitrary order."""
        ...


class DialogInsightTarget(Protocol):
    """The Dialog Insight side of a run, one table. `write` and `find` are called from worker threads."""

    side: Side

    @property
    def calls(self) -> int: ...

    def describe(self) -> Schema: ...

    def write(self, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
        """Send one batch: `create` is insert-only, `update` update-only; the same batch gives the same bytes."""
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


class Ledger(Protocol):
    """What a run keeps. Every method is one transaction or one read, called from the run's own thread."""

    def begin_run(self, at: str) -> int: ...
    def finish_run(self, run: int, at: str, status: str, summary: Mapping[str, Any]) -> None: ...
    def register(self, name: str, target: str, settings: bytes) -> Registered: ...
    def layout(self, sources: Sequence[str], targets: Sequence[str]) -> int: ...
    def stream(self, integration: int) -> StreamState: ...
    def start_reading(self, integration: int, hi: str, layout: int, fingerprint: bytes, *, anew: bool) -> None: ...
    def store_page(
        self,
        integration: int,
        layout: int,
        run: int,
        records: Iterable[tuple[str, str, Sequence[Value | Bad]]],
        position: Position | None,
    ) -> int: ...
    def finish_reading(self, integration: int, at: str) -> None: ...
    def release_blocked(self, integration: int) -> None: ...
    def pending_count(self, integration: int, target: int, layout: int) -> PendingCount: ...
    def pending(self, integration: int, target: int, layout: int, after: str, limit: int) -> list[Pending]: ...
    def owners_of(self, target: int, keys: Sequence[Mapping[str, Value]]) -> dict[str, str]: ...
    def contact_ids(self, target: int, sf_ids: Sequence[str]) -> dict[str, str]: ...
    def owner_of(self, target: int, di_rid: str) -> str | None: ...
    def targets_of(self, layout: int) -> tuple[str, ...]: ...
    def target_number(self, name: str) -> int | None: ...
    def note_decisions(
        self,
        integration: int,
        target: int,
        layout: int,
        run: int,
        at: str,
        *,
        agreed: Sequence[Agree] = (),
        aside: Sequence[NewSetAside] = (),
        filtered: Sequence[str] = (),
    ) -> list[RecordSetAside]: ...
    def intend(
        self,
        run: int,
        integration: int,
        target: int,
        layout: int,
        kind: str,
        operations: Sequence[Create] | Sequence[Update],
        at: str,
    ) -> OpenBatch: ...
    def open_batches(self, integration: int) -> list[OpenBatch]: ...
    def settle(
        self,
        batch: OpenBatch,
        integration: int,
        run: int,
        at: str,
        request_id: str,
        *,
        applied: Sequence[Applied] = (),
        adopted: Sequence[Agree] = (),
        aside: Sequence[NewSetAside] = (),
        dropped: Sequence[OpenOperation] = (),
    ) -> list[RecordSetAside]: ...
    def outstanding(self, integration: int) -> Outstanding: ...
