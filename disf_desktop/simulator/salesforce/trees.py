"""`composite/tree`: records with the children below them, created all together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from disf_desktop.simulator.salesforce.describe import SObject
from disf_desktop.simulator.salesforce.errors import ApiError, RecordError, unparsable
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

MOST_RECORDS = 200
MOST_TYPES = 5
MOST_LEVELS = 5


@dataclass
class _Node:
    """One record to create; `link` is the field that points to the record of `parent`."""

    sobject: SObject
    reference: str
    values: dict[str, Any]
    level: int
    parent: _Node | None = None
    link: str = ""
    made: str = ""


class _RollBack(Exception):
    """Undo the transaction of the tree."""


async def create(exchange: Exchange, name: str) -> Reply:
    """Create up to 200 records of up to 5 objects on up to 5 levels."""
    given = exchange.json().get("records")
    if not isinstance(given, list):
        raise unparsable("A list of records is required at [line:1, column:1]")
    nodes = list(_nodes(exchange, exchange.sobject(name), given))
    _check(nodes)
    repeated = {node.reference for node in nodes if sum(each.reference == node.reference for each in nodes) > 1}
    if repeated:
        error = RecordError("INVALID_INPUT", "Duplicate ReferenceId provided in the request.")
        return _failed([(reference, error) for reference in sorted(repeated)])
    refused: list[tuple[str, RecordError]] = []
    records = exchange.records
    try:
        with exchange.org.transaction():
            for node in nodes:
                if node.parent is not None:
                    if not node.parent.made:
                        continue
                    node.values[node.link] = node.parent.made
                try:
                    node.made = records.create(node.sobject, node.values)
                except RecordError as error:
                    refused.append((node.reference, error))
            if refused:
                raise _RollBack
    except _RollBack:
        return _failed(refused)
    results = [{"referenceId": node.reference, "id": node.made} for node in nodes]
    return Reply(201, {"hasErrors": False, "results": results}, records=len(nodes))


def _failed(refused: list[tuple[str, RecordError]]) -> Reply:
    results = [{"referenceId": reference, "errors": [error.as_result()]} for reference, error in refused]
    return Reply(400, {"hasErrors": True, "results": results})


def _nodes(exchange: Exchange, sobject: SObject, given: list[Any]) -> Iterator[_Node]:
    """Yield the records level by level, those of one level in their order."""
    level = [_node(exchange, record, sobject) for record in given]
    while level:
        below: list[_Node] = []
        for node in level:
            for key in [key for key, value in node.values.items() if isinstance(value, dict) and "records" in value]:
                inner = node.values.pop(key)["records"]
                child = exchange.org.view.child(node.sobject, key)
                if child is None or not isinstance(inner, list):
                    message = f"No such column '{key}' on sobject of type {node.sobject.name}"
                    raise ApiError(400, "INVALID_FIELD", message)
                below += [_node(exchange, record, child[0], node, child[1].name) for record in inner]
            yield node
        level = below


def _node(exchange: Exchange, record: Any, expected: SObject, parent: _Node | None = None, link: str = "") -> _Node:
    attributes = record.get("attributes") if isinstance(record, dict) else None
    if not isinstance(attributes, dict) or not attributes.get("referenceId"):
        raise ApiError(400, "INVALID_INPUT", "Include a reference ID for each record in the request.")
    name = str(attributes.get("type", ""))
    if exchange.org.view.get(name) is not expected:
        raise ApiError(400, "INVALID_INPUT", f"The record type {name} is not the type expected, {expected.name}.")
    values = {key: value for key, value in record.items() if key != "attributes"}
    return _Node(expected, str(attributes["referenceId"]), values, parent.level + 1 if parent else 1, parent, link)


def _check(nodes: list[_Node]) -> None:
    for count, most, what in (
        (len(nodes), MOST_RECORDS, "records"),
        (len({node.sobject.name for node in nodes}), MOST_TYPES, "objects"),
        (max((node.level for node in nodes), default=0), MOST_LEVELS, "levels"),
    ):
        if count > most:
            raise ApiError(400, "LIMIT_EXCEEDED", f"The request has {count} {what}. The maximum allowed is {most}.")
