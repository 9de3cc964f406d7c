"""Looks for writes of ours that arrived late, after something newer, in fields that travel one way only.

An update whose reply is lost is sent again with the very same bytes; the first copy may then arrive minutes later
(sync-semantics 4.6). Most of the time nothing newer was sent to the record meanwhile, and there is nothing to look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Final

from disf_desktop.core.events import Event
from disf_desktop.core.journal import HOLD, SentTwice
from disf_desktop.core.likeness import is_kept
from disf_desktop.core.moments import written
from disf_desktop.core.records import FoundRecord
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.engine.book import Book
from disf_desktop.engine.job import Prepared
from disf_desktop.engine.second_look import SecondLook

AT_ONCE: Final = 200
"""Records that are looked at in one run; those that are left have their turn in the next one."""


def look_for_late_writes(prepared: Prepared, workers: Executor) -> Iterator[Event]:
    """Look at each record that may have been written over by an older write of ours, one call for each."""
    now = prepared.server_now(Side.DIALOG_INSIGHT)
    latest = written(now + HOLD[Side.DIALOG_INSIGHT])
    numbers = prepared.numbers
    twice = prepared.ledger.sent_twice(numbers.integration, numbers.target, written(now), latest, AT_ONCE)
    if not twice:
        return
    look = SecondLook(prepared, workers, Book(prepared))
    late: list[tuple[SentTwice, dict[str, Value]]] = []
    for each in twice:
        key = {p.target: each.agreed[p.target] for p in prepared.policy.pairs if p.key and p.target in each.agreed}
        found = yield from look.look_up(key, each.target_rid)
        if found is not None and (shown := _stale(each, found)):
            late.append((each, shown))
    prepared.ledger.note_late(numbers.integration, prepared.layout, prepared.run, late, twice, prepared.at())


def _stale(each: SentTwice, found: FoundRecord) -> dict[str, Value]:
    """Give the fields that hold what the older write brought, and not what was agreed on since."""
    shown: dict[str, Value] = {}
    for name, value in each.fields.items():
        held, agreed = found.values.get(name), each.agreed.get(name)
        if held != agreed and isinstance(held, str | bool | int | tuple | None) and is_kept(value, held, agreed):
            shown[name] = held
    return shown
