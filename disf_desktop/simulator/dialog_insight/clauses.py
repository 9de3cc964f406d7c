"""The clauses of `Get` and `Delete`.

Only a `FieldClause` with `Equal` is known from public sources. `GreaterOrEqual` on `dtModified` is our assumption of
how an account could be asked for what changed: an account understands it when its kind is `dates`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class BadClause(Exception):
    """A clause that the service does not understand; the text says why."""


@dataclass(frozen=True, slots=True)
class FieldClause:
    """`name` (as in web services) equals `value`, or, for `dtModified` with `since`, is `value` or later."""

    name: str
    value: Any
    since: bool = False


MODIFIED = "dtModified"


def read(given: Any, strict: bool, dates: bool = False) -> FieldClause | None:
    """Read a clause, an object or an array of one; None when there is none, which only the lenient mode takes.

    `dates` says whether the modification date is understood. Raises BadClause.
    """
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
    operator = given.get("TypeOperator")
    if operator != "Equal" and not (dates and operator == "GreaterOrEqual"):
        raise BadClause(f"Clause: unknown TypeOperator {operator}.")
    field = given.get("Field")
    name = field.get("Name") if isinstance(field, dict) else None
    if not isinstance(name, str):
        raise BadClause("Clause: Field.Name is missing.")
    if "ComparisonValue" not in given:
        raise BadClause("Clause: ComparisonValue is missing.")
    since = operator == "GreaterOrEqual"
    if since != (dates and name == MODIFIED):
        raise BadClause(f"Clause: {operator} cannot be used with {name}.")
    return FieldClause(name, given["ComparisonValue"], since)
