"""Descriptions of objects: related fields, wrong guesses, objects that are not for us."""

from __future__ import annotations

from typing import Any

import pytest

from disf_desktop.core.errors import LimitReached, SchemaChanged, UnexpectedAnswer
from disf_desktop.services.salesforce.descriptions import Descriptions, guess
from disf_desktop.services.salesforce.errors import Refusal

MISSING = Refusal(404, "NOT_FOUND", "The requested resource does not exist")


def field(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "label": name, **more}


def lookup(name: str, relationship: str, *parents: str) -> dict[str, Any]:
    return field(name, "reference", relationshipName=relationship, referenceTo=list(parents))


class Told:
    """Answers of an org to describes, and what was asked in each call."""

    def __init__(self, **objects: Any) -> None:
        self.objects = objects
        self.asked: list[list[str]] = []

    def __call__(self, paths: Any) -> list[Any]:
        names = [path.split("/")[1] for path in paths]
        self.asked.append(names)
        return [self._one(name) for name in names]

    def _one(self, name: str) -> Any:
        told = self.objects.get(name, MISSING)
        return {"name": name, "fields": told} if isinstance(told, list) else told


def lead_of(*parents: str) -> list[dict[str, Any]]:
    return [field("Id", "id"), lookup("OwnerId", "Owner", *parents)]


def test_an_owner_is_first_looked_for_among_users() -> None:
    told = Told(Lead=lead_of("Group", "User"), User=[field("Name", length=121)], Group=[field("Name", length=40)])
    schema = Descriptions(told).schema("Lead", ["Owner.Name"])
    assert schema.fields["Owner.Name"].length == 121
    assert told.asked == [["Lead", "User"]]


def test_what_was_described_before_does_not_change_what_a_related_field_is() -> None:
    told = Told(Lead=lead_of("Group", "User"), User=[field("Name", length=121)], Group=[field("Name", length=40)])
    known = Descriptions(told)
    known.of("Group")
    assert known.schema("Lead", ["Owner.Name"]).fields["Owner.Name"].length == 121


def test_a_field_that_the_probable_object_lacks_is_looked_for_in_the_next() -> None:
    told = Told(Lead=lead_of("Group", "User"), User=[field("Name")], Group=[field("DeveloperName")])
    known = Descriptions(told)
    for _ in range(2):
        assert "Owner.DeveloperName" in known.schema("Lead", ["Owner.DeveloperName"]).fields
    assert told.asked == [["Lead", "User"], ["Group"]]


def test_a_related_object_that_is_not_for_us_leaves_its_fields_out_and_is_asked_for_once() -> None:
    hidden = Refusal(403, "INSUFFICIENT_ACCESS", "no")
    told = Told(Lead=lead_of("User"), User=hidden)
    known = Descriptions(told)
    for _ in range(3):
        assert set(known.schema("Lead", ["Owner.Name", "Nowhere.Name", "Owner.Profile.Name"]).fields) == {
            "Id",
            "OwnerId",
        }
    assert told.asked == [["Lead", "User", "Nowhere"]]


def test_an_object_that_is_not_there_is_named_and_may_come_back() -> None:
    told = Told()
    known = Descriptions(told)
    for _ in range(2):
        with pytest.raises(SchemaChanged) as caught:
            known.schema("Gone__c", ["Owner.Name"])
        assert caught.value.where == "Gone__c"
    told.objects["Gone__c"] = [field("Id", "id")]
    assert set(known.schema("Gone__c").fields) == {"Id"}


def test_a_limit_is_no_missing_object() -> None:
    told = Told(Lead=lead_of("User"), User=Refusal(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."))
    with pytest.raises(LimitReached):
        Descriptions(told).schema("Lead", ["Owner.Name"])


@pytest.mark.parametrize("strange", [None, [], {}, {"name": "X"}, {"name": "X", "fields": [{}]}, "html"])
def test_a_describe_that_is_none_is_not_believed(strange: Any) -> None:
    with pytest.raises(UnexpectedAnswer):
        Descriptions(lambda paths: [strange]).of("X")


@pytest.mark.parametrize(
    ("relationship", "sobject"),
    [
        ("Account", "Account"),
        ("Owner", "User"),
        ("ReportsTo", "Contact"),
        ("Shop__r", "Shop__c"),
        ("ns__Shop__r", "ns__Shop__c"),
        ("Parent", None),
        ("not a name", None),
        ("", None),
    ],
)
def test_the_object_behind_a_relationship_is_guessed_by_its_name(relationship: str, sobject: str | None) -> None:
    assert guess(relationship) == sobject
