"""`sync`, `preview`, `status` and `set-aside` as a script meets them."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import requests

from tests.cli.conftest import LOOKUPS, RECORDS, Desk, finished, surroundings

BAD_CONTACTS = 3


def test_a_first_sync_carries_all_but_the_seeded_bad_records_and_a_second_writes_nothing(disf: Desk) -> None:
    expected = disf.ready["expected"]
    bad = sum(sum(each["invalid"].values()) for each in expected.values())
    valid = sum(each["valid"] for each in expected.values())
    first = disf("sync")
    assert first.code == 3
    done = first.the("run_finished")
    assert (done["status"], done["set_aside"], done["outstanding"]["set_aside"]) == ("partial", bad, bad)
    assert done["dialog_insight"] == {"read": 0, "created": valid, "updated": 0, "deleted": 0}
    assert done["salesforce"]["read"] == sum(each["total"] for each in expected.values())
    assert len(first.of("set_aside")) == bad
    assert {each["name"] for each in done["integrations"]} == {"Contacts", "Leads", "Orders"}
    assert json.loads(first.out.splitlines()[-1])["event"] == "run_finished"
    writes = disf.writes()
    second = disf("sync")
    assert second.code == 3
    assert second.the("run_finished")["status"] == "needs_you"
    assert second.the("run_finished")["set_aside"] == 0
    assert disf.writes() == writes


def test_the_calls_told_are_the_requests_that_the_services_saw(disf: Desk) -> None:
    told = disf("sync").the("run_finished")["calls"]
    seen = {"salesforce": 0, "dialog_insight": 0}
    for each in disf.control("requests"):
        seen[each["service"]] += each["count"]
    assert told == seen


def test_an_integration_is_run_alone_by_its_name(disf: Desk) -> None:
    told = disf("sync", "--integration", "Leads")
    assert [each["name"] for each in told.the("run_finished")["integrations"]] == ["Leads"]


def test_options_may_stand_before_the_verb(disf: Desk) -> None:
    process = disf.start("--json", *disf.places, "status", str(disf.file))
    assert finished(process).the("status")["secrets"] == str(disf.secrets)


def test_places_may_come_from_the_environment(disf: Desk) -> None:
    places = {"DISF_PROFILE": str(disf.profile), "DISF_SECRETS": str(disf.secrets)}
    told = finished(disf.start("status", str(disf.file), "--json", env=places)).the("status")
    assert told["ledger"] == str(disf.ledger)
    assert told["secrets"] == str(disf.secrets)


def test_a_status_before_any_run_is_empty_and_leaves_no_trace(disf: Desk) -> None:
    told = disf("status")
    assert told.code == 0
    status = told.the("status")
    assert status["runs"] == []
    assert {each["watermark"] for each in status["integrations"]} == {None}
    assert {each["next"] for each in status["integrations"]} == {None}
    assert not disf.profile.exists()


def test_preview_tells_every_write_and_does_none(disf: Desk) -> None:
    disf.only("Contacts")
    told = disf("preview")
    valid, bad = RECORDS - BAD_CONTACTS, BAD_CONTACTS
    kinds = Counter(each["kind"] for each in told.of("operation"))
    assert kinds == {"create": valid, "set_aside": bad}
    end = told.the("preview_finished")
    assert end["counts"]["create"] == valid
    assert end["counts"]["set_aside"] == bad
    assert end["calls_forecast"]["dialog_insight"] == 2
    assert disf.writes() == 0


def test_set_aside_lists_retries_dismisses_and_exports(disf: Desk) -> None:
    disf.only("Contacts")
    disf("sync")
    out = disf.folder / "aside.csv"
    told = disf("set-aside", "--csv", str(out))
    assert told.code == 3
    listed = told.of("set_aside")
    assert [each["code"] for each in listed] == ["email"] * BAD_CONTACTS
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["key"] for row in rows] == [each["key"] for each in listed]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    one, two, three = (str(each["id"]) for each in listed)
    dismissed = disf("set-aside", "--dismiss", one)
    assert (dismissed.code, dismissed.the("set_aside_finished")["outstanding"]) == (3, 2)
    both = disf("set-aside", "--retry", two, three, "--dismiss", two)
    assert both.the("set_aside_finished")["dismissed"] == 1
    assert both.the("set_aside_finished")["retried"] == 1
    assert disf("set-aside", "--retry", "all").the("set_aside_finished")["retried"] == 1
    again = disf("sync")
    assert [each["tries"] for each in again.of("set_aside")] == [2]
    last = disf("set-aside", "--dismiss", three)
    assert (last.code, last.the("set_aside_finished")["outstanding"]) == (0, 0)
    assert disf("sync").code == 0
    assert disf("status").code == 0


def test_without_json_a_person_reads_tables_in_plain_text(disf: Desk) -> None:
    told = disf("sync", json=False, env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert told.code == 3
    assert "⚠ partial" in told.out
    assert "Leads: reading Salesforce 60 of 60" in told.err
    assert "\x1b" not in told.out + told.err
    assert "Email is not an e-mail address." in told.out


def change_in_salesforce(disf: Desk, count: int) -> None:
    """Give so many of the contacts that reached Dialog Insight another city."""
    headers = {"Authorization": f"Bearer {disf.ready['access_token']}"}
    ids = sorted(contact["f_SalesforceID"] for contact in disf.contacts())[:count]
    for start in range(0, count, 200):
        records = [
            {"attributes": {"type": "Contact"}, "id": id, "MailingCity": "Sainte-Anne-du-Nulle-Part"}
            for id in ids[start : start + 200]
        ]
        reply = requests.patch(
            f"{disf.ready['salesforce_url']}/services/data/v65.0/composite/sobjects",
            json={"allOrNone": True, "records": records},
            headers=headers,
            timeout=30,
        )
        reply.raise_for_status()
        assert all(each["success"] for each in reply.json())


def test_changes_of_a_moment_ago_are_sent_and_nothing_else(disf: Desk) -> None:
    disf.only("Contacts")
    first = disf("sync").the("run_finished")
    assert (first["status"], first["dialog_insight"]["created"]) == ("partial", 297)
    change_in_salesforce(disf, 25)
    done = disf("sync").the("run_finished")
    assert done["dialog_insight"] == {"read": LOOKUPS, "created": 0, "updated": 25, "deleted": 0}
    assert (done["salesforce"]["created"], done["salesforce"]["updated"]) == (0, 0)
    assert sum(contact["f_City"] == "Sainte-Anne-du-Nulle-Part" for contact in disf.contacts()) >= 25


def test_a_plan_that_is_too_large_waits_for_a_persons_word(disf: Desk) -> None:
    disf.only("Contacts")
    first = disf("sync").the("run_finished")
    assert (first["status"], first["dialog_insight"]["created"]) == ("partial", 297)
    change_in_salesforce(disf, 120)
    writes = disf.writes()
    shown = disf("preview")
    assert shown.code == 3
    held = disf("sync")
    assert held.code == 3
    assert held.the("run_finished")["status"] == "needs_you"
    assert disf.writes() == writes, held.out
    guard = held.the("guard")
    assert guard["plan_hash"] == shown.the("preview_finished")["plan_hash"]
    assert disf("sync", "--approve", "0" * 32).the("run_finished")["dialog_insight"]["updated"] == 0
    approved = disf("sync", "--approve", guard["plan_hash"])
    assert approved.the("run_finished")["dialog_insight"]["updated"] == 120


def test_on_a_terminal_a_bar_shows_stage_count_and_rate(disf: Desk) -> None:
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminal")
    disf.only("Contacts", batch_size=10)
    disf.fault("delay", "Contacts.Merge", seconds=0.05, times=None)
    ours, theirs = pty.openpty()
    process = disf.start("sync", str(disf.file), *disf.places, stderr=theirs, env={"TERM": "xterm", "COLUMNS": "140"})
    os.close(theirs)
    seen = b""
    with contextlib.suppress(OSError):  # Linux says so when the other end is closed
        while piece := os.read(ours, 4096):
            seen += piece
    os.close(ours)
    process.wait()
    text = seen.decode()
    assert "Contacts: writing to Dialog Insight" in text
    assert "/300" in text
    assert "\x1b[" in text


def test_a_reader_that_leaves_ends_the_command_quietly(disf: Desk) -> None:
    disf("sync")
    words = " ".join([*map(str, ("set-aside", disf.file, *disf.places)), "--json"])
    shell = f"{sys.executable} -m disf_desktop.cli {words} | head -n 1"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, env=surroundings(), check=False)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_the_log_holds_figures_but_no_person_and_no_secret(disf: Desk) -> None:
    disf("sync")
    folder = disf.ledger.parent / "log"
    [log] = folder.glob("*.log")
    text = log.read_text(encoding="utf-8")
    assert "run 1 ends: partial" in text
    secrets = (disf.ready["refresh_token"], disf.ready["key"], disf.ready["access_token"], disf.ready["client_secret"])
    for contact in disf.contacts():
        assert contact["f_EMail"] not in text
    assert not any(secret in text for secret in secrets)
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_project_file_may_be_moved_and_keeps_its_ledger(disf: Desk) -> None:
    disf.only("Leads")
    disf("sync")
    disf.file = Path(disf.file.rename(disf.folder / "elsewhere é.disf.yaml"))
    assert disf("sync").the("run_finished")["run"] == 2
