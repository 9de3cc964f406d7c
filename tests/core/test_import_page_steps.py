"""A page of a column at once gives what its cells give one by one, whatever is in them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from disf_desktop.core.importing.cell_steps import ColumnFigures, DateReaders, Steps, steps_of
from disf_desktop.core.importing.page_steps import Remembered
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark
from disf_desktop.core.refusals import Refusal
from disf_desktop.core.schema import Field, FieldType, Side


def steps(
    kind: FieldType,
    *,
    side: Side = Side.DIALOG_INSIGHT,
    zone: str = "America/Toronto",
    length: int = 0,
    precision: int = 0,
    scale: int = 0,
    decimal: DecimalMark = DecimalMark.COMMA,
) -> Steps:
    field = Field("It", "It", kind, length=length, precision=precision, scale=scale)
    figures, place = ColumnFigures.of(["it"]), ZoneInfo(zone)
    readers = DateReaders(side, place)
    return steps_of(
        field, side, (), figures, 0, readers, dates=DateOrder.DAY_FIRST, decimal=decimal, zone=place, key=False
    )


def agree(made: Steps, cells: list[str]) -> None:
    values, sound = made.page(cells)
    assert list(values) == [made.cell(cell) for cell in cells]
    assert sound is (Refusal not in map(type, values))


PLAIN = st.sampled_from(["Zoé", "Roy", "", "Anne-Marie", "O'Neil"])


def beside(odd: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    """Give pages of which most cells are plain and one may be odd."""
    return st.tuples(st.lists(PLAIN, max_size=3), odd, st.lists(PLAIN, max_size=2)).map(lambda p: [*p[0], p[1], *p[2]])


ODD = st.text(st.sampled_from("aeÉ \u0301\u00a0'\r\n\t\0,;=+E12.\ufffd\ufeff’😀@-"), max_size=8)


@given(beside(ODD), st.sampled_from(Side))
@example(["'=1"], Side.SALESFORCE)
@example(["Roy", " '+2"], Side.SALESFORCE)
@example(["Zoé", "e\u0301"], Side.SALESFORCE)
@example(["1.23E+12"], Side.SALESFORCE)
@example(["a\r\nb"], Side.SALESFORCE)
@example(["😀😀😀😀😀"], Side.DIALOG_INSIGHT)
@example(["é\ufffd"], Side.DIALOG_INSIGHT)
def test_texts(cells: list[str], side: Side) -> None:
    agree(steps(FieldType.TEXT, side=side, length=6), cells)
    agree(steps(FieldType.LONG_TEXT, side=side), cells)


MAILS = st.sampled_from(["a@example.org", "", "A.B@example.org ", "é@example.org", "nobody", "'=x@example.org"])


@given(st.lists(MAILS | ODD, min_size=1, max_size=4))
@example(["'=x@example.org"])
@example(["a@example.org", ""])
@example(["abcdefghij@example.org"])
def test_emails(cells: list[str]) -> None:
    agree(steps(FieldType.EMAIL, length=20), cells)


NUMBERS = st.from_regex(r"[-+]?[0-9 ]{0,7}([.,][0-9]{0,3})?", fullmatch=True)


@given(st.lists(NUMBERS | ODD, min_size=1, max_size=4), st.sampled_from(DecimalMark))
@example(["12,50"], DecimalMark.COMMA)
@example(["12,5", "1234567,5"], DecimalMark.COMMA)
@example(["-0,0"], DecimalMark.COMMA)
@example(["007"], DecimalMark.POINT)
@example(["٣"], DecimalMark.POINT)
@example(["1", ""], DecimalMark.POINT)
@example(["99999"], DecimalMark.POINT)
def test_numbers(cells: list[str], decimal: DecimalMark) -> None:
    agree(steps(FieldType.DECIMAL, precision=6, scale=2, decimal=decimal), cells)
    agree(steps(FieldType.DECIMAL, precision=2, scale=2, decimal=decimal), cells)
    agree(steps(FieldType.DECIMAL, decimal=decimal), cells)
    agree(steps(FieldType.INTEGER, precision=4, decimal=decimal), cells)


ZONES = st.sampled_from(["America/Toronto", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Monrovia", "UTC"])
MOMENTS = st.builds(
    "{:02d}/{:02d}/{} {:02d}:{}".format,
    st.integers(1, 31),
    st.integers(1, 13),
    st.sampled_from(["2026", "1971", "26"]),
    st.integers(0, 24),
    st.sampled_from(["00", "29", "30", "59", "60", "00:00", "59:59", "59:60", "30:30 PM"]),
)


@given(st.lists(MOMENTS | ODD, min_size=1, max_size=4), ZONES)
@example(["04/10/2026 02:15", "04/10/2026 02:45"], "Australia/Lord_Howe")
@example(["05/04/2026 01:15", "05/04/2026 01:45"], "Australia/Lord_Howe")
@example(["08/03/2026 02:30", "01/11/2026 01:30"], "America/Toronto")
@example(["02/11/2026 14:10", "02/11/2026 14:50:30"], "Asia/Kolkata")
@example(["04/04/1999 01:00", "04/04/1999 01:30"], "America/Moncton")
@example(["2026-11-02T14:10", "2026-11-02 14:10:05"], "UTC")
def test_moments(cells: list[str], zone: str) -> None:
    agree(steps(FieldType.DATETIME, zone=zone), cells)


@pytest.mark.parametrize("kind", [FieldType.DATE, FieldType.BOOLEAN, FieldType.ID, FieldType.TIME])
def test_what_is_read_one_by_one(kind: FieldType) -> None:
    agree(steps(kind), ["02/11/2026", "oui", "", "003000000000001AAA", "14:10", "x"])


def test_a_memory_of_texts_keeps_no_more_than_it_may() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    memory = Remembered(length, most=2)
    assert [memory[text] for text in ("a", "bb", "ccc", "a", "ccc", "d" * 65, "a")] == [1, 2, 3, 1, 3, 65, 1]
    assert asked == ["a", "bb", "ccc", "ccc", "d" * 65]
    assert len(memory) == 2
