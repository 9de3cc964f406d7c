"""The table twin of the canvas: the same pairs in rows, for whoever reads them better so."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from disf_desktop.core.project import Direction, FieldPair, Integration
from disf_desktop.core.schema import Field
from disf_desktop.gui.choices import ARROWS, conflict_rule, direction_short, transform
from disf_desktop.gui.deeds.pairing import PairDeeds
from disf_desktop.gui.field_words import field_type
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.directions import is_marker, owned_pairs, way_of_pair
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.models.pairs import Judgement, Level, judge
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import column

TRANSFORM = 3
"""The column that gives way where room is short, or nothing is in it."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair with the fields that the services show for it, None where they do not."""

    pair: FieldPair
    source: Field | None
    target: Field | None
    judged: Judgement
    marker: bool

    @property
    def way(self) -> Direction:
        return way_of_pair(self.pair)

    @property
    def name(self) -> str:
        return f"{self.pair.source} {self.pair.target}"


class PairTable(QFrame):
    """Shows the pairs of one mapping in rows. `pair_chosen` gives the number of the pair under the hand."""

    pair_chosen = Signal(int)

    def __init__(self, desk: PairDeeds) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("card", "plain")
        self._quiet = self._narrow = False
        self.pairs = TableModel[PairRow](
            (
                Column(lambda: self.tr("Salesforce"), lambda r: self._field(r.pair.source, r.source)),
                Column(lambda: self.tr("Way"), self._way, centred=True),
                Column(lambda: self.tr("Dialog\nInsight"), lambda r: self._field(r.pair.target, r.target)),
                Column(lambda: self.tr("Transform"), lambda r: Cell(transform(r.pair) if r.pair.transform else "")),
                Column(lambda: self.tr("When both\nsides changed"), self._rule),
                Column(lambda: self.tr("Check"), self._check),
            ),
            self,
        )
        self.grid = Grid(self.pairs, stretch=2, row_height=46)
        self.grid.selectionModel().currentRowChanged.connect(lambda now, _: self._moved(now.row()))
        box = column(self.grid)
        box.setContentsMargins(1, 1, 1, 1)
        self.setLayout(box)

    def _moved(self, number: int) -> None:
        if number >= 0 and not self._quiet:
            self.pair_chosen.emit(number)

    @staticmethod
    def _field(name: str, field: Field | None) -> Cell:
        if field is None:
            return Cell(name, Look.STRONG)
        return Cell(title(field), Look.STRONG, f"{field.name} · {field_type(field)}")

    @staticmethod
    def _way(r: PairRow) -> Cell:
        said = direction_short(r.way)
        return Cell(ARROWS[r.way], Look.STRONG, said=said, tip=said)

    def _rule(self, r: PairRow) -> Cell:
        if r.pair.key:
            return Cell(self.tr("primary key"), Look.MUTED)
        if r.marker:
            return Cell(self.tr("marker"), Look.MUTED)
        assert r.pair.conflict is not None, "owned() says the policy"
        return Cell(conflict_rule(r.pair.conflict))

    def _check(self, r: PairRow) -> Cell:
        return {
            Level.YES: Cell(self.tr("fits"), Look.PILL_OK),
            Level.LOSS: Cell(self.tr("with loss"), Look.PILL_WARN),
            Level.NO: Cell(self.tr("cannot travel"), Look.PILL_ERR),
            Level.UNREAD: Cell(self.tr("not checked"), Look.PILL),
        }[r.judged.level]

    def be_narrow(self, narrow: bool) -> None:
        """Leave out what the panel beside the table says of the pair under the hand."""
        self._narrow = narrow
        self._show_columns()

    def _show_columns(self) -> None:
        transformed = any(row.pair.transform for row in self.pairs.rows)
        self.grid.setColumnHidden(TRANSFORM, self._narrow or not transformed)
        self.grid.fit()

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.pairs.retranslate()

    def show_mapping(self, facts: Facts, integration: Integration, chosen: int | None) -> None:
        """Show the pairs of a mapping, with one of them under the hand."""
        assert facts.project is not None
        project, source = facts.project, facts.source_schema(integration)
        target = facts.target_schema(integration)
        rows = [
            PairRow(
                pair,
                source.find(pair.source) if source is not None else None,
                target.find(pair.target) if target is not None else None,
                judge(facts, integration, pair),
                is_marker(project, integration, pair),
            )
            for pair in owned_pairs(project, integration)
        ]
        self._quiet = True
        self.pairs.show(rows)
        self._show_columns()
        if chosen is None:
            self.grid.clearSelection()
        elif self.grid.currentIndex().row() != chosen:
            self.grid.selectRow(chosen)
        self._quiet = False
        self.grid.setAccessibleName(self.tr("Pairs"))
