"""A write whose reply was lost is sent again; the first copy, when it comes minutes later, beats nothing newer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from disf_desktop.core.project import Deletes
from tests.engine.fakes import Fault
from tests.engine.world import BOTH_PAIRS, Told, World, killed_at


def run(world: World, *, after: float = 60, two_way: bool = False) -> Told:
    world.clock.advance(after)
    return world.run(world.two_way_job(BOTH_PAIRS) if two_way else world.job())


def lost_and_newer(world: World, *, two_way: bool = False, newer: bool = True) -> str:
    """An update's reply is lost, the same bytes are sent again, something newer follows; then the first copy comes."""
    rid = world.contact(LastName="Roy", Birthdate="1980-01-01")
    run(world, two_way=two_way)
    world.contacts.lateness = timedelta(minutes=5)
    world.org.update("Contact", rid, Birthdate="1981-01-01")
    world.contacts.faults.append(Fault.UNKNOWN_LATER)
    run(world, two_way=two_way)
    assert world.in_contacts(rid)["Birth"] == "1981-01-01"
    if newer:
        world.org.update("Contact", rid, Birthdate="1990-01-01")
        run(world, two_way=two_way)
        assert world.in_contacts(rid)["Birth"] == "1990-01-01"
    world.clock.advance(360)
    assert world.in_contacts(rid)["Birth"] == "1981-01-01", "the first copy came"
    return rid


@pytest.mark.parametrize("two_way", [False, True])
def test_an_older_write_that_arrives_after_a_newer_one_is_taken_back(world: World, two_way: bool) -> None:
    rid = lost_and_newer(world, two_way=two_way)
    run(world, after=900, two_way=two_way)
    assert world.in_contacts(rid)["Birth"] == "1990-01-01"
    mark = len(world.contacts.sent)
    run(world, two_way=two_way)
    assert len(world.contacts.sent) == mark
    assert world.rows("SELECT count(*) FROM sent_twice") == [(0,)]
    assert world.rows("SELECT count(*) FROM own_value") == [(0,)]


def test_nothing_is_looked_at_where_nothing_newer_was_sent(world: World) -> None:
    lost_and_newer(world, newer=False)
    run(world, after=900)
    assert world.contacts.looked_up == []
    assert world.rows("SELECT count(*) FROM sent_twice") == [(0,)]


def test_what_a_person_changed_meanwhile_in_such_a_field_is_not_touched(world: World) -> None:
    rid = lost_and_newer(world)
    world.contacts.edit(world.contacts.id_of(SalesforceID=rid), Birth="2000-01-01")
    mark = len(world.contacts.sent)
    run(world, after=900)
    assert len(world.contacts.sent) == mark
    assert world.in_contacts(rid)["Birth"] == "2000-01-01"


def test_what_changed_again_meanwhile_is_what_is_written(world: World) -> None:
    rid = lost_and_newer(world)
    world.org.update("Contact", rid, Birthdate="1995-01-01")
    run(world, after=900)
    assert world.in_contacts(rid)["Birth"] == "1995-01-01"


@pytest.mark.parametrize("number", range(1, 9))
@pytest.mark.parametrize("after", [False, True])
def test_a_kill_while_late_writes_are_taken_back_loses_nothing(world: World, number: int, after: bool) -> None:
    rid = lost_and_newer(world)
    world.clock.advance(900)
    world.run(world.job(), kill=killed_at(number, after=after))
    run(world)
    run(world, after=1000)
    assert world.in_contacts(rid)["Birth"] == "1990-01-01"


def test_a_batch_that_a_killed_run_left_open_counts_as_sent_twice(world: World) -> None:
    rid = world.contact(LastName="Roy", Birthdate="1980-01-01")
    run(world)
    world.org.update("Contact", rid, Birthdate="1981-01-01")
    world.contacts.lateness = timedelta(minutes=5)
    world.contacts.faults.append(Fault.UNKNOWN_LATER)
    world.clock.advance(60)
    world.run(world.job(), kill=killed_at(1, only="settle"))
    run(world)
    world.org.update("Contact", rid, Birthdate="1990-01-01")
    run(world)
    world.clock.advance(360)
    run(world, after=900)
    assert world.in_contacts(rid)["Birth"] == "1990-01-01"


@pytest.mark.parametrize("skew", [timedelta(days=-1), timedelta(days=1)])
def test_a_clock_that_jumps_does_not_keep_a_late_write_from_being_found(world: World, skew: timedelta) -> None:
    rid = lost_and_newer(world)
    world.clock.skew = skew
    run(world, after=900)
    run(world)
    assert world.in_contacts(rid)["Birth"] == "1990-01-01"


@pytest.mark.parametrize("is_back", [True, False])
def test_a_flag_of_a_delete_that_arrives_late_is_mended(world: World, is_back: bool) -> None:
    def again(after: float) -> None:
        world.clock.advance(after)
        world.run(world.job(deletes=Deletes(field="Gone")))

    def flagged(rid: str) -> bool:
        return world.in_contacts(rid).get("Gone") is not None

    rid = world.contact(LastName="Roy")
    again(60)
    world.contacts.lateness = timedelta(minutes=5)
    world.org.delete("Contact", rid)
    if not is_back:
        again(60)
        world.org.undelete("Contact", rid)
    world.contacts.faults.append(Fault.UNKNOWN_LATER)
    again(60)
    assert flagged(rid) is is_back
    if is_back:
        world.org.undelete("Contact", rid)
    else:
        world.clock.advance(1)
        world.org.delete("Contact", rid)
    again(60)
    assert flagged(rid) is not is_back
    world.clock.advance(300)
    assert flagged(rid) is is_back, "the first copy came"
    for _ in range(2):
        again(900)
        assert flagged(rid) is not is_back
    assert world.rows("SELECT count(*) FROM own_value") == [(0,)]


@pytest.mark.parametrize("comes", [True, False])
def test_a_write_that_is_refused_when_it_is_sent_again_may_still_arrive(world: World, comes: bool) -> None:
    rid = world.contact(LastName="Roy", Birthdate="1980-01-01")
    run(world)
    world.contacts.lateness = timedelta(minutes=5)
    world.org.update("Contact", rid, Birthdate="1981-01-01")
    world.contacts.faults.extend([Fault.UNKNOWN_LATER if comes else Fault.UNKNOWN_BEFORE, Fault.REFUSED])
    assert run(world).set_aside == []
    world.org.update("Contact", rid, Birthdate="1980-01-01")
    world.clock.advance(300)
    assert world.in_contacts(rid)["Birth"] == ("1981-01-01" if comes else "1980-01-01")
    for _ in range(2):
        run(world, after=900)
        assert world.in_contacts(rid)["Birth"] == "1980-01-01"
    assert world.waiting() == {}
    assert world.rows("SELECT count(*) FROM op WHERE state <> 'APPLIED'") == [(0,)]


def test_what_is_refused_again_after_it_could_still_arrive_is_set_aside(world: World) -> None:
    rid = world.contact(LastName="Roy", Birthdate="1980-01-01")
    run(world)
    world.org.update("Contact", rid, Birthdate="1981-01-01")
    world.contacts.faults.extend([Fault.UNKNOWN_BEFORE, Fault.REFUSED])
    run(world)
    assert world.waiting() == {}
    world.contacts.faults.append(Fault.REFUSED)
    run(world, after=900)
    assert world.waiting() == {rid: "42"}
