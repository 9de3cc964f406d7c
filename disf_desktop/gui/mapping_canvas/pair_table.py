"""The table twin of the canvas: the same pairs in rows, made and changed by keys alone as well as by the mouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from disf_desktop.core.project import Direction
from disf_desktop.core.schema import Field
from disf_desktop.core.suggest import Suggestion
from disf_desktop.gui.inputs import Picker
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.mapping_canvas.acts import PairActs
from disf_desktop.gui.mapping_canvas.coverage import Footer
from disf_desktop.gui.mapping_canvas.pairing import Bond, Pairing, TableWords
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.models.pairs import Judgement, Level
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import button, column, row, rule
from disf_desktop.gui.words.choices import ARROWS, direction_short
from disf_desktop.gui.words.field_words import field_type
from disf_desktop.gui.words.verdicts import reason_said, verdict

WAY, TRANSFORM, CHECK = 1, 3, 5
"""Columns by their place. The transform gives way where room is short, or nothing is in it."""


class Order(StrEnum):
    """How the rows are sorted."""

    NEEDS_YOU = "needs_you"
    MAPPING = "mapping"
    SOURCE = "source"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair by its number, or a required target without one. Fields are None where the services do not show them."""

    number: int | None
    pair: Bond
    source: Field | None
    target: Field | None
    judged: Judgement
    words: TableWords = field(default_factory=TableWords)
    suggested: Suggestion | None = None
    sample: str = ""

    @property
    def name(self) -> str:
        return f"{self.pair.source} {self.pair.target}"

    @property
    def needs_you(self) -> bool:
        return self.number is None or self.judged.level is Level.NO


class PairGrid(Grid):
    """The rows. `key_pressed` gives a key that does something with the row under the hand."""

    key_pressed = Signal(Qt.Key, Qt.KeyboardModifier)
    KEYS = frozenset(
        {
            Qt.Key.Key_M,
            Qt.Key.Key_F2,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Delete,
            Qt.Key.Key_Backspace,
            Qt.Key.Key_Escape,
            Qt.Key.Key_D,
            Qt.Key.Key_Insert,
        }
    )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in self.KEYS:
            self.key_pressed.emit(Qt.Key(event.key()), event.modifiers())
        else:
            super().keyPressEvent(event)


