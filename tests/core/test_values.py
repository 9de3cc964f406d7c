from __future__ import annotations

from decimal import Decimal
from typing import Any
from unicodedata import normalize

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.refusals import Reason, Refusal, out_of_range
from disf_desktop.core.schema import FieldType, Side
from disf_desktop.core.values import SEPARATOR, Value, canonical, canonicaliser, check_characters
from tests.core.fields import ACCENTED, ID15, ID18, TORONTO, ZONES, a_field, anything, raw_values

TEXT, DI = FieldType.TEXT, Side.DIALOG_INSIGHT


def bad(reason: Reason) -> Refusal:
    return Refusal(reason)


@given(raw=anything(), type=st.sampled_from(FieldType), side=st.sampled_from(Side), zone=ZONES)
def test_whatever_a_service_sends_has_a_canonical_form_or_a_reason(
    raw: Any, type: FieldType, side: Side, zone: Any
) -> None:
    value = canonical(raw, type, side, zone)
    if not isinstance(value, Refusal):
        expected: dict[FieldType, tuple[Any, ...]] = {
            FieldType.BOOLEAN: (bool,),
            FieldType.INTEGER: (int,),
            FieldType.CHOICES: (tuple,),
        }
        assert value is None or type_is_exactly(value, expected.get(type, (str,)))
        if not isinstance(value, int) or isinstance(value, bool):
            orjson.dumps(value)


def type_is_exactly(value: Value, types: tuple[Any, ...]) -> bool:
    return type(value) in types


@given(raw=anything(), type=st.sampled_from(FieldType), side=st.sampled_from(Side), zone=ZONES)
def test_the_canonical_form_of_a_canonical_form_is_itself(raw: Any, type: FieldType, side: Side, zone: Any) -> None:
    value = canonical(raw, type, side, zone)
    if not isinstance(value, Refusal):
        again = canonical(value, type, side, zone)
        assert again == value
        assert again.__class__ is value.__class__


@given(raw=raw_values(a_field(TEXT)) | ACCENTED)
def test_text_is_composed_and_without_blanks_at_its_ends(raw: str) -> None:
    assert canonical(raw, TEXT) == (normalize("NFC", raw).strip() or None)
    assert canonical(raw, TEXT, DI) == (normalize("NFC", raw).rstrip() or None)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (None, None),
        ("", None),
        ("   ", None),
        ("\0", None),
        (" Ann ", "Ann"),
        ("E\u0301mile", "\u00c9mile"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("A\0nn", "Ann"),
        ("É\0va", "Éva"),
        (12, "12"),
        (Decimal("1.50"), "1.5"),
        (True, "true"),
        (False, "false"),
        (Decimal("NaN"), bad(Reason.UNREADABLE)),
        (1.5, bad(Reason.UNREADABLE)),
        ({"street": "1 Main"}, bad(Reason.UNREADABLE)),
        ("half a pair \ud83d", bad(Reason.UNREADABLE)),
    ],
)
def test_text_is_read_from_either_service(raw: Any, value: Any) -> None:
    for type in (TEXT, FieldType.LONG_TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL, FieldType.CHOICE):
        assert canonical(raw, type) == value
        if raw != " Ann ":
            assert canonical(raw, type, DI) == value


def test_dialog_insight_keeps_leading_blanks_and_salesforce_does_not() -> None:
    assert canonical(" Ann ", TEXT, DI) == " Ann"
    assert canonical(" Ann ", TEXT) == "Ann"


def test_an_email_keeps_its_case() -> None:
    assert canonical("Ann.Roy@Example.org", FieldType.EMAIL) == "Ann.Roy@Example.org"


@pytest.mark.parametrize("raw", [True, "true", "True", "TRUE", "1", 1, Decimal(1), " true", "tRue", "1\0"])
def test_every_spelling_of_true_is_true(raw: Any) -> None:
    assert canonical(raw, FieldType.BOOLEAN) is True


@pytest.mark.parametrize("raw", [False, "false", "False", "FALSE", "0", 0, Decimal("0.0"), "fALSE "])
def test_every_spelling_of_false_is_false(raw: Any) -> None:
    assert canonical(raw, FieldType.BOOLEAN) is False


