"""The tabs under the hand: what is shown, what can be pressed, with the keyboard alone too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from disf_desktop.core.events import GuardTripped, Progress, RunState, Stage
from disf_desktop.core.history import History
from disf_desktop.core.project import Project
from disf_desktop.core.schema import Side
from disf_desktop.gui import languages, theme
from disf_desktop.gui.mapping_canvas.canvas import Canvas
from disf_desktop.gui.mapping_canvas.field_list import ROW
from disf_desktop.gui.models.facts import Run, RunKind
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.settings import Settings
from disf_desktop.gui.tabs.connections import ConnectionsTab
from disf_desktop.gui.tabs.integrations import IntegrationsTab
from disf_desktop.gui.tabs.mapping import MappingTab
from disf_desktop.gui.tabs.optins import OptInsTab
from tests.gui.rehearsal import Rehearsal, preview_facts


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


def test_before_a_file_is_open_there_is_one_thing_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path)
    qtbot.addWidget(rehearsal.window)
    rehearsal.window.show()
    assert "Open a project file" in words(rehearsal)
    assert not rehearsal.window.tabs.isVisible()
    assert not rehearsal.window.sync_button.isVisible()


def test_the_language_changes_at_once_and_is_remembered(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.window.show_tab(Tab.INTEGRATIONS)
    rehearsal.window.set_language(languages.Language.FRENCH)
    qtbot.wait(50)
    assert "Synchroniser" in words(rehearsal)
    assert rehearsal.window.tabs.tabText(1) == "Projets de destination"
    assert Settings(rehearsal.places.profile / "window.ini").language is languages.Language.FRENCH
    rehearsal.window.set_language(languages.Language.ENGLISH)
    qtbot.wait(50)
    assert rehearsal.window.tabs.tabText(1) == "Destination projects"


def test_the_appearance_changes_at_once_and_is_remembered(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.window.set_appearance(theme.Appearance.DARK)
    assert theme.tokens() is theme.DARK
    assert Settings(rehearsal.places.profile / "window.ini").appearance is theme.Appearance.DARK


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


def test_opt_ins_are_shown_as_the_service_tells_them_and_none_can_be_mapped(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = rehearsal.window.pages[Tab.OPT_INS]
    assert isinstance(page, OptInsTab)
    rehearsal.window.show_tab(Tab.OPT_INS)
    told = [[page.opt_ins.index(r, c).data() for c in range(3)] for r in range(page.opt_ins.rowCount())]
    assert told[2] == ["Business relation", "Casl", "implied · expires"]
    assert "only ever travels from Dialog Insight to Salesforce" in page.text.text()
    assert [b.text() for b in page.findChildren(QPushButton) if b.isVisibleTo(page)] == ["&Read fields again"]


def test_what_is_not_told_of_an_opt_in_is_not_shown(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = rehearsal.window.pages[Tab.OPT_INS]
    assert isinstance(page, OptInsTab)
    rehearsal.window.show_tab(Tab.OPT_INS)
    facts = rehearsal.store.facts
    plain = {
        key: replace(s, optins=tuple(replace(o, native_type="") for o in s.optins)) for key, s in facts.schemas.items()
    }
    rehearsal.store.update(schemas=plain)
    qtbot.wait(60)
    assert page.table_view.isColumnHidden(2)


def test_a_run_shows_how_far_it_is_and_can_be_held_and_stopped(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = rehearsal.window.pages[Tab.INTEGRATIONS]
    assert isinstance(page, IntegrationsTab)
    rehearsal.window.show_tab(Tab.INTEGRATIONS)
    assert not page.run_card.isVisible()
    rehearsal.store.update(run=running())
    qtbot.wait(60)
    told = words(rehearsal)
    for part in ("31,020 of 50,000 records", "4,180 records/s", "5 s left", "sending to Dialog Insight", "Pause"):
        assert part in told
    assert not rehearsal.window.sync_button.isEnabled()
    rehearsal.store.update(run=replace(running(), paused=True))
    qtbot.wait(60)
    assert page.run_card.pause_button.text() == "R&esume"
    rehearsal.store.update(run=replace(running(), stopping=True))
    qtbot.wait(60)
    assert not page.run_card.stop_button.isEnabled()
    rehearsal.store.update(run=replace(running(), exit_code=0))
    qtbot.wait(60)
    assert not page.run_card.isVisible()
    assert rehearsal.window.sync_button.isEnabled()


def test_a_total_that_is_not_known_is_not_invented(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.window.show_tab(Tab.INTEGRATIONS)
    rehearsal.store.update(run=running(total=None))
    qtbot.wait(60)
    page = rehearsal.window.pages[Tab.INTEGRATIONS]
    assert isinstance(page, IntegrationsTab)
    assert page.run_card.done.text() == "31,020 records"
    assert page.run_card.bar.maximum() == 0


def test_set_aside_records_are_retried_and_dismissed_by_choice(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = rehearsal.window.pages[Tab.INTEGRATIONS]
    assert isinstance(page, IntegrationsTab)
    rehearsal.window.show_tab(Tab.INTEGRATIONS)
    aside = page.set_aside
    assert not aside.retry_button.isEnabled()
    aside.table.selectRow(1)
    aside.retry_button.click()
    assert rehearsal.workspace.deeds[-1] == ("retry", [2])
    aside.table.selectRow(0)
    aside.dismiss_button.click()
    box = next(b for b in rehearsal.window.findChildren(QMessageBox) if b.isVisible())
    assert ("dismiss", [1]) not in rehearsal.workspace.deeds
    box.buttons()[0].click()
    assert rehearsal.workspace.deeds[-1] == ("dismiss", [1])
    qtbot.wait(60)
    assert [r.id for r in aside.records.rows] == [2, 3]


def test_where_nothing_waits_the_list_is_not_there(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = rehearsal.window.pages[Tab.INTEGRATIONS]
    assert isinstance(page, IntegrationsTab)
    rehearsal.store.update(history=History(), set_aside=())
    rehearsal.window.show_tab(Tab.INTEGRATIONS)
    qtbot.wait(60)
    assert not page.set_aside.isVisible()


def test_a_guard_says_what_the_run_would_change(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.window.show_tab(Tab.INTEGRATIONS)
    rehearsal.store.update(guard=GuardTripped("Contacts", "…", "abc", {"create": 1, "update": 5000, "links": 9000}))
    qtbot.wait(60)
    told = words(rehearsal)
    assert "It would change 5,000 of the 9,000 records that are tied together." in told
    assert "Send 5,001 changes" in told


def test_a_preview_shows_before_and_after_and_the_rule(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.window.show_tab(Tab.ACTIVITY)
    rehearsal.store.update(preview=preview_facts())
    qtbot.wait(60)
    page = rehearsal.window.pages[Tab.ACTIVITY].preview_page  # type: ignore[attr-defined]
    row = [page.changes.index(1, c).data() for c in range(page.changes.columnCount())]
    assert row == ["update", "Dialog Insight", "0035g00000E1", "City", "Laval", "Montréal", "Changed in Salesforce"]
    assert "Send 1,162 changes" in words(rehearsal)


def test_an_empty_project_says_so_and_offers_no_run(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.project = Project(id="11111111-2222", name="Empty")
    rehearsal.workspace.told_runs, rehearsal.workspace.told_set_aside = (), ()
    rehearsal.open()
    for tab in Tab:
        rehearsal.window.show_tab(tab)
        qtbot.wait(50)
    assert not rehearsal.window.sync_button.isEnabled()
    assert "Nothing happened yet" in words(rehearsal)


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


def test_closing_during_a_run_asks_and_waits_for_its_end(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    closed: list[bool] = []
    rehearsal.window.closed.connect(lambda: closed.append(True))
    rehearsal.store.update(run=running())
    rehearsal.window.close()
    box = next(b for b in rehearsal.window.findChildren(QMessageBox) if b.isVisible())
    box.buttons()[0].click()
    assert not closed
    rehearsal.store.update(run=replace(running(), exit_code=4))
    qtbot.waitUntil(lambda: closed == [True], timeout=2000)
