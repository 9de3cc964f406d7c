"""The planner toward Dialog Insight, by example. Both ways, choices, states and laws have files of their own."""

from __future__ import annotations

import pytest

from disf_desktop.core.operations import (
    ABSENT,
    Agree,
    Aside,
    Base,
    Create,
    Filtered,
    Pending,
    Presence,
    Seen,
    Update,
)
from disf_desktop.core.plan import folded_key
from disf_desktop.core.project import Trigger
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from tests.core.planning import (
    BORN,
    DI,
    ID,
    KEY,
    LEVEL,
    NAME,
    OTHER,
    PHONE,
    RID,
    SF,
    TABLE,
    USUAL,
    WHOSE,
    agree,
    aside,
    back,
    decided,
    filtered,
    linked,
    pair,
    policy,
    said,
    update,
)

ANN = (ID, "Ann", "514", "Gold", "1980-01-01")


# -- creates ---------------------------------------------------------------------------------------------------------


def test_an_unknown_record_is_created_with_its_key_and_what_is_not_empty() -> None:
    assert decided(DI, Pending(ID, (ID, "Ann", None, "Gold", None))) == Create(
        ID,
        {"Key": ID},
        {"F_Name": "Ann", "F_Level": "Gold", "F_Born": "1970-01-01"},
        (ID, "Ann", None, "Gold", None),
    )


def test_a_create_waits_for_its_trigger() -> None:
    updates_only = policy(triggers=(Trigger.SALESFORCE_UPDATED,))
    assert decided(DI, Pending(ID, ANN), updates_only) == Filtered(Seen(ID, ANN))


def test_a_link_without_its_other_end_or_without_base_is_created_anew() -> None:
    base = Base(ANN, ANN)
    for record in (
        Pending(ID, ANN, link=7),
        Pending(ID, ANN, link=7, target_rid=RID),
        Pending(ID, ANN, link=7, base=base),
    ):
        assert isinstance(decided(DI, record), Create)


def test_a_record_that_is_not_linked_waits_for_dialog_insight_before_it_is_planned_for_salesforce() -> None:
    filtered(SF, Pending(ID, ANN), stays=True)


def test_nothing_is_created_of_what_salesforce_does_not_show() -> None:
    filtered(DI, Pending(ID, None), stays=False)
    for presence in (Presence.DELETED, Presence.OUT_OF_SCOPE):
        filtered(DI, Pending(ID, ANN, presence=presence), stays=False)


def test_what_only_travels_back_is_not_in_a_create_even_where_it_cannot_be_read() -> None:
    plan = policy(KEY, NAME, back("Phone", "F_Phone"))
    values = (ID, "Ann", Refusal(Reason.UNREADABLE))
    assert decided(DI, Pending(ID, values), plan) == Create(ID, {"Key": ID}, {"F_Name": "Ann"}, values)  # type: ignore[arg-type]


def test_every_reason_why_a_create_cannot_go_is_given() -> None:
    decision = aside(DI, Pending(ID, (ID, "x" * 11, None, "Bronze", None)))
    assert set(said(decision.refusals)) == {("F_Name", Reason.TOO_LONG), ("F_Level", Reason.NOT_A_CHOICE)}


def test_a_value_that_could_not_be_read_sets_the_record_aside_under_its_first_target() -> None:
    values = (ID, Refusal(Reason.UNREADABLE), "514", Refusal(Reason.NOT_A_CHOICE), None)
    for known in (Pending(ID, values), linked(values, ANN, ANN)):
        decision = aside(DI, known)
        assert said(decision.refusals) == [("F_Name", Reason.UNREADABLE), ("F_Level", Reason.NOT_A_CHOICE)]


# -- updates ---------------------------------------------------------------------------------------------------------


def test_only_the_changed_field_travels_with_what_was_there_and_the_rule() -> None:
    values = (ID, "Anna", "514", "Gold", "1980-01-01")
    assert decided(DI, linked(values, ANN, ANN)) == Update(
        Side.DIALOG_INSIGHT,
        ID,
        7,
        "1001",
        {"Key": ID},
        {"F_Name": "Anna"},
        {"F_Name": "Ann"},
        {"F_Name": "changed_in_salesforce"},
        Base(values, values),
        Seen(ID, values, "1001"),
    )


