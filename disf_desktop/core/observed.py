"""What a decision takes from the observations: images, keys, and who stands where both sides differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from disf_desktop.core.mapping import CompiledMapping, FieldRefusal
from disf_desktop.core.moments import instant
from disf_desktop.core.operations import ABSENT, Absent, BaseValue, Pending, Seen
from disf_desktop.core.policy import Policy
from disf_desktop.core.project import ConflictPolicy
from disf_desktop.core.records import FoundRecord
from disf_desktop.core.refusals import Bad, Reason, Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value

UNREADABLE: Final = Refusal(Reason.UNREADABLE)

NEWEST_MARGIN: Final = timedelta(seconds=9)
"""Two clocks that were each read over a call of up to a second: twice the uncertainty, and five seconds (4.4)."""

Image = BaseValue | Refusal
"""What a side would hold of the other one's value, why it cannot, or ABSENT: it does not travel, or was not seen."""


def seen_of(record: Pending) -> Seen:
    """Give the observations that a decision about this record is made of."""
    return Seen(record.rid, record.values, record.target_rid, record.found)


def unreadable(record: Pending, policy: Policy, side: Side) -> tuple[FieldRefusal, ...]:
    """Give what of the observation that would travel to `side` could not be read, by the field it is meant for."""
    mapping = policy.mapping
    if side is Side.DIALOG_INSIGHT:
        if record.values is None or Refusal not in map(type, record.values):
            return ()
        return tuple(
            FieldRefusal(pair.target, value)
            for pair, place, forward in zip(mapping.pairs, mapping.source_index, mapping.forward, strict=True)
            if forward and isinstance(value := record.values[place], Refusal)
        )
    if record.found is None or Refusal not in map(type, record.found):
        return ()
    return tuple(
        FieldRefusal(pair.source, value)
        for pair, value, backward in zip(mapping.pairs, record.found, mapping.backward, strict=False)
        if backward and isinstance(value, Refusal)
    )


def image_of(
    values: Sequence[Value], policy: Policy, contacts: Mapping[str, str], creating: bool
) -> tuple[tuple[Value, ...], tuple[FieldRefusal, ...]]:
    """Give what Dialog Insight will hold of a record, in the order of the pairs, and every refusal."""
    image, refusals = policy.mapping.convert(values, creating)
    if not policy.contact_index:
        return image, refusals or ()
    resolved = list(image)
    missing: list[FieldRefusal] = []
    for i in policy.contact_index:
        sf_id = image[i]
        if sf_id is None:
            continue
        contact = contacts.get(str(sf_id))
        if contact is None:
            missing.append(FieldRefusal(policy.pairs[i].target, Refusal(Reason.PARENT_MISSING)))
        resolved[i] = contact
    return tuple(resolved), (refusals or ()) + tuple(missing)


def images_of(record: Pending, policy: Policy, contacts: Mapping[str, str]) -> Sequence[Image]:
    """Give by pair what Dialog Insight would hold of a record that changes, or why it cannot."""
    if record.values is None:
        return [ABSENT] * len(policy.pairs)
    image, refusals = image_of(readable(record.values), policy, contacts, creating=False)
    refused = {r.field: r.refusal for r in refusals}
    return [
        refused.get(pair.target, value) if forward else ABSENT
        for pair, value, forward in zip(policy.pairs, image, policy.mapping.forward, strict=True)
    ]


def images_back_of(record: Pending, policy: Policy) -> Sequence[Image]:
    """Give by pair what Salesforce would hold of what Dialog Insight shows, or why it cannot."""
    if record.found is None or not policy.goes_back:
        return [ABSENT] * len(policy.pairs)
    image, refusals = policy.mapping.convert_back(readable(record.found), creating=False)
    refused = {r.field: r.refusal for r in refusals or ()}
    return [
        refused.get(pair.source, value) if backward else ABSENT
        for pair, value, backward in zip(policy.pairs, image, policy.mapping.backward, strict=True)
    ]


def held_key(record: Pending, policy: Policy, images: Sequence[Image]) -> dict[str, Value]:
    """Give the key by which Dialog Insight knows a linked record: what it shows, else what was agreed on."""
    assert record.base is not None
    key: dict[str, Value] = {}
    for i in policy.key_index:
        held: Image = record.base.target[i] if record.found is None else record.found[i]
        if held is ABSENT:
            held = images[i]
        if not isinstance(held, Absent | Refusal):
            key[policy.pairs[i].target] = held
    return key


def key_of(policy: Policy, image: Sequence[Value]) -> dict[str, Value]:
    """Give the key of a record from its image."""
    return {policy.pairs[i].target: image[i] for i in policy.key_index}


def shown_by(found: FoundRecord, names: Sequence[str]) -> tuple[Value | Bad, ...]:
    """Give what a record of Dialog Insight shows of these fields; one that it leaves out could not be read."""
    return tuple(found.values.get(name, UNREADABLE) for name in names)


def image_forward(mapping: CompiledMapping, i: int, value: Value) -> Value | Refusal:
    """Give what Dialog Insight would hold of a Salesforce value, by the pair at that place, which reaches it."""
    convert = mapping.updaters[i]
    assert convert is not None, "the pair reaches Dialog Insight"
    return convert(value)


def image_back(mapping: CompiledMapping, i: int, value: Value) -> Value | Refusal:
    """Give what Salesforce would hold of a Dialog Insight value, by the pair at that place, which reaches it."""
    convert = mapping.back[i]
    assert convert is not None, "the pair reaches Salesforce"
    return convert(value)


def readable(values: Sequence[Value | Bad]) -> tuple[Value, ...]:
    """Take what cannot be read for empty; `unreadable` refuses it on the side where it would travel."""
    return tuple([None if isinstance(v, Refusal) else v for v in values])


def winner_of(rule: ConflictPolicy, source: Value, record: Pending, policy: Policy) -> Side | None:
    """Give the side whose value stands, None where a person must say."""
    match rule:
        case ConflictPolicy.ASK:
            return None
        case ConflictPolicy.DIALOG_INSIGHT_WINS:
            return Side.DIALOG_INSIGHT
        case ConflictPolicy.FIRST_NON_EMPTY:
            return Side.DIALOG_INSIGHT if source is None else Side.SALESFORCE
        case ConflictPolicy.NEWEST if record.stamp and record.since:
            # Dialog Insight was edited after the last look that showed something else. Where that does not tell who was
            # later, the owner stands.
            earlier = instant(record.since) - instant(record.stamp) > NEWEST_MARGIN
            return Side.DIALOG_INSIGHT if earlier else Side.SALESFORCE
        case _:
            return Side.SALESFORCE


def correspond(ours: Image, theirs: Image, *, folded: bool) -> bool:
    """Say whether two values are the same to Dialog Insight; `folded` ones in any case of letters."""
    if folded and isinstance(ours, str) and isinstance(theirs, str):
        return ours.casefold() == theirs.casefold()
    return ours == theirs
