"""The fields of one side of a mapping, and the search in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.gui.words.field_words import Partner, State, field_note, field_said, field_tip, field_type

AnyIndex = QModelIndex | QPersistentModelIndex

FIELD = Qt.ItemDataRole.UserRole + 1
SHOWN = Qt.ItemDataRole.UserRole + 2

COLUMN = "column"
"""The native type of the column of a file; its name may hold any sign, a point too."""

MIME = "application/x-disf-field"
"""What is dragged: the side and the name of a field, on two lines."""


class Keep(StrEnum):
    """Which fields of a side are listed."""

    ALL = "all"
    UNPAIRED = "unpaired"
    REQUIRED = "required"
    PROBLEMS = "problems"
    PAIRED = "paired"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field in its place: below the lookup that leads to it, where `related`; `gone` is one that the service does
    not show. `opened` tells whether a lookup shows the fields of its record; None where it leads nowhere. `sample` is
    a value that tells more than the type."""

    field: Field
    related: bool = False
    gone: bool = False
    opened: bool | None = None
    sample: str = ""


@dataclass(frozen=True, slots=True)
class States:
    """What is known of the fields of a side, by folded name."""

    partners: Mapping[str, Sequence[Partner]] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    troubled: frozenset[str] = frozenset()
    suggested: Mapping[str, str] = field(default_factory=dict)
    refusing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as it is painted."""

    row: FieldRow
    title: str
    kind: str
    paired: bool
    required: bool
    troubled: bool
    suggested: bool
    refusing: bool


class FieldModel(QAbstractListModel):
    """Fields in the order given. Changes of their states leave the place and the choice of whoever looks at them."""

    def __init__(self, side: Side, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.side = side
        self._rows: tuple[FieldRow, ...] = ()
        self._states = States()
        self._painted: dict[int, Shown] = {}

    def show(self, rows: Sequence[FieldRow], states: States) -> None:
        """Replace the fields and what is known of them."""
        fresh = tuple(rows)
        if fresh is not self._rows and fresh != self._rows:
            self._take(fresh, states)
        elif states != self._states:
            self._states = states
            self.retranslate()

    def _take(self, fresh: tuple[FieldRow, ...], states: States) -> None:
        """Tell a block of rows that came or went as such, so that nothing else moves; else begin anew."""
        old, (start, end_old, end_new) = self._rows, _changed(self._rows, fresh)
        nowhere = QModelIndex()
        if start == end_old == end_new:
            self._rows, self._states = fresh, states
            self.retranslate()
            return
        if old and start == end_old:
            self.beginInsertRows(nowhere, start, end_new - 1)
            done = self.endInsertRows
        elif fresh and start == end_new:
            self.beginRemoveRows(nowhere, start, end_old - 1)
            done = self.endRemoveRows
        else:
            self.beginResetModel()
            done = self.endResetModel
        self._painted.clear()
        self._rows, self._states = fresh, states
        done()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self._painted.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(row.field for row in self._rows)

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        return self._rows

    def state(self, number: int) -> State:
        """Give what is known of the field in a row."""
        row, s = self._rows[number], self._states
        name = row.field.name.casefold()
        return State(
            s.partners.get(name, ()),
            name in s.required,
            name in s.troubled or row.gone,
            s.suggested.get(name, ""),
            row.gone,
        )

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        able = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return able | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        if indexes:
            name = self._rows[indexes[0].row()].field.name
            data.setData(MIME, f"{self.side.value}\n{name}".encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.LinkAction | Qt.DropAction.CopyAction

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number = index.row()
        row = self._rows[number]
        if role == SHOWN:
            return self.shown(number)
        if role == FIELD:
            return row.field
        if role == Qt.ItemDataRole.DisplayRole:
            return title(row.field)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = field_said(row.field, self.state(number), row.opened)
            return f"{said}, {row.sample}" if row.sample else said
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{title(row.field)}: {row.sample}" if row.sample else field_tip(row.field, self.state(number))
        return None

    def shown(self, number: int) -> Shown:
        """Give a field as it is painted; worked out once."""
        found = self._painted.get(number)
        if found is None:
            row, state = self._rows[number], self.state(number)
            note = "" if row.field.key and self.side is Side.SALESFORCE else field_note(row.field)  # every Id is one
            kind = " · ".join(part for part in (row.sample or field_type(row.field), note) if part)
            missing = state.required and not state.partners
            found = self._painted[number] = Shown(
                row,
                title(row.field),
                kind,
                bool(state.partners),
                missing,
                state.troubled,
                bool(state.suggested),
                row.field.name.casefold() in self._states.refusing,
            )
        return found

    def searched(self, number: int) -> str:
        """Give the words by which a field is found, folded."""
        row = self._rows[number]
        return f"{_searched(row.field, field_type(row.field))} {row.sample.casefold()}"

    def is_kept(self, number: int, keep: Keep) -> bool:
        """Say whether a filter keeps a field."""
        state = self.state(number)
        match keep:
            case Keep.UNPAIRED:
                return not state.partners
            case Keep.PAIRED:
                return bool(state.partners)
            case Keep.REQUIRED:
                return state.required or self._rows[number].field.key or self._rows[number].field.required
            case Keep.PROBLEMS:
                return state.troubled or (state.required and not state.partners)
        return True


@cache
def _searched(field: Field, kind: str) -> str:
    return f"{title(field)} {field.label} {field.name} {kind} {field.native_type}".casefold()


def _changed(old: Sequence[FieldRow], fresh: Sequence[FieldRow]) -> tuple[int, int, int]:
    """Give where the fields of two lists begin to differ, and where the difference ends in each."""
    one, other = ([each.field.name for each in rows] for rows in (old, fresh))
    least = min(len(one), len(other))
    start = next((n for n in range(least) if one[n] != other[n]), least)
    same = 0
    while same < least - start and one[-1 - same] == other[-1 - same]:
        same += 1
    return start, len(old) - same, len(fresh) - same


def title(field: Field) -> str:
    """Give how a person knows the field: its label, or the path to it where it belongs to a related record."""
    is_related = "." in field.name and field.native_type != COLUMN
    return field.name.replace(".", " ▸ ") if is_related else field.label or field.name


class FieldFilter(QSortFilterProxyModel):
    """Keeps the fields whose label, name or type holds every word searched, and that the filter names."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.kept = Keep.ALL

    def search(self, text: str) -> None:
        """Search for words, in any order and any case."""
        self._words = tuple(text.casefold().split())
        self.invalidate()

    def keep(self, keep: Keep) -> None:
        """List these fields alone."""
        self.kept = keep
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: AnyIndex) -> bool:
        model = self.sourceModel()
        assert isinstance(model, FieldModel), "it filters fields"
        if self.kept is not Keep.ALL and not model.is_kept(row, self.kept):
            return False
        if not self._words:
            return True
        searched = model.searched(row)
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


def with_related(
    fields: Sequence[Field],
    known: Mapping[str, Field] | None,
    related: Mapping[str, Sequence[Field]],
    openable: set[str],
) -> Iterator[FieldRow]:
    """Put the fields of related records below the lookups that are open, by folded relationship.

    `known` are the fields that the service shows, by folded name, None while they are not read. `openable` names the
    lookups that lead somewhere, folded. A field that stands elsewhere in the list is not put there twice.
    """
    there = {f.name.casefold() for f in fields}
    for each in fields:
        name, relationship = each.name.casefold(), each.relationship.casefold()
        opened = (relationship in related) if name in openable else None
        yield FieldRow(each, gone=known is not None and name not in known, opened=opened)
        if opened:
            yield from (FieldRow(f, related=True) for f in related[relationship] if f.name.casefold() not in there)