@pytest.mark.parametrize("raw", [None, "", "  "])
def test_no_boolean_is_neither_true_nor_false(raw: Any) -> None:
    assert canonical(raw, FieldType.BOOLEAN) is None


@pytest.mark.parametrize("raw", ["yes", "2", 2, Decimal("0.5"), Decimal("sNaN"), 1.0, [], b"1"])
def test_a_boolean_is_not_guessed(raw: Any) -> None:
    assert canonical(raw, FieldType.BOOLEAN) == bad(Reason.NOT_A_BOOLEAN)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (None, None),
        ("", None),
        (" ", None),
        (12, 12),
        ("12", 12),
        ("007", 7),
        ("0.0", 0),
        ("-3.00", -3),
        ("+4", 4),
        ("1E3", 1000),
        (Decimal("12.0"), 12),
        ("12.50", Refusal(Reason.HAS_DECIMALS, (("decimals", 1), ("limit", 0)))),
        (Decimal("0.25"), Refusal(Reason.HAS_DECIMALS, (("decimals", 2), ("limit", 0)))),
        ("1,5", bad(Reason.NOT_A_NUMBER)),
        ("1_000", bad(Reason.NOT_A_NUMBER)),
        ("٣", bad(Reason.NOT_A_NUMBER)),
        ("twelve", bad(Reason.NOT_A_NUMBER)),
        (True, bad(Reason.NOT_A_NUMBER)),
        (1.0, bad(Reason.NOT_A_NUMBER)),
        (Decimal("NaN"), bad(Reason.NOT_A_NUMBER)),
        (Decimal("Infinity"), bad(Reason.NOT_A_NUMBER)),
        (10**61, Refusal(Reason.OUT_OF_RANGE, (("limit", 60),))),
        ("1" * 70, Refusal(Reason.OUT_OF_RANGE, (("limit", 60),))),
        ("1e9999", Refusal(Reason.OUT_OF_RANGE, (("limit", 60),))),
    ],
)
def test_a_whole_number_is_read_exactly(raw: Any, value: Any) -> None:
    assert canonical(raw, FieldType.INTEGER) == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (None, None),
        ("", None),
        ("120.50", "120.5"),
        (Decimal("120.50"), "120.5"),
        ("120", "120"),
        ("000", "0"),
        ("0120", "120"),
        (120, "120"),
        ("-0.0", "0"),
        (Decimal("-0"), "0"),
        (Decimal("0E+999999"), "0"),
        (".5", "0.5"),
        ("5.", "5"),
        (Decimal("1E+3"), "1000"),
        ("1.5e-3", "0.0015"),
        ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
        (Decimal("1E-70"), Refusal(Reason.OUT_OF_RANGE, (("limit", 60),))),
        (Decimal("1E+999999"), Refusal(Reason.OUT_OF_RANGE, (("limit", 60),))),
        ("0." + "1" * 200, Refusal(Reason.OUT_OF_RANGE, (("limit", 60),))),
        ("1 000", bad(Reason.NOT_A_NUMBER)),
    ],
)
def test_a_decimal_is_plain_and_exact(raw: Any, value: Any) -> None:
    assert canonical(raw, FieldType.DECIMAL) == value


def test_a_whole_number_fits_in_64_bits_or_is_refused() -> None:
    for bound in (-(2**63), 2**63 - 1):
        assert canonical(bound, FieldType.INTEGER) == canonical(str(bound), FieldType.INTEGER) == bound
    for beyond in (-(2**63) - 1, 2**63):
        assert canonical(beyond, FieldType.INTEGER) == out_of_range(19)
        assert canonical(str(beyond), FieldType.INTEGER) == out_of_range(19)


