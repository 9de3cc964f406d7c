"""Versions, limits, describes, queries and single records."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Any

from disf_desktop.simulator.salesforce.describe import Field, SObject
from disf_desktop.simulator.salesforce.errors import ApiError, RecordError, malformed, not_found
from disf_desktop.simulator.salesforce.ids import long_id
from disf_desktop.simulator.salesforce.query import page_size
from disf_desktop.simulator.salesforce.query_columns import columns
from disf_desktop.simulator.salesforce.stamps import parse_stamp
from disf_desktop.simulator.salesforce.wire import Exchange, Reply, http_date

VERSIONS = {64: "Summer '25", 65: "Winter '26", 66: "Spring '26", 67: "Summer '26", 68: "Winter '27"}
RESOURCES = (
    "composite",
    "jobs",
    "limits",
    "metadata",
    "parameterizedSearch",
    "query",
    "queryAll",
    "recent",
    "search",
    "sobjects",
    "tooling",
)


async def versions(_: Exchange) -> Reply:
    listed = [
        {"label": label, "url": f"/services/data/v{number}.0", "version": f"{number}.0"}
        for number, label in VERSIONS.items()
    ]
    return Reply(content=listed)


async def resources(exchange: Exchange) -> Reply:
    root = f"/services/data/v{exchange.version}/"
    given = exchange.org.credentials
    identity = f"{exchange.base}/id/{given.org_id}/{given.user_id}"
    return Reply(content={name: root + name for name in RESOURCES} | {"identity": identity})


async def limits(exchange: Exchange) -> Reply:
    org = exchange.org
    body = {
        "DailyApiRequests": {"Max": org.daily_calls, "Remaining": max(0, org.daily_calls - org.api_calls)},
        "DailyBulkApiBatches": {"Max": 15_000, "Remaining": 15_000},
        "DailyBulkV2QueryFileStorageMB": {"Max": 976_562, "Remaining": 976_562},
        "DailyBulkV2QueryJobs": {"Max": 10_000, "Remaining": 10_000},
        "DataStorageMB": {"Max": 1_024, "Remaining": 1_000},
        "FileStorageMB": {"Max": 1_024, "Remaining": 1_024},
        "HourlyPublishedPlatformEvents": {"Max": 50_000, "Remaining": 50_000},
    }
    return Reply(content=body)


async def record_count(exchange: Exchange) -> Reply:
    asked = [name for name in exchange.query.get("sObjects", "").split(",") if name]
    found = [known for name in asked if (known := exchange.org.view.get(name))] if asked else [*exchange.org.view]
    counts = [{"count": _count(exchange, each), "name": each.name} for each in found]
    return Reply(content={"sObjects": [each for each in counts if each["count"] or asked]})


def _count(exchange: Exchange, sobject: SObject) -> int:
    row = exchange.org.db.execute(f'SELECT count(*) FROM "{sobject.name}" WHERE IsDeleted = 0').fetchone()
    return int(row[0])


async def describe_global(exchange: Exchange) -> Reply:
    return _unless_known(exchange, exchange.org.view.global_body(exchange.version))


async def describe(exchange: Exchange, name: str) -> Reply:
    sobject = exchange.sobject(name)
    return _unless_known(exchange, exchange.org.view.describe_body(sobject, exchange.version, exchange.base))


def _unless_known(exchange: Exchange, body: Any) -> Reply:
    """Answer 304 to who has read the schema since it, or what the user may see of it, was last changed."""
    changed = exchange.org.customization.changed
    known = exchange.moment("if-modified-since")
    headers = {"Last-Modified": http_date(changed)}
    return Reply(304, headers=headers) if known and known >= changed else Reply(content=body, headers=headers)


async def basic_information(exchange: Exchange, name: str) -> Reply:
    sobject = exchange.sobject(name)
    listed = exchange.org.view.global_body(exchange.version)["sobjects"]
    described = next(each for each in listed if each["name"] == sobject.name)
    recent = exchange.recent.items(exchange.version, sobject) if exchange.recent else []
    return Reply(content={"objectDescribe": described, "recentItems": recent})


async def recent(exchange: Exchange) -> Reply:
    """List what was viewed lately; `limit` says how many."""
    items = exchange.recent.items(exchange.version) if exchange.recent else []
    limit = exchange.query.get("limit", "")
    return Reply(content=items[: int(limit)] if limit.isdigit() else items)


async def query(exchange: Exchange) -> Reply:
    return _query(exchange, "query")


async def query_all(exchange: Exchange) -> Reply:
    return _query(exchange, "queryAll")


def _query(exchange: Exchange, verb: str) -> Reply:
    text = exchange.query.get("q")
    if not text:
        raise malformed("A query string has to be specified")
    if exchange.query.get("columns", "").lower() == "true":
        exchange.queries.plan(text, include_deleted=verb == "queryAll")
        return Reply(content=columns(exchange.org.view, text))
    size = page_size(exchange.headers.get("sforce-query-options"))
    try:
        body = exchange.queries.run(text, verb, exchange.version, size)
    except (sqlite3.OperationalError, RecursionError) as error:
        if isinstance(error, sqlite3.OperationalError) and "too large" not in str(error):
            raise
        raise ApiError(
            400,
            "QUERY_TOO_COMPLICATED",
            "Query is either selecting too many fields or the filter conditions are too complicated.",
        ) from None
    return Reply(content=body, records=len(body["records"]))


async def query_more(exchange: Exchange, locator: str) -> Reply:
    body = exchange.queries.more(locator, exchange.version)
    return Reply(content=body, records=len(body["records"]))


async def create(exchange: Exchange, name: str) -> Reply:
    sobject = exchange.sobject(name)
    try:
        made = exchange.records.create(sobject, exchange.json())
    except RecordError as error:
        raise error.as_request() from None
    exchange.viewed(sobject, made)
    headers = {"Location": f"/services/data/v{exchange.version}/sobjects/{sobject.name}/{made}"}
    return Reply(201, {"id": made, "success": True, "errors": []}, headers, records=1)


async def retrieve(exchange: Exchange, name: str, record_id: str) -> Reply:
    sobject = exchange.sobject(name)
    known = _known_id(sobject, record_id)
    stamp = _stamp_of(exchange, sobject, known)
    # To who reads, a condition that cannot be understood is none.
    if _precondition(stamp, exchange.moment("if-unmodified-since"), exchange.moment("if-modified-since")):
        return Reply(304)
    record = read_one(exchange, sobject, known, exchange.query.get("fields"))
    return Reply(content=record, headers={"Last-Modified": http_date(stamp)}, records=1)


def read_one(exchange: Exchange, sobject: SObject, record_id: str, fields: str | None) -> Any:
    """Return one live record."""
    chosen = ", ".join(_names(sobject, fields)) if fields else "FIELDS(ALL)"
    body = exchange.queries.run(
        f"SELECT {chosen} FROM {sobject.name} WHERE Id = '{record_id}' LIMIT 1", "query", exchange.version
    )
    return body["records"][0]


def _names(sobject: SObject, fields: str) -> list[str]:
    names = [each.strip() for each in fields.split(",") if each.strip()]
    unknown = [each for each in names if not sobject.has(each)]
    if unknown:
        raise ApiError(400, "INVALID_FIELD", f"No such column '{unknown[0]}' on sobject of type {sobject.name}")
    return names


async def update(exchange: Exchange, name: str, record_id: str) -> Reply:
    sobject = exchange.sobject(name)
    known = _known_id(sobject, record_id)
    given = exchange.json()
    if any(key.lower() == "id" for key in given):
        raise ApiError(400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.")
    unmodified_since = exchange.moment("if-unmodified-since")
    if unmodified_since is None and "if-unmodified-since" in exchange.headers:
        raise ApiError(400, "INVALID_INPUT", "If-Unmodified-Since: a date of HTTP is required")
    stamp = _stamp_of(exchange, sobject, known)
    if _precondition(stamp, unmodified_since, exchange.moment("if-modified-since")):
        return Reply(304)
    try:
        exchange.records.update(sobject, known, given)
    except RecordError as error:
        raise error.as_request() from None
    exchange.viewed(sobject, known)
    return Reply(204, records=1)


def _precondition(stamp: datetime, unmodified_since: datetime | None, modified_since: datetime | None) -> bool:
    """Refuse with 412 what was modified since; return whether it was not modified since, which is answered with 304.

    All of them are whole seconds: a second change within one second is not seen.
    """
    if unmodified_since and stamp > unmodified_since:
        raise ApiError(412, "PRECONDITION_FAILED", "The record has been modified since the time given")
    return modified_since is not None and stamp <= modified_since


def _stamp_of(exchange: Exchange, sobject: SObject, record_id: str) -> datetime:
    """Return when a live record was last modified; 404 when it is gone."""
    row = exchange.org.db.execute(
        f'SELECT LastModifiedDate, IsDeleted FROM "{sobject.name}" WHERE Id = ?', (record_id,)
    ).fetchone()
    if row is None or not exchange.org.rules.sees(sobject, record_id):
        raise not_found()
    if row[1]:
        raise ApiError(404, "ENTITY_IS_DELETED", "entity is deleted", [])
    stamp = parse_stamp(row[0])
    assert stamp
    return stamp


async def delete(exchange: Exchange, name: str, record_id: str) -> Reply:
    sobject = exchange.sobject(name)
    try:
        exchange.records.delete(sobject, _known_id(sobject, record_id))
    except RecordError as error:
        raise error.as_request() from None
    return Reply(204, records=1)


async def upsert(exchange: Exchange, name: str, field: str, value: str) -> Reply:
    sobject = exchange.sobject(name)
    given = exchange.json()
    if field.lower() == "id":
        raise ApiError(400, "INVALID_FIELD", "Upsert by record id is done with PATCH on the record itself")
    key = external_id(sobject, field)
    if any(each.lower() == key.name.lower() for each in given):
        raise ApiError(400, "INVALID_FIELD", f"The {key.name} field should not be specified in the sobject data.")
    update_only = exchange.query.get("updateOnly", "").lower() == "true"
    try:
        found = exchange.records.matches(sobject, key, value)
        if len(found) > 1:
            root = f"/services/data/v{exchange.version}/sobjects/{sobject.name}/"
            return Reply(300, [root + each for each in found])
        made, created = exchange.records.upsert(sobject, key, value, given, update_only)
    except RecordError as error:
        raise error.as_request() from None
    modern = exchange.number >= 46
    if not created and not modern:
        return Reply(204, records=1)
    body = {"id": made, "success": True, "errors": []} | ({"created": created} if modern else {})
    return Reply(201 if created else 200, body, records=1)


async def create_by_id(exchange: Exchange, name: str, field: str) -> Reply:
    """`POST sobjects/X/Id`: the upsert that always creates."""
    if field.lower() != "id":
        raise ApiError(405, "METHOD_NOT_ALLOWED", "HTTP Method 'POST' not allowed. Allowed are HEAD,GET,PATCH,DELETE")
    return await create(exchange, name)


async def retrieve_by_key(exchange: Exchange, name: str, field: str, value: str) -> Reply:
    found = _single(exchange, name, field, value)
    if isinstance(found, Reply):
        return found
    sobject, record_id = found
    return Reply(content=read_one(exchange, sobject, record_id, exchange.query.get("fields")), records=1)


async def delete_by_key(exchange: Exchange, name: str, field: str, value: str) -> Reply:
    found = _single(exchange, name, field, value)
    return found if isinstance(found, Reply) else await delete(exchange, name, found[1])


def _single(exchange: Exchange, name: str, field: str, value: str) -> Reply | tuple[SObject, str]:
    sobject = exchange.sobject(name)
    try:
        found = exchange.records.matches(sobject, external_id(sobject, field), value)
    except RecordError as error:
        raise error.as_request() from None
    if not found:
        raise not_found()
    if len(found) > 1:
        return Reply(300, [f"/services/data/v{exchange.version}/sobjects/{sobject.name}/{each}" for each in found])
    return sobject, found[0]


def external_id(sobject: SObject, name: str) -> Field:
    """Return the field named as upsert key; 404 when it cannot be one."""
    key = sobject.field(name)
    if key is None or not (key["externalId"] or key["idLookup"]):
        raise not_found(f"Provided external ID field does not exist or is not accessible: {name}")
    return key


def _known_id(sobject: SObject, given: str) -> str:
    known = long_id(given)
    if known is None:
        raise not_found(f"Provided external ID field does not exist or is not accessible: {given}")
    if known[:3] != sobject.prefix:
        raise not_found()
    return known
