"""The ways into the import of a file: the button, the menu, a file dropped on the window, a run of the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from disf_desktop.core.importing.destination import destinations
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.import_wizard.dropping import file_of
from disf_desktop.gui.models.facts import Facts, Store
from disf_desktop.gui.models.marks import Tab

if TYPE_CHECKING:
    from disf_desktop.gui.import_wizard.wizard import ImportWizard

InView = Callable[[], tuple[Tab, str]]
"""Gives the tab that is shown, and the key of what is chosen there."""


class ImportEntry(QObject):
    """Opens the wizard, which is made when it is first wanted."""

    def __init__(self, window: QWidget, desk: Desk, store: Store, in_view: InView) -> None:
        super().__init__(window)
        self._window, self._desk, self._store, self._in_view = window, desk, store, in_view
        self._wizard: ImportWizard | None = None
        desk.import_wanted.connect(self._show)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @property
    def wizard(self) -> ImportWizard:
        """The wizard; its modules are imported now."""
        if self._wizard is None:
            from disf_desktop.gui.import_wizard.wizard import ImportWizard

            self._wizard = ImportWizard(self._window, self._desk, self._store)
        return self._wizard

    def begin(self) -> None:
        """Show the wizard; where the rows go follows what is in view."""
        self._desk.begin_import(to=self._to())

    def _show(self) -> None:
        self.wizard.bring()

    def _to(self) -> str:
        facts = self._store.facts
        return destination_in_view(facts, *self._in_view())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a file that is dropped anywhere on the window."""
        kind = event.type()
        if kind is QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            if self._store.facts.project is not None and file_of(event.mimeData()) is not None:
                event.acceptProposedAction()
                return True
        elif kind is QEvent.Type.Drop and isinstance(event, QDropEvent):
            file = file_of(event.mimeData())
            if file is not None and self._store.facts.project is not None:
                event.acceptProposedAction()
                self._desk.begin_import(file, self._to())
                return True
        return super().eventFilter(watched, event)


def destination_in_view(facts: Facts, tab: Tab, key: str) -> str:
    """Name where the rows of a file go most likely: where what is in view leads, else the first place there is."""
    project = facts.project
    if project is None:
        return ""
    integration = project.integration(key)
    if integration is not None:
        return f"{integration.project}/{integration.table}"
    if tab in (Tab.PROJECTS, Tab.OPT_INS) and project.destination(key) is not None:
        return f"{key}/{CONTACT_LIST}"
    return next(destinations(project), "")
