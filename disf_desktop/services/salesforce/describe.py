"""From Salesforce's describe of an object to our schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from disf_desktop.core.schema import Field, FieldType, Schema, Side

TYPES = {
    "id": FieldType.ID,
    "string": FieldType.TEXT,
    "encryptedstring": FieldType.TEXT,
    "textarea": FieldType.LONG_TEXT,
    "email": FieldType.EMAIL,
    "phone": FieldType.PHONE,
    "url": FieldType.URL,
    "picklist": FieldType.CHOICE,
    "combobox": FieldType.CHOICE,
    "multipicklist": FieldType.CHOICES,
    "reference": FieldType.REFERENCE,
    "boolean": FieldType.BOOLEAN,
    "int": FieldType.INTEGER,
    "long": FieldType.INTEGER,
    "double": FieldType.DECIMAL,
    "currency": FieldType.DECIMAL,
    "percent": FieldType.DECIMAL,
    "date": FieldType.DATE,
    "datetime": FieldType.DATETIME,
    "time": FieldType.TIME,
}
"""Salesforce's types that can be mapped; every other (address, location, base64, anyType, json, …) is UNSUPPORTED."""


def schema_of(described: Mapping[str, Any], related: Iterable[Field] = ()) -> Schema:
    """Give the schema that a describe tells, related fields after the object's own."""
    own = (field_of(each) for each in described["fields"])
    fields = {field.name: field for field in (*own, *related)}
    return Schema(Side.SALESFORCE, described["name"], described.get("label") or described["name"], fields)


def field_of(told: Mapping[str, Any]) -> Field:
    """Give one field of a describe.

    Required on create is `createable && !nillable && !defaultedOnCreate`; `nillable` alone says nothing of reads.
    """
    native = told["type"]
    kind = TYPES.get(native, FieldType.UNSUPPORTED)
    creatable = bool(told.get("createable"))
    return Field(
        name=told["name"],
        label=told.get("label") or told["name"],
        type=kind,
        length=int(told.get("length") or 0),
        precision=int(told.get("digits" if kind is FieldType.INTEGER else "precision") or 0),
        scale=int(told.get("scale") or 0),
        required=creatable and not told.get("nillable", True) and not told.get("defaultedOnCreate", False),
        key=kind is FieldType.ID,
        creatable=creatable,
        updatable=bool(told.get("updateable")),
        unique=bool(told.get("unique")),
        external_id=bool(told.get("externalId")),
        case_sensitive=bool(told.get("caseSensitive")),
        calculated=bool(told.get("calculated")),
        choices=tuple(str(each["value"]) for each in told.get("picklistValues") or () if each.get("active")),
        restricted=bool(told.get("restrictedPicklist")),
        reference_to=tuple(told.get("referenceTo") or ()),
        relationship=told.get("relationshipName") or "",
        native_type=native,
    )


def related_field(lookup: Field, of: Field) -> Field:
    """Give a field of the record that a lookup names, as it is read through the lookup: `Account.Name`, read-only."""
    title = lookup.label.removesuffix(" ID").strip() or lookup.relationship
    return replace(
        of,
        name=f"{lookup.relationship}.{of.name}",
        label=f"{title} ▸ {of.label}",
        required=False,
        key=False,
        creatable=False,
        updatable=False,
        unique=False,
        external_id=False,
    )
