"""Decides what to write: a pure function of what both sides show, what they last agreed on, and the mapping.

Rules (sync-semantics 4.4, 4.7, 4.10), for a linked record, pair by pair:

1. What changed since the base decides, not what the two sides look like: a service may store a value otherwise than we
   sent it, and that is nobody's edit.
2. One side changed: its image is written to the other, where the pair travels that way and the trigger is ticked. An
   image that is there already moves the base and writes nothing.
3. Both changed: where they correspond the base moves; else there is a conflict, the pair's policy decides, and both
   values are kept. A question (`ask`) freezes its field only. Different fields merge by themselves.
4. Only changed fields travel. An empty source clears the other side, or leaves it, as the pair says.
5. A pair without a base (a new pair) starts from now: the base is set, nothing is written.
6. A person's choice is written to both sides.
7. A value that we attempted once and that appears late, on a side whose other one did not change, is our own: what was
   agreed on is written again.
8. A value that cannot go sets the record aside with its reasons, and no other record waits for it.
9. A deleted record's flag is written; a record out of scope, closed or erased is left alone.

Each call plans for one side; what the other one needs is only marked (`more`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from disf_desktop.core.first_contact import plan_birth, plan_create
from disf_desktop.core.mapping import FieldRefusal
from disf_desktop.core.observed import image_back, image_forward, image_of, readable, seen_of, unreadable, winner_of
from disf_desktop.core.operations import (
    ABSENT,
    Agree,
    Aside,
    Base,
    BaseValue,
    Choice,
    Conflict,
    Decision,
    Filtered,
    LinkState,
    Pending,
    Presence,
    Update,
)
from disf_desktop.core.policy import Policy
from disf_desktop.core.project import ConflictPolicy, FieldPair, WhenEmpty
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value


def plan_for(side: Side, record: Pending, policy: Policy, contacts: Mapping[str, str]) -> Decision:
    """Decide what becomes of one pending record on `side`.

    `contacts` gives the idContact of each Salesforce Id that a pair to a `contact` field needs; a missing one sets the
    record aside until its contact exists (promise I13).
    """
    if side in record.busy:
        return Filtered(seen_of(record), stays=True)
    if record.presence is Presence.OUT_OF_SCOPE or record.state is not LinkState.ACTIVE:
        return _plan_deleted(side, record, policy) if record.presence is Presence.DELETED else Filtered(seen_of(record))
    if record.link is not None and record.target_rid is not None and record.base is not None:
        if record.presence is Presence.DELETED:
            return _plan_deleted(side, record, policy)
        return _plan_linked(side, record, policy, contacts)
    if side is Side.SALESFORCE:
        return plan_birth(record, policy) if not record.rid else Filtered(seen_of(record), stays=True)
    if record.values is None or record.presence is not Presence.PRESENT:
        return Filtered(seen_of(record))
    return plan_create(record, policy, contacts)


# One linked record


@dataclass(slots=True)
class _Sides:
    """What a linked record needs on each side, gathered pair by pair."""

    source: list[BaseValue]
    target: list[BaseValue]
    fields: dict[Side, dict[str, Value]] = field(default_factory=lambda: {s: {} for s in Side})
    before: dict[Side, dict[str, Value]] = field(default_factory=lambda: {s: {} for s in Side})
    rules: dict[Side, dict[str, str]] = field(default_factory=lambda: {s: {} for s in Side})
    after: dict[Side, list[tuple[int, Value, Value]]] = field(default_factory=lambda: {s: [] for s in Side})
    refused: dict[Side, list[FieldRefusal]] = field(default_factory=lambda: {s: [] for s in Side})
    conflicts: dict[Side, list[Conflict]] = field(default_factory=lambda: {s: [] for s in Side})
    questions: list[Conflict] = field(default_factory=list)
    chosen: dict[str, set[Side]] = field(default_factory=dict)

    def agree(self, i: int, source: BaseValue, target: BaseValue) -> None:
        self.source[i], self.target[i] = source, target

    def write(
        self, side: Side, name: str, value: Value, held: Value, rule: str, i: int, base: tuple[Value, Value]
    ) -> None:
        """Note a field to write on `side`; `base` is what the pair agrees on once it is done."""
        self.fields[side][name] = value
        self.before[side][name] = held
        self.rules[side][name] = rule
        self.after[side].append((i, *base))


@dataclass(frozen=True, slots=True)
class _Both:
    """What both sides hold of one pair, and what each makes of the other's value."""

    pair: FieldPair
    place: int
    source: Value
    target: Value
    base_source: Value
    base_target: Value
    image: Value | Refusal
    back: Value | Refusal

    @property
    def source_changed(self) -> bool:
        return self.source != self.base_source

    @property
    def target_changed(self) -> bool:
        return self.target != self.base_target


