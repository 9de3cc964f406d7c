from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.importing.cells import MOST_CHARACTERS, CellReader, as_it_was, cell_reader, made_safe
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark
from disf_desktop.core.importing.rows import RowReason
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import canonical, check_characters

TORONTO = ZoneInfo("America/Toronto")
TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL, FieldType.CHOICE)
SHORTENED = Refusal(RowReason.SHORTENED_NUMBER)
NOT_TEXT = Refusal(RowReason.NOT_TEXT)
NOT_A_NUMBER = Refusal(Reason.NOT_A_NUMBER)
POINT, COMMA = DecimalMark.POINT, DecimalMark.COMMA


def reader(
    type: FieldType,
    *,
    dates: DateOrder | None = None,
    decimal: DecimalMark = POINT,
    key: bool = False,
    choices: tuple[str, ...] = (),
) -> CellReader:
    field = Field("F", "F", type, choices=choices)
    return cell_reader(field, Side.SALESFORCE, dates=dates, decimal=decimal, zone=TORONTO, key=key)


@pytest.mark.parametrize("type", list(FieldType))
@pytest.mark.parametrize("cell", ["", "  ", "\u00a0\u202f", "\ufeff", "\u200b \t", "\0"])
def test_a_cell_of_blanks_is_no_value(type: FieldType, cell: str) -> None:
    assert reader(type)(cell) is None


@pytest.mark.parametrize("type", list(FieldType))
def test_a_cell_with_what_was_no_text_is_refused_in_every_field(type: FieldType) -> None:
    assert reader(type)("caf\ufffd 1") == NOT_TEXT


@pytest.mark.parametrize("type", [*TEXTS, FieldType.DATE, FieldType.INTEGER, FieldType.ID, FieldType.CHOICES])
@pytest.mark.parametrize("letter", ["x", "é", "\u200b"])
def test_a_cell_that_no_field_holds_is_refused(type: FieldType, letter: str) -> None:
    limit = Refusal(RowReason.CELL_TOO_LARGE, (("limit", MOST_CHARACTERS),))
    assert reader(type)(letter * (MOST_CHARACTERS + 1)) == limit


@pytest.mark.parametrize("letter", ["x", "é"])
def test_the_longest_text_is_read(letter: str) -> None:
    assert reader(FieldType.LONG_TEXT)(letter * MOST_CHARACTERS) == letter * MOST_CHARACTERS


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("  Côté ", "Côté"),
        ("\u00a0Hélène\u202f", "Hélène"),
        ("\ufeffNoé\u200b", "Noé"),
        ("He\u0301le\u0300ne", "Hélène"),
        ("00420", "00420"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("é\r\nb", "é\nb"),
        ("a\0b", "ab"),
        ("'=1+1", "=1+1"),
        ("'+33 6 12", "+33 6 12"),
        ("'-Élan", "-Élan"),
        ("''=x", "'=x"),
        ("'tis", "'tis"),
        ("'été'", "'été'"),
        ("1e5", "1e5"),
        ("A1E+12", "A1E+12"),
    ],
)
def test_a_text_is_trimmed_composed_and_as_it_was_before_it_was_made_safe(cell: str, value: str) -> None:
    assert {reader(type)(cell) for type in TEXTS} == {value}


