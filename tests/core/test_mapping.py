from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from disf_desktop.core import mapping_problems as m
from disf_desktop.core.errors import SettingsError
from disf_desktop.core.mapping import CompiledMapping, FieldRefusal, compile, problems
from disf_desktop.core.project import FieldPair, ObjectMapping, TransformName, WhenEmpty
from disf_desktop.core.refusals import Reason, Refusal, too_long
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema, Side
from tests.core.fields import ID15, ID18, TORONTO, a_field, a_pair

T = FieldType


def a_schema(side: Side, *fields: Field, name: str = "Contact") -> Schema:
    return Schema(side, name, name, {f.name: f for f in fields})


SALESFORCE = a_schema(
    Side.SALESFORCE,
    a_field(T.ID, "Id", label="Contact ID"),
    a_field(T.EMAIL, "Email", label="E-mail", length=80),
    a_field(T.TEXT, "FirstName", length=40),
    a_field(T.TEXT, "LastName", length=80),
    a_field(T.DECIMAL, "Revenue__c", precision=18, scale=2),
    a_field(T.BOOLEAN, "Vip__c"),
    a_field(T.CHOICES, "Interests__c"),
    a_field(T.REFERENCE, "AccountId"),
    a_field(T.UNSUPPORTED, "MailingAddress"),
    a_field(T.DATE, "Birthdate"),
)
CONTACTS = a_schema(
    Side.DIALOG_INSIGHT,
    a_field(T.TEXT, "SalesforceId", length=18, required=True),
    a_field(T.EMAIL, "EMail", length=100),
    a_field(T.TEXT, "FirstName", length=10),
    a_field(T.TEXT, "City", length=10),
    a_field(T.INTEGER, "Revenue"),
    a_field(T.BOOLEAN, "Vip"),
    a_field(T.CHOICES, "Interests"),
    a_field(T.CONTACT, "Person"),
    a_field(T.TEXT, "Stamp", creatable=False, updatable=False, required=True),
    name=CONTACT_LIST,
)
KEY = a_pair(source="Id", target="SalesforceId", key=True)
EMAIL = a_pair(source="Email", target="EMail")


def compiled(*pairs: FieldPair, target: Schema = CONTACTS) -> CompiledMapping:
    return compile(ObjectMapping(pairs=pairs), SALESFORCE, target, TORONTO)


def wrong(*pairs: FieldPair, target: Schema = CONTACTS) -> list[tuple[str, str, str]]:
    found = problems(ObjectMapping(pairs=pairs), SALESFORCE, target, "integrations[0].mapping", TORONTO)
    return [(p.path.removeprefix("integrations[0].mapping"), p.message, p.what_to_do) for p in found]


# What is wrong


def test_a_sound_mapping_has_no_problem() -> None:
    assert wrong(KEY, EMAIL, a_pair(source="FirstName", target="FirstName")) == []


def test_an_unknown_field_is_named_with_its_nearest_neighbour() -> None:
    assert wrong(KEY, EMAIL, a_pair(source="FirstNane", target="Cty")) == [
        (".pairs[2].source", "There is no field “FirstNane” in the object Contact.", "Did you mean “FirstName”?"),
        (".pairs[2].target", "There is no field “Cty” in the table Contact.", "Did you mean “City”?"),
    ]
    assert wrong(KEY, EMAIL, a_pair(source="Quux__c", target="City"))[0][2] == "Choose a field from the list."


def test_a_pair_that_may_not_be_made_is_said_with_its_reason() -> None:
    found = wrong(KEY, EMAIL, a_pair(source="MailingAddress", target="City"), a_pair(source="Birthdate", target="Vip"))
    assert [path for path, _, _ in found] == [".pairs[2]", ".pairs[3]"]
    assert found[0][1].startswith("MailingAddress → City: A field of this kind is made of several parts")
    assert "the city of an address" in found[0][2]
    assert found[1][1] == "Birthdate → Vip: No value of the one kind can become a value of the other."


def test_an_id_needs_a_target_of_18_characters() -> None:
    (problem,) = wrong(KEY, EMAIL, a_pair(source="AccountId", target="City"))
    assert problem == (
        ".pairs[2]",
        "AccountId → City: A Salesforce Id has 18 characters; this field holds 10.",
        "Pair it with a text field of 18 characters or more.",
    )


def test_a_consent_is_refused_by_name() -> None:
    schema = a_schema(Side.DIALOG_INSIGHT, *CONTACTS.fields.values(), a_field(T.BOOLEAN, "optin_News"), name="Contact")
    (problem,) = wrong(KEY, EMAIL, a_pair(source="Vip__c", target="optin_News"), target=schema)
    assert "Consents travel from Dialog Insight to Salesforce only" in problem[1]


def test_a_field_that_cannot_be_written_is_no_target() -> None:
    (problem,) = wrong(KEY, EMAIL, a_pair(source="FirstName", target="Stamp"))
    assert problem[2] == "Pair a field that may be written."