def _plan_linked(side: Side, record: Pending, policy: Policy, contacts: Mapping[str, str]) -> Decision:
    assert record.base is not None
    assert record.target_rid is not None
    if bad := unreadable(record, policy, side):
        return Aside(record.rid, bad, side, record.target_rid, more=True)
    sides = _Sides(list(record.base.source), list(record.base.target))
    key = _gather(record, policy, contacts, sides)
    refused = sides.refused[side]
    other = side.other
    more = bool(sides.fields[other]) or bool(sides.refused[other])
    if refused:
        return Aside(record.rid, tuple(refused), side, record.target_rid, more)
    for i, source, target in sides.after[side]:
        sides.agree(i, source, target)
    base = Base(tuple(sides.source), tuple(sides.target))
    conflicts = (*sides.questions, *sides.conflicts[side])
    seen = seen_of(record)
    closes = tuple(name for name, needed in sides.chosen.items() if needed <= {side})
    fields = sides.fields[side]
    if not fields:
        return Agree(record.rid, record.link, record.target_rid, key, base, seen, conflicts, more, closes)
    return Update(
        side,
        record.rid,
        record.link,
        record.target_rid,
        key,
        fields,
        sides.before[side],
        sides.rules[side],
        base,
        seen,
        conflicts,
        more,
        closes,
    )


def _gather(record: Pending, policy: Policy, contacts: Mapping[str, str], sides: _Sides) -> dict[str, Value]:
    """Look at each pair of a linked record; give the key by which Dialog Insight knows it."""
    assert record.base is not None
    mapping, base = policy.mapping, record.base
    values = readable(record.values) if record.values is not None else None
    found = readable(record.found) if record.found is not None else None
    image: Sequence[Value] = ()
    refused: dict[str, Refusal] = {}
    if values is not None:
        image, refusals = image_of(values, policy, contacts, creating=False)
        refused = {r.field: r.refusal for r in refusals}
    back: Sequence[Value] = ()
    back_refused: dict[str, Refusal] = {}
    if found is not None and policy.goes_back:
        back, back_refusals = mapping.convert_back(found, creating=False)
        back_refused = {r.field: r.refusal for r in back_refusals or ()}
    key: dict[str, Value] = {}
    for i, pair in enumerate(mapping.pairs):
        base_source, base_target = base.source[i], base.target[i]
        source = values[mapping.source_index[i]] if values is not None else base_source
        held = found[i] if found is not None else base_target
        if pair.key:
            key[pair.target] = image[i] if held is ABSENT else held  # type: ignore[assignment]
        if base_source is ABSENT or base_target is ABSENT:
            known = held if held is not ABSENT else image[i] if values is not None else ABSENT
            sides.agree(i, source, known)
            continue
        both = _Both(
            pair,
            i,
            source,  # type: ignore[arg-type]
            held,  # type: ignore[arg-type]
            base_source,  # type: ignore[arg-type]
            base_target,  # type: ignore[arg-type]
            refused.get(pair.target, image[i] if values is not None else base_target),  # type: ignore[arg-type]
            back_refused.get(pair.source, back[i] if back else base_source),  # type: ignore[arg-type]
        )
        _decide_pair(both, record, policy, sides)
    _take_flag_back(record, policy, sides)
    return key


