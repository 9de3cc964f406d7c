"""The desk over the fake workspace, at once and without a window."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from disf_desktop.core.edits import with_integration
from disf_desktop.core.project import Integration
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import Facts, Store
from disf_desktop.workspace import Places, Workspace
from tests.gui.fakes import FakeProcess, FakeWorkspace
from tests.gui.rehearsal import AtOnce


class Office:
    """The desk over the fake workspace, without a window."""

    def __init__(self, folder: Path) -> None:
        places = Places(folder)
        self.workspace = FakeWorkspace(folder / "a.disf.yaml", places)
        self.bridge, self.store = AtOnce(), Store(pause_ms=0)
        self.desk = Desk(self.bridge, self.store, places, lambda _path, _places: cast(Workspace, self.workspace))
        self.desk.open(self.workspace.path)

    @property
    def facts(self) -> Facts:
        return self.store.facts

    @property
    def process(self) -> FakeProcess:
        """The process that was started last."""
        return self.bridge.processes[-1]

    def let_have_run(self, *names: str, at: str = "2026-11-22T10:00:00Z") -> None:
        """Let integrations have run before, as the ledger tells it."""
        self.workspace.told_last_runs = dict.fromkeys(names, at)
        self.desk.read_ledger_again()
        self.store.changed.emit()

    def integration(self, name: str) -> Integration:
        """Give an integration as the file has it now."""
        found = self.workspace.project.integration(name)
        assert found is not None
        return found

    def change(self, name: str, **members: object) -> None:
        """Change an integration, as another part of the window would."""
        after = self.integration(name).model_copy(update=members)
        self.desk.edit(lambda: "Change", with_integration(self.desk.project, after))
