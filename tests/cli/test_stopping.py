"""Stops and pauses: by signals, by lines on standard input, by a reader or a parent that goes away."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import PATIENCE_S, Desk, finished
from tests.starting import Started


def slow(disf: Desk) -> None:
    """Let a first sync take 30 batches of a fifth of a second each."""
    disf.only("Contacts", batch_size=10)
    disf.fault("delay", "Contacts.Merge", seconds=0.2, times=None)


def start_slow(disf: Desk, *words: str, stdin: int = subprocess.DEVNULL) -> Started:
    """Start a slow sync and wait until it writes."""
    slow(disf)
    process = disf.start("sync", str(disf.file), *disf.places, "--json", *words, stdin=stdin)
    wait_for_writes(disf, 2)
    return process


def wait_for_writes(disf: Desk, count: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while disf.writes() < count:
        assert time.monotonic() < until, "nothing is written"
        time.sleep(0.05)


def last_run(events: list[dict[str, Any]]) -> dict[str, Any]:
    assert events[-1]["event"] == "run_finished"
    return events[-1]


def test_a_signal_stops_at_a_safe_point_and_the_next_sync_goes_on_there(disf: Desk) -> None:
    created = 0
    slow(disf)
    for number in (signal.SIGINT, signal.SIGTERM):
        before = disf.writes()
        process = disf.start("sync", str(disf.file), *disf.places, "--json")
        wait_for_writes(disf, before + 2)
        process.send_signal(number)
        told = finished(process)
        assert told.code == 4
        stopped = last_run(told.events)
        assert stopped["status"] == "stopped"
        assert stopped["dialog_insight"]["created"] > 0
        created += stopped["dialog_insight"]["created"]
        assert len(disf.contacts()) == created < 297
    disf.control("faults", [])
    assert last_run(disf("sync").events)["dialog_insight"]["created"] == 297 - created
    assert len(disf.contacts()) == 297


def test_a_second_signal_ends_at_once_and_nothing_is_lost(disf: Desk) -> None:
    disf.only("Contacts", batch_size=10)
    disf.fault("delay", "Contacts.Merge", seconds=30, times=1, after=2)
    process = disf.start("sync", str(disf.file), *disf.places, "--json")
    wait_for_writes(disf, 2)
    time.sleep(0.3)  # the third batch is held by the service
    process.terminate()
    time.sleep(0.3)
    assert process.poll() is None
    process.terminate()
    told = finished(process)
    assert told.code == 4
    assert told.events[-1]["code"] == "stopped"
    disf.control("faults", [])
    disf("sync")
    assert len({c["f_SalesforceID"] for c in disf.contacts()}) == len(disf.contacts()) == 297


def test_lines_on_standard_input_pause_resume_and_cancel(disf: Desk) -> None:
    process = start_slow(disf, "--control", "stdin", stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write("pause\n")
    process.stdin.flush()
    time.sleep(1.0)
    held = disf.writes()
    time.sleep(1.0)
    assert disf.writes() == held
    process.stdin.write("resume\nnonsense\n")
    process.stdin.flush()
    wait_for_writes(disf, held + 2)
    process.stdin.write("cancel\n")
    process.stdin.flush()
    out, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 4
    assert err == ""
    assert last_run([json.loads(line) for line in out.splitlines()])["status"] == "stopped"


def test_the_end_of_standard_input_is_cancel_with_control_and_nothing_without(disf: Desk) -> None:
    process = start_slow(disf, "--control", "stdin", stdin=subprocess.PIPE)
    told = finished(process, "")
    assert (told.code, last_run(told.events)["status"]) == (4, "stopped")
    disf.control("faults", [])
    assert disf("sync", given="cancel\n").code == 3


@pytest.mark.parametrize(("verb", "last"), [("sync", "run_finished"), ("preview", "error")])
def test_a_stop_that_comes_before_the_run_begins_is_all_that_is_said_of_it(disf: Desk, verb: str, last: str) -> None:
    disf.control("requests", method="DELETE")
    told = disf(verb, "--control", "stdin", given="cancel\n")
    assert told.code == 4
    [event] = told.events
    assert (event["event"], event.get("status", event.get("code"))) == (last, "stopped")
    assert disf.control("requests") == []
    [run] = disf("status").the("status")["runs"]
    assert run["status"] == "stopped"


def test_a_stop_is_all_that_is_said_where_another_run_holds_the_ledger(disf: Desk) -> None:
    process = start_slow(disf)
    told = disf("sync", "--control", "stdin", given="cancel\n")
    assert (told.code, [event["code"] for event in told.events]) == (4, ["stopped"])
    process.terminate()
    assert finished(process).code == 4


def test_a_run_whose_reader_leaves_stops_too(disf: Desk) -> None:
    process = start_slow(disf)
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(PATIENCE_S) == 4
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert len(disf.contacts()) < 297


def test_two_runs_on_one_ledger_exclude_each_other(disf: Desk) -> None:
    process = start_slow(disf)
    second = disf("sync")
    assert second.code == 5
    assert [event["code"] for event in second.events] == ["busy"]
    assert disf("set-aside", "--retry", "all").code == 5
    assert disf("status").the("status")["runs"][0]["ended"] is None
    process.terminate()
    assert finished(process).code == 4


def test_a_killed_sync_is_recovered_by_the_next(disf: Desk) -> None:
    process = start_slow(disf)
    process.kill()
    finished_code = process.wait(PATIENCE_S)
    assert finished_code == -signal.SIGKILL
    disf.control("faults", [])
    assert disf("sync").code == 3
    assert len({c["f_SalesforceID"] for c in disf.contacts()}) == len(disf.contacts()) == 297


def test_a_service_that_does_not_answer_holds_no_stop_up(disf: Desk) -> None:
    disf.only("Contacts")
    disf.fault("unavailable", "batch", "salesforce", times=None, retry_after=20)
    process = disf.start("sync", str(disf.file), *disf.places, "--json")
    until = time.monotonic() + PATIENCE_S
    while not any(each["errors"] for each in disf.control("requests") if each["call"] == "batch"):
        assert time.monotonic() < until
        time.sleep(0.05)
    time.sleep(0.2)
    process.terminate()
    told = finished(process)
    assert told.code == 4
    # Had it slept through the 20 s it was asked to wait, it would have been ended without a last word.
    assert last_run(told.events)["status"] == "stopped"


def test_a_question_is_interrupted_where_it_stands(disf: Desk) -> None:
    disf.fault("delay", "token", "salesforce", seconds=20, times=None)
    process = disf.start("check", str(disf.file), *disf.places, "--json")
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    told = finished(process)
    assert told.code == 4
    assert told.the("error")["code"] == "stopped"


def children_of(pid: int) -> list[int]:
    """Give the processes that a process has started (Linux)."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(word) for word in text.split()]