def _decide_pair(both: _Both, record: Pending, policy: Policy, sides: _Sides) -> None:
    pair, i = both.pair, both.place
    forward, backward = policy.mapping.forward[i], policy.mapping.backward[i]
    choice = record.choices.get(pair.target)
    if choice is not None:
        _choose(both, choice, policy, sides)
        return
    changed, target_changed = both.source_changed, both.target_changed and backward
    if pair.target in record.waiting:
        if changed or both.target_changed:
            sides.questions.append(Conflict(pair.target, both.source, both.target, ConflictPolicy.ASK, None))
        return
    if _is_our_late_write(both, record, sides):
        return
    if changed and target_changed and forward:
        _settle_conflict(both, record, policy, sides)
    elif changed and forward:
        _to_dialog_insight(both, policy, sides, "changed_in_salesforce")
    elif target_changed:
        _to_salesforce(both, policy, sides, "changed_in_dialog_insight")
    elif changed:
        # The pair does not travel to Dialog Insight; what Salesforce holds is its own affair until that side changes.
        sides.agree(i, both.source, both.base_target)


def _to_dialog_insight(both: _Both, policy: Policy, sides: _Sides, rule: str, conflict: Conflict | None = None) -> None:
    pair, i, here = both.pair, both.place, Side.DIALOG_INSIGHT
    if not policy.updates and i != policy.marker and rule != "chosen":
        return
    if isinstance(both.image, Refusal):
        sides.refused[here].append(FieldRefusal(pair.target, both.image))
    elif both.image == both.target or (both.image is None and pair.when_empty is WhenEmpty.KEEP):
        sides.agree(i, both.source, both.target)
    elif pair.key and not policy.rekeys:
        sides.refused[here].append(FieldRefusal(pair.target, Refusal(Reason.KEY_CHANGED)))
    else:
        sides.write(here, pair.target, both.image, both.target, rule, i, (both.source, both.image))
        if conflict is not None:
            sides.conflicts[here].append(conflict)


def _to_salesforce(both: _Both, policy: Policy, sides: _Sides, rule: str, conflict: Conflict | None = None) -> None:
    pair, i, there = both.pair, both.place, Side.SALESFORCE
    if not policy.back_updates and rule != "chosen":
        return
    if isinstance(both.back, Refusal):
        sides.refused[there].append(FieldRefusal(pair.source, both.back))
    elif both.back == both.source or (both.back is None and pair.when_empty is WhenEmpty.KEEP):
        sides.agree(i, both.source, both.target)
    else:
        sides.write(there, pair.source, both.back, both.source, rule, i, (both.back, both.target))
        if conflict is not None:
            sides.conflicts[there].append(conflict)


def _settle_conflict(both: _Both, record: Pending, policy: Policy, sides: _Sides) -> None:
    """Both sides changed the field: the pair's policy decides, and both values are kept."""
    pair = both.pair
    if both.image == both.target or both.back == both.source:
        sides.agree(both.place, both.source, both.target)
        return
    assert pair.conflict is not None, "compile() says every policy"
    winner = winner_of(pair.conflict, both.source, record, policy)
    conflict = Conflict(pair.target, both.source, both.target, pair.conflict, winner)
    if winner is None:
        sides.questions.append(conflict)
    elif winner is Side.SALESFORCE:
        _to_dialog_insight(both, policy, sides, pair.conflict.value, conflict)
    else:
        _to_salesforce(both, policy, sides, pair.conflict.value, conflict)


