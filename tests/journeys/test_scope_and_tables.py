"""Filters, custom tables, and the ways of finding changes in Dialog Insight, over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.events import Notice
from tests.journeys.conftest import Begin
from tests.journeys.rehearsal import Change, Rehearsal, integration, only, together


def of_quebec(project: dict[str, Any]) -> None:
    integration(project, "Contacts")["filter"] = "MailingState = 'QC'"


def test_who_leaves_the_filter_is_out_of_scope_and_not_deleted(begin: Begin) -> None:
    story = begin(together(only("Contacts"), of_quebec))
    story.sync()
    people = story.people()
    inside = {row["f_SalesforceID"] for row in story.contacts().values()}
    assert inside
    assert {people[rid]["MailingState"] for rid in inside} == {"QC"}
    story.later()
    rid = sorted(inside)[0]
    former = story.contact_of(rid)
    story.in_salesforce(rid, MailingState="ON", FirstName="Elsewhere")
    story.later()
    story.writes()
    story.sync()
    assert story.writes() == {}
    assert story.contact_of(rid) == former
    assert story.workspace.out_of_scope()["Contacts"] > 0
    story.in_salesforce(rid, MailingState="QC", FirstName="Back")
    story.later()
    story.sync()
    assert story.contact_of(rid)["f_FirstName"] == "Back"


def test_orders_are_tied_to_their_contact_and_follow_their_changes(begin: Begin) -> None:
    story = begin(only("Contacts", "Orders"))
    story.sync()
    story.later()
    orders = {row["Name"]: row for row in story.people("Order__c").values()}
    contacts = {row["f_SalesforceID"]: number for number, row in story.contacts().items()}
    rows = story.orders()
    assert len(rows) == len(orders)
    for row in rows:
        order = orders[row["OrderNumber"]]
        assert row["idContact"] == contacts[order["Contact__c"]]
        assert row["Status"] == order["Status__c"]
        assert float(row["Amount"]) == pytest.approx(order["Amount__c"])
        assert row["Quantity"] == int(order["Quantity__c"])
    order = next(iter(orders.values()))
    other = next(each["Status__c"] for each in orders.values() if each["Status__c"] != order["Status__c"])
    story.in_salesforce(order["Id"], "Order__c", Status__c=other)
    story.writes()
    story.sync()
    assert story.writes() == {"RelationalTables.Merge": 1}
    assert next(row for row in story.orders() if row["OrderNumber"] == order["Name"])["Status"] == other


def no_lookups(project: dict[str, Any]) -> None:
    for destination in project["projects"]:
        destination["finding"] = {"lookups_per_run": 0}


def watching(folder: Path) -> Change:
    def change(project: dict[str, Any]) -> None:
        for destination in project["projects"]:
            destination["finding"] = {"lookups_per_run": 0, "export_folder": str(folder)}

    return change


def test_changes_are_found_by_date_where_the_account_understands_it(begin: Begin) -> None:
    story = begin(together(only("Contacts"), no_lookups))
    story.simulator.control("dialog-insight/account", {"kind": "dates", "most_rows": 1000})
    story.sync()
    story.later()
    rid = story.valid(1)[0]
    story.in_dialog_insight(story.contact_of(rid)["idContact"], f_Phone="418 555-0120", optin_Newsletter=1)
    story.later()
    story.sync()
    assert story.people()[rid]["Phone"] == "418 555-0120"
    assert story.people()[rid]["DI_Optin_Newsletter__c"] is True


def test_changes_are_found_in_an_export_and_an_old_one_changes_nothing(begin: Begin, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    story = begin(together(only("Contacts"), watching(folder)))
    folder.mkdir()
    story.simulator.control("dialog-insight/account", {"kind": "export"})
    story.sync()
    story.later()

    def export(**more: Any) -> None:
        story.simulator.control("dialog-insight/export", {"project": story.newsletter, "folder": str(folder), **more})

    rid = story.valid(1)[0]
    former = story.people()[rid]["Phone"]
    story.in_dialog_insight(story.contact_of(rid)["idContact"], f_Phone="418 555-0121")
    export()
    story.later()
    story.sync()
    assert story.people()[rid]["Phone"] == "418 555-0121"
    story.in_salesforce(rid, Phone="418 555-0122")
    story.later()
    story.sync()
    assert story.contact_of(rid)["f_Phone"] == "418 555-0122"
    export(faults=["stale"])
    story.later()
    story.writes()
    story.sync()
    assert story.writes() == {}, "a photograph of before our own write says nothing of it"
    export(faults=["halved"])
    story.later()
    story.sync()
    assert story.writes() == {}
    assert [event for event in story.told if isinstance(event, Notice)]
    assert former != "418 555-0122"


def test_changes_are_found_by_key_in_rotation_within_the_budget(begin: Begin) -> None:
    def few(project: dict[str, Any]) -> None:
        for destination in project["projects"]:
            destination["finding"] = {"lookups_per_run": 50}

    story: Rehearsal = begin(together(only("Contacts"), few))
    story.simulator.control("dialog-insight/account", {"kind": "no_empty"})
    story.sync()
    rid = story.valid(200)[-1]
    story.in_dialog_insight(story.contact_of(rid)["idContact"], f_Phone="418 555-0123")
    for _ in range(3):
        story.later()
        story.simulator.control("requests", method="DELETE")
        story.sync()
        looked = {each["call"]: each["count"] for each in story.simulator.control("requests")}
        assert looked["Contacts.Get"] <= 51
    assert story.people()[rid]["Phone"] == "418 555-0123"


def test_who_is_gone_from_dialog_insight_is_not_made_again(begin: Begin) -> None:
    story = begin(only("Contacts"))
    story.sync()
    story.later()
    rid = story.valid(1)[0]
    number = story.contact_of(rid)["idContact"]
    path = f"dialog-insight/projects/{story.newsletter}/contacts"
    story.simulator.control(path, {"idContact": number, "delete": True})
    for _ in range(2):
        story.sync()
        story.later()
    story.in_salesforce(rid, FirstName="Again")
    story.sync()
    story.later()
    story.sync()
    assert rid not in {row["f_SalesforceID"] for row in story.contacts().values()}
    assert rid in story.people(), "and nothing was deleted in Salesforce"
