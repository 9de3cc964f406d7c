"""What came of the import: the figures, the rows that failed with the service's words, and the files to keep."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from disf_desktop.core.events import RunStatus
from disf_desktop.core.importing.events import ImportFinished, RowRefused
from disf_desktop.core.schema import Side
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.import_wizard.figures import Figure, Figures
from disf_desktop.gui.import_wizard.outcome import OutcomeCard
from disf_desktop.gui.import_wizard.page import StepPage
from disf_desktop.gui.import_wizard.summary import trouble_said, what_goes_where
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models import imports as models
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.imports import Step
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import Notice, button, card, column, row
from disf_desktop.gui.words.figures import counts, duration, number
from disf_desktop.gui.words.import_words import problem_of_row, problem_tip
from disf_desktop.gui.words.wording import error_details, error_said


class ResultStep(StepPage):
    """The end of the wizard."""

    step = Step.RESULT

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self.dialog: QFileDialog | None = None
        self.figures = Figures(6)
        self.outcome = OutcomeCard()
        self.left, self.consents, self.saved = Notice("warn"), Notice("warn"), Notice("ok")
        self.left.action.clicked.connect(lambda: desk.import_rows())
        self.failed = TableModel[RowRefused](
            (
                Column(lambda: self.tr("Row"), lambda r: Cell(number(r.problem.row))),
                Column(lambda: self.tr("Column"), lambda r: Cell(r.problem.column or r.problem.field)),
                Column(lambda: self.tr("What the service said"), self._said),
            ),
            self,
        )
        self.table = Grid(self.failed, stretch=2, row_height=32)
        self.table_card = card(column(self.table), margins=(1, 1, 1, 1))
        self.save_button = button("", self._ask_where)
        self.correct_button = button("", lambda: desk.correct_refused())
        self.again_button = button("", self._again)
        self.other_button = button("", desk.start_over)
        buttons = row(self.correct_button, self.again_button, self.other_button, None, spacing=8)
        box = column(
            self.figures,
            self.left,
            self.saved,
            self.consents,
            self.table_card,
            self.outcome,
            buttons,
            None,
            spacing=10,
        )
        box.setStretch(4, 10)
        self.setLayout(box)

    @property
    def first_input(self) -> QWidget:
        return self.left.action if self.left.isVisibleTo(self) else self.save_button

    @property
    def extra_button(self) -> QPushButton:
        return self.save_button

    @staticmethod
    def _said(refused: RowRefused) -> Cell:
        said = refused.detail or problem_of_row(refused.problem)
        return Cell(said, Look.PLAIN, tip=problem_tip(refused.problem))

    def title(self) -> str:
        finished = self.drafted.finished
        if finished is None:
            return ""
        return {
            RunStatus.SUCCESS: self.tr("Every row has arrived"),
            RunStatus.STOPPED: self.tr("The import was stopped"),
            RunStatus.FAILED: self.tr("The import did not come to its end"),
        }.get(finished.status, self.tr("The import has ended; some rows need you"))

    def subtitle(self) -> str:
        return what_goes_where(self.facts)

    def verb(self) -> tuple[str, bool]:
        return "", False

    # what is shown

    def retranslate(self) -> None:
        self.failed.retranslate()

    def render_facts(self) -> None:
        facts, finished = self.drafted, self.drafted.finished
        if finished is None:
            return
        self.figures.show_figures(self._figures(finished))
        self._render_left(finished)
        self._render_saved()
        self._render_consents()
        self.failed.show(facts.failed)
        self.table.setAccessibleName(self.tr("Rows that failed"))
        self.table_card.setVisible(bool(facts.failed))
        calls = ", ".join(
            f"{name} {number(finished.calls.get(side, 0))}"
            for side, name in ((Side.SALESFORCE, "Salesforce"), (Side.DIALOG_INSIGHT, "Dialog Insight"))
            if finished.calls.get(side)
        )
        said = self.tr("It took {0}.").format(duration(finished.seconds))
        used = self.tr("Calls used: {0}.").format(calls) if calls else ""
        is_org = models.side_of(self.facts.project, facts.draft) is Side.SALESFORCE
        next_sync = (
            self.tr("The next sync reads these records in Salesforce, and carries on what its mappings say.")
            if is_org
            else self.tr("The next sync knows these rows: where both sides say the same, it sends nothing.")
        )
        self.outcome.show_outcome(finished, self._where(), next_sync, f"{said} {used}".strip(), whole=not facts.failed)
        self.save_button.setText(self.tr("&Save the results…"))
        self.correct_button.setText(counts.correct_rows(finished.refused))
        self.correct_button.setVisible(models.reachable(self.desk.project, facts, Step.CHECK))
        self.correct_button.setEnabled(not self.facts.running)
        self.again_button.setText(self.tr("Import the &failed rows again"))
        self.again_button.setVisible(finished.failed > 0)
        self.again_button.setEnabled(not self.facts.running)
        self.other_button.setText(self.tr("Import a&nother file"))
        self.other_button.setEnabled(not self.facts.running)

    def _where(self) -> str:
        """Say where a person finds what became of every row."""
        results = self.drafted.results
        if results:
            return self.tr("Saved in {0}, a file for each kind of result.").format(next(iter(results.values())).parent)
        return self.tr("What became of every row is kept here. Save it as CSV files to look at it in a spreadsheet.")

    def _figures(self, finished: ImportFinished) -> list[Figure]:
        told = [
            Figure(self.tr("Created"), number(finished.created)),
            Figure(self.tr("Updated"), number(finished.updated)),
            Figure(self.tr("Unchanged"), number(finished.unchanged)),
            Figure(self.tr("Refused"), number(finished.failed), wrong=finished.failed > 0),
            Figure(self.tr("To correct"), number(finished.refused), wrong=finished.refused > 0),
        ]
        if finished.left:
            told.append(Figure(self.tr("Left to send"), number(finished.left), wrong=True))
        return told

    def _render_left(self, finished: ImportFinished) -> None:
        error = self.drafted.error
        if not finished.left and error is None:
            self.left.show_text("")
        elif error is not None:
            self.left.show_text(*trouble_said(error), error_details(error), "err")
        else:
            text = self.tr("Going on begins where it stopped, and sends no row twice.")
            self.left.show_text(self.tr("The rest of the rows is still to be sent"), text, look="warn")
        self.left.action.setText(counts.go_on_rows(finished.left))
        self.left.action.setVisible(finished.left > 0)
        self.left.action.setEnabled(not self.facts.running)

    def _render_saved(self) -> None:
        facts = self.drafted
        if facts.saving_error is not None:
            error = facts.saving_error
            self.saved.show_text(*error_said(error), error_details(error), "err")
        elif facts.results:
            folder = next(iter(facts.results.values())).parent
            names = ", ".join(path.name for path in facts.results.values())
            text = self.tr("In the folder “{0}”: {1}").format(folder.name, names)
            self.saved.show_text(self.tr("The results are saved"), text, str(folder), "ok")
        else:
            self.saved.show_text("")

    def _render_consents(self) -> None:
        facts = self.drafted
        toward = models.side_of(self.facts.project, facts.draft)
        if not facts.draft.consents or toward is not Side.DIALOG_INSIGHT:
            self.consents.show_text("")
            return
        file = facts.results.get("consents")
        name = file.name if file is not None else "consents.csv"
        self.consents.show_text(
            self.tr("The consents wait for you: none was sent"),
            self.tr(
                "Save the results. In Dialog Insight, open the project, Contacts, Import, and give it “{0}”: it holds "
                "each opt-in with its date and source, as Dialog Insight’s own import asks for."
            ).format(name),
        )

    # what the person does

    def _again(self) -> None:
        if self.drafted.results.get("error") is not None:
            self.desk.import_failed_again()
        else:
            self._ask_where(then_again=True)

    def _ask_where(self, then_again: bool = False) -> None:
        dialog = QFileDialog(self, self.tr("The folder for the results"), str(self.folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.desk.save_results(Path(name), then_again))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.open()
