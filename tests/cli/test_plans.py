"""Saved plans, and runs that are taken back, against both services."""

from __future__ import annotations

import json
import stat
from typing import Any

from tests.cli.conftest import Desk
from tests.cli.test_sync import change_in_salesforce

CITY = "Sainte-Anne-du-Nulle-Part"


def people_in(disf: Desk, city: str) -> set[str]:
    return {contact["f_SalesforceID"] for contact in disf.contacts() if contact["f_City"] == city}


def first_sync(disf: Desk) -> None:
    disf.only("Contacts")
    first = disf("sync").the("run_finished")
    assert (first["status"], first["dialog_insight"]["created"]) == ("partial", 297)


def act(disf: Desk, **person: Any) -> None:
    """Let a person act in Dialog Insight."""
    project = disf.ready["projects"]["Newsletter"]
    disf.control(f"dialog-insight/projects/{project}/contacts", person)


def test_a_saved_plan_sends_exactly_what_was_looked_at(disf: Desk) -> None:
    first_sync(disf)
    change_in_salesforce(disf, 12)
    plan = disf.folder / "plan.jsonl"
    shown = disf("preview", "--save", str(plan))
    seen = {each["key"] for each in shown.of("operation") if each["kind"] == "update"}
    assert len(seen) == 12
    assert stat.S_IMODE(plan.stat().st_mode) == 0o600
    lines = [json.loads(line) for line in plan.read_text(encoding="utf-8").splitlines()]
    assert lines[0]["project"] == disf.project["id"]
    assert {line["key"] for line in lines if "key" in line} == seen
    assert lines[-2]["plan_hash"] == shown.the("preview_finished")["plan_hash"]

    change_in_salesforce(disf, 20)  # eight more, who are not in the plan
    told = disf("sync", "--plan", str(plan))
    done = told.the("run_finished")
    assert done["dialog_insight"]["updated"] == 12
    assert people_in(disf, CITY) >= seen
    left = told.of("operation")
    assert [each["not_applied"] for each in left] == ["new"] * 8
    assert not {each["key"] for each in left} & people_in(disf, CITY)
    assert disf("sync").the("run_finished")["dialog_insight"]["updated"] == 8


def test_what_moved_since_the_plan_was_made_is_told_and_left(disf: Desk) -> None:
    first_sync(disf)
    change_in_salesforce(disf, 3)
    plan = disf.folder / "plan.jsonl"
    disf("preview", "--save", str(plan))
    moved = sorted(contact["f_SalesforceID"] for contact in disf.contacts())[0]
    disf.control("salesforce/Contact", {"Id": moved, "set": {"MailingCity": "Ailleurs"}})
    told = disf("sync", "--plan", str(plan))
    assert told.the("run_finished")["dialog_insight"]["updated"] == 2
    assert [(each["key"], each["not_applied"]) for each in told.of("operation")] == [(moved, "moved")]
    again = disf("sync", "--plan", str(plan))
    assert again.the("run_finished")["dialog_insight"]["updated"] == 0
    assert {each["not_applied"] for each in again.of("operation")} == {"moved"}


def test_a_plan_is_for_its_own_project_file_and_only_whole(disf: Desk) -> None:
    disf.only("Leads")
    plan = disf.folder / "plan.jsonl"
    disf("preview", "--save", str(plan))
    half = disf.folder / "half.jsonl"
    half.write_bytes(plan.read_bytes()[:-40])
    told = disf("sync", "--plan", str(half))
    assert (told.code, told.the("error")["code"]) == (1, "plan")
    told = disf("sync", "--plan", str(plan), "--integration", "Leads")
    assert told.the("run_finished")["dialog_insight"]["created"] > 0
    disf.project = disf.project | {"id": "another-project-file"}
    told = disf("sync", "--plan", str(plan))
    assert (told.code, told.the("error")["code"]) == (2, "plan")


def test_a_run_is_taken_back_and_what_somebody_edited_since_is_left_alone(disf: Desk) -> None:
    first_sync(disf)
    cities = {contact["f_SalesforceID"]: contact["f_City"] for contact in disf.contacts()}
    change_in_salesforce(disf, 5)
    run = disf("sync").the("run_finished")
    assert run["dialog_insight"]["updated"] == 5
    changed = people_in(disf, CITY)
    edited = next(contact for contact in disf.contacts() if contact["f_City"] == CITY)
    act(disf, idContact=edited["idContact"], set={"f_City": "Laval"})

    told = disf("undo", str(run["run"]))
    assert told.code == 3
    done = told.the("run_finished")
    assert (done["status"], done["dialog_insight"]["updated"]) == ("partial", 4)
    [left] = told.of("operation")
    assert (left["key"], left["not_applied"]) == (edited["f_SalesforceID"], "moved")
    now = {contact["f_SalesforceID"]: contact["f_City"] for contact in disf.contacts()}
    assert now[edited["f_SalesforceID"]] == "Laval"
    back = changed - {edited["f_SalesforceID"]}
    assert {key: now[key] for key in back} == {key: cities[key] for key in back}
    writes = disf.writes()
    disf("sync", "--integration", "Contacts")
    assert {c["f_SalesforceID"]: c["f_City"] for c in disf.contacts() if c["f_SalesforceID"] in back} == {
        key: cities[key] for key in back
    }
    assert disf.writes() == writes
