"""What the set-up of an org shows of custom fields, whether our user sees them or not: the Tooling API.

Definitions (`Metadata`, `FullName`) are given one row a query.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from disf_desktop.core.errors import AccessRefused, SchemaChanged, UnexpectedAnswer
from disf_desktop.core.preparation import FieldThere
from disf_desktop.core.schema import Field, FieldType
from disf_desktop.services.salesforce import query
from disf_desktop.services.salesforce.setup_refusals import Doing, raise_unless_set_up
from disf_desktop.services.salesforce.wire import Wire, read_json

NAMES_A_QUERY: Final = 100
MOST_PAGES: Final = 500
_ID: Final = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
_OBJECT_ID: Final = re.compile(r"01I[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?")
_OWN_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")

TYPES: Final[Mapping[str, FieldType]] = {
    "Text": FieldType.TEXT,
    "EncryptedText": FieldType.TEXT,
    "AutoNumber": FieldType.TEXT,
    "TextArea": FieldType.LONG_TEXT,
    "LongTextArea": FieldType.LONG_TEXT,
    "Html": FieldType.LONG_TEXT,
    "Email": FieldType.EMAIL,
    "Phone": FieldType.PHONE,
    "Url": FieldType.URL,
    "Picklist": FieldType.CHOICE,
    "MultiselectPicklist": FieldType.CHOICES,
    "Checkbox": FieldType.BOOLEAN,
    "Number": FieldType.DECIMAL,
    "Currency": FieldType.DECIMAL,
    "Percent": FieldType.DECIMAL,
    "Summary": FieldType.DECIMAL,
    "Date": FieldType.DATE,
    "DateTime": FieldType.DATETIME,
    "Time": FieldType.TIME,
    "Lookup": FieldType.REFERENCE,
    "MasterDetail": FieldType.REFERENCE,
    "Hierarchy": FieldType.REFERENCE,
    "MetadataRelationship": FieldType.REFERENCE,
}
"""Types of the Metadata API; every other (Location, Array, …) is UNSUPPORTED."""
_NEVER_WRITTEN: Final = ("AutoNumber", "Summary")
_UNMANAGED: Final = ("", "unmanaged", "installedEditable", "deprecatedEditable")


def tooling_rows(wire: Wire, base: str, soql: str, doing: Doing = Doing.LOOKING) -> list[dict[str, Any]]:
    """Give all rows of a query to the set-up. Raises AccessRefused naming the right that is missing."""
    return list(_rows(wire, f"{base}/tooling/query", soql, doing))


def rows(wire: Wire, base: str, soql: str, doing: Doing = Doing.LOOKING) -> list[dict[str, Any]]:
    """Give all rows of a query to the records that belong to the set-up, such as users and permission sets."""
    return list(_rows(wire, f"{base}/query", soql, doing))


def count(wire: Wire, base: str, soql: str) -> int | None:
    """Give the number that a COUNT() query finds; None where Salesforce cannot count so, or does not show the field."""
    reply = wire.send("GET", f"{base}/query", query={"q": soql}, repeatable=True, parse=read_json)
    try:
        told = raise_unless_set_up(reply, Doing.LOOKING).parsed
    except (SchemaChanged, AccessRefused, UnexpectedAnswer):
        return None
    found = told.get("totalSize") if isinstance(told, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def checked_id(told: object) -> str:
    """Give an Id that the org told. Raises UnexpectedAnswer where it is none."""
    if isinstance(told, str) and _ID.fullmatch(told):
        return told
    raise _strange()


def _rows(wire: Wire, path: str, soql: str, doing: Doing) -> Iterator[dict[str, Any]]:
    reply = wire.send("GET", path, query={"q": soql}, repeatable=True, parse=read_json)
    for _ in range(MOST_PAGES):
        told = raise_unless_set_up(reply, doing).parsed
        records = told.get("records") if isinstance(told, dict) else None
        if not isinstance(records, list) or not all(isinstance(each, dict) for each in records):
            raise _strange()
        yield from records
        following = told.get("nextRecordsUrl")
        if told.get("done", True) or not isinstance(following, str) or not following.startswith("/services/data/"):
            return
        reply = wire.send("GET", following, repeatable=True, parse=read_json)
    raise _strange()


def fields_there(wire: Wire, base: str, wanted: Collection[tuple[str, str]]) -> tuple[FieldThere, ...]:
    """Give those of the fields wanted, as (object, name), that are there, hidden ones too."""
    objects = {sobject.casefold() for sobject, _ in wanted}
    folded = {(sobject.casefold(), name.casefold()) for sobject, name in wanted}
    found = []
    for row in _named(wire, base, [name for _, name in wanted]):
        owner = str(row.get("TableEnumOrId") or "")
        # Objects of the customer's own are named by an Id here; which one it is, the full name says.
        if owner.casefold() not in objects and not _OBJECT_ID.fullmatch(owner):
            continue
        there = _defined(wire, base, row)
        if there is not None and (there.sobject.casefold(), there.field.name.casefold()) in folded:
            found.append(there)
    return tuple(found)


def _named(wire: Wire, base: str, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    own = dict.fromkeys(n[: -len("__c")].rpartition("__")[2] for n in names if n.casefold().endswith("__c"))
    known = [name for name in own if _OWN_NAME.fullmatch(name)]
    for start in range(0, len(known), NAMES_A_QUERY):
        listed = ",".join(f"'{name}'" for name in known[start : start + NAMES_A_QUERY])
        yield from tooling_rows(
            wire,
            base,
            "SELECT Id, DeveloperName, TableEnumOrId, NamespacePrefix, ManageableState FROM CustomField "  # noqa: S608
            f"WHERE DeveloperName IN ({listed})",
        )


def _defined(wire: Wire, base: str, row: Mapping[str, Any]) -> FieldThere | None:
    """Ask for the definition of a field; None where it went since."""
    known = checked_id(row.get("Id"))
    soql = f"SELECT Id, FullName, Metadata FROM CustomField WHERE Id = '{known}'"  # noqa: S608 - the Id is checked
    found = tooling_rows(wire, base, soql)
    if not found:
        return None
    sobject, _, name = str(found[0].get("FullName") or "").partition(".")
    told = found[0].get("Metadata")
    if not isinstance(told, dict) or not query.is_name(sobject) or not query.is_name(name):
        raise _strange()
    managed = bool(row.get("NamespacePrefix")) and str(row.get("ManageableState") or "") not in _UNMANAGED
    return FieldThere(known, sobject, field_of(name, told), str(told.get("description") or ""), managed)


def field_of(name: str, told: Mapping[str, Any]) -> Field:
    """Give a field from its definition, as far as one can tell from that."""
    native = str(told.get("type") or "")
    calculated = bool(told.get("formula")) or native in _NEVER_WRITTEN
    words, restricted = _words(told.get("valueSet"))
    return Field(
        name,
        str(told.get("label") or name),
        TYPES.get(native, FieldType.UNSUPPORTED),
        length=_number(told.get("length")),
        precision=_number(told.get("precision")),
        scale=_number(told.get("scale")),
        creatable=not calculated,
        updatable=not calculated,
        unique=bool(told.get("unique")),
        external_id=bool(told.get("externalId")),
        case_sensitive=bool(told.get("caseSensitive")),
        calculated=calculated,
        choices=words,
        restricted=restricted,
        native_type=native,
    )


def _words(told: Any) -> tuple[tuple[str, ...], bool]:
    """Give the active values of a picklist, and whether no other is accepted; a shared list keeps its own elsewhere."""
    definition = told.get("valueSetDefinition") if isinstance(told, dict) else None
    values = definition.get("value") if isinstance(definition, dict) else None
    if not isinstance(values, list):
        return (), False
    active = (each for each in values if isinstance(each, dict) and each.get("isActive") is not False)
    words = (each.get("fullName") or each.get("valueName") or each.get("label") for each in active)
    return tuple(str(word) for word in words if word), bool(told.get("restricted"))


def _number(told: Any) -> int:
    return int(told) if isinstance(told, int) and not isinstance(told, bool) else 0


def _strange() -> UnexpectedAnswer:
    return UnexpectedAnswer(
        "Salesforce does not tell of its set-up as expected.", "Prepare again; if it lasts, report it."
    )
