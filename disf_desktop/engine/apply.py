"""Sends a plan to Dialog Insight in batches, with the intent on disk before the first byte and the outcome on disk
before the record is touched again (sync-semantics 4.5 and 4.6).

A batch is prepared while others are in flight, up to the job's concurrency; no two share a record or a key, because a
record has one operation in a run and a key one owner. What comes back is settled in the run's own thread:

- stored: the base is what the service says it holds;
- a create refused: the record is looked up by its key before the refusal is believed, and adopted if it is there;
- an update refused: the same look-up tells a record that is gone from one whose values are refused;
- nothing reached the service: the operations are dropped and the run ends; the next one plans them again;
- the outcome is unknown: the very same bytes are sent again, which insert-only and update-only make harmless, and its
  halves once they were lost twice; but where people may edit the same fields there, the record is read and judged field
  by field;
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
from disf_desktop.core.journal import HOLD, OpenBatch, OpenOperation
from disf_desktop.core.moments import BEHIND, written
from disf_desktop.core.operations import Create, Operation, Update
from disf_desktop.core.records import (
    NotSent,
    RecordOutcome,
    RecordRefused,
    Refused,
    Unknown,
    WriteRecord,
    WriteReply,
    Written,
)
from disf_desktop.core.schema import Side
from disf_desktop.engine.believed import Believed
from disf_desktop.engine.book import Book
from disf_desktop.engine.decide import PlannedPage, planned_pages
from disf_desktop.engine.fresh_look import Timed, timed
from disf_desktop.engine.job import Prepared
from disf_desktop.engine.judge import two_way_targets
from disf_desktop.engine.pace import Pace
from disf_desktop.engine.second_look import Sending
from disf_desktop.engine.shown import admit
from disf_desktop.engine.waiting import GRACE_S, HEARTBEAT_S, as_ours

RESENDS: Final = 3
"""How often in a row an unknown outcome is asked again; after that the next run does."""

LONELY_REFUSALS: Final = 5
"""Single records refused as whole calls, with none accepted in the run, before it ends: the fault is not theirs."""


@dataclass(slots=True)
class Sender(Believed):
    """The batches of one integration that are under way, and what their replies lead to.

    `refused` are to be looked at again: halves of batches that were refused as a whole, with fields that people may
    edit there, and batches whose look became old.
    """

    creates: deque[Create] = field(default_factory=deque)
    refused: deque[Sending] = field(default_factory=deque)
    ready: deque[Sending] = field(default_factory=deque)
    flying: dict[Future[Timed], Sending] = field(default_factory=dict)
    pace: Pace = field(init=False)
    accepted: int = 0
    lonely: int = 0
    unknown: int = 0

    def __post_init__(self) -> None:
        self.pace = Pace(self.prepared.job.batch_size, self.prepared.job.batch_size)

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
            self.take_updates(page.updates)
            yield from self.book.note(
                agreed=page.agreed, aside=page.aside, filtered=page.filtered, put_away=page.put_away
            )
            yield from self._send_exposed()
            yield from self._send_full()

    def take_updates(self, updates: Sequence[Update]) -> None:
        """Part updates into those whose records are looked at just before, and those that go as they are."""
        for update in updates:
            (self.updates if self.two_way.isdisjoint(update.fields) else self.exposed).append(update)

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

    def finish(self) -> Iterator[Event]:
        """Send what is left and wait until every outcome is settled."""
        while self.creates or self.updates or self.is_exposed() or self.ready or self.flying:
            yield from self._send_exposed()
            yield from self._send_full(partly=True)
            yield from self._collect()

    def is_exposed(self) -> bool:
        return bool(self.exposed or self.adopted or self.refused)

    def _send_exposed(self) -> Iterator[Event]:
        """Look at records whose fields people may edit there, a few at a time, and write what still stands at once.

        Nothing goes between: a look is not taken before the service is free for the write.
        """
        while self.is_exposed():
            while self.ready or len(self.flying) >= self.prepared.job.concurrency:
                self._launch()
                yield from self._collect()
            if self.refused:
                sending = self.refused.popleft()
                standing = yield from self.look_again(sending)
                if standing:
                    self.ready.append(replace(sending, operations=standing, again=True))
            else:
                updates = yield from self.look_afresh()
                if not updates:
                    continue
                # Whoever listens may take a while, and be told to pause: it hears of this once the batch has left.
                told = self._intend(updates)
                if self.is_stale(updates):
                    self.refused.append(self.ready.pop())
                self._launch()
                yield from told
            self._launch()

    def _send_full(self, *, partly: bool = False) -> Iterator[Event]:
        while True:
            self._launch()
            # One batch is ready while others fly, so that a reply is followed by the next request at once.
            if self.ready:
                yield from self._collect()
                continue
            size = self.pace.size
            queue: deque[Update] | deque[Create] = self.updates
            if not (len(self.updates) >= size or (partly and self.updates)):
                queue = self.creates
            if len(queue) < size and not (partly and queue):
                return
            yield from self._intend([queue.popleft() for _ in range(min(size, len(queue)))])

    def _intend(self, operations: Sequence[Operation]) -> list[Event]:
        """Write a batch down, which is ready then (J1), and give what there is to tell of it."""
        p = self.prepared
        batch = p.ledger.intend(p.run, p.numbers.integration, p.numbers.target, p.layout, operations, p.at())
        self.ready.append(Sending(batch, batch.operations))
        updates = (each for each in operations if isinstance(each, Update))
        return [told for each in updates for told in self.book.told_conflicts(each.rid, each.conflicts)]

    def _launch(self) -> None:
        """Let ready batches fly, as many at once as the service may be asked."""
        p = self.prepared
        while self.ready and len(self.flying) < p.job.concurrency:
            # Between the intent and the send a suspended computer may have slept, and another run have taken over.
            p.ledger.check_held()
            sending = self.ready.popleft()
            records = [WriteRecord(o.id, o.key, o.fields, o.target_rid) for o in sending.operations]
            future = self.workers.submit(timed, p.clock, p.job.target.write, sending.batch.kind, records)
            self.flying[future] = sending

    # -- collecting -----------------------------------------------------------------------------------------------

    def _collect(self) -> Iterator[Event]:
        """Settle the batches that came back; wait for at least one, with heartbeats."""
        while self.flying:
            done, _ = wait_for(self.flying, timeout=HEARTBEAT_S, return_when=FIRST_COMPLETED)
            if done:
                back = [(self.flying.pop(future), future.result()) for future in done]
                if all(isinstance(told.result, WriteReply) for _, told in back):
                    self._launch()
                for sending, told in back:
                    yield from self._absorb(sending, told)
                break
            yield from self.book.progress()
        yield from self.book.progress()

    def land(self) -> None:
        """On a stop: wait a little for what is in flight and settle what came back; the rest is recovered next time."""
        done, _ = wait_for(self.flying, timeout=GRACE_S)
        for future in done:
            sending = self.flying.pop(future)
            told = future.result()
            self.note_exposure(sending, told)
            result = told.result
            if isinstance(result, WriteReply):
                by_op = {o.id: o for o in sending.operations}
                shown = [o for o in result.outcomes if isinstance(o, Written) and not self.is_silent(by_op[o.op], o)]
                applied = self.applied(sending, shown)
                self.book.settle(sending.batch, result.request_id, applied=applied, twice=sending.twice)

    def _absorb(self, sending: Sending, told: Timed) -> Iterator[Event]:
        self.note_exposure(sending, told)
        pace = self.fresh if self.must_be_judged(sending) else self.pace
        match told.result:
            case WriteReply() as reply:
                pace.answered()
                yield from self._absorb_reply(sending, reply)
            case NotSent(error=error):
                if not sending.again:
                    self.book.settle(sending.batch, "", dropped=sending.operations)
                raise as_ours(error)
            case Unknown(error=error):
                pace.lost()
                yield from self._send_again(sending, error, lost=True)
            case Refused() as refused:
                yield from self._absorb_refusal(sending, refused)

    def _absorb_reply(self, sending: Sending, reply: WriteReply) -> Iterator[Event]:
        by_op = {o.id: o for o in sending.operations}
        stored, behind = yield from self.read_back(sending, [o for o in reply.outcomes if isinstance(o, Written)])
        applied = self.applied(sending, stored)
        until = written(self.prepared.server_now(Side.DIALOG_INSIGHT) + BEHIND)
        held, made = [by_op[each.op] for each in behind], {each.op: each.rid for each in behind if each.created}
        yield from self.book.settle(
            sending.batch, reply.request_id, applied=applied, held=held, held_until=until, made=made,
            twice=sending.twice,
        )  # fmt: skip
        self.accepted += len(stored) + len(behind)
        self.book.done += len(stored) + len(behind)
        for outcome in reply.outcomes:
            if isinstance(outcome, RecordRefused):
                yield from self.look_before_believing(sending, by_op[outcome.op], outcome, reply.request_id)
        unknown = _unaccounted(sending, reply.outcomes)
        if len(unknown) < len(sending.operations):
            self.unknown = 0
        if unknown:
            error = ServiceUnavailable(
                "Dialog Insight's reply does not say what became of some records.", "Run again; they are asked anew."
            )
            yield from self._send_again(replace(sending, operations=unknown), error)

    def _send_again(self, sending: Sending, error: Exception, *, lost: bool = False) -> Iterator[Event]:
        """Ask again with the very same bytes, and from the second `lost` reply on in halves, for a batch may be too
        large to be answered; after some tries leave the intent for the next run."""
        parts = _halves(sending) if lost and sending.twice else [sending]
        sending = replace(sending, twice=sending.twice or lost, in_doubt=True)
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
        # What is smaller goes first: one answer, and the tries begin anew.
        self.ready.extendleft(replace(part, again=True, twice=sending.twice, in_doubt=True) for part in reversed(parts))

    def _absorb_refusal(self, sending: Sending, refused: Refused) -> Iterator[Event]:
        """Find out whether the call or a record in it was refused, without trusting any code."""
        first = sending.operations[0]
        yield from self.find(first)
        if len(sending.operations) > 1:
            queue = self.refused if self.must_be_judged(sending) else self.ready
            queue.extend(replace(half, again=True) for half in _halves(sending))
            return
        self.lonely += 1
        if self.lonely >= LONELY_REFUSALS and not self.accepted:
            raise AccessRefused(
                "Dialog Insight refuses every record.",
                "Check the rights of the key for this project and this table in Dialog Insight.",
                detail=f"{refused.code}: {refused.message} (request {refused.request_id})",
            )
        outcome = RecordRefused(first.id, refused.code, refused.message)
        yield from self.look_before_believing(sending, first, outcome, refused.request_id)


def _halves(sending: Sending) -> list[Sending]:
    """Part a sending in two, where it has several operations."""
    middle = len(sending.operations) // 2
    halves = (sending.operations[:middle], sending.operations[middle:])
    return [replace(sending, operations=half) for half in halves if half]


def _unaccounted(sending: Sending, outcomes: Sequence[RecordOutcome]) -> tuple[OpenOperation, ...]:
    told = {o.op for o in outcomes if isinstance(o, Written | RecordRefused)}
    return tuple(o for o in sending.operations if o.id not in told)


def recover(prepared: Prepared, workers: Executor, batches: Sequence[OpenBatch]) -> Iterator[Event]:
    """Find out what became of batches that an earlier run left open (4.6); held ones once their time is over."""
    sender = Sender(prepared, workers, Book(prepared), recovering=True, two_way=two_way_targets(prepared))
    for batch in batches:
        if not (due := batch.due(prepared.server_now(batch.side), HOLD[batch.side])):
            continue
        if made := [each for each in due if batch.kind == "create" and each.target_rid is not None]:
            yield from sender.read_later(Sending(batch, tuple(made)))
        late = [each for each in due if batch.kind == "update" and each.held_until is not None]
        if late:
            # Whatever became of it, it cannot come any more; what is wanted now is planned anew.
            yield from sender.judge(Sending(batch, tuple(late)))
        if not (due := tuple(each for each in due if each not in made and each not in late)):
            continue
        sending = Sending(batch, due, again=True, twice=True, in_doubt=True)
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
    sender.take_updates(updates)
    yield from _finishing(sender, sender.finish())


def _finishing(sender: Sender, events: Iterator[Event]) -> Iterator[Event]:
    """Let a stop or a failure wait for the replies that are under way, so that less has to be recovered."""
    try:
        yield from events
    except (Stopped, DisfError):
        sender.land()
        raise
