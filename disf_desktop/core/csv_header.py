"""The header line of a CSV file, from which the fields of a custom table are taken. The rows are never looked at."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
"""What may stand between two names, the likeliest first."""

KEY_PREFIX = "key_"
"""Marks the columns of the key in a file that Dialog Insight imports by itself (article 1000249454)."""

_QUOTED = re.compile(r'"(?:[^"]|"")*"')


@dataclass(frozen=True, slots=True)
class CsvHeader:
    """The names of the columns in their order, those that the file itself marks as key, and what stands between."""

    delimiter: str
    names: tuple[str, ...]
    key: tuple[str, ...] = ()


def read_header(text: str) -> CsvHeader:
    """Read the first line of a text; the delimiter is the one that stands there most, outside of quotes."""
    line = next((each for each in text.removeprefix("\ufeff").splitlines() if each.strip()), "")
    outside = _QUOTED.sub("", line)
    delimiter = max(DELIMITERS, key=outside.count)
    bare = [name.strip() for name in _split(line, delimiter) if name.strip()]
    names = tuple(_without_prefix(name) for name in bare)
    return CsvHeader(delimiter, names, tuple(n for n, was in zip(names, bare, strict=True) if n != was))


def _split(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])


def _without_prefix(name: str) -> str:
    is_key = name.casefold().startswith(KEY_PREFIX) and len(name) > len(KEY_PREFIX)
    return name[len(KEY_PREFIX) :] if is_key else name
