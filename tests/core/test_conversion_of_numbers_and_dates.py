from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.conversion import default_of
from disf_desktop.core.fitting import decimal_room, whole_range
from disf_desktop.core.project import TransformName
from disf_desktop.core.refusals import Reason, Refusal, has_decimals, out_of_range, too_long
from disf_desktop.core.schema import FieldType
from disf_desktop.core.values import canonical
from tests.core.fields import (
    PARIS,
    TORONTO,
    ZONES,
    a_field,
    a_pair,
    image,
)

T = FieldType


@pytest.mark.parametrize(
    ("members", "least", "most"),
    [
        ({}, -(2**31), 2**31 - 1),
        ({"precision": 10}, -(2**31), 2**31 - 1),
        ({"precision": 3}, -999, 999),
        ({"precision": 19}, -(2**63), 2**63 - 1),
        ({"precision": 11}, -99_999_999_999, 99_999_999_999),
        ({"native_type": "Bigint"}, -(2**63), 2**63 - 1),
        ({"native_type": "long"}, -(2**63), 2**63 - 1),
    ],
)
def test_a_whole_number_must_be_within_its_bits_and_digits(members: dict[str, Any], least: int, most: int) -> None:
    source, target = a_field(T.INTEGER), a_field(T.INTEGER, **members)
    assert whole_range(target) == (least, most)
    assert [image(n, source, target) for n in (least, most)] == [least, most]
    for n in (least - 1, most + 1):
        refused = image(n, source, target)
        assert isinstance(refused, Refusal)
        assert refused.code == Reason.OUT_OF_RANGE
        limit = dict(refused.figures)["limit"]
        assert image(10**limit - 1, source, target) == 10**limit - 1


def test_a_decimal_must_be_within_its_digits_before_and_after_the_point() -> None:
    source, target = a_field(T.DECIMAL), a_field(T.DECIMAL, precision=5, scale=2)
    assert decimal_room(target) == (3, 2)
    for fits in ("999.99", "-999.99", "0.05", "0"):
        assert image(fits, source, target) == fits
    assert image("1000", source, target) == out_of_range(3)
    assert image("-1000", source, target) == out_of_range(3)
    assert image("0.005", source, target) == has_decimals(3, 2)
    assert image("0.5", source, a_field(T.DECIMAL, precision=2, scale=2)) == "0.5"
    assert image("1", source, a_field(T.DECIMAL, precision=2, scale=2)) == out_of_range(0)
    assert image("1.55", source, a_field(T.DECIMAL, scale=1)) == has_decimals(2, 1)
    assert image("123456789012345678.123456", source, a_field(T.DECIMAL)) == "123456789012345678.123456"


def test_decimals_are_refused_by_a_whole_number_unless_rounded() -> None:
    source, target = a_field(T.DECIMAL), a_field(T.INTEGER)
    assert image("12.5", source, target) == has_decimals(1, 0)
    assert image("12.5", source, target, TransformName.ROUND) == 13
    assert image("-12.5", source, target, TransformName.ROUND) == -13
    assert image("2147483647.5", source, target, TransformName.ROUND) == out_of_range(9)
    assert image("12.25 ", a_field(T.TEXT), target, TransformName.ROUND) == 12
    assert image("a dozen", a_field(T.TEXT), target, TransformName.ROUND) == Refusal(Reason.NOT_A_NUMBER)


@given(st.integers(-(10**20), 10**20), st.integers(0, 12), st.integers(0, 6))
def test_rounding_is_half_up_on_the_exact_number(digits: int, scale: int, target_scale: int) -> None:
    number = Decimal(digits).scaleb(-scale)
    target = a_field(T.DECIMAL, precision=40, scale=target_scale)
    value = canonical(number, T.DECIMAL)
    sent = image(value, a_field(T.DECIMAL), target, TransformName.ROUND)  # type: ignore[arg-type]
    assert isinstance(sent, str)
    assert Decimal(sent) == number.quantize(Decimal(1).scaleb(-target_scale), ROUND_HALF_UP)
    assert abs(Decimal(sent) - number) * 2 <= Decimal(1).scaleb(-target_scale)


def test_a_whole_number_is_a_boolean_only_if_it_is_1_or_0() -> None:
    assert image(0, a_field(T.INTEGER), a_field(T.BOOLEAN)) is False
    assert image(2, a_field(T.INTEGER), a_field(T.BOOLEAN)) == Refusal(Reason.NOT_A_BOOLEAN)


