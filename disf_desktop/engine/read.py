"""Reads what changed in Salesforce into the ledger, page by page (sync-semantics 4.1, 4.2 and 4.10).

The watermark is taken from the server before reading begins and moves only when the last page is stored. A full read
begins when there is no watermark, or when the mapping, the filter or the fields they rely on have changed; and when an
audit scan is due (`engine.audit`). Records that leave the filter are out of scope, which Salesforce itself says;
deleted ones are known by a tombstone only, never by their absence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from disf_desktop.core.events import Event, Stage
from disf_desktop.core.journal import NewSetAside
from disf_desktop.core.mapping import FieldRefusal
from disf_desktop.core.moments import instant, written
from disf_desktop.core.operations import Aside
from disf_desktop.core.records import Changes, Page, Position, Tombstone, Window
from disf_desktop.core.refusals import Bad, Reason, Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.engine.audit import Findings, conclude, is_due, note_whole
from disf_desktop.engine.book import Book
from disf_desktop.engine.consents import inherit_opt_outs, note_opt_outs
from disf_desktop.engine.decide import in_words
from disf_desktop.engine.job import CONVERTED, READ_MARGIN, Prepared
from disf_desktop.engine.waiting import ahead

BULK_FROM: Final = 50_000
"""Records from which a full read goes through Bulk API 2.0: fewer calls, no order (Salesforce reference 3.7)."""

OVERLAP: Final = timedelta(seconds=60)
OVERLAP_UNCOVERED: Final = timedelta(minutes=30)
"""For objects whose server does not say up to when it shows everything."""
FIRST_LOOK: Final = timedelta(hours=1)
LONGEST_LOOK: Final = timedelta(days=14, hours=12)
"""getDeleted reaches 15 days back."""
FATES_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is to be read: `bulk` in arbitrary order, `total` about how many records, `deleted` what went since.

    `whole` says that it ends with everything read; `missed_before` that it is compared with what is known, where
    records with an older stamp were missed by the windows before.
    """

    window: Window
    bulk: bool = False
    total: int | None = None
    deleted: Sequence[Tombstone] = ()
    whole: bool = False
    missed_before: str | None = None


def read(prepared: Prepared, workers: Executor) -> Iterator[Event]:
    """Store every record that changed since the watermark, and every delete."""
    ledger, numbers, tally = prepared.ledger, prepared.numbers, prepared.tally
    prepared.afford()
    reading = _begin(prepared)
    findings = Findings()
    read_before = tally.sides[Side.SALESFORCE].read
    total = reading.total
    source, window = prepared.job.source, reading.window
    condition = prepared.job.integration.filter
    pages = source.read_all(window) if reading.bulk else source.read(window)
    before = window.position
    for page in ahead(workers, pages):
        if page is not None:
            outside: set[str] | None = set()
            if condition:
                outside = None if reading.bulk else _outside(prepared, window, before, page)
            yield from _store(prepared, page, outside, reading, findings)
            prepared.afford()
            before = page.position
        done = tally.sides[Side.SALESFORCE].read - read_before
        if reading.bulk:
            total = max(total or 0, done)
        told = tally.progress(prepared.name, Stage.READ, Side.SALESFORCE, done, total)
        if told:
            yield told
    if condition and reading.bulk:
        inside = source.read_all(Window(window.sobject, ("Id",), condition=condition))
        for page in ahead(workers, inside):
            if page is not None:
                ledger.bring_into_scope(numbers.integration, [record.rid for record in page.records])
    _take_deletes(prepared, reading.deleted)
    if reading.missed_before is not None:
        yield from conclude(prepared, findings, lambda deleted: _take_deletes(prepared, deleted))
    ledger.finish_reading(numbers.integration, prepared.at())
    if reading.whole:
        note_whole(prepared)
    done = tally.sides[Side.SALESFORCE].read - read_before
    last = tally.progress(prepared.name, Stage.READ, Side.SALESFORCE, done, done, last=True)
    assert last is not None
    yield last


