"""An org, as a run reads and writes it: the one door to the modules beside this one.

simple-salesforce sends the queries; its session is ours (see `wire`). It is imported where it is used, for it takes a
third of a second.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from disf_desktop.core.errors import AccessRefused, DisfError, SchemaChanged, UnexpectedAnswer
from disf_desktop.core.project import SalesforceConnection
from disf_desktop.core.records import (
    Changes,
    Fate,
    NotSent,
    Page,
    Position,
    SourceRecord,
    Tombstone,
    Window,
    WriteRecord,
    WriteResult,
)
from disf_desktop.core.schema import FieldType, Schema
from disf_desktop.core.values import Value
from disf_desktop.services.salesforce import bulk, bulk_reads, changes, pages, query, reads, writes
from disf_desktop.services.salesforce.batch import ask_together
from disf_desktop.services.salesforce.descriptions import Descriptions
from disf_desktop.services.salesforce.errors import asked, attempt, raise_unless_ok
from disf_desktop.services.salesforce.wire import LibrarySession, Tokens, Wire, read_json
from disf_desktop.services.transport import Clock, SystemClock, Transport

if TYPE_CHECKING:
    from simple_salesforce.api import Salesforce

NEWEST_VERSION = (68, 0)
"""The newest API version that this program was written against (Winter '27)."""


class SalesforceOrg:
    """One org, as a run reads and writes it (`engine.ports.SalesforceOrg`). Threads may share it."""

    def __init__(
        self,
        connection: SalesforceConnection,
        transport: Transport,
        tokens: Tokens,
        *,
        clock: Clock | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._clock = clock or SystemClock()
        self._wire = Wire(transport, tokens, call_ceiling_percent=connection.call_ceiling_percent, clock=self._clock)
        self.stop = stop or threading.Event()
        self._version = connection.api_version
        self._lock = threading.RLock()
        self._descriptions = Descriptions(self._ask_together)
        self._library: Salesforce | None = None

    @property
    def wire(self) -> Wire:
        return self._wire

    @property
    def calls(self) -> int:
        return self._wire.transport.calls

    @property
    def api_version(self) -> str:
        """Give the version in use, such as "68.0": the pinned one, or the newest that the org and this program know."""
        with self._lock:
            if self._version is None:
                self._version = _newest(self._get("/services/data/", authorized=False))
            return self._version

    @property
    def known_version(self) -> str | None:
        """Give the version in use, None while nothing asked for it; never makes a call."""
        return self._version

    def assume_version(self, version: str | None) -> None:
        """Use a version that this org offered not long ago, which saves the call that finds it; a pinned one stays."""
        with self._lock:
            self._version = self._version or version

    @property
    def base(self) -> str:
        """Give the path under which this version's resources are."""
        return f"/services/data/v{self.api_version}"

    def server_now(self) -> datetime:
        """Give the server's clock: the last HTTP Date plus the monotonic time since."""
        now = self._wire.transport.server_now()
        if now is None:
            self._get("/services/data/", authorized=False)
            now = self._wire.transport.server_now()
        if now is None:
            raise UnexpectedAnswer("Salesforce answered without a date.", "Check what stands between it and us.")
        return now

    def limits(self) -> dict[str, Any]:
        """Give the org's allowances, by name: `Max` and `Remaining`."""
        return asked(lambda: dict(self._salesforce().limits()))

    def reserved(self) -> AbstractContextManager[None]:
        """Let calls use what is kept for consents below our own ceiling, from any thread, until the end of a block."""
        return self._wire.reserved()

    def describe(self, sobject: str, related: Sequence[str] = ()) -> Schema:
        """Give the object's fields, and those of `related` (`Account.Name`) one step away; see `Descriptions`."""
        return self._descriptions.schema(sobject, related)

    def count(self, sobject: str) -> int:
        """Give about how many records the object has: the org's own estimate, or an exact count where it has none."""
        try:
            told = self._get(f"{self.base}/limits/recordCount", sObjects=sobject)
            counts = {each["name"].casefold(): int(each["count"]) for each in told["sObjects"]}
        except (SchemaChanged, AccessRefused, KeyError, TypeError, ValueError):
            counts = {}
        estimate = counts.get(sobject.casefold())
        return estimate if estimate is not None else self._exact_count(sobject)

    def changes(self, sobject: str, since: datetime) -> Changes:
        """Say up to when every change is visible, and what was deleted since; see `changes.ask`.

        An object that Salesforce keeps no such log of says neither.
        """
        if not self._descriptions.of(sobject).get("replicateable", True):
            return Changes(None)
        return changes.ask(self._ask_together, sobject, since, self.server_now())

    def read(self, window: Window) -> Iterator[Page]:
        """Read a window in pages ordered by (SystemModstamp, Id): one call for each 2,000 records and field list."""
        return pages.read(self._asker(window.sobject), window)

    def read_all(self, window: Window) -> Iterator[Page]:
        """Read a large window through Bulk API 2.0, in arbitrary order."""
        if window.condition is not None:
            # A job says only that it failed; this says what is wrong with the person's filter.
            self.check_filter(window.sobject, window.condition)
        related = [name for name in window.fields if "." in name]
        schema = self.describe(window.sobject, related)
        try:
            yield from bulk_reads.read(self._wire, self.base, window, schema, clock=self._clock, stop=self.stop)
            return
        except SchemaChanged as refusal:
            # Some objects are not open to the Bulk API; it says so before the first record.
            if "INVALIDENTITY" not in refusal.detail.upper():
                raise
        yield from self.read(window)

    def in_scope(self, window: Window, until: Position, path: str = "") -> frozenset[str]:
        """Give the Ids of the window's records, up to and with `until`, that satisfy its condition.

        Raises SettingsError with Salesforce's words where the condition is refused; `path` is its place in the file.
        """
        return reads.in_scope(self._attempt, window, until, path)

    def check_filter(self, sobject: str, condition: str, path: str = "") -> None:
        """Try a condition. Raises SettingsError with Salesforce's words where it is refused."""
        reads.check_filter(self._attempt, sobject, condition, path)

    def read_by_id(self, sobject: str, fields: Sequence[str], ids: Sequence[str]) -> dict[str, SourceRecord]:
        """Read up to 200 records by Id, in one call unless the fields are very many; one that is gone is left out."""
        return reads.by_id(self._asker(sobject), sobject, fields, ids)

    def read_by_value(
        self, sobject: str, fields: Sequence[str], name: str, values: Sequence[Value]
    ) -> list[tuple[Value, SourceRecord]]:
        """Read the records whose field `name` holds one of up to 200 values, each with the value asked for."""
        return reads.by_value(self._asker(sobject), self.describe(sobject), fields, name, values)

    def fates(self, sobject: str, ids: Sequence[str]) -> list[Fate]:
        """Say of deleted records into which other one each was merged, if it was: one step, see `reads.fates`."""
        return reads.fates(self._asker(sobject, deleted=True), self.describe(sobject), ids)

    def in_the_bin(self, sobject: str, ids: Sequence[str]) -> list[Tombstone]:
        """Give those of these records that Salesforce remembers as deleted; see `reads.in_the_bin`."""
        return reads.in_the_bin(self._asker(sobject, deleted=True), sobject, ids)

    def write(self, sobject: str, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
        """Write up to 200 records: `create`, `update`, `upsert` by external id, `delete`; see `writes`."""
        try:
            schema, base = self.describe(sobject), self.base
        except DisfError as error:
            return NotSent(error)
        return writes.write(self._wire, base, schema, kind, records)

    def write_unless_modified(self, sobject: str, record: WriteRecord, since: datetime) -> WriteResult:
        """Update one record by Id unless it was modified after `since` (whole seconds); see `writes`."""
        try:
            schema, base = self.describe(sobject), self.base
        except DisfError as error:
            return NotSent(error)
        return writes.write_unless_modified(self._wire, base, schema, record, since)

    def ingest(self, sobject: str, operation: str, external_id: str | None = None) -> bulk.Ingest:
        """Make a Bulk API 2.0 job that writes more; see `bulk.Ingest`."""
        fields = self.describe(sobject).fields.values()
        return bulk.Ingest.create(
            self._wire,
            self.base,
            sobject,
            operation,
            external_id=external_id,
            times=[field.name for field in fields if field.type is FieldType.TIME],
            clock=self._clock,
            stop=self.stop,
        )

    def ingest_again(self, path: str, *, sent: int | None = None) -> bulk.Ingest:
        """Find a job again by its `path`, after the program was killed."""
        job = bulk.Job(self._wire, path, clock=self._clock, stop=self.stop)
        return bulk.Ingest(job, sent=sent)

    def _exact_count(self, sobject: str) -> int:
        soql = f"SELECT COUNT() FROM {query.checked(sobject)}"  # noqa: S608 - the name is checked
        return asked(lambda: int(self._salesforce().query(soql)["totalSize"]), sobject)

    def _asker(self, sobject: str, *, deleted: bool = False) -> pages.Ask:
        return lambda soql: asked(lambda: self._salesforce().query(soql, include_deleted=deleted), sobject)

    def _attempt(self, soql: str) -> Any:
        return attempt(lambda: self._salesforce().query(soql))

    def _ask_together(self, paths: Sequence[str]) -> list[Any]:
        return ask_together(self._wire, self.base, paths)

    def _salesforce(self) -> Salesforce:
        from simple_salesforce.api import Salesforce

        version = self.api_version
        with self._lock:
            if self._library is None:
                self._library = Salesforce(
                    # Never sent: the wire writes its own authorization.
                    session_id="kept-by-the-wire",
                    instance_url=self._wire.instance_url,
                    version=version,
                    session=LibrarySession(self._wire),
                )
            return self._library

    def _get(self, path: str, *, authorized: bool = True, **parameters: str) -> Any:
        reply = self._wire.send("GET", path, query=parameters, repeatable=True, parse=read_json, authorized=authorized)
        return raise_unless_ok(reply).parsed


def _newest(told: Any) -> str:
    try:
        offered = sorted(tuple(int(part) for part in each["version"].split(".")) for each in told)
        known = [version for version in offered if version <= NEWEST_VERSION]
        chosen = known[-1] if known else offered[0]
        return f"{chosen[0]}.{chosen[1]}"
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        pass
    raise UnexpectedAnswer(
        "The address of the org does not answer like Salesforce.", "Check the address of the connection."
    )
