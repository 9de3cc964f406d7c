"""Some records of an object, those changed last first: one query, one call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from disf_desktop.core.records import RawValue, Window
from disf_desktop.services.salesforce import query
from disf_desktop.services.salesforce.errors import raise_unless_ok
from disf_desktop.services.salesforce.wire import Wire, read_json

MOST_RECORDS: Final = 2_000
MOST_FIELDS: Final = 120
"""Salesforce gives wide records in short pages; with more fields there would be fewer records to count."""


def newest(
    wire: Wire, base: str, sobject: str, fields: Sequence[str], condition: str | None, limit: int
) -> tuple[tuple[str, ...], list[tuple[RawValue, ...]]]:
    """Read up to `limit` records that satisfy a SOQL condition; give the fields that fitted, and the raw values.

    Raises what a refusal means, SettingsError where the condition alone is too long for a query.
    """
    window = Window(sobject, tuple(fields[:MOST_FIELDS]), condition=condition)
    names = query.columns(window)[0]
    where = f"({condition})" if condition else ""
    soql = f"{query.select(sobject, names, where)} ORDER BY SystemModstamp DESC LIMIT {min(limit, MOST_RECORDS)}"
    told: Any = wire.send("GET", f"{base}/query", query={"q": soql}, repeatable=True, parse=read_json)
    rows, _ = query.rows_of(raise_unless_ok(told, sobject).parsed, sobject)
    return names, [record.values for record in query.RecordReader(sobject, names).read(rows)]
