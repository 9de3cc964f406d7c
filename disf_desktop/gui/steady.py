"""Shows new rows in a table without moving anything under the hand: the rows chosen stay chosen, those in view stay in
view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.tables import TableModel

Row = TypeVar("Row")
_SELECT = QItemSelectionModel.SelectionFlag


def show_steadily(table: Grid, model: TableModel[Row], rows: Sequence[Row]) -> None:
    """Show rows that know themselves by an `id`."""
    if rows is model.rows or tuple(rows) == model.rows:
        return
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
