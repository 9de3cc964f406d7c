"""Small writes to an org, by sObject Collections: up to 200 records a call, an outcome for each, in their order.

A 200 may hold failures; success is per record. `allOrNone` is always false, so that a record's refusal harms no other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
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
from disf_desktop.services.salesforce.errors import Refusal, error_of, read_refusal
from disf_desktop.services.salesforce.wire import Wire, read_json
from disf_desktop.services.transport import Reply, ReplyLost, Unreadable

MOST_RECORDS = 200

MODIFIED_SINCE = "MODIFIED_SINCE"
"""Our own code of the refusal of a record that was modified meanwhile."""

KINDS = {"create": "POST", "update": "PATCH", "upsert": "PATCH", "delete": "DELETE"}

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_Sent = Reply | NotSent | Unknown

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
    if kind == "delete":
        ids = ",".join(_rid(record) for record in records)
        reply = _sent(wire, "DELETE", path, query={"ids": ids, "allOrNone": "false"})
    else:
        if kind == "upsert":
            path += f"/{schema.name}/{_external_id(records)}"
        body = {"allOrNone": False, "records": [_body(schema, kind, record) for record in records]}
        reply = _sent(wire, KINDS[kind], path, json=body)
    return _result(reply, kind, records) if isinstance(reply, Reply) else reply


def write_unless_modified(wire: Wire, base: str, schema: Schema, record: WriteRecord, since: datetime) -> WriteResult:
    """Update one record by Id unless it was modified after `since`; then it is refused as `MODIFIED_SINCE`.

    Salesforce compares whole seconds of LastModifiedDate: a change within the second of `since` is not seen, nor one
    that moves SystemModstamp alone.
    """
    path = f"{base}/sobjects/{schema.name}/{_rid(record)}"
    condition = {"If-Unmodified-Since": format_datetime(since.astimezone(UTC), usegmt=True)}
    body = {name: _json(schema, name, value) for name, value in record.fields.items()}
    reply = _sent(wire, "PATCH", path, json=body, headers=condition)
    if not isinstance(reply, Reply):
        return reply
    if reply.status == 204:
        return WriteReply([Written(record.op, _rid(record), False, None)], "")
    if reply.ok:
        return Unknown(UnexpectedAnswer("Salesforce did not tell what became of a record.", "It is looked at first."))
    refusal = read_refusal(reply.status, reply.body)
    if reply.status == 412:
        return WriteReply([RecordRefused(record.op, MODIFIED_SINCE, refusal.message)], "")
    failed = _failed(refusal)
    if isinstance(failed, Refused) and (reply.status in (400, 404) or refusal.code.startswith("INSUFFICIENT_ACCESS")):
        # It is the record's own refusal: the call holds no other.
        field = refusal.fields[0] if refusal.fields else ""
        return WriteReply([RecordRefused(record.op, refusal.code, refusal.message, field)], "")
    return failed


def _sent(wire: Wire, method: str, path: str, *, headers: Mapping[str, str] | None = None, **content: Any) -> _Sent:
    try:
        return wire.send(
            method, path, headers={**HEADERS, **(headers or {})}, repeatable=False, parse=read_json, **content
        )
    except (ReplyLost, Unreadable) as error:
        return Unknown(error)
    except DisfError as error:
        # The allowance, the sign-in, the network: whatever it was, it came before our records left.
        return NotSent(error)


def _result(reply: Reply, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
    if not reply.ok:
        return _failed(read_refusal(reply.status, reply.body))
    told = reply.parsed
    if not isinstance(told, list) or len(told) != len(records):
        return Unknown(
            UnexpectedAnswer(
                "Salesforce did not tell what became of each record.", "They are looked at first, next time."
            )
        )
    return WriteReply([_outcome(each, kind, record) for each, record in zip(told, records, strict=True)], "")


def _failed(refusal: Refusal) -> Unknown | NotSent | Refused:
    """Say what a refusal of the whole call leaves known."""
    error = error_of(refusal)
    if refusal.status in (401, 429) or refusal.code.startswith(("REQUEST_LIMIT", "CONCURRENT")):
        return NotSent(error)
    if refusal.status >= 500 or not refusal.code:
        return Unknown(error)
    return Refused(refusal.code, refusal.message, "")


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
        assert _NUMBER.fullmatch(value), "a canonical number"
        return orjson.Fragment(value)
    if isinstance(value, str) and field is not None and field.type is FieldType.TIME:
        return f"{value}.000Z"
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
