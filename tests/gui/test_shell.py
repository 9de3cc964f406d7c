"""The frame around the tabs: header, menus, status line, look, closing, the first page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPlainTextEdit, QPushButton, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import DisfError
from disf_desktop.core.events import Outstanding, Progress, RunState, Stage
from disf_desktop.core.project import Project
from disf_desktop.core.schema import Side
from disf_desktop.gui import languages, theme
from disf_desktop.gui.dialogs.about import About
from disf_desktop.gui.header import RenameDialog
from disf_desktop.gui.models.facts import Keeping, Run, RunKind, Schedules
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.settings import Settings
from disf_desktop.gui.words import story
from disf_desktop.gui.words.figures import moment_soon
from tests.gui.fakes import known
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest


def words(rehearsal: Rehearsal) -> str:
    shown = rehearsal.window.findChildren(QLabel) + rehearsal.window.findChildren(QPushButton)
    return "\n".join(w.text().replace("&", "") for w in shown if w.isVisibleTo(rehearsal.window))


def running(paused: bool = False) -> Run:
    progress = Progress("Contacts", Stage.APPLY, Side.DIALOG_INSIGHT, 31_020, 50_000, 4180.0, 5.0)
    return Run(RunKind.SYNC, None, RunState(progress=progress), paused=paused)


def action(rehearsal: Rehearsal, text: str) -> QAction:
    """Find an entry of the menus by its text."""
    menus = rehearsal.window.menuBar().findChildren(QAction) + rehearsal.window.findChildren(QAction)
    return next(a for a in menus if a.text().replace("&", "") == text)


def rename(rehearsal: Rehearsal, name: str) -> None:
    """Rename the project as a person does: the menu, a name, Enter."""
    action(rehearsal, "Rename the project…").trigger()
    dialog = next(d for d in rehearsal.window.findChildren(RenameDialog) if d.isVisible())
    dialog.entry.clear()
    QTest.keyClicks(dialog.entry, name)
    QTest.keyClick(dialog.entry, Qt.Key.Key_Return)
    at_rest()


def settings(rehearsal: Rehearsal) -> Settings:
    return Settings(rehearsal.places.profile / "window.ini")


# ---------------------------------------------------------------------- the first page


def test_before_a_file_is_open_there_are_two_ways_to_begin(qtbot: QtBot, tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path)
    qtbot.addWidget(rehearsal.window)
    rehearsal.window.show()
    assert "Rehearse with sample data" in words(rehearsal)
    assert "Connect my accounts…" in words(rehearsal)
    assert "Opened recently" not in words(rehearsal)
    assert not rehearsal.window.tabs.isVisible()
    assert not rehearsal.window.sync_button.isVisible()


def test_a_recent_file_is_opened_by_keyboard_and_the_list_can_be_cleared(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "R&D.disf.yaml"
    file.write_text("", encoding="utf-8")
    rehearsal = Rehearsal(tmp_path)
    settings(rehearsal).remember(file)
    qtbot.addWidget(rehearsal.window)
    rehearsal.window.show()
    rehearsal.window.render_facts()
    link = next(b for b in rehearsal.window.start.findChildren(QPushButton) if "R&&D" in b.text())
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: rehearsal.store.facts.path == file, timeout=2000)
    action(rehearsal, "Clear the list").trigger()
    assert settings(rehearsal).recent == ()


def test_an_empty_project_says_so_and_offers_no_run(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.project = Project(id="11111111-2222", name="Empty")
    rehearsal.workspace.told_runs, rehearsal.workspace.told_set_aside = (), ()
    rehearsal.window.show_tab(Tab.ACTIVITY)
    rehearsal.open()
    at_rest()
    assert list(Tab)[rehearsal.window.tabs.currentIndex()] is Tab.CONNECTIONS  # there the work begins
    for tab in Tab:
        rehearsal.window.show_tab(tab)
        at_rest()
    assert not rehearsal.window.sync_button.isEnabled()
    assert not rehearsal.window.preview_button.isEnabled()


# ---------------------------------------------------------------------- undo, redo, the name


def test_a_renamed_project_is_saved_and_undone_and_done_again_by_name(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    header, facts = rehearsal.window.header, rehearsal.store
    assert not header.undo_button.isEnabled()
    rename(rehearsal, "Autumn")
    assert facts.facts.project is not None
    assert rehearsal.workspace.project.name == "Autumn"
    assert header.undo_button.toolTip() == "Undo: Rename Acme newsletter to Autumn"
    assert header.undo_button.accessibleName() == header.undo_button.toolTip()
    header.undo_button.click()
    qtbot.waitUntil(lambda: header.name.text() == "Acme newsletter", timeout=2000)
    assert rehearsal.workspace.project.name == "Acme newsletter"
    assert not header.undo_button.isEnabled()
    assert header.redo_button.toolTip() == "Redo: Rename Acme newsletter to Autumn"
    header.redo_button.click()
    qtbot.waitUntil(lambda: header.name.text() == "Autumn", timeout=2000)
    assert rehearsal.workspace.project.name == "Autumn"


def test_undo_and_redo_answer_to_their_keys(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rename(rehearsal, "Autumn")
    rehearsal.window.activateWindow()
    assert QTest.qWaitForWindowActive(rehearsal.window, 3000)
    rehearsal.window.tabs.setFocus()
    QTest.keyClick(rehearsal.window.tabs, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    at_rest()
    assert rehearsal.workspace.project.name == "Acme newsletter"
    assert action(rehearsal, "Redo: Rename Acme newsletter to Autumn").isEnabled()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(rehearsal.window.tabs, Qt.Key.Key_Z, both)
    assert rehearsal.workspace.project.name == "Autumn"


def test_a_step_is_named_in_the_language_of_now(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rename(rehearsal, "Autumn")
    english = rehearsal.window.header.undo_button.toolTip()
    rehearsal.window.set_language(languages.Language.FRENCH)
    at_rest()
    assert english == "Undo: Rename Acme newsletter to Autumn"
    assert rehearsal.window.header.undo_button.toolTip() == "Annuler\u00a0: Renommer Acme newsletter en Autumn"


def test_a_double_click_on_the_name_renames_and_an_empty_name_is_refused(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    name = rehearsal.window.header.name
    place = QPointF(5, 5)
    kind, left, none = QEvent.Type.MouseButtonDblClick, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(name, QMouseEvent(kind, place, name.mapToGlobal(place), left, left, none))
    dialog = next(d for d in rehearsal.window.findChildren(RenameDialog) if d.isVisible())
    dialog.entry.clear()
    dialog.accept_button.click()
    assert dialog.isVisible()
    assert dialog.error.isVisible()
    dialog.cancel_button.click()
    assert rehearsal.workspace.project.name == "Acme newsletter"
    assert rehearsal.desk.history.count() == 0


# ---------------------------------------------------------------------- language and look


def test_the_language_changes_at_once_and_is_remembered(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.window.set_language(languages.Language.FRENCH)
    at_rest()
    assert "Synchroniser" in words(rehearsal)
    assert rehearsal.window.tabs.tabText(1) == "Projets de destination"
    assert settings(rehearsal).language is languages.Language.FRENCH
    rehearsal.window.set_language(languages.Language.ENGLISH)
    at_rest()
    assert rehearsal.window.tabs.tabText(1) == "Destination projects"


def test_the_appearance_changes_at_once_and_is_remembered(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    action(rehearsal, "Dark").trigger()
    assert theme.tokens() is theme.DARK
    assert settings(rehearsal).appearance is theme.Appearance.DARK


def test_the_text_grows_and_shrinks_by_keys_as_far_as_it_may(
    rehearsal: Rehearsal, qtbot: QtBot, qapp: QApplication
) -> None:
    window = rehearsal.window
    before = window.sync_button.sizeHint().width()
    for _ in range(len(theme.SIZES) + 1):
        action(rehearsal, "Larger").trigger()
    assert settings(rehearsal).text_size == theme.SIZES[-1]
    assert qapp.font().pixelSize() == theme.px(13) == 20
    assert window.sync_button.sizeHint().width() > before
    assert f"font-size: {theme.px(12)}px" in window.styleSheet()
    action(rehearsal, "Smaller").trigger()
    assert settings(rehearsal).text_size == theme.SIZES[-2]
    action(rehearsal, "Normal").trigger()
    assert settings(rehearsal).text_size == 100
    assert window.sync_button.sizeHint().width() == before


def test_the_tab_and_the_place_of_the_window_are_remembered(tmp_path: Path, qtbot: QtBot) -> None:
    first = Rehearsal(tmp_path)
    qtbot.addWidget(first.window)
    first.window.show()
    first.open()
    first.window.resize(960, 711)  # the screen of the tests is small
    action(first, "Opt-ins").trigger()
    first.window.close()
    second = Rehearsal(tmp_path)
    qtbot.addWidget(second.window)
    assert second.window.size().toTuple() == (960, 711)
    assert list(Tab)[second.window.tabs.currentIndex()] is Tab.OPT_INS


# ---------------------------------------------------------------------- marks and the status line


def test_a_tab_says_its_mark_and_its_key_and_what_waits_is_counted(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    tabs = rehearsal.window.tabs
    assert tabs.tabToolTip(1).endswith("(Alt+2)")
    assert tabs.accessibleTabName(0) == "Connections, needs you"
    assert "4 records set aside" in tabs.accessibleTabName(5)
    rehearsal.workspace.told_set_aside = ()
    rehearsal.workspace.told_runs = rehearsal.workspace.told_runs[1:]  # the newest one set records aside
    rehearsal.desk.read_ledger_again()
    at_rest()
    assert "records" not in tabs.accessibleTabName(5)
    assert tabs.accessibleTabName(5) == "Activity, done"


def test_the_status_line_says_what_needs_somebody_and_what_came_of_the_last_run(rehearsal: Rehearsal) -> None:
    said = rehearsal.window.sentence.text()
    assert "A connection needs you: Acme (full sandbox)." in said
    assert "4 records set aside wait for you." in said
    assert "Last run " in said
    assert rehearsal.window.sentence.toolTip() == said
    assert "Salesforce calls used today" in rehearsal.window.calls.text()


def test_the_status_line_says_what_runs_next_where_schedules_are_kept() -> None:
    soon, later = datetime.now(UTC) + timedelta(days=2), datetime.now(UTC) + timedelta(days=3)
    due = {"Leads": None, "Orders": later, "Contacts": soon}
    kept = replace(known(), schedules=Schedules(Keeping.ON, False, due))
    assert story.status_sentence(kept).endswith(f"Next run {moment_soon(soon.isoformat())}.")
    waiting = replace(kept, schedules=Schedules(Keeping.ON, False, {"Leads": None}))
    assert "Next run" not in story.status_sentence(waiting)
    paused = replace(kept, schedules=Schedules(Keeping.PAUSED, True, due))
    assert story.status_sentence(paused).endswith("Schedules are paused.")
    assert "Next run" not in story.status_sentence(replace(kept, schedules=Schedules()))


def test_nothing_is_said_to_be_well_while_something_needs_a_person(rehearsal: Rehearsal) -> None:
    facts = rehearsal.store.facts
    assert "Everything is connected." not in story.status_sentence(facts)
    assert len(story.what_needs_you(facts)) == 2


# ---------------------------------------------------------------------- the end


def the_question(rehearsal: Rehearsal) -> QMessageBox:
    return next(b for b in rehearsal.window.findChildren(QMessageBox) if b.isVisible())


def answer(rehearsal: Rehearsal, verb: str) -> None:
    next(b for b in the_question(rehearsal).buttons() if b.text().replace("&", "") == verb).click()


class Shelf(QSystemTrayIcon):
    """The place beside the clock, as a test sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[tuple[str, str]] = []

    def show(self) -> None:
        """Stay out of the platform, which has no such place here."""

    def showMessage(self, title: str, message: str, *more: object) -> None:
        self.messages.append((title, message))


