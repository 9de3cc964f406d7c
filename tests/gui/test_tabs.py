"""The tabs under the hand: what is shown, what can be pressed, with the keyboard alone too."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from disf_desktop.core.events import Progress, RunState, Stage
from disf_desktop.core.schema import Side
from disf_desktop.gui.mapping_canvas.canvas import Canvas
from disf_desktop.gui.mapping_canvas.field_list import ROW
from disf_desktop.gui.models.facts import Run, RunKind
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.connections import ConnectionsTab
from disf_desktop.gui.tabs.mapping import MappingTab
from tests.gui.rehearsal import Rehearsal


def mapping(rehearsal: Rehearsal) -> tuple[MappingTab, Canvas]:
    page = rehearsal.window.pages[Tab.MAPPING]
    assert isinstance(page, MappingTab)
    rehearsal.window.show_tab(Tab.MAPPING)
    QApplication.processEvents()
    return page, page.canvas


def running(kind: RunKind = RunKind.SYNC, total: int | None = 50_000) -> Run:
    progress = Progress("Contacts", Stage.APPLY, Side.DIALOG_INSIGHT, 31_020, total, 4180.0, 5.0)
    return Run(kind, None, RunState(progress=progress))


def words(rehearsal: Rehearsal) -> str:
    shown = rehearsal.window.findChildren(QLabel) + rehearsal.window.findChildren(QPushButton)
    return "\n".join(w.text().replace("&", "") for w in shown if w.isVisibleTo(rehearsal.window))


def test_a_line_and_a_field_choose_the_same_pair(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page, canvas = mapping(rehearsal)
    where = QPoint(canvas.strip.width() // 3, canvas.left.mapTo(canvas.strip.window(), QPoint(0, 0)).y())
    top = canvas.strip.mapFromGlobal(canvas.strip.window().mapToGlobal(where)).y()
    QTest.mouseClick(
        canvas.strip, Qt.MouseButton.LeftButton, pos=QPoint(canvas.strip.width() // 3, top + 7 * ROW + ROW // 2)
    )
    assert page.pair_title.text() == "Loyalty Points → Points"
    canvas.left.choose("Birthdate")
    assert page.pair_title.text() == "Birthdate → Date of birth"
    assert canvas.right.currentIndex().data() == "Date of birth"


def test_the_pairs_are_read_with_the_keyboard_alone(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page, canvas = mapping(rehearsal)
    rehearsal.window.activateWindow()
    assert QTest.qWaitForWindowActive(rehearsal.window, 3000)
    canvas.left_search.setFocus()
    QTest.keyClicks(canvas.left_search, "loyal")
    QTest.keyClick(canvas.left_search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is canvas.left
    assert page.pair_title.text() == "Loyalty Points → Points"
    assert "Round half up" in words(rehearsal)
    QTest.keyClick(canvas.left, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is canvas.right_search


def test_a_field_without_a_pair_shows_none(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page, canvas = mapping(rehearsal)
    canvas.left.choose("LastActivityDate")
    assert page.pair_title.text() == "No pair chosen"
    assert not canvas.right.selectionModel().hasSelection()


def test_a_key_is_said_to_be_one_and_has_no_rule_for_conflicts(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page, canvas = mapping(rehearsal)
    canvas.choose(0)
    assert "primary key" in page.pair_types.text()
    assert "When both sides changed" not in words(rehearsal)


def test_a_pair_says_which_way_it_travels_and_who_wins(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page, canvas = mapping(rehearsal)
    canvas.left.choose("MobilePhone")
    assert page.pair_title.text() == "Mobile Phone ↔ Mobile"
    told = words(rehearsal)
    assert "↔ both ways" in told
    assert "The newest wins (approximate)" in told
    assert "Toward Salesforce: Values may be longer than the 40 characters of the Salesforce field" in told
    canvas.left.choose("MailingCity")
    assert "This field waits for a person" in words(rehearsal)
    canvas.left.choose("Language__c")
    assert page.pair_title.text() == "Language ← Language"
    told = words(rehearsal)
    assert "← to Salesforce" in told
    assert "Transform" not in told


def test_the_marker_of_people_born_in_dialog_insight_is_explained(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page, canvas = mapping(rehearsal)
    page.list.choose("Web sign-ups")
    rehearsal.window.render_facts()
    assert page.title.text() == "Contact ← Contact"
    canvas.left.choose("Id")
    assert page.pair_title.text() == "Contact ID → Salesforce ID"
    told = words(rehearsal)
    assert "the person has no Salesforce record yet" in told
    assert "When both sides changed" not in told


def test_the_table_twin_shows_the_same_pairs_and_chooses_them(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page, canvas = mapping(rehearsal)
    canvas.left.choose("MobilePhone")
    page.table_button.click()
    assert page.table.grid.isVisible()
    assert page.table.grid.currentIndex().row() == 4
    assert [page.table.pairs.index(r, 1).data() for r in range(11)] == [*"→→→→↔→→→→↔←"]
    assert page.table.pairs.index(4, 4).data() == "The newest wins (approximate)"
    page.table.grid.selectRow(10)
    assert page.pair_title.text() == "Language ← Language"
    page.table_button.click()
    canvas.left.choose("Email")
    assert page.pair_title.text() == "Email → E-mail"


def test_a_key_goes_to_the_workspace_and_leaves_the_screen(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = rehearsal.window.pages[Tab.CONNECTIONS]
    assert isinstance(page, ConnectionsTab)
    rehearsal.window.show_tab(Tab.CONNECTIONS)
    page.list.choose("di")
    rehearsal.window.render_facts()
    page.key_entry.line.setText("secret-key")
    page.key_entry.save.click()
    assert ("store_key", "di") in rehearsal.workspace.deeds
    assert page.key_entry.line.text() == ""
