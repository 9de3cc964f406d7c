"""Decides, pair by pair, what a linked record needs on each side (the rules of `core.plan`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from disf_desktop.core.fuse import keeps_changing
from disf_desktop.core.likeness import may_have_become
from disf_desktop.core.mapping import FieldRefusal
from disf_desktop.core.observed import (
    Image,
    correspond,
    held_key,
    image_back,
    image_forward,
    images_back_of,
    images_of,
    winner_of,
)
from disf_desktop.core.operations import ABSENT, Absent, Base, BaseValue, Choice, Conflict, Pending
from disf_desktop.core.policy import Policy
from disf_desktop.core.project import ConflictPolicy, FieldPair, WhenEmpty
from disf_desktop.core.refusals import Bad, Reason, Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value


class Sides:
    """What a linked record needs on each side, gathered pair by pair.

    `source` and `target` are the base as it is to be. `after` holds what it becomes once a side is written, `chosen`
    the sides that a person's choice needs, by target.
    """

    __slots__ = (
        "after",
        "before",
        "chosen",
        "conflicts",
        "fields",
        "questions",
        "refused",
        "rules",
        "source",
        "target",
    )

    def __init__(self, base: Base) -> None:
        self.source: list[BaseValue] = list(base.source)
        self.target: list[BaseValue] = list(base.target)
        self.fields: dict[Side, dict[str, Value]] = {side: {} for side in Side}
        self.before: dict[Side, dict[str, Value]] = {side: {} for side in Side}
        self.rules: dict[Side, dict[str, str]] = {side: {} for side in Side}
        self.after: dict[Side, list[tuple[int, BaseValue, BaseValue]]] = {side: [] for side in Side}
        self.refused: dict[Side, list[FieldRefusal]] = {side: [] for side in Side}
        self.conflicts: dict[Side, list[Conflict]] = {side: [] for side in Side}
        self.questions: list[Conflict] = []
        self.chosen: dict[str, set[Side]] = {}

    def agree(self, i: int, source: BaseValue, target: BaseValue) -> None:
        """Note what both sides agree on at that place; a field that no source feeds has a target only."""
        if i < len(self.source):
            self.source[i] = source
        self.target[i] = target

    def write(
        self, side: Side, name: str, value: Value, held: Value, rule: str, i: int, base: tuple[BaseValue, BaseValue]
    ) -> None:
        """Note a field to write on `side`; `base` is what the pair agrees on once it is done."""
        self.fields[side][name] = value
        self.before[side][name] = held
        self.rules[side][name] = rule
        self.after[side].append((i, *base))


@dataclass(frozen=True, slots=True)
class _Both:
    """What both sides hold of one pair, and what each makes of the other's value: ABSENT where the pair does not travel
    that way, or nothing was seen."""

    pair: FieldPair
    place: int
    source: Value
    target: Value
    base_source: Value
    base_target: Value
    image: Image
    back: Image

    @property
    def source_changed(self) -> bool:
        return self.source != self.base_source

    @property
    def target_changed(self) -> bool:
        return self.target != self.base_target

    def correspond(self, policy: Policy) -> bool:
        folded = self.pair.target in policy.folded
        return correspond(self.image, self.target, folded=folded) or self.back == self.source


def look_at_pairs(record: Pending, policy: Policy, contacts: Mapping[str, str], sides: Sides) -> dict[str, Value]:
    """Look at each pair of a linked record; give the key by which Dialog Insight knows it."""
    assert record.base is not None
    mapping, base, values, found = policy.mapping, record.base, record.values, record.found
    images, backs = images_of(record, policy, contacts), images_back_of(record, policy)
    for i, pair in enumerate(mapping.pairs):
        base_source, base_target = base.source[i], base.target[i]
        source = base_source if values is None else values[mapping.source_index[i]]
        target = base_target if found is None else found[i]
        unknown = base_source is ABSENT or base_target is ABSENT
        if source == base_source and target == base_target and not unknown and pair.target not in record.choices:
            continue
        if Refusal in (type(source), type(target)) and _stops(pair, i, source, target, base_target, policy, sides):
            continue
        target = base_target if isinstance(target, Refusal) else target
        both = _Both(pair, i, source, target, base_source, base_target, images[i], backs[i])  # type: ignore[arg-type]
        if unknown:
            _begin(both, record, policy, sides)
        else:
            _decide_pair(both, record, policy, sides)
    return held_key(record, policy, images)


def _stops(
    pair: FieldPair,
    i: int,
    source: BaseValue | Bad,
    target: BaseValue | Bad,
    base_target: BaseValue,
    policy: Policy,
    sides: Sides,
) -> bool:
    """Say of a pair with a value that cannot be read whether it stops; what would travel is refused.

    Nothing is written over a value that nobody could keep, but in a field of Dialog Insight that only receives.
    """
    forward, backward = policy.mapping.forward[i], policy.mapping.backward[i]
    here, there = Side.SALESFORCE, Side.DIALOG_INSIGHT
    if isinstance(source, Refusal) and forward and policy.updates:
        sides.refused[there].append(FieldRefusal(pair.target, source))
    if isinstance(target, Refusal) and backward and policy.back_updates:
        sides.refused[here].append(FieldRefusal(pair.source, target))
    elif isinstance(source, Refusal) and not forward and policy.back_updates and target != base_target:
        sides.refused[here].append(FieldRefusal(pair.source, source))
    return backward or isinstance(source, Refusal)


def _begin(both: _Both, record: Pending, policy: Policy, sides: Sides) -> None:
    """Start a pair without a base from now, as soon as both sides were seen.

    What Salesforce changes before Dialog Insight was looked at travels, and goes over nothing without a conflict.
    """
    pair, i = both.pair, both.place
    forward, backward = policy.mapping.forward[i], policy.mapping.backward[i]
    unseen = isinstance(both.target, Absent)
    choice = record.choices.get(pair.target)
    if choice is not None:
        if not (unseen or isinstance(both.source, Absent)):
            _choose(both, choice, policy, sides)
        return
    edited = not isinstance(both.base_source, Absent) and both.source_changed
    if forward and backward and edited and not (unseen and both.image is None):
        _decide_pair(replace(both, target=None if unseen else both.target, base_target=None), record, policy, sides)
        return
    known: BaseValue = both.target
    if unseen and not backward:
        # What only receives is not looked at: it holds what we would send, or will soon.
        known = None if isinstance(both.image, Refusal) else both.image
    sides.agree(i, both.source, known)


def _decide_pair(both: _Both, record: Pending, policy: Policy, sides: Sides) -> None:
    pair, i = both.pair, both.place
    forward, backward = policy.mapping.forward[i], policy.mapping.backward[i]
    choice = record.choices.get(pair.target)
    if choice is not None:
        _choose(both, choice, policy, sides)
        return
    if pair.target in record.waiting:
        if both.correspond(policy):
            sides.agree(i, both.source, both.target)
        else:
            sides.questions.append(Conflict(pair.target, both.source, both.target, ConflictPolicy.ASK, None))
        return
    if both.source_changed and both.target_changed and both.correspond(policy):
        sides.agree(i, both.source, both.target)
        return
    both = _without_what_is_under_way(both, record)
    changed, target_changed = both.source_changed, both.target_changed and backward
    if _is_our_late_write(both, record, policy, sides):
        return
    ours = _of_ours(both, record)
    if changed and target_changed and forward and not ours:
        _settle_conflict(both, record, policy, sides)
    elif ours is Side.SALESFORCE:
        _to_salesforce(both, record, policy, sides, "changed_in_dialog_insight")
    elif ours is Side.DIALOG_INSIGHT:
        _to_dialog_insight(both, record, policy, sides, "changed_in_salesforce")
    elif changed and forward:
        _to_dialog_insight(both, record, policy, sides, "changed_in_salesforce", _drift(both, Side.SALESFORCE))
    elif target_changed:
        _to_salesforce(both, record, policy, sides, "changed_in_dialog_insight", _drift(both, Side.DIALOG_INSIGHT))


def _reaches_dialog_insight(i: int, policy: Policy) -> bool:
    """Say whether the pair at that place may be written there: the number of a birth goes back without a trigger."""
    return policy.mapping.forward[i] and (policy.updates or i == policy.marker)


def _reaches_salesforce(i: int, policy: Policy) -> bool:
    return policy.mapping.backward[i] and policy.back_updates


def _has_blown(both: _Both, record: Pending, policy: Policy, sides: Sides, side: Side, value: BaseValue) -> bool:
    """Say whether the fuse holds a write back, and refuse the field on that side if so."""
    pair, i = both.pair, both.place
    if not (record.sent and policy.mapping.forward[i] and policy.mapping.backward[i]):
        return False
    assert not isinstance(value, Absent), "there is something to write"
    if not keeps_changing(record.sent, pair, side, value):
        return False
    name = pair.source if side is Side.SALESFORCE else pair.target
    sides.refused[side].append(FieldRefusal(name, Refusal(Reason.FLAPPING)))
    return True


def _to_dialog_insight(
    both: _Both, record: Pending, policy: Policy, sides: Sides, rule: str, conflict: Conflict | None = None
) -> None:
    pair, i, here = both.pair, both.place, Side.DIALOG_INSIGHT
    if both.image == both.target or (both.image is None and pair.when_empty is WhenEmpty.KEEP):
        sides.agree(i, both.source, both.target)
    elif not _reaches_dialog_insight(i, policy):
        return
    elif isinstance(both.image, Refusal):
        sides.refused[here].append(FieldRefusal(pair.target, both.image))
    elif pair.key and not policy.rekeys:
        sides.refused[here].append(FieldRefusal(pair.target, Refusal(Reason.KEY_CHANGED)))
    elif not _has_blown(both, record, policy, sides, here, both.image):
        assert not isinstance(both.image, Absent), "the pair reaches Dialog Insight, and Salesforce was seen to change"
        sides.write(here, pair.target, both.image, both.target, rule, i, (both.source, both.image))
        if conflict is not None:
            sides.conflicts[here].append(conflict)


def _to_salesforce(
    both: _Both, record: Pending, policy: Policy, sides: Sides, rule: str, conflict: Conflict | None = None
) -> None:
    pair, i, there = both.pair, both.place, Side.SALESFORCE
    if both.back == both.source or (both.back is None and pair.when_empty is WhenEmpty.KEEP):
        sides.agree(i, both.source, both.target)
    elif not _reaches_salesforce(i, policy):
        return
    elif isinstance(both.back, Refusal):
        sides.refused[there].append(FieldRefusal(pair.source, both.back))
    elif not _has_blown(both, record, policy, sides, there, both.back):
        assert not isinstance(both.back, Absent), "the pair reaches Salesforce, and Dialog Insight was seen to change"
        sides.write(there, pair.source, both.back, both.source, rule, i, (both.back, both.target))
        if conflict is not None:
            sides.conflicts[there].append(conflict)


def _settle_conflict(both: _Both, record: Pending, policy: Policy, sides: Sides) -> None:
    """Both sides changed the field: the pair's policy decides, and both values are kept."""
    pair = both.pair
    assert pair.conflict is not None, "compile() says every policy"
    winner = winner_of(pair.conflict, both.source, record, policy)
    conflict = Conflict(pair.target, both.source, both.target, pair.conflict, winner)
    if winner is None:
        sides.questions.append(conflict)
    elif winner is Side.SALESFORCE:
        _to_dialog_insight(both, record, policy, sides, pair.conflict.value, conflict)
    else:
        _to_salesforce(both, record, policy, sides, pair.conflict.value, conflict)


