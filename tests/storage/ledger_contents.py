"""A ledger with something in every table, for the tests and for the file that is kept of each released version.

`python -m tests.storage.ledger_contents PATH` makes such a file; do it once for each version, when it is released.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from disf_desktop.core.journal import Applied, NewSetAside
from disf_desktop.core.plan import Agree, Conflict, Create, Pending, Update
from disf_desktop.core.project import ConflictPolicy
from disf_desktop.core.records import Position
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger import Ledger

KEY = bytes(range(32))
AT = "2026-03-02T10:00:00Z"
LATER = "2026-03-02T11:00:00Z"
SOURCES = ("Id", "Name", "Tags__c")
TARGETS = ("Key", "Name", "Tags")


def rid(number: int) -> str:
    return f"003{number:012d}AAA"


def values(number: int, name: str = "Ann") -> tuple[Any, ...]:
    return (rid(number), name, ("blue", "red"))


def create(number: int, name: str = "Ann") -> Create:
    source = values(number, name)
    return Create(rid(number), {"Key": rid(number)}, {"Name": name, "Tags": ("blue", "red")}, source)


def update(record: Pending, before: str, after: str) -> Update:
    assert record.target_rid is not None
    source = (record.rid, after, ("blue", "red"))
    return Update(
        record.rid, record.link, record.target_rid, {"Key": record.rid}, {"Name": after}, {"Name": before},
        {"Name": "changed_in_salesforce"}, source, source,
    )  # fmt: skip


def aside(number: int, code: str = "31") -> NewSetAside:
    return NewSetAside(
        rid(number), Side.DIALOG_INSIGHT, "Name", code, "Dialog Insight refused it.", "Correct it.", {"length": 3}, "r9"
    )


def fill(ledger: Ledger) -> None:
    """Do a little of everything that a run does, and leave a batch and a reading open."""
    run = ledger.begin_run(AT)
    numbers = ledger.register("Contacts", "example/1/Contact", b"settings")
    integration, target = numbers.integration, numbers.target
    layout = ledger.layout(SOURCES, TARGETS)
    ledger.start_reading(integration, AT, layout, b"fingerprint", anew=True)
    page: list[tuple[str, str, Any]] = [(rid(n), AT, values(n)) for n in range(1, 5)]
    page.append((rid(5), AT, (rid(5), Refusal(Reason.UNREADABLE), None)))
    ledger.store_page(integration, layout, run, page, Position(AT, rid(5)))
    ledger.finish_reading(integration, AT)
    batch = ledger.intend(run, integration, target, layout, "create", [create(1), create(2)], AT)
    first, second = batch.operations
    ledger.settle(batch, integration, run, AT, "r1", applied=[Applied(first, "1001", values(1))], aside=[aside(2)])
    assert second.rid == rid(2)
    conflict = Conflict("Name", "Ann", "Anne", ConflictPolicy.DIALOG_INSIGHT_WINS, "Anne")
    agreed = Agree(rid(3), None, "1003", {"Key": rid(3)}, values(3), values(3, "Anne"), (conflict,))
    ledger.note_decisions(
        integration, target, layout, run, AT, agreed=[agreed], aside=[aside(5, "unreadable")], filtered=[rid(4)]
    )
    ledger.finish_run(run, AT, "partial", {"status": "partial", "set_aside": 2})
    run = ledger.begin_run(LATER)
    ledger.start_reading(integration, LATER, layout, b"fingerprint", anew=False)
    ledger.store_page(integration, layout, run, [(rid(1), LATER, values(1, "Anna"))], Position(LATER, rid(1)))
    [pending] = ledger.pending(integration, target, layout, "", 10)
    batch = ledger.intend(run, integration, target, layout, "update", [update(pending, "Ann", "Anna")], LATER)
    ledger.settle(
        batch, integration, run, LATER, "r2", applied=[Applied(batch.operations[0], "1001", values(1, "Anna"))]
    )
    ledger.store_page(integration, layout, run, [(rid(6), LATER, values(6))], Position(LATER, rid(6)))
    ledger.intend(run, integration, target, layout, "create", [create(6)], LATER)


def make(path: Path) -> None:
    ledger = Ledger.open(path, KEY)
    fill(ledger)
    ledger.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
