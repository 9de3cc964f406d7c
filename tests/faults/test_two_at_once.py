"""Two runs where there should be one: side by side, one asleep while the other works, and two copies of one profile."""

from __future__ import annotations

import os
import shutil
import signal
import time

import pytest

from tests.faults.checker import Checker
from tests.faults.conftest import few_lookups
from tests.faults.town import PATIENCE_S, Command, Launcher, Town
from tests.services.salesforce_simulator import Simulator

SEED = os.environ.get("DISF_SEED", "1")
ASLEEP_AT = ("committed Observations.store_page", "committed Journal.intend")
"""After the reading of a page, and after an intent that nothing was sent of yet."""

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGSTOP"), reason="only POSIX systems suspend a process by a signal"
)


@pytest.fixture(scope="module")
def town(simulator: Simulator, launcher: Launcher, tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = Town(simulator, tmp_path_factory.mktemp("town"), launcher, f"two {SEED}", change=few_lookups)
    town.run()
    return town


def asleep(town: Town, place: str) -> Command:
    """Give a run that was suspended as it came to this place."""
    command = town.start(trouble={"place": place, "count": 1, "how": "stop"}, name="asleep")
    until = time.monotonic() + PATIENCE_S
    while command.points["met"] is None:
        assert not command.ended(), f"it never came to {place}\n{command.out}"
        assert time.monotonic() < until
        time.sleep(0.01)
    return command


def last(command: Command) -> str:
    """Say how a run ended: the code of its error, or its status."""
    event = command.events[-1]
    return str(event.get("code") or event["status"])


def test_of_two_runs_at_once_one_works_and_the_other_says_that_it_is_busy(town: Town) -> None:
    town.act(12)
    town.at.later()
    sleeping = asleep(town, "commit Journal.intend")
    for _ in range(2):
        second = town.start(name="second")
        assert (second.wait(), last(second)) == (5, "busy")
    sleeping.signal(signal.SIGCONT)
    assert sleeping.wait() in (0, 3)
    town.until_quiet()
    Checker(town).quiet()


@pytest.mark.parametrize("place", ASLEEP_AT)
def test_a_run_that_wakes_after_another_took_its_place_writes_nothing_more_and_says_so(town: Town, place: str) -> None:
    town.act(12)
    town.at.later()
    sleeping = asleep(town, place)
    # Somebody tidies up: only so can another run begin beside one that sleeps.
    town.ledger.with_name("ledger.lock").unlink()
    town.run()
    checker = Checker(town)
    checker.look()
    town.at.writes()
    sleeping.signal(signal.SIGCONT)
    assert (sleeping.wait(), last(sleeping)) == (5, "busy"), sleeping.out
    assert town.at.writes() == {}, "it is told before the next byte"
    checker.look()
    town.until_quiet()
    checker.quiet()


def test_two_copies_of_a_profile_double_nobody_and_lose_nothing(town: Town) -> None:
    copy = town.folder / "copy"
    shutil.copytree(town.profile, copy)
    checker = Checker(town)
    profiles = [town.profile, copy]
    for number in range(3):
        town.act(6)
        town.at.later()
        town.run(profile=profiles[number % 2])
        checker.look()
    town.act(6)
    town.at.later()
    both = [town.start(profile=each, name=each.name + "-run") for each in profiles]
    for command in both:
        town.ended_well(command)
    checker.look()
    for each in profiles:
        town.profile = each
        town.until_quiet()
    checker.quiet()
