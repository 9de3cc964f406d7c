"""How a file of rows is written: what was recognised in it, why, and what else it could be.

`core.importing.recognition` finds it in a sample; `storage.importing.table_file` reads by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from disf_desktop.core.choices import DateOrder, DecimalMark


class Container(StrEnum):
    """What the rows lie in."""

    TEXT = "text"
    ZIP = "zip"  # one file of text, packed
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class KnownForm:
    """How a file is read, with nothing left open.

    `header` is the number of the row that names the columns (0: none does); the rows before it are titles and are
    passed over. Rows count from 1, as a spreadsheet shows them, empty ones included. `names` has one name a column.
    `opens_with_sep` says that the first line is `sep=;`, which Excel takes for itself.
    """

    container: Container
    encoding: str
    delimiter: str
    header: int
    names: tuple[str, ...]
    sheet: str = ""
    fill_short_rows: bool = False
    opens_with_sep: bool = False
    dates: DateOrder | None = None
    """None while nothing in the sample tells day-first from month-first."""
    decimal: DecimalMark = DecimalMark.POINT
    time_zone: str = "UTC"

    @property
    def width(self) -> int:
        return len(self.names)


class Aspect(StrEnum):
    """What is recognised in a file; each can be said otherwise by a person."""

    ENCODING = "encoding"
    DELIMITER = "delimiter"
    HEADER = "header"
    SHEET = "sheet"
    DATES = "dates"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Finding:
    """Why an aspect was taken for what it is. `code` is stable, for translations; `figures` are its parameters.

    `sure` is False where a person should look: another reading is as likely.
    """

    aspect: Aspect
    code: str
    figures: tuple[tuple[str, int | str], ...] = ()
    sure: bool = True
    said: bool = False
    """Whether a person said it, so that nothing was recognised."""


class CellKind(StrEnum):
    """What the cells of a column look like."""

    EMPTY = "empty"
    TEXT = "text"
    EMAIL = "email"
    NUMBER = "number"
    DATE = "date"
    TRUTH = "truth"  # yes and no, in either language
    RECORD_ID = "record_id"


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """What the sample shows of a column: its kind, filled cells, and how they are written.

    `day_first`, `month_first` and `either` count the dates that can be read one way only, or both; `dates` is what they
    say together, None where they do not. `comma` and `point` count the numbers that only one decimal mark explains.
    """

    name: str
    kind: CellKind
    filled: int
    empty: int
    samples: tuple[str, ...] = ()
    dates: DateOrder | None = None
    day_first: int = 0
    month_first: int = 0
    either: int = 0
    comma: int = 0
    point: int = 0
    threes: int = 0
    """Numbers that each mark explains as another one: 1,234."""
    leading_zeros: bool = False
    shortened: int = 0
    """Numbers that a spreadsheet has cut to an exponent (1.23457E+12): their digits are lost."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was found out about a file from its first rows.

    `rows` are the first rows after the header, each with its number in the file. `alternatives` holds for an aspect
    what else it may be, the likeliest first. `estimated_rows` is counted by size, None where it is not known.
    """

    form: KnownForm
    findings: tuple[Finding, ...]
    columns: tuple[ColumnSeen, ...]
    rows: Sequence[tuple[int, tuple[str, ...]]]
    alternatives: Mapping[Aspect, tuple[str, ...]] = field(default_factory=dict)
    size: int = 0
    estimated_rows: int | None = None

    def finding(self, aspect: Aspect) -> Finding | None:
        return next((each for each in self.findings if each.aspect is aspect), None)


RESULT_COLUMNS: Final = ("disf outcome", "disf id", "disf reason")
"""What a results file of ours has after the columns of the imported file; they are not imported again."""


class Swallowed(list[str]):
    """A row in which a quotation mark that is not closed has swallowed what follows: `lines` lines of the file."""

    __slots__ = ("lines",)

    def __init__(self, cells: Iterable[str], lines: int) -> None:
        super().__init__(cells)
        self.lines = lines


def names_of(cells: Sequence[str]) -> tuple[str, ...]:
    """Give one name for each cell of a header, each once: a bare one is `Column 3`, a second `Name` is `Name (2)`."""
    names: list[str] = []
    taken: dict[str, int] = {}  # the last number given to a name that came again
    for place, cell in enumerate(cells, 1):
        plain = " ".join(cell.split()) or f"Column {place}"
        name, number = plain, taken.get(plain.casefold(), 1)
        while name.casefold() in taken:
            number += 1
            name = f"{plain} ({number})"
        taken[plain.casefold()] = number
        taken.setdefault(name.casefold(), 1)
        names.append(name)
    return tuple(names)
