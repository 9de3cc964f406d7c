"""What a file of rows says of itself: delimiter, header, and how dates and numbers are written, each with its why.

Pure functions over the decoded beginning of a file. What a person said (`FileForm`) wins, each aspect by itself.
The codes of the findings, for the window's words; `~` marks those that are never sure:

| Aspect | Code | Figures | Meaning |
| --- | --- | --- | --- |
| delimiter | delimiter_said | delimiter | a person said it |
| delimiter | delimiter_sep_line | delimiter | the first line is `sep=;`, as Excel writes it |
| delimiter | delimiter_found | delimiter, columns, rows, of | `rows` of the `of` rows looked at have so many columns |
| delimiter | delimiter_none | rows | one column: no delimiter parts the rows alike |
| header | header_said | row | a person said it; row 0: no row names the columns |
| header | header_found | row | a row of names: the rows below are of other kinds, or its words are known ones |
| header | header_assumed ~ | row | nothing but texts below; the first row is taken for names |
| header | header_none | columns | the first row is of the same kinds as those below (not sure: only texts) |
| header | header_empty | | there is no row |
| header | titles_passed_over | rows | so many filled rows above the header |
| header | names_blank | columns | so many columns have no name, and are called by their place |
| header | names_repeated | columns | so many columns have a name that stood before; it is numbered |
| header | results_columns | columns | the last columns are those of a results file of ours; they are not imported |
| dates | dates_said | order | a person said it |
| dates | dates_none | | no column of dates |
| dates | dates_iso | dates | every date has the year first, or its month by name |
| dates | dates_day_first, dates_month_first | dates, either | `dates` can be read this way only, `either` in both |
| dates | dates_serial ~ | columns | so many columns of dates hold days as Excel counts them; there are no other dates |
| dates | dates_ambiguous ~ | either | every date can be read day-first and month-first |
| dates | dates_contradict ~ | {day,month}_first, {day,month}_first_column | how many of each, and where first |
| dates | dates_serial_columns ~ | columns, column | besides other dates, so many as dates_serial; the first |
| decimal | decimal_said | mark | a person said it |
| decimal | decimal_none | | no number has decimals or groups; the point is taken |
| decimal | decimal_found | mark, numbers | numbers that only this mark explains; none speaks for the other |
| decimal | decimal_ambiguous ~ | numbers | both marks explain every number (1,234), as different ones |
| decimal | decimal_contradict ~ | comma, point | numbers that only one mark explains; the more frequent is taken |
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from disf_desktop.core.importing.column_seen import recognise_columns as recognise_columns
from disf_desktop.core.importing.file_form import Aspect, ColumnSeen, Finding
from disf_desktop.core.importing.header_row import Row, is_filled
from disf_desktop.core.importing.header_row import recognise_header as recognise_header
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark, FileForm

DELIMITERS = (";", "\t", "|", ",")
"""What may stand between two cells; where two part a file as well, the first. A comma is the most used in texts."""

MOST_ROWS = 2_000
"""Rows of the sample that are looked at."""

MOST_COLUMNS = 20_000
"""Cells of a row that are looked at; a spreadsheet has 16,384 columns."""

_LONGEST_CELL = 131_072
"""Characters of a cell that is looked at. The csv module refuses longer ones too, until somebody allows its whole
process more."""

_ROWS_TO_PART = 200
_CHARACTERS_TO_PART = 65_536
_MOST_LINES_OF_A_CELL = 50


@dataclass(frozen=True, slots=True)
class TextFound:
    """How a text is parted into rows and columns. `rows` are those after the header that hold something, numbered."""

    delimiter: str
    opens_with_sep: bool
    header: int
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    alternatives: Mapping[Aspect, tuple[str, ...]] = field(default_factory=dict)


_SEP = re.compile(r'\ufeff?"?sep=(?P<delimiter>[^\r\n"])"?[ \t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)


def recognise_text(sample: str, said: FileForm, *, whole: bool) -> TextFound:
    """Find the delimiter and the header of a text. Unless it is `whole`, its last row may be cut and is left out.

    Rows are numbered from 1, empty ones included; a `sep=` line has no number, for Excel takes it for itself.
    """
    opening = _SEP.match(sample)
    text = sample[opening.end() :] if opening is not None else sample.removeprefix("\ufeff")
    chosen, finding, others = _delimiter(text, said, opening["delimiter"] if opening is not None else None, whole)
    found = recognise_header(list(islice(_records(text, chosen, whole), MOST_ROWS)), said)
    return TextFound(
        chosen,
        opening is not None,
        found.header,
        found.names,
        found.rows,
        (finding, *found.findings),
        {Aspect.DELIMITER: others, Aspect.HEADER: found.others},
    )


def _records(text: str, delimiter: str, whole: bool) -> Iterator[Row]:
    """Give the rows of a text, empty ones too. One with a cell that is too large is given as empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number, last = 0, None
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            cells = []
        if any(len(cell) > _LONGEST_CELL for cell in cells):
            cells = []
        if last is not None:
            yield last
        last = (number, tuple(cells[:MOST_COLUMNS]))
    if last is not None and (whole or number == 2):
        yield last


