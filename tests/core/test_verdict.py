from __future__ import annotations

import pytest

from disf_desktop.core.project import Direction
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.verdict import Answer, Ground, Verdict, is_consent_field, may_pair
from tests.core.fields import a_field

T, G = FieldType, Ground


@pytest.mark.parametrize(
    ("source", "target", "ground"),
    [
        (a_field(T.TEXT), a_field(T.TEXT), G.SAME),
        (a_field(T.TEXT, length=80), a_field(T.TEXT, length=80), G.SAME),
        (a_field(T.TEXT, length=81), a_field(T.TEXT, length=80), G.MAY_BE_TOO_LONG),
        (a_field(T.TEXT), a_field(T.TEXT, length=80), G.MAY_BE_TOO_LONG),
        (a_field(T.LONG_TEXT, length=80), a_field(T.TEXT, length=80), G.AS_TEXT),
        (a_field(T.DATE), a_field(T.TEXT, length=10), G.AS_TEXT),
        (a_field(T.DATE), a_field(T.TEXT, length=9), G.MAY_BE_TOO_LONG),
        (a_field(T.BOOLEAN), a_field(T.TEXT, length=5), G.AS_TEXT),
        (a_field(T.INTEGER), a_field(T.TEXT, length=11), G.AS_TEXT),
        (a_field(T.INTEGER), a_field(T.TEXT, length=10), G.MAY_BE_TOO_LONG),
        (a_field(T.DECIMAL, precision=5, scale=2), a_field(T.TEXT, length=7), G.AS_TEXT),
        (a_field(T.DECIMAL, precision=5, scale=2), a_field(T.TEXT, length=6), G.MAY_BE_TOO_LONG),
        (a_field(T.DECIMAL, precision=2, scale=2), a_field(T.TEXT, length=5), G.AS_TEXT),
        (a_field(T.DECIMAL, precision=2, scale=2), a_field(T.TEXT, length=4), G.MAY_BE_TOO_LONG),
        (a_field(T.DECIMAL, precision=5), a_field(T.TEXT, length=6), G.AS_TEXT),
        (a_field(T.DECIMAL), a_field(T.TEXT, length=100), G.MAY_BE_TOO_LONG),
        (a_field(T.ID), a_field(T.TEXT, length=18), G.AS_TEXT),
        (a_field(T.ID), a_field(T.TEXT, length=17), G.ID_TOO_LONG),
        (a_field(T.REFERENCE), a_field(T.LONG_TEXT, length=15), G.ID_TOO_LONG),
        (a_field(T.ID), a_field(T.CONTACT), G.LINKED),
        (a_field(T.REFERENCE), a_field(T.CONTACT), G.LINKED),
        (a_field(T.TEXT), a_field(T.CONTACT), G.NO_WAY),
        (a_field(T.EMAIL, length=80), a_field(T.EMAIL, length=100), G.SAME),
        (a_field(T.EMAIL, length=80), a_field(T.EMAIL, length=50), G.MAY_BE_TOO_LONG),
        (a_field(T.EMAIL), a_field(T.EMAIL), G.SAME),
        (a_field(T.EMAIL), a_field(T.TEXT, length=254), G.AS_TEXT),
        (a_field(T.TEXT), a_field(T.EMAIL), G.MAY_NOT_BE_AN_EMAIL),
        (a_field(T.PHONE), a_field(T.EMAIL), G.NO_WAY),
        (a_field(T.CHOICE, length=255), a_field(T.TEXT, length=100), G.MAY_BE_TOO_LONG),
        (a_field(T.CHOICE, length=255, choices=("Ski",), restricted=True), a_field(T.TEXT, length=3), G.AS_TEXT),
        (a_field(T.CHOICE, length=255, choices=("Ski",)), a_field(T.TEXT, length=3), G.MAY_BE_TOO_LONG),
        (a_field(T.CHOICES, choices=("a", "b"), restricted=True), a_field(T.TEXT, length=6), G.AS_TEXT),
        (a_field(T.CHOICES, choices=("a", "b")), a_field(T.TEXT, length=6), G.MAY_BE_TOO_LONG),
        (a_field(T.CHOICES), a_field(T.CHOICE), G.MAY_HOLD_SEVERAL),
        (a_field(T.CHOICES), a_field(T.CHOICES), G.SAME),
        (a_field(T.CHOICES, choices=("a|b",), restricted=True), a_field(T.CHOICES), G.MAY_NOT_BE_LISTED),
        (a_field(T.TEXT), a_field(T.CHOICES), G.IS_SPLIT),
        (a_field(T.CHOICE), a_field(T.CHOICES), G.CONVERTED),
        (a_field(T.CHOICE), a_field(T.CHOICE, choices=("a",), restricted=True), G.MAY_NOT_BE_LISTED),
        (
            a_field(T.CHOICE, choices=("A",), restricted=True),
            a_field(T.CHOICE, choices=("a", "b"), restricted=True),
            G.SAME,
        ),
        (a_field(T.BOOLEAN), a_field(T.CHOICE, choices=("True", "False"), restricted=True), G.CONVERTED),
        (a_field(T.BOOLEAN), a_field(T.CHOICE, choices=("True",), restricted=True), G.MAY_NOT_BE_LISTED),
        (a_field(T.BOOLEAN), a_field(T.INTEGER), G.CONVERTED),
        (a_field(T.BOOLEAN), a_field(T.DECIMAL, precision=2, scale=2), G.MAY_BE_OUT_OF_RANGE),
        (a_field(T.INTEGER), a_field(T.BOOLEAN), G.MAY_NOT_READ),
        (a_field(T.INTEGER), a_field(T.INTEGER), G.SAME),
        (a_field(T.INTEGER, native_type="long"), a_field(T.INTEGER), G.MAY_BE_OUT_OF_RANGE),
        (a_field(T.INTEGER), a_field(T.INTEGER, precision=9), G.MAY_BE_OUT_OF_RANGE),
        (a_field(T.INTEGER), a_field(T.DECIMAL, precision=10), G.CONVERTED),
        (a_field(T.INTEGER), a_field(T.DECIMAL, precision=11, scale=2), G.MAY_BE_OUT_OF_RANGE),
        (a_field(T.DECIMAL, precision=18), a_field(T.INTEGER), G.MAY_BE_OUT_OF_RANGE),
        (a_field(T.DECIMAL, precision=9), a_field(T.INTEGER), G.CONVERTED),
        (a_field(T.DECIMAL, precision=9, scale=2), a_field(T.INTEGER), G.MAY_HAVE_DECIMALS),
        (a_field(T.DECIMAL), a_field(T.INTEGER), G.MAY_HAVE_DECIMALS),
        (a_field(T.DECIMAL), a_field(T.DECIMAL), G.SAME),
        (a_field(T.DECIMAL, precision=9, scale=2), a_field(T.DECIMAL, precision=9, scale=1), G.MAY_HAVE_DECIMALS),
        (a_field(T.DECIMAL, precision=9, scale=2), a_field(T.DECIMAL, precision=9, scale=3), G.MAY_BE_OUT_OF_RANGE),
        (a_field(T.TEXT), a_field(T.DATE), G.MAY_NOT_READ),
        (a_field(T.TEXT), a_field(T.INTEGER), G.MAY_NOT_READ),
        (a_field(T.DATE), a_field(T.DATETIME), G.CONVERTED),
        (a_field(T.DATETIME), a_field(T.DATE), G.TIME_FALLS_AWAY),
        (a_field(T.DATETIME), a_field(T.INTEGER), G.NO_WAY),
        (a_field(T.UNSUPPORTED), a_field(T.TEXT), G.UNSUPPORTED),
        (a_field(T.TEXT), a_field(T.UNSUPPORTED), G.UNSUPPORTED),
        (a_field(T.BOOLEAN), a_field(T.BOOLEAN, name="optin_Newsletter"), G.CONSENT),
        (a_field(T.TEXT), a_field(T.TEXT, creatable=False, updatable=False), G.READ_ONLY),
        (a_field(T.TEXT), a_field(T.TEXT, updatable=False), G.SAME),
        (a_field(T.TEXT), a_field(T.TEXT, calculated=True), G.READ_ONLY),
        (a_field(T.TEXT, calculated=True), a_field(T.TEXT), G.SAME),
    ],
)
def test_a_pair_is_judged_by_what_both_fields_hold(source: Field, target: Field, ground: Ground) -> None:
    assert may_pair(source, target).ground is ground


