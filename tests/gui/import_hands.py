"""A person at the import wizard, over the workspace in memory."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from disf_desktop.core.importing.recipe import ImportColumn, ImportMode
from disf_desktop.gui.import_wizard.check import CheckStep
from disf_desktop.gui.import_wizard.columns import ColumnsStep
from disf_desktop.gui.import_wizard.destination import DestinationStep
from disf_desktop.gui.import_wizard.file import FileStep
from disf_desktop.gui.import_wizard.page import StepPage
from disf_desktop.gui.import_wizard.result import ResultStep
from disf_desktop.gui.import_wizard.sending import ImportStep
from disf_desktop.gui.import_wizard.wizard import ImportWizard
from disf_desktop.gui.inputs import Picker
from disf_desktop.gui.models.imports import ImportFacts, Step
from tests.gui.fake_imports import CALLS, checked, contacts_file
from tests.gui.fakes import FakeProcess
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest

Page = TypeVar("Page", bound=StepPage)

__all__ = ["CALLS", "ImportHand"]


class ImportHand:
    """Does what a person does in the wizard, and reads what came of it."""

    def __init__(self, rehearsal: Rehearsal, qtbot: QtBot, tmp_path: Path) -> None:
        self.rehearsal, self.qtbot, self.folder = rehearsal, qtbot, tmp_path
        self.desk, self.store, self.workspace = rehearsal.desk, rehearsal.store, rehearsal.workspace

    @property
    def wizard(self) -> ImportWizard:
        return self.rehearsal.window.imports.wizard

    @property
    def facts(self) -> ImportFacts:
        return self.store.facts.imports

    def settle(self) -> None:
        """Let the facts be drawn."""
        at_rest()

    def page(self, kind: type[Page]) -> Page:
        """Give the step that is shown."""
        found = self.wizard.page
        assert isinstance(found, kind)
        return found

    def click(self, thing: QAbstractButton) -> None:
        """Press a button as a hand does, and look what comes."""
        assert thing.isVisible(), thing.text()
        assert thing.isEnabled(), thing.text()
        QTest.mouseClick(thing, Qt.MouseButton.LeftButton)
        self.settle()

    def pick(self, picker: Picker, text: str) -> None:
        """Take a choice of a list by the keyboard."""
        assert picker.isVisible()
        wanted = next(n for n in range(picker.count()) if picker.itemText(n) == text)
        picker.setFocus()
        for _ in range(20):
            if picker.currentIndex() == wanted:
                break
            down = picker.currentIndex() < wanted
            QTest.keyClick(picker, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
            self.settle()
            wanted = next(n for n in range(picker.count()) if picker.itemText(n) == text)
        assert picker.currentText() == text

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self.wizard.focusWidget() or self.wizard, key, modifiers)
        self.settle()

    # ways on

    def begin(self, to: str = "webforms/Contact") -> DestinationStep:
        """Open the wizard for a destination."""
        self.desk.begin_import(to=to)
        self.wizard.activateWindow()
        assert QTest.qWaitForWindowActive(self.wizard, 3000)
        self.settle()
        return self.page(DestinationStep)

    def at_file(self, path: Path | None = None, to: str = "webforms/Contact") -> FileStep:
        """Come to the file, and choose one where it is named."""
        self.begin(to)
        self.click(self.wizard.next_button)
        if path is not None:
            self.desk.choose_file(path)
            self.settle()
        return self.page(FileStep)

    def at_columns(self, to: str = "webforms/Contact") -> ColumnsStep:
        """Come to the columns of a made-up file."""
        self.at_file(contacts_file(self.folder), to)
        self.click(self.wizard.next_button)
        return self.page(ColumnsStep)

    def paired(self, to: str = "webforms/Contact") -> ColumnsStep:
        """Come to the columns, with those paired that are certain."""
        page = self.at_columns(to)
        page.canvas.acts.accept_certain()
        self.settle()
        return page

    def checking(self) -> CheckStep:
        """Begin the check."""
        self.paired()
        self.click(self.wizard.next_button)
        return self.page(CheckStep)

    def at_check(self) -> CheckStep:
        """Come to what the check has found."""
        page = self.checking()
        self.process.said.emit(checked())
        self.process.ended.emit(3)
        self.settle()
        return page

    def importing(self) -> ImportStep:
        """Begin to send."""
        self.at_check()
        self.click(self.wizard.next_button)
        return self.page(ImportStep)

    def result(self) -> ResultStep:
        """Give the last step."""
        return self.page(ResultStep)

    @property
    def process(self) -> FakeProcess:
        """The newest process."""
        return self.rehearsal.bridge.processes[-1]

    def columns(self) -> dict[str, str]:
        """Give which column fills which field."""
        return {each.column: each.field for each in self.facts.draft.columns}

    def column(self, name: str) -> ImportColumn:
        """Give what was chosen for a column."""
        return next(each for each in self.facts.draft.columns if each.column == name)

    def drop(self, path: Path, onto: QWidget) -> None:
        """Drop a file."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        entered = QDragEnterEvent(
            onto.rect().center(),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(onto, entered)
        assert entered.isAccepted()
        dropped = QDropEvent(
            QPointF(onto.rect().center()),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(onto, dropped)
        self.settle()

    def mode(self) -> ImportMode:
        """Give what a row may do."""
        return self.facts.draft.mode

    def at(self, step: Step) -> bool:
        """Say whether a step is shown."""
        return self.facts.step is step and self.wizard.stack.currentWidget() is self.wizard.pages[step]
