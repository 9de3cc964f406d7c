"""Deletes, undeletes, merges and conversions in Salesforce, over HTTP."""

from __future__ import annotations

from typing import Any

from disf_desktop.core.events import GuardTripped
from tests.journeys.conftest import Begin
from tests.journeys.rehearsal import integration, only, together


def without_flag(project: dict[str, Any]) -> None:
    integration(project, "Contacts").pop("deletes")


def test_a_delete_is_flagged_and_an_undelete_takes_the_flag_back(begin: Begin) -> None:
    story = begin(only("Contacts"))
    story.sync()
    story.later()
    rid = story.valid(1)[0]
    number = story.contact_of(rid)["idContact"]
    story.delete_in_salesforce(rid)
    story.later()
    total = story.sync()
    assert story.contacts()[number]["f_DeletedInSalesforce"]
    assert story.contacts()[number]["active"] is True
    assert total.set_aside == 0
    story.writes()
    story.later()
    story.sync()
    assert story.writes() == {}
    story.undelete_in_salesforce(rid)
    story.later()
    story.sync()
    assert story.contacts()[number]["f_DeletedInSalesforce"] is None
    assert len([row for row in story.contacts().values() if row["f_SalesforceID"] == rid]) == 1


def test_a_delete_without_a_flag_is_reported_and_touches_nothing(begin: Begin) -> None:
    story = begin(together(only("Contacts"), without_flag))
    story.sync()
    story.later()
    rid = story.valid(1)[0]
    story.delete_in_salesforce(rid)
    story.later()
    story.writes()
    assert story.sync().set_aside == 1
    [waiting] = [each for each in story.workspace.set_aside() if each.rid == rid]
    assert waiting.code == "deleted_in_salesforce"
    assert story.writes() == {}
    assert story.contact_of(rid)


def test_deletes_of_many_stop_for_a_person(begin: Begin) -> None:
    story = begin(only("Contacts"))
    story.sync()
    story.later()
    for rid in story.valid(30):
        story.delete_in_salesforce(rid)
    story.later()
    story.writes()
    total = story.sync()
    assert total.status.value == "needs_you"
    assert story.writes() == {}
    [guard] = [event for event in story.told if isinstance(event, GuardTripped)]
    story.sync(approve=guard.plan_hash)
    assert len([row for row in story.contacts().values() if row["f_DeletedInSalesforce"]]) == 30


def test_of_merged_people_the_loser_is_flagged_and_its_opt_out_counts_for_the_survivor(begin: Begin) -> None:
    story = begin(only("Contacts"))
    story.sync()
    story.later()
    master, loser, last = story.valid(3)
    number = story.contact_of(loser)["idContact"]
    story.in_dialog_insight(number, optin_Newsletter=0)
    story.in_dialog_insight(story.contact_of(last)["idContact"], optin_Newsletter=1)
    story.sync()
    assert story.people()[last]["DI_Optin_Newsletter__c"] is True
    story.simulator.control("salesforce/merge", {"object": "Contact", "master": last, "loser": loser})
    story.later()
    story.sync()
    story.later()
    story.sync()
    assert story.contacts()[number]["f_DeletedInSalesforce"]
    assert story.people()[last]["DI_Optin_Newsletter__c"] is False, "an opt-out of the loser counts"
    assert master in story.people()


def test_a_converted_lead_hands_its_contact_over(begin: Begin) -> None:
    story = begin(only("Contacts", "Leads"))
    story.sync()
    story.later()
    rid = story.valid(1, "Lead")[0]
    number = story.contact_of(rid)["idContact"]
    count = len(story.contacts())
    contact = story.simulator.control("salesforce/convert-lead", {"lead": rid})["contact"]
    story.later()
    story.sync()
    assert len(story.contacts()) == count, "nobody is there twice"
    assert story.contacts()[number]["f_SalesforceID"] == contact
    story.writes()
    story.later()
    story.sync()
    assert story.writes() == {}
    story.in_salesforce(contact, FirstName="Renée")
    story.sync()
    assert story.contacts()[number]["f_FirstName"] == "Renée"
