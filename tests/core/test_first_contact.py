"""Records that are not linked yet: there already on both sides, or born in Dialog Insight (4.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from disf_desktop.core.first_contact import before_update, plan_first_contact, plan_meeting
from disf_desktop.core.observed import seen_of, unreadable
from disf_desktop.core.operations import (
    ABSENT,
    Agree,
    Aside,
    Base,
    Birth,
    Choice,
    Conflict,
    Decision,
    Filtered,
    LinkState,
    Pending,
    Seen,
    Update,
)
from disf_desktop.core.policy import Policy
from disf_desktop.core.project import ConflictPolicy, FieldPair, Trigger
from disf_desktop.core.records import FoundRecord
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from tests.core.planning import (
    BIRTHS,
    BORN_THERE,
    DI,
    EXTERNAL_ID,
    ID,
    KEY,
    LINK,
    MAIL,
    MARKER,
    RID,
    SF,
    STAMP,
    USUAL,
    agree,
    aside,
    back,
    births,
    both,
    carried_out,
    decided,
    filtered,
    linked,
    pair,
    policy,
    said,
    update,
)

ANN = (ID, "Ann", "514", "Gold", "1980-01-01")
BAD = Refusal(Reason.UNREADABLE)
SALESFORCE_ONLY = (Trigger.SALESFORCE_CREATED, Trigger.SALESFORCE_UPDATED)
CREATES_ONLY = (Trigger.SALESFORCE_CREATED,)
BACK_ONLY = (Trigger.SALESFORCE_CREATED, Trigger.DIALOG_INSIGHT_UPDATED)


def met(values: tuple[Any, ...], held: Mapping[str, Value], plan: Policy = USUAL, **more: Any) -> Decision:
    """Meet a record that shows these fields; the others are empty."""
    record = Pending(ID, values, stamp=STAMP, **more)
    shown = dict.fromkeys(plan.mapping.targets) | dict(held)
    return plan_first_contact(record, plan, {}, FoundRecord(RID, shown, as_of=STAMP))


def phones(plan: Policy, source: Value, target: Value, **more: Any) -> Decision:
    """Meet a record of which only the phone matters."""
    return met((ID, source), {"Key": ID, "F_Phone": target}, plan, **more)


def adopted(decision: Decision, source: Value, target: Value) -> Pending:
    """Give a met record as it is before both passes: linked, seen on both sides."""
    assert isinstance(decision, Update | Agree)
    if isinstance(decision, Update):
        decision = before_update(replace(decision, link=LINK), USUAL)
    return linked((ID, source), decision.base.source, decision.base.target, (ID, target))


# -- toward Dialog Insight -------------------------------------------------------------------------------------------


def test_what_exists_already_and_is_the_same_is_only_tied() -> None:
    held = {"Key": ID, "F_Name": "Ann", "F_Phone": "514", "F_Level": "Gold", "F_Born": "1980-01-01"}
    assert met(ANN, held) == Agree(ID, None, "1001", {"Key": ID}, Base(ANN, ANN), Seen(ID, ANN))


def test_first_contact_fills_what_is_empty_and_empties_nothing() -> None:
    decision = met((ID, None, "514", None, None), {"Key": ID, "F_Name": "Anne", "F_Level": "Gold"})
    assert isinstance(decision, Update)
    assert decision.side is DI
    assert decision.fields == {"F_Phone": "514", "F_Born": "1970-01-01"}
    assert decision.before == {"F_Phone": None, "F_Born": None}
    assert decision.rules == {"F_Phone": "first_contact", "F_Born": "first_contact"}
    assert decision.base == Base((ID, None, "514", None, None), (ID, "Anne", "514", "Gold", "1970-01-01"))
    assert decision.conflicts == ()


@pytest.mark.parametrize("rule", list(ConflictPolicy))
def test_a_default_stands_for_nothing_and_goes_over_nothing(rule: ConflictPolicy) -> None:
    one_way = policy(KEY, pair("Phone", "F_Phone", default="000", conflict=rule))
    assert phones(one_way, None, "819") == Agree(
        ID, None, RID, {"Key": ID}, Base((ID, None), (ID, "819")), Seen(ID, (ID, None))
    )
    two_way = policy(KEY, both("Phone", "F_Phone", rule, default="000"))
    decision = phones(two_way, None, "819")
    assert isinstance(decision, Agree)
    assert update(SF, adopted(decision, None, "819"), two_way).fields == {"Phone": "819"}


def test_two_different_values_are_decided_by_the_policy_and_both_are_kept() -> None:
    decision = met(ANN, {"Key": ID, "F_Name": "Anne", "F_Phone": "819", "F_Level": "Silver", "F_Born": "1980-01-01"})
    assert isinstance(decision, Update)
    assert decision.fields == {"F_Name": "Ann", "F_Level": "Gold"}
    assert decision.rules == {"F_Name": "salesforce_wins", "F_Level": "first_non_empty"}
    assert decision.base == Base(ANN, (ID, "Ann", "819", "Gold", "1980-01-01"))
    assert decision.conflicts == (
        Conflict("F_Name", "Ann", "Anne", ConflictPolicy.SALESFORCE_WINS, SF),
        Conflict("F_Phone", "514", "819", ConflictPolicy.DIALOG_INSIGHT_WINS, DI),
        Conflict("F_Level", "Gold", "Silver", ConflictPolicy.FIRST_NON_EMPTY, SF),
    )


def test_a_conflict_that_dialog_insight_wins_writes_nothing_there_and_is_kept() -> None:
    decision = met((ID, None, "514", None, "1980-01-01"), {"Key": ID, "F_Phone": "819", "F_Born": "1980-01-01"})
    assert isinstance(decision, Agree)
    assert [c.winner for c in decision.conflicts] == [DI]


@pytest.mark.parametrize("triggers", [CREATES_ONLY, BACK_ONLY])
def test_without_the_update_trigger_first_contact_ties_and_leaves_everything(triggers: tuple[Trigger, ...]) -> None:
    decision = met(ANN, {"Key": ID, "F_Name": "Anne"}, policy(triggers=triggers))
    assert decision == Agree(ID, None, "1001", {"Key": ID}, Base(ANN, (ID, "Anne", None, None, None)), Seen(ID, ANN))


def test_an_address_in_another_case_is_the_same_address() -> None:
    values = (ID, "Ann@Example.org")
    for mail in (pair("Email", "F_Mail"), both("Email", "F_Mail"), back("Email", "F_Mail")):
        plan = policy(KEY, mail)
        decision = met(values, {"Key": ID, "F_Mail": "ann@example.org"}, plan)
        assert decision == Agree(ID, None, "1001", {"Key": ID}, Base(values, (ID, "ann@example.org")), Seen(ID, values))
    plan = policy(KEY, pair("Email", "F_Mail"))
    assert isinstance(met(values, {"Key": ID, "F_Mail": "eve@example.org"}, plan), Update)
    assert isinstance(met(values, {"Key": ID, "F_Mail": None}, plan), Update)


def test_a_value_that_cannot_go_stops_first_contact() -> None:
    decision = met((ID, "x" * 11, None, None, None), {"Key": ID})
    assert isinstance(decision, Aside)
    assert said(decision.refusals) == [("F_Name", Reason.TOO_LONG)]


def test_a_value_that_cannot_be_read_stops_first_contact_and_its_other_pairs_do_not_hide_it() -> None:
    values = (ID, BAD, "514", Refusal(Reason.NOT_A_CHOICE), None)
    decision = met(values, {"Key": ID})
    assert isinstance(decision, Aside)
    assert said(decision.refusals) == [("F_Name", Reason.UNREADABLE), ("F_Level", Reason.NOT_A_CHOICE)]
    assert unreadable(Pending(ID, ANN), USUAL, DI) == ()


def test_the_base_of_a_met_record_follows_the_pairs_and_not_the_sources() -> None:
    plan = policy(KEY, pair("Name", "F_Name"), pair("Name", "F_Nick"))
    decision = met((ID, "Ann"), {"Key": ID, "F_Name": "Ann"}, plan)
    assert isinstance(decision, Update)
    assert decision.fields == {"F_Nick": "Ann"}
    assert decision.base == Base((ID, "Ann", "Ann"), (ID, "Ann", "Ann"))


# -- pairs that travel back ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", list(ConflictPolicy))
def test_a_field_that_salesforce_lacks_is_filled_from_dialog_insight(rule: ConflictPolicy) -> None:
    plan = policy(KEY, both("Phone", "F_Phone", rule))
    decision = phones(plan, None, "819")
    assert isinstance(decision, Agree)
    assert decision.conflicts == ()
    assert update(SF, adopted(decision, None, "819"), plan).fields == {"Phone": "819"}


@pytest.mark.parametrize("rule", list(ConflictPolicy))
def test_a_field_that_dialog_insight_lacks_is_filled_from_salesforce(rule: ConflictPolicy) -> None:
    decision = phones(policy(KEY, both("Phone", "F_Phone", rule)), "514", None)
    assert isinstance(decision, Update)
    assert (decision.fields, decision.conflicts) == ({"F_Phone": "514"}, ())


@pytest.mark.parametrize(
    ("rule", "stamp", "stands"),
    [
        (ConflictPolicy.SALESFORCE_WINS, STAMP, SF),
        (ConflictPolicy.FIRST_NON_EMPTY, STAMP, SF),
        (ConflictPolicy.DIALOG_INSIGHT_WINS, STAMP, DI),
        (ConflictPolicy.NEWEST, STAMP, SF),
        (ConflictPolicy.NEWEST, "2026-07-14T10:00:10Z", SF),
        (ConflictPolicy.NEWEST, "2026-07-14T09:59:50Z", SF),
        (ConflictPolicy.NEWEST, "", SF),
        (ConflictPolicy.ASK, STAMP, None),
    ],
)
def test_two_values_of_a_pair_that_travels_both_ways_are_decided_by_its_policy(
    rule: ConflictPolicy, stamp: str, stands: Side | None
) -> None:
    plan = policy(KEY, both("Phone", "F_Phone", rule))
    record = Pending(ID, (ID, "514"), stamp=stamp)
    held = {"Key": ID, "F_Phone": "819"}
    decision = plan_first_contact(record, plan, {}, FoundRecord(RID, held, as_of=STAMP))
    assert isinstance(decision, Update | Agree)
    assert decision.conflicts == (Conflict("F_Phone", "514", "819", rule, stands),)
    assert getattr(decision, "fields", {}) == ({"F_Phone": "514"} if stands is SF else {})
    if stands is DI:
        assert update(SF, adopted(decision, "514", "819"), plan).fields == {"Phone": "819"}
    if stands is None:
        assert decision.base == Base((ID, None), (ID, None)), "nothing is agreed on while a person is asked"
        for side in Side:
            agree(side, adopted(decision, "514", "819"), plan)


def test_what_salesforce_receives_only_is_dialog_insight_s_and_both_values_are_kept() -> None:
    plan = policy(KEY, back("Phone", "F_Phone"))
    decision = phones(plan, "514", "819")
    assert isinstance(decision, Agree)
    assert decision.conflicts == (Conflict("F_Phone", "514", "819", ConflictPolicy.DIALOG_INSIGHT_WINS, DI),)
    assert update(SF, adopted(decision, "514", "819"), plan).fields == {"Phone": "819"}
    filled = phones(plan, None, "819")
    assert isinstance(filled, Agree)
    assert filled.conflicts == ()
    assert update(SF, adopted(filled, None, "819"), plan).fields == {"Phone": "819"}


@pytest.mark.parametrize("way", [both, back])
def test_what_dialog_insight_won_is_still_news_when_it_is_emptied_there_before_it_travelled(way: Any) -> None:
    plan = policy(KEY, way("Phone", "F_Phone", conflict=ConflictPolicy.DIALOG_INSIGHT_WINS))
    emptied = update(SF, adopted(phones(plan, "514", "819"), "514", None), plan)
    assert (emptied.fields, emptied.before) == ({"Phone": None}, {"Phone": "514"})


@pytest.mark.parametrize(("source", "target"), [("514", None), ("514", "514"), (None, None)])
def test_what_salesforce_receives_only_is_never_emptied_at_first_contact(source: Value, target: Value) -> None:
    plan = policy(KEY, back("Phone", "F_Phone"))
    decision = phones(plan, source, target)
    assert isinstance(decision, Agree)
    assert (decision.base, decision.conflicts) == (Base((ID, source), (ID, target)), ())
    for side in Side:
        agree(side, adopted(decision, source, target), plan)


@pytest.mark.parametrize("rule", list(ConflictPolicy))
def test_without_the_trigger_back_nothing_becomes_news_for_salesforce(rule: ConflictPolicy) -> None:
    plan = policy(KEY, both("Phone", "F_Phone", rule), triggers=SALESFORCE_ONLY)
    decision = phones(plan, None, "819")
    assert isinstance(decision, Agree)
    assert decision.base == Base((ID, None), (ID, "819"))
    one_way = policy(KEY, back("Phone", "F_Phone"), triggers=SALESFORCE_ONLY)
    decision = phones(one_way, "514", "819")
    assert isinstance(decision, Agree)
    assert (decision.base, decision.conflicts) == (Base((ID, "514"), (ID, "819")), ())


def test_without_the_trigger_there_what_dialog_insight_wins_still_travels_back() -> None:
    plan = policy(KEY, both("Phone", "F_Phone", ConflictPolicy.DIALOG_INSIGHT_WINS), both("Name", "F_Name"))
    plan = policy(*plan.pairs, triggers=BACK_ONLY)
    decision = met((ID, "514", "Ann"), {"Key": ID, "F_Phone": "819", "F_Name": "Anne"}, plan)
    assert isinstance(decision, Agree)
    assert decision.conflicts == (Conflict("F_Phone", "514", "819", ConflictPolicy.DIALOG_INSIGHT_WINS, DI),)
    assert decision.base == Base((ID, "514", "Ann"), (ID, "", "Anne"))


def test_an_unreadable_value_that_dialog_insight_does_not_receive_is_neither_kept_nor_written_over() -> None:
    plan = policy(KEY, back("Phone", "F_Phone"))
    decision = met((ID, BAD), {"Key": ID, "F_Phone": "819"}, plan)
    assert isinstance(decision, Agree)
    assert decision.conflicts == ()
    record = linked((ID, BAD), decision.base.source, decision.base.target, (ID, "819"))
    assert said(aside(SF, record, plan).refusals) == [("Phone", Reason.UNREADABLE)]


def test_a_question_about_a_field_that_is_not_looked_at_keeps_what_dialog_insight_showed() -> None:
    plan = policy(KEY, pair("Phone", "F_Phone", conflict=ConflictPolicy.ASK))
    decision = phones(plan, "514", "819")
    assert isinstance(decision, Agree)
    question = Conflict("F_Phone", "514", "819", ConflictPolicy.ASK, None)
    assert decision.conflicts == (question,)
    record = replace(adopted(decision, "514", "819"), found=None, waiting=frozenset({"F_Phone"}))
    assert agree(DI, record, plan).conflicts == (question,)
    chosen = replace(record, choices={"F_Phone": Choice(DI, "819", 1)})
    assert agree(DI, chosen, plan).base == Base((ID, "514"), (ID, "819"))


@pytest.mark.parametrize("held", [{}, {"F_Phone": BAD}])
@pytest.mark.parametrize("phone", [pair("Phone", "F_Phone"), both("Phone", "F_Phone"), back("Phone", "F_Phone")])
def test_what_dialog_insight_shows_and_cannot_be_read_is_not_written_over(
    held: dict[str, Any], phone: FieldPair
) -> None:
    plan = policy(KEY, pair("Name", "F_Name"), phone)
    found = FoundRecord(RID, {"Key": ID, "F_Name": None, **held}, as_of=STAMP)
    decision = plan_first_contact(Pending(ID, (ID, "Ann", "514")), plan, {}, found)
    assert isinstance(decision, Update)
    assert decision.fields == {"F_Name": "Ann"}
    assert decision.base == Base((ID, "Ann", "514"), (ID, "Ann", ABSENT))
    later = agree(DI, linked((ID, "Ann", "514"), decision.base.source, decision.base.target, (ID, "Ann", "819")), plan)
    assert later.base == Base((ID, "Ann", "514"), (ID, "Ann", "819"))


# -- while the update is on its way ----------------------------------------------------------------------------------


def test_before_its_update_is_sent_an_adopted_record_still_shows_what_differs() -> None:
    held = {"Key": ID, "F_Name": "Anna", "F_Phone": "514", "F_Level": "Gold", "F_Born": "1980-01-01"}
    first = met(ANN, held)
    assert isinstance(first, Update)
    agreed = before_update(replace(first, link=LINK), USUAL)
    assert agreed.base.source == (ID, "", "514", "Gold", "1980-01-01")
    assert agreed.base.target == (ID, "Anna", "514", "Gold", "1980-01-01")
    assert (agreed.conflicts, agreed.more, agreed.link) == (first.conflicts, True, LINK)
    again = update(DI, linked(ANN, agreed.base.source, agreed.base.target))
    assert (again.fields, again.before) == (first.fields, first.before)


def test_a_default_that_was_not_sent_yet_still_shows_as_a_change() -> None:
    values = (ID, "Ann", "514", "Gold", None)
    first = met(values, {"Key": ID, "F_Name": "Ann", "F_Phone": "514", "F_Level": "Gold"})
    assert isinstance(first, Update)
    assert first.fields == {"F_Born": "1970-01-01"}
    agreed = before_update(replace(first, link=LINK), USUAL)
    again = update(DI, linked(values, agreed.base.source, agreed.base.target))
    assert (again.fields, again.before) == (first.fields, first.before)


# -- births ----------------------------------------------------------------------------------------------------------

TYPE_B = births()
EVE = ("eve@example.org", None, "Roy", "514")


def unborn(found: tuple[Any, ...] | None = EVE, **more: Any) -> Pending:
    return Pending("", None, target_rid=RID, found=found, **more)


def test_a_person_born_in_dialog_insight_is_made_in_salesforce_under_an_external_id_of_its_own() -> None:
    assert decided(SF, unborn(), TYPE_B) == Birth(
        RID,
        {EXTERNAL_ID: "42:1001"},
        {"F_Mail": "eve@example.org"},
        {"Email": "eve@example.org", "Last": "Roy", "Phone": "514"},
        EVE,
        Base(("eve@example.org", None, "Roy", "514"), EVE),
        None,
        ("Email", "eve@example.org"),
    )


def test_a_birth_says_nothing_of_what_is_empty_and_keeps_the_number_of_its_link() -> None:
    birth = decided(SF, unborn(("eve@example.org", None, "Roy", None), link=LINK), TYPE_B)
    assert isinstance(birth, Birth)
    assert birth.fields == {"Email": "eve@example.org", "Last": "Roy"}
    assert birth.link == LINK


def test_a_person_who_has_a_salesforce_id_is_not_born_again() -> None:
    filtered(SF, unborn(("eve@example.org", ID, "Roy", "514")), TYPE_B, stays=False)
    filtered(SF, unborn(("eve@example.org", BAD, "Roy", "514")), TYPE_B, stays=False)


def test_a_birth_waits_for_its_trigger_and_for_something_to_be_seen() -> None:
    plan = births(triggers=(Trigger.DIALOG_INSIGHT_UPDATED,))
    filtered(SF, unborn(), plan, stays=False)
    filtered(SF, unborn(None), TYPE_B, stays=False)
    for state in (LinkState.CLOSED, LinkState.ERASED):
        filtered(SF, unborn(state=state), TYPE_B, stays=False)


def test_a_person_who_is_not_born_yet_stays_before_the_planner_for_salesforce_s_pass() -> None:
    filtered(DI, unborn(), TYPE_B, stays=True)
    filtered(SF, unborn(busy=frozenset({SF})), TYPE_B, stays=True)


def test_who_lacks_what_salesforce_requires_or_cannot_be_read_is_set_aside_under_its_number() -> None:
    missing = aside(SF, unborn(("eve@example.org", None, None, "514")), TYPE_B)
    assert (said(missing.refusals), missing.rid, missing.target_rid) == ([("Last", Reason.REQUIRED_MISSING)], RID, RID)
    unread = aside(SF, unborn(("eve@example.org", None, "Roy", BAD)), TYPE_B)
    assert (said(unread.refusals), unread.rid, unread.target_rid) == ([("Phone", Reason.UNREADABLE)], RID, RID)


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        (
            (MAIL, pair("Phone", "F_Phone", key=True), MARKER, pair("Last", "F_Last")),
            ("e@example.org", "514", None, "R"),
        ),
        (BORN_THERE, (None, None, "Roy", "514")),
    ],
)
def test_nobody_is_looked_for_by_several_keys_or_by_none(pairs: tuple[FieldPair, ...], found: tuple[Any, ...]) -> None:
    birth = decided(SF, unborn(found), births(*pairs))
    assert isinstance(birth, Birth)
    assert birth.match is None


def test_an_empty_checkbox_is_left_to_salesforce_at_birth() -> None:
    plan = births(*BORN_THERE, pair("Ready", "F_Ready"))
    birth = decided(SF, unborn((*EVE, None)), plan)
    assert isinstance(birth, Birth)
    assert "Ready" not in birth.fields


def test_the_salesforce_id_of_a_birth_goes_back_into_the_marker_without_a_trigger() -> None:
    birth = decided(SF, unborn(), TYPE_B)
    assert isinstance(birth, Birth)
    for triggers in (BIRTHS, (Trigger.DIALOG_INSIGHT_CREATED,)):
        plan = births(triggers=triggers)
        values = ("eve@example.org", ID, "Roy", "514")
        assert plan.mapping.sources == ("Email", "Id", "Last", "Phone")
        record = Pending(ID, values, LINK, RID, birth.base, EVE)
        marked = update(DI, record, plan)
        assert (marked.fields, marked.key) == ({"F_Marker": ID}, {"F_Mail": "eve@example.org"})
        done = carried_out(marked, record, plan)
        for side in Side:
            assert agree(side, done, plan).base == done.base


def test_what_salesforce_changes_in_a_born_record_is_its_own() -> None:
    values = ("eve@example.org", ID, "King", "514")
    base = Base(("eve@example.org", ID, "Roy", "514"), ("eve@example.org", ID, "Roy", "514"))
    for side in Side:
        decision = agree(side, Pending(ID, values, LINK, RID, base, base.target), TYPE_B)  # type: ignore[arg-type]
        assert decision.base == base


# -- people who are in Salesforce already ----------------------------------------------------------------------------


def meeting(values: tuple[Any, ...], *, by_match: bool, found: tuple[Any, ...] = EVE) -> Agree:
    birth = decided(SF, unborn(found), TYPE_B)
    assert isinstance(birth, Birth)
    return plan_meeting(birth, ID, values, TYPE_B, by_match=by_match)


@pytest.mark.parametrize("by_match", [True, False])
def test_a_person_who_is_there_already_is_tied_and_only_the_marker_is_news(by_match: bool) -> None:
    values = ("Eve@Example.org", ID, "Roy", "514")
    decision = meeting(values, by_match=by_match)
    assert decision == Agree(
        ID,
        None,
        RID,
        {"F_Mail": "eve@example.org"},
        Base(("Eve@Example.org", None, "Roy", "514"), EVE),
        Seen("", None, RID, EVE),
        (),
        more=True,
    )
    record = Pending(ID, values, LINK, RID, decision.base, EVE)
    assert update(DI, record, TYPE_B).fields == {"F_Marker": ID}
    agree(SF, record, TYPE_B)


@pytest.mark.parametrize("by_match", [True, False])
def test_what_salesforce_lacks_of_a_met_person_is_filled_and_nothing_is_emptied(by_match: bool) -> None:
    found: tuple[Any, ...] = ("eve@example.org", None, "Roy", "514")
    decision = meeting(("eve@example.org", ID, "Roy", None), by_match=by_match, found=found)
    assert decision.conflicts == ()
    record = Pending(ID, ("eve@example.org", ID, "Roy", None), LINK, RID, decision.base, found)
    assert update(SF, record, TYPE_B).fields == {"Phone": "514"}
    found = ("eve@example.org", None, "Roy", None)
    decision = meeting(("eve@example.org", ID, "Roy", "819"), by_match=by_match, found=found)
    assert decision.conflicts == ()
    agree(SF, Pending(ID, ("eve@example.org", ID, "Roy", "819"), LINK, RID, decision.base, found), TYPE_B)


def test_a_person_found_by_the_address_alone_is_asked_about_where_both_are_full_and_differ() -> None:
    values = ("eve@example.org", ID, "Roy", "819")
    decision = meeting(values, by_match=True)
    assert decision.conflicts == (Conflict("F_Phone", "819", "514", ConflictPolicy.ASK, None),)
    record = Pending(ID, values, LINK, RID, decision.base, EVE, waiting=frozenset({"F_Phone"}))
    assert update(DI, record, TYPE_B).fields == {"F_Marker": ID}
    agree(SF, record, TYPE_B)


def test_what_differs_in_a_record_of_our_own_is_salesforce_s() -> None:
    values = ("eve@example.org", ID, "Roy", "819")
    decision = meeting(values, by_match=False)
    assert decision.conflicts == ()
    agree(SF, Pending(ID, values, LINK, RID, decision.base, EVE), TYPE_B)


def test_what_a_decision_was_made_of_is_named_on_both_sides() -> None:
    record = Pending(ID, ANN, LINK, RID, Base(ANN, ANN), ANN)
    assert seen_of(record) == Seen(ID, ANN, RID, ANN)
    assert isinstance(decided(SF, replace(record, busy=frozenset({SF}))), Filtered)
