"""openpyxl's reader, made to open a workbook in the same time whatever its size, and to keep nothing of a row.

Two things it does at once are put off. It looks through a sheet that does not say how large it is, to its end; and it
reads every text of the workbook, which here are read as far as a row asks for them. What it keeps of each row that it
has given (its height, its empty element) is let go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import IO, Any, Final

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import DATA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

MOST_ROWS: Final = 2**20
"""Rows of a sheet."""

_LOOK: Final = 256 * 1024
_SIZE: Final = re.compile(rb'<(?:\w+:)?dimension ref="[A-Z]+\d+:[A-Z]+(\d+)"')
_UNCALCULATED: Final = re.compile(rb"<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_ITEM: Final = f"{{{SHEET_MAIN_NS}}}si"
_PLAIN: Final = f"{{{SHEET_MAIN_NS}}}t"


class Sheet(ReadOnlyWorksheet):
    """A sheet whose rows are read on demand. What it says of its own size is not trusted, but for an estimate."""

    _get_source: Callable[[], IO[bytes]]
    _get_row: Callable[[Sequence[Any]], tuple[Any, ...]]
    _shared_strings: Any
    says_rows: int | None = None
    uncalculated = False
    """Whether formulas have no value stored with them, as where no spreadsheet has ever calculated them."""

    def _get_size(self) -> None:
        with self._get_source() as source:
            beginning = source.read(_LOOK)
        if size := _SIZE.search(beginning):
            self.says_rows = int(size[1])
        self.uncalculated = _UNCALCULATED.search(beginning) is not None

    def each_row(self) -> Iterator[tuple[Any, ...]]:
        """Give the cells of each row from the first one on, of rows that are not there none.

        Raises ValueError where rows are out of order, or beyond the last one that a sheet can have.
        """
        book: Any = self.parent
        expected = 1
        with self._get_source() as source:
            parser = _Rows(
                source,
                self._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for number, cells in parser.parse():
                if not expected <= number <= MOST_ROWS:
                    raise ValueError("the rows of the sheet are out of order")
                for _ in range(expected, number):
                    yield ()
                yield self._get_row(cells)
                expected = number + 1


class _Rows(WorkSheetParser):
    """Reads the rows of a sheet, and nothing else of it."""

    def parse(self) -> Generator[Any, None, None]:
        data: Any = None
        element: Any
        for event, element in iterparse(self.source, events=("start", "end")):
            if event == "start":
                data = element if element.tag == DATA_TAG else data
            elif element.tag == ROW_TAG and data is not None:
                yield self.parse_row(element)
                self.row_dimensions.clear()
                data.clear()
            elif element.tag == DATA_TAG:
                return


class Reader(ExcelReader):
    """Opens a workbook for its rows alone."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file, read_only=True, data_only=True, keep_links=False)
        self.sheets: list[Sheet] = []

    def read_strings(self) -> None:
        package: Any = self.package
        part = package.find(SHARED_STRINGS)
        if part is not None:
            texts: Any = _Texts(self.archive.open(part.PartName[1:]))
            self.shared_strings = texts

    def read_worksheets(self) -> None:
        book: Any = self.wb
        sheet: Any
        for sheet, relation in self.parser.find_sheets():
            if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                found = Sheet(book, sheet.name, relation.target, self.shared_strings)
                found.sheet_state = sheet.state
                book._sheets.append(found)
                self.sheets.append(found)


class _Texts:
    """The table of texts of a workbook, read as far as somebody has asked."""

    def __init__(self, source: IO[bytes]) -> None:
        self._read: list[str] = []
        self._more = _texts(source)

    def __getitem__(self, place: int) -> str:
        while place >= len(self._read):
            text = next(self._more, None)
            if text is None:
                raise IndexError("a cell names a text that is not there")
            self._read.append(text)
        return self._read[place]


def _texts(source: IO[bytes]) -> Iterator[str]:
    with source:
        root: Any = None
        node: Any
        for event, node in iterparse(source, events=("start", "end")):
            if root is None:
                root = node
            if event == "end" and node.tag == _ITEM:
                plain = len(node) == 1 and node[0].tag == _PLAIN
                rich: Any = None if plain else Text.from_tree(node)
                text: str = (node[0].text or "") if plain else rich.content
                root.clear()
                yield text.replace("x005F_", "")
