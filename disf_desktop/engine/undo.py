"""Takes a run's updates back, field by field, where the field still holds what that run wrote.

The other side is left as it is, and both values are then what is agreed on: the next run changes nothing of it. What
somebody edited since is told and left. Records that the run created stay, and so do consents: they are never undone.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from itertools import groupby
from typing import Final

from disf_desktop.core.errors import Problem, SettingsError
from disf_desktop.core.events import Event, FieldChange, OperationPlanned
from disf_desktop.core.journal import AppliedChange
from disf_desktop.core.observed import readable
from disf_desktop.core.operations import Base, Pending, Seen, Update
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.engine.apply import send
from disf_desktop.engine.apply_back import send_back
from disf_desktop.engine.job import Job, Prepared
from disf_desktop.engine.ports import Clock, Ledger
from disf_desktop.engine.run import each_job
from disf_desktop.engine.waiting import several

PAGE: Final = 200
UNDO: Final = "undo"


def undo(
    jobs: Sequence[Job], ledger: Ledger, clock: Clock, workers: Executor, *, run: int
) -> Generator[Event, None, None]:
    """Take the updates of a run back. Ends with `RunFinished`; raises SettingsError for a run that never was."""
    if not ledger.run_exists(run):
        problem = Problem("run", f"There is no run {run}.", "Look at the runs: disf status FILE")
        raise SettingsError((problem,))
    yield from each_job(jobs, ledger, clock, lambda prepared: _undo(prepared, workers, run), what={UNDO: run})


def _undo(prepared: Prepared, workers: Executor, run: int) -> Iterator[Event]:
    ledger, integration, after = prepared.ledger, prepared.numbers.integration, 0
    while page := ledger.applied_changes(run, integration, after, PAGE):
        after = page[-1].op
        for side, group in groupby(page, key=lambda change: change.side):
            # The last one first: of two updates of one record, the earlier is only its own again once that is undone.
            for changes in _each_once(list(group)):
                yield from _undo_on(prepared, workers, side, changes)


def _each_once(changes: Sequence[AppliedChange]) -> Iterator[list[AppliedChange]]:
    """Part changes, in their order, so that no part holds two of one record."""
    part: dict[int, AppliedChange] = {}
    for change in changes:
        if change.link in part:
            yield list(part.values())
            part = {}
        part[change.link] = change
    if part:
        yield list(part.values())


def _undo_on(prepared: Prepared, workers: Executor, side: Side, changes: Sequence[AppliedChange]) -> Iterator[Event]:
    held = _held_here(prepared, changes) if side is Side.SALESFORCE else _held_there(prepared, workers, changes)
    known = {
        each.link: each
        for each in prepared.ledger.of_links(
            prepared.numbers.integration, prepared.numbers.target, prepared.layout, [c.link for c in changes]
        )
    }
    updates = []
    for change in changes:
        now, record = held.get(change.link), known.get(change.link)
        mine = {n: v for n, v in change.after.items() if now is not None and now.get(n) == v and n in change.before}
        if record is None or record.base is None or side in record.busy:
            mine = {}
        left = {n: v for n, v in change.after.items() if n not in mine}
        if left:
            yield _left(prepared, change, left, now)
        if mine and record is not None:
            updates.append(_back(prepared, side, change, mine, record))
    if side is Side.SALESFORCE:
        yield from send_back(prepared, updates)
    else:
        yield from send(prepared, workers, updates)


def _held_here(prepared: Prepared, changes: Sequence[AppliedChange]) -> dict[int, Mapping[str, Value]]:
    rids = list(dict.fromkeys(change.rid for change in changes))
    found = prepared.job.source.read_by_id(prepared.job.integration.object, prepared.sources, rids)
    read = prepared.policy.mapping.read
    return {
        c.link: dict(zip(prepared.sources, readable(read(found[c.rid].values)), strict=True))
        for c in changes
        if c.rid in found
    }


def _held_there(
    prepared: Prepared, workers: Executor, changes: Sequence[AppliedChange]
) -> dict[int, Mapping[str, Value]]:
    table = prepared.job.target
    key_of = {
        each.link: each
        for each in prepared.ledger.of_links(
            prepared.numbers.integration, prepared.numbers.target, prepared.layout, [c.link for c in changes]
        )
    }

    def look(change: AppliedChange) -> Mapping[str, Value] | None:
        if prepared.job.is_contacts:
            found = table.find_by_id(change.target_rid)
        else:
            record = key_of.get(change.link)
            found = table.find(_key(prepared, record)) if record is not None and record.base is not None else None
        return None if found is None else found.values

    asked = ((change.link, lambda change=change: look(change)) for change in changes)
    looks = several(workers, asked, prepared.job.concurrency)
    return {look[0]: look[1] for look in looks if look is not None and look[1] is not None}


def _key(prepared: Prepared, record: Pending) -> dict[str, Value]:
    assert record.base is not None
    policy = prepared.policy
    return {policy.pairs[i].target: record.base.target[i] for i in policy.key_index}  # type: ignore[misc]


def _back(prepared: Prepared, side: Side, change: AppliedChange, mine: Mapping[str, Value], record: Pending) -> Update:
    """Make the update that takes fields back, and what both sides agree on then: that they differ there."""
    assert record.base is not None
    mapping = prepared.policy.mapping
    before = {name: change.before[name] for name in mine}
    source, target = list(record.base.source), list(record.base.target)
    if side is Side.SALESFORCE:
        for i, pair in enumerate(mapping.pairs):
            source[i] = before.get(pair.source, source[i])
    else:
        for i, name in enumerate(mapping.targets[: len(target)]):
            target[i] = before.get(name, target[i])
    return Update(
        side,
        change.rid,
        change.link,
        change.target_rid,
        _key(prepared, record),
        before,
        mine,
        dict.fromkeys(before, UNDO),
        Base(tuple(source), tuple(target)),
        Seen(change.rid, None, change.target_rid, None),
        more=True,
    )


def _left(
    prepared: Prepared, change: AppliedChange, left: Mapping[str, Value], now: Mapping[str, Value] | None
) -> OperationPlanned:
    """Say what is not taken back: somebody has been there since."""
    held = now or {}
    fields = {name: FieldChange(held.get(name), change.before.get(name), UNDO) for name in left}
    key = change.rid or change.target_rid
    prepared.tally.left_alone += 1
    return OperationPlanned(prepared.name, change.side, "update", key, fields, "moved")
