"""Clocks that are wrong, jump, or sleep: what travels does not depend on the time that this computer shows (4.15)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from disf_desktop.core.events import RunStatus
from disf_desktop.core.project import Deletes
from tests.engine.fakes import Fault
from tests.engine.world import Told, World

DAY = 86_400.0
HOURS = [-26, -24, -1, 1, 24, 26]


def run(world: World, after: float = 600) -> Told:
    world.clock.advance(after)
    return world.run(world.two_way_job(deletes=Deletes(field="Gone")))


def a_week_of_work(world: World) -> None:
    """People come, are edited on both sides and go, a reply is lost; then it is quiet."""
    first, second, third = (world.contact(LastName=f"N{n}", Email=f"n{n}@example.org") for n in range(3))
    run(world)
    world.org.update("Contact", first, LastName="Roy", Phone="514")
    world.contacts.edit(world.contacts.id_of(SalesforceID=second), LastName="Zoé")
    world.contacts.faults.append(Fault.UNKNOWN_BEFORE)
    run(world)
    world.org.delete("Contact", third)
    run(world, 3600)
    run(world, DAY)
    assert (world.in_contacts(first)["LastName"], world.in_contacts(first)["Phone"]) == ("Roy", "514")
    assert world.org.row("Contact", second)["LastName"] == "Zoé"
    assert world.in_contacts(third)["Gone"]
    assert world.rows("SELECT count(*) FROM conflict") == [(0,)]
    assert world.rows("SELECT count(*) FROM op WHERE state IN ('INTENT','HOLD')") == [(0,)]
    mark = len(world.contacts.sent) + len(world.org.sent)
    assert run(world).status is RunStatus.SUCCESS
    assert len(world.contacts.sent) + len(world.org.sent) == mark


@pytest.mark.parametrize("hours", HOURS)
def test_a_clock_that_is_wrong_changes_nothing_of_what_travels(world: World, hours: int) -> None:
    world.clock.skew = timedelta(hours=hours)
    a_week_of_work(world)


@pytest.mark.parametrize("hours", HOURS)
@pytest.mark.parametrize("call", ["read", "write", "find_by_id", "changes"])
def test_a_clock_that_jumps_in_the_midst_of_a_run_changes_nothing_either(world: World, hours: int, call: str) -> None:
    def jump(name: str) -> None:
        if name == call:
            world.clock.skew = timedelta(0) if world.clock.skew else timedelta(hours=hours)

    world.org.before_call = world.contacts.before_call = jump
    a_week_of_work(world)


@pytest.mark.parametrize("hours", HOURS)
def test_a_watermark_is_the_servers_whatever_this_computer_says(world: World, hours: int) -> None:
    world.clock.skew = timedelta(hours=hours)
    world.contact()
    run(world)
    [(wm,)] = world.rows("SELECT wm FROM stream")
    assert wm < world.clock.server.isoformat()
    assert wm > (world.clock.server - timedelta(minutes=5)).isoformat()


@pytest.mark.parametrize("days", [1, 16, 40])
def test_a_computer_that_slept_in_the_midst_of_a_run_goes_on_and_misses_nothing(world: World, days: int) -> None:
    rids = [world.contact(LastName=f"N{n}", Email=f"n{n}@example.org") for n in range(7)]
    run(world)
    world.org.update("Contact", rids[0], LastName="Before")

    def sleep(number: int) -> None:
        if number == 1:
            world.org.before_page = lambda number: None
            world.org.update("Contact", rids[1], LastName="Meanwhile")
            world.org.delete("Contact", rids[2])
            world.clock.advance(days * DAY)

    world.org.before_page = sleep
    run(world)
    run(world)
    run(world)
    assert world.in_contacts(rids[0])["LastName"] == "Before"
    assert world.in_contacts(rids[1])["LastName"] == "Meanwhile"
    told = world.waiting().get(rids[2])
    assert world.in_contacts(rids[2]).get("Gone") or told == "vanished"
    assert (told == "vanished") == (days > 15)


@pytest.mark.parametrize("days", [1, 16, 40])
def test_a_run_that_begins_after_a_long_sleep_reads_all_that_changed(world: World, days: int) -> None:
    rids = [world.contact(LastName=f"N{n}", Email=f"n{n}@example.org") for n in range(7)]
    run(world)
    world.org.update("Contact", rids[3], LastName="Long ago")
    run(world, days * DAY)
    assert world.in_contacts(rids[3])["LastName"] == "Long ago"
