"""A person at a real window on a virtual screen: opens the rehearsal's project, clicks Sync now, and sees it finish."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.request import urlopen

import pytest

T = TypeVar("T")
PATIENCE_S = 90.0
CONTACTS = 300

needs_x11 = pytest.mark.skipif(
    sys.platform in ("win32", "darwin") or not all(map(shutil.which, ("Xvfb", "xdotool"))),
    reason="a virtual X screen and a robot for it (Xvfb, xdotool) are there on "
    "Linux, by packaging/system-packages.sh --tests",
)


def eventually(look: Callable[[], T | None], what: str) -> T:
    """Look again until something is seen; fail with its name when it never comes."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        seen = look()
        if seen:
            return seen
        time.sleep(0.1)
    raise AssertionError(f"never seen: {what}")


@contextmanager
def started(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process of our own, and end it by its id."""
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


@contextmanager
def screen() -> Iterator[str]:
    """Start a virtual screen of our own and give its name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    with started(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        os.close(write)
        with os.fdopen(read, "rb") as told:
            yield f":{int(told.readline())}"


@contextmanager
def simulator(folder: Path) -> Iterator[dict[str, Any]]:
    """Start both services and give what their ready file tells."""
    ready = folder / "ready.json"
    options = ["--records", str(CONTACTS), "--ready-file", str(ready), "--state", str(folder / "state")]
    log = (folder / "simulator.log").open("wb")
    with log, started([sys.executable, "-m", "disf_desktop.cli", "simulate", *options], stdout=log, stderr=log):
        eventually(ready.exists, "the simulator")
        yield json.loads(ready.read_text(encoding="utf-8"))


class Robot:
    """A hand on the mouse and the keyboard of a screen."""

    def __init__(self, display: str) -> None:
        self._environment = os.environ | {"DISPLAY": display}

    def do(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self._environment, capture_output=True, text=True, timeout=30)
        return done.stdout.strip() if done.returncode == 0 else ""

    def windows(self, title: str) -> list[str]:
        return self.do("search", "--onlyvisible", "--name", title).split()

    def click(self, window: str, from_right: int, from_top: int) -> None:
        """Move the mouse to a place in a window and press its left button."""
        shape = dict(line.split("=") for line in self.do("getwindowgeometry", "--shell", window).splitlines())
        x, y = int(shape["X"]) + int(shape["WIDTH"]) - from_right, int(shape["Y"]) + from_top
        self.do("mousemove", str(x), str(y), "sleep", "0.2", "click", "1")


def contacts(ready: dict[str, Any]) -> list[dict[str, Any]]:
    """Ask the simulator, by its side door, who is in the Newsletter project."""
    address = f"{ready['control_url']}/dialog-insight/projects/{ready['projects']['Newsletter']}/contacts.ndjson"
    with urlopen(address, timeout=20) as answer:
        return [json.loads(line) for line in answer.read().splitlines() if line]


def expected_contacts(ready: dict[str, Any]) -> int:
    return int(ready["expected"]["Contact"]["valid"]) + int(ready["expected"]["Lead"]["valid"])


@pytest.mark.x11
@needs_x11
def test_sync_now_shows_a_first_run_and_sending_it_brings_the_contacts_to_dialog_insight(tmp_path: Path) -> None:
    with ExitStack() as stack:
        display = stack.enter_context(screen())
        ready = stack.enter_context(simulator(tmp_path))
        command = [
            sys.executable,
            "-m",
            "disf_desktop.app",
            ready["project_file"],
            "--profile",
            ready["profile"],
            "--secrets",
            ready["secrets"],
        ]
        environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LANGUAGE": "en", "LC_ALL": "C.UTF-8"}
        log = stack.enter_context((tmp_path / "window.log").open("wb"))
        program = stack.enter_context(started(command, env=environment, stdout=log, stderr=log))
        robot, file = Robot(display), Path(ready["project_file"]).name
        window = eventually(lambda: robot.windows(f"^{file} — "), "the window with the project file")[0]
        assert contacts(ready) == []

        def until(from_right: int, from_top: int, seen: Callable[[], bool], what: str) -> None:
            """Click until the window answers, as a person would."""
            end = time.monotonic() + PATIENCE_S
            while time.monotonic() < end:
                robot.click(window, from_right=from_right, from_top=from_top)
                if _saw(seen):
                    return
            raise AssertionError(what)

        # A first run is shown before anything is sent.
        preparing = "^Preparing the preview · "
        until(74, 53, lambda: bool(robot.windows(preparing)), "the click on Sync now started nothing")
        eventually(lambda: not robot.windows(preparing) and robot.windows(f"^{file} — "), "the end of the preview")
        assert contacts(ready) == []
        until(
            90,
            147,
            lambda: bool(robot.windows("^Syncing now · ")) or bool(contacts(ready)),
            "the click on Send started nothing",
        )
        eventually(lambda: not robot.windows("^Syncing now · ") and robot.windows(f"^{file} — "), "the end of the run")
        arrived = contacts(ready)
        assert len(arrived) == expected_contacts(ready)
        assert all(person["f_EMail"] and person["f_SalesforceID"] for person in arrived)

        robot.do("key", "--window", window, "ctrl+q")
        robot.do("windowfocus", window, "key", "ctrl+q")
        assert eventually(lambda: (program.poll() is not None) or None, "the end of the program")
        assert program.returncode == 0
    assert b"Traceback" not in (tmp_path / "window.log").read_bytes()


def _saw(look: Callable[[], bool]) -> bool:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if look():
            return True
        time.sleep(0.02)
    return False
