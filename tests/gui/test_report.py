"""Report a problem: all of it is seen before it is saved, and nothing is saved that was not seen."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import ServiceUnavailable
from disf_desktop.gui.dialogs.report import ReportDialog, show_report
from tests.gui.lint import findings
from tests.gui.rehearsal import Rehearsal


@pytest.fixture
def dialog(rehearsal: Rehearsal, qtbot: QtBot) -> ReportDialog:
    """The dialog over a workspace whose report is the real one."""
    made = show_report(rehearsal.window, rehearsal.desk, rehearsal.store)
    settle(rehearsal)
    return made


def settle(rehearsal: Rehearsal) -> None:
    rehearsal.store.changed.emit()
    QApplication.processEvents()


def named(dialog: ReportDialog) -> list[str]:
    return [dialog.names.item(n).text() for n in range(dialog.names.count())]


def save_to(dialog: ReportDialog, rehearsal: Rehearsal, file: Path) -> None:
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    asked = dialog.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(str(file))
    asked.reject()
    settle(rehearsal)


def test_the_help_menu_opens_the_report(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    actions = {action.text(): action for action in rehearsal.window.menus.help_menu.actions()}
    actions["&Report a problem…"].trigger()
    settle(rehearsal)
    assert rehearsal.window.findChild(ReportDialog) is not None


def test_every_text_is_shown_before_it_is_saved(rehearsal: Rehearsal, dialog: ReportDialog, tmp_path: Path) -> None:
    assert named(dialog)[:3] == ["what-happened.txt", "versions.txt", "settings.txt"]
    shown = {}
    dialog.names.setFocus()
    for n, name in enumerate(named(dialog)):
        assert dialog.names.currentRow() == n
        shown[name] = dialog.view.toPlainText()
        QTest.keyClick(dialog.names, Qt.Key.Key_Down)
    assert "PySide6: 6." in shown["versions.txt"]
    file = tmp_path / "report.zip"
    save_to(dialog, rehearsal, file)
    with zipfile.ZipFile(file) as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == shown
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "Saved in report.zip" in dialog.outcome.accessibleName()


def test_what_the_person_was_doing_is_scanned_too(rehearsal: Rehearsal, dialog: ReportDialog) -> None:
    dialog.told.setFocus()
    QTest.keyClicks(dialog.told, "The preview of ann@example.org did not end")
    QTest.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)
    settle(rehearsal)
    assert "The preview of <address> did not end" in dialog.view.toPlainText()
    assert "taken out" in dialog.taken.text()


def test_the_errors_on_screen_are_in_the_report(rehearsal: Rehearsal, dialog: ReportDialog) -> None:
    error = ServiceUnavailable("Salesforce does not answer.", "Wait, then try again.", "prod", "of ann@example.org")
    rehearsal.store.update(notice=error)
    QTest.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)
    settle(rehearsal)
    told = dialog.view.toPlainText()
    assert "Salesforce does not answer." in told
    assert "[service_unavailable]" in told
    assert "ann@example.org" not in told


def test_a_report_that_cannot_be_saved_says_so(rehearsal: Rehearsal, dialog: ReportDialog, tmp_path: Path) -> None:
    save_to(dialog, rehearsal, tmp_path / "nowhere" / "report.zip")
    assert "cannot be written" in dialog.outcome.accessibleName()
    save_to(dialog, rehearsal, tmp_path / "report.zip")
    assert "Saved in report.zip" in dialog.outcome.accessibleName()


def test_a_report_is_let_go_when_its_dialog_closes(rehearsal: Rehearsal, dialog: ReportDialog) -> None:
    assert rehearsal.store.facts.report.report is not None
    QTest.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert rehearsal.store.facts.report.report is None


def test_a_report_is_made_without_a_project_file_too(qtbot: QtBot, tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path)
    qtbot.addWidget(rehearsal.window)
    rehearsal.window.show()
    dialog = show_report(rehearsal.window, rehearsal.desk, rehearsal.store)
    settle(rehearsal)
    assert named(dialog) == ["what-happened.txt", "versions.txt", "settings.txt"]


def test_with_a_project_file_its_form_is_in_the_report_and_no_name(rehearsal: Rehearsal, dialog: ReportDialog) -> None:
    assert "project.disf.yaml" in named(dialog)
    dialog.names.setCurrentRow(named(dialog).index("project.disf.yaml"))
    told = dialog.view.toPlainText()
    assert "DI_Optin_Newsletter__c" in told
    assert "Acme" not in told


def test_nothing_is_cut_or_nameless_in_it(dialog: ReportDialog) -> None:
    assert findings(dialog) == []
