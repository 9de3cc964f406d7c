from __future__ import annotations

from datetime import UTC
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.importing.cells import CellReader, cell_reader
from disf_desktop.core.importing.recipe import DecimalMark
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import plain

POINT, COMMA = DecimalMark.POINT, DecimalMark.COMMA
MARK = {POINT: ".", COMMA: ","}
NOT_A_NUMBER = Refusal(Reason.NOT_A_NUMBER)


def reader(decimal: DecimalMark, type: FieldType = FieldType.DECIMAL) -> CellReader:
    return cell_reader(Field("F", "F", type), Side.DIALOG_INSIGHT, dates=None, decimal=decimal, zone=UTC)


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("1 234,5", COMMA, "1234.5"),
        ("1.234,5", COMMA, "1234.5"),
        ("1,234.50", POINT, "1234.5"),
        ("1,234", POINT, "1234"),
        ("1,234", COMMA, "1.234"),
        ("1.234", COMMA, "1234"),
        ("1.234", POINT, "1.234"),
        ("1\u202f234\u202f567,89", COMMA, "1234567.89"),
        ("1'234'567.8", POINT, "1234567.8"),
        ("1’234", POINT, "1234"),
        ("12 345,60 $", COMMA, "12345.6"),
        ("$1,234.50", POINT, "1234.5"),
        ("-$1,234.50", POINT, "-1234.5"),
        ("$-5", POINT, "-5"),
        ("CA$ 5", POINT, "5"),
        ("CAD 5", POINT, "5"),
        ("5 $ CA", POINT, "5"),
        ("€5", POINT, "5"),
        ("5,25\u00a0€", COMMA, "5.25"),
        ("45 %", POINT, "45"),
        ("(1 234,50 $)", COMMA, "-1234.5"),
        ("$(5.00)", POINT, "-5"),
        ("12,50-", COMMA, "-12.5"),
        ("−3", POINT, "-3"),
        ("+3", POINT, "3"),
        ("'-3", POINT, "-3"),
        (".5", POINT, "0.5"),
        (",5", COMMA, "0.5"),
        ("5.", POINT, "5"),
        ("007", POINT, "7"),
        ("-0.0", POINT, "0"),
        ("-0,50", COMMA, "-0.5"),
        ("100.00", POINT, "100"),
    ],
)
def test_a_number_is_read_however_it_is_written(cell: str, decimal: DecimalMark, value: str) -> None:
    assert reader(decimal)(cell) == value


@pytest.mark.parametrize(
    ("cell", "decimal"),
    [
        ("1 2345", POINT),
        ("12,34,567", POINT),
        ("1,234 567", POINT),
        ("1 234\u00a0567", POINT),
        ("0.123", COMMA),
        ("0,123", POINT),
        ("1.5", COMMA),
        ("1,5", POINT),
        ("1,234,56", COMMA),
        ("1.234.5", POINT),
        ("1.234E+05", COMMA),
        ("--5", POINT),
        ("-5-", POINT),
        ("(-5)", POINT),
        ("((5))", POINT),
        ("(5", POINT),
        ("$(5", POINT),
        ("5)", POINT),
        ("(5%", POINT),
        ("$", POINT),
        ("1 2", POINT),
        ("douze", POINT),
        ("٣", POINT),
        ("NaN", POINT),
        ("1e99999", POINT),
    ],
)
def test_what_could_be_two_numbers_or_none_is_refused(cell: str, decimal: DecimalMark) -> None:
    assert reader(decimal)(cell) == NOT_A_NUMBER


def test_a_whole_number_is_read_by_the_same_rules() -> None:
    read = reader(COMMA, FieldType.INTEGER)
    assert (read("12"), read("1 234"), read("1.234"), read("12,0"), read("(3)")) == (12, 1234, 1234, 12, -3)
    assert read("12,5") == Refusal(Reason.HAS_DECIMALS, (("decimals", 1), ("limit", 0)))
    assert read("1 23") == NOT_A_NUMBER
    assert read("9" * 30) == Refusal(Reason.OUT_OF_RANGE, (("limit", 19),))


NUMBERS = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**15), 10**15), st.integers(0, 6)
)
MONEY = ["{}", "$ {}", "{} $", "CAD {}", "{}\u00a0€", "£{}", "{} %"]
MINUS = ["-{}", "−{}", "({})", "{}-"]


@given(
    number=NUMBERS,
    decimal=st.sampled_from(DecimalMark),
    gap=st.sampled_from(["", " ", "\u00a0", "\u202f", "'", "’", "other"]),
    minus=st.sampled_from(MINUS),
    money=st.sampled_from(MONEY),
    zeros=st.integers(0, 2),
)
def test_a_number_in_any_writing_reads_back_under_its_own_mark(
    number: Decimal, decimal: DecimalMark, gap: str, minus: str, money: str, zeros: int
) -> None:
    whole, _, places = format(abs(number), ",f").partition(".")
    other = MARK[COMMA if decimal is POINT else POINT]
    text = whole.replace(",", other if gap == "other" else gap)
    if places or zeros:
        text += MARK[decimal] + places + "0" * zeros
    text = money.format(text)
    assert reader(decimal)(minus.format(text) if number < 0 else text) == plain(number)


@given(st.text(alphabet=st.sampled_from("0123456789.,  '-+()$%eE"), max_size=14), st.sampled_from(DecimalMark))
def test_a_text_that_is_read_has_the_digits_of_its_number_and_no_other(text: str, decimal: DecimalMark) -> None:
    value = reader(decimal)(text)
    if isinstance(value, str) and "e" not in text.lower():
        digits = "".join(c for c in text if c.isdigit())
        assert digits.strip("0") == value.lstrip("-").replace(".", "").strip("0")
