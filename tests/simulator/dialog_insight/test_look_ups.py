"""Get and Delete, and the only clause that is known."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.dialog_insight.conftest import NEWSLETTER, WEB_FORMS, Service, contact, equal


@pytest.fixture
def filled(service: Service) -> Service:
    service.merge(
        contact("003A", "a@x.example", City="Laval", Points=1.5, IsVIP=1, BirthDate="1980.01.02", optin_Newsletter=1),
        contact("003B", "b@x.example", City="LAVAL ", Points=2, IsVIP=0, optin_Newsletter=0),
        contact("003C", "a@x.example", City="Lévis"),
    )
    return service


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("f_SalesforceID", "003b ", [2]),
        ("f_EMail", "A@X.example", [1, 3]),
        ("f_City", "laval", [1, 2]),
        ("f_City", "levis", []),
        ("f_Points", "1.5", [1]),
        ("f_Points", 2, [2]),
        ("f_IsVIP", True, [1]),
        ("f_IsVIP", "0", [2]),
        ("f_BirthDate", "1980-01-02", [1]),
        ("f_BirthDate", "", [2, 3]),
        ("f_Points", None, [3]),
        ("f_Notes", None, [1, 2, 3]),
        ("F_CITY", "Laval", [1, 2]),
        ("idContact", "3", [3]),
        ("idContact", 9, []),
        ("optin_Newsletter", 1, [1]),
        ("optin_Newsletter", "0", [2]),
        ("optin_Newsletter", None, [3]),
    ],
)
def test_equal_finds(filled: Service, name: str, value: Any, found: list[int]) -> None:
    assert [each["idContact"] for each in filled.get(name, value)] == found


def test_a_clause_may_be_an_array_of_one(filled: Service) -> None:
    reply = filled.call("Contacts.Get", idProject=NEWSLETTER, Clause=[equal("f_SalesforceID", "003A")])
    assert len(reply["Records"]) == 1


@pytest.mark.parametrize(
    "clause",
    [
        None,
        [],
        [equal("f_City", "a"), equal("f_City", "b")],
        {"Field": {"Name": "f_City"}, "TypeOperator": "Equal", "ComparisonValue": "a", "$type": "FieldClause"},
        {**equal("f_City", "a"), "TypeOperator": "Contains"},
        {**equal("f_City", "a"), "$type": "GroupClause"},
        {**equal("f_City", "a"), "Field": "f_City"},
        {**equal("f_City", ["a"])},
        {"$type": "FieldClause", "Field": {"Name": "f_City"}, "TypeOperator": "Equal"},
        equal("City", "a"),
        equal("f_Points", "many"),
        equal("idContact", "first"),
    ],
)
def test_what_is_no_clause_is_refused_and_deletes_nothing(filled: Service, clause: Any) -> None:
    for reply in (
        filled.call("Contacts.Get", idProject=NEWSLETTER, Clause=clause),
        filled.call("Contacts.Delete", idProject=NEWSLETTER, Clause=clause, MaxRows=10),
    ):
        assert (reply["Success"], reply["ErrorCode"]) == (False, "InvalidRequest")
        assert "Clause" in reply["ErrorMessage"]
    assert len(list(filled.account.contact_records(NEWSLETTER))) == 3


def test_the_lenient_mode_gives_everything_without_a_clause(filled: Service) -> None:
    filled.account.set({"strict": False})
    assert len(filled.call("Contacts.Get", idProject=NEWSLETTER)["Records"]) == 3
    assert len(filled.call("Contacts.Get", idProject=NEWSLETTER, MaxRows=2)["Records"]) == 2
    loose = {"TypeOperator": "Equal", "Field": {"Name": "f_City"}, "ComparisonValue": "Lévis"}
    assert len(filled.call("Contacts.Get", idProject=NEWSLETTER, Clause=loose)["Records"]) == 1


def test_max_rows_limits_a_look_up(filled: Service) -> None:
    reply = filled.call("Contacts.Get", idProject=NEWSLETTER, Clause=equal("f_City", "laval"), MaxRows=1)
    assert [each["idContact"] for each in reply["Records"]] == [1]


def test_more_matches_than_max_rows_delete_nothing(filled: Service) -> None:
    clause = equal("f_EMail", "a@x.example")
    assert filled.call("Contacts.Delete", idProject=NEWSLETTER, Clause=clause, MaxRows=1)["Success"] is False
    assert len(filled.get("f_EMail", "a@x.example")) == 2
    reply = filled.call("Contacts.Delete", idProject=NEWSLETTER, Clause=clause, MaxRows=2)
    assert (reply["Success"], reply["DeletedRecords"]) == (True, 2)
    assert filled.get("f_EMail", "a@x.example") == []


def test_a_delete_must_say_how_many_at_most(filled: Service) -> None:
    reply = filled.call("Contacts.Delete", idProject=NEWSLETTER, Clause=equal("f_City", "Laval"))
    assert (reply["Success"], "MaxRows" in reply["ErrorMessage"]) == (False, True)


def test_a_deleted_contact_takes_its_opt_in_history_along(filled: Service) -> None:
    assert filled.account.history(NEWSLETTER, 1)
    filled.call("Contacts.Delete", idProject=NEWSLETTER, Clause=equal("f_SalesforceID", "003A"), MaxRows=1)
    assert filled.account.history(NEWSLETTER, 1) == []


def test_projects_are_apart(filled: Service) -> None:
    assert filled.get("f_EMail", "a@x.example", WEB_FORMS) == []
    record = {"ID": {"key_f_EMail": "a@x.example"}, "Data": {"f_FormName": "Concours"}}
    assert filled.merge(record, project=WEB_FORMS)["Records"][0]["IdRecord"] == 1
    assert filled.get("idContact", 1)[0]["f_SalesforceID"] == "003A"
