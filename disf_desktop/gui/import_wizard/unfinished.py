"""An import of earlier that was stopped before its last row, and the way to go on with it."""

from __future__ import annotations

from disf_desktop.core.importing.destination import ImportDestination, find_destination
from disf_desktop.core.importing.unfinished import UnfinishedImport
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.import_wizard.summary import place_said
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.parts import Notice
from disf_desktop.gui.words.figures import moment, number


class UnfinishedNotice(Notice):
    """Shown as a new import begins; of several, the newest one first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("warn")
        self._desk = desk
        self._shown: UnfinishedImport | None = None
        self.action.clicked.connect(self._go_on)
        self.close_button.clicked.connect(self._let_lie)

    def show_facts(self, facts: Facts) -> None:
        """Show the facts of now, in the language of now."""
        there = facts.imports.unfinished
        self._shown = shown = there[0] if there and not facts.running else None
        if shown is None or facts.project is None:
            self.show_text("")
            return
        name = self.tr("pasted rows") if shown.pasted else shown.path.name
        to = find_destination(facts.project, shown.recipe.to)
        place = place_said(to) if isinstance(to, ImportDestination) else shown.recipe.to
        left = self.tr("{0}, {1}: {2} of {3} rows are left.").format(
            moment(shown.started), place, number(shown.left), number(shown.rows)
        )
        possible = not shown.changed and isinstance(to, ImportDestination)
        if possible:
            more = self.tr("It goes on where it stopped, and no row goes twice.")
        elif shown.changed:
            more = self.tr("The file has changed since, or is gone: it can only be imported anew.")
        else:
            more = self.tr("Its table is not in the project file any more.")
        self.show_text(self.tr("The import of “{0}” was not finished").format(name), f"{left} {more}", look="warn")
        self.action.setText(self.tr("Go on with it"))
        self.action.setVisible(possible)
        self.close_button.setText(self.tr("Not now"))
        self.close_button.setVisible(True)

    def _go_on(self) -> None:
        if self._shown is not None:
            self._desk.go_on_with(self._shown)

    def _let_lie(self) -> None:
        if self._shown is not None:
            self._desk.let_lie(self._shown.id)