def _begin(prepared: Prepared) -> _Reading:
    """Decide from where to read: on from a position, from the watermark, or everything."""
    job, ledger, number = prepared.job, prepared.ledger, prepared.numbers.integration
    stream = ledger.stream(number)
    sobject, fields = job.integration.object, prepared.sources
    same = stream.layout == prepared.layout and stream.fingerprint == prepared.fingerprint
    anew = not same or (stream.watermark is None and stream.position is None)
    now = job.source.server_now()
    known = now - FIRST_LOOK if stream.watermark is None else instant(stream.watermark)
    changes = job.source.changes(sobject, max(known - OVERLAP, now - LONGEST_LOOK))
    if same and stream.position is not None:
        since = _lower_bound(stream.watermark, OVERLAP)
        window = Window(sobject, fields, since, stream.position)
        return _Reading(window, deleted=changes.deleted, whole=since is None)
    covered = changes.covered_until
    hi = now - READ_MARGIN if covered is None else min(covered, now - READ_MARGIN)
    if not anew and stream.watermark is not None:
        hi = max(hi, instant(stream.watermark))
    ledger.start_reading(number, written(hi), prepared.layout, prepared.fingerprint, anew=anew)
    overlap = OVERLAP if covered is not None else OVERLAP_UNCOVERED
    since = _lower_bound(stream.watermark, overlap)
    if not anew and not is_due(prepared, deletes_unknown=_forgot_deletes(known, changes)):
        return _Reading(Window(sobject, fields, since), deleted=changes.deleted)
    known_records = ledger.known_records(number)
    total = known_records if not anew else job.source.count(sobject)
    if known_records:
        ledger.start_scan(number)
    missed_before = ("" if anew else since) if known_records else None
    window = Window(sobject, fields)
    return _Reading(window, total >= BULK_FROM, total, changes.deleted, whole=True, missed_before=missed_before)


def _forgot_deletes(known: datetime, changes: Changes) -> bool:
    """Say whether there are deletes since the watermark that the server no longer tells."""
    return changes.deletes_from is not None and changes.deletes_from > known


def _lower_bound(watermark: str | None, overlap: timedelta) -> str | None:
    return None if watermark is None else written(instant(watermark) - overlap)


def _outside(prepared: Prepared, window: Window, before: Position | None, page: Page) -> set[str]:
    """Ask Salesforce which records of a page do not satisfy the filter.

    Rows of one stamp may come in another order than was asked for: the last one is not always the furthest.
    """
    assert page.position is not None, "only a bulk reading has no order"
    asked, at = replace(window, position=before, condition=prepared.job.integration.filter), f"{prepared.job.at}.filter"
    inside = prepared.job.source.in_scope(asked, page.position, at)
    furthest = max(Position(r.stamp, r.rid) for r in page.records)
    if furthest > page.position:
        inside |= prepared.job.source.in_scope(asked, furthest, at)
    return {record.rid for record in page.records if record.rid not in inside}


def _store(
    prepared: Prepared, page: Page, outside: set[str] | None, reading: _Reading, findings: Findings
) -> Iterator[Event]:
    """Store a page; `outside` are the records that do not satisfy the filter, None if that is asked later."""
    ledger, numbers = prepared.ledger, prepared.numbers
    canonical = prepared.policy.mapping.read
    records = [(r.rid, r.stamp, canonical(r.values)) for r in page.records]
    converted = _converted(prepared, records)
    if outside is not None:
        outside = outside | converted.keys()
    # An opt-out is kept before anything else is: a kill between the two must not lose it.
    note_opt_outs(prepared, records)

    def store(part: Sequence[tuple[str, str, Sequence[Value | Bad]]], position: Position | None) -> int:
        return ledger.store_page(
            numbers.integration,
            prepared.layout,
            prepared.run,
            part,
            position,
            out_of_scope=outside,
            keep_scope=outside is None and reading.missed_before is not None,
        )

    if reading.missed_before is None:
        changed = store(records, page.position)
    else:
        old = [each for each in records if each[1] < reading.missed_before]
        new = [each for each in records if each[1] >= reading.missed_before]
        with ledger.together():
            missed = store(old, None)
            changed = missed + store(new, page.position)
            ledger.note_scanned(numbers.integration, (rid for rid, _, _ in records))
        findings.changed += missed
    prepared.tally.count(Side.SALESFORCE, read=len(records))
    prepared.tally.unchanged += len(records) - changed
    yield from _follow_conversions(prepared, converted)


