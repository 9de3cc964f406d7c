"""Every seeded defect is noticed, at the schedule that noticed it first; the program itself passes there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.simulation.caught import RARE, SEEDS
from tests.simulation.mutants import MUTANTS
from tests.simulation.schedule import play

ROOT = Path(__file__).parents[2]


def test_every_seeded_defect_is_noticed_at_the_schedule_that_caught_it() -> None:
    command = [sys.executable, "-m", "tests.simulation.mutation", "--replay", "--then", "100"]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=600)
    survivors = [line for line in told.stdout.splitlines() if line.startswith("SURVIVES")]
    assert not survivors, "\n".join(survivors)
    assert told.returncode == 0, told.stderr
    caught = [line for line in told.stdout.splitlines() if line.startswith("seed")]
    assert len(caught) == len(SEEDS)


def test_there_are_defects_enough_and_each_has_a_name() -> None:
    names = {mutant.name for mutant in MUTANTS}
    assert len(names) == len(MUTANTS)
    assert len(SEEDS) >= 25
    assert set(SEEDS) | set(RARE) <= names


def test_the_program_itself_passes_the_schedules_at_which_its_defects_are_noticed() -> None:
    more = {mutant.name: mutant.more for mutant in MUTANTS}
    played = sorted({(seed, more[name]) for name, seed in SEEDS.items()})
    broken = {(seed, also): wrong for seed, also in played if (wrong := play(seed, more=also).wrong)}
    assert not broken
