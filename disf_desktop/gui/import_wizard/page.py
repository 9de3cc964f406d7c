"""What every step of the wizard has in common."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import Facts, Store
from disf_desktop.gui.models.imports import ImportFacts, Step


class StepPage(QWidget):
    """A step. It keeps what is under the hand, and nothing else; everything shown comes from the facts."""

    step: Step

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__()
        self.desk = desk
        self._store = store

    @property
    def facts(self) -> Facts:
        return self._store.facts

    @property
    def drafted(self) -> ImportFacts:
        """What the wizard knows."""
        return self._store.facts.imports

    @property
    def folder(self) -> Path:
        """Where a person looks for a file first: where the last one was, else beside the project file."""
        beside = (self.drafted.folder, self.facts.path.parent if self.facts.path is not None else None)
        return next((each for each in beside if each is not None and each.is_dir()), Path.home())

    @property
    def first_input(self) -> QWidget:
        """Where the keyboard begins; the step itself, where nothing is to be chosen."""
        return self

    @property
    def stage(self) -> int:
        """Tell one state of the step from another: the keyboard begins anew in each."""
        return 0

    @property
    def extra_button(self) -> QPushButton | None:
        """A button of this step that stands at the left of the footer."""
        return None

    def title(self) -> str:
        """Say what the step is about."""
        raise AssertionError("a step has a title")

    def subtitle(self) -> str:
        """Say in a line what is known so far."""
        return ""

    def verb(self) -> tuple[str, bool]:
        """Say what the button does that goes on, and whether it can now."""
        raise AssertionError("a step leads somewhere")

    def go_on(self) -> None:
        """Do it."""
        raise AssertionError("a step leads somewhere")

    def why_not(self) -> str:
        """Say what is missing before it can go on; empty where nothing is."""
        return ""

    def render_facts(self) -> None:
        """Show the facts of now, in the language of now."""

    def retranslate(self) -> None:
        """Tell the models that the language has changed; `render_facts` follows."""