@pytest.mark.parametrize("ground", Ground)
def test_every_ground_has_an_answer_and_words(ground: Ground) -> None:
    verdict = Verdict(ground, (("length", 81), ("limit", 80)))
    assert verdict.answer in Answer
    assert verdict.message.endswith(".")
    assert "{" not in verdict.message


def test_a_length_that_may_not_fit_is_told() -> None:
    verdict = may_pair(a_field(T.TEXT, length=255), a_field(T.TEXT, length=100))
    assert verdict.answer is Answer.WITH_LOSS
    assert dict(verdict.figures) == {"length": 255, "limit": 100}
    assert "100 characters" in verdict.message


def test_an_id_that_does_not_fit_is_refused_with_the_length() -> None:
    verdict = may_pair(a_field(T.ID), a_field(T.TEXT, length=15))
    assert verdict.answer is Answer.NO
    assert verdict.message == "A Salesforce Id has 18 characters; this field holds 15."


# The way back, and both ways

BACK, BOTH = Direction.TO_SALESFORCE, Direction.BOTH


@pytest.mark.parametrize(
    ("source", "target", "ground"),
    [
        (a_field(T.TEXT, length=80), a_field(T.TEXT, length=81), G.MAY_BE_TOO_LONG),
        (a_field(T.TEXT, length=81), a_field(T.TEXT, length=80), G.SAME),
        (a_field(T.ID, "Id", creatable=False, updatable=False), a_field(T.TEXT), G.RECORD_ID),
        (a_field(T.REFERENCE, "AccountId"), a_field(T.TEXT), G.LOOKUP),
        (a_field(T.REFERENCE, "AccountId"), a_field(T.CONTACT), G.LOOKUP),
        (a_field(T.TEXT, "Account.Name", creatable=False, updatable=False), a_field(T.TEXT), G.RELATED),
        (a_field(T.TEXT, updatable=False), a_field(T.TEXT), G.READ_ONLY),
        (a_field(T.TEXT, creatable=False), a_field(T.TEXT), G.SAME),
        (a_field(T.TEXT, calculated=True), a_field(T.TEXT), G.READ_ONLY),
        (a_field(T.TEXT), a_field(T.TEXT, creatable=False, updatable=False), G.SAME),
        (a_field(T.UNSUPPORTED, "Address"), a_field(T.TEXT), G.UNSUPPORTED),
        (a_field(T.TEXT), a_field(T.CONTACT), G.NO_WAY),
        (a_field(T.CHOICES), a_field(T.TEXT), G.IS_SPLIT),
        (a_field(T.CHOICE), a_field(T.CHOICES), G.MAY_HOLD_SEVERAL),
        (a_field(T.CHOICES), a_field(T.CHOICES, choices=("a;b",), restricted=True), G.MAY_NOT_BE_LISTED),
        (a_field(T.CHOICES), a_field(T.CHOICES, choices=("a|b",), restricted=True), G.SAME),
        (a_field(T.CHOICE, choices=("a",), restricted=True), a_field(T.CHOICE), G.MAY_NOT_BE_LISTED),
        (a_field(T.BOOLEAN), a_field(T.TEXT), G.MAY_NOT_READ),
        (a_field(T.TEXT), a_field(T.BOOLEAN), G.AS_TEXT),
        (a_field(T.DECIMAL, precision=9, scale=2), a_field(T.DECIMAL), G.MAY_HAVE_DECIMALS),
        (a_field(T.DATE), a_field(T.DATETIME), G.TIME_FALLS_AWAY),
        (a_field(T.BOOLEAN, "DoNotCall"), a_field(T.BOOLEAN), G.CONSENT),
        (a_field(T.BOOLEAN), a_field(T.BOOLEAN, "optin_News"), G.CONSENT),
    ],
)
def test_a_pair_that_travels_to_salesforce_is_judged_by_what_salesforce_holds(
    source: Field, target: Field, ground: Ground
) -> None:
    verdict = may_pair(source, target, BACK)
    assert verdict.ground is ground
    assert verdict.to is (Side.DIALOG_INSIGHT if ground is G.CONSENT else Side.SALESFORCE)
    assert not verdict.of_two


