"""What the objects of the org look like: compact facts read from JSON, expanded to full describe bodies.

A file of `resources/simulator/describe` holds one object: `name`, `label`, `labelPlural`, `keyPrefix`, the flags that
differ from `OBJECT_DEFAULTS`, `children` (relationship names of the objects that point here, by `Object.field`),
`autoNumber` (the format of an auto-number field) and `fields`, each with `name`, `label`, `type` and the attributes
that differ from what its type implies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

Attributes = dict[str, Any]

FIELD_DEFAULTS: Attributes = {
    "aggregatable": True,
    "aiPredictionField": False,
    "autoNumber": False,
    "byteLength": 0,
    "calculated": False,
    "calculatedFormula": None,
    "cascadeDelete": False,
    "caseSensitive": False,
    "compoundFieldName": None,
    "controllerName": None,
    "createable": True,
    "custom": False,
    "defaultValue": None,
    "defaultValueFormula": None,
    "defaultedOnCreate": False,
    "dependentPicklist": False,
    "deprecatedAndHidden": False,
    "digits": 0,
    "displayLocationInDecimal": False,
    "encrypted": False,
    "externalId": False,
    "extraTypeInfo": None,
    "filterable": True,
    "filteredLookupInfo": None,
    "formulaTreatNullNumberAsZero": False,
    "groupable": True,
    "highScaleNumber": False,
    "htmlFormatted": False,
    "idLookup": False,
    "inlineHelpText": None,
    "label": "",
    "length": 0,
    "mask": None,
    "maskType": None,
    "name": "",
    "nameField": False,
    "namePointing": False,
    "nillable": True,
    "permissionable": True,
    "picklistValues": [],
    "polymorphicForeignKey": False,
    "precision": 0,
    "queryByDistance": False,
    "referenceTargetField": None,
    "referenceTo": [],
    "relationshipName": None,
    "relationshipOrder": None,
    "restrictedDelete": False,
    "restrictedPicklist": False,
    "scale": 0,
    "searchPrefilterable": False,
    "soapType": "xsd:string",
    "sortable": True,
    "type": "string",
    "unique": False,
    "updateable": True,
    "writeRequiresMasterRead": False,
}
TYPE_DEFAULTS: dict[str, Attributes] = {
    "address": {"aggregatable": False, "groupable": False, "queryByDistance": True, "soapType": "urn:address"}
    | {"sortable": False, "createable": False, "updateable": False},
    "boolean": {"aggregatable": False, "defaultValue": False, "defaultedOnCreate": True, "nillable": False}
    | {"soapType": "xsd:boolean"},
    "combobox": {"length": 255, "groupable": False},
    "currency": {"groupable": False, "precision": 18, "soapType": "xsd:double"},
    "date": {"soapType": "xsd:date"},
    "datetime": {"groupable": False, "soapType": "xsd:dateTime"},
    "double": {"groupable": False, "precision": 18, "soapType": "xsd:double"},
    "email": {"length": 80},
    "id": {"length": 18, "byteLength": 18, "createable": False, "defaultedOnCreate": True, "idLookup": True}
    | {"nillable": False, "permissionable": False, "soapType": "tns:ID", "updateable": False},
    "int": {"digits": 8, "soapType": "xsd:int"},
    "multipicklist": {"aggregatable": False, "groupable": False, "sortable": False, "length": 4099},
    "percent": {"groupable": False, "precision": 3, "soapType": "xsd:double"},
    "phone": {"length": 40},
    "picklist": {"length": 255},
    "reference": {"length": 18, "byteLength": 18, "soapType": "tns:ID"},
    "string": {"length": 80},
    "textarea": {"length": 255, "extraTypeInfo": "plaintextarea"},
    "url": {"length": 255},
}
OBJECT_DEFAULTS: Attributes = {
    "activateable": False,
    "associateEntityType": None,
    "associateParentEntity": None,
    "createable": True,
    "custom": False,
    "customSetting": False,
    "deepCloneable": False,
    "deletable": True,
    "deprecatedAndHidden": False,
    "feedEnabled": False,
    "hasSubtypes": False,
    "isInterface": False,
    "isSubtype": False,
    "keyPrefix": None,
    "label": "",
    "labelPlural": "",
    "layoutable": True,
    "mergeable": False,
    "mruEnabled": True,
    "name": "",
    "queryable": True,
    "replicateable": True,
    "retrieveable": True,
    "searchable": True,
    "triggerable": True,
    "undeletable": True,
    "updateable": True,
}
DESCRIBE_ONLY: Attributes = {
    "actionOverrides": [],
    "compactLayoutable": True,
    "defaultImplementation": None,
    "extendedBy": None,
    "extendsInterfaces": None,
    "implementedBy": None,
    "implementsInterfaces": None,
    "listviewable": None,
    "lookupLayoutable": None,
    "namedLayoutInfos": [],
    "networkScopeFieldName": None,
    "searchLayoutable": True,
    "sobjectDescribeOption": "FULL",
}
# What goes with the record it belongs to, and what keeps that record from going.
CASCADING = frozenset(
    (
        *("Contact.AccountId", "Opportunity.AccountId", "Event.WhatId", "Event.WhoId"),
        *("OpportunityContactRole.ContactId", "OpportunityContactRole.OpportunityId"),
    )
)
RESTRICTING = frozenset(("Case.AccountId", "Case.ContactId"))
MASTER_RECORD_TYPE = "012000000000000AAA"


@dataclass(frozen=True, eq=False)
class Field:
    """One field: its describe attributes, and what the store and the compiler ask of it."""

    attributes: Attributes

    @cached_property
    def name(self) -> str:
        return str(self.attributes["name"])

    @cached_property
    def label(self) -> str:
        return str(self.attributes["label"])

    @cached_property
    def type(self) -> str:
        return str(self.attributes["type"])

    @cached_property
    def stored(self) -> bool:
        """Whether the field is a column; a compound address is put together when read."""
        return self.type != "address"

    @cached_property
    def required(self) -> bool:
        """Whether a create without it is refused."""
        a = self.attributes
        return bool(a["createable"] and not a["nillable"] and not a["defaultedOnCreate"])

    @cached_property
    def values(self) -> frozenset[str]:
        """The active picklist values, folded: Salesforce compares them without case."""
        return frozenset(each["value"].casefold() for each in self.attributes["picklistValues"] if each["active"])

    @cached_property
    def references(self) -> list[str]:
        return list(self.attributes["referenceTo"])

    def __getitem__(self, attribute: str) -> Any:
        return self.attributes[attribute]


@dataclass(frozen=True, eq=False)
class SObject:
    """One object of the org; fields are found without regard to case."""

    attributes: Attributes
    fields: tuple[Field, ...]
    child_names: Mapping[str, str | None]
    auto_number: str = "{:08d}"
    _by_name: dict[str, Field] = field(init=False, repr=False, default_factory=dict)
    _by_relationship: dict[str, Field] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for each in self.fields:
            self._by_name[each.name] = self._by_name[each.name.lower()] = each
            if each["relationshipName"]:
                self._by_relationship[each["relationshipName"].lower()] = each

    @cached_property
    def name(self) -> str:
        return str(self.attributes["name"])

    @cached_property
    def prefix(self) -> str:
        return str(self.attributes["keyPrefix"])

    @cached_property
    def columns(self) -> tuple[Field, ...]:
        return tuple(each for each in self.fields if each.stored)

    def field(self, name: str) -> Field | None:
        return self._by_name.get(name) or self._by_name.get(name.lower())

    def relationship(self, name: str) -> Field | None:
        """Return the reference field behind a relationship name (`Account`, `Contact__r`)."""
        return self._by_relationship.get(name.lower())

    def label_of(self, name: str) -> str:
        return self._by_name[name.lower()].label

    def components(self, compound: Field) -> tuple[Field, ...]:
        return tuple(each for each in self.columns if each["compoundFieldName"] == compound.name)

    def has(self, name: str) -> bool:
        return name.lower() in self._by_name

    def with_fields(self, fields: Iterable[Field]) -> SObject:
        """Return this object with other fields."""
        return SObject(self.attributes, tuple(fields), self.child_names, self.auto_number)


class Schema:
    """All objects of the org, found without regard to case."""

    def __init__(self, objects: Iterable[SObject]) -> None:
        self.replace(objects)

    def replace(self, objects: Iterable[SObject]) -> None:
        """Put these in the place of all objects: who holds the schema sees them."""
        self._objects = {each.name.lower(): each for each in objects}
        self._children: dict[str, list[Attributes]] = {
            each.name: list(self._child_relationships(each)) for each in self
        }

    def __iter__(self) -> Iterator[SObject]:
        return iter(self._objects.values())

    def get(self, name: str) -> SObject | None:
        return self._objects.get(name.lower())

    def __getitem__(self, name: str) -> SObject:
        return self._objects[name.lower()]

    def with_prefix(self, prefix: str) -> SObject | None:
        return next((each for each in self if each.prefix == prefix), None)

    def parent(self, reference: Field) -> SObject | None:
        """Return the object a reference leads to: of several, the last one the org has (`Group`, `User` → `User`)."""
        found = [self.get(name) for name in reference.references]
        return next((each for each in reversed(found) if each), None)

    def child(self, parent: SObject, relationship: str) -> tuple[SObject, Field] | None:
        """Return the child object and its reference field behind a child relationship name (`Contacts`)."""
        for each in self._children[parent.name]:
            if (each["relationshipName"] or "").lower() == relationship.lower():
                child = self[each["childSObject"]]
                reference = child.field(each["field"])
                return (child, reference) if reference else None
        return None

    def _child_relationships(self, parent: SObject) -> Iterator[Attributes]:
        for child in self:
            for each in child.fields:
                if parent.name in each.references and f"{child.name}.{each.name}" in parent.child_names:
                    yield {
                        "cascadeDelete": each["cascadeDelete"] or f"{child.name}.{each.name}" in CASCADING,
                        "childSObject": child.name,
                        "deprecatedAndHidden": False,
                        "field": each.name,
                        "junctionIdListNames": [],
                        "junctionReferenceTo": [],
                        "relationshipName": parent.child_names[f"{child.name}.{each.name}"],
                        "restrictedDelete": each["restrictedDelete"] or f"{child.name}.{each.name}" in RESTRICTING,
                    }

    def global_body(self, version: str) -> Attributes:
        """Return the body of `GET /sobjects`."""
        sobjects = [
            {name: each.attributes[name] for name in OBJECT_DEFAULTS} | {"urls": _urls(each, version)}
            for each in sorted(self, key=lambda sobject: sobject.name)
        ]
        return {"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": sobjects}

    def describe_body(self, sobject: SObject, version: str, base: str) -> Attributes:
        """Return the body of `GET /sobjects/X/describe`."""
        urls = _urls(sobject, version)
        layout = f"{urls['describe']}/layouts/{MASTER_RECORD_TYPE}"
        plural = sobject.attributes["labelPlural"].lower()
        return {
            **DESCRIBE_ONLY,
            **sobject.attributes,
            "childRelationships": self._children[sobject.name],
            "fields": [each.attributes for each in sobject.fields],
            "recordTypeInfos": [
                {
                    "active": True,
                    "available": True,
                    "defaultRecordTypeMapping": True,
                    "developerName": "Master",
                    "master": True,
                    "name": "Master",
                    "recordTypeId": MASTER_RECORD_TYPE,
                    "urls": {"layout": layout},
                }
            ],
            "supportedScopes": [
                {"label": f"All {plural}", "name": "everything"},
                {"label": f"My {plural}", "name": "mine"},
            ],
            "urls": urls
            | {
                "uiDetailTemplate": f"{base}/{{ID}}",
                "uiEditTemplate": f"{base}/{{ID}}/e",
                "uiNewRecord": f"{base}/{sobject.prefix}/e",
            },
        }


def load_schema(folder: Path) -> Schema:
    """Read all `*.json` of a folder."""
    return Schema([sobject_of(orjson.loads(path.read_bytes())) for path in sorted(folder.glob("*.json"))])


def sobject_of(facts: Attributes) -> SObject:
    """Make an object of its compact facts."""
    fields = tuple(expand(each) for each in facts.pop("fields"))
    children = facts.pop("children", {})
    auto_number = facts.pop("autoNumber", "{:08d}")
    return SObject({**OBJECT_DEFAULTS, **facts}, fields, children, auto_number)


def expand(facts: Mapping[str, Any]) -> Field:
    """Make a field of its compact facts."""
    given = dict(facts)
    values = given.pop("values", [])
    attributes = {**FIELD_DEFAULTS, **implied(given), **given}
    attributes["picklistValues"] = [_picklist_value(each, attributes["defaultValue"]) for each in values]
    return Field(attributes)


def implied(facts: Mapping[str, Any]) -> Attributes:
    """Return the attributes that the type, the name and the length of a field imply."""
    of_type = TYPE_DEFAULTS[facts["type"]]
    length = facts.get("length", of_type.get("length", 0))
    return {"byteLength": length * 3, "custom": facts["name"].endswith("__c")} | of_type


def _picklist_value(given: str | list[str], default: str | None) -> Attributes:
    value, label = (given, given) if isinstance(given, str) else given
    return {"active": True, "defaultValue": value == default, "label": label, "validFor": None, "value": value}


def _urls(sobject: SObject, version: str) -> dict[str, str]:
    root = f"/services/data/v{version}/sobjects/{sobject.name}"
    if not sobject.attributes["layoutable"]:
        return {"rowTemplate": f"{root}/{{ID}}", "describe": f"{root}/describe", "sobject": root}
    return {
        "compactLayouts": f"{root}/describe/compactLayouts",
        "rowTemplate": f"{root}/{{ID}}",
        "approvalLayouts": f"{root}/describe/approvalLayouts",
        "listviews": f"{root}/listviews",
        "describe": f"{root}/describe",
        "quickActions": f"{root}/quickActions",
        "layouts": f"{root}/describe/layouts",
        "sobject": root,
    }