def _drift(both: _Both, owner: Side) -> Conflict | None:
    """Give what somebody was seen to write into a field that only receives, and that gives way to its owner: it is kept
    (promise I2)."""
    if not (both.source_changed and both.target_changed) or both.source == both.target:
        return None
    rule = ConflictPolicy.SALESFORCE_WINS if owner is Side.SALESFORCE else ConflictPolicy.DIALOG_INSIGHT_WINS
    return Conflict(both.pair.target, both.source, both.target, rule, owner)


def _choose(both: _Both, choice: Choice, policy: Policy, sides: Sides) -> None:
    """Carry out what a person chose: the value, and its image, on the sides that the pair reaches.

    A side whose value corresponds to the chosen one already keeps it (promise I6). What somebody wrote since the
    conflict is kept in another one (promise I2). It ends, whatever a service makes of it: the value was shown by its
    own side, which stores it as it is.
    """
    pair, i, mapping = both.pair, both.place, policy.mapping
    forward, backward = mapping.forward[i], mapping.backward[i]
    source: Value | Refusal = both.source
    target: Value | Refusal = both.target
    if choice.side is Side.SALESFORCE:
        source = choice.value if backward else both.source
        if forward and both.back != choice.value:
            target = _chosen_there(both, choice.value, policy)
    else:
        target = choice.value if forward else both.target
        if backward and both.image != choice.value:
            source = image_back(mapping, i, choice.value)
    if isinstance(target, Refusal):
        sides.refused[Side.DIALOG_INSIGHT].append(FieldRefusal(pair.target, target))
    elif isinstance(source, Refusal):
        sides.refused[Side.SALESFORCE].append(FieldRefusal(pair.source, source))
    else:
        here, there = source != both.source, target != both.target
        if here:
            sides.write(Side.SALESFORCE, pair.source, source, both.source, "chosen", i, (source, both.target))
        if there:
            sides.write(Side.DIALOG_INSIGHT, pair.target, target, both.target, "chosen", i, (both.source, target))
        if not (here or there):
            sides.agree(i, both.source, both.target)
        needed = {side for side, is_needed in ((Side.SALESFORCE, here), (Side.DIALOG_INSIGHT, there)) if is_needed}
        # Whichever side is written first notes all: from then on the base has what the other one holds.
        for side in needed:
            sides.conflicts[side] += _gone_over(both, choice, source, target)
        sides.chosen[pair.target] = needed


