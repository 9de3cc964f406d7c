"""Runs at the real window: looked at before they are sent, taken back, held, stopped, and left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.window.demo import opened
from tests.window.person import at_a_screen, eventually

SLOW = {"fault": "delay", "service": "dialog_insight", "call": "Contacts.Merge", "seconds": 3, "times": None}


@pytest.mark.x11
@at_a_screen
def test_a_preview_is_sent_and_its_run_taken_back(tmp_path: Path) -> None:
    with opened(tmp_path) as demo:
        person = demo.person
        demo.sync_first()
        rid, former = next((row["f_SalesforceID"], row["f_FirstName"]) for row in demo.contacts() if row["f_FirstName"])
        demo.later()
        demo.in_salesforce(rid, FirstName="Maximilienne")
        person.click("Preview changes", kind="button")
        person.see("Maximilienne", own=True, kind="cell")
        person.see("Send 1 change", own=True, kind="button", enabled=True)
        assert demo.contact_of(rid)["f_FirstName"] == former, "a preview sends nothing"
        person.click("Send 1 change", own=True, kind="button")
        eventually(lambda: demo.contact_of(rid)["f_FirstName"] == "Maximilienne", "the new name in Dialog Insight")
        demo.is_idle()

        person.click("Undo this run…", kind="button")
        person.click_thing(person.part("Take back 1 record", kind="button", enabled=True))
        eventually(lambda: demo.contact_of(rid)["f_FirstName"] == former, "the former name in Dialog Insight")
        assert demo.people()[rid]["FirstName"] == "Maximilienne"
        demo.is_idle()
        person.key("ctrl+q")


@pytest.mark.x11
@at_a_screen
def test_a_run_is_held_stopped_gone_on_with_and_left(tmp_path: Path) -> None:
    with opened(tmp_path) as demo:
        person = demo.person
        demo.tell("faults", [SLOW])
        person.click("Sync now", kind="button")
        person.click_thing(person.part(str(demo.everybody), kind="button", enabled=True))
        person.see("● Send", own=True, kind="label")
        person.click("Pause", kind="button")
        person.see("Paused", kind="label")
        person.click("Resume", kind="button")
        person.gone("Paused", kind="label")
        person.click("Stop after this batch", kind="button")
        demo.is_idle()
        so_far = len(demo.contacts())
        assert 0 < so_far < demo.everybody, "the batch under way was finished, and no other begun"
        person.part("Stopped", kind="label")

        person.click("Sync now", kind="button")
        person.see("Pause", kind="button", enabled=True)
        person.key("ctrl+q")
        person.click("Stay", kind="button")
        eventually(lambda: len(demo.contacts()) == demo.everybody, "those who were left, in Dialog Insight")
        demo.is_idle()

        demo.later()
        for rid in [row["f_SalesforceID"] for row in demo.contacts()][:2]:
            demo.in_salesforce(rid, LastName="Maximilienne")
        person.click("Sync now", kind="button")
        person.see("Pause", kind="button", enabled=True)
        person.key("ctrl+q")
        person.click("Stop and close", kind="button")
        person.has_left()
