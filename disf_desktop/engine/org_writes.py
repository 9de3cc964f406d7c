"""Writes batches to Salesforce and finds out what became of them (sync-semantics 4.5 to 4.7).

Salesforce says only that it stored something, and its triggers may have changed it: so it is read back. A batch that is
refused as a whole, of which nothing was saved then, is halved until the culprit is alone.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from disf_desktop.core.errors import AccessRefused
from disf_desktop.core.events import Event
from disf_desktop.core.exposure import Exposure
from disf_desktop.core.journal import HOLD, Applied, NewSetAside, OpenBatch, OpenOperation, Shown
from disf_desktop.core.moments import written
from disf_desktop.core.operations import Birth, Update
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
from disf_desktop.engine.job import Prepared
from disf_desktop.engine.judge import Fate, applied_here, fate_of
from disf_desktop.engine.pace import Pace
from disf_desktop.engine.waiting import as_ours

_O = TypeVar("_O", Update, Birth)

LOCKED: Final = ("UNABLE_TO_LOCK_ROW",)
"""Salesforce's word for a record that somebody else is saving: it passes by itself, and the next run tries again."""
GONE: Final = ("ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY")

OF_EVERY_CALL: Final = frozenset(
    {
        "API_CURRENTLY_DISABLED",
        "API_DISABLED_FOR_ORG",
        "FORBIDDEN",
        "FUNCTIONALITY_NOT_ENABLED",
        "INSUFFICIENT_ACCESS",
        "INSUFFICIENT_ACCESS_OR_READONLY",
        "INVALID_FIELD",
        "INVALID_TYPE",
        "NOT_FOUND",
        "STORAGE_LIMIT_EXCEEDED",
    }
)
"""Refusals that no smaller call would escape: a right, a field or an object is missing, or there is no room."""

LONELY_REFUSALS: Final = 5
"""Single records refused as whole calls, with none accepted in the run, before it ends: the fault is not theirs."""


