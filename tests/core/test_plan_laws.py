"""Laws of the planner over anything that Hypothesis makes up: mappings, policies, triggers, records, services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from disf_desktop.core.first_contact import plan_first_contact as meet
from disf_desktop.core.observed import correspond
from disf_desktop.core.operations import (
    ABSENT,
    Absent,
    Agree,
    Aside,
    Base,
    BaseValue,
    Birth,
    Choice,
    Conflict,
    Create,
    Decision,
    Filtered,
    LinkState,
    Operation,
    Pending,
    Presence,
    Update,
)
from disf_desktop.core.policy import Policy
from disf_desktop.core.project import (
    ConflictPolicy,
    Deletes,
    Direction,
    FieldPair,
    TransformName,
    Trigger,
    WhenEmpty,
    is_consent_name,
)
from disf_desktop.core.records import FoundRecord
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.core.verdict import is_consent_field
from tests.core.planning import (
    ALL,
    DI,
    ID,
    KEY,
    LINK,
    RID,
    SF,
    births,
    decided,
    fingerprint,
    policy,
)

# -- mappings ----------------------------------------------------------------------------------------------------------

RULED = [rule for rule in ConflictPolicy if rule is not ConflictPolicy.ASK]
KINDS = (("Name", "F_Name"), ("Phone", "F_Phone"), ("Level", "F_Level"), ("Born", "F_Born"), ("Email", "F_Mail"),
         ("Last", "F_Last"), ("Ready", "F_Ready"), ("Size", "F_Size"), ("Born", "F_When"))  # fmt: skip
"""The pairs that a mapping is made of; a date in Salesforce may be a moment in Dialog Insight."""
LOSSY = {"F_Name": (TransformName.CUT,), "F_Mail": (TransformName.LOWER,), "F_Phone": (TransformName.DIGITS,)}
DEFAULTS = {"F_Name": "Nobody", "F_Born": "1970-01-01", "F_Level": "Silver"}


@cache
def compiled(pairs: tuple[FieldPair, ...], triggers: frozenset[Trigger], flagged: bool) -> Policy:
    deletes = Deletes(field="F_Gone") if flagged else Deletes()
    return policy(*pairs, triggers=[t for t in ALL if t in triggers], deletes=deletes)


@st.composite
def some_pairs(draw: st.DrawFn, rules: Sequence[ConflictPolicy] = tuple(ConflictPolicy)) -> tuple[FieldPair, ...]:
    pairs = []
    received = set()
    for source, target in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4, unique=True)):
        ways = list(Direction) if source not in received else [Direction.TO_DIALOG_INSIGHT]
        direction = draw(st.sampled_from(ways))
        forward = direction.reaches_dialog_insight
        received.add(source)
        pairs.append(
            FieldPair(
                source=source,
                target=target,
                direction=direction,
                conflict=draw(st.sampled_from(rules)),
                when_empty=draw(st.sampled_from(WhenEmpty)),
                transform=LOSSY.get(target, ()) if forward and draw(st.booleans()) else (),
                default=DEFAULTS.get(target) if forward and draw(st.integers(0, 3)) == 0 else None,
            )
        )
    if draw(st.booleans()):
        pairs.append(FieldPair(source="Name", target="F_Nick", direction=Direction.TO_DIALOG_INSIGHT))
    return (KEY, *pairs)


TRIGGERS = st.one_of(st.just(frozenset(ALL)), st.frozensets(st.sampled_from(ALL), min_size=1))


@st.composite
def plans(draw: st.DrawFn, rules: Sequence[ConflictPolicy] = tuple(ConflictPolicy)) -> Policy:
    return compiled(draw(some_pairs(rules)), draw(TRIGGERS), draw(st.booleans()))


# -- records -----------------------------------------------------------------------------------------------------------

DAYS = ("1980-01-01", "2000-02-29", "1970-01-01", None)
HERE: dict[str, Sequence[Value]] = {
    "Id": (ID,),
    "Name": ("Ann", "Anna", "Jean-Sébastien", "Jean-Sébas", "jean", None),
    "Phone": ("514", "5-1-4", "819", "438", None),
    "Level": ("Gold", "Silver", "Bronze", "gold", None),
    "Born": DAYS,
    "Email": ("Ann@example.org", "ann@example.org", "eve@example.org", None),
    "Last": ("Roy", "King", " King", None),
    "Ready": (True, False),
    "Size": (1, 2, 99, None),
}
THERE: dict[str, Sequence[Value]] = {
    "Key": (ID,),
    "F_Name": ("Ann", "Anna", "Jean-Sébas", "jean", "Nobody", None),
    "F_Nick": ("Ann", "Anna", "Jean-Sébas", None),
    "F_Phone": ("514", "5-1-4", "819", "438", None),
    "F_Level": ("Gold", "Silver", None),
    "F_Born": DAYS,
    "F_Mail": ("Ann@example.org", "ann@example.org", "eve@example.org", None),
    "F_Last": ("Roy", "King", None),
    "F_Ready": (True, False, None),
    "F_Size": (1, 2, 100, None),
    "F_When": ("1980-01-01T05:00:00Z", "1980-01-01T17:00:00Z", "2000-02-29T12:00:00Z", None),
    "F_Gone": (None, None, None, "deleted in Salesforce on 2026-01-01"),
}
STAMPS = ("", "2026-07-14T10:00:00Z", "2026-07-14T10:00:05Z", "2026-07-14T10:00:30Z", "2026-07-14T09:00:00Z")
BAD = Refusal(Reason.UNREADABLE)


def row(random: Random, values: dict[str, Sequence[Value]], names: Sequence[str]) -> tuple[Any, ...]:
    return tuple([random.choice(values[name]) for name in names])


def near(random: Random, known: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """Share some values with a known row: where everything changes, nothing is left to see."""
    return tuple([a if random.random() < 0.5 else b for a, b in zip(known, other, strict=True)])


def a_record(random: Random, plan: Policy, *, odd: bool = True, absent: bool = True) -> Pending:
    """Give a linked record; `odd` ones may wait, be busy, have choices or values that cannot be read."""
    mapping = plan.mapping
    agreed_here, agreed_there = row(random, HERE, mapping.sources), row(random, THERE, mapping.targets)
    values = near(random, agreed_here, row(random, HERE, mapping.sources))
    found = near(random, agreed_there, row(random, THERE, mapping.targets)) if random.random() < 0.75 else None
    source: list[BaseValue] = [agreed_here[i] for i in mapping.source_index]
    target: list[BaseValue] = list(agreed_there)
    if absent and random.random() < 0.25:
        i = random.randrange(1, len(plan.pairs))
        target[i] = ABSENT
        source[i] = random.choice((ABSENT, source[i]))
    record = Pending(
        ID,
        values,
        LINK,
        RID,
        Base(tuple(source), tuple(target)),
        found,
        stamp=random.choice(STAMPS),
        as_of=random.choice(STAMPS),
    )
    if random.random() < 0.25:
        pair = random.choice(plan.pairs[1:])
        there, here = random.choice(THERE[pair.target]), random.choice(HERE[pair.source])
        record = replace(record, tried={(DI, pair.target): (there,), (SF, pair.source): (here,)})
    return an_odd_one(random, plan, record) if odd else record


def an_odd_one(random: Random, plan: Policy, record: Pending) -> Pending:
    values, found = record.values, record.found
    assert values is not None
    if random.random() < 0.25:
        pair, side = random.choice(plan.pairs[1:]), random.choice(list(Side))
        value = random.choice(HERE[pair.source] if side is SF else THERE[pair.target])
        record = replace(record, choices={pair.target: Choice(side, value, 1)})
    if random.random() < 0.25:
        record = replace(record, waiting=frozenset({random.choice(plan.pairs[1:]).target}))
    if random.random() < 0.15:
        i = random.randrange(1, len(values))
        record = replace(record, values=(*values[:i], BAD, *values[i + 1 :]))
    if found is not None and random.random() < 0.15:
        i = random.randrange(1, len(found))
        record = replace(record, found=(*found[:i], BAD, *found[i + 1 :]))
    if random.random() < 0.1:
        busy = frozenset(random.sample(list(Side), random.randrange(3)))
        presence, state = random.choice(list(Presence)), random.choice(list(LinkState))
        record = replace(record, busy=busy, presence=presence, state=state, stamp="2026-07-14T10:00:00Z")
    return record


SEEDS = st.integers(0, 2**32)
AT_ONCE = 3
"""Records for each mapping that Hypothesis makes up; a record is made of a seed, for drawing is what costs."""


@st.composite
def cases(
    draw: st.DrawFn, /, rules: Sequence[ConflictPolicy] = tuple(ConflictPolicy), **of: bool
) -> tuple[Policy, list[Pending]]:
    plan, random = draw(plans(rules)), Random(draw(SEEDS))
    return plan, [a_record(random, plan, **of) for _ in range(AT_ONCE)]


Case = tuple[Policy, list[Pending]]


# -- services ----------------------------------------------------------------------------------------------------------

Store = Callable[[Value], Value]


def exactly(value: Value) -> Value:
    return value


def folded(value: Value) -> Value:
    """Store texts as a service that has its own idea of them does."""
    return value.lower().strip() if isinstance(value, str) else value


STORES = st.sampled_from([exactly, folded])


@dataclass(frozen=True)
class World:
    """A linked record and the two services that hold it."""

    plan: Policy
    here: Store
    there: Store

    def carry_out(self, decision: Decision, record: Pending) -> Pending:
        """Write what was decided, read it back, and move the base as `engine.judge` does."""
        if not isinstance(decision, Update | Agree):
            return record
        mapping = self.plan.mapping
        source, target = list(decision.base.source), list(decision.base.target)
        values: list[Any] = list(record.values or ())
        found: list[Any] | None = None if record.found is None else list(record.found)
        if isinstance(decision, Update) and decision.side is SF:
            for name, value in decision.fields.items():
                values[mapping.sources.index(name)] = self.here(value)
            for i, pair in enumerate(mapping.pairs):
                if mapping.backward[i] and pair.source in decision.fields:
                    source[i] = values[mapping.source_index[i]]
        elif isinstance(decision, Update):
            target += [None] * (len(mapping.targets) - len(target))
            for name, value in decision.fields.items():
                target[mapping.targets.index(name)] = self.there(value)
                if found is not None:
                    found[mapping.targets.index(name)] = self.there(value)
            for i, backward in enumerate(mapping.backward):
                if found is not None and not backward and not isinstance(found[i], Refusal):
                    target[i] = found[i]
        asked = record.waiting.union(c.field for c in decision.conflicts if c.winner is None)
        return replace(
            record,
            values=tuple(values),
            found=None if found is None else tuple(found),
            base=Base(tuple(source), tuple(target)),
            waiting=asked - {*decision.closes},
            choices={name: choice for name, choice in record.choices.items() if name not in decision.closes},
        )

    def live(self, record: Pending, rounds: int) -> tuple[Pending, list[Operation]]:
        """Run both passes so many times."""
        done: list[Operation] = []
        for _ in range(rounds):
            for side in (SF, DI):
                decision = decided(side, record, self.plan)
                if isinstance(decision, Update):
                    done.append(decision)
                record = self.carry_out(decision, record)
        return record, done


def changed(i: int, plan: Policy, record: Pending) -> tuple[bool, bool]:
    """Say of a pair with a base whether each side shows something else than was agreed on."""
    assert record.base is not None
    assert record.values is not None
    there = record.base.target[i] if record.found is None else record.found[i]
    return record.values[plan.mapping.source_index[i]] != record.base.source[i], there != record.base.target[i]


# -- the laws ----------------------------------------------------------------------------------------------------------


@given(cases(RULED, odd=False), STORES, STORES)
def test_a_plan_carried_out_leaves_nothing_to_plan(case: Case, here: Store, there: Store) -> None:
    plan, people = case
    for record in people:
        world = World(plan, here, there)
        settled, done = world.live(record, 2)
        event(f"{len(done)} operations")
        for side in Side:
            decision = decided(side, settled, plan)
            assert not isinstance(decision, Update), decision
            if isinstance(decision, Agree):
                assert decision.base == settled.base
                assert decision.conflicts == ()


@given(cases(odd=True), STORES, STORES)
def test_nothing_is_written_for_ever_whoever_waits_and_whatever_was_chosen(
    case: Case, here: Store, there: Store
) -> None:
    plan, people = case
    for record in people:
        world = World(plan, here, there)
        # A chosen value is one that its own side showed, and so one that it stores as it is.
        choices = {
            name: replace(choice, value=(here if choice.side is SF else there)(choice.value))
            for name, choice in record.choices.items()
        }
        settled, _ = world.live(replace(record, choices=choices), 3)
        if settled.presence is Presence.PRESENT:
            for side in Side:
                assert not isinstance(decided(side, settled, plan), Update)


@given(cases(odd=False), STORES, STORES)
def test_both_sides_correspond_once_a_plan_is_carried_out_that_nothing_holds_back(
    case: Case, here: Store, there: Store
) -> None:
    """The values of each pair that changed are images of each other, as each service stores them."""
    plan, people = case
    for record in people:
        assert record.base is not None
        rules = {p.conflict for p in plan.pairs}
        ways_open = plan.updates and plan.back_updates and ConflictPolicy.ASK not in rules and not record.tried
        known = tuple([None if isinstance(v, Absent) else v for v in record.base.target])
        seen = replace(record, found=record.found or known)
        settled, done = World(plan, here, there).live(seen, 2)
        if not ways_open or any(isinstance(decided(side, s, plan), Aside) for side in Side for s in (seen, settled)):
            continue
        assert settled.values is not None
        assert settled.found is not None
        for i, pair in enumerate(plan.pairs):
            names = {name for op in done if isinstance(op, Update) for name in op.fields}
            received = pair.target in names or (plan.mapping.backward[i] and pair.source in names)
            if not received or pair.when_empty is WhenEmpty.KEEP:
                continue
            source, target = settled.values[plan.mapping.source_index[i]], settled.found[i]
            forward, backward = plan.mapping.updaters[i], plan.mapping.back[i]
            there_is = forward is not None and correspond(there(forward(source)), there(target), folded=True)  # type: ignore[arg-type]
            here_is = backward is not None and correspond(here(backward(target)), here(source), folded=True)  # type: ignore[arg-type]
            lossy_here = forward is not None and correspond(there(forward(here(source))), there(target), folded=True)  # type: ignore[arg-type]
            event(f"{pair.direction} {there_is} {here_is}")
            assert there_is or here_is or lossy_here, (pair, source, target, done)


@given(cases(odd=False, absent=False))
def test_nothing_is_written_without_a_change_since_both_agreed(case: Case) -> None:
    plan, people = case
    for record in people:
        assert record.base is not None
        by_source: dict[str, set[bool]] = {}
        for side in Side:
            decision = decided(side, record, plan)
            if not isinstance(decision, Update):
                continue
            for i, pair in enumerate(plan.pairs):
                here, there = changed(i, plan, record)
                name = pair.source if side is SF else pair.target
                if name in decision.fields and (side is DI or plan.mapping.backward[i]):
                    assert here or there
                    by_source.setdefault(name, set()).add(here or there)
            assert decision.fields == {k: v for k, v in decision.fields.items() if decision.before[k] != v}
        quiet = replace(record, values=None, found=None)
        for side in Side:
            decision = decided(side, quiet, plan)
            assert isinstance(decision, Agree)
            assert (decision.base, decision.conflicts, decision.more) == (record.base, (), False)


@given(cases())
def test_no_operation_names_a_field_whose_pair_does_not_travel_that_way(case: Case) -> None:
    plan, people = case
    for record in people:
        mapping = plan.mapping
        there = {p.target for p, forward in zip(plan.pairs, mapping.forward, strict=True) if forward}
        here = {p.source for p, backward in zip(plan.pairs, mapping.backward, strict=True) if backward}
        if plan.flag is not None:
            there.add(mapping.targets[plan.flag.place])
        for side in Side:
            decision = decided(side, record, plan)
            if isinstance(decision, Update):
                assert decision.side is side
                assert decision.fields
                assert decision.fields.keys() <= (here if side is SF else there)
                assert decision.fields.keys() == decision.before.keys() == decision.rules.keys()
                assert "Id" not in decision.fields
                assert not any(is_consent_name(n) or is_consent_field(n) for n in decision.fields)
            if isinstance(decision, Aside):
                assert {r.field for r in decision.refusals} <= (here if side is SF else there) | {""}


UNTICKED = (Trigger.SALESFORCE_UPDATED, Trigger.DIALOG_INSIGHT_UPDATED)


@given(cases())
def test_a_trigger_that_is_not_ticked_lets_nothing_through_but_a_choice_and_a_flag(
    case: Case,
) -> None:
    plan, people = case
    for record in people:
        for side, ticked in ((DI, plan.updates), (SF, plan.back_updates)):
            decision = decided(side, record, plan)
            if not ticked and isinstance(decision, Update):
                assert set(decision.rules.values()) <= {"chosen", "undeleted", "deleted_in_salesforce"}


@given(cases(odd=False))
def test_every_value_of_a_person_that_is_written_over_is_in_a_conflict_with_the_other_one(
    case: Case,
) -> None:
    plan, people = case
    for record in people:
        assert record.base is not None
        mapping = plan.mapping
        for side in Side:
            decision = decided(side, record, plan)
            if not isinstance(decision, Update):
                continue
            told = {c.field: c for c in decision.conflicts}
            for i, pair in enumerate(plan.pairs):
                name = pair.source if side is SF else pair.target
                if name not in decision.fields or not (mapping.backward if side is SF else mapping.forward)[i]:
                    continue
                two_ways = mapping.forward[i] and mapping.backward[i]
                owner = ConflictPolicy.SALESFORCE_WINS if side is DI else ConflictPolicy.DIALOG_INSIGHT_WINS
                here, there = changed(i, plan, record)
                known = not isinstance(record.base.target[i], Absent)
                over = decision.before[name]
                if here and (there or not known) and over is not None:
                    event("two changes")
                    assert record.values is not None
                    theirs = record.base.target[i] if record.found is None else record.found[i]
                    source = record.values[mapping.source_index[i]]
                    if not two_ways and (source == theirs or not known):
                        continue
                    ours = record.tried.get((SF, pair.source), ()), record.tried.get((DI, pair.target), ())
                    if source in ours[0] or theirs in ours[1]:
                        event("an old value of ours")
                        continue
                    rule = pair.conflict if two_ways else owner
                    assert told[pair.target] == Conflict(pair.target, source, theirs, rule, side.other)  # type: ignore[arg-type]
            for conflict in decision.conflicts:
                assert conflict.winner in (None, side.other), "the winner's value is written to the other side"
                assert conflict.salesforce != conflict.dialog_insight or conflict.winner is None


@given(cases(), SEEDS)
def test_the_order_of_the_pairs_changes_nothing(case: Case, seed: int) -> None:
    plan, people = case
    for record in people:
        assert record.base is not None
        order = list(range(len(plan.pairs)))
        Random(seed).shuffle(order)
        pairs = tuple(plan.pairs[i] for i in order)
        ticked = (plan.creates, plan.updates, plan.deletes, plan.back_updates)
        triggers = frozenset(t for t, on in zip(ALL, ticked, strict=True) if on)
        shuffled = compiled(pairs, triggers, plan.flag is not None)
        extra = record.base.target[len(order) :]
        moved = replace(
            record,
            values=tuple([record.values[plan.mapping.sources.index(n)] for n in shuffled.mapping.sources]),  # type: ignore[index]
            found=record.found and (*(record.found[i] for i in order), *record.found[len(order) :]),
            base=Base(tuple([record.base.source[i] for i in order]), (*(record.base.target[i] for i in order), *extra)),
        )
        for side in Side:
            usual, other = decided(side, record, plan), decided(side, moved, shuffled)
            assert type(usual) is type(other)
            if isinstance(usual, Update) and isinstance(other, Update):
                assert (usual.fields, usual.before, usual.rules) == (other.fields, other.before, other.rules)
                assert fingerprint(usual) == fingerprint(other)
            if isinstance(usual, Update | Agree) and isinstance(other, Update | Agree):
                assert set(usual.conflicts) == set(other.conflicts)
                assert (set(usual.closes), usual.more, usual.key) == (set(other.closes), other.more, other.key)
                assert tuple([usual.base.source[i] for i in order]) == other.base.source
                assert tuple([usual.base.target[i] for i in order]) == other.base.target[: len(order)]
            if isinstance(usual, Aside) and isinstance(other, Aside):
                assert (set(usual.refusals), usual.more) == (set(other.refusals), other.more)


@given(plans(), SEEDS)
def test_the_order_of_the_records_changes_nothing_and_the_same_input_gives_the_same_plan(
    plan: Policy, seed: int
) -> None:
    random = Random(seed)
    people = [
        replace(a_record(random, plan), rid=f"00300000000000{n}AAA", link=n, target_rid=str(1000 + n))
        for n in range(AT_ONCE)
    ]
    again = random.sample(people, len(people))

    def told(order: Sequence[Pending], by: Policy) -> list[tuple[Side, str, Decision]]:
        planned = [(side, record.rid, decided(side, record, by)) for record in order for side in Side]
        return sorted(planned, key=lambda each: each[:2])

    ticked = (plan.creates, plan.updates, plan.deletes, plan.back_updates)
    triggers = tuple(t for t, on in zip(ALL, ticked, strict=True) if on)
    deletes = Deletes(field="F_Gone") if plan.flag else Deletes()
    anew = policy(*plan.pairs, triggers=triggers, deletes=deletes)
    first, second = told(people, plan), told(again, anew)
    assert first == second
    hashes = [
        fingerprint(*(d for _, _, d in decisions if isinstance(d, Update | Create | Birth)))
        for decisions in (first, second)
    ]
    assert hashes[0] == hashes[1]


@given(cases())
def test_what_is_decided_for_one_side_claims_nothing_of_the_other(case: Case) -> None:
    plan, people = case
    for record in people:
        assert record.base is not None
        mapping = plan.mapping
        for side in Side:
            decision = decided(side, record, plan)
            if not isinstance(decision, Update | Agree):
                continue
            written = decision.fields if isinstance(decision, Update) else {}
            for i in range(len(mapping.targets)):
                target: set[Any] = {record.base.target[i]}
                if record.found is not None:
                    target.add(record.found[i])
                name = mapping.targets[i]
                if side is DI and name in written:
                    target.add(written[name])
                if record.base.target[i] is ABSENT and i < len(plan.pairs):
                    target.add(mapping_image(plan, i, record))
                assert decision.base.target[i] in target, (side, name, decision)
            for i, pair in enumerate(plan.pairs):
                source: set[Any] = {
                    record.base.source[i],
                    record.values and record.values[mapping.source_index[i]],
                }
                if side is SF and pair.source in written:
                    source.add(written[pair.source])
                assert decision.base.source[i] in source, (side, pair.source, decision)


def mapping_image(plan: Policy, i: int, record: Pending) -> Any:
    """Give what a field of Dialog Insight that only receives is taken to hold when its pair is new."""
    convert = plan.mapping.updaters[i]
    if convert is None or plan.mapping.backward[i] or record.values is None:
        return ABSENT
    value = record.values[plan.mapping.source_index[i]]
    image = None if isinstance(value, Refusal) else convert(value)
    return None if isinstance(image, Refusal) else image


@given(plans(RULED), SEEDS)
def test_no_image_is_ever_written_back_over_the_value_that_it_was_made_of(plan: Policy, seed: int) -> None:
    """Services that cut, fold and trim: one edit in Salesforce, and Salesforce is never written."""
    mapping = plan.mapping
    random = Random(seed)
    before = row(random, HERE, mapping.sources)
    after = near(random, before, row(random, HERE, mapping.sources))
    create = decided(DI, Pending(ID, before), plan)
    if not isinstance(create, Create):
        return
    sent = {**create.key, **create.fields}
    shown = tuple(folded(sent.get(name)) for name in mapping.targets)
    base = Base(tuple(before[i] for i in mapping.source_index), shown)
    record = Pending(ID, after, LINK, RID, base, shown)
    settled, done = World(plan, folded, folded).live(record, 3)
    assert all(isinstance(op, Update) and op.side is DI for op in done)
    assert settled.values == after
    again, more = World(plan, folded, folded).live(settled, 1)
    assert (again.values, more) == (after, [])


@given(plans(), SEEDS)
def test_first_contact_writes_over_nothing_without_a_conflict_and_empties_nothing(plan: Policy, seed: int) -> None:
    mapping, random = plan.mapping, Random(seed)
    values, shown = row(random, HERE, mapping.sources), row(random, THERE, mapping.targets)
    record = Pending(ID, values, stamp=random.choice(STAMPS))
    found = FoundRecord(RID, dict(zip(mapping.targets, shown, strict=True)), as_of=random.choice(STAMPS))
    first = meet(record, plan, {}, found)
    if isinstance(first, Aside):
        return
    assert isinstance(first, Update | Agree)
    told = {c.field: c for c in first.conflicts}
    for name, value in (first.fields if isinstance(first, Update) else {}).items():
        theirs = shown[mapping.targets.index(name)]
        assert value is not None
        assert theirs is None or told[name].dialog_insight == theirs
    for conflict in first.conflicts:
        assert None not in (conflict.salesforce, conflict.dialog_insight)
        assert (conflict.winner is SF) is (isinstance(first, Update) and conflict.field in first.fields)
    world = World(plan, exactly, exactly)
    known = replace(record, link=LINK, target_rid=RID, base=None, found=shown, as_of=found.as_of)
    linked = world.carry_out(replace(first, link=LINK), known)
    settled, done = world.live(linked, 2)
    received = {name for op in done if isinstance(op, Update) and op.side is SF for name in op.fields}
    followers = {pair.target for pair in plan.pairs if pair.source in received}
    for op in done:
        assert isinstance(op, Update)
        if op.side is DI:
            # All that Dialog Insight needed was in the first update, but for what Salesforce received meanwhile.
            assert set(op.fields) <= followers or "undeleted" in op.rules.values()
        for i, pair in enumerate(plan.pairs):
            if op.side is SF and mapping.backward[i] and op.before.get(pair.source) is not None:
                assert told[pair.target].salesforce == op.before[pair.source]
    for side in Side:
        assert not isinstance(decided(side, settled, plan), Update)


@given(st.data())
def test_a_birth_names_what_is_full_and_travels_and_tells_both_sides_apart(data: st.DataObject) -> None:
    plan = births()
    found = data.draw(
        st.tuples(
            st.sampled_from(["eve@example.org", "not an address", None]),
            st.sampled_from([None, None, ID]),
            st.sampled_from(["Roy", "x" * 30, None, BAD]),
            st.sampled_from(["514", None, BAD]),
        )
    )
    record = Pending("", None, target_rid=RID, found=found)
    birth = decided(SF, record, plan)
    left = decided(DI, record, plan)
    assert isinstance(left, Filtered)
    assert left.stays
    if isinstance(birth, Birth):
        assert birth.fields.keys() <= {"Email", "Last", "Phone"}
        assert None not in birth.fields.values()
        assert found[1] is None
        assert birth.base.source[1] is None
