"""The planner where a pair travels both ways, or to Salesforce only: who changed what, and who stands (4.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from disf_desktop.core.moments import written
from disf_desktop.core.observed import NEWEST_MARGIN
from disf_desktop.core.operations import ABSENT, Agree, Base, Conflict, Pending, Seen, Update
from disf_desktop.core.policy import Policy
from disf_desktop.core.project import ConflictPolicy, Trigger, WhenEmpty
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Side
from tests.core.planning import (
    ALL,
    DI,
    ID,
    KEY,
    LINK,
    RID,
    SF,
    agree,
    aside,
    back,
    both,
    carried_out,
    decided,
    filtered,
    linked,
    one,
    pair,
    policy,
    said,
    update,
)

BAD = Refusal(Reason.UNREADABLE)
PHONES = policy(KEY, both("Phone", "F_Phone"))
MAILS = policy(KEY, both("Email", "F_Mail"))
PHONE_BACK = policy(KEY, back("Phone", "F_Phone"))
PHONE_THERE = policy(KEY, pair("Phone", "F_Phone"))
ONLY_BACK = (Trigger.SALESFORCE_CREATED, Trigger.DIALOG_INSIGHT_UPDATED)
ONLY_THERE = (Trigger.SALESFORCE_CREATED, Trigger.SALESFORCE_UPDATED)


def ruled(rule: ConflictPolicy, **more: Any) -> Policy:
    return policy(KEY, both("Phone", "F_Phone", rule), **more)


def untouched(record: Pending, plan: Policy) -> None:
    """See that neither side needs anything, and that what was agreed on stands."""
    for side in Side:
        decision = agree(side, record, plan)
        assert decision.base == record.base
        assert not decision.more
        assert decision.conflicts == ()


# -- one side changed ------------------------------------------------------------------------------------------------


def test_nothing_changed_and_nothing_is_written() -> None:
    for plan in (PHONES, PHONE_BACK, PHONE_THERE):
        untouched(one(plan, "514", "5-1-4"), plan)
        untouched(linked((ID, "514"), (ID, "514"), (ID, "5-1-4")), plan)


def test_what_salesforce_changed_goes_to_dialog_insight_and_only_there() -> None:
    record = one(PHONES, "819", "514", ("514", "514"))
    assert decided(DI, record, PHONES) == Update(
        DI, ID, LINK, RID, {"Key": ID}, {"F_Phone": "819"}, {"F_Phone": "514"}, {"F_Phone": "changed_in_salesforce"},
        Base((ID, "819"), (ID, "819")), Seen(ID, (ID, "819"), RID, (ID, "514")),
    )  # fmt: skip
    left = agree(SF, record, PHONES)
    assert left.more
    assert left.base == record.base


def test_what_dialog_insight_changed_goes_to_salesforce_and_only_there() -> None:
    record = one(PHONES, "514", "819", ("514", "514"))
    assert decided(SF, record, PHONES) == Update(
        SF, ID, LINK, RID, {"Key": ID}, {"Phone": "819"}, {"Phone": "514"}, {"Phone": "changed_in_dialog_insight"},
        Base((ID, "819"), (ID, "819")), Seen(ID, (ID, "514"), RID, (ID, "819")),
    )  # fmt: skip
    left = agree(DI, record, PHONES)
    assert left.more
    assert left.base == record.base


def test_a_change_that_the_other_side_shows_already_moves_the_base_and_writes_nothing() -> None:
    plan = policy(KEY, both("Name", "F_Name", transform=("cut",)))
    base = Base((ID, "Jean-Sébastien L."), (ID, "Jean-Sébas"))
    back_again = linked((ID, "Jean-Sébastien"), base.source, base.target, (ID, "Jean-Sébas"))
    for side in Side:
        decision = agree(side, back_again, plan)
        assert decision.base == Base((ID, "Jean-Sébastien"), (ID, "Jean-Sébas"))
        assert not decision.more
    same_there = one(MAILS, "ann@example.org", "ann@example.org", ("ann@example.org", "Ann@example.org"))
    for side in Side:
        decision = agree(side, same_there, MAILS)
        assert decision.base == Base((ID, "ann@example.org"), (ID, "ann@example.org"))
        assert not decision.more


def test_the_image_of_a_person_s_value_is_never_written_back_but_a_person_s_cut_is() -> None:
    plan = policy(KEY, both("Name", "F_Name", transform=("cut",)))
    untouched(one(plan, "Jean-Sébastien", "Jean-Sébas"), plan)
    shortened = one(plan, "Jean-Sébastien", "Jean", ("Jean-Sébastien", "Jean-Sébas"))
    assert update(SF, shortened, plan).fields == {"Name": "Jean"}


@pytest.mark.parametrize("side", list(Side))
def test_a_change_waits_for_its_trigger_and_stays_a_difference(side: Side) -> None:
    changed = one(PHONES, "819", "514", ("514", "514")) if side is DI else one(PHONES, "514", "819", ("514", "514"))
    other_only = policy(KEY, both("Phone", "F_Phone"), triggers=ONLY_BACK if side is DI else ONLY_THERE)
    untouched(changed, other_only)
    assert isinstance(decided(side, changed, PHONES), Update)


def test_an_agreement_toward_salesforce_waits_for_no_trigger() -> None:
    plan = policy(KEY, both("Phone", "F_Phone"), triggers=ONLY_THERE)
    assert agree(SF, one(plan, "819", "819", ("819", "514")), plan).base == Base((ID, "819"), (ID, "819"))


# -- one-way pairs ---------------------------------------------------------------------------------------------------


def test_drift_on_a_field_that_only_receives_is_nobodys_order() -> None:
    untouched(one(PHONE_THERE, "514", "819", ("514", "514")), PHONE_THERE)
    untouched(one(PHONE_BACK, "819", "514", ("514", "514")), PHONE_BACK)


def test_the_owner_s_next_change_goes_over_what_drifted_and_keeps_it() -> None:
    there = update(DI, one(PHONE_THERE, "438", "819", ("514", "514")), PHONE_THERE)
    assert (there.fields, there.before) == ({"F_Phone": "438"}, {"F_Phone": "819"})
    assert there.conflicts == (Conflict("F_Phone", "438", "819", ConflictPolicy.SALESFORCE_WINS, SF),)
    here = update(SF, one(PHONE_BACK, "819", "438", ("514", "514")), PHONE_BACK)
    assert (here.fields, here.before) == ({"Phone": "438"}, {"Phone": "819"})
    assert here.conflicts == (Conflict("F_Phone", "819", "438", ConflictPolicy.DIALOG_INSIGHT_WINS, DI),)


def test_drift_that_the_owner_follows_is_an_agreement() -> None:
    assert agree(DI, one(PHONE_THERE, "819", "819", ("514", "514")), PHONE_THERE).base == Base((ID, "819"), (ID, "819"))
    assert agree(SF, one(PHONE_BACK, "819", "819", ("514", "514")), PHONE_BACK).base == Base((ID, "819"), (ID, "819"))


def test_nothing_travels_the_way_that_a_pair_does_not() -> None:
    there_only = one(PHONE_THERE, "438", "514", ("514", "514"))
    assert agree(SF, there_only, PHONE_THERE).base == there_only.base
    back_only = one(PHONE_BACK, "514", "438", ("514", "514"))
    assert agree(DI, back_only, PHONE_BACK).base == back_only.base


# -- empty values ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when_empty", list(WhenEmpty))
def test_an_emptied_field_clears_the_other_one_or_leaves_it_either_way(when_empty: WhenEmpty) -> None:
    plan = policy(KEY, both("Phone", "F_Phone", when_empty=when_empty))
    there = decided(DI, one(plan, None, "514", ("514", "514")), plan)
    here = decided(SF, one(plan, "514", None, ("514", "514")), plan)
    if when_empty is WhenEmpty.CLEAR:
        assert isinstance(there, Update)
        assert isinstance(here, Update)
        assert (there.fields, here.fields) == ({"F_Phone": None}, {"Phone": None})
    else:
        assert isinstance(there, Agree)
        assert isinstance(here, Agree)
        assert (there.base, here.base) == (Base((ID, None), (ID, "514")), Base((ID, "514"), (ID, None)))


def test_a_default_is_for_dialog_insight_alone() -> None:
    plan = policy(KEY, both("Born", "F_Born", default="1970-01-01"))
    emptied = one(plan, None, "1980-01-01", ("1980-01-01", "1980-01-01"))
    assert update(DI, emptied, plan).fields == {"F_Born": "1970-01-01"}
    emptied_there = one(plan, "1980-01-01", None, ("1980-01-01", "1980-01-01"))
    assert update(SF, emptied_there, plan).fields == {"Born": None}


def test_a_required_field_of_salesforce_is_never_emptied_and_a_checkbox_becomes_false() -> None:
    last = policy(KEY, both("Last", "F_Last"))
    assert said(aside(SF, one(last, "Roy", None, ("Roy", "Roy")), last).refusals) == [("Last", Reason.REQUIRED_MISSING)]
    ready = policy(KEY, both("Ready", "F_Ready"))
    assert update(SF, one(ready, True, None, (True, True)), ready).fields == {"Ready": False}


# -- both sides changed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", list(ConflictPolicy))
def test_two_edits_that_say_the_same_are_no_conflict(rule: ConflictPolicy) -> None:
    plan = ruled(rule)
    for side in Side:
        decision = agree(side, one(plan, "819", "819", ("514", "514")), plan)
        assert decision.base == Base((ID, "819"), (ID, "819"))
        assert (decision.conflicts, decision.more) == ((), False)


def test_two_edits_whose_images_correspond_either_way_are_no_conflict() -> None:
    cut = policy(KEY, both("Name", "F_Name", ConflictPolicy.ASK, transform=("cut",)))
    moved = agree(DI, one(cut, "Jean-Sébastien", "Jean-Sébas", ("Jean", "Jean")), cut)
    assert (moved.base, moved.conflicts) == (Base((ID, "Jean-Sébastien"), (ID, "Jean-Sébas")), ())
    day = policy(KEY, both("Born", "F_When", ConflictPolicy.ASK))
    at_ten = "2026-07-14T14:00:00Z"
    moved = agree(SF, one(day, "2026-07-14", at_ten, (None, None)), day)
    assert (moved.base, moved.conflicts) == (Base((ID, "2026-07-14"), (ID, at_ten)), ())


def test_an_address_in_another_case_of_letters_is_no_conflict() -> None:
    plan = policy(KEY, both("Email", "F_Mail", ConflictPolicy.ASK))
    record = one(plan, "Ann@Example.org", "ann@example.org", ("a@example.org", "a@example.org"))
    for side in Side:
        decision = agree(side, record, plan)
        assert (decision.conflicts, decision.more) == ((), False)
        assert decision.base == Base((ID, "Ann@Example.org"), (ID, "ann@example.org"))


CASES = [
    # rule, Salesforce, Dialog Insight, how much later than the last other look at Dialog Insight Salesforce was saved
    # (None: nobody knows), whether there was such a look, who stands
    (ConflictPolicy.SALESFORCE_WINS, "438", "819", 0, False, SF),
    (ConflictPolicy.SALESFORCE_WINS, None, "819", 0, False, SF),
    (ConflictPolicy.SALESFORCE_WINS, "438", None, 0, False, SF),
    (ConflictPolicy.DIALOG_INSIGHT_WINS, "438", "819", 0, False, DI),
    (ConflictPolicy.DIALOG_INSIGHT_WINS, "438", None, 0, False, DI),
    (ConflictPolicy.FIRST_NON_EMPTY, "438", "819", 0, False, SF),
    (ConflictPolicy.FIRST_NON_EMPTY, None, "819", 0, False, DI),
    (ConflictPolicy.FIRST_NON_EMPTY, "438", None, 0, False, SF),
    (ConflictPolicy.NEWEST, "438", "819", 10, True, SF),
    (ConflictPolicy.NEWEST, "438", "819", -10, True, DI),
    (ConflictPolicy.NEWEST, "438", None, -10, True, DI),
    (ConflictPolicy.NEWEST, "438", "819", 9, True, SF),
    (ConflictPolicy.NEWEST, "438", "819", -9, True, SF),
    (ConflictPolicy.NEWEST, "438", "819", 3600, False, SF),
    (ConflictPolicy.NEWEST, "438", "819", -3600, False, SF),
    (ConflictPolicy.NEWEST, "438", "819", None, True, SF),
]


@pytest.mark.parametrize(("rule", "source", "target", "later", "looked", "stands"), CASES)
def test_a_conflict_is_decided_by_its_policy_and_keeps_both_values(
    rule: ConflictPolicy, source: Any, target: Any, later: int | None, looked: bool, stands: Side
) -> None:
    plan = ruled(rule)
    look = datetime(2026, 7, 14, 10, tzinfo=UTC)
    record = replace(
        one(plan, source, target, ("514", "514")),
        since=written(look) if looked else "",
        stamp="" if later is None else written(look + timedelta(seconds=later)),
    )
    conflict = Conflict("F_Phone", source, target, rule, stands)
    loser = stands.other
    decision = update(loser, record, plan)
    assert decision.conflicts == (conflict,)
    assert list(decision.rules.values()) == [rule.value]
    assert list(decision.fields.values()) == [source if stands is SF else target]
    assert list(decision.before.values()) == [target if stands is SF else source]
    assert not decision.more
    other = agree(stands, record, plan)
    assert (other.conflicts, other.more, other.base) == ((), True, record.base)


def test_the_newest_of_two_without_a_former_look_at_dialog_insight_is_salesforce_s() -> None:
    plan = ruled(ConflictPolicy.NEWEST)
    record = replace(one(plan, "438", "819", ("514", "514")), since="")
    assert update(DI, record, plan).fields == {"F_Phone": "438"}
    assert NEWEST_MARGIN.total_seconds() == 9


def test_a_conflict_that_is_asked_freezes_its_field_and_is_told_on_both_passes() -> None:
    plan = ruled(ConflictPolicy.ASK)
    record = one(plan, "438", "819", ("514", "514"))
    for side in Side:
        decision = agree(side, record, plan)
        assert decision.conflicts == (Conflict("F_Phone", "438", "819", ConflictPolicy.ASK, None),)
        assert decision.base == record.base
        assert not decision.more


def test_a_conflict_whose_winner_may_not_travel_writes_nothing() -> None:
    there_only = ruled(ConflictPolicy.DIALOG_INSIGHT_WINS, triggers=ONLY_THERE)
    untouched(one(there_only, "438", "819", ("514", "514")), there_only)
    back_only = ruled(ConflictPolicy.SALESFORCE_WINS, triggers=ONLY_BACK)
    untouched(one(back_only, "438", "819", ("514", "514")), back_only)


def test_a_conflict_whose_winning_value_cannot_go_sets_the_losing_side_aside() -> None:
    short = policy(KEY, both("Name", "F_Name"))
    assert said(aside(DI, one(short, "x" * 11, "Anne", ("Ann", "Ann")), short).refusals) == [
        ("F_Name", Reason.TOO_LONG)
    ]
    size = policy(KEY, both("Size", "F_Size", ConflictPolicy.DIALOG_INSIGHT_WINS))
    assert said(aside(SF, one(size, 1, 100, (2, 2)), size).refusals) == [("Size", Reason.OUT_OF_RANGE)]


def test_an_empty_salesforce_value_that_wins_and_leaves_the_other_one_moves_the_base() -> None:
    plan = policy(KEY, both("Phone", "F_Phone", ConflictPolicy.SALESFORCE_WINS, when_empty=WhenEmpty.KEEP))
    decision = agree(DI, one(plan, None, "819", ("514", "514")), plan)
    assert decision.base == Base((ID, None), (ID, "819"))
    assert not decision.more


# -- several fields --------------------------------------------------------------------------------------------------

TWO = policy(KEY, both("Name", "F_Name"), both("Phone", "F_Phone"))
CROSSED = linked((ID, "Anna", "514"), (ID, "Ann", "514"), (ID, "Ann", "514"), (ID, "Ann", "819"))


def test_different_fields_changed_on_both_sides_merge_by_themselves() -> None:
    here = update(SF, CROSSED, TWO)
    assert (here.fields, here.more, here.conflicts) == ({"Phone": "819"}, True, ())
    assert here.base == Base((ID, "Ann", "819"), (ID, "Ann", "819"))
    there = update(DI, CROSSED, TWO)
    assert (there.fields, there.more, there.conflicts) == ({"F_Name": "Anna"}, True, ())
    assert there.base == Base((ID, "Anna", "514"), (ID, "Anna", "514"))


def test_the_second_pass_finishes_what_the_first_one_left() -> None:
    for first in Side:
        record = carried_out(update(first, CROSSED, TWO), CROSSED, TWO)
        second = update(first.other, record, TWO)
        assert not second.more
        done = carried_out(second, record, TWO)
        assert done.values == done.found == (ID, "Anna", "819")
        untouched(done, TWO)


def test_what_cannot_enter_one_side_does_not_hold_the_other_side_up() -> None:
    too_long = replace(CROSSED, values=(ID, "x" * 11, "514"))
    assert update(SF, too_long, TWO).fields == {"Phone": "819"}
    assert update(SF, too_long, TWO).more
    refused = aside(DI, too_long, TWO)
    assert (said(refused.refusals), refused.more, refused.target_rid) == ([("F_Name", Reason.TOO_LONG)], True, RID)
    size = policy(KEY, both("Size", "F_Size"), both("Phone", "F_Phone"))
    too_large = linked((ID, 1, "819"), (ID, 1, "514"), (ID, 1, "514"), (ID, 100, "514"))
    assert update(DI, too_large, size).fields == {"F_Phone": "819"}
    refused = aside(SF, too_large, size)
    assert (said(refused.refusals), refused.more) == ([("Size", Reason.OUT_OF_RANGE)], True)


def test_one_source_of_two_targets_receives_from_one_and_gives_to_both() -> None:
    plan = policy(KEY, both("Name", "F_Name"), pair("Name", "F_Nick"))
    record = linked((ID, "Ann"), (ID, "Ann", "Ann"), (ID, "Ann", "Ann"), (ID, "Anna", "Ann"))
    first = update(SF, record, plan)
    assert first.fields == {"Name": "Anna"}
    assert first.base == Base((ID, "Anna", "Ann"), (ID, "Anna", "Ann"))
    after = carried_out(first, record, plan)
    second = update(DI, after, plan)
    assert second.fields == {"F_Nick": "Anna"}
    untouched(carried_out(second, after, plan), plan)


# -- what cannot be read ---------------------------------------------------------------------------------------------


def test_a_value_of_salesforce_that_cannot_be_read_stops_only_the_way_to_dialog_insight() -> None:
    unread = replace(CROSSED, values=(ID, BAD, "514"))
    refused = aside(DI, unread, TWO)
    assert (said(refused.refusals), refused.more) == ([("F_Name", Reason.UNREADABLE)], True)
    assert update(SF, unread, TWO).fields == {"Phone": "819"}


def test_a_value_of_dialog_insight_that_cannot_be_read_stops_only_the_way_to_salesforce() -> None:
    unread = replace(CROSSED, found=(ID, "Ann", BAD))
    refused = aside(SF, unread, TWO)
    assert (said(refused.refusals), refused.more) == ([("Phone", Reason.UNREADABLE)], True)
    assert update(DI, unread, TWO).fields == {"F_Name": "Anna"}


@pytest.mark.parametrize("rule", list(ConflictPolicy))
def test_nothing_is_written_over_a_value_that_cannot_be_read(rule: ConflictPolicy) -> None:
    plan = ruled(rule)
    unread_here = one(plan, BAD, "819", ("514", "514"))
    left = agree(SF, unread_here, plan)
    assert (left.base, left.conflicts) == (unread_here.base, ())
    aside(DI, unread_here, plan)
    unread_there = one(plan, "819", BAD, ("514", "514"))
    left = agree(DI, unread_there, plan)
    assert (left.base, left.conflicts) == (unread_there.base, ())
    aside(SF, unread_there, plan)


def test_a_field_that_only_receives_and_cannot_be_read_in_salesforce_sets_the_record_aside_there() -> None:
    record = one(PHONE_BACK, BAD, "819", ("514", "514"))
    assert said(aside(SF, record, PHONE_BACK).refusals) == [("Phone", Reason.UNREADABLE)]
    untouched(one(PHONE_BACK, BAD, "514", ("514", "514")), PHONE_BACK)


def test_a_field_that_only_receives_and_cannot_be_read_in_dialog_insight_is_written_over() -> None:
    decision = update(DI, one(PHONE_THERE, "819", BAD, ("514", "514")), PHONE_THERE)
    assert (decision.fields, decision.before) == ({"F_Phone": "819"}, {"F_Phone": "514"})
    assert update(DI, one(PHONE_THERE, None, BAD, ("514", "514")), PHONE_THERE).fields == {"F_Phone": None}
    untouched(one(PHONE_THERE, "514", BAD, ("514", "514")), PHONE_THERE)


# -- new pairs -------------------------------------------------------------------------------------------------------

NEW = Base((ID, ABSENT), (ID, ABSENT))


@pytest.mark.parametrize("plan", [PHONES, PHONE_BACK, PHONE_THERE])
def test_a_new_pair_of_which_both_sides_are_seen_starts_from_now(plan: Policy) -> None:
    record = Pending(ID, (ID, "514"), LINK, RID, NEW, (ID, "819"))
    for side in Side:
        decision = agree(side, record, plan)
        assert decision.base == Base((ID, "514"), (ID, "819"))
        assert (decision.conflicts, decision.more) == ((), False)


@pytest.mark.parametrize("plan", [PHONES, PHONE_BACK])
def test_a_new_pair_takes_what_dialog_insight_shows_later_for_nobodys_edit(plan: Policy) -> None:
    unseen = Pending(ID, (ID, "514"), LINK, RID, NEW)
    first = agree(DI, unseen, plan)
    assert first.base == Base((ID, "514"), (ID, ABSENT))
    seen = replace(unseen, base=first.base, found=(ID, "819"))
    for side in Side:
        decision = agree(side, seen, plan)
        assert (decision.base, decision.more) == (Base((ID, "514"), (ID, "819")), False)


def test_what_salesforce_changes_before_dialog_insight_was_seen_still_travels() -> None:
    record = Pending(ID, (ID, "819"), LINK, RID, Base((ID, "514"), (ID, ABSENT)))
    decision = update(DI, record, PHONES)
    assert (decision.fields, decision.before) == ({"F_Phone": "819"}, {"F_Phone": None})
    assert decision.base == Base((ID, "819"), (ID, "819"))
    empty_there = update(DI, replace(record, found=(ID, None)), PHONES)
    assert (empty_there.fields, empty_there.conflicts) == ({"F_Phone": "819"}, ())


def test_what_salesforce_changed_before_dialog_insight_was_seen_goes_over_nothing_without_a_conflict() -> None:
    record = Pending(ID, (ID, "819"), LINK, RID, Base((ID, "514"), (ID, ABSENT)), (ID, "438"))
    decision = update(DI, record, PHONES)
    assert decision.conflicts == (Conflict("F_Phone", "819", "438", ConflictPolicy.SALESFORCE_WINS, SF),)
    assert decision.before == {"F_Phone": "438"}


def test_what_salesforce_emptied_before_dialog_insight_was_seen_empties_nothing() -> None:
    record = Pending(ID, (ID, None), LINK, RID, Base((ID, "514"), (ID, ABSENT)))
    assert agree(DI, record, PHONES).base == Base((ID, None), (ID, ABSENT))


def test_what_cannot_go_before_dialog_insight_was_seen_says_so() -> None:
    plan = policy(KEY, both("Name", "F_Name"))
    record = Pending(ID, (ID, "x" * 11), LINK, RID, Base((ID, "Ann"), (ID, ABSENT)))
    assert said(aside(DI, record, plan).refusals) == [("F_Name", Reason.TOO_LONG)]


# -- busy sides and late writes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", list(Side))
def test_a_side_on_which_a_write_may_still_arrive_gets_nothing_new(side: Side) -> None:
    busy = replace(CROSSED, busy=frozenset({side}))
    filtered(side, busy, TWO, stays=True)
    assert update(side.other, busy, TWO).more


def test_our_own_value_that_arrives_late_is_undone_where_nobody_changed_the_other_side() -> None:
    late_there = one(PHONES, "514", "438", ("514", "514"), tried={(DI, "F_Phone"): ("819", "438")})
    decision = update(DI, late_there, PHONES)
    assert (decision.fields, decision.before) == ({"F_Phone": "514"}, {"F_Phone": "438"})
    assert (decision.rules, decision.base) == ({"F_Phone": "our_late_write"}, late_there.base)
    assert agree(SF, late_there, PHONES).base == late_there.base
    late_here = one(PHONES, "438", "514", ("514", "514"), tried={(SF, "Phone"): ("438",)})
    decision = update(SF, late_here, PHONES)
    assert (decision.fields, decision.rules, decision.base) == (
        {"Phone": "514"},
        {"Phone": "our_late_write"},
        late_here.base,
    )
    assert agree(DI, late_here, PHONES).base == late_here.base


def test_a_late_write_on_a_one_way_pair_is_undone_too() -> None:
    there = one(PHONE_THERE, "514", "438", ("514", "514"), tried={(DI, "F_Phone"): ("438",)})
    assert update(DI, there, PHONE_THERE).rules == {"F_Phone": "our_late_write"}
    here = one(PHONE_BACK, "438", "514", ("514", "514"), tried={(SF, "Phone"): ("438",)})
    assert update(SF, here, PHONE_BACK).rules == {"Phone": "our_late_write"}


def test_a_late_write_on_a_way_that_the_pair_travels_no_more_is_left_and_still_nobodys_edit() -> None:
    untouched(one(PHONE_BACK, "514", "438", ("514", "514"), tried={(DI, "F_Phone"): ("438",)}), PHONE_BACK)
    untouched(one(PHONE_THERE, "438", "514", ("514", "514"), tried={(SF, "Phone"): ("438",)}), PHONE_THERE)


@pytest.mark.parametrize("side", list(Side))
def test_a_late_write_whose_trigger_is_not_ticked_any_more_is_neither_undone_nor_carried_on(side: Side) -> None:
    plan = policy(KEY, both("Phone", "F_Phone"), triggers=ONLY_BACK if side is DI else ONLY_THERE)
    values = ("514", "438") if side is DI else ("438", "514")
    name = "F_Phone" if side is DI else "Phone"
    untouched(one(plan, *values, ("514", "514"), tried={(side, name): ("438",)}), plan)


@pytest.mark.parametrize("rule", list(ConflictPolicy))
def test_a_value_of_ours_that_was_given_up_never_stands_against_a_person(rule: ConflictPolicy) -> None:
    plan = ruled(rule)
    record = one(plan, "819", "438", ("514", "514"), tried={(DI, "F_Phone"): ("438",)})
    there = update(DI, record, plan)
    assert (there.fields, there.before, there.conflicts) == ({"F_Phone": "819"}, {"F_Phone": "438"}, ())
    assert not isinstance(decided(SF, record, plan), Update)
    record = one(plan, "819", "438", ("514", "514"), tried={(SF, "Phone"): ("819",)})
    here = update(SF, record, plan)
    assert (here.fields, here.before, here.conflicts) == ({"Phone": "438"}, {"Phone": "819"}, ())
    assert not isinstance(decided(DI, record, plan), Update)


@pytest.mark.parametrize("side", list(Side))
def test_what_a_write_under_way_has_brought_is_no_edit_until_it_is_settled(side: Side) -> None:
    name, held = ("Phone", "819") if side is SF else ("F_Phone", "438")
    record = one(PHONES, "819", "438", ("514", "514"), busy=frozenset({side}), under_way={(side, name): (held, "514")})
    other = decided(side.other, record, PHONES)
    assert isinstance(other, Agree)
    assert (other.conflicts, other.base, other.more) == ((), record.base, True)
    same = one(PHONES, "819", "819", ("514", "514"), busy=frozenset({side}), under_way={(side, name): ("819", "514")})
    assert agree(side.other, same, PHONES).base == Base((ID, "819"), (ID, "819"))


def test_another_value_than_the_one_that_was_tried_is_a_person_s() -> None:
    record = one(PHONES, "514", "819", ("514", "514"), tried={(DI, "F_Phone"): ("438",)})
    assert update(SF, record, PHONES).rules == {"Phone": "changed_in_dialog_insight"}


# -- triggers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unticked", [Trigger.SALESFORCE_UPDATED, Trigger.DIALOG_INSIGHT_UPDATED])
def test_a_trigger_that_is_not_ticked_holds_its_own_way_back_only(unticked: Trigger) -> None:
    plan = policy(KEY, both("Name", "F_Name"), both("Phone", "F_Phone"), triggers=[t for t in ALL if t is not unticked])
    there, here = decided(DI, CROSSED, plan), decided(SF, CROSSED, plan)
    assert isinstance(there, Update) is (unticked is not Trigger.SALESFORCE_UPDATED)
    assert isinstance(here, Update) is (unticked is not Trigger.DIALOG_INSIGHT_UPDATED)
