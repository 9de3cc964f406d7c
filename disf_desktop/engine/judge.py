"""Judges what a written side shows, after a write and after one whose outcome nobody knows (4.5 to 4.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum

from disf_desktop.core.journal import Applied, OpenBatch, OpenOperation, Shown
from disf_desktop.core.likeness import is_kept, may_be_made_of, may_have_become
from disf_desktop.core.observed import UNREADABLE, readable, shown_by
from disf_desktop.core.operations import Base, BaseValue
from disf_desktop.core.records import FoundRecord
from disf_desktop.core.refusals import Bad, Refusal
from disf_desktop.core.values import Value
from disf_desktop.engine.job import Prepared


class Fate(Enum):
    """What is known of an operation whose reply was lost."""

    APPLIED = "applied"
    MAY_ARRIVE = "may_arrive"
    MOVED = "moved"


def fate_of(operation: OpenOperation, shown: Mapping[str, Value] | None) -> Fate:
    """Judge, field by field, what became of an update; `shown` is what the written side holds now, by field.

    A field that holds what was intended is accepted, also as a save may keep it: what is agreed on afterwards is judged
    alike. If all others still hold what was there before, the write may still arrive. Anything else is somebody's edit.
    A record that is not there did not take the write.
    """
    if shown is None:
        return Fate.MOVED
    before = operation.before
    left = [
        name
        for name, value in operation.fields.items()
        if not may_have_become(value, shown.get(name), before.get(name))
    ]
    if not left:
        return Fate.APPLIED
    if all(shown.get(name) == before.get(name) for name in left):
        return Fate.MAY_ARRIVE
    return Fate.MOVED


def is_behind(operation: OpenOperation, held: Mapping[str, Value]) -> bool:
    """Say whether a record that was looked at after a confirmed update shows nothing of it, but what was there before.

    Where that is also what the service may make of all that was sent, it has: a text was cut to the same one.
    """
    before = operation.before
    kept = all(is_kept(value, held.get(name), before=None) for name, value in operation.fields.items())
    changed = [name for name, value in operation.fields.items() if value != before.get(name)]
    return operation.base is not None and not kept and all(held.get(name) == before.get(name) for name in changed)


def what_was_made(operation: OpenOperation, held: Mapping[str, Value]) -> Mapping[str, Value]:
    """Give what a record holds after a write that was confirmed, as the service made it of what was sent.

    A field that somebody edited since counts as it was sent, so that the edit stays a change; what else a new record
    holds is somebody's too. What it held before says nothing here: the same text may have been cut to the same one.
    """
    sent = {
        name: kept if is_kept(value, kept := held.get(name), before=None) else value
        for name, value in operation.fields.items()
    }
    return {**operation.key, **sent} if operation.base is None else {**held, **sent}


def our_create(prepared: Prepared, batch: OpenBatch, operation: OpenOperation, found: FoundRecord) -> Applied | None:
    """Give what is agreed on with a record that is there, if a create of ours has made it whose reply was lost.

    It holds what was sent, as the service keeps it, and nothing else in any field of the mapping, but what somebody may
    have filled in since where a pair travels back: that is news.
    """
    may_be_filled = two_way_targets(prepared) - operation.fields.keys() if prepared.policy.back_updates else ()
    held: Mapping[str, Value | Bad] = found.values
    for name in prepared.policy.mapping.targets:
        value, kept = operation.fields.get(name), held.get(name)
        is_as_sent = not isinstance(kept, Refusal) and (name in may_be_filled or is_kept(value, kept, before=None))
        if not is_as_sent and name not in operation.key:
            return None
    done = applied_there(prepared, batch, operation, found.rid, what_was_made(operation, found.values))
    if all(held.get(name) is None for name in may_be_filled):
        return done
    shown = shown_by(found, prepared.ledger.targets_of(batch.layout))
    return replace(done, shown=Shown(found.as_of, shown, news=True))


def two_way_targets(prepared: Prepared) -> frozenset[str]:
    """Name the Dialog Insight fields that a person may edit there and that we write too."""
    mapping = prepared.policy.mapping
    return frozenset(
        pair.target
        for pair, forward, backward in zip(mapping.pairs, mapping.forward, mapping.backward, strict=True)
        if forward and backward
    )


def applied_there(
    prepared: Prepared, batch: OpenBatch, operation: OpenOperation, rid: str, stored: Mapping[str, Value] | None
) -> Applied:
    """Give what is agreed on after a write to Dialog Insight that shows what it `stored` (None: it does not say).

    What it made of a field that we wrote is agreed on. On a field that travels back, anything else than what was agreed
    on is somebody's edit, and stays a change. Of a field that it leaves out, or that nobody can read, it says nothing.
    """
    as_of = prepared.at_dialog_insight() if prepared.observes_dialog_insight else ""
    targets = prepared.ledger.targets_of(batch.layout)
    places = prepared.ledger.pair_places(batch.layout)
    if operation.base is None:
        assert operation.source is not None, "a create is made of a Salesforce record"
        held: Mapping[str, Value] = stored if stored is not None else {**operation.key, **operation.fields}
        source = tuple(map(readable(operation.source).__getitem__, places))
        image = (*map(held.get, targets[: len(places)]), *[None] * (len(targets) - len(places)))
        return Applied(operation, rid, Base(source, image), as_of=as_of)
    if stored is None:
        return Applied(operation, rid, operation.base, as_of=as_of)
    same = batch.layout == prepared.layout
    backward: Sequence[bool] = prepared.policy.mapping.backward if same else ()
    agreed: list[BaseValue] = list(operation.base.target)
    news = False
    for i, name in enumerate(targets):
        if name not in stored:
            continue
        value = stored[name]
        if name in operation.fields or (i < len(backward) and not backward[i]):
            agreed[i] = value
        elif i < len(backward) and agreed[i] != value:
            news = True
    base = Base(operation.base.source, tuple(agreed))
    shown = None
    if news:
        values = tuple(stored.get(name, UNREADABLE) for name in targets)
        shown = Shown(prepared.at_dialog_insight(), values, news=True)
    return Applied(operation, rid, base, shown, as_of)


def applied_here(
    prepared: Prepared,
    operation: OpenOperation,
    rid: str,
    stamp: str,
    values: Sequence[Value | Bad],
    base: Base,
    replied: str = "",
) -> Applied:
    """Give what is agreed on after a write to Salesforce, from what it shows (`values`, in the order of the sources).

    What Salesforce made of a field that we wrote is agreed on; anything else that differs stays a change. A record
    whose `stamp` is before the second of the reply (`replied`, "" where there was none) holds what our save made of it.
    Within that second somebody may have saved since, and later somebody has: then a value that does not look like ours
    is an edit.
    """
    mapping = prepared.policy.mapping
    agreed: list[BaseValue] = list(base.source)
    held = readable(values)
    news = False
    for i, (pair, place) in enumerate(zip(mapping.pairs, mapping.source_index, strict=True)):
        # Several pairs may share a source: only the one that was written moves, the others have news to bring.
        wrote = mapping.backward[i] and pair.source in operation.fields
        if wrote and (
            stamp < replied or may_be_made_of(operation.fields[pair.source], held[place], added=stamp == replied)
        ):
            agreed[i] = held[place]
        elif agreed[i] != held[place]:
            news = True
    return Applied(operation, rid, Base(tuple(agreed), base.target), Shown(stamp, tuple(values), news))
