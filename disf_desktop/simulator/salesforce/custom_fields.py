"""A custom field as its metadata says it: read, checked in Salesforce's words, and turned into what describe tells.

The metadata of a field is a dictionary with the members of the type CustomField, in the form that the Tooling API
gives them (`{"type": "Text", "label": "…", "length": 64, …}`); its name and object stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from disf_desktop.simulator.salesforce.describe import Attributes, Field, expand

Metadata = dict[str, Any]

LONGEST_TEXT, LONGEST_AREA, SHORTEST_AREA = 255, 131_072, 256
LONGEST_NAME = 40
NAME = re.compile(r"[A-Za-z](?:_?[A-Za-z0-9])*")
DESCRIBED = {
    "Text": "string",
    "LongTextArea": "textarea",
    "TextArea": "textarea",
    "Checkbox": "boolean",
    "Picklist": "picklist",
    "MultiselectPicklist": "multipicklist",
    "Number": "double",
    "Currency": "currency",
    "Percent": "percent",
    "Date": "date",
    "DateTime": "datetime",
    "Email": "email",
    "Phone": "phone",
    "Url": "url",
    "Lookup": "reference",
}
# What a deploy may make; the others are only met as fields of the seed.
MADE = frozenset(DESCRIBED) - {"Lookup"}
EXTERNAL = frozenset({"Text", "Number", "Email"})
NUMBERS = frozenset({"Number", "Currency", "Percent"})
PICKLISTS = frozenset({"Picklist", "MultiselectPicklist"})
BOOLEANS = frozenset({"externalId", "unique", "caseSensitive", "required", "trackHistory", "trackFeedHistory"})
WHOLE = frozenset({"length", "precision", "scale", "visibleLines"})
TEXTS = frozenset({"type", "label", "description", "inlineHelpText", "defaultValue", "trackTrending"})
MEMBERS = BOOLEANS | WHOLE | TEXTS | {"valueSet"}
NEEDED = {
    "Text": ("length",),
    "LongTextArea": ("length", "visibleLines"),
    "Checkbox": ("defaultValue",),
    "Picklist": ("valueSet",),
    "MultiselectPicklist": ("valueSet", "visibleLines"),
} | dict.fromkeys(NUMBERS, ("precision", "scale"))
# Which types may say what; what is not here every type may say.
ALLOWED = {
    "length": frozenset({"Text", "LongTextArea"}),
    "precision": NUMBERS,
    "scale": NUMBERS,
    "visibleLines": frozenset({"LongTextArea", "MultiselectPicklist"}),
    "valueSet": PICKLISTS,
    "caseSensitive": frozenset({"Text"}),
}
TRUE_ONLY_FOR = {
    "externalId": EXTERNAL,
    "unique": EXTERNAL,
    "required": frozenset(DESCRIBED) - {"Checkbox", "LongTextArea"},
}
_LITERAL = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?)")


class Unreadable(Exception):
    """A definition that is no metadata of a field; the message is the problem of its component."""


def read(given: Mapping[str, Any]) -> Metadata:
    """Return metadata with every member in its own type; the members of an XML file are all text.

    Raises Unreadable for a member that CustomField does not have, or one of the wrong type.
    """
    metadata: Metadata = {}
    for name, value in given.items():
        if name not in MEMBERS:
            raise Unreadable(
                f"Error parsing file: Element {{http://soap.sforce.com/2006/04/metadata}}{name} invalid at this "
                "location in type CustomField"
            )
        if name in BOOLEANS:
            metadata[name] = _boolean(name, value)
        elif name in WHOLE:
            metadata[name] = _whole(name, value)
        elif name == "valueSet":
            metadata[name] = _value_set(value)
        else:
            metadata[name] = str(value).lower() if isinstance(value, bool) else str(value)
    if metadata.get("type") == "Text" and metadata.get("unique"):
        metadata.setdefault("caseSensitive", False)
    return metadata


def _boolean(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false", "1", "0"):
        raise Unreadable(f"Error parsing file: '{value}' is not a valid value for the type xsd:boolean in {name}")
    return value in ("true", "1")


def _whole(name: str, value: Any) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,9}", str(value)):
        raise Unreadable(f"Error parsing file: '{value}' is not a valid value for the type xsd:int in {name}")
    return int(value)


def _value_set(given: Any) -> Metadata:
    """Keep `restricted` and the values: full name, label, default."""
    definition = given.get("valueSetDefinition") if isinstance(given, Mapping) else None
    if not isinstance(definition, Mapping):
        raise Unreadable("Value set must have either a definition or a name, but not both")
    listed = definition.get("value", [])
    values = [
        {
            "fullName": str(each.get("fullName", "")),
            "default": _boolean("default", each.get("default", False)),
            "label": str(each.get("label") or each.get("fullName", "")),
        }
        for each in ([listed] if isinstance(listed, Mapping) else listed)
    ]
    return {
        "restricted": _boolean("restricted", given.get("restricted", False)),
        "valueSetDefinition": {"sorted": _boolean("sorted", definition.get("sorted", False)), "value": values},
    }


def values_of(metadata: Metadata) -> list[Metadata]:
    """Return the picklist values of a field; none for another type."""
    return list(metadata["valueSet"]["valueSetDefinition"]["value"]) if "valueSet" in metadata else []


def problem(name: str, metadata: Metadata) -> str | None:
    """Say what Salesforce would refuse a new field for, or None."""
    kind = metadata.get("type")
    bare = name.removesuffix("__c")
    if not name.endswith("__c") or len(bare) > LONGEST_NAME or not NAME.fullmatch(bare):
        return (
            "The field name provided is not correct for a custom field: it must end in __c, begin with a letter, hold "
            f"letters, digits and single underscores only, and have at most {LONGEST_NAME} characters: {name}"
        )
    if kind not in MADE:
        return f"'{kind}' is not a valid value for the enum 'FieldType'"
    if not metadata.get("label"):
        return "Must specify a non-empty label for the CustomField"
    for member, longest in (("label", LONGEST_NAME), ("description", 1_000), ("inlineHelpText", 510)):
        if len(metadata.get(member, "")) > longest:
            return f"{member}: data value too large (max length={longest})"
    for member in NEEDED.get(kind, ()):
        if member not in metadata:
            return f"Must specify '{member}' for a CustomField of type {kind}"
    for member, kinds in ALLOWED.items():
        if member in metadata and kind not in kinds:
            return f"Can not specify '{member}' for a CustomField of type {kind}"
    for member, kinds in TRUE_ONLY_FOR.items():
        if metadata.get(member) and kind not in kinds:
            return f"Can not specify '{member}' for a CustomField of type {kind}"
    return _problem_of_size(kind, metadata) or _problem_of_values(kind, metadata)


def _problem_of_size(kind: str, metadata: Metadata) -> str | None:
    length = metadata.get("length")
    if kind == "Text" and not 1 <= metadata["length"] <= LONGEST_TEXT:
        return f"Length of a Text field must be between 1 and {LONGEST_TEXT}, not {length}"
    if kind == "LongTextArea" and not SHORTEST_AREA <= metadata["length"] <= LONGEST_AREA:
        return f"Length of a LongTextArea field must be between {SHORTEST_AREA} and {LONGEST_AREA}, not {length}"
    if kind in NUMBERS and not (1 <= metadata["precision"] <= 18 and metadata["scale"] < metadata["precision"]):
        return "Precision must be between 1 and 18, and scale smaller than precision"
    return None


def _problem_of_values(kind: str, metadata: Metadata) -> str | None:
    if kind == "Checkbox" and metadata["defaultValue"] not in ("true", "false"):
        return "The default value of a CustomField of type Checkbox must be true or false"
    if kind in PICKLISTS:
        names = [each["fullName"] for each in values_of(metadata)]
        if not names or not all(names) or any(len(each) > LONGEST_TEXT for each in names):
            return f"A CustomField of type {kind} must have values of 1 to {LONGEST_TEXT} characters"
        if len({each.casefold() for each in names}) < len(names):
            return f"Duplicate label or name in the values of a CustomField of type {kind}"
    return None


def field_of(name: str, metadata: Metadata) -> Field:
    """Return the field as describe tells it."""
    kind = metadata["type"]
    facts: Attributes = {"name": name, "type": DESCRIBED[kind], "label": metadata["label"]}
    for member in ("externalId", "unique", "caseSensitive", "length", "precision", "scale", "inlineHelpText"):
        if member in metadata:
            facts[member] = metadata[member]
    facts["idLookup"] = bool(metadata.get("externalId"))
    if kind == "LongTextArea":
        facts |= dict.fromkeys(("filterable", "groupable", "sortable", "aggregatable"), False)
    if kind == "MultiselectPicklist":
        facts["precision"] = metadata["visibleLines"]
    if kind == "Checkbox":
        facts["defaultValue"] = metadata["defaultValue"] == "true"
    elif metadata.get("required"):
        facts |= {"nillable": False, "permissionable": False}
    if kind in PICKLISTS:
        given = values_of(metadata)
        facts["values"] = [[each["fullName"], each["label"]] for each in given]
        facts["restrictedPicklist"] = metadata["valueSet"]["restricted"]
        facts["defaultValue"] = next((each["fullName"] for each in given if each["default"]), None)
    elif kind != "Checkbox" and "defaultValue" in metadata:
        facts |= {"defaultValueFormula": metadata["defaultValue"], "defaultValue": _literal(metadata["defaultValue"])}
    if facts.get("defaultValue") is not None:
        facts["defaultedOnCreate"] = True
    return expand(facts)


def _literal(formula: str) -> Any:
    """Return what a formula that is one constant gives; other formulas give nothing here."""
    found = _LITERAL.fullmatch(formula.strip())
    if found is None:
        return None
    if found[3]:
        return float(found[3])
    return re.sub(r"\\(.)", r"\1", found[1] if found[1] is not None else found[2])


def metadata_of(field: Field) -> Metadata:
    """Return the metadata of a custom field of the seed, of which only the describe is known."""
    a = field.attributes
    kind = next(kind for kind, described in DESCRIBED.items() if described == field.type)
    if kind == "LongTextArea" and a["length"] <= LONGEST_TEXT:
        kind = "TextArea"
    metadata: Metadata = {"type": kind, "label": field.label}
    if kind in ALLOWED["length"]:
        metadata["length"] = a["length"]
    if kind in NUMBERS:
        metadata |= {"precision": a["precision"], "scale": a["scale"]}
    if kind in EXTERNAL:
        metadata |= {"externalId": a["externalId"], "unique": a["unique"]}
    if kind == "Text" and a["unique"]:
        metadata["caseSensitive"] = a["caseSensitive"]
    if kind == "Checkbox":
        metadata["defaultValue"] = str(bool(a["defaultValue"])).lower()
    else:
        metadata["required"] = not a["nillable"]
    if kind in PICKLISTS:
        values = [
            {"fullName": each["value"], "default": each["defaultValue"], "label": each["label"]}
            for each in a["picklistValues"]
        ]
        definition = {"sorted": False, "value": values}
        metadata["valueSet"] = {"restricted": a["restrictedPicklist"], "valueSetDefinition": definition}
    if kind == "MultiselectPicklist":
        metadata["visibleLines"] = a["precision"] or 4
    if kind == "Lookup":
        metadata |= {"referenceTo": field.references[-1], "relationshipName": a["relationshipName"]}
    if a["inlineHelpText"]:
        metadata["inlineHelpText"] = a["inlineHelpText"]
    return metadata
