"""A sync that is killed at any moment, again and again, loses nothing, doubles nobody and overrides no answer.

Real processes, ended by SIGKILL: at random moments, and just before and just after every transaction of the ledger and
every request. `DISF_KILLS` says how many (12 here, 500 in `make soak`); `DISF_SEED` says which. What is told of a
failure names both; `DISF_FIGURES` names a file for the figures.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from tests.faults.checker import Checker
from tests.faults.conftest import few_lookups
from tests.faults.launcher import KINDS
from tests.faults.town import Command, Launcher, Town
from tests.journeys.rehearsal import Change
from tests.services.salesforce_simulator import Simulator

KILLS = int(os.environ.get("DISF_KILLS", "12"))
SEED = os.environ.get("DISF_SEED", "1")
KINDS_OF_ACCOUNT = ("dates", "equality") if KILLS >= 100 else ("dates",)
"""How changes are found in Dialog Insight: by their date, or by looking everybody up. A merge tries the quicker one."""
CHANGES: Final[dict[str, Change]] = {"dates": few_lookups, "equality": lambda project: None}
KILLS_IN_A_ROUND = 12
ROUNDS_IN_A_TOWN = 12


class Killer:
    """Kills a town's commands in one of the ways, and counts."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.points: Counter[str] = Counter()
        self.by_the_clock = 0
        self.slowest_recovery_s = 0.0
        """The longest that a run took which came to its end after a kill; told, never judged."""
        self._killed = False
        self._passed: dict[str, int] = {}
        self._whole_s = 0.4

    @property
    def kills(self) -> int:
        return self.by_the_clock + sum(self.points.values())

    def kill_one(self) -> None:
        """Start a command and kill it, if it does not end before."""
        town = self.town
        if town.chance.random() < 0.3:
            self._at_a_moment()
            return
        # The points that were least often the last come first, the others now and then.
        least = sorted(self._passed, key=lambda each: (self.points[each], each))
        place = town.chance.choice(least[:5] if town.chance.random() < 0.7 else least) if least else None
        if place is None or town.chance.random() < 0.2:
            place, most = town.chance.choice(KINDS), 60
        else:
            most = self._passed[place]
        command = town.start(trouble={"place": place, "count": 1 + int(most * town.chance.random() ** 2)})
        town.act(town.chance.randrange(3))
        self._took(command)

    def _at_a_moment(self) -> None:
        command = self.town.start()
        limit = time.monotonic() + self.town.chance.random() * self._whole_s
        self.town.act(self.town.chance.randrange(3))
        time.sleep(max(0.0, limit - time.monotonic()))
        command.signal(9)
        self._took(command)

    def _took(self, command: Command) -> None:
        code = command.wait()
        told = command.points
        for place, times in told["passed"].items():
            self._passed[place] = max(times, self._passed.get(place, 0))
        if code == -9:
            self.town.history.story.append(f"- killed: {told['met'] or 'at some moment'}")
            if told["met"]:
                self.points[told["met"]] += 1
            else:
                self.by_the_clock += 1
        elif self.town.ended_well(command) and self._killed:
            self.slowest_recovery_s = max(self.slowest_recovery_s, command.events[-1]["seconds"])
        self._killed = code == -9


@pytest.mark.parametrize("kind", KINDS_OF_ACCOUNT)
def test_a_sync_killed_anywhere_loses_nothing_doubles_nobody_and_overrides_no_no(
    kind: str, simulator: Simulator, launcher: Launcher, tmp_path: Path
) -> None:
    kills, wanted, points, acts = 0, -(-KILLS // len(KINDS_OF_ACCOUNT)), Counter[str](), Counter[str]()
    towns = yes = sign_ins = 0
    slowest = 0.0
    while kills < wanted:
        folder = tmp_path / str(towns)
        folder.mkdir()
        seed = f"{kind} {SEED} {towns}"
        town = Town(simulator, folder, launcher, seed, kind=kind, change=CHANGES[kind])
        checker, killer = Checker(town), Killer(town)
        try:
            for _ in range(ROUNDS_IN_A_TOWN):
                enough = min(killer.kills + KILLS_IN_A_ROUND, wanted - kills)
                while killer.kills < enough:
                    town.act(town.chance.randrange(8))
                    town.at.later(town.chance.randrange(1, 90))
                    killer.kill_one()
                    checker.look()
                town.until_quiet(runs=3)
                checker.quiet()
                if kills + killer.kills >= wanted:
                    break
        except BaseException as failure:
            failure.add_note(f"DISF_SEED={SEED} DISF_KILLS={KILLS}, town {seed!r}, after {killer.kills} kills")
            raise
        kills += killer.kills
        points.update(killer.points)
        acts.update(town.history.acts)
        yes += checker.yes_arrived()
        sign_ins += town.sign_ins
        slowest = max(slowest, killer.slowest_recovery_s)
        towns += 1
    told: dict[str, Any] = {"kills": kills, "at points": points.total(), "towns": towns, "sign-ins lost": sign_ins}
    told |= {
        "slowest recovery, seconds": slowest,
        "yes arrived": yes,
        "acts": acts,
        "points": dict(sorted(points.items())),
    }
    if "DISF_FIGURES" in os.environ:
        Path(os.environ["DISF_FIGURES"]).with_suffix(f".{kind}.json").write_text(json.dumps(told, indent=1), "utf-8")
    assert kills >= wanted
