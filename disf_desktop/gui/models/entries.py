"""The list at the left of a tab: headings, and entries with a mark, a title and a line below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from disf_desktop.gui.models.marks import Mark

AnyIndex = QModelIndex | QPersistentModelIndex

MARK = Qt.ItemDataRole.UserRole + 1
SUBTITLE = Qt.ItemDataRole.UserRole + 2
KEY = Qt.ItemDataRole.UserRole + 3
HEADING = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the list; a heading has no key. `said` is what a screen reader says of it."""

    title: str
    key: str = ""
    subtitle: str = ""
    mark: Mark | None = None
    said: str = ""

    @property
    def heading(self) -> bool:
        return not self.key


class EntryModel(QAbstractListModel):
    """Shows a sequence of entries; a change of texts alone keeps the selection."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        """Replace the entries."""
        fresh = tuple(entries)
        if fresh == self._entries:
            return
        if [e.key for e in fresh] == [e.key for e in self._entries]:
            self._entries = fresh
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._entries = fresh
        self.endResetModel()

    def row_of(self, key: str) -> int | None:
        """Give the row of an entry, None where it is not there."""
        return next((n for n, e in enumerate(self._entries) if key and e.key == key), None)

    def first(self) -> int | None:
        """Give the first row that is not a heading."""
        return next((n for n, e in enumerate(self._entries) if not e.heading), None)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid() or self._entries[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.said or ", ".join(part for part in (entry.title, entry.subtitle) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.subtitle or None
        return {MARK: entry.mark, SUBTITLE: entry.subtitle, KEY: entry.key, HEADING: entry.heading}.get(role)
