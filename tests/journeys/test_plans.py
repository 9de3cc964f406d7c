"""Preview, apply that very plan, and take it back, over HTTP."""

from __future__ import annotations

from pathlib import Path

from disf_desktop.core.events import OperationPlanned
from disf_desktop.core.schema import Side
from tests.journeys.conftest import Begin
from tests.journeys.rehearsal import Rehearsal, only


def edited(story: Rehearsal) -> list[str]:
    """Have people edit twenty contacts in Salesforce and twenty others in Dialog Insight."""
    chosen = story.valid(40)
    for n, rid in enumerate(chosen[:20]):
        story.in_salesforce(rid, Phone=f"514 555-{n:04}")
    for n, rid in enumerate(chosen[20:]):
        story.in_dialog_insight(story.contact_of(rid)["idContact"], f_Phone=f"819 555-{n:04}")
    return chosen


def loaded(begin: Begin) -> Rehearsal:
    story = begin(only("Contacts"))
    story.sync()
    story.later()
    return story


def test_a_plan_gives_exactly_the_planned_state(begin: Begin, tmp_path: Path) -> None:
    story = loaded(begin)
    chosen = edited(story)
    plan = tmp_path / "plan.jsonl"
    list(story.workspace.preview(save=plan))
    assert plan.stat().st_mode & 0o077 == 0
    story.writes()
    total = story.sync(plan=plan)
    people = story.people()
    for n, rid in enumerate(chosen[:20]):
        assert story.contact_of(rid)["f_Phone"] == people[rid]["Phone"] == f"514 555-{n:04}"
    for n, rid in enumerate(chosen[20:]):
        assert story.contact_of(rid)["f_Phone"] == people[rid]["Phone"] == f"819 555-{n:04}"
    assert story.writes() == {"Contacts.Merge": 20, "collections_update": 20}
    assert story.operations() == []
    assert total.conflicts == 0


def test_ten_records_changed_in_between_are_listed_and_not_overwritten(begin: Begin, tmp_path: Path) -> None:
    story = loaded(begin)
    chosen = edited(story)
    plan = tmp_path / "plan.jsonl"
    list(story.workspace.preview(save=plan))
    for rid in chosen[:5]:
        story.in_salesforce(rid, Phone="450 555-9999")
    for rid in chosen[20:25]:
        story.in_dialog_insight(story.contact_of(rid)["idContact"], f_Phone="450 555-8888")
    before = {rid: (story.people()[rid]["Phone"], story.contact_of(rid)["f_Phone"]) for rid in chosen}
    story.writes()
    story.sync(plan=plan)
    moved = {event.key for event in story.operations()}
    changed = {*chosen[:5], *chosen[20:25]}
    assert moved == changed
    after = {rid: (story.people()[rid]["Phone"], story.contact_of(rid)["f_Phone"]) for rid in chosen}
    assert {rid for rid in chosen if before[rid] == after[rid]} == changed
    assert story.writes() == {"Contacts.Merge": 15, "collections_update": 15}


def test_undo_brings_back_all_but_fields_edited_since(begin: Begin) -> None:
    story = loaded(begin)
    chosen = story.valid(6)
    before = {rid: (story.people()[rid]["Phone"], story.contact_of(rid)["f_Phone"]) for rid in chosen}
    for n, rid in enumerate(chosen[:3]):
        story.in_salesforce(rid, Phone=f"514 555-{n:04}")
    for n, rid in enumerate(chosen[3:]):
        story.in_dialog_insight(story.contact_of(rid)["idContact"], f_Phone=f"819 555-{n:04}")
    story.sync()
    run = story.run
    since_there, since_here = chosen[0], chosen[3]
    story.in_dialog_insight(story.contact_of(since_there)["idContact"], f_Phone="450 555-0001")
    story.in_salesforce(since_here, Phone="450 555-0002")
    story.later()
    story.writes()
    told = list(story.workspace.undo(run))
    left = {event.key for event in told if isinstance(event, OperationPlanned)}
    assert left == {since_there, since_here}
    for rid in chosen[1:3]:
        assert story.contact_of(rid)["f_Phone"] == before[rid][1]
    for rid in chosen[4:]:
        assert story.people()[rid]["Phone"] == before[rid][0]
    assert story.contact_of(since_there)["f_Phone"] == "450 555-0001"
    assert story.people()[since_here]["Phone"] == "450 555-0002"
    assert story.writes() == {"Contacts.Merge": 2, "collections_update": 2}


def test_what_was_taken_back_stays_so_until_somebody_edits_again(begin: Begin) -> None:
    story = loaded(begin)
    rid = story.valid(1)[0]
    former = story.contact_of(rid)["f_Phone"]
    story.in_salesforce(rid, Phone="514 555-7777")
    story.sync()
    list(story.workspace.undo(story.run))
    assert story.contact_of(rid)["f_Phone"] == former
    story.writes()
    for _ in range(2):
        story.later()
        story.sync()
        assert story.writes() == {}
    story.in_salesforce(rid, Phone="514 555-6666")
    story.sync()
    assert story.contact_of(rid)["f_Phone"] == "514 555-6666"


def test_a_value_that_lost_is_brought_back_on_both_sides(begin: Begin) -> None:
    story = loaded(begin)
    rid = story.valid(1)[0]
    story.in_salesforce(rid, Phone="514 555-1111")
    story.in_dialog_insight(story.contact_of(rid)["idContact"], f_Phone="819 555-2222")
    story.sync()
    [conflict] = story.workspace.conflicts(resolved_too=True)

    story.workspace.choose({conflict.id: Side.DIALOG_INSIGHT})
    story.later()
    story.sync()
    assert story.people()[rid]["Phone"] == story.contact_of(rid)["f_Phone"] == "819 555-2222"
    story.writes()
    story.later()
    story.sync()
    assert story.writes() == {}


def test_the_plan_of_the_whole_rehearsal_brings_every_order_whose_person_is_good(begin: Begin, tmp_path: Path) -> None:
    story = begin()
    bought = next(iter(story.people("Order__c").values()))["Contact__c"]
    story.in_salesforce(bought, Email=None)
    plan = tmp_path / "plan.jsonl"
    told = list(story.workspace.preview(save=plan))
    shown = {event.key: event for event in told if isinstance(event, OperationPlanned)}
    story.sync(plan=plan)
    assert story.operations() == []
    there = {row["OrderNumber"]: row["idContact"] for row in story.orders()}
    assert len(there) > 50
    for rid, order in story.people("Order__c").items():
        person = order["Contact__c"]
        if person == bought:
            assert shown[rid].kind == "set_aside"
            assert order["Name"] not in there
        else:
            assert shown[rid].fields["idContact"].after == person
            assert there[order["Name"]] == story.contact_of(person)["idContact"]
    story.writes()
    story.later()
    story.sync()
    assert story.writes() == {}
