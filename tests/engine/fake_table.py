"""A Dialog Insight table in memory, its people, and the exports of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from disf_desktop.core.errors import AccessRefused, ServiceUnavailable, UnexpectedAnswer
from disf_desktop.core.moments import written
from disf_desktop.core.project import is_consent_name
from disf_desktop.core.records import (
    Capabilities,
    FoundRecord,
    NotSent,
    OptinState,
    RecordOutcome,
    RecordRefused,
    RecordUnknown,
    Refused,
    Unknown,
    WriteRecord,
    WriteReply,
    WriteResult,
    Written,
)
from disf_desktop.core.schema import FieldType, Schema, Side
from disf_desktop.core.values import Value
from tests.engine.ground import ENGINE, PERSON, Call, Change, FakeClock, Fault, Look, OptinChange, Refusal, same_key

_PAGE = 3
NEUTRAL = OptinState(None)


@dataclass(slots=True)
class DialogInsightTable:
    """A contact list or a custom table in memory. `cuts` are the lengths that no schema tells, by field.

    `accepts` is what the account lets us ask. `hides` makes a contact that is there answer “no record”. `lag` is for
    how long after a save a look-up shows what was there before; replies to writes show it at once.
    """

    schema: Schema
    cuts: Mapping[str, int] = field(default_factory=dict)
    side: Side = Side.DIALOG_INSIGHT
    clock: FakeClock = field(default_factory=FakeClock)
    accepts: Capabilities = field(default_factory=Capabilities)
    first_number: int = 1001
    calls: int = 0
    rows: dict[str, dict[str, Value]] = field(default_factory=dict)
    by_key: dict[tuple[str, ...], str] = field(default_factory=dict)
    optins: dict[str, dict[str, OptinState]] = field(default_factory=dict)
    modified: dict[str, datetime] = field(default_factory=dict)
    sent: list[Call] = field(default_factory=list)
    history: list[Change] = field(default_factory=list)
    answers: list[OptinChange] = field(default_factory=list)
    finds: list[Mapping[str, Value]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    meetings: list[Look] = field(default_factory=list)
    """When a reply told what became of a record that was written."""
    faults: deque[Fault | None] = field(default_factory=deque)
    lateness: timedelta = timedelta(minutes=2)
    lag: timedelta = timedelta(0)
    all_or_nothing: bool = False
    key_revoked: bool = False
    says_what_is_stored: bool = True
    refuses_record: Callable[[Mapping[str, Value]], Refusal | None] = lambda fields: None
    refuses_call: Callable[[Sequence[WriteRecord]], bool] = lambda records: False
    hides: Callable[[str], bool] = lambda rid: False
    during_call: Callable[[str], None] = lambda kind: None
    before_call: Callable[[str], None] = lambda name: None
    _made: int = 0
    _requests: int = 0
    _is_late: bool = False

    # -- people ----------------------------------------------------------------------------------------------------

    def add(self, **values: Value) -> str:
        return self._insert(PERSON, {name: value for name, value in values.items() if value is not None})

    def edit(self, rid: str, **values: Value) -> None:
        self._change(PERSON, rid, values)

    def remove(self, rid: str) -> None:
        before = self.rows.pop(rid)
        del self.by_key[self._key_of(before)]
        self.optins.pop(rid, None)
        self._note(PERSON, rid, before, {}, "deleted")

    def answer(self, rid: str, code: str, state: bool | None, at: datetime | None = None) -> None:
        """Let the person subscribe (True), unsubscribe (False), or take the answer back (None)."""
        assert any(each.name == code for each in self.schema.optins)
        moment = at or self.clock.server
        self.optins.setdefault(rid, {})[code] = OptinState(state, written(moment), written(moment))
        self.modified[rid] = self.clock.server
        self.answers.append(OptinChange(rid, code, state, moment, self.clock.tick()))

    def row_of(self, **key: Value) -> Mapping[str, Value] | None:
        rid = self.by_key.get(same_key(key))
        return None if rid is None else self.rows[rid]

    def id_of(self, **key: Value) -> str:
        return self.by_key[same_key(key)]

    def _key_of(self, values: Mapping[str, Value]) -> tuple[str, ...]:
        return same_key({name: values[name] for name in self.schema.key})

    def _insert(self, author: str, values: Mapping[str, Value]) -> str:
        stored = {name: self._kept(name, value) for name, value in values.items()}
        key = self._key_of(stored)
        assert key not in self.by_key, "a key has one owner"
        rid = str(self.first_number + self._made)
        self._made += 1
        self.rows[rid], self.by_key[key] = stored, rid
        self._note(author, rid, None, stored, "saved")
        return rid

    def _change(self, author: str, rid: str, values: Mapping[str, Value]) -> None:
        before = self.rows[rid]
        after = {**before, **{name: self._kept(name, value) for name, value in values.items()}}
        del self.by_key[self._key_of(before)]
        assert self._key_of(after) not in self.by_key, "a key has one owner"
        self.rows[rid], self.by_key[self._key_of(after)] = after, rid
        if after != before:
            self._note(author, rid, before, after, "saved")

    def _note(
        self, author: str, rid: str, before: Mapping[str, Value] | None, after: Mapping[str, Value], what: str
    ) -> None:
        self.modified[rid] = self.clock.server
        held, clock = None if before is None else dict(before), self.clock
        change = Change(author, rid, held, dict(after), clock.tick(), clock.server, what, late=self._is_late)
        self.history.append(change)

    def _kept(self, name: str, value: Value) -> Value:
        """Give what the service makes of a value: trimmed, cut, an e-mail in lower case."""
        if isinstance(value, str):
            if self.schema.fields[name].type is FieldType.EMAIL:
                value = value.lower()
            return value[: self.cuts.get(name, len(value))].rstrip() or None
        return value

    # -- the port: finding -----------------------------------------------------------------------------------------

    def _called(self, name: str) -> str:
        """Count a call and give the moment when it began."""
        self.calls += 1
        as_of = written(self.clock.server)
        self.before_call(name)
        self.clock.call()
        if self.key_revoked and name != "write":
            raise AccessRefused("Dialog Insight refuses the key.", "Give the key again.")
        return as_of

    def describe(self) -> Schema:
        self.calls += 1
        return self.schema

    def server_now(self) -> datetime:
        return self.clock.server

    def find(self, key: Mapping[str, Value]) -> FoundRecord | None:
        assert not any(map(is_consent_name, key)), "a consent was named to Dialog Insight"
        self.finds.append(dict(key))
        as_of = self._called("find")
        rid = self.by_key.get(same_key(key))
        return None if rid is None or self.hides(rid) or not self._as_looked_at(rid) else self._looked(rid, as_of)

    def find_by_id(self, rid: str) -> FoundRecord | None:
        self.looked_up.append(rid)
        as_of = self._called("find_by_id")
        return self._looked(rid, as_of) if self._as_looked_at(rid) and not self.hides(rid) else None

    def find_empty(self, name: str) -> Sequence[FoundRecord]:
        assert self.accepts.empty_lookup
        as_of = self._called("find_empty")
        return [self._looked(rid, as_of) for rid, row in self.rows.items() if row.get(name) is None]

    def changed_since(self, since: datetime) -> Iterator[Sequence[FoundRecord]]:
        assert self.accepts.changed_since
        second = since.replace(microsecond=0)
        given = 0
        while True:
            as_of = self._called("changed_since")
            changed = sorted((at, rid) for rid, at in self.modified.items() if rid in self.rows and at >= second)
            page = changed[given : given + _PAGE]
            given += len(page)
            if page:
                yield [self._looked(rid, as_of) for _, rid in page]
            if len(page) < _PAGE:
                return

    def probe(self) -> Capabilities:
        self._called("probe")
        return self.accepts

    def _looked(self, rid: str, as_of: str) -> FoundRecord:
        self.looks.append(Look(rid, self.clock.tick()))
        return self._found(rid, as_of, self._as_looked_at(rid))

    def _found(self, rid: str, as_of: str, row: Mapping[str, Value]) -> FoundRecord:
        shown = {each.name: NEUTRAL for each in self.schema.optins}
        return FoundRecord(
            rid, {**dict.fromkeys(self.schema.fields), **row}, {**shown, **self.optins.get(rid, {})}, as_of
        )

    def _as_looked_at(self, rid: str) -> Mapping[str, Value]:
        """Give a record as a look-up shows it now; nothing where it does not show it."""
        if not self.lag:
            return self.rows.get(rid, {})
        until = self.clock.server - self.lag
        return next((c.after for c in reversed(self.history) if c.rid == rid and c.at <= until), {})

    # -- the port: writing -----------------------------------------------------------------------------------------

    def write(self, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
        assert kind in ("create", "update", "upsert")
        assert records
        self._called("write")
        for record in records:
            sent = [*record.key, *record.fields]
            assert not any(map(is_consent_name, sent)), f"a consent was sent to Dialog Insight: {sent}"
            assert set(sent) <= self.schema.fields.keys(), f"an unknown field was sent: {sent}"
        fault = self.faults.popleft() if self.faults else None
        known = (self._target(record) for record in records)
        held = tuple(None if rid is None else self.rows[rid] for rid in known)
        self.sent.append(Call(kind, tuple(records), fault, held, self.clock.tick()))
        self.during_call(kind)
        if fault is Fault.NOT_SENT:
            return NotSent(ServiceUnavailable("Dialog Insight does not answer.", "Run again later."))
        lost = Unknown(ServiceUnavailable("The reply did not come.", "Run again."))
        if fault is Fault.UNKNOWN_BEFORE:
            return lost
        if fault is Fault.UNKNOWN_LATER:
            self.clock.at(self.clock.server + self.lateness, lambda: self._carry_out_late(kind, records))
            return lost
        self._requests += 1
        request = f"r{self._requests}"
        if fault is Fault.REFUSED or self.key_revoked or self.refuses_call(records):
            return Refused("42", "Some call is refused", request)
        if fault is Fault.REFUSED_AFTER_HALF:
            self._all(kind, records[: len(records) // 2])
            return Refused("42", "Some call is refused", request)
        if self.all_or_nothing and any(self._refusal(kind, record) for record in records):
            return Refused("42", "Some records are not valid; nothing was stored", request)
        outcomes = self._all(kind, records)
        if fault is Fault.UNKNOWN_AFTER:
            return lost
        if fault is Fault.HALF_UNACCOUNTED:
            outcomes = [o if n % 2 else RecordUnknown(o.op) for n, o in enumerate(outcomes)]
        if fault is Fault.REORDERED:
            outcomes.reverse()
        self.meetings += [Look(o.rid, self.clock.tick()) for o in outcomes if isinstance(o, Written)]
        return WriteReply(outcomes, request)

    def _refusal(self, kind: str, record: WriteRecord) -> Refusal | None:
        known = self._target(record)
        if kind == "create" and known is not None:
            return Refusal("7", "The record was not inserted")
        if kind == "update" and known is None:
            return Refusal("8", "The record was not updated")
        if kind == "update" and known is not None and any(name in record.fields for name in self.schema.key):
            owner = self.by_key.get(self._key_of({**self.rows[known], **record.fields}), known)
            if owner != known:
                return Refusal("9", "Another record has this key")
        return self.refuses_record({**record.key, **record.fields})

    def _target(self, record: WriteRecord) -> str | None:
        if record.rid is not None:
            return record.rid if record.rid in self.rows else None
        return self.by_key.get(same_key(record.key))

    def _all(self, kind: str, records: Sequence[WriteRecord]) -> list[RecordOutcome]:
        return [self._one(kind, record) for record in records]

    def _carry_out_late(self, kind: str, records: Sequence[WriteRecord]) -> None:
        self._is_late = True
        self._all(kind, records)
        self._is_late = False

    def _one(self, kind: str, record: WriteRecord) -> RecordOutcome:
        refusal = self._refusal(kind, record)
        if refusal is not None:
            return RecordRefused(record.op, refusal.code, refusal.message, refusal.field)
        found = self._target(record)
        if found is None:
            assert kind != "update"
            assert record.rid is None
            rid = self._insert(ENGINE, {**record.key, **record.fields})
        else:
            assert kind != "create"
            rid = found
            self._change(ENGINE, rid, record.fields)
        shown = {**dict.fromkeys(self.schema.fields), **self.rows[rid]}
        stored = shown if self.says_what_is_stored else None
        return Written(record.op, rid, found is None, stored)

    # -- exports ---------------------------------------------------------------------------------------------------

    def photograph(self, key: str, *, knows_ids: bool = True) -> ExportFile:
        """Export the whole list as it is now."""
        as_of = written(self.clock.server)
        found = [self._found(rid, as_of, row) for rid, row in self.rows.items()]
        if not knows_ids:
            found = [FoundRecord("", each.values, each.optins, each.as_of) for each in found]
        return ExportFile(key, as_of, tuple(found))


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A photograph of a contact list; one that is not `whole` lacks its end."""

    key: str
    as_of: str
    found: tuple[FoundRecord, ...]
    whole: bool = True

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key,)

    def records(self, schema: Schema) -> Iterator[FoundRecord]:
        if not self.whole:
            raise UnexpectedAnswer("The export is not whole.", "Export it again.")
        yield from self.found


@dataclass(slots=True)
class ExportFolder:
    """A folder in which exports appear."""

    files: list[ExportFile] = field(default_factory=list)

    def waiting(self, was_read: Callable[[str], bool]) -> Sequence[ExportFile]:
        return sorted((each for each in self.files if not was_read(each.key)), key=lambda each: each.as_of)