def test_every_no_has_a_way_out() -> None:
    from disf_desktop.core.verdict import _WORDS, Answer

    assert {ground for ground, (answer, _) in _WORDS.items() if answer is Answer.NO} == set(m._WAYS_OUT)


def test_required_targets_must_be_paired_and_so_must_the_email_of_a_contact() -> None:
    assert wrong(a_pair(source="FirstName", target="FirstName")) == [
        (
            ".pairs",
            f"Dialog Insight requires {name}, and nothing is paired with it.",
            f"Pair a field with {name}; without it every new record is refused.",
        )
        for name in ("SalesforceId", "EMail")
    ]


def test_a_custom_table_does_not_require_an_email_of_its_own_accord() -> None:
    orders = a_schema(
        Side.DIALOG_INSIGHT, a_field(T.TEXT, "Number", key=True), a_field(T.EMAIL, "EMail"), name="Orders"
    )
    assert wrong(a_pair(source="Id", target="Number", key=True), target=orders) == []
    (missing,) = wrong(a_pair(source="Email", target="EMail"), target=orders)
    assert missing[1] == "Dialog Insight requires Number, and nothing is paired with it."


@pytest.mark.parametrize(
    ("source", "target", "transform", "fits"),
    [
        ("FirstName", "City", TransformName.CUT, True),
        ("Interests__c", "City", TransformName.CUT, True),
        ("Birthdate", "City", TransformName.CUT, False),
        ("Email", "EMail", TransformName.CUT, False),
        ("Revenue__c", "Revenue", TransformName.ROUND, True),
        ("FirstName", "City", TransformName.ROUND, False),
        ("Vip__c", "Revenue", TransformName.ROUND, False),
        ("Email", "EMail", TransformName.LOWER, True),
        ("Vip__c", "City", TransformName.LOWER, False),
        ("FirstName", "City", TransformName.DIGITS, True),
        ("Email", "EMail", TransformName.DIGITS, False),
        ("Revenue__c", "City", TransformName.DIGITS, False),
    ],
)
def test_a_transform_must_make_sense(source: str, target: str, transform: TransformName, fits: bool) -> None:
    pairs = (KEY, EMAIL) if target != "EMail" else (KEY,)
    found = wrong(*pairs, a_pair(transform, source=source, target=target))
    assert [path for path, _, _ in found] == ([] if fits else [f".pairs[{len(pairs)}].transform[0]"])


def test_a_text_without_a_limit_is_not_cut_and_a_number_without_decimals_known_is_not_rounded() -> None:
    schema = a_schema(Side.DIALOG_INSIGHT, a_field(T.TEXT, "Any"), a_field(T.DECIMAL, "Free"), name="Orders")
    found = wrong(
        a_pair(TransformName.CUT, source="FirstName", target="Any"),
        a_pair(TransformName.ROUND, source="Revenue__c", target="Free"),
        target=schema,
    )
    assert [path for path, _, _ in found] == [".pairs[0].transform[0]", ".pairs[1].transform[0]"]


def test_a_default_must_be_one_that_the_target_holds() -> None:
    (problem,) = wrong(KEY, EMAIL, a_pair(source="FirstName", target="City", default="Saint-Jean-sur-Richelieu"))
    assert problem == (
        ".pairs[2].default",
        "The default of City has 24 characters; Dialog Insight accepts 10.",
        "Write a default that the Dialog Insight field holds.",
    )
    assert wrong(KEY, EMAIL, a_pair(source="FirstName", target="City", default="Laval")) == []
    (link,) = wrong(KEY, EMAIL, a_pair(source="AccountId", target="Person", default="77"))
    assert link[:2] == (".pairs[2].default", "A link to a contact takes no default.")


def test_a_mapping_with_problems_does_not_compile() -> None:
    with pytest.raises(SettingsError) as caught:
        compile(
            ObjectMapping(pairs=(KEY, a_pair(source="Birthdate", target="Vip"))),
            SALESFORCE,
            CONTACTS,
            TORONTO,
            "integrations[3].mapping",
        )
    assert [p.path for p in caught.value.problems] == [
        "integrations[3].mapping.pairs[1]",
        "integrations[3].mapping.pairs",
    ]


# The mapping made ready


def test_names_are_spelt_as_the_schemas_spell_them() -> None:
    mapping = compiled(
        a_pair(source="id", target="salesforceid", key=True),
        a_pair(source="EMAIL", target="email"),
        a_pair(source="id", target="person"),
    )
    assert mapping.sources == ("Id", "Email")
    assert mapping.targets == ("SalesforceId", "EMail", "Person")
    assert mapping.key_targets == ("SalesforceId",)
    assert mapping.source_index == (0, 1, 0)
    assert [(p.source, p.target, p.key) for p in mapping.pairs] == [
        ("Id", "SalesforceId", True),
        ("Email", "EMail", False),
        ("Id", "Person", False),
    ]
    assert mapping.labels == {"SalesforceId": "Contact ID", "EMail": "E-mail", "Person": "Contact ID"}