def test_what_dialog_insight_made_of_a_value_is_nobodys_edit() -> None:
    decision = agree(DI, linked(ANN, ANN, (ID, "A", None, "Silver", None)))
    assert decision.base == Base(ANN, (ID, "A", None, "Silver", None))


def test_a_change_towards_what_the_target_holds_moves_the_base_only() -> None:
    values = (ID, "Anna", "514", "Gold", "1980-01-01")
    assert decided(DI, linked(values, ANN, values)) == Agree(
        ID, 7, "1001", {"Key": ID}, Base(values, values), Seen(ID, values, "1001")
    )


def test_an_agreement_waits_for_no_trigger() -> None:
    creates_only = policy(triggers=(Trigger.SALESFORCE_CREATED,))
    values = (ID, "Anna", "514", "Gold", "1980-01-01")
    assert agree(DI, linked(values, ANN, values), creates_only).base == Base(values, values)


def test_an_emptied_source_clears_the_target_or_leaves_it_or_gives_the_default() -> None:
    decision = update(DI, linked((ID, "Ann", None, None, None), ANN, ANN))
    assert decision.fields == {"F_Phone": None, "F_Born": "1970-01-01"}
    assert decision.base == Base((ID, "Ann", None, None, None), (ID, "Ann", None, "Gold", "1970-01-01"))


def test_an_update_waits_for_its_trigger_and_stays_a_difference() -> None:
    creates_only = policy(triggers=(Trigger.SALESFORCE_CREATED,))
    changed = (ID, "Anna", "514", "Gold", "1980-01-01")
    waiting = agree(DI, linked(changed, ANN, ANN), creates_only)
    assert waiting.base == Base(ANN, ANN)
    assert not waiting.more
    assert update(DI, linked(changed, waiting.base.source, waiting.base.target)).fields == {"F_Name": "Anna"}


def test_a_changed_value_that_cannot_go_sets_the_record_aside_and_an_unchanged_one_does_not() -> None:
    values = (ID, "x" * 11, "819", "Bronze", "1980-01-01")
    assert len(aside(DI, linked(values, ANN, ANN)).refusals) == 2
    agree(DI, linked(values, values, ANN))


def test_a_pair_without_base_on_a_record_of_which_salesforce_shows_nothing_is_left_for_later() -> None:
    base = Base((ID, ABSENT, "514", "Gold", None), (ID, ABSENT, "514", "Gold", None))
    assert agree(DI, Pending(ID, None, 7, RID, base)).base == base
    unknown = Base((ABSENT, *base.source[1:]), (ABSENT, *base.target[1:]))
    assert agree(DI, Pending(ID, None, 7, RID, unknown)).key == {}


# -- keys ------------------------------------------------------------------------------------------------------------

NAMED = (pair("Name", "Key", key=True), PHONE)


def test_a_key_that_changed_is_never_carried_over_to_a_table() -> None:
    plan = policy(*NAMED, target=TABLE)
    decision = aside(DI, linked(("Anna", "819"), ("Ann", "514"), ("Ann", "514")), plan)
    assert said(decision.refusals) == [("Key", Reason.KEY_CHANGED)]


def test_a_contact_keeps_its_number_and_takes_its_new_key() -> None:
    plan = policy(*NAMED)
    decision = update(DI, linked(("Anna", "514"), ("Ann", "514"), ("Ann", "514")), plan)
    assert (decision.fields, decision.key, decision.target_rid) == ({"Key": "Anna"}, {"Key": "Ann"}, RID)


def test_a_key_is_never_emptied() -> None:
    decision = aside(DI, linked((None, "514"), ("Ann", "514"), ("Ann", "514")), policy(*NAMED))
    assert said(decision.refusals) == [("Key", Reason.KEY_MISSING)]


def test_a_key_that_changed_back_to_what_dialog_insight_holds_is_no_change() -> None:
    for target in (TABLE, None):
        plan = policy(*NAMED, target=target) if target else policy(*NAMED)
        decision = update(DI, linked(("Ann", "819"), ("Anna", "514"), ("Ann", "514")), plan)
        assert decision.key == {"Key": "Ann"}
        assert decision.fields == {"F_Phone": "819"}


