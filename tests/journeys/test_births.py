"""Type B: people who sign up in Dialog Insight are born in Salesforce, and go on to the type A project."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.conftest import Begin
from tests.journeys.rehearsal import Rehearsal, integration, only, together


def as_leads(project: dict[str, Any]) -> None:
    births = integration(project, "Web sign-ups")
    births["object"] = "Lead"
    renamed = {"MailingCity": "City", "MailingPostalCode": "PostalCode"}
    pairs = [each for each in births["mapping"]["pairs"] if each["source"] != "Birthdate"]
    for each in pairs:
        each["source"] = renamed.get(each["source"], each["source"])
    pairs.append({"source": "Company", "target": "FormName"})
    births["mapping"]["pairs"] = pairs


@pytest.fixture
def rehearsal(begin: Begin) -> Rehearsal:
    return begin(only("Web sign-ups", "Contacts"))


def settle(rehearsal: Rehearsal) -> None:
    """Run until opt-ins of newborns are written.

    Salesforce's last save must be two seconds old (C7), and the newsletter, which feeds the same field, read (C1).
    """
    for _ in range(2):
        rehearsal.later()
        rehearsal.sync()


def test_everybody_who_signed_up_is_born_in_salesforce_once_and_goes_on_to_the_newsletter(rehearsal: Rehearsal) -> None:
    before = set(rehearsal.people())
    rehearsal.sync()
    signed_up = rehearsal.contacts(rehearsal.web_forms)
    born = {rid: row for rid, row in rehearsal.people().items() if rid not in before}
    assert signed_up
    for number, row in signed_up.items():
        rid = row["f_SalesforceID"]
        if rid is None:
            continue
        record = rehearsal.people()[rid]
        assert (record["Email"] or "").lower() == row["f_EMail"].lower()
        if rid in born:
            assert record["DI_Contact_Id__c"] == f"{rehearsal.web_forms}:{number}"
            assert record["LastName"] == row["f_LastName"]
            there = rehearsal.contact_of(rid)
            assert (there["f_EMail"], there["f_LastName"]) == (row["f_EMail"], row["f_LastName"])
            assert there["optin_Newsletter"] is None, "a consent never travels to Dialog Insight"
    assert born
    assert len({row["DI_Contact_Id__c"] for row in born.values()}) == len(born)
    settle(rehearsal)
    for row in signed_up.values():
        if row["f_SalesforceID"] in born:
            wanted = row["optin_Newsletter"] == 1
            assert rehearsal.people()[row["f_SalesforceID"]]["DI_Optin_Newsletter__c"] is wanted
    rehearsal.writes()
    for _ in range(3):
        rehearsal.later()
        rehearsal.sync()
        assert rehearsal.writes() == {}, "an echo"


def test_a_new_sign_up_takes_one_write_at_each_station(rehearsal: Rehearsal) -> None:
    rehearsal.sync()
    rehearsal.later()
    rehearsal.sync()
    rehearsal.writes()
    number = rehearsal.in_dialog_insight(
        project=rehearsal.web_forms, f_EMail="zoe.new@example.org", f_FirstName="Zoé", f_LastName="Lachance",
        optin_Newsletter=1,
    )  # fmt: skip
    rehearsal.sync()
    row = rehearsal.contacts(rehearsal.web_forms)[number]
    record = rehearsal.people()[row["f_SalesforceID"]]
    assert (record["FirstName"], record["LastName"], record["Email"]) == ("Zoé", "Lachance", "zoe.new@example.org")
    assert rehearsal.contact_of(record["Id"])["f_LastName"] == "Lachance"
    writes = rehearsal.writes()
    assert writes["collections_create"] == 1
    assert writes["Contacts.Merge"] == 2  # the marker in the web forms, the new person in the newsletter
    settle(rehearsal)
    assert rehearsal.people()[record["Id"]]["DI_Optin_Newsletter__c"] is True
    assert rehearsal.writes() == {"update": 1}


def test_a_person_whom_salesforce_knows_by_e_mail_is_tied_and_not_doubled(rehearsal: Rehearsal) -> None:
    rehearsal.sync()
    rid = rehearsal.in_salesforce(FirstName="Ann", LastName="Roy", Email="ann.roy@example.org", MobilePhone="514 1")
    number = rehearsal.in_dialog_insight(
        project=rehearsal.web_forms, f_EMail="Ann.Roy@example.org", f_LastName="Roy", f_FirstName="Anne",
        f_City="Laval",
    )  # fmt: skip
    count = len(rehearsal.people())
    rehearsal.later()
    rehearsal.sync()
    rehearsal.later()
    rehearsal.sync()
    assert len(rehearsal.people()) == count
    assert rehearsal.contacts(rehearsal.web_forms)[number]["f_SalesforceID"] == rid
    record = rehearsal.people()[rid]
    assert record["FirstName"] == "Ann", "nothing full is overwritten unasked"
    assert record["MailingCity"] == "Laval"
    [question] = rehearsal.workspace.conflicts()
    assert (question.field, question.salesforce, question.dialog_insight) == ("FirstName", "Ann", "Anne")


def test_an_edit_of_a_sign_up_follows_it_to_salesforce(rehearsal: Rehearsal) -> None:
    rehearsal.sync()
    number, row = next((n, r) for n, r in rehearsal.contacts(rehearsal.web_forms).items() if r["f_SalesforceID"])
    rehearsal.in_dialog_insight(number, project=rehearsal.web_forms, f_City="Rimouski")
    rehearsal.later()
    rehearsal.sync()
    assert rehearsal.people()[row["f_SalesforceID"]]["MailingCity"] == "Rimouski"


def test_people_may_be_born_as_leads(begin: Begin) -> None:
    story = begin(together(only("Web sign-ups"), as_leads))
    story.sync()
    leads = story.people("Lead")
    signed_up = story.contacts(story.web_forms)
    tied = {n: row for n, row in signed_up.items() if row["f_SalesforceID"]}
    assert tied
    assert all(row["f_SalesforceID"] in leads for row in tied.values())
