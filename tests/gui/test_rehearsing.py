"""The rehearsal of the first page: real simulated services, which never outlive the window."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from disf_desktop.gui.deeds.rehearsal import Stage
from disf_desktop.gui.models.facts import Rehearsal
from tests.gui.test_files import House, at_home

PATIENCE_S = 60


def is_there(pid: int) -> bool:
    """Say whether a process lives (Linux, macOS)."""
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return done.returncode == 0 and not done.stdout.startswith("Z")


def stage_of(house: House) -> Stage:
    stage = house.desk.findChild(Stage)
    assert stage is not None
    return stage


posix_only = pytest.mark.skipif(os.name != "posix", reason="looks at processes with ps, and kills as POSIX does")


@posix_only
@pytest.mark.asyncio
async def test_a_rehearsal_is_started_shown_and_left(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.opened()
        house.choose("Close the project")
        await house.until(house.window.start.isVisible)
        house.window.start.rehearse_card.button.click()
        await house.until(house.window.start.starting.isVisible)
        assert not house.window.start.cards.isVisible()
        stage = stage_of(house)
        pid, folder = stage.pid, Path(stage.folder)
        await house.until(lambda: house.store.facts.ledger_read and len(house.store.facts.tested) == 2)
        assert house.store.facts.rehearsal is Rehearsal.OPEN
        assert house.window.band.isVisible()
        assert house.window.windowTitle().startswith("Rehearsal — ")
        assert house.settings.recent == (house.file,)  # a rehearsal is no file of the person's
        assert not house.action("Save as…").isEnabled()
        house.rename("Tried")  # it can be worked with like any other
        await house.until(lambda: house.store.facts.saved)
        house.window.band.leave_button.click()
        await house.until(house.window.start.isVisible)
        await house.until(lambda: not is_there(pid))
        await house.until(lambda: not folder.exists())
        assert not house.window.band.isVisible()
        assert house.window.start.cards.isVisible()


@posix_only
@pytest.mark.asyncio
async def test_a_rehearsal_can_be_given_up_while_it_starts(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        house.window.start.rehearse_card.button.click()
        await house.until(house.window.start.starting.isVisible)
        stage = stage_of(house)
        pid, folder = stage.pid, Path(stage.folder)
        assert pid
        house.window.start.cancel_button.click()
        await house.until(house.window.start.cards.isVisible)
        await house.until(lambda: not is_there(pid))
        await house.until(lambda: not folder.exists())
        assert house.store.facts.notice is None


@posix_only
@pytest.mark.asyncio
async def test_leaving_a_rehearsal_stops_its_run_first(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        house.desk.rehearse()
        await house.until(lambda: house.store.facts.ledger_read)
        pid = stage_of(house).pid
        house.desk.preview()
        await house.until(lambda: house.store.facts.run and house.store.facts.run.state.progress)
        house.window.band.leave_button.click()
        await house.until(house.window.start.isVisible)
        await house.until(lambda: not is_there(pid))
        assert house.store.facts.notice is None


@posix_only
@pytest.mark.asyncio
async def test_services_that_die_end_the_rehearsal_with_a_word(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        house.desk.rehearse()
        await house.until(lambda: house.store.facts.ledger_read)
        os.kill(stage_of(house).pid, signal.SIGKILL)
        await house.until(lambda: house.store.facts.notice)
        assert house.store.facts.notice is not None
        assert house.store.facts.notice.code == "rehearsal"
        assert house.store.facts.project is None
        assert house.store.facts.rehearsal is None


@posix_only
@pytest.mark.asyncio
async def test_opening_a_file_ends_the_rehearsal(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        house.desk.rehearse()
        await house.until(lambda: house.store.facts.ledger_read)
        pid = stage_of(house).pid
        await house.opened()
        assert house.store.facts.rehearsal is None
        await house.until(lambda: not is_there(pid))


_KILLED = """
import asyncio, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
import qasync
from disf_desktop.app import make_window
from disf_desktop.gui.bridge import Bridge
from disf_desktop.gui.deeds.rehearsal import Stage
from disf_desktop.workspace import Places

application = QApplication([])
loop = qasync.QEventLoop(application)
asyncio.set_event_loop(loop)
window = make_window(application, Bridge(), Places(Path(sys.argv[1]) / "profile", Path(sys.argv[1]) / "secrets.json"))
window.show()
window.start.rehearse_card.button.click()
stage = window.findChild(Stage) or window._desk.findChild(Stage)

def look():
    if window.band.isVisible():
        print(stage.pid, flush=True)
        timer.stop()

from PySide6.QtCore import QTimer
timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
loop.run_forever()
"""


@posix_only
def test_a_killed_window_takes_its_services_with_it(tmp_path: Path) -> None:
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)}
    words = [sys.executable, "-c", _KILLED, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=surroundings, text=True) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        assert is_there(pid)
        process.kill()
    until = time.monotonic() + PATIENCE_S
    while is_there(pid):
        assert time.monotonic() < until, "the services live on"
        time.sleep(0.05)
    assert not list(tmp_path.rglob("*.sqlite"))  # what they had made up went with them
