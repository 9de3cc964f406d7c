"""The consents that wait for a look, and the opt-outs of Salesforce that Dialog Insight does not have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCollator
from PySide6.QtWidgets import QAbstractItemView

from disf_desktop.core.history import ConsentWaiting
from disf_desktop.gui.cards.records import RecordsCard
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.save_as import ask_where
from disf_desktop.gui.inputs import Picker, Segments
from disf_desktop.gui.models.activity import DRIFTS, REVIEWS
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.models.tables import Cell, Column, Look
from disf_desktop.gui.parts import button, label, row, say
from disf_desktop.gui.words.figures import moment_soon, number
from disf_desktop.gui.words.review_words import (
    DRIFT,
    answer_said,
    export_title,
    reviews_title,
    what_stands,
    what_to_do,
    why_it_waits,
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A consent of the list; `id` tells it from the others."""

    waiting: ConsentWaiting

    @property
    def id(self) -> tuple[str, ...]:
        w = self.waiting
        return (w.kind, w.integration, w.salesforce_id, w.contact_id, w.purpose)


class ConsentsCard(RecordsCard[_Row]):
    """Two lists, of which one is shown; `kind` and `integration` are what the person looks at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, stretch=3, row_height=50)
        self._drift, self._integration = False, ""
        self.text = label("small", wrap=True)
        self.kinds = Segments()
        self.kinds.picked.connect(self._show_kind)
        self.integrations = Picker(fitted=True)
        self.integrations.picked.connect(self._show_integration)
        self.history_button = button("", self.show_history)
        self.records.more_wanted.connect(lambda: desk.more_consents(self._drift))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.table.activated.connect(lambda _: self.show_history())
        self.story = label("small", wrap=True, selectable=True)
        foot = row(self.story)
        foot.setContentsMargins(14, 8, 14, 8)
        filters = row(self.kinds, self.integrations, None, spacing=8)
        self._lay_out(row(self.text), (self.history_button,), filters, foot)

    # cells

    def _columns(self) -> Sequence[Column[_Row]]:
        return (
            Column(lambda: self.tr("Contact"), self._contact),
            Column(lambda: self.tr("Opt-in"), lambda r: Cell(r.waiting.purpose, Look.STRONG, r.waiting.integration)),
            Column(lambda: self.tr("Dialog Insight\nsays"), self._answer),
            Column(lambda: self.tr("Why it waits, and what to do"), self._why),
            Column(lambda: self.tr("Since"), lambda r: Cell(moment_soon(r.waiting.since), Look.MUTED)),
        )

    def _contact(self, r: _Row) -> Cell:
        w = r.waiting
        return Cell(w.contact_id or w.salesforce_id, Look.CODE, w.salesforce_id if w.contact_id else "")

    def _answer(self, r: _Row) -> Cell:
        w = r.waiting
        return Cell(answer_said(w), Look.PLAIN, moment_soon(w.effective) if w.effective else "")

    def _why(self, r: _Row) -> Cell:
        w = r.waiting
        text, to_do = why_it_waits(w), what_to_do(w)
        return Cell(text, Look.PLAIN, to_do, tip="\n".join(part for part in (text, to_do, w.detail) if part))

    # what the person does

    def _show_kind(self, drift: bool) -> None:
        self._drift = drift
        self.show_facts(self._facts)

    def _show_integration(self, name: str) -> None:
        self._integration = name
        self.show_facts(self._facts)

    def show_history(self) -> None:
        """Bring the consent history of the person under the hand to the front."""
        for chosen in self._selected()[:1]:
            person = chosen.waiting
            key = person.salesforce_id or person.contact_id
            self._desk.look.emit(Tab.OPT_INS.value, f"person/{key}")
            self._desk.find_person(key)

    def _ask_where(self) -> None:
        ask_where(self, export_title(), self._desk.export_consents)

    # facts

    def show_facts(self, facts: Facts) -> None:
        """Show the consents that wait."""
        self._facts = facts
        waiting = facts.history.outstanding.consent_review
        self.title.setText(reviews_title())
        say(self.count, number(waiting) if waiting else "", "err")
        self.text.setText(what_stands())
        self.export_button.setText(self.tr("E&xport CSV…"))
        self.export_button.setEnabled(bool(facts.consents))
        self.history_button.setText(self.tr("Show the history"))
        kinds = {each.kind == DRIFT for each in facts.consents}
        if kinds and self._drift not in kinds:
            self._drift = not self._drift
        self.kinds.show_choices(
            ((False, self.tr("To review")), (True, self.tr("In Salesforce only"))), self._drift, sorted(kinds)
        )
        names = sorted({each.integration for each in facts.consents}, key=QCollator().sortKey)
        self._integration = self._integration if self._integration in names else ""
        self.integrations.setVisible(len(names) > 1)
        self.integrations.setAccessibleName(self.tr("Integration"))
        choices = [("", self.tr("All integrations")), *((name, name) for name in names)]
        self.integrations.show_choices(choices, self._integration)
        self.table.setAccessibleName(self.title.text())
        self._show_records(self._rows(facts), (DRIFTS if self._drift else REVIEWS) in facts.activity.more)
        if self.records.rows and not self.table.selectionModel().hasSelection():
            self.table.selectRow(0)
        self._enable()

    def _rows(self, facts: Facts) -> list[_Row]:
        return [
            _Row(each)
            for each in facts.consents
            if (each.kind == DRIFT) is self._drift and self._integration in ("", each.integration)
        ]

    def _enable(self) -> None:
        chosen = self._selected()
        self.history_button.setEnabled(bool(chosen))
        say(self.story, " — ".join(f(chosen[0].waiting) for f in (why_it_waits, what_to_do)) if chosen else "")
