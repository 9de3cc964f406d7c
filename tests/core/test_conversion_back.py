"""From Dialog Insight to Salesforce: the same grid, and what a Salesforce field holds."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from disf_desktop.core.conversion import WAYS
from disf_desktop.core.project import Direction
from disf_desktop.core.refusals import Reason, Refusal, has_decimals, out_of_range, too_long
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import Value, canonical
from disf_desktop.core.verdict import Answer, may_pair
from tests.core.fields import (
    DIALOG_INSIGHT_TYPES,
    ID18,
    SALESFORCE_TYPES,
    ZONES,
    a_field,
    anything,
    as_stored_in_salesforce,
    image,
    image_back,
    raw_values,
    raw_values_there,
    source_fields,
    target_fields,
)

T = FieldType
BACK = Direction.TO_SALESFORCE

WRITTEN_TYPES = [t for t in SALESFORCE_TYPES if t not in (T.ID, T.REFERENCE, T.UNSUPPORTED)]
WAYS_BACK = sorted((s, t) for s, t in WAYS if s in DIALOG_INSIGHT_TYPES and t in WRITTEN_TYPES)


def fields_of(types: tuple[FieldType, FieldType]) -> st.SearchStrategy[tuple[Field, Field]]:
    """Give a Dialog Insight field and a Salesforce field of these types."""
    return st.tuples(target_fields(types[0]), source_fields(types[1]))


PAIRS = st.sampled_from(WAYS_BACK).flatmap(fields_of)


def read(found: Field, raw: object, zone: ZoneInfo) -> Value:
    value = canonical(raw, found.type, Side.DIALOG_INSIGHT, zone)
    assert not isinstance(value, Refusal), (found.type, raw)
    return value


# Laws


@given(fields=PAIRS, zone=ZONES, data=st.data())
def test_what_salesforce_stores_reads_back_as_the_image(
    fields: tuple[Field, Field], zone: ZoneInfo, data: st.DataObject
) -> None:
    found, receiving = fields
    raw = data.draw(raw_values_there(found))
    value = canonical(raw, found.type, Side.DIALOG_INSIGHT, zone)
    assume(not isinstance(value, Refusal))
    sent = image_back(value, found, receiving, zone)  # type: ignore[arg-type]
    if not isinstance(sent, Refusal):
        stored = as_stored_in_salesforce(receiving, sent)
        assert canonical(stored, receiving.type, Side.SALESFORCE) == sent
        assert canonical(sent, receiving.type, Side.SALESFORCE) == sent


@given(fields=PAIRS, zone=ZONES, data=st.data())
def test_a_pair_without_loss_on_the_way_back_refuses_no_valid_value(
    fields: tuple[Field, Field], zone: ZoneInfo, data: st.DataObject
) -> None:
    found, receiving = fields
    assume(may_pair(receiving, found, BACK).answer is Answer.YES)
    value = canonical(data.draw(raw_values_there(found)), found.type, Side.DIALOG_INSIGHT, zone)
    assume(not isinstance(value, Refusal))
    sent = image_back(value, found, receiving, zone)  # type: ignore[arg-type]
    assert not isinstance(sent, Refusal)


@given(fields=PAIRS, zone=ZONES, raw=anything())
def test_what_nobody_should_hold_is_refused_and_never_an_exception(
    fields: tuple[Field, Field], zone: ZoneInfo, raw: object
) -> None:
    found, receiving = fields
    value = canonical(raw, found.type, Side.DIALOG_INSIGHT, zone)
    if not isinstance(value, Refusal):
        assert isinstance(image_back(value, found, receiving, zone), Refusal | str | bool | int | tuple | None)


# There and back. A pair of types comes back exactly, but for these: a text is read as a number, a date or a truth in
# more than one spelling, it is split into a list in more than one, and the time of day falls away from an instant.
# What went through a list may come back in the list's case of letters.

NOT_EXACT = {(T.DATETIME, T.DATE)} | {
    (s, t) for (s, t), way in WAYS.items() if s in (T.TEXT, T.LONG_TEXT, T.CHOICE) and way in ("read", "split")
}
THERE_AND_BACK = sorted((s, t) for s, t in WAYS if (t, s) in WAYS and (s, t) not in NOT_EXACT)


def folded(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(sorted(each.casefold() for each in value))
    return value.casefold() if isinstance(value, str) else value


@given(st.sampled_from(THERE_AND_BACK).flatmap(lambda types: fields_of(types[::-1])), ZONES, st.data())
def test_a_value_that_went_to_dialog_insight_comes_back_as_it_was(
    fields: tuple[Field, Field], zone: ZoneInfo, data: st.DataObject
) -> None:
    target, source = fields
    value = canonical(data.draw(raw_values(source)), source.type, Side.SALESFORCE)
    assert not isinstance(value, Refusal)
    there = image(value, source, target, zone=zone)
    assume(not isinstance(there, Refusal))
    came_back = image_back(there, target, source, zone)  # type: ignore[arg-type]
    if target.type in (T.CHOICE, T.CHOICES) or source.type in (T.CHOICE, T.CHOICES):
        assert folded(came_back) == folded(value)  # type: ignore[arg-type]
    elif (source.type, target.type) == (T.DATETIME, T.DATETIME) and is_second_pass(value, zone):
        assert came_back == there
    else:
        assert came_back == value


def is_second_pass(moment: Value, zone: ZoneInfo) -> bool:
    if not isinstance(moment, str):
        return False
    return bool(datetime.fromisoformat(moment[:19]).replace(tzinfo=UTC).astimezone(zone).fold)


def test_the_ways_that_come_back_exactly_are_these() -> None:
    assert {s for s, t in THERE_AND_BACK if s is t} == set(WRITTEN_TYPES)
    assert (T.INTEGER, T.DECIMAL) in THERE_AND_BACK
    assert (T.DATE, T.DATETIME) in THERE_AND_BACK
    assert (T.DATETIME, T.DATE) not in THERE_AND_BACK
    assert (T.TEXT, T.DATE) not in THERE_AND_BACK


# What a Salesforce field holds


def test_no_value_reaches_an_id_or_a_lookup() -> None:
    assert {t for _, t in WAYS} & {T.ID, T.REFERENCE} == set()
    assert {s for s, _ in WAYS} & {T.CONTACT} == set()


def test_a_text_is_trimmed_as_salesforce_trims_it() -> None:
    text = a_field(T.TEXT)
    assert image_back("  Ann", text, a_field(T.TEXT)) == "Ann"
    assert image_back("\n ", text, a_field(T.TEXT)) is None
    assert image_back(" ann@example.org", text, a_field(T.EMAIL)) == "ann@example.org"
    assert image_back(" Ski", a_field(T.CHOICE), a_field(T.CHOICES)) == ("Ski",)
    assert image_back(None, text, a_field(T.TEXT)) is None


def test_a_text_that_is_too_long_for_salesforce_is_refused_by_characters() -> None:
    smile = "\U0001f600"
    assert image_back("Tremblays", a_field(T.TEXT), a_field(T.TEXT, length=8)) == too_long(9, 8)
    assert image_back(smile * 8, a_field(T.TEXT), a_field(T.TEXT, length=8)) == smile * 8
    assert image_back(smile * 9, a_field(T.TEXT), a_field(T.TEXT, length=8)) == too_long(9, 8)
    assert image_back("a@example.org", a_field(T.EMAIL), a_field(T.EMAIL, length=8)) == too_long(13, 8)
    assert image_back("n/a", a_field(T.TEXT), a_field(T.EMAIL, length=80)) == Refusal(Reason.EMAIL)
    assert image_back("Ski", a_field(T.TEXT), a_field(T.CHOICE, length=2)) == too_long(3, 2)


def test_a_restricted_picklist_takes_its_own_values_in_its_own_spelling() -> None:
    picklist = a_field(T.CHOICE, choices=("Ski", "Vélo"), restricted=True)
    assert image_back("VÉLO", a_field(T.TEXT), picklist) == "Vélo"
    assert image_back("Golf", a_field(T.CHOICE), picklist) == Refusal(Reason.NOT_A_CHOICE)
    assert image_back("Golf", a_field(T.CHOICE), a_field(T.CHOICE, choices=("Ski",))) == "Golf"
    several = a_field(T.CHOICES, choices=("Ski", "Vélo"), restricted=True)
    assert image_back(("SKI", "vélo"), a_field(T.CHOICES), several) == ("Ski", "Vélo")
    assert image_back(("Golf", "Ski"), a_field(T.CHOICES), several) == Refusal(Reason.NOT_A_CHOICE)


def test_a_semicolon_parts_the_values_of_a_salesforce_list_and_a_bar_does_not() -> None:
    assert image_back(("a;b",), a_field(T.CHOICES), a_field(T.CHOICES)) == Refusal(Reason.NOT_A_CHOICE)
    assert image_back("a; b;a", a_field(T.TEXT), a_field(T.CHOICES)) == ("a", "b")
    assert image_back("a|b", a_field(T.TEXT), a_field(T.CHOICES)) == ("a|b",)
    assert image_back(("a", "b"), a_field(T.CHOICES), a_field(T.CHOICES, length=2)) == too_long(3, 2)


def test_a_number_is_refused_and_never_rounded() -> None:
    number = a_field(T.DECIMAL, precision=5, scale=2)
    assert image_back("999.99", a_field(T.DECIMAL), number) == "999.99"
    assert image_back("0.005", a_field(T.DECIMAL), number) == has_decimals(3, 2)
    assert image_back("1000", a_field(T.DECIMAL), number) == out_of_range(3)
    assert image_back("12.50", a_field(T.TEXT), number) == "12.5"
    assert image_back(12, a_field(T.INTEGER), number) == "12"
    assert image_back("12.5", a_field(T.DECIMAL), a_field(T.INTEGER, precision=8)) == has_decimals(1, 0)


def test_a_local_date_and_time_is_read_in_the_zone_of_the_project() -> None:
    moment = a_field(T.DATETIME)
    assert image_back("2026-11-01T06:30:00Z", moment, moment) == "2026-11-01T06:30:00Z"
    assert image_back("2026.11.02 14:10:00", a_field(T.TEXT), moment) == "2026-11-02T19:10:00Z"
    assert image_back("2026-11-02T02:10:00Z", moment, a_field(T.DATE)) == "2026-11-01"
    assert image_back("2026-11-02", a_field(T.DATE), moment) == "2026-11-02T05:00:00Z"


@pytest.mark.parametrize(("raw", "expected"), [("1", True), ("no", Refusal(Reason.NOT_A_BOOLEAN)), (ID18, None)])
def test_a_text_is_a_checkbox_only_if_it_reads_as_one(raw: str, expected: Value | Refusal) -> None:
    if expected is None:
        expected = Refusal(Reason.NOT_A_BOOLEAN)
    assert image_back(raw, a_field(T.TEXT), a_field(T.BOOLEAN)) == expected
