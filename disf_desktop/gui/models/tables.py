"""A table of frozen rows, described by its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

Row = TypeVar("Row")
AnyIndex = QModelIndex | QPersistentModelIndex

SUBTITLE = Qt.ItemDataRole.UserRole + 2
LOOK = Qt.ItemDataRole.UserRole + 5
ICON = Qt.ItemDataRole.UserRole + 6


class Look(StrEnum):
    """How a cell is painted; colour never stands alone, the text says the same."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    CODE = "code"
    GONE = "gone"  # struck through: the value that will be replaced
    NEW = "new"
    PILL_OK = "ok"
    PILL_WARN = "warn"
    PILL_ERR = "err"
    PILL_SF = "sf"
    PILL_DI = "di"
    PILL = "neutral"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows. `icon` names a drawing, `said` is for screen readers."""

    text: str = ""
    look: Look = Look.PLAIN
    subtitle: str = ""
    icon: str = ""
    said: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its header is asked again at each change of language."""

    header: Callable[[], str]
    cell: Callable[[Row], Cell]
    centred: bool = False


class TableModel(QAbstractTableModel, Generic[Row]):
    """Shows frozen rows. `more_wanted` is emitted when the end of the table is seen and `more_to_come` says that
    there is more."""

    more_wanted = Signal()

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self.more_to_come = False

    def show(self, rows: Sequence[Row]) -> None:
        """Replace the rows; rows that only grew at the end are added, so that the selection and the place stay."""
        fresh, old = tuple(rows), self._rows
        if fresh and len(fresh) == len(old) and (fresh == old or self._same_rows(fresh)):
            self._rows = fresh
            self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(self._columns) - 1))
        elif old and len(fresh) > len(old) and fresh[0] is old[0] and fresh[len(old) - 1] is old[-1]:
            self.beginInsertRows(QModelIndex(), len(old), len(fresh) - 1)
            self._rows = fresh
            self.endInsertRows()
        elif fresh or old:
            self.beginResetModel()
            self._rows = fresh
            self.endResetModel()

    def _same_rows(self, fresh: tuple[Row, ...]) -> bool:
        keys = [getattr(r, "id", None) or getattr(r, "name", None) for r in (*fresh, *self._rows)]
        half = len(fresh)
        return None not in keys and keys[:half] == keys[half:]

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._columns) - 1))

    def row(self, index: AnyIndex) -> Row:
        return self._rows[index.row()]

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not parent.isValid() and self.more_to_come

    def fetchMore(self, parent: AnyIndex) -> None:
        if self.canFetchMore(parent):
            self.more_to_come = False  # once; whoever answers says whether there is more still
            self.more_wanted.emit()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].header()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _CENTRED if self._columns[section].centred else _LEFT
        return None

    def cell(self, index: AnyIndex) -> Cell:
        """Give all that the cell of a valid index shows."""
        return self._columns[index.column()].cell(self._rows[index.row()])

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _CENTRED if self._columns[index.column()].centred else _LEFT
        shown = _SHOWN.get(role)  # a view asks for many more, a hundred thousand times, and a cell costs its making
        return shown(self.cell(index)) if shown is not None else None


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


def _said(cell: Cell) -> str:
    return cell.said or " ".join(part for part in (cell.text, cell.subtitle) if part)


_SHOWN: dict[int, Callable[[Cell], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda cell: cell.text,
    Qt.ItemDataRole.ToolTipRole: lambda cell: cell.tip or None,
    Qt.ItemDataRole.AccessibleTextRole: _said,
    SUBTITLE: lambda cell: cell.subtitle,
    LOOK: lambda cell: cell.look,
    ICON: lambda cell: cell.icon,
}
