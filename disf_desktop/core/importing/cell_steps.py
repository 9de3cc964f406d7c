"""The function that makes a canonical value of a cell: read, changed as the recipe asks, fitted to its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from typing import Any, Final, NamedTuple

from disf_desktop.core.conversion import TEXTS, converter
from disf_desktop.core.fitting import Step, fit
from disf_desktop.core.importing.cells import CellReader, cell_reader
from disf_desktop.core.importing.page_steps import PageStep, Remembered, counting, page_step_of
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark
from disf_desktop.core.project import FieldPair, TransformName
from disf_desktop.core.refusals import Refusal
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import Value


@dataclass(frozen=True, slots=True)
class ColumnFigures:
    """Counts by column of what was read so far: cells that were shortened, and dates that read either way."""

    columns: tuple[str, ...]
    _cut: list[int]
    _either: list[int]

    @classmethod
    def of(cls, columns: Sequence[str]) -> ColumnFigures:
        """Give figures that begin at nothing."""
        return cls(tuple(columns), [0] * len(columns), [0] * len(columns))

    def clear(self) -> None:
        """Count anew."""
        for counts in (self._cut, self._either):
            counts[:] = [0] * len(counts)

    @property
    def cut(self) -> dict[str, int]:
        return {column: n for column, n in zip(self.columns, self._cut, strict=True) if n}

    @property
    def ambiguous(self) -> dict[str, int]:
        return {column: n for column, n in zip(self.columns, self._either, strict=True) if n}

    def count_cut(self, place: int, number: int = 1) -> None:
        self._cut[place] += number

    def count_ambiguous(self, place: int, number: int = 1) -> None:
        self._either[place] += number


class Steps(NamedTuple):
    """What makes the value of a cell, and those of a page of cells."""

    cell: Step
    page: PageStep


_MOST_DAYS: Final = 40_000
"""A day of each of 110 years: what the birth dates of a file may hold."""


class DateReaders:
    """Reads the dates of a file, and says which of them read either way; columns written alike remember together."""

    def __init__(self, side: Side, zone: tzinfo) -> None:
        self._side, self._zone = side, zone
        self._days: dict[DateOrder | None, CellReader] = {}
        self._moments: dict[DateOrder | None, CellReader] = {}
        self._either = Remembered(_reads_either_way, _MOST_DAYS).__getitem__

    def reader(self, field: Field, dates: DateOrder | None) -> CellReader:
        """Give what reads a cell for a date, or a date with time."""
        known = self._days if field.type is FieldType.DATE else self._moments
        if dates not in known:
            read = cell_reader(field, self._side, dates=dates, decimal=DecimalMark.POINT, zone=self._zone)
            known[dates] = Remembered(read, _MOST_DAYS).__getitem__ if field.type is FieldType.DATE else read
        return known[dates]

    def reads_either_way(self, field: Field, dates: DateOrder | None) -> Callable[[str], bool] | None:
        """Give what says whether a cell could be read day first and month first; None where none could."""
        if dates not in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST):
            return None
        either = self._either
        return either if field.type is FieldType.DATE else lambda cell: either(cell[:_AS_LONG_AS_A_DATE])


def steps_of(
    field: Field,
    side: Side,
    transform: Collection[TransformName],
    figures: ColumnFigures,
    place: int,
    readers: DateReaders,
    *,
    dates: DateOrder | None,
    decimal: DecimalMark,
    zone: tzinfo,
    key: bool,
) -> Steps:
    """Compile the functions from cells to the values that the field will hold, None where it is empty, or a Refusal.

    What they shorten, and the dates that read either way, are counted in `figures` at `place`.
    """
    if field.type in (FieldType.DATE, FieldType.DATETIME):
        read = readers.reader(field, dates)
        page = page_step_of(field, read, decimal, changed=False)
        is_either = readers.reads_either_way(field, dates)
        if is_either is None:
            return Steps(read, page)
        count_either = partial(figures.count_ambiguous, place)
        return Steps(_counting(read, is_either, count_either), counting(page, is_either, count_either))
    read = cell_reader(field, side, dates=dates, decimal=decimal, zone=zone, key=key)
    count_cut = partial(figures.count_cut, place)
    step = _step_of(field, side, transform, count_cut, read, decimal=decimal, zone=zone, key=key)
    return Steps(step, page_step_of(field, step, decimal, changed=bool(transform)))


def _step_of(
    field: Field,
    side: Side,
    transform: Collection[TransformName],
    count_cut: Callable[[], None],
    read: CellReader,
    *,
    decimal: DecimalMark,
    zone: tzinfo,
    key: bool,
) -> Step:
    if TransformName.ROUND in transform:
        any_number = Field("", "", FieldType.DECIMAL)
        read = cell_reader(any_number, side, dates=None, decimal=decimal, zone=zone, key=key)
        return _then(read, converter(any_number, field, _asked(TransformName.ROUND), zone))
    changes = tuple(name for name in transform if name in (TransformName.LOWER, TransformName.DIGITS))
    if changes:
        any_text = Field("", "", FieldType.TEXT)
        read = _then(read, converter(any_text, any_text, _asked(*changes), zone))
    cuts = TransformName.CUT in transform
    fits = fit(field, side, cut=cuts)
    if fits is None:
        return read
    if cuts:
        return _then(read, _counting_cuts(fits, count_cut))
    if field.type in (FieldType.CHOICE, FieldType.CHOICES):
        return Remembered(_then(read, fits)).__getitem__
    if field.type in TEXTS and field.type is not FieldType.EMAIL:
        return _then_unless_short(read, fits, field.length // 2)
    return _then(read, fits)


def _asked(*transform: TransformName) -> FieldPair:
    return FieldPair(source="cell", target="field", transform=transform)


def _then(read: Callable[[str], Any], change: Callable[[Any], Any]) -> Step:
    def changed(cell: str) -> Any:
        value = read(cell)
        return value if value is None or type(value) is Refusal else change(value)

    return changed


def _then_unless_short(read: CellReader, fits: Step, surely: int) -> Step:
    """Fit a text, unless it is so short that it fits however its characters are counted."""

    def fitted(cell: str) -> Any:
        value = read(cell)
        if type(value) is not str or len(value) <= surely:
            return value
        return fits(value)

    return fitted


def _counting_cuts(cut: Step, count: Callable[[], None]) -> Step:
    def cut_and_counted(text: str) -> Any:
        short = cut(text)
        if short != text:
            count()
        return short

    return cut_and_counted


_EITHER = re.compile(r"\s*([0-9]{1,2})([-./ ])([0-9]{1,2})\2(?:[0-9]{4}|[0-9]{2})(?![0-9])")
_AS_LONG_AS_A_DATE = len("31/12/2026")


def _reads_either_way(cell: str) -> bool:
    """Say whether a cell begins with a date that is one day if read day first, and another if read month first."""
    found = _EITHER.match(cell)
    return found is not None and found[1] != found[3] and 0 < int(found[1]) < 13 and 0 < int(found[3]) < 13


def _counting(read: CellReader, is_counted: Callable[[str], bool], count: Callable[[], None]) -> Step:
    def counted(cell: str) -> Value | Refusal:
        value = read(cell)
        if is_counted(cell) and type(value) is not Refusal:
            count()
        return value

    return counted