def is_there(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return False


linux_only = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in Linux's /proc")


@linux_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_demo_that_is_ended_leaves_no_process_behind(disf: Desk, number: signal.Signals) -> None:
    process = disf.start("demo", "--headless", "--records", "20000", "--json", env={"TMPDIR": str(disf.folder)})
    until = time.monotonic() + PATIENCE_S
    while not (children := children_of(process.pid)):
        assert time.monotonic() < until
        time.sleep(0.02)
    process.send_signal(number)
    assert finished(process).code == (4 if number is signal.SIGINT else -number)
    until = time.monotonic() + PATIENCE_S
    while any(is_there(child) for child in children):
        assert time.monotonic() < until, "the simulator lives on"
        time.sleep(0.05)
    if number is signal.SIGINT:
        assert not list(disf.folder.glob("disf-demo-*"))


@linux_only
@pytest.mark.parametrize("when", ["while it begins", "when it answers"])
def test_a_simulator_ends_with_its_standard_input_and_leaves_nothing(disf: Desk, when: str) -> None:
    ready = disf.folder / "ready.json"
    words = ["simulate", "--ready-file", str(ready), "--records", "300", "--until-stdin-ends"]
    process = disf.start(*words, stdin=subprocess.PIPE, env={"TMPDIR": str(disf.folder)})
    until = time.monotonic() + PATIENCE_S
    while when == "when it answers" and not ready.exists():
        assert time.monotonic() < until
        time.sleep(0.02)
    assert process.stdin is not None
    process.stdin.close()
    process.stdin = None
    assert finished(process).code == 0
    assert not ready.exists()
    assert not list(disf.folder.glob("disf-simulator-*"))
