"""What the ledger tells, as files for a person's spreadsheet or for an auditor: CSV or JSON, for their owner alone."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import orjson

from disf_desktop.core.errors import DiskFull, LedgerError
from disf_desktop.core.events import OperationPlanned
from disf_desktop.core.history import ConflictRecord, ConsentEventRecord, ConsentWaiting, SetAsideRecord
from disf_desktop.core.waiting import RunChange
from disf_desktop.storage.files import sync_folder
from disf_desktop.storage.room import MAKE_ROOM, OUT_OF_ROOM

SET_ASIDE_COLUMNS = (
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
CONFLICT_COLUMNS = (
    "id",
    "integration",
    "key",
    "field",
    "salesforce",
    "dialog_insight",
    "rule",
    "winner",
    "state",
    "at",
    "chosen",
)
WAITING_COLUMNS = (
    "kind",
    "integration",
    "salesforce_id",
    "contact_id",
    "purpose",
    "since",
    "dialog_insight",
    "effective",
    "as_of",
    "rule",
    "detail",
)
EVENT_COLUMNS = (
    "seq",
    "at",
    "run",
    "salesforce_id",
    "contact_id",
    "purpose",
    "action",
    "dialog_insight",
    "effective",
    "as_of",
    "source",
    "before",
    "after",
    "rule",
    "operation",
    "request_id",
)
PLAN_COLUMNS = ("integration", "side", "kind", "key", "field", "before", "after", "rule")
CHANGE_COLUMNS = ("integration", "side", "salesforce_id", "contact_id", "field", "before", "after")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

T = TypeVar("T")


def as_csv(records: Iterable[SetAsideRecord]) -> Iterator[bytes]:
    """Give set-aside records as the lines of a CSV file."""
    named = {"key": "rid"}
    return _csv(SET_ASIDE_COLUMNS, ([getattr(r, named.get(c, c)) for c in SET_ASIDE_COLUMNS] for r in records))


def conflicts_as_csv(records: Iterable[ConflictRecord]) -> Iterator[bytes]:
    """Give conflicts as the lines of a CSV file."""
    return _csv(CONFLICT_COLUMNS, ([getattr(r, c) for c in CONFLICT_COLUMNS] for r in records))


def waiting_as_csv(records: Iterable[ConsentWaiting]) -> Iterator[bytes]:
    """Give consents that wait as the lines of a CSV file."""
    return _csv(WAITING_COLUMNS, ([getattr(r, c) for c in WAITING_COLUMNS] for r in records))


def events_as_csv(records: Iterable[ConsentEventRecord]) -> Iterator[bytes]:
    """Give the trail of consents as the lines of a CSV file."""
    return _csv(EVENT_COLUMNS, ([getattr(r, c) for c in EVENT_COLUMNS] for r in records))


def operations_as_csv(operations: Iterable[OperationPlanned]) -> Iterator[bytes]:
    """Give the operations of a plan as the lines of a CSV file, a field a line."""
    return _csv(
        PLAN_COLUMNS,
        (
            [each.integration, each.side.value, each.kind, each.key, name, change.before, change.after, change.rule]
            for each in operations
            for name, change in each.fields.items()
        ),
    )


def changes_as_csv(changes: Iterable[RunChange]) -> Iterator[bytes]:
    """Give the updates of a run as the lines of a CSV file, a field a line."""
    return _csv(
        CHANGE_COLUMNS,
        (
            [each.integration, each.side.value, each.salesforce_id, each.contact_id, name, each.before.get(name), after]
            for each in changes
            for name, after in each.after.items()
        ),
    )


def as_json(records: Iterable[ConsentEventRecord]) -> Iterator[bytes]:
    """Give the trail of consents as a JSON list, an event a line."""
    before = b"[\n"
    for record in records:
        yield before + orjson.dumps(asdict(record))
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Give the lines of the file: UTF-8 with a mark, so that spreadsheets see the accents."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    text.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe(value) for value in row])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    yield text.getvalue().encode()


def safe(value: Any) -> str:
    """Give a cell that a spreadsheet takes for text: one that begins like a formula gets an apostrophe first.

    Nothing is an empty cell, several choices are parted by semicolons.
    """
    text = "" if value is None else ";".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
    return "'" + text if text.startswith(_FORMULA) else text


def write_file(path: Path, form: Callable[[Iterable[T]], Iterator[bytes]], records: Iterable[T]) -> int:
    """Write records to a file as they come, whole or not at all, for its owner alone; give how many there were.

    Raises LedgerError, of it DiskFull, where the file cannot be written.
    """
    count = 0

    def counted() -> Iterator[T]:
        nonlocal count
        for record in records:
            count += 1
            yield record

    path = path.resolve()
    part: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        part = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(form(counted()))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        if error.errno in OUT_OF_ROOM:
            raise DiskFull("The disk is too full for the file.", MAKE_ROOM, where=str(path)) from None
        raise LedgerError(
            f"The file cannot be written: {error.strerror}.", "Choose another place for it.", where=str(path)
        ) from None
    finally:
        if part is not None:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    return count
