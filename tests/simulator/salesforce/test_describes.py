"""Describes: complete, in agreement with themselves and with what the store holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.simulator.salesforce.describe import FIELD_DEFAULTS, OBJECT_DEFAULTS, load_schema
from tests.simulator.salesforce.conftest import DESCRIBES, Service

DATA = {each.name for each in load_schema(DESCRIBES)}
SETUP = {"FieldPermissions", "ObjectPermissions", "PermissionSet", "PermissionSetAssignment", "Profile"}
OBJECTS = sorted(DATA | SETUP | {"UserPermissionAccess"})


def _describe(salesforce: Service, name: str) -> dict[str, Any]:
    body = salesforce.get(f"sobjects/{name}/describe").json()
    assert isinstance(body, dict)
    return body


def _field(salesforce: Service, sobject: str, name: str) -> dict[str, Any]:
    return next(each for each in _describe(salesforce, sobject)["fields"] if each["name"] == name)


def test_the_objects_of_the_org(salesforce: Service) -> None:
    standard = {"Account", "Campaign", "Case", "Contact", "Event", "Lead", "Opportunity", "OpportunityContactRole"}
    assert standard | {"Order__c", "Organization", "User"} == DATA
    body = salesforce.get("sobjects/").json()
    assert [each["name"] for each in body["sobjects"]] == OBJECTS
    assert all(set(OBJECT_DEFAULTS) | {"urls"} == set(each) for each in body["sobjects"])
    assert (body["encoding"], body["maxBatchSize"]) == ("UTF-8", 200)


@pytest.mark.parametrize("name", OBJECTS)
def test_every_field_has_every_attribute_and_can_be_queried(salesforce: Service, name: str) -> None:
    described = _describe(salesforce, name)
    for field in described["fields"]:
        assert set(field) == set(FIELD_DEFAULTS), field["name"]
        assert field["label"], field["name"]
        assert field["picklistValues"] or field["type"] != "multipicklist"
    chosen = ", ".join(each["name"] for each in described["fields"])
    records = salesforce.query(f"SELECT {chosen} FROM {name} LIMIT 1")["records"]
    for record in records:
        assert set(record) == {"attributes"} | {each["name"] for each in described["fields"]}


@pytest.mark.parametrize("name", OBJECTS)
def test_relationships_lead_both_ways(salesforce: Service, name: str) -> None:
    for child in _describe(salesforce, name)["childRelationships"]:
        reference = _field(salesforce, child["childSObject"], child["field"])
        assert name in reference["referenceTo"]
        if child["relationshipName"]:
            salesforce.query(f"SELECT Id, (SELECT Id FROM {child['relationshipName']}) FROM {name}")


def test_what_must_be_given_to_create_a_person(salesforce: Service) -> None:
    def required(name: str) -> set[str]:
        fields = _describe(salesforce, name)["fields"]
        return {
            each["name"]
            for each in fields
            if each["createable"] and not each["nillable"] and not each["defaultedOnCreate"]
        }

    assert required("Contact") == {"LastName"}
    assert required("Lead") == {"LastName", "Company"}
    assert required("Account") == {"Name"}
    assert required("Order__c") == set()


@pytest.mark.parametrize(
    ("sobject", "name", "attributes"),
    [
        ("Contact", "LastName", {"type": "string", "length": 80, "byteLength": 240, "compoundFieldName": "Name"}),
        ("Contact", "Email", {"type": "email", "length": 80, "idLookup": True}),
        ("Contact", "Birthdate", {"type": "date", "soapType": "xsd:date"}),
        ("Contact", "HasOptedOutOfEmail", {"type": "boolean", "updateable": True, "custom": False}),
        ("Contact", "Loyalty_Points__c", {"type": "double", "precision": 9, "scale": 2, "custom": True}),
        ("Contact", "Legacy_Id__c", {"length": 20, "externalId": True, "unique": True, "caseSensitive": False}),
        ("Lead", "DI_Contact_Id__c", {"length": 64, "externalId": True, "unique": True, "caseSensitive": False}),
        ("Contact", "MailingAddress", {"type": "address", "updateable": False}),
        ("Order__c", "Name", {"autoNumber": True, "createable": False, "custom": False}),
        ("Order__c", "Contact__c", {"referenceTo": ["Contact"], "relationshipName": "Contact__r"}),
        ("Order__c", "Amount__c", {"type": "currency", "precision": 18, "scale": 2}),
        ("Lead", "ConvertedContactId", {"type": "reference", "updateable": False}),
    ],
)
def test_what_the_mapping_screen_will_look_at(
    salesforce: Service, sobject: str, name: str, attributes: dict[str, Any]
) -> None:
    field = _field(salesforce, sobject, name)
    assert {each: field[each] for each in attributes} == attributes


def test_addresses_of_the_describe_are_those_of_the_service(salesforce: Service) -> None:
    described = _describe(salesforce, "contact")
    assert salesforce.get(described["urls"]["describe"]).json() == described
    record = described["urls"]["rowTemplate"].replace("{ID}", salesforce.contact(1))
    assert salesforce.get(record).status_code == 200


# What attributes the bodies of a real org have, and of which JSON types their values were there: names only, taken from
# the describes that resources/simulator/describe/NOTICE speaks of.
REAL = json.loads(Path(__file__).with_name("real_describes.json").read_text(encoding="utf-8"))
JSON_TYPES = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}


def _compare(part: str, given: Iterable[dict[str, Any]]) -> None:
    for each in given:
        assert set(each) == set(REAL[part]), part
        for name, value in each.items():
            seen = REAL[part][name]
            # What was always null in the org that was looked at, may well have a value in another one.
            assert value is None or seen == ["null"] or JSON_TYPES[type(value)] in seen, (part, name, value)


@pytest.mark.parametrize("sobject", ["Contact", "Lead", "Account", "Opportunity", "Order__c"])
def test_a_describe_has_every_attribute_of_a_real_one_of_the_same_type(salesforce: Service, sobject: str) -> None:
    body = salesforce.get(f"sobjects/{sobject}/describe").json()
    _compare("describe", [body])
    _compare("field", body["fields"])
    _compare("picklistValue", (value for field in body["fields"] for value in field["picklistValues"]))
    _compare("childRelationship", body["childRelationships"])
    _compare("recordTypeInfo", body["recordTypeInfos"])
    _compare("supportedScope", body["supportedScopes"])


def test_the_list_of_objects_has_every_attribute_of_a_real_one(salesforce: Service) -> None:
    body = salesforce.get("sobjects").json()
    _compare("global", [body])
    _compare("sobject", body["sobjects"])
