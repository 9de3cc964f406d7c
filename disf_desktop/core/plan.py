"""Decides what to write: a pure function of what both sides show, what they last agreed on, and the mapping.

Rules (sync-semantics 4.4 and 4.9), Salesforce to Dialog Insight:

1. No link: a create with every value that is not empty, if the trigger allows it.
2. Linked: for each pair, what changed in Salesforce since the base decides, not what the two sides look like: Dialog
   Insight may store a value otherwise than we sent it, and that is nobody's edit.
3. A changed value whose image is what Dialog Insight already holds moves the base and writes nothing.
4. Only changed fields travel. An empty source clears the target, or leaves it, as the pair says.
5. A pair without a base on a linked record (a new pair) starts from now: the base is set, nothing is written.
6. First contact with a record that exists already and was never linked: nothing full is overwritten by nothing; where
   both are full and differ, the pair's policy decides and a conflict keeps both values.
7. A value that cannot go sets the whole record aside with its reasons, and no other record waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from disf_desktop.core.mapping import CompiledMapping, FieldRefusal
from disf_desktop.core.project import ConflictPolicy, FieldPair, Trigger, WhenEmpty
from disf_desktop.core.records import FoundRecord
from disf_desktop.core.refusals import Bad, Refusal
from disf_desktop.core.schema import FieldType, Schema
from disf_desktop.core.values import Value


class _Absent:
    """The base of a pair that did not exist when the base was stored."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()
BaseValue = Value | _Absent


