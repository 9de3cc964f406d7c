"""Many schedules in processes beside each other: their figures are those of the schedules, whoever played them and
however it ended."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from tests.simulation.players import Kind, Players
from tests.simulation.schedule import play
from tests.simulation.tally import Tally

ROOT: Final = Path(__file__).parents[2]
COMMAND: Final = (sys.executable, "-m", "tests.simulation", "--from", "700100", "--jobs", "2", "--figures")


def test_processes_beside_each_other_play_each_seed_once_and_count_what_one_would() -> None:
    tally, alone = Tally(700_100, Kind()), Tally(700_100, Kind())
    for outcome in Players(700_100, 700_110, jobs=2).outcomes():
        if outcome is not None:
            tally.add(outcome)
    for seed in range(700_100, 700_110):
        alone.add(play(seed))
    assert tally.schedules == 10
    assert (tally.totals, tally.faults, tally.kills) == (alone.totals, alone.faults, alone.kills)
    assert tally.broken == []


def test_a_run_without_faults_has_none_that_is_not_of_people_or_of_services_as_they_are() -> None:
    outcomes = [play(seed, faultless=True) for seed in range(12)]
    fired: Counter[str] = sum((each.faults + each.kills for each in outcomes), Counter())
    assert fired.keys() <= {
        "page_drift", "more_equal_stamps_than_a_page", "partial_success", "all_or_nothing", "rewritten_by_salesforce",
        "rewritten_by_dialog_insight", "clocks_go_forward", "clocks_go_back",
    }  # fmt: skip
    assert [(each.wrong, each.with_ourselves) for each in outcomes] == [("", 0)] * 12
    assert sum(each.deeds for each in outcomes) > 12


def _figures(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_rows_that_fired_too_rarely_are_named_and_fail_the_run(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    command = [*COMMAND, str(path), "--schedules", "3", "--each", "1000"]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert ended.returncode == 1
    assert ended.stdout.count("fired too rarely: ") == 19
    assert "violations: 0" in ended.stdout
    figures = _figures(path)
    assert (figures["schedules"], figures["ended"], figures["violations"]) == (3, "all was played", [])
    assert len(figures["rows"]) == 19


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that asks a process to end")
def test_a_run_that_is_ended_writes_what_it_has_played(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    with subprocess.Popen([*COMMAND, str(path), "--minutes", "60"], stdout=subprocess.PIPE, text=True, cwd=ROOT) as run:
        assert run.stdout is not None
        assert run.stdout.readline().startswith("commit ")
        run.send_signal(signal.SIGTERM)
        told, _ = run.communicate(timeout=300)
    assert run.returncode == 0
    assert "violations: 0" in told
    assert _figures(path)["ended"] == "somebody stopped it"
