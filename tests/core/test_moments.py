from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from disf_desktop.core.moments import from_local, instant, to_local
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import FieldType, Side
from disf_desktop.core.values import canonical
from tests.core.fields import MOMENTS, NEAR_CLOCK_CHANGES, PARIS, TORONTO, ZONES

NOT_A_DATE = Refusal(Reason.NOT_A_DATE)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (None, None),
        ("", None),
        ("\0 ", None),
        ("2026-11-02", "2026-11-02"),
        ("2026.11.02", "2026-11-02"),
        (" 2026-11-02 ", "2026-11-02"),
        ("2026-11-02T14:10:00.000", "2026-11-02"),
        ("2026.11.02 00:00:00", "2026-11-02"),
        ("2024-02-29", "2024-02-29"),
        ("2026-02-29", NOT_A_DATE),
        ("2026.02.30", NOT_A_DATE),
        ("2026-11.02", NOT_A_DATE),
        ("2026-W01-1", NOT_A_DATE),
        ("20261102", NOT_A_DATE),
        ("2026.11.02 25:00:00", NOT_A_DATE),
        ("02/11/2026", NOT_A_DATE),
        ("٢٠٢٦-11-02", NOT_A_DATE),
        (20261102, NOT_A_DATE),
    ],
)
def test_a_date_is_read_with_hyphens_or_dots(raw: Any, value: Any) -> None:
    assert canonical(raw, FieldType.DATE) == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (None, None),
        ("", None),
        ("2026-11-02T14:10:00.000+0000", "2026-11-02T14:10:00Z"),
        ("2026-11-02T14:10:00.000Z", "2026-11-02T14:10:00Z"),
        ("2026-11-02T14:10:00Z", "2026-11-02T14:10:00Z"),
        ("2026-11-02T14:10:00.987+0000", "2026-11-02T14:10:00Z"),
        ("2026-11-02T14:10:00.5Z", "2026-11-02T14:10:00Z"),
        ("2026-11-02T14:10:00-05:00", "2026-11-02T19:10:00Z"),
        ("2026-11-02T14:10:00.000+0530", "2026-11-02T08:40:00Z"),
        ("2026-11-02T14:10:00+02", "2026-11-02T12:10:00Z"),
        ("2026-11-02T14:10:00", NOT_A_DATE),
        ("2026-13-02T14:10:00.000+0000", NOT_A_DATE),
        ("2026-02-30T14:10:00Z", NOT_A_DATE),
        ("2026-11-02T24:10:00.5Z", NOT_A_DATE),
        ("2026.11-02T14:10:00.000Z", NOT_A_DATE),
        ("2026-11-02T14+01:00Z", NOT_A_DATE),
        ("2026-11-02T14:10+01Z", NOT_A_DATE),
        ("0001-01-01T00:00:00+05:00", NOT_A_DATE),
        ("2026-11-02T14:10:00.000+9900", NOT_A_DATE),
        ("soon", NOT_A_DATE),
        (5, NOT_A_DATE),
    ],
)
def test_an_instant_of_salesforce_is_kept_in_utc_at_whole_seconds(raw: Any, value: Any) -> None:
    assert canonical(raw, FieldType.DATETIME) == value


@pytest.mark.parametrize(
    "raw",
    [
        "2026.11.02 14:10:00",
        "2026-11-02 14:10:00",
        "2026-11-02T14:10:00",
        "2026-11-02T14:10:00.000",
        "2026-11-02 14:10",
        "2026-11-02T14:10:00-05:00",
        "2026-11-02T19:10:00Z",
    ],
)
def test_a_moment_of_dialog_insight_is_in_the_projects_zone_unless_it_says_otherwise(raw: str) -> None:
    assert canonical(raw, FieldType.DATETIME, Side.DIALOG_INSIGHT, TORONTO) == "2026-11-02T19:10:00Z"


def test_a_day_alone_is_its_first_moment() -> None:
    assert from_local("2026.11.02", TORONTO) == "2026-11-02T05:00:00Z"


@pytest.mark.parametrize("text", ["", "soon", "2026.11.31 00:00:00", "0001.01.01 00:00:00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    assert from_local(text, PARIS) == NOT_A_DATE


def test_in_the_hour_that_autumn_repeats_the_earlier_instant_is_meant() -> None:
    assert to_local("2026-11-01T05:30:00Z", TORONTO) == "2026.11.01 01:30:00"
    assert to_local("2026-11-01T06:30:00Z", TORONTO) == "2026.11.01 01:30:00"
    assert from_local("2026.11.01 01:30:00", TORONTO) == "2026-11-01T05:30:00Z"
    assert from_local("2026-10-25 02:30:00", PARIS) == "2026-10-25T00:30:00Z"


def test_the_hour_that_spring_skips_is_read_as_if_the_clock_had_not_been_put_forward() -> None:
    assert from_local("2026.03.08 02:30:00", TORONTO) == "2026-03-08T07:30:00Z"
    assert to_local("2026-03-08T07:30:00Z", TORONTO) == "2026.03.08 03:30:00"
    assert from_local("2026.03.29 02:30:00", PARIS) == "2026-03-29T01:30:00Z"


@given(moment=MOMENTS | NEAR_CLOCK_CHANGES, zone=ZONES)
def test_an_instant_goes_to_local_time_and_back_or_to_the_first_pass_of_a_repeated_hour(
    moment: datetime, zone: ZoneInfo
) -> None:
    text = moment.replace(microsecond=0, tzinfo=UTC).isoformat()[:19] + "Z"
    back = from_local(to_local(text, zone), zone)
    assert isinstance(back, str)
    local = instant(text).astimezone(zone)
    if local.fold:
        assert back < text
        assert instant(text) - instant(back) <= timedelta(hours=3)
        assert to_local(back, zone) == to_local(text, zone)
    else:
        assert back == text


@given(moment=NEAR_CLOCK_CHANGES, zone=ZONES)
def test_a_local_time_that_exists_goes_to_utc_and_back(moment: datetime, zone: ZoneInfo) -> None:
    text = f"{moment:%Y.%m.%d %H:%M:%S}"
    there = from_local(text, zone)
    assert isinstance(there, str)
    back = to_local(there, zone)
    early, late = (moment.replace(microsecond=0, tzinfo=zone, fold=f).utcoffset() for f in (0, 1))
    assert early is not None
    assert late is not None
    skipped = early < late
    assert (back == text) != skipped


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (None, None),
        ("", None),
        (" ", None),
        ("14:10:00.000Z", "14:10:00"),
        ("14:10:00", "14:10:00"),
        ("14:10", "14:10:00"),
        ("24:00:00", Refusal(Reason.NOT_A_TIME)),
        ("2 pm", Refusal(Reason.NOT_A_TIME)),
        (14, Refusal(Reason.NOT_A_TIME)),
    ],
)
def test_a_time_of_day_is_read_with_or_without_seconds(raw: Any, value: Any) -> None:
    assert canonical(raw, FieldType.TIME) == value
