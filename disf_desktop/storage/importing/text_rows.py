"""Rows out of decoded text, in bounded memory, whatever the text is.

The csv module reads at its own speed; what it does not tell is looked at only where it matters: a record of several
lines (has a quotation mark that is not closed swallowed others?), and a cell or line of a size that no service takes.
Lines end with CR, LF or CRLF, and with nothing else: U+2028 and its like belong to cells.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from disf_desktop.core.importing.file_form import Swallowed

CELL_LIMIT: Final = 131_072
"""Characters of a cell. A larger one is cut to one more than these, so that the check sees that it was."""

MOST_CELLS: Final = 20_000
"""Cells of a row that are kept, where it is so large that it is taken apart here; a spreadsheet has 16,384 columns."""

_RECORD_LIMIT: Final = 4 * 2**20
_BREAK: Final = re.compile(r"\r\n|\r|\n")
_BLANK_AFTER_QUOTE: Final = re.compile(r'(?<=") +(?=[,;\t|\r\n]|$)')


def records(text: Iterator[str], delimiter: str, width: int) -> Iterator[list[str]]:
    """Give each record of a text that comes in pieces; an empty line is an empty list, and so is the end.

    `width` is the number of columns, by which a line that was swallowed is known. A record that an open quotation mark
    has made of several lines is `Swallowed`.
    """
    csv.field_size_limit(CELL_LIMIT)
    blocks = _Blocks(text)
    while True:
        reader = csv.reader(chain.from_iterable(blocks), delimiter=delimiter)
        done = 0
        try:
            for row in reader:
                now = reader.line_num
                if now - done != 1:
                    lines = blocks.lines(done, now)
                    # The end of the text is handed to the reader as a last, empty line.
                    is_open = not lines[-1]
                    if is_open or _ran_together(lines, row, delimiter, width):
                        row = Swallowed(row, len(lines) - is_open)
                done = blocks.done = now
                yield row
        except (csv.Error, _Overlong):
            whole = _Record(blocks, delimiter)
            row = whole.cells
            if whole.is_open or (whole.lines > 1 and (whole.stray or _looks_swallowed(row, delimiter, width))):
                row = Swallowed(row, whole.lines)
            yield row
        else:
            return


class _Overlong(Exception):
    """A record is larger than the csv module may be given."""


class _Blocks:
    """Lists of lines for a reader, of which those of the record under way are kept.

    `done` is the number of lines in complete records, set by whoever reads.
    """

    def __init__(self, text: Iterator[str]) -> None:
        self.done = 0
        self._ended = False
        self._text = text
        self._carry = ""
        self._block: list[str] = []
        self._given = 0  # lines handed out, those of the block included

    def __iter__(self) -> _Blocks:
        return self

    def __next__(self) -> list[str]:
        if self._ended:
            raise StopIteration
        first = len(self._block) - (self._given - self.done)
        kept = self._block[first:]
        if kept and sum(map(len, kept)) > _RECORD_LIMIT:
            raise _Overlong
        fresh = self._more()
        self._block = kept + fresh
        self._given += len(fresh)
        return fresh

    def lines(self, start: int, end: int) -> list[str]:
        """Give lines of the record under way, by their numbers."""
        before = self._given - len(self._block)
        return self._block[start - before : end - before]

    def take_all(self) -> str:
        """Give what is not read into complete records yet, and begin anew after it."""
        text = "".join(self._block[len(self._block) - (self._given - self.done) :]) + self._carry
        self._carry, self._block, self._given, self.done, self._ended = "", [], 0, 0, False
        return text

    def take_next(self) -> str:
        """Give the next piece of text; "" where there is no more."""
        return next((piece for piece in self._text if piece), "")

    def give_back(self, text: str) -> None:
        self._carry = text

    def _more(self) -> list[str]:
        for piece in self._text:
            lines = io.StringIO(self._carry + piece, newline="").readlines()
            # What ends with CR may go on with LF.
            self._carry = "" if not lines or lines[-1].endswith("\n") else lines.pop()
            if len(self._carry) > _RECORD_LIMIT:
                if not lines:
                    raise _Overlong
                return lines
            if lines:
                return lines
        rest, self._carry = self._carry, ""
        self._ended = True
        return [*io.StringIO(rest, newline="").readlines(), ""]


class _Record:
    """One record that is too large for the csv module, taken apart as that would do it, its cells cut."""

    def __init__(self, blocks: _Blocks, delimiter: str) -> None:
        self.cells: list[str] = []
        self.stray = False
        """Whether a closing quotation mark was followed by more text."""
        self.is_open = False
        """Whether the text ended between quotation marks."""
        self._blocks = blocks
        self._delimiter = delimiter
        self._plain_end = re.compile(f"[{re.escape(delimiter)}\r\n]")
        self._cell: list[str] = []
        self._size = 0
        self._breaks = [0, 0]
        self._ends_line = False
        self._text = blocks.take_all()
        self._at = 0
        while self._read_cell():
            pass
        blocks.give_back(self._text[self._at :])

    @property
    def lines(self) -> int:
        return max(self._breaks) + (not (self.is_open and self._ends_line))

    def _read_cell(self) -> bool:
        """Read a cell and the delimiter after it; False at the end of the record."""
        if self._peek() == '"':
            self._at += 1
            self._read_quoted()
            self.stray |= self._peek() not in ("", "\r", "\n", self._delimiter)
        while True:
            end = self._plain_end.search(self._text, self._at)
            self._add(self._text[self._at : end.start() if end else len(self._text)])
            self._at = end.start() if end else len(self._text)
            if end or not self._peek():
                break
        cell = "".join(self._cell)
        if len(self.cells) < MOST_CELLS:
            self.cells.append(cell)
        else:
            # A row that holds something must not look empty.
            self.cells[-1] = self.cells[-1] or cell
        self._cell, self._size = [], 0
        mark = self._peek()
        self._at += len(mark)
        if mark == "\r" and self._peek() == "\n":
            self._at += 1
        return mark == self._delimiter

    def _read_quoted(self) -> None:
        while True:
            end = self._text.find('"', self._at)
            part = self._text[self._at :] if end < 0 else self._text[self._at : end]
            self._add(part)
            self._ends_line = part.endswith(("\r", "\n")) if part else self._ends_line
            self._breaks[0] += part.count("\n")
            self._breaks[1] += part.count("\r")
            self._at += len(part)
            if not self._peek():
                self.is_open = True
                return
            if end >= 0:
                self._at += 1
                if self._peek() != '"':
                    return
                self._add('"')
                self._at += 1

    def _peek(self) -> str:
        if self._at >= len(self._text):
            self._text, self._at = self._blocks.take_next(), 0
        return self._text[self._at : self._at + 1]

    def _add(self, part: str) -> None:
        room = CELL_LIMIT + 1 - self._size
        if room > 0 and part:
            self._cell.append(part[:room])
            self._size += min(room, len(part))


def _ran_together(lines: Sequence[str], row: Sequence[str], delimiter: str, width: int) -> bool:
    """Say whether a record of several lines is not what its writer meant.

    A quotation mark that is never closed ends at the next one that opens, which text then follows: no writer does
    that. Where the next one happens to stand before a delimiter, the swallowed lines are known by their shape.
    """
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        mended = _BLANK_AFTER_QUOTE.sub("", "".join(lines))
        try:
            for _ in csv.reader(io.StringIO(mended, newline=""), delimiter=delimiter, strict=True):
                pass
        except csv.Error:
            return True
    return _looks_swallowed(row, delimiter, width)


def _looks_swallowed(row: Sequence[str], delimiter: str, width: int) -> bool:
    """Say whether the lines of a cell are rows of the table rather than lines of a text.

    Each has as many cells as the header, and no blank after a delimiter, as prose has. A cell of two lines must hold
    three delimiters at least, in the right places.
    """
    if width < 3:
        return False
    for place, cell in enumerate(row):
        if "\n" not in cell and "\r" not in cell:
            continue
        first, *inner, last = (_cells_in(line, delimiter) for line in _BREAK.split(cell))
        whole = [cells for cells in inner if cells != 1]
        alike = sum(cells == width for cells in whole)
        if alike > 1 and alike * 2 > len(inner):
            return True
        fits = place + first == width and last + len(row) - place - 1 == width
        if fits and alike == len(whole) == len(inner) and width > 3 - alike:
            return True
    return False


def _cells_in(line: str, delimiter: str) -> int:
    cells = line.split(delimiter)
    return 0 if any(cell.startswith(" ") for cell in cells[1:]) else len(cells)
