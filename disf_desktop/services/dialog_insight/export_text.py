"""The text of a CSV export: its encoding, its columns, its rows, and whether it is whole.

What a real export looks like is not known (reference/dialog-insight.md, section 17), so names of columns are taken with
or without their prefixes, and the three usual delimiters and encodings are understood. Nothing is guessed where a wrong
guess would change a value.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader, TextIOWrapper

from disf_desktop.core.schema import FieldType, Schema
from disf_desktop.services.dialog_insight.changes import MODIFIED
from disf_desktop.services.dialog_insight.optins import SINCE, STATE
from disf_desktop.services.dialog_insight.wire import CONTACT_NUMBER

BLOCK = 1 << 16
DELIMITERS = ",;\t"

COUNT = "#rows"
"""How the last line begins, where there is one that counts the rows: `#rows,<n>`."""

_LONGEST_LINE = 4 << 20  # characters
_MOST_DIGITS = 18  # of a number of contacts, or of one of them
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")

Columns = tuple[tuple[int, str], ...]
"""Where each known column stands, and its name in web services."""


class Defect(Exception):
    """Why a file is not a whole export; the words hold nothing of a person."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the text is written."""

    encoding: str
    delimiter: str
    width: int
    """The number of columns."""


def encoding_of(raw: BufferedReader) -> tuple[str, str]:
    """Give the encoding of a file, and the SHA-256 of its bytes.

    Text without a mark that is not UTF-8 is Windows-1252, unless most of what is beyond ASCII is UTF-8: then it is
    damaged, and reading it otherwise would spoil every accent.
    """
    digest = sha256()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    mark, good, bad = None, 0, 0
    raw.seek(0)
    for number, block in enumerate(iter(lambda: raw.read(BLOCK), b"")):
        digest.update(block)
        if number == 0:
            mark = next((name for bytes, name in _MARKS.items() if block.startswith(bytes)), None)
        if mark is None and not (block.isascii() and decoder.getstate() == (b"", 0)):
            text = decoder.decode(block)
            good, bad = good + len(_BEYOND_ASCII.findall(text)), bad + len(_NOT_UTF8.findall(text))
    if mark is not None:
        return mark, digest.hexdigest()
    bad += len(_NOT_UTF8.findall(decoder.decode(b"", final=True)))
    if good > bad > 0:
        raise Defect("its text is damaged UTF-8")
    return "cp1252" if bad else "utf-8", digest.hexdigest()


def sniff(raw: BufferedReader, encoding: str, schema: Schema) -> tuple[Dialect, list[str]]:
    """Give the dialect and the header: the delimiter is the one that makes most names of columns known."""
    known = _known_names(schema)
    with _Text(raw, encoding) as text:
        line = next(iter(text), "")
    best: tuple[int, str, list[str]] = (0, "", [])
    for delimiter in DELIMITERS:
        try:
            cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        score = sum(_folded(each) in known for each in cells)
        best = max(best, (score, delimiter, cells), key=lambda each: each[0])
    _, delimiter, header = best
    if not header:
        raise Defect("its first line names no field of the project")
    return Dialect(encoding, delimiter, len(header)), header


def columns_of(header: Sequence[str], schema: Schema) -> tuple[Columns, tuple[str, ...]]:
    """Give the known columns, and the names of those that are not.

    Raises Defect where nobody can be told apart, or a field has no column: its values would be taken for empty.
    """
    known = _known_names(schema)
    columns = tuple((place, known[_folded(name)]) for place, name in enumerate(header) if _folded(name) in known)
    names = [name for _, name in columns]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Defect(f"{', '.join(twice)} comes in more than one column")
    if CONTACT_NUMBER not in names and not (schema.key and all(f"f_{code}" in names for code in schema.key)):
        raise Defect(f"it has neither a column {CONTACT_NUMBER} nor those of the primary key")
    if missing := [name for name in (f"f_{code}" for code in _readable(schema)) if name not in names]:
        raise Defect(f"it has no column {', '.join(missing)}")
    unknown = (name.strip() for name in header if _folded(name) not in {*known, MODIFIED.casefold()})
    return columns, tuple(unknown)