def _gone_over(both: _Both, choice: Choice, source: Value, target: Value) -> list[Conflict]:
    """Give each value that came after the conflict and gives way to what was chosen, beside what stands for it on the
    other side: so that it may be chosen again."""
    rule = both.pair.conflict
    assert rule is not None, "compile() says every policy"
    name, lost = both.pair.target, []
    if source != both.source and both.source_changed and both.source not in choice.kept:
        lost.append(Conflict(name, both.source, target, rule, Side.DIALOG_INSIGHT))
    if target != both.target and both.target_changed and both.target not in choice.kept:
        lost.append(Conflict(name, source, both.target, rule, Side.SALESFORCE))
    return lost


def _chosen_there(both: _Both, value: Value, policy: Policy) -> Value | Refusal:
    """Give what Dialog Insight would hold of a chosen Salesforce value."""
    if value == both.source and not isinstance(both.image, Absent):
        return both.image
    if both.place in policy.contact_index and value is not None:
        # Contacts are looked up for whom records point to now.
        return Refusal(Reason.PARENT_MISSING)
    return image_forward(policy.mapping, both.place, value)


def _without_what_is_under_way(both: _Both, record: Pending) -> _Both:
    """Leave out of what is seen that which a write of ours brings whose outcome is not known: it is nobody's edit, and
    is agreed on once the write is settled (4.7)."""
    source, target = both.source, both.target
    brought = record.under_way.get((Side.SALESFORCE, both.pair.source))
    if brought is not None and may_have_become(brought[0], source, brought[1]):
        source = both.base_source
    brought = record.under_way.get((Side.DIALOG_INSIGHT, both.pair.target))
    if brought is not None and may_have_become(brought[0], target, brought[1]):
        target = both.base_target
    return both if (source, target) == (both.source, both.target) else replace(both, source=source, target=target)


