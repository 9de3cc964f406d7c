"""Large queries through Bulk API 2.0: the job is made, polled, its results read by locator, and the job deleted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from disf_desktop.core.errors import UnexpectedAnswer
from disf_desktop.core.records import Page, RawValue, SourceRecord, Window
from disf_desktop.core.schema import FieldType, Schema
from disf_desktop.services.salesforce import query
from disf_desktop.services.salesforce.bulk import failed, made
from disf_desktop.services.salesforce.results import ResultFile
from disf_desktop.services.salesforce.wire import Wire
from disf_desktop.services.transport import Clock

RECORDS_A_PAGE = 2000
RECORDS_A_RESULT = 50_000


def read(
    wire: Wire, base: str, window: Window, schema: Schema, *, clock: Clock, stop: threading.Event
) -> Iterator[Page]:
    """Read a window through a query job, in arbitrary order, values as the REST API would give them."""
    soql = query.select(window.sobject, window.fields, query.where_of(window, window.position))
    job = made(wire, f"{base}/jobs/query", {"operation": "query", "query": soql}, clock, stop, window.sobject)
    ended = False
    try:
        told = job.wait()
        ended = True
        if told["state"] != "JobComplete":
            raise failed(told, window.sobject)
        locator: str | None = None
        while True:
            wanted = {"maxRecords": str(RECORDS_A_RESULT), **({"locator": locator} if locator else {})}
            results = job.results("results", **wanted)
            yield from _pages(results, window, schema)
            if results.locator is None:
                return
            locator = results.locator
    finally:
        job.discard(abort=not ended)


def _pages(results: ResultFile, window: Window, schema: Schema) -> Iterator[Page]:
    records: list[SourceRecord] = []
    record_of: Callable[[list[str]], SourceRecord] | None = None
    for row in results.rows():
        record_of = record_of or _record_reader(results.header, window, schema)
        records.append(record_of(row))
        if len(records) == RECORDS_A_PAGE:
            yield Page(records, None)
            records = []
    if records:
        yield Page(records, None)


def _record_reader(header: Sequence[str], window: Window, schema: Schema) -> Callable[[list[str]], SourceRecord]:
    places = {name.casefold(): n for n, name in enumerate(header)}
    strange = UnexpectedAnswer(
        f"Records of {window.sobject} came without fields that were asked for.", "Run again.", window.sobject
    )
    if any(name.casefold() not in places for name in ("Id", "SystemModstamp", *window.fields)):
        raise strange
    rid, stamp = places["id"], places["systemmodstamp"]
    cells = [(places[name.casefold()], _cell_reader(schema, name)) for name in window.fields]

    def record_of(row: list[str]) -> SourceRecord:
        try:
            values = tuple([(read(row[n]) if row[n] else None) for n, read in cells])
            return SourceRecord(row[rid], query.stamp_of(row[stamp]), values)
        except (ValueError, InvalidOperation):
            pass
        raise strange

    return record_of


def _cell_reader(schema: Schema, name: str) -> Callable[[str], RawValue]:
    field = schema.find(name)
    kind = field.type if field is not None else FieldType.TEXT
    if kind is FieldType.BOOLEAN:
        return lambda text: text == "true"
    if kind is FieldType.INTEGER:
        return lambda text: int(Decimal(text))  # a whole number may come as 12.0
    if kind is FieldType.DECIMAL:
        return Decimal
    return str
