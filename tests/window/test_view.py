"""How the window looks, chosen with the mouse in its menu while it is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.window.demo import opened
from tests.window.person import Person, at_a_screen, eventually


def choose(person: Person, menu: str, choice: str, *, own: bool = False) -> None:
    """Take a choice of the view menu."""
    person.click("View", kind="menu")
    person.click(menu, kind="menu")
    person.click(choice, own=own, kind="menu")


def lightness(person: Person, folder: Path) -> int:
    """Give how light the window is beside its tabs, from 0 to 255."""
    person.picture(folder / "now.png")
    tab = person.see("Activity", kind="tab")
    x, y = tab["place"][0] + tab["place"][2] + 60, tab["place"][1] + 10
    return QImage(str(folder / "now.png")).pixelColor(x, y).lightness()


@pytest.mark.x11
@at_a_screen
def test_language_appearance_and_text_size_change_at_once(tmp_path: Path) -> None:
    with opened(tmp_path) as demo:
        person = demo.person
        person.see("Object mapping", kind="tab")
        choose(person, "Language", "Français", own=True)
        person.language = "fr"
        for tab in ("Connections", "Destination projects", "Object mapping", "Integrations", "Activity"):
            person.see(tab, kind="tab")
        choose(person, "Appearance", "Dark")
        eventually(lambda: lightness(person, tmp_path) < 80, "a dark window")
        choose(person, "Appearance", "Light")
        eventually(lambda: lightness(person, tmp_path) > 200, "a light window")

        person.click("Language", kind="button")
        person.click("English", own=True, kind="menu")
        person.language = "en"
        small = person.see("Preview changes", kind="button")["place"]
        choose(person, "Text size", "Larger")
        eventually(lambda: person.see("Preview changes", kind="button")["place"][2] > small[2], "larger words")
        choose(person, "Text size", "Normal")
        eventually(lambda: person.see("Preview changes", kind="button")["place"][2] == small[2], "words as before")
        person.key("ctrl+q")
