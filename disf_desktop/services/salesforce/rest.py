"""An org, through the REST API: what its objects hold, and their records in order.

simple-salesforce builds the queries' and describes' requests; its session is ours (see `wire`). It is imported where it
is used, for it takes a third of a second.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from disf_desktop.core.errors import AccessRefused, SchemaChanged, UnexpectedAnswer
from disf_desktop.core.project import SalesforceConnection
from disf_desktop.core.records import Page, Position, SourceRecord, Window, WriteRecord, WriteResult
from disf_desktop.core.schema import Field, Schema
from disf_desktop.services.salesforce import bulk, query, writes
from disf_desktop.services.salesforce.describe import field_of, related_field, schema_of
from disf_desktop.services.salesforce.errors import asked, raise_unless_ok, read_refusal
from disf_desktop.services.salesforce.wire import LibrarySession, Tokens, Usage, Wire, read_json
from disf_desktop.services.transport import Clock, SystemClock, Transport

if TYPE_CHECKING:
    from simple_salesforce.api import Salesforce, SFType

IDLE_PAGES = 5
"""How often everything may change between two field lists of a page before reading is given up."""
NEWEST_VERSION = (68, 0)
"""The newest API version that this program was written against (Winter '27)."""
COVERED_REACH = timedelta(hours=24)
"""How far back `covered_until` asks: longer than any transaction lasts, and few enough Ids in the answer."""


NOT_COVERED = ("EXCEEDED_ID_LIMIT", "INVALID_REPLICATION_DATE", "INVALID_TYPE_FOR_OPERATION", "NOT_FOUND")
"""What getUpdated answers where it cannot say what changed, which is not an error: there is another way."""


class SalesforceOrg:
    """One org, as a run reads it. Reads may be made from several threads."""

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
        self._described: dict[str, dict[str, Any]] = {}
        self._library: Salesforce | None = None

    @property
    def wire(self) -> Wire:
        return self._wire

    @property
    def calls(self) -> int:
        return self._wire.transport.calls

    @property
    def api_usage(self) -> Usage | None:
        """Calls of the whole org in 24 hours, as the last answer told."""
        return self._wire.usage

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

    def describe(self, sobject: str, related: Sequence[str] = ()) -> Schema:
        """Give the object's fields, and those of `related` (`Account.Name`) one step away.

        A related field that is not there is left out, as is an own one. Raises SchemaChanged without the object.
        """
        told = self._describe(sobject)
        return schema_of(told, (found for name in related if (found := self._related(told, name)) is not None))

    def count(self, sobject: str) -> int:
        """Give about how many records the object has: the org's own estimate, or an exact count where it has none."""
        try:
            told = self._get(f"{self.base}/limits/recordCount", sObjects=sobject)
            counts = {each["name"].casefold(): int(each["count"]) for each in told["sObjects"]}
        except (SchemaChanged, AccessRefused, KeyError, TypeError, ValueError):
            counts = {}
        estimate = counts.get(sobject.casefold())
        return estimate if estimate is not None else self._exact_count(sobject)

    def covered_until(self, sobject: str, since: datetime) -> datetime | None:
        """Give `latestDateCovered`: no transaction that began before it can still show a change.

        None where the object is not replicateable or more changed than the call can list.
        """
        if not self._describe(sobject).get("replicateable", True):
            return None
        end = self.server_now()
        # The call wants more than a minute between the two, and ignores seconds.
        start = min(max(since, end - COVERED_REACH), end - timedelta(minutes=2))
        path = f"{self.base}/sobjects/{query.checked(sobject)}/updated/"
        window = {"start": query.iso(start), "end": query.iso(end)}
        reply = self._wire.send("GET", path, query=window, repeatable=True, parse=read_json)
        if not reply.ok and read_refusal(reply.status, reply.body).code in NOT_COVERED:
            return None
        raise_unless_ok(reply, sobject)
        with suppress(KeyError, TypeError, ValueError):
            return query.moment_of(reply.parsed["latestDateCovered"])
        raise UnexpectedAnswer("Salesforce did not say until when changes are covered.", "Run again.", sobject)

    def read(self, window: Window) -> Iterator[Page]:
        """Read a window in pages ordered by (SystemModstamp, Id): one call for each 2,000 records and field list."""
        lists = query.columns(window)
        readers = [query.RecordReader(window.sobject, names) for names in lists]
        order = _order(window.fields, lists)
        position, idle = window.position, 0
        while True:
            where = query.after(window.since, position)
            answers = [self._page(window.sobject, names, where) for names in lists]
            parts = [reader.read(rows) for reader, (rows, _) in zip(readers, answers, strict=True)]
            more = [not done or len(rows) >= query.PAGE for rows, done in answers]
            _check_order(parts[0], position, window)
            covered = _covered(parts, more)
            records = covered if len(parts) == 1 else _joined([covered, *parts[1:]], order)
            if covered:
                position, idle = Position(covered[-1].stamp, covered[-1].rid), 0
                yield Page(records, position)
            # A record that changed between two field lists comes again, later in the order.
            if not any(more) and len(records) == len(covered):
                return
            idle += not covered
            if idle > IDLE_PAGES:
                raise UnexpectedAnswer(f"Reading {window.sobject} does not get on.", "Run again.", window.sobject)

    def read_all(self, window: Window) -> Iterator[Page]:
        """Read a large window through Bulk API 2.0, in arbitrary order."""
        related = [name for name in window.fields if "." in name]
        schema = self.describe(window.sobject, related)
        try:
            yield from bulk.read(self._wire, self.base, window, schema, clock=self._clock, stop=self.stop)
            return
        except SchemaChanged as refusal:
            # Some objects are not open to the Bulk API; it says so before the first record.
            if "INVALIDENTITY" not in refusal.detail.upper():
                raise
        yield from self.read(window)

    def write(self, sobject: str, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
        """Write up to 200 records: `create`, `update`, `upsert` by external id, `delete`; see `writes`."""
        return writes.write(self._wire, self.base, self.describe(sobject), kind, records)

    def ingest(self, sobject: str, operation: str, external_id: str | None = None) -> bulk.Ingest:
        """Make a Bulk API 2.0 job that writes more; see `bulk.Ingest`."""
        return bulk.Ingest.create(
            self._wire, self.base, sobject, operation, external_id=external_id, clock=self._clock, stop=self.stop
        )

    def ingest_again(self, path: str, *, sent: int | None = None) -> bulk.Ingest:
        """Find a job again by its `path`, after the program was killed."""
        job = bulk.Job(self._wire, path, clock=self._clock, stop=self.stop)
        return bulk.Ingest(job, sent=sent)

    def _page(self, sobject: str, fields: Sequence[str], where: str) -> tuple[list[dict[str, Any]], bool]:
        soql = query.select(sobject, fields, where, paged=True)
        return query.rows_of(asked(lambda: self._salesforce().query(soql), sobject), sobject)

    def _exact_count(self, sobject: str) -> int:
        soql = f"SELECT COUNT() FROM {query.checked(sobject)}"  # noqa: S608 - the name is checked
        return asked(lambda: int(self._salesforce().query(soql)["totalSize"]), sobject)

    def _related(self, told: dict[str, Any], name: str) -> Field | None:
        relationship, _, member = name.partition(".")
        lookup = next((f for f in told["fields"] if _same(f.get("relationshipName"), relationship)), None)
        for parent in (lookup or {}).get("referenceTo") or ():
            found = next((f for f in self._describe(parent)["fields"] if _same(f["name"], member)), None)
            if lookup is not None and found is not None:
                return related_field(field_of(lookup), field_of(found))
        return None

    def _describe(self, sobject: str) -> dict[str, Any]:
        with self._lock:
            if sobject not in self._described:
                self._described[sobject] = asked(lambda: self._described_by_library(sobject), sobject)
            return self._described[sobject]

    def _described_by_library(self, sobject: str) -> dict[str, Any]:
        # The library makes an object out of any attribute name; but some names are its own methods.
        thing = cast("SFType", self._salesforce().__getattr__(query.checked(sobject)))
        told = thing.describe()
        return {**told, "fields": [*told["fields"]], "name": told["name"]}

    def forget_descriptions(self) -> None:
        """Ask for every object's fields again next time."""
        with self._lock:
            self._described.clear()

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


def _same(name: Any, other: str) -> bool:
    return isinstance(name, str) and name.casefold() == other.casefold()


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


def _check_order(records: Sequence[SourceRecord], position: Position | None, window: Window) -> None:
    """Refuse a page that is not in order or goes back: the watermark would pass over what it hides."""
    lowest = position.stamp if position is not None else (window.since or "")
    ahead = position is None or not records or records[0].rid != position.rid
    for record in records:
        if record.stamp < lowest:
            ahead = False
        lowest = record.stamp
    if not ahead:
        raise UnexpectedAnswer(
            f"Records of {window.sobject} came out of order.", "Run again; if it lasts, report it.", window.sobject
        )


def _covered(parts: Sequence[Sequence[SourceRecord]], more: Sequence[bool]) -> Sequence[SourceRecord]:
    """Give the records of the first field list up to which every other one reaches too: their pages may be shorter."""
    first = parts[0]
    places = {record.rid: n for n, record in enumerate(first)} if len(parts) > 1 else {}
    edge = len(first)
    for part, goes_on in zip(parts[1:], more[1:], strict=True):
        if goes_on:
            known = (places[record.rid] for record in reversed(part) if record.rid in places)
            edge = min(edge, next(known, -1) + 1)
    return first[:edge]


def _order(fields: Sequence[str], lists: Sequence[Sequence[str]]) -> list[int]:
    """Give where each asked field is in the values of all lists put together."""
    together = [name for names in lists for name in names]
    return [together.index(name) for name in fields]


def _joined(parts: Sequence[Sequence[SourceRecord]], order: Sequence[int]) -> list[SourceRecord]:
    """Put the field lists of a page together, record by record; leave out what changed in between."""
    others = [{record.rid: record for record in part} for part in parts[1:]]
    records = []
    for record in parts[0]:
        more = [part.get(record.rid) for part in others]
        if all(found is not None and found.stamp == record.stamp for found in more):
            together = record.values + tuple(value for found in more if found is not None for value in found.values)
            records.append(replace(record, values=tuple(together[n] for n in order)))
    return records
