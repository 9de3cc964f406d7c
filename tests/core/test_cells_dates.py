from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.importing.cells import CellReader, cell_reader
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Field, FieldType, Side

TORONTO = ZoneInfo("America/Toronto")
NOT_A_DATE, NOT_A_TIME = Refusal(Reason.NOT_A_DATE), Refusal(Reason.NOT_A_TIME)
ISO, DAY, MONTH, SERIAL = DateOrder.ISO, DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.SERIAL


def reader(dates: DateOrder | None, type: FieldType = FieldType.DATE) -> CellReader:
    field = Field("F", "F", type)
    return cell_reader(field, Side.SALESFORCE, dates=dates, decimal=DecimalMark.COMMA, zone=TORONTO)


@pytest.mark.parametrize("order", [None, ISO, DAY, MONTH])
@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-01-05", "2024-01-05"),
        ("2024.01.05", "2024-01-05"),
        ("2024/1/5", "2024-01-05"),
        ("20240105", "2024-01-05"),
        ("1 janv. 2024", "2024-01-01"),
        ("1er mars 2001", "2001-03-01"),
        ("2\u00a0février 1990", "1990-02-02"),
        ("DÉCEMBRE 3, 1999", "1999-12-03"),
        ("Mar 3, 2021", "2021-03-03"),
        ("March 3rd, 2021", "2021-03-03"),
        ("02-Nov-26", "2026-11-02"),
        ("2Nov2026", "2026-11-02"),
        ("lundi 1 janvier 2024", "2024-01-01"),
        ("mar. 3 août 2021", "2021-08-03"),
        ("Mon, 3 May 2021", "2021-05-03"),
        ("2024 Aug 5", "2024-08-05"),
        ("2024-01-05 14:30:00", "2024-01-05"),
        ("2024-01-05T00:00:00.000Z", "2024-01-05"),
    ],
)
def test_a_date_that_leaves_no_choice_is_read_in_every_order(cell: str, day: str, order: DateOrder | None) -> None:
    assert reader(order)(cell) == day


@pytest.mark.parametrize("order", [None, ISO, DAY, MONTH])
@pytest.mark.parametrize(
    "cell",
    [
        "31/02/1990",
        "2024-02-30",
        "31 avril 2024",
        "13/13/2024",
        "1/2-2024",
        "3 brumaire 2024",
        "2024",
        "45000",
        "2024-01-05 25:00",
        "2024-01-05 14:3",
        "hier",
        "1 2024",
        "٢٠٢٦-11-02",
        "2024-01-05 " + "1" * 60,
    ],
)
def test_no_such_day_is_no_date(cell: str, order: DateOrder | None) -> None:
    assert reader(order)(cell) == NOT_A_DATE


@pytest.mark.parametrize("cell", ["02/03/2024", "2.3.2024", "02-03-24", "2 3 2024", " 02/03/2024 ", "2/3/24 2:30 PM"])
def test_a_date_is_read_in_the_order_of_its_column_and_refused_without_one(cell: str) -> None:
    assert reader(DAY)(cell) == "2024-03-02"
    assert reader(MONTH)(cell) == "2024-02-03"
    assert reader(ISO)(cell) == NOT_A_DATE
    assert reader(None)(cell) == NOT_A_DATE
    assert reader(SERIAL)(cell) == NOT_A_DATE


def test_without_an_order_a_date_that_is_one_day_only_is_read() -> None:
    read = reader(None)
    assert (read("13/02/2024"), read("02/13/2024"), read("05/05/2024")) == ("2024-02-13", "2024-02-13", "2024-05-05")


def test_a_date_against_the_order_of_its_column_is_refused() -> None:
    assert reader(DAY)("02/13/2024") == NOT_A_DATE
    assert reader(MONTH)("13/02/2024") == NOT_A_DATE


def test_a_year_of_two_digits_is_read_as_excel_reads_it() -> None:
    read = reader(DAY)
    assert (read("01/02/29"), read("01/02/30"), read("01/02/99")) == ("2029-02-01", "1930-02-01", "1999-02-01")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1", "1900-01-01"),
        ("59", "1900-02-28"),
        ("61", "1900-03-01"),
        ("45000", "2023-03-15"),
        ("45000,75", "2023-03-15"),
        ("45000.999999", "2023-03-16"),
        ("2958465", "9999-12-31"),
        ("0", NOT_A_DATE),
        ("60", NOT_A_DATE),
        ("60,5", NOT_A_DATE),
        ("2958466", NOT_A_DATE),
        ("-1", NOT_A_DATE),
        ("2024-01-05", NOT_A_DATE),
    ],
)
def test_a_serial_is_the_day_that_excel_shows(cell: str, day: str | Refusal) -> None:
    assert reader(SERIAL)(cell) == day


DAYS = st.dates(min_value=date(1900, 1, 1))
WRITTEN = {
    ISO: ["{0:%Y}-{0:%m}-{0:%d}", "{0:%Y}.{0:%m}.{0:%d}", "{0:%Y}/{0.month}/{0.day}"],
    DAY: ["{0:%d}/{0:%m}/{0:%Y}", "{0.day}-{0.month}-{0:%Y}", "{0.day}.{0.month}.{0:%Y}", "{0:%d} {0:%m} {0:%Y}"],
    MONTH: ["{0:%m}/{0:%d}/{0:%Y}", "{0.month}-{0.day}-{0:%Y}", "{0.month}.{0.day}.{0:%Y}"],
}


