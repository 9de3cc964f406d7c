"""Our own allowance of calls to Salesforce: no run goes on when it is used up, and the last of it is for consents."""

from __future__ import annotations

from dataclasses import replace
from json import loads

import pytest

from disf_desktop.core.errors import LimitReached
from disf_desktop.core.project import Trigger
from disf_desktop.core.schema import Side
from disf_desktop.engine.job import KEPT_FOR_CONSENTS, Job
from tests.engine.world import BOTH_WAYS, OPTINS, Told, World

TEN_MINUTES = 600
CONSENTS_TOO = (*BOTH_WAYS, Trigger.OPTIN_CHANGED)


class Day:
    """A day on which some people are in step already, and each run is a process of its own."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.job = world.two_way_job(triggers=CONSENTS_TOO, optins=OPTINS)
        self.ids = [world.contact(LastName=f"Person {n}") for n in range(4)]
        self.run(self.job)

    def run(self, job: Job) -> Told:
        self.world.clock.advance(TEN_MINUTES)
        self.world.org.calls = 0
        return self.world.run(job)

    def allowed(self, calls: int) -> Job:
        """Give the integration with so many calls a day, besides those that are kept for consents."""
        return replace(self.job, calls_per_day=KEPT_FOR_CONSENTS + calls)

    def used(self) -> int:
        """Give the calls of all the runs until now."""
        summaries = self.world.rows("SELECT summary FROM run")
        return sum(int(loads(summary)["calls"][Side.SALESFORCE.value]) for (summary,) in summaries)

    def there(self, rid: str) -> object:
        return self.world.in_contacts(rid)["LastName"]


@pytest.fixture
def day(world: World) -> Day:
    return Day(world)


def test_a_run_ends_when_the_calls_of_the_day_are_used_and_the_next_day_goes_on_where_it_stopped(day: Day) -> None:
    for rid in day.ids:
        day.world.org.update("Contact", rid, LastName="Roy")
    spent = day.used()
    told = day.run(day.allowed(spent + 3))
    assert isinstance(told.error, LimitReached)
    assert told.error.where.endswith(".salesforce")
    assert day.used() - spent <= 4
    assert {day.there(rid) for rid in day.ids} != {"Roy"}
    day.world.clock.advance(86_400)
    day.run(replace(day.job, calls_per_day=KEPT_FOR_CONSENTS + 100))
    assert {day.there(rid) for rid in day.ids} == {"Roy"}


def test_the_calls_of_the_runs_before_count(day: Day) -> None:
    job = day.allowed(day.used())
    day.world.org.update("Contact", day.ids[0], LastName="Roy")
    told = day.run(job)
    assert isinstance(told.error, LimitReached)
    assert day.there(day.ids[0]) == "Person 0"
    assert day.run(day.job).error is None


def test_what_is_kept_for_consents_writes_an_opt_out_and_no_edit(day: Day) -> None:
    first, number = day.ids[0], day.world.contacts.id_of(SalesforceID=day.ids[0])
    day.world.clock.advance(TEN_MINUTES)
    day.world.contacts.answer(number, "Newsletter", False)
    day.world.contacts.edit(number, LastName="Roy")
    shown = []
    for few in range(1, 20):
        told = day.run(day.allowed(day.used() + few))
        row = day.world.org.row("Contact", first)
        shown.append((row["Newsletter__c"], row["LastName"]))
        if told.error is None:
            break
        assert isinstance(told.error, LimitReached)
    assert list(dict.fromkeys(shown)) == [(None, "Person 0"), ("No", "Person 0"), ("No", "Roy")]
