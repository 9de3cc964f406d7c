"""What would be written for the opt-in under the hand: each answer of Dialog Insight before each state of Salesforce,
as the rules themselves decide."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QAbstractItemView, QFrame

from disf_desktop.core.consent import Review, Write
from disf_desktop.core.optins import CompiledOptin
from disf_desktop.core.project import DestinationProject, Trigger
from disf_desktop.core.values import Value
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.consent_truth import Case, Says, Shape, compiled, truth
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.opt_ins import OptInRow
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import column, label, rule, say
from disf_desktop.gui.words.reasons import rule_said

Line = tuple[Case, ...]


class TruthCard(QFrame):
    """A table of cases; the one under the hand is explained in a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._pair: CompiledOptin | None = None
        self.title, self.text = label("strong"), label("small", wrap=True)
        heads = {
            Says.YES: lambda: self.tr("Yes"),
            Says.UNDATED: lambda: self.tr("Yes, without\na date"),
            Says.NO: lambda: self.tr("No"),
            Says.NEUTRAL: lambda: self.tr("No\nanswer"),
        }
        self.cases = TableModel[Line](
            (
                Column(lambda: self.tr("Salesforce\nshows now"), lambda line: Cell(self._shown(line[0]), Look.STRONG)),
                *(Column(head, partial(self._cell, n)) for n, head in enumerate(heads.values())),
            ),
            self,
        )
        self.table = Grid(self.cases, stretch=0, fit_rows=True, row_height=38)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._explain())
        self.sentence = label("", wrap=True)
        above, below = column(self.title, self.text, spacing=3), column(self.sentence)
        above.setContentsMargins(16, 12, 16, 10)
        below.setContentsMargins(16, 10, 16, 12)
        box = column(above, rule(), self.table, below, spacing=0)
        box.setContentsMargins(1, 1, 1, 1)
        self.setLayout(box)

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.cases.retranslate()

    def show_row(self, facts: Facts, destination: DestinationProject, shown: OptInRow | None) -> None:
        """Show the cases of an opt-in; the card hides while something is wrong with it, or a side was not read."""
        pair = integration = None
        if shown is not None and shown.pair is not None and shown.integration is not None:
            integration = shown.integration
            schemas = facts.source_schema(integration), facts.target_schema(integration)
            pair = compiled(shown.pair, *schemas, destination)
        self._pair = pair
        self.setVisible(pair is not None)
        if pair is None or integration is None:
            return
        self.title.setText(self.tr("What would be written"))
        self.text.setText(self.tr("For each answer in Dialog Insight, and what Salesforce shows at that moment."))
        self.table.setAccessibleName(self.title.text())
        self.cases.show(truth(pair, ticked=Trigger.OPTIN_CHANGED in integration.triggers))
        self._explain()

    def _cell(self, place: int, line: Line) -> Cell:
        case = line[place]
        why = self._why(case)
        if isinstance(case.decision, Write):
            return Cell(self._value(case.writes), Look.PILL_OK, tip=why, said=why)
        if isinstance(case.decision, Review):
            return Cell(self.tr("review"), Look.PILL_WARN, tip=why, said=why)
        return Cell(self.tr("nothing"), Look.MUTED, tip=why, said=why)

    def _explain(self) -> None:
        index = self.table.currentIndex()
        if not index.isValid() or index.column() == 0:
            say(self.sentence, self.tr("Choose a case to read why."))
            return
        say(self.sentence, self._why(self.cases.row(index)[index.column() - 1]))

    def _why(self, case: Case) -> str:
        """Say what would be done in one case, and by which rule."""
        reason = rule_said(case.decision.rule.value)
        if isinstance(case.decision, Write):
            return self.tr("Written: {0}. {1}.").format(self._value(case.writes), reason)
        if isinstance(case.decision, Review):
            return self.tr("Nothing is written; it waits for your review. {0}.").format(reason)
        return self.tr("Nothing is written. {0}.").format(reason)

    def _shown(self, case: Case) -> str:
        value = self._value(case.shown)
        out = {
            Shape.THEIR_OUT: self.tr("{0}, by a person"),
            Shape.OUR_OUT: self.tr("{0}, by this program"),
        }
        if case.shape in out:
            return out[case.shape].format(value)
        if case.shape is Shape.OTHER_WORD:
            return self.tr("another word")
        if case.shape is Shape.NOTHING:
            return self.tr("empty") if case.shown is None else self.tr("{0}, never touched").format(value)
        return value

    def _value(self, value: Value) -> str:
        if isinstance(value, bool):
            return self.tr("ticked") if value else self.tr("not ticked")
        return self.tr("“{0}”").format(value)
