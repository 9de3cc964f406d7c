"""Look-ups of Dialog Insight that go on showing for a while what was there before a save."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.events import RunStatus
from disf_desktop.core.operations import LinkState
from disf_desktop.core.project import Deletes
from tests.engine.fakes import ENGINE, Fault
from tests.engine.world import World

LONG = "Lacroix-Tremblay"


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.contacts.lag = timedelta(minutes=2)
    return world


def loaded(world: World, **values: Any) -> tuple[str, str]:
    """Let a contact be the same on both sides, long enough ago; give its numbers."""
    rid = world.contact(LastName="Ann", Title="Baker", **values)
    assert run(world).status is RunStatus.SUCCESS
    world.clock.advance(600)
    run(world)
    world.clock.advance(600)
    return rid, world.contacts.id_of(SalesforceID=rid)


def run(world: World) -> Any:
    return world.run(world.two_way_job())


def here(world: World, rid: str) -> Any:
    return world.org.row("Contact", rid)["LastName"]


def written_here(world: World) -> list[Any]:
    return [change.changed for change in world.org.history if change.author == ENGINE]


def test_what_our_own_write_replaced_is_nobody_s_edit(world: World) -> None:
    rid, number = loaded(world)
    world.org.update("Contact", rid, LastName="Anna")
    for _ in range(8):
        assert run(world).status is RunStatus.SUCCESS
        world.clock.advance(30)
    assert world.contacts.rows[number]["LastName"] == "Anna"
    assert written_here(world) == []
    assert world.rows("SELECT * FROM conflict") == []


def test_nor_is_what_an_earlier_one_of_two_writes_replaced(world: World) -> None:
    rid, number = loaded(world)
    world.org.update("Contact", rid, LastName="Anna")
    run(world)
    world.contacts.lag = timedelta(0)
    world.org.update("Contact", rid, LastName="Annie")
    run(world)
    world.contacts.lag = timedelta(minutes=2)
    for _ in range(6):
        run(world)
        world.clock.advance(30)
    assert world.contacts.rows[number]["LastName"] == "Annie"
    assert written_here(world) == []


def test_an_edit_beside_our_write_travels_once_a_look_shows_it(world: World) -> None:
    rid, number = loaded(world)
    world.org.update("Contact", rid, LastName="Anna")
    run(world)
    world.contacts.edit(number, Title="Painter")
    for _ in range(5):
        world.clock.advance(60)
        run(world)
    assert written_here(world) == [{"Title": ("Baker", "Painter")}]


def test_an_edit_of_the_very_field_right_after_our_write_travels_at_the_next_look_without_a_lag(world: World) -> None:
    world.contacts.lag = timedelta(0)
    rid, number = loaded(world)
    world.org.update("Contact", rid, LastName="Anna")
    run(world)
    world.contacts.edit(number, LastName="Annabelle")
    run(world)
    assert here(world, rid) == "Annabelle"


def test_what_is_put_back_to_what_it_was_right_after_our_write_travels_three_minutes_later(world: World) -> None:
    world.contacts.lag = timedelta(0)
    rid, number = loaded(world)
    world.org.update("Contact", rid, LastName="Anna")
    run(world)
    world.contacts.edit(number, LastName="Ann")
    run(world)
    assert here(world, rid) == "Anna", "it may be that the look is behind"
    world.clock.advance(180)
    run(world)
    assert here(world, rid) == "Ann"


def test_a_second_write_waits_for_a_look_that_shows_the_first(world: World) -> None:
    rid, number = loaded(world)
    world.org.update("Contact", rid, LastName="Anna")
    run(world)
    world.contacts.edit(number, Title="Painter")
    world.org.update("Contact", rid, Title="Singer")
    run(world)
    assert world.contacts.rows[number]["Title"] == "Painter", "nobody has seen yet what is there"
    world.clock.advance(180)
    run(world)
    assert {"Painter", "Singer"} == {
        *world.rows("SELECT json_extract(sf, '$'), json_extract(di, '$') FROM conflict")[0]
    }


def test_what_was_cut_does_not_come_back_where_a_silent_reply_is_read_back_too_early(world: World) -> None:
    world.contacts.cuts = {"LastName": 7}
    world.contacts.says_what_is_stored = False
    rid = world.contact(LastName=LONG)
    for _ in range(4):
        run(world)
        world.clock.advance(90)
    world.org.update("Contact", rid, LastName=f"Marie {LONG}")
    for _ in range(4):
        run(world)
        world.clock.advance(90)
    assert (here(world, rid), world.in_contacts(rid)["LastName"]) == (f"Marie {LONG}", "Marie L")
    assert written_here(world) == []
    assert world.rows("SELECT * FROM op WHERE state IN ('INTENT','HOLD')") == []


def test_somebody_who_is_erased_before_a_silent_reply_is_read_back_is_not_made_again(world: World) -> None:
    world.contacts.lag = timedelta(0)
    world.contacts.says_what_is_stored = False
    rid = world.contact(LastName=LONG)

    def erase(call: str) -> None:
        if call == "find_by_id" and world.contacts.rows:
            world.contacts.remove(next(iter(world.contacts.rows)))

    world.contacts.before_call = erase
    run(world)
    world.contacts.before_call = lambda name: None
    for _ in range(4):
        world.clock.advance(240)
        run(world)
    assert world.contacts.rows == {}
    assert world.rows("SELECT sf_id, state FROM link") == [(rid, LinkState.ERASED)]


def test_a_create_that_is_refused_after_a_lost_reply_is_asked_again_once_a_look_can_show_it(world: World) -> None:
    world.contacts.faults.append(Fault.UNKNOWN_AFTER)
    rid = world.contact(LastName="Ann")
    told = run(world)
    assert told.status is not RunStatus.FAILED
    assert world.rows("SELECT * FROM set_aside") == []
    world.clock.advance(240)
    assert run(world).status is RunStatus.SUCCESS
    assert world.rows("SELECT sf_id, di_rid FROM link") == [(rid, world.contacts.id_of(SalesforceID=rid))]
    assert world.rows("SELECT * FROM conflict") == []


def test_what_a_held_write_has_brought_is_nobody_s_edit_while_it_is_held(world: World) -> None:
    world.contacts.lag = timedelta(0)
    rid, number = loaded(world, Phone="514")
    world.contacts.faults.append(Fault.UNKNOWN_LATER)
    world.org.update("Contact", rid, Phone="438")
    run(world)
    world.clock.advance(130)
    assert world.contacts.rows[number]["Phone"] == "438", "it has come by now, and nobody knows"
    world.org.update("Contact", rid, Phone="819")
    for _ in range(8):
        run(world)
        world.clock.advance(200)
    assert world.org.row("Contact", rid)["Phone"] == "819" == world.contacts.rows[number]["Phone"]
    assert written_here(world) == []
    assert world.rows("SELECT * FROM conflict") == []


def test_who_is_deleted_before_a_silent_reply_can_be_read_back_is_flagged(world: World) -> None:
    world.contacts.says_what_is_stored = False
    job = world.two_way_job(deletes=Deletes(field="Gone"))
    rid = world.contact(LastName="Ann")
    world.run(job)
    assert world.rows("SELECT state FROM op") == [("HOLD",)]
    world.org.delete("Contact", rid)
    for _ in range(3):
        world.run(job)
        world.clock.advance(120)
    assert str(world.in_contacts(rid)["Gone"]).startswith("deleted in Salesforce on")
