"""Pairing fields at the real window: by dragging with a real pointer, and by the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.window.demo import Demo, opened
from tests.window.person import Person, at_a_screen, eventually


@contextmanager
def at_the_mapping(folder: Path, language: str) -> Iterator[Demo]:
    """Open the project file and wait until its fields are there."""
    with opened(folder, language) as demo:
        demo.is_idle()
        demo.person.key("alt+3")
        demo.person.see("Birth date", own=True, kind="cell")
        yield demo


def partner_of(demo: Demo, target: str) -> tuple[str, str | None] | None:
    """Give the Salesforce field that the saved file pairs with a field of the contacts, and its direction."""
    pair = demo.pair(target)
    return (pair["source"], pair.get("direction")) if pair is not None else None


def drag(person: Person, one: str, other: str) -> None:
    """Drag a field of Salesforce onto one of Dialog Insight."""
    person.drag(person.see(one, own=True, kind="cell"), person.see(other, own=True, kind="cell"))


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_field_is_dragged_onto_its_counterpart(tmp_path: Path, language: str) -> None:
    with at_the_mapping(tmp_path, language) as demo:
        person = demo.person
        person.choose("Birthdate")
        person.key("Delete")
        eventually(lambda: partner_of(demo, "BirthDate") is None, "the file without the pair")
        drag(person, "Birthdate", "Birth date")
        eventually(lambda: partner_of(demo, "BirthDate") == ("Birthdate", None), "the pair in the file")
        with person.dragging(*(person.see(each, own=True, kind="cell") for each in ("Birthdate", "E-mail"))):
            person.see("No value of the one kind can become a value of the other.", kind="label")
        assert partner_of(demo, "EMail") == ("Email", None)
        drag(person, "First Name", "Last name")
        person.click_thing(person.part("Last Name", kind="menu", enabled=True))  # keep
        assert partner_of(demo, "LastName") == ("LastName", None)
        drag(person, "First Name", "Last name")
        person.click_thing(person.part("First Name", kind="menu", enabled=True))  # replace
        eventually(lambda: partner_of(demo, "LastName") == ("FirstName", None), "the other field in the file")
        person.key("ctrl+z")
        eventually(lambda: partner_of(demo, "LastName") == ("LastName", None), "what was before")


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize("language", ["en", "fr"])
def test_fields_are_paired_by_the_keyboard_alone(tmp_path: Path, language: str) -> None:
    with at_the_mapping(tmp_path, language) as demo:
        person = demo.person
        person.tab_to("Search label, API name or type")
        person.type("birth")
        person.key("Down", "Delete")
        eventually(lambda: partner_of(demo, "BirthDate") is None, "the file without the pair")
        person.tab_to("Search label, code or type")
        person.type("birth")
        person.key("Down", "ctrl+l")
        eventually(lambda: partner_of(demo, "BirthDate") == ("Birthdate", None), "the pair in the file")
        person.tab_to("to Dialog Insight")
        person.key("Right")
        eventually(lambda: partner_of(demo, "BirthDate") == ("Birthdate", "to_salesforce"), "the other way in the file")
        person.key("Right")
        eventually(lambda: partner_of(demo, "BirthDate") == ("Birthdate", "both"), "both ways in the file")
        person.key("ctrl+z")
        eventually(lambda: partner_of(demo, "BirthDate") == ("Birthdate", "to_salesforce"), "the step before")
        person.key("ctrl+shift+z")
        eventually(lambda: partner_of(demo, "BirthDate") == ("Birthdate", "both"), "both ways again")
