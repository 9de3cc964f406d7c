"""The objects of the simulated org, and small pieces of what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

_Columns = tuple[tuple[str, str, dict[str, Any]], ...]

_CONTACT: Final[_Columns] = (
    ("Id", "id", {"length": 18, "createable": False, "updateable": False, "nillable": False}),
    ("LastName", "string", {"length": 80, "nillable": False}),
    ("Email", "email", {"length": 80}),
    ("Phone", "phone", {"length": 40}),
    ("Title", "string", {"length": 128}),
    ("Birthdate", "date", {}),
    ("City__c", "string", {"length": 80}),
    ("DI_Contact_Id__c", "string", {"length": 40, "unique": True, "externalId": True}),
    ("Newsletter__c", "picklist", {"length": 255, "restrictedPicklist": True, "values": ("Yes", "No")}),
    ("MasterRecordId", "reference", {"length": 18, "createable": False, "updateable": False}),
)
_ORDER: Final[_Columns] = (
    ("Id", "id", {"length": 18, "createable": False, "updateable": False, "nillable": False}),
    ("Number__c", "string", {"length": 20}),
    ("Contact__c", "reference", {"length": 18, "referenceTo": ["Contact"], "relationshipName": "Contact__r"}),
    ("City__c", "string", {"length": 80}),
)
OBJECTS: Final[dict[str, _Columns]] = {"Contact": _CONTACT, "Order__c": _ORDER}


def same(held: Any, value: Any) -> bool:
    return held is not None and str(held).casefold() == str(value).casefold()


def shown(row: Mapping[str, Any], name: str) -> Any:
    value = row[name]
    return value[:-1] + ".000+0000" if name == "SystemModstamp" else value


def error(code: str, name: str) -> dict[str, Any]:
    told = {"statusCode": code, "message": f"{code}: {name}", "fields": [name] if name else []}
    return {"success": False, "errors": [told]}


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000+0000")
