"""The story of one run: how it ended, and its figures for each integration."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from disf_desktop.core.events import Summary
from disf_desktop.core.history import RunRecord
from disf_desktop.core.schema import Side
from disf_desktop.gui import story
from disf_desktop.gui.figures import duration, moment, number
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.facts import Facts, is_preview
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.models.wire import summary
from disf_desktop.gui.parts import FigureCards, card, column, label, pill, row, say, scrolled

CONFLICTS = 5
"""The column that is shown where there is something in it."""


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of one integration in a run."""

    title: str
    figures: Summary

    @property
    def name(self) -> str:
        return self.figures.name


class RunPage(QWidget):
    """The run under the hand."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.state, self.text = label("title"), pill(), label("muted", wrap=True)
        self.figures = FigureCards()
        self.rows = TableModel[_Figures](
            (
                Column(lambda: self.tr("Integration"), lambda r: Cell(r.figures.name, Look.STRONG)),
                Column(lambda: self.tr("How it\nended"), self._ended),
                Column(lambda: self.tr("→ Dialog\nInsight"), lambda r: self._written(r, Side.DIALOG_INSIGHT)),
                Column(lambda: self.tr("→ Salesforce"), lambda r: self._written(r, Side.SALESFORCE)),
                Column(lambda: self.tr("Unchanged"), lambda r: self._number(r.figures.unchanged)),
                Column(lambda: self.tr("Conflicts"), lambda r: self._number(r.figures.conflicts)),
                Column(lambda: self.tr("Set\naside"), lambda r: self._number(r.figures.set_aside)),
            ),
            self,
        )
        self.table = Grid(self.rows, stretch=0, fit_rows=True)
        self.table_card = card(column(self.table), margins=(1, 1, 1, 1))
        box = column(row(self.title, self.state, None), self.text, self.figures, self.table_card, None, spacing=12)
        box.setContentsMargins(18, 16, 18, 18)
        page = QWidget()
        page.setLayout(box)
        self.setLayout(row(scrolled(page)))

    def _number(self, value: int) -> Cell:
        return Cell(number(value))

    def _written(self, r: _Figures, side: Side) -> Cell:
        text = story.written_said(r.figures.sides[side])
        return Cell(text, tip=text)

    def _ended(self, r: _Figures) -> Cell:
        looks = {Mark.DONE: Look.PILL_OK, Mark.NEEDS_YOU: Look.PILL_WARN, Mark.NOT_STARTED: Look.PILL}
        return Cell(r.title, looks[story.status_mark(r.figures.status.value)])

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.rows.retranslate()

    def show_run(self, facts: Facts, record: RunRecord) -> None:
        """Show a run of the ledger."""
        under_way = record.status is None and facts.running and bool(facts.runs) and record is facts.runs[0]
        preview = is_preview(record)
        name = self.tr("Preview of {0}") if preview else self.tr("Sync of {0}")
        self.title.setText(name.format(moment(record.started)))
        looks = {Mark.DONE: "ok", Mark.NEEDS_YOU: "warn", Mark.NOT_STARTED: "neutral"}
        status = self.tr("Under way") if under_way else story.status_said(record.status)
        say(self.state, status, "neutral" if under_way else looks[story.status_mark(record.status)])
        if preview:
            self.figures.show_figures(())
            self.table_card.hide()
            self.text.setText(story.run_short(record))
            return
        known = "status" in record.summary
        self.table_card.setVisible(known)
        if not known:
            self.figures.show_figures(())
            text = (
                self.tr("Its figures come at its end.")
                if under_way
                else self.tr("It left no figures. The next run goes on where it ended.")
            )
            self.text.setText(text)
            return
        total = summary(record.summary)
        self.text.setText(self.tr("It took {0}.").format(duration(total.seconds)))
        self.figures.show_figures(self._totals(total))
        parts = [summary(i) for i in record.summary.get("integrations", ())]
        self.rows.show([_Figures(story.status_short(s.status.value), s) for s in parts])
        self.table.setColumnHidden(CONFLICTS, not total.conflicts)
        self.table.fit()
        self.table.setAccessibleName(self.tr("Figures of each integration"))

    def _totals(self, total: Summary) -> list[tuple[str, str]]:
        """Give the figures of the whole run: what was read, and what was written on each side."""
        figures = []
        for side in Side:
            name, counted = story.SERVICE_NAMES[side], total.sides[side]
            figures.append((self.tr("Read in {0}").format(name), number(counted.read)))
        for side in (Side.DIALOG_INSIGHT, Side.SALESFORCE):
            counted = total.sides[side]
            for kind, n in (("create", counted.created), ("update", counted.updated), ("delete", counted.deleted)):
                if n:
                    figures.append((story.figure_name(side, kind), number(n)))
        figures.append((self.tr("Unchanged"), number(total.unchanged)))
        if total.conflicts:
            figures.append((self.tr("Conflicts"), number(total.conflicts)))
        figures.append((self.tr("Set aside"), number(total.set_aside)))
        return [*figures, (self.tr("Calls"), number(sum(total.calls.values())))]
