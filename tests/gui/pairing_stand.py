"""The canvas and its table over the fake workspace, without the rest of the window; and a hand that pairs on them."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from disf_desktop.core.project import FieldPair
from disf_desktop.core.suggest import Evidence, Reason, Suggestion
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.mapping_canvas.acts import PairActs
from disf_desktop.gui.mapping_canvas.canvas import Canvas
from disf_desktop.gui.mapping_canvas.field_list import FieldList
from disf_desktop.gui.mapping_canvas.mapping_pairing import MappingPairing
from disf_desktop.gui.mapping_canvas.pair_table import PairTable
from disf_desktop.gui.models.facts import Store
from disf_desktop.workspace import Places, Workspace
from tests.gui.fakes import FakeWorkspace
from tests.gui.rehearsal import AtOnce
from tests.gui.rest import at_rest


class Stand(QWidget):
    """Shows one mapping in both views, as the tab does."""

    def __init__(self, profile: Path) -> None:
        super().__init__()
        self.workspace = FakeWorkspace(profile / "Acme newsletter.disf.yaml", Places(profile))
        self.store = Store(pause_ms=0)
        self.desk = Desk(AtOnce(), self.store, Places(profile), lambda *_: cast(Workspace, self.workspace))
        self.canvas, self.table = Canvas(), PairTable()
        self.views = QStackedWidget()
        self.views.addWidget(self.canvas)
        self.views.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.views)
        self.name, self.number = "Contacts", -1
        for view in (self.canvas, self.table):
            view.pair_chosen.connect(self._chosen)
        self.store.changed.connect(self.render_facts)
        self.desk.open(self.workspace.path)

    def _chosen(self, number: int) -> None:
        self.number = number
        self.render_facts()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.canvas.retranslate()
            self.table.retranslate()
            self.render_facts()

    def render_facts(self) -> None:
        """Show the facts of now."""
        project = self.store.facts.project
        integration = project.integration(self.name) if project is not None else None
        if integration is not None:
            chosen = self.number if 0 <= self.number < len(integration.mapping.pairs) else None
            view = self.views.currentWidget()
            assert isinstance(view, Canvas | PairTable)
            view.show_pairing(MappingPairing(self.desk, integration.name), chosen)


class Hand:
    """Does what a person does, and reads what came of it."""

    def __init__(self, stand: Stand, qtbot: QtBot) -> None:
        self.stand, self.qtbot = stand, qtbot
        self.canvas, self.table = stand.canvas, stand.table
        self.desk, self.store, self.workspace = stand.desk, stand.store, stand.workspace
        stand.activateWindow()
        assert QTest.qWaitForWindowActive(stand, 3000)
        self.settle()

    def settle(self) -> None:
        """Let the facts be shown."""
        at_rest()

    def show(self, name: str, *, table: bool = False) -> None:
        """Open another mapping, or the other view."""
        self.stand.name, self.stand.number = name, -1
        self.stand.views.setCurrentIndex(int(table))
        self.stand.render_facts()
        self.settle()

    def pairs(self, name: str = "Contacts") -> dict[str, str]:
        """Give the sources of the pairs by their targets, as the file has them now."""
        integration = self.workspace.project.integration(name)
        assert integration is not None
        return {p.target: p.source for p in integration.mapping.pairs}

    def pair(self, target: str, name: str = "Contacts") -> FieldPair:
        """Give the pair of a target, as the file has it now."""
        integration = self.workspace.project.integration(name)
        assert integration is not None
        return next(p for p in integration.mapping.pairs if p.target == target)

    def suggest(self, *told: tuple[str, str, bool]) -> None:
        """Propose pairs."""
        found = tuple(Suggestion(a, b, 0.9, sure, Reason(Evidence.SAME_MEANING)) for a, b, sure in told)
        self.store.update(suggestions={"Contacts": found})
        self.settle()

    # dragging

    def where(self, view: FieldList, name: str) -> QPoint:
        """Give the place of a field in its list, scrolled into sight."""
        index = view.filtered.index(view.rows_by_name()[name.casefold()], 0)
        view.scrollTo(index)
        return view.visualRect(index).center()

    def carry(self, view: FieldList, name: str) -> QMimeData:
        """Give what is dragged when a field is."""
        index = view.filtered.index(view.rows_by_name()[name.casefold()], 0)
        return view.filtered.mimeData([index])

    def over(self, view: FieldList, data: QMimeData, name: str) -> QDragMoveEvent:
        """Move what is dragged over a field."""
        at = self.where(view, name)
        actions, button, none = Qt.DropAction.LinkAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(at, actions, data, button, none)
        QApplication.sendEvent(view.viewport(), enter)
        move = QDragMoveEvent(at, actions, data, button, none)
        move.ignore()
        QApplication.sendEvent(view.viewport(), move)
        return move

    def drop(self, view: FieldList, data: QMimeData, name: str) -> QDropEvent:
        """Let go of what is dragged over a field."""
        at = self.where(view, name)
        actions, button, none = Qt.DropAction.LinkAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDropEvent(QPointF(at), actions, data, button, none)
        event.ignore()
        QApplication.sendEvent(view.viewport(), event)
        self.settle()
        return event

    def answer(self, acts: PairActs, number: int) -> None:
        """Take an answer of *replace or keep*, with the keyboard: 0 replaces, 1 keeps."""
        question = acts.question
        assert question is not None
        assert question.isVisible()
        able = [action for action in question.actions() if action.isEnabled() and not action.isSeparator()]
        question.setActiveAction(able[number])
        QTest.keyClick(question, Qt.Key.Key_Return)
        self.settle()
