"""Pairing on the canvas: by dragging, by the button, by keys alone, by accepting what is suggested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from disf_desktop.core.project import Direction
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.gui import languages
from disf_desktop.gui.mapping_canvas.field_list import ROW
from disf_desktop.gui.models.fields import FIELD, MIME, FieldModel, FieldRow, Keep, States
from tests.gui.pairing_stand import Hand, Stand

SAID = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def hand(qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    stand = Stand(tmp_path)
    qtbot.addWidget(stand)
    stand.resize(1000, 760)
    stand.show()
    made = Hand(stand, qtbot)
    yield made
    for menu in stand.findChildren(QMenu):
        menu.close()
    stand.store.deleteLater()


# By dragging


def test_dragging_a_salesforce_field_onto_a_dialog_insight_field_pairs_them(hand: Hand) -> None:
    data = hand.carry(hand.canvas.left, "LastActivityDate")
    move = hand.over(hand.canvas.right, data, "Extra3")
    assert move.isAccepted()
    assert hand.drop(hand.canvas.right, data, "Extra3").isAccepted()
    assert hand.pairs()["Extra3"] == "LastActivityDate"
    assert hand.stand.number == 11
    hand.desk.history.undo()
    hand.settle()
    assert "Extra3" not in hand.pairs()


def test_a_dialog_insight_field_is_dragged_onto_a_salesforce_field_as_well(hand: Hand) -> None:
    data = hand.carry(hand.canvas.right, "Extra5")
    assert hand.over(hand.canvas.left, data, "Custom_0__c").isAccepted()
    hand.drop(hand.canvas.left, data, "Custom_0__c")
    assert hand.pairs()["Extra5"] == "Custom_0__c"


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        ("DoNotCall", "IsVIP", "This is a consent."),
        ("MailingAddress", "Extra0", "made of several parts"),
        ("Email", "SalesforceID", "The key of a type A project is the Salesforce record Id"),
        ("Birthdate", "IsVIP", "No value of the one kind can become a value of the other."),
        ("Email", "EMail", "These two fields are paired already."),
        ("LastActivityDate", "DeletedInSalesforce", "DeletedInSalesforce"),
    ],
)
def test_a_drop_that_cannot_be_says_why_under_the_cursor_and_does_nothing(
    hand: Hand, source: str, target: str, why: str
) -> None:
    before, view = hand.pairs(), hand.canvas.right
    data = hand.carry(hand.canvas.left, source)
    assert not hand.over(view, data, target).isAccepted()
    assert view.hint.isVisible()
    assert why in view.hint.text()
    assert view.rect().contains(view.hint.geometry())
    hand.drop(view, data, target)
    assert not view.hint.isVisible()
    assert hand.pairs() == before
    assert why in hand.canvas.footer.said.text()


def test_a_field_is_not_dropped_on_its_own_side_and_foreign_things_nowhere(hand: Hand) -> None:
    own, foreign = hand.carry(hand.canvas.left, "Email"), QMimeData()
    foreign.setText("Email")
    for data in (own, foreign):
        assert not hand.over(hand.canvas.left, data, "LastName").isAccepted()
        assert not hand.drop(hand.canvas.left, data, "LastName").isAccepted()
    assert len(hand.pairs()) == 11


def test_the_gesture_of_the_mouse_takes_the_field_under_it_along(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    greyed: list[bool] = []

    def followed(drag: QDrag, *_: object) -> Qt.DropAction:
        taken.append(bytes(drag.mimeData().data(MIME).data()).decode())
        there = hand.canvas.right.fields
        number = next(n for n, f in enumerate(there.fields) if f.name == "IsVIP")
        greyed.append(there.shown(number).refusing)
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", followed)
    view = hand.canvas.left
    at = hand.where(view, "LastActivityDate")
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(view.viewport(), at + QPoint(4, 4))
    QTest.mouseMove(view.viewport(), at + QPoint(40, 40))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=at + QPoint(40, 40))
    assert taken == ["salesforce\nLastActivityDate"]
    assert greyed == [True]
    there = hand.canvas.right.fields
    assert not any(there.shown(n).refusing for n in range(there.rowCount()))


def test_a_taken_target_asks_whether_to_replace_or_keep(hand: Hand) -> None:
    data = hand.carry(hand.canvas.left, "Custom_0__c")
    view = hand.canvas.right
    assert hand.over(view, data, "FirstName").isAccepted()
    assert "receives FirstName already: you will be asked" in view.hint.text()
    hand.drop(view, data, "FirstName")
    question = hand.canvas.acts.question
    assert question is not None
    words = [action.text() for action in question.actions() if action.text()]
    assert words == ["First name receives First Name already.", "&Replace it by Custom field 0", "&Keep First Name"]
    assert hand.pairs()["FirstName"] == "FirstName"
    hand.answer(hand.canvas.acts, 1)
    assert hand.pairs()["FirstName"] == "FirstName"
    hand.over(view, data, "FirstName")
    hand.drop(view, data, "FirstName")
    hand.answer(hand.canvas.acts, 0)
    assert hand.pairs()["FirstName"] == "Custom_0__c"
    hand.desk.history.undo()
    assert hand.pairs()["FirstName"] == "FirstName"


# By the keyboard and the button


def test_two_fields_are_paired_with_the_keyboard_alone(hand: Hand) -> None:
    canvas = hand.canvas
    canvas.left_search.setFocus()
    QTest.keyClicks(canvas.left_search, "last act")
    QTest.keyClick(canvas.left_search, Qt.Key.Key_Down)
    assert canvas.left.name == "LastActivityDate"
    QTest.keyClick(canvas.left, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is canvas.right_search
    QTest.keyClicks(canvas.right_search, "extra 7")
    QTest.keyClick(canvas.right_search, Qt.Key.Key_Down)
    assert (canvas.left.name, canvas.right.name) == ("LastActivityDate", "Extra7")
    QTest.keyClick(canvas.right, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    hand.settle()
    assert hand.pairs()["Extra7"] == "LastActivityDate"
    QTest.keyClick(canvas.right, Qt.Key.Key_Delete)
    hand.settle()
    assert "Extra7" not in hand.pairs()


def test_the_button_pairs_both_fields_chosen_and_says_why_where_it_cannot(hand: Hand) -> None:
    canvas = hand.canvas
    canvas.left.choose("LastActivityDate")
    assert not canvas.pair_button.isEnabled()
    assert "on each side" in canvas.pair_button.toolTip()
    canvas.right.choose("IsVIP")
    assert not canvas.pair_button.isEnabled()
    assert "No value of the one kind" in canvas.pair_button.accessibleDescription()
    canvas.right.choose("Extra2")
    QTest.mouseClick(canvas.pair_button, Qt.MouseButton.LeftButton)
    assert hand.pairs()["Extra2"] == "LastActivityDate"


def test_a_paired_source_goes_to_a_second_target_too(hand: Hand) -> None:
    canvas = hand.canvas
    canvas.left.choose("FirstName")
    assert canvas.right.name == "FirstName"
    canvas.right.choose("Extra8")
    assert canvas.left.name == "FirstName"
    QTest.keyClick(canvas.right, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert (hand.pairs()["Extra8"], hand.pairs()["FirstName"]) == ("FirstName", "FirstName")


def test_m_lists_possible_partners_the_best_first_and_refuses_the_rest_with_a_reason(hand: Hand) -> None:
    canvas = hand.canvas
    canvas.left.setFocus()
    canvas.left.choose("LastActivityDate")
    QTest.keyClick(canvas.left, Qt.Key.Key_M)
    dialog = canvas.acts.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.title.text() == "Pair Last Activity with a Dialog Insight field"
    model = dialog.list.model()
    told = [model.index(n, 0).data() for n in range(model.rowCount())]
    assert told.index("Extra 0") < told.index("Cannot be paired") < told.index("VIP")
    QTest.keyClicks(dialog.search, "vip")
    assert not dialog.accept_button.isEnabled()
    dialog.search.clear()
    QTest.keyClicks(dialog.search, "extra1")
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.list.currentIndex().data() == "Extra 10"
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    hand.settle()
    assert hand.pairs()["Extra10"] == "LastActivityDate"


def test_m_works_from_the_dialog_insight_side_and_asks_before_it_replaces(hand: Hand) -> None:
    canvas = hand.canvas
    canvas.right.choose("FirstName")
    QTest.keyClick(canvas.right, Qt.Key.Key_M)
    dialog = canvas.acts.dialog
    assert dialog is not None
    QTest.keyClicks(dialog.search, "custom_0__c")
    assert "Receives FirstName already." in dialog.list.currentIndex().data(SAID)
    dialog.accept_button.click()
    hand.answer(hand.canvas.acts, 0)
    assert hand.pairs()["FirstName"] == "Custom_0__c"


def test_an_m_while_one_types_a_name_is_a_letter(hand: Hand) -> None:
    canvas = hand.canvas
    canvas.left.setFocus()
    canvas.left.choose("Id")
    QTest.keyClick(canvas.left, Qt.Key.Key_E)
    QTest.keyClick(canvas.left, Qt.Key.Key_M)
    assert canvas.acts.dialog is None
    assert canvas.left.name == "Email"


# Lines


def middle_of(hand: Hand, number: int) -> QPoint:
    return QPoint(hand.canvas.strip.width() // 2, round(hand.canvas.strip.height_of(number)))


def test_a_line_is_hovered_tells_of_itself_and_is_removed_with_delete(hand: Hand) -> None:
    strip = hand.canvas.strip
    QTest.mouseMove(strip, middle_of(hand, 7))
    assert strip.hovered == 7
    assert strip.words(7) == (
        "Loyalty Points → Points\nto Dialog Insight\nNumbers with more decimals than fit are set aside, or rounded."
    )
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=middle_of(hand, 7))
    assert QApplication.focusWidget() is hand.canvas.left
    QTest.keyClick(hand.canvas.left, Qt.Key.Key_Delete)
    hand.settle()
    assert "Points" not in hand.pairs()
    assert len(hand.pairs()) == 10


def test_a_double_click_turns_a_line_where_it_may(hand: Hand) -> None:
    for expected in (Direction.BOTH, Direction.TO_SALESFORCE, Direction.TO_DIALOG_INSIGHT):
        QTest.mouseDClick(hand.canvas.strip, Qt.MouseButton.LeftButton, pos=middle_of(hand, 2))
        hand.settle()
        assert hand.pair("FirstName").direction is expected
    QTest.mouseDClick(hand.canvas.strip, Qt.MouseButton.LeftButton, pos=middle_of(hand, 0))
    hand.settle()
    assert hand.pair("SalesforceID").direction is None
    assert "this way only" in hand.canvas.footer.said.text()


def test_a_pair_whose_field_is_gone_is_shown_in_its_place(hand: Hand) -> None:
    facts = hand.store.facts
    key = next(k for k in facts.schemas if k == "salesforce/prod/Contact")
    schema = facts.schemas[key]
    left = {name: field for name, field in schema.fields.items() if name != "LeadSource"}
    hand.store.put("schemas", key, replace(schema, fields=left))
    hand.settle()
    row = hand.canvas.left.rows_by_name()["leadsource"]
    assert "not shown by the service" in hand.canvas.left.filtered.index(row, 0).data(SAID)
    assert hand.canvas.strip.lines[6].gone
    assert "shows no field LeadSource any more" in hand.canvas.strip.words(6)


# The key, what is required, what is covered


def test_the_primary_key_comes_first_and_one_button_pairs_it(hand: Hand) -> None:
    canvas = hand.canvas
    assert not canvas.key_notice.isVisible()
    canvas.left.choose("Id")
    QTest.keyClick(canvas.left, Qt.Key.Key_Delete)
    hand.settle()
    assert "SalesforceID" not in hand.pairs()
    assert canvas.key_notice.isVisible()
    assert canvas.key_notice.action.text() == "Pair Id with SalesforceID"
    assert canvas.footer.said.text().startswith("Key 0/1 · required 1/1 · 10 paired")
    QTest.mouseClick(canvas.key_notice.action, Qt.MouseButton.LeftButton)
    hand.settle()
    assert hand.pair("SalesforceID").key
    assert not canvas.key_notice.isVisible()
    assert canvas.footer.said.text().startswith("Key 1/1 · required 1/1 · 11 paired · 21 without a pair")


def test_a_required_field_is_marked_until_it_is_paired(hand: Hand) -> None:
    view = hand.canvas.right

    def required() -> bool:
        number = next(n for n, f in enumerate(view.fields.fields) if f.name == "EMail")
        return view.fields.shown(number).required

    assert not required()
    view.choose("EMail")
    QTest.keyClick(view, Qt.Key.Key_Delete)
    hand.settle()
    assert required()


@pytest.mark.parametrize(
    ("keep", "left", "right"),
    [
        (Keep.ALL, 96, 32),
        (Keep.PAIRED, 11, 11),
        (Keep.UNPAIRED, 85, 21),
        (Keep.REQUIRED, 1, 2),
        (Keep.PROBLEMS, 0, 0),
    ],
)
def test_each_side_lists_what_the_filter_keeps(hand: Hand, keep: Keep, left: int, right: int) -> None:
    canvas = hand.canvas
    canvas.left_keep.choices[keep].trigger()
    canvas.right_keep.choices[keep].trigger()
    assert (canvas.left.filtered.rowCount(), canvas.right.filtered.rowCount()) == (left, right)
    assert canvas.left_keep.choices[keep].isChecked()
    assert canvas.left_keep.choices[keep].text() in canvas.left_keep.accessibleName()


def test_fields_stay_where_they_are_when_they_are_paired(hand: Hand) -> None:
    canvas = hand.canvas
    before = [f.name for f in canvas.left.fields.fields]
    resets: list[int] = []
    canvas.left.fields.modelReset.connect(lambda: resets.append(1))
    canvas.left.choose("LastActivityDate")
    canvas.right.choose("Extra2")
    QTest.keyClick(canvas.right, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    hand.settle()
    assert [f.name for f in canvas.left.fields.fields] == before
    assert not resets
    assert (canvas.left.name, canvas.right.name) == ("LastActivityDate", "Extra2")
    hand.show("Leads")
    hand.show("Contacts")
    assert [f.name for f in canvas.left.fields.fields].index("LastActivityDate") == 11


def test_nothing_is_built_anew_while_nothing_has_changed(hand: Hand) -> None:
    told: list[int] = []
    for view in (hand.canvas.left, hand.canvas.right):
        view.fields.dataChanged.connect(lambda *_: told.append(1))
        view.fields.modelReset.connect(lambda *_: told.append(1))
    for _ in range(3):
        hand.store.update(told=())
        hand.stand.render_facts()
    assert not told


# Related fields


def test_a_lookup_opens_with_the_arrow_and_its_fields_are_paired(hand: Hand) -> None:
    canvas = hand.canvas
    canvas.left.choose("AccountId")
    assert "arrow right opens" in canvas.left.currentIndex().data(SAID)
    rows = canvas.left.filtered.rowCount()
    QTest.keyClick(canvas.left, Qt.Key.Key_Right)
    hand.settle()
    assert canvas.left.filtered.rowCount() == rows + 2  # Account.Name is listed already: it is paired
    assert canvas.left.name == "AccountId"
    QTest.keyClick(canvas.left, Qt.Key.Key_Down)
    assert canvas.left.name == "Account.Industry"
    canvas.right.choose("Extra4")
    QTest.keyClick(canvas.right, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    hand.settle()
    assert hand.pairs()["Extra4"] == "Account.Industry"
    assert hand.stand.number == 11
    canvas.left.choose("AccountId")
    QTest.keyClick(canvas.left, Qt.Key.Key_Left)
    assert "account.phone" not in canvas.left.rows_by_name()
    assert "account.industry" in canvas.left.rows_by_name()


def test_a_lookup_opens_with_a_click_on_its_arrow(hand: Hand) -> None:
    view = hand.canvas.left
    at = hand.where(view, "AccountId")
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(6, at.y()))
    hand.settle()
    assert "account.phone" in view.rows_by_name()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(6, hand.where(view, "AccountId").y()))
    assert "account.phone" not in view.rows_by_name()


# Suggestions


def test_a_suggestion_is_drawn_said_and_accepted_with_enter(hand: Hand) -> None:
    hand.suggest(("Custom_0__c", "Extra0", True), ("Custom_8__c", "Extra1", False))
    canvas = hand.canvas
    assert [line.source for line in canvas.strip.lines if line.suggested] == ["Custom_0__c", "Custom_8__c"]
    canvas.left.choose("Custom_0__c")
    assert "suggested: Extra 0 (the same meaning), certain" in canvas.left.currentIndex().data(SAID)
    assert canvas.footer.proposed.text().startswith("Suggested: Custom field 0 ↔ Extra 0 (the same meaning)")
    QTest.keyClick(canvas.left, Qt.Key.Key_Return)
    hand.settle()
    assert hand.pairs()["Extra0"] == "Custom_0__c"
    assert [line.source for line in canvas.strip.lines if line.suggested] == ["Custom_8__c"]
    hand.desk.history.undo()
    hand.settle()
    assert len([line for line in canvas.strip.lines if line.suggested]) == 2


def test_all_that_is_certain_is_accepted_in_one_step(hand: Hand) -> None:
    hand.suggest(("Custom_0__c", "Extra0", True), ("Custom_8__c", "Extra1", True), ("Custom_7__c", "Extra2", False))
    hand.canvas.left.choose("Email")
    QTest.keyClick(hand.canvas.left, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert hand.pairs().keys() >= {"Extra0", "Extra1"}
    assert "Extra2" not in hand.pairs()
    assert hand.desk.history.count() == 1
    hand.desk.history.undo()
    assert not hand.pairs().keys() & {"Extra0", "Extra1"}


def test_the_buttons_accept_and_dismiss_what_is_suggested(hand: Hand) -> None:
    footer = hand.canvas.footer
    hand.suggest(("Custom_0__c", "Extra0", True), ("Custom_8__c", "Extra1", False), ("Custom_7__c", "Extra2", False))
    assert not footer.accept_button.isVisible()
    hand.canvas.left.choose("Custom_8__c")
    QTest.mouseClick(footer.dismiss_button, Qt.MouseButton.LeftButton)
    hand.settle()
    assert [s.target for s in hand.store.facts.suggestions["Contacts"]] == ["Extra0", "Extra2"]
    hand.canvas.right.choose("Extra2")
    QTest.mouseClick(footer.accept_button, Qt.MouseButton.LeftButton)
    assert hand.pairs()["Extra2"] == "Custom_7__c"
    QTest.mouseClick(footer.certain_button, Qt.MouseButton.LeftButton)
    assert hand.pairs()["Extra0"] == "Custom_0__c"
    hand.settle()
    assert not footer.accept_button.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Delete])
def test_a_key_dismisses_one_suggestion(hand: Hand, key: Qt.Key) -> None:
    hand.suggest(("Custom_0__c", "Extra0", True))
    hand.canvas.left.choose("Custom_0__c")
    QTest.keyClick(hand.canvas.left, key)
    assert hand.store.facts.suggestions["Contacts"] == ()
    assert len(hand.pairs()) == 11


def test_a_dotted_line_is_accepted_by_a_double_click(hand: Hand) -> None:
    hand.suggest(("LastActivityDate", "IsVIP", False), ("Custom_0__c", "DeletedInSalesforce", False))
    hand.suggest(("LastActivityDate", "Extra0", False))
    number = len(hand.pairs())
    hand.where(hand.canvas.left, "LastActivityDate")
    QTest.mouseDClick(hand.canvas.strip, Qt.MouseButton.LeftButton, pos=middle_of(hand, number))
    assert hand.pairs()["Extra0"] == "LastActivityDate"


# Languages, and the model


def test_the_canvas_speaks_the_language_of_now(hand: Hand, qapp: QApplication) -> None:
    languages.speak(qapp, languages.Language.FRENCH)
    hand.settle()
    said = hand.canvas.left.filtered.index(0, 0).data(SAID)
    languages.speak(qapp, languages.Language.ENGLISH)
    hand.settle()
    assert said != hand.canvas.left.filtered.index(0, 0).data(SAID)
    assert "paired with SalesforceID" in hand.canvas.left.filtered.index(0, 0).data(SAID)


def test_rows_that_come_and_go_leave_the_others_alone(qtbot: QtBot) -> None:
    model = FieldModel(Side.SALESFORCE)
    rows = [FieldRow(Field(name, name, FieldType.TEXT)) for name in "abcdef"]
    model.show([rows[0], rows[1], rows[5]], States())
    told: list[tuple[str, int, int]] = []
    model.rowsInserted.connect(lambda _, a, b: told.append(("came", a, b)))
    model.rowsRemoved.connect(lambda _, a, b: told.append(("went", a, b)))
    model.modelReset.connect(lambda: told.append(("anew", 0, 0)))
    model.show(rows, States())
    assert [f.name for f in model.fields] == list("abcdef")
    model.show([rows[0], rows[5]], States())
    assert [model.index(n).data(FIELD).name for n in range(model.rowCount())] == ["a", "f"]
    model.show([rows[3]], States())
    assert told == [("came", 2, 4), ("went", 1, 4), ("anew", 0, 0)]


def test_a_row_is_as_high_as_the_strip_takes_it_for(hand: Hand) -> None:
    view = hand.canvas.left
    assert view.visualRect(view.filtered.index(3, 0)).height() == ROW
