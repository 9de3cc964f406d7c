"""What a query would answer, column by column: `query?columns=true`, which programs ask to draw a table."""

from __future__ import annotations

from typing import Any

from disf_desktop.simulator.salesforce import soql
from disf_desktop.simulator.salesforce.describe import Field, Schema, SObject

APEX = {"id": "Id", "reference": "Id", "boolean": "Boolean", "int": "Integer", "date": "Date", "datetime": "Datetime"}
APEX |= {"double": "Double", "currency": "Decimal", "percent": "Decimal", "base64": "Blob"}
NUMBERS = frozenset({"int", "double", "currency", "percent"})
Column = dict[str, Any]


def columns(schema: Schema, text: str) -> dict[str, Any]:
    """Describe the columns of a query that is known to be sound, in the order in which it names them."""
    query = soql.parse(text)
    sobject = schema[query.source]
    found = _selected(schema, sobject, query)
    return {
        "columnMetadata": found,
        "entityName": sobject.name,
        "groupBy": bool(query.group),
        "idSelected": any(each["columnName"] == "Id" for each in found),
        "keyPrefix": sobject.prefix,
    }


def _selected(schema: Schema, sobject: SObject, query: soql.Query) -> list[Column]:
    found: list[Column] = []
    unnamed = 0
    for item in query.select:
        if isinstance(item, soql.Query):
            child = schema.child(sobject, item.source)
            assert child is not None, "the query was compiled before"
            found.append(_column(item.source, aggregate=True) | {"joinColumns": _selected(schema, child[0], item)})
        elif isinstance(item, soql.TypeOf):
            found.append(_column(item.path.parts[-1]))
        elif isinstance(item.what, soql.Path):
            _put(schema, sobject, found, _without_alias(sobject, query, item.what.parts), item.alias)
        elif item.what.name.upper() == "FIELDS":
            found += [_described(each) for each in sobject.columns]
        else:
            name = item.alias or f"expr{unnamed}"
            unnamed += not item.alias
            found.append(_column(name, aggregate=True) | {"displayName": _written(item.what)})
    return found


def _without_alias(sobject: SObject, query: soql.Query, parts: tuple[str, ...]) -> tuple[str, ...]:
    own = {(query.alias or "").lower(), sobject.name.lower()}
    first = parts[0].lower()
    return parts[1:] if len(parts) > 1 and first in own and sobject.relationship(parts[0]) is None else parts


def _put(schema: Schema, sobject: SObject, found: list[Column], parts: tuple[str, ...], alias: str | None) -> None:
    """Add a field, below the columns of the relationships that lead to it."""
    for part in parts[:-1]:
        reference = sobject.relationship(part)
        parent = schema.parent(reference) if reference else None
        if reference is None or parent is None:
            break
        name = reference["relationshipName"]
        join = next((each for each in found if each["columnName"] == name), None)
        if join is None:
            join = _column(name)
            found.append(join)
        sobject, found = parent, join["joinColumns"]
    field = sobject.field(parts[-1])
    column = _described(field) if field else _column(parts[-1])
    found.append(column | {"columnName": alias} if alias else column)


def _described(field: Field) -> Column:
    return _column(field.name) | {
        "apexType": APEX.get(field.type, "String"),
        "booleanType": field.type == "boolean",
        "custom": field["custom"],
        "foreignKeyName": field["relationshipName"],
        "insertable": field["createable"],
        "numberType": field.type in NUMBERS,
        "textType": APEX.get(field.type, "String") in ("String", "Id"),
        "updatable": field["updateable"],
    }


def _column(name: str, aggregate: bool = False) -> Column:
    flags = dict.fromkeys(("booleanType", "custom", "insertable", "numberType", "textType", "updatable"), False)
    nothing = {"apexType": None, "foreignKeyName": None}
    return {"aggregate": aggregate, "columnName": name, "displayName": name, "joinColumns": [], **flags, **nothing}


def _written(call: soql.Call) -> str:
    inner = call.argument
    shown = "" if inner is None else _written(inner) if isinstance(inner, soql.Call) else ".".join(inner.parts)
    return f"{call.name}({shown})"
