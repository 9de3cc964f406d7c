"""Decides about records that are not linked yet: made on one side, or there already on both (sync-semantics 4.9).

1. A Salesforce record without a link is made in Dialog Insight with every value that is not empty.
2. A person born in Dialog Insight is made in Salesforce under an external id of its own (section 1).
3. Where the record is there already, nothing full is overwritten by nothing; where both are full and differ, the pair's
   policy decides and a conflict keeps both values. A person who was found in Salesforce by the e-mail alone is asked
   about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from disf_desktop.core.moments import instant
from disf_desktop.core.observed import (
    correspond,
    image_back,
    image_of,
    key_of,
    readable,
    seen_of,
    shown_by,
    unreadable,
    winner_of,
)
from disf_desktop.core.operations import (
    ABSENT,
    Agree,
    Aside,
    Base,
    BaseValue,
    Birth,
    Conflict,
    Create,
    Decision,
    Filtered,
    Pending,
    Seen,
    Update,
)
from disf_desktop.core.policy import Policy
from disf_desktop.core.project import ConflictPolicy
from disf_desktop.core.records import FoundRecord
from disf_desktop.core.refusals import Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value

NO_VALUE_OF_A_RECORD: Final = ""
"""Stands in a base for a value that has still to travel: no record holds the empty text, so that it stays a change,
whatever somebody makes of it before."""


def plan_create(record: Pending, policy: Policy, contacts: Mapping[str, str]) -> Decision:
    """Decide about a Salesforce record that is not in Dialog Insight yet."""
    if not policy.creates or (policy.creates_after is not None and instant(record.stamp) <= policy.creates_after):
        return Filtered(seen_of(record))
    if bad := unreadable(record, policy, Side.DIALOG_INSIGHT):
        return Aside(record.rid, bad)
    values: tuple[Value, ...] = record.values  # type: ignore[assignment]
    image, refusals = image_of(readable(values), policy, contacts, creating=True)
    if refusals:
        return Aside(record.rid, refusals)
    fields = {
        pair.target: value
        for value, pair in zip(image, policy.pairs, strict=True)
        if value is not None and not pair.key
    }
    return Create(record.rid, key_of(policy, image), fields, values)


def plan_first_contact(record: Pending, policy: Policy, contacts: Mapping[str, str], found: FoundRecord) -> Decision:
    """Decide what becomes of a record that exists in Dialog Insight already, by its key, and was never linked.

    What shall travel to Salesforce is left to that side's own pass: the base then shows it as a change there.
    """
    assert record.values is not None
    if bad := unreadable(record, policy, Side.DIALOG_INSIGHT):
        return Aside(record.rid, bad)
    values = readable(record.values)
    image, refusals = image_of(values, policy, contacts, creating=True)
    if refusals:
        return Aside(record.rid, refusals)
    mapping = policy.mapping
    fields: dict[str, Value] = {}
    before: dict[str, Value] = {}
    rules: dict[str, str] = {}
    conflicts: list[Conflict] = []
    sources = [values[place] for place in mapping.source_index]
    agreed: list[BaseValue] = []
    for i, (pair, ours, theirs) in enumerate(zip(policy.pairs, image, shown_by(found, mapping.targets), strict=False)):
        source = sources[i]
        if isinstance(theirs, Refusal):
            # What nobody could keep is not written over; the pair starts from the day when it can be read.
            agreed.append(ABSENT)
            continue
        agreed.append(theirs)
        folded = pair.target in policy.folded
        travels_back = mapping.backward[i] and policy.back_updates
        if not mapping.forward[i]:
            if theirs is None or not travels_back or correspond(image_back(mapping, i, theirs), source, folded=folded):
                continue
            agreed[i] = NO_VALUE_OF_A_RECORD
            if source is not None:
                rule, winner = ConflictPolicy.DIALOG_INSIGHT_WINS, Side.DIALOG_INSIGHT
                conflicts.append(Conflict(pair.target, source, theirs, rule, winner))
        elif pair.key or correspond(ours, theirs, folded=folded):
            continue
        elif ours is None or (source is None and theirs is not None):
            # Nothing wipes out what is there, nor does a default; on a pair that travels back it is news there.
            agreed[i] = None if travels_back else theirs
        elif theirs is None:
            if policy.updates:
                fields[pair.target], rules[pair.target] = ours, "first_contact"
        else:
            assert pair.conflict is not None, "compile() says every policy"
            stands = winner_of(pair.conflict, source, replace(record, as_of=found.as_of), policy)
            if stands is Side.SALESFORCE and not policy.updates:
                continue
            conflicts.append(Conflict(pair.target, source, theirs, pair.conflict, stands))
            if stands is Side.SALESFORCE:
                fields[pair.target], rules[pair.target] = ours, pair.conflict.value
            elif stands is None:
                # Nothing is agreed on while a person is asked; where Dialog Insight is not looked at, the base alone
                # knows what is there.
                sources[i], agreed[i] = None, None if mapping.backward[i] else theirs
            elif travels_back:
                agreed[i] = NO_VALUE_OF_A_RECORD
        if pair.target in fields:
            agreed[i], before[pair.target] = ours, theirs
    base = Base(tuple(sources), tuple(agreed))
    key, seen, told = key_of(policy, image), seen_of(record), tuple(conflicts)
    if not fields:
        return Agree(record.rid, record.link, found.rid, key, base, seen, told)
    return Update(Side.DIALOG_INSIGHT, record.rid, record.link, found.rid, key, fields, before, rules, base, seen, told)


def before_update(update: Update, policy: Policy) -> Agree:
    """Give what is agreed on while an adopted record's update is not sent yet.

    A field that the update will write still shows as a change after a kill, whatever Salesforce holds by then.
    """
    source, target = list(update.base.source), list(update.base.target)
    for i, pair in enumerate(policy.pairs):
        if pair.target in update.fields:
            source[i] = NO_VALUE_OF_A_RECORD
            target[i] = update.before[pair.target]
    base = Base(tuple(source), tuple(target))
    return Agree(update.rid, update.link, update.target_rid, update.key, base, update.seen, update.conflicts, more=True)


def plan_birth(record: Pending, policy: Policy) -> Decision:
    """Decide about a person of Dialog Insight whom Salesforce does not know."""
    assert record.target_rid is not None
    seen = seen_of(record)
    if not policy.births or record.found is None:
        return Filtered(seen)
    if bad := unreadable(record, policy, Side.SALESFORCE):
        return Aside(record.target_rid, bad, Side.SALESFORCE, record.target_rid)
    found: tuple[Value, ...] = record.found  # type: ignore[assignment]
    if policy.marker is not None and found[policy.marker] is not None:
        # Somebody, or an earlier ledger, tied this person to a Salesforce record already.
        return Filtered(seen)
    image, refusals = policy.mapping.convert_back(found, creating=True)
    if refusals:
        return Aside(record.target_rid, refusals, Side.SALESFORCE, record.target_rid)
    fields = {
        p.source: v for p, v, b in zip(policy.pairs, image, policy.mapping.backward, strict=True) if b and v is not None
    }
    return Birth(
        record.target_rid,
        {policy.external_id: f"{policy.id_project}:{record.target_rid}"},
        key_of(policy, found),
        fields,
        found,
        birth_base(policy, image, found),
        record.link,
        _match(policy, image),
    )


def birth_base(policy: Policy, source: tuple[Value, ...], found: tuple[Value, ...]) -> Base:
    """Give what is agreed on after a birth: Salesforce's Id is news for Dialog Insight's marker."""
    agreed = [value if backward else None for value, backward in zip(source, policy.mapping.backward, strict=True)]
    return Base(tuple(agreed), found)


def _match(policy: Policy, image: tuple[Value, ...]) -> tuple[str, Value] | None:
    """Give the Salesforce field and value by which a person may be there already: those of the project's key."""
    if len(policy.key_index) != 1 or image[policy.key_index[0]] is None:
        return None
    (i,) = policy.key_index
    return policy.pairs[i].source, image[i]


