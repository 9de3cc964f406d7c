"""What a polymorphic relationship leads to in a query: `Name`, an object with what all of them have in common.

`Who.Name` of an event is that of a contact or of a lead. Which of them it is, `Who.Type` says; more than that is asked
for with TYPEOF.
"""

# ruff: noqa: S608 -- the names in the SQL are those of the schema
from __future__ import annotations

from disf_desktop.simulator.salesforce.describe import OBJECT_DEFAULTS, Field, Schema, SObject, expand

_TEXTS = ("Name", "FirstName", "LastName", "Alias", "Email", "Phone", "Title", "Username")
# What stands for the name of an object that has none.
_INSTEAD = {"Case": "CaseNumber", "Event": "Subject"}


def _object() -> SObject:
    facts = [
        {"name": "Id", "type": "id", "label": "Name ID"},
        {"name": "IsActive", "type": "boolean", "label": "Active"},
    ]
    facts += [{"name": name, "type": "string", "label": name} for name in (*_TEXTS, "Type")]
    attributes = {**OBJECT_DEFAULTS, "name": "Name", "label": "Name", "labelPlural": "Names", "createable": False}
    return SObject(attributes, tuple(map(expand, facts)), {})


NAME = _object()


def is_polymorphic(reference: Field) -> bool:
    """Tell whether a reference leads to records of several objects."""
    return len(reference.references) > 1


def view(schema: Schema, reference: Field) -> str:
    """Return, as SQL behind FROM, all records to which a reference may lead."""
    known = [each for each in map(schema.get, reference.references) if each]
    return "(" + " UNION ALL ".join(map(_of, known)) + ")"


def _of(sobject: SObject) -> str:
    columns = ['"Id" AS "Id"', f"'{sobject.name}' AS \"Type\""]
    columns.append('"IsActive" AS "IsActive"' if sobject.has("IsActive") else '1 AS "IsActive"')
    for name in _TEXTS:
        own = name if sobject.has(name) else _INSTEAD.get(sobject.name) if name == "Name" else None
        columns.append(f'"{own}" AS "{name}"' if own else f'NULL AS "{name}"')
    return f'SELECT {", ".join(columns)} FROM "{sobject.name}"'