@given(st.integers(-(10**30), 10**30), st.integers(0, 20))
def test_a_decimal_is_the_same_by_rest_and_by_bulk(digits: int, scale: int) -> None:
    number = Decimal(digits).scaleb(-scale)
    value = canonical(number, FieldType.DECIMAL)
    assert canonical(str(number), FieldType.DECIMAL) == value
    assert isinstance(value, str)
    assert Decimal(value) == number
    assert "E" not in value
    assert value.rstrip("0") == value or "." not in value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (None, None),
        ("", None),
        (" ; ", None),
        ("Ski;Hockey", ("Hockey", "Ski")),
        ("Ski; Ski ;", ("Ski",)),
        ("j;i;h;g;f;e;d;c;b;a", tuple("abcdefghij")),
        (["Ski", None, " Hockey"], ("Hockey", "Ski")),
        (("Ski",), ("Ski",)),
        (3, bad(Reason.UNREADABLE)),
        (["Ski", 3], bad(Reason.UNREADABLE)),
        ("Ski;\ud83d", bad(Reason.UNREADABLE)),
    ],
)
def test_several_choices_are_a_sorted_set(raw: Any, value: Any) -> None:
    assert canonical(raw, FieldType.CHOICES) == value


def test_each_side_separates_choices_in_its_own_way() -> None:
    assert canonical("b|a", FieldType.CHOICES, DI) == ("a", "b")
    assert canonical("b|a", FieldType.CHOICES) == ("b|a",)
    assert SEPARATOR[DI] == "|"


def test_an_id_of_15_becomes_one_of_18() -> None:
    # The pair that Salesforce's own documentation shows.
    assert canonical(ID15, FieldType.ID) == ID18
    assert canonical(ID18, FieldType.REFERENCE) == ID18
    assert check_characters("0" * 15) == "AAA"
    assert check_characters("A" * 15) == "555"
    assert check_characters("A0000" + "0A000" + "0000A") == "BCQ"


@given(st.from_regex(r"\A[0-9A-Za-z]{15}\Z"))
def test_two_ids_that_differ_by_case_differ_in_their_last_three_characters_in_any_case(id15: str) -> None:
    long, other = canonical(id15, FieldType.ID), canonical(id15.swapcase(), FieldType.ID)
    assert isinstance(long, str)
    assert isinstance(other, str)
    assert len(long) == 18
    assert (long.casefold() == other.casefold()) == (id15 == id15.swapcase())


@pytest.mark.parametrize("raw", [None, "", " ", "\0"])
def test_no_id_is_no_value(raw: Any) -> None:
    assert canonical(raw, FieldType.ID) is None


@pytest.mark.parametrize("raw", ["003d000000IqhSLAAA", ID18.lower(), ID15 + "A", "003", "003d000000Iqh-L", "é" * 18, 3])
def test_what_is_not_an_id_is_refused(raw: Any) -> None:
    assert canonical(raw, FieldType.ID) == bad(Reason.NOT_AN_ID)


def test_an_id_is_read_between_blanks() -> None:
    assert canonical(f" {ID15} ", FieldType.ID) == ID18


@pytest.mark.parametrize(
    ("raw", "value"),
    [(77, "77"), ("77", "77"), (0, None), ("", None), (-1, bad(Reason.NOT_AN_ID)), ("x", bad(Reason.NOT_AN_ID))],
)
def test_a_contact_is_its_number(raw: Any, value: Any) -> None:
    assert canonical(raw, FieldType.CONTACT, DI) == value


def test_a_compound_field_is_never_read() -> None:
    read = canonicaliser(a_field(FieldType.UNSUPPORTED), Side.SALESFORCE)
    assert read(None) is None
    assert read({"city": "Québec"}) == bad(Reason.UNREADABLE)


@given(
    type=st.sampled_from([FieldType.BOOLEAN, FieldType.INTEGER, FieldType.DECIMAL, FieldType.DATE, FieldType.TEXT]),
    data=st.data(),
)
def test_bulk_and_rest_give_the_same_value(type: FieldType, data: st.DataObject) -> None:
    raw = data.draw(raw_values(a_field(type, precision=12, scale=2)))
    in_csv = str(raw).lower() if isinstance(raw, bool) else str(raw)
    assert canonical(in_csv, type) == canonical(raw, type)


def test_a_canonicaliser_knows_the_zone_of_its_project() -> None:
    read = canonicaliser(a_field(FieldType.DATETIME), DI, TORONTO)
    assert read("2026.11.02 14:10:00") == "2026-11-02T19:10:00Z"