EVERYTHING = (
    KEY,
    EMAIL,
    a_pair(source="FirstName", target="FirstName"),
    a_pair(source="Revenue__c", target="Revenue"),
    a_pair(source="Vip__c", target="Vip"),
    a_pair(source="Interests__c", target="Interests"),
    a_pair(source="FirstName", target="City", when_empty=WhenEmpty.KEEP),
)


def test_a_record_is_read_and_converted_in_the_order_of_the_pairs() -> None:
    mapping = compiled(*EVERYTHING)
    values = mapping.read((ID15, "Ann@example.org", " Ann ", Decimal("12.00"), "true", "Ski;Golf"))
    assert values == (ID18, "Ann@example.org", "Ann", "12", True, ("Golf", "Ski"))
    image, refused = mapping.convert((ID18, "Ann@example.org", "Ann", "12", True, ("Golf", "Ski")))
    assert refused is None
    assert image == (ID18, "Ann@example.org", "Ann", 12, True, ("Golf", "Ski"), "Ann")


def test_a_value_that_cannot_be_read_says_why_in_its_place() -> None:
    values = compiled(*EVERYTHING).read(("003", "ann@example.org", "Ann", "dozen", None, None))
    not_an_id, not_a_number = Refusal(Reason.NOT_AN_ID), Refusal(Reason.NOT_A_NUMBER)
    assert values == (not_an_id, "ann@example.org", "Ann", not_a_number, None, None)


def test_every_value_that_cannot_go_is_told_at_once() -> None:
    image, refused = compiled(*EVERYTHING).convert((ID18, "n/a", "Maximilienne", "12", False, None))
    assert image == (ID18, None, None, 12, False, None, None)
    assert refused == (
        FieldRefusal("EMail", Refusal(Reason.EMAIL)),
        FieldRefusal("FirstName", too_long(12, 10)),
        FieldRefusal("City", too_long(12, 10)),
    )


@pytest.mark.parametrize("creating", [True, False])
def test_a_record_without_its_key_or_its_email_is_refused(creating: bool) -> None:
    _, refused = compiled(KEY, EMAIL).convert((None, None), creating)
    assert refused == (
        FieldRefusal("SalesforceId", Refusal(Reason.KEY_MISSING)),
        FieldRefusal("EMail", Refusal(Reason.KEY_MISSING)),
    )


def test_a_required_field_without_a_value_is_refused_unless_an_update_keeps_the_old_one() -> None:
    orders = a_schema(
        Side.DIALOG_INSIGHT,
        a_field(T.TEXT, "Number", key=True),
        a_field(T.TEXT, "Clerk", required=True),
        a_field(T.TEXT, "Town", required=True),
        name="Orders",
    )
    mapping = compiled(
        a_pair(source="Id", target="Number", key=True),
        a_pair(source="FirstName", target="Clerk", when_empty=WhenEmpty.KEEP),
        a_pair(source="LastName", target="Town"),
        target=orders,
    )
    missing = Refusal(Reason.REQUIRED_MISSING)
    values = (ID18, None, None)
    assert mapping.convert(values)[1] == (FieldRefusal("Clerk", missing), FieldRefusal("Town", missing))
    assert mapping.convert(values, creating=False)[1] == (FieldRefusal("Town", missing),)
    assert mapping.convert((ID18, "Ann", "Laval"))[1] is None


def test_a_key_is_never_kept_when_its_source_is_empty() -> None:
    mapping = compiled(a_pair(source="Id", target="SalesforceId", key=True, when_empty=WhenEmpty.KEEP), EMAIL)
    _, refused = mapping.convert((None, "ann@example.org"), creating=False)
    assert refused == (FieldRefusal("SalesforceId", Refusal(Reason.KEY_MISSING)),)


def test_a_default_fills_a_required_field() -> None:
    orders = a_schema(
        Side.DIALOG_INSIGHT, a_field(T.TEXT, "Number", key=True), a_field(T.TEXT, "Town", required=True), name="Orders"
    )
    mapping = compiled(
        a_pair(source="Id", target="Number", key=True),
        a_pair(source="LastName", target="Town", default="Laval"),
        target=orders,
    )
    assert mapping.convert((ID18, None)) == ((ID18, "Laval"), None)


@pytest.mark.parametrize("values", [(ID18,), (ID18, "ann@example.org", "Ann", "Roy")])
def test_a_record_with_another_number_of_values_is_our_own_mistake(values: Any) -> None:
    with pytest.raises(ValueError, match="zip"):
        compiled(KEY, EMAIL, a_pair(source="FirstName", target="FirstName")).read(values)