@given(day=DAYS, order=st.sampled_from([ISO, DAY, MONTH]), which=st.integers(0, 3), read_as=st.sampled_from(DateOrder))
def test_a_date_reads_back_in_its_order_and_without_one_never_as_another_day(
    day: date, order: DateOrder, which: int, read_as: DateOrder
) -> None:
    forms = WRITTEN[order]
    cell = forms[which % len(forms)].format(day)
    assert reader(order)(cell) == day.isoformat()
    assert reader(None)(cell) in (day.isoformat(), NOT_A_DATE)
    if order is ISO and read_as is not SERIAL:
        assert reader(read_as)(cell) == day.isoformat()


@given(
    DAYS,
    st.sampled_from([["janvier", "janv", "janv.", "jan", "january", "Jan"]]),
    st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}"]),
)
def test_a_month_by_its_name_is_that_month(day: date, names: list[str], form: str) -> None:
    expected = day.replace(month=1).isoformat()
    assert {reader(None)(form.format(d=day.day, m=name, y=f"{day:%Y}")) for name in names} == {expected}


MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "January February March April May June July August September October November December",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
)


@pytest.mark.parametrize("names", MONTHS)
def test_every_month_has_its_number(names: str) -> None:
    read = reader(ISO)
    assert [read(f"7 {name} 2024") for name in names.split()] == [f"2024-{n:02d}-07" for n in range(1, 13)]


@given(st.integers(61, 2_958_465))
def test_serials_count_days(serial: int) -> None:
    expected = (date(1899, 12, 30) + timedelta(serial)).isoformat()
    assert reader(SERIAL)(str(serial)) == expected


# Date-times


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2024-07-05", "2024-07-05T04:00:00Z"),
        ("05/07/2024", "2024-07-05T04:00:00Z"),
        ("05/07/2024 14:30", "2024-07-05T18:30:00Z"),
        ("05/07/2024 14:30:15", "2024-07-05T18:30:15Z"),
        ("05/07/2024 2:30 PM", "2024-07-05T18:30:00Z"),
        ("05/07/2024 12:30 am", "2024-07-05T04:30:00Z"),
        ("05/07/2024 3 p.m.", "2024-07-05T19:00:00Z"),
        ("05/07/2024 14h30", "2024-07-05T18:30:00Z"),
        ("5 juillet 2024 à 14 h 30", "2024-07-05T18:30:00Z"),
        ("5 juillet 2024 à 14 h", "2024-07-05T18:00:00Z"),
        ("Jul 5, 2024, 2:30:01 p.m.", "2024-07-05T18:30:01Z"),
        ("2024-07-05T14:30:00.000Z", "2024-07-05T14:30:00Z"),
        ("2024-07-05T14:30:00", "2024-07-05T18:30:00Z"),
        ("2024-07-05T14:30:00+02:00", "2024-07-05T12:30:00Z"),
        ("05/07/2024 14:30 +0200", "2024-07-05T12:30:00Z"),
        ("2024-07-05 14:30:00.123 UTC", "2024-07-05T14:30:00Z"),
        ("2024-07-05T14h30", "2024-07-05T18:30:00Z"),
        ("2024-11-03 01:30:00", "2024-11-03T05:30:00Z"),
        ("05/07/2024 24:00", NOT_A_DATE),
        ("05/07/2024 13:00 PM", NOT_A_DATE),
        ("05/07/2024 0:30 AM", NOT_A_DATE),
        ("31/02/2024 14:30", NOT_A_DATE),
        ("05/07/2024 14:30 +99:00", NOT_A_DATE),
        ("0001-01-01 00:00 +10:00", NOT_A_DATE),
        ("9999-12-31 23:30", NOT_A_DATE),
        ("tantôt", NOT_A_DATE),
    ],
)
def test_a_moment_without_offset_is_in_the_zone_of_the_file(cell: str, moment: str | Refusal) -> None:
    assert reader(DAY, FieldType.DATETIME)(cell) == moment


def test_a_serial_with_a_fraction_is_a_moment() -> None:
    read = reader(SERIAL, FieldType.DATETIME)
    assert read("45478,604166667") == "2024-07-05T18:30:00Z"
    assert read("45478") == "2024-07-05T04:00:00Z"
    assert read("x") == NOT_A_DATE


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)), st.booleans())
def test_a_local_moment_is_the_same_by_the_quick_way_and_the_long_one(at: datetime, seconds: bool) -> None:
    clock = "%H:%M:%S" if seconds else "%H:%M"
    local = (
        at.replace(microsecond=0, tzinfo=TORONTO) if seconds else at.replace(microsecond=0, second=0, tzinfo=TORONTO)
    )
    expected = local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    read = reader(DAY, FieldType.DATETIME)
    assert read(f"{at:%d/%m/%Y {clock}}") == expected
    assert read(f"{at:%d/%m/%Y  {clock}}") == expected
    assert read(f"{at:%Y-%m-%d {clock}}") == expected


# Times


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ("14:30", "14:30:00"),
        ("9:05:07", "09:05:07"),
        ("14:30:00.500Z", "14:30:00"),
        ("2:30 PM", "14:30:00"),
        ("12 am", "00:00:00"),
        ("14h30", "14:30:00"),
        ("8 h", "08:00:00"),
        ("24:00", NOT_A_TIME),
        ("14:60", NOT_A_TIME),
        ("14", NOT_A_TIME),
        ("0,5", NOT_A_TIME),
        ("midi", NOT_A_TIME),
        ("1" * 70, NOT_A_TIME),
    ],
)
def test_a_time_of_day_is_read_with_or_without_seconds(cell: str, clock: str | Refusal) -> None:
    assert reader(DAY, FieldType.TIME)(cell) == clock


def test_a_serial_time_is_a_part_of_a_day() -> None:
    read = reader(SERIAL, FieldType.TIME)
    assert (read("0,5"), read("0.604166667"), read("14:30"), read("1")) == (
        "12:00:00",
        "14:30:00",
        "14:30:00",
        "00:00:00",
    )
    assert read("x") == NOT_A_TIME
