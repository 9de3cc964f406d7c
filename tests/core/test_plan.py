"""The planner: each rule by example, and its laws over anything that Hypothesis makes up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.mapping import compile as compile_mapping
from disf_desktop.core.plan import (
    ABSENT,
    GUARD_FLOOR,
    Agree,
    Aside,
    Base,
    Conflict,
    Create,
    Decision,
    Filtered,
    Pending,
    PlanHash,
    Policy,
    Update,
    before_update,
    folded_key,
    plan_first_contact,
    plan_record,
    policy_of,
    too_many_updates,
    unreadable,
)
from disf_desktop.core.project import ConflictPolicy, FieldPair, ObjectMapping, Trigger, WhenEmpty
from disf_desktop.core.records import FoundRecord
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.values import Value

ID = "003000000000001AAA"
OTHER = "003000000000002AAA"
BOTH = (Trigger.SALESFORCE_CREATED, Trigger.SALESFORCE_UPDATED)


def schema(side: Side, *fields: Field) -> Schema:
    return Schema(side, "Anything", "Anything", {f.name: f for f in fields})


SOURCE = schema(
    Side.SALESFORCE,
    Field("Id", "Id", FieldType.ID),
    Field("Name", "Name", FieldType.TEXT),
    Field("Phone", "Phone", FieldType.PHONE),
    Field("Level", "Level", FieldType.CHOICE),
    Field("Born", "Born", FieldType.DATE),
    Field("Whose", "Whose", FieldType.REFERENCE),
)
TARGET = schema(
    Side.DIALOG_INSIGHT,
    Field("Key", "Key", FieldType.TEXT, key=True, length=18),
    Field("F_Name", "Name", FieldType.TEXT, length=10),
    Field("F_Phone", "Phone", FieldType.TEXT),
    Field("F_Level", "Level", FieldType.CHOICE, choices=("Gold", "Silver"), restricted=True),
    Field("F_Born", "Born", FieldType.DATE),
    Field("F_Other", "Other", FieldType.TEXT),
    Field("F_Whose", "Whose", FieldType.CONTACT),
)
KEY = FieldPair(source="Id", target="Key", key=True)
NAME = FieldPair(source="Name", target="F_Name")
PHONE = FieldPair(source="Phone", target="F_Phone", conflict=ConflictPolicy.DIALOG_INSIGHT_WINS)
LEVEL = FieldPair(source="Level", target="F_Level", when_empty=WhenEmpty.KEEP, conflict=ConflictPolicy.FIRST_NON_EMPTY)
BORN = FieldPair(source="Born", target="F_Born", default="1970-01-01")
WHOSE = FieldPair(source="Whose", target="F_Whose")
PAIRS = (KEY, NAME, PHONE, LEVEL, BORN)


def policy(*pairs: FieldPair, triggers: Sequence[Trigger] = BOTH) -> Policy:
    mapping = ObjectMapping(pairs=pairs or PAIRS)
    return policy_of(compile_mapping(mapping, SOURCE, TARGET, ZoneInfo("America/Toronto")), triggers, TARGET)


USUAL = policy()


def linked(values: tuple[Any, ...], source: tuple[Any, ...], target: tuple[Any, ...]) -> Pending:
    return Pending(ID, values, link=7, target_rid="1001", base=Base(source, target))


ANN = (ID, "Ann", "514", "Gold", "1980-01-01")


# -- creates ---------------------------------------------------------------------------------------------------------


def test_an_unknown_record_is_created_with_its_key_and_what_is_not_empty() -> None:
    decision = plan_record(Pending(ID, (ID, "Ann", None, "Gold", None)), USUAL, {})
    assert decision == Create(
        ID,
        {"Key": ID},
        {"F_Name": "Ann", "F_Level": "Gold", "F_Born": "1970-01-01"},
        (ID, "Ann", None, "Gold", None),
    )


def test_a_create_waits_for_its_trigger() -> None:
    updates_only = policy(triggers=(Trigger.SALESFORCE_UPDATED,))
    assert plan_record(Pending(ID, ANN), updates_only, {}) == Filtered(ID)


def test_a_link_without_its_other_end_or_without_base_is_created_anew() -> None:
    base = Base(ANN, ANN)
    for record in (
        Pending(ID, ANN, link=7),
        Pending(ID, ANN, link=7, target_rid="1001"),
        Pending(ID, ANN, link=7, base=base),
    ):
        assert isinstance(plan_record(record, USUAL, {}), Create)


def test_every_reason_why_a_create_cannot_go_is_given() -> None:
    decision = plan_record(Pending(ID, (ID, "x" * 11, None, "Bronze", None)), USUAL, {})
    assert isinstance(decision, Aside)
    assert {(r.field, r.refusal.code) for r in decision.refusals} == {
        ("F_Name", Reason.TOO_LONG),
        ("F_Level", Reason.NOT_A_CHOICE),
    }


def test_a_value_that_could_not_be_read_sets_the_record_aside_under_its_first_target() -> None:
    values = (ID, Refusal(Reason.UNREADABLE), "514", Refusal(Reason.NOT_A_CHOICE), None)
    for known in (Pending(ID, values), linked(values, ANN, ANN)):
        decision = plan_record(known, USUAL, {})
        assert isinstance(decision, Aside)
        assert [(r.field, r.refusal.code) for r in decision.refusals] == [
            ("F_Name", Reason.UNREADABLE),
            ("F_Level", Reason.NOT_A_CHOICE),
        ]
    assert isinstance(plan_first_contact(Pending(ID, values), USUAL, {}, FoundRecord("1001")), Aside)
    assert unreadable(ANN, USUAL.mapping) == ()


# -- updates ---------------------------------------------------------------------------------------------------------


def test_only_the_changed_field_travels_with_what_was_there_and_the_rule() -> None:
    values = (ID, "Anna", "514", "Gold", "1980-01-01")
    assert plan_record(linked(values, ANN, ANN), USUAL, {}) == Update(
        ID, 7, "1001", {"Key": ID}, {"F_Name": "Anna"}, {"F_Name": "Ann"}, {"F_Name": "changed_in_salesforce"},
        values, (ID, "Anna", "514", "Gold", "1980-01-01"),
    )  # fmt: skip


def test_what_dialog_insight_made_of_a_value_is_nobodys_edit() -> None:
    assert isinstance(plan_record(linked(ANN, ANN, (ID, "A", None, "Silver", None)), USUAL, {}), Agree)


def test_a_change_towards_what_the_target_holds_moves_the_base_only() -> None:
    values = (ID, "Anna", "514", "Gold", "1980-01-01")
    held = (ID, "Anna", "514", "Gold", "1980-01-01")
    assert plan_record(linked(values, ANN, held), USUAL, {}) == Agree(ID, 7, "1001", {"Key": ID}, values, held)


def test_an_emptied_source_clears_the_target_or_leaves_it_or_gives_the_default() -> None:
    values = (ID, "Ann", None, None, None)
    decision = plan_record(linked(values, ANN, ANN), USUAL, {})
    assert isinstance(decision, Update)
    assert decision.fields == {"F_Phone": None, "F_Born": "1970-01-01"}
    assert decision.target == (ID, "Ann", None, "Gold", "1970-01-01")


def test_an_update_waits_for_its_trigger_and_an_agreement_does_not() -> None:
    creates_only = policy(triggers=(Trigger.SALESFORCE_CREATED,))
    changed = (ID, "Anna", "514", "Gold", "1980-01-01")
    assert plan_record(linked(changed, ANN, ANN), creates_only, {}) == Filtered(ID)
    assert isinstance(plan_record(linked(ANN, ANN, ANN), creates_only, {}), Agree)


def test_a_changed_value_that_cannot_go_sets_the_record_aside_and_an_unchanged_one_does_not() -> None:
    values = (ID, "x" * 11, "819", "Bronze", "1980-01-01")
    decision = plan_record(linked(values, ANN, ANN), USUAL, {})
    assert isinstance(decision, Aside)
    assert len(decision.refusals) == 2
    decision = plan_record(linked(values, values, ANN), USUAL, {})
    assert isinstance(decision, Agree)


def test_a_key_that_changed_is_never_carried_over() -> None:
    pairs = (FieldPair(source="Name", target="Key", key=True), PHONE)
    plan = policy(*pairs)
    decision = plan_record(linked(("Anna", "819"), ("Ann", "514"), ("Ann", "514")), plan, {})
    assert isinstance(decision, Aside)
    assert [(r.field, r.refusal.code) for r in decision.refusals] == [("Key", Reason.KEY_CHANGED)]


def test_a_key_that_changed_back_to_what_dialog_insight_holds_is_no_change() -> None:
    plan = policy(FieldPair(source="Name", target="Key", key=True), PHONE)
    decision = plan_record(linked(("Ann", "819"), ("Anna", "514"), ("Ann", "514")), plan, {})
    assert isinstance(decision, Update)
    assert decision.key == {"Key": "Ann"}
    assert decision.fields == {"F_Phone": "819"}


def test_a_new_pair_starts_from_now() -> None:
    base = Base((ID, "Ann", ABSENT, ABSENT, "1980-01-01"), (ID, "Ann", ABSENT, "Gold", ABSENT))
    record = Pending(ID, (ID, "Ann", "514", "Gold", "1980-01-01"), 7, "1001", base)
    assert plan_record(record, USUAL, {}) == Agree(
        ID, 7, "1001", {"Key": ID}, ANN, (ID, "Ann", "514", "Gold", "1980-01-01")
    )


def test_a_new_key_is_taken_from_the_record() -> None:
    base = Base((ID, "Ann", "514", "Gold", "1980-01-01"), (ABSENT, "Ann", "514", "Gold", "1980-01-01"))
    decision = plan_record(Pending(ID, ANN, 7, "1001", base), USUAL, {})
    assert isinstance(decision, Agree)
    assert decision.key == {"Key": ID}


def test_what_is_absent_says_so_in_a_traceback() -> None:
    assert repr(ABSENT) == "ABSENT"


# -- rows that point to contacts -------------------------------------------------------------------------------------


def test_a_reference_becomes_the_number_of_its_contact() -> None:
    plan = policy(KEY, WHOSE)
    decision = plan_record(Pending(ID, (ID, OTHER)), plan, {OTHER: "77"})
    assert isinstance(decision, Create)
    assert decision.fields == {"F_Whose": "77"}
    decision = plan_record(linked((ID, None), (ID, OTHER), (ID, "77")), plan, {})
    assert isinstance(decision, Update)
    assert decision.fields == {"F_Whose": None}


def test_a_row_whose_contact_is_not_there_waits_with_its_other_reasons() -> None:
    plan = policy(KEY, WHOSE, NAME)
    decision = plan_record(Pending(ID, (ID, OTHER, "x" * 11)), plan, {})
    assert isinstance(decision, Aside)
    assert {r.refusal.code for r in decision.refusals} == {Reason.PARENT_MISSING, Reason.TOO_LONG}
    assert isinstance(plan_record(linked((ID, OTHER, "Ann"), (ID, OTHER, "Ann"), (ID, "77", "Ann")), plan, {}), Agree)


# -- first contact ---------------------------------------------------------------------------------------------------


def met(values: tuple[Any, ...], held: Mapping[str, Value], plan: Policy = USUAL) -> Decision:
    return plan_first_contact(Pending(ID, values), plan, {}, FoundRecord("1001", held))


def test_what_exists_already_and_is_the_same_is_only_tied() -> None:
    held = {"Key": ID, "F_Name": "Ann", "F_Phone": "514", "F_Level": "Gold", "F_Born": "1980-01-01"}
    assert met(ANN, held) == Agree(ID, None, "1001", {"Key": ID}, ANN, ANN)


def test_first_contact_fills_what_is_empty_and_empties_nothing() -> None:
    decision = met((ID, None, "514", None, None), {"Key": ID, "F_Name": "Anne", "F_Level": "Gold"})
    assert isinstance(decision, Update)
    assert decision.fields == {"F_Phone": "514", "F_Born": "1970-01-01"}
    assert decision.before == {"F_Phone": None, "F_Born": None}
    assert decision.rules == {"F_Phone": "first_contact", "F_Born": "first_contact"}
    assert decision.target == (ID, "Anne", "514", "Gold", "1970-01-01")
    assert decision.conflicts == ()


def test_two_different_values_are_decided_by_the_policy_and_both_are_kept() -> None:
    decision = met(ANN, {"Key": ID, "F_Name": "Anne", "F_Phone": "819", "F_Level": "Silver", "F_Born": "1980-01-01"})
    assert isinstance(decision, Update)
    assert decision.fields == {"F_Name": "Ann"}
    assert decision.rules == {"F_Name": "salesforce_wins"}
    assert decision.target == (ID, "Ann", "819", "Silver", "1980-01-01")
    assert decision.conflicts == (
        Conflict("F_Name", "Ann", "Anne", ConflictPolicy.SALESFORCE_WINS, "Ann"),
        Conflict("F_Phone", "514", "819", ConflictPolicy.DIALOG_INSIGHT_WINS, "819"),
        Conflict("F_Level", "Gold", "Silver", ConflictPolicy.FIRST_NON_EMPTY, "Silver"),
    )


def test_a_conflict_that_dialog_insight_wins_writes_nothing_and_is_kept() -> None:
    decision = met((ID, None, "514", None, "1980-01-01"), {"Key": ID, "F_Phone": "819", "F_Born": "1980-01-01"})
    assert isinstance(decision, Agree)
    assert [c.winner for c in decision.conflicts] == ["819"]


def test_without_the_update_trigger_first_contact_ties_and_leaves_everything() -> None:
    creates_only = policy(triggers=(Trigger.SALESFORCE_CREATED,))
    decision = met(ANN, {"Key": ID, "F_Name": "Anne"}, creates_only)
    assert decision == Agree(ID, None, "1001", {"Key": ID}, ANN, (ID, "Anne", None, None, None))


def test_an_address_in_another_case_is_the_same_address() -> None:
    source = schema(Side.SALESFORCE, SOURCE.fields["Id"], Field("Email", "Email", FieldType.EMAIL))
    target = schema(Side.DIALOG_INSIGHT, TARGET.fields["Key"], Field("F_Mail", "Mail", FieldType.EMAIL, length=100))
    pairs = (KEY, FieldPair(source="Email", target="F_Mail"))
    plan = policy_of(
        compile_mapping(ObjectMapping(pairs=pairs), source, target, ZoneInfo("America/Toronto")), BOTH, target
    )
    values = (ID, "Ann@Example.org")
    decision = met(values, {"Key": ID, "F_Mail": "ann@example.org"}, plan)
    assert decision == Agree(ID, None, "1001", {"Key": ID}, values, (ID, "ann@example.org"))
    assert isinstance(met(values, {"Key": ID, "F_Mail": "eve@example.org"}, plan), Update)
    assert isinstance(met(values, {"Key": ID, "F_Mail": None}, plan), Update)


def test_before_its_update_is_sent_an_adopted_record_still_shows_what_differs() -> None:
    held = {"Key": ID, "F_Name": "Anna", "F_Phone": "514", "F_Level": "Gold", "F_Born": "1980-01-01"}
    update = met(ANN, held)
    assert isinstance(update, Update)
    agreed = before_update(replace(update, link=7), USUAL)
    assert agreed.source == (ID, None, "514", "Gold", "1980-01-01")
    assert agreed.target == (ID, "Anna", "514", "Gold", "1980-01-01")
    assert agreed.conflicts == update.conflicts
    again = plan_record(linked(ANN, agreed.source, agreed.target), USUAL, {})
    assert isinstance(again, Update)
    assert (again.fields, again.before) == (update.fields, update.before)


def test_a_value_that_cannot_go_stops_first_contact() -> None:
    assert isinstance(met((ID, "x" * 11, None, None, None), {"Key": ID}), Aside)


# -- the plan as a whole ---------------------------------------------------------------------------------------------


def test_the_guard_looks_at_more_than_twenty_and_more_than_thirty_percent() -> None:
    assert not too_many_updates(GUARD_FLOOR, 20)
    assert too_many_updates(GUARD_FLOOR + 1, 69)
    assert not too_many_updates(GUARD_FLOOR + 1, 70)
    assert not too_many_updates(300, 1000)
    assert too_many_updates(301, 1000)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"A": "x"}, {"A": "X  "}, True),
        ({"A": "x", "B": "y"}, {"B": "y", "A": "x"}, True),
        ({"A": "x", "B": "y"}, {"A": "xy", "B": ""}, False),
        ({"A": " x"}, {"A": "x"}, False),
        ({"A": 7}, {"A": "7"}, True),
        ({"A": "É"}, {"A": "é"}, True),
        ({"A": "É"}, {"A": "E"}, False),
    ],
)
def test_keys_are_compared_as_dialog_insight_does(one: dict[str, Value], other: dict[str, Value], same: bool) -> None:
    assert (folded_key(one) == folded_key(other)) is same


def test_the_hash_of_a_plan_tells_every_operation_and_its_order() -> None:
    create = plan_record(Pending(ID, ANN), USUAL, {})
    update = plan_record(linked((ID, "Anna", "514", "Gold", "1980-01-01"), ANN, ANN), USUAL, {})
    assert isinstance(create, Create)
    assert isinstance(update, Update)
    hashes = [
        fingerprint(),
        fingerprint(create),
        fingerprint(update),
        fingerprint(create, update),
        fingerprint(update, create),
        fingerprint(replace(create, rid=OTHER)),
        fingerprint(replace(update, fields={"F_Name": "Annie"})),
        fingerprint(replace(update, fields={"F_Phone": "Anna"})),
    ]
    assert len(set(hashes)) == len(hashes)
    assert fingerprint(create, update) == fingerprint(create, update)


def fingerprint(*operations: Create | Update) -> str:
    digest = PlanHash()
    for operation in operations:
        digest.add(operation)
    return digest.hexdigest()


# -- laws --------------------------------------------------------------------------------------------------------------

TEXTS = st.sampled_from(["Ann", "Anna", "x" * 11, "514", "819", None])
LEVELS = st.sampled_from(["Gold", "Silver", "gold", "Bronze", None])
DATES = st.sampled_from(["1980-01-01", "1970-01-01", "2000-02-29", None])
SOURCES = st.tuples(st.just(ID), TEXTS, TEXTS, LEVELS, DATES)
HELD = st.tuples(
    st.just(ID), st.sampled_from(["Ann", "Anna", "Anne", None]), TEXTS, st.sampled_from(["Gold", "Silver", None]), DATES
)
BASES = st.builds(Base, SOURCES, HELD)
PENDING = st.builds(lambda values, base: Pending(ID, values, 7, "1001", base), SOURCES, BASES) | st.builds(
    lambda values: Pending(ID, values), SOURCES
)
FOUND = HELD.map(lambda held: FoundRecord("1001", dict(zip(USUAL.mapping.targets, held, strict=True))))


def applied(decision: Create | Update | Agree, record: Pending) -> Pending:
    """Give the record as the ledger knows it once the decision is carried out by a service that stores it exactly."""
    if isinstance(decision, Create):
        sent = {**decision.key, **decision.fields}
        base = Base(decision.source, tuple(sent.get(name) for name in USUAL.mapping.targets))
        return Pending(record.rid, record.values, 7, "1001", base)
    return Pending(record.rid, record.values, 7, decision.target_rid, Base(decision.source, decision.target))


@given(PENDING)
def test_a_plan_carried_out_leaves_nothing_to_plan(record: Pending) -> None:
    decision = plan_record(record, USUAL, {})
    if isinstance(decision, Create | Update | Agree):
        known = applied(decision, record)
        assert isinstance(plan_record(known, USUAL, {}), Agree)


@given(SOURCES, FOUND)
def test_first_contact_carried_out_leaves_nothing_to_plan(values: tuple[Value, ...], found: FoundRecord) -> None:
    record = Pending(ID, values)
    decision = plan_first_contact(record, USUAL, {}, found)
    if isinstance(decision, Update | Agree):
        assert isinstance(plan_record(applied(decision, record), USUAL, {}), Agree)


@given(PENDING)
def test_no_operation_is_without_a_difference_and_none_changes_a_key(record: Pending) -> None:
    decision = plan_record(record, USUAL, {})
    if isinstance(decision, Update):
        assert decision.fields
        assert "Key" not in decision.fields
        assert decision.fields.keys() == decision.before.keys() == decision.rules.keys()
        assert record.base is not None
        held = dict(zip(USUAL.mapping.targets, record.base.target, strict=True))
        for name, value in decision.fields.items():
            assert decision.before[name] == held[name] != value
            place = USUAL.mapping.targets.index(name)
            assert record.values[place] != record.base.source[place]
    if isinstance(decision, Create):
        assert "Key" not in decision.fields
        assert None not in decision.fields.values()


@given(PENDING, FOUND, st.permutations(range(len(PAIRS))))
def test_the_order_of_the_pairs_changes_nothing(record: Pending, found: FoundRecord, order: list[int]) -> None:
    shuffled = policy(*(PAIRS[i] for i in order))
    moved = replace(
        record,
        values=tuple(record.values[i] for i in order),
        base=record.base
        and Base(tuple(record.base.source[i] for i in order), tuple(record.base.target[i] for i in order)),
    )
    pairs = [
        (plan_record(record, USUAL, {}), plan_record(moved, shuffled, {})),
        (
            plan_first_contact(replace(record, base=None), USUAL, {}, found),
            plan_first_contact(replace(moved, base=None), shuffled, {}, found),
        ),
    ]
    for usual, other in pairs:
        assert type(usual) is type(other)
        if isinstance(usual, Create | Update) and isinstance(other, Create | Update):
            assert (dict(usual.key), dict(usual.fields)) == (dict(other.key), dict(other.fields))
            assert fingerprint(usual) == fingerprint(other)
        if isinstance(usual, Update | Agree) and isinstance(other, Update | Agree):
            assert set(usual.conflicts) == set(other.conflicts)
        if isinstance(usual, Aside) and isinstance(other, Aside):
            assert set(usual.refusals) == set(other.refusals)


@given(SOURCES, FOUND)
def test_first_contact_overwrites_no_full_value_without_a_conflict_and_empties_none(
    values: tuple[Value, ...], found: FoundRecord
) -> None:
    decision = plan_first_contact(Pending(ID, values), USUAL, {}, found)
    if not isinstance(decision, Update):
        return
    told = {conflict.field: conflict for conflict in decision.conflicts}
    for name, value in decision.fields.items():
        theirs = found.values[name]
        assert value is not None
        assert value != theirs
        if theirs is not None:
            assert (told[name].salesforce, told[name].dialog_insight, told[name].winner) == (value, theirs, value)
    for conflict in decision.conflicts:
        assert conflict.salesforce != conflict.dialog_insight
        assert None not in (conflict.salesforce, conflict.dialog_insight)
        assert (conflict.winner == conflict.salesforce) is (conflict.field in decision.fields)


@given(PENDING)
def test_the_same_input_gives_the_same_decision(record: Pending) -> None:
    assert plan_record(record, USUAL, {}) == plan_record(record, policy(), {})
