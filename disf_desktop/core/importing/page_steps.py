"""A page of a column at once: the same values as cell by cell (`core.importing.cell_steps`), several times sooner.

What most pages of a column have in common is looked for in all of its cells together, at the speed of the library of
the language; a page that is otherwise is read cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple
from unicodedata import is_normalized

from disf_desktop.core.conversion import TEXTS
from disf_desktop.core.fitting import MOST_OF_AN_EMAIL, Step, decimal_room, is_email, whole_range
from disf_desktop.core.importing.cells import MOST_CHARACTERS
from disf_desktop.core.importing.recipe import DecimalMark
from disf_desktop.core.refusals import Refusal
from disf_desktop.core.schema import Field, FieldType


class Column(NamedTuple):
    """The values of a page of a column, some of which are a Refusal unless they are `sound`."""

    values: Sequence[Any]
    sound: bool


PageStep = Callable[[Sequence[str]], Column]


class Remembered(dict[str, Any]):
    """What texts gave: as a function, `__getitem__` costs no call of ours for a text that was there before.

    `most` bounds how many are kept, and so the memory.
    """

    __slots__ = ("_give", "_most")

    MOST_CHARACTERS: Final = 64

    def __init__(self, give: Callable[[str], Any], most: int = 8192) -> None:
        super().__init__()
        self._give, self._most = give, most

    def __missing__(self, text: str) -> Any:
        value = self._give(text)
        if len(self) < self._most and len(text) <= self.MOST_CHARACTERS:
            self[text] = value
        return value


def page_step_of(field: Field, step: Step, decimal: DecimalMark, *, changed: bool) -> PageStep:
    """Compile the function that does with a page of cells what `step` does with each.

    `changed` says that the step transforms a text or rounds a number, so that only it knows the value.
    """
    if changed:
        return _one_by_one(step)
    match field.type:
        case FieldType.EMAIL:
            return _emails(step, min(field.length or MOST_OF_AN_EMAIL, MOST_OF_AN_EMAIL))
        case FieldType.INTEGER:
            return _whole_numbers(step, *whole_range(field))
        case FieldType.DECIMAL if field.precision or field.scale:
            return _decimals(step, field, decimal)
        case FieldType.DATETIME:
            return _moments(step)
        case _ if field.type in TEXTS:
            return _texts(step, min(field.length or MOST_CHARACTERS, MOST_CHARACTERS))
    return _one_by_one(step)


def filled(page: PageStep, refused: Refusal) -> PageStep:
    """Refuse what is empty."""

    def never_empty(cells: Sequence[str]) -> Column:
        values, sound = page(cells)
        if None not in values:
            return Column(values, sound)
        return Column([refused if value is None else value for value in values], False)

    return never_empty


def or_false(page: PageStep) -> PageStep:
    """Take what is empty for no."""

    def unticked(cells: Sequence[str]) -> Column:
        values, sound = page(cells)
        return Column([False if value is None else value for value in values], sound)

    return unticked


def counting(page: PageStep, is_counted: Callable[[str], bool], count: Callable[[int], None]) -> PageStep:
    """Count the cells of which something is so, unless they are refused."""

    def counted(cells: Sequence[str]) -> Column:
        values, sound = page(cells)
        found = map(is_counted, cells)
        number = (
            sum(found)
            if sound
            else sum(is_so and type(value) is not Refusal for is_so, value in zip(found, values, strict=True))
        )
        if number:
            count(number)
        return Column(values, sound)

    return counted


def _one_by_one(step: Step) -> PageStep:
    def page(cells: Sequence[str]) -> Column:
        values = list(map(step, cells))
        return Column(values, Refusal not in map(type, values))

    return page


_QUOTE_FIRST = re.compile(r"(?:\A|[\s,])'")
"""A cell may begin with an apostrophe, after blanks, in cells that stand with a comma between them."""


def _begins_with_a_quote(joined: str) -> bool:
    return "'" in joined and _QUOTE_FIRST.search(joined) is not None


def _texts(step: Step, limit: int) -> PageStep:
    one_by_one = _one_by_one(step)

    def texts(cells: Sequence[str]) -> Column:
        joined = ",".join(cells)
        if joined.isascii():
            plain, most = "\r" not in joined and "\0" not in joined, limit
        else:
            plain = joined.isprintable() and "\ufffd" not in joined and is_normalized("NFC", joined)
            most = limit // 2
        if (
            not plain
            or max(map(len, cells)) > most
            or ("+" in joined and ("E+" in joined or "e+" in joined))
            or _begins_with_a_quote(joined)
        ):
            return one_by_one(cells)
        values: list[Any] = list(map(str.strip, cells))
        return Column(values if all(values) else [value or None for value in values], True)

    return texts


def _emails(step: Step, limit: int) -> PageStep:
    one_by_one = _one_by_one(step)

    def emails(cells: Sequence[str]) -> Column:
        joined = ",".join(cells)
        if not joined.isascii() or max(map(len, cells)) > limit or _begins_with_a_quote(joined):
            return one_by_one(cells)
        if all(cells):
            return Column(cells, True) if all(map(is_email, cells)) else one_by_one(cells)
        if all(map(is_email, filter(None, cells))):
            return Column([cell or None for cell in cells], True)
        return one_by_one(cells)

    return emails


_DIGITS_OF_A_WHOLE: Final = 18


def _whole_numbers(step: Step, least: int, most: int) -> PageStep:
    one_by_one = _one_by_one(step)

    def whole_numbers(cells: Sequence[str]) -> Column:
        joined = "".join(cells)
        if not (joined.isascii() and joined.isdigit() and all(cells)) or max(map(len, cells)) > _DIGITS_OF_A_WHOLE:
            return one_by_one(cells)
        values = list(map(int, cells))
        return Column(values, True) if least <= min(values) and max(values) <= most else one_by_one(cells)

    return whole_numbers


_DIGITS_OF_A_DECIMAL: Final = 18


def _decimals(step: Step, field: Field, decimal: DecimalMark) -> PageStep:
    """Read what is canonical but for its mark, and fits, by a pattern of the field's own; the rest by `step`."""
    whole, decimals = (min(room, _DIGITS_OF_A_DECIMAL) for room in decimal_room(field))
    if whole < 1 or decimals < 1:
        return _one_by_one(step)
    mark = "," if decimal is DecimalMark.COMMA else "."
    fits = re.compile(rf"-?(?:0|[1-9][0-9]{{0,{whole - 1}}})[{mark}][0-9]{{0,{decimals - 1}}}[1-9]").fullmatch

    def decimal_numbers(cells: Sequence[str]) -> Column:
        values = [cell.replace(",", ".") if fits(cell) is not None else step(cell) for cell in cells]
        return Column(values, Refusal not in map(type, values))

    return decimal_numbers