@dataclass(frozen=True, slots=True)
class Base:
    """What both sides last agreed on: `source` in the order of the mapping's sources, `target` of its targets."""

    source: tuple[BaseValue, ...]
    target: tuple[BaseValue, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """A Salesforce record that may need a write, with all that the ledger knows of it.

    `link` and `target_rid` are the ledger's number of the link and the record's id in Dialog Insight, None if unlinked.
    """

    rid: str
    values: tuple[Value | Bad, ...]
    link: int | None = None
    target_rid: str | None = None
    base: Base | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field with two different values on first contact; `winner` is the value that stands."""

    field: str
    salesforce: Value
    dialog_insight: Value
    rule: ConflictPolicy
    winner: Value


@dataclass(frozen=True, slots=True)
class Create:
    """Insert a record. `fields` holds no empty value and no key."""

    rid: str
    key: Mapping[str, Value]
    fields: Mapping[str, Value]
    source: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """Change the named fields of a linked record. `before` is what the target is believed to hold."""

    rid: str
    link: int | None
    target_rid: str
    key: Mapping[str, Value]
    fields: Mapping[str, Value]
    before: Mapping[str, Value]
    rules: Mapping[str, str]
    source: tuple[Value, ...]
    target: tuple[Value, ...]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Agree:
    """Nothing to write: both sides correspond, or differ by the person's own choice. Only the base moves."""

    rid: str
    link: int | None
    target_rid: str
    key: Mapping[str, Value]
    source: tuple[Value, ...]
    target: tuple[Value, ...]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """The record cannot go, for these reasons."""

    rid: str
    refusals: tuple[FieldRefusal, ...]


@dataclass(frozen=True, slots=True)
class Filtered:
    """A change whose trigger is not ticked: observed, not carried out."""

    rid: str


Decision = Create | Update | Agree | Aside | Filtered


@dataclass(frozen=True, slots=True)
class Policy:
    """A mapping made ready for planning: its conversions and, per pair, where its source stands and its rules."""

    mapping: CompiledMapping
    creates: bool
    updates: bool
    key_index: tuple[int, ...]
    contact_index: tuple[int, ...] = ()
    folded: frozenset[str] = frozenset()
    """Targets that Dialog Insight may write in another case than ours: e-mail addresses."""

    @property
    def pairs(self) -> tuple[FieldPair, ...]:
        return self.mapping.pairs


def policy_of(mapping: CompiledMapping, triggers: Sequence[Trigger], target: Schema) -> Policy:
    """Prepare a compiled mapping for planning."""
    return Policy(
        mapping=mapping,
        creates=Trigger.SALESFORCE_CREATED in triggers,
        updates=Trigger.SALESFORCE_UPDATED in triggers,
        key_index=tuple(i for i, p in enumerate(mapping.pairs) if p.key),
        contact_index=tuple(
            i for i, name in enumerate(mapping.targets) if target.fields[name].type is FieldType.CONTACT
        ),
        folded=frozenset(name for name in mapping.targets if target.fields[name].type is FieldType.EMAIL),
    )


def unreadable(values: Sequence[Value | Bad], mapping: CompiledMapping) -> tuple[FieldRefusal, ...]:
    """Give what of an observation could not be read, by the first target that each value is meant for."""
    if Refusal not in map(type, values):
        return ()
    return tuple(
        FieldRefusal(mapping.targets[mapping.source_index.index(i)], value)
        for i, value in enumerate(values)
        if isinstance(value, Refusal)
    )


def plan_record(record: Pending, policy: Policy, contacts: Mapping[str, str]) -> Decision:
    """Decide what becomes of one pending record.

    `contacts` gives the idContact of each Salesforce Id that a pair to a `contact` field needs; a missing one sets
    the record aside until its contact exists (promise I13).
    """
    if bad := unreadable(record.values, policy.mapping):
        return Aside(record.rid, bad)
    creating = record.link is None or record.target_rid is None or record.base is None
    values: tuple[Value, ...] = record.values  # type: ignore[assignment]
    image, refusals = _image_of(values, policy, contacts, creating)
    if creating:
        return _plan_create(record.rid, values, policy, image, refusals)
    return _plan_update(record, values, policy, image, refusals)


def _image_of(
    values: tuple[Value, ...], policy: Policy, contacts: Mapping[str, str], creating: bool
) -> tuple[tuple[Value, ...], tuple[FieldRefusal, ...]]:
    image, refusals = policy.mapping.convert(values, creating)
    if not policy.contact_index:
        return image, refusals or ()
    image, missing = _with_contacts(image, policy, contacts)
    return image, (refusals or ()) + missing


def _with_contacts(
    image: tuple[Value, ...], policy: Policy, contacts: Mapping[str, str]
) -> tuple[tuple[Value, ...], tuple[FieldRefusal, ...]]:
    resolved = list(image)
    missing: list[FieldRefusal] = []
    for i in policy.contact_index:
        sf_id = image[i]
        if sf_id is None:
            continue
        contact = contacts.get(str(sf_id))
        if contact is None:
            missing.append(FieldRefusal(policy.pairs[i].target, Refusal("parent_missing")))
        resolved[i] = contact
    return tuple(resolved), tuple(missing)


def _key_of(policy: Policy, image: Sequence[Value]) -> dict[str, Value]:
    return {policy.pairs[i].target: image[i] for i in policy.key_index}


def _plan_create(
    rid: str, values: tuple[Value, ...], policy: Policy, image: tuple[Value, ...], refusals: tuple[FieldRefusal, ...]
) -> Decision:
    if not policy.creates:
        return Filtered(rid)
    if refusals:
        return Aside(rid, refusals)
    targets = policy.mapping.targets
    fields = {
        name: value
        for name, value, pair in zip(targets, image, policy.pairs, strict=True)
        if value is not None and not pair.key
    }
    return Create(rid, _key_of(policy, image), fields, values)


def _plan_update(
    record: Pending,
    values: tuple[Value, ...],
    policy: Policy,
    image: tuple[Value, ...],
    refusals: tuple[FieldRefusal, ...],
) -> Decision:
    assert record.base is not None
    assert record.target_rid is not None
    base_source, base_target = record.base.source, record.base.target
    refused = {r.field: r for r in refusals}
    agreed = list(base_target)
    fields: dict[str, Value] = {}
    before: dict[str, Value] = {}
    rules: dict[str, str] = {}
    aside: list[FieldRefusal] = []
    key: dict[str, Value] = {}
    for i, pair in enumerate(policy.pairs):
        source, held = base_source[policy.mapping.source_index[i]], base_target[i]
        if pair.key:
            key[pair.target] = image[i] if held is ABSENT else held  # type: ignore[assignment]
        if source is ABSENT or held is ABSENT:
            agreed[i] = image[i]
            continue
        if values[policy.mapping.source_index[i]] == source:
            continue
        if pair.target in refused:
            aside.append(refused[pair.target])
        elif image[i] == held or (image[i] is None and pair.when_empty is WhenEmpty.KEEP):
            continue
        elif pair.key:
            aside.append(FieldRefusal(pair.target, Refusal("key_changed")))
        else:
            fields[pair.target] = agreed[i] = image[i]
            before[pair.target] = held  # type: ignore[assignment]
            rules[pair.target] = "changed_in_salesforce"
    if aside:
        return Aside(record.rid, tuple(aside))
    target: tuple[Value, ...] = tuple(agreed)  # type: ignore[arg-type]
    if not fields:
        return Agree(record.rid, record.link, record.target_rid, key, values, target)
    if not policy.updates:
        return Filtered(record.rid)
    return Update(record.rid, record.link, record.target_rid, key, fields, before, rules, values, target)


def plan_first_contact(record: Pending, policy: Policy, contacts: Mapping[str, str], found: FoundRecord) -> Decision:
    """Decide what becomes of a record that exists in Dialog Insight already, by its key, and was never linked."""
    if bad := unreadable(record.values, policy.mapping):
        return Aside(record.rid, bad)
    values: tuple[Value, ...] = record.values  # type: ignore[assignment]
    image, refusals = _image_of(values, policy, contacts, creating=True)
    if refusals:
        return Aside(record.rid, refusals)
    key = _key_of(policy, image)
    fields: dict[str, Value] = {}
    before: dict[str, Value] = {}
    rules: dict[str, str] = {}
    conflicts: list[Conflict] = []
    agreed: list[Value] = []
    for pair, ours in zip(policy.pairs, image, strict=True):
        theirs = found.values.get(pair.target)
        agreed.append(theirs)
        if pair.key or ours is None or _correspond(ours, theirs, folded=pair.target in policy.folded):
            continue
        if theirs is not None:
            wins = pair.conflict is ConflictPolicy.SALESFORCE_WINS
            conflicts.append(Conflict(pair.target, ours, theirs, pair.conflict, ours if wins else theirs))
            if not wins:
                continue
        fields[pair.target] = agreed[-1] = ours
        before[pair.target] = theirs
        rules[pair.target] = "first_contact" if theirs is None else pair.conflict.value
    target = tuple(agreed)
    if fields and not policy.updates:
        held = tuple(found.values.get(pair.target) for pair in policy.pairs)
        return Agree(record.rid, record.link, found.rid, key, values, held)
    if not fields:
        return Agree(record.rid, record.link, found.rid, key, values, target, tuple(conflicts))
    return Update(record.rid, record.link, found.rid, key, fields, before, rules, values, target, tuple(conflicts))


def before_update(update: Update, policy: Policy) -> Agree:
    """Give what is agreed on while an adopted record's update is not sent yet.

    A field that the update will write has no source in it, so that it still shows as a change after a kill.
    """
    source, target = list(update.source), list(update.target)
    for i, pair in enumerate(policy.pairs):
        if pair.target in update.fields:
            source[policy.mapping.source_index[i]] = None
            target[i] = update.before[pair.target]
    return Agree(update.rid, update.link, update.target_rid, update.key, tuple(source), tuple(target), update.conflicts)


def _correspond(ours: Value, theirs: Value, *, folded: bool) -> bool:
    if folded and isinstance(ours, str) and isinstance(theirs, str):
        return ours.casefold() == theirs.casefold()
    return ours == theirs


def folded_key(key: Mapping[str, Value]) -> str:
    """Give a key as Dialog Insight compares it: without case and without trailing blanks (reference, section 20)."""
    return "\u001f".join(str(value).rstrip().casefold() for _, value in sorted(key.items()))


class PlanHash:
    """A fingerprint of a plan, made operation by operation; the same plan gives the same one (sync-semantics 4.17)."""

    def __init__(self) -> None:
        self._digest = blake2b(digest_size=16)

    def add(self, decision: Create | Update) -> None:
        """Take one operation into the fingerprint, in the plan's own order."""
        kind = type(decision).__name__
        self._digest.update(repr((kind, decision.rid, sorted(decision.fields.items()))).encode())

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


GUARD_FLOOR: Final = 20
GUARD_SHARE: Final = 0.30


def too_many_updates(updates: int, links: int) -> bool:
    """Say whether one run would change more of the existing links than it may unasked (sync-semantics 4.10)."""
    return updates > GUARD_FLOOR and updates > GUARD_SHARE * links
