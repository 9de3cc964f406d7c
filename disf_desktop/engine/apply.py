"""Sends a plan to Dialog Insight in batches, with the intent on disk before the first byte and the outcome on disk
before the record is touched again (sync-semantics 4.5 and 4.6).

A batch is prepared while others are in flight, up to the job's concurrency; no two share a record or a key, because a
record has one operation in a run and a key one owner. What comes back is settled in the run's own thread:

- stored: the base is what the service says it holds;
- a create refused: the record is looked up by its key before the refusal is believed, and adopted if it is there;
- an update refused: the same look-up tells a record that is gone from one whose values are refused;
- nothing reached the service: the operations are dropped and the run ends; the next one plans them again;
- the outcome is unknown: the very same bytes are sent again, which insert-only and update-only make harmless; but where
  people may edit the same fields there, the record is read and judged field by field;
- the whole call refused: the first record is looked up, which a refused key or right ends with its error; then the
  batch is halved until the culprit is alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future
from concurrent.futures import wait as wait_for
from dataclasses import dataclass, field, replace
from typing import Final

from disf_desktop.core.errors import AccessRefused, DisfError, ServiceUnavailable, Stopped
from disf_desktop.core.events import Event
from disf_desktop.core.first_contact import before_update
from disf_desktop.core.journal import Applied, NewSetAside, OpenBatch, OpenOperation
from disf_desktop.core.observed import shown_by
from disf_desktop.core.operations import Agree, Aside, Create, Update
from disf_desktop.core.records import (
    FoundRecord,
    NotSent,
    RecordOutcome,
    RecordRefused,
    Refused,
    Unknown,
    WriteRecord,
    WriteReply,
    WriteResult,
    Written,
)
from disf_desktop.core.refusals import Reason, Refusal, explain
from disf_desktop.core.schema import Side
from disf_desktop.engine.book import Book
from disf_desktop.engine.decide import PlannedPage, in_words, planned_pages
from disf_desktop.engine.job import Prepared
from disf_desktop.engine.judge import HOLD, applied_there, is_our_create, two_way_targets
from disf_desktop.engine.second_look import SecondLook, Sending
from disf_desktop.engine.shown import admit
from disf_desktop.engine.waiting import GRACE_S, HEARTBEAT_S, as_ours

RESENDS: Final = 3
"""How often in a row an unknown outcome is asked again; after that the next run does."""

VERIFIED_BATCH: Final = 20
"""Updates that were looked at before they are sent: few, so that the look is fresh (promise I2: five seconds)."""

LONELY_REFUSALS: Final = 5
"""Single records refused as whole calls, with none accepted in the run, before it ends: the fault is not theirs."""


@dataclass(slots=True)
class Sender(SecondLook):
    """The batches of one integration that are under way, and what their replies lead to."""

    creates: deque[Create] = field(default_factory=deque)
    updates: deque[Update] = field(default_factory=deque)
    ready: deque[Sending] = field(default_factory=deque)
    flying: dict[Future[WriteResult], Sending] = field(default_factory=dict)
    accepted: int = 0
    lonely: int = 0
    unknown: int = 0
    recovering: bool = False
    """Whether the batches are of an earlier run, so that more may have been seen of their records since."""

    # -- sending --------------------------------------------------------------------------------------------------

    def plan_and_send(self) -> Iterator[Event]:
        """Plan everything and send it: first what Dialog Insight itself shows, then what Salesforce does."""
        yield from self._take(planned_pages(self.prepared, Side.DIALOG_INSIGHT, of=Side.DIALOG_INSIGHT))
        yield from self.finish()
        yield from self._take(planned_pages(self.prepared, Side.DIALOG_INSIGHT))
        yield from self.finish()

    def _take(self, pages: Iterator[PlannedPage]) -> Iterator[Event]:
        for page in pages:
            yield from admit(self.prepared, page)
            yield from self._meet(page)
            self.creates.extend(page.creates)
            for update in page.updates:
                if self.two_way.isdisjoint(update.fields):
                    self.updates.append(update)
                else:
                    yield from self._verify(update)
            yield from self.book.note(
                agreed=page.agreed, aside=page.aside, filtered=page.filtered, put_away=page.put_away
            )
            yield from self._send_full()

    def _meet(self, page: PlannedPage) -> Iterator[Event]:
        """Tie records to what an import stored of them, and note what it shows, before anything else is sent of them.

        As with a record that is adopted after a refused insert, what differs is written after that.
        """
        prepared = self.prepared
        met = {u.rid: u for u in page.updates if u.rid in page.arrived}
        agreed = [a for a in page.agreed if a.rid in page.arrived]
        if not (met or agreed):
            return
        yield from self.book.note(
            agreed=agreed,
            adopted=[before_update(update, prepared.policy) for update in met.values()],
            shown=[page.arrived[rid] for rid in (*(a.rid for a in agreed), *met)],
        )
        if prepared.policy.goes_back:
            # What they show may have to travel to Salesforce.
            prepared.tally.deferred += len(met) + len(agreed)
        page.agreed = [a for a in page.agreed if a.rid not in page.arrived]
        page.updates = [replace(u, conflicts=()) if u.rid in met else u for u in page.updates]

    def _verify(self, update: Update) -> Iterator[Event]:
        """Look at a record just before fields are written that people may edit there; somebody's edit goes first."""
        found = yield from self.look_up(update.key, update.target_rid)
        p = self.prepared
        names = sorted(self.two_way.intersection(update.fields))
        if found is not None and all(
            shown == update.before[name] for name, shown in zip(names, shown_by(found, names), strict=True)
        ):
            self.updates.append(update)
            if len(self.updates) >= VERIFIED_BATCH:
                yield from self._send_full(partly=True)
            return
        if found is not None:
            self.store_found(found)
        elif update.link is not None and not p.ledger.take_over(update.link, p.run):
            p.ledger.note_missing([update.link], p.at_dialog_insight())

    def finish(self) -> Iterator[Event]:
        """Send what is left and wait until every outcome is settled."""
        while self.creates or self.updates or self.ready or self.flying:
            yield from self._send_full(partly=True)
            yield from self._collect()

    def _send_full(self, *, partly: bool = False) -> Iterator[Event]:
        p = self.prepared
        size = p.job.batch_size
        while True:
            self._launch()
            # One batch is ready while others fly, so that a reply is followed by the next request at once.
            if self.ready:
                yield from self._collect()
                continue
            queue: deque[Update] | deque[Create] = self.updates
            if not (len(self.updates) >= size or (partly and self.updates)):
                queue = self.creates
            if len(queue) < size and not (partly and queue):
                return
            operations = [queue.popleft() for _ in range(min(size, len(queue)))]
            batch = p.ledger.intend(p.run, p.numbers.integration, p.numbers.target, p.layout, operations, p.at())
            self.ready.append(Sending(batch, batch.operations))
            for operation in operations:
                if isinstance(operation, Update):
                    yield from self.book.told_conflicts(operation.rid, operation.conflicts)

    def _launch(self) -> None:
        """Let ready batches fly, as many at once as the service may be asked."""
        while self.ready and len(self.flying) < self.prepared.job.concurrency:
            # Between the intent and the send a suspended computer may have slept, and another run have taken over.
            self.prepared.ledger.check_held()
            sending = self.ready.popleft()
            records = [WriteRecord(o.id, o.key, o.fields, o.target_rid) for o in sending.operations]
            write = self.prepared.job.target.write
            self.flying[self.workers.submit(write, sending.batch.kind, records)] = sending

    # -- collecting -----------------------------------------------------------------------------------------------

    def _collect(self) -> Iterator[Event]:
        """Settle the batches that came back; wait for at least one, with heartbeats."""
        while self.flying:
            done, _ = wait_for(self.flying, timeout=HEARTBEAT_S, return_when=FIRST_COMPLETED)
            if done:
                back = [(self.flying.pop(future), future.result()) for future in done]
                if all(isinstance(result, WriteReply) for _, result in back):
                    self._launch()
                for sending, result in back:
                    yield from self._absorb(sending, result)
                break
            yield from self.book.progress()
        yield from self.book.progress()

    def land(self) -> None:
        """On a stop: wait a little for what is in flight and settle what came back; the rest is recovered next time."""
        done, _ = wait_for(self.flying, timeout=GRACE_S)
        for future in done:
            sending = self.flying.pop(future)
            result = future.result()
            if isinstance(result, WriteReply):
                by_op = {o.id: o for o in sending.operations}
                told = [o for o in result.outcomes if isinstance(o, Written) and not self.is_silent(by_op[o.op], o)]
                applied = self._applied(sending, told)
                self.book.settle(sending.batch, result.request_id, applied=applied, twice=sending.twice)

    def _absorb(self, sending: Sending, result: WriteResult) -> Iterator[Event]:
        match result:
            case WriteReply():
                yield from self._absorb_reply(sending, result)
            case NotSent(error=error):
                if not sending.again:
                    self.book.settle(sending.batch, "", dropped=sending.operations)
                raise as_ours(error)
            case Unknown(error=error):
                yield from self._send_again(replace(sending, twice=True), error)
            case Refused():
                yield from self._absorb_refusal(sending, result)

    def _absorb_reply(self, sending: Sending, reply: WriteReply) -> Iterator[Event]:
        by_op = {o.id: o for o in sending.operations}
        stored = yield from self.read_back(sending, [o for o in reply.outcomes if isinstance(o, Written)])
        applied = self._applied(sending, stored)
        yield from self.book.settle(sending.batch, reply.request_id, applied=applied, twice=sending.twice)
        self.accepted += len(stored)
        self.book.done += len(stored)
        for outcome in reply.outcomes:
            if isinstance(outcome, RecordRefused):
                yield from self._look_before_believing(sending, by_op[outcome.op], outcome, reply.request_id)
        unknown = _unaccounted(sending, reply.outcomes)
        if len(unknown) < len(sending.operations):
            self.unknown = 0
        if unknown:
            error = ServiceUnavailable(
                "Dialog Insight's reply does not say what became of some records.", "Run again; they are asked anew."
            )
            yield from self._send_again(replace(sending, operations=unknown), error)

    def _applied(self, sending: Sending, stored: Sequence[Written]) -> list[Applied]:
        by_op = {o.id: o for o in sending.operations}
        return [applied_there(self.prepared, sending.batch, by_op[w.op], w.rid, w.stored) for w in stored]

    def _send_again(self, sending: Sending, error: Exception) -> Iterator[Event]:
        """Ask again with the very same bytes; after some tries leave the intent for the next run."""
        if self.must_be_judged(sending):
            yield from self.judge(sending)
            return
        self.unknown += 1
        if self.unknown > RESENDS:
            raise as_ours(error)
        wait = self.prepared.clock
        until = wait.monotonic() + 2.0 ** (self.unknown - 1)
        while wait.monotonic() < until:
            wait.sleep(HEARTBEAT_S)
            yield from self.book.progress()
        self.ready.append(replace(sending, again=True))

    def _absorb_refusal(self, sending: Sending, refused: Refused) -> Iterator[Event]:
        """Find out whether the call or a record in it was refused, without trusting any code."""
        first = sending.operations[0]
        yield from self.find(first)
        if len(sending.operations) > 1:
            middle = len(sending.operations) // 2
            for part in (sending.operations[:middle], sending.operations[middle:]):
                self.ready.append(replace(sending, operations=part, again=True))
            return
        self.lonely += 1
        if self.lonely >= LONELY_REFUSALS and not self.accepted:
            raise AccessRefused(
                "Dialog Insight refuses every record.",
                "Check the rights of the key for this project and this table in Dialog Insight.",
                detail=f"{refused.code}: {refused.message} (request {refused.request_id})",
            )
        outcome = RecordRefused(first.id, refused.code, refused.message)
        yield from self._look_before_believing(sending, first, outcome, refused.request_id)

    # -- one refused record -----------------------------------------------------------------------------------------

    def _look_before_believing(
        self, sending: Sending, operation: OpenOperation, outcome: RecordRefused, request_id: str
    ) -> Iterator[Event]:
        found = yield from self.find(operation)
        if sending.batch.kind == "create" and found is not None:
            if sending.twice and is_our_create(self.prepared, operation, found.values):
                made = Written(operation.id, found.rid, created=True, stored=found.values)
                yield from self.book.settle(sending.batch, request_id, applied=self._applied(sending, (made,)))
                self.book.done += 1
                return
            yield from self._adopt(sending, operation, found)
            return
        if found is not None and all(found.values.get(name) == value for name, value in operation.fields.items()):
            # It holds what was wanted: an earlier delivery of ours, or somebody else, was there first (4.6).
            stored = Written(operation.id, found.rid, created=False, stored=found.values)
            applied = self._applied(sending, (stored,))
            yield from self.book.settle(sending.batch, request_id, applied=applied, twice=sending.twice)
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

    def _adopt(self, sending: Sending, operation: OpenOperation, found: FoundRecord) -> Iterator[Event]:
        """Tie a record to one that Dialog Insight has already, and plan what differs (sync-semantics 4.9)."""
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
                    self.updates.append(replace(decision, conflicts=()))
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


