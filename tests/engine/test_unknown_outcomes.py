"""Writes of which no reply tells what became: judged field by field, held while they may arrive, nobody's loss."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from disf_desktop.core.schema import Side
from tests.engine.fakes import Fault
from tests.engine.test_both_ways import Two
from tests.engine.world import World, killed_at

HOLD = {Side.SALESFORCE: 11 * 60, Side.DIALOG_INSIGHT: 15 * 60}
SIDES = list(Side)


@pytest.fixture
def two(world: World) -> Two:
    return Two(world)


def write_to(two: Two, side: Side, value: str) -> None:
    """Let somebody on the other side write what shall travel to `side`."""
    if side is Side.SALESFORCE:
        two.edit(LastName=value)
    else:
        two.save(LastName=value)


def fault(two: Two, side: Side, what: Fault, late_s: int = 120) -> None:
    service: Any = two.world.org if side is Side.SALESFORCE else two.world.contacts
    service.faults.append(what)
    service.lateness = timedelta(seconds=late_s)


def held(two: Two, side: Side) -> Any:
    return two.here("LastName") if side is Side.SALESFORCE else two.there("LastName")


def sent(two: Two, side: Side) -> int:
    return len(two.world.org.sent if side is Side.SALESFORCE else two.world.contacts.sent)


def settled(two: Two, value: str) -> None:
    two.pause()
    two.run()
    assert two.written() == ([], [])
    assert (two.here("LastName"), two.there("LastName")) == (value, value)


@pytest.mark.parametrize("side", SIDES)
def test_a_write_that_was_done_is_accepted_when_it_is_read_back(two: Two, side: Side) -> None:
    write_to(two, side, "Anna")
    fault(two, side, Fault.UNKNOWN_AFTER)
    mark = sent(two, side)
    two.run()
    two.run()
    assert sent(two, side) == mark + 1
    assert two.kept() == []
    settled(two, "Anna")


def test_a_value_that_was_cut_is_still_ours_when_it_is_read_back(world: World) -> None:
    world.contacts.cuts = {"Phone": 5}
    two = Two(world)
    two.save(Phone="514 555-0199")
    fault(two, Side.DIALOG_INSIGHT, Fault.UNKNOWN_AFTER)
    for _ in range(3):
        two.run()
    assert (two.here("Phone"), two.there("Phone")) == ("514 555-0199", "514 5")
    assert two.kept() == []


def test_an_address_in_small_letters_is_still_ours_when_it_is_read_back(world: World) -> None:
    world.org.lowers_emails = True
    two = Two(world)
    two.save(Email="anna@example.org")
    two.run()
    two.save(Email="ANNE@Example.org")
    world.org.rows["Contact"][two.rid].values["Email"] = "ANNE@Example.org"
    fault(two, Side.DIALOG_INSIGHT, Fault.UNKNOWN_AFTER)
    two.run()
    two.run()
    assert two.kept() == []
    assert (two.here("Email"), two.there("EMail")) == ("ANNE@Example.org", "anne@example.org")


@pytest.mark.parametrize("side", SIDES)
def test_a_write_that_was_not_done_is_held_and_sent_again_when_its_time_is_over(two: Two, side: Side) -> None:
    write_to(two, side, "Anna")
    fault(two, side, Fault.UNKNOWN_BEFORE)
    mark = sent(two, side)
    for _ in range(3):
        two.run()
    assert sent(two, side) == mark + 1
    assert held(two, side) == "Ann"
    two.world.clock.advance(HOLD[side])
    two.run()
    assert sent(two, side) == mark + 2
    settled(two, "Anna")


@pytest.mark.parametrize("side", SIDES)
def test_a_write_that_arrives_while_it_is_held_is_ours_and_nothing_else(two: Two, side: Side) -> None:
    write_to(two, side, "Anna")
    fault(two, side, Fault.UNKNOWN_LATER, late_s=300)
    mark = sent(two, side)
    two.run()
    two.world.clock.advance(300)
    two.run()
    two.world.clock.advance(HOLD[side])
    two.run()
    assert sent(two, side) == mark + 1
    assert two.kept() == []
    settled(two, "Anna")


@pytest.mark.parametrize("side", SIDES)
def test_nothing_newer_is_sent_while_a_write_may_still_arrive(two: Two, side: Side) -> None:
    write_to(two, side, "Anna")
    fault(two, side, Fault.UNKNOWN_LATER, late_s=500)
    mark = sent(two, side)
    two.run()
    write_to(two, side, "Annie")
    two.run()
    assert sent(two, side) == mark + 1
    two.world.clock.advance(HOLD[side])
    two.run()
    two.run()
    settled(two, "Annie")


@pytest.mark.parametrize("side", SIDES)
def test_other_records_are_not_held_up_by_one_that_is(two: Two, side: Side) -> None:
    two.world.batch_size = 1
    two.job = two.world.two_way_job()
    other = two.world.contact(LastName="Bob")
    two.run()
    number = two.world.contacts.id_of(SalesforceID=other)
    write_to(two, side, "Anna")
    fault(two, side, Fault.UNKNOWN_BEFORE)
    two.run()
    two.world.contacts.edit(number, LastName="Robert")
    two.world.org.update("Contact", other, Phone="438")
    two.run()
    assert two.world.org.row("Contact", other)["LastName"] == "Robert"
    assert two.world.in_contacts(other)["Phone"] == "438"


@pytest.mark.parametrize(("side", "field"), [(Side.SALESFORCE, "LastName"), (Side.DIALOG_INSIGHT, "Phone")])
def test_a_write_that_arrives_after_it_was_given_up_does_not_beat_a_person(two: Two, side: Side, field: str) -> None:
    ours, theirs = (two.edit, two.save) if side is Side.SALESFORCE else (two.save, two.edit)
    ours(**{field: "438"})
    fault(two, side, Fault.UNKNOWN_LATER, late_s=600)
    two.run()
    theirs(**{field: "819"})
    two.world.clock.advance(60)
    two.run()
    two.run()
    assert (two.here(field), two.there(field)) == ("438", "438") or (two.here(field), two.there(field)) == (
        "819",
        "819",
    )
    two.world.clock.advance(3600)
    for _ in range(2):
        two.run()
    assert (two.here(field), two.there(field)) == ("819", "819")


@pytest.mark.parametrize("side", SIDES)
def test_somebody_elses_edit_meanwhile_is_no_write_of_ours(two: Two, side: Side) -> None:
    write_to(two, side, "Anna")
    fault(two, side, Fault.UNKNOWN_BEFORE)
    two.run()
    if side is Side.SALESFORCE:
        two.save(LastName="Person")
    else:
        two.edit(LastName="Person")
    two.world.clock.advance(HOLD[side])
    two.run()
    two.run()
    kept = {value for row in two.kept() for value in row[1:3]}
    assert {'"Anna"', '"Person"'} <= kept | {f'"{two.here("LastName")}"'}
    assert two.here("LastName") == two.there("LastName")


@pytest.mark.parametrize("side", SIDES)
def test_each_field_is_judged_by_itself(two: Two, side: Side) -> None:
    """One field arrived and one was changed by a person: the first is ours, the second theirs."""
    values = {"LastName": "Anna", "Phone": "819"}
    two.save(**values) if side is Side.DIALOG_INSIGHT else two.edit(**values)
    fault(two, side, Fault.UNKNOWN_AFTER)
    two.world.run(two.job, kill=killed_at(1, only="settle"))
    two.save(Phone="438") if side is Side.SALESFORCE else two.edit(Phone="438")
    two.run()
    two.run()
    assert (two.here("LastName"), two.there("LastName")) == ("Anna", "Anna")
    assert two.here("Phone") == two.there("Phone")
    assert not [row for row in two.kept() if row[0] == "LastName"]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("number", range(1, 22))
def test_an_edit_killed_at_any_commit_is_written_once(two: Two, side: Side, after: bool, number: int) -> None:
    write_to(two, side, "Anna")
    told = two.world.run(two.job, kill=killed_at(number, after=after))
    assert told.killed or told.error is None
    for _ in range(2):
        two.world.clock.advance(HOLD[side])
        two.run()
    here, there = two.written()
    assert len(here) + len(there) == 1
    assert two.kept() == []
    settled(two, "Anna")
