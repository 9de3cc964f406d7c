"""sObject Collections: up to 200 records a call, a result for each in their order."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import orjson

from disf_desktop.simulator.salesforce.describe import SObject
from disf_desktop.simulator.salesforce.errors import ApiError, RecordError, unparsable
from disf_desktop.simulator.salesforce.ids import long_id
from disf_desktop.simulator.salesforce.rest import external_id
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

MOST_RECORDS = 200
MOST_RETRIEVED = 2_000
MOST_CHUNKS = 10
ROLLED_BACK = {
    "statusCode": "ALL_OR_NONE_OPERATION_ROLLED_BACK",
    "message": "Record rolled back because not all records were valid and the request was using AllOrNone header",
    "fields": [],
}
Result = dict[str, Any]


class _RollBack(Exception):
    """Undo the transaction of an all-or-none call."""


async def create(exchange: Exchange) -> Reply:
    given, records = _records(exchange)
    service = exchange.records

    def one(record: Any) -> Result:
        return {"id": service.create(_type_of(exchange, record), record), "success": True, "errors": []}

    return _each(exchange, records, one, given.get("allOrNone") is True)


async def update(exchange: Exchange) -> Reply:
    given, records = _records(exchange)
    service = exchange.records
    repeated = _repeated([long_id(_id_of(record)) for record in records])

    def one(record: Any) -> Result:
        record_id = _id_of(record)
        if not record_id:
            raise RecordError("MISSING_ARGUMENT", "Id not specified in an update call")
        if long_id(record_id) in repeated:
            raise RecordError("DUPLICATE_VALUE", f"duplicate id specified: {record_id}", ["Id"])
        sobject = _type_of(exchange, record)
        fields = {name: value for name, value in record.items() if name.lower() != "id"}
        return {"id": service.update(sobject, record_id, fields), "success": True, "errors": []}

    return _each(exchange, records, one, given.get("allOrNone") is True)


async def upsert(exchange: Exchange, name: str, field: str) -> Reply:
    given, records = _records(exchange)
    sobject = exchange.sobject(name)
    key = external_id(sobject, field)
    service = exchange.records
    by_id = key.type == "id"
    values = [_ignoring_case(record, key.name) for record in records]
    repeated = _repeated([_folded(each) for each in values])

    def one(record: Any) -> Result:
        if _type_of(exchange, record) is not sobject:
            raise RecordError("INVALID_TYPE", f"All records must be of type {sobject.name}")
        value = _ignoring_case(record, key.name)
        fields = {each: content for each, content in record.items() if each.lower() != key.name.lower()}
        if by_id:
            made = service.update(sobject, value, fields) if value else service.create(sobject, fields)
            return {"id": made, "success": True, "errors": [], "created": not value}
        if value in (None, ""):
            raise RecordError("MISSING_ARGUMENT", f"{key.name} not specified")
        if _folded(value) in repeated:
            raise RecordError("DUPLICATE_VALUE", f"Duplicate external id specified: {value}", [key.name])
        made, created = service.upsert(sobject, key, value, fields)
        return {"id": made, "success": True, "errors": [], "created": created}

    return _each(exchange, records, one, given.get("allOrNone") is True)


async def delete(exchange: Exchange) -> Reply:
    ids = [each for each in exchange.query.get("ids", "").split(",") if each]
    _refuse_too_many(len(ids), MOST_RECORDS)
    service = exchange.records

    def one(given: str) -> Result:
        known = long_id(given)
        if known is None:
            raise RecordError("MALFORMED_ID", f"malformed id {given}")
        sobject = exchange.org.view.with_prefix(known[:3])
        if sobject is None:
            raise RecordError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
        return {"id": service.delete(sobject, known), "success": True, "errors": []}

    return _each(exchange, ids, one, exchange.query.get("allOrNone", "").lower() == "true")


async def retrieve(exchange: Exchange, name: str) -> Reply:
    sobject = exchange.sobject(name)
    if exchange.method == "POST":
        given = exchange.json()
        ids, fields = given.get("ids") or [], given.get("fields") or []
    else:
        ids, fields = (exchange.query.get(each, "").split(",") for each in ("ids", "fields"))
    _refuse_too_many(len(ids), MOST_RETRIEVED)
    names = list(dict.fromkeys(["Id", *(known.name for each in fields if (known := sobject.field(str(each).strip())))]))
    known_ids = [long_id(str(each).strip()) for each in ids]
    # Not through the text of a query: two thousand ids are longer than it may be.
    plan = exchange.queries.plan(f"SELECT {', '.join(names)} FROM {sobject.name}", include_deleted=False)
    parameters = [*plan.parameters, orjson.dumps([each for each in known_ids if each]).decode()]
    chosen = f' AND t0."Id" IN (SELECT value FROM json_each(?{len(parameters)}))'
    rows = exchange.org.db.execute(plan.select(extra=chosen), parameters).fetchall()
    found = {record["Id"]: record for record in exchange.queries.records(plan, rows, exchange.version)}
    return Reply(content=[found.get(each or "") for each in known_ids], records=len(found))


def _records(exchange: Exchange) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    given = exchange.json()
    records = given.get("records")
    if not isinstance(records, list) or not all(isinstance(each, dict) for each in records):
        raise unparsable("A list of records is required at [line:1, column:1]")
    _refuse_too_many(len(records), MOST_RECORDS)
    chunks = sum(1 for _ in groupby(records, key=lambda record: _type_name(record).lower()))
    if chunks > MOST_CHUNKS:
        message = f"Request includes {chunks} chunks. The maximum number of chunks allowed is {MOST_CHUNKS}."
        raise ApiError(400, "LIMIT_EXCEEDED", message)
    return given, records


def _refuse_too_many(count: int, most: int) -> None:
    if count > most:
        message = f"record limit reached. cannot submit more than {most} records into this call"
        raise ApiError(400, "EXCEEDED_ID_LIMIT", message)


def _type_name(record: dict[str, Any]) -> str:
    attributes = record.get("attributes")
    return str(attributes.get("type", "")) if isinstance(attributes, dict) else ""


def _type_of(exchange: Exchange, record: dict[str, Any]) -> SObject:
    name = _type_name(record)
    known = exchange.org.view.get(name)
    if known is None:
        raise RecordError("INVALID_TYPE", f"sObject type '{name}' is not supported.")
    return known


def _ignoring_case(record: dict[str, Any], name: str) -> Any:
    return next((value for each, value in record.items() if each.lower() == name.lower()), None)


def _folded(value: Any) -> str | None:
    """Return a key as it is compared: without case; one of a wrong type by how it is written."""
    return value.casefold() if isinstance(value, str) else None if value is None else repr(value)


def _id_of(record: dict[str, Any]) -> Any:
    return _ignoring_case(record, "id")


def _repeated(values: Sequence[Any]) -> set[Any]:
    seen: set[Any] = set()
    return {value for value in values if value is not None and (value in seen or seen.add(value))}  # type: ignore[func-returns-value]


def _each(exchange: Exchange, items: Sequence[Any], one: Callable[[Any], Result], all_or_none: bool) -> Reply:
    """Do one after the other; a refusal is the result of its record, and with all-or-none the end of the others."""
    results: list[Result] = []
    refused: set[int] = set()
    try:
        with exchange.org.transaction():
            for place, item in enumerate(items):
                try:
                    # Every refusal comes before the first write of its record: there is nothing to undo.
                    results.append(one(item))
                except RecordError as error:
                    refused.add(place)
                    results.append({"success": False, "errors": [error.as_result()]})
            if refused and all_or_none:
                raise _RollBack
    except _RollBack:
        rolled_back = {"success": False, "errors": [ROLLED_BACK]}
        results = [result if place in refused else rolled_back for place, result in enumerate(results)]
    return Reply(content=results, records=len(items))
