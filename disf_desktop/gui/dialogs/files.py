"""The questions about project files: where a new one goes, which one to open, what the project is called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.header import LONGEST_NAME, RenameDialog
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.settings import Settings

SUFFIX = ".disf.yaml"

Leave = Callable[[Callable[[], Any]], None]
"""Does what lets go of the project that is open, once nothing of it can be lost."""


class FileDialogs(QObject):
    """Asks, without holding the window up, and hands the answer to the desk."""

    def __init__(self, window: QWidget, desk: Desk, store: Store, settings: Settings, leave: Leave) -> None:
        super().__init__(window)
        self._window, self._desk, self._store, self._settings = window, desk, store, settings
        self._leave = leave

    def ask_for_file(self) -> None:
        """Let the person choose a project file to open."""
        dialog = self._dialog(self.tr("Open a project file"), self._open)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def ask_for_new(self) -> None:
        """Let the person name a new project file; the project is called like its file."""
        self._ask_for_place(self.tr("New project file"), self.tr("My project"), self._create)

    def connect_accounts(self) -> None:
        """Make a new project file for the person's own accounts; it opens on its connections."""
        self._ask_for_place(self.tr("Where the new project file goes"), self.tr("My project"), self._create)

    def ask_for_copy(self) -> None:
        """Let the person name a copy of the project, with which they go on."""
        self._ask_for_place(self.tr("Save a copy as"), self._copy_name(), self._save_as)

    def ask_for_nameless_copy(self) -> None:
        """Let the person name a copy that may be shown to others."""
        name = self.tr("{0}, without names").format(self._copy_name())
        self._ask_for_place(self.tr("Export a copy without names"), name, self._desk.export_without_names)

    def rename(self) -> None:
        """Let the person call the project otherwise."""
        project = self._store.facts.project
        if project is not None:
            RenameDialog(self._window, project.name, self._rename).open()

    def _rename(self, name: str) -> None:
        before = self._desk.project.name
        self._desk.rename(name, lambda: self.tr("Rename {0} to {1}").format(before, name))

    def _copy_name(self) -> str:
        path = self._store.facts.path
        return path.name.removesuffix(SUFFIX) if path is not None else ""

    def _open(self, path: Path) -> None:
        self._leave(lambda: self._desk.open(path))

    def _create(self, path: Path) -> None:
        name = path.name.removesuffix(SUFFIX).strip()[:LONGEST_NAME] or self.tr("My project")
        self._leave(lambda: self._desk.create_file(path, name))

    def _save_as(self, path: Path) -> None:
        self._leave(lambda: self._desk.save_as(path))

    def _ask_for_place(self, title: str, name: str, then: Callable[[Path], Any]) -> None:
        dialog = self._dialog(title, lambda path: then(whole_name(path)))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(name + SUFFIX)
        dialog.open()

    def _dialog(self, title: str, then: Callable[[Path], Any]) -> QFileDialog:
        dialog = QFileDialog(self._window, title, str(self._folder()))
        dialog.setNameFilters([self.tr("Project files (*.disf.yaml)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _folder(self) -> Path:
        """Give the folder of the last project file, or the person's documents."""
        recent = self._settings.recent
        if recent:
            return recent[0].parent
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def whole_name(path: Path) -> Path:
    """Give a file the ending of project files, where the person left it out."""
    if path.name.endswith(SUFFIX):
        return path
    return path.with_name(path.name.removesuffix(".yaml").removesuffix(".disf") + SUFFIX)
