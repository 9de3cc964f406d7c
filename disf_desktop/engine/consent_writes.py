"""Writes consents into Salesforce: the intent on disk before the first byte, the outcome before the next is sent.

Nothing is sent twice blindly: what became of a write that got no answer is seen by the next run, which reads and
decides anew (C6). A confirmed opt-out is read back at once, which proves that it is ours (C5).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from disf_desktop.core.consent import (
    SETTLED_S,
    Decision,
    Intent,
    Judged,
    Kind,
    Outcome,
    Rule,
    Settled,
    Subscriber,
    Write,
)
from disf_desktop.core.errors import DisfError, UnexpectedAnswer
from disf_desktop.core.events import Event, Stage
from disf_desktop.core.moments import instant, written
from disf_desktop.core.optins import Reading
from disf_desktop.core.records import (
    FoundRecord,
    NotSent,
    RecordRefused,
    Refused,
    SourceRecord,
    Unknown,
    WriteRecord,
    WriteReply,
    WriteResult,
    Written,
)
from disf_desktop.core.refusals import Bad
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.engine.consent_decisions import KINDS, changes, decisions, judged, pages, reads_as, written_fields
from disf_desktop.engine.consent_notes import ledger_of, note_optins, note_read, read_again
from disf_desktop.engine.job import Prepared
from disf_desktop.engine.waiting import GRACE_S, as_ours, until_done

OPT_INS_AT_ONCE: Final = 20
"""People whose records are read again in one call before their opt-ins are written one by one."""

IN_A_ROW: Final = 3
"""Writes without an answer, or refused as whole calls of one record, before the run ends: the service is ill."""

MODIFIED_SINCE: Final = "MODIFIED_SINCE"

Values = Mapping[str, Value | Bad]
_Person = tuple[Subscriber, str, Values]
"""A person, and the SystemModstamp and values of the record that was just read."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A person's record that is written, with the consents that it carries."""

    person: Subscriber
    stamp: str
    record: WriteRecord
    intents: tuple[tuple[int, Intent], ...]


