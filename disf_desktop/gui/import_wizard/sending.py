"""The rows on their way: progress, pause and stop; and how to go on after an end that nobody wanted."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.import_wizard.figures import Figure, Figures
from disf_desktop.gui.import_wizard.page import StepPage
from disf_desktop.gui.import_wizard.progress import ProgressCard
from disf_desktop.gui.import_wizard.summary import trouble_said, what_goes_where
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.imports import Step
from disf_desktop.gui.parts import Notice, column
from disf_desktop.gui.words.figures import number
from disf_desktop.gui.words.wording import error_details


class ImportStep(StepPage):
    """Shows the import under way; where it broke, why, and the button that goes on."""

    step = Step.IMPORT

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self.error = Notice("err")
        self.error.action.clicked.connect(lambda: desk.import_rows())
        self.progress = ProgressCard(desk)
        self.figures = Figures(3)
        self.setLayout(column(self.error, self.progress, self.figures, None, spacing=12))

    @property
    def first_input(self) -> QWidget:
        return self.progress.pause_button if self.facts.running else self.error.action

    @property
    def stage(self) -> int:
        return int(self.facts.running)

    def title(self) -> str:
        return self.tr("The import is under way") if self.facts.running else self.tr("The import has not ended")

    def subtitle(self) -> str:
        return what_goes_where(self.facts)

    def verb(self) -> tuple[str, bool]:
        return "", False

    def render_facts(self) -> None:
        facts, running = self.drafted, self.facts.running
        self.progress.setVisible(running)
        counts = facts.checked.counts if facts.checked is not None else None
        self.progress.show_run(self.facts, counts.to_send if counts is not None else None)
        error = facts.error if not running else None
        if error is not None:
            self.error.show_text(*trouble_said(error), error_details(error), "err")
        elif not running:
            text = self.tr("What was sent is kept. Going on begins where it stopped, and sends no row twice.")
            self.error.show_text(self.tr("It ended before its last word"), text, look="warn")
        else:
            self.error.show_text("")
        self.error.action.setText(self.tr("&Go on"))
        self.error.action.setVisible(not running)
        progress = self.facts.run.state.progress if self.facts.run is not None else None
        told = [
            Figure(self.tr("Sent"), number(progress.sent if progress is not None else 0)),
            Figure(self.tr("Unchanged"), number(counts.unchanged if counts is not None else 0)),
            Figure(self.tr("Refused by the service"), number(len(facts.failed)), wrong=bool(facts.failed)),
        ]
        self.figures.show_figures(told)
