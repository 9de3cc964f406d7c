"""What the cells of a column look like, and what they tell of how dates and numbers are written in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from disf_desktop.core.fitting import is_email
from disf_desktop.core.importing.cell_dates import LAST_SERIAL, parts_reader
from disf_desktop.core.importing.cell_numbers import SHORTENED, number_reader
from disf_desktop.core.importing.cells import is_truth, trimmed
from disf_desktop.core.importing.file_form import CellKind, ColumnSeen
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark, FileForm
from disf_desktop.core.synonyms import folded
from disf_desktop.core.values import check_characters

_CELLS_FOR_KINDS, _CELLS_FOR_MARKS = 8_000, 20_000
_FEWEST_ROWS = 4
_SAMPLES = 5
_SAMPLE_CHARACTERS = 100
_SHARE = 0.8
"""The part of the filled cells that must look alike for the column to be of their kind; some may be wrong."""

_RECORD_ID = re.compile(r"[0-9a-zA-Z]{5}0[0-9a-zA-Z]{9}(?:[A-Z0-5]{3})?")
_COMPACT_DATE = re.compile(r"(?:19|20)[0-9]{6}")
_LIKE_A_DATE = re.compile(
    r"[0-9]{1,4}([-./ ])[0-9]{1,2}\1[0-9]{1,4}"
    r"|.{0,30}?(?:jan|f[eé]v|feb|mar|a[pv]r|ma[iy]|ju[inl]|ao[uû]|aug|sep|oct|nov|d[eé]c)",
    re.IGNORECASE,
).match
"""What every date has; most texts are known by it for none, at little cost."""
_LEADING_ZERO = re.compile(r"0[0-9]+")
_SAYS_DATE = re.compile(
    r"date|naiss|birth|anniv|datum|created|modified|updated|cree|modifie|jour|echeance|since|depuis"
)
_FIRST_SERIAL, _LAST_SERIAL = 3_654, 73_415  # 1910 to 2100: other numbers are more likely numbers
assert _LAST_SERIAL < LAST_SERIAL

_day_first, _month_first = parts_reader(DateOrder.DAY_FIRST), parts_reader(DateOrder.MONTH_FIRST)
_by_itself = parts_reader(DateOrder.ISO)
_with_point, _with_comma = number_reader(DecimalMark.POINT), number_reader(DecimalMark.COMMA)
_serial = re.compile(r"([0-9]{4,5})(?:[.,][0-9]+)?")


def kind_of(cell: str) -> CellKind:
    """Say what one cell looks like."""
    text = trimmed(cell)
    if type(text) is not str:
        return CellKind.TEXT
    if not text:
        return CellKind.EMPTY
    if "@" in text:
        return CellKind.EMAIL if is_email(text) else CellKind.TEXT
    if len(text) in (15, 18) and _RECORD_ID.fullmatch(text) is not None and not text.isdigit() and not text.isalpha():
        is_id = len(text) == 15 or check_characters(text[:15]) == text[15:]
        return CellKind.RECORD_ID if is_id else CellKind.TEXT
    if not any(c in text for c in "0123456789"):
        return CellKind.TRUTH if is_truth(text) else CellKind.TEXT
    if _LEADING_ZERO.fullmatch(text) is not None:
        return CellKind.TEXT
    if _COMPACT_DATE.fullmatch(text) is not None:
        return CellKind.DATE if _by_itself(text) is not None else CellKind.NUMBER
    if (text.isdigit() and text.isascii()) or _with_point(text) is not None or _with_comma(text) is not None:
        return CellKind.NUMBER
    is_date = _LIKE_A_DATE(text) and (_day_first(text) is not None or _month_first(text) is not None)
    return CellKind.DATE if is_date else CellKind.TEXT


def recognise_columns(
    names: Sequence[str], rows: Sequence[tuple[int, tuple[str, ...]]], said: FileForm
) -> tuple[ColumnSeen, ...]:
    """Look at the cells of each column. `rows` have their numbers in the file; cells beyond the names are left out.

    A column whose name speaks of a date and whose cells are numbers such as Excel counts days by, is one of serials.
    What a person said of dates holds for a column that does not speak against it.
    """
    width = max(len(names), 1)
    few = max(_FEWEST_ROWS, _CELLS_FOR_KINDS // width)
    many = max(_FEWEST_ROWS, _CELLS_FOR_MARKS // width)
    seen = []
    for place, name in enumerate(names):
        column = _Seen(name)
        column.add([row[place] if place < len(row) else "" for _, row in rows[:few]])
        if column.kind() in (CellKind.DATE, CellKind.NUMBER):  # one date of many may tell day-first from month-first
            column.add([row[place] if place < len(row) else "" for _, row in rows[few:many]])
        seen.append(column.column(said))
    return tuple(seen)


class _Seen:
    """Counts while it looks; what it hands over is a `ColumnSeen`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.kinds: Counter[CellKind] = Counter()
        self.samples: list[str] = []
        self.orders: Counter[DateOrder | None] = Counter()
        self.marks: Counter[DecimalMark | None] = Counter()
        self.leading_zeros = False
        self.shortened = 0
        self.figures = 0  # 0 and 1, which may mean no and yes
        self.serials = 0

    def add(self, cells: Sequence[str]) -> None:
        for cell, times in Counter(cells).items():
            self._add(cell, times)

    def _add(self, cell: str, times: int) -> None:
        kind = kind_of(cell)
        self.kinds[kind] += times
        if kind is CellKind.EMPTY:
            return
        found = trimmed(cell)
        text = found if type(found) is str else cell
        if len(self.samples) < _SAMPLES and text[:_SAMPLE_CHARACTERS] not in self.samples:
            self.samples.append(text[:_SAMPLE_CHARACTERS])
        if kind is CellKind.DATE:
            self.orders[_order_of(text)] += times
        elif kind is CellKind.NUMBER:
            self._add_number(text, times)
        elif _LEADING_ZERO.fullmatch(text) is not None:
            self.leading_zeros = True

    def _add_number(self, text: str, times: int) -> None:
        if SHORTENED.fullmatch(text) is not None:
            self.shortened += times
        self.figures += times if text in ("0", "1") else 0
        found = _serial.fullmatch(text)
        self.serials += times if found is not None and _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL else 0
        point, comma = _with_point(text), _with_comma(text)
        if point != comma:
            mark = DecimalMark.COMMA if point is None else DecimalMark.POINT if comma is None else None
            self.marks[mark] += times

    def column(self, said: FileForm) -> ColumnSeen:
        empty = self.kinds[CellKind.EMPTY]
        filled = self.kinds.total() - empty
        kind = self.kind()
        orders = self.orders if kind is CellKind.DATE else Counter()
        marks = self.marks if kind is CellKind.NUMBER else Counter()
        return ColumnSeen(
            name=self.name,
            kind=kind,
            filled=filled,
            empty=empty,
            samples=tuple(self.samples),
            dates=self._dates(kind, filled, said),
            day_first=orders[DateOrder.DAY_FIRST],
            month_first=orders[DateOrder.MONTH_FIRST],
            either=orders[None],
            comma=marks[DecimalMark.COMMA],
            point=marks[DecimalMark.POINT],
            threes=marks[None],
            leading_zeros=self.leading_zeros,
            shortened=self.shortened,
        )

    def kind(self) -> CellKind:
        filled = self.kinds.total() - self.kinds[CellKind.EMPTY]
        if not filled:
            return CellKind.EMPTY
        if self.kinds[CellKind.TRUTH] and self.kinds[CellKind.TRUTH] + self.figures >= _SHARE * filled:
            return CellKind.TRUTH
        kind, count = max(
            ((kind, count) for kind, count in self.kinds.items() if kind is not CellKind.EMPTY),
            key=lambda each: each[1],
        )
        if count < _SHARE * filled or (kind is CellKind.NUMBER and self.leading_zeros):
            return CellKind.TEXT
        return kind

    def _dates(self, kind: CellKind, filled: int, said: FileForm) -> DateOrder | None:
        if kind is CellKind.NUMBER:
            is_serial = self.serials == filled and _SAYS_DATE.search(folded(self.name)) is not None
            return DateOrder.SERIAL if is_serial else None
        if kind is not CellKind.DATE:
            return None
        day, month = self.orders[DateOrder.DAY_FIRST], self.orders[DateOrder.MONTH_FIRST]
        if bool(day) is not bool(month):
            return DateOrder.DAY_FIRST if day else DateOrder.MONTH_FIRST
        if day:
            return None
        if self.orders[None]:
            return said.dates if said.dates in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST) else None
        return DateOrder.ISO


def _order_of(text: str) -> DateOrder | None:
    """Say by which order a date was written; ISO where its writing leaves no choice, None where either explains it."""
    if _by_itself(text) is not None:
        return DateOrder.ISO
    if _month_first(text) is None:
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if _day_first(text) is None else None