@dataclass(slots=True)
class ConsentWriter:
    """The consents of one integration on their way to Salesforce."""

    prepared: Prepared
    workers: Executor
    skew_s: float
    done: int = 0
    failures: int = 0
    _confirmed: list[_Sent] = field(default_factory=list)
    _judged: list[Judged] = field(default_factory=list)

    def write_all(self) -> Iterator[Event]:
        """Look up what must be read first, then write the opt-outs, then the rest."""
        yield from self._look_up()
        for page in pages(self.prepared):
            yield from self._opt_out(page)
            self._note_judged()
        for page in pages(self.prepared, OPT_INS_AT_ONCE):
            yield from self._opt_in(page)
            self._note_judged()
        if self.done:
            yield from self._progress(last=True)

    # -- looking up -----------------------------------------------------------------------------------------------

    def _look_up(self) -> Iterator[Event]:
        """Read contacts of Dialog Insight of which an export says something that only a look-up can settle."""
        p = self.prepared
        ledger, numbers = ledger_of(p), p.numbers
        budget = p.job.destination.finding.lookups_per_run
        for _, target_rid in ledger.consents_to_look_up(numbers.integration, numbers.target, budget):
            yield from self._look(target_rid)

    def _look(self, target_rid: str) -> Generator[Event, None, bool]:
        """Look one contact up and store what it shows; say whether it is there."""
        find = self.prepared.job.target.find_by_id
        found: FoundRecord | None = yield from self._call(lambda: find(target_rid))
        if found is None:
            return False
        note_optins(self.prepared, [found])
        return True

    # -- opt-outs -------------------------------------------------------------------------------------------------

    def _opt_out(self, page: Sequence[Subscriber]) -> Iterator[Event]:
        """Write the opt-outs of a page in one batch; what writes nothing is settled here too."""
        people = self._wanted(page, Kind.OUT)
        if not people:
            return
        batch = []
        for person, stamp, values in (yield from self._read_again(people)):
            decided = decisions(self.prepared, person, stamp, values, self.skew_s)
            self._judge(person, decided)
            outs = {c: d for c, d in decided.items() if isinstance(d, Write) and d.kind is Kind.OUT}
            if outs:
                self._admitted(person, decided, values)
                batch.append((person, stamp, values, outs))
        if batch:
            yield from self._send_batch(batch)

    def _send_batch(self, batch: Sequence[tuple[Subscriber, str, Values, Mapping[str, Write]]]) -> Iterator[Event]:
        p = self.prepared
        p.afford(consent=True)
        sent = self._intend(batch)
        source, name = p.job.source, p.job.integration.object
        records = [each.record for each in sent]
        result = yield from self._send(sent, lambda: source.write(name, "update", records))
        yield from self._prove()
        if isinstance(result, Refused):
            # The call as a whole: part of it may be done, so the halves are written anew, down to the culprit.
            if len(batch) > 1:
                middle = len(batch) // 2
                yield from self._send_batch(batch[:middle])
                yield from self._send_batch(batch[middle:])
            else:
                self._failed(_refused_call(result))

    def _prove(self) -> Iterator[Event]:
        """Read back what was confirmed: an opt-out that is there, saved no later than the reply, is ours."""
        confirmed, self._confirmed = self._confirmed, []
        if not confirmed:
            return
        p = self.prepared
        latest = written(p.job.source.server_now() + timedelta(seconds=1))
        people = [each.person for each in confirmed]
        records: dict[str, SourceRecord] = yield from self._call(lambda: read_again(p, people))
        values = note_read(p, records)
        proven, lost = [], []
        for each in confirmed:
            if each.person.rid not in records:
                continue
            stamp = written(instant(records[each.person.rid].stamp))
            for _, intent in each.intents:
                pair = p.optins[intent.purpose]
                shows = pair.read(values[each.person.rid][pair.target])
                if shows is Reading.OPTED_OUT or (shows is Reading.NONE and not pair.says_out):
                    if stamp <= latest:
                        proven.append((intent.link, intent.purpose, stamp))
                else:
                    lost.append(Judged(intent.link, intent.purpose, Rule.NOT_KEPT))
        ledger = ledger_of(p)
        ledger.prove_consents(p.run, proven, p.at())
        ledger.note_judged(p.run, lost, p.at())

    # -- opt-ins, and words for no answer -------------------------------------------------------------------------

    def _opt_in(self, page: Sequence[Subscriber]) -> Iterator[Event]:
        """Write the opt-ins of a page, each person after a look at both sides."""
        people = self._wanted(page, Kind.IN, Kind.NEUTRAL)
        if not people:
            return
        for person, stamp, values in (yield from self._read_again(people)):
            if self._to_write(person, stamp, values):
                yield from self._opt_in_one(person, stamp, values)

    def _opt_in_one(self, person: Subscriber, stamp: str, values: Values) -> Iterator[Event]:
        p = self.prepared
        if person.target_rid is None or not (yield from self._look(person.target_rid)):
            return
        (person,) = ledger_of(p).subscribers(p.numbers.integration, p.layout, p.optins.sources, [person.link])
        writes = self._to_write(person, stamp, values)
        settled = p.job.source.server_now() - instant(stamp) >= timedelta(seconds=SETTLED_S)
        if not writes or not settled or not self._admitted(person, dict(writes), values):
            return
        p.afford(consent=True)
        sent = self._intend([(person, stamp, values, writes)])
        source, name, (only,) = p.job.source, p.job.integration.object, sent
        result = yield from self._send(sent, lambda: source.write_unless_modified(name, only.record, instant(stamp)))
        if isinstance(result, WriteReply) and any(
            isinstance(o, RecordRefused) and o.code == MODIFIED_SINCE for o in result.outcomes
        ):
            records: dict[str, SourceRecord] = yield from self._call(lambda: read_again(p, [person]))
            note_read(p, records)
        yield from self._carry_over(person, stamp, writes)

    def _to_write(self, person: Subscriber, stamp: str, values: Values) -> dict[str, Write]:
        """Decide a person's consents, settle what writes nothing, and give the opt-ins and neutral answers."""
        decided = decisions(self.prepared, person, stamp, values, self.skew_s)
        self._judge(person, decided)
        return {c: d for c, d in decided.items() if isinstance(d, Write) and d.kind is not Kind.OUT}

    def _carry_over(self, person: Subscriber, stamp: str, touched: Collection[str]) -> Iterator[Event]:
        """Keep the authorship of a person's other opt-outs over our own conditional save: nobody was in between."""
        confirmed, self._confirmed = self._confirmed, []
        before = written(instant(stamp))
        kept = [
            code
            for code, consent in person.consents.items()
            if code not in touched and any(w.kind is Kind.OUT and w.proven and w.stamp == before for w in consent.own)
        ]
        if not confirmed or not kept:
            return
        p = self.prepared
        latest = written(p.job.source.server_now() + timedelta(seconds=1))
        records: dict[str, SourceRecord] = yield from self._call(lambda: read_again(p, [person]))
        values = note_read(p, records)
        for rid, record in records.items():
            saved = written(instant(record.stamp))
            if saved <= latest:
                still = [c for c in kept if reads_as(p, c, values[rid]) is not Reading.OPTED_IN]
                proven = [(person.link, code, saved) for code in still]
                ledger_of(p).prove_consents(p.run, proven, p.at(), carried=True)

    # -- pieces -----------------------------------------------------------------------------------------------------

    def _wanted(self, page: Sequence[Subscriber], *kinds: Kind) -> list[Subscriber]:
        """Give the people of a page for whom something of these kinds is called for, or whose record is not known."""
        wanted = []
        for person in page:
            if person.values is None:
                wanted.append(person)
                continue
            decided = decisions(self.prepared, person, person.stamp, person.values, self.skew_s)
            if any(isinstance(d, Write) and d.kind in kinds for d in decided.values()):
                wanted.append(person)
            else:
                self._judge(person, decided)
        return wanted

    def _judge(self, person: Subscriber, decided: Mapping[str, Decision]) -> None:
        self._judged += judged(person, decided)

    def _note_judged(self) -> None:
        """Store what writes nothing: at the end of a page, and before anything is sent that might say otherwise."""
        found, self._judged = self._judged, []
        ledger_of(self.prepared).note_judged(self.prepared.run, found, self.prepared.at())

    def _admitted(self, person: Subscriber, decided: Mapping[str, Decision], values: Values) -> bool:
        """Say whether the saved plan, if there is one, holds this; an opt-out is written in any case (C4)."""
        plan, p = self.prepared.plan, self.prepared
        if plan is None:
            return True
        words = [
            plan.judge(
                p.name,
                Side.SALESFORCE,
                KINDS[kind],
                person.rid,
                {name: change.before for name, change in fields.items()},
                {name: change.after for name, change in fields.items()},
            )
            for kind, fields in changes(p, decided, values)
        ]
        return all(word == "admitted" for word in words)

    def _read_again(self, people: Sequence[Subscriber]) -> Generator[Event, None, list[_Person]]:
        """Read the records now, and give the people anew; a record that is gone leaves nothing to decide."""
        p = self.prepared
        ledger = ledger_of(p)
        records: dict[str, SourceRecord] = yield from self._call(lambda: read_again(p, people))
        values = note_read(p, records)
        self._judged += [Judged(each.link, c) for each in people if each.rid not in records for c in each.consents]
        links = [person.link for person in people if person.rid in records]
        return [
            (person, records[person.rid].stamp, values[person.rid])
            for person in ledger.subscribers(p.numbers.integration, p.layout, p.optins.sources, links)
        ]

    def _intend(self, batch: Sequence[tuple[Subscriber, str, Values, Mapping[str, Write]]]) -> list[_Sent]:
        """J1 of a batch: provenance is lost from here until the reply (C6)."""
        p = self.prepared
        self._note_judged()
        now = written(p.job.source.server_now())
        intents = [
            [
                Intent(
                    person.link,
                    person.rid,
                    person.target_rid,
                    code,
                    write.kind,
                    write.rule,
                    stamp,
                    now,
                    reads_as(p, code, values).value,
                    write.kind.value,
                )
                for code, write in writes.items()
            ]
            for person, stamp, values, writes in batch
        ]
        numbers = iter(ledger_of(p).intend_consents(p.run, [i for each in intents for i in each], p.at()))
        sent = []
        for (person, stamp, _, writes), each in zip(batch, intents, strict=True):
            numbered = tuple((next(numbers), intent) for intent in each)
            fields: dict[str, Value] = {}
            for code, write in writes.items():
                fields |= written_fields(p, code, write)
            sent.append(_Sent(person, stamp, WriteRecord(numbered[0][0], {}, fields, person.rid), numbered))
        return sent

    def _send(self, sent: Sequence[_Sent], write: Callable[[], WriteResult]) -> Generator[Event, None, WriteResult]:
        """Send, and settle what comes back, even if the run is stopped meanwhile."""
        self.prepared.ledger.check_held()
        future = self.workers.submit(write)
        try:
            for _ in until_done(future):
                yield from self._progress()
        except BaseException:
            wait_for((future,), timeout=GRACE_S)
            if future.done():
                self._settle(sent, future.result())
            raise
        result = future.result()
        self._settle(sent, result)
        match result:
            case NotSent(error=error):
                raise as_ours(error)
            case Unknown(error=error):
                self._failed(as_ours(error))
            case WriteReply():
                self.failures = 0
        yield from self._progress()
        return result

    def _settle(self, sent: Sequence[_Sent], result: WriteResult) -> None:
        """J2: write down what became of each consent."""
        p = self.prepared
        outcomes = {o.op: o for o in result.outcomes} if isinstance(result, WriteReply) else {}
        settled = []
        for each in sent:
            outcome, detail = Outcome.UNKNOWN, ""
            match outcomes.get(each.record.op):
                case Written():
                    outcome = Outcome.CONFIRMED
                    self._confirmed.append(each)
                case RecordRefused(code=code, message=message):
                    outcome = Outcome.MODIFIED if code == MODIFIED_SINCE else Outcome.REFUSED
                    detail = f"{code}: {message}"
            if isinstance(result, NotSent):
                outcome = Outcome.NOT_SENT
            elif isinstance(result, Refused) and len(sent) == 1:
                outcome, detail = Outcome.REFUSED, f"{result.code}: {result.message}"
            settled += [Settled(number, intent, outcome, detail) for number, intent in each.intents]
        request = "" if isinstance(result, (NotSent, Unknown)) else result.request_id
        ledger_of(p).settle_consents(p.run, settled, p.at(), request)
        written_now = len({s.intent.link for s in settled if s.outcome is Outcome.CONFIRMED})
        p.tally.count(Side.SALESFORCE, updated=written_now)
        self.done += written_now

    def _failed(self, error: DisfError) -> None:
        self.failures += 1
        if self.failures >= IN_A_ROW:
            raise error

    def _call(self, function: Callable[[], Any]) -> Generator[Event, None, Any]:
        future = self.workers.submit(function)
        for _ in until_done(future):
            yield from self._progress()
        return future.result()

    def _progress(self, *, last: bool = False) -> Iterator[Event]:
        p = self.prepared
        told = p.tally.progress(p.name, Stage.APPLY, Side.SALESFORCE, self.done, self.done if last else None, last=last)
        if told:
            yield told


def _refused_call(refused: Refused) -> DisfError:
    return UnexpectedAnswer(
        "Salesforce refuses to store consents.",
        "See what it says below; correct that in Salesforce, then run again.",
        detail=f"{refused.code}: {refused.message} ({refused.request_id})",
    )