def judge(raw: BufferedReader, dialect: Dialect, columns: Columns, key: Sequence[str]) -> int:
    """Read all rows and count them. Raises Defect for the first thing that shows the file to be cut, shifted or mixed.

    `key` names the columns of the primary key, as in web services.
    """
    places = {name: place for place, name in columns}
    number = places.get(CONTACT_NUMBER)
    key_places = [places[name] for name in key if name in places] if set(key) <= places.keys() else []
    count = 0
    with closing(rows_of(raw, dialect)) as rows:
        for line, row in rows:
            count += 1
            rid = "" if number is None else row[number].strip()
            if rid and not (rid.isascii() and rid.isdecimal() and rid[0] != "0" and len(rid) <= _MOST_DIGITS):
                raise Defect(f"line {line} has an {CONTACT_NUMBER} that is not a number")
            if not rid and not (key_places and all(row[place].strip() for place in key_places)):
                raise Defect(f"line {line} does not say whose it is")
    return count


def rows_of(
    raw: BufferedReader, dialect: Dialect, expected: int | None = None
) -> Generator[tuple[int, list[str]], None, None]:
    """Give the rows, each with the number of its last line; at the end, Defect unless the file is complete.

    `expected` is the number of rows found before, where there is one.
    """
    rows, counted = 0, None
    with _Text(raw, dialect.encoding) as text:
        reader = csv.reader(text, delimiter=dialect.delimiter, strict=True)
        try:
            next(reader, None)
            for row in reader:
                if not any(map(str.strip, row)):
                    continue
                if counted is not None:
                    raise Defect(f"line {reader.line_num} follows the line that counts the rows")
                counted = _count_in(row)
                if counted is None:
                    if len(row) != dialect.width:
                        raise Defect(f"line {reader.line_num} has {len(row)} columns, the first has {dialect.width}")
                    rows += 1
                    yield reader.line_num, row
        except csv.Error:
            raise Defect(f"line {reader.line_num} is not CSV, or a quote is not closed") from None
        if counted is None and not text.ended:
            raise Defect("it breaks off in its last line")
    if counted not in (None, rows) or expected not in (None, rows):
        raise Defect(f"it has {rows} rows, and says {expected if counted in (None, rows) else counted}")


class _Text:
    """The lines of a file from its beginning; `ended` says whether the last one had its end."""

    def __init__(self, raw: BufferedReader, encoding: str) -> None:
        raw.seek(0)
        self._text = TextIOWrapper(raw, encoding=encoding, newline="")
        self.ended = True

    def __enter__(self) -> _Text:
        return self

    def __exit__(self, *_: object) -> None:
        self._text.detach()  # the file is not ours to close

    def __iter__(self) -> Iterator[str]:
        while line := self._line():
            self.ended = line[-1] in "\r\n"
            if not self.ended and len(line) == _LONGEST_LINE:
                raise Defect("a line of it has no end")
            yield line

    def _line(self) -> str:
        try:
            return self._text.readline(_LONGEST_LINE)
        except UnicodeDecodeError as failure:
            raise Defect(f"its text cannot be read as {failure.encoding}") from None


def _known_names(schema: Schema) -> dict[str, str]:
    """Give for each folded name that a column may have the name in web services; the first to claim one has it."""
    named = [(CONTACT_NUMBER, CONTACT_NUMBER)]
    named += [(begin + each.name, begin + each.name) for each in schema.optins for begin in (STATE, SINCE)]
    named += [(prefix + code, f"f_{code}") for prefix in ("f_", "key_f_", "") for code in _readable(schema)]
    known: dict[str, str] = {}
    for name, on_wire in named:
        known.setdefault(_folded(name), on_wire)
    return known


def _readable(schema: Schema) -> list[str]:
    return [code for code, each in schema.fields.items() if each.type is not FieldType.UNSUPPORTED]


def _folded(name: str) -> str:
    return name.strip().casefold()


def _count_in(row: Sequence[str]) -> int | None:
    """Give the number that the last line says, None for another line."""
    if row[0].casefold() != COUNT or len(row) < 2 or any(row[2:]):
        return None
    said = row[1].strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= _MOST_DIGITS else None
