"""Both lists with the strip between them, and the pair under the hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from disf_desktop.core.project import Direction, Integration
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.gui.deeds.pairing import PairDeeds
from disf_desktop.gui.field_words import Partner
from disf_desktop.gui.figures import counts
from disf_desktop.gui.mapping_canvas.field_list import FieldList, SearchLine
from disf_desktop.gui.mapping_canvas.strip import Line, Strip
from disf_desktop.gui.models.directions import owned_pairs, way_of_pair
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.fields import ordered
from disf_desktop.gui.models.pairs import judge
from disf_desktop.gui.parts import column, label, pill, row, rule, say


class Canvas(QFrame):
    """Shows the pairs of one mapping. `pair_chosen` gives the number of a pair, or -1 for a field that has none."""

    pair_chosen = Signal(int)

    def __init__(self, desk: PairDeeds) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("card", "plain")
        self._pairs: tuple[tuple[str, str], ...] = ()
        self._ways: tuple[Direction, ...] = ()
        self._narrow = False
        self.left, self.right = FieldList(Side.SALESFORCE), FieldList(Side.DIALOG_INSIGHT)
        self.left_search, self.right_search = SearchLine(self.left), SearchLine(self.right)
        self.strip = Strip(self.left, self.right)
        self.left_pill, self.right_pill = pill(), pill()
        self.left_name, self.right_name = label("strong"), label("strong")
        self.left_count, self.right_count = label("small"), label("small")
        grid = QGridLayout()
        grid.setContentsMargins(1, 1, 1, 1)
        grid.setSpacing(0)
        left_head = self._head(self.left_pill, self.left_name, self.left_count, self.left_search)
        right_head = self._head(self.right_pill, self.right_name, self.right_count, self.right_search)
        grid.addWidget(left_head, 0, 0)
        grid.addWidget(right_head, 0, 2)
        grid.addWidget(rule(), 1, 0, 1, 3)
        grid.addWidget(self.left, 2, 0)
        grid.addWidget(self.strip, 2, 1)
        grid.addWidget(self.right, 2, 2)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(2, 5)
        grid.setRowStretch(2, 1)
        self.setLayout(grid)
        for one, other in (
            (self.left_search, self.left),
            (self.left, self.right_search),
            (self.right_search, self.right),
        ):
            QWidget.setTabOrder(one, other)
        self.left.field_chosen.connect(lambda name: self._field_chosen(name, 0))
        self.right.field_chosen.connect(lambda name: self._field_chosen(name, 1))
        self.strip.line_chosen.connect(self.choose)

    @staticmethod
    def _head(tag: QWidget, name: QWidget, count: QWidget, search: QWidget) -> QWidget:
        made = QWidget()
        made.setLayout(column(row(tag, name, count, None, spacing=8), search, spacing=8))
        made.layout().setContentsMargins(12, 10, 12, 10)  # type: ignore[union-attr]
        return made

    def be_narrow(self, narrow: bool) -> None:
        """Take less room beside the fields themselves."""
        self._narrow = narrow
        self.strip.setFixedWidth(90 if narrow else 160)
        for count in (self.left_count, self.right_count):
            count.setVisible(not narrow)

    def show_mapping(self, facts: Facts, integration: Integration, chosen: int | None) -> None:
        """Show the pairs of a mapping; while a side is not read, its mapped fields alone."""
        assert facts.project is not None
        pairs = owned_pairs(facts.project, integration)
        self._pairs = tuple((p.source, p.target) for p in pairs)
        self._ways = tuple(map(way_of_pair, pairs))
        source, target = facts.source_schema(integration), facts.target_schema(integration)
        self._show_side(self.left, source, [p.source for p in pairs], self._partners(0))
        self._show_side(self.right, target, [p.target for p in pairs], self._partners(1))
        lines = [
            Line(p.source, p.target, way, judge(facts, integration, p).level, p.key, bool(p.transform))
            for p, way in zip(pairs, self._ways, strict=True)
        ]
        self.strip.show_lines(lines, chosen)
        say(self.left_pill, "Salesforce", "sf")
        say(self.right_pill, "Dialog Insight", "di")
        self.left_name.setText(source.label if source and source.label else integration.object)
        self.right_name.setText(target.label if target and target.label else integration.table)
        self.left_count.setText(counts.fields(len(source.fields)) if source else self.tr("not read yet"))
        self.right_count.setText(counts.fields(len(target.fields)) if target else self.tr("not read yet"))
        for line, text in (
            (self.left_search, self.tr("Search label, API name or type")),
            (self.right_search, self.tr("Search label, code or type")),
        ):
            line.setPlaceholderText(self.tr("Search") if self._narrow else text)
            line.setToolTip(text)
            line.setAccessibleName(text)
        self.left.setAccessibleName(self.tr("Fields of Salesforce"))
        self.right.setAccessibleName(self.tr("Fields of Dialog Insight"))

    def _partners(self, end: int) -> Mapping[str, Sequence[Partner]]:
        partners: dict[str, list[Partner]] = {}
        for pair, way in zip(self._pairs, self._ways, strict=True):
            partners.setdefault(pair[end].casefold(), []).append((pair[1 - end], way))
        return partners

    @staticmethod
    def _show_side(
        view: FieldList, schema: Schema | None, first: Sequence[str], partners: Mapping[str, Sequence[Partner]]
    ) -> None:
        if schema is None:
            fields = tuple(Field(name, name, FieldType.TEXT) for name in dict.fromkeys(first))
        else:
            fields = ordered(schema.fields, first)
        view.fields.show(fields, partners)

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.left.fields.retranslate()
        self.right.fields.retranslate()

    def choose(self, number: int) -> None:
        """Put the hand on a pair."""
        source, target = self._pairs[number]
        self._quietly(self.left, source)
        self._quietly(self.right, target)
        self.pair_chosen.emit(number)

    def _field_chosen(self, name: str, end: int) -> None:
        number = next((n for n, pair in enumerate(self._pairs) if pair[end].casefold() == name.casefold()), None)
        other = self.right if end == 0 else self.left
        if number is None:
            other.selectionModel().clear()
            self.pair_chosen.emit(-1)
            return
        self._quietly(other, self._pairs[number][1 - end])
        self.pair_chosen.emit(number)

    @staticmethod
    def _quietly(view: FieldList, name: str) -> None:
        was = view.blockSignals(True)
        view.choose(name)
        view.blockSignals(was)
