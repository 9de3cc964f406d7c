"""Type A both ways, over HTTP: what a person edits on one side is on the other after a run, once."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Begin
from tests.journeys.rehearsal import Rehearsal, integration, only, pair, together


@pytest.fixture
def rehearsal(begin: Begin) -> Rehearsal:
    """Contacts both ways, everybody loaded, nothing left to write."""
    story = begin(only("Contacts"))
    story.sync()
    story.later()
    story.writes()
    return story


def test_one_edit_on_either_side_is_one_write_on_the_other(rehearsal: Rehearsal) -> None:
    first, second = rehearsal.valid(2)
    rehearsal.in_salesforce(first, Phone="514 555-0101")
    rehearsal.in_dialog_insight(rehearsal.contact_of(second)["idContact"], f_Phone="418 555-0102")
    total = rehearsal.sync()
    assert rehearsal.contact_of(first)["f_Phone"] == "514 555-0101"
    assert rehearsal.people()[second]["Phone"] == "418 555-0102"
    assert rehearsal.writes() == {"Contacts.Merge": 1, "collections_update": 1}
    assert total.conflicts == 0


def test_three_idle_runs_write_nothing(rehearsal: Rehearsal) -> None:
    rid = rehearsal.valid(1)[0]
    rehearsal.in_dialog_insight(rehearsal.contact_of(rid)["idContact"], f_Mobile="819 555-0103")
    rehearsal.sync()
    rehearsal.writes()
    for _ in range(3):
        rehearsal.later()
        rehearsal.sync()
        assert rehearsal.writes() == {}


def test_different_fields_edited_on_both_sides_at_once_both_survive(rehearsal: Rehearsal) -> None:
    rid = rehearsal.valid(1)[0]
    rehearsal.in_salesforce(rid, Phone="514 555-0104", FirstName="Zoé")
    rehearsal.in_dialog_insight(rehearsal.contact_of(rid)["idContact"], f_Mobile="438 555-0105")
    total = rehearsal.sync()
    here, there = rehearsal.people()[rid], rehearsal.contact_of(rid)
    assert (here["Phone"], here["MobilePhone"], here["FirstName"]) == ("514 555-0104", "438 555-0105", "Zoé")
    assert (there["f_Phone"], there["f_Mobile"], there["f_FirstName"]) == ("514 555-0104", "438 555-0105", "Zoé")
    assert total.conflicts == 0


@pytest.mark.parametrize(
    ("policy", "stands"), [("salesforce_wins", "salesforce"), ("dialog_insight_wins", "dialog_insight"), ("ask", None)]
)
def test_the_same_field_follows_its_policy_and_both_values_are_kept(
    begin: Begin, policy: str, stands: str | None
) -> None:
    def with_policy(project: dict[str, object]) -> None:
        pair(integration(project, "Contacts"), "Phone")["conflict"] = policy

    story = begin(together(only("Contacts"), with_policy))
    story.sync()
    story.later()
    rid = story.valid(1)[0]
    number = story.contact_of(rid)["idContact"]
    story.in_salesforce(rid, Phone="514 555-0106")
    story.in_dialog_insight(number, f_Phone="819 555-0107")
    assert story.sync().conflicts == 1
    [conflict] = story.workspace.conflicts(resolved_too=True)
    assert (conflict.salesforce, conflict.dialog_insight) == ("514 555-0106", "819 555-0107")
    here, there = story.people()[rid]["Phone"], story.contact_of(rid)["f_Phone"]
    if stands is None:
        assert (here, there) == ("514 555-0106", "819 555-0107")
        assert story.workspace.status().outstanding.conflicts == 1
    else:
        assert here == there == {"salesforce": "514 555-0106", "dialog_insight": "819 555-0107"}[stands]
        assert story.workspace.status().outstanding.conflicts == 0
    story.writes()
    story.later()
    story.sync()
    assert story.writes() == {}


@pytest.mark.parametrize("stands", ["salesforce", "dialog_insight"])
def test_the_newest_of_two_edits_stands_where_it_can_be_told(begin: Begin, stands: str) -> None:
    def by_time(project: dict[str, object]) -> None:
        pair(integration(project, "Contacts"), "Phone")["conflict"] = "newest"

    story = begin(together(only("Contacts"), by_time))
    story.sync()
    story.later()
    rid = story.valid(1)[0]
    number = story.contact_of(rid)["idContact"]
    if stands == "dialog_insight":
        story.in_salesforce(rid, Phone="514 555-0131")
        story.later()
        # A look at Dialog Insight that still shows the former value, before Salesforce's change is carried over.
        list(story.workspace.preview())
        story.in_dialog_insight(number, f_Phone="819 555-0132")
    else:
        story.in_dialog_insight(number, f_Phone="819 555-0132")
        story.later()
        story.in_salesforce(rid, Phone="514 555-0131")
    story.later()
    assert story.sync().conflicts == 1
    wanted = {"salesforce": "514 555-0131", "dialog_insight": "819 555-0132"}[stands]
    assert story.people()[rid]["Phone"] == story.contact_of(rid)["f_Phone"] == wanted


def test_a_value_that_dialog_insight_refuses_is_told_once_though_somebody_edits_there_too(rehearsal: Rehearsal) -> None:
    rid = rehearsal.valid(1)[0]
    rehearsal.in_salesforce(rid, Title="x" * 120)
    rehearsal.in_dialog_insight(rehearsal.contact_of(rid)["idContact"], f_Phone="418 555-0108")
    assert rehearsal.sync().set_aside == 1
    assert rehearsal.people()[rid]["Phone"] == "418 555-0108", "what can travel does"
    rehearsal.later()
    assert rehearsal.sync().set_aside == 0
    rehearsal.in_salesforce(rid, Title="Baker")
    rehearsal.later()
    rehearsal.sync()
    assert rehearsal.contact_of(rid)["f_JobTitle"] == "Baker"
    assert rehearsal.workspace.set_aside() == tuple(each for each in rehearsal.workspace.set_aside() if each.rid != rid)
