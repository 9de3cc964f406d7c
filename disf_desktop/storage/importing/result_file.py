"""CSV files for a spreadsheet: written whole or not at all, with cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import contextlib
import csv
import itertools
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from disf_desktop.core.errors import DisfError, DiskFull
from disf_desktop.storage.files import sync_folder
from disf_desktop.storage.room import OUT_OF_ROOM

_INVISIBLE: Final = "\0\ufeff\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069"
_FORMULA: Final = re.compile(rf"((?:[^\S\t\r]|[{_INVISIBLE}])*)(?=[=+\-@\t\r])")
_UNSEEN: Final = re.compile(rf"[{_INVISIBLE}]")
_NEGATIVE: Final = re.compile(r"-[0-9][0-9 \u00a0\u202f.,]*")
_VISIBLE: Final = re.compile(rf"[^\s{_INVISIBLE}]")
_LEADING: Final = "".join(c for c in map(chr, [*range(0x3001), 0xFEFF]) if c.isspace() or _UNSEEN.match(c))
_MAY_BE_ONE: Final = frozenset(f"=+-@{_LEADING}")
_BUFFER: Final = 2**18


class ResultsNotWritten(DisfError):
    """A file of results cannot be written where it should be."""

    code = "results"


def safe_cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula, after blanks too (OWASP, CSV injection).

    A negative number is none, a telephone number with its plus is one. Read as a cell of an import
    (`core.importing.cells.trimmed`), the text is the same with and without it; so one that begins with an apostrophe
    stays as it is.
    """
    found = _FORMULA.match(text)
    if found is None or _NEGATIVE.fullmatch(text) is not None or _VISIBLE.search(text) is None:
        return text
    rest = text[found.end() :]
    if rest[0] in "\t\r":
        # What cannot be seen would stand within the text once the apostrophe is read away.
        shown = rest.lstrip(_LEADING)
        rest = f"{_UNSEEN.sub('', rest[: len(rest) - len(shown)])}{shown}"
    return f"{found[1]}'{rest}"


def safe_cells(cells: Sequence[str]) -> list[str]:
    """Make every cell of a row safe for a spreadsheet."""
    return [safe_cell(cell) if cell[:1] in _MAY_BE_ONE else cell for cell in cells]


class ResultFile:
    """A CSV file for its owner alone that is there under its name once it `appears`, or not at all.

    Raises ResultsNotWritten, DiskFull.
    """

    def __init__(self, folder: Path, header: Sequence[str], *, delimiter: str = ",", marked: bool = True) -> None:
        """Begin a file in a folder; `marked` puts the mark before it by which Excel knows UTF-8."""
        self._folder = folder
        self.rows = 0
        with _told_of_writing(folder):
            descriptor, name = tempfile.mkstemp(prefix=".results.", suffix=".part", dir=folder)
            self._part = Path(name)
            # A lone carriage return within a cell is quoted only where lines end with one.
            self._file = open(  # noqa: SIM115, PTH123 - closed in __exit__; the descriptor is there already
                descriptor,
                "w",
                _BUFFER,
                encoding="utf-8-sig" if marked else "utf-8",
                errors="replace",
                newline="",
            )
            self._writer: Any = csv.writer(self._file, delimiter=delimiter, lineterminator="\r\n")
            self._writer.writerow(header)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Leave nothing behind where the file did not appear."""
        with contextlib.suppress(OSError):
            self._file.close()
        with contextlib.suppress(OSError):
            self._part.unlink(missing_ok=True)

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        with _told_of_writing(self._folder):
            self._writer.writerows(rows)
        self.rows += len(rows)

    def finish(self) -> None:
        """Bring the last byte to the disk."""
        with _told_of_writing(self._folder):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()

    def appear(self, path: Path, *, instead: bool = False) -> None:
        """Let the finished file have its name; FileExistsError where it is taken, unless it comes `instead` of that."""
        with _told_of_writing(self._folder):
            if instead:
                self._part.replace(path)
            else:
                _name(self._part, path)
            sync_folder(path.parent)


def appear_together(files: Mapping[str, ResultFile], folder: Path) -> dict[str, Path]:
    """Let finished files have their names, `results.csv` for `results`, with one number for all where one is taken."""
    number = next(n for n in itertools.count(1) if not any(_numbered(folder, name, n).exists() for name in files))
    return {name: _appear(file, folder, name, number) for name, file in files.items()}


def _appear(file: ResultFile, folder: Path, name: str, number: int) -> Path:
    while True:
        path = _numbered(folder, name, number)
        try:
            file.appear(path)
        except FileExistsError:  # somebody took the name meanwhile
            number += 1
        else:
            return path


def _numbered(folder: Path, name: str, number: int) -> Path:
    return folder / (f"{name}.csv" if number == 1 else f"{name} ({number}).csv")


def _name(part: Path, path: Path) -> None:
    """Give a file a name that nobody has."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(path) from None
        part.replace(path)
    else:
        part.unlink()


@contextlib.contextmanager
def _told_of_writing(where: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno in OUT_OF_ROOM:
            raise DiskFull(
                "The disk is too full for the results.", "Make room, then save them again.", str(where)
            ) from None
        raise ResultsNotWritten(
            f"The results cannot be written: {error.strerror}.", "Choose another folder for them.", str(where)
        ) from None
