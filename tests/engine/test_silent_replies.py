"""An account whose replies to a merge do not show what was stored: it is looked at, so that nothing cut comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from disf_desktop.core.events import RunStatus
from tests.engine.fakes import ENGINE, Fault
from tests.engine.world import World, killed_at

LONG = "Lacroix-Tremblay"


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.contacts.cuts = {"LastName": 7}
    world.contacts.says_what_is_stored = False
    return world


def in_salesforce(world: World, rid: str) -> object:
    return world.org.row("Contact", rid)["LastName"]


def test_what_was_cut_without_a_word_does_not_come_back_after_a_create(world: World) -> None:
    rid = world.contact(LastName=LONG, Email="Ann@Example.ORG")
    assert world.run(world.two_way_job()).status is RunStatus.SUCCESS
    world.clock.advance(600)
    assert world.run(world.two_way_job()).status is RunStatus.SUCCESS
    assert in_salesforce(world, rid) == LONG
    assert not [change for change in world.org.history if change.author == ENGINE]


def test_what_was_cut_without_a_word_does_not_come_back_after_an_update(world: World) -> None:
    rid = world.contact(LastName="Roy")
    world.run(world.two_way_job())
    world.clock.advance(600)
    world.org.update("Contact", rid, LastName=LONG)
    for _ in range(2):
        assert world.run(world.two_way_job()).status is RunStatus.SUCCESS
        world.clock.advance(600)
    assert in_salesforce(world, rid) == LONG
    assert world.in_contacts(rid)["LastName"] == LONG[:7]


def test_an_edit_that_falls_between_the_write_and_the_look_is_still_somebody_s(world: World) -> None:
    rid = world.contact(LastName="Roy")
    world.run(world.two_way_job())
    number = world.contacts.id_of(SalesforceID=rid)
    world.clock.advance(600)
    world.org.update("Contact", rid, LastName=LONG)
    looks = 0

    def edit(call: str) -> None:
        nonlocal looks
        looks += call == "find_by_id" and len(world.contacts.sent) > 1
        if looks == 1 and call == "find_by_id":
            world.contacts.edit(number, LastName="Gagnon")

    world.contacts.before_call = edit
    world.run(world.two_way_job())
    world.contacts.before_call = lambda name: None
    world.clock.advance(600)
    assert world.run(world.two_way_job()).status is RunStatus.SUCCESS
    assert looks
    assert in_salesforce(world, rid) == "Gagnon"


def test_a_kill_between_the_write_and_the_look_brings_nothing_cut_back(world: World) -> None:
    rid = world.contact(LastName="Roy")
    world.run(world.two_way_job())
    world.clock.advance(600)
    world.org.update("Contact", rid, LastName=LONG)
    assert world.run(world.two_way_job(), kill=killed_at(1, only="settle")).killed
    for _ in range(3):
        world.clock.advance(1000)
        world.run(world.two_way_job())
    assert in_salesforce(world, rid) == LONG
    assert world.in_contacts(rid)["LastName"] == LONG[:7]


def test_what_was_cut_to_what_was_there_already_does_not_come_back(world: World) -> None:
    rid = world.contact(LastName="Roy")
    world.contacts.faults.append(Fault.UNKNOWN_AFTER)
    world.org.update("Contact", rid, LastName=LONG)
    for _ in range(3):
        assert world.run(world.two_way_job()).status is RunStatus.SUCCESS
        world.clock.advance(600)
    assert in_salesforce(world, rid) == LONG


def test_what_somebody_fills_in_right_after_a_create_travels(world: World) -> None:
    rid = world.contact(LastName="Roy")

    def fill_in(call: str) -> None:
        if call == "find_by_id" and world.in_contacts(rid).get("Title") is None:
            world.contacts.edit(world.contacts.id_of(SalesforceID=rid), Title="Baker")

    world.contacts.before_call = fill_in
    world.run(world.two_way_job())
    world.contacts.before_call = lambda name: None
    world.clock.advance(600)
    assert world.run(world.two_way_job()).status is RunStatus.SUCCESS
    assert world.org.row("Contact", rid)["Title"] == "Baker"


def test_what_was_there_before_a_first_contact_does_not_come_back_where_the_look_finds_nothing(world: World) -> None:
    rid = world.contact(LastName="Roy", City__c="Laval")
    world.contacts.add(SalesforceID=rid, LastName="Gagnon", Phone="514")
    world.contacts.hides = lambda number: any(call.kind == "update" for call in world.contacts.sent)
    world.run(world.two_way_job())
    world.contacts.hides = lambda number: False
    for _ in range(2):
        world.clock.advance(600)
        assert world.run(world.two_way_job()).status is RunStatus.SUCCESS
    assert in_salesforce(world, rid) == "Roy"
    assert world.org.row("Contact", rid)["City__c"] == "Laval"
    assert [set(change.changed) for change in world.org.history if change.author == ENGINE] == [{"Phone"}]
