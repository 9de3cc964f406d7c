"""Sends rows in batches of one call each: the intent is in the book before the first byte leaves, the outcome as soon
as the reply is there.

No two rows share a key, so batches may fly at once, and several are written down, or settled, in one transaction: a
kill then only lets more of them be sent a second time. What an earlier run left open is gathered again as the file
passes, and sent as it was: an upsert and an update say the same twice, and a create that is refused is looked up before
the refusal is believed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future
from concurrent.futures import wait as wait_for
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from disf_desktop.core.errors import AccessRefused, DisfError, ServiceUnavailable, Stopped
from disf_desktop.core.importing.events import ImportEvent
from disf_desktop.core.importing.rows import OpenRows, RowOutcome, RowReason, RowState
from disf_desktop.core.records import (
    NotSent,
    RecordRefused,
    Refused,
    Unknown,
    WriteRecord,
    WriteReply,
    WriteResult,
    Written,
)
from disf_desktop.core.refusals import Reason
from disf_desktop.engine.apply import LONELY_REFUSALS, RESENDS
from disf_desktop.engine.importing.sending import Accounts, Wanted, kind_of
from disf_desktop.engine.waiting import GRACE_S, HEARTBEAT_S, as_ours

_MOST_LONELY: Final = 20
"""Single rows refused as whole calls, one after the other, before the import ends, though rows were accepted before: a
right may have been taken away meanwhile, and these rows are not to be told as failed."""

_NOT_SENT: Final = frozenset({RowReason.NOT_THERE, RowReason.ALREADY_THERE, RowReason.SEVERAL_THERE})
_SERVICE: Final = {"salesforce": "Salesforce", "dialog_insight": "Dialog Insight"}


@dataclass(frozen=True, slots=True)
class Flight:
    """A batch of the book, or a part of it, that is under way.

    `again` says that it was sent before, so what was done of it is not known. `as_of` is the time of the service before
    it left.
    """

    number: int
    kind: str
    rows: tuple[Wanted, ...]
    again: bool = False
    as_of: str = ""


@dataclass(slots=True)
class _Gathered:
    """A batch that an earlier run left open, as its rows come by."""

    batch: OpenRows
    rows: list[Wanted] = field(default_factory=list)


@dataclass(slots=True)
class BatchSender(ABC):
    """The batches of one import that are under way, and what their replies lead to."""

    accounts: Accounts
    queue: deque[Wanted] = field(default_factory=deque)
    ready: deque[Flight] = field(default_factory=deque)
    flying: dict[Future[WriteResult], Flight] = field(default_factory=dict)
    returned: list[tuple[Flight, WriteReply]] = field(default_factory=list)
    accepted: int = 0
    unknown: int = 0
    _reopened: dict[int, _Gathered] = field(default_factory=dict)
    _lonely: list[tuple[Flight, RecordRefused]] = field(default_factory=list)

    # -- what the services differ in -------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """Say what is done with each row."""
        return kind_of(self.accounts.job)

    @property
    @abstractmethod
    def size(self) -> int:
        """Give how many rows go in one call."""

    @property
    def together(self) -> int:
        """Give how many batches may be written down, or settled, in one transaction."""
        return 1

    @property
    def at_once(self) -> int:
        """Give how many batches workers may have at once."""
        return self.accounts.job.concurrency

    @abstractmethod
    def write(self, flight: Flight) -> WriteResult:
        """Send a batch; called in a worker, so it touches nothing else."""

    @abstractmethod
    def note_stored(self, batches: Sequence[tuple[Flight, Sequence[Written]]]) -> None:
        """Note what a service holds by now of these batches, before the book says that it is done."""

    @abstractmethod
    def doubt(self, flight: Flight, refused: RecordRefused) -> bool:
        """Say whether a refusal must be looked into before it is believed."""

    @abstractmethod
    def look_into(self, flight: Flight, wanted: Wanted, refused: RecordRefused) -> Generator[ImportEvent, None, None]:
        """Find out what a doubtful refusal means, and settle its row."""

    def resolve(self, rows: Sequence[Wanted]) -> Generator[ImportEvent, None, tuple[list[Wanted], list[RowOutcome]]]:
        """Find what must be known of rows before they are sent; give those that may be, and what became of the rest."""
        yield from ()
        return list(rows), []

    def outcome_of(self, reply: WriteReply, stored: Written) -> RowOutcome | None:
        """Give what became of a row that is stored; None for one that `after_reply` settles."""
        return RowOutcome(stored.op, RowState.CREATED if stored.created else RowState.UPDATED, stored.rid)

    def after_reply(self, flight: Flight, reply: WriteReply) -> Iterator[ImportEvent]:
        """Do what is to be done once the rest of a reply is settled."""
        yield from ()

    def check_call(self, flight: Flight) -> Iterator[ImportEvent]:
        """Find out whether a call was refused for us as a whole; raises the error if so."""
        yield from ()

    # -- sending ---------------------------------------------------------------------------------------------------

    def send(self) -> Iterator[ImportEvent]:
        """Send everything that is still to be sent, and wait until every outcome is settled."""
        try:
            yield from self._send_all()
        except (Stopped, DisfError):
            self._land()
            raise

    def _send_all(self) -> Iterator[ImportEvent]:
        for batch in self.accounts.job.book.open_batches():
            if not batch.job:
                gathered = _Gathered(batch)
                self._reopened |= dict.fromkeys(batch.rows, gathered)
        for page, events in self.accounts.pages(self._reopened):
            yield from events
            yield from self._add(page)
            yield from self._send_full()
            yield from self.accounts.progress()
        while self.queue or self.ready or self.flying or self.returned:
            yield from self._send_full(partly=True)
            yield from self._collect()
            if not (self.queue or self.ready or self.flying or self.returned):
                yield from self._believe_lonely()

    def _add(self, page: Sequence[Wanted]) -> Iterator[ImportEvent]:
        fresh = [wanted for wanted in page if wanted.row not in self._reopened]
        resolved, settled = yield from self.resolve(fresh)
        yield from self.accounts.put(settled)
        self.queue.extend(resolved)
        for wanted in page:
            gathered = self._reopened.get(wanted.row)
            if gathered is None:
                continue
            gathered.rows.append(wanted)
            if len(gathered.rows) == len(gathered.batch.rows):
                rows, settled = yield from self.resolve([each for each in gathered.rows if not each.erased])
                code = Reason.ERASED.value
                settled += [RowOutcome(each.row, RowState.REFUSED, "", code) for each in gathered.rows if each.erased]
                number = gathered.batch.number
                if settled:
                    yield from self.accounts.settle(number, settled)
                if rows:
                    self.accounts.afford()
                    self.ready.append(Flight(number, gathered.batch.kind, tuple(rows), again=True))

    def _send_full(self, *, partly: bool = False) -> Iterator[ImportEvent]:
        while True:
            self._launch()
            # One batch is ready while others fly, so that a reply is followed by the next request at once.
            if self.ready:
                yield from self._collect()
                continue
            if len(self.queue) < self.size and not (partly and self.queue):
                return
            self._intend(partly=partly)

    def _intend(self, *, partly: bool) -> None:
        """Write the next batches down, one at least."""
        book = self.accounts.job.book
        flights: list[Flight] = []
        with book.together():
            while len(flights) < self.together and (len(self.queue) >= self.size or (partly and self.queue)):
                self.accounts.afford()
                rows = tuple(self.queue.popleft() for _ in range(min(self.size, len(self.queue))))
                flights.append(Flight(book.intend(self.kind, [wanted.row for wanted in rows]), self.kind, rows))
        self.ready.extend(flights)

    def _launch(self) -> None:
        while self.ready and len(self.flying) < self.at_once:
            flight = self.stamped(self.ready.popleft())
            self.flying[self.accounts.workers.submit(self.write, flight)] = flight

    def stamped(self, flight: Flight) -> Flight:
        """Give a batch with the time of the service, where its reply is to be dated."""
        return flight

    # -- collecting ------------------------------------------------------------------------------------------------

    def _collect(self) -> Iterator[ImportEvent]:
        """Take the batch that came back; wait for it, with heartbeats, and settle meanwhile what came before."""
        if not self.flying:
            yield from self._settle_returned()
        while self.flying:
            done, _ = wait_for(self.flying, timeout=HEARTBEAT_S, return_when=FIRST_COMPLETED)
            if done:
                future = next(each for each in self.flying if each in done)
                flight = self.flying.pop(future)
                result = future.result()
                if isinstance(result, WriteReply):
                    self._launch()
                yield from self._absorb(flight, result)
                break
            yield from self._settle_returned()
            yield from self.accounts.progress()
        yield from self.accounts.progress()

    def _land(self) -> None:
        """On a stop: wait a little for what is in flight and settle what came back; the rest is sent again."""
        done, _ = wait_for(self.flying, timeout=GRACE_S)
        for future in done:
            flight = self.flying.pop(future)
            if future.exception() is None and isinstance(result := future.result(), WriteReply):
                self.returned.append((flight, result))
        returned, self.returned = self.returned, []
        if returned:
            self._settle_plain(returned)
        # What never left: nobody has to find out what became of it.
        never_left = [flight for flight in self.ready if not flight.again]
        if never_left:
            with self.accounts.job.book.together():
                for flight in never_left:
                    self.accounts.settle(flight.number, (), again=[wanted.row for wanted in flight.rows])

    def _absorb(self, flight: Flight, result: WriteResult) -> Iterator[ImportEvent]:
        if isinstance(result, WriteReply):
            self.returned.append((flight, result))
        if len(self.returned) >= self.together or not isinstance(result, WriteReply):
            yield from self._settle_returned()
        match result:
            case NotSent(error=error):
                if not flight.again:
                    self.accounts.settle(flight.number, (), again=[wanted.row for wanted in flight.rows])
                raise as_ours(error)
            case Unknown(error=error):
                yield from self._send_again(flight, error)
            case Refused():
                yield from self._absorb_refusal(flight, result)

    def _settle_returned(self) -> Iterator[ImportEvent]:
        """Settle the batches that came back, and do what their replies ask for."""
        returned, self.returned = self.returned, []
        if returned:
            yield from self._settle_plain(returned)
        for flight, reply in returned:
            yield from self._absorb_reply(flight, reply)

    def _absorb_reply(self, flight: Flight, reply: WriteReply) -> Iterator[ImportEvent]:
        stored = [o for o in reply.outcomes if isinstance(o, Written)]
        self.accepted += len(stored)
        if stored:
            yield from self._believe_lonely()
        by_row = {wanted.row: wanted for wanted in flight.rows}
        told = {o.op for o in reply.outcomes if isinstance(o, Written | RecordRefused)}
        for outcome in reply.outcomes:
            if isinstance(outcome, RecordRefused) and self.doubt(flight, outcome):
                yield from self.look_into(flight, by_row[outcome.op], outcome)
        yield from self.after_reply(flight, reply)
        untold = tuple(wanted for wanted in flight.rows if wanted.row not in told)
        if len(untold) < len(flight.rows):
            self.unknown = 0
        if untold:
            error = ServiceUnavailable(
                "A reply does not say what became of some rows.", "Import the file again: they are asked anew."
            )
            yield from self._send_again(Flight(flight.number, flight.kind, untold), error)

    def _settle_plain(self, returned: Sequence[tuple[Flight, WriteReply]]) -> list[ImportEvent]:
        """Settle what replies say beyond doubt, in one transaction."""
        self.note_stored(
            [(flight, [o for o in reply.outcomes if isinstance(o, Written)]) for flight, reply in returned]
        )
        with self.accounts.job.book.together():
            return [event for flight, reply in returned for event in self._settle_one(flight, reply)]

    def _settle_one(self, flight: Flight, reply: WriteReply) -> list[ImportEvent]:
        outcomes: list[RowOutcome] = []
        for outcome in reply.outcomes:
            if isinstance(outcome, Written):
                made = self.outcome_of(reply, outcome)
                outcomes += [] if made is None else [made]
            elif isinstance(outcome, RecordRefused) and not self.doubt(flight, outcome):
                outcomes.append(failed_as(outcome))
        return self.accounts.settle(flight.number, outcomes) if outcomes else []

    def _send_again(self, flight: Flight, error: Exception) -> Iterator[ImportEvent]:
        """Send the very same again, after a growing pause; after some tries leave it for the next run."""
        self.unknown += 1
        if self.unknown > RESENDS:
            raise as_ours(error)
        self.accounts.afford()
        yield from self.pause(2.0 ** (self.unknown - 1))
        self.ready.append(Flight(flight.number, flight.kind, flight.rows, again=True))

    def pause(self, seconds: float) -> Iterator[ImportEvent]:
        """Wait, with heartbeats."""
        yield from pause(self.accounts, seconds)

    def _absorb_refusal(self, flight: Flight, refused: Refused) -> Iterator[ImportEvent]:
        """Find out whether the call or a row in it was refused, without trusting any code."""
        yield from self.check_call(flight)
        if len(flight.rows) > 1:
            middle = len(flight.rows) // 2
            # The halves go next, so that a service that refuses everything is known for that after few calls.
            for half in (flight.rows[middle:], flight.rows[:middle]):
                self.ready.appendleft(Flight(flight.number, flight.kind, half, again=True))
            return
        outcome = RecordRefused(flight.rows[0].row, refused.code, refused.message)
        # The fault may be nobody's row: they stay open until another row is accepted, or all others are through.
        self._lonely.append((flight, outcome))
        if len(self._lonely) >= (_MOST_LONELY if self.accepted else LONELY_REFUSALS):
            which = "one row after the other" if self.accepted else "every row"
            raise AccessRefused(
                f"{_SERVICE[self.accounts.job.side.value]} refuses {which}.",
                "Check the rights of the connection for this table.",
                detail=f"{refused.code}: {refused.message} (request {refused.request_id})",
            )

    def _believe_lonely(self) -> Iterator[ImportEvent]:
        lonely, self._lonely = self._lonely, []
        for flight, refused in lonely:
            yield from self._believe(flight, refused)

    def _believe(self, flight: Flight, outcome: RecordRefused) -> Iterator[ImportEvent]:
        if self.doubt(flight, outcome):
            yield from self.look_into(flight, flight.rows[0], outcome)
            yield from self.after_reply(flight, WriteReply((outcome,), ""))
        else:
            yield from self.accounts.settle(flight.number, [failed_as(outcome)])


def pause(accounts: Accounts, seconds: float) -> Iterator[ImportEvent]:
    """Wait so many seconds, with heartbeats."""
    for _ in range(ceil(seconds / HEARTBEAT_S)):
        accounts.job.clock.sleep(HEARTBEAT_S)
        yield from accounts.progress()


def write_records(rows: Sequence[Wanted]) -> list[WriteRecord]:
    """Give rows as the services are handed them; the number of the row is the number of the operation."""
    return [WriteRecord(wanted.row, wanted.key, wanted.fields, wanted.rid) for wanted in rows]


def failed_as(outcome: RecordRefused) -> RowOutcome:
    """Give what became of a row that a service refused, in its own words, or that was not sent for what is there."""
    if outcome.code in _NOT_SENT and not outcome.message:
        return RowOutcome(outcome.op, RowState.REFUSED, "", outcome.code)
    return RowOutcome(outcome.op, RowState.FAILED, "", outcome.code or "refused", outcome.message, outcome.field)
