"""Which column fills which field: drawn as lines or told in a table, with what is done on the way, and the consents."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from disf_desktop.core.schema import Side
from disf_desktop.gui import icons
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.import_wizard.column_options import ColumnOptions
from disf_desktop.gui.import_wizard.column_pairing import ColumnPairing
from disf_desktop.gui.import_wizard.consents import ConsentsPage
from disf_desktop.gui.import_wizard.page import StepPage
from disf_desktop.gui.import_wizard.rows_table import RowsModel, RowsTable
from disf_desktop.gui.inputs import Segments
from disf_desktop.gui.mapping_canvas.canvas import Canvas
from disf_desktop.gui.mapping_canvas.pair_table import PairTable
from disf_desktop.gui.models import imports as models
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.imports import Step
from disf_desktop.gui.parts import Notice, button, card, column, row
from disf_desktop.gui.theme import px, tokens
from disf_desktop.gui.words.figures import counts, number

NARROW = 820
"""Below this width the lines give some of their room to the names."""

ROOMY = 520
"""Below this height the mark on the Consents alone tells of a column that seems to be one."""

ROWS_SHOWN = 3


class View(StrEnum):
    LINES = "lines"
    TABLE = "table"
    CONSENTS = "consents"


class ColumnsStep(StepPage):
    """The pairs in two views, the consents as a third; below them the person's own rows."""

    step = Step.COLUMNS

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self._view, self._number, self._of = View.LINES, -1, ""
        self._accepted = 0
        self._pairing: ColumnPairing | None = None
        self.views = Segments()
        self.views.picked.connect(self._show_view)
        self.undo_button = button("", desk.import_steps.undo)
        self.redo_button = button("", desk.import_steps.redo)
        self.notice = Notice("warn")
        self.notice.action.clicked.connect(lambda *_: self._show_view(View.CONSENTS))
        # A file may go to either service, and each has its own colour and its own end of the lines.
        self.canvases = {side: Canvas(side.other, of_file=True) for side in Side}
        self.table = PairTable()
        self.consents = ConsentsPage(desk, store)
        self.stack = QStackedWidget()
        for view in (*self.canvases.values(), self.table, self.consents):
            self.stack.addWidget(view)
        for canvas in self.canvases.values():
            canvas.pair_chosen.connect(self._chosen)
            canvas.footer.accept_certain_wanted.connect(self._go_to_what_is_left)
        self.table.pair_chosen.connect(self._chosen)
        self.table.footer.accept_certain_wanted.connect(self._go_to_what_is_left)
        self.options = ColumnOptions(desk)
        self.rows = RowsModel(self)
        self.rows_table = RowsTable(self.rows, row_height=26)
        self._rows_card = card(column(self.rows_table), margins=(1, 1, 1, 1))
        tools = row(self.views, None, self.undo_button, self.redo_button, spacing=8)
        box = column(tools, self.notice, self.stack, self.options, self._rows_card, spacing=6)
        box.setStretch(2, 1)
        self.setLayout(box)

    @property
    def canvas(self) -> Canvas:
        """The lines toward the service that receives."""
        return self.canvases[self._side]

    @property
    def _side(self) -> Side:
        return models.side_of(self.facts.project, self.drafted.draft) or Side.DIALOG_INSIGHT

    @property
    def first_input(self) -> QWidget:
        view = self.stack.currentWidget()
        if self._accepted and not self._unpaired and self.verb()[1]:
            return self
        if isinstance(view, Canvas):
            return view.left
        return self.table.grid if view is self.table else self.consents.first_input

    @property
    def stage(self) -> int:
        """The button that accepts is gone once all is accepted: the keyboard goes on to what is left."""
        return self._accepted

    @property
    def _unpaired(self) -> list[str]:
        """The columns that fill nothing yet and might; those of consents have their own question."""
        facts = self.drafted
        used = {each.column for each in facts.draft.columns} | {each.column for each in facts.draft.consents}
        used |= {each.name for each in models.consent_columns(facts)}
        return [name for name in facts.recognised.form.names if name not in used] if facts.recognised else []

    def title(self) -> str:
        return self.tr("Which column fills which field?")

    def verb(self) -> tuple[str, bool]:
        project, found = self.facts.project, self.drafted.recognised
        assert project is not None, "a wizard is of a project file"
        able = models.is_done(project, self.drafted, self.step) and not self.facts.running
        rows = found.estimated_rows if found is not None else None
        text = self.tr("&Check the rows") if rows is None else counts.check_rows(rows)
        return text, able

    def why_not(self) -> str:
        project = self.facts.project
        assert project is not None, "a wizard is of a project file"
        if self.facts.running:
            return self.tr("A run is under way; the check can begin when it has ended.")
        missing = models.missing_fields(project, self.drafted)
        if missing:
            return self.tr("No column fills {0} yet.").format(", ".join(missing))
        return self.tr("Pair at least one column.") if not self.drafted.draft.columns else ""

    def go_on(self) -> None:
        self.desk.check_rows()

    # what is shown

    def retranslate(self) -> None:
        for canvas in self.canvases.values():
            canvas.retranslate()
        self.table.retranslate()
        self.rows.retranslate()
        self.consents.retranslate()

    def render_facts(self) -> None:
        facts, side = self.drafted, self._side
        if facts.recognised is None or models.schema_now(facts) is None:
            return
        if self._pairing is None or self._of != f"{facts.draft.to} {facts.file} {side}":
            self._of = f"{facts.draft.to} {facts.file} {side}"
            self._pairing, self._number, self._view = ColumnPairing(self.desk, side), -1, View.LINES
        pairing = self._pairing
        if self._number >= len(facts.draft.columns):
            self._number = -1
        self._render_views()
        self._render_steps()
        self._render_notice()
        chosen = self._number if self._number >= 0 else None
        if self._view is View.LINES:
            self.stack.setCurrentWidget(self.canvas)
            self.canvas.show_pairing(pairing, chosen)
        elif self._view is View.TABLE:
            self.stack.setCurrentWidget(self.table)
            self.table.show_pairing(pairing, chosen)
        else:
            self.stack.setCurrentWidget(self.consents)
            self.consents.render_facts()
        self.options.setVisible(self._view is not View.CONSENTS and (self._number >= 0 or self.height() >= px(ROOMY)))
        self.options.show_column(self.facts, pairing, self._number)
        self._render_rows()

    def _render_views(self) -> None:
        told = len(self.drafted.draft.consents)
        consents = self.tr("Consents ({0})").format(number(told)) if told else self.tr("Consents")
        if models.consent_columns(self.drafted):
            consents = f"▲ {consents}"
        self.views.show_choices(
            ((View.LINES, self.tr("As lines")), (View.TABLE, self.tr("As a table")), (View.CONSENTS, consents)),
            self._view,
        )
        self.views.setAccessibleName(self.tr("How the pairs are shown"))

    def _render_steps(self) -> None:
        history, t = self.desk.import_steps, tokens()
        for made, drawing, able, bare, step in (
            (self.undo_button, "undo", history.canUndo(), self.tr("Undo"), history.undoText()),
            (self.redo_button, "redo", history.canRedo(), self.tr("Redo"), history.redoText()),
        ):
            said = self.tr("{0}: {1}").format(bare, step) if able and step else bare
            made.setIcon(icons.icon(drawing, t.ink2))
            made.setEnabled(able)
            made.setToolTip(said)
            made.setAccessibleName(said)

    def _render_notice(self) -> None:
        open_columns = models.consent_columns(self.drafted)
        shown = bool(open_columns) and self._view is not View.CONSENTS and self.height() >= px(ROOMY)
        names = ", ".join(each.name for each in open_columns)
        title = self.tr("A column seems to say who consents: {0}").format(names) if shown else ""
        self.notice.show_text(title, self.tr("It has its own question; it fills no field."))
        self.notice.action.setText(self.tr("Ans&wer the question"))
        self.notice.action.setVisible(shown)

    def _render_rows(self) -> None:
        found, draft = self.drafted.recognised, self.drafted.draft
        assert found is not None, "the step is shown once the file is read"
        used = {each.column for each in draft.columns} | {each.column for each in draft.consents}
        self.rows.show_rows(found.form.names, found.rows, frozenset(used))
        self.rows_table.setAccessibleName(self.tr("The first rows of the file"))
        shown = min(ROWS_SHOWN if self.height() >= px(ROOMY) else 2, max(1, len(found.rows)))
        header = self.rows_table.horizontalHeader().sizeHint().height()
        self._rows_card.setFixedHeight(header + shown * px(26) + 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(NARROW)
        for canvas in self.canvases.values():
            canvas.be_narrow(narrow)
        self.table.be_narrow(narrow)

    # what the person does

    def _chosen(self, number: int) -> None:
        self._number = number
        self.render_facts()

    def _go_to_what_is_left(self) -> None:
        self._accepted += 1
        unpaired = self._unpaired
        if unpaired and self._view is View.LINES:
            self.canvas.left.choose(unpaired[0])
        self.render_facts()

    def _show_view(self, view: View) -> None:
        self._view = view
        self.render_facts()
        self.first_input.setFocus()
