"""The three dialects of Bulk API 1.0, XML, JSON and CSV: batches as they come, results and records as they go."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import orjson

from disf_desktop.simulator.salesforce.errors import RecordError
from disf_desktop.simulator.salesforce.metadata import BadPackage, parse
from disf_desktop.simulator.salesforce.plan import Shape

SPACE = "http://www.force.com/2009/06/asyncapi/dataload"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
MEDIA = {"CSV": "text/csv", "JSON": "application/json", "XML": "application/xml"}
NULL = "#N/A"
Given = dict[str, Any]
Outcome = tuple[str, bool] | RecordError


class Unreadable(Exception):
    """A batch that cannot be worked off; the message becomes its state message."""


def document(name: str, told: Mapping[str, Any], json: bool) -> tuple[bytes, str]:
    """Return information about a job or a batch, or an error, and its media type."""
    shown = {key: value for key, value in told.items() if value is not None}
    if json:
        return orjson.dumps(shown), "application/json"
    return _xml(f'<{name} xmlns="{SPACE}">{_elements(shown)}</{name}>'), "application/xml"


def documents(name: str, member: str, all_told: Iterable[Mapping[str, Any]], json: bool) -> tuple[bytes, str]:
    """Return a list of them."""
    shown = [{key: value for key, value in told.items() if value is not None} for told in all_told]
    if json:
        return orjson.dumps({member: shown}), "application/json"
    inner = "".join(f"<{member}>{_elements(each)}</{member}>" for each in shown)
    return _xml(f'<{name} xmlns="{SPACE}">{inner}</{name}>'), "application/xml"


def result_list(ids: Sequence[str], json: bool) -> tuple[bytes, str]:
    """Return the ids of the results of a query."""
    if json:
        return orjson.dumps(ids), "application/json"
    inner = "".join(f"<result>{each}</result>" for each in ids)
    return _xml(f'<result-list xmlns="{SPACE}">{inner}</result-list>'), "application/xml"


def told_in(body: bytes, json: bool) -> dict[str, str]:
    """Read what a client says of a job; raise Unreadable."""
    if json:
        try:
            given = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise Unreadable(f"Unable to parse Job: {error.msg}") from None
        if not isinstance(given, dict):
            raise Unreadable("Unable to parse Job")
        return {name: str(value) for name, value in given.items() if value is not None}
    return {_local(each): (each.text or "").strip() for each in _parsed(body, "Job")}


def read_batch(kind: str, body: bytes) -> Iterator[Given]:
    """Yield the records of a batch; a null is None, what a CSV leaves empty is not there. Raises Unreadable."""
    return {"CSV": _from_csv, "JSON": _from_json, "XML": _from_xml}[kind](body)


def _from_csv(body: bytes) -> Iterator[Given]:
    try:
        rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True)
        header = next(rows, [])
        if len({each.lower() for each in header}) < len(header):
            raise Unreadable("InvalidBatch : Duplicate column names in the header")
        for row in rows:
            if not row:
                continue
            if len(row) != len(header):
                raise Unreadable(f"InvalidBatch : Row {rows.line_num} has {len(row)} cells, the header {len(header)}")
            yield _nested(
                (name, None if cell == NULL else cell) for name, cell in zip(header, row, strict=True) if cell
            )
    except (csv.Error, UnicodeDecodeError) as error:
        raise Unreadable(f"InvalidBatch : Failed to parse the CSV: {error}") from None


def _nested(cells: Iterable[tuple[str, Any]]) -> Given:
    """Make `{"Account": {"Ext__c": "x"}}` of a column `Account.Ext__c`; a polymorphic one names the object before."""
    given: Given = {}
    for name, value in cells:
        relationship, dot, key = name.partition(".")
        given[relationship.rpartition(":")[2] if dot else name] = {key: value} if dot and value is not None else value
    return given


def _from_json(body: bytes) -> Iterator[Given]:
    try:
        records = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"InvalidBatch : Failed to parse the JSON: {error.msg}") from None
    if not isinstance(records, list) or not all(isinstance(each, dict) for each in records):
        raise Unreadable("InvalidBatch : A list of records is required")
    yield from records


def _from_xml(body: bytes) -> Iterator[Given]:
    for each in _parsed(body, "batch"):
        yield {_local(field): _value(field) for field in each if _local(field) != "type"}


def _value(field: ET.Element) -> Any:
    if field.get(f"{{{INSTANCE}}}nil") == "true":
        return None
    if len(field):
        # <Account><sObject><Ext__c>x</Ext__c></sObject></Account>
        inner = field[0] if _local(field[0]) == "sObject" else field
        return {_local(each): (each.text or "") for each in inner if _local(each) != "type"}
    return field.text or ""


def _parsed(body: bytes, what: str) -> ET.Element:
    try:
        return parse(body.strip(), what)
    except BadPackage as bad:
        raise Unreadable(f"InvalidBatch : Unable to parse {what}: {bad.problem}") from None


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def outcomes(kind: str, given: Iterable[Outcome]) -> bytes:
    """Write the results of a batch, in the order of its records."""
    writers: dict[str, Callable[[Iterable[Outcome]], bytes]] = {
        "CSV": _outcomes_csv,
        "JSON": _outcomes_json,
        "XML": _outcomes_xml,
    }
    return writers[kind](given)


def _outcomes_csv(given: Iterable[Outcome]) -> bytes:
    def row(each: Outcome) -> tuple[str, str, str, str]:
        if isinstance(each, RecordError):
            return "", "false", "false", f"{each.code}:{each.message}:{', '.join(each.fields)} --"
        return each[0], "true", str(each[1]).lower(), ""

    return _csv([("Id", "Success", "Created", "Error"), *map(row, given)])


def _outcomes_json(given: Iterable[Outcome]) -> bytes:
    def shown(each: Outcome) -> dict[str, Any]:
        if isinstance(each, RecordError):
            errors = [{**each.as_result(), "extendedErrorDetails": None}]
            return {"success": False, "created": False, "id": None, "errors": errors}
        return {"success": True, "created": each[1], "id": each[0], "errors": []}

    return orjson.dumps([shown(each) for each in given])


def _outcomes_xml(given: Iterable[Outcome]) -> bytes:
    def shown(each: Outcome) -> str:
        if isinstance(each, RecordError):
            told = {"fields": each.fields, "message": each.message, "statusCode": each.code}
            return f"<result>{_elements({'errors': told, 'success': False, 'created': False})}</result>"
        return f"<result>{_elements({'id': each[0], 'success': True, 'created': each[1]})}</result>"

    return _xml(f'<results xmlns="{SPACE}">{"".join(map(shown, given))}</results>')


def found(kind: str, shape: Shape, records: list[dict[str, Any]]) -> bytes:
    """Write the records that a query found."""
    if kind == "JSON":
        return orjson.dumps(records)
    if kind == "CSV":
        if not records:
            return b"Records not found for this query\n"
        names = _columns(shape)
        paths = [name.split(".") for name in names]
        return _csv([names, *([_cell(record, path) for path in paths] for record in records)])
    inner = "".join(f'<records xsi:type="sObject">{_record(each)}</records>' for each in records)
    return _xml(f'<queryResult xmlns="{SPACE}" xmlns:xsi="{INSTANCE}">{inner}</queryResult>')


def _columns(shape: Shape, prefix: str = "") -> list[str]:
    own = [prefix + name for name, _, _ in shape.columns]
    return own + [each for name, parent in shape.parents.items() for each in _columns(parent, f"{prefix}{name}.")]


def _cell(record: Any, path: list[str]) -> str:
    for name in path:
        record = None if record is None else record[name]
    return "" if record is None else _text(record)


def _record(record: dict[str, Any]) -> str:
    parts = [f"<type>{record['attributes']['type']}</type>"]
    for name, value in record.items():
        if value is None:
            parts.append(f'<{name} xsi:nil="true"/>')
        elif name != "attributes":
            told = _record(value) if isinstance(value, dict) else escape(_text(value))
            kind = ' xsi:type="sObject"' if isinstance(value, dict) else ""
            parts.append(f"<{name}{kind}>{told}</{name}>")
    return "".join(parts)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return file.getvalue().encode()


def _elements(told: Mapping[str, Any]) -> str:
    parts = []
    for name, value in told.items():
        for each in value if isinstance(value, list) else [value]:
            text = _elements(each) if isinstance(each, Mapping) else escape(_text(each))
            parts.append(f"<{name}>{text}</{name}>")
    return "".join(parts)


def _xml(inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>{inner}'.encode()
