"""Sends a plan to Salesforce: people born in Dialog Insight, and what was edited there (sync-semantics 4.5 to 4.7).

A batch of up to 200 is looked at just before it is sent, sent as sObject Collections, and read back: Salesforce says
only that it stored something, and its triggers may have changed it. A record that somebody changed since it was planned
is stored as it is now and planned again. A person to be born is looked for first, by the external id that no other
record can have, then by the key of the project: one match is that person, several are asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from disf_desktop.core.errors import AccessRefused
from disf_desktop.core.events import Event
from disf_desktop.core.first_contact import plan_meeting
from disf_desktop.core.journal import Applied, NewSetAside, OpenBatch, OpenOperation, Shown
from disf_desktop.core.mapping import FieldRefusal
from disf_desktop.core.moments import written
from disf_desktop.core.observed import readable
from disf_desktop.core.operations import Agree, Aside, Birth, Update
from disf_desktop.core.records import (
    NotSent,
    RecordRefused,
    Refused,
    SourceRecord,
    Unknown,
    WriteRecord,
    WriteReply,
    Written,
)
from disf_desktop.core.refusals import Bad, Reason, Refusal, explain
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.engine.book import Book
from disf_desktop.engine.decide import in_words, planned_pages
from disf_desktop.engine.job import Prepared
from disf_desktop.engine.judge import HOLD, Fate, applied_here, fate_of
from disf_desktop.engine.shown import admit
from disf_desktop.engine.waiting import as_ours

LOCKED: Final = ("UNABLE_TO_LOCK_ROW",)
"""Salesforce's word for a record that somebody else is saving: it passes by itself, and the next run tries again."""
GONE: Final = ("ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY")


def apply_back(prepared: Prepared) -> Iterator[Event]:
    """Plan and send to Salesforce everything that Dialog Insight shows."""
    sender = _Sender(prepared, Book(prepared, side=Side.SALESFORCE))
    for page in planned_pages(prepared, Side.SALESFORCE):
        yield from admit(prepared, page)
        yield from sender.book.note(
            agreed=page.agreed, aside=page.aside, filtered=page.filtered, put_away=page.put_away
        )
        size = prepared.job.org_batch_size
        for start in range(0, len(page.updates), size):
            yield from sender.update(page.updates[start : start + size])
        for start in range(0, len(page.births), size):
            yield from sender.give_birth(page.births[start : start + size])
    yield from sender.book.progress(last=True)


def send_back(prepared: Prepared, updates: Sequence[Update]) -> Iterator[Event]:
    """Send updates to Salesforce that were decided otherwise than by a plan."""
    sender = _Sender(prepared, Book(prepared, side=Side.SALESFORCE))
    for start in range(0, len(updates), prepared.job.org_batch_size):
        yield from sender.update(updates[start : start + prepared.job.org_batch_size])


def recover_back(prepared: Prepared, batches: Sequence[OpenBatch]) -> Iterator[Event]:
    """Find out what became of batches to Salesforce that were left open; held ones once their time is over (4.6)."""
    sender = _Sender(prepared, Book(prepared, side=Side.SALESFORCE))
    for batch in batches:
        if due := batch.due(prepared.clock.now(), HOLD[Side.SALESFORCE]):
            yield from sender.reconcile(batch, due)