# The delimiter


class _Parted(NamedTuple):
    """How a delimiter parts the first rows: `rows` of the `of` filled ones have `columns`, the most frequent width."""

    delimiter: str
    columns: int
    rows: int
    of: int
    first: int
    """How many rows stand before the first one of that width."""
    opens_alone: bool
    """Whether the first row has one cell, as a title has, or the name of an only column."""
    in_texts: bool
    """Whether it mostly stands between two digits or before a blank, as it does in numbers and in prose."""

    @property
    def share(self) -> float:
        return self.rows / self.of

    @property
    def is_even(self) -> bool:
        """Say whether nearly all rows from the first one of that width on have it."""
        return self.rows >= _MOSTLY * (self.of - self.first)


def _part(text: str, delimiter: str, whole: bool) -> _Parted | None:
    rows = [cells for _, cells in islice(_records(text, delimiter, whole), _ROWS_TO_PART) if is_filled(cells)]
    rows = [cells for cells in rows if max(cell.count("\n") for cell in cells) <= _MOST_LINES_OF_A_CELL]
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    if not widths:
        return None
    columns, count = max(widths.items(), key=lambda each: (each[1], each[0]))
    first = next(place for place, cells in enumerate(rows) if len(cells) == columns)
    start = text[:_CHARACTERS_TO_PART]
    inside = len(_INSIDE_TEXTS[delimiter].findall(start)) if delimiter in _INSIDE_TEXTS else 0
    return _Parted(
        delimiter, columns, count, len(rows), first, len(rows[0]) == 1, inside >= _MOSTLY * start.count(delimiter)
    )


_INSIDE_TEXTS = {
    ",": re.compile(r"(?<=[0-9]),(?=[0-9])|,(?= )"),
    ";": re.compile(r";(?= )"),
    "|": re.compile(r"(?<= )\|(?= )"),
}
_NOTHING = "".join(DELIMITERS) + '" \r\n'
_MOSTLY = 0.8
_LEAST = 0.5
_LATE, _IN_TEXTS, _MARGIN = 0.2, 0.5, 0.1


def _delimiter(text: str, said: FileForm, by_sep: str | None, whole: bool) -> tuple[str, Finding, tuple[str, ...]]:
    """Choose what parts the rows into the same number of cells most often; give what else it may be, too.

    One that first does so further down than another, past the header, counts for less; so does one that stands in
    numbers or prose where another parts the rows as well, or where the first row has one cell only.
    """
    found = [parted for parted in (_part(text, each, whole) for each in DELIMITERS) if parted is not None]
    good = [each for each in found if each.share >= _LEAST]
    plain = [each for each in good if not each.in_texts]
    earliest = min((each.first for each in plain or good), default=0)

    def worth(each: _Parted) -> float:
        is_doubtful = each.in_texts and (each.opens_alone or any(other is not each for other in plain))
        return each.share - (_LATE if each.first > earliest else 0) - (_IN_TEXTS if is_doubtful else 0)

    ranked = sorted(found, key=worth, reverse=True)
    order = [each.delimiter for each in ranked] + [
        each for each in DELIMITERS if each not in {f.delimiter for f in found}
    ]
    if said.delimiter is not None:
        return _told(said.delimiter, "delimiter_said", order, said=True)
    if by_sep is not None:
        return _told(by_sep, "delimiter_sep_line", order)
    if not ranked or worth(ranked[0]) < _LEAST:
        start = text[:_CHARACTERS_TO_PART]
        absent = (min if start.strip(_NOTHING) else max)(DELIMITERS, key=start.count)
        rows = sum(is_filled(cells) for _, cells in islice(_records(text, absent, whole), _ROWS_TO_PART))
        finding = Finding(Aspect.DELIMITER, "delimiter_none", (("rows", rows),), sure=not good)
        return absent, finding, tuple(each for each in order if each != absent)
    best = ranked[0]
    is_near = len(ranked) > 1 and worth(ranked[1]) > worth(best) - _MARGIN
    figures = (("delimiter", best.delimiter), ("columns", best.columns), ("rows", best.rows), ("of", best.of))
    sure = best.is_even and not is_near and not (best.opens_alone and best.columns == 2)
    finding = Finding(Aspect.DELIMITER, "delimiter_found", figures, sure=sure)
    return best.delimiter, finding, tuple(each for each in order if each != best.delimiter)