def _unaccounted(sending: Sending, outcomes: Sequence[RecordOutcome]) -> tuple[OpenOperation, ...]:
    told = {o.op for o in outcomes if isinstance(o, Written | RecordRefused)}
    return tuple(o for o in sending.operations if o.id not in told)


def recover(prepared: Prepared, workers: Executor, batches: Sequence[OpenBatch]) -> Iterator[Event]:
    """Find out what became of batches that an earlier run left open (4.6); held ones once their time is over."""
    sender = Sender(prepared, workers, Book(prepared), recovering=True, two_way=two_way_targets(prepared))
    for batch in batches:
        if not (due := batch.due(prepared.clock.now(), HOLD[Side.DIALOG_INSIGHT])):
            continue
        sending = Sending(batch, due, again=True, twice=True)
        if sender.must_be_judged(sending):
            yield from sender.judge(sending)
        else:
            sender.ready.append(sending)
    sender.book.total = sum(len(s.operations) for s in sender.ready)
    yield from _finishing(sender, sender.finish())


def apply(prepared: Prepared, workers: Executor, total: int) -> Iterator[Event]:
    """Plan and send to Dialog Insight everything that is before the planner: so many records."""
    sender = Sender(prepared, workers, Book(prepared, total), two_way=two_way_targets(prepared))
    yield from _finishing(sender, sender.plan_and_send())
    yield from sender.book.progress(last=True)


def send(prepared: Prepared, workers: Executor, updates: Sequence[Update]) -> Iterator[Event]:
    """Send updates to Dialog Insight that were decided otherwise than by a plan."""
    sender = Sender(prepared, workers, Book(prepared), two_way=two_way_targets(prepared))
    sender.updates.extend(updates)
    yield from _finishing(sender, sender.finish())


def _finishing(sender: Sender, events: Iterator[Event]) -> Iterator[Event]:
    """Let a stop or a failure wait for the replies that are under way, so that less has to be recovered."""
    try:
        yield from events
    except (Stopped, DisfError):
        sender.land()
        raise
