from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from disf_desktop.core.conversion import WAYS
from disf_desktop.core.fitting import is_email, length_of
from disf_desktop.core.project import TransformName
from disf_desktop.core.refusals import Reason, Refusal, too_long
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import Value, canonical
from disf_desktop.core.verdict import Answer, may_pair
from tests.core.fields import (
    DIALOG_INSIGHT_TYPES,
    ID18,
    SALESFORCE_TYPES,
    TEXT_TYPES,
    ZONES,
    a_field,
    as_stored,
    image,
    raw_values,
    source_fields,
    target_fields,
    units,
)

T = FieldType
PAIRS = st.sampled_from(sorted(WAYS)).flatmap(lambda types: st.tuples(source_fields(types[0]), target_fields(types[1])))
LOSSLESS = PAIRS.filter(lambda fields: may_pair(*fields).answer is Answer.YES)


def read(source: Field, raw: Any) -> Value:
    value = canonical(raw, source.type, Side.SALESFORCE)
    assert not isinstance(value, Refusal), (source.type, raw)
    return value


# Every cell of the grid: a value that goes, and what it becomes; "-" where there is no way.

SAMPLES: dict[FieldType, Value] = {
    T.ID: ID18,
    T.REFERENCE: ID18,
    T.TEXT: "true",
    T.LONG_TEXT: "12",
    T.EMAIL: "ann@example.org",
    T.PHONE: "514 555-0100",
    T.URL: "https://example.org",
    T.CHOICE: "2026-11-02",
    T.CHOICES: ("Ski",),
    T.BOOLEAN: True,
    T.INTEGER: 1,
    T.DECIMAL: "7",
    T.DATE: "2026-11-02",
    T.DATETIME: "2026-11-02T02:10:00Z",
    T.TIME: "14:10:00",
}
EXPECTED: dict[tuple[FieldType, FieldType], Value | Refusal] = {
    **{(s, t): str(v) for s, v in SAMPLES.items() for t in (T.TEXT, T.LONG_TEXT)},
    **{(T.CHOICES, t): "Ski" for t in (T.TEXT, T.LONG_TEXT, T.CHOICE)},
    **{(T.BOOLEAN, t): "true" for t in (T.TEXT, T.LONG_TEXT, T.CHOICE)},
    **{(s, s): v for s, v in SAMPLES.items() if s not in (T.ID, T.REFERENCE)},
    **{(s, T.CONTACT): ID18 for s in (T.ID, T.REFERENCE)},
    **{(s, t): SAMPLES[s] for s in (T.TEXT, T.LONG_TEXT) for t in (T.PHONE, T.URL, T.CHOICE)},
    **{(s, t): Refusal(Reason.EMAIL) for s, t in [(T.TEXT, T.EMAIL), (T.LONG_TEXT, T.EMAIL)]},
    **{(s, T.CHOICES): (str(SAMPLES[s]),) for s in (T.TEXT, T.LONG_TEXT, T.CHOICE)},
    (T.TEXT, T.BOOLEAN): True,
    (T.LONG_TEXT, T.BOOLEAN): Refusal(Reason.NOT_A_BOOLEAN),
    (T.CHOICE, T.BOOLEAN): Refusal(Reason.NOT_A_BOOLEAN),
    (T.TEXT, T.INTEGER): Refusal(Reason.NOT_A_NUMBER),
    (T.LONG_TEXT, T.INTEGER): 12,
    (T.CHOICE, T.INTEGER): Refusal(Reason.NOT_A_NUMBER),
    (T.TEXT, T.DECIMAL): Refusal(Reason.NOT_A_NUMBER),
    (T.LONG_TEXT, T.DECIMAL): "12",
    (T.CHOICE, T.DECIMAL): Refusal(Reason.NOT_A_NUMBER),
    (T.TEXT, T.DATE): Refusal(Reason.NOT_A_DATE),
    (T.LONG_TEXT, T.DATE): Refusal(Reason.NOT_A_DATE),
    (T.CHOICE, T.DATE): "2026-11-02",
    (T.TEXT, T.DATETIME): Refusal(Reason.NOT_A_DATE),
    (T.LONG_TEXT, T.DATETIME): Refusal(Reason.NOT_A_DATE),
    (T.CHOICE, T.DATETIME): "2026-11-02T05:00:00Z",
    (T.TEXT, T.TIME): Refusal(Reason.NOT_A_TIME),
    (T.LONG_TEXT, T.TIME): Refusal(Reason.NOT_A_TIME),
    (T.CHOICE, T.TIME): Refusal(Reason.NOT_A_TIME),
    (T.BOOLEAN, T.INTEGER): 1,
    (T.BOOLEAN, T.DECIMAL): "1",
    (T.INTEGER, T.BOOLEAN): True,
    (T.INTEGER, T.DECIMAL): "1",
    (T.INTEGER, T.CHOICE): "1",
    (T.DECIMAL, T.CHOICE): "7",
    (T.DECIMAL, T.INTEGER): 7,
    (T.DATE, T.DATETIME): "2026-11-02T05:00:00Z",
    (T.DATETIME, T.DATE): "2026-11-01",
}


