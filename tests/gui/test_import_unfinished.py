"""An import of earlier that was not finished: told as a new one begins, and gone on with by one button."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from disf_desktop.core.importing.recipe import ImportColumn, ImportMode, ImportRecipe
from disf_desktop.core.importing.unfinished import UnfinishedImport
from disf_desktop.gui.models.imports import Step
from tests.gui.fake_imports import contacts_file
from tests.gui.import_hands import ImportHand
from tests.gui.rehearsal import Rehearsal

RECIPE = ImportRecipe(
    name="Members",
    to="webforms/Contact",
    mode=ImportMode.UPDATE,
    key=("EMail",),
    columns=(ImportColumn(column="Courriel", field="EMail"), ImportColumn(column="Prénom", field="FirstName")),
)


@pytest.fixture
def hand(rehearsal: Rehearsal, qtbot: QtBot, tmp_path: Path) -> ImportHand:
    """Give a person at the window, who left an import before it was finished."""
    hand = ImportHand(rehearsal, qtbot, tmp_path)
    path = contacts_file(tmp_path)
    earlier = UnfinishedImport("b2-1", path, RECIPE, "2026-11-20T10:00:00Z", 248_310, 12_400)
    hand.workspace.told_unfinished = (earlier, replace(earlier, id="c3-1", path=tmp_path / "older.csv", changed=True))
    return hand


def test_it_is_told_with_its_file_and_what_is_left(hand: ImportHand) -> None:
    notice = hand.begin().unfinished
    assert notice.isVisible()
    said = notice.accessibleName()
    assert "contacts-2026.csv" in said
    assert "12,400 of 248,310 rows are left" in said
    assert "no row goes twice" in said


def test_it_goes_on_by_a_key_with_the_choices_of_then(hand: ImportHand) -> None:
    notice = hand.begin().unfinished
    notice.action.setFocus()
    hand.key(Qt.Key.Key_Space)
    assert hand.at(Step.CHECK)
    assert hand.mode() is ImportMode.UPDATE
    assert hand.columns() == {"Courriel": "EMail", "Prénom": "FirstName"}
    [recipe] = hand.workspace.project.imports
    # A recipe that the project file does not have gets a name of its own; it is no part of what tells imports apart.
    assert recipe.model_dump(exclude={"header", "name"}) == RECIPE.model_dump(exclude={"header", "name"})
    assert hand.process.command[-4:] == [str(hand.facts.file), "--recipe", recipe.name, "--check"]


def test_one_that_cannot_go_on_says_why_and_offers_nothing(hand: ImportHand) -> None:
    page = hand.begin()
    hand.click(page.unfinished.close_button)
    assert "older.csv" in page.unfinished.accessibleName()
    assert "changed since" in page.unfinished.accessibleName()
    assert not page.unfinished.action.isVisible()
    hand.click(page.unfinished.close_button)
    assert not page.unfinished.isVisible()


def test_what_a_person_has_let_lie_is_not_told_again(hand: ImportHand) -> None:
    page = hand.begin()
    hand.click(page.unfinished.close_button)
    hand.click(page.unfinished.close_button)
    hand.desk.start_over()
    hand.desk.begin_import()
    hand.settle()
    assert not page.unfinished.isVisible()


def test_without_any_nothing_is_said(hand: ImportHand) -> None:
    hand.workspace.told_unfinished = ()
    assert not hand.begin().unfinished.isVisible()