def plan_meeting(birth: Birth, rid: str, values: tuple[Value, ...], policy: Policy, *, by_match: bool) -> Agree:
    """Tie a person of Dialog Insight to the Salesforce record that is there already; both differ at most in questions.

    Nothing full is overwritten: where both are full and differ, a person is asked if the record was found by its e-mail
    alone; one found by our own external id was made by us, and what differs there is Salesforce's own.
    """
    mapping = policy.mapping
    image, _ = mapping.convert_back(birth.found, creating=False)
    source: list[Value] = []
    target: list[Value] = list(birth.found)
    questions: list[Conflict] = []
    for i, pair in enumerate(policy.pairs):
        here = values[mapping.source_index[i]]
        if not mapping.backward[i]:
            source.append(None)
            continue
        source.append(here)
        theirs = birth.found[i]
        if correspond(image[i], here, folded=pair.target in policy.folded) or theirs is None:
            continue
        if here is None:
            target[i] = None
        elif by_match:
            # Nothing is agreed on while a person is asked.
            source[i] = target[i] = None
            questions.append(Conflict(pair.target, here, theirs, ConflictPolicy.ASK, None))
    base = Base(tuple(source), tuple(target))
    seen = Seen("", None, birth.target_rid, birth.found)
    return Agree(rid, birth.link, birth.target_rid, birth.target_key, base, seen, tuple(questions), more=True)
