"""Reads what changed in Salesforce into the ledger, page by page (sync-semantics 4.1 and 4.2).

The watermark is taken from the server before reading begins and moves only when the last page is stored. A full read
begins when there is no watermark, or when the mapping or the fields it relies on have changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from datetime import timedelta
from typing import Final

from disf_desktop.core.events import Event, Stage
from disf_desktop.core.journal import StreamState
from disf_desktop.core.moments import instant, written
from disf_desktop.core.records import Page, Window
from disf_desktop.core.schema import Side
from disf_desktop.engine.job import READ_MARGIN, Prepared
from disf_desktop.engine.waiting import ahead

BULK_FROM: Final = 50_000
"""Records from which a full read goes through Bulk API 2.0: fewer calls, no order (Salesforce reference 3.7)."""

OVERLAP: Final = timedelta(seconds=60)
OVERLAP_UNCOVERED: Final = timedelta(minutes=30)
"""For objects whose server does not say up to when it shows everything."""
FIRST_LOOK: Final = timedelta(hours=1)
LONGEST_LOOK: Final = timedelta(days=29)
"""getUpdated reaches 30 days back."""


def read(prepared: Prepared, workers: Executor) -> Iterator[Event]:
    """Store every record that changed since the watermark."""
    ledger, numbers, tally = prepared.ledger, prepared.numbers, prepared.tally
    stream = ledger.stream(numbers.integration)
    window, bulk, total = _begin(prepared, stream)
    source = prepared.job.source
    pages = source.read_all(window) if bulk else source.read(window)
    for page in ahead(workers, pages):
        if page is not None:
            _store(prepared, page)
            if bulk:
                total = max(total or 0, tally.read)
        told = tally.progress(prepared.name, Stage.READ, Side.SALESFORCE, tally.read, total)
        if told:
            yield told
    ledger.finish_reading(numbers.integration, prepared.at())
    last = tally.progress(prepared.name, Stage.READ, Side.SALESFORCE, tally.read, tally.read, last=True)
    assert last is not None
    yield last


def _begin(prepared: Prepared, stream: StreamState) -> tuple[Window, bool, int | None]:
    """Decide from where to read: on from a position, from the watermark, or everything."""
    job, ledger, number = prepared.job, prepared.ledger, prepared.numbers.integration
    sobject, fields = job.integration.object, prepared.policy.mapping.sources
    same = stream.layout == prepared.layout and stream.fingerprint == prepared.fingerprint
    if same and stream.position is not None:
        since = _lower_bound(stream.watermark, OVERLAP)
        return Window(sobject, fields, since, stream.position), False, None
    anew = not same or stream.watermark is None
    now = job.source.server_now()
    known = now - FIRST_LOOK if anew or stream.watermark is None else instant(stream.watermark)
    covered = job.source.covered_until(sobject, max(known, now - LONGEST_LOOK))
    hi = now - READ_MARGIN if covered is None else min(covered, now - READ_MARGIN)
    if not anew and stream.watermark is not None:
        hi = max(hi, instant(stream.watermark))
    ledger.start_reading(number, written(hi), prepared.layout, prepared.fingerprint, anew=anew)
    if not anew:
        overlap = OVERLAP if covered is not None else OVERLAP_UNCOVERED
        return Window(sobject, fields, _lower_bound(stream.watermark, overlap)), False, None
    total = job.source.count(sobject)
    return Window(sobject, fields), total >= BULK_FROM, total


def _lower_bound(watermark: str | None, overlap: timedelta) -> str | None:
    return None if watermark is None else written(instant(watermark) - overlap)


def _store(prepared: Prepared, page: Page) -> None:
    canonical = prepared.policy.mapping.read
    records = [(r.rid, r.stamp, canonical(r.values)) for r in page.records]
    changed = prepared.ledger.store_page(
        prepared.numbers.integration, prepared.layout, prepared.run, records, page.position
    )
    prepared.tally.read += len(records)
    prepared.tally.unchanged += len(records) - changed
