"""The rows that are not sent as they are: the wrong cells marked, and corrected in their place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from disf_desktop.core.importing.rows import RefusedRow, RowProblem
from disf_desktop.gui import icons
from disf_desktop.gui.import_wizard.rows_table import RowsTable
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.theme import monospace, tokens
from disf_desktop.gui.words.figures import number
from disf_desktop.gui.words.import_words import problem_of_row, problem_tip

AnyIndex = QModelIndex | QPersistentModelIndex

LEFT, RIGHT, MARK = 12, 10, 13
"""The room beside a cell's text, and the size of the mark of a wrong one."""

ROW, PROBLEM, CELLS = 0, 1, 2
"""Where the number stands, what is wrong, and the first cell: what is wrong stays in sight beside many columns."""

ABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
EDITABLE = ABLE | Qt.ItemFlag.ItemIsEditable

PLACED = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)


class RefusedModel(QAbstractTableModel):
    """Refused rows: number, what is wrong, cells. `corrected` gives a row, a column and the text that a person has put
    there; `more_wanted` comes when the end is seen and there is more."""

    corrected = Signal(int, str, str)
    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._keys: frozenset[str] = frozenset()
        self._rows: tuple[RefusedRow, ...] = ()
        self._busy: frozenset[int] = frozenset()
        self._more = False

    def show_rows(
        self,
        names: Sequence[str],
        keys: frozenset[str],
        rows: tuple[RefusedRow, ...],
        busy: frozenset[int],
        more: bool,
    ) -> None:
        """Replace the rows; what only grew or shrank by one row leaves the place of whoever looks."""
        fresh, old = tuple(names), self._rows
        self._more = more
        if fresh != self._names or keys != self._keys:
            self.beginResetModel()
            self._names, self._keys, self._rows, self._busy = fresh, keys, rows, busy
            self.endResetModel()
            return
        if rows is old and busy == self._busy:
            return
        self._busy = busy
        gone = next((n for n, row in enumerate(old) if n >= len(rows) or rows[n].row != row.row), len(old))
        if old and len(rows) > len(old) and gone == len(old):
            self.beginInsertRows(QModelIndex(), len(old), len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
        elif len(rows) == len(old) - 1 and [r.row for r in rows[gone:]] == [r.row for r in old[gone + 1 :]]:
            self.beginRemoveRows(QModelIndex(), gone, gone)
            self._rows = rows
            self.endRemoveRows()
        elif len(rows) == len(old) and gone == len(old):
            self._rows = rows
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(fresh) + CELLS - 1))

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._names) + CELLS - 1)

    @property
    def rows(self) -> tuple[RefusedRow, ...]:
        return self._rows

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._names) + CELLS

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not parent.isValid() and self._more

    def fetchMore(self, parent: AnyIndex) -> None:
        if self.canFetchMore(parent):
            self._more = False  # once; whoever answers says whether there is more still
            self.more_wanted.emit()

    def column_of(self, index: AnyIndex) -> str:
        """Name the column of the file that a cell belongs to; empty for the number and the problem."""
        place = index.column() - CELLS
        return self._names[place] if 0 <= place < len(self._names) else ""

    def place_of(self, name: str) -> int:
        """Give where a column of the file stands."""
        return self._names.index(name) + CELLS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < CELLS:
            return self.tr("Row") if section == ROW else self.tr("Problem")
        name = self._names[section - CELLS]
        return self.tr("{0} · key").format(name) if name in self._keys else name

    def shown(self, index: AnyIndex) -> tuple[str, bool, bool]:
        """Give all that is painted of a cell: its text, whether it is wrong, whether it was corrected."""
        row, column = self._rows[index.row()], index.column()
        if column == ROW:
            return number(row.row), any(not each.column for each in row.problems), False
        if column == PROBLEM:
            return self._said(row), False, False
        name = self._names[column - CELLS]
        wrong = any(each.column == name for each in row.problems)
        return row.cells.get(name, ""), wrong, name in row.corrected

    def problems_at(self, index: AnyIndex) -> tuple[RowProblem, ...]:
        """Give what is wrong with a cell; with the whole row, at its number."""
        if index.column() == PROBLEM:
            return ()
        name = self.column_of(index)
        return tuple(each for each in self._rows[index.row()].problems if each.column == name)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        editable = self.column_of(index) and self._rows[index.row()].row not in self._busy
        return EDITABLE if editable else ABLE

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, name = self._rows[index.row()], self.column_of(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if index.column() == ROW:
                return number(row.row)
            if not name:
                return self._said(row)
            return row.cells.get(name, "")
        if role == Qt.ItemDataRole.ToolTipRole:
            told = row.problems if not name else self.problems_at(index)
            return "\n".join(map(problem_tip, told)) or (row.cells.get(name) or None)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            wrong = "; ".join(problem_of_row(each) for each in self.problems_at(index))
            shown = self.data(index) or self.tr("empty")
            return f"{shown}, {wrong}" if wrong else shown
        return None

    def _said(self, row: RefusedRow) -> str:
        if row.row in self._busy:
            return self.tr("looking again…")
        return "; ".join(dict.fromkeys(problem_of_row(each) for each in row.problems))

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = self.column_of(index)
        if role != Qt.ItemDataRole.EditRole or not name or str(value) == self._rows[index.row()].cells.get(name, ""):
            return False
        self.corrected.emit(self._rows[index.row()].row, name, str(value))
        return True


class CellPainter(QStyledItemDelegate):
    """Paints a cell; a wrong one has a ground and a mark, a corrected one a line below."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        # Hundreds of cells are painted at each step of a scroll: one question to the model, and not one for each role.
        model = index.model()
        assert isinstance(model, RefusedModel), "it paints refused rows"
        text, wrong, corrected = model.shown(index)
        t, box = tokens(), option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if wrong:
            painter.fillRect(box, QColor(t.err_soft))
        elif chosen:
            painter.fillRect(box, QColor(t.selection))
        painter.setPen(QColor(t.line_soft))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if chosen:
            painter.setPen(QPen(QColor(t.link), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        inside = box.adjusted(LEFT, 0, -RIGHT, 0)
        if wrong:
            mark = icons.pixmap(Mark.NEEDS_YOU.value, t.err, MARK)
            painter.drawPixmap(inside.right() - MARK, inside.center().y() - MARK // 2, mark)
            inside.setRight(inside.right() - MARK - 5)
        elif corrected:
            painter.setPen(QPen(QColor(t.ok), 2))
            painter.drawLine(inside.left(), box.bottom() - 2, inside.right(), box.bottom() - 2)
        if text:
            painter.setFont(monospace())
            painter.setPen(QColor(t.ink))
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, PLACED, text)
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFont(monospace())
        editor.setTextMargins(4, 0, 4, 0)
        editor.setStyleSheet("padding: 0px; border-radius: 0px;")
        model = index.model()
        editor.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        assert isinstance(editor, QLineEdit), "cells are edited as text"
        editor.setText(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        assert isinstance(editor, QLineEdit), "cells are edited as text"
        model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)


class RefusedTable(RowsTable):
    """The rows; Enter, F2 or a double click edits the cell under the hand, and what is typed begins anew."""

    def __init__(self, model: RefusedModel) -> None:
        super().__init__(model, row_height=34, beside=LEFT + RIGHT + MARK + 5)
        self.refused = model
        self.setItemDelegate(CellPainter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        editing = self.state() is QAbstractItemView.State.EditingState
        if enter and index.isValid() and not editing and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
            return
        super().keyPressEvent(event)
