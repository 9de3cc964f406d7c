"""The table twin of the canvas: the same powers by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from disf_desktop.core.project import Direction
from disf_desktop.gui.mapping_canvas.pair_table import CHECK, Order
from disf_desktop.gui.mapping_canvas.partners import PartnerDialog, TargetDialog
from disf_desktop.gui.models.tables import SUBTITLE
from tests.gui.pairing_stand import Hand, Stand


@pytest.fixture
def hand(qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    stand = Stand(tmp_path)
    qtbot.addWidget(stand)
    stand.resize(1000, 760)
    stand.show()
    made = Hand(stand, qtbot)
    made.show("Contacts", table=True)
    made.table.grid.setFocus()
    yield made
    stand.store.deleteLater()


def targets(hand: Hand) -> list[str]:
    """Give the Dialog Insight fields in the order of the rows."""
    return [row.pair.target for row in hand.table.pairs.rows]


def go_to(hand: Hand, target: str) -> None:
    """Go to a row with the keyboard."""
    hand.table.grid.selectRow(0)
    for _ in range(targets(hand).index(target)):
        QTest.keyClick(hand.table.grid, Qt.Key.Key_Down)


def press(hand: Hand, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(hand.table.grid, key, modifier)
    hand.settle()


def choose(hand: Hand, kind: type, searched: str) -> None:
    """Search in the dialog that is open, and take what is found first."""
    dialog = hand.table.acts.dialog
    assert isinstance(dialog, kind)
    assert isinstance(dialog, PartnerDialog | TargetDialog)
    QTest.keyClicks(dialog.search, searched)
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    hand.settle()


def test_what_is_required_and_has_no_pair_comes_first_and_is_paired_by_keys(hand: Hand) -> None:
    go_to(hand, "EMail")
    press(hand, Qt.Key.Key_Delete)
    assert "EMail" not in hand.pairs()
    assert targets(hand)[0] == "EMail"
    assert hand.table.pairs.index(0, 0).data() == "not paired"
    assert hand.table.pairs.index(0, CHECK).data() == "required"
    go_to(hand, "EMail")
    assert hand.stand.number == -1
    press(hand, Qt.Key.Key_M)
    choose(hand, PartnerDialog, "email")
    assert hand.pairs()["EMail"] == "Email"
    assert hand.stand.number == 10
    assert hand.table.grid.currentIndex().row() == 10


def test_another_source_is_chosen_for_a_pair(hand: Hand) -> None:
    go_to(hand, "City")
    press(hand, Qt.Key.Key_Return)
    choose(hand, PartnerDialog, "custom_0__c")
    assert hand.pairs()["City"] == "Custom_0__c"
    hand.desk.history.undo()
    assert hand.pairs()["City"] == "MailingCity"


def test_a_pair_is_added_by_keys_alone(hand: Hand) -> None:
    press(hand, Qt.Key.Key_Insert)
    choose(hand, TargetDialog, "extra7")
    choose(hand, PartnerDialog, "lastactivity")
    assert hand.pairs()["Extra7"] == "LastActivityDate"
    assert hand.stand.number == 11


def test_the_missing_key_is_the_first_that_a_new_pair_is_offered_for(hand: Hand) -> None:
    go_to(hand, "SalesforceID")
    press(hand, Qt.Key.Key_Delete)
    press(hand, Qt.Key.Key_Insert)
    dialog = hand.table.acts.dialog
    assert isinstance(dialog, TargetDialog)
    assert dialog.list.currentIndex().data() == "Salesforce ID"
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    choose(hand, PartnerDialog, "contact id")
    assert hand.pair("SalesforceID").key


def test_a_pair_is_turned_with_d_and_with_a_double_click_on_its_arrow(hand: Hand) -> None:
    go_to(hand, "FirstName")
    press(hand, Qt.Key.Key_D)
    assert hand.pair("FirstName").direction is Direction.BOTH
    place = hand.table.grid.visualRect(hand.table.pairs.index(2, 1)).center()
    QTest.mouseClick(hand.table.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(hand.table.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hand.settle()
    assert hand.pair("FirstName").direction is Direction.TO_SALESFORCE
    go_to(hand, "SalesforceID")
    press(hand, Qt.Key.Key_D)
    assert "this way only" in hand.table.footer.said.text()


def test_the_buttons_do_what_the_keys_do(hand: Hand) -> None:
    table = hand.table
    assert not table.remove_button.isEnabled()
    go_to(hand, "City")
    QTest.mouseClick(table.turn_button, Qt.MouseButton.LeftButton)
    assert hand.pair("City").direction is Direction.TO_SALESFORCE
    QTest.mouseClick(table.source_button, Qt.MouseButton.LeftButton)
    choose(hand, PartnerDialog, "custom_0__c")
    assert hand.pairs()["City"] == "Custom_0__c"
    go_to(hand, "City")
    QTest.mouseClick(table.remove_button, Qt.MouseButton.LeftButton)
    hand.settle()
    assert "City" not in hand.pairs()
    QTest.mouseClick(table.add_button, Qt.MouseButton.LeftButton)
    choose(hand, TargetDialog, "city")
    choose(hand, PartnerDialog, "mailingcity")
    assert hand.pairs()["City"] == "MailingCity"


def test_rows_are_sorted_as_asked_and_the_hand_stays_on_its_pair(hand: Hand) -> None:
    go_to(hand, "City")
    hand.table.order.picked.emit(Order.TARGET)
    assert targets(hand)[:3] == ["City", "Company", "BirthDate"]
    assert hand.table.grid.currentIndex().row() == 0
    hand.table.order.picked.emit(Order.SOURCE)
    assert [row.pair.source for row in hand.table.pairs.rows][:2] == ["Account.Name", "Birthdate"]
    hand.table.order.picked.emit(Order.MAPPING)
    assert targets(hand)[0] == "SalesforceID"


def test_a_pair_in_trouble_comes_first_with_its_reason(hand: Hand) -> None:
    key = "salesforce/prod/Contact"
    schema = hand.store.facts.schemas[key]
    left = {name: field for name, field in schema.fields.items() if name != "LeadSource"}
    hand.store.put("schemas", key, replace(schema, fields=left))
    hand.settle()
    assert targets(hand)[0] == "Source"
    said = hand.table.pairs.index(0, CHECK).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "cannot travel. The service shows no field LeadSource any more."


def test_a_suggestion_stands_in_the_row_that_it_is_for_and_enter_accepts_it(hand: Hand) -> None:
    go_to(hand, "EMail")
    press(hand, Qt.Key.Key_Delete)
    hand.suggest(("Email", "EMail", True))
    assert (hand.table.pairs.index(0, 0).data(), hand.table.pairs.index(0, 0).data(SUBTITLE)) == (
        "Email?",
        "the same meaning",
    )
    go_to(hand, "EMail")
    assert hand.table.footer.accept_button.isVisible()
    press(hand, Qt.Key.Key_Return)
    assert hand.pairs()["EMail"] == "Email"


def test_all_that_is_certain_is_accepted_from_the_table_too(hand: Hand) -> None:
    hand.suggest(("Custom_0__c", "Extra0", True), ("LastActivityDate", "Extra1", False))
    press(hand, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert "Extra0" in hand.pairs()
    assert "Extra1" not in hand.pairs()