# Deletes, merges, conversions (4.10)


def _take_deletes(prepared: Prepared, deleted: Sequence[Tombstone]) -> int:
    """Mark what was deleted, and follow merges to the record that is left; give how many were not known yet."""
    ledger, numbers = prepared.ledger, prepared.numbers
    marked = ledger.store_tombstones(numbers.integration, prepared.run, deleted)
    prepared.tally.count(Side.SALESFORCE, deleted=len(marked))
    # Not only those newly marked: a run may have been killed before it knew into which other one each was merged.
    gone = list(ledger.contact_ids(numbers.target, [each.rid for each in deleted]))
    for start in range(0, len(gone), FATES_AT_ONCE):
        merges = _merges(prepared, gone[start : start + FATES_AT_ONCE])
        if merges:
            inherit_opt_outs(prepared, merges)
            ledger.note_merges(numbers.integration, numbers.target, merges)
    return len(marked)


def _merges(prepared: Prepared, gone: Sequence[str]) -> list[tuple[str, str]]:
    """Give `(loser, survivor)` of those that were merged; a chain is followed to its end."""
    masters: dict[str, str] = {}
    ask = list(gone)
    while ask:
        fates = prepared.job.source.fates(prepared.job.integration.object, ask)
        new = {fate.rid: fate.master for fate in fates if fate.master is not None}
        masters.update(new)
        ask = [master for master in dict.fromkeys(new.values()) if master not in masters]
    return [(rid, _survivor(rid, masters)) for rid in gone if rid in masters]


def _survivor(rid: str, masters: dict[str, str]) -> str:
    walked = {rid}
    while rid in masters and masters[rid] not in walked:
        rid = masters[rid]
        walked.add(rid)
    return rid


def _converted(prepared: Prepared, records: Sequence[tuple[str, str, Sequence[Value | Bad]]]) -> dict[str, str | None]:
    """Give the contact of each converted lead among these records, None where it has none."""
    names = prepared.sources
    if any(name not in names for name in CONVERTED):
        return {}
    is_converted, contact = (names.index(name) for name in CONVERTED)
    return {
        rid: str(values[contact]) if values[contact] else None
        for rid, _, values in records
        if values[is_converted] is True
    }


def _follow_conversions(prepared: Prepared, converted: Mapping[str, str | None]) -> Iterator[Event]:
    """Give the Dialog Insight contact of a converted lead to the contact it became; without one, ask.

    The contact keeps its history: its key is changed in place when its new Salesforce record is planned.
    """
    ledger, numbers = prepared.ledger, prepared.numbers
    linked = ledger.contact_ids(numbers.target, list(converted)) if converted else {}
    heir = ledger.integration_number(prepared.job.heir) if linked and prepared.job.heir else None
    asked: list[NewSetAside] = []
    for rid, target_rid in linked.items():
        contact = converted[rid]
        if contact is not None and heir is not None and ledger.move_link(numbers.target, rid, contact, heir):
            continue
        ledger.close_links(numbers.target, [rid])
        aside = Aside(rid, (FieldRefusal("", Refusal(Reason.LEAD_CONVERTED)),), target_rid=target_rid)
        asked.append(in_words(aside, prepared))
    yield from Book(prepared).note(aside=asked)
