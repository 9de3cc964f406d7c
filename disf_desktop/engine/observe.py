"""Finds what changed in Dialog Insight, which has nothing like “changed since” for everybody (architecture, section 5).

By date where the account understands it; by export where a folder is watched; by marker for people who were born there;
by key, a slice of the linked people in each run, those not seen for longest first. An observation carries the moment
for which it is true and never replaces a newer one. A look-up that finds nothing makes a link suspect; many in a row
say that the service, not the people, has vanished.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Final

from disf_desktop.core.errors import DisfError, ServiceUnavailable, SettingsError, UnexpectedAnswer
from disf_desktop.core.events import Event, Notice, Stage
from disf_desktop.core.journal import Checkable
from disf_desktop.core.moments import instant, written
from disf_desktop.core.observed import shown_by
from disf_desktop.core.records import FoundRecord
from disf_desktop.core.schema import Side
from disf_desktop.engine.consents import note_optins
from disf_desktop.engine.job import READ_MARGIN, Prepared
from disf_desktop.engine.ports import ExportFolder
from disf_desktop.engine.waiting import ahead, several

PAGE: Final = 500
OVERLAP_BY_DATE: Final = timedelta(hours=2)
"""Dates of Dialog Insight carry no offset and repeat an hour in autumn (sync-semantics, section 8)."""
MISSES_IN_A_ROW: Final = 10
MISSES_OF_A_SLICE: Final = 0.01
EXPORT_IS_KNOWN: Final = timedelta(days=365)


def observe(prepared: Prepared, workers: Executor) -> Iterator[Event]:
    """Store what Dialog Insight shows, by every way that is open."""
    if not prepared.observes_dialog_insight:
        if prepared.job.audit and prepared.job.is_contacts:
            yield from _everybody(prepared, workers)
        return
    if prepared.job.exports is not None:
        yield from _by_export(prepared, prepared.job.exports)
    if prepared.capabilities.changed_since:
        try:
            yield from _by_date(prepared, workers)
        except UnexpectedAnswer as error:
            # More people in one second than a reply holds: they are found by the look-ups, in their turn.
            yield _notice(prepared, error)
    elif prepared.policy.births and prepared.policy.marker is not None and prepared.capabilities.empty_lookup:
        yield from _by_marker(prepared)
    yield from (_everybody if prepared.job.audit else _by_key)(prepared, workers)


def _store(
    prepared: Prepared, found: Sequence[FoundRecord], done: int, total: int | None, *, photograph: bool = False
) -> Iterator[Event]:
    ledger, numbers, at = prepared.ledger, prepared.numbers, prepared.at_dialog_insight()
    names = prepared.policy.mapping.targets
    rows = [(each.rid, each.as_of, shown_by(each, names)) for each in found if each.rid]
    note_optins(prepared, found, photograph=photograph)
    ledger.store_found(
        numbers.integration,
        numbers.target,
        prepared.layout,
        prepared.run,
        rows,
        at,
        unlinked=prepared.policy.births,
    )
    prepared.tally.count(Side.DIALOG_INSIGHT, read=len(found))
    told = prepared.tally.progress(prepared.name, Stage.READ, Side.DIALOG_INSIGHT, done, total)
    if told:
        yield told


def _by_export(prepared: Prepared, folder: ExportFolder) -> Iterator[Event]:
    """Read the exports that are new. One that is not whole says nothing; it is told, and the run goes on without it."""
    ledger, name = prepared.ledger, prepared.job.target_name
    schema = prepared.target_schema
    mapped = {field: schema.fields[field] for field in prepared.policy.mapping.targets}

    def was_read(key: str) -> bool:
        return ledger.recall(f"{name}/{key}", prepared.at()) is not None

    try:
        exports = folder.waiting(was_read)
    except SettingsError as error:
        # A folder on a network may be away for a while; there are other ways.
        yield _notice(prepared, error)
        return
    for export in exports:
        done = 0
        try:
            records = export.records(replace(schema, fields=mapped))
            while page := list(islice(records, PAGE)):
                done += len(page)
                yield from _store(prepared, _known(prepared, page), done, None, photograph=True)
        except (UnexpectedAnswer, ServiceUnavailable) as error:
            yield _notice(prepared, error)
            continue
        until = written(prepared.clock.now() + EXPORT_IS_KNOWN)
        for key in export.keys:
            ledger.remember(f"{name}/{key}", export.as_of, until)


def _notice(prepared: Prepared, error: DisfError) -> Notice:
    return Notice(prepared.name, error.code, error.message, error.what_to_do)


def _known(prepared: Prepared, page: Sequence[FoundRecord]) -> list[FoundRecord]:
    """Give the records that say who they are: an export tells the idContact, or it cannot be tied to anybody."""
    return [each for each in page if each.rid]


def _by_date(prepared: Prepared, workers: Executor) -> Iterator[Event]:
    """Read everything modified since the last time, by the server's clock."""
    ledger, table = prepared.ledger, prepared.job.target
    fact = f"modified/{prepared.job.target_name}/{prepared.numbers.integration}/{prepared.layout}"
    known = ledger.recall(fact, prepared.at())
    now = table.server_now()
    since = instant(known) - OVERLAP_BY_DATE if known is not None else now - timedelta(days=3650)
    done = 0
    for page in ahead(workers, table.changed_since(since)):
        if page:
            done += len(page)
            yield from _store(prepared, page, done, None)
    ledger.remember(fact, written(now - READ_MARGIN), written(prepared.clock.now() + EXPORT_IS_KNOWN))