@pytest.mark.parametrize("source", SALESFORCE_TYPES)
@pytest.mark.parametrize("target", DIALOG_INSIGHT_TYPES)
def test_every_salesforce_type_becomes_every_dialog_insight_type_or_may_not(source: T, target: T) -> None:
    expected = EXPECTED.get((source, target))
    assert ((source, target) in WAYS) == (expected is not None)
    assert (may_pair(a_field(source), a_field(target)).answer is Answer.NO) == (expected is None)
    if expected is not None:
        found = image(SAMPLES[source], a_field(source), a_field(target))
        assert found == expected
        assert found.__class__ is expected.__class__
        assert image(None, a_field(source), a_field(target)) is None


# Laws


@given(fields=PAIRS, zone=ZONES, data=st.data())
def test_what_dialog_insight_stores_reads_back_as_the_image(
    fields: tuple[Field, Field], zone: ZoneInfo, data: st.DataObject
) -> None:
    source, target = fields
    assume(target.type is not T.CONTACT)
    transform = data.draw(st.lists(st.sampled_from(sensible_transforms(source, target)), unique=True))
    sent = image(read(source, data.draw(raw_values(source))), source, target, *transform, zone=zone)
    if not isinstance(sent, Refusal):
        stored = as_stored(target, sent, zone)
        assert canonical(stored, target.type, Side.DIALOG_INSIGHT, zone) == sent
        assert canonical(sent, target.type, Side.DIALOG_INSIGHT, zone) == sent


def sensible_transforms(source: Field, target: Field) -> list[TransformName]:
    if target.type in TEXT_TYPES and WAYS[source.type, target.type] == "text" and source.type is not T.BOOLEAN:
        return [TransformName.CUT, TransformName.LOWER, TransformName.DIGITS]
    if target.type in (T.INTEGER, T.DECIMAL) and source.type in (T.DECIMAL, T.TEXT):
        return [TransformName.ROUND]
    return [TransformName.CUT]


@given(fields=LOSSLESS, zone=ZONES, data=st.data())
def test_a_pair_without_loss_refuses_no_valid_value(
    fields: tuple[Field, Field], zone: ZoneInfo, data: st.DataObject
) -> None:
    source, target = fields
    value = read(source, data.draw(raw_values(source)))
    sent = image(value, source, target, zone=zone)
    assert not isinstance(sent, Refusal)
    assert (sent is None) == (value is None)


@given(fields=PAIRS, data=st.data())
def test_a_refusal_is_a_value_and_never_an_exception(fields: tuple[Field, Field], data: st.DataObject) -> None:
    source, target = fields
    other = data.draw(st.sampled_from([source, a_field(source.type)]))
    transform = data.draw(st.lists(st.sampled_from(sensible_transforms(source, target)), unique=True))
    sent = image(read(other, data.draw(raw_values(other))), source, target, *transform)
    assert isinstance(sent, Refusal | str | bool | int | tuple | None)
    if isinstance(sent, str) and target.type in TEXT_TYPES and target.length:
        assert 0 < units(sent) <= target.length


