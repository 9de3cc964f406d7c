"""Sends rows to Salesforce by sObject Collections, 200 in a call.

An upsert goes by the external id and an update by Id, so that both may be sent twice. A create goes by a unique key:
sent twice, the second is refused as a duplicate, and the record is looked up.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from disf_desktop.core.importing.events import ImportEvent
from disf_desktop.core.importing.rows import RowOutcome, RowReason, RowState
from disf_desktop.core.records import RecordRefused, SourceRecord, WriteReply, WriteResult, Written
from disf_desktop.core.refusals import Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value, canonicaliser
from disf_desktop.engine.importing.send_batches import BatchSender, Flight, failed_as, write_records
from disf_desktop.engine.importing.sending import MOST_LOOKUPS, Accounts, Wanted, holds, key_is_id
from disf_desktop.engine.org_writes import LOCKED
from disf_desktop.engine.ports import SalesforceOrg

DUPLICATE: Final = "DUPLICATE_VALUE"
MOST_TRIES: Final = 3
"""How often a row is sent again whose record somebody else was just saving."""


def org_of(accounts: Accounts) -> SalesforceOrg:
    """Give the org that the rows go to."""
    org = accounts.job.org
    assert org is not None, "the rows go to Salesforce"
    return org


def look_up(
    accounts: Accounts, rows: Sequence[Wanted], names: Sequence[str] = ()
) -> Generator[ImportEvent, None, dict[int, list[SourceRecord]]]:
    """Find the records that have the keys of rows, 200 in a call, with these fields of theirs."""
    org, sobject = org_of(accounts), accounts.job.schema.name
    [name] = accounts.job.compiled.key
    found: dict[int, list[SourceRecord]] = {wanted.row: [] for wanted in rows}
    remaining = iter(rows)
    while page := list(islice(remaining, MOST_LOOKUPS)):
        accounts.afford()
        asked: dict[Value, int] = {wanted.key[name]: wanted.row for wanted in page}
        told = yield from accounts.call(lambda: org.read_by_value(sobject, names or ("Id",), name, list(asked)))  # noqa: B023
        for value, record in told:
            found[asked[value]].append(record)
    return found


def by_id(
    accounts: Accounts, rows: Sequence[Wanted]
) -> Generator[ImportEvent, None, tuple[list[Wanted], list[RowOutcome]]]:
    """Give rows with the Ids of their records, as the check has found them or as they are asked for now."""
    if key_is_id(accounts.job):
        [name] = accounts.job.compiled.key
        return [replace(wanted, rid=str(wanted.key[name])) for wanted in rows], []
    there = accounts.job.book.there(rows[0].row, rows[-1].row) if rows else {}
    unknown = [wanted for wanted in rows if wanted.row not in there]
    found = yield from look_up(accounts, unknown)
    known: list[Wanted] = []
    refused: list[RowOutcome] = []
    for wanted in rows:
        held = there.get(wanted.row)
        rids = [record.rid for record in found.get(wanted.row, ())] if held is None else [held.rid]
        if len(rids) == 1:
            known.append(replace(wanted, rid=rids[0]))
        else:
            several = len(rids) > 1 or wanted.row in there
            code = RowReason.SEVERAL_THERE if several else RowReason.NOT_THERE
            refused.append(RowOutcome(wanted.row, RowState.REFUSED, "", code.value))
    return known, refused


@dataclass(slots=True)
class OrgSender(BatchSender):
    """The Collections of one import to Salesforce."""

    _tries: dict[int, int] = field(default_factory=dict)
    _locked: list[Wanted] = field(default_factory=list)

    @property
    def size(self) -> int:
        return min(self.accounts.job.batch_size, MOST_LOOKUPS)

    def write(self, flight: Flight) -> WriteResult:
        return org_of(self.accounts).write(self.accounts.job.schema.name, flight.kind, write_records(flight.rows))

    def resolve(self, rows: Sequence[Wanted]) -> Generator[ImportEvent, None, tuple[list[Wanted], list[RowOutcome]]]:
        if self.kind != "update":
            return list(rows), []
        known, settled = yield from by_id(self.accounts, rows)
        idle = [wanted for wanted in known if not wanted.fields and not wanted.said]
        if idle:
            settled += [RowOutcome(wanted.row, RowState.UNCHANGED, wanted.rid or "") for wanted in idle]
            known = [wanted for wanted in known if wanted.fields or wanted.said]
        return known, settled

    def note_stored(self, batches: Sequence[tuple[Flight, Sequence[Written]]]) -> None:
        # The next sync reads Salesforce anyway.
        for _, stored in batches:
            for each in stored:
                self._tries.pop(each.op, None)

    def doubt(self, flight: Flight, refused: RecordRefused) -> bool:
        if self.may_be_tried(flight, refused) and self._tries.get(refused.op, 0) < MOST_TRIES:
            return True
        return flight.kind == "create" and refused.code == DUPLICATE

    def may_be_tried(self, flight: Flight, refused: RecordRefused) -> bool:
        """Say whether the same may be accepted a moment later."""
        return refused.code in LOCKED

    def look_into(self, flight: Flight, wanted: Wanted, refused: RecordRefused) -> Generator[ImportEvent, None, None]:
        if self.may_be_tried(flight, refused) and self._tries.get(refused.op, 0) < MOST_TRIES:
            self._tries[wanted.row] = self._tries.get(wanted.row, 0) + 1
            self._locked.append(wanted)
            return
        names = [name for name in wanted.fields if "." not in name]
        found = (yield from look_up(self.accounts, [wanted], ("Id", *names)))[wanted.row]
        outcome = failed_as(refused)
        if found:
            ours = flight.again and self.is_as(wanted, ("Id", *names), found[0])
            outcome = (
                RowOutcome(wanted.row, RowState.CREATED, found[0].rid)
                if ours
                else replace(outcome, rid=found[0].rid, code=RowReason.ALREADY_THERE.value)
            )
        yield from self.accounts.settle(flight.number, [outcome])

    def after_reply(self, flight: Flight, reply: WriteReply) -> Iterator[ImportEvent]:
        if self._locked:
            rows, self._locked = tuple(self._locked), []
            yield from self.pause(2.0 ** (max(self._tries[wanted.row] for wanted in rows) - 1))
            self.ready.append(replace(flight, rows=rows))

    def is_as(self, wanted: Wanted, names: Sequence[str], record: SourceRecord) -> bool:
        """Say whether a record holds what a row says."""
        shown = canonical(self.accounts, names, record)
        return all(holds(shown[name], value) for name, value in wanted.fields.items() if name in shown)


def canonical(accounts: Accounts, names: Sequence[str], record: SourceRecord) -> dict[str, Value]:
    """Give the canonical values of a record that was read with these fields; what cannot be read is left out."""
    job = accounts.job
    shown: dict[str, Value] = {}
    for name, raw in zip(names, record.values, strict=True):
        value = canonicaliser(job.schema.fields[name], Side.SALESFORCE)(raw)
        if not isinstance(value, Refusal):
            shown[name] = value
    return shown
