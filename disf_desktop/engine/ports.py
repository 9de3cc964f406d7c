"""What a run asks of the world: Protocols for the services and the clock, and the values that cross them.

Raw values are what the service's JSON gave (str, int, Decimal, bool, None); canonical values are `core.values.Value`.
Reading raises `DisfError` when it cannot go on (the adapter has already retried); writing never raises for an
outcome: it gives a `WriteReply`, or one of `NotSent`, `Unknown`, `Refused`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from disf_desktop.core.errors import DisfError
from disf_desktop.core.events import OperationPlanned
from disf_desktop.core.records import (
    Capabilities,
    Changes,
    Fate,
    FoundRecord,
    JobState,
    Page,
    Position,
    RowResult,
    SourceRecord,
    Tombstone,
    Window,
    WriteRecord,
    WriteResult,
)
from disf_desktop.core.schema import Schema, Side
from disf_desktop.core.values import Value
from disf_desktop.engine.ledger_port import Ledger as Ledger


class BulkJob(Protocol):
    """A job of Bulk API 2.0 that writes rows. Its `path` is kept before `upload`, so that it can be found again."""

    @property
    def path(self) -> str: ...

    def cells(self, columns: Sequence[str], row: Mapping[str, Value]) -> list[str]:
        """Give a row as the cells that are sent, and that come back with its result."""
        ...

    def upload(self, columns: Sequence[str], rows: Iterator[Mapping[str, Value]]) -> int:
        """Send rows until they end or the job is full; give how many went. The iterator keeps the rest.

        After any error, one of the iterator's too, the job is aborted: nothing of it is stored before `close`.
        """
        ...

    def close(self) -> None:
        """Let Salesforce begin: from here on rows may be stored."""
        ...

    def abort(self) -> None:
        """Give an open job up: nothing of it is stored."""
        ...

    def state(self) -> JobState:
        """Ask once how the job stands."""
        ...

    def ended(self) -> DisfError | None:
        """Wait until the job has ended; give what kept it from coming to its end, if something did."""
        ...

    def outcomes(self) -> Iterator[RowResult]:
        """Give what became of each row, in any order. Raises UnexpectedAnswer at the end if they do not add up."""
        ...

    def discard(self) -> None:
        """Delete the job, once its results are safely stored."""
        ...


class SalesforceOrg(Protocol):
    """The Salesforce side of a run, one org. Reads and writes are called from worker threads too."""

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

    def changes(self, sobject: str, since: datetime) -> Changes:
        """Ask in one call up to when every change is visible (`latestDateCovered`) and what was deleted since."""
        ...

    def read(self, window: Window) -> Iterator[Page]:
        """Read a window, in pages ordered by (SystemModstamp, Id)."""
        ...

    def read_all(self, window: Window) -> Iterator[Page]:
        """Read a large window through Bulk API 2.0, in arbitrary order."""
        ...

    def in_scope(self, window: Window, until: Position, path: str = "") -> frozenset[str]:
        """Give the Ids of the window's records, up to and with `until`, that satisfy its condition.

        Raises SettingsError, at `path`, for a condition that Salesforce does not understand.
        """
        ...

    def read_by_id(self, sobject: str, fields: Sequence[str], ids: Sequence[str]) -> dict[str, SourceRecord]:
        """Read up to 200 records by Id in one call; a record that is gone is left out."""
        ...

    def read_by_value(
        self, sobject: str, fields: Sequence[str], name: str, values: Sequence[Value]
    ) -> list[tuple[Value, SourceRecord]]:
        """Read the records whose field `name` holds one of up to 200 values, each with the value asked for."""
        ...

    def fates(self, sobject: str, ids: Sequence[str]) -> list[Fate]:
        """Say of deleted records into which other one each was merged, if it was."""
        ...

    def in_the_bin(self, sobject: str, ids: Sequence[str]) -> Sequence[Tombstone]:
        """Give those of these records that Salesforce remembers as deleted, each with its last stamp."""
        ...

    def write(self, sobject: str, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
        """Send one batch of up to 200, with an outcome for each record: `create`, `update` (by Id), `upsert` (by the
        external id in `key`)."""
        ...

    def ingest(self, sobject: str, operation: str, external_id: str | None = None) -> BulkJob:
        """Make a bulk job: `insert`, `update` (by Id), `upsert` (by `external_id`)."""
        ...

    def ingest_again(self, path: str, *, sent: int | None = None) -> BulkJob:
        """Find a bulk job again by its path; `sent` rows are known to have gone into it."""
        ...

    def reserved(self) -> AbstractContextManager[None]:
        """Let the calls inside use what is kept of the org's allowance for consents."""
        ...

    def write_unless_modified(self, sobject: str, record: WriteRecord, since: datetime) -> WriteResult:
        """Update one record by Id unless it was modified after `since` (whole seconds).

        A record that was is told as `RecordRefused` with the code `MODIFIED_SINCE`.
        """
        ...