def _of_ours(both: _Both, record: Pending) -> Side | None:
    """Give the side that shows a value of ours which was given up, where somebody changed the other one meanwhile: an
    old value of ours never stands against a person (promise I3)."""
    if not (both.source_changed and both.target_changed):
        return None
    for side, name, value in (
        (Side.SALESFORCE, both.pair.source, both.source),
        (Side.DIALOG_INSIGHT, both.pair.target, both.target),
    ):
        if value in record.tried.get((side, name), ()):
            return side
    return None


def _is_our_late_write(both: _Both, record: Pending, policy: Policy, sides: Sides) -> bool:
    """Undo a write of ours that arrived after it had been given up, if nobody changed the other side meanwhile.

    Where it may not be undone any more it is left: it is still nobody's edit.
    """
    pair, i = both.pair, both.place
    here, there = Side.SALESFORCE, Side.DIALOG_INSIGHT
    base = (both.base_source, both.base_target)
    if both.target_changed and not both.source_changed and both.target in record.tried.get((there, pair.target), ()):
        if _reaches_dialog_insight(i, policy):
            sides.write(there, pair.target, both.base_target, both.target, "our_late_write", i, base)
        return True
    if both.source_changed and not both.target_changed and both.source in record.tried.get((here, pair.source), ()):
        if _reaches_salesforce(i, policy):
            sides.write(here, pair.source, both.base_source, both.source, "our_late_write", i, base)
        return True
    return False
