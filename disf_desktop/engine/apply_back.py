"""Sends a plan to Salesforce: people born in Dialog Insight, and what was edited there (sync-semantics 4.5 to 4.7).

A batch of up to 200 is looked at just before it is sent, sent as sObject Collections, and read back: Salesforce says
only that it stored something, and its triggers may have changed it. A record that somebody changed since it was planned
is stored as it is now and planned again. The halves of a batch that was refused as a whole are looked at anew. A person
to be born is looked for first, by the external id that no other record can have, then by the key of the project: one
match is that person, several are asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from disf_desktop.core.events import Event
from disf_desktop.core.first_contact import plan_meeting
from disf_desktop.core.journal import HOLD, NewSetAside, OpenBatch
from disf_desktop.core.mapping import FieldRefusal
from disf_desktop.core.observed import readable
from disf_desktop.core.operations import Agree, Aside, Birth, Update
from disf_desktop.core.records import (
    SourceRecord,
)
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.engine.book import Book
from disf_desktop.engine.decide import in_words, planned_pages
from disf_desktop.engine.job import Prepared
from disf_desktop.engine.org_writes import OrgWrites, gone_record
from disf_desktop.engine.pace import START, Pace
from disf_desktop.engine.shown import admit


def apply_back(prepared: Prepared) -> Iterator[Event]:
    """Plan and send to Salesforce everything that Dialog Insight shows."""
    sender = _Sender(prepared, Book(prepared, side=Side.SALESFORCE))
    for page in planned_pages(prepared, Side.SALESFORCE):
        yield from admit(prepared, page)
        yield from sender.book.note(
            agreed=page.agreed, aside=page.aside, filtered=page.filtered, put_away=page.put_away
        )
        yield from sender.update_all(page.updates)
        yield from sender.give_birth_to_all(page.births)
    yield from sender.book.progress(last=True)


def send_back(prepared: Prepared, updates: Sequence[Update]) -> Iterator[Event]:
    """Send updates to Salesforce that were decided otherwise than by a plan."""
    sender = _Sender(prepared, Book(prepared, side=Side.SALESFORCE))
    yield from sender.update_all(updates)


def recover_back(prepared: Prepared, batches: Sequence[OpenBatch]) -> Iterator[Event]:
    """Find out what became of batches to Salesforce that were left open; held ones once their time is over (4.6)."""
    sender = _Sender(prepared, Book(prepared, side=Side.SALESFORCE))
    for batch in batches:
        if due := batch.due(prepared.server_now(batch.side), HOLD[batch.side]):
            yield from sender.reconcile(batch, due)


@dataclass(slots=True)
class _Sender(OrgWrites):
    """What is planned for Salesforce on its way there.

    A new person is in nobody's way, so these batches begin as large as they may be.
    """

    pace: Pace = field(init=False)
    pace_of_births: Pace = field(init=False)

    def __post_init__(self) -> None:
        most = self.prepared.job.org_batch_size
        self.pace, self.pace_of_births = Pace(most, START), Pace(most, most)

    # -- updates --------------------------------------------------------------------------------------------------

    def update_all(self, updates: Sequence[Update]) -> Iterator[Event]:
        """Send updates in batches whose look is still fresh when their reply comes."""
        start = 0
        while start < len(updates):
            batch = updates[start : start + self.pace.at_once()]
            start += len(batch)
            yield from self.update(batch)

    def update(self, updates: Sequence[Update]) -> Iterator[Event]:
        """Look at the records, send what still stands, read it back."""
        p = self.prepared
        p.afford()
        looked = p.clock.monotonic()
        held = self.read([u.rid for u in updates])
        self.pace.look_s = p.clock.monotonic() - looked
        standing = [u for u in updates if u.rid in held and self._stands(u, held[u.rid])]
        moved = [u.rid for u in updates if u.rid in held and u not in standing]
        self.store([held[rid] for rid in moved])
        p.tally.deferred += len(moved)
        gone = [gone_record(u.rid, u.target_rid) for u in updates if u.rid not in held]
        told = self.book.note(aside=gone)
        if not standing:
            yield from told
            return
        batch = p.ledger.intend(p.run, p.numbers.integration, p.numbers.target, p.layout, standing, p.at())
        for each in standing:
            told += self.book.told_conflicts(each.rid, each.conflicts)
        refused = yield from self.send(batch, self.pace, looked, told)
        if refused is not None:
            # Their links, and the conflicts, were written down with the intent.
            again = [replace(u, link=o.link, conflicts=()) for u, o in zip(standing, batch.operations, strict=True)]
            yield from self.halve(batch, refused, again, self.update)

    def _stands(self, update: Update, record: SourceRecord) -> bool:
        """Say whether the fields still hold what the plan was made of."""
        now = dict(zip(self.prepared.sources, self.canonical(record), strict=True))
        return all(now.get(name) == before for name, before in update.before.items())

    # -- births ---------------------------------------------------------------------------------------------------

    def give_birth_to_all(self, births: Sequence[Birth]) -> Iterator[Event]:
        """Make records of people in batches."""
        start = 0
        while start < len(births):
            batch = births[start : start + self.pace_of_births.size]
            start += len(batch)
            yield from self.give_birth(batch)

    def give_birth(self, births: Sequence[Birth]) -> Iterator[Event]:
        """Make records of people whom Salesforce does not know; tie those whom it knows."""
        p = self.prepared
        p.afford()
        by_id = self.by_value(*_external_ids(births))
        known = {birth.target_rid: by_id[_external_id(birth)] for birth in births if _external_id(birth) in by_id}
        missing = [birth for birth in births if birth.target_rid not in known]
        matches = self._matches(missing)
        met: list[Agree] = []
        aside: list[NewSetAside] = []
        new: list[Birth] = []
        for birth in births:
            found = known.get(birth.target_rid) or matches.get(_match_of(birth), [])
            owned = [record for record in found if self._is_free(record, birth)]
            if len(found) > 1 or len(owned) < len(found):
                refusals = (FieldRefusal(birth.match[0] if birth.match else "", Refusal(Reason.AMBIGUOUS_MATCH)),)
                aside.append(in_words(Aside(birth.target_rid, refusals, Side.SALESFORCE, birth.target_rid), p))
            elif found:
                by_match = birth.target_rid not in known
                values = self.canonical(found[0])
                met.append(plan_meeting(birth, found[0].rid, readable(values), p.policy, by_match=by_match))
                self.store(found)
            else:
                new.append(birth)
        # Two people with one e-mail in a batch would not see each other: the second waits for the next run.
        new, later = _one_of_each(new)
        p.tally.deferred += len(met) + len(later)
        yield from self.book.note(agreed=met, aside=aside)
        if new:
            batch = p.ledger.intend(p.run, p.numbers.integration, p.numbers.target, p.layout, new, p.at())
            refused = yield from self.send(batch, self.pace_of_births, 0.0)
            if refused is not None:
                yield from self.halve(batch, refused, new, self.give_birth)

    def _matches(self, births: Sequence[Birth]) -> dict[tuple[str, Value], list[SourceRecord]]:
        """Find the Salesforce records that hold the key of people to be born, by field and folded value."""
        found: dict[tuple[str, Value], list[SourceRecord]] = {}
        wanted = sorted({birth.match for birth in births if birth.match is not None}, key=str)
        for name, group in groupby(wanted, key=lambda match: match[0]):
            values = [value for _, value in group]
            for value, records in self.by_value(name, values).items():
                found[name, _fold(value)] = records
        return found

    def _is_free(self, record: SourceRecord, birth: Birth) -> bool:
        """Say whether a Salesforce record is nobody else's in this contact list."""
        owned = self.prepared.ledger.contact_ids(self.prepared.numbers.target, [record.rid])
        return owned.get(record.rid, birth.target_rid) == birth.target_rid


def _external_id(birth: Birth) -> Value:
    (value,) = birth.key.values()
    return value


def _external_ids(births: Sequence[Birth]) -> tuple[str, list[Value]]:
    (name,) = {name for birth in births for name in birth.key}
    return name, [_external_id(birth) for birth in births]


def _fold(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value


def _match_of(birth: Birth) -> tuple[str, Value]:
    return ("", None) if birth.match is None else (birth.match[0], _fold(birth.match[1]))


def _one_of_each(births: Sequence[Birth]) -> tuple[list[Birth], list[Birth]]:
    """Part births into those that may go together and those that must first see what became of another."""
    first: dict[tuple[str, Value], Birth] = {}
    later: list[Birth] = []
    alone: list[Birth] = []
    for birth in births:
        match = _match_of(birth)
        if birth.match is None:
            alone.append(birth)
        elif match in first:
            later.append(birth)
        else:
            first[match] = birth
    return [*first.values(), *alone], later