def test_half_of_a_character_is_no_text() -> None:
    assert reader(FieldType.TEXT)("a\ud83d") == NOT_TEXT


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r a1")))
def test_a_cell_made_safe_starts_no_formula_and_comes_back_as_it_was(text: str) -> None:
    safe = made_safe(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert as_it_was(safe) == text


@given(st.text())
def test_a_text_reads_back_to_the_canonical_text_of_the_service(text: str) -> None:
    value = reader(FieldType.TEXT)(text)
    if isinstance(value, str):
        assert canonical(value, FieldType.TEXT) == value
        assert reader(FieldType.TEXT)(made_safe(value)) == value


@given(st.text(alphabet=st.sampled_from("01.,eE+- xé'\u00a0\r\n\0\ufffd")))
def test_the_quick_way_through_a_text_ends_where_the_long_one_does(text: str) -> None:
    assert reader(FieldType.TEXT)(text) == reader(FieldType.TEXT)(f"{text}\0")


@pytest.mark.parametrize("cell", ["1.23457E+12", "1,23457E+12", "5E+15", "-1.2e+012", " 1.23457E+12 ", "\ufeff1,2E+11"])
@pytest.mark.parametrize("type", [*TEXTS, FieldType.INTEGER, FieldType.CONTACT, FieldType.ID, FieldType.REFERENCE])
@pytest.mark.parametrize("decimal", list(DecimalMark))
def test_a_number_cut_by_a_spreadsheet_is_refused_where_its_digits_count(
    type: FieldType, cell: str, decimal: DecimalMark
) -> None:
    assert reader(type, decimal=decimal)(cell) == SHORTENED


def test_an_exponent_is_a_number_in_a_decimal_field_that_is_no_key() -> None:
    assert reader(FieldType.DECIMAL)("1.23457E+12") == "1234570000000"
    assert reader(FieldType.DECIMAL, decimal=COMMA)("1,5e-3") == "0.0015"
    assert reader(FieldType.DECIMAL, key=True)("1.23457E+12") == SHORTENED
    assert reader(FieldType.DECIMAL, key=True)("12.50") == "12.5"
    assert reader(FieldType.INTEGER)("1e3") == SHORTENED


# Choices and ids


@pytest.mark.parametrize(
    "cell", ["Vert;Rouge", "Rouge | Vert", "Vert\nRouge", "Rouge\r\nVert\r\n", "Rouge;Vert;Rouge;"]
)
def test_values_of_a_list_stand_between_semicolons_pipes_or_line_breaks(cell: str) -> None:
    assert reader(FieldType.CHOICES)(cell) == ("Rouge", "Vert")


def test_a_value_of_the_list_may_hold_what_parts_others() -> None:
    read = reader(FieldType.CHOICES, choices=("A|B", "C;D"))
    assert read("A|B") == ("A|B",)
    assert read("A|B;E|F") == ("A|B", "E", "F")
    assert read("C;D") == ("C;D",)
    assert read(" | ; ") is None


ID_15 = "003000000000aBc"
ID_18 = ID_15 + check_characters(ID_15)


@pytest.mark.parametrize("type", [FieldType.ID, FieldType.REFERENCE])
def test_an_id_has_18_characters_that_bear_each_other_out(type: FieldType) -> None:
    read = reader(type)
    assert read(ID_18) == ID_18
    assert read(f" {ID_18}\u00a0") == ID_18
    assert read(ID_15) == Refusal(RowReason.ID_OF_15)
    assert read(ID_18.upper()) == Refusal(Reason.NOT_AN_ID)
    assert read("12") == Refusal(Reason.NOT_AN_ID)
    assert read("é" * 15) == Refusal(Reason.NOT_AN_ID)


def test_a_contact_is_a_whole_number() -> None:
    read = reader(FieldType.CONTACT)
    assert (read("12"), read("0012"), read("12.0"), read("1 234")) == ("12", "12", "12", "1234")
    assert read("0") is None
    assert read("-3") == Refusal(Reason.NOT_AN_ID)
    assert read("abc") == Refusal(RowReason.NOT_A_CONTACT)


def test_a_field_that_cannot_be_written_takes_no_text() -> None:
    assert reader(FieldType.UNSUPPORTED)("x") == Refusal(Reason.UNREADABLE)


# Yes and no


@pytest.mark.parametrize("cell", ["oui", "VRAI", "Yes", "true", "o", "Y", "1", "x", "X", " ✓ ", "1.0"])
def test_yes_is_said_in_both_languages(cell: str) -> None:
    assert reader(FieldType.BOOLEAN)(cell) is True


@pytest.mark.parametrize("cell", ["non", "FAUX", "No", "False", "n", "0", "0,0"])
def test_no_is_said_in_both_languages(cell: str) -> None:
    assert reader(FieldType.BOOLEAN)(cell) is False


@pytest.mark.parametrize("cell", ["peut-être", "2", "oui!", "yesno"])
def test_what_is_neither_yes_nor_no_is_refused(cell: str) -> None:
    assert reader(FieldType.BOOLEAN)(cell) == Refusal(Reason.NOT_A_BOOLEAN)


def test_a_column_of_ever_other_cells_is_read_to_its_end() -> None:
    read: Any = reader(FieldType.CHOICE)
    assert [read(f"v{n}") for n in range(20_000)] == [f"v{n}" for n in range(20_000)]
    assert read("x" * 100) == "x" * 100