def test_a_record_is_addressed_by_the_key_that_dialog_insight_shows() -> None:
    decision = update(DI, linked((ID, "819"), (ID, "514"), (ID, "514"), ("003X", "514")), policy(KEY, PHONE))
    assert decision.key == {"Key": "003X"}


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


# -- new pairs -------------------------------------------------------------------------------------------------------


def test_a_new_pair_starts_from_now() -> None:
    base = Base((ID, "Ann", ABSENT, ABSENT, "1980-01-01"), (ID, "Ann", ABSENT, "Gold", ABSENT))
    assert decided(DI, Pending(ID, ANN, 7, "1001", base)) == Agree(
        ID, 7, "1001", {"Key": ID}, Base(ANN, ANN), Seen(ID, ANN, "1001")
    )


def test_a_new_key_is_taken_from_the_record() -> None:
    base = Base(ANN, (ABSENT, "Ann", "514", "Gold", "1980-01-01"))
    assert agree(DI, Pending(ID, ANN, 7, "1001", base)).key == {"Key": ID}


def test_a_new_pair_of_which_dialog_insight_shows_something_starts_from_that() -> None:
    base = Base((ID, ABSENT), (ID, ABSENT))
    decision = agree(DI, Pending(ID, (ID, "514"), 7, RID, base, (ID, "819")), policy(KEY, PHONE))
    assert decision.base == Base((ID, "514"), (ID, "819"))


def test_what_is_absent_says_so_in_a_traceback() -> None:
    assert repr(ABSENT) == "ABSENT"


# -- rows that point to contacts -------------------------------------------------------------------------------------


def test_a_reference_becomes_the_number_of_its_contact() -> None:
    plan = policy(KEY, WHOSE, target=TABLE)
    decision = decided(DI, Pending(ID, (ID, OTHER)), plan, {OTHER: "77"})
    assert isinstance(decision, Create)
    assert decision.fields == {"F_Whose": "77"}
    assert update(DI, linked((ID, OTHER), (ID, None), (ID, None)), plan, {OTHER: "77"}).fields == {"F_Whose": "77"}
    assert update(DI, linked((ID, None), (ID, OTHER), (ID, "77")), plan).fields == {"F_Whose": None}


def test_a_row_whose_contact_is_not_there_waits_with_its_other_reasons() -> None:
    plan = policy(KEY, WHOSE, NAME, target=TABLE)
    decision = aside(DI, Pending(ID, (ID, OTHER, "x" * 11)), plan)
    assert {r.refusal.code for r in decision.refusals} == {Reason.PARENT_MISSING, Reason.TOO_LONG}
    changed = linked((ID, OTHER, "Ann"), (ID, None, "Ann"), (ID, None, "Ann"))
    assert said(aside(DI, changed, plan).refusals) == [("F_Whose", Reason.PARENT_MISSING)]
    agree(DI, linked((ID, OTHER, "Ann"), (ID, OTHER, "Ann"), (ID, "77", "Ann")), plan)


# -- several pairs of one source -------------------------------------------------------------------------------------


def test_two_targets_of_one_source_are_two_pairs_with_two_bases() -> None:
    plan = policy(KEY, NAME, pair("Name", "F_Nick"))
    assert plan.mapping.sources == ("Id", "Name")
    decision = update(DI, Pending(ID, (ID, "Anna"), 7, RID, Base((ID, "Ann", "Anna"), (ID, "Ann", "Anna"))), plan)
    assert decision.fields == {"F_Name": "Anna"}
    assert decision.base == Base((ID, "Anna", "Anna"), (ID, "Anna", "Anna"))


def test_an_update_that_cannot_go_leaves_nothing_half_done() -> None:
    decision = decided(DI, linked((ID, "x" * 11, "819", "Gold", "1980-01-01"), ANN, ANN))
    assert isinstance(decision, Aside)
    assert said(decision.refusals) == [("F_Name", Reason.TOO_LONG)]
    assert not decision.more


def test_the_usual_mapping_of_these_tests_travels_one_way() -> None:
    assert [p.target for p in USUAL.pairs] == [p.target for p in (KEY, NAME, PHONE, LEVEL, BORN)]
    assert not any(USUAL.mapping.backward)
    assert not USUAL.goes_back
