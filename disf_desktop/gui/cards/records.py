"""A card with records that wait for a person. New ones move nothing under the hand: the rows chosen stay chosen, those
in view stay in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QFrame, QLayout, QPushButton

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.tables import Column, TableModel
from disf_desktop.gui.parts import button, column, label, pill, row, rule, say

Row = TypeVar("Row")
_SELECT = QItemSelectionModel.SelectionFlag


class RecordsCard(QFrame, Generic[Row]):
    """A title with a count, what the last deed has done, and a list that is read a page at a time. Its rows know
    themselves by an `id`."""

    def __init__(self, desk: Desk, stretch: int, row_height: int) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk, self._facts = desk, desk.facts
        self.title, self.count, self.outcome = label("strong"), pill(), label("ok")
        self.outcome.hide()
        self.export_button = button("", self._ask_where)
        self.records = TableModel[Row](self._columns(), self)
        self.table = Grid(self.records, stretch=stretch, row_height=row_height)

    def _columns(self) -> Sequence[Column[Row]]:
        raise AssertionError("each card has columns of its own")

    def _ask_where(self) -> None:
        raise AssertionError("each card exports records of its own")

    def _lay_out(self, text: QLayout, buttons: Sequence[QPushButton], filters: QLayout, foot: QLayout) -> None:
        """Put what is said above the filters, and the foot below the records."""
        head = row(self.title, self.count, None, self.outcome, *buttons, self.export_button, spacing=8)
        head.setContentsMargins(14, 9, 10, 4)
        text.setContentsMargins(14, 0, 14, 8)
        filters.setContentsMargins(12, 8, 12, 8)
        box = column(head, text, rule(), filters, rule(), self.table, rule(), foot, spacing=0)
        box.setContentsMargins(1, 1, 1, 1)
        box.setStretch(5, 1)
        self.setLayout(box)

    def _selected(self) -> list[Row]:
        return [self.records.row(index) for index in self.table.selectionModel().selectedRows()]

    def tell(self, text: str) -> None:
        """Say what the last deed has done."""
        say(self.outcome, text)

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.records.retranslate()
        self.outcome.hide()

    def _show_records(self, rows: Sequence[Row], more: bool) -> None:
        """Show these; `more` says that there are others to read."""
        self.records.more_to_come = False  # nothing is read on while the rows are put
        if rows is not self.records.rows and tuple(rows) != self.records.rows:
            _show_steadily(self.table, self.records, rows)
        self.records.more_to_come = more


def _show_steadily(table: Grid, model: TableModel[Row], rows: Sequence[Row]) -> None:
    resets: list[bool] = []
    connection = model.modelReset.connect(lambda: resets.append(True))
    chosen = {_id(model.row(index)) for index in table.selectionModel().selectedRows()}
    current = table.currentIndex()
    under_hand = _id(model.row(current)) if current.isValid() else None
    height = table.verticalHeader().defaultSectionSize()
    above, offset = divmod(table.verticalScrollBar().value(), height)
    at_top = _id(model.rows[above]) if above < len(model.rows) else None
    model.show(rows)
    model.modelReset.disconnect(connection)
    if not resets:
        return
    places = {_id(row): n for n, row in enumerate(model.rows)}
    last = model.columnCount() - 1
    if under_hand in places:
        table.selectionModel().setCurrentIndex(model.index(places[under_hand], 0), _SELECT.NoUpdate)
    selection = QItemSelection()
    for each in chosen & places.keys():
        selection.select(model.index(places[each], 0), model.index(places[each], last))
    table.selectionModel().select(selection, _SELECT.ClearAndSelect | _SELECT.Rows)
    if at_top in places:
        table.verticalScrollBar().setValue(places[at_top] * height + offset)


def _id(row: object) -> object:
    return getattr(row, "id", row)