# Text


def test_a_text_that_is_too_long_is_refused_with_both_figures() -> None:
    assert image("Tremblay", a_field(T.TEXT), a_field(T.TEXT, length=8)) == "Tremblay"
    assert image("Tremblays", a_field(T.TEXT), a_field(T.TEXT, length=8)) == too_long(9, 8)


def test_an_emoji_takes_two_places() -> None:
    smile = "\U0001f600"
    assert length_of("a") == 1
    assert length_of("é" + smile) == 3
    assert image(smile * 4, a_field(T.TEXT), a_field(T.TEXT, length=8)) == smile * 4
    assert image(smile * 4 + "a", a_field(T.TEXT), a_field(T.TEXT, length=8)) == too_long(9, 8)
    assert image("a" + smile * 4, a_field(T.TEXT), a_field(T.TEXT, length=8), TransformName.CUT) == "a" + smile * 3


def test_a_text_is_cut_only_when_asked_and_never_ends_with_a_blank() -> None:
    cut = TransformName.CUT
    assert image("Anne Marie", a_field(T.TEXT), a_field(T.TEXT, length=5), cut) == "Anne"
    assert image("Éloïse Roy", a_field(T.TEXT), a_field(T.TEXT, length=8), cut) == "Éloïse R"
    assert image("Ann", a_field(T.TEXT), a_field(T.TEXT, length=5), cut) == "Ann"
    assert image("\U0001f600", a_field(T.TEXT), a_field(T.TEXT, length=1), cut) is None
    assert image("A very long text", a_field(T.TEXT), a_field(T.TEXT), cut) == "A very long text"


def test_a_text_is_put_in_lower_case_when_asked() -> None:
    sent = image("Ann@Example.org", a_field(T.EMAIL), a_field(T.EMAIL), TransformName.LOWER)
    assert sent == "ann@example.org"
    assert image("ÉCOLE", a_field(T.TEXT), a_field(T.TEXT), TransformName.LOWER) == "école"


def test_a_phone_number_is_reduced_to_its_digits_when_asked() -> None:
    phone, digits = a_field(T.PHONE), TransformName.DIGITS
    assert image("+1 (514) 555-0100 x", phone, phone, digits) == "+1(514)555-0100"
    assert image("unlisted", phone, phone, digits) is None
    assert image("unlisted", phone, phone, digits, default="000") == "000"


def test_transforms_come_before_the_length_is_measured() -> None:
    assert image("514 555 0100", a_field(T.PHONE), a_field(T.PHONE, length=10), TransformName.DIGITS) == "5145550100"


@pytest.mark.parametrize(
    "address",
    [
        "ann@example.org",
        "ann.roy+news@mail.example.org",
        "o'neil_x@ex-ample.example",
        "élodie@exemple-québec.example",
        "ann@xn--exmple-cua.example",
        "ann@пример.рф",
        "user@उदाहरण.भारत",
        "a" * 64 + "@example.org",
        "1@2.ca",
        "ann@example.XN--P1AI",
    ],
)
def test_an_address_that_a_mail_server_takes_is_an_email(address: str) -> None:
    assert is_email(address)
    assert image(address, a_field(T.TEXT), a_field(T.EMAIL)) == address


@pytest.mark.parametrize(
    "address",
    [
        "ann",
        "ann@",
        "@example.org",
        "ann@example",
        "ann@@example.org",
        "ann@roy@example.org",
        "ann roy@example.org",
        "ann\u00a0roy@example.org",
        "ann\u200broy@example.org",
        "ann\troy@example.org",
        "ann@exam ple.org",
        "ann@example..org",
        "ann@.example.org",
        "ann@example.org.",
        "ann@-example.org",
        "ann@example-.org",
        "ann@exa_mple.org",
        "ann@example.o",
        "ann@example.1",
        "ann@10.0.0.1",
        "ann@[10.0.0.1]",
        "Ann Roy <ann@example.org>",
        "ann@example.org, roy@example.org",
        "ann@example.org;roy@example.org",
        '"ann"@example.org',
        "mailto:ann@example.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 64 + ".org",
        "a@" + "b." * 125 + "example.org",
        "aujourd’hui@example.org",
        "n/a",
    ],
)
def test_what_is_not_an_address_is_refused(address: str) -> None:
    assert not is_email(address)


