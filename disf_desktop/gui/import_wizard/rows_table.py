"""The person's own rows, as the file has them: the first ones while it is read, those to correct after the check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from disf_desktop.gui.theme import monospace, px, tokens
from disf_desktop.gui.words.figures import number

AnyIndex = QModelIndex | QPersistentModelIndex
Numbered = tuple[int, tuple[str, ...]]

WIDEST = 260
"""Of a column, while there are others."""

LOOKED_AT = 40
"""Rows that are measured."""


class RowsModel(QAbstractTableModel):
    """Rows with their numbers in the file. `strong` are the columns that are in use: the others stand back."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._rows: Sequence[Numbered] = ()
        self._strong: frozenset[str] | None = None

    def show_rows(self, names: Sequence[str], rows: Sequence[Numbered], strong: frozenset[str] | None = None) -> None:
        """Replace the rows; the same ones are left as they are."""
        fresh = tuple(names)
        if fresh == self._names and rows is self._rows and strong == self._strong:
            return
        same = fresh == self._names and rows is self._rows
        if same:
            self._strong = strong
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(fresh)))
            return
        self.beginResetModel()
        self._names, self._rows, self._strong = fresh, rows, strong
        self.endResetModel()

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._names))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self._names else len(self._names) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical or not 0 <= section <= len(self._names):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr("Row") if section == 0 else self._names[section - 1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, cells = self._rows[index.row()]
        place = index.column() - 1
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if place < 0:
                return number(row) if role == Qt.ItemDataRole.DisplayRole else None
            text = cells[place] if place < len(cells) else ""
            return text if role == Qt.ItemDataRole.DisplayRole else text or None
        if role == Qt.ItemDataRole.ForegroundRole:
            faint = place < 0 or (self._strong is not None and self._names[place] not in self._strong)
            return tokens().ink2 if faint else None
        if role == Qt.ItemDataRole.FontRole:
            return monospace() if place >= 0 else None
        return None


class RowsTable(QTableView):
    """Shows rows; what has more columns than room scrolls across."""

    def __init__(self, model: QAbstractTableModel, row_height: int = 30, beside: int = 44) -> None:
        super().__init__()
        self._row_height, self._beside = row_height, beside
        self.setProperty("scrolls", True)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for changed in (model.modelReset, model.headerDataChanged):
            changed.connect(lambda *_: self.fit())

    def fit(self) -> None:
        """Give each column what it needs; what is left over goes to the last one."""
        header, room = self.horizontalHeader(), self.viewport().width()
        count = self.model().columnCount()
        self.verticalHeader().setDefaultSectionSize(px(self._row_height))
        wanted = [max(header.sectionSizeHint(n), min(self._needed(n), px(WIDEST))) for n in range(count)]
        spare = room - sum(wanted)
        if spare > 0 and count:
            wanted[-1] += spare
        for n, width in enumerate(wanted):
            self.setColumnWidth(n, width)

    def _needed(self, column: int) -> int:
        """Measure the longest text of the first rows: Qt would ask for ten things of each cell."""
        model = self.model()
        texts = (model.index(row, column).data() or "" for row in range(min(LOOKED_AT, model.rowCount())))
        longest: str = max(texts, key=len, default="")
        return QFontMetrics(monospace()).horizontalAdvance(longest) + self._beside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
