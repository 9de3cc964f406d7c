"""A ledger with something in every table, for the tests and for the file that is kept of each released version.

`python -m tests.storage.ledger_contents PATH` makes such a file; do it once for each version, when it is released.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from disf_desktop.core.journal import Applied, NewSetAside, OpenBatch, OpenOperation, Shown
from disf_desktop.core.operations import (
    Agree,
    Base,
    Birth,
    Conflict,
    Create,
    Pending,
    Seen,
    Update,
)
from disf_desktop.core.project import ConflictPolicy
from disf_desktop.core.records import Arrival, OptinState, Position
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger import Ledger

KEY = bytes(range(32))
AT = "2026-03-02T10:00:00Z"
LATER = "2026-03-02T11:00:00Z"
LATEST = "2026-03-02T12:00:00Z"
SOURCES = ("Id", "Name", "Tags__c", "IsConverted")
PAIRS = ("Id", "Name", "Tags__c")
TARGETS = ("Key", "Name", "Tags", "Deleted")
"""Three pairs; a source and a target besides that no pair has."""
SF, DI = Side.SALESFORCE, Side.DIALOG_INSIGHT
TAGS = ("blue", "red")


def rid(number: int) -> str:
    return f"003{number:012d}AAA"


def values(number: int, name: str = "Ann", tags: Any = TAGS) -> tuple[Any, ...]:
    """What Salesforce shows of a person."""
    return (rid(number), name, tags, False)


def shown(number: int, name: str = "Ann", tags: Any = TAGS, deleted: Any = None) -> tuple[Any, ...]:
    """What Dialog Insight shows of a person."""
    return (rid(number), name, tags, deleted)


def base(number: int, name: str = "Ann", target_name: str | None = None) -> Base:
    return Base((rid(number), name, TAGS), shown(number, name if target_name is None else target_name))


def create(number: int, name: str = "Ann") -> Create:
    return Create(rid(number), {"Key": rid(number)}, {"Name": name, "Tags": TAGS}, values(number, name))


def birth(number: int, name: str = "Zoé") -> Birth:
    """The person with the idContact of that number, whom Salesforce does not know."""
    found = (None, name, TAGS, None)
    fields: dict[str, Value] = {"Name": name, "Tags__c": TAGS}
    agreed = Base((None, name, TAGS), found)
    return Birth(str(number), {"Ext__c": f"7:{number}"}, {"Key": f"{number}@example.org"}, fields, found, agreed)


def update(record: Pending, before: str, after: str, side: Side = DI, **more: Any) -> Update:
    """Bring a name to `side`, and what is agreed once it is there."""
    assert record.target_rid is not None
    assert record.base is not None
    agreed = Base((record.base.source[0], after, TAGS), (record.base.target[0], after, TAGS, None))
    seen = Seen(record.rid, record.values, record.target_rid, record.found)
    return Update(
        side, record.rid, record.link, record.target_rid, {"Key": record.rid}, {"Name": after}, {"Name": before},
        {"Name": "changed"}, agreed, seen, **more,
    )  # fmt: skip


def agree(number: int, target_rid: str, theirs: str = "Ann", **more: Any) -> Agree:
    """Tie a person that nobody tied before."""
    seen = Seen(rid(number), values(number), target_rid, None)
    return Agree(rid(number), None, target_rid, {"Key": rid(number)}, base(number, "Ann", theirs), seen, **more)


def agreed(record: Pending, now: Base, **more: Any) -> Agree:
    assert record.target_rid is not None
    seen = Seen(record.rid, record.values, record.target_rid, record.found)
    return Agree(record.rid, record.link, record.target_rid, {"Key": record.rid}, now, seen, **more)


def aside(number: int, code: str = "31", side: Side = DI, target_rid: str | None = None) -> NewSetAside:
    return NewSetAside(
        rid(number), side, "Name", code, "It was refused.", "Correct it.", {"length": 3}, "r9", target_rid
    )


def done(operation: OpenOperation, rid: str, now: Base | None = None, shown: Shown | None = None) -> Applied:
    """An operation that arrived; without a word on it, what was wanted is agreed on."""
    if now is None:
        now = operation.base
    if now is None:
        assert operation.source is not None
        ours: Any = operation.source
        now = Base(ours[:3], (*ours[:3], None))
    return Applied(operation, rid, now, shown)


def all_done(batch: OpenBatch, rids: Sequence[str]) -> list[Applied]:
    return [done(operation, each) for operation, each in zip(batch.operations, rids, strict=True)]


def rows(ledger: Ledger, sql: str, *bindings: Any) -> list[tuple[Any, ...]]:
    return list(ledger._connection.execute(sql, bindings))


def tables(ledger: Ledger) -> list[str]:
    return [name for (name,) in rows(ledger, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]


def everything(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    return {name: rows(ledger, f"SELECT * FROM {name} ORDER BY 1, 2") for name in tables(ledger)}


def fill(ledger: Ledger) -> None:
    """Do a little of everything that a run does, and leave a batch, a held operation and a reading open."""
    run = ledger.begin_run(AT)
    numbers = ledger.register("Contacts", "example/1/Contact", b"settings")
    integration, target = numbers.integration, numbers.target
    layout = ledger.layout(SOURCES, TARGETS, PAIRS)
    ledger.register_optins(integration, {"news": ("example/contact/news__c", False)}, b"optins", AT, AT)
    ledger.start_reading(integration, AT, layout, b"fingerprint", anew=True)
    page: list[tuple[str, str, Any]] = [(rid(n), AT, values(n)) for n in range(1, 5)]
    page.append((rid(5), AT, (rid(5), Refusal(Reason.UNREADABLE), None, False)))
    ledger.store_page(integration, layout, run, page, Position(AT, rid(5)))
    ledger.finish_reading(integration, AT)
    batch = ledger.intend(run, integration, target, layout, [create(1), create(2)], AT)
    first, second = batch.operations
    ledger.settle(batch, integration, run, AT, "r1", applied=[done(first, "1001")], aside=[aside(2)])
    assert second.rid == rid(2)
    conflict = Conflict("Name", "Ann", "Anne", ConflictPolicy.DIALOG_INSIGHT_WINS, DI)
    ledger.note_decisions(
        integration, target, layout, run, AT, agreed=[agree(3, "1003", "Anne", conflicts=(conflict,))],
        aside=[aside(5, "unreadable")], filtered=[Seen(rid(4), values(4))],
    )  # fmt: skip
    ledger.note_optins(integration, target, run, [("1001", {"news": OptinState(False, AT, AT)}, AT)], AT)
    ledger.finish_run(run, AT, "partial", {"status": "partial", "calls": {"salesforce": 2, "dialog_insight": 3}})
    run = ledger.begin_run(LATER)
    ledger.start_reading(integration, LATER, layout, b"fingerprint", anew=False)
    ledger.store_page(integration, layout, run, [(rid(1), LATER, values(1, "Anna"))], Position(LATER, rid(1)))
    [pending] = ledger.pending(integration, target, layout, "", 10)
    batch = ledger.intend(run, integration, target, layout, [update(pending, "Ann", "Anna")], LATER)
    ledger.settle(batch, integration, run, LATER, "r2", applied=all_done(batch, ["1001"]))
    found: list[tuple[str, str, Any]] = [("1003", LATER, shown(3, "Annie")), ("2001", LATER, (None, "Zoé", TAGS, None))]
    ledger.store_found(integration, target, layout, run, found, LATER, unlinked=True)
    ledger.store_page(integration, layout, run, [(rid(6), LATER, values(6))], Position(LATER, rid(6)))
    ledger.choose({1: SF})
    ledger.intend(run, integration, target, layout, [birth(2001)], LATER)
    record = ledger.pending_found(integration, target, layout, "", 1)[0]
    lost = ledger.intend(run, integration, target, layout, [update(record, "Ann", "Annie", SF)], LATER)
    ledger.settle(lost, integration, run, LATER, "", dropped=lost.operations, tried=lost.operations)
    late = ledger.intend(run, integration, target, layout, [update(record, "Ann", "Annie", SF)], LATER)
    ledger.settle(late, integration, run, LATER, "", held=late.operations, held_until=LATEST)
    ledger.intend(run, integration, target, layout, [create(6)], LATER)


def bring(ledger: Ledger) -> None:
    """Let an import store two people, whom a link knows and whom none does."""
    run = ledger.begin_run(LATEST)
    target = ledger.target_for("example/1/Contact")
    known = Arrival({"Key": rid(1)}, "1001", {"Key": rid(1), "Name": "Anouk", "Tags": TAGS, "Deleted": None})
    new = Arrival({"Key": rid(7)}, "1007", {"Key": rid(7), "Name": "Guy", "Tags": TAGS})
    ledger.note_arrivals(target, run, [known, new], LATEST)
    ledger.finish_run(run, LATEST, "success", {"import": {"created": 1, "updated": 1}})


def people(ledger: Ledger, count: int = 3) -> int:
    """Tie that many people, 1 to 1001 and so on, with nothing left to plan; give the number of a new run."""
    run = ledger.begin_run(AT)
    numbers = ledger.register("Contacts", "example/1/Contact", b"settings")
    layout = ledger.layout(SOURCES, TARGETS, PAIRS)
    assert (numbers.integration, numbers.target, layout) == (1, 1, 1)
    ledger.start_reading(1, AT, layout, b"fingerprint", anew=True)
    ledger.store_page(1, layout, run, [(rid(n), AT, values(n)) for n in range(1, count + 1)], None)
    ledger.finish_reading(1, AT)
    batch = ledger.intend(run, 1, 1, layout, [create(n) for n in range(1, count + 1)], AT)
    ledger.settle(batch, 1, run, AT, "r1", applied=all_done(batch, [str(1000 + n) for n in range(1, count + 1)]))
    return ledger.begin_run(LATER)


def see(ledger: Ledger, run: int, *found: tuple[str, str, Any], unlinked: bool = False) -> int:
    """Store what Dialog Insight shows: `(rid, as_of, values)`."""
    return ledger.store_found(1, 1, 1, run, found, LATER, unlinked=unlinked)


def read(ledger: Ledger, run: int, number: int, name: str = "Ann", stamp: str = LATER, **more: Any) -> int:
    """Store what Salesforce shows of a person."""
    return ledger.store_page(1, 1, run, [(rid(number), stamp, values(number, name))], None, **more)


def waiting(ledger: Ledger) -> tuple[list[str], list[str]]:
    """Who is before the planner, on both sides."""
    found = [p.target_rid for p in ledger.pending_found(1, 1, 1, "", 100)]
    return [p.rid for p in ledger.pending(1, 1, 1, "", 100)], [each for each in found if each is not None]


def make(path: Path) -> None:
    ledger = Ledger.open(path, KEY)
    fill(ledger)
    bring(ledger)
    ledger.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