def _told(
    delimiter: str, code: str, order: Sequence[str], *, said: bool = False
) -> tuple[str, Finding, tuple[str, ...]]:
    finding = Finding(Aspect.DELIMITER, code, (("delimiter", delimiter),), said=said)
    return delimiter, finding, tuple(each for each in order if each != delimiter)


# Dates and decimals


def recognise_values(
    columns: Sequence[ColumnSeen], said: FileForm
) -> tuple[DateOrder | None, DecimalMark, tuple[Finding, ...]]:
    """Find how dates and decimals are written in the whole file; dates are None where nothing tells, or all do not."""
    dates, of_dates = _dates(columns, said)
    decimal, of_decimal = _decimal(columns, said)
    return dates, decimal, (*of_dates, of_decimal)


def other_values(dates: DateOrder | None, decimal: DecimalMark) -> dict[Aspect, tuple[str, ...]]:
    """Give what dates and decimals may be besides what they were taken for."""
    orders = (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.ISO, DateOrder.SERIAL)
    return {
        Aspect.DATES: tuple(each.value for each in orders if each is not dates),
        Aspect.DECIMAL: tuple(each.value for each in DecimalMark if each is not decimal),
    }


def _dates(columns: Sequence[ColumnSeen], said: FileForm) -> tuple[DateOrder | None, list[Finding]]:
    def finding(code: str, *figures: tuple[str, int | str], sure: bool = True) -> Finding:
        return Finding(Aspect.DATES, code, figures, sure=sure)

    if said.dates is not None:
        return said.dates, [Finding(Aspect.DATES, "dates_said", (("order", said.dates.value),), said=True)]
    serials = [each for each in columns if each.dates is DateOrder.SERIAL]
    written = [each for each in columns if each.day_first or each.month_first or each.either]
    iso = [each for each in columns if each.dates is DateOrder.ISO]
    if not written and not iso:
        if serials:
            return DateOrder.SERIAL, [finding("dates_serial", ("columns", len(serials)), sure=False)]
        return None, [finding("dates_none")]
    besides = []
    if serials:
        figures = ("columns", len(serials)), ("column", serials[0].name)
        besides.append(finding("dates_serial_columns", *figures, sure=False))
    day, month = sum(each.day_first for each in written), sum(each.month_first for each in written)
    either = sum(each.either for each in written)
    if day and month:
        by_day, by_month = (next(each.name for each in written if count(each)) for count in _COUNTS)
        told = finding(
            "dates_contradict",
            ("day_first", day),
            ("month_first", month),
            ("day_first_column", by_day),
            ("month_first_column", by_month),
            sure=False,
        )
        return None, [told, *besides]
    if day:
        return DateOrder.DAY_FIRST, [finding("dates_day_first", ("dates", day), ("either", either)), *besides]
    if month:
        return DateOrder.MONTH_FIRST, [finding("dates_month_first", ("dates", month), ("either", either)), *besides]
    if either:
        return None, [finding("dates_ambiguous", ("either", either), sure=False), *besides]
    return DateOrder.ISO, [finding("dates_iso", ("dates", sum(each.filled for each in iso))), *besides]


_COUNTS: tuple[Callable[[ColumnSeen], int], ...] = (lambda each: each.day_first, lambda each: each.month_first)


def _decimal(columns: Sequence[ColumnSeen], said: FileForm) -> tuple[DecimalMark, Finding]:
    def finding(code: str, *figures: tuple[str, int | str], sure: bool = True) -> Finding:
        return Finding(Aspect.DECIMAL, code, figures, sure=sure)

    if said.decimal is not None:
        return said.decimal, Finding(Aspect.DECIMAL, "decimal_said", (("mark", said.decimal.value),), said=True)
    comma, point = sum(each.comma for each in columns), sum(each.point for each in columns)
    threes = sum(each.threes for each in columns)
    mark = DecimalMark.COMMA if comma > point else DecimalMark.POINT
    if comma and point:
        return mark, finding("decimal_contradict", ("comma", comma), ("point", point), sure=False)
    if comma or point:
        return mark, finding("decimal_found", ("mark", mark.value), ("numbers", comma or point))
    if threes:
        return mark, finding("decimal_ambiguous", ("numbers", threes), sure=False)
    return mark, finding("decimal_none")
