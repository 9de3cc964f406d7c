"""Nothing is held: what is alive at once does not grow with the number of records."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

from disf_desktop.core.events import RunStatus
from disf_desktop.core.records import (
    Page,
    Position,
    SourceRecord,
    Window,
    WriteRecord,
    WriteReply,
    WriteResult,
    Written,
)
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value, check_characters
from tests.engine.fakes import DialogInsightTable, SalesforceOrg, stamped
from tests.engine.world import CONTACT, CONTACTS, World


class Alive:
    """How many of some objects live, and how many did at most."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self._lock = Lock()

    def watch(self, thing: object) -> None:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        weakref.finalize(thing, self._gone)

    def _gone(self) -> None:
        with self._lock:
            self.now -= 1


class Watched(SourceRecord):
    """A record that may be watched."""


class WatchedFields(dict[str, Value]):
    """The fields of an operation, watched."""


class LongOrg(SalesforceOrg):
    """An org of many contacts, each made when its page is asked for."""

    def __init__(self, world: World, number: int, alive: Alive) -> None:
        super().__init__(world.clock, (CONTACT,))
        self.number = number
        self.alive = alive

    def count(self, sobject: str) -> int:
        return self.number

    def read(self, window: Window) -> Iterator[Page]:
        stamp = stamped(self.clock.server)
        for start in range(0, self.number, 2000):
            records = [self._record(n, stamp, window.fields) for n in range(start, min(start + 2000, self.number))]
            yield Page(records, Position(stamp, records[-1].rid))

    def _record(self, n: int, stamp: str, fields: Sequence[str]) -> SourceRecord:
        short = f"003{n:012d}"
        rid = short + check_characters(short)
        known = {"Id": rid, "LastName": f"N{n}", "Email": f"n{n}@example.org"}
        record = Watched(rid, stamp, tuple(known.get(name) for name in fields))
        self.alive.watch(record)
        return record


class ForgetfulTable(DialogInsightTable):
    """A table that stores everything and keeps nothing, and watches what is on its way."""

    alive: Alive
    batches: int = 0

    def write(self, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
        self.batches += 1
        outcomes = []
        for record in records:
            stored: Mapping[str, Any] = WatchedFields({**record.key, **record.fields})
            self.alive.watch(stored)
            outcomes.append(Written(record.op, str(record.op), True, stored))
        return WriteReply(outcomes, "1")


def test_what_is_alive_does_not_grow_with_the_number_of_records(world: World) -> None:
    most = []
    for number in (4_000, 20_000):
        alive = Alive()
        world.batch_size = 200
        world.path = world.path.with_name(f"{number}.sqlite")
        table = ForgetfulTable(CONTACTS)
        table.alive = alive
        with ThreadPoolExecutor(4) as workers:
            world.workers = workers
            told = world.run(world.job(source=LongOrg(world, number, alive), target=table, concurrency=3))
        assert told.status is RunStatus.SUCCESS
        assert told.total.sides[Side.DIALOG_INSIGHT].created == number
        assert table.batches == number // 200
        most.append(alive.most)
    assert most[1] <= most[0] + 2000
    assert most[1] < 10_000
