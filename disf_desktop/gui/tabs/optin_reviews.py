"""The consents that wait for a person: each with why, what to do, and the person's history beside it."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from disf_desktop.core.consent import Urgency, urgency
from disf_desktop.core.history import ConsentWaiting
from disf_desktop.core.moments import written
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.save_as import ask_where
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.activity import DRIFTS, REVIEWS
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import Notice, button, card, column, label, row, say
from disf_desktop.gui.words.figures import moment, moment_soon, short_day
from disf_desktop.gui.words.review_words import (
    answer_said,
    export_title,
    reviews_title,
    what_stands,
    what_to_do,
    why_it_waits,
)

_LOOKS = {Urgency.CALM: Look.MUTED, Urgency.AMBER: Look.PILL_WARN, Urgency.RED: Look.PILL_ERR}


class ReviewsPage(QWidget):
    """A list that grows as it is read; the one under the hand says what to do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.title, self.text = label("title"), label("muted", wrap=True)
        self.export_button = button("", self._ask_where)
        self.outcome = label("small", wrap=True)
        self.outcome.hide()
        self.records = TableModel[ConsentWaiting](
            (
                Column(
                    lambda: self.tr("Person"), lambda r: Cell(r.salesforce_id or r.contact_id, Look.CODE, _number(r))
                ),
                Column(lambda: self.tr("Opt-in"), lambda r: Cell(r.purpose, Look.STRONG, r.integration)),
                Column(lambda: self.tr("Dialog Insight\nsays"), self._answer),
                Column(lambda: self.tr("Why it waits"), self._why),
                Column(lambda: self.tr("Since"), self._since),
            ),
            self,
        )
        self.records.more_wanted.connect(self._more)
        self.table = Grid(self.records, stretch=3, row_height=50)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._explain())
        self.todo = Notice("warn")
        self.todo.action.clicked.connect(self._show_person)
        head = row(self.title, None, self.export_button)
        frame = card(column(self.table), margins=(1, 1, 1, 1))
        box = column(head, self.text, self.outcome, frame, self.todo, spacing=12)
        box.setStretch(3, 1)
        box.setContentsMargins(18, 16, 18, 18)
        self.setLayout(box)

    def be_narrow(self, narrow: bool) -> None:
        """Show less where there is less room; what is left out is said below the one under the hand."""
        self.table.setColumnHidden(2, narrow)

    @property
    def chosen(self) -> ConsentWaiting | None:
        """The consent under the hand."""
        rows = self.table.selectionModel().selectedRows()
        return self.records.row(rows[0]) if rows else None

    def _show_person(self) -> None:
        if (waiting := self.chosen) is not None:
            self._desk.find_person(waiting.salesforce_id or waiting.contact_id)

    def _more(self) -> None:
        for drift, name in ((False, REVIEWS), (True, DRIFTS)):
            if name in self._desk.facts.activity.more:
                self._desk.more_consents(drift)

    def _ask_where(self) -> None:
        ask_where(self, export_title(), self._desk.export_consents)

    def tell(self, text: str) -> None:
        """Say what the last deed has done."""
        say(self.outcome, text)

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.records.retranslate()
        self.outcome.hide()

    def show_facts(self, facts: Facts) -> None:
        """Show what waits."""
        self.title.setText(reviews_title())
        self.text.setText(what_stands())
        self.export_button.setText(self.tr("Export CSV…"))
        self.export_button.setAccessibleName(export_title())
        self.export_button.setEnabled(bool(facts.consents))
        self.table.setAccessibleName(self.title.text())
        self.records.show(facts.consents)
        self.records.more_to_come = bool({REVIEWS, DRIFTS} & facts.activity.more)
        self.todo.action.setText(self.tr("Show the &history of this person"))
        self._explain()

    def _explain(self) -> None:
        waiting = self.chosen
        if waiting is None:
            self.todo.show_text("")
            return
        self.todo.action.setVisible(True)
        self.todo.show_text(why_it_waits(waiting), what_to_do(waiting), waiting.detail)

    def _answer(self, record: ConsentWaiting) -> Cell:
        return Cell(answer_said(record), Look.PLAIN, moment_soon(record.effective) if record.effective else "")

    def _why(self, record: ConsentWaiting) -> Cell:
        return Cell(why_it_waits(record), tip="\n".join(p for p in (why_it_waits(record), what_to_do(record)) if p))

    def _since(self, record: ConsentWaiting) -> Cell:
        look = _LOOKS[urgency(record.since, written(datetime.now(UTC)))]
        tips = {
            Look.PILL_WARN: self.tr("Waits for 2 business days or more: {0}"),
            Look.PILL_ERR: self.tr("Waits for 5 business days or more: {0}"),
        }
        return Cell(short_day(record.since), look, tip=tips.get(look, "{0}").format(moment(record.since)))


def _number(record: ConsentWaiting) -> str:
    return record.contact_id if record.salesforce_id else ""