_MOST_HOURS: Final = 65_536
"""The hours of seven years."""
_AT_A_MINUTE = re.compile(r"[0-9./-]{10}[ T][0-9]{2}:[0-5][0-9](?::[0-5][0-9])?").fullmatch
_HOUR = slice(13)


class _Hours(dict[str, str | None]):
    """The hours of cells (`02/11/2026 14`) as canonical moments begin in them (`2026-11-02T19`); None for one that is
    not whole there, as in zones that are half an hour off, or where there is room for no more."""

    __slots__ = ("_step",)

    def __init__(self, step: Step) -> None:
        super().__init__()
        self._step = step

    def __missing__(self, hour: str) -> str | None:
        if len(self) >= _MOST_HOURS:
            return None
        first, last = self._step(f"{hour}:00:00"), self._step(f"{hour}:59:59")
        whole = type(first) is str and type(last) is str and first[_HOUR] == last[_HOUR] and first[13:] == ":00:00Z"
        self[hour] = found = first[_HOUR] if whole else None
        return found


def _moments(step: Step) -> PageStep:
    """Read moments by the hour they are in: within one, the clock is the same in every zone but for the hour."""
    hours = _Hours(step)

    def moment(cell: str) -> Any:
        if _AT_A_MINUTE(cell) is not None and (hour := hours[cell[_HOUR]]) is not None:
            return f"{hour}{cell[13:]}Z" if len(cell) == 19 else f"{hour}{cell[13:]}:00Z"
        return step(cell)

    return _one_by_one(moment)
