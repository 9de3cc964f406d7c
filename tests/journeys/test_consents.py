"""Opt-ins over HTTP: from Dialog Insight to Salesforce only, opt-outs always, opt-ins only if they are later."""

from __future__ import annotations

from typing import Any

import apsw
import pytest

from disf_desktop.storage.database import open_database
from disf_desktop.storage.ledger_schema import MIGRATIONS
from disf_desktop.storage.vault import ledger_key, open_vault
from tests.journeys.conftest import Begin
from tests.journeys.rehearsal import Rehearsal, integration, only, together


def into_a_flag_of_salesforce(project: dict[str, Any]) -> None:
    """Write the newsletter to Email Opt Out, where true says no."""
    integration(project, "Contacts")["optins"] = [
        {"optin": "Newsletter", "target": "HasOptedOutOfEmail", "inverted": True},
        {"optin": "Promotions", "target": "DI_Optin_Promotions__c", "subscribed": "Yes", "unsubscribed": "No"},
    ]


@pytest.fixture
def rehearsal(begin: Begin) -> Rehearsal:
    story = begin(together(only("Contacts"), into_a_flag_of_salesforce))
    story.sync()
    story.later()
    story.writes()
    return story


def number_of(story: Rehearsal, rid: str) -> int:
    number: int = story.contact_of(rid)["idContact"]
    return number


def test_an_opt_out_and_an_opt_in_reach_salesforce_with_one_write_each(rehearsal: Rehearsal) -> None:
    out, into = rehearsal.valid(2)
    rehearsal.in_dialog_insight(number_of(rehearsal, out), optin_Newsletter=0)
    rehearsal.in_dialog_insight(number_of(rehearsal, into), optin_Promotions=1)
    rehearsal.sync()
    people = rehearsal.people()
    assert people[out]["HasOptedOutOfEmail"] is True
    assert people[into]["DI_Optin_Promotions__c"] == "Yes"
    assert rehearsal.writes() == {"collections_update": 1, "update": 1}
    for _ in range(3):
        rehearsal.later()
        rehearsal.sync()
        assert rehearsal.writes() == {}


def test_no_consent_ever_goes_to_dialog_insight(rehearsal: Rehearsal) -> None:
    first, second = rehearsal.valid(2)
    rehearsal.in_salesforce(first, HasOptedOutOfEmail=True, DI_Optin_Promotions__c="Yes", Phone="514 555-0110")
    rehearsal.in_dialog_insight(number_of(rehearsal, second), optin_Newsletter=0, f_Phone="514 555-0111")
    rehearsal.sync()
    rehearsal.later()
    rehearsal.sync()
    names = {each["name"] for each in rehearsal.simulator.control("requests/keys")}
    assert "f_Phone" in names
    assert not [name for name in names if "optin" in name.lower() or "consent" in name.lower()]
    assert rehearsal.contact_of(first)["optin_Promotions"] is None


def test_a_person_who_opted_out_in_salesforce_is_not_brought_back_by_an_older_yes(rehearsal: Rehearsal) -> None:
    rid = rehearsal.valid(1)[0]
    number = number_of(rehearsal, rid)
    rehearsal.in_salesforce(rid, HasOptedOutOfEmail=True)
    rehearsal.later()
    rehearsal.in_dialog_insight(number, optin_Newsletter=1, at="2025.03.01 10:00:00")
    rehearsal.sync()
    rehearsal.later()
    rehearsal.sync()
    assert rehearsal.people()[rid]["HasOptedOutOfEmail"] is True
    assert rehearsal.workspace.status().outstanding.consent_review == 1
    assert rehearsal.writes() == {}


def test_a_yes_in_the_repeated_hour_of_november_does_not_undo_a_no(rehearsal: Rehearsal) -> None:
    rid = rehearsal.valid(1)[0]
    number = number_of(rehearsal, rid)
    rehearsal.in_dialog_insight(number, optin_Newsletter=0, at="2026.11.01 01:20:00")
    rehearsal.sync()
    assert rehearsal.people()[rid]["HasOptedOutOfEmail"] is True
    rehearsal.later()
    rehearsal.in_dialog_insight(number, optin_Newsletter=1, at="2026.11.01 01:40:00")
    rehearsal.sync()
    rehearsal.later()
    rehearsal.sync()
    assert rehearsal.people()[rid]["HasOptedOutOfEmail"] is True


def test_who_comes_back_later_of_his_own_will_is_opted_in_again(rehearsal: Rehearsal) -> None:
    rid = rehearsal.valid(1)[0]
    number = number_of(rehearsal, rid)
    rehearsal.in_dialog_insight(number, optin_Newsletter=0)
    rehearsal.sync()
    assert rehearsal.people()[rid]["HasOptedOutOfEmail"] is True
    rehearsal.later(86_400)
    rehearsal.in_dialog_insight(number, optin_Newsletter=1)
    rehearsal.later()
    rehearsal.sync()
    assert rehearsal.people()[rid]["HasOptedOutOfEmail"] is False


def test_an_opt_out_of_salesforce_that_dialog_insight_does_not_have_is_listed(
    rehearsal: Rehearsal,
) -> None:
    rid = rehearsal.valid(1)[0]
    rehearsal.in_salesforce(rid, HasOptedOutOfEmail=True)
    rehearsal.later()
    rehearsal.sync()
    listed = [each for each in rehearsal.workspace.all_consents() if each.salesforce_id == rid]
    assert [(each.kind, each.dialog_insight) for each in listed] == [("drift", None)]
    assert rehearsal.contact_of(rid)["optin_Newsletter"] is None


def test_a_tampered_byte_of_the_trail_is_named(rehearsal: Rehearsal) -> None:
    for rid in rehearsal.valid(3):
        rehearsal.in_dialog_insight(number_of(rehearsal, rid), optin_Newsletter=0)
    rehearsal.sync()
    assert rehearsal.workspace.verify_trail() is None
    workspace = rehearsal.workspace
    key = ledger_key(open_vault(workspace.places.secrets, workspace.project.id), workspace.project.id, make=False)
    connection = open_database(workspace.ledger_path, key, MIGRATIONS)
    with pytest.raises(apsw.ConstraintError):
        connection.execute("UPDATE consent_event SET after = 'in' WHERE seq = 3")
    for trigger in [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")]:
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("UPDATE consent_event SET after = 'in' WHERE seq = 3")
    connection.close()
    tampered = workspace.verify_trail()
    assert tampered is not None
    assert tampered.seq == 3
