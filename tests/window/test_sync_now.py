"""A person who opens a project that is ready: one click, and the people are in Dialog Insight."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.window.person import asked, at_a_screen, at_the_window, eventually, simulator

CONTACTS = 300


@pytest.mark.x11
@at_a_screen
def test_a_click_on_sync_now_brings_the_contacts_to_dialog_insight(tmp_path: Path) -> None:
    with simulator(tmp_path, CONTACTS) as ready:
        places = ("--profile", ready["profile"], "--secrets", ready["secrets"])
        newsletter = f"{ready['control_url']}/dialog-insight/projects/{ready['projects']['Newsletter']}/contacts.ndjson"
        with at_the_window(tmp_path, ready["project_file"], *places) as (person, _):
            assert asked(newsletter) == []
            person.click("Sync now", kind="button")
            send = person.part("Send ", kind="button", enabled=True)  # the first run shows its plan
            assert asked(newsletter) == []
            person.click_thing(send)
            eventually(lambda: asked(newsletter), "people in Dialog Insight")
            person.see("Sync now", kind="button", enabled=True)
            person.key("ctrl+q")
        expected = ready["expected"]
        arrived = asked(newsletter)
        assert len(arrived) == int(expected["Contact"]["valid"]) + int(expected["Lead"]["valid"])
