"""What a person reads where no --json is asked for: every verb, in plain words."""

from __future__ import annotations

from tests.cli.conftest import Desk


def test_every_verb_speaks_to_a_person(disf: Desk) -> None:
    disf.only("Contacts")
    assert disf("check", json=False).out == "No problem found.\n"
    assert "No run yet." in disf("status", json=False).out
    shown = disf("preview", json=False).out
    assert "Nothing was written. Plan " in shown
    assert "more operations (--json lists all)" in shown
    disf("sync", json=False)
    told = disf("status", json=False).out
    assert "Contacts" in told
    assert "3 set aside: disf set-aside FILE" in told
    listed = disf("set-aside", "--retry", "1", json=False).out
    assert "1 record will be tried again by the next sync. 3 records set aside." in listed
    key = disf("connect", "dialog-insight-demo", "--key-stdin", json=False, given=disf.ready["key"])
    assert key.out.startswith("Connected.")
    assert "Newsletter (123456)" in key.out


def test_problems_and_errors_say_what_to_do(disf: Desk) -> None:
    project = disf.project
    project["integrations"][0]["mapping"]["pairs"][2]["target"] = "optin_Newsletter"
    disf.project = project
    checked = disf("check", "--offline", json=False)
    assert checked.code == 1
    assert "integrations[0].mapping.pairs[2].target: " in checked.out
    assert "Remove this pair; opt-ins have their own place." in checked.out
    assert "1 problem found." in checked.out
    failed = disf("sync", json=False)
    assert failed.code == 1
    assert "Error (settings): " in failed.err
    assert "Remove this pair; opt-ins have their own place." in failed.err
    assert failed.out == ""