def test_false_is_a_value() -> None:
    assert image(False, a_field(T.BOOLEAN), a_field(T.TEXT)) == "false"
    assert image(False, a_field(T.BOOLEAN), a_field(T.BOOLEAN), default="true") is False
    assert image(0, a_field(T.INTEGER), a_field(T.INTEGER), default="5") == 0


# Dates


def test_an_instant_in_the_second_pass_of_a_repeated_hour_becomes_the_first() -> None:
    moment = a_field(T.DATETIME)
    assert image("2026-11-01T06:30:00Z", moment, moment) == "2026-11-01T05:30:00Z"
    assert image("2026-11-01T05:30:00Z", moment, moment) == "2026-11-01T05:30:00Z"
    assert image("2026-11-01T07:00:00Z", moment, moment) == "2026-11-01T07:00:00Z"
    assert image("2026-10-25T01:30:00Z", moment, moment, zone=PARIS) == "2026-10-25T00:30:00Z"
    assert image("2026-03-08T07:30:00Z", moment, moment) == "2026-03-08T07:30:00Z"


def test_the_day_of_an_instant_is_that_of_the_project() -> None:
    moment, day = a_field(T.DATETIME), a_field(T.DATE)
    assert image("2026-11-02T02:10:00Z", moment, day) == "2026-11-01"
    assert image("2026-11-02T02:10:00Z", moment, day, zone=PARIS) == "2026-11-02"


def test_a_day_whose_midnight_is_skipped_begins_at_its_first_moment() -> None:
    havana = ZoneInfo("America/Havana")
    assert image("2026-03-08", a_field(T.DATE), a_field(T.DATETIME), zone=havana) == "2026-03-08T05:00:00Z"


@given(st.dates(), ZONES)
def test_a_date_keeps_its_day_through_a_moment(day: Any, zone: ZoneInfo) -> None:
    date, moment = a_field(T.DATE), a_field(T.DATETIME)
    there = image(str(day), date, moment, zone=zone)
    if isinstance(there, Refusal):
        assert there == Refusal(Reason.NOT_A_DATE)
        assert day.year in (1, 9999)
    else:
        assert image(there, moment, date, zone=zone) == str(day)


def test_a_moment_at_the_edge_of_the_calendar_is_refused() -> None:
    first, last = "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"
    moment, date = a_field(T.DATETIME), a_field(T.DATE)
    assert image(first, moment, date) == Refusal(Reason.NOT_A_DATE)
    assert image(first, moment, moment) == Refusal(Reason.NOT_A_DATE)
    assert image(last, moment, moment, zone=PARIS) == Refusal(Reason.NOT_A_DATE)
    assert image(last, moment, moment, zone=ZoneInfo("UTC")) == last


@given(zone=ZONES, moment=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2040, 1, 1)))
def test_only_the_second_pass_of_a_repeated_hour_is_moved(zone: ZoneInfo, moment: datetime) -> None:
    text = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    moved = image(text, a_field(T.DATETIME), a_field(T.DATETIME), zone=zone) != text
    assert moved == bool(moment.replace(microsecond=0, tzinfo=UTC).astimezone(zone).fold)


# Defaults


def test_an_empty_source_gives_the_default_in_the_form_of_the_target() -> None:
    text = a_field(T.TEXT)
    assert image(None, text, a_field(T.TEXT), default="none") == "none"
    assert image("Ann", text, a_field(T.TEXT), default="none") == "Ann"
    assert image(None, text, a_field(T.BOOLEAN), default="0") is False
    assert image(None, text, a_field(T.INTEGER), default="12") == 12
    assert image(None, text, a_field(T.DATETIME), default="2026.11.02 14:10:00") == "2026-11-02T19:10:00Z"
    assert image(None, text, a_field(T.CHOICES), default="b|a") == ("a", "b")


def test_a_default_that_the_target_does_not_hold_is_known_beforehand() -> None:
    assert default_of(a_field(T.TEXT, length=3), a_pair(default="none"), TORONTO) == too_long(4, 3)
    assert default_of(a_field(T.TEXT, length=3), a_pair(TransformName.CUT, default="none"), TORONTO) == too_long(4, 3)
    assert default_of(a_field(T.DATE), a_pair(default="today"), TORONTO) == Refusal(Reason.NOT_A_DATE)
    assert default_of(a_field(T.TEXT), a_pair(), TORONTO) is None
    assert default_of(a_field(T.TEXT), a_pair(default=" "), TORONTO) is None
