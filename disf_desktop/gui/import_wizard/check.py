"""What the check found before anything is sent: the figures, the reasons, and the rows to correct in their place."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from disf_desktop.core.importing.rows import CheckCounts
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import Side
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.save_as import ask_where
from disf_desktop.gui.import_wizard.figures import Figure, Figures
from disf_desktop.gui.import_wizard.flow import FlowLayout
from disf_desktop.gui.import_wizard.page import StepPage
from disf_desktop.gui.import_wizard.progress import ProgressCard
from disf_desktop.gui.import_wizard.refused import RefusedModel, RefusedTable
from disf_desktop.gui.import_wizard.summary import trouble_said, what_goes_where
from disf_desktop.gui.models import imports as models
from disf_desktop.gui.models.facts import RunKind, Store
from disf_desktop.gui.models.imports import Step
from disf_desktop.gui.parts import Notice, button, card, column, label, pill, restyle, say
from disf_desktop.gui.words.figures import counts, number
from disf_desktop.gui.words.import_words import reason_short
from disf_desktop.gui.words.wording import error_details, error_said


class CheckStep(StepPage):
    """Progress while the rows are looked at; then what was found."""

    step = Step.CHECK

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self.progress = ProgressCard(desk)
        self.error = Notice("err")
        self.error.action.clicked.connect(lambda: desk.check_rows())
        self.figures = Figures(5)
        self.note = label("small", wrap=True)
        self.chips: list[QPushButton] = []
        self.cut = pill()
        self.chip_room = QWidget()
        self._flow = FlowLayout()
        self.chip_room.setLayout(self._flow)
        self._flow.addWidget(self.cut)
        self.model = RefusedModel(self)
        self.model.corrected.connect(desk.correct_cell)
        self.model.more_wanted.connect(desk.more_refused)
        self.table = RefusedTable(self.model)
        self.table_card = card(column(self.table), margins=(1, 1, 1, 1))
        self.row_error, self.good, self.erased = Notice("err"), Notice("ok"), Notice("warn")
        self.erased.action.clicked.connect(desk.bring_back)
        self.save_button = button("", self._ask_where)
        found = QWidget()
        shown = (self.figures, self.note, self.good, self.erased, self.chip_room, self.row_error, self.table_card)
        box = column(*shown, None, spacing=10)
        box.setStretch(6, 100)
        found.setLayout(box)
        waiting = QWidget()
        waiting.setLayout(column(self.error, self.progress, None, spacing=12))
        self.stack = QStackedWidget()
        self.stack.addWidget(waiting)
        self.stack.addWidget(found)
        self.setLayout(column(self.stack))

    @property
    def first_input(self) -> QWidget:
        if self.stack.currentIndex() == 0:
            return self.progress.stop_button
        return self.table if self.model.rows else self

    @property
    def stage(self) -> int:
        return self.stack.currentIndex()

    @property
    def extra_button(self) -> QPushButton:
        return self.save_button

    def title(self) -> str:
        if self.drafted.finished is not None:
            return self.tr("Correct the rows that were not sent")
        return self.tr("Check before anything is sent")

    def subtitle(self) -> str:
        return what_goes_where(self.facts)

    @property
    def _counts(self) -> CheckCounts | None:
        facts = self.drafted
        return facts.checked.counts if facts.checked is not None and facts.of == facts.draft else None

    def verb(self) -> tuple[str, bool]:
        told = self._counts
        if told is None:
            return self.tr("&Import"), False
        text = counts.import_rows(told.left) if told.left else self.tr("&Import")
        some = told.left if self.drafted.finished is not None else told.to_send
        return text, some > 0 and not self.facts.running

    def why_not(self) -> str:
        told = self._counts
        if told is None:
            return ""
        if self.drafted.finished is not None and not told.left:
            return self.tr("Correct a row; then it can be sent.")
        return self.tr("There is no row to send.") if not told.to_send else self.tr("A run is under way.")

    def go_on(self) -> None:
        self.desk.import_rows()

    # what is shown

    def retranslate(self) -> None:
        self.model.retranslate()

    def render_facts(self) -> None:
        facts, run = self.drafted, self.facts.run
        checking = self.facts.running and run is not None and run.kind is RunKind.CHECK
        told = self._counts if not checking else None
        self.stack.setCurrentIndex(1 if told is not None else 0)
        self.progress.setVisible(checking)
        error = facts.error if not checking else None
        if error is not None:
            self.error.show_text(*trouble_said(error), error_details(error), "err")
        else:
            self.error.show_text("")
        self.error.action.setText(self.tr("&Check again"))
        self.error.action.setVisible(error is not None)
        self.save_button.setText(counts.save_rows(told.refused) if told is not None and told.refused else "")
        if told is None:
            self.progress.show_run(self.facts, facts.recognised.estimated_rows if facts.recognised else None)
            return
        self.figures.show_figures(self._figures(told))
        say(self.note, " ".join(self._notes(told)))
        self._render_erased(told)
        self._render_chips(told)
        self._render_rows(told)

    def _figures(self, told: CheckCounts) -> list[Figure]:
        figures = []
        if self.drafted.finished is not None:
            return [
                Figure(self.tr("Sent already"), number(told.sent)),
                Figure(self.tr("Will be sent"), number(told.left)),
                Figure(self.tr("Rows to correct"), number(told.refused), wrong=told.refused > 0),
            ]
        if told.decided:
            why = self._why_decided()
            figures.append(Figure(self.tr("Decided when sent"), number(told.decided), why))
        if told.new or not told.decided:
            figures.append(Figure(self.tr("Will be created"), number(told.new)))
        if told.changed or not told.decided:
            figures.append(Figure(self.tr("Will be updated"), number(told.changed)))
        known = (
            ""
            if told.changed_known
            else self.tr("By what the last look left here, which may be old: they are sent all the same.")
        )
        figures.append(Figure(self.tr("Unchanged"), number(told.unchanged), known))
        figures.append(Figure(self.tr("Rows to correct"), number(told.refused), wrong=told.refused > 0))
        return figures

    def _notes(self, told: CheckCounts) -> list[str]:
        facts, notes = self.drafted, []
        if told.sent:
            ended = facts.finished is not None
            notes.append((counts.rows_in_already if ended else counts.rows_sent_before)(told.sent))
        if facts.finished is not None:
            return notes + ([counts.rows_corrected(facts.refused.corrected)] if facts.refused.corrected else [])
        if told.decided:
            notes.append(self._why_decided())
        notes += [self._consent_said(told, each.consent) for each in facts.draft.consents]
        if facts.draft.consents and models.side_of(self.facts.project, facts.draft) is Side.DIALOG_INSIGHT:
            notes.append(self.tr("Consents are not sent: they become a file for Dialog Insight’s own dated import."))
        left_out = facts.checked.not_imported if facts.checked is not None else ()
        if left_out:
            notes.append(self.tr("Columns that fill nothing and are left out: {0}.").format(", ".join(left_out)))
        if facts.refused.corrected:
            notes.append(counts.rows_corrected(facts.refused.corrected))
        return notes

    def _why_decided(self) -> str:
        if models.side_of(self.facts.project, self.drafted.draft) is Side.SALESFORCE:
            return self.tr("Rows that were corrected here are looked up in Salesforce when they are sent.")
        return self.tr("Whether a row creates a contact or updates one is decided when it is sent.")

    def _consent_said(self, told: CheckCounts, consent: str) -> str:
        """Say how often a file says yes and no."""
        yes, no = (told.consents.get(f"{consent} {state}", 0) for state in ("yes", "no"))
        return self.tr("{0}: {1} yes, {2} no.").format(consent, number(yes), number(no))

    def _render_erased(self, told: CheckCounts) -> None:
        """Say how many people were erased, and offer to bring them back, which nobody does unasked."""
        held, back = told.problems.get(Reason.ERASED, 0), told.back
        if held:
            self.erased.show_text(
                counts.erased_people(held),
                self.tr("They are not sent. Bring them back only if they have asked for it themselves."),
                look="warn",
            )
        elif back:
            body = self.tr("They are sent with this import, as you asked.")
            self.erased.show_text(counts.erased_people(back), body, look="ok")
        else:
            self.erased.show_text("")
        self.erased.action.setText(counts.bring_back(held))
        self.erased.action.setVisible(held > 0)

    def _render_chips(self, told: CheckCounts) -> None:
        """Show a reason as a button with its count; cells that will be shortened are told, and filter nothing."""
        shown: list[tuple[str | None, str, str]] = [
            (code, f"{number(n)} {reason_short(code)}", "err")
            for code, n in sorted(told.problems.items(), key=lambda each: -each[1])
            if n
        ]
        if len(shown) > 1:
            shown.insert(0, (None, self.tr("All"), "neutral"))
        while len(self.chips) < len(shown):
            made = button("chip")
            made.setCheckable(True)
            made.clicked.connect(partial(self._filter, len(self.chips)))
            self.chips.append(made)
            self._flow.removeWidget(self.cut)
            self._flow.addWidget(made)
            self._flow.addWidget(self.cut)
        for n, made in enumerate(self.chips):
            made.setVisible(n < len(shown))
            if n < len(shown):
                code, text, look = shown[n]
                made.setText(text)
                made.setProperty("code", code)
                made.setChecked(code == self.drafted.refused.code)
                restyle(made, "kind", look)
        cut = sum(told.cut.values())
        say(self.cut, counts.cells_cut(cut) if cut else "", "warn")
        self.cut.setToolTip(", ".join(f"{name}: {number(n)}" for name, n in told.cut.items()))
        self.chip_room.setVisible(bool(shown) or cut > 0)

    def _render_rows(self, told: CheckCounts) -> None:
        facts = self.drafted
        page, project = facts.refused, self.facts.project
        assert project is not None, "a wizard is of a project file"
        key = {name.casefold() for name in models.key_now(project, facts)}
        columns = facts.draft.columns
        keys = frozenset(each.column for each in columns if each.field.casefold() in key)
        used = dict.fromkeys([each.column for each in columns] + [each.column for each in facts.draft.consents])
        names = sorted(used, key=lambda name: 0 if name in keys else 1 if name in page.troubled else 2)
        self.model.show_rows(names, keys, page.rows, page.busy, page.more)
        self.table.setAccessibleName(self.tr("Rows to correct"))
        self.table.setAccessibleDescription(self.tr("Enter or F2 edits a cell."))
        self.table_card.setVisible(bool(page.rows) or told.refused > 0)
        good = self.tr("Every row can be sent") if not told.refused else ""
        self.good.show_text(good, self.tr("Nothing has to be corrected.") if good else "", look="ok")
        error = page.error or facts.saving_error
        if error is not None:
            self.row_error.show_text(*error_said(error), error_details(error), "err")
        elif facts.saved_refused is not None:
            text = self.tr("Correct them there, then import that file.")
            self.row_error.show_text(
                self.tr("The rows are in “{0}”").format(facts.saved_refused.name), text, str(facts.saved_refused), "ok"
            )
        else:
            self.row_error.show_text("")

    # what the person does

    def _filter(self, place: int, *_: object) -> None:
        code = self.chips[place].property("code")
        self.desk.read_refused(code if code and code != self.drafted.refused.code else None)
        self.render_facts()

    def _ask_where(self) -> None:
        file = self.drafted.file
        name = self.tr("{0}, to correct.csv").format(file.stem) if file is not None else ""
        self.dialog = ask_where(self, self.tr("Save the rows to correct"), self._save, str(self.folder / name))

    def _save(self, path: Path) -> None:
        self.desk.save_refused(path)
