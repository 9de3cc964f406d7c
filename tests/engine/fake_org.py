"""A Salesforce org in memory: stamps by the server's clock, keyset pages, transactions that commit late, a recycle bin,
unique external ids, saves that rewrite what is saved."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from disf_desktop.core.errors import ServiceUnavailable
from disf_desktop.core.records import (
    Changes,
    Fate,
    NotSent,
    Page,
    Position,
    RecordOutcome,
    RecordRefused,
    RecordUnknown,
    Refused,
    SourceRecord,
    Tombstone,
    Unknown,
    Window,
    WriteRecord,
    WriteReply,
    WriteResult,
    Written,
)
from disf_desktop.core.schema import FieldType, Schema
from disf_desktop.core.values import Value, check_characters
from tests.engine.fake_bulk import BulkJob, Jobs, ServerJob
from tests.engine.ground import ENGINE, PERSON, Call, Change, FakeClock, Fault, Look, Refusal, stamped

_PREFIXES = {"Contact": "003", "Lead": "00Q"}
_KEPT_IN_THE_BIN = timedelta(days=15)
MOST_RECORDS = 200


@dataclass(slots=True)
class Row:
    """A record of the org as everybody sees it, and its SystemModstamp."""

    stamp: datetime
    values: dict[str, Any]


@dataclass(slots=True)
class LateCommit:
    """A save inside a long transaction: stamped when it was made, visible when the transaction commits."""

    sobject: str
    rid: str
    stamp: datetime
    values: dict[str, Any]


class SalesforceOrg:
    """An org in memory, and the people in it.

    `rewrites` are the save triggers, by field: each gives what becomes of a value. `conditions` are the filters that
    the org understands, by their text. `refuses` is a validation rule. An org that `mixes_stamps` gives rows of one
    stamp in another order than was asked for.
    """

    def __init__(self, clock: FakeClock, schemas: Sequence[Schema], *, page_size: int = 3, seed: int = 1) -> None:
        self.clock = clock
        self.schemas = {schema.name: schema for schema in schemas}
        self.rows: dict[str, dict[str, Row]] = {name: {} for name in self.schemas}
        self.bin: dict[str, dict[str, Row]] = {name: {} for name in self.schemas}
        self.deleted: dict[str, dict[str, datetime]] = {name: {} for name in self.schemas}
        self.masters: dict[str, str] = {}
        self.hidden: list[LateCommit] = []
        self.page_size = page_size
        self.mixes_stamps = False
        self.covers = True
        self.tells_undeleted = False
        self.lists_deletes = True
        self.forgets_deletes = False
        self.lowers_emails = False
        self.counts_as: int | None = None
        self.calls = 0
        self.windows: list[Window] = []
        self.read_alls = 0
        self.looked_back: list[timedelta] = []
        self.sent: list[Call] = []
        self.history: list[Change] = []
        self.looks: list[Look] = []
        self.faults: deque[Fault | None] = deque()
        self.lateness = timedelta(minutes=2)
        self.replies_after = 0.0
        self.conditions: dict[str, Callable[[Mapping[str, Any]], bool]] = {}
        self.rewrites: dict[str, Callable[[Any], Any]] = {}
        self.refuses: Callable[[Mapping[str, Any]], Refusal | None] = lambda values: None
        self.refuses_call: Callable[[Sequence[WriteRecord]], bool] = lambda records: False
        self.refusal_of_calls = "INSUFFICIENT_ACCESS"
        self.before_page: Callable[[int], None] = lambda number: None
        self.before_call: Callable[[str], None] = lambda name: None
        self.jobs = Jobs()
        self._random = random.Random(seed)
        self._made = 0
        self._is_late = False

    # -- people ----------------------------------------------------------------------------------------------------

    def insert(self, sobject: str, **values: Any) -> str:
        return self._insert(PERSON, sobject, values)

    def update(self, sobject: str, rid: str, **values: Any) -> None:
        self._save(PERSON, sobject, rid, values)

    def begin_late(self, sobject: str, rid: str, **values: Any) -> LateCommit:
        """Save inside a transaction that stays open; nobody sees it yet, and nobody else may save the record."""
        late = LateCommit(sobject, rid, self._now(), values)
        self.hidden.append(late)
        return late

    def commit_late(self, late: LateCommit) -> None:
        self.hidden.remove(late)
        self._save(PERSON, late.sobject, late.rid, late.values, stamp=late.stamp)

    def delete(self, sobject: str, rid: str) -> None:
        self._delete(sobject, rid, "deleted")

    def undelete(self, sobject: str, rid: str) -> None:
        """Bring a deleted record back, under a new stamp; one that was merged away does not come back."""
        assert rid not in self.masters
        row = self.bin[sobject].pop(rid)
        if not self.tells_undeleted:
            del self.deleted[sobject][rid]
        self.rows[sobject][rid] = Row(self._now(), row.values)
        self._note(PERSON, sobject, rid, {}, row.values, "undeleted")

    def merge(self, sobject: str, master: str, loser: str, **values: Any) -> None:
        """Merge a record into another one: it is deleted, the master is saved with the values chosen."""
        self._delete(sobject, loser, "merged")
        self.masters[loser] = master
        self._save(PERSON, sobject, master, values)

    def convert(self, lead: str, contact: str | None = None) -> str:
        """Convert a lead into a new contact, or into one that is there."""
        row = self.rows["Lead"][lead]
        if contact is None:
            own = self.schemas["Contact"].fields
            values = {n: v for n, v in row.values.items() if n in own and n != "Id" and not own[n].unique}
            contact = self._insert(PERSON, "Contact", values)
        self._save(PERSON, "Lead", lead, {"IsConverted": True, "ConvertedContactId": contact}, what="converted")
        return contact

    def row(self, sobject: str, rid: str) -> Mapping[str, Any]:
        return self.rows[sobject][rid].values

    def is_locked(self, rid: str) -> bool:
        return any(late.rid == rid for late in self.hidden)

    # -- saving ----------------------------------------------------------------------------------------------------

    def _insert(self, author: str, sobject: str, values: Mapping[str, Any]) -> str:
        self._made += 1
        short = f"{_PREFIXES.get(sobject, '801')}{self._made:012d}"
        rid = short + check_characters(short)
        fields = self.schemas[sobject].fields
        empty = {n: False if f.type is FieldType.BOOLEAN else None for n, f in fields.items() if "." not in n}
        saved = {**empty, **{n: self._kept(sobject, n, v) for n, v in values.items()}, "Id": rid}
        self.rows[sobject][rid] = Row(self._now(), saved)
        self._note(author, sobject, rid, None, saved, "saved")
        return rid

    def _save(
        self,
        author: str,
        sobject: str,
        rid: str,
        values: Mapping[str, Any],
        *,
        stamp: datetime | None = None,
        what: str = "saved",
    ) -> None:
        row = self.rows[sobject][rid]
        saved = {**row.values, **{n: self._kept(sobject, n, v) for n, v in values.items()}}
        self.rows[sobject][rid] = Row(stamp or self._now(), saved)
        self._note(author, sobject, rid, row.values, saved, what)

    def _kept(self, sobject: str, name: str, value: Any) -> Any:
        """Give what a save makes of a value: trimmed, maybe lower case, then the trigger's."""
        field = self.schemas[sobject].fields.get(name)
        if isinstance(value, str):
            value = value.strip() or None
            if value and self.lowers_emails and field is not None and field.type is FieldType.EMAIL:
                value = value.lower()
        if value is None and field is not None and field.type is FieldType.BOOLEAN:
            value = False
        return self.rewrites[name](value) if name in self.rewrites else value

    def _delete(self, sobject: str, rid: str, what: str) -> None:
        row = self.rows[sobject].pop(rid)
        self.bin[sobject][rid] = row
        self.deleted[sobject][rid] = self._now()
        self._note(PERSON, sobject, rid, row.values, {}, what)

    def _note(
        self, author: str, sobject: str, rid: str, before: Mapping[str, Any] | None, after: Mapping[str, Any], what: str
    ) -> None:
        clock = self.clock
        late = self._is_late
        self.history.append(Change(author, rid, before, after, clock.tick(), clock.server, what, sobject, late))

    def _now(self) -> datetime:
        return self.clock.server.replace(microsecond=0)

    # -- the port: reading -----------------------------------------------------------------------------------------

    def _called(self, name: str) -> None:
        self.calls += 1
        self.before_call(name)
        self.clock.call()

    def describe(self, sobject: str, related: Sequence[str] = ()) -> Schema:
        self._called("describe")
        return self.schemas[sobject]

    def count(self, sobject: str) -> int:
        self._called("count")
        return len(self.rows[sobject]) if self.counts_as is None else self.counts_as

    def server_now(self) -> datetime:
        return self.clock.server

    def changes(self, sobject: str, since: datetime) -> Changes:
        self.looked_back.append(self.clock.server - since)
        self._called("changes")
        now = self.clock.server
        kept_from = now - _KEPT_IN_THE_BIN
        start = max(since, kept_from).replace(second=0, microsecond=0)
        listed = self.deleted[sobject] if self.lists_deletes else {}
        deleted = sorted((at, rid) for rid, at in listed.items() if at >= start)
        covered = min([late.stamp for late in self.hidden if late.sobject == sobject], default=now)
        return Changes(
            covered if self.covers else None,
            tuple(Tombstone(rid, stamped(at)) for at, rid in deleted),
            now if self.forgets_deletes else max(start, kept_from),
        )

    def read(self, window: Window) -> Iterator[Page]:
        self.windows.append(window)
        position, number = window.position, 0
        while True:
            number += 1
            self._called("read")
            self.before_page(number)
            records = self._after(window, position)[: self.page_size]
            if not records:
                return
            if self.mixes_stamps:
                records.reverse()
                records.sort(key=lambda record: record.stamp)
            position = Position(records[-1].stamp, records[-1].rid)
            self._look(records)
            yield Page(records, position)
            if len(records) < self.page_size:
                return

    def read_all(self, window: Window) -> Iterator[Page]:
        self.read_alls += 1
        self.windows.append(window)
        records = self._after(window, None)
        self._random.shuffle(records)
        for number, start in enumerate(range(0, len(records), self.page_size), 1):
            self._called("read_all")
            self.before_page(number)
            page = records[start : start + self.page_size]
            self._look(page)
            yield Page(page, None)

    def in_scope(self, window: Window, until: Position, path: str = "") -> frozenset[str]:
        self._called("in_scope")
        assert window.condition is not None
        found = self._after(window, window.position)
        return frozenset(each.rid for each in found if (each.stamp, each.rid) <= (until.stamp, until.rid))

    def read_by_id(self, sobject: str, fields: Sequence[str], ids: Sequence[str]) -> dict[str, SourceRecord]:
        assert len(ids) <= MOST_RECORDS
        self._called("read_by_id")
        found = {rid: self._shown(sobject, rid, fields) for rid in ids if rid in self.rows[sobject]}
        self._look(found.values())
        return found

    def read_by_value(
        self, sobject: str, fields: Sequence[str], name: str, values: Sequence[Value]
    ) -> list[tuple[Value, SourceRecord]]:
        assert len(values) <= MOST_RECORDS
        self._called("read_by_value")
        asked: dict[str, Value] = {str(value).casefold(): value for value in values if value is not None}
        found = [
            (asked[folded], self._shown(sobject, rid, fields))
            for rid, row in self.rows[sobject].items()
            if (folded := str(row.values.get(name)).casefold()) in asked and row.values.get(name) is not None
        ]
        self._look(record for _, record in found)
        return found

    def fates(self, sobject: str, ids: Sequence[str]) -> list[Fate]:
        self._called("fates")
        return [Fate(rid, self.masters.get(rid)) for rid in ids if rid not in self.rows[sobject]]

    def in_the_bin(self, sobject: str, ids: Sequence[str]) -> list[Tombstone]:
        self._called("in_the_bin")
        remembered = self.clock.server - _KEPT_IN_THE_BIN
        found = [(rid, self.deleted[sobject][rid]) for rid in ids if rid in self.bin[sobject]]
        return [Tombstone(rid, stamped(at)) for rid, at in found if at >= remembered]

    def _look(self, records: Iterable[SourceRecord]) -> None:
        self.looks += [Look(record.rid, self.clock.tick()) for record in records]

    def _after(self, window: Window, position: Position | None) -> list[SourceRecord]:
        found = []
        satisfies = self.conditions[window.condition] if window.condition is not None else lambda values: True
        for rid, row in self.rows[window.sobject].items():
            stamp = stamped(row.stamp)
            late_enough = window.since is None or stamp >= window.since
            is_after = position is None or (stamp, rid) > (position.stamp, position.rid)
            if late_enough and is_after and satisfies(row.values):
                found.append(self._shown(window.sobject, rid, window.fields))
        return sorted(found, key=lambda record: (record.stamp, record.rid))

    def _shown(self, sobject: str, rid: str, fields: Sequence[str]) -> SourceRecord:
        row = self.rows[sobject][rid]
        return SourceRecord(rid, stamped(row.stamp), tuple(self._value(row, name) for name in fields))

    def _value(self, row: Row, name: str) -> Any:
        relation, dot, remote = name.partition(".")
        if not dot:
            return row.values[name]
        parent = row.values.get(f"{relation}Id")
        held = next((rows[parent] for rows in self.rows.values() if parent in rows), None)
        return None if held is None else held.values[remote]

    # -- the port: writing -----------------------------------------------------------------------------------------

    def write(self, sobject: str, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
        assert kind in ("create", "update", "upsert")
        assert 0 < len(records) <= MOST_RECORDS
        self._called("write")
        fault = self.faults.popleft() if self.faults else None
        held = tuple(self._held(sobject, record) for record in records)
        self.sent.append(Call(kind, tuple(records), fault, held, self.clock.tick(), sobject))
        if fault is Fault.NOT_SENT:
            return NotSent(ServiceUnavailable("Salesforce does not answer.", "Run again later."))
        lost = Unknown(ServiceUnavailable("The reply did not come.", "Run again."))
        if fault is Fault.UNKNOWN_BEFORE:
            return lost
        if fault is Fault.UNKNOWN_LATER:
            sent = [replace(record, fields=dict(record.fields)) for record in records]
            self._later(lambda: self._all(sobject, kind, sent))
            return lost
        if fault in (Fault.REFUSED, Fault.REFUSED_AFTER_HALF) or self.refuses_call(records):
            # A collection is one transaction: Salesforce carries out nothing of a call that it refuses.
            return Refused(self.refusal_of_calls, "Some call is refused", "")
        outcomes = self._all(sobject, kind, records)
        if fault is Fault.UNKNOWN_AFTER:
            return lost
        if fault is Fault.HALF_UNACCOUNTED:
            outcomes = [o if n % 2 else RecordUnknown(o.op) for n, o in enumerate(outcomes)]
        self.clock.advance(self.replies_after)
        return WriteReply(outcomes, "")

    def ingest(self, sobject: str, operation: str, external_id: str | None = None) -> BulkJob:
        self._called("ingest")
        assert operation in ("insert", "update", "upsert")
        assert (operation == "upsert") == (external_id is not None)
        self.jobs.made += 1
        path = f"/jobs/ingest/{self.jobs.made}"
        self.jobs.by_path[path] = ServerJob(sobject, operation, external_id, polls=self.jobs.takes)
        return BulkJob(self, path)

    def ingest_again(self, path: str, *, sent: int | None = None) -> BulkJob:
        return BulkJob(self, path, sent)

    def reserved(self) -> AbstractContextManager[None]:
        return nullcontext()

    def write_unless_modified(self, sobject: str, record: WriteRecord, since: datetime) -> WriteResult:
        assert record.rid is not None
        self._called("write_unless_modified")
        fault = self.faults.popleft() if self.faults else None
        held = (self._held(sobject, record),)
        self.sent.append(Call("update", (record,), fault, held, self.clock.tick(), sobject))
        if fault is Fault.NOT_SENT:
            return NotSent(ServiceUnavailable("Salesforce does not answer.", "Run again later."))
        lost = Unknown(ServiceUnavailable("The reply did not come.", "Run again."))
        if fault is Fault.UNKNOWN_BEFORE:
            return lost
        if fault is Fault.UNKNOWN_LATER:
            self._later(lambda: self._unless_modified(sobject, record, since))
            return lost
        outcome = self._unless_modified(sobject, record, since)
        if fault in (Fault.UNKNOWN_AFTER, Fault.HALF_UNACCOUNTED):
            return lost
        return WriteReply([outcome], "")

    def _later(self, carry_out: Callable[[], object]) -> None:
        def happen() -> None:
            self._is_late = True
            carry_out()
            self._is_late = False

        self.clock.at(self.clock.server + self.lateness, happen)

    def _unless_modified(self, sobject: str, record: WriteRecord, since: datetime) -> RecordOutcome:
        row = self.rows[sobject].get(record.rid or "")
        if row is not None and row.stamp > since.replace(microsecond=0):
            return RecordRefused(record.op, "MODIFIED_SINCE", "The record was modified")
        return self._one(sobject, "update", record)

    def _held(self, sobject: str, record: WriteRecord) -> Mapping[str, Any] | None:
        row = self.rows[sobject].get(record.rid or "")
        return None if row is None else dict(row.values)

    def _all(self, sobject: str, kind: str, records: Sequence[WriteRecord]) -> list[RecordOutcome]:
        return [self._one(sobject, kind, record) for record in records]

    def _one(self, sobject: str, kind: str, record: WriteRecord) -> RecordOutcome:
        schema = self.schemas[sobject]
        if kind == "upsert":
            [(name, wanted)] = record.key.items()
            assert schema.fields[name].external_id, "an upsert goes by an external id"
            found = [rid for rid, row in self.rows[sobject].items() if _same(row.values.get(name), wanted)]
            if len(found) > 1:
                return RecordRefused(record.op, "MULTIPLE_CHOICES", "Several records have this external id", name)
            kind = "update" if found else "create"
            if found:
                record = replace(record, key={}, rid=found[0])
        values = {**record.key, **record.fields} if kind == "create" else dict(record.fields)
        assert "Id" not in values, "Salesforce alone gives a record its Id"
        assert values.keys() <= schema.fields.keys(), f"{sorted(values.keys() - schema.fields.keys())} is unknown"
        values = {n: ";".join(v) if isinstance(v, tuple) else v for n, v in values.items()}
        refusal = self._refusal(sobject, kind, record, values)
        if refusal is not None:
            return RecordRefused(record.op, refusal.code, refusal.message, refusal.field)
        if kind == "create":
            return Written(record.op, self._insert(ENGINE, sobject, values), True, None)
        assert record.rid is not None
        self._save(ENGINE, sobject, record.rid, values)
        return Written(record.op, record.rid, False, None)

    def _refusal(self, sobject: str, kind: str, record: WriteRecord, values: Mapping[str, Any]) -> Refusal | None:
        fields = self.schemas[sobject].fields
        if kind == "update":
            assert record.rid is not None, "an update goes by Id"
            if record.rid not in self.rows[sobject]:
                return Refusal("ENTITY_IS_DELETED", "The record is deleted")
            if self.is_locked(record.rid):
                return Refusal("UNABLE_TO_LOCK_ROW", "Somebody else is saving the record")
        for name, field in fields.items():
            value = values.get(name)
            if field.required and not value and (kind == "create" or name in values):
                return Refusal("REQUIRED_FIELD_MISSING", f"{name} is required", name)
            if field.length and isinstance(value, str) and len(value) > field.length:
                return Refusal("STRING_TOO_LONG", f"{name} is too long", name)
            if field.unique and value is not None and self._has(sobject, name, value, record.rid):
                return Refusal("DUPLICATE_VALUE", f"{name} is there already", name)
        row = self.rows[sobject].get(record.rid or "")
        return self.refuses({**(row.values if row else {}), **values})

    def _has(self, sobject: str, name: str, value: Any, but: str | None) -> bool:
        rows = self.rows[sobject].items()
        return any(_same(row.values.get(name), value) for rid, row in rows if rid != but)


def _same(held: Any, value: Any) -> bool:
    return held is not None and str(held).casefold() == str(value).casefold()
