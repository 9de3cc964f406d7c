"""A person who tries the program without risk: sample data, and nothing of it left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.window.person import at_a_screen, at_the_window, eventually


@pytest.mark.x11
@at_a_screen
def test_a_rehearsal_begins_at_the_first_start_and_leaves_no_process_behind(tmp_path: Path) -> None:
    places = ("--profile", str(tmp_path / "profile"), "--secrets", str(tmp_path / "secrets.yaml"))
    with at_the_window(tmp_path, *places) as (person, _):
        person.click("Rehearse with sample data", kind="button")
        person.click("Sync now", kind="button")
        stage = person.descendants()
        assert stage, "both services are simulated by a process of their own"
        person.click_thing(person.part("Send ", kind="button", enabled=True))
        person.see("Set aside", kind="cell")
        person.see("Sync now", kind="button", enabled=True)
        person.click("File", kind="menu")
        person.click("Leave the rehearsal", kind="menu")
        person.see("Rehearse with sample data", kind="button")
        eventually(lambda: not person.descendants(), "the end of every process")

        person.click("Rehearse with sample data", kind="button")
        person.see("Sync now", kind="button", enabled=True)
        stage = person.descendants()
        person.key("ctrl+q")
        person.has_left()
        eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in stage), "the end of every process")
