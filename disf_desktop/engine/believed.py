"""What becomes of a record that Dialog Insight refused: it is looked up before that is believed (4.5, 4.6, 4.9)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from disf_desktop.core.events import Event
from disf_desktop.core.first_contact import before_update
from disf_desktop.core.journal import HOLD, Applied, NewSetAside, OpenOperation
from disf_desktop.core.moments import BEHIND, written
from disf_desktop.core.operations import Agree, Aside, Update
from disf_desktop.core.records import FoundRecord, RecordRefused, Written
from disf_desktop.core.refusals import Reason, Refusal, explain
from disf_desktop.core.schema import Side
from disf_desktop.engine.decide import in_words
from disf_desktop.engine.fresh_look import FreshLook
from disf_desktop.engine.judge import applied_there, our_create
from disf_desktop.engine.second_look import Sending


@dataclass(slots=True)
class Believed(FreshLook):
    """Records that were refused, each by itself or as the last of a call; `updates` are to be sent as they are."""

    updates: deque[Update] = field(default_factory=deque)
    recovering: bool = False
    """Whether the batches are of an earlier run, so that more may have been seen of their records since."""

    def look_before_believing(
        self, sending: Sending, operation: OpenOperation, outcome: RecordRefused, request_id: str
    ) -> Iterator[Event]:
        looked = self.prepared.clock.monotonic()
        found = yield from self.find(operation)
        if sending.batch.kind == "create" and found is not None:
            made = our_create(self.prepared, sending.batch, operation, found) if sending.in_doubt else None
            if made is not None:
                yield from self.book.settle(sending.batch, request_id, applied=(made,))
                self.prepared.tally.deferred += made.shown is not None
                self.book.done += 1
                return
            yield from self._adopt(sending, operation, found, looked)
            return
        if found is not None and all(found.values.get(name) == value for name, value in operation.fields.items()):
            # It holds what was wanted: an earlier delivery of ours, or somebody else, was there first (4.6).
            stored = Written(operation.id, found.rid, created=False, stored=found.values)
            applied = self.applied(sending, (stored,))
            yield from self.book.settle(sending.batch, request_id, applied=applied, twice=sending.twice)
            self.book.done += 1
            return
        if sending.batch.kind == "create" and sending.in_doubt and operation.held_until is None:
            # It may be refused for what an earlier delivery of ours has made, and what no look shows yet.
            until = written(self.prepared.server_now(Side.DIALOG_INSIGHT) + BEHIND)
            yield from self.book.settle(sending.batch, request_id, held=(operation,), held_until=until)
            self.book.done += 1
            return
        if sending.batch.kind == "update" and found is not None and sending.twice and operation.held_until is None:
            # It is refused now, but an earlier copy whose reply was lost may still arrive.
            until = written(self.prepared.server_now(Side.DIALOG_INSIGHT) + HOLD[Side.DIALOG_INSIGHT])
            yield from self.book.settle(sending.batch, request_id, held=(operation,), held_until=until)
            self.book.done += 1
            return
        if sending.batch.kind == "update" and found is None:
            message, what_to_do = explain(Refusal(Reason.TARGET_GONE), "")
            aside = NewSetAside(
                operation.rid, Side.DIALOG_INSIGHT, "", Reason.TARGET_GONE.value, message, what_to_do, {}, request_id
            )
        else:
            aside = NewSetAside(
                operation.rid,
                Side.DIALOG_INSIGHT,
                outcome.field,
                outcome.code or "refused",
                f"Dialog Insight refused it: {outcome.message}" if outcome.message else "Dialog Insight refused it.",
                "Correct the record in Salesforce; it is then sent again by itself.",
                {},
                request_id,
            )
        yield from self.book.settle(sending.batch, request_id, aside=(aside,))
        self.book.done += 1

    def _adopt(self, sending: Sending, operation: OpenOperation, found: FoundRecord, looked: float) -> Iterator[Event]:
        """Tie a record to one that is there already, `looked` up at that moment, and plan what differs (4.9)."""
        prepared = self.prepared
        if sending.batch.layout != prepared.layout:
            # The mapping has changed since; the record is read and planned anew.
            yield from self.book.settle(sending.batch, "", dropped=(operation,))
            return
        decision = self.first_contact(operation, found)
        match decision:
            case Update():
                # The link and what agrees are written down before what differs is sent.
                decision = replace(decision, link=operation.link)
                yield from self.book.settle(sending.batch, "", adopted=(before_update(decision, prepared.policy),))
                if prepared.plan is None:
                    self.take_adopted(replace(decision, conflicts=()), looked)
            case Agree():
                yield from self.book.settle(sending.batch, "", adopted=(replace(decision, link=operation.link),))
                self.book.count_unchanged(1)
            case Aside() if self.recovering:
                # It stays before the planner, which decides from what is seen now.
                yield from self.book.settle(sending.batch, "", dropped=(operation,))
            case Aside():
                yield from self.book.settle(sending.batch, "", aside=(in_words(decision, prepared),))
                self.book.done += 1
            case _:
                raise AssertionError(decision)
        if isinstance(decision, Update | Agree):
            self.store_found(found)
            yield from self.book.told_conflicts(decision.rid, decision.conflicts)

    def take_adopted(self, update: Update, looked: float) -> None:
        """Take the update of a record that was looked at a moment ago: it goes without another look if it goes soon."""
        if self.two_way.isdisjoint(update.fields):
            self.updates.append(update)
        else:
            self.adopted.append((update, looked))

    def applied(self, sending: Sending, stored: Sequence[Written]) -> list[Applied]:
        by_op = {o.id: o for o in sending.operations}
        return [applied_there(self.prepared, sending.batch, by_op[w.op], w.rid, w.stored) for w in stored]