class PairTable(QFrame):
    """Shows the pairs of one mapping in rows, and what is required and has none. `pair_chosen` gives the number of the
    pair under the hand, -1 for a row without one."""

    pair_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self.acts = PairActs(self)
        self._one_way = False
        self._heads = ("", "", "")
        self._seen: tuple[object, ...] = ()
        self._quiet = self._narrow = False
        self._order = Order.NEEDS_YOU
        self._told = ""
        self.pairs = TableModel[PairRow](
            (
                Column(lambda: self._heads[0], self._source),
                Column(lambda: self.tr("Way"), self._way, centred=True),
                Column(lambda: self._heads[1], self._target),
                Column(lambda: self.tr("Transform"), lambda r: Cell(r.words.transform)),
                Column(lambda: self._heads[2], self._rule),
                Column(lambda: self.tr("Check"), self._check),
            ),
            self,
        )
        self.grid = PairGrid(self.pairs, stretch=2, row_height=46)
        self.grid.selectionModel().currentRowChanged.connect(lambda now, _: self._moved(now.row()))
        self.grid.key_pressed.connect(self._key)
        self.grid.doubleClicked.connect(self._double_clicked)
        self.add_button = button("", self.acts.add)
        self.source_button = button("", self._choose_source)
        self.turn_button = button("", self._turn)
        self.remove_button = button("danger", self._remove)
        self.order = Picker()
        self.order.picked.connect(self._sort)
        self.footer = Footer()
        tools = row(self.add_button, self.source_button, self.turn_button, self.remove_button, self.order, spacing=6)
        tools.setContentsMargins(12, 10, 12, 10)
        tools.setStretch(4, 1)
        box = column(tools, rule(), self.grid, rule(), self.footer, spacing=0)
        box.setContentsMargins(1, 1, 1, 1)
        box.setStretch(2, 1)
        self.setLayout(box)
        self.acts.told.connect(self._tell)
        self.acts.made.connect(self.pair_chosen)
        self.footer.accept_wanted.connect(lambda: self._with_suggestion(self.acts.accept))
        self.footer.dismiss_wanted.connect(lambda: self._with_suggestion(self.acts.dismiss))
        self.footer.accept_certain_wanted.connect(self.acts.accept_certain)

    # cells

    @staticmethod
    def _field(name: str, field: Field | None) -> Cell:
        if field is None:
            return Cell(name, Look.STRONG)
        return Cell(title(field), Look.STRONG, f"{field.name} · {field_type(field)}")

    def _target(self, r: PairRow) -> Cell:
        return self._field(r.pair.target, r.target)

    def _source(self, r: PairRow) -> Cell:
        if r.number is not None and r.sample:
            return Cell(title(r.source) if r.source else r.pair.source, Look.STRONG, r.sample)
        if r.number is not None:
            return self._field(r.pair.source, r.source)
        if r.suggested is None:
            return Cell(self.tr("not paired"), Look.MUTED, self.tr("required"))
        name = self.acts.title(self.acts.pairing.source, r.suggested.source)
        return Cell(self.tr("{0}?").format(name), Look.MUTED, reason_said(r.suggested.reason))

    @staticmethod
    def _way(r: PairRow) -> Cell:
        if r.number is None:
            return Cell()
        said = direction_short(r.pair.way)
        return Cell(ARROWS[r.pair.way], Look.STRONG, said=said, tip=said)

    @staticmethod
    def _rule(r: PairRow) -> Cell:
        return Cell(r.words.rule, Look.MUTED if r.words.faint else Look.PLAIN)

    def _check(self, r: PairRow) -> Cell:
        if r.number is None:
            return Cell(self.tr("required"), Look.PILL_ERR)
        tip = verdict(r.judged.verdict) if r.judged.verdict is not None else ""
        if r.judged.missing:
            tip = self.tr("The service shows no field {0} any more.").format(r.judged.missing)
        text, look = {
            Level.YES: (self.tr("fits"), Look.PILL_OK),
            Level.LOSS: (self.tr("with loss"), Look.PILL_WARN),
            Level.NO: (self.tr("cannot travel"), Look.PILL_ERR),
            Level.UNREAD: (self.tr("not checked"), Look.PILL),
        }[r.judged.level]
        return Cell(text, look, tip=tip, said=f"{text}. {tip}" if tip else text)

    # showing

    def be_narrow(self, narrow: bool) -> None:
        """Leave out what the panel beside the table says of the pair under the hand."""
        self._narrow = narrow
        self._show_columns()

    def _show_columns(self) -> None:
        transformed = any(row.words.transform for row in self.pairs.rows)
        self.grid.setColumnHidden(TRANSFORM, self._narrow or not transformed)
        self.grid.setColumnHidden(WAY, self._one_way)
        self.grid.fit()

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self._seen = ()
        self._told = ""
        self.pairs.retranslate()

    def show_pairing(self, pairing: Pairing, chosen: int | None) -> None:
        """Show the pairs in rows, with one of them under the hand."""
        seen = (*pairing.made_of, self._order)
        self._one_way = pairing.one_way
        self.acts.show(pairing)
        self._quiet = True
        if len(seen) != len(self._seen) or any(a is not b for a, b in zip(seen, self._seen, strict=True)):
            self._seen = seen
            source, target = (pairing.words(side).head for side in pairing.ends)
            self._heads = (source, target, pairing.rule_head)
            self.pairs.show(self._sorted(self._rows(pairing)))
            self.pairs.retranslate()
            self._show_columns()
            self._show_words(pairing)
        self._show_hand(chosen)
        self._quiet = False
        self._show_tools(pairing)

    def _rows(self, pairing: Pairing) -> list[PairRow]:
        told = zip(pairing.pairs, pairing.judged, pairing.table_words, strict=True)
        rows = [
            PairRow(
                number,
                pair,
                pairing.find(pairing.source, pair.source),
                pairing.find(pairing.target, pair.target),
                judged,
                words,
                sample=pairing.sample(pairing.source, pair.source),
            )
            for number, (pair, judged, words) in enumerate(told)
        ]
        needed = pairing.required(pairing.target) - {row.pair.target.casefold() for row in rows}
        proposed = {each.target.casefold(): each for each in pairing.suggestions}
        for each in (pairing.fields(pairing.target) or {}).values():
            if each.name.casefold() in needed:
                bare = Bond("-", each.name, Direction.TO_DIALOG_INSIGHT)
                found = proposed.get(each.name.casefold())
                rows.append(PairRow(None, bare, None, each, Judgement(Level.NO), suggested=found))
        return rows

    def _sorted(self, rows: list[PairRow]) -> list[PairRow]:
        keys: dict[Order, Callable[[PairRow], tuple[bool, str]]] = {
            Order.NEEDS_YOU: lambda r: (not r.needs_you, ""),
            Order.MAPPING: lambda r: (r.number is None, ""),
            Order.SOURCE: lambda r: (r.number is None, (title(r.source) if r.source else r.pair.source).casefold()),
            Order.TARGET: lambda r: (False, (title(r.target) if r.target else r.pair.target).casefold()),
        }
        return sorted(rows, key=keys[self._order])

    def _show_hand(self, chosen: int | None) -> None:
        found = next(
            (n for n, each in enumerate(self.pairs.rows) if chosen is not None and each.number == chosen), None
        )
        now = self._row
        if found is not None and self.grid.currentIndex().row() != found:
            self.grid.selectRow(found)
        elif found is None and (now is None or now.number is not None):
            self.grid.clearSelection()
            self.grid.setCurrentIndex(QModelIndex())

    def _show_words(self, pairing: Pairing) -> None:
        self.grid.setAccessibleName(self.tr("Pairs"))
        self.grid.setAccessibleDescription(
            self.tr("M chooses the field at the left, D turns the direction, Delete removes the pair, Insert adds one.")
        )
        source, target = (pairing.words(side) for side in pairing.ends)
        for made, text, tip in (
            (self.add_button, self.tr("Add…"), self.tr("Add a pair (Insert)")),
            (self.source_button, source.button, source.choose),
            (self.turn_button, self.tr("Turn"), self.tr("Let the pair travel the next way that it may (D)")),
            (self.remove_button, self.tr("Remove"), self.tr("Remove the pair (Delete)")),
        ):
            made.setText(text)
            made.setToolTip(tip)
            made.setAccessibleName(tip)
        self.order.show_choices(
            (
                (Order.NEEDS_YOU, self.tr("Needs you first")),
                (Order.MAPPING, self.tr("As in the mapping")),
                (Order.SOURCE, source.by),
                (Order.TARGET, target.by),
            ),
            self._order,
        )
        self.order.setAccessibleName(self.tr("Order of the rows"))
        self.order.setToolTip(self.tr("Order of the rows"))

    def _show_tools(self, pairing: Pairing) -> None:
        now = self._row
        self.source_button.setEnabled(now is not None)
        self.turn_button.setHidden(pairing.one_way)
        for made in (self.turn_button, self.remove_button):
            made.setEnabled(now is not None and now.number is not None)
        self.footer.show_coverage(pairing.coverage, self._told)
        here = now.suggested if now is not None else None
        titles = ""
        if here is not None:
            titles = " ↔ ".join(self.acts.title(side, pairing.of(here, side)[0]) for side in pairing.ends)
        self.footer.show_suggestions(pairing.suggestions, here, titles)

    # the hand

    @property
    def _row(self) -> PairRow | None:
        index = self.grid.currentIndex()
        return self.pairs.row(index) if index.isValid() else None

    def _moved(self, number: int) -> None:
        if number >= 0 and not self._quiet:
            self._told = ""
            found = self.pairs.rows[number].number
            self.pair_chosen.emit(-1 if found is None else found)

    def _key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        now = self._row
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.acts.accept_certain()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and now is not None and now.suggested is not None:
            self.acts.accept(now.suggested)
        elif key == Qt.Key.Key_Insert:
            self.acts.add()
        elif key == Qt.Key.Key_D:
            self._turn()
        elif key == Qt.Key.Key_Escape:
            self._with_suggestion(self.acts.dismiss)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        else:
            self._choose_source()

    def _double_clicked(self, index: QModelIndex) -> None:
        if index.column() == WAY:
            self._turn()
        else:
            self._choose_source()

    def _choose_source(self) -> None:
        if (now := self._row) is not None:
            self.acts.choose_partner(self.acts.pairing.target, now.pair.target, None)

    def _turn(self) -> None:
        if (now := self._row) is not None and now.number is not None:
            self.acts.turn(now.number)

    def _remove(self) -> None:
        now = self._row
        if now is not None and now.number is not None:
            self.acts.remove(now.number)
        else:
            self._with_suggestion(self.acts.dismiss)

    def _with_suggestion(self, act: Callable[[Suggestion], None]) -> None:
        if (now := self._row) is not None and now.suggested is not None:
            act(now.suggested)

    def _sort(self, order: Order) -> None:
        self._order = order
        self._seen = ()
        now = self._row
        self.pair_chosen.emit(-1 if now is None or now.number is None else now.number)

    def _tell(self, why: str) -> None:
        self._told = why
        if why:
            self.footer.show_coverage(self.acts.pairing.coverage, why)
