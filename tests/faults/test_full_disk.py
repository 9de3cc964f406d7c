"""A disk that fills up, or refuses to write, at any commit: the run says so, loses nothing, and the next one goes on.

A full disk is a small one of its own where this system lets one be mounted, and a limit on the size of files
everywhere. `DISF_FULL` says at how many commits (3 here).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest

from disf_desktop.storage.room import BALLAST_BYTES, SPARE_BYTES
from tests.faults.checker import Checker
from tests.faults.conftest import few_lookups
from tests.faults.town import Command, Launcher, Town
from tests.services.salesforce_simulator import Simulator

if sys.platform == "win32":
    pytest.skip(
        "Windows has no limit on the size of files; a full disk is told there by the same code", allow_module_level=True
    )

TIMES = int(os.environ.get("DISF_FULL", "3"))
SEED = os.environ.get("DISF_SEED", "1")
SAID = {"limit": "disk_full", "fill": "disk_full", "break": "ledger"}
"""Kinds of trouble, and what a run says of each."""


@dataclass(frozen=True)
class Disk:
    """A folder, and the kinds of trouble that its disk can be given."""

    folder: Path
    kinds: tuple[str, ...]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Give a disk of its own, a little larger than a run asks for, or a folder where none can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    kinds = ("limit", "break") if sys.platform == "linux" else ("limit",)
    if sys.platform == "linux" and os.getuid() == 0 and mount and umount:
        size = SPARE_BYTES + BALLAST_BYTES + 24 * 2**20
        line = [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if subprocess.run(line, capture_output=True).returncode == 0:
            try:
                yield Disk(folder, (*kinds, "fill"))
            finally:
                # Lazily, so that a test that failed with a file open leaves no disk behind.
                subprocess.run([umount, "--lazy", str(folder)], check=True)
            return
    yield Disk(folder, kinds)


def spoil(town: Town, how: str, count: int, folder: Path) -> Command:
    """Run with trouble at a commit, and have the run say what it was; then let there be none."""
    command = town.start(trouble={"place": "commit", "count": count, "how": how, "folder": str(folder)})
    code = command.wait()
    (folder / "filler").unlink(missing_ok=True)
    met = command.points["met"]
    told = f"{how} at {met}: {code}\n{command.out[-2000:]}\n{command.err[-3000:]}"
    assert "Traceback" not in command.err, told
    if met is None or code in (0, 3):
        # Past its last commit, or in one that the run can do without, such as today's backup.
        assert code in (0, 3), told
    elif command.events:
        assert code == 1, told
        assert command.events[-1].get("code") == SAID[how], told
    return command


def test_a_disk_that_takes_nothing_at_some_commit_is_told_and_the_next_run_goes_on(
    simulator: Simulator, launcher: Launcher, disk: Disk, tmp_path: Path
) -> None:
    town = Town(simulator, tmp_path, launcher, f"disk {SEED}", profile=disk.folder / "profile", change=few_lookups)
    town.run()
    checker, met, kinds, count = Checker(town), Counter[str](), cycle(disk.kinds), 1
    while met.total() < TIMES:
        town.act(2)
        town.at.later()
        how = next(kinds)
        command = spoil(town, how, count, disk.folder)
        checker.look()
        if command.points["met"]:
            met[how] += 1
            count += town.chance.randrange(1, 5)
        else:
            count = 1
    try:
        town.until_quiet()
        checker.quiet()
    except BaseException as failure:
        failure.add_note(f"DISF_SEED={SEED} DISF_FULL={TIMES}")
        raise
    assert set(met) == set(disk.kinds)
