"""Triggers of the org that rewrite a value when its record is saved: what is read is not what was written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.salesforce.conftest import Service, collection


@pytest.mark.parametrize(
    ("field", "rule", "given", "stored"),
    [
        ("Title", "upper", "Directrice générale", "DIRECTRICE GÉNÉRALE"),
        ("Phone", "cut:8", "514 555-0101", "514 555-"),
        ("Phone", "cut:4", "514 555-0101", "514"),
        ("LastName", "lower", "TREMBLAY", "tremblay"),
        ("Phone", "cut:40", "514 555-0101", "514 555-0101"),
    ],
)
def test_a_trigger_rewrites_what_is_saved(salesforce: Service, field: str, rule: str, given: str, stored: str) -> None:
    assert salesforce.act("normalise", {"contact": {field.lower(): rule}}) == {"Contact": {field: rule}}
    record = {"LastName": "Essai", field: given}
    made = salesforce.call("POST", "sobjects/Contact", record).json()["id"]
    assert salesforce.read("Contact", made)[field] == stored
    known = salesforce.contact(5)
    [result] = salesforce.call("PATCH", "composite/sobjects", collection([{"id": known, field: given}])).json()
    assert result["success"] is True
    assert salesforce.read("Contact", known)[field] == stored


def test_a_trigger_rewrites_a_field_that_was_not_sent_and_leaves_an_empty_one_alone(salesforce: Service) -> None:
    known = salesforce.contact(5)
    name = salesforce.read("Contact", known)["FirstName"]
    salesforce.act("normalise", {"Contact": {"FirstName": "upper", "Phone": "upper"}})
    salesforce.call("PATCH", f"sobjects/Contact/{known}", {"Title": "x"})
    after = salesforce.read("Contact", known)
    assert (after["FirstName"], after["Phone"], after["Title"]) == (name.upper(), None, "x")
    assert after["Name"].startswith(name.upper())


def test_a_trigger_works_for_a_person_and_on_its_own_object_only(salesforce: Service) -> None:
    salesforce.act("normalise", {"Lead": {"Title": "upper"}})
    known = salesforce.contact(5)
    salesforce.act("Contact", {"Id": known, "set": {"Title": "Chef"}})
    assert salesforce.read("Contact", known)["Title"] == "Chef"
    lead = salesforce.act("Lead", {"set": {"LastName": "x", "Company": "y", "Title": "Chef"}})["Id"]
    assert salesforce.read("Lead", lead)["Title"] == "CHEF"


def test_new_triggers_take_the_place_of_the_former_ones_and_a_reset_takes_all_away(salesforce: Service) -> None:
    known = salesforce.contact(5)

    def saved(title: str) -> Any:
        salesforce.act("Contact", {"Id": known, "set": {"Title": title}})
        return salesforce.read("Contact", known)["Title"]

    salesforce.act("normalise", {"Contact": {"Title": "upper"}})
    assert saved("Chef") == "CHEF"
    salesforce.act("normalise", {"Contact": {"Title": "lower"}})
    assert saved("Chef") == "chef"
    salesforce.org.reset()
    assert saved("Chef") == "Chef"


@pytest.mark.parametrize(
    "body",
    [
        {"Nope": {"Title": "upper"}},
        {"Contact": {"Shoe__c": "upper"}},
        {"Contact": {"VIP__c": "upper"}},
        {"Contact": {"Name": "upper"}},
        {"Contact": {"Title": "shout"}},
        {"Contact": {"Title": "cut:0"}},
        {"Contact": {"Title": 5}},
        {"Contact": "upper"},
    ],
)
def test_a_trigger_that_cannot_be_is_refused_and_changes_nothing(salesforce: Service, body: Any) -> None:
    salesforce.act("normalise", {"Contact": {"Phone": "upper"}})
    assert salesforce.refused("normalise", body)[0] == 400
    salesforce.act("Contact", {"Id": (known := salesforce.contact(5)), "set": {"Phone": "poste abc"}})
    assert salesforce.read("Contact", known)["Phone"] == "POSTE ABC"