def test_an_email_is_refused_for_its_form_or_its_length() -> None:
    email = a_field(T.EMAIL)
    assert image("n/a", email, a_field(T.EMAIL)) == Refusal(Reason.EMAIL)
    assert image("ann@example.org", email, a_field(T.EMAIL, length=10)) == too_long(15, 10)
    assert image("a" * 300, email, a_field(T.EMAIL)) == too_long(300, 254)


# Lists


def test_a_choice_must_be_in_a_restricted_list_and_takes_its_spelling() -> None:
    a_list = a_field(T.CHOICE, choices=("Ski", "Vélo"), restricted=True)
    assert image("Ski", a_field(T.CHOICE), a_list) == "Ski"
    assert image("VÉLO", a_field(T.TEXT), a_list) == "Vélo"
    assert image("Golf", a_field(T.CHOICE), a_list) == Refusal(Reason.NOT_A_CHOICE)
    assert image("Golf", a_field(T.CHOICE), a_field(T.CHOICE, choices=("Ski",))) == "Golf"
    assert image("Golf", a_field(T.CHOICE), a_field(T.CHOICE, restricted=True)) == "Golf"
    assert image("Golf", a_field(T.CHOICE), a_field(T.CHOICE, length=3)) == too_long(4, 3)


def test_two_choices_that_differ_by_case_keep_their_own_spelling() -> None:
    a_list = a_field(T.CHOICE, choices=("ski", "Ski"), restricted=True)
    assert image("Ski", a_field(T.CHOICE), a_list) == "Ski"
    assert image("SKI", a_field(T.CHOICE), a_list) == "ski"


def test_a_list_with_several_values_refuses_an_unknown_one_and_a_bar() -> None:
    several = a_field(T.CHOICES, choices=("Ski", "Vélo"), restricted=True)
    source = a_field(T.CHOICES)
    assert image(("SKI", "vélo"), source, several) == ("Ski", "Vélo")
    letters = a_field(T.CHOICES, choices=tuple("abcdefghij"), restricted=True)
    assert image(tuple("ABCDEFGHIJ"), source, letters) == tuple("abcdefghij")
    assert image(("Golf", "Ski"), source, several) == Refusal(Reason.NOT_A_CHOICE)
    assert image(("a|b",), source, a_field(T.CHOICES)) == Refusal(Reason.NOT_A_CHOICE)
    assert image(("abc", "def"), source, a_field(T.CHOICES, length=7)) == ("abc", "def")
    assert image(("abc", "def"), source, a_field(T.CHOICES, length=6)) == too_long(7, 6)


def test_several_values_become_one_only_if_there_is_one() -> None:
    assert image(("Ski",), a_field(T.CHOICES), a_field(T.CHOICE)) == "Ski"
    assert image(("Golf", "Ski"), a_field(T.CHOICES), a_field(T.CHOICE)) == Refusal(
        Reason.SEVERAL_CHOICES, (("count", 2),)
    )


def test_several_values_become_text_and_text_several_values() -> None:
    assert image(("Golf", "Ski"), a_field(T.CHOICES), a_field(T.TEXT)) == "Golf; Ski"
    assert image("Ski; Golf", a_field(T.TEXT), a_field(T.CHOICES)) == ("Golf", "Ski")
    assert image(";", a_field(T.TEXT), a_field(T.CHOICES)) is None


def test_a_choice_with_a_semicolon_stays_one_value() -> None:
    assert image("Ski; alpine", a_field(T.CHOICE), a_field(T.CHOICES)) == ("Ski; alpine",)
