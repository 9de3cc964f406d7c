"""Schedules over the shipped engine, ledger and parsers: no promise is broken, and each replays to the same trace.

More of them: `make soak`, or `python -m tests.simulation --minutes 10`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

from tests.simulation.aimed import CALLS, GATEWAY, STILL
from tests.simulation.schedule import LAG, SCOPE, Outcome, play

SCHEDULES: Final = int(os.environ.get("DISF_SCHEDULES", "2000"))
REPLAYED: Final = 8
FOUND: Final = (
    36,
    471,
    1013,
    3499,
    3701,
    800449,
    800462,
    801019,
    801492,
    850220,
    910203,
    1001364,
    2000105,
    2100256,
    3000441,
    3001208,
    3003040,
    3004469,
    3006857,
    3006912,
    3007574,
    3009293,
    5000020,
)
"""Schedules of findings that are mended, of the engine or of the checker."""
FOUND_BEHIND: Final = (31, 1005, 1020, 1036, 1068, 1210, 1291)
FOUND_AIMED: Final = ((69, CALLS), (74, GATEWAY), (208, GATEWAY), (260, STILL))
ROOT: Final = Path(__file__).parents[2]


def test_no_promise_is_broken_whatever_happens_to_runs_services_people_and_clocks() -> None:
    outcomes = [play(seed) for seed in range(SCHEDULES)]
    broken = [f"python -m tests.simulation --seed {each.seed} --trace: {each.wrong}" for each in outcomes if each.wrong]
    assert not broken, "\n".join(broken)
    faults, kills = _fired(outcomes)
    assert len(faults) >= 30
    assert len(kills) == 4
    assert sum(each.writes for each in outcomes) > SCHEDULES


def test_no_promise_is_broken_where_people_come_into_the_filter_and_leave_it() -> None:
    outcomes = [play(seed, more=(SCOPE,)) for seed in range(SCHEDULES // 10)]
    again = "python -m tests.simulation --trace --with scope_changed --seed"
    broken = [f"{again} {each.seed}: {each.wrong}" for each in outcomes if each.wrong]
    assert not broken, "\n".join(broken)
    assert _fired(outcomes)[0][SCOPE] >= len(outcomes) // 2


def test_schedules_that_once_broke_a_promise_break_none_any_more() -> None:
    found = [(920031, SCOPE), *((seed, LAG) for seed in FOUND_BEHIND), *FOUND_AIMED]
    outcomes = [*map(play, FOUND), *(play(seed, more=(more,)) for seed, more in found)]
    assert [(each.seed, each.wrong) for each in outcomes if each.wrong] == []


def test_no_promise_is_broken_where_look_ups_are_behind_a_save() -> None:
    outcomes = [play(seed, more=(LAG,)) for seed in range(SCHEDULES // 10)]
    again = f"python -m tests.simulation --trace --with {LAG} --seed"
    broken = [f"{again} {each.seed}: {each.wrong}" for each in outcomes if each.wrong]
    assert not broken, "\n".join(broken)
    assert _fired(outcomes)[0][LAG] >= len(outcomes) // 2


def test_look_ups_that_are_behind_are_counted_and_replay_too() -> None:
    one, same = play(29, more=(LAG,)), play(29, more=(LAG,))
    assert one.faults[LAG] > 0
    assert one.hash == same.hash != play(29).hash


def _fired(outcomes: list[Outcome]) -> tuple[Counter[str], Counter[str]]:
    faults: Counter[str] = Counter()
    kills: Counter[str] = Counter()
    for outcome in outcomes:
        faults += outcome.faults
        kills += outcome.kills
    return faults, kills


def test_a_schedule_replays_to_the_same_trace_in_any_process() -> None:
    first = 700_000
    here = [f"{seed} {play(seed).hash}" for seed in range(first, first + REPLAYED)]
    command = [sys.executable, "-m", "tests.simulation", "--hashes", "--from", str(first), "--schedules", str(REPLAYED)]
    # Python orders sets of texts otherwise in each process, unless it is told how.
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=environment, timeout=300)
    assert told.stdout.split("\n")[:-1] == here
    assert len(set(here)) == REPLAYED


def test_another_schedule_has_another_trace() -> None:
    told: list[str] = []
    one, other = play(3, told.append), play(4)
    assert one.hash != other.hash
    assert one.hash == play(3).hash
    assert any(line.startswith("call DI") for line in told)
