"""What Sync now would do: figures, and every record and field before and after with the rule that decided."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from disf_desktop.core.schema import Side
from disf_desktop.gui import story
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.figures import counts, number
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.facts import WRITES, Facts, Preview, RunKind
from disf_desktop.gui.models.operations import ChangeRow, change_rows
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import FigureCards, button, card, column, label, row
from disf_desktop.gui.reasons import reason_short, rule_said
from disf_desktop.gui.run_card import RunCard


class PreviewPage(QWidget):
    """The last preview."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._hash = ""
        self._shown = 0
        self._rows: tuple[ChangeRow, ...] = ()
        self.title, self.text = label("title"), label("muted", wrap=True)
        self.send_button = button("primary", lambda: desk.sync(approve=self._hash or None))
        self.run_card = RunCard(desk)
        self.figures = FigureCards()
        self.changes = TableModel[ChangeRow](
            (
                Column(lambda: self.tr("Change"), self._change),
                Column(lambda: self.tr("Record"), lambda r: Cell(r.key, Look.CODE, tip=r.integration)),
                Column(lambda: self.tr("Field"), self._field),
                Column(lambda: self.tr("Now"), lambda r: Cell(r.before, Look.GONE, tip=r.before)),
                Column(
                    lambda: self.tr("Will be"), lambda r: Cell(r.after, Look.NEW, tip="\n".join(r.created) or r.after)
                ),
                Column(lambda: self.tr("Rule"), self._rule),
            ),
            self,
        )
        self.table = Grid(self.changes, stretch=5, row_height=46)
        self.table_card = card(column(self.table), margins=(1, 1, 1, 1))
        self.filler = QWidget()
        box = column(
            row(self.title, None, self.send_button),
            self.text,
            self.run_card,
            self.figures,
            self.table_card,
            self.filler,
            spacing=12,
        )
        box.setStretch(4, 1)
        box.setContentsMargins(18, 16, 18, 18)
        self.setLayout(box)

    def _change(self, r: ChangeRow) -> Cell:
        looks = {"create": Look.PILL_OK, "opt_in": Look.PILL_OK, "opt_out": Look.PILL_ERR, "set_aside": Look.PILL_WARN}
        side = story.SERVICE_NAMES[r.side]
        return Cell(story.change_said(r.kind), looks.get(r.kind, Look.PILL), f"→ {side}")

    def _rule(self, r: ChangeRow) -> Cell:
        said = reason_short(r.rule, r.side) if r.kind == "set_aside" else rule_said(r.rule)
        return Cell(said, Look.MUTED, tip=said)

    def _field(self, r: ChangeRow) -> Cell:
        return Cell(r.field or counts.fields(len(r.created)), tip="\n".join(r.created))

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.changes.retranslate()

    def show_facts(self, facts: Facts) -> None:
        """Show the preview of the facts."""
        preview = facts.preview
        assert preview is not None
        under_way = facts.running and facts.run is not None and facts.run.kind is RunKind.PREVIEW
        self.title.setText(self.tr("Preview: what Sync now would do"))
        self.run_card.show_facts(facts)
        if not preview.operations:
            self._rows, self._shown = (), 0
        elif len(preview.operations) != self._shown:
            self._rows = (*self._rows, *change_rows(preview.operations[self._shown :]))
            self._shown = len(preview.operations)
        self.changes.show(self._rows)
        self.table.setAccessibleName(self.title.text())
        self.table_card.setVisible(bool(self._rows))
        self.filler.setVisible(not self._rows)
        finished = preview.finished
        planned = preview.planned
        self.figures.show_figures(self._figures(preview) if finished else [])
        self._hash = finished.plan_hash if finished else ""
        self.send_button.setText(counts.send_changes(planned))
        self.send_button.setVisible(planned > 0)
        self.send_button.setEnabled(not facts.running)
        if under_way:
            text = self.tr("Nothing is sent.")
        elif finished is None:
            text = self.tr("The preview did not finish. Nothing was sent.")
        elif not planned:
            text = self.tr("There is nothing to send: both sides correspond.")
        elif preview.count > len(preview.operations):
            text = counts.first_of(len(preview.operations), preview.count)
        else:
            text = self.tr("Nothing was sent yet.")
        if finished is not None and planned:
            calls = ", ".join(f"{story.SERVICE_NAMES[s]} {number(n)}" for s, n in finished.calls_forecast.items() if n)
            text = f"{text} " + self.tr("Calls that sending takes: {0}.").format(calls)
        self.text.setText(text)

    def _figures(self, preview: Preview) -> list[tuple[str, str]]:
        """Give what would be written, by side and kind, then what would not."""
        order = {kind: n for n, kind in enumerate(("create", "update", "delete", "opt_out", "opt_in"))}
        written = sorted(
            ((side, kind) for side, kind in preview.told if kind in WRITES),
            key=lambda each: (each[0] is Side.SALESFORCE, order.get(each[1], len(order))),
        )
        figures = [(story.figure_name(*each), number(preview.told[each])) for each in written]
        known = preview.finished.counts if preview.finished else {}
        names = {"unchanged": self.tr("Unchanged"), "set_aside": self.tr("Set aside")}
        return figures + [(name, number(known[kind])) for kind, name in names.items() if kind in known]
