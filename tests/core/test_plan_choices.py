"""Questions that wait for a person, and what becomes of the answer (4.4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from disf_desktop.core.operations import ABSENT, Agree, Base, Choice, Conflict, Pending, Update
from disf_desktop.core.policy import Policy
from disf_desktop.core.project import ConflictPolicy, Direction, FieldPair, Trigger
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import Side
from tests.core.planning import (
    DI,
    ID,
    KEY,
    LINK,
    OTHER,
    RID,
    SF,
    TABLE,
    WHOSE,
    agree,
    aside,
    back,
    both,
    carried_out,
    decided,
    linked,
    one,
    pair,
    policy,
    said,
    update,
)

ASK = ConflictPolicy.ASK
PHONES = policy(KEY, both("Phone", "F_Phone", ASK))
WAITS = frozenset({"F_Phone"})


def chosen(side: Side, value: Any, field: str = "F_Phone") -> dict[str, Any]:
    return {"choices": {field: Choice(side, value, 3)}}


def until_done(record: Pending, plan: Policy) -> tuple[Pending, list[Update | Agree]]:
    """Carry out both passes, as a run does."""
    decisions: list[Update | Agree] = []
    for side in (SF, DI):
        decision = decided(side, record, plan)
        assert isinstance(decision, Update | Agree)
        decisions.append(decision)
        record = carried_out(decision, record, plan)
    return record, decisions


# -- waiting ---------------------------------------------------------------------------------------------------------


def test_a_question_freezes_its_field_and_shows_the_latest_values_of_both_sides() -> None:
    record = one(PHONES, "438", "999", ("514", "514"), waiting=WAITS)
    for side in Side:
        decision = agree(side, record, PHONES)
        assert decision.conflicts == (Conflict("F_Phone", "438", "999", ASK, None),)
        assert (decision.base, decision.more) == (record.base, False)


def test_a_question_stays_frozen_where_only_one_side_differs_from_what_was_agreed_on() -> None:
    for values in (("438", "514"), ("514", "819")):
        record = one(PHONES, *values, ("514", "514"), waiting=WAITS)
        for side in Side:
            decision = agree(side, record, PHONES)
            assert decision.conflicts == (Conflict("F_Phone", *values, ASK, None),)
            assert decision.base == record.base


def test_a_question_that_nothing_was_added_to_is_not_told_again() -> None:
    record = one(PHONES, "438", "819", waiting=WAITS)
    for side in Side:
        assert agree(side, record, PHONES).conflicts == ()


def test_a_question_holds_no_other_field_up() -> None:
    plan = policy(KEY, both("Phone", "F_Phone", ASK), both("Name", "F_Name"))
    base = (ID, "514", "Ann")
    record = linked((ID, "438", "Anna"), base, base, (ID, "819", "Ann"), waiting=WAITS)
    decision = update(DI, record, plan)
    assert decision.fields == {"F_Name": "Anna"}
    assert decision.base == Base((ID, "514", "Anna"), (ID, "514", "Anna"))
    assert decision.conflicts == (Conflict("F_Phone", "438", "819", ASK, None),)


def test_a_question_on_which_both_sides_agree_by_now_is_an_agreement() -> None:
    record = one(PHONES, "819", "819", ("514", "438"), waiting=WAITS)
    for side in Side:
        decision = agree(side, record, PHONES)
        assert (decision.base, decision.conflicts) == (Base((ID, "819"), (ID, "819")), ())


@pytest.mark.parametrize("direction", list(Direction))
def test_a_question_on_a_pair_that_travels_one_way_is_frozen_too(direction: Direction) -> None:
    plan = policy(KEY, pair("Phone", "F_Phone", direction, conflict=ASK))
    record = one(plan, "438", "819", ("514", "514"), waiting=WAITS)
    for side in Side:
        assert agree(side, record, plan).base == record.base


def test_a_late_write_on_a_field_that_waits_is_part_of_the_question() -> None:
    record = one(PHONES, "514", "438", ("514", "514"), waiting=WAITS, tried={(DI, "F_Phone"): ("438",)})
    assert agree(DI, record, PHONES).conflicts == (Conflict("F_Phone", "514", "438", ASK, None),)


# -- choices ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("side", "value"), [(SF, "438"), (DI, "819")])
def test_a_choice_is_written_to_the_side_that_holds_another_value_and_is_closed_by_that(side: Side, value: str) -> None:
    record = one(PHONES, "438", "819", ("514", "514"), waiting=WAITS, **chosen(side, value))
    loser = side.other
    decision = update(loser, record, PHONES)
    assert list(decision.fields.values()) == [value]
    assert set(decision.rules.values()) == {"chosen"}
    assert decision.closes == ("F_Phone",)
    assert decision.base == Base((ID, value), (ID, value))
    other = agree(side, record, PHONES)
    assert (other.closes, other.more, other.base) == ((), True, record.base)


def test_a_choice_of_a_value_that_neither_side_holds_any_more_is_written_to_both_and_closed_by_the_second_pass() -> (
    None
):
    record = one(PHONES, "111", "222", ("514", "514"), waiting=WAITS, **chosen(SF, "438"))
    first = update(SF, record, PHONES)
    assert (first.fields, first.before, first.closes, first.more) == ({"Phone": "438"}, {"Phone": "111"}, (), True)
    after = carried_out(first, record, PHONES)
    second = update(DI, after, PHONES)
    assert (second.fields, second.before) == ({"F_Phone": "438"}, {"F_Phone": "222"})
    assert (second.closes, second.more) == (("F_Phone",), False)
    done = carried_out(second, after, PHONES)
    assert done.base == Base((ID, "438"), (ID, "438"))
    assert not done.choices
    assert not done.waiting


def test_a_choice_ends_though_the_other_side_stores_it_in_its_own_way() -> None:
    record = one(PHONES, "111", "222", ("514", "514"), waiting=WAITS, **chosen(DI, "438"))
    first = carried_out(update(SF, record, PHONES), record, PHONES)
    half = replace(first, values=(ID, "4-3-8"), base=Base((ID, "4-3-8"), (ID, "222")))
    there = update(DI, half, PHONES)
    assert (there.fields, there.closes, there.more) == ({"F_Phone": "438"}, (), True)
    after = carried_out(there, half, PHONES)
    here = update(SF, after, PHONES)
    assert (here.fields, here.closes, here.more) == ({"Phone": "438"}, ("F_Phone",), False)


def test_a_choice_that_is_taken_back_halfway_is_carried_out_as_it_was_said_last() -> None:
    record = one(PHONES, "111", "222", ("514", "514"), waiting=WAITS, **chosen(SF, "438"))
    half = carried_out(update(SF, record, PHONES), record, PHONES)
    again = replace(half, **chosen(DI, "222"))
    assert update(SF, again, PHONES).fields == {"Phone": "222"}
    assert update(SF, again, PHONES).closes == ("F_Phone",)


def test_a_chosen_reference_becomes_the_number_of_its_contact() -> None:
    plan = policy(KEY, WHOSE, target=TABLE)
    record = linked((ID, OTHER), (ID, OTHER), (ID, "88"), **chosen(SF, OTHER, "F_Whose"))
    assert update(DI, record, plan, {OTHER: "77"}).fields == {"F_Whose": "77"}
    assert said(aside(DI, record, plan).refusals) == [("F_Whose", Reason.PARENT_MISSING)]
    moved = replace(record, values=(ID, ID))
    assert said(aside(DI, moved, plan, {ID: "99"}).refusals) == [("F_Whose", Reason.PARENT_MISSING)]
    nobody = linked((ID, OTHER), (ID, OTHER), (ID, "88"), **chosen(SF, None, "F_Whose"))
    assert update(DI, nobody, plan, {OTHER: "77"}).fields == {"F_Whose": None}


def test_a_choice_is_written_anew_where_somebody_changed_what_had_been_written() -> None:
    record = one(PHONES, "111", "222", ("514", "514"), waiting=WAITS, **chosen(SF, "438"))
    half = carried_out(update(SF, record, PHONES), record, PHONES)
    assert update(SF, replace(half, values=(ID, "999")), PHONES).fields == {"Phone": "438"}


def test_a_choice_closes_whichever_side_is_written_last() -> None:
    record = one(PHONES, "111", "222", ("514", "514"), waiting=WAITS, **chosen(DI, "438"))
    there = update(DI, record, PHONES)
    assert (there.fields, there.closes, there.more) == ({"F_Phone": "438"}, (), True)
    here = update(SF, carried_out(there, record, PHONES), PHONES)
    assert (here.fields, here.closes, here.more) == ({"Phone": "438"}, ("F_Phone",), False)


def test_a_choice_of_what_both_sides_hold_writes_nothing_and_is_closed() -> None:
    record = one(PHONES, "438", "438", ("514", "819"), waiting=WAITS, **chosen(SF, "438"))
    for side in Side:
        decision = agree(side, record, PHONES)
        assert (decision.closes, decision.more) == (("F_Phone",), False)
        assert decision.base == Base((ID, "438"), (ID, "438"))


def test_a_choice_on_a_field_that_nobody_changed_since_is_carried_out() -> None:
    """As `restore` does: the conflict was settled long ago."""
    record = one(PHONES, "819", "819", **chosen(SF, "438"))
    done, (here, there) = until_done(record, PHONES)
    assert isinstance(here, Update)
    assert isinstance(there, Update)
    assert (here.fields, there.fields) == ({"Phone": "438"}, {"F_Phone": "438"})
    assert done.base == Base((ID, "438"), (ID, "438"))
    assert not done.choices


def test_a_choice_may_be_of_no_value() -> None:
    record = one(PHONES, None, "819", (None, "514"), waiting=WAITS, **chosen(SF, None))
    assert update(DI, record, PHONES).fields == {"F_Phone": None}


@pytest.mark.parametrize(
    ("one_way", "side", "value", "there", "here"),
    [
        (pair("Phone", "F_Phone"), SF, "438", {"F_Phone": "438"}, {}),
        (pair("Phone", "F_Phone"), DI, "999", {"F_Phone": "999"}, {}),
        (back("Phone", "F_Phone"), DI, "999", {}, {"Phone": "999"}),
        (back("Phone", "F_Phone"), SF, "999", {}, {"Phone": "999"}),
    ],
)
def test_a_choice_on_a_pair_that_travels_one_way_is_written_where_it_may_go(
    one_way: FieldPair, side: Side, value: str, there: dict[str, Any], here: dict[str, Any]
) -> None:
    plan = policy(KEY, one_way)
    record = one(plan, "438", "819", ("514", "514"), **chosen(side, value))
    for to, fields in ((DI, there), (SF, here)):
        decision = decided(to, record, plan)
        assert isinstance(decision, Update | Agree)
        assert getattr(decision, "fields", {}) == fields
        assert decision.closes == (("F_Phone",) if fields else ())


@pytest.mark.parametrize("trigger", [Trigger.SALESFORCE_CREATED, Trigger.DIALOG_INSIGHT_UPDATED])
def test_a_choice_waits_for_no_trigger(trigger: Trigger) -> None:
    plan = policy(KEY, both("Phone", "F_Phone", ASK), triggers=(trigger,))
    record = one(plan, "111", "222", ("514", "514"), **chosen(SF, "438"))
    assert update(SF, record, plan).fields == {"Phone": "438"}
    assert update(DI, record, plan).fields == {"F_Phone": "438"}


def test_a_choice_that_cannot_enter_one_side_sets_that_side_aside_and_stays_open() -> None:
    short = policy(KEY, both("Name", "F_Name", ASK))
    record = one(short, "Ann", "Anne", **chosen(SF, "x" * 11, "F_Name"))
    assert said(aside(DI, record, short).refusals) == [("F_Name", Reason.TOO_LONG)]
    left = agree(SF, record, short)
    assert (left.closes, left.more) == ((), True)
    size = policy(KEY, both("Size", "F_Size", ASK))
    record = one(size, 1, 2, **chosen(DI, 100, "F_Size"))
    assert said(aside(SF, record, size).refusals) == [("Size", Reason.OUT_OF_RANGE)]
    left = agree(DI, record, size)
    assert (left.closes, left.more) == ((), True)


def test_a_choice_writes_no_image_of_a_value_back_over_it() -> None:
    plan = policy(KEY, both("Name", "F_Name", ASK, transform=("cut",)))
    record = one(plan, "Jean-Sébastien", "Jean-Sébas", ("Jean", "Jean"), **chosen(DI, "Jean-Sébas", "F_Name"))
    done, decisions = until_done(record, plan)
    assert all(isinstance(d, Agree) for d in decisions)
    assert done.base == Base((ID, "Jean-Sébastien"), (ID, "Jean-Sébas"))
    day = policy(KEY, both("Born", "F_When", ASK))
    at_ten = "2026-07-14T14:00:00Z"
    record = one(day, "2026-07-14", at_ten, ("2026-07-13", None), **chosen(SF, "2026-07-14", "F_When"))
    assert all(isinstance(d, Agree) for d in until_done(record, day)[1])


def test_a_choice_beats_a_policy_and_a_late_write() -> None:
    plan = policy(KEY, both("Phone", "F_Phone", ConflictPolicy.DIALOG_INSIGHT_WINS))
    tried = {(DI, "F_Phone"): ("819",)}
    record = one(plan, "514", "819", ("514", "514"), tried=tried, **chosen(DI, "819"))
    assert update(SF, record, plan).rules == {"Phone": "chosen"}
    assert agree(DI, record, plan).closes == ()


def test_what_somebody_wrote_since_the_conflict_is_kept_in_another_one_where_it_is_what_lost() -> None:
    """So that it may be chosen again: of a conflict that is settled, that is the value which gave way."""
    choice = Choice(SF, "438", 3, kept=("438", "819"))
    known = one(PHONES, "438", "819", ("514", "514"), choices={"F_Phone": choice})
    assert update(DI, known, PHONES).conflicts == ()
    moved = one(PHONES, "111", "222", ("514", "514"), choices={"F_Phone": choice})
    lost = Conflict("F_Phone", "111", "438", ASK, DI), Conflict("F_Phone", "438", "222", ASK, SF)
    for side in Side:
        assert update(side, moved, PHONES).conflicts == lost
    there = one(PHONES, "111", "438", ("514", "438"), choices={"F_Phone": choice})
    assert update(SF, there, PHONES).conflicts == lost[:1]
    here = one(PHONES, "438", "222", ("438", "514"), choices={"F_Phone": choice})
    assert update(DI, here, PHONES).conflicts == lost[1:]
    untouched = one(PHONES, "514", "514", choices={"F_Phone": choice})
    for side in Side:
        assert update(side, untouched, PHONES).conflicts == ()


def test_two_choices_are_closed_each_by_its_own_side() -> None:
    plan = policy(KEY, both("Phone", "F_Phone", ASK), both("Name", "F_Name", ASK))
    base = (ID, "514", "Ann")
    choices = {"F_Phone": Choice(SF, "438", 1), "F_Name": Choice(DI, "Anne", 2)}
    record = linked((ID, "438", "Anna"), base, base, (ID, "819", "Anne"), choices=choices)
    here, there = update(SF, record, plan), update(DI, record, plan)
    assert (here.fields, here.closes, here.more) == ({"Name": "Anne"}, ("F_Name",), True)
    assert (there.fields, there.closes, there.more) == ({"F_Phone": "438"}, ("F_Phone",), True)


def test_a_choice_on_a_pair_without_a_base_is_carried_out_once_both_sides_are_seen() -> None:
    record = Pending(ID, (ID, "438"), LINK, RID, Base((ID, ABSENT), (ID, ABSENT)), (ID, "819"), **chosen(SF, "438"))
    assert update(DI, record, PHONES).fields == {"F_Phone": "438"}
    unseen = replace(record, found=None)
    for side in Side:
        decision = agree(side, unseen, PHONES)
        assert (decision.closes, decision.base) == ((), record.base)


def test_a_choice_for_a_field_that_is_paired_no_more_changes_nothing() -> None:
    record = one(PHONES, "514", "514", **chosen(SF, "438", "F_Other"))
    for side in Side:
        decision = agree(side, record, PHONES)
        assert (decision.closes, decision.base) == ((), record.base)
