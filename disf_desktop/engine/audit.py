"""Compares everything with what the ledger knows, because a window of changes cannot show all (sync-semantics 4.3).

A field that is computed changes without a new date; a delete may be older than what Salesforce remembers; a ledger may
come from a backup. Every week, after a restore, after a pause longer than deletes are remembered, or when a person
asks, Salesforce is read whole. Whoever is known and was not read is looked for in the recycle bin, which alone says
that somebody was deleted; then by Id. Who is found in neither place has vanished: deleted too long ago, or hidden from
this user. That is told, and nothing is concluded from it; from many at once not even that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from disf_desktop.core.events import Event, Notice, Stage
from disf_desktop.core.guard import too_many_deletes
from disf_desktop.core.mapping import FieldRefusal
from disf_desktop.core.moments import instant, written
from disf_desktop.core.operations import Aside
from disf_desktop.core.records import Tombstone
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Side
from disf_desktop.engine.book import Book
from disf_desktop.engine.decide import in_words
from disf_desktop.engine.job import Prepared

EVERY: Final = timedelta(days=7)
AGAIN: Final = timedelta(days=1)
AT_ONCE: Final = 200
"""Records that are asked for in one call, in the recycle bin and by Id."""
ENOUGH: Final = 1000
"""Missing records of which not one was found anywhere, after which no more are asked for if there are many."""


@dataclass(slots=True)
class Findings:
    """What an audit scan found that the windows had missed."""

    changed: int = 0
    deleted: int = 0
    vanished: int = 0

    def __bool__(self) -> bool:
        return bool(self.changed or self.deleted or self.vanished)


def is_due(prepared: Prepared, *, deletes_unknown: bool = False) -> bool:
    """Say whether the integration was last compared whole too long ago, or never, or somebody asks for it now.

    Where there are deletes that Salesforce no longer tells, a day is too long; were it less, an org that forgets them
    all the time would be read whole by every run. A moment that lies ahead was noted by a clock that was wrong.
    """
    if prepared.job.audit:
        return True
    now = prepared.clock.now()
    known = prepared.ledger.recall(_name(prepared), prepared.at())
    if known is None or instant(known) > now:
        return prepared.plan is None
    if not deletes_unknown:
        return False
    soonest = instant(known) + AGAIN
    prepared.ledger.remember(_name(prepared), known, written(soonest))
    return soonest <= now


def note_whole(prepared: Prepared) -> None:
    """Note that everything was read just now."""
    now = prepared.clock.now()
    prepared.tally.audit = prepared.tally.audit or _found(Findings(), doubtful=False)
    prepared.ledger.remember(_name(prepared), written(now), written(now + EVERY))


def _name(prepared: Prepared) -> str:
    return f"audit/{prepared.numbers.integration}"


def conclude(prepared: Prepared, findings: Findings, bury: Callable[[Sequence[Tombstone]], int]) -> Iterator[Event]:
    """Find out what became of those who are known and were not read; `bury` marks deletes and counts them.

    Where so many are found nowhere that a lost right, and not they, is the likely reason, nothing is concluded of them.
    """
    ledger, numbers = prepared.ledger, prepared.numbers
    known = ledger.known_records(numbers.integration)
    yield from _look_again(prepared, known, findings, bury)
    doubtful = too_many_deletes(ledger.count_not_scanned(numbers.integration), known)
    for page in () if doubtful else _missing(prepared):
        tied = ledger.note_vanished(numbers.integration, numbers.target, page)
        findings.vanished += len(tied)
        why = (FieldRefusal("", Refusal(Reason.VANISHED)),)
        aside = [in_words(Aside(rid, why, target_rid=target_rid), prepared) for rid, target_rid in tied.items()]
        yield from Book(prepared).note(aside=aside)
    ledger.finish_scan(numbers.integration)
    yield from _told(prepared, findings, doubtful=doubtful)


def _missing(prepared: Prepared) -> Iterator[list[str]]:
    """Give, a page at a time, the records that are known and that the scan did not read."""
    after = ""
    while page := prepared.ledger.not_scanned(prepared.numbers.integration, after, AT_ONCE):
        after = page[-1]
        yield page


def _look_again(
    prepared: Prepared, known: int, findings: Findings, bury: Callable[[Sequence[Tombstone]], int]
) -> Iterator[Event]:
    """Look for those who were not read in the recycle bin, then by Id."""
    ledger, number = prepared.ledger, prepared.numbers.integration
    source, sobject = prepared.job.source, prepared.job.integration.object
    asked = found = 0
    for page in _missing(prepared):
        prepared.afford()
        deleted = source.in_the_bin(sobject, page)
        findings.deleted += bury(deleted)
        buried = {each.rid for each in deleted}
        left = [rid for rid in page if rid not in buried]
        there = source.read_by_id(sobject, prepared.sources, left) if left else {}
        if there:
            # They were saved while the pages were read.
            canonical = prepared.policy.mapping.read
            rows = [(each.rid, each.stamp, canonical(each.values)) for each in there.values()]
            ledger.store_page(number, prepared.layout, prepared.run, rows, None, keep_scope=True)
            ledger.note_scanned(number, there)
        asked, found = asked + len(page), found + len(buried) + len(there)
        told = prepared.tally.progress(prepared.name, Stage.READ, Side.SALESFORCE, asked, None)
        if told:
            yield told
        if asked >= ENOUGH and not found and too_many_deletes(ledger.count_not_scanned(number), known):
            return


def _told(prepared: Prepared, findings: Findings, *, doubtful: bool) -> Iterator[Event]:
    """Tell what was found, where there is anything, or somebody asked; it is kept in any case."""
    prepared.tally.audit = _found(findings, doubtful=doubtful)
    if doubtful:
        yield Notice(
            prepared.name,
            "audit_doubtful",
            "Many records that Salesforce showed before are neither there nor in its recycle bin; nothing is concluded "
            "from that.",
            "See whether the user of the connection may still see them all; then run again with --audit.",
        )
    elif findings or prepared.job.audit:
        yield Notice(
            prepared.name,
            "audited",
            f"Everything was compared: {findings.changed} records had changed without a new date, {findings.deleted} "
            f"had been deleted, {findings.vanished} are not shown by Salesforce any more.",
            "See what is set aside, if anything is.",
        )


def _found(findings: Findings, *, doubtful: bool) -> dict[str, int | bool]:
    return {
        "changed": findings.changed,
        "deleted": findings.deleted,
        "vanished": findings.vanished,
        "doubtful": doubtful,
    }
