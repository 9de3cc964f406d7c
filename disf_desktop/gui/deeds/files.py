"""Deeds on project files as a whole: a new one, a copy, another one, and what other programs do to the one that is
open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QTimer

from disf_desktop.core.errors import DisfError, Problem, SettingsError
from disf_desktop.gui.deeds.editing import EditDeeds, Said
from disf_desktop.gui.models.facts import Outside

LOOK_MS = 300
"""How long after the first sign of a change a file is looked at; whoever replaces it has come to an end by then."""


def create(path: Path, name: str) -> None:
    """Write an empty project file; what that needs is imported in the thread that calls it."""
    from disf_desktop.workspace import editing

    editing.create(path, name)


class FileDeeds(EditDeeds):
    """What a person does with project files."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._soon)
        self._look_soon = QTimer(self)
        self._look_soon.setSingleShot(True)
        self._look_soon.setInterval(LOOK_MS)
        self._look_soon.timeout.connect(self.look_at_file)
        self.opened.connect(self._watch)

    def open(self, path: Path) -> None:
        """Open a project file; the desk knows how."""
        raise AssertionError("the desk opens files")

    def create_file(self, path: Path, name: str) -> None:
        """Write a new project file and open it."""
        self._write(partial(create, path, name), path, partial(self.open, path))

    def save_as(self, path: Path) -> None:
        """Write a copy of the project with a ledger of its own, and open that."""
        self._write(partial(self.workspace.save_as, path), path, partial(self.open, path))

    def export_without_names(self, path: Path) -> None:
        """Write a copy that may be shown to others."""
        verb = partial(self.workspace.export_without_names, path)
        self._write(verb, path, lambda: self._store.update(copied_to=path))

    def forget_copy(self) -> None:
        """Take away the word that a copy was written."""
        self._store.update(copied_to=None)

    def _write(self, verb: Callable[[], None], path: Path, then: Callable[[], None]) -> None:
        async def go() -> None:
            try:
                await self._bridge.call(verb)
            except DisfError as error:
                self._store.update(notice=error)
            except OSError as error:
                problem = Problem("", f"{path.name} cannot be written: {error.strerror}.", "Choose another folder.")
                self._store.update(notice=SettingsError((problem,)))
            else:
                then()

        self._bridge.spawn(go())

    def close_file(self) -> None:
        """Close the project file and go back to the start; the desk knows how."""
        raise AssertionError("the desk closes files")

    def rename(self, name: str, said: Said) -> None:
        """Give the project another name; its file keeps its own."""
        self.edit(said, self.project.model_copy(update={"name": name}))

    # what others do to the file

    def look_at_file(self) -> None:
        """See whether another program has changed the file; while ours is being written, a little later."""
        if self.facts.project is None:
            return
        if not self.facts.saved and self.facts.save_error is None:
            self._look_soon.start()
            return
        self._bridge.spawn(self._look())

    async def _look(self) -> None:
        workspace = self.workspace
        changed = await self._bridge.call(workspace.changed_by_others)
        there = await self._bridge.call(workspace.path.exists)
        if workspace is not self._workspace or self.facts.project is None or not self.facts.saved:
            return
        self._watch()
        outside = None if not changed else Outside.CHANGED if there else Outside.GONE
        if outside is not self.facts.outside:
            self._store.update(outside=outside)

    def write_again(self) -> None:
        """Write what is on screen into the file, whatever another program has made of it."""
        self._store.update(saved=False, outside=None)
        self.save_again(over_others=True)

    def _soon(self) -> None:
        self._look_soon.start()

    def _watch(self) -> None:
        """Watch the file that is open; one that was replaced has to be named again."""
        path = self.facts.path if self.facts.project is not None else None
        wanted = [str(path)] if path is not None and path.exists() else []
        if old := [name for name in self._watcher.files() if name not in wanted]:
            self._watcher.removePaths(old)
        if new := [name for name in wanted if name not in self._watcher.files()]:
            self._watcher.addPaths(new)
