"""A trigger that is ticked later: what piled up is applied by the next run, or passed over for good (4.14)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from disf_desktop.core.errors import SettingsError
from disf_desktop.core.events import OperationPlanned, RunStatus
from disf_desktop.core.plan_file import PlanFor
from disf_desktop.core.project import Deletes, FieldPair, Trigger
from disf_desktop.core.records import Capabilities
from disf_desktop.core.schema import Side
from disf_desktop.engine.job import Job
from disf_desktop.storage.plan_file import PlannedOperations, PlanWriter
from tests.engine.world import BOTH_PAIRS, BOTH_WAYS, FROM_SALESFORCE, PAIRS, Told, World

CREATED, UPDATED = Trigger.SALESFORCE_CREATED, Trigger.SALESFORCE_UPDATED
BACK, DELETED = Trigger.DIALOG_INSIGHT_UPDATED, Trigger.SALESFORCE_DELETED


def loaded(world: World, job: Job, number: int = 4) -> list[str]:
    """Bring people to both sides, ten minutes ago."""
    world.contacts.accepts = Capabilities(changed_since=True)
    rids = [world.contact(LastName=f"N{n}", Title="Baker") for n in range(number)]
    assert world.run(job).error is None
    world.clock.advance(600)
    return rids


def marks(world: World) -> tuple[int, int]:
    return len(world.org.sent), len(world.contacts.sent)


def passed_over(told: Told) -> list[tuple[str, str, dict[str, object]]]:
    return [
        (event.kind, event.key, {name: change.after for name, change in event.fields.items()})
        for event in told.events
        if isinstance(event, OperationPlanned) and event.not_applied == "passed_over"
    ]


def quiet(world: World, *jobs: Job) -> bool:
    """Say whether three runs write nothing."""
    before = marks(world)
    for _ in range(3):
        world.clock.advance(600)
        assert world.run(*jobs).error is None
    return marks(world) == before


def test_what_salesforce_changed_before_the_trigger_was_ticked_is_told_and_left(world: World) -> None:
    unticked, ticked = world.job(triggers=(CREATED,)), world.job(triggers=(CREATED, UPDATED))
    rids = loaded(world, unticked)
    world.org.update("Contact", rids[1], LastName="Roy")
    world.run(unticked)
    before = marks(world)
    told = world.from_now(ticked, UPDATED)
    assert told.status is RunStatus.SUCCESS
    assert passed_over(told) == [("update", rids[1], {"LastName": "Roy"})]
    assert marks(world) == before
    assert quiet(world, ticked)
    assert world.in_contacts(rids[1])["LastName"] == "N1"


def test_what_comes_after_travels_also_of_a_field_that_was_passed_over(world: World) -> None:
    unticked, ticked = world.job(triggers=(CREATED,)), world.job(triggers=(CREATED, UPDATED))
    rids = loaded(world, unticked)
    world.org.update("Contact", rids[1], LastName="Roy", Title="Cook")
    world.run(unticked)
    world.from_now(ticked, UPDATED)
    world.clock.advance(600)
    world.org.update("Contact", rids[1], LastName="Gagnon")
    assert world.run(ticked).total.sides[Side.DIALOG_INSIGHT].updated == 1
    contact = world.in_contacts(rids[1])
    assert (contact["LastName"], contact.get("Title")) == ("Gagnon", "Baker")
    assert quiet(world, ticked)


def test_a_change_that_no_run_has_seen_yet_is_passed_over_too(world: World) -> None:
    unticked, ticked = world.job(triggers=(CREATED,)), world.job(triggers=(CREATED, UPDATED))
    rids = loaded(world, unticked)
    world.org.update("Contact", rids[0], LastName="Roy")
    assert len(passed_over(world.from_now(ticked, UPDATED))) == 1
    assert quiet(world, ticked)


def test_a_mapping_that_changes_later_brings_nothing_back(world: World) -> None:
    unticked, ticked = world.job(triggers=(CREATED,)), world.job(triggers=(CREATED, UPDATED))
    rids = loaded(world, unticked)
    world.org.update("Contact", rids[1], LastName="Roy")
    world.from_now(ticked, UPDATED)
    wider = world.job((*PAIRS, FieldPair(source="City__c", target="City")), triggers=(CREATED, UPDATED))
    assert quiet(world, wider)
    assert world.in_contacts(rids[1])["LastName"] == "N1"


def test_what_dialog_insight_changed_before_the_trigger_was_ticked_is_told_and_left(world: World) -> None:
    unticked, ticked = world.two_way_job(triggers=FROM_SALESFORCE), world.two_way_job(triggers=BOTH_WAYS)
    rids = loaded(world, unticked)
    numbers = [world.contacts.id_of(SalesforceID=rid) for rid in rids]
    world.contacts.edit(numbers[2], LastName="Roy")
    world.clock.advance(60)
    world.run(unticked)
    before = marks(world)
    told = world.from_now(ticked, BACK)
    assert passed_over(told) == [("update", rids[2], {"LastName": "Roy"})]
    assert marks(world) == before
    assert quiet(world, ticked)
    assert (world.org.row("Contact", rids[2])["LastName"], world.contacts.rows[numbers[2]]["LastName"]) == ("N2", "Roy")
    world.contacts.edit(numbers[2], LastName="Gagnon")
    world.clock.advance(600)
    world.run(ticked)
    assert world.org.row("Contact", rids[2])["LastName"] == "Gagnon"
    assert quiet(world, ticked)


def test_only_the_trigger_that_is_named_starts_from_now(world: World) -> None:
    """What Salesforce has just changed still travels, also of a record whose other field is passed over."""
    unticked, ticked = world.two_way_job(triggers=FROM_SALESFORCE), world.two_way_job(triggers=BOTH_WAYS)
    rids = loaded(world, unticked)
    number = world.contacts.id_of(SalesforceID=rids[0])
    world.contacts.edit(number, LastName="Roy")
    world.org.update("Contact", rids[0], Phone="819")
    world.org.update("Contact", rids[1], LastName="Gagnon")
    world.clock.advance(60)
    told = world.from_now(ticked, BACK)
    assert passed_over(told) == [("update", rids[0], {"LastName": "Roy"})]
    world.clock.advance(60)
    assert world.run(ticked).total.sides[Side.DIALOG_INSIGHT].updated == 2
    assert world.contacts.rows[number]["Phone"] == "819"
    assert world.in_contacts(rids[1])["LastName"] == "Gagnon"
    assert world.org.row("Contact", rids[0])["LastName"] == "N0"
    assert quiet(world, ticked)


def test_two_edits_of_one_field_stay_two_values_and_are_no_conflict(world: World) -> None:
    unticked, ticked = world.two_way_job(triggers=FROM_SALESFORCE), world.two_way_job(triggers=BOTH_WAYS)
    rids = loaded(world, unticked)
    number = world.contacts.id_of(SalesforceID=rids[0])
    world.contacts.edit(number, LastName="Roy")
    world.org.update("Contact", rids[0], LastName="Gagnon")
    world.clock.advance(60)
    told = world.from_now(ticked, UPDATED)
    assert [each[2] for each in passed_over(told)] == [{"LastName": "Gagnon"}]
    assert told.conflicts == []
    narrower = world.two_way_job(BOTH_PAIRS[:-1])
    assert quiet(world, ticked)
    assert quiet(world, narrower), "what they agree on is that they differ, so that planning anew finds nothing"
    assert (world.org.row("Contact", rids[0])["LastName"], world.contacts.rows[number]["LastName"]) == ("Gagnon", "Roy")


def test_records_that_were_there_before_are_not_made_until_they_are_saved_again(world: World) -> None:
    unticked, ticked = world.job(triggers=(UPDATED,)), world.job(triggers=(CREATED, UPDATED))
    old = [world.contact(LastName=f"N{n}") for n in range(3)]
    world.clock.advance(600)
    world.run(unticked)
    told = world.from_now(ticked, CREATED)
    assert [(kind, rid) for kind, rid, _ in passed_over(told)] == [("create", rid) for rid in old]
    world.clock.advance(600)
    new = world.contact(LastName="New")
    world.clock.advance(600)
    world.run(ticked)
    assert {row["SalesforceID"] for row in world.contacts.rows.values()} == {new}
    world.org.update("Contact", old[1], Title="Cook")
    world.clock.advance(600)
    world.run(ticked)
    assert {row["SalesforceID"] for row in world.contacts.rows.values()} == {new, old[1]}
    wider = world.job((*PAIRS, FieldPair(source="City__c", target="City")), triggers=(CREATED, UPDATED))
    assert quiet(world, wider)


def test_deletes_that_were_there_before_are_not_said(world: World) -> None:
    flags = Deletes(field="Gone")
    unticked, ticked = world.job(triggers=(CREATED, UPDATED), deletes=flags), world.job(deletes=flags)
    rids = loaded(world, unticked)
    world.org.delete("Contact", rids[0])
    world.clock.advance(600)
    world.run(unticked)
    assert len(passed_over(world.from_now(ticked, DELETED))) == 1
    world.clock.advance(600)
    world.org.delete("Contact", rids[1])
    world.clock.advance(600)
    world.run(ticked)
    assert "Gone" not in world.in_contacts(rids[0])
    assert "Gone" in world.in_contacts(rids[1])
    assert quiet(world, ticked)


def test_what_a_person_chose_is_still_carried_out(world: World) -> None:
    unticked, ticked = world.two_way_job(triggers=FROM_SALESFORCE), world.two_way_job(triggers=BOTH_WAYS)
    rids = loaded(world, ticked)
    number = world.contacts.id_of(SalesforceID=rids[0])
    world.contacts.edit(number, LastName="Roy")
    world.org.update("Contact", rids[0], LastName="Gagnon")
    world.clock.advance(60)
    assert len(world.run(ticked).conflicts) == 1
    [(conflict,)] = world.rows("SELECT id FROM conflict")
    world.run(unticked)
    world.choose({conflict: Side.DIALOG_INSIGHT})
    assert passed_over(world.from_now(ticked, BACK)) == passed_over(world.from_now(ticked, UPDATED)) == []
    world.clock.advance(600)
    world.run(ticked)
    assert world.org.row("Contact", rids[0])["LastName"] == world.contacts.rows[number]["LastName"] == "Roy"


@pytest.mark.parametrize(
    ("triggers", "trigger", "word"),
    [
        ((CREATED,), UPDATED, "is not ticked"),
        ((CREATED, Trigger.OPTIN_CHANGED), Trigger.OPTIN_CHANGED, "never passed over"),
    ],
)
def test_a_trigger_that_cannot_start_from_now_is_refused_with_the_reason(
    world: World, triggers: Sequence[Trigger], trigger: Trigger, word: str
) -> None:
    told = world.from_now(world.job(triggers=triggers), trigger)
    assert isinstance(told.error, SettingsError)
    [problem] = told.error.problems
    assert word in problem.message
    assert problem.path == "integrations[0].triggers"


def test_people_of_dialog_insight_cannot_be_passed_over_unnamed(world: World) -> None:
    world.people.add(LastName="Roy", EMail="roy@example.org")
    told = world.from_now(world.birth_job(), Trigger.DIALOG_INSIGHT_CREATED)
    assert isinstance(told.error, SettingsError)
    assert "since when somebody is there" in told.error.problems[0].message


# what the ledger keeps


def served(world: World) -> frozenset[str]:
    """Give the triggers for which nothing waits, as far as the ledger knows."""
    return world.history().ticked.get("Contacts", frozenset())


def test_the_ledger_keeps_what_was_started_from_now_and_how_many_records_were_left(world: World) -> None:
    unticked, ticked = world.job(triggers=(CREATED,)), world.job(triggers=(CREATED, UPDATED))
    rids = loaded(world, unticked)
    for rid in rids[:3]:
        world.org.update("Contact", rid, LastName="Roy")
    kept = world.kept_of(world.from_now(ticked, UPDATED).finished.run)
    assert kept["from_now"] == UPDATED.value
    assert [(each["name"], each["left"]) for each in kept["integrations"]] == [("Contacts", 3)]


def test_a_run_serves_the_triggers_it_was_given_and_one_that_is_ticked_later_is_told_from_them(world: World) -> None:
    unticked, ticked = world.job(triggers=(CREATED,)), world.job(triggers=(CREATED, UPDATED))
    loaded(world, unticked)
    assert served(world) == {CREATED}
    world.preview(ticked)
    assert served(world) == {CREATED}, "nothing was sent"
    world.from_now(ticked, UPDATED)
    assert served(world) == {CREATED, UPDATED}
    world.run(unticked)
    assert served(world) == {CREATED}
    world.run(ticked)
    assert served(world) == {CREATED, UPDATED}


def test_a_trigger_is_not_served_by_a_run_that_a_guard_or_an_error_has_stopped(world: World) -> None:
    unticked, ticked = world.job(triggers=(CREATED,)), world.job(triggers=(CREATED, UPDATED))
    rids = loaded(world, unticked, 70)
    for rid in rids[:22]:
        world.org.update("Contact", rid, LastName="Roy")
    guard = world.run(ticked).guard
    assert served(world) == {CREATED}
    world.contacts.key_revoked = True
    assert world.run(ticked, approve=guard.plan_hash).error is not None
    assert served(world) == {CREATED}
    world.contacts.key_revoked = False
    world.run(ticked, approve=guard.plan_hash)
    assert served(world) == {CREATED, UPDATED}


def test_a_trigger_is_not_served_by_an_older_plan_that_leaves_what_waits_for_it(world: World, tmp_path: Path) -> None:
    unticked, ticked = world.job(triggers=(CREATED,)), world.job(triggers=(CREATED, UPDATED))
    rids = loaded(world, unticked)
    path = tmp_path / "plan.jsonl"
    with PlanWriter(path, PlanFor("project", ("Contacts",), "2026-01-01T00:00:00Z")) as writer:
        writer.finish(world.preview(unticked).previewed)
    world.org.update("Contact", rids[1], LastName="Roy")
    world.clock.advance(600)
    with PlannedOperations.open(path, "project") as plan:
        assert [each.not_applied for each in world.run(ticked, plan=plan).operations] == ["new"]
    assert served(world) == {CREATED}
    world.run(unticked)
    with PlannedOperations.open(path, "project") as plan:
        world.run(unticked, plan=plan)
    assert served(world) == {CREATED}


def test_an_undo_serves_no_trigger_and_keeps_which_run_it_takes_back(world: World) -> None:
    ticked = world.job(triggers=(CREATED, UPDATED))
    rids = loaded(world, ticked)
    world.org.update("Contact", rids[1], LastName="Roy")
    world.clock.advance(600)
    number = world.run(ticked).finished.run
    undone = world.undo(number, world.job(triggers=(CREATED, UPDATED, DELETED))).finished.run
    assert world.kept_of(undone)["undo"] == number
    assert served(world) == {CREATED, UPDATED}
