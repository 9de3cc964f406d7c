"""How the command speaks: the pace of progress, what a terminal is spared, several ids after one option."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.cli.control import Control, follow
from disf_desktop.cli.events import SetAsideFinished, with_file
from disf_desktop.cli.output import JsonLines, Pace, leave_quietly, shown
from disf_desktop.cli.program import spread
from disf_desktop.core.errors import LedgerIsBusy, Stopped
from disf_desktop.core.events import Progress, Stage
from disf_desktop.core.schema import Side
from tests.cli.conftest import COMMAND, surroundings


@given(st.lists(st.floats(min_value=0, max_value=0.3), max_size=200))
def test_no_second_holds_more_than_ten_progress_events(steps: list[float]) -> None:
    now = 0.0
    passed: list[float] = []
    pace = Pace(lambda: now)
    for step in steps:
        now += step
        if pace.may_pass():
            passed.append(now)
    assert all(later - earlier >= 1 for earlier, later in zip(passed, passed[10:], strict=False))


def test_progress_is_held_to_the_pace_and_nothing_else_is(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    output = JsonLines(Pace(lambda: 0.0))
    for done in range(50):
        output.say(Progress("Contacts", Stage.READ, Side.SALESFORCE, done))
        output.say(SetAsideFinished(done))
    output.close()
    names = [json.loads(line)["event"] for line in capfdbinary.readouterr().out.splitlines()]
    assert names == ["progress", *["set_aside_finished"] * 50]


def test_the_first_progress_passes_at_once() -> None:
    assert Pace(lambda: 0.0).may_pass()


def test_words_of_a_service_cannot_drive_a_terminal() -> None:
    assert shown("Émile\x1b]0;owned\x07 \u202eabc\n") == "Émile\ufffd]0;owned\ufffd \ufffdabc\n"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("--retry 3 4 F", "--retry 3 --retry 4 F"),
        ("F --retry 3 --dismiss 5 6 --json", "F --retry 3 --dismiss 5 --dismiss 6 --json"),
        ("F --retry all", "F --retry all"),
        ("F --take 3=salesforce 4=dialog_insight", "F --take 3=salesforce --take 4=dialog_insight"),
        ("--restore 3 4 --all F", "--restore 3 --restore 4 --all F"),
        ("--retry 3 F 4", "--retry 3 F 4"),
        ("sync F", "sync F"),
        ("F --retry", "F --retry"),
    ],
)
def test_several_ids_may_follow_one_option(words: str, meant: str) -> None:
    assert spread(words.split()) == meant.split()


def test_only_a_reader_that_left_is_forgiven() -> None:
    with pytest.raises(OSError, match="No space"):
        leave_quietly(OSError(errno.ENOSPC, "No space left"), sys.stdout)


def test_a_paused_run_takes_no_step_until_it_is_resumed() -> None:
    control = Control()
    steps: list[int] = []

    def run() -> Generator[int, None, None]:
        for n in range(3):
            steps.append(n)
            yield n

    events = follow(run(), control)
    next(events)
    control.pause()
    rest = threading.Thread(target=lambda: list(events))
    rest.start()
    rest.join(0.2)
    assert (rest.is_alive(), steps) == (True, [0])
    control.resume()
    rest.join(10)
    assert steps == [0, 1, 2]


def test_a_cancel_is_thrown_into_the_run_once_and_its_last_words_are_heard() -> None:
    control = Control(grace_s=60)
    thrown = 0

    def run() -> Generator[str, None, None]:
        nonlocal thrown
        try:
            while True:
                yield "working"
        except Stopped:
            thrown += 1
            yield "landing"
            yield "landed"

    told: list[str] = []
    for event in follow(run(), control):
        told.append(event)
        if len(told) == 2:
            control.cancel()
    assert told == ["working", "working", "landing", "landed"]
    assert thrown == 1
    control.over()


def test_a_run_that_is_stopped_before_it_began_says_itself_how_it_ended() -> None:
    control = Control(grace_s=60)
    stop = control.new_stop()

    def run() -> Generator[str, None, None]:
        assert stop.is_set()
        yield "ended"
        raise Stopped("It was stopped.", "")

    control.cancel()
    events = follow(run(), control)
    assert next(events) == "ended"
    with pytest.raises(Stopped):
        next(events)
    control.over()


def test_what_keeps_a_run_from_beginning_is_not_told_to_somebody_who_has_stopped_it() -> None:
    def lock() -> str:
        raise LedgerIsBusy("Another run holds the ledger.", "Wait.")

    def busy() -> Generator[str, None, None]:
        yield lock()

    control = Control(grace_s=60)
    with pytest.raises(LedgerIsBusy):
        list(follow(busy(), control))
    control.cancel()
    with pytest.raises(Stopped):
        list(follow(busy(), control))
    control.over()


def test_a_run_that_comes_to_no_safe_point_is_ended_after_the_grace() -> None:
    script = (
        "import time\n"
        "from disf_desktop.cli.control import Control\n"
        "control = Control(grace_s=0.1)\n"
        "control.before_the_end = lambda: print('last word', flush=True)\n"
        "control.cancel()\n"
        "time.sleep(60)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=surroundings(), check=False
    )
    assert (done.returncode, done.stdout) == (4, "last word\n")


def test_help_loads_no_service_no_window_and_no_ledger() -> None:
    script = (
        "import sys\n"
        "from disf_desktop.cli.program import run\n"
        "assert run(['sync', '--help']) == 0\n"
        "heavy = {'PySide6', 'simple_salesforce', 'requests', 'apsw', 'keyring', 'starlette'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=surroundings(), check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_mistake_of_ours_is_said_by_its_kind_and_place_without_its_text() -> None:
    script = (
        "import sys\n"
        "from disf_desktop.cli import program\n"
        "sys.exit(program._crashed(ValueError('canary@example.org'), as_json=True, verbose=False))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=surroundings(), check=False
    )
    assert done.returncode == 1
    assert '"code":"crash"' in done.stdout
    assert "ValueError" in done.stdout
    assert "canary" not in done.stdout + done.stderr


def test_the_version_is_told() -> None:
    done = subprocess.run([*COMMAND, "--version"], capture_output=True, text=True, env=surroundings(), check=True)
    assert done.stdout.startswith("disf ")


def test_an_advice_names_the_project_file_so_that_its_command_can_be_pasted() -> None:
    advice = "Or prepare Salesforce for it: disf prepare FILE acme --install all"
    assert with_file(advice, Path("my.disf.yaml")).endswith(": disf prepare my.disf.yaml acme --install all")
    assert with_file(advice, Path("a b.disf.yaml")).endswith(': disf prepare "a b.disf.yaml" acme --install all')
    assert with_file("Look at disf status FILE, then disf sync FILE.", Path("x")) == (
        "Look at disf status x, then disf sync x."
    )
    assert with_file(advice, None) == advice
