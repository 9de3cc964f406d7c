"""What is known of a consent: observations come late, twice, in any order, and by photographs."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.consent_memory import Known, Shown, Shows, inherit, observe, remember, seconds
from disf_desktop.core.optins import Reading
from disf_desktop.core.records import OptinState
from tests.core.consents import at, known, shown

IN, OUT, NEUTRAL = OptinState(True), OptinState(False), OptinState(None)


def dated(state: bool, since: float, until: float | None = None) -> OptinState:
    return OptinState(state, at(since), at(since if until is None else until))


def test_a_neutral_answer_of_somebody_new_is_nothing_to_say() -> None:
    assert observe(None, NEUTRAL, at(0)) is None
    assert observe(Known(), NEUTRAL, at(0)) == Known(None, as_of=at(0), read_at=at(0))


def test_the_first_read_says_what_is_and_no_more() -> None:
    assert observe(None, dated(True, -9), at(0)) == Known(True, at(-9), at(-9), at(0), None, None, at(0))


def test_a_newer_read_replaces_an_older_one_and_remembers_when_the_old_state_was_last_seen() -> None:
    first = observe(None, OUT, at(0))
    again = observe(first, OUT, at(5))
    after = observe(again, IN, at(9))
    assert after == Known(True, None, None, at(9), at(5), at(5), at(9))


def test_an_older_read_never_replaces_a_newer_one() -> None:
    new = observe(None, IN, at(10))
    late = observe(new, OUT, at(5))
    assert late == known(True, as_of=10, not_before=at(5), opted_out=at(5))
    assert observe(late, IN, at(2)) == late


@pytest.mark.parametrize("order", list(permutations([(OUT, 1), (IN, 2), (NEUTRAL, 3), (IN, 4)])))
def test_the_order_of_arrival_does_not_matter(order: tuple[tuple[OptinState, int], ...]) -> None:
    state: Known | None = Known()
    for seen, as_of in order:
        state = observe(state, seen, at(as_of))
    assert state is not None
    assert (state.state, state.as_of, state.not_before, state.opted_out) == (True, at(4), at(3), at(1))


@given(st.permutations([OUT, IN, NEUTRAL, dated(True, -5)]))
def test_of_several_states_at_one_moment_the_opt_out_stands(seen: list[OptinState]) -> None:
    state: Known | None = Known()
    for each in seen:
        state = observe(state, each, at(0))
    assert state is not None
    assert state.state is False


def test_of_two_opt_ins_at_one_moment_the_one_stands_that_is_harder_to_write() -> None:
    with_date, without = observe(None, dated(True, -5), at(0)), observe(None, IN, at(0))
    assert observe(with_date, IN, at(0)) == without
    assert observe(without, dated(True, -5), at(0)) == without


def test_an_opt_out_is_as_late_as_it_can_be() -> None:
    in_the_hour_that_repeats = observe(None, dated(False, 0, 3600), at(9000))
    assert in_the_hour_that_repeats is not None
    assert in_the_hour_that_repeats.opted_out == at(3600)


# Photographs


def test_a_photograph_of_a_dated_opt_out_counts_from_its_date() -> None:
    before = known(True, -100, as_of=0)
    after = observe(before, dated(False, 50), at(200), photograph=True)
    assert after is not None
    assert (after.state, after.as_of, after.not_before, after.read_at) == (False, at(50), at(0), at(200))
    assert not after.look
    again = observe(after, dated(False, 60), at(200), photograph=True)
    assert again is not None
    assert (again.as_of, again.not_before, again.opted_out) == (at(60), at(0), at(60))


def test_an_old_photograph_changes_nothing_of_what_was_read_later_but_asks_for_a_look() -> None:
    before = known(True, 20, as_of=100)
    after = observe(before, dated(False, 10), at(15), photograph=True)
    assert after == known(True, 20, as_of=100, opted_out=at(10), look=True)


def test_a_photograph_of_an_opt_in_is_never_believed_without_a_look() -> None:
    assert observe(None, dated(True, 5), at(9), photograph=True) == Known(look=True)
    assert observe(None, OUT, at(9), photograph=True) == Known(look=True)


def test_a_photograph_does_not_put_a_known_opt_out_in_doubt() -> None:
    out = known(False, 5, as_of=9, opted_out=at(5))
    assert observe(out, dated(True, 7), at(20), photograph=True) == out
    assert observe(out, OUT, at(20), photograph=True) == out


def test_a_photograph_that_shows_no_answer_says_nothing() -> None:
    assert observe(None, NEUTRAL, at(9), photograph=True) is None
    assert observe(known(True), NEUTRAL, at(9), photograph=True) == known(True)


def test_a_look_settles_what_a_photograph_put_in_doubt() -> None:
    doubted = observe(known(True, as_of=0), OUT, at(9), photograph=True)
    assert doubted is not None
    assert doubted.look
    for when in (0, 10):
        settled = observe(doubted, IN, at(when))
        assert settled is not None
        assert not settled.look


def test_an_observation_of_which_nobody_knows_the_moment_is_a_photograph() -> None:
    assert observe(None, IN, "") == Known(look=True)


# Salesforce


@pytest.mark.parametrize(
    ("before", "reading", "after"),
    [
        (None, Reading.NONE, None),
        (None, Reading.UNREADABLE, None),
        (None, Reading.OPTED_OUT, Shows.OUT),
        (None, Reading.OPTED_IN, Shows.IN),
        (Shows.OUT, Reading.NONE, Shows.NONE),
        (Shows.IN, Reading.NONE, Shows.TAKEN),
        (Shows.TAKEN, Reading.NONE, Shows.TAKEN),
        (Shows.NONE, Reading.NONE, Shows.NONE),
        (Shows.TAKEN, Reading.OPTED_IN, Shows.IN),
        (Shows.IN, Reading.UNREADABLE, Shows.IN),
        (Shows.IN, Reading.OPTED_OUT, Shows.OUT),
    ],
)
def test_an_opt_in_that_is_gone_was_taken_away(before: Shows | None, reading: Reading, after: Shows | None) -> None:
    old = None if before is None else shown(before, 0)
    new = remember(old, reading, at(5))
    assert (None if new is None else new.shows) is after


def test_since_when_an_opt_out_is_there_is_remembered() -> None:
    first = remember(None, Reading.OPTED_OUT, at(0))
    assert first == Shown(Shows.OUT, at(0), at(0), at(0))
    again = remember(first, Reading.OPTED_OUT, at(7))
    assert again == Shown(Shows.OUT, at(0), at(7), at(7))
    assert remember(again, Reading.NONE, at(9)) == Shown(Shows.NONE, at(9), at(9), at(7))


def test_an_opt_in_that_was_taken_away_is_an_opt_out_of_that_moment_and_no_later() -> None:
    taken = remember(remember(None, Reading.OPTED_IN, at(0)), Reading.NONE, at(4))
    assert taken == Shown(Shows.TAKEN, at(4), at(4), at(4))
    assert remember(taken, Reading.NONE, at(8)) == Shown(Shows.TAKEN, at(4), at(8), at(4))


def test_a_late_view_of_salesforce_only_tells_of_an_opt_out() -> None:
    current = shown(Shows.IN, 10)
    assert remember(current, Reading.OPTED_OUT, at(5)) == shown(Shows.IN, 10, last_out=at(5))
    assert remember(current, Reading.NONE, at(5)) == current


def test_an_opt_out_is_inherited_at_its_latest() -> None:
    first = inherit(None, at(3))
    assert first.inherited == at(3)
    assert first.shows is Shows.NONE
    assert inherit(inherit(shown(Shows.IN), at(9)), at(3)).inherited == at(9)
    assert remember(first, Reading.NONE, at(1)) == Shown(Shows.NONE, at(3), at(1), inherited=at(3))


def test_moments_are_in_whole_seconds() -> None:
    assert seconds("2026-03-02T10:00:00.250+0000") == "2026-03-02T10:00:00Z"
    assert seconds("") == ""
