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
9. A deleted record's flag is written; a record out of scope, vanished, closed or erased is left
   alone.
10. A field that both sides keep changing back and forth is refused (`core.fuse`).

Each call plans for one side; what the other one needs is only marked (`more`).
"""

from __future__ import annotations

from collections.abc import Mapping

from disf_desktop.core.first_contact import plan_birth, plan_create
from disf_desktop.core.mapping import FieldRefusal
from disf_desktop.core.moments import instant
from disf_desktop.core.observed import seen_of
from disf_desktop.core.operations import (
    Absent,
    Agree,
    Aside,
    Base,
    Decision,
    Filtered,
    LinkState,
    Pending,
    Presence,
    Update,
)
from disf_desktop.core.plan_pairs import Sides, look_at_pairs
from disf_desktop.core.policy import Policy
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
    if record.presence in (Presence.OUT_OF_SCOPE, Presence.VANISHED) or record.state is not LinkState.ACTIVE:
        return _plan_deleted(side, record, policy) if record.presence is Presence.DELETED else Filtered(seen_of(record))
    if record.link is not None and record.target_rid is not None and record.base is not None:
        if record.presence is Presence.DELETED:
            return _plan_deleted(side, record, policy)
        return _plan_linked(side, record, policy, contacts)
    if side is Side.SALESFORCE:
        return plan_birth(record, policy) if not record.rid else Filtered(seen_of(record), stays=True)
    if record.values is None or record.presence is not Presence.PRESENT:
        # Who is not born yet is Salesforce's to plan, and may have to wait for it.
        return Filtered(seen_of(record), stays=not record.rid)
    return plan_create(record, policy, contacts)


# One linked record


def _plan_linked(side: Side, record: Pending, policy: Policy, contacts: Mapping[str, str]) -> Decision:
    assert record.base is not None
    assert record.target_rid is not None
    sides = Sides(record.base)
    key = look_at_pairs(record, policy, contacts, sides)
    _take_flag_back(record, policy, sides)
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


# Deletes


def _plan_deleted(side: Side, record: Pending, policy: Policy) -> Decision:
    """Say in Dialog Insight that the Salesforce record is deleted, or report it (sync-semantics 4.10)."""
    seen = seen_of(record)
    if record.link is None or record.target_rid is None or record.base is None or record.state is LinkState.ERASED:
        # Whether a create of ours has made it is known once that is settled.
        return Filtered(seen, stays=bool(record.busy))
    if side is Side.SALESFORCE:
        return Filtered(seen, stays=True)
    if not policy.deletes or policy.ignores_deletes:
        return Filtered(seen)
    if policy.deletes_after is not None and instant(record.stamp) <= policy.deletes_after:
        return Filtered(seen)
    flag = policy.flag
    if flag is None:
        return Aside(record.rid, (FieldRefusal("", Refusal(Reason.DELETED_IN_SALESFORCE)),), side, record.target_rid)
    name = policy.mapping.targets[flag.place]
    held, value = _flag_held(record, flag.place, name), flag.value(record.stamp)
    target = list(record.base.target)
    key = {policy.pairs[i].target: known for i in policy.key_index if not isinstance(known := target[i], Absent)}
    if held is not None:
        return Agree(record.rid, record.link, record.target_rid, key, record.base, seen)
    target.extend([None] * (flag.place + 1 - len(target)))
    target[flag.place] = value
    return Update(
        side,
        record.rid,
        record.link,
        record.target_rid,
        key,
        {name: value},
        {name: held},
        {name: Reason.DELETED_IN_SALESFORCE.value},
        Base(record.base.source, tuple(target)),
        seen,
    )


def _flag_held(record: Pending, place: int, name: str) -> Value:
    """Give what the flag holds: what was agreed on, or an older write of ours that came late."""
    assert record.base is not None
    shown = None if record.found is None else record.found[place]
    late = record.tried.get((Side.DIALOG_INSIGHT, name), ())
    if record.found is not None and shown in late and not isinstance(shown, Refusal):
        return shown
    held = record.base.target[place] if place < len(record.base.target) else None
    return None if isinstance(held, Absent) else held


def _take_flag_back(record: Pending, policy: Policy, sides: Sides) -> None:
    """Empty the flag of a record that is there again."""
    flag = policy.flag
    if flag is None or record.values is None:
        return
    name = policy.mapping.targets[flag.place]
    if (held := _flag_held(record, flag.place, name)) is None:
        return
    sides.write(Side.DIALOG_INSIGHT, name, None, held, "undeleted", flag.place, (None, None))


def folded_key(key: Mapping[str, Value]) -> str:
    """Give a key as Dialog Insight compares it: without case and without trailing blanks (reference, section 20)."""
    return "\u001f".join(str(value).rstrip().casefold() for _, value in sorted(key.items()))
