"""What only a person can decide: values that changed on both sides, and consents that wait for a look."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame

from disf_desktop.core.history import ConflictRecord, ConsentWaiting
from disf_desktop.core.schema import Side
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.figures import moment_soon, number
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.operations import plain
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import button, column, label, pill, row, rule, say
from disf_desktop.gui.reasons import rule_said
from disf_desktop.gui.story import SERVICE_NAMES

DRIFT = "drift"
"""The kind of a consent that Salesforce has as an opt-out and Dialog Insight has not."""


class ConflictsCard(QFrame):
    """The values that wait for a choice, with those of both sides; a choice is carried out by the next run."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk, self._idle = desk, True
        self.title, self.count, self.text = label("strong"), pill(), label("small", wrap=True)
        self.buttons = {side: button("", partial(self._choose, side)) for side in Side}
        self.records = TableModel[ConflictRecord](
            (
                Column(lambda: self.tr("Record"), lambda r: Cell(r.key, Look.CODE, r.integration, tip=r.key)),
                Column(lambda: self.tr("Field"), lambda r: Cell(r.field, Look.STRONG)),
                Column(lambda: self.tr("In Salesforce"), lambda r: _value(r.salesforce)),
                Column(lambda: self.tr("In Dialog Insight"), lambda r: _value(r.dialog_insight)),
                Column(lambda: self.tr("State"), self._state),
                Column(lambda: self.tr("Since"), lambda r: Cell(moment_soon(r.at), Look.MUTED)),
            ),
            self,
        )
        self.table = Grid(self.records, stretch=4, row_height=46)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        head = row(self.title, self.count, None, *self.buttons.values(), spacing=8)
        head.setContentsMargins(14, 9, 10, 4)
        below = row(self.text)
        below.setContentsMargins(14, 0, 14, 9)
        box = column(head, below, rule(), self.table, spacing=0)
        box.setContentsMargins(1, 1, 1, 1)
        box.setStretch(3, 1)
        self.setLayout(box)

    def _choose(self, side: Side) -> None:
        self._desk.choose(self.chosen(), side)

    def _state(self, record: ConflictRecord) -> Cell:
        if record.chosen is None:
            return Cell(self.tr("waits for you"), Look.PILL_WARN)
        name = SERVICE_NAMES[Side(record.chosen)]
        return Cell(self.tr("{0} chosen; the next run writes it").format(name), Look.MUTED)

    def chosen(self) -> list[int]:
        """Give the numbers of the conflicts that are selected."""
        return [self.records.row(index).id for index in self.table.selectionModel().selectedRows()]

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.records.retranslate()

    def show_facts(self, facts: Facts) -> None:
        """Show what waits for a choice."""
        self.title.setText(self.tr("Changed on both sides"))
        waiting = facts.history.outstanding.conflicts
        say(self.count, number(waiting) if waiting else "", "err")
        self.text.setText(
            self.tr("Nothing is written to these fields until you choose; the other fields of the record go on.")
        )
        self.buttons[Side.SALESFORCE].setText(self.tr("Keep the value of Sa&lesforce"))
        self.buttons[Side.DIALOG_INSIGHT].setText(self.tr("Keep the value of Dialog I&nsight"))
        self.table.setAccessibleName(self.title.text())
        self.records.show(facts.conflicts)
        self._idle = not facts.running
        self._enable()

    def _enable(self) -> None:
        for each in self.buttons.values():
            each.setEnabled(self._idle and bool(self.chosen()))


class ConsentsCard(QFrame):
    """The consents that wait for a look, and the opt-outs of Salesforce that Dialog Insight does not have."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self.title, self.count, self.text = label("strong"), pill(), label("small", wrap=True)
        self.records = TableModel[ConsentWaiting](
            (
                Column(lambda: self.tr("Contact"), lambda r: Cell(r.contact_id, Look.CODE, r.salesforce_id)),
                Column(lambda: self.tr("Opt-in"), lambda r: Cell(r.purpose, Look.STRONG, r.integration)),
                Column(lambda: self.tr("Dialog Insight\nsays"), self._answer),
                Column(lambda: self.tr("Why it waits"), self._why),
                Column(lambda: self.tr("Since"), lambda r: Cell(moment_soon(r.since), Look.MUTED)),
            ),
            self,
        )
        self.table = Grid(self.records, stretch=3, row_height=50)
        head = row(self.title, self.count, None, spacing=8)
        head.setContentsMargins(14, 9, 10, 4)
        below = row(self.text)
        below.setContentsMargins(14, 0, 14, 9)
        box = column(head, below, rule(), self.table, spacing=0)
        box.setContentsMargins(1, 1, 1, 1)
        box.setStretch(3, 1)
        self.setLayout(box)

    def _answer(self, record: ConsentWaiting) -> Cell:
        said = {True: self.tr("yes"), False: self.tr("no"), None: self.tr("no answer")}[record.dialog_insight]
        return Cell(said, Look.PLAIN, moment_soon(record.effective) if record.effective else "")

    def _why(self, record: ConsentWaiting) -> Cell:
        text = self.tr("Opted out in Salesforce only") if record.kind == DRIFT else rule_said(record.rule)
        return Cell(text, tip="\n".join(part for part in (text, record.detail) if part))

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.records.retranslate()

    def show_facts(self, facts: Facts) -> None:
        """Show the consents that wait."""
        self.title.setText(self.tr("Consents to review"))
        say(self.count, number(len(facts.consents)) if facts.consents else "", "err")
        self.text.setText(
            self.tr(
                "Find out what the person wants, then correct the side that is wrong; until then Salesforce keeps its "
                "opt-out. An opt-out that Salesforce alone has must be entered in Dialog Insight: this program never "
                "sends one there."
            )
        )
        self.table.setAccessibleName(self.title.text())
        self.records.show(facts.consents)


def _value(value: object) -> Cell:
    text = plain(value)
    return Cell(text or "—", Look.CODE if text else Look.MUTED, tip=text)
