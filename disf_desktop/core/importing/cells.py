"""One cell of a file, as a person or a spreadsheet wrote it, into the canonical value of a field (`core.values`).

A cell that is empty, or holds nothing but blanks (zero-width ones and byte-order marks included), is no value: None.
What cannot be read without a guess is refused, never guessed. What a field holds (length, list, range) is not looked at
here: that is `core.fitting`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TypeVar
from unicodedata import is_normalized

from disf_desktop.core.importing.cell_dates import day_reader, parts_reader, read_clock, read_serial, read_serial_clock
from disf_desktop.core.importing.cell_numbers import SHORTENED, number_reader
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark
from disf_desktop.core.importing.rows import RowReason
from disf_desktop.core.moments import moment_reader, written
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import Value, canonicaliser

CellReader = Callable[[str], Value | Refusal]

MOST_CHARACTERS = 131_072
"""The longest text that a field of either service holds (a long text area of Salesforce)."""

_TOO_LARGE = Refusal(RowReason.CELL_TOO_LARGE, (("limit", MOST_CHARACTERS),))
_NOT_TEXT = Refusal(RowReason.NOT_TEXT)
_SHORTENED = Refusal(RowReason.SHORTENED_NUMBER)
_ID_OF_15 = Refusal(RowReason.ID_OF_15)
_NOT_A_NUMBER = Refusal(Reason.NOT_A_NUMBER)
_NOT_A_CONTACT = Refusal(RowReason.NOT_A_CONTACT)
_NOT_A_DATE = Refusal(Reason.NOT_A_DATE)
_NOT_A_TIME = Refusal(Reason.NOT_A_TIME)
_NOT_A_BOOLEAN = Refusal(Reason.NOT_A_BOOLEAN)


def cell_reader(
    field: Field, side: Side, *, dates: DateOrder | None, decimal: DecimalMark, zone: tzinfo, key: bool = False
) -> CellReader:
    """Compile the function that gives the canonical value of a cell for a field of that side, or refuses it.

    `dates` None reads the dates that leave no choice and refuses the others. A moment without offset is in `zone`; a
    date is the day as it is written, and a time after it falls away, as in every text that is read as a date
    (`core.moments.read_date`). A number that a spreadsheet has shortened is a number in a decimal field that is no key;
    elsewhere its digits are missed, and it is refused.
    """
    match field.type:
        case FieldType.BOOLEAN:
            return _remembered(_typed(_truth))
        case FieldType.INTEGER | FieldType.CONTACT:
            return _whole(field, side, decimal)
        case FieldType.DECIMAL:
            return _decimal(decimal, key)
        case FieldType.DATE:
            return _remembered(_typed(_day(dates)))
        case FieldType.DATETIME:
            return _remembered(_moment(dates, zone))
        case FieldType.TIME:
            return _remembered(_typed(_time(dates)))
        case FieldType.ID | FieldType.REFERENCE:
            return _id
        case FieldType.CHOICES:
            return _remembered(_choices(frozenset(field.choices)))
        case FieldType.UNSUPPORTED:
            return _typed(canonicaliser(field, side))
        case FieldType.CHOICE:
            return _remembered(read_text)
        case _:
            return read_text


# What every cell goes through

_ZERO_WIDTH = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BLANKS = _ZERO_WIDTH + "".join(chr(c) for c in range(0x3001) if chr(c).isspace())

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MADE_SAFE = re.compile(r"'+[=+\-@\t\r]")


def made_safe(text: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would run as a formula; `as_it_was` takes it away again."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) or _MADE_SAFE.match(text) else text


def as_it_was(text: str) -> str:
    """Take away the apostrophe that made a cell safe in a file of ours."""
    return text[1:] if text[:1] == "'" and _MADE_SAFE.match(text) else text


def trimmed(cell: str) -> str | Refusal:
    """Give the text of a cell without blanks around it and without the apostrophe that made it safe, or refuse it."""
    if len(cell) > MOST_CHARACTERS:
        return _TOO_LARGE
    if cell.isascii():
        text = cell.strip() if "\0" not in cell else cell.replace("\0", "").strip()
    elif "\ufffd" in cell:
        return _NOT_TEXT
    else:
        text = cell.replace("\0", "").strip(_BLANKS)
    return as_it_was(text).strip() if text[:1] == "'" else text


def _typed(read: Callable[[str], Value | Refusal]) -> CellReader:
    """Read the trimmed text of a cell, unless it is empty."""

    def typed(cell: str) -> Value | Refusal:
        text = trimmed(cell)
        return (text or None) if type(text) is Refusal or not text else read(text)  # type: ignore[arg-type]

    return typed


Read = TypeVar("Read")


class _Remembered(dict[str, Read]):
    """What texts were read as; columns of dates and lists hold few different ones."""

    __slots__ = ("_read",)

    _MOST_TEXTS = 8192
    _MOST_CHARACTERS = 64

    def __init__(self, read: Callable[[str], Read]) -> None:
        self._read = read

    def __missing__(self, text: str) -> Read:
        value = self._read(text)
        if len(self) < self._MOST_TEXTS and len(text) <= self._MOST_CHARACTERS:
            self[text] = value
        return value


def _remembered(read: CellReader) -> CellReader:
    return _Remembered(read).__getitem__


# Text

_clean = canonicaliser(Field("", "", FieldType.TEXT), Side.SALESFORCE)


def read_text(cell: str) -> str | Refusal | None:
    """Read a cell as text: trimmed, composed (NFC), line ends `\\n`; leading zeros are text."""
    if cell.isascii():
        text = cell.strip()
        if "\r" in text or "\0" in text or text[:1] == "'" or len(text) > MOST_CHARACTERS:
            return _any_text(cell)
    elif cell.isprintable() and "\ufffd" not in cell and cell[:1] != "'" and is_normalized("NFC", cell):
        text = cell.strip()
        if len(text) > MOST_CHARACTERS:
            return _TOO_LARGE
    else:
        return _any_text(cell)
    if "+" in text and SHORTENED.fullmatch(text) is not None:
        return _SHORTENED
    return text or None


def _any_text(cell: str) -> str | Refusal | None:
    text = trimmed(cell)
    if type(text) is not str:
        return text
    clean = _clean(text)
    if type(clean) is Refusal:  # half of a surrogate pair
        return _NOT_TEXT
    if type(clean) is str and SHORTENED.fullmatch(clean) is not None:
        return _SHORTENED
    return clean  # type: ignore[return-value]


_BETWEEN_CHOICES = re.compile(r"[;\r\n]")


def _choices(listed: frozenset[str]) -> CellReader:
    """Read several values, with `;`, `|` or a line break between two. A value of the list may hold a `|` itself."""
    join = canonicaliser(Field("", "", FieldType.CHOICES), Side.SALESFORCE)

    def choices(cell: str) -> Value | Refusal:
        text = _any_text(cell)
        if type(text) is not str:
            return text
        if text in listed:
            return (text,)
        parts: list[str] = []
        for part in _BETWEEN_CHOICES.split(text):
            plain = part.strip(_BLANKS)
            parts.extend([plain] if plain in listed else [each.strip(_BLANKS) for each in plain.split("|")])
        return join(parts)

    return choices


# Ids

_read_id = canonicaliser(Field("", "", FieldType.ID), Side.SALESFORCE)


def _id(cell: str) -> Value | Refusal:
    if len(cell) == 18 and cell.isalnum():
        return _read_id(cell)
    text = trimmed(cell)
    if type(text) is not str:
        return text
    if len(text) == 15 and text.isascii() and text.isalnum():
        return _ID_OF_15
    return _SHORTENED if SHORTENED.fullmatch(text) is not None else _read_id(text)


# Numbers


def _whole(field: Field, side: Side, decimal: DecimalMark) -> CellReader:
    canonical, number = canonicaliser(field, side), number_reader(decimal)
    no_number = _NOT_A_CONTACT if field.type is FieldType.CONTACT else _NOT_A_NUMBER

    def whole(cell: str) -> Value | Refusal:
        if cell.isdigit() and len(cell) < 19 and cell.isascii():
            return canonical(cell)
        text = trimmed(cell)
        if type(text) is not str:
            return text
        if not text:
            return None
        if SHORTENED.fullmatch(text) is not None:
            return _SHORTENED
        read_as = number(text)
        if read_as is None:
            return no_number
        return _SHORTENED if "e" in read_as.lower() else canonical(read_as)

    return whole


_COMMON_DECIMAL = {
    DecimalMark.POINT: re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}"),
    DecimalMark.COMMA: re.compile(r"-?(?:0|[1-9][0-9]{0,17}),[0-9]{1,18}"),
}
"""What is canonical but for the mark and zeros at the end."""


def _decimal(decimal: DecimalMark, key: bool) -> CellReader:
    canonical, number = canonicaliser(Field("", "", FieldType.DECIMAL), Side.SALESFORCE), number_reader(decimal)
    is_common = _COMMON_DECIMAL[decimal].fullmatch

    def read(cell: str) -> Value | Refusal:
        if is_common(cell) is not None:
            plain = cell.replace(",", ".")
            if plain[-1] != "0":
                return plain
            plain = plain.rstrip("0").rstrip(".")
            return plain if plain != "-0" else "0"
        if cell.isdigit() and len(cell) < 19 and cell.isascii():
            return canonical(cell)
        text = trimmed(cell)
        if type(text) is not str:
            return text
        if not text:
            return None
        read_as = number(text)
        if read_as is None:
            return _NOT_A_NUMBER
        return _SHORTENED if key and "e" in read_as.lower() else canonical(read_as)

    return read


# Yes and no

_YES = (
    "true",
    "vrai",
    "yes",
    "oui",
    "y",
    "o",
    "t",
    "v",
    "x",
    "1",
    "1.0",
    "1,0",
    "on",
    "coché",
    "checked",
    "✓",
    "✔",
    "☑",
)
_NO = ("false", "faux", "no", "non", "n", "f", "0", "0.0", "0,0", "off", "décoché", "unchecked", "☐")
_TRUTH = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)


def _truth(text: str) -> bool | Refusal:
    return _TRUTH.get(text.lower(), _NOT_A_BOOLEAN)


def is_truth(text: str) -> bool:
    """Say whether a trimmed text is yes or no, in either language."""
    return text.lower() in _TRUTH


# Dates and times


def _day(order: DateOrder | None) -> Callable[[str], str | Refusal]:
    read = read_serial if order is DateOrder.SERIAL else parts_reader(order)

    def day(text: str) -> str | Refusal:
        parts = read(text)
        return _NOT_A_DATE if parts is None else parts.day

    return day


def _moment(order: DateOrder | None, zone: tzinfo) -> CellReader:
    canonical = moment_reader(zone)
    read = read_serial if order is DateOrder.SERIAL else parts_reader(order)

    def moment(text: str) -> Value | Refusal:
        parts = read(text)
        if parts is None:
            return _NOT_A_DATE
        return canonical(f"{parts.day} {parts.clock or '00:00:00'}{parts.offset}")

    any_moment = _typed(moment)
    if order is DateOrder.SERIAL:
        return any_moment
    days = _Remembered(day_reader(order))

    def common(cell: str) -> Value | Refusal:
        if cell[10:11] == "T":
            found = canonical(cell)
            return found if type(found) is str else any_moment(cell)
        day_text, _, clock = cell.partition(" ")
        if clock[-3:-2] == ":" and (len(clock) == 8 or len(clock) == 5) and (day := days[day_text]) is not None:
            try:
                return written(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone))
            except (ValueError, OverflowError):
                return any_moment(cell)
        return any_moment(cell)

    return common


def _time(order: DateOrder | None) -> Callable[[str], str | Refusal]:
    def time(text: str) -> str | Refusal:
        clock = read_clock(text)
        if clock is None and order is DateOrder.SERIAL:
            clock = read_serial_clock(text)
        return _NOT_A_TIME if clock is None else clock

    return time