def _choose(both: _Both, choice: Choice, policy: Policy, sides: _Sides) -> None:
    """Carry out what a person chose: the value, and its image, on the sides that the pair reaches."""
    pair, i, mapping = both.pair, both.place, policy.mapping
    forward, backward = mapping.forward[i], mapping.backward[i]
    source: Value | Refusal = both.source
    target: Value | Refusal = both.target
    if choice.side is Side.SALESFORCE:
        source = choice.value if backward else both.source
        target = image_forward(mapping, i, choice.value) if forward else both.target
    else:
        target = choice.value if forward else both.target
        source = image_back(mapping, i, choice.value) if backward else both.source
    if isinstance(target, Refusal):
        sides.refused[Side.DIALOG_INSIGHT].append(FieldRefusal(pair.target, target))
    elif isinstance(source, Refusal):
        sides.refused[Side.SALESFORCE].append(FieldRefusal(pair.source, source))
    else:
        needed: set[Side] = set()
        if source != both.source:
            needed.add(Side.SALESFORCE)
            sides.write(Side.SALESFORCE, pair.source, source, both.source, "chosen", i, (source, both.target))
        if target != both.target:
            needed.add(Side.DIALOG_INSIGHT)
            sides.write(Side.DIALOG_INSIGHT, pair.target, target, both.target, "chosen", i, (both.source, target))
        if not needed:
            sides.agree(i, both.source, both.target)
        sides.chosen[pair.target] = needed


def _is_our_late_write(both: _Both, record: Pending, sides: _Sides) -> bool:
    """Undo a write of ours that arrived after it had been given up, if nobody changed the other side meanwhile."""
    pair, i = both.pair, both.place
    tried = record.tried
    if (
        both.target_changed
        and not both.source_changed
        and both.target in tried.get((Side.DIALOG_INSIGHT, pair.target), ())
    ):
        base = (both.base_source, both.base_target)
        sides.write(Side.DIALOG_INSIGHT, pair.target, both.base_target, both.target, "our_late_write", i, base)
        return True
    if both.source_changed and not both.target_changed and both.source in tried.get((Side.SALESFORCE, pair.source), ()):
        base = (both.base_source, both.base_target)
        sides.write(Side.SALESFORCE, pair.source, both.base_source, both.source, "our_late_write", i, base)
        return True
    return False


# Deletes


def _plan_deleted(side: Side, record: Pending, policy: Policy) -> Decision:
    """Say in Dialog Insight that the Salesforce record is deleted, or report it (sync-semantics 4.10)."""
    seen = seen_of(record)
    if record.link is None or record.target_rid is None or record.base is None or record.state is LinkState.ERASED:
        return Filtered(seen)
    if side is Side.SALESFORCE:
        return Filtered(seen, stays=True)
    if not policy.deletes or policy.ignores_deletes:
        return Filtered(seen)
    flag = policy.flag
    if flag is None:
        return Aside(record.rid, (FieldRefusal("", Refusal(Reason.DELETED_IN_SALESFORCE)),), side, record.target_rid)
    held, value = _flag_held(record, flag.place), flag.value(record.stamp)
    target = list(record.base.target)
    key = {policy.pairs[i].target: target[i] for i in policy.key_index}
    if held is not None:
        return Agree(record.rid, record.link, record.target_rid, key, record.base, seen)  # type: ignore[arg-type]
    name = policy.mapping.targets[flag.place]
    target.extend([None] * (flag.place + 1 - len(target)))
    target[flag.place] = value
    return Update(
        side,
        record.rid,
        record.link,
        record.target_rid,
        key,  # type: ignore[arg-type]
        {name: value},
        {name: held},
        {name: "deleted_in_salesforce"},
        Base(record.base.source, tuple(target)),
        seen,
    )


def _flag_held(record: Pending, place: int) -> Value:
    assert record.base is not None
    held = record.base.target[place] if place < len(record.base.target) else None
    return None if held is ABSENT else held  # type: ignore[return-value]


def _take_flag_back(record: Pending, policy: Policy, sides: _Sides) -> None:
    """Empty the flag of a record that is there again."""
    flag = policy.flag
    if flag is None or record.values is None or (held := _flag_held(record, flag.place)) is None:
        return
    name = policy.mapping.targets[flag.place]
    here = Side.DIALOG_INSIGHT
    sides.fields[here][name], sides.before[here][name], sides.rules[here][name] = None, held, "undeleted"
    sides.target[flag.place] = None


def folded_key(key: Mapping[str, Value]) -> str:
    """Give a key as Dialog Insight compares it: without case and without trailing blanks (reference, section 20)."""
    return "\u001f".join(str(value).rstrip().casefold() for _, value in sorted(key.items()))
