"""A file of rows, read anew each time in bounded memory, and never changed."""

from __future__ import annotations

import codecs
import csv
import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from io import BufferedReader
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from disf_desktop.core.importing.file_form import Container, KnownForm
from disf_desktop.storage.files import make_folder
from disf_desktop.storage.importing.file_kind import (
    Identity,
    archive_of,
    cannot_read_on,
    identity,
    only_member,
    opened,
    still_the_same,
)
from disf_desktop.storage.importing.file_recognition import recognise
from disf_desktop.storage.importing.text_rows import records
from disf_desktop.storage.importing.workbook import MARKS, open_workbook, texts
from disf_desktop.storage.room import OUT_OF_ROOM

__all__ = ["TableFile", "discard_staged", "recognise"]

_BLOCK: Final = 256 * 1024
_STAGED: Final = "staged-"

_NOTHING: Final = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\ufeff\0\x1a"
"""Blanks, and the mark with which DOS ended a file."""

Numbered = Iterator[tuple[int, list[str]]]


class TableFile:
    """The rows of a file, as `engine.importing.ports.RowSource` asks for them.

    A row is numbered as a spreadsheet shows it: the header, titles and empty lines count; the line `sep=;` does not,
    for a spreadsheet takes it for itself. A row in which every cell is empty or blank is passed over as an empty line
    is. A row into which an open quotation mark has drawn others is `core.importing.file_form.Swallowed`; a cell above
    131,072 characters is cut to one more than these. Raises FileRefused where there is no file to read, and
    UnexpectedAnswer where it is not, at the end of a reading, what it was when this was made.

    A workbook is read from a copy in the private folder `staging`, which its first reading leaves there.
    """

    def __init__(self, path: Path, form: KnownForm, staging: Path) -> None:
        self._path = path
        self._form = form
        self._staging = staging
        self._identity = identity(path)
        self._position: Callable[[], int] = lambda: 0
        self._sha256 = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._position = lambda: 0

    @property
    def size(self) -> int:
        return self._identity.size

    @property
    def position(self) -> int:
        return self._position()

    def sha256(self) -> str:
        """Give the SHA-256 of the file, in hexadecimal digits; it is read once."""
        if not self._sha256:
            with self._read() as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            still_the_same(self._path, self._identity)
            self._sha256 = found
        return self._sha256

    def rows(self) -> Numbered:
        """Give each row after the header with its number in the file, as `RowSource.rows` promises."""
        match self._form.container:
            case Container.TEXT:
                found = self._rows_of_text()
            case Container.ZIP:
                found = self._rows_of_zip()
            case Container.XLSX:
                found = self._rows_of_workbook()
        header = self._form.header
        with closing(found):
            for number, row in enumerate(found, 1):
                # What is greater than a blank begins with more than one: most rows are told by this alone.
                if row and number > header and (row[0] > " " or any(cell.strip(_NOTHING) for cell in row)):
                    yield number, row
        still_the_same(self._path, self._identity)

    def discard_staged(self) -> None:
        """Remove the copies that readings of this file have left."""
        discard_staged(self._staging, self.sha256())

    # -- text, as it is or packed ------------------------------------------------------------------------------------

    def _rows_of_text(self) -> Generator[list[str], None, None]:
        with self._read() as file:
            yield from self._records(file)

    def _rows_of_zip(self) -> Generator[list[str], None, None]:
        with (
            self._read() as file,
            archive_of(self._path, file) as archive,
            archive.open(only_member(self._path, archive)) as member,
        ):
            yield from self._records(member)

    def _records(self, file: IO[bytes]) -> Iterator[list[str]]:
        text = decoded(self._blocks(file), self._form.encoding)
        found = records(text, self._form.delimiter, self._form.width)
        return islice(found, 1, None) if self._form.opens_with_sep else found

    def _blocks(self, file: IO[bytes]) -> Iterator[bytes]:
        try:
            while block := file.read(_BLOCK):
                yield block
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
            still_the_same(self._path, self._identity)
            raise cannot_read_on(self._path, error) from error

    @contextmanager
    def _read(self) -> Iterator[BufferedReader]:
        """Open the file, so that `position` tells how far it was read."""
        with opened(self._path) as file:
            if Identity.of(os.fstat(file.fileno())) != self._identity:
                still_the_same(self._path, self._identity)
            self._position = lambda: self.size if file.closed else min(file.tell(), self.size)
            yield file

    # -- workbooks ---------------------------------------------------------------------------------------------------

    def _rows_of_workbook(self) -> Generator[list[str], None, None]:
        mark = MARKS[self._form.decimal]
        sheet = hashlib.sha256(f"{mark}{self._form.sheet}".encode()).hexdigest()[:16]
        staged = self._staging / f"{_STAGED}{self.sha256()}-{sheet}.csv"
        yield from self._rows_of_copy(staged) if staged.is_file() else self._rows_while_copied(mark, staged)

    def _rows_while_copied(self, mark: str, staged: Path) -> Iterator[list[str]]:
        """Give the rows of the sheet, and leave a copy of them when all are read.

        A cell that is not there is empty, so a row is as wide as the header. Without room for the copy there is none,
        and the next reading opens the workbook again.
        """
        width = self._form.width
        with self._read() as file, open_workbook(self._path, file) as book, closing(_Copy(staged)) as copy:
            for cells in book.rows(self._form.sheet):
                row = texts(cells, mark)
                if row and len(row) < width:
                    row.extend([""] * (width - len(row)))
                copy.write(row)
                yield row
            copy.keep()

    def _rows_of_copy(self, staged: Path) -> Iterator[list[str]]:
        with staged.open("rb") as file:
            whole = max(os.fstat(file.fileno()).st_size, 1)
            self._position = lambda: self.size if file.closed else self.size * file.tell() // whole
            # Nobody has left a quotation mark open here: with a width of 0 no cell is taken for rows.
            yield from records(decoded(self._blocks(file), "utf-8"), ",", 0)


def discard_staged(staging: Path, sha256: str = "") -> None:
    """Remove the copies of workbooks from a folder: those of one file, or all."""
    for copy in staging.glob(f"{_STAGED}{sha256}*"):
        with suppress(OSError):
            copy.unlink()


def decoded(blocks: Iterator[bytes], encoding: str) -> Iterator[str]:
    """Decode blocks of bytes, without the byte-order mark; what is no text becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    begun = False
    for block in blocks:
        text = decoder.decode(block)
        if text and not begun:
            text, begun = text.removeprefix("\ufeff"), True
        yield text
    yield decoder.decode(b"", True)


class _Copy:
    """Rows written to a copy for the owner alone, which is there under its name only when all are written."""

    def __init__(self, staged: Path) -> None:
        make_folder(staged.parent)
        descriptor, name = tempfile.mkstemp(prefix=f"{staged.stem}.", suffix=".part", dir=staged.parent)
        self._staged, self._part = staged, Path(name)
        self._file = os.fdopen(descriptor, "w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)
        self._has_room = True

    def write(self, row: list[str]) -> None:
        if self._has_room:
            with self._noticing_a_full_disk():
                self._writer.writerow(row)

    def keep(self) -> None:
        with self._noticing_a_full_disk():
            self._file.close()
        if self._has_room:
            self._part.replace(self._staged)

    def close(self) -> None:
        with self._noticing_a_full_disk():
            self._file.close()
        with suppress(FileNotFoundError):
            self._part.unlink()

    @contextmanager
    def _noticing_a_full_disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno not in OUT_OF_ROOM:
                raise
            self._has_room = False