class DialogInsightTable(Protocol):
    """The Dialog Insight side of a run, one table. `write` and all that finds are called from worker threads."""

    side: Side

    @property
    def calls(self) -> int: ...

    def describe(self) -> Schema: ...

    def server_now(self) -> datetime:
        """Give the server's clock: the last HTTP Date plus the monotonic time since."""
        ...

    def write(self, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
        """Send one batch: `create` is insert-only, `update` update-only, `upsert` either; the same batch gives the same
        bytes.

        A key that is among the `fields` of an update changes the record's key.
        """
        ...

    def find(self, key: Mapping[str, Value]) -> FoundRecord | None:
        """Look one record up by its whole key."""
        ...

    def find_by_id(self, rid: str) -> FoundRecord | None:
        """Look one contact up by its idContact."""
        ...

    def find_empty(self, name: str) -> Sequence[FoundRecord]:
        """Give the contacts whose field `name` is empty. Needs `Capabilities.empty_lookup`."""
        ...

    def changed_since(self, since: datetime) -> Iterator[Sequence[FoundRecord]]:
        """Give the records modified at that moment or later, in pages. Needs `Capabilities.changed_since`."""
        ...

    def probe(self) -> Capabilities:
        """Find out, without changing anything, what this account accepts."""
        ...


class Export(Protocol):
    """A photograph of a contact list in a file. `as_of` is when it was taken, `keys` tell it from others, for good."""

    @property
    def keys(self) -> tuple[str, ...]: ...

    @property
    def as_of(self) -> str: ...

    def records(self, schema: Schema) -> Iterator[FoundRecord]:
        """Give its records, whose `rid` is "" where the file does not tell; each field of `schema` has its column.

        Raises UnexpectedAnswer for a file that is not whole and ServiceUnavailable for one that is still being written,
        both before the first record.
        """
        ...


class ExportFolder(Protocol):
    """A folder in which exports of a contact list appear."""

    def waiting(self, was_read: Callable[[str], bool]) -> Sequence[Export]:
        """Give the files of which none of the keys `was_read`, the oldest photograph first."""
        ...


class SavedPlan(Protocol):
    """A plan that a person looked at: a run sends what is in it and nothing else (sync-semantics 4.17)."""

    def judge(
        self,
        integration: str,
        side: Side,
        kind: str,
        rid: str,
        fields_before: Mapping[str, Any],
        fields_after: Mapping[str, Any],
    ) -> str:
        """Say whether the plan holds this very operation (`admitted`), another one (`moved`), or none (`new`)."""
        ...

    def leftovers(self) -> Iterator[OperationPlanned]:
        """Give the operations of the plan that nothing calls for any more."""
        ...


class Clock(Protocol):
    """Time, as a run sees it."""

    def now(self) -> datetime:
        """Give the local wall clock in UTC; for display and `first_seen` only, never for a watermark."""
        ...

    def monotonic(self) -> float: ...

    def sleep(self, seconds: float) -> None:
        """Wait. Raises Stopped as soon as somebody has asked for a stop, even for no seconds at all."""
        ...