def _by_marker(prepared: Prepared) -> Iterator[Event]:
    """Read the people whose marker is empty: Salesforce does not know them yet."""
    assert prepared.policy.marker is not None
    name = prepared.policy.pairs[prepared.policy.marker].target
    found = prepared.job.target.find_empty(name)
    for start in range(0, len(found), PAGE):
        page = found[start : start + PAGE]
        yield from _store(prepared, page, start + len(page), len(found))


def _by_key(prepared: Prepared, workers: Executor) -> Iterator[Event]:
    """Look up a slice of the linked people, within the budget of a run."""
    numbers, budget = prepared.numbers, prepared.job.destination.finding.lookups_per_run
    yield from _look_up(prepared, workers, prepared.ledger.to_check(numbers.integration, numbers.target, budget))


def _everybody(prepared: Prepared, workers: Executor) -> Iterator[Event]:
    """Look up all the linked people, one call for each, because somebody asked for it (`engine.audit`)."""
    numbers, after = prepared.numbers, 0
    while slice_ := prepared.ledger.linked_after(numbers.integration, numbers.target, after, PAGE):
        after = slice_[-1].link
        if not (yield from _look_up(prepared, workers, slice_)):
            return


def _look_up(prepared: Prepared, workers: Executor, slice_: Sequence[Checkable]) -> Generator[Event, None, bool]:
    """Look people up by their number; say whether the service, as it seems, was there all the time.

    Where nothing of Dialog Insight matters but that it has somebody, what it shows of them is not stored.
    """
    ledger, job = prepared.ledger, prepared.job
    misses: list[Checkable] = []
    most = max(MISSES_IN_A_ROW, MISSES_OF_A_SLICE * len(slice_))
    in_a_row = 0
    found: list[FoundRecord] = []
    there: list[int] = []
    looks = ((each, lambda each=each: job.target.find_by_id(each.target_rid)) for each in slice_)
    for n, look in enumerate(several(workers, looks, job.concurrency), 1):
        if look is None:
            continue
        each, record = look
        if record is None:
            if ledger.take_over(each.link, prepared.run):
                continue
            misses.append(each)
            in_a_row += 1
            if in_a_row >= MISSES_IN_A_ROW or len(misses) > most:
                # So many cannot have gone at once: nothing is concluded from this slice.
                return False
            continue
        in_a_row = 0
        if not prepared.observes_dialog_insight:
            there.append(each.link)
            continue
        found.append(record)
        if len(found) >= PAGE:
            yield from _store(prepared, found, n, len(slice_))
            found = []
    if found:
        yield from _store(prepared, found, len(slice_), len(slice_))
    ledger.note_there(there, prepared.at_dialog_insight())
    ledger.note_missing([each.link for each in misses], prepared.at_dialog_insight())
    return True
