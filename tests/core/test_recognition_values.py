from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.importing.file_form import Aspect, CellKind, ColumnSeen, Finding
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark, FileForm
from disf_desktop.core.importing.recognition import other_values, recognise_columns, recognise_values
from disf_desktop.core.values import check_characters

ID_15 = "003000000000aBc"
ISO, DAY, MONTH, SERIAL = DateOrder.ISO, DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.SERIAL


def columns(*cells: list[str], names: tuple[str, ...] = (), **said: Any) -> tuple[ColumnSeen, ...]:
    rows = [(number, row) for number, row in enumerate(zip(*cells, strict=True), 2)]
    return recognise_columns(names or tuple(f"C{n}" for n in range(len(cells))), rows, FileForm(**said))


def column(*cells: str, name: str = "C", **said: Any) -> ColumnSeen:
    return columns(list(cells), names=(name,), **said)[0]


def values(*seen: ColumnSeen, **said: Any) -> tuple[DateOrder | None, DecimalMark, dict[str, Finding]]:
    dates, decimal, findings = recognise_values(seen, FileForm(**said))
    return dates, decimal, {each.code: each for each in findings}


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["", " ", "\u00a0"], CellKind.EMPTY),
        (["Roy", "Côté 2", "12 rue A"], CellKind.TEXT),
        (["a@example.org", "b@example.org"], CellKind.EMAIL),
        (["a@example", "b@"], CellKind.TEXT),
        (["1", "2,5", "1 234"], CellKind.NUMBER),
        (["007", "123"], CellKind.TEXT),
        (["2024-01-05", "5 janv. 2024", "20240105"], CellKind.DATE),
        (["19991399"], CellKind.NUMBER),
        (["13/02/2024 14:30"], CellKind.DATE),
        (["1/2/3/4", "1-2-2024x", "marteau 3"], CellKind.TEXT),
        (["oui", "non", "1", "0"], CellKind.TRUTH),
        (["0", "1"], CellKind.NUMBER),
        ([ID_15 + check_characters(ID_15), ID_15], CellKind.RECORD_ID),
        (["003000000000aBcAAA"], CellKind.TEXT),
        (["123456789012345"], CellKind.NUMBER),
        (["\ufffd"], CellKind.TEXT),
        (["٣"], CellKind.TEXT),
        (["1"] * 9 + ["n/a"], CellKind.NUMBER),
        (["1"] * 5 + ["n/a"] * 5, CellKind.TEXT),
    ],
)
def test_the_kind_of_a_column_is_that_of_nearly_all_its_cells(cells: list[str], kind: CellKind) -> None:
    assert column(*cells).kind is kind


def test_a_column_shows_some_of_its_cells_and_counts_them() -> None:
    seen = column(" Roy ", "Roy", "", "x" * 200, *"abcdefgh")
    assert (seen.filled, seen.empty) == (11, 1)
    assert seen.samples == ("Roy", "x" * 100, "a", "b", "c")


def test_leading_zeros_and_shortened_numbers_are_told() -> None:
    assert column("00420", "123").leading_zeros
    assert column("1.23457E+12", "1,5E+11", "3").shortened == 2
    assert not column("0", "0,5").leading_zeros


def test_cells_beyond_the_names_and_missing_ones_do_no_harm() -> None:
    seen = recognise_columns(("A", "B"), [(2, ("1",)), (3, ("2", "3", "4"))], FileForm())
    assert [(each.filled, each.empty) for each in seen] == [(2, 0), (1, 1)]


def test_dates_are_counted_by_what_they_tell() -> None:
    seen = column("13/02/2024", "02/03/2024", "05/05/2024", "2024-01-05")
    assert (seen.day_first, seen.month_first, seen.either, seen.dates) == (1, 0, 2, DAY)
    assert column("02/13/2024", "02/03/2024").dates is MONTH
    assert column("02/13/2024", "13/02/2024").dates is None
    assert column("02/03/2024").dates is None
    assert column("02/03/2024", dates=MONTH).dates is MONTH
    assert column("02/03/2024", dates=ISO).dates is None
    assert column("2024-01-05").dates is ISO


def test_one_date_far_down_tells_the_order_of_its_column() -> None:
    seen = columns(*[["02/03/2024"] * 900 + ["13/02/2024"]] + [["x y"] * 901] * 9)
    assert seen[0].dates is DAY


def test_numbers_in_a_column_of_dates_are_days_as_excel_counts_them() -> None:
    assert column("32874", "45000,5", name="Date de naissance").dates is SERIAL
    assert column("32874", "45000", name="Montant").dates is None
    assert column("12", "45000", name="Date").dates is None