@dataclass(slots=True)
class _Sender:
    """The batches of one integration on their way to Salesforce, one after the other."""

    prepared: Prepared
    book: Book

    # -- updates --------------------------------------------------------------------------------------------------

    def update(self, updates: Sequence[Update]) -> Iterator[Event]:
        """Look at the records, send what still stands, read it back."""
        p = self.prepared
        p.afford()
        held = self._read([u.rid for u in updates])
        standing = [u for u in updates if u.rid in held and self._stands(u, held[u.rid])]
        moved = [u.rid for u in updates if u.rid in held and u not in standing]
        self._store([held[rid] for rid in moved])
        p.tally.deferred += len(moved)
        gone = [_gone(u.rid, u.target_rid) for u in updates if u.rid not in held]
        yield from self.book.note(aside=gone)
        if not standing:
            return
        batch = p.ledger.intend(p.run, p.numbers.integration, p.numbers.target, p.layout, standing, p.at())
        for each in standing:
            yield from self.book.told_conflicts(each.rid, each.conflicts)
        yield from self._send(batch)

    def _stands(self, update: Update, record: SourceRecord) -> bool:
        """Say whether the fields still hold what the plan was made of."""
        now = dict(zip(self.prepared.sources, self._canonical(record), strict=True))
        return all(now.get(name) == before for name, before in update.before.items())

    def _send(self, batch: OpenBatch) -> Iterator[Event]:
        p = self.prepared
        records = [_as_written(batch, operation) for operation in batch.operations]
        p.ledger.check_held()
        result = p.job.source.write(p.job.integration.object, batch.kind, records)
        match result:
            case NotSent(error=error):
                yield from self.book.settle(batch, "", dropped=batch.operations)
                raise as_ours(error)
            case Unknown():
                yield from self.reconcile(batch, batch.operations)
            case Refused(code=code, message=message):
                yield from self._refused_whole(batch, code, message)
            case WriteReply():
                yield from self._settle(batch, result, written(p.job.source.server_now()))

    def _settle(self, batch: OpenBatch, reply: WriteReply, replied: str) -> Iterator[Event]:
        """Write down the outcomes: what was stored is read back first, what was refused says why."""
        by_op = {operation.id: operation for operation in batch.operations}
        stored = {o.op: o.rid for o in reply.outcomes if isinstance(o, Written)}
        back = self._read(list(stored.values()))
        applied: list[Applied] = []
        aside: list[NewSetAside] = []
        dropped: list[OpenOperation] = []
        unknown = [o for o in batch.operations if o.id not in stored]
        for op, rid in stored.items():
            applied.append(self._applied(by_op[op], rid, back.get(rid), replied))
        for outcome in reply.outcomes:
            if not isinstance(outcome, RecordRefused):
                continue
            operation = by_op[outcome.op]
            unknown.remove(operation)
            if outcome.code in LOCKED:
                dropped.append(operation)
            elif batch.kind == "create" and (made := self._made([operation])):
                # Its external id is there from an earlier delivery of ours: looked at before it is believed (4.6).
                record = made[operation.id]
                applied.append(self._applied(operation, record.rid, record))
            elif outcome.code in GONE:
                aside.append(_gone(operation.rid, operation.target_rid))
            else:
                aside.append(_refused(operation, outcome, self.prepared))
        yield from self.book.settle(batch, reply.request_id, applied=applied, aside=aside, dropped=dropped)
        self.book.done += len(applied) + len(aside)
        if unknown:
            yield from self.reconcile(batch, unknown)
        yield from self.book.progress()

    def _applied(self, operation: OpenOperation, rid: str, record: SourceRecord | None, replied: str = "") -> Applied:
        assert operation.base is not None
        if record is None:
            return Applied(operation, rid, operation.base)
        values = self._canonical(record)
        return applied_here(self.prepared, operation, rid, record.stamp, values, operation.base, replied)

    def _refused_whole(self, batch: OpenBatch, code: str, message: str) -> Iterator[Event]:
        """End the run: Salesforce refused the call and not a record, so none of them was saved."""
        yield from self.book.settle(batch, "", dropped=batch.operations)
        raise AccessRefused(
            f"Salesforce refused to save records of {self.prepared.job.integration.object}: {message}",
            "Check the rights of the connection's user for this object and its fields.",
            detail=code,
        )

    # -- births ---------------------------------------------------------------------------------------------------

    def give_birth(self, births: Sequence[Birth]) -> Iterator[Event]:
        """Make records of people whom Salesforce does not know; tie those whom it knows."""
        p = self.prepared
        p.afford()
        by_id = self._by_value(*_external_ids(births))
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
                values = self._canonical(found[0])
                met.append(plan_meeting(birth, found[0].rid, readable(values), p.policy, by_match=by_match))
                self._store(found)
            else:
                new.append(birth)
        # Two people with one e-mail in a batch would not see each other: the second waits for the next run.
        new, later = _one_of_each(new)
        p.tally.deferred += len(met) + len(later)
        yield from self.book.note(agreed=met, aside=aside)
        if new:
            batch = p.ledger.intend(p.run, p.numbers.integration, p.numbers.target, p.layout, new, p.at())
            yield from self._send(batch)

    def _matches(self, births: Sequence[Birth]) -> dict[tuple[str, Value], list[SourceRecord]]:
        """Find the Salesforce records that hold the key of people to be born, by field and folded value."""
        found: dict[tuple[str, Value], list[SourceRecord]] = {}
        wanted = sorted({birth.match for birth in births if birth.match is not None}, key=str)
        for name, group in groupby(wanted, key=lambda match: match[0]):
            values = [value for _, value in group]
            for value, records in self._by_value(name, values).items():
                found[name, _fold(value)] = records
        return found

    def _by_value(self, name: str, values: Sequence[Value]) -> dict[Value, list[SourceRecord]]:
        if not values:
            return {}
        p = self.prepared
        found: dict[Value, list[SourceRecord]] = {}
        for value, record in p.job.source.read_by_value(p.job.integration.object, p.sources, name, values):
            found.setdefault(value, []).append(record)
        return found

    def _is_free(self, record: SourceRecord, birth: Birth) -> bool:
        """Say whether a Salesforce record is nobody else's in this contact list."""
        owned = self.prepared.ledger.contact_ids(self.prepared.numbers.target, [record.rid])
        return owned.get(record.rid, birth.target_rid) == birth.target_rid

    # -- what nobody knows ----------------------------------------------------------------------------------------

    def reconcile(self, batch: OpenBatch, operations: Sequence[OpenOperation]) -> Iterator[Event]:
        """Read the records back and decide, field by field, what became of the writes (4.6)."""
        p = self.prepared
        applied: list[Applied] = []
        dropped: list[OpenOperation] = []
        held: list[OpenOperation] = []
        shown: dict[int, Shown] = {}
        records = self._made(operations) if batch.kind == "create" else self._changed(operations)
        for operation in operations:
            record = records.get(operation.id)
            values = None if record is None else self._canonical(record)
            fate = Fate.APPLIED if batch.kind == "create" and record is not None else Fate.MAY_ARRIVE
            if batch.kind == "update":
                fate = fate_of(operation, None if values is None else dict(zip(p.sources, values, strict=True)))  # type: ignore[arg-type]
            if fate is Fate.APPLIED and record is not None:
                applied.append(self._applied(operation, record.rid, record))
            elif fate is Fate.MAY_ARRIVE and operation.held_until is None:
                held.append(operation)
            else:
                dropped.append(operation)
                if record is not None and values is not None:
                    shown[operation.id] = Shown(record.stamp, values, news=True)
        until = written(p.clock.now() + HOLD[Side.SALESFORCE])
        tried = [] if batch.kind == "create" else dropped
        yield from self.book.settle(
            batch, "", applied=applied, dropped=dropped, held=held, held_until=until, tried=tried, shown=shown
        )
        self.book.done += len(applied)

    def _made(self, operations: Sequence[OpenOperation]) -> dict[int, SourceRecord]:
        """Find, by operation, the records that births have made."""
        (name,) = {name for operation in operations for name in operation.key}
        found = self._by_value(name, [operation.key[name] for operation in operations])
        return {o.id: found[o.key[name]][0] for o in operations if o.key[name] in found}

    def _changed(self, operations: Sequence[OpenOperation]) -> dict[int, SourceRecord]:
        found = self._read([operation.rid for operation in operations])
        return {o.id: found[o.rid] for o in operations if o.rid in found}

    # -- looking --------------------------------------------------------------------------------------------------

    def _read(self, rids: Sequence[str]) -> dict[str, SourceRecord]:
        p = self.prepared
        return p.job.source.read_by_id(p.job.integration.object, p.sources, rids) if rids else {}

    def _canonical(self, record: SourceRecord) -> tuple[Value | Bad, ...]:
        return self.prepared.policy.mapping.read(record.values)

    def _store(self, records: Sequence[SourceRecord]) -> None:
        """Store records as they are now; the planner looks at them again."""
        p = self.prepared
        if records:
            rows = [(each.rid, each.stamp, self._canonical(each)) for each in records]
            p.ledger.store_page(p.numbers.integration, p.layout, p.run, rows, None)


def _as_written(batch: OpenBatch, operation: OpenOperation) -> WriteRecord:
    rid = operation.rid if batch.kind == "update" else None
    key = operation.key if batch.kind == "create" else {}
    return WriteRecord(operation.id, key, operation.fields, rid)


def _gone(rid: str, target_rid: str | None) -> NewSetAside:
    message, what_to_do = explain(Refusal(Reason.TARGET_GONE), "", Side.SALESFORCE)
    code = Reason.TARGET_GONE.value
    return NewSetAside(rid, Side.SALESFORCE, "", code, message, what_to_do, target_rid=target_rid)


def _refused(operation: OpenOperation, outcome: RecordRefused, prepared: Prepared) -> NewSetAside:
    return NewSetAside(
        operation.rid or operation.target_rid or "",
        Side.SALESFORCE,
        outcome.field,
        outcome.code or "refused",
        f"Salesforce refused it: {outcome.message}" if outcome.message else "Salesforce refused it.",
        "Correct it in Dialog Insight, or what Salesforce asks for; it is then sent again by itself.",
        {"label": prepared.policy.mapping.label(outcome.field, Side.SALESFORCE)} if outcome.field else {},
        target_rid=operation.target_rid,
    )


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
