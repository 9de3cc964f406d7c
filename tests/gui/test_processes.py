"""Runs as real processes: at a lower priority, ended with the window, and never left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from disf_desktop.core.schedule import NextRun
from disf_desktop.gui.bridge import Bridge, RunProcess, run_command
from disf_desktop.gui.models.facts import Keeping
from disf_desktop.storage import project_file
from disf_desktop.workspace import Places
from tests.gui.desk_alone import Office
from tests.gui.made_up import project

PATIENCE_MS = 30_000

on_posix = pytest.mark.skipif(os.name != "posix", reason="asks the system about a process by a call of POSIX")


def lives(pid: int) -> bool:
    """Say whether a process is there; one that has ended and that nobody has asked about is not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    told = Path(f"/proc/{pid}/stat")
    return not told.exists() or told.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.disf.yaml"
    project_file.save(path, project())
    return path


class RealProcesses(Office):
    """The desk over the fake workspace; its runs are the real command over a real file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.real = Bridge()
        self.made: list[RunProcess] = []

        def process(command: list[str], parent: QObject) -> RunProcess:
            self.made.append(self.real.process(command, parent))
            return self.made[-1]

        self.bridge.process = process  # type: ignore[method-assign,assignment]


@pytest.fixture
def office(file: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[RealProcesses]:
    made = RealProcesses(tmp_path)
    yield made
    made.desk.pause_schedules(True)
    qtbot.waitUntil(lambda: not made.real._processes, timeout=PATIENCE_MS)


@on_posix
def test_a_process_of_the_window_gives_way_to_it(office: RealProcesses, qtbot: QtBot) -> None:
    office.let_have_run("Contacts")
    (process,) = office.made
    qtbot.waitUntil(lambda: bool(office.facts.schedules.next), timeout=PATIENCE_MS)
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, process.pid) > ours


def test_an_integration_waits_for_its_first_run_beside_the_window_too(file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    process = RunProcess(run_command("run", file, Places(tmp_path / "p"), "--wait-for-first"))
    told: list[object] = []
    process.said.connect(told.append)
    process.start()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    process.cancel()
    qtbot.waitUntil(lambda: process.pid == 0, timeout=PATIENCE_MS)
    assert told == [NextRun("Contacts", None)]


@on_posix
def test_a_process_that_is_killed_is_told_and_started_again(office: RealProcesses, qtbot: QtBot) -> None:
    office.let_have_run("Contacts")
    (process,) = office.made
    qtbot.waitUntil(lambda: bool(office.facts.schedules.next), timeout=PATIENCE_MS)
    os.kill(process.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: office.facts.schedules.keeping is Keeping.AGAIN, timeout=PATIENCE_MS)
    error = office.facts.schedules.error
    assert error is not None
    assert (error.code, "ended unexpectedly" in error.message, office.facts.running) == ("crash", True, False)
    qtbot.waitUntil(lambda: len(office.made) == 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: bool(office.facts.schedules.next), timeout=PATIENCE_MS)
    assert office.facts.schedules.keeping is Keeping.ON


@on_posix
def test_a_run_that_is_killed_leaves_the_window_idle(office: RealProcesses, qtbot: QtBot) -> None:
    office.desk.sync("Contacts")
    os.kill(office.made[0].pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: not office.facts.running, timeout=PATIENCE_MS)
    run, notice = office.facts.run, office.facts.notice
    assert run is not None
    assert notice is not None
    assert (run.exit_code, notice.code, "ended unexpectedly" in notice.message) == (1, "crash", True)
    office.desk.sync("Contacts")
    assert office.facts.running, "the next one may begin"
    office.desk.stop()
    qtbot.waitUntil(lambda: not office.facts.running, timeout=PATIENCE_MS)


A_WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from disf_desktop.gui.bridge import RunProcess, run_command
from disf_desktop.workspace import Places
application = QCoreApplication([])
process = RunProcess(run_command("run", Path(sys.argv[1]), Places(Path(sys.argv[2])), "--wait-for-first"))
process.said.connect(lambda said: print(process.pid, flush=True))
process.start()
application.exec()
"""


@on_posix
def test_a_window_that_is_killed_leaves_no_process_behind(file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    words = [sys.executable, "-c", A_WINDOW, str(file), str(tmp_path / "p")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        child = int(window.stdout.readline())
        assert lives(child)
        window.kill()
    qtbot.waitUntil(lambda: not lives(child), timeout=PATIENCE_MS)


@pytest.mark.asyncio
async def test_the_end_of_the_window_ends_its_processes(file: Path, tmp_path: Path) -> None:
    bridge, owner = Bridge(), QObject()
    process = bridge.process(run_command("run", file, Places(tmp_path / "p"), "--wait-for-first"), owner)
    said = asyncio.Event()
    process.said.connect(lambda _: said.set())
    process.start()
    async with asyncio.timeout(PATIENCE_MS / 1000):
        await said.wait()
    child = process.pid
    await bridge.close(patience_s=PATIENCE_MS / 1000)
    assert process.pid == 0
    assert child