@dataclass(slots=True)
class OrgWrites:
    """The batches of one integration to one object of Salesforce, one after the other."""

    prepared: Prepared
    book: Book
    accepted: int = 0
    lonely: int = 0

    def send(
        self, batch: OpenBatch, pace: Pace, looked: float, told: Sequence[Event] = ()
    ) -> Generator[Event, None, Refused | None]:
        """Send a batch that was looked at in that moment, and settle it, unless it is refused as a whole.

        Whoever listens may take a while, and be told to pause: what there is to tell is told once the reply is here.
        """
        p = self.prepared
        records = [_as_written(batch, operation) for operation in batch.operations]
        p.ledger.check_held()
        began = p.clock.monotonic()
        result = p.job.source.write(p.job.integration.object, batch.kind, records)
        replied = p.clock.monotonic()
        at = written(p.job.source.server_now())
        yield from told
        match result:
            case NotSent(error=error):
                yield from self.book.settle(batch, "", dropped=batch.operations)
                raise as_ours(error)
            case Unknown():
                pace.lost()
                yield from self.reconcile(batch, batch.operations)
            case Refused():
                return result
            case WriteReply():
                pace.answered()
                pace.wrote(len(records), replied - began)
                self._note_exposure(batch, replied - looked)
                yield from self._settle(batch, result, at)
        return None

    def _note_exposure(self, batch: OpenBatch, seconds: float) -> None:
        if batch.kind == "update":
            two_way = two_way_sources(self.prepared)
            stood = [seconds for operation in batch.operations if not two_way.isdisjoint(operation.fields)]
            self.prepared.tally.exposure += Exposure.of(stood)

    def _settle(self, batch: OpenBatch, reply: WriteReply, replied: str) -> Iterator[Event]:
        """Write down the outcomes: what was stored is read back first, what was refused says why."""
        by_op = {operation.id: operation for operation in batch.operations}
        stored = {o.op: o.rid for o in reply.outcomes if isinstance(o, Written)}
        back = self.read(list(stored.values()))
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
                aside.append(gone_record(operation.rid, operation.target_rid))
            else:
                aside.append(_refused(operation, outcome, self.prepared))
        yield from self.book.settle(batch, reply.request_id, applied=applied, aside=aside, dropped=dropped)
        self.book.done += len(applied) + len(aside)
        self.accepted += len(applied)
        if unknown:
            yield from self.reconcile(batch, unknown)
        yield from self.book.progress()

    def _applied(self, operation: OpenOperation, rid: str, record: SourceRecord | None, replied: str = "") -> Applied:
        assert operation.base is not None
        if record is None:
            return Applied(operation, rid, operation.base)
        values = self.canonical(record)
        return applied_here(self.prepared, operation, rid, record.stamp, values, operation.base, replied)

    def halve(
        self,
        batch: OpenBatch,
        refused: Refused,
        operations: Sequence[_O],
        send: Callable[[Sequence[_O]], Iterator[Event]],
    ) -> Iterator[Event]:
        """Send the halves of a batch of which nothing was saved, until the culprit is alone; that one is set aside.

        Where the whole call is not allowed, whatever it holds, the run ends.
        """
        alone = len(operations) == 1
        self.lonely += alone
        if refused.code in OF_EVERY_CALL or (self.lonely >= LONELY_REFUSALS and not self.accepted):
            yield from self.book.settle(batch, "", dropped=batch.operations)
            raise AccessRefused(
                f"Salesforce refused to save records of {self.prepared.job.integration.object}: {refused.message}",
                "Check the rights of the connection's user for this object and its fields.",
                detail=refused.code,
            )
        if alone:
            (operation,) = batch.operations
            outcome = RecordRefused(operation.id, refused.code, refused.message)
            yield from self.book.settle(batch, "", aside=[_refused(operation, outcome, self.prepared)])
            self.book.done += 1
            return
        yield from self.book.settle(batch, "", dropped=batch.operations)
        middle = len(operations) // 2
        yield from send(operations[:middle])
        yield from send(operations[middle:])

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
            values = None if record is None else self.canonical(record)
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
        until = written(p.server_now(batch.side) + HOLD[batch.side])
        tried = [] if batch.kind == "create" else dropped
        yield from self.book.settle(
            batch, "", applied=applied, dropped=dropped, held=held, held_until=until, tried=tried, shown=shown
        )
        self.book.done += len(applied)

    def _made(self, operations: Sequence[OpenOperation]) -> dict[int, SourceRecord]:
        """Find, by operation, the records that births have made."""
        (name,) = {name for operation in operations for name in operation.key}
        found = self.by_value(name, [operation.key[name] for operation in operations])
        return {o.id: found[o.key[name]][0] for o in operations if o.key[name] in found}

    def _changed(self, operations: Sequence[OpenOperation]) -> dict[int, SourceRecord]:
        found = self.read([operation.rid for operation in operations])
        return {o.id: found[o.rid] for o in operations if o.rid in found}

    # -- looking --------------------------------------------------------------------------------------------------

    def read(self, rids: Sequence[str]) -> dict[str, SourceRecord]:
        p = self.prepared
        return p.job.source.read_by_id(p.job.integration.object, p.sources, rids) if rids else {}

    def canonical(self, record: SourceRecord) -> tuple[Value | Bad, ...]:
        return self.prepared.policy.mapping.read(record.values)

    def store(self, records: Sequence[SourceRecord]) -> None:
        """Store records as they are now; the planner looks at them again."""
        p = self.prepared
        if records:
            rows = [(each.rid, each.stamp, self.canonical(each)) for each in records]
            p.ledger.store_page(p.numbers.integration, p.layout, p.run, rows, None)

    def by_value(self, name: str, values: Sequence[Value]) -> dict[Value, list[SourceRecord]]:
        if not values:
            return {}
        p = self.prepared
        found: dict[Value, list[SourceRecord]] = {}
        for value, record in p.job.source.read_by_value(p.job.integration.object, p.sources, name, values):
            found.setdefault(value, []).append(record)
        return found


def two_way_sources(prepared: Prepared) -> frozenset[str]:
    """Name the Salesforce fields that people edit and that we write too."""
    mapping = prepared.policy.mapping
    ways = zip(mapping.pairs, mapping.forward, mapping.backward, strict=True)
    return frozenset(pair.source for pair, forward, backward in ways if forward and backward)


def _as_written(batch: OpenBatch, operation: OpenOperation) -> WriteRecord:
    rid = operation.rid if batch.kind == "update" else None
    key = operation.key if batch.kind == "create" else {}
    return WriteRecord(operation.id, key, operation.fields, rid)


def gone_record(rid: str, target_rid: str | None) -> NewSetAside:
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
