"""What needs a person, settled at the real window: a record that was refused, and two values for one field."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.window.person import Person, asked, at_a_screen, at_the_window, eventually, simulator, told


@contextmanager
def after_the_first_sync(folder: Path, language: str = "en", **mobile: str) -> Iterator[tuple[Person, dict[str, Any]]]:
    """Open the rehearsal's project file, with these settings for mobile phones, and send everybody."""
    with simulator(folder, 300) as ready:
        file = Path(ready["project_file"])
        project = yaml.safe_load(file.read_text(encoding="utf-8"))
        project["integrations"] = [i for i in project["integrations"] if i["name"] == "Contacts"]
        pair = next(p for p in project["integrations"][0]["mapping"]["pairs"] if p["target"] == "Mobile")
        pair.update(mobile)
        file.write_text(yaml.safe_dump(project, allow_unicode=True), encoding="utf-8")
        places = ("--profile", ready["profile"], "--secrets", ready["secrets"])
        with at_the_window(folder, str(file), *places, language=language) as (person, _):
            valid = str(ready["expected"]["Contact"]["valid"])
            person.click("Sync now", kind="button")
            person.click_thing(person.part(valid, kind="button", enabled=True))
            eventually(lambda: len(contacts(ready)) == int(valid), "everybody in Dialog Insight")
            person.see("Sync now", kind="button", enabled=True)
            yield person, ready


def contacts(ready: dict[str, Any]) -> list[dict[str, Any]]:
    """Ask the simulator, by its side door, who is in the Newsletter project."""
    return asked(f"{ready['control_url']}/dialog-insight/projects/{ready['projects']['Newsletter']}/contacts.ndjson")


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_record_that_was_refused_is_corrected_and_sent(tmp_path: Path, language: str) -> None:
    with after_the_first_sync(tmp_path, language) as (person, ready):
        person.click("Show what is set aside", kind="button")
        person.click("Philippe Viau", own=True, kind="cell")
        person.click("Correct in Salesforce…", kind="button")
        person.see("Write to Salesforce and retry", kind="button")
        person.key("ctrl+a")
        person.type("philippe.viau@exemple.example")
        person.click("Write to Salesforce and retry", kind="button")
        person.gone("Write to Salesforce and retry", kind="button")
        person.click("Sync now", kind="button")
        eventually(
            lambda: any(each["f_EMail"] == "philippe.viau@exemple.example" for each in contacts(ready)),
            "the record in Dialog Insight",
        )
        person.see("Sync now", kind="button", enabled=True)
        person.gone("Philippe Viau", own=True, kind="cell")
        in_salesforce = asked(f"{ready['control_url']}/salesforce/Contact.ndjson")
        assert [c["Email"] for c in in_salesforce if c["Name"] == "Philippe Viau"] == ["philippe.viau@exemple.example"]


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize("language", ["en", "fr"])
def test_two_values_of_one_field_are_settled_by_choice(tmp_path: Path, language: str) -> None:
    with after_the_first_sync(tmp_path, language, direction="both", conflict="ask") as (person, ready):
        somebody = next(each for each in contacts(ready) if each["f_Mobile"])
        rid = somebody["f_SalesforceID"]
        door = ready["control_url"]
        told(f"{door}/clock", {"advance_s": 300})
        told(f"{door}/salesforce/Contact", {"Id": rid, "set": {"MobilePhone": "514 555-0101"}})
        there = f"{door}/dialog-insight/projects/{ready['projects']['Newsletter']}/contacts"
        told(there, {"idContact": somebody["idContact"], "set": {"f_Mobile": "438 555-0199"}})
        told(f"{door}/clock", {"advance_s": 300})

        def mobiles() -> tuple[str, str]:
            here = next(c for c in asked(f"{door}/salesforce/Contact.ndjson") if c["Id"] == rid)
            return here["MobilePhone"], next(c for c in contacts(ready) if c["f_SalesforceID"] == rid)["f_Mobile"]

        person.click("Sync now", kind="button")
        person.click("Activity", kind="tab")
        person.click("Changed on both sides", kind="cell")
        assert mobiles() == ("514 555-0101", "438 555-0199")
        person.click_thing(person.part("438", kind="cell"))
        person.click("Keep the value of Dialog Insight", kind="button")
        person.click_thing(person.part("1 val", kind="button", enabled=True))  # the button says how many
        person.click("Sync now", kind="button")
        eventually(lambda: mobiles() == ("438 555-0199", "438 555-0199"), "one value on both sides")
