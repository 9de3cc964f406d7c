"""A file with people who were erased from Dialog Insight: told with their number, and brought back only by a click."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import LedgerIsBusy
from disf_desktop.gui.import_wizard.check import CheckStep
from tests.gui.fake_imports import COUNTS, checked
from tests.gui.import_hands import ImportHand
from tests.gui.rehearsal import Rehearsal

ERASED = replace(COUNTS, refused=89, decided=201_941, problems={**COUNTS.problems, "erased": 3})


@pytest.fixture
def hand(rehearsal: Rehearsal, qtbot: QtBot, tmp_path: Path) -> ImportHand:
    """Give a person at the window."""
    return ImportHand(rehearsal, qtbot, tmp_path)


def at_check(hand: ImportHand) -> CheckStep:
    """Come to a check that has found three erased people."""
    page = hand.checking()
    hand.workspace.told_counts = ERASED
    hand.process.said.emit(checked(ERASED))
    hand.process.ended.emit(3)
    hand.settle()
    return page


def test_the_check_says_how_many_were_erased_and_that_they_are_not_sent(hand: ImportHand) -> None:
    page = at_check(hand)
    assert page.erased.isVisible()
    said = page.erased.accessibleName()
    assert "3 people of this file were erased" in said
    assert "not sent" in said
    assert page.erased.action.text() == "Bring 3 people back"
    assert "3 erased from Dialog Insight" in [each.text() for each in page.chips if each.isVisible()]
    hand.click(hand.wizard.next_button)
    assert "--bring-back" not in hand.process.command


def test_a_file_without_them_says_nothing_of_them(hand: ImportHand) -> None:
    assert not hand.at_check().erased.isVisible()


def test_they_come_back_by_a_key_and_with_this_import_alone(hand: ImportHand) -> None:
    page = at_check(hand)
    page.erased.action.setFocus()
    hand.key(Qt.Key.Key_Space)
    assert ("bring_back", "a1-1") in hand.workspace.deeds
    assert not page.erased.action.isVisible()
    assert "as you asked" in page.erased.accessibleName()
    assert hand.wizard.next_button.text() == "&Import 248,224 rows"
    hand.click(hand.wizard.next_button)
    assert hand.process.command[-1] == "--bring-back"


def test_another_check_asks_again(hand: ImportHand) -> None:
    page = at_check(hand)
    hand.click(page.erased.action)
    asked = hand.facts.bring_back
    hand.desk.check_rows()
    hand.settle()
    assert (asked, hand.facts.bring_back) == (True, False)
    assert "--bring-back" not in hand.process.command


def test_while_the_file_is_in_use_they_stay_out_and_the_reason_is_said(hand: ImportHand) -> None:
    hand.workspace.errors["bring_back"] = LedgerIsBusy("This file is being imported already.", "Wait.")
    page = at_check(hand)
    hand.click(page.erased.action)
    assert page.row_error.isVisible()
    assert page.erased.action.isVisible()
    hand.click(hand.wizard.next_button)
    assert "--bring-back" not in hand.process.command
