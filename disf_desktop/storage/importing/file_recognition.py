"""What a file of rows is, told from a few looks into it: its beginning, and samples on the way to its end.

The time is the same for a file of any size. Codes of the findings that are made here, besides those of
`core.importing.recognition`; `~` marks those that are never sure:

| Aspect | Code | Figures | Meaning |
| --- | --- | --- | --- |
| encoding | said | broken | a person said it; so many characters of the samples cannot be read by it |
| encoding | byte_order_mark | | the first bytes name it |
| encoding | zeros_of_utf16 | | every second byte is zero |
| encoding | plain_ascii | | no byte above ASCII in the samples |
| encoding | valid_utf8 | characters | so many characters of several bytes, all of them valid |
| encoding | mixed_encodings ~ | rows, row | UTF-8, but for so many rows of the samples; the first, or 0 |
| encoding | fits_french | characters | so many characters, which make French of one encoding alone |
| encoding | several_fit ~ | characters, other | another encoding makes as much sense of them |
| encoding | workbook | | a workbook knows its own |
| delimiter | cut_at_end ~ | cells, width | the last row is short and has no line end: the file may be cut |
| sheet | sheet_said | sheet | a person said it |
| sheet | only_sheet | sheet, sheets | there is no other that is visible |
| sheet | formulas_without_value ~ | | cells of formulas that were never calculated are read as empty |
| sheet | first_sheet_with_rows ~ | sheet, sheets | the first of several visible sheets that has rows |
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import IO, Final, TypeVar

from disf_desktop.core.errors import UnexpectedAnswer
from disf_desktop.core.importing.file_form import Aspect, ColumnSeen, Container, Finding, KnownForm, Recognised
from disf_desktop.core.importing.header_row import is_filled
from disf_desktop.core.importing.recipe import DecimalMark, FileForm
from disf_desktop.core.importing.recognition import (
    MOST_ROWS,
    TextFound,
    other_values,
    recognise_columns,
    recognise_header,
    recognise_text,
    recognise_values,
)
from disf_desktop.storage.importing.file_kind import (
    SAMPLE_BYTES,
    archive_of,
    container_of,
    identity,
    only_member,
    opened,
    refuse_what_is_no_text,
    refused,
    still_the_same,
)
from disf_desktop.storage.importing.text_encoding import Encoding, known_encoding, recognise_encoding, unit_of
from disf_desktop.storage.importing.text_rows import records
from disf_desktop.storage.importing.workbook import MARKS, Workbook, damaged, open_workbook, texts

_LOOKS: Final = 12
_LOOK_BYTES: Final = 64 * 1024
_LINE_END: Final = 256

Row = tuple[int, tuple[str, ...]]
Item = TypeVar("Item")


def recognise(path: Path, said: FileForm, *, time_zone: str, staging: Path | None = None) -> Recognised:
    """Tell how a file is written, and what its columns hold; what a person has `said` holds.

    `time_zone` is the one of times without offset, unless the person said another. Nothing is written, to `staging`
    neither. Raises FileRefused where the file holds no rows that can be read here, with what to do.
    """
    before = identity(path)
    with opened(path) as file:
        head = file.read(SAMPLE_BYTES)
        container = container_of(path, file, head)
        match container:
            case Container.XLSX:
                found = _in_workbook(path, file, said, time_zone)
            case Container.ZIP:
                found = _in_zip(path, file, said, time_zone)
            case Container.TEXT:
                samples = [head, *_looks(file, before.size, len(head))]
                found = _in_text(path, Container.TEXT, samples, before.size, True, said, time_zone)
    still_the_same(path, before)
    return replace(found, size=before.size)


def _looks(file: IO[bytes], size: int, after: int) -> list[bytes]:
    """Read samples that are spread over what follows the beginning, the last of them at the end."""
    if size - after <= _LOOKS * _LOOK_BYTES:
        file.seek(after)
        rest = file.read(size - after)
        return [rest] if rest else []
    step = (size - after - _LOOK_BYTES) // (_LOOKS - 1)
    looks = []
    for number in range(_LOOKS):
        # Units of UTF-16 and UTF-32 are not parted.
        start = (size - _LOOK_BYTES) if number == _LOOKS - 1 else after + number * step
        file.seek(start - start % 4)
        looks.append(file.read(_LOOK_BYTES + (3 if number == _LOOKS - 1 else 0)))
    return looks


def _in_zip(path: Path, file: IO[bytes], said: FileForm, time_zone: str) -> Recognised:
    with archive_of(path, file) as archive:
        member = only_member(path, archive)
        try:
            with archive.open(member) as packed:
                head = packed.read(SAMPLE_BYTES)
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            message = "The file in the .zip is damaged."
            raise refused(path, message, "Copy or export it again.", "damaged") from error
    if not head:
        raise refused(path, "The file in the .zip is empty.", "Export it again, with its rows.", "empty")
    refuse_what_is_no_text(path, head)
    whole = len(head) == member.file_size
    return _in_text(path, Container.ZIP, [head], member.file_size, whole, said, time_zone)


def _in_text(
    path: Path,
    container: Container,
    samples: Sequence[bytes],
    size: int,
    to_end: bool,
    said: FileForm,
    time_zone: str,
) -> Recognised:
    encoding = _encoding(path, samples, said, to_end)
    whole = len(samples[0]) >= size
    decoder = codecs.getincrementaldecoder(encoding.name)("replace")
    sample = decoder.decode(samples[0], final=whole).removeprefix("\ufeff")
    found = _as_it_will_be_read(recognise_text(sample, said, whole=whole), sample, whole)
    _refuse_without_rows(path, found.rows)
    findings = [encoding.finding, *found.findings]
    if to_end and (cut := _cut_at_end(samples[-1], encoding.name, found)):
        findings.append(cut)
    columns = recognise_columns(found.names, found.rows, said)
    dates, decimal, of_values = recognise_values(columns, said)
    form = KnownForm(
        container,
        encoding.name,
        found.delimiter,
        found.header,
        found.names,
        fill_short_rows=said.fill_short_rows,
        opens_with_sep=found.opens_with_sep,
        dates=dates,
        decimal=decimal,
        time_zone=said.time_zone or time_zone,
    )
    rows_of_sample = sum(1 for row in records(iter([sample]), found.delimiter, 0) if row)
    estimate = _estimated(rows_of_sample, samples, size) - found.header
    return Recognised(
        form,
        (*findings, *of_values),
        columns,
        found.rows,
        {Aspect.ENCODING: encoding.alternatives, **found.alternatives, **other_values(dates, decimal)},
        estimated_rows=max(estimate, 0),
    )


def _estimated(rows: int, samples: Sequence[bytes], size: int) -> int:
    """Guess the rows of the file from those of the first sample, and from how long lines are in all of them."""
    ends = [sample.count(b"\n") or sample.count(b"\r") for sample in samples]
    rows_of_a_line = rows / max(ends[0], 1)
    return round(rows_of_a_line * sum(ends) * size / sum(map(len, samples))) if ends[0] else rows


def _as_it_will_be_read(found: TextFound, sample: str, whole: bool) -> TextFound:
    """Put the rows of the sample in place of those found, for a cell that is too large or left open parts them."""
    read = islice(records(iter([sample]), found.delimiter, len(found.names)), found.opens_with_sep, MOST_ROWS)
    rows = list(enumerate(map(tuple, read), 1))
    if not rows[-1][1]:
        rows.pop()
    if not whole and found.header + 1 < len(rows) < MOST_ROWS:
        rows.pop()
    return replace(found, rows=tuple(row for row in rows[found.header :] if is_filled(row[1])))


def _encoding(path: Path, samples: Sequence[bytes], said: FileForm, to_end: bool) -> Encoding:
    if said.encoding is None:
        return recognise_encoding(samples, None, to_end=to_end)
    known = known_encoding(said.encoding)
    if known is None:
        message = f"{said.encoding} is no encoding of text that is known here."
        raise refused(path, message, "Choose another, for example utf-8 or cp1252.", "encoding")
    return recognise_encoding(samples, known, to_end=to_end)


def _refuse_without_rows(path: Path, rows: Sequence[Row]) -> None:
    if not rows:
        message = "The file has no row below its header."
        raise refused(path, message, "Export it again, and look whether the export has rows.", "no_rows")


def _cut_at_end(tail: bytes, encoding: str, found: TextFound) -> Finding | None:
    """Say so where the last line has no end and too few cells. One within quotation marks shows when it is read."""
    unit = unit_of(encoding)
    text = tail[len(tail) % unit :].decode(encoding, "replace")
    if text.endswith(("\r", "\n")):
        return None
    last = next(
        reversed(list(csv.reader(io.StringIO(text[-_LINE_END * 256 :], newline=""), delimiter=found.delimiter))), []
    )
    if not 0 < len(last) < len(found.names):
        return None
    figures = (("cells", len(last)), ("width", len(found.names)))
    return Finding(Aspect.DELIMITER, "cut_at_end", figures, sure=False)


# -- workbooks ---------------------------------------------------------------------------------------------------------


def _in_workbook(path: Path, file: IO[bytes], said: FileForm, time_zone: str) -> Recognised:
    with open_workbook(path, file) as book:
        try:
            sheet, finding, others = _sheet(path, book, said)
            cells = list(islice(book.rows(sheet), MOST_ROWS))
        except UnexpectedAnswer as error:
            raise damaged(path) from error
        warned = (Finding(Aspect.SHEET, "formulas_without_value", sure=False),) if book.uncalculated(sheet) else ()
        estimate = book.estimated_rows(sheet)
    # A number of a workbook has no mark of its own, and must not speak for one; the cells of text do.
    silent = recognise_header(_numbered(texts(row, "") for row in cells), said)
    _refuse_without_rows(path, silent.rows)
    seen = recognise_columns(silent.names, silent.rows, said)
    dates, decimal, of_values = recognise_values(seen, said)
    width = len(silent.names)
    rows = _rows(cells, MARKS[decimal], silent.header, width)
    columns = _columns(silent.names, rows, said, decimal)
    form = KnownForm(
        Container.XLSX,
        "utf-8",
        ",",
        silent.header,
        silent.names,
        sheet=sheet,
        fill_short_rows=said.fill_short_rows,
        dates=dates,
        decimal=decimal,
        time_zone=said.time_zone or time_zone,
    )
    return Recognised(
        form,
        (Finding(Aspect.ENCODING, "workbook"), finding, *warned, *silent.findings, *of_values),
        columns,
        rows,
        {Aspect.SHEET: others, Aspect.HEADER: silent.others, **other_values(dates, decimal)},
        estimated_rows=max(estimate - silent.header, len(rows)) if estimate else None,
    )


def _sheet(path: Path, book: Workbook, said: FileForm) -> tuple[str, Finding, tuple[str, ...]]:
    names = book.sheets
    if said.sheet is not None:
        if said.sheet not in names:
            message = f"The workbook has no sheet named “{said.sheet}”."
            raise refused(path, message, f"Choose one of these: {', '.join(names) or 'none'}.", "sheet")
        chosen, finding = said.sheet, Finding(Aspect.SHEET, "sheet_said", (("sheet", said.sheet),), said=True)
    else:
        first = book.first_with_rows()
        if first is None:
            raise refused(path, "No sheet of the workbook has rows.", "Look whether this is the right file.", "no_rows")
        chosen, figures = first, (("sheet", first), ("sheets", book.visible))
        if book.visible < 2:
            finding = Finding(Aspect.SHEET, "only_sheet", figures)
        else:
            finding = Finding(Aspect.SHEET, "first_sheet_with_rows", figures, sure=False)
    return chosen, finding, tuple(name for name in names if name != chosen)


def _numbered(rows: Iterable[Sequence[str]]) -> list[Row]:
    return [(number, tuple(row)) for number, row in enumerate(rows, 1)]


def _rows(cells: Sequence[Sequence[object]], mark: str, header: int, width: int) -> tuple[Row, ...]:
    """Give the rows after the header as they will be read: as wide as it, without the empty ones."""
    numbered = _numbered(texts(row, mark) for row in cells)
    return tuple((number, row + ("",) * (width - len(row))) for number, row in numbered[header:] if row)


def _columns(names: Sequence[str], rows: Sequence[Row], said: FileForm, decimal: DecimalMark) -> tuple[ColumnSeen, ...]:
    return recognise_columns(names, rows, said.model_copy(update={"decimal": decimal}))
