"""Lost replies, kills and stops: whatever happens in between, the next run ends where an undisturbed one would have."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from disf_desktop.core.errors import ServiceUnavailable, Stopped
from disf_desktop.core.events import Event, Progress, RunStatus, Stage
from disf_desktop.core.project import FieldPair
from disf_desktop.core.schema import Side
from tests.engine.fakes import DialogInsightTable, Fault, Refusal
from tests.engine.world import CONTACTS, NEWSLETTER, PAIRS, World, killed_at

COMMITS_OF_A_FIRST_RUN = 17
"""More than a run over four contacts in batches of two has; the last numbers are runs that nobody kills."""


def four(world: World) -> list[str]:
    return [world.contact(LastName=f"N{n}", Email=f"n{n}@example.org") for n in range(4)]


def assert_all_there_once(world: World, rids: list[str], *names: str) -> None:
    assert [world.in_contacts(rid)["LastName"] for rid in rids] == list(names)
    assert len(world.contacts.rows) == len(rids)
    made = [change for change in world.contacts.history if change.before is None]
    assert len(made) == len(rids)
    assert world.rows("SELECT count(*) FROM op WHERE state = 'INTENT'") == [(0,)]
    assert world.rows("SELECT count(*) FROM batch WHERE state = 'INTENT'") == [(0,)]
    world.clock.advance(600)
    mark = len(world.contacts.sent)
    assert world.run().status is RunStatus.SUCCESS
    assert world.contacts.sent[mark:] == []


@pytest.mark.parametrize("fault", [Fault.UNKNOWN_BEFORE, Fault.UNKNOWN_AFTER, Fault.HALF_UNACCOUNTED])
def test_a_create_whose_reply_is_lost_ends_with_each_contact_once(world: World, fault: Fault) -> None:
    rids = four(world)
    world.contacts.faults.append(fault)
    told = world.run()
    assert told.error is None
    assert told.status is RunStatus.SUCCESS
    assert told.conflicts == []
    assert_all_there_once(world, rids, "N0", "N1", "N2", "N3")


def test_a_create_that_was_cut_and_whose_reply_is_lost_is_ours_and_no_conflict(world: World) -> None:
    world.contacts.cuts = {"LastName": 6}
    rid = world.contact(LastName="Tremblay", Email="Ann@Example.org")
    world.contacts.faults.append(Fault.UNKNOWN_AFTER)
    told = world.run()
    assert (told.status, told.conflicts) == (RunStatus.SUCCESS, [])
    assert [call.kind for call in world.contacts.sent] == ["create", "create"]
    assert told.total.sides[Side.DIALOG_INSIGHT].created == 1
    world.clock.advance(600)
    mark = len(world.contacts.sent)
    world.run()
    assert len(world.contacts.sent) == mark
    assert world.in_contacts(rid)["LastName"] == "Trembl"


def test_what_a_person_fills_in_before_a_lost_create_is_known_for_ours_travels_on(world: World) -> None:
    rid = world.contact(LastName="Roy")

    def fill(kind: str) -> None:
        if len(world.contacts.sent) == 2:
            world.contacts.edit(world.contacts.id_of(SalesforceID=rid), Phone="514")

    world.contacts.during_call = fill
    world.contacts.faults.append(Fault.UNKNOWN_AFTER)
    world.run(world.two_way_job())
    world.clock.advance(600)
    world.run(world.two_way_job())
    assert world.org.row("Contact", rid)["Phone"] == "514"


def test_a_cut_value_of_a_lost_create_is_ours_though_somebody_filled_in_another_field(world: World) -> None:
    world.contacts.cuts = {"LastName": 6}
    rid = world.contact(LastName="Tremblay", Birthdate="1980-01-01")
    world.contacts.faults.append(Fault.UNKNOWN_AFTER)
    world.contacts.during_call = lambda kind: (
        world.contacts.edit(world.contacts.id_of(SalesforceID=rid), Phone="514")
        if len(world.contacts.sent) == 2
        else None
    )
    told = world.run(world.two_way_job())
    assert (told.status, told.conflicts) == (RunStatus.SUCCESS, [])
    assert told.total.sides[Side.DIALOG_INSIGHT].created == 1
    assert world.org.row("Contact", rid)["Phone"] == "514", "in the same run"
    assert (world.in_contacts(rid)["LastName"], world.org.row("Contact", rid)["LastName"]) == ("Trembl", "Tremblay")


@pytest.mark.parametrize("edit", [{"LastName": "Roy"}, {"Birth": "1990-01-01"}, {"LastName": "Trembl", "Phone": "9"}])
def test_a_lost_create_that_somebody_wrote_over_since_is_met_as_any_record(world: World, edit: dict[str, str]) -> None:
    rid = world.contact(LastName="Tremblay", Phone="514")
    world.contacts.faults.append(Fault.UNKNOWN_AFTER)
    world.contacts.during_call = lambda kind: (
        world.contacts.edit(world.contacts.id_of(SalesforceID=rid), **edit) if len(world.contacts.sent) == 2 else None
    )
    told = world.run(world.two_way_job())
    kept = {conflict.field for conflict in told.conflicts}
    assert kept == {name for name in edit if name != "Birth"}
    assert world.in_contacts(rid).get("Birth") == edit.get("Birth")


def test_somebody_elses_record_that_was_there_before_a_lost_create_is_no_work_of_ours(world: World) -> None:
    rid = world.contact(LastName="Tremblay")
    world.contacts.add(SalesforceID=rid, LastName="Roy")
    world.contacts.faults.append(Fault.UNKNOWN_BEFORE)
    told = world.run()
    assert [conflict.field for conflict in told.conflicts] == ["LastName"]
    assert world.in_contacts(rid)["LastName"] == "Tremblay"


@pytest.mark.parametrize("fault", [Fault.UNKNOWN_BEFORE, Fault.UNKNOWN_AFTER, Fault.HALF_UNACCOUNTED])
def test_an_update_whose_reply_is_lost_is_written_once_in_effect(world: World, fault: Fault) -> None:
    rids = four(world)
    world.run()
    world.clock.advance(600)
    world.org.update("Contact", rids[0], LastName="Anna")
    world.contacts.faults.append(fault)
    mark = len(world.contacts.history)
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert len(world.contacts.history) == mark + 1
    assert told.total.sides[Side.DIALOG_INSIGHT].updated == 1
    assert_all_there_once(world, rids, "Anna", "N1", "N2", "N3")


def test_what_is_sent_again_is_the_very_same(world: World) -> None:
    four(world)
    world.contacts.faults.append(Fault.UNKNOWN_BEFORE)
    world.run()
    first, *others = [(call.kind, call.records) for call in world.contacts.sent]
    assert others.count(first) == 1


def test_between_two_tries_the_run_waits_longer_each_time(world: World) -> None:
    four(world)
    world.contacts.faults.extend([Fault.UNKNOWN_BEFORE] * 3)
    moments: list[float] = []
    world.contacts.during_call = lambda kind: moments.append(world.clock.monotonic())
    assert world.run().status is RunStatus.SUCCESS
    waits = [b - a for a, b in pairwise(moments)][:3]
    assert waits == sorted(waits)
    assert waits[0] >= 1
    assert waits[2] >= 4


def test_a_service_that_never_answers_ends_the_run_and_the_next_one_finds_out_first(world: World) -> None:
    rids = four(world)
    world.contacts.faults.extend([Fault.UNKNOWN_BEFORE] * 4)
    told = world.run()
    assert isinstance(told.error, ServiceUnavailable)
    assert told.status is RunStatus.FAILED
    mark = len(world.contacts.sent)
    world.org.update("Contact", rids[0], LastName="Anna")
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert world.contacts.sent[mark].records == world.contacts.sent[0].records
    assert_all_there_once(world, rids, "Anna", "N1", "N2", "N3")


def test_lost_replies_far_apart_do_not_add_up(world: World) -> None:
    for n in range(20):
        world.contact(LastName=f"N{n}")
    world.contacts.faults.extend([None, Fault.UNKNOWN_AFTER] * 7)
    told = world.run()
    assert told.error is None
    assert len(world.contacts.rows) == 20


def test_a_lost_reply_that_was_applied_and_cut_is_not_seen_as_somebody_elses_for_ever(world: World) -> None:
    world.contacts.cuts = {"LastName": 4}
    rid = world.contact(LastName="Lacroix-Tremblay")
    world.contacts.faults.append(Fault.UNKNOWN_AFTER)
    world.run()
    assert world.in_contacts(rid)["LastName"] == "Lacr"
    world.clock.advance(600)
    mark = len(world.contacts.sent)
    assert world.run().status is RunStatus.SUCCESS
    assert world.contacts.sent[mark:] == []


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("number", range(1, COMMITS_OF_A_FIRST_RUN))
def test_a_first_load_killed_at_any_commit_is_resumed(world: World, number: int, after: bool) -> None:
    rids = four(world)
    world.clock.advance(600)
    told = world.run(kill=killed_at(number, after=after))
    assert told.killed or told.status is RunStatus.SUCCESS
    assert world.run().status is RunStatus.SUCCESS
    assert_all_there_once(world, rids, "N0", "N1", "N2", "N3")


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("number", range(1, COMMITS_OF_A_FIRST_RUN))
def test_an_update_killed_at_any_commit_is_resumed_with_what_changed_meanwhile(
    world: World, number: int, after: bool
) -> None:
    rids = four(world)
    world.run()
    world.clock.advance(600)
    for n, rid in enumerate(rids):
        world.org.update("Contact", rid, LastName=f"M{n}")
    told = world.run(kill=killed_at(number, after=after))
    assert told.killed or told.status is RunStatus.SUCCESS
    world.clock.advance(60)
    world.org.update("Contact", rids[3], LastName="Last")
    assert world.run().status is RunStatus.SUCCESS
    assert_all_there_once(world, rids, "M0", "M1", "M2", "Last")


def test_a_run_killed_after_the_intent_and_before_the_first_byte_sends_it(world: World) -> None:
    rids = four(world)
    told = world.run(kill=killed_at(1, after=True, only="intend"))
    assert told.killed
    assert world.contacts.sent == []
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert_all_there_once(world, rids, "N0", "N1", "N2", "N3")


def test_a_run_killed_between_the_reply_and_its_outcome_adopts_what_it_made(world: World) -> None:
    rids = four(world)
    assert world.run(kill=killed_at(1, only="settle")).killed
    # The second batch, which shares no record and no key with the first, had left when the first reply came.
    assert len(world.contacts.rows) == 4
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert told.conflicts == []
    assert [change.author for change in world.contacts.history] == ["engine"] * 4
    assert_all_there_once(world, rids, "N0", "N1", "N2", "N3")


def test_a_change_that_a_preview_saw_before_the_recovery_is_not_lost(world: World) -> None:
    rids = four(world)
    world.run()
    world.clock.advance(600)
    world.org.update("Contact", rids[0], LastName="Anna")
    assert world.run(kill=killed_at(1, only="settle")).killed
    world.clock.advance(600)
    world.org.update("Contact", rids[0], LastName="Annie")
    world.preview()
    assert world.run().status is RunStatus.SUCCESS
    assert world.in_contacts(rids[0])["LastName"] == "Annie"
    assert_all_there_once(world, rids, "Annie", "N1", "N2", "N3")


def test_a_contact_adopted_by_the_recovery_still_follows_what_a_preview_saw_meanwhile(world: World) -> None:
    rids = four(world)
    assert world.run(kill=killed_at(1, only="settle")).killed
    world.clock.advance(600)
    world.org.update("Contact", rids[0], LastName="Annie")
    world.org.update("Contact", rids[1], Level__c="Bronze")
    world.preview()
    assert world.run().status is RunStatus.PARTIAL
    assert world.in_contacts(rids[0])["LastName"] == "Annie"
    assert world.waiting() == {rids[1]: "not_a_choice"}


def test_an_update_that_is_refused_although_it_was_done_is_taken_as_done(world: World) -> None:
    rids = four(world)
    world.run()
    world.clock.advance(600)
    for n, rid in enumerate(rids[:2]):
        world.org.update("Contact", rid, LastName=f"M{n}")
    world.contacts.faults.extend([Fault.REFUSED_AFTER_HALF, Fault.REFUSED])
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert told.total.sides[Side.DIALOG_INSIGHT].updated == 2
    assert_all_there_once(world, rids, "M0", "M1", "N2", "N3")


@pytest.mark.parametrize("fault", [Fault.UNKNOWN_AFTER, Fault.REFUSED_AFTER_HALF])
def test_what_was_sent_once_stays_open_when_the_service_goes_away(world: World, fault: Fault) -> None:
    rids = four(world)
    world.run()
    world.clock.advance(600)
    for n, rid in enumerate(rids[:2]):
        world.org.update("Contact", rid, LastName=f"M{n}")
    mark = len(world.contacts.history)
    world.contacts.faults.extend([fault, Fault.NOT_SENT])
    assert isinstance(world.run().error, ServiceUnavailable)
    [(left,)] = world.rows("SELECT count(*) FROM op WHERE state = 'INTENT'")
    assert left == 2
    assert world.run().status is RunStatus.SUCCESS
    assert len(world.contacts.history) == mark + 2
    assert_all_there_once(world, rids, "M0", "M1", "N2", "N3")


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize("kind", ["create", "update"])
def test_a_batch_left_open_by_another_mapping_is_settled_in_its_own_order_of_fields(
    world: World, applied: bool, kind: str
) -> None:
    rids = four(world)
    if kind == "update":
        world.run()
        world.clock.advance(600)
        for n, rid in enumerate(rids):
            world.org.update("Contact", rid, LastName=f"N{n}", Phone="514")
    assert world.run(kill=killed_at(1, only="settle" if applied else "intend", after=not applied)).killed
    other = world.job((PAIRS[0], FieldPair(source="City__c", target="City"), *reversed(PAIRS[1:3])))
    world.clock.advance(600)
    told = world.run(other)
    assert told.error is None
    assert told.status is RunStatus.SUCCESS
    assert [world.in_contacts(rid)["LastName"] for rid in rids] == ["N0", "N1", "N2", "N3"]
    world.clock.advance(600)
    world.org.update("Contact", rids[0], LastName="Anna", City__c="Laval")
    mark = len(world.contacts.sent)
    assert world.run(other).status is RunStatus.SUCCESS
    assert [dict(r.fields) for r in world.sent_since(mark)] == [{"LastName": "Anna", "City": "Laval"}]


def test_a_batch_left_open_is_not_sent_to_another_table(world: World) -> None:
    rids = four(world)
    assert world.run(kill=killed_at(1, after=True, only="intend")).killed
    elsewhere = DialogInsightTable(CONTACTS)
    moved = world.job(target=elsewhere, destination=NEWSLETTER.model_copy(update={"id": "other", "id_project": 777}))
    told = world.run(moved)
    assert told.status is RunStatus.SUCCESS
    assert [change.author for change in elsewhere.history] == ["engine"] * 4
    assert world.contacts.sent == []
    world.run()
    assert_all_there_once(world, rids, "N0", "N1", "N2", "N3")


def test_a_batch_left_open_whose_record_dialog_insight_refuses_sets_only_that_one_aside(world: World) -> None:
    rids = four(world)
    assert world.run(kill=killed_at(1, after=True, only="intend")).killed
    world.contacts.refuses_record = lambda fields: Refusal("31", "No") if fields["LastName"] == "N0" else None
    assert world.run().error is None
    assert world.waiting() == {}, "it may be refused for what was made before the kill, and what no look shows yet"
    world.clock.advance(240)
    assert world.run().error is None
    assert world.waiting() == {rids[0]: "31"}
    assert len(world.contacts.rows) == 3


def stop_in(stage: Stage) -> Callable[[Event], bool]:
    return lambda event: isinstance(event, Progress) and event.stage is stage


@pytest.mark.parametrize("stage", [Stage.READ, Stage.APPLY])
def test_a_run_stopped_in_the_middle_says_so_and_the_next_one_goes_on(world: World, stage: Stage) -> None:
    rids = four(world)
    told = world.run(stop_at=stop_in(stage))
    assert isinstance(told.error, Stopped)
    assert told.status is RunStatus.STOPPED
    assert told.events[-1] is told.finished
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert_all_there_once(world, rids, "N0", "N1", "N2", "N3")


def test_a_stop_settles_what_is_under_way(world: World) -> None:
    four(world)
    told = world.run(stop_at=stop_in(Stage.APPLY))
    assert told.status is RunStatus.STOPPED
    links = world.rows("SELECT count(*) FROM link WHERE di_rid IS NOT NULL")
    assert links == [(len(world.contacts.rows),)]


def test_a_stop_during_the_wait_for_a_service_leaves_the_intent_for_the_next_run(world: World) -> None:
    rids = four(world)
    world.contacts.faults.append(Fault.UNKNOWN_AFTER)
    seen: list[bool] = []

    def once_sent(event: object) -> bool:
        seen.append(bool(world.contacts.sent))
        return seen[-1]

    told = world.run(stop_at=once_sent)
    assert isinstance(told.error, Stopped)
    assert world.run().status is RunStatus.SUCCESS
    assert_all_there_once(world, rids, "N0", "N1", "N2", "N3")


def test_a_service_that_goes_away_in_the_middle_of_a_look_up_leaves_nothing_believed(world: World) -> None:
    rids = four(world)
    world.contacts.refuses_record = lambda fields: Refusal("31", "No") if fields["LastName"] == "N1" else None
    world.contacts.during_call = lambda kind: setattr(world.contacts, "key_revoked", len(world.contacts.sent) > 1)
    told = world.run()
    assert told.error is not None
    assert told.status is RunStatus.FAILED
    assert rids[1] not in world.waiting() or world.waiting()[rids[1]] == "31"
    world.contacts.during_call = lambda kind: None
    world.contacts.key_revoked = False
    world.contacts.refuses_record = lambda fields: None
    world.retry()
    assert world.run().status is RunStatus.SUCCESS
    assert_all_there_once(world, rids, "N0", "N1", "N2", "N3")
