"""Small writes to an org, by sObject Collections: up to 200 records a call, an outcome for each, in their order.

A 200 may hold failures; success is per record. `allOrNone` is always false, so that a record's refusal harms no other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from disf_desktop.core.errors import DisfError, UnexpectedAnswer
from disf_desktop.core.records import (
    NotSent,
    RecordOutcome,
    RecordRefused,
    RecordUnknown,
    Refused,
    Unknown,
    WriteRecord,
    WriteReply,
    WriteResult,
    Written,
)
from disf_desktop.core.schema import FieldType, Schema
from disf_desktop.core.values import Value
from disf_desktop.services.salesforce import query
from disf_desktop.services.salesforce.errors import error_of, read_refusal
from disf_desktop.services.salesforce.wire import Wire, read_json
from disf_desktop.services.transport import Reply, ReplyLost, Unreadable

MOST_RECORDS = 200

KINDS = {"create": "POST", "update": "PATCH", "upsert": "PATCH", "delete": "DELETE"}

HEADERS = {
    # Salesforce's default is to run the assignment rules of leads and cases on what we write.
    "Sforce-Auto-Assign": "FALSE",
    "Sforce-Mru": "updateMru=false",
}


def write(wire: Wire, base: str, schema: Schema, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
    """Create, update or delete by Id, or upsert by the one external id in `key`. Never raises for an outcome."""
    assert kind in KINDS
    assert 0 < len(records) <= MOST_RECORDS
    path = f"{base}/composite/sobjects"
    try:
        if kind == "delete":
            ids = ",".join(_rid(record) for record in records)
            reply = wire.send(
                "DELETE", path, query={"ids": ids, "allOrNone": "false"}, repeatable=False, parse=read_json
            )
        else:
            if kind == "upsert":
                path += f"/{schema.name}/{_external_id(records)}"
            body = {"allOrNone": False, "records": [_body(schema, kind, record) for record in records]}
            reply = wire.send(KINDS[kind], path, json=body, headers=HEADERS, repeatable=False, parse=read_json)
    except (ReplyLost, Unreadable) as error:
        return Unknown(error)
    except DisfError as error:
        # The allowance, the sign-in, the network: whatever it was, it came before our records left.
        return NotSent(error)
    return _result(reply, kind, records)


def _result(reply: Reply, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
    if not reply.ok:
        refusal = read_refusal(reply.status, reply.body)
        error = error_of(refusal)
        if reply.status >= 500 or not refusal.code:
            return Unknown(error)
        if reply.status in (401, 429) or refusal.code.startswith(("REQUEST_LIMIT", "CONCURRENT")):
            return NotSent(error)
        return Refused(refusal.code, refusal.message, "")
    told = reply.parsed
    if not isinstance(told, list) or len(told) != len(records):
        return Unknown(
            UnexpectedAnswer(
                "Salesforce did not tell what became of each record.", "They are looked at first, next time."
            )
        )
    return WriteReply([_outcome(each, kind, record) for each, record in zip(told, records, strict=True)], "")


def _outcome(told: Any, kind: str, record: WriteRecord) -> RecordOutcome:
    if not isinstance(told, dict) or not isinstance(told.get("success"), bool):
        return RecordUnknown(record.op)
    if told["success"]:
        rid = told.get("id") or record.rid
        if not isinstance(rid, str):
            return RecordUnknown(record.op)
        return Written(record.op, rid, bool(told.get("created", kind == "create")), None)
    errors = told.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    if not isinstance(first, dict):
        return RecordUnknown(record.op)
    fields = first.get("fields") or [""]
    return RecordRefused(record.op, str(first.get("statusCode") or ""), str(first.get("message") or ""), str(fields[0]))


def _body(schema: Schema, kind: str, record: WriteRecord) -> dict[str, Any]:
    body: dict[str, Any] = {"attributes": {"type": schema.name}}
    if kind == "update":
        body["id"] = _rid(record)
    written: Mapping[str, Value] = record.fields if kind == "update" else {**record.key, **record.fields}
    return body | {name: _json(schema, name, value) for name, value in written.items()}


def _json(schema: Schema, name: str, value: Value) -> Any:
    if isinstance(value, tuple):
        return ";".join(value)
    field = schema.find(name)
    if isinstance(value, str) and field is not None and field.type is FieldType.DECIMAL:
        # Digit for digit: a float would lose some beyond the fifteenth.
        return orjson.Fragment(value)
    return value


def _rid(record: WriteRecord) -> str:
    assert record.rid is not None, "an update or a delete names its record"
    assert record.rid.isalnum()
    return record.rid


def _external_id(records: Sequence[WriteRecord]) -> str:
    names = {name for record in records for name in record.key}
    assert len(names) == 1, "an upsert goes by one external id"
    name = query.checked(names.pop())
    values = [record.key[name] for record in records]
    assert len(set(values)) == len(values), "Salesforce refuses the same external id twice in a call"
    return name
