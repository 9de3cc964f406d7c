"""Who may write a consent, and when: rules C1 to C9, one by one, then as laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.consent import (
    Consent,
    Decision,
    Fed,
    Kind,
    Nothing,
    Now,
    OwnWrite,
    Review,
    Rule,
    Urgency,
    Write,
    business_days,
    decide,
    urgency,
)
from disf_desktop.core.consent_memory import Known, Shown, Shows
from disf_desktop.core.optins import CompiledOptin, Reading
from tests.core.consents import INVERTED, MOMENTS, PAIRS, PLAIN, WORDS, WORDS_ONLY, at, consent, known, now, ours, shown

OUT, IN, NONE, UNREADABLE = Reading.OPTED_OUT, Reading.OPTED_IN, Reading.NONE, Reading.UNREADABLE
SKEW = 5.0


def decided(given: Consent, shows: Now, pair: CompiledOptin = WORDS, *, ticked: bool = True) -> Decision:
    return decide(given, shows, pair, ticked=ticked, skew_s=SKEW)


def opted_in(since: float | None = 0, **members: Any) -> Known:
    return known(True, since, **members)


# C4, C1, C10, the trigger


@pytest.mark.parametrize(
    ("pair", "reading", "writes"),
    [
        (WORDS, IN, True),
        (WORDS, NONE, True),
        (WORDS, UNREADABLE, True),
        (WORDS, OUT, False),
        (INVERTED, NONE, True),
        (INVERTED, OUT, False),
        (PLAIN, IN, True),
        (PLAIN, NONE, False),
        (PLAIN, UNREADABLE, True),
    ],
)
def test_an_opt_out_is_written_whenever_salesforce_is_not_opted_out(
    pair: CompiledOptin, reading: Reading, writes: bool
) -> None:
    decision = decided(consent(known(False, 3)), now(reading), pair)
    assert decision == (Write(Kind.OUT, Rule.OPT_OUT, at(3)) if writes else Nothing(Rule.AGREED))


def test_a_trigger_that_is_not_ticked_writes_nothing() -> None:
    assert decided(consent(known(False)), now(IN), ticked=False) == Nothing(Rule.TRIGGER)


@pytest.mark.parametrize("state", [True, False, None])
def test_nothing_is_written_of_what_was_not_read_in_this_ledger(state: bool | None) -> None:
    before_the_restore = consent(known(state), valid=False)
    assert decided(before_the_restore, now(NONE, empty=True)) == Nothing(Rule.NOT_READ)
    assert decided(consent(None), now(NONE)) == Nothing(Rule.NOT_READ)
    assert decided(consent(replace(known(state), look=True)), now(NONE)) == Nothing(Rule.NOT_READ)


def test_any_opt_out_wins_over_opt_ins_of_other_projects() -> None:
    torn = consent(opted_in(), known(True, 5), known(False, 7))
    assert decided(torn, now(IN)) == Write(Kind.OUT, Rule.OTHER_OPT_OUT, at(7))
    assert decided(torn, now(OUT)) == Nothing(Rule.AGREED)
    assert decided(consent(known(None), known(False, 7)), now(NONE)) == Write(Kind.OUT, Rule.OTHER_OPT_OUT, at(7))


def test_an_opt_in_waits_until_every_project_that_feeds_the_field_was_read() -> None:
    assert decided(consent(opted_in(), None), now(NONE)) == Nothing(Rule.OTHER_NOT_READ)
    stale = Consent(Fed(opted_in(), True), others=(Fed(known(False), False),))
    assert decided(stale, now(NONE)) == Nothing(Rule.OTHER_NOT_READ)
    assert decided(consent(opted_in(), known(None)), now(NONE)) == Write(Kind.IN, Rule.FIRST_OPT_IN, at(0))


def test_an_opt_in_must_be_later_than_the_past_opt_outs_of_other_projects() -> None:
    assert decided(consent(opted_in(5), known(True, 9, opted_out=at(7))), now(NONE)) == Review(Rule.OLDER)
    assert decided(consent(opted_in(8), known(True, 9, opted_out=at(7))), now(NONE)) == Write(
        Kind.IN, Rule.OPT_IN, at(8)
    )


# Neutral


def test_no_answer_is_written_into_an_empty_field_where_a_word_is_given() -> None:
    neutral = consent(known(None))
    assert decided(neutral, now(NONE, empty=True)) == Write(Kind.NEUTRAL, Rule.NEUTRAL)
    assert decided(neutral, now(NONE, empty=True), WORDS_ONLY) == Nothing(Rule.AGREED)
    assert decided(neutral, now(NONE)) == Nothing(Rule.AGREED)


@pytest.mark.parametrize("reading", [OUT, IN, UNREADABLE])
def test_no_answer_never_replaces_an_answer(reading: Reading) -> None:
    assert decided(consent(known(None)), now(reading)) == Nothing(Rule.AGREED)


def test_no_answer_does_not_cover_an_opt_in_that_somebody_took_away() -> None:
    taken = consent(known(None), shown=shown(Shows.TAKEN, 0, last_out=at(0)))
    assert decided(taken, now(NONE, empty=True)) == Nothing(Rule.AGREED)


# C5


@pytest.mark.parametrize(("pair", "reading"), [(WORDS, IN), (PLAIN, IN), (INVERTED, NONE)])
def test_an_opt_in_that_salesforce_has_is_not_written_again(pair: CompiledOptin, reading: Reading) -> None:
    assert decided(consent(opted_in(opted_out=at(-9))), now(reading), pair) == Nothing(Rule.AGREED)


@pytest.mark.parametrize("pair", [WORDS, PLAIN])
def test_a_first_opt_in_is_written_even_without_a_date(pair: CompiledOptin) -> None:
    assert decided(consent(opted_in(None)), now(NONE), pair) == Write(Kind.IN, Rule.FIRST_OPT_IN)


@pytest.mark.parametrize("pair", [WORDS, INVERTED])
def test_an_opt_out_by_a_person_in_salesforce_stands_however_new_the_opt_in_is(pair: CompiledOptin) -> None:
    assert decided(consent(opted_in(900)), now(OUT), pair) == Review(Rule.FOREIGN)


def test_our_own_opt_out_gives_way_to_a_later_opt_in() -> None:
    again = consent(opted_in(500, opted_out=at(-9)), own=(ours(0),), our_opt_out=at(0))
    assert decided(again, now(OUT, 0)) == Write(Kind.IN, Rule.OPT_IN, at(500))


def test_our_own_opt_out_is_not_ours_any_more_once_somebody_saved_the_record() -> None:
    touched = consent(opted_in(500, opted_out=at(-9)), own=(ours(0),), our_opt_out=at(0))
    assert decided(touched, now(OUT, 1)) == Review(Rule.UNPROVEN)


def test_an_opt_out_whose_reply_was_lost_is_a_persons() -> None:
    unproven = consent(opted_in(500, opted_out=at(-9)), own=(ours(0, proven=False),), our_opt_out=at(0))
    assert decided(unproven, now(OUT, 0)) == Review(Rule.UNPROVEN)


def test_an_opt_in_must_be_later_than_every_opt_out_known() -> None:
    assert decided(consent(opted_in(5, opted_out=at(7))), now(NONE)) == Review(Rule.OLDER)
    assert decided(consent(opted_in(8, opted_out=at(7))), now(NONE)) == Write(Kind.IN, Rule.OPT_IN, at(8))


def test_an_opt_in_must_be_later_by_far_than_an_opt_out_that_salesforce_showed() -> None:
    withdrawn = shown(Shows.NONE, 20, last_out=at(10))
    assert decided(consent(opted_in(75), shown=withdrawn), now(NONE)) == Review(Rule.OLDER)
    assert decided(consent(opted_in(76), shown=withdrawn), now(NONE)) == Write(Kind.IN, Rule.OPT_IN, at(76))


def test_an_opt_in_must_be_later_than_our_own_opt_out_by_more_than_skew_and_a_minute() -> None:
    for since, decision in ((65, Review(Rule.TOO_CLOSE)), (66, Write(Kind.IN, Rule.OPT_IN, at(66)))):
        again = consent(opted_in(since, opted_out=at(-9)), own=(ours(0),), our_opt_out=at(0))
        assert decided(again, now(OUT, 0)) == decision


# C8


def test_without_a_date_the_last_read_that_showed_the_old_state_counts() -> None:
    undated = opted_in(None, opted_out=at(10), not_before=at(10))
    assert decided(consent(undated), now(NONE)) == Write(Kind.IN, Rule.OPT_IN)
    assert decided(consent(replace(undated, not_before=at(9))), now(NONE)) == Review(Rule.OLDER)


def test_without_a_date_and_without_such_a_read_an_opt_out_stands() -> None:
    assert decided(consent(opted_in(None, opted_out=at(10))), now(NONE)) == Review(Rule.NO_DATE)


def test_of_a_tie_the_opt_out_stands() -> None:
    assert decided(consent(opted_in(10, opted_out=at(10))), now(NONE)) == Review(Rule.TIE)
    undated = opted_in(None, not_before=at(10))
    assert decided(consent(undated, known(True, 50, opted_out=at(10))), now(NONE)) == Review(Rule.TIE)


def test_in_the_local_hour_that_repeats_an_opt_out_stands() -> None:
    ambiguous = known(True, 0, latest=at(3600), as_of=9000, opted_out=at(1800))
    assert decided(consent(ambiguous), now(NONE)) == Review(Rule.OLDER)


def test_a_date_of_tomorrow_is_no_date() -> None:
    tomorrow = opted_in(5000, as_of=1000, opted_out=at(10))
    assert decided(consent(tomorrow), now(NONE)) == Review(Rule.NO_DATE)
    seen = replace(tomorrow, not_before=at(10))
    assert decided(consent(seen), now(NONE)) == Write(Kind.IN, Rule.OPT_IN, at(5000))


# What Salesforce showed before


@pytest.mark.parametrize("pair", [WORDS, PLAIN])
def test_an_opt_in_that_somebody_took_away_is_not_written_again(pair: CompiledOptin) -> None:
    taken = shown(Shows.TAKEN, 20, last_out=at(20))
    assert decided(consent(opted_in(900), shown=taken), now(NONE, 20), pair) == Review(Rule.FOREIGN)


def test_our_opt_in_that_may_have_arrived_and_been_taken_away_is_not_written_again() -> None:
    tried = consent(opted_in(900), own=(OwnWrite(Kind.IN, at(0), False),))
    assert decided(tried, now(NONE, 5)) == Review(Rule.FOREIGN)
    assert decided(tried, now(NONE, 0)) == Write(Kind.IN, Rule.FIRST_OPT_IN, at(900))
    assert decided(tried, now(NONE, 5), INVERTED) == Nothing(Rule.AGREED)


def test_a_plain_checkbox_that_we_unticked_is_an_opt_out_of_ours() -> None:
    again = consent(opted_in(500, opted_out=at(-9)), own=(ours(0),), our_opt_out=at(0))
    assert decided(again, now(NONE, 0), PLAIN) == Write(Kind.IN, Rule.OPT_IN, at(500))
    assert decided(again, now(NONE, 7), PLAIN) == Review(Rule.UNPROVEN)


def test_a_word_without_a_meaning_is_reviewed_and_not_overwritten_by_an_opt_in() -> None:
    assert decided(consent(opted_in(900)), now(UNREADABLE)) == Review(Rule.UNREADABLE)


# Merges


def test_an_opt_out_of_a_merged_record_counts_until_a_later_opt_in() -> None:
    heir = Shown(Shows.NONE, at(0), at(0), inherited=at(0))
    for state in (None, known(None), known(True, 64), known(True, -5), opted_in(None)):
        assert decided(consent(state, shown=heir), now(NONE)) == Write(Kind.OUT, Rule.INHERITED)
    assert decided(consent(known(True, 66), shown=heir), now(NONE)) == Write(Kind.IN, Rule.FIRST_OPT_IN, at(66))
    unread = consent(known(True, 66), shown=heir, valid=False)
    assert decided(unread, now(NONE)) == Write(Kind.OUT, Rule.INHERITED)
    assert decided(consent(known(True, -5), shown=heir), now(OUT)) == Nothing(Rule.AGREED)


# Laws


STATES = st.builds(
    Known,
    st.sampled_from([True, False, None]),
    st.none() | MOMENTS,
    st.none() | MOMENTS,
    MOMENTS,
    st.none() | MOMENTS,
    st.none() | MOMENTS,
    MOMENTS,
    st.booleans(),
)
FEDS = st.builds(Fed, st.none() | STATES, st.booleans())
SHOWNS = st.none() | st.builds(
    Shown, st.sampled_from(Shows), MOMENTS, MOMENTS, st.none() | MOMENTS, st.none() | MOMENTS
)
WRITES = st.builds(OwnWrite, st.sampled_from([Kind.OUT, Kind.IN]), MOMENTS, st.booleans())
CONSENTS = st.builds(
    Consent,
    FEDS,
    SHOWNS,
    st.lists(FEDS, max_size=2).map(tuple),
    st.lists(WRITES, max_size=2).map(tuple),
    st.none() | MOMENTS,
)
NOWS = st.builds(Now, st.sampled_from(Reading), MOMENTS, st.booleans())
SITUATIONS = st.tuples(CONSENTS, NOWS, st.sampled_from(PAIRS))


@settings(max_examples=1000)
@given(SITUATIONS)
def test_an_opt_in_is_never_written_beside_an_opt_out_that_is_not_provably_earlier_and_ours_or_withdrawn(
    situation: tuple[Consent, Now, CompiledOptin],
) -> None:
    given, shows, pair = situation
    decision = decided(given, shows, pair)
    if not isinstance(decision, Write) or decision.kind is not Kind.IN:
        return
    state = given.fed.known
    assert state is not None
    assert state.state is True
    assert given.fed.valid
    assert not state.look
    for other in given.others:
        assert other.valid
        assert other.known is not None
        assert other.known.state is not False
    assert shows.reading is not UNREADABLE
    if shows.reading is OUT:
        assert any(w.proven and w.kind is Kind.OUT and w.stamp == shows.stamp for w in given.own)
    moment = state.earliest if state.earliest and state.earliest <= state.as_of else state.not_before
    outs = [o.known.opted_out for o in given.others if o.known and o.known.opted_out]
    if state.opted_out:
        assert moment is not None
        assert moment >= state.opted_out
    for out in (*outs, given.our_opt_out, given.shown and given.shown.last_out):
        assert not out or (moment is not None and moment > out)


@settings(max_examples=1000)
@given(SITUATIONS)
def test_an_opt_out_of_dialog_insight_is_always_written(situation: tuple[Consent, Now, CompiledOptin]) -> None:
    given, shows, pair = situation
    state = given.fed.known
    if state is None or not given.fed.valid or state.look or state.state is not False:
        return
    opted_out = shows.reading is OUT or (pair is PLAIN and shows.reading is NONE)
    decision = decided(given, shows, pair)
    assert (
        decision == Nothing(Rule.AGREED) if opted_out else (isinstance(decision, Write) and decision.kind is Kind.OUT)
    )


@settings(max_examples=1000)
@given(SITUATIONS)
def test_what_was_written_is_not_written_again(situation: tuple[Consent, Now, CompiledOptin]) -> None:
    given, shows, pair = situation
    decision = decided(given, shows, pair)
    if isinstance(decision, Write):
        state = {Kind.OUT: False, Kind.IN: True, Kind.NEUTRAL: None}[decision.kind]
        value = pair.write(state, None)[pair.target]
        after = Now(pair.read(value), shows.stamp, value is None)
        assert not isinstance(decided(given, after, pair), Write)


@settings(max_examples=500)
@given(SITUATIONS, st.permutations([0, 1]))
def test_the_order_of_projects_and_writes_does_not_matter(
    situation: tuple[Consent, Now, CompiledOptin], order: list[int]
) -> None:
    given, shows, pair = situation
    turned = replace(
        given,
        others=tuple(given.others[i] for i in order if i < len(given.others)),
        own=tuple(given.own[i] for i in order if i < len(given.own)),
    )
    first, second = decided(given, shows, pair), decided(turned, shows, pair)
    assert type(first) is type(second)
    if isinstance(first, Write) and isinstance(second, Write):
        assert first.kind is second.kind


# Ages


def test_business_days_leave_out_saturday_and_sunday() -> None:
    friday = date(2026, 3, 6)
    assert business_days(friday, friday) == 0
    assert business_days(friday, date(2026, 3, 8)) == 0
    assert business_days(friday, date(2026, 3, 9)) == 1
    assert business_days(friday, date(2026, 3, 13)) == 5
    assert business_days(friday, date(2026, 3, 24)) == 12
    assert business_days(friday, date(2026, 3, 1)) == 0


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 100))
def test_business_days_are_counted_one_by_one(since: date, days: int) -> None:
    until = date.fromordinal(since.toordinal() + days)
    counted = sum(date.fromordinal(n).weekday() < 5 for n in range(since.toordinal() + 1, until.toordinal() + 1))
    assert business_days(since, until) == counted


def test_what_waits_turns_amber_after_two_business_days_and_red_after_five() -> None:
    monday = "2026-03-02T10:00:00Z"
    assert urgency(monday, "2026-03-03T23:00:00Z") is Urgency.CALM
    assert urgency(monday, "2026-03-04T01:00:00Z") is Urgency.AMBER
    assert urgency(monday, "2026-03-06T23:00:00Z") is Urgency.AMBER
    assert urgency(monday, "2026-03-09T01:00:00Z") is Urgency.RED
