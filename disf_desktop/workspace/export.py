"""Set-aside records as a CSV file for a person's spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from disf_desktop.core.history import SetAsideRecord

COLUMNS = (
    "id",
    "integration",
    "side",
    "key",
    "field",
    "code",
    "message",
    "what_to_do",
    "first_seen",
    "last_seen",
    "tries",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(records: Iterable[SetAsideRecord]) -> Iterator[bytes]:
    """Give the lines of the file: UTF-8 with a mark, so that spreadsheets see the accents; one line a record."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    text.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer.writerow(COLUMNS)
    for r in records:
        row = (
            r.id,
            r.integration,
            r.side,
            r.rid,
            r.field,
            r.code,
            r.message,
            r.what_to_do,
            r.first_seen,
            r.last_seen,
            r.tries,
        )
        writer.writerow([safe(value) for value in row])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    yield text.getvalue().encode()


def safe(value: Any) -> str:
    """Give a cell that a spreadsheet takes for text: one that begins like a formula gets an apostrophe first."""
    text = str(value)
    return "'" + text if text.startswith(_FORMULA) else text
