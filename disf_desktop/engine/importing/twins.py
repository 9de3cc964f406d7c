"""The rows of a file that share a key, told row by row in bounded memory, however many there are."""

from __future__ import annotations

from array import array
from typing import Final

from disf_desktop.engine.importing.ports import ImportBook

_ROWS_AT_ONCE: Final = 2_000_000
"""Of so many rows of the file it is known at once with which other one each shares its key: 16 MB."""


class Twins:
    """Tells of each row, asked in the order of the file, whether others have its key.

    `rows` counts all rows with a key that comes more than once, `last` is the last one of them.
    """

    def __init__(self, book: ImportBook, rows_at_once: int = _ROWS_AT_ONCE) -> None:
        self._book, self._at_once = book, rows_at_once
        self._first = 0
        self._others = self._counts = array("I")
        self.rows = self.last = 0
        for group in book.duplicates():
            self.rows += len(group)
            self.last = max(self.last, group[-1])
        if self.rows:
            self._know_from(0)

    def __bool__(self) -> bool:
        return self.rows > 0

    def of(self, row: int) -> tuple[int, int] | None:
        """Give another row with the same key, and how many have it: the first one, or of the first one the next."""
        if row > self.last:
            return None
        while row >= self._first + self._at_once:
            self._know_from(self._first + self._at_once)
        place = row - self._first
        return (self._others[place], self._counts[place]) if self._counts[place] else None

    def _know_from(self, first: int) -> None:
        """Learn of the rows from `first` on."""
        self._first = first
        length = min(self._at_once, self.last + 1 - first)
        self._others, self._counts = array("I", bytes(4 * length)), array("I", bytes(4 * length))
        for group in self._book.duplicates():
            for n, row in enumerate(group):
                if first <= row < first + length:
                    self._others[row - first] = group[1 if n == 0 else 0]
                    self._counts[row - first] = len(group)
