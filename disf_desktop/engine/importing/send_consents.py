"""Sends rows to Salesforce that say something of consents (sync-semantics, section 5: C4, C5, C7).

Each 200 records are looked at just before they are written. A no goes with the rest of the row, and so does the first
word of a new record. A yes goes by itself afterwards, where Salesforce shows no no at that moment, and only if nobody
has saved the record since; else the no stands, and the row is told so. A row is settled when its consents are.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from disf_desktop.core.consent import SETTLED_S
from disf_desktop.core.errors import DisfError
from disf_desktop.core.importing.consents import CompiledConsent, ConsentStep, Said
from disf_desktop.core.importing.events import ImportEvent
from disf_desktop.core.importing.rows import RowOutcome, RowReason, RowState
from disf_desktop.core.moments import instant
from disf_desktop.core.records import (
    NotSent,
    RecordOutcome,
    RecordRefused,
    RecordUnknown,
    Refused,
    SourceRecord,
    Unknown,
    WriteRecord,
    WriteReply,
    WriteResult,
    Written,
)
from disf_desktop.core.values import Value
from disf_desktop.engine.consent_writes import MODIFIED_SINCE
from disf_desktop.engine.importing.send_batches import Flight, failed_as
from disf_desktop.engine.importing.send_org import DUPLICATE, OrgSender, canonical, org_of
from disf_desktop.engine.importing.sending import Wanted, key_is_id
from disf_desktop.engine.waiting import as_ours

MOST_LOOKS: Final = 3
"""How often a yes is tried on a record that somebody keeps saving, or whose reply is lost."""

Wish = tuple[CompiledConsent, Said]


@dataclass(frozen=True, slots=True)
class _Note:
    """What is left to do, or to tell, of a row besides its record. `idle`: nothing of its record was written."""

    alone: tuple[Wish, ...] = ()
    unproven: str = ""
    idle: bool = False


@dataclass(frozen=True, slots=True)
class _Verified(WriteReply):
    """A reply to rows that were looked at before they were written."""

    notes: Mapping[int, _Note] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Alone:
    """A row whose record is stored and that still has a yes to write."""

    wanted: Wanted
    stored: Written
    note: _Note


@dataclass(slots=True)
class ConsentSender(OrgSender):
    """The Collections of one import whose rows say something of consents."""

    def resolve(self, rows: Sequence[Wanted]) -> Generator[ImportEvent, None, tuple[list[Wanted], list[RowOutcome]]]:
        # The look just before the write finds the records.
        yield from ()
        return list(rows), []

    # -- in a worker -----------------------------------------------------------------------------------------------

    def write(self, flight: Flight) -> WriteResult:
        names = ("Id", *self.accounts.job.compiled.consents.names, *_compared(flight))
        try:
            held = self._held(flight, names)
        except DisfError as error:
            return NotSent(error)
        outcomes: list[RecordOutcome] = []
        notes: dict[int, _Note] = {}
        parts: dict[str, list[WriteRecord]] = {"update": [], self._birth: []}
        for wanted in flight.rows:
            records = held.get(wanted.row, [])
            known = self._without_writing(flight, wanted, names, records)
            if known is not None:
                outcomes.append(known)
                continue
            record = records[0] if records else None
            shown = canonical(self.accounts, names, record) if record is not None else {}
            fields, notes[wanted.row] = self._decide(wanted, shown, new=record is None)
            if record is None:
                parts[self._birth].append(WriteRecord(wanted.row, wanted.key, fields))
            elif fields:
                parts["update"].append(WriteRecord(wanted.row, {}, fields, record.rid))
            else:
                outcomes.append(Written(wanted.row, record.rid, False, None))
        sobject, org = self.accounts.job.schema.name, org_of(self.accounts)
        results = [(part, org.write(sobject, kind, part)) for kind, part in parts.items() if part]
        return _joined(outcomes, results, notes)

    @property
    def _birth(self) -> str:
        """Say how records are made: one that appears meanwhile is not to be changed, nor made twice."""
        job = self.accounts.job
        return "create" if all(job.schema.fields[name].unique for name in job.compiled.key) else "upsert"

    def _held(self, flight: Flight, names: Sequence[str]) -> dict[int, list[SourceRecord]]:
        job, org = self.accounts.job, org_of(self.accounts)
        [name] = job.compiled.key
        if key_is_id(job):
            rids = {str(wanted.key[name]): wanted.row for wanted in flight.rows}
            found = org.read_by_id(job.schema.name, names, list(rids))
            return {rids[rid]: [record] for rid, record in found.items()}
        asked: dict[Value, int] = {wanted.key[name]: wanted.row for wanted in flight.rows}
        held: dict[int, list[SourceRecord]] = {}
        for value, record in org.read_by_value(job.schema.name, names, name, list(asked)):
            held.setdefault(asked[value], []).append(record)
        return held

    def _without_writing(
        self, flight: Flight, wanted: Wanted, names: Sequence[str], records: Sequence[SourceRecord]
    ) -> RecordOutcome | None:
        """Give what becomes of a row that is not written, for what is there already, or is not."""
        if len(records) > 1:
            return RecordRefused(wanted.row, RowReason.SEVERAL_THERE.value, "")
        if flight.kind == "update" and not records:
            return RecordRefused(wanted.row, RowReason.NOT_THERE.value, "")
        if flight.kind == "create" and records:
            if flight.again and self.is_as(wanted, names, records[0]):
                return Written(wanted.row, records[0].rid, True, None)
            return RecordRefused(wanted.row, RowReason.ALREADY_THERE.value, "")
        return None

    def _decide(self, wanted: Wanted, shown: Mapping[str, Value], *, new: bool) -> tuple[dict[str, Value], _Note]:
        fields = dict(wanted.fields)
        alone: list[Wish] = []
        unproven = ""
        for consent, said in zip(self.accounts.job.compiled.consents.each, wanted.said, strict=True):
            match consent.step(said, shown.get(consent.name), new=new):
                case ConsentStep.WRITE:
                    fields |= consent.fields(said)
                case ConsentStep.ALONE:
                    alone.append((consent, said))
                case ConsentStep.UNPROVEN:
                    unproven = unproven or consent.name
                case ConsentStep.NOTHING:
                    pass
        return fields, _Note(tuple(alone), unproven, idle=not fields)

    def may_be_tried(self, flight: Flight, refused: RecordRefused) -> bool:
        # A record that appeared since the look: the next one shows it.
        appeared = refused.code == DUPLICATE and flight.kind == "upsert"
        return appeared or OrgSender.may_be_tried(self, flight, refused)

    # -- after the reply -------------------------------------------------------------------------------------------

    def outcome_of(self, reply: WriteReply, stored: Written) -> RowOutcome | None:
        note = reply.notes.get(stored.op, _Note()) if isinstance(reply, _Verified) else _Note()
        return None if note.alone else _ended(stored, note)

    def after_reply(self, flight: Flight, reply: WriteReply) -> Iterator[ImportEvent]:
        yield from OrgSender.after_reply(self, flight, reply)
        if not isinstance(reply, _Verified):
            return
        by_row = {wanted.row: wanted for wanted in flight.rows}
        waiting = [
            _Alone(by_row[each.op], each, reply.notes[each.op])
            for each in reply.outcomes
            if isinstance(each, Written) and each.op in reply.notes and reply.notes[each.op].alone
        ]
        trouble: Exception | None = None
        for _ in range(MOST_LOOKS):
            if not waiting:
                return
            # A save of ours within the same second would be taken for nobody's (C7).
            yield from self.pause(SETTLED_S)
            waiting, trouble = yield from self._opt_in(flight, waiting)
        if trouble is not None and waiting:
            raise as_ours(trouble)
        yield from self.accounts.settle(
            flight.number,
            [_ended(each.stored, replace(each.note, unproven=each.note.alone[0][0].name)) for each in waiting],
        )

    def _opt_in(
        self, flight: Flight, waiting: Sequence[_Alone]
    ) -> Generator[ImportEvent, None, tuple[list[_Alone], Exception | None]]:
        """Write each yes that still may be written; give those that were not, and why where it is the service."""
        job, org = self.accounts.job, org_of(self.accounts)
        names = ("Id", *job.compiled.consents.names)
        self.accounts.afford()
        rids = [each.stored.rid for each in waiting]
        records: dict[str, SourceRecord] = yield from self.accounts.call(
            lambda: org.read_by_id(job.schema.name, names, rids)
        )
        left: list[_Alone] = []
        trouble: Exception | None = None
        for each in waiting:
            record = records.get(each.stored.rid)
            shown = {} if record is None else canonical(self.accounts, names, record)
            steps = [(c, said, c.step(said, shown.get(c.name))) for c, said in each.note.alone]
            fields = {n: v for c, said, step in steps if step is ConsentStep.ALONE for n, v in c.fields(said).items()}
            unproven = next((c.name for c, _, step in steps if step is ConsentStep.UNPROVEN), each.note.unproven)
            note = _Note(each.note.alone, unproven, each.note.idle and not fields)
            if record is None or not fields:
                yield from self.accounts.settle(flight.number, [_ended(each.stored, note)])
                continue
            seen = instant(record.stamp)
            if org.server_now() - seen < timedelta(seconds=SETTLED_S):
                left.append(each)
                continue
            write = WriteRecord(each.wanted.row, {}, fields, each.stored.rid)
            result = yield from self.accounts.call(
                lambda: org.write_unless_modified(job.schema.name, write, seen)  # noqa: B023
            )
            outcome = _single(each.wanted.row, result)
            if isinstance(outcome, Written):
                yield from self.accounts.settle(flight.number, [_ended(each.stored, note)])
            elif isinstance(outcome, RecordRefused) and outcome.code != MODIFIED_SINCE:
                yield from self.accounts.settle(flight.number, [replace(failed_as(outcome), rid=each.stored.rid)])
            else:
                trouble = outcome if isinstance(outcome, Exception) else trouble
                left.append(each)
        return left, trouble


def _compared(flight: Flight) -> tuple[str, ...]:
    """Name the fields that tell whether a record is ours, where a create may have been carried out already."""
    if flight.kind != "create" or not flight.again:
        return ()
    return tuple(dict.fromkeys(name for wanted in flight.rows for name in wanted.fields))


def _ended(stored: Written, note: _Note) -> RowOutcome:
    state = RowState.CREATED if stored.created else RowState.UNCHANGED if note.idle else RowState.UPDATED
    code = RowReason.CONSENT_UNPROVEN.value if note.unproven else ""
    return RowOutcome(stored.op, state, stored.rid, code, "", note.unproven)


def _joined(
    outcomes: Sequence[RecordOutcome],
    results: Sequence[tuple[Sequence[WriteRecord], WriteResult]],
    notes: Mapping[int, _Note],
) -> WriteResult:
    """Make one reply of the parts of a batch. A part without an answer is unknown row by row, unless it is all."""
    told = list(outcomes)
    for records, result in results:
        match result:
            case WriteReply():
                told += result.outcomes
            case Refused():
                return result
            case NotSent() | Unknown():
                if len(results) == 1 and not outcomes:
                    return result
                told += [RecordUnknown(record.op) for record in records]
    return _Verified(told, "", notes)


def _single(row: int, result: WriteResult) -> RecordOutcome | Exception:
    """Give what became of the one record of a call, or why nobody knows."""
    match result:
        case WriteReply(outcomes=[only]):
            return only
        case Refused(code=code, message=message):
            return RecordRefused(row, code, message)
        case NotSent(error=error) | Unknown(error=error):
            return error
    raise AssertionError(result)
