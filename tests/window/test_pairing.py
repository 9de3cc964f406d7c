"""Pairing fields at the real window: by dragging with a real pointer, and by the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from tests.window.person import Person, at_a_screen, at_the_window, eventually, simulator


@contextmanager
def at_the_mapping(folder: Path, language: str) -> Iterator[tuple[Person, Path]]:
    """Open the rehearsal's project file and wait until its fields are there."""
    with simulator(folder, 50) as ready:
        file = Path(ready["project_file"])
        places = ("--profile", ready["profile"], "--secrets", ready["secrets"])
        with at_the_window(folder, str(file), *places, language=language) as (person, _):
            person.see("Sync now", kind="button", enabled=True)
            person.key("alt+3")
            person.see("Birth date", own=True, kind="cell")
            yield person, file


def partner_of(file: Path, target: str) -> tuple[str, str | None] | None:
    """Give the Salesforce field that the saved file pairs with a field of the contacts, and its direction."""
    project = yaml.safe_load(file.read_text(encoding="utf-8"))
    pairs = next(i for i in project["integrations"] if i["name"] == "Contacts")["mapping"]["pairs"]
    return next(((p["source"], p.get("direction")) for p in pairs if p["target"] == target), None)


def drag(person: Person, one: str, other: str) -> None:
    """Drag a field of Salesforce onto one of Dialog Insight."""
    person.drag(person.see(one, own=True, kind="cell"), person.see(other, own=True, kind="cell"))


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_field_is_dragged_onto_its_counterpart(tmp_path: Path, language: str) -> None:
    with at_the_mapping(tmp_path, language) as (person, file):
        person.click("Birthdate", own=True, kind="cell")
        person.key("Delete")
        eventually(lambda: partner_of(file, "BirthDate") is None, "the file without the pair")
        drag(person, "Birthdate", "Birth date")
        eventually(lambda: partner_of(file, "BirthDate") == ("Birthdate", None), "the pair in the file")
        drag(person, "Birthdate", "E-mail")  # a date is no address: nothing can come of it
        assert partner_of(file, "EMail") == ("Email", None)
        drag(person, "First Name", "Last name")
        person.click_thing(person.part("Last Name", kind="menu", enabled=True))  # keep
        assert partner_of(file, "LastName") == ("LastName", None)
        drag(person, "First Name", "Last name")
        person.click_thing(person.part("First Name", kind="menu", enabled=True))  # replace
        eventually(lambda: partner_of(file, "LastName") == ("FirstName", None), "the other field in the file")
        person.key("ctrl+z")
        eventually(lambda: partner_of(file, "LastName") == ("LastName", None), "what was before")


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize("language", ["en", "fr"])
def test_fields_are_paired_by_the_keyboard_alone(tmp_path: Path, language: str) -> None:
    with at_the_mapping(tmp_path, language) as (person, file):
        person.tab_to("Search label, API name or type")
        person.type("birth")
        person.key("Down", "Delete")
        eventually(lambda: partner_of(file, "BirthDate") is None, "the file without the pair")
        person.tab_to("Search label, code or type")
        person.type("birth")
        person.key("Down", "ctrl+l")
        eventually(lambda: partner_of(file, "BirthDate") == ("Birthdate", None), "the pair in the file")
        person.tab_to("to Dialog Insight")
        person.key("Right")
        eventually(lambda: partner_of(file, "BirthDate") == ("Birthdate", "to_salesforce"), "the other way in the file")
        person.key("Right")
        eventually(lambda: partner_of(file, "BirthDate") == ("Birthdate", "both"), "both ways in the file")
        person.key("ctrl+z")
        eventually(lambda: partner_of(file, "BirthDate") == ("Birthdate", "to_salesforce"), "the step before")
        person.key("ctrl+shift+z")
        eventually(lambda: partner_of(file, "BirthDate") == ("Birthdate", "both"), "both ways again")
