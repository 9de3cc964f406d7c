"""Calls in threads and runs as processes."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import DisfError
from disf_desktop.core.events import Progress
from disf_desktop.gui.bridge import AT_ONCE, Bridge, RunProcess, TimedOut, run_command
from disf_desktop.workspace import Places

PROGRESS = (
    '{"event":"progress","integration":"C","stage":"read","side":"salesforce",'
    '"done":%d,"total":2,"rate":1,"eta_s":null}'
)


class Heard:
    """Gathers what a process says."""

    def __init__(self, process: RunProcess) -> None:
        self.events: list[object] = []
        self.errors: list[DisfError] = []
        self.ends: list[int] = []
        process.said.connect(self.events.append)
        process.complained.connect(self.errors.append)
        process.ended.connect(self.ends.append)


def running(script: str) -> tuple[RunProcess, Heard]:
    process = RunProcess([sys.executable, "-u", "-c", script])
    return process, Heard(process)


def test_events_come_whole_even_where_lines_come_in_pieces(qtbot: QtBot) -> None:
    first, second = PROGRESS % 1, PROGRESS % 2
    script = "\n".join(
        (
            "import sys, time",
            f"sys.stdout.write({first[:20]!r}); sys.stdout.flush(); time.sleep(0.05)",
            f"print({first[20:]!r}); print({second!r})",
        )
    )
    process, heard = running(script)
    process.start()
    qtbot.waitUntil(lambda: heard.ends == [0], timeout=10_000)
    assert [e.done for e in heard.events if isinstance(e, Progress)] == [1, 2]
    assert not heard.errors


def test_pause_resume_and_cancel_are_lines_and_then_the_end_of_input(qtbot: QtBot) -> None:
    error = '{"event": "error", "code": "x", "message": "%s"}'
    echo = f"import sys\nfor line in sys.stdin: print({error!r} % line.strip())\nsys.exit(4)"
    process, heard = running(echo)
    process.start()
    process.pause()
    process.resume()
    process.cancel()
    qtbot.waitUntil(lambda: heard.ends == [4], timeout=10_000)
    assert [e.message for e in heard.errors] == ["pause", "resume", "cancel"]


def test_a_run_that_ends_without_a_reason_is_told_with_its_last_words(qtbot: QtBot) -> None:
    process, heard = running("import sys; sys.stderr.write('the roof is on fire'); sys.exit(1)")
    process.start()
    qtbot.waitUntil(lambda: bool(heard.ends), timeout=10_000)
    (error,) = heard.errors
    assert (error.code, error.detail, heard.ends) == ("crash", "the roof is on fire", [1])


def test_a_run_that_is_killed_is_told(qtbot: QtBot) -> None:
    process, heard = running("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    process.start()
    qtbot.waitUntil(lambda: bool(heard.ends), timeout=10_000)
    assert ([e.code for e in heard.errors], heard.ends) == (["crash"], [1])


def test_a_program_that_is_not_there_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    process = RunProcess([str(tmp_path / "gone")])
    heard = Heard(process)
    process.start()
    qtbot.waitUntil(lambda: bool(heard.ends), timeout=10_000)
    assert ([e.code for e in heard.errors], heard.ends) == (["crash"], [1])


def test_a_line_that_cannot_be_read_is_told_and_the_run_goes_on(qtbot: QtBot) -> None:
    process, heard = running(f"print('rubbish'); print({PROGRESS % 1!r})")
    process.start()
    qtbot.waitUntil(lambda: heard.ends == [0], timeout=10_000)
    assert ([e.code for e in heard.errors], len(heard.events)) == (["unexpected_answer"], 1)


def test_the_command_of_a_run_holds_the_places_and_no_secret(tmp_path: Path) -> None:
    command = run_command(
        "sync", tmp_path / "a.disf.yaml", Places(tmp_path / "p", tmp_path / "s.yaml"), "--approve", "abc"
    )
    assert command[1:] == [
        "-m", "disf_desktop.cli", "sync", str(tmp_path / "a.disf.yaml"), "--json", "--control", "stdin",
        "--profile", str(tmp_path / "p"), "--approve", "abc", "--secrets", str(tmp_path / "s.yaml"),
    ]  # fmt: skip


@pytest.mark.asyncio
async def test_no_more_than_four_calls_are_made_at_the_same_time() -> None:
    bridge, lock, now, most = Bridge(), threading.Lock(), [0], [0]
    full, go = threading.Event(), threading.Event()

    def verb() -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
            if now[0] == AT_ONCE:
                full.set()
        go.wait(10)
        with lock:
            now[0] -= 1

    calls = [asyncio.ensure_future(bridge.call(verb)) for _ in range(3 * AT_ONCE)]
    await asyncio.to_thread(full.wait, 10)
    await asyncio.sleep(0.05)
    go.set()
    await asyncio.gather(*calls)
    assert most == [AT_ONCE]


@pytest.mark.asyncio
async def test_a_call_that_takes_too_long_is_told_in_plain_words() -> None:
    go = threading.Event()
    with pytest.raises(TimedOut) as told:
        await Bridge().call(go.wait, 5, timeout_s=0.05)
    go.set()
    assert told.value.code == "timeout"


@pytest.mark.asyncio
async def test_the_steps_of_a_stream_come_in_order_on_the_loop() -> None:
    seen: list[tuple[int, bool]] = []
    mine = threading.get_ident()

    def steps() -> Iterator[int]:
        yield from range(5)

    await Bridge().stream(steps, lambda n: seen.append((n, threading.get_ident() == mine)))
    await asyncio.sleep(0.05)
    assert seen == [(n, True) for n in range(5)]


@pytest.mark.asyncio
async def test_closing_cancels_what_is_under_way() -> None:
    bridge, ends = Bridge(), list[str]()

    async def wait() -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            ends.append("ended")

    bridge.spawn(wait())
    await asyncio.sleep(0)
    await bridge.close()
    assert ends == ["ended"]
