"""Two systems that undo each other's work are stopped, one field of one record, and a person is told (4.8)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from disf_desktop.core.events import RunStatus
from disf_desktop.core.project import FieldPair
from tests.engine.world import BOTH_PAIRS, Told, World

HALF_AN_HOUR = 1800.0


def linked(world: World, pairs: Sequence[FieldPair] = BOTH_PAIRS) -> tuple[str, str]:
    rid = world.contact(LastName="Roy", Phone="514 555-0100")
    world.run(world.two_way_job(pairs))
    return rid, world.contacts.id_of(SalesforceID=rid)


def war(world: World, rid: str, contact: str, rounds: int, *, every: float = HALF_AN_HOUR) -> list[Told]:
    """A trigger in Salesforce and an automation in Dialog Insight, each of which writes its own form of the number."""
    told = []
    for _ in range(rounds):
        world.clock.advance(every)
        world.org.update("Contact", rid, Phone="(514) 555-0100")
        told.append(world.run(world.two_way_job()))
        world.clock.advance(every)
        world.contacts.edit(contact, Phone="5145550100")
        told.append(world.run(world.two_way_job()))
    return told


def writes_of_phone(world: World) -> int:
    there = sum("Phone" in record.fields for call in world.contacts.sent for record in call.records)
    return there + sum("Phone" in record.fields for call in world.org.sent for record in call.records)


def test_a_field_that_two_systems_keep_changing_is_stopped_after_three_writes(world: World) -> None:
    rid, contact = linked(world)
    before = writes_of_phone(world)
    told = war(world, rid, contact, 5)
    assert writes_of_phone(world) - before == 3
    assert world.waiting() == {rid: "flapping"}
    assert told[-1].status is RunStatus.NEEDS_YOU


def test_other_people_go_on_while_one_is_stopped(world: World) -> None:
    rid, contact = linked(world)
    other = world.contact(LastName="Zoé", Phone="1")
    war(world, rid, contact, 3)
    world.clock.advance(600)
    world.org.update("Contact", other, Phone="2")
    world.run(world.two_way_job())
    assert world.in_contacts(other)["Phone"] == "2"


def test_the_same_edits_once_a_day_are_peoples_affair(world: World) -> None:
    rid, contact = linked(world)
    before = writes_of_phone(world)
    told = war(world, rid, contact, 3, every=13 * 3600.0)
    assert writes_of_phone(world) - before == 6
    assert all(each.status is RunStatus.SUCCESS for each in told)


def test_who_retries_it_is_believed_to_have_ended_the_war(world: World) -> None:
    rid, contact = linked(world)
    war(world, rid, contact, 3)
    assert world.retry() == 1
    world.clock.advance(600)
    told = world.run(world.two_way_job())
    assert told.status is RunStatus.SUCCESS
    assert world.in_contacts(rid)["Phone"] == world.org.row("Contact", rid)["Phone"]
    assert world.waiting() == {}


def test_a_war_that_goes_on_after_a_retry_is_stopped_again(world: World) -> None:
    rid, contact = linked(world)
    war(world, rid, contact, 3)
    world.retry()
    war(world, rid, contact, 4)
    assert world.waiting() == {rid: "flapping"}


@pytest.mark.parametrize("rounds", [20])
def test_a_field_that_only_one_side_changes_is_never_stopped(world: World, rounds: int) -> None:
    rid, _ = linked(world)
    for n in range(rounds):
        world.clock.advance(HALF_AN_HOUR)
        world.org.update("Contact", rid, Phone=("1", "2")[n % 2])
        assert world.run(world.two_way_job()).status is RunStatus.SUCCESS
    assert world.in_contacts(rid)["Phone"] == world.org.row("Contact", rid)["Phone"]
