"""Both services in memory, behind the engine's ports, with everything that may go wrong and a history for the checker.

They share no code with the engine; `contract.py` holds what they and the real adapters have in common.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from typing import Any

from disf_desktop.core.errors import AccessRefused, ServiceUnavailable
from disf_desktop.core.records import (
    FoundRecord,
    NotSent,
    Page,
    Position,
    RecordOutcome,
    RecordRefused,
    RecordUnknown,
    Refused,
    SourceRecord,
    Unknown,
    Window,
    WriteRecord,
    WriteReply,
    WriteResult,
    Written,
)
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.values import Value, check_characters

START = datetime(2026, 3, 2, 10, 0, 0, tzinfo=UTC)


class FakeClock:
    """The time of the servers, of which the local wall clock is `skew` away."""

    def __init__(self, skew: timedelta = timedelta(0)) -> None:
        self.server = START
        self.skew = skew

    def now(self) -> datetime:
        return self.server + self.skew

    def monotonic(self) -> float:
        return (self.server - START).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        self.server += timedelta(seconds=seconds)


class InlineExecutor(Executor):
    """Does the work at once, in the thread that asks for it."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:  # noqa: BLE001 - a future carries any
            future.set_exception(error)
        return future


def stamped(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


# Salesforce


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
    """An org in memory: stamps by the server's clock, keyset pages, transactions that commit late."""

    def __init__(self, clock: FakeClock, schemas: Sequence[Schema], *, page_size: int = 3, seed: int = 1) -> None:
        self.clock = clock
        self.schemas = {schema.name: schema for schema in schemas}
        self.rows: dict[str, dict[str, Row]] = {name: {} for name in self.schemas}
        self.hidden: list[LateCommit] = []
        self.page_size = page_size
        self.covers = True
        self.counts_as: int | None = None
        self.calls = 0
        self.windows: list[Window] = []
        self.read_alls = 0
        self.looked_back: list[timedelta] = []
        self.before_page: Callable[[int], None] = lambda number: None
        self._random = random.Random(seed)
        self._made = 0

    # -- people ----------------------------------------------------------------------------------------------------

    def insert(self, sobject: str, **values: Any) -> str:
        self._made += 1
        short = f"{'003' if sobject == 'Contact' else '801'}{self._made:012d}"
        rid = short + check_characters(short)
        empty = dict.fromkeys(name for name in self.schemas[sobject].fields if "." not in name)
        self.rows[sobject][rid] = Row(self._now(), {**empty, **values, "Id": rid})
        return rid

    def update(self, sobject: str, rid: str, **values: Any) -> None:
        row = self.rows[sobject][rid]
        self.rows[sobject][rid] = Row(self._now(), {**row.values, **values})

    def begin_late(self, sobject: str, rid: str, **values: Any) -> LateCommit:
        """Save inside a transaction that stays open; nobody sees it yet, and nobody else may save the record."""
        late = LateCommit(sobject, rid, self._now(), values)
        self.hidden.append(late)
        return late

    def commit_late(self, late: LateCommit) -> None:
        self.hidden.remove(late)
        row = self.rows[late.sobject][late.rid]
        self.rows[late.sobject][late.rid] = Row(late.stamp, {**row.values, **late.values})

    def _now(self) -> datetime:
        return self.clock.server.replace(microsecond=0)

    # -- the port ----------------------------------------------------------------------------------------------------

    def describe(self, sobject: str, related: Sequence[str] = ()) -> Schema:
        self.calls += 1
        return self.schemas[sobject]

    def count(self, sobject: str) -> int:
        self.calls += 1
        return len(self.rows[sobject]) if self.counts_as is None else self.counts_as

    def server_now(self) -> datetime:
        return self.clock.server

    def covered_until(self, sobject: str, since: datetime) -> datetime | None:
        self.calls += 1
        self.looked_back.append(self.clock.server - since)
        if not self.covers:
            return None
        return min([late.stamp for late in self.hidden if late.sobject == sobject], default=self.clock.server)

    def read(self, window: Window) -> Iterator[Page]:
        self.windows.append(window)
        position, number = window.position, 0
        while True:
            number += 1
            self.calls += 1
            self.before_page(number)
            records = self._after(window, position)[: self.page_size]
            if not records:
                return
            position = Position(records[-1].stamp, records[-1].rid)
            yield Page(records, position)
            if len(records) < self.page_size:
                return

    def read_all(self, window: Window) -> Iterator[Page]:
        self.read_alls += 1
        self.windows.append(window)
        records = self._after(window, None)
        self._random.shuffle(records)
        for number, start in enumerate(range(0, len(records), self.page_size), 1):
            self.calls += 1
            self.before_page(number)
            yield Page(records[start : start + self.page_size], None)

    def _after(self, window: Window, position: Position | None) -> list[SourceRecord]:
        found = []
        for rid, row in self.rows[window.sobject].items():
            stamp = stamped(row.stamp)
            late_enough = window.since is None or stamp >= window.since
            if late_enough and (position is None or (stamp, rid) > (position.stamp, position.rid)):
                found.append(SourceRecord(rid, stamp, tuple(self._value(row, name) for name in window.fields)))
        return sorted(found, key=lambda record: (record.stamp, record.rid))

    def _value(self, row: Row, name: str) -> Any:
        relation, dot, remote = name.partition(".")
        if not dot:
            return row.values[name]
        parent = row.values.get(f"{relation}Id")
        held = next((rows[parent] for rows in self.rows.values() if parent in rows), None)
        return None if held is None else held.values[remote]


# Dialog Insight


class Fault(Enum):
    """What happens to one call of `write`."""

    NOT_SENT = auto()
    UNKNOWN_BEFORE = auto()
    UNKNOWN_AFTER = auto()
    REFUSED = auto()
    REFUSED_AFTER_HALF = auto()
    HALF_UNACCOUNTED = auto()
    REORDERED = auto()


@dataclass(frozen=True, slots=True)
class Call:
    """One call of `write`, as it was sent, and what the service held of each record when it came."""

    kind: str
    records: tuple[WriteRecord, ...]
    fault: Fault | None
    held: tuple[Mapping[str, Value] | None, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One row that changed; `before` is None where it was made."""

    author: str
    rid: str
    before: Mapping[str, Value] | None
    after: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Refusal:
    code: str
    message: str
    field: str = ""


def same_key(key: Mapping[str, Value]) -> tuple[str, ...]:
    """Give what Dialog Insight compares of a key: neither case nor blanks at the end."""
    return tuple(str(value).rstrip().lower() for _, value in sorted(key.items()))


@dataclass(slots=True)
class DialogInsightTable:
    """A contact list or a custom table in memory. `cuts` are the lengths that no schema tells, by field."""

    schema: Schema
    cuts: Mapping[str, int] = field(default_factory=dict)
    side: Side = Side.DIALOG_INSIGHT
    calls: int = 0
    rows: dict[str, dict[str, Value]] = field(default_factory=dict)
    by_key: dict[tuple[str, ...], str] = field(default_factory=dict)
    sent: list[Call] = field(default_factory=list)
    history: list[Change] = field(default_factory=list)
    finds: list[Mapping[str, Value]] = field(default_factory=list)
    faults: deque[Fault | None] = field(default_factory=deque)
    all_or_nothing: bool = False
    key_revoked: bool = False
    says_what_is_stored: bool = True
    refuses_record: Callable[[Mapping[str, Value]], Refusal | None] = lambda fields: None
    refuses_call: Callable[[Sequence[WriteRecord]], bool] = lambda records: False
    during_call: Callable[[str], None] = lambda kind: None
    _made: int = 0
    _requests: int = 0

    # -- people ----------------------------------------------------------------------------------------------------

    def add(self, **values: Value) -> str:
        return self._insert("person", {name: value for name, value in values.items() if value is not None})

    def edit(self, rid: str, **values: Value) -> None:
        self._change("person", rid, values)

    def remove(self, rid: str) -> None:
        del self.by_key[self._key_of(self.rows.pop(rid))]

    def row_of(self, **key: Value) -> Mapping[str, Value] | None:
        rid = self.by_key.get(same_key(key))
        return None if rid is None else self.rows[rid]

    def _key_of(self, values: Mapping[str, Value]) -> tuple[str, ...]:
        return same_key({name: values[name] for name in self.schema.key})

    def _insert(self, author: str, values: Mapping[str, Value]) -> str:
        stored = {name: self._kept(name, value) for name, value in values.items()}
        key = self._key_of(stored)
        assert key not in self.by_key, "a key has one owner"
        self._made += 1
        rid = str(1000 + self._made)
        self.rows[rid], self.by_key[key] = stored, rid
        self.history.append(Change(author, rid, None, dict(stored)))
        return rid

    def _change(self, author: str, rid: str, values: Mapping[str, Value]) -> None:
        before = self.rows[rid]
        after = {**before, **{name: self._kept(name, value) for name, value in values.items()}}
        del self.by_key[self._key_of(before)]
        self.rows[rid], self.by_key[self._key_of(after)] = after, rid
        if after != before:
            self.history.append(Change(author, rid, dict(before), dict(after)))

    def _kept(self, name: str, value: Value) -> Value:
        """Give what the service makes of a value: trimmed, cut, an e-mail in lower case."""
        if isinstance(value, str):
            if self.schema.fields[name].type is FieldType.EMAIL:
                value = value.lower()
            return value[: self.cuts.get(name, len(value))].rstrip() or None
        return value

    # -- the port ----------------------------------------------------------------------------------------------------

    def describe(self) -> Schema:
        self.calls += 1
        return self.schema

    def find(self, key: Mapping[str, Value]) -> FoundRecord | None:
        self.calls += 1
        self.finds.append(dict(key))
        if self.key_revoked:
            raise AccessRefused("Dialog Insight refuses the key.", "Give the key again.")
        rid = self.by_key.get(same_key(key))
        return None if rid is None else FoundRecord(rid, dict(self.rows[rid]))

    def write(self, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
        assert kind in ("create", "update")
        assert records
        self.calls += 1
        fault = self.faults.popleft() if self.faults else None
        known = (self._target(record) for record in records)
        held = tuple(None if rid is None else self.rows[rid] for rid in known)
        self.sent.append(Call(kind, tuple(records), fault, held))
        self.during_call(kind)
        if fault is Fault.NOT_SENT:
            return NotSent(ServiceUnavailable("Dialog Insight does not answer.", "Run again later."))
        if fault is Fault.UNKNOWN_BEFORE:
            return Unknown(ServiceUnavailable("The reply did not come.", "Run again."))
        self._requests += 1
        request = f"r{self._requests}"
        if fault is Fault.REFUSED or self.key_revoked or self.refuses_call(records):
            return Refused("42", "Some call is refused", request)
        if fault is Fault.REFUSED_AFTER_HALF:
            for record in records[: len(records) // 2]:
                self._one(kind, record)
            return Refused("42", "Some call is refused", request)
        if self.all_or_nothing and any(self._refusal(kind, record) for record in records):
            return Refused("42", "Some records are not valid; nothing was stored", request)
        outcomes: list[RecordOutcome] = [self._one(kind, record) for record in records]
        if fault is Fault.UNKNOWN_AFTER:
            return Unknown(ServiceUnavailable("The reply did not come.", "Run again."))
        if fault is Fault.HALF_UNACCOUNTED:
            outcomes = [o if n % 2 else RecordUnknown(o.op) for n, o in enumerate(outcomes)]
        if fault is Fault.REORDERED:
            outcomes.reverse()
        return WriteReply(outcomes, request)

    def _refusal(self, kind: str, record: WriteRecord) -> Refusal | None:
        known = self._target(record)
        if kind == "create" and known is not None:
            return Refusal("7", "The record was not inserted")
        if kind == "update" and known is None:
            return Refusal("8", "The record was not updated")
        return self.refuses_record({**record.key, **record.fields})

    def _target(self, record: WriteRecord) -> str | None:
        if record.rid is not None:
            return record.rid if record.rid in self.rows else None
        return self.by_key.get(same_key(record.key))

    def _one(self, kind: str, record: WriteRecord) -> RecordOutcome:
        refusal = self._refusal(kind, record)
        if refusal is not None:
            return RecordRefused(record.op, refusal.code, refusal.message, refusal.field)
        if kind == "create":
            assert record.rid is None
            rid = self._insert("engine", {**record.key, **record.fields})
        else:
            found = self._target(record)
            assert found is not None
            rid = found
            self._change("engine", rid, record.fields)
        stored = dict(self.rows[rid]) if self.says_what_is_stored else None
        return Written(record.op, rid, kind == "create", stored)


def schema_of(side: Side, name: str, *fields: Field) -> Schema:
    return Schema(side, name, name, {each.name: each for each in fields})


def with_field(schema: Schema, changed: Field) -> Schema:
    """Give the schema with one field added, or put in the place of the one of its name."""
    return replace(schema, fields={**schema.fields, changed.name: changed})
