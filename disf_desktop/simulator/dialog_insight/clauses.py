"""The clauses of `Get` and `Delete`. Only a `FieldClause` with `Equal` is known from public sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class BadClause(Exception):
    """A clause that the service does not understand; the text says why."""


@dataclass(frozen=True, slots=True)
class FieldClause:
    """`name` (as in web services) equals `value`."""

    name: str
    value: Any


def read(given: Any, strict: bool) -> FieldClause | None:
    """Read a clause, an object or an array of one; None when there is none, which only the lenient mode takes."""
    if isinstance(given, list):
        if len(given) > 1:
            raise BadClause("Clause: one clause is expected.")
        given = given[0] if given else None
    if given is None:
        if strict:
            raise BadClause("Clause is missing.")
        return None
    if not isinstance(given, dict):
        raise BadClause("Clause: an object is expected.")
    if strict and next(iter(given), None) != "$type":
        # Json.NET, whose marker this is, only sees it in the first place.
        raise BadClause("Clause: $type is expected first.")
    if given.get("$type", "FieldClause") != "FieldClause":
        raise BadClause(f"Clause: unknown type {given['$type']}.")
    if given.get("TypeOperator") != "Equal":
        raise BadClause(f"Clause: unknown TypeOperator {given.get('TypeOperator')}.")
    field = given.get("Field")
    name = field.get("Name") if isinstance(field, dict) else None
    if not isinstance(name, str):
        raise BadClause("Clause: Field.Name is missing.")
    if "ComparisonValue" not in given:
        raise BadClause("Clause: ComparisonValue is missing.")
    return FieldClause(name, given["ComparisonValue"])
