"""What a record shows of its opt-ins, and since when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.moments import written
from disf_desktop.core.records import OptinState
from disf_desktop.services.dialog_insight.optins import interval_reader, optin_reader

TORONTO, PARIS = ZoneInfo("America/Toronto"), ZoneInfo("Europe/Paris")
CHANGES = {
    TORONTO: (datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC)),
    PARIS: (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
}
"""When clocks change: spring, autumn."""

FORMS = ["%Y.%m.%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.250"]
ZONES = st.sampled_from([TORONTO, PARIS])
SECONDS = st.integers(-3 * 3600, 3 * 3600)


@given(ZONES, st.sampled_from([0, 1]), SECONDS, st.sampled_from(FORMS))
def test_the_true_instant_is_one_of_the_two_that_a_local_text_may_mean(
    zone: ZoneInfo, which: int, seconds: int, form: str
) -> None:
    change = CHANGES[zone][which]
    instant = change + timedelta(seconds=seconds)
    interval = interval_reader(zone)(instant.astimezone(zone).strftime(form))
    assert written(instant) in interval
    repeated = which == 1 and abs(seconds + 0.5) < 3600
    assert (interval[0] != interval[1]) is repeated
    if repeated:
        first, last = (datetime.fromisoformat(str(each)) for each in interval)
        assert last - first == timedelta(hours=1)


@given(ZONES, st.integers(0, 3599))
def test_a_time_that_spring_skips_means_either_clock(zone: ZoneInfo, seconds: int) -> None:
    spring = CHANGES[zone][0]
    skipped = (spring - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None) + timedelta(seconds=1 + seconds)
    interval = interval_reader(zone)(f"{skipped:%Y.%m.%d %H:%M:%S}")
    after = spring + timedelta(seconds=seconds)
    assert interval == (written(after - timedelta(hours=1)), written(after))


def test_a_day_without_time_is_the_whole_day() -> None:
    assert interval_reader(TORONTO)("2026.11.01") == ("2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z")
    assert interval_reader(PARIS)("2026-03-29") == ("2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z")


def test_a_text_with_an_offset_means_one_instant() -> None:
    for text in ("2026-11-01T05:30:00Z", "2026-11-01T01:30:00-04:00"):
        assert interval_reader(TORONTO)(text) == ("2026-11-01T05:30:00Z",) * 2


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "soon", "2026.13.01", "2026.02.30 10:00:00", "01/11/2026", "2026.11.01 25:00", "20261101", "0" * 10),
        *("0001-01-01T00:00:00", "1753.01.01", "1900.01.01 00:00:00", "1899-12-30", "1970.01.01", "9999.12.32"),
    ],
)
def test_what_is_no_date_is_no_date_and_no_error(text: str) -> None:
    assert interval_reader(TORONTO)(text) == (None, None)


@given(st.text())
def test_no_text_whatever_breaks_the_reading(text: str) -> None:
    interval = interval_reader(PARIS)(text)
    assert interval == (None, None) or interval[0] <= interval[1]  # type: ignore[operator]


@pytest.mark.parametrize("raw", [True, 1, "1", "True", "true", " TRUE ", Decimal("1.0")])
def test_every_form_of_subscribed_is_read(raw: object) -> None:
    assert _state(raw) == OptinState(True)


@pytest.mark.parametrize("raw", [False, 0, "0", "False", "false"])
def test_every_form_of_unsubscribed_is_read(raw: object) -> None:
    assert _state(raw) == OptinState(False)


@pytest.mark.parametrize("raw", [None, "", "  "])
def test_no_answer_is_neutral(raw: object) -> None:
    assert _state(raw) == OptinState(None)


@pytest.mark.parametrize("raw", ["maybe", 2, -1, [], {"a": 1}, "yes"])
def test_what_cannot_be_read_is_not_taken_for_neutral(raw: object) -> None:
    assert _state(raw) is None


def test_an_opt_in_that_is_not_shown_is_not_known() -> None:
    assert optin_reader(["News"], TORONTO)({"f_News": 1, "dtOptin_News": "2026.01.02"}) == {}


@pytest.mark.parametrize("date", [None, 20260102, {}, "", "later"])
def test_a_date_that_cannot_be_read_leaves_the_state(date: object) -> None:
    assert optin_reader(["News"], TORONTO)({"optin_News": 1, "dtOptin_News": date}) == {"News": OptinState(True)}


def test_a_date_of_another_code_is_not_taken() -> None:
    given = {"optin_News": 0, "dtOptin_dtOptin_News": "2026.01.02 10:00:00", "dtOptin_NEWS": "2026.01.02 10:00:00"}
    assert optin_reader(["News"], TORONTO)(given) == {"News": OptinState(False)}


def _state(raw: object) -> OptinState | None:
    return optin_reader(["News"], TORONTO)({"optin_News": raw}).get("News")
