"""The fields of one side of a mapping, and the search in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.gui.field_words import Partner, field_said, field_type

AnyIndex = QModelIndex | QPersistentModelIndex

FIELD = Qt.ItemDataRole.UserRole + 1
TYPE_TEXT = Qt.ItemDataRole.UserRole + 2
PAIRED = Qt.ItemDataRole.UserRole + 3
SEARCHED = Qt.ItemDataRole.UserRole + 4


class FieldModel(QAbstractListModel):
    """Fields in the service's order, the paired ones first in the order of the pairs, so that lines cross little.

    `partners` gives, by folded field name, the fields at the other end of its pairs.
    """

    def __init__(self, side: Side, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.side = side
        self._fields: tuple[Field, ...] = ()
        self._partners: Mapping[str, Sequence[Partner]] = {}

    def show(self, fields: Sequence[Field], partners: Mapping[str, Sequence[Partner]]) -> None:
        """Replace the fields and what they are paired with."""
        fresh = tuple(fields)
        if fresh == self._fields and partners == self._partners:
            return
        self.beginResetModel()
        self._fields, self._partners = fresh, partners
        self.endResetModel()

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        if self._fields:
            self.dataChanged.emit(self.index(0), self.index(len(self._fields) - 1))

    @property
    def fields(self) -> tuple[Field, ...]:
        return self._fields

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._fields)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        field = self._fields[index.row()]
        partners = self._partners.get(field.name.casefold(), ())
        if role == Qt.ItemDataRole.DisplayRole:
            return title(field)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return field_said(field, partners)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{field.label} · {field.name} · {field.native_type or field_type(field)}"
        if role == SEARCHED:
            return f"{title(field)} {field.label} {field.name} {field_type(field)} {field.native_type}".casefold()
        return {FIELD: field, TYPE_TEXT: field_type(field), PAIRED: bool(partners)}.get(role)


def title(field: Field) -> str:
    """Give how a person knows the field: its label, or the path to it where it belongs to a related record."""
    return field.name.replace(".", " ▸ ") if "." in field.name else field.label or field.name


class FieldFilter(QSortFilterProxyModel):
    """Keeps the fields whose label, name or type holds every word searched."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()

    def search(self, text: str) -> None:
        """Search for words, in any order and any case."""
        self._words = tuple(text.casefold().split())
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: AnyIndex) -> bool:
        searched = self.sourceModel().index(row, 0, parent).data(SEARCHED)
        return all(word in searched for word in self._words)


def ordered(fields: Mapping[str, Field], first: Sequence[str]) -> tuple[Field, ...]:
    """Put the named fields first; a name that the service does not show stands there as an unsupported field, so it
    is seen."""
    by_name = {name.casefold(): f for name, f in fields.items()}
    head = tuple(
        by_name.get(name.casefold()) or Field(name, name, FieldType.UNSUPPORTED) for name in dict.fromkeys(first)
    )
    chosen = {f.name for f in head}
    return (*head, *(f for f in fields.values() if f.name not in chosen))
