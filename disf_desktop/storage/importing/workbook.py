"""The rows of an Excel workbook as texts, one by one, as a person would read them on the screen.

Dates become ISO, yes and no `true` and `false`; a formula is the value that was stored with it, an error its sign
(`#N/A`). A number is written plainly: no exponent, no `.0`, zeros before it where its format shows them, `45%` where it
shows a percentage. Its decimal mark is that of the file, so that it reads the same as the numbers in cells of text;
three decimals get a zero, for a column whose mark was chosen otherwise would take them for thousands.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from disf_desktop.core.errors import FileRefused
from disf_desktop.core.importing.recipe import DecimalMark
from disf_desktop.storage.importing.file_kind import (
    SAVE_AS_CSV,
    archive_of,
    cannot_read_on,
    refuse_unreadable_member,
    refused,
)
from disf_desktop.storage.importing.workbook_reader import Reader, Sheet

MOST_STRINGS: Final = 96 * 2**20
"""Bytes of the table of texts that a workbook may hold, for it must lie in memory as a whole."""

MARKS: Final = {DecimalMark.POINT: ".", DecimalMark.COMMA: ","}

_PAGE: Final = 256
_ESCAPED: Final = re.compile(r"_x[0-9A-Fa-f]{4}_")
_PADDED: Final = re.compile(r"0{2,20}")

# What the reader raises where the parts of a workbook contradict each other; a SyntaxError is one of its XML.
_DAMAGED: Final = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    SyntaxError,
    EOFError,
    NotImplementedError,
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
)

Cells = tuple[Any, ...]
"""One row, as the reader gives it: cells with a value and a format."""


class Workbook:
    """An open workbook."""

    def __init__(self, path: Path, sheets: Sequence[Sheet]) -> None:
        self._path = path
        self._sheets = {sheet.title: sheet for sheet in sheets}

    def uncalculated(self, sheet: str) -> bool:
        """Say whether formulas have no value stored with them, as where nothing has ever calculated them."""
        return self._sheets[sheet].uncalculated

    @property
    def sheets(self) -> tuple[str, ...]:
        """Give the names of its sheets, hidden ones last."""
        ordered = sorted(self._sheets.values(), key=lambda sheet: sheet.sheet_state != "visible")
        return tuple(sheet.title for sheet in ordered)

    @property
    def visible(self) -> int:
        """Count the sheets that are not hidden."""
        return sum(sheet.sheet_state == "visible" for sheet in self._sheets.values())

    def first_with_rows(self) -> str | None:
        """Give the first visible sheet that has anything in it, else the first hidden one."""
        return next((name for name in self.sheets if any(map(texts, self.rows(name)))), None)

    def estimated_rows(self, sheet: str) -> int | None:
        """Give how many rows a sheet says that it has."""
        return self._sheets[sheet].says_rows

    def rows(self, sheet: str) -> Iterator[Cells]:
        """Give each row, empty ones included; raises UnexpectedAnswer where the sheet is damaged."""
        rows = self._sheets[sheet].each_row()
        while True:
            try:
                with _without_warnings():
                    page = list(islice(rows, _PAGE))
            except _DAMAGED as error:
                raise cannot_read_on(self._path, error) from error
            if not page:
                return
            yield from page


@contextmanager
def open_workbook(path: Path, file: IO[bytes]) -> Iterator[Workbook]:
    """Open a workbook for reading; raises FileRefused where it cannot be read, or not in bounded memory."""
    with archive_of(path, file) as archive:
        for member in archive.infolist():
            refuse_unreadable_member(path, member)
            if member.filename.lower().endswith("sharedstrings.xml") and member.file_size > MOST_STRINGS:
                message = (
                    f"The workbook holds {member.file_size // 2**20} MB of texts, too much to be read in one piece."
                )
                raise refused(path, message, "Open it in Excel, save it as CSV UTF-8, and give that.", "large_workbook")
    file.seek(0)
    try:
        with _without_warnings():
            reader = Reader(file)
            reader.read()
    except _DAMAGED as error:
        raise damaged(path) from error
    try:
        if not reader.sheets:
            raise damaged(path)
        yield Workbook(path, reader.sheets)
    finally:
        reader.archive.close()


def damaged(path: Path) -> FileRefused:
    """Make the refusal of a workbook whose parts do not fit together."""
    message = "The workbook is damaged, or was not made by a program that keeps to the form of Excel."
    return refused(path, message, SAVE_AS_CSV, "damaged")


@contextmanager
def _without_warnings() -> Iterator[None]:
    """The reader warns of what it leaves out of a workbook (drawings, rules for cells); no row is among it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def texts(row: Sequence[Any], mark: str = ".") -> list[str]:
    """Write the cells of a row as texts, without the empty ones at its end.

    `mark` is the decimal mark; "" leaves decimals away, for telling which mark the cells of text use.
    """
    cells = [text if type(text := cell.value) is str and "_x" not in text else _text(cell, mark) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: Any, mark: str) -> str:
    value = cell.value
    match value:
        case None:
            return ""
        case str():
            return _sound(unescape(value)) if _ESCAPED.search(value) else value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _number(value, cell.number_format or "", mark)
        case datetime():
            rounded = _to_second(value)
            return rounded.date().isoformat() if rounded.time() == time() else rounded.isoformat()
        case date():
            return value.isoformat()
        case time():
            return _to_second(datetime.combine(date(2000, 1, 1), value)).time().isoformat()
        case timedelta():
            seconds = round(value.total_seconds())
            sign, seconds = "-" if seconds < 0 else "", abs(seconds)
            return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case _:
            return str(value)


def _sound(text: str) -> str:
    """Put U+FFFD in place of half a surrogate pair, which only such an escape can make."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _to_second(moment: datetime) -> datetime:
    """Round what a day's fraction makes of a time (09:59:59.999997) to the second that was meant."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _number(value: float, shown_as: str, mark: str) -> str:
    # 15 digits are what Excel keeps and shows; the others are noise of its binary numbers.
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    sign = ""
    if "%" in shown_as and '"' not in shown_as:
        exact, sign = exact * 100, "%"
    whole, _, decimals = f"{exact:f}".partition(".")
    decimals = decimals.rstrip("0")
    if not decimals or not mark:
        if whole == "-0":
            whole = "0"
        return (whole.zfill(len(shown_as)) if _PADDED.fullmatch(shown_as) else whole) + sign
    return f"{whole}{mark}{decimals}{'0' if len(decimals) == 3 else ''}{sign}"
