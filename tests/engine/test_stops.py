"""A run that is stopped at whatever it tells, or at any call, lands, says so, and loses and doubles nothing (4.16)."""

from __future__ import annotations

from itertools import count

import pytest

from disf_desktop.core.errors import Stopped
from disf_desktop.core.events import Event, RunStatus
from disf_desktop.core.project import Deletes
from tests.engine.world import World


def work(world: World) -> tuple[list[str], str]:
    """Leave something of everything to do."""
    rids = [world.contact(LastName=f"N{n}", Email=f"n{n}@example.org") for n in range(5)]
    world.run(world.two_way_job(deletes=Deletes(field="Gone")))
    world.clock.advance(600)
    world.org.update("Contact", rids[0], LastName="Roy")
    world.contacts.edit(world.contacts.id_of(SalesforceID=rids[1]), LastName="Zoé")
    world.org.delete("Contact", rids[2])
    return rids, world.contact(LastName="New", Email="new@example.org")


def it_all_arrives(world: World, rids: list[str], new: str) -> None:
    for _ in range(3):
        world.clock.advance(1000)
        assert world.run(world.two_way_job(deletes=Deletes(field="Gone"))).error is None
    assert world.in_contacts(rids[0])["LastName"] == "Roy"
    assert world.org.row("Contact", rids[1])["LastName"] == "Zoé"
    assert world.in_contacts(rids[2])["Gone"]
    assert world.in_contacts(new)["LastName"] == "New"
    assert sum(1 for change in world.contacts.history if change.before is None) == 6
    assert world.rows("SELECT count(*) FROM conflict") == [(0,)]
    mark = len(world.contacts.sent) + len(world.org.sent)
    world.clock.advance(600)
    world.run(world.two_way_job(deletes=Deletes(field="Gone")))
    assert len(world.contacts.sent) + len(world.org.sent) == mark


@pytest.mark.parametrize("audit", [False, True])
@pytest.mark.parametrize("number", range(1, 8))
def test_a_run_that_is_stopped_at_any_event_loses_nothing(world: World, number: int, audit: bool) -> None:
    rids, new = work(world)
    events = count(1)

    def stop_at(event: Event) -> bool:
        return next(events) == number

    job = world.two_way_job(deletes=Deletes(field="Gone"), audit=audit)
    told = world.run(job, stop_at=stop_at)
    assert told.status in (RunStatus.STOPPED, RunStatus.SUCCESS)
    it_all_arrives(world, rids, new)


@pytest.mark.parametrize("audit", [False, True])
@pytest.mark.parametrize("number", range(1, 16))
def test_a_run_that_is_stopped_at_any_call_loses_nothing(world: World, number: int, audit: bool) -> None:
    rids, new = work(world)
    calls = count(1)

    def stop(name: str) -> None:
        if next(calls) == number:
            raise Stopped("Stopped on request.", "Run again to go on.")

    world.org.before_call = world.contacts.before_call = stop
    job = world.two_way_job(deletes=Deletes(field="Gone"), audit=audit)
    told = world.run(job)
    assert told.status in (RunStatus.STOPPED, RunStatus.SUCCESS)
    it_all_arrives(world, rids, new)