def test_closing_during_a_run_asks_and_waits_for_its_end(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    closed: list[bool] = []
    rehearsal.window.closed.connect(lambda: closed.append(True))
    rehearsal.store.update(run=running())
    rehearsal.window.close()
    verbs = {b.text().replace("&", "") for b in the_question(rehearsal).buttons()}
    assert verbs == {"Stop and close", "Stay"}  # there is no tray to go on in
    answer(rehearsal, "Stop and close")
    assert not closed
    rehearsal.store.update(run=replace(running(), exit_code=4))
    qtbot.waitUntil(lambda: closed == [True], timeout=2000)


def test_who_stays_keeps_the_window_and_the_run(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.store.update(run=running())
    rehearsal.window.close()
    answer(rehearsal, "Stay")
    assert rehearsal.window.isVisible()
    assert rehearsal.store.facts.run is not None
    assert not rehearsal.store.facts.run.stopping


def test_a_run_goes_on_in_the_tray_and_the_window_comes_back(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    closed: list[bool] = []
    rehearsal.window.closed.connect(lambda: closed.append(True))
    rehearsal.window.put_into_tray(Shelf())
    assert rehearsal.window.tray is not None
    rehearsal.store.update(run=running())
    rehearsal.window.close()
    answer(rehearsal, "Go on in the background")
    assert not rehearsal.window.isVisible()
    assert not closed
    rehearsal.window.tray.open_action.trigger()
    assert rehearsal.window.isVisible()
    rehearsal.store.update(run=replace(running(), exit_code=0))
    rehearsal.window.tray.quit_action.trigger()
    qtbot.waitUntil(lambda: closed == [True], timeout=2000)


def test_what_runs_by_itself_goes_on_in_the_tray_or_ends_knowingly(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    closed: list[bool] = []
    rehearsal.window.closed.connect(lambda: closed.append(True))
    rehearsal.window.put_into_tray(Shelf())
    for verb, shown, ended in (("Stay", True, []), ("Go on in the background", False, []), ("Close", False, [True])):
        rehearsal.window.bring()
        rehearsal.store.update(schedules=Schedules(Keeping.ON, False))
        rehearsal.window.close()
        answer(rehearsal, verb)
        assert (rehearsal.window.isVisible(), closed) == (shown, ended)


def test_the_tray_says_how_things_stand_and_holds_the_run(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    shelf = Shelf()
    rehearsal.window.put_into_tray(shelf)
    tray = rehearsal.window.tray
    assert tray is not None
    assert shelf.toolTip().startswith("Acme newsletter\nA connection needs you")
    assert tray.sync_action.isEnabled()
    assert not tray.pause_action.isEnabled()
    still = shelf.icon().pixmap(64, 64).toImage()
    rehearsal.store.update(run=running())
    at_rest()
    assert not tray.sync_action.isEnabled()
    assert tray.pause_action.isEnabled()
    assert tray.pause_action.text() == "&Pause"
    assert shelf.icon().pixmap(64, 64).toImage() != still
    rehearsal.store.update(run=running(paused=True))
    at_rest()
    assert tray.pause_action.text() == "&Resume"


def test_a_change_is_notified_once_and_a_click_brings_its_tab(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    shelf = Shelf()
    rehearsal.workspace.authorized["sandbox"] = True
    rehearsal.workspace.errors.clear()
    rehearsal.workspace.told_set_aside, rehearsal.workspace.told_runs = (), rehearsal.workspace.told_runs[1:3]
    rehearsal.window.put_into_tray(shelf)
    rehearsal.open()
    at_rest()
    rehearsal.window.hide()
    assert shelf.messages == []
    for _ in range(2):
        rehearsal.store.update(history=replace(rehearsal.store.facts.history, outstanding=Outstanding(set_aside=3)))
        at_rest()
    assert shelf.messages == [("Acme newsletter", "3 records set aside wait for you.")]
    rehearsal.window.show_tab(Tab.MAPPING)
    shelf.messageClicked.emit()
    assert rehearsal.window.isVisible()
    assert list(Tab)[rehearsal.window.tabs.currentIndex()] is Tab.ACTIVITY


def test_changes_that_cannot_be_written_hold_the_window_open(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    closed: list[bool] = []
    rehearsal.window.closed.connect(lambda: closed.append(True))
    rehearsal.workspace.errors["save"] = DisfError("No room.", "Make room.")
    rename(rehearsal, "Autumn")
    at_rest()
    assert rehearsal.window.header.unsaved.isVisible()
    rehearsal.window.close()
    assert not closed
    answer(rehearsal, "Cancel")
    assert rehearsal.window.isVisible()
    del rehearsal.workspace.errors["save"]
    rehearsal.window.file_notice.action.click()
    at_rest()
    assert rehearsal.workspace.project.name == "Autumn"
    assert not rehearsal.window.header.unsaved.isVisible()
    rehearsal.window.close()
    assert closed == [True]


# ---------------------------------------------------------------------- help


def test_about_names_versions_and_licences(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    action(rehearsal, "About").trigger()
    about = next(d for d in rehearsal.window.findChildren(About) if d.isVisible())
    assert "Python 3." in about.versions.text()
    assert "Qt 6." in about.versions.text()
    notices = about.findChild(QPlainTextEdit)
    assert notices is not None
    assert "LGPL" in notices.toPlainText()
    assert "pydantic" in notices.toPlainText()
    close = next(b for b in about.findChildren(QPushButton) if b.text() == "Close")
    close.click()
    assert not about.isVisible()


@pytest.mark.parametrize("tab", list(Tab))
def test_alt_and_a_digit_bring_a_tab(rehearsal: Rehearsal, qtbot: QtBot, tab: Tab) -> None:
    window = rehearsal.window
    window.show_tab(Tab.ACTIVITY if tab is not Tab.ACTIVITY else Tab.CONNECTIONS)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, 3000)
    digit = Qt.Key(Qt.Key.Key_1 + list(Tab).index(tab))
    QTest.keyClick(window, digit, Qt.KeyboardModifier.AltModifier)
    assert list(Tab)[window.tabs.currentIndex()] is tab
    assert window.stack.currentWidget() is window.pages[tab]
    at = QApplication.focusWidget()
    assert at is not None
    assert window.pages[tab].isAncestorOf(at), "the keyboard goes on in the page"
    assert at.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(window, digit, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is at


def test_a_click_on_a_tab_shows_its_page(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    tabs = rehearsal.window.tabs
    middle: QPoint = tabs.tabRect(3).center()
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=middle)
    assert rehearsal.window.stack.currentWidget() is rehearsal.window.pages[Tab.OPT_INS]
