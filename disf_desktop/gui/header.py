"""The top of the window: the project's name, undo and redo, preview and sync."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QUndoStack
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from disf_desktop.gui import icons, theme
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.inputs import Entry, Labelled
from disf_desktop.gui.models.facts import Facts, RunKind
from disf_desktop.gui.parts import Sentence, button, label, row

LONGEST_NAME = 120
"""As core.project allows."""


class ProjectName(Sentence):
    """The name of the project, which a double click renames."""

    renamed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "project")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.renamed.emit()


class RenameDialog(Dialog):
    """Asks for the name of the project."""

    def __init__(self, parent: QWidget, name: str, rename: Callable[[str], Any]) -> None:
        super().__init__(parent, self._take)
        self._rename = rename
        self.entry = Entry()
        self.entry.setMaxLength(LONGEST_NAME)
        self.entry.show_text(name)
        self.entry.selectAll()
        field = Labelled(self.entry)
        self.put(field)
        self.say(self.tr("Rename the project"), self.tr("The file keeps its own name."), self.tr("&Rename"))
        field.show_text(self.tr("&Name"))

    def _take(self) -> bool:
        name = self.entry.text().strip()
        if not name:
            self.refuse(self.tr("The name is empty."), self.tr("Write a name."))
            return False
        self._rename(name)
        return True


class Header(QFrame):
    """Shows the name and what can be done with the whole project now."""

    def __init__(
        self,
        history: QUndoStack,
        preview: Callable[[], Any],
        sync: Callable[[], Any],
        import_file: Callable[[], Any],
    ) -> None:
        super().__init__()
        self.setObjectName("header")
        self._history = history
        self.name, self.direction = ProjectName(), Sentence()
        self.direction.setProperty("role", "muted")
        self.unsaved: QLabel = label("warn")
        self.undo_button, self.redo_button = button("", history.undo), button("", history.redo)
        self.import_button = button("", import_file)
        self.preview_button = button("", preview)
        self.sync_button = button("primary", sync)
        steps = (self.undo_button, self.redo_button)
        buttons = row(*steps, self.import_button, self.preview_button, self.sync_button, spacing=8)
        line = row(self.name, self.unsaved, self.direction, buttons, spacing=12)
        line.setStretch(2, 1)
        line.setContentsMargins(18, 10, 18, 8)
        self.setLayout(line)

    def show_facts(self, facts: Facts, run_possible: bool) -> None:
        """Show the facts of now, in the language of now."""
        t = theme.tokens()
        self.name.show_text(facts.project.name if facts.project else "")
        self.direction.show_text("Salesforce ↔ Dialog Insight")
        self.unsaved.setText(self.tr("Not saved") if facts.save_error is not None else "")
        self.unsaved.setVisible(facts.save_error is not None)
        syncing = facts.running and facts.run is not None and facts.run.kind is RunKind.SYNC
        self.sync_button.setText(self.tr("Syncing…") if syncing else self.tr("&Sync now"))
        self.sync_button.setIcon(icons.icon("sync", t.on_accent))
        importing = facts.running and facts.run is not None and facts.run.kind.is_of_file
        self.import_button.setText(self.tr("Importing…") if importing else self.tr("Import CSV…"))
        self.import_button.setToolTip("Ctrl+I")
        self.preview_button.setText(self.tr("&Preview changes"))
        self.preview_button.setIcon(icons.icon("preview", t.ink2))
        self.undo_button.setIcon(icons.icon("undo", t.ink2))
        self.redo_button.setIcon(icons.icon("redo", t.ink2))
        self.sync_button.setEnabled(run_possible)
        self.preview_button.setEnabled(run_possible)
        self._show_steps()

    def _show_steps(self) -> None:
        """Name the steps that would be undone and done again."""
        history = self._history
        for target, possible, bare, step in (
            (self.undo_button, history.canUndo(), self.tr("Nothing to undo"), history.undoText()),
            (self.redo_button, history.canRedo(), self.tr("Nothing to redo"), history.redoText()),
        ):
            said = self.undo_said(step) if target is self.undo_button else self.redo_said(step)
            target.setEnabled(possible)
            target.setToolTip(said if possible else bare)
            target.setAccessibleName(said if possible else bare)

    def undo_said(self, step: str) -> str:
        """Name what an undo takes back."""
        return self.tr("Undo: {0}").format(step) if step else self.tr("Undo")

    def redo_said(self, step: str) -> str:
        """Name what a redo does again."""
        return self.tr("Redo: {0}").format(step) if step else self.tr("Redo")
