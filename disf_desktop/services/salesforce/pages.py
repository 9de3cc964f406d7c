"""A window of an object, page by page in the order (SystemModstamp, Id), by keyset.

Fields that do not fit into one query are read in several lists, put together record by record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from disf_desktop.core.errors import UnexpectedAnswer
from disf_desktop.core.records import Page, Position, SourceRecord, Window
from disf_desktop.services.salesforce import query

Ask = Callable[[str], Any]
"""Carries out a query and gives the first page of its answer. Raises DisfError."""

IDLE_PAGES: Final = 5
"""How often a page may tell nothing before reading is given up: all of it changed meanwhile, or records are missing."""


def read(ask: Ask, window: Window, *more: str) -> Iterator[Page]:
    """Read the records of a window of which `more` (SOQL conditions) hold too: a call a page and field list.

    A record that changes meanwhile may come twice; the later one counts. A page that leaves records for the next one is
    given once that one shows as many: an answer of fewer rows than there are is told from a full one by nothing else.
    """
    lists = query.columns(window, *more)
    readers = [query.RecordReader(window.sobject, names) for names in lists]
    order = _order(window.fields, lists)
    position, idle = window.position, 0
    begun, held, left = position, None, 0
    while True:
        where = query.where_of(window, position, *more)
        answers = [_page(ask, window.sobject, names, where) for names in lists]
        parts = [reader.read(rows) for reader, (rows, _) in zip(readers, answers, strict=True)]
        if held is not None and len(parts[0]) + answers[0][1] < left:
            # The page before hid records, unless some were deleted since: nothing is concluded from it.
            position, held, idle = begun, None, _once_more(idle, window)
            continue
        if held is not None:
            yield held
            held, idle = None, 0
        goes_on = [more_rows > 0 or len(rows) >= query.PAGE for rows, more_rows in answers]
        _check_order(parts[0], position, window)
        covered = _covered(parts, goes_on)
        records = covered if len(parts) == 1 else _joined([covered, *parts[1:]], order)
        if covered:
            begun, position = position, Position(covered[-1].stamp, covered[-1].rid)
            left = len(parts[0]) + answers[0][1] - len(covered)
            if left:
                held = Page(records, position)
            else:
                yield Page(records, position)
                idle = 0
        # A record that changed between two field lists comes again, later in the order.
        if not any(goes_on) and len(records) == len(covered):
            return
        idle = idle if covered else _once_more(idle, window)


def _once_more(idle: int, window: Window) -> int:
    if idle >= IDLE_PAGES:
        raise UnexpectedAnswer(f"Reading {window.sobject} does not get on.", "Run again.", window.sobject)
    return idle + 1


def _page(ask: Ask, sobject: str, fields: Sequence[str], where: str) -> tuple[list[dict[str, Any]], int]:
    return query.rows_of(ask(query.select(sobject, fields, where, paged=True)), sobject)


def _check_order(records: Sequence[SourceRecord], position: Position | None, window: Window) -> None:
    """Refuse a page that is not in order or goes back: the watermark would pass over what it hides."""
    lowest = position.stamp if position is not None else (window.since or "")
    # The last record read may have changed since: then it comes again, under a later stamp.
    ahead = position is None or not records or (records[0].stamp, records[0].rid) != (position.stamp, position.rid)
    for record in records:
        if record.stamp < lowest:
            ahead = False
        lowest = record.stamp
    if not ahead:
        raise UnexpectedAnswer(
            f"Records of {window.sobject} came out of order.", "Run again; if it lasts, report it.", window.sobject
        )


def _covered(parts: Sequence[Sequence[SourceRecord]], more: Sequence[bool]) -> Sequence[SourceRecord]:
    """Give the records of the first field list up to which every other one reaches too: their pages may be shorter."""
    first = parts[0]
    places = {record.rid: n for n, record in enumerate(first)} if len(parts) > 1 else {}
    edge = len(first)
    for part, goes_on in zip(parts[1:], more[1:], strict=True):
        if goes_on:
            known = (places[record.rid] for record in reversed(part) if record.rid in places)
            edge = min(edge, next(known, -1) + 1)
    return first[:edge]


def _order(fields: Sequence[str], lists: Sequence[Sequence[str]]) -> list[int]:
    """Give where each asked field is in the values of all lists put together."""
    together = [name for names in lists for name in names]
    return [together.index(name) for name in fields]


def _joined(parts: Sequence[Sequence[SourceRecord]], order: Sequence[int]) -> list[SourceRecord]:
    """Put the field lists of a page together, record by record; leave out what changed in between."""
    others = [{record.rid: record for record in part} for part in parts[1:]]
    records = []
    for record in parts[0]:
        more = [part.get(record.rid) for part in others]
        if all(found is not None and found.stamp == record.stamp for found in more):
            together = record.values + tuple(value for found in more if found is not None for value in found.values)
            records.append(replace(record, values=tuple(together[n] for n in order)))
    return records