def test_numbers_are_counted_by_the_mark_that_explains_them() -> None:
    seen = column("1,5", "2.5", "1,234.5", "1 234,5", "1,234", "12", "12.5.6 x")
    assert (seen.comma, seen.point, seen.threes) == (2, 2, 1)


def test_the_order_of_the_file_is_what_its_columns_agree_on() -> None:
    dates, _, told = values(column("13/02/2024", "02/03/2024"), column("2024-01-05"), column("x"))
    assert dates is DAY
    assert told["dates_day_first"].figures == (("dates", 1), ("either", 1))
    assert told["dates_day_first"].sure
    dates, _, told = values(column("02/13/2024"))
    assert (dates, told["dates_month_first"].figures) == (MONTH, (("dates", 1), ("either", 0)))
    dates, _, told = values(column("2024-01-05", "2024-01-06"))
    assert (dates, told["dates_iso"].figures) == (ISO, (("dates", 2),))
    dates, _, told = values(column("x"))
    assert (dates, told["dates_none"].sure) == (None, True)


def test_dates_that_can_be_read_either_way_are_counted_and_asked_about() -> None:
    dates, _, told = values(column("02/03/2024", "04/05/2024"), column("2024-01-05"))
    assert dates is None
    assert told["dates_ambiguous"].figures == (("either", 2),)
    assert not told["dates_ambiguous"].sure


def test_columns_that_contradict_each_other_are_named() -> None:
    seen = columns(["13/02/2024"], ["02/13/2024"], names=("Né le", "Inscrit"))
    dates, _, told = values(*seen)
    assert dates is None
    assert dict(told["dates_contradict"].figures) == {
        "day_first": 1,
        "month_first": 1,
        "day_first_column": "Né le",
        "month_first_column": "Inscrit",
    }
    assert not told["dates_contradict"].sure


def test_serials_are_told_alone_and_besides_other_dates() -> None:
    serial = column("45000", name="Date")
    dates, _, told = values(serial)
    assert (dates, told["dates_serial"].sure) == (SERIAL, False)
    dates, _, told = values(serial, column("13/02/2024"))
    assert dates is DAY
    assert told["dates_serial_columns"].figures == (("columns", 1), ("column", "Date"))


@pytest.mark.parametrize(
    ("cells", "mark", "code", "sure"),
    [
        (["1,5", "2"], DecimalMark.COMMA, "decimal_found", True),
        (["1.5", "1,234.5"], DecimalMark.POINT, "decimal_found", True),
        (["1,5", "2,5", "3.5"], DecimalMark.COMMA, "decimal_contradict", False),
        (["1,234", "5,678"], DecimalMark.POINT, "decimal_ambiguous", False),
        (["1", "2"], DecimalMark.POINT, "decimal_none", True),
    ],
)
def test_the_decimal_mark_is_the_one_that_the_numbers_speak_for(
    cells: list[str], mark: DecimalMark, code: str, sure: bool
) -> None:
    _, decimal, told = values(column(*cells))
    assert (decimal, told[code].sure) == (mark, sure)


def test_what_a_person_says_of_dates_and_decimals_wins_each_by_itself() -> None:
    seen = column("13/02/2024"), column("1,5")
    dates, decimal, told = values(*seen, dates=MONTH)
    assert (dates, decimal) == (MONTH, DecimalMark.COMMA)
    assert told["dates_said"].said
    assert not told["decimal_found"].said
    dates, decimal, told = values(*seen, decimal=DecimalMark.POINT)
    assert (dates, decimal, told["decimal_said"].said) == (DAY, DecimalMark.POINT, True)


def test_every_other_way_is_offered() -> None:
    others = other_values(None, DecimalMark.COMMA)
    assert others[Aspect.DATES] == ("day_first", "month_first", "iso", "serial")
    assert others[Aspect.DECIMAL] == ("point",)
    assert other_values(DAY, DecimalMark.POINT)[Aspect.DATES] == ("month_first", "iso", "serial")


@given(st.lists(st.dates(min_value=date(1900, 1, 1)), min_size=1, max_size=30), st.sampled_from([DAY, MONTH]))
def test_dates_written_in_an_order_are_never_taken_for_the_other(days: list[date], order: DateOrder) -> None:
    form = "{0:%d}/{0:%m}/{0:%Y}" if order is DAY else "{0:%m}/{0:%d}/{0:%Y}"
    found, _, _ = values(column(*(form.format(day) for day in days)))
    assert found is (order if any(day.day > 12 for day in days) else None)