def test_salesforce_is_named_where_it_is_salesforce_that_does_not_take_a_value() -> None:
    verdict = may_pair(a_field(T.TEXT, length=40), a_field(T.TEXT, length=100), BACK)
    assert verdict.message == (
        "Values may be longer than the 40 characters of the Salesforce field; those are set aside."
    )
    assert may_pair(a_field(T.TEXT, updatable=False), a_field(T.TEXT), BACK).message == (
        "Salesforce does not let this field be written."
    )


@pytest.mark.parametrize("ground", Ground)
def test_no_verdict_on_the_way_back_speaks_of_what_dialog_insight_takes(ground: Ground) -> None:
    verdict = Verdict(ground, (("length", 81), ("limit", 80)), Side.SALESFORCE)
    assert verdict.message.endswith(".")
    assert "{" not in verdict.message
    if ground not in (G.CONSENT, G.LOOKUP, G.LINKED):
        assert "Dialog Insight" not in verdict.message


@pytest.mark.parametrize(
    ("source", "target", "ground", "to"),
    [
        (a_field(T.TEXT, length=80), a_field(T.TEXT, length=80), G.SAME, Side.DIALOG_INSIGHT),
        (a_field(T.TEXT, length=81), a_field(T.TEXT, length=80), G.MAY_BE_TOO_LONG, Side.DIALOG_INSIGHT),
        (a_field(T.TEXT, length=80), a_field(T.TEXT, length=81), G.MAY_BE_TOO_LONG, Side.SALESFORCE),
        (a_field(T.TEXT), a_field(T.EMAIL), G.MAY_NOT_BE_AN_EMAIL, Side.DIALOG_INSIGHT),
        (a_field(T.DATE), a_field(T.DATETIME), G.TIME_FALLS_AWAY, Side.SALESFORCE),
        (a_field(T.EMAIL), a_field(T.PHONE), G.NO_WAY, Side.DIALOG_INSIGHT),
        (a_field(T.ID, "Id"), a_field(T.TEXT, length=18), G.RECORD_ID, Side.SALESFORCE),
        (a_field(T.DATETIME, length=9), a_field(T.TEXT, length=10), G.MAY_BE_TOO_LONG, Side.DIALOG_INSIGHT),
        (a_field(T.TEXT), a_field(T.TEXT, calculated=True), G.READ_ONLY, Side.DIALOG_INSIGHT),
        (a_field(T.TEXT, calculated=True), a_field(T.TEXT), G.READ_ONLY, Side.SALESFORCE),
    ],
)
def test_a_pair_that_travels_both_ways_must_be_possible_both_ways(
    source: Field, target: Field, ground: Ground, to: Side
) -> None:
    verdict = may_pair(source, target, BOTH)
    assert (verdict.ground, verdict.to) == (ground, to)
    says_which = verdict.message.startswith(("Toward Salesforce: ", "Toward Dialog Insight: "))
    assert says_which == (verdict.answer is not Answer.YES)
    if says_which:
        assert verdict.message.startswith(f"Toward {'Salesforce' if to is Side.SALESFORCE else 'Dialog Insight'}: ")


@pytest.mark.parametrize("direction", Direction)
def test_a_consent_of_salesforce_is_in_no_pair(direction: Direction) -> None:
    target = a_field(T.BOOLEAN)
    assert may_pair(a_field(T.BOOLEAN, "News__c"), target, direction).ground is not G.CONSENT
    verdict = may_pair(a_field(T.BOOLEAN, "NEWS__c"), target, direction, {"News__C"})
    assert verdict.ground is G.CONSENT
    assert verdict.message == "This is a consent. Consents travel from Dialog Insight to Salesforce only."


@pytest.mark.parametrize(
    ("name", "is_consent"),
    [
        ("HasOptedOutOfEmail", True),
        ("hasoptedoutoffax", True),
        ("PersonHasOptedOutOfEmail", True),
        ("Contact.DoNotCall", True),
        ("Contact__r.news__c", True),
        ("PersonNews__c", False),
        ("News__r.Name", False),
        ("DoNotCall__c", False),
    ],
)
def test_a_consent_of_salesforce_is_known_by_its_name(name: str, is_consent: bool) -> None:
    assert is_consent_field(name, ["News__c"]) is is_consent
