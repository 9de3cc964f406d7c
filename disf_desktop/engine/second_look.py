"""Looks a record of Dialog Insight up before something is believed or written over: after a refusal, after a lost
reply, before fields are written that people may edit there too (sync-semantics 4.5 and 4.6).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from disf_desktop.core.events import Event
from disf_desktop.core.first_contact import plan_first_contact
from disf_desktop.core.journal import HOLD, Applied, OpenBatch, OpenOperation, Shown
from disf_desktop.core.mapping import FieldRefusal
from disf_desktop.core.moments import written
from disf_desktop.core.observed import shown_by
from disf_desktop.core.operations import Aside, Decision, Pending
from disf_desktop.core.records import FoundRecord, Written
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.engine.book import Book
from disf_desktop.engine.decide import contacts_of
from disf_desktop.engine.job import Prepared
from disf_desktop.engine.judge import Fate, applied_there, fate_of, is_behind, what_was_made
from disf_desktop.engine.waiting import until_done


@dataclass(frozen=True, slots=True)
class Sending:
    """A part of a journaled batch that is under way; the first time it is the whole batch.

    `again` says that it was sent before, so what was done of it is not known even when nothing reaches the service now;
    `in_doubt` that no reply has said what became of that; `twice` that nobody knows where it went, so that it may still
    arrive.
    """

    batch: OpenBatch
    operations: tuple[OpenOperation, ...]
    again: bool = False
    twice: bool = False
    in_doubt: bool = False


@dataclass(slots=True)
class SecondLook:
    """What a look at Dialog Insight tells of the operations of one integration.

    `two_way` names the fields that people may edit there and that we write too.
    """

    prepared: Prepared
    workers: Executor
    book: Book
    two_way: frozenset[str] = frozenset()

    def find(self, operation: OpenOperation) -> Generator[Event, None, FoundRecord | None]:
        return self.look_up(operation.key, operation.target_rid)

    def look_up(self, key: Mapping[str, Value], rid: str | None) -> Generator[Event, None, FoundRecord | None]:
        """Look a record up in a worker, by its number where it has one, and give what was found."""
        target = self.prepared.job.target
        by_number = rid is not None and self.prepared.job.is_contacts

        def look() -> FoundRecord | None:
            return target.find_by_id(rid) if by_number and rid is not None else target.find(key)

        future = self.workers.submit(look)
        for _ in until_done(future):
            yield from self.book.progress()
        return future.result()

    def store_found(self, found: FoundRecord) -> None:
        """Store what was found of a record whose fields may travel back."""
        p = self.prepared
        if p.policy.goes_back:
            p.tally.deferred += 1
            row = (found.rid, found.as_of, shown_by(found, p.policy.mapping.targets))
            p.ledger.store_found(p.numbers.integration, p.numbers.target, p.layout, p.run, [row], p.at_dialog_insight())

    def read_back(
        self, sending: Sending, stored: Sequence[Written]
    ) -> Generator[Event, None, tuple[list[Written], list[Written]]]:
        """Look at what Dialog Insight made of fields that travel back, where its reply does not show it (4.5).

        To take what was sent for what is held would bring a text that was cut back as somebody's edit (promise I6).
        Give besides those of which the look does not show anything yet: they are to be looked at later.
        """
        by_op = {operation.id: operation for operation in sending.operations}
        known: list[Written] = []
        behind: list[Written] = []
        for each in stored:
            operation = by_op[each.op]
            if self.is_silent(operation, each):
                found = yield from self.look_up(operation.key, each.rid)
                if found is None or is_behind(operation, found.values):
                    behind.append(each)
                    continue
                each = replace(each, stored=what_was_made(operation, found.values))
            known.append(each)
        return known, behind

    def read_later(self, sending: Sending) -> Iterator[Event]:
        """Look at records that were made, and that no look showed then; what is not there now was erased since."""
        applied: list[Applied] = []
        for operation in sending.operations:
            found = yield from self.find(operation)
            stored = None if found is None else what_was_made(operation, found.values)
            assert operation.target_rid is not None, "its reply said which record was made"
            applied.append(applied_there(self.prepared, sending.batch, operation, operation.target_rid, stored))
        yield from self.book.settle(sending.batch, "", applied=applied)
        self.book.done += len(applied)

    def is_silent(self, operation: OpenOperation, outcome: Written) -> bool:
        """Say whether a reply does not show what became of a field that people may edit there too."""
        return outcome.stored is None and not self.two_way.isdisjoint(operation.fields)

    def first_contact(self, operation: OpenOperation, found: FoundRecord) -> Decision:
        prepared = self.prepared
        owner = prepared.ledger.owner_of(prepared.numbers.target, found.rid)
        if owner not in (None, operation.rid):
            taken = Refusal(Reason.KEY_TAKEN)
            return Aside(operation.rid, tuple(FieldRefusal(name, taken) for name in operation.key))
        record = Pending(operation.rid, operation.source, stamp="")
        return plan_first_contact(record, prepared.policy, contacts_of(prepared, (record,)), found)

    def must_be_judged(self, sending: Sending) -> bool:
        """Say whether the same bytes, sent again, could overwrite what a person wrote meanwhile."""
        return sending.batch.kind == "update" and any(not self.two_way.isdisjoint(o.fields) for o in sending.operations)

    def judge(self, sending: Sending) -> Iterator[Event]:
        """Read each record back and decide what became of its update (4.6)."""
        p = self.prepared
        applied: list[Applied] = []
        dropped: list[OpenOperation] = []
        held: list[OpenOperation] = []
        shown: dict[int, Shown] = {}
        targets = p.ledger.targets_of(sending.batch.layout)
        for operation in sending.operations:
            found = yield from self.find(operation)
            fate = fate_of(operation, None if found is None else found.values)
            if fate is Fate.APPLIED and found is not None:
                done = applied_there(p, sending.batch, operation, found.rid, found.values)
                seen = done.shown or Shown(found.as_of, shown_by(found, targets), news=False)
                applied.append(replace(done, shown=seen))
            elif fate is Fate.MAY_ARRIVE and operation.held_until is None:
                held.append(operation)
            else:
                dropped.append(operation)
                if found is not None:
                    shown[operation.id] = Shown(found.as_of, shown_by(found, targets), news=True)
        until = written(p.server_now(Side.DIALOG_INSIGHT) + HOLD[Side.DIALOG_INSIGHT])
        yield from self.book.settle(
            sending.batch,
            "",
            applied=applied,
            dropped=dropped,
            held=held,
            held_until=until,
            tried=dropped,
            shown=shown,
        )
        self.book.done += len(sending.operations)
