"""Deeds that change the project file: each one a named step that can be undone, written to the file at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtGui import QUndoCommand, QUndoStack

from disf_desktop.core.edits import with_integration
from disf_desktop.core.errors import DisfError, Problem
from disf_desktop.core.project import Project
from disf_desktop.core.project_rules import problems_of
from disf_desktop.gui.deeds.base import Deeds
from disf_desktop.gui.models.pairs import activation_problems

Said = Callable[[], str]
Whole = TypeVar("Whole")


class Step(QUndoCommand, Generic[Whole]):
    """One edit: the whole project (or draft) before and after, and how a person calls it in the language of now."""

    def __init__(self, said: Said, before: Whole, after: Whole, show: Callable[[Whole], None]) -> None:
        super().__init__(said())
        self._said, self._before, self._after, self._show = said, before, after, show

    def undo(self) -> None:
        self._show(self._before)

    def redo(self) -> None:
        self._show(self._after)

    def retranslate(self) -> None:
        """Take the name in the language of now."""
        self.setText(self._said())


class EditDeeds(Deeds):
    """Every change of the project file. `history` knows the steps; the file follows each of them."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.history = QUndoStack(self)
        self._saving = False

    @property
    def project(self) -> Project:
        assert self.facts.project is not None, "no project file is open"
        return self.facts.project

    def edit(self, said: Said, after: Project) -> None:
        """Change the project, as one step that a person can undo; `said` names it ("Pair Email with EMail")."""
        if after != self.project:
            self.history.push(Step(said, self.project, after, self._show))

    def _show(self, project: Project) -> None:
        self._store.update(project=project, problems=problems_of(project), saved=False)
        self._save_soon()

    def _save_soon(self) -> None:
        if not self._saving:
            self._saving = True
            self._bridge.spawn(self._save())

    async def _save(self, over_others: bool = False) -> None:
        """Write the newest state; what is edited meanwhile is written next."""
        try:
            while (project := self.facts.project) is not None and not self.facts.saved:
                try:
                    await self._bridge.call(partial(self.workspace.save, project, over_others=over_others))
                except DisfError as error:
                    self._store.update(save_error=error)
                    return
                if self.facts.project is project:
                    self._store.update(saved=True, save_error=None)
        finally:
            self._saving = False

    def save_again(self, over_others: bool = False) -> None:
        """Try again to write the file; `over_others` writes over what another program has put there."""
        if not self._saving and self.facts.project is not None:
            self._saving = True
            self._bridge.spawn(self._save(over_others))

    def set_enabled(self, name: str, on: bool, said: Said) -> tuple[Problem, ...]:
        """Switch an integration on or off; one with problems stays off, and they are given back."""
        integration = self.project.integration(name)
        assert integration is not None, "a view names an integration of the file"
        if on and (found := activation_problems(self.facts, integration)):
            return found
        self.edit(said, with_integration(self.project, integration.model_copy(update={"enabled": on})))
        return ()

    def retranslate_steps(self) -> None:
        """Name all steps in the language of now."""
        for number in range(self.history.count()):
            step = self.history.command(number)
            if isinstance(step, Step):
                step.retranslate()
