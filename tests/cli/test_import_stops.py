"""An import that is stopped, held or killed, and goes on: every row is in its table once."""

from __future__ import annotations

import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.conftest import PATIENCE_S, Desk, Told, finished
from tests.cli.test_import import NEWSLETTER, ORG, TO_LIST, TO_ORG, imported, in_org, people, person, read

ROWS = 120


def command(disf: Desk, file: Path, to: str = NEWSLETTER, *words: str) -> list[str]:
    columns = TO_LIST if to == NEWSLETTER else TO_ORG
    return ["import", str(disf.file), str(file), "--to", to, "--columns", columns, *words, *disf.places, "--json"]


def small_batches(disf: Desk) -> None:
    project = disf.project
    project["connections"][1]["batch_size"] = 10
    disf.project = project


def slow(disf: Desk, seconds: float = 0.2) -> None:
    """Let an import into the contact list take 12 batches of a fifth of a second each."""
    small_batches(disf)
    disf.fault("delay", "Contacts.Merge", seconds=seconds, times=None)


def wait_for_writes(disf: Desk, count: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while disf.writes() < count:
        assert time.monotonic() < until, "nothing is written"
        time.sleep(0.02)


def whole(disf: Desk, file: Path, *words: str) -> Told:
    return imported(disf, file, "--to", NEWSLETTER, "--columns", TO_LIST, *words)


def addresses(disf: Desk) -> Counter[str]:
    return Counter(each["f_EMail"] for each in disf.contacts())


EVERYBODY = Counter(person(n)["Courriel"] for n in range(ROWS))


@pytest.mark.parametrize("mode", ["upsert", "create"])
def test_killed_again_and_again_it_goes_on_where_it_was(disf: Desk, mode: str) -> None:
    slow(disf)
    file = people(disf.folder, ROWS)
    for kills in range(1, 4):
        before = disf.writes()
        process = disf.start(*command(disf, file, NEWSLETTER, "--mode", mode))
        wait_for_writes(disf, before + 2)
        time.sleep(0.07 * kills)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert sum(addresses(disf).values()) < ROWS
    disf.control("faults", [])
    told = whole(disf, file, "--mode", mode, "--results", "out")
    assert told.code == 0, told.out
    done = told.the("import_finished")
    assert done["created"] + done["updated"] + done["unchanged"] == ROWS
    assert addresses(disf) == EVERYBODY
    results = read(done["results"]["results"])
    assert len(results) == ROWS
    assert all(row["disf id"] for row in results)


def test_killed_while_a_bulk_job_runs_no_record_is_made_twice(disf: Desk) -> None:
    file = people(disf.folder, 400)
    for delay_s in (0.6, 0.9, 1.2):
        process = disf.start(*command(disf, file, ORG, "--mode", "create"))
        time.sleep(delay_s)
        process.kill()
        process.communicate()
    told = imported(disf, file, "--to", ORG, "--columns", TO_ORG, "--mode", "create")
    assert told.code == 0 or told.the("error")["code"] == "imported_already"
    assert len(in_org(disf)) == 400
    assert sum((each["Email"] or "").startswith("importee") for each in in_org(disf).values()) == 400


def test_a_signal_stops_at_a_safe_point_and_the_same_command_goes_on(disf: Desk) -> None:
    slow(disf)
    file = people(disf.folder, ROWS)
    process = disf.start(*command(disf, file))
    wait_for_writes(disf, 2)
    process.send_signal(signal.SIGTERM)
    told = finished(process)
    assert told.code == 4
    stopped = told.events[-1]
    assert (stopped["event"], stopped["status"]) == ("import_finished", "stopped")
    assert 0 < stopped["created"] < ROWS
    assert stopped["left"] == ROWS - stopped["created"]
    disf.control("faults", [])
    rest = whole(disf, file)
    assert (rest.code, rest.the("import_finished")["id"]) == (0, stopped["id"])
    assert rest.the("import_finished")["created"] == ROWS
    assert addresses(disf) == EVERYBODY


def test_lines_on_standard_input_hold_it_let_it_go_on_and_stop_it(disf: Desk) -> None:
    slow(disf)
    process = disf.start(
        *command(disf, people(disf.folder, ROWS), NEWSLETTER, "--control", "stdin"), stdin=subprocess.PIPE
    )
    assert process.stdin is not None
    wait_for_writes(disf, 2)
    process.stdin.write("pause\n")
    process.stdin.flush()
    time.sleep(0.8)
    held = disf.writes()
    time.sleep(0.8)
    assert disf.writes() == held
    process.stdin.write("resume\n")
    process.stdin.flush()
    wait_for_writes(disf, held + 2)
    process.stdin.write("cancel\n")
    told = finished(process)
    assert (told.code, told.events[-1]["status"]) == (4, "stopped")


def test_a_lost_reply_makes_nobody_twice(disf: Desk) -> None:
    small_batches(disf)
    disf.fault("reset_after_apply", "Contacts.Merge", times=2, after=3)
    told = whole(disf, people(disf.folder, ROWS))
    assert told.code == 0, told.out
    assert addresses(disf) == EVERYBODY


def test_two_imports_at_once_are_one_too_many(disf: Desk) -> None:
    slow(disf, 3.0)
    file = people(disf.folder, ROWS)
    process = disf.start(*command(disf, file))
    wait_for_writes(disf, 1)
    assert whole(disf, file).code == 5
    assert disf("sync").code == 5
    assert whole(disf, file, "--check").code == 5
    process.terminate()
    finished(process)


def test_a_key_that_is_refused_on_the_way_leaves_the_rest_for_later(disf: Desk) -> None:
    small_batches(disf)
    disf.control("faults", [{"fault": "quota", "service": "dialog_insight", "times": None, "after": 6}])
    file = people(disf.folder, ROWS)
    told = whole(disf, file)
    assert told.code == 1
    done = told.the("import_finished")
    assert done["status"] == "failed"
    assert 0 < done["created"] < ROWS
    disf.control("faults", [])
    assert whole(disf, file).code == 0
    assert addresses(disf) == EVERYBODY
