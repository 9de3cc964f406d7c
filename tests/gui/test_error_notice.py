"""An error at the top of the window, and the way from it to the guide; coming forward; where the focus begins."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import DisfError, LimitReached
from disf_desktop.gui.dialogs.guide import Guide
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest


def test_an_error_leads_to_what_the_guide_says_of_it(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    window = rehearsal.window
    rehearsal.store.update(notice=LimitReached("The calls of today are used up.", "Wait until tomorrow.", "prod"))
    at_rest()
    assert window.notice.action.isVisible()
    QTest.mouseClick(window.notice.action, Qt.MouseButton.LeftButton)
    [guide] = window.findChildren(Guide)
    assert guide.page.name == "errors"
    assert "limit" in guide.browser.textCursor().block().text()
    guide.close()


def test_an_error_without_a_page_offers_none(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    error = DisfError("Something else.", "Do this.")
    error.code = "of_nobody"
    rehearsal.store.update(notice=error)
    at_rest()
    assert rehearsal.window.notice.isVisible()
    assert not rehearsal.window.notice.action.isVisible()
    QTest.mouseClick(rehearsal.window.notice.close_button, Qt.MouseButton.LeftButton)
    at_rest()
    assert not rehearsal.window.notice.isVisible()


def test_the_window_comes_forward_when_the_browser_has_answered(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.window.showMinimized()
    rehearsal.desk.came_back.emit()
    qtbot.waitUntil(lambda: not rehearsal.window.isMinimized(), timeout=2000)


def test_the_keyboard_begins_at_the_tabs_of_an_opened_file(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path)
    qtbot.addWidget(rehearsal.window)
    rehearsal.window.show()
    at_rest()
    rehearsal.open()
    at_rest()
    assert rehearsal.window.focusWidget() is rehearsal.window.tabs
