"""A mapping made ready for both ways: what each pair gives to each side, and what is refused before a run."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.errors import SettingsError
from disf_desktop.core.mapping import (
    CompiledMapping,
    FieldRefusal,
    compile,
    external_id_problems,
    flag_problems,
    problems,
)
from disf_desktop.core.project import (
    ConflictPolicy,
    Deletes,
    Direction,
    FieldPair,
    Integration,
    ObjectMapping,
    OnDelete,
    ProjectType,
    TransformName,
    Trigger,
    WhenEmpty,
)
from disf_desktop.core.refusals import Reason, Refusal, too_long
from disf_desktop.core.schema import CONTACT_LIST, FieldType, Schema, Side
from tests.core.fields import ID18, TORONTO, a_field, a_pair
from tests.core.test_mapping import EMAIL, KEY, a_schema

T = FieldType
BOTH, BACK, THERE = Direction.BOTH, Direction.TO_SALESFORCE, Direction.TO_DIALOG_INSIGHT

SALESFORCE = a_schema(
    Side.SALESFORCE,
    a_field(T.ID, "Id", label="Contact ID", creatable=False, updatable=False),
    a_field(T.EMAIL, "Email", label="E-mail", length=80),
    a_field(T.TEXT, "FirstName", label="First Name", length=6),
    a_field(T.TEXT, "LastName", label="Last Name", length=80, required=True),
    a_field(T.BOOLEAN, "Vip__c"),
    a_field(T.PHONE, "Phone", length=40),
    a_field(T.REFERENCE, "AccountId"),
    a_field(T.TEXT, "Account.Name", creatable=False, updatable=False),
    a_field(T.TEXT, "Score__c", calculated=True, creatable=False, updatable=False),
    a_field(T.TEXT, "Once__c", updatable=False),
    a_field(T.TEXT, "Later__c", label="Later", creatable=False),
    a_field(T.TEXT, "Di_Id__c", length=64, external_id=True, unique=True, required=True),
    a_field(T.BOOLEAN, "News__c"),
    a_field(T.BOOLEAN, "HasOptedOutOfEmail"),
    a_field(T.BOOLEAN, "IsConverted", creatable=False, updatable=False),
)
CONTACTS = a_schema(
    Side.DIALOG_INSIGHT,
    a_field(T.TEXT, "SalesforceId", length=18, required=True),
    a_field(T.EMAIL, "EMail", label="E-mail address", length=100),
    a_field(T.TEXT, "FirstName", label="Given name", length=100),
    a_field(T.TEXT, "LastName", label="Family name", length=100),
    a_field(T.BOOLEAN, "Vip"),
    a_field(T.BOOLEAN, "Other"),
    a_field(T.TEXT, "Phone", length=40),
    a_field(T.TEXT, "Deleted", label="Gone", length=40),
    a_field(T.TEXT, "Short", length=20),
    a_field(T.DATE, "DeletedOn"),
    a_field(T.INTEGER, "Points"),
    a_field(T.TEXT, "Stamp", updatable=False),
    a_field(T.BOOLEAN, "optin_News"),
    name=CONTACT_LIST,
)

FIRST_NAME = a_pair(source="FirstName", target="FirstName")
LAST_NAME = a_pair(source="LastName", target="LastName")
VIP = a_pair(source="Vip__c", target="Vip")
BORN_KEY = a_pair(source="Email", target="EMail", key=True)
MARKER = a_pair(source="id", target="salesforceid")


def both(pair: FieldPair, direction: Direction = BOTH, **members: Any) -> FieldPair:
    return pair.model_copy(update={"direction": direction, **members})


def compiled(*pairs: FieldPair, **options: Any) -> CompiledMapping:
    return compile(ObjectMapping(pairs=pairs), SALESFORCE, CONTACTS, TORONTO, **options)


def born(*pairs: FieldPair, births: bool = True, **options: Any) -> CompiledMapping:
    """Compile the mapping of a type B project: the key, the marker, and these pairs."""
    return compiled(BORN_KEY, MARKER, *pairs, type=ProjectType.B, births=births, **options)


def wrong(*pairs: FieldPair, target: Schema = CONTACTS, **options: Any) -> list[tuple[str, str, str]]:
    found = problems(ObjectMapping(pairs=pairs), SALESFORCE, target, "mapping", TORONTO, **options)
    return [(p.path.removeprefix("mapping."), p.message, p.what_to_do) for p in found]


# Its shape


def test_every_pair_says_its_direction_and_its_policy() -> None:
    mapping = compiled(KEY, EMAIL, both(FIRST_NAME), both(LAST_NAME, BACK))
    assert [pair.direction for pair in mapping.pairs] == [THERE, THERE, BOTH, BACK]
    assert [pair.conflict for pair in mapping.pairs] == [
        *[ConflictPolicy.SALESFORCE_WINS] * 3,
        ConflictPolicy.DIALOG_INSIGHT_WINS,
    ]
    assert mapping.forward == (True, True, True, False)
    assert mapping.backward == (False, False, True, True)
    for functions, reaches in [
        (mapping.creators, mapping.forward),
        (mapping.updaters, mapping.forward),
        (mapping.back, mapping.backward),
        (mapping.back_creators, mapping.backward),
    ]:
        assert tuple(f is not None for f in functions) == reaches


def test_people_born_in_dialog_insight_travel_to_salesforce_and_their_id_back() -> None:
    mapping = born(LAST_NAME)
    assert [pair.direction for pair in mapping.pairs] == [BACK, THERE, BACK]
    assert mapping.key_targets == ("EMail",)
    assert mapping.sources == ("Email", "Id", "LastName")
    assert mapping.targets == ("EMail", "SalesforceId", "LastName")
    assert mapping.forward == (False, True, False)
    assert mapping.convert((None, ID18, None), creating=False) == ((None, ID18, None), None)


def test_rows_of_a_custom_table_come_from_salesforce_in_a_project_of_any_type() -> None:
    orders = a_schema(Side.DIALOG_INSIGHT, a_field(T.TEXT, "Number", key=True), a_field(T.TEXT, "Town"), name="Orders")
    pairs = (a_pair(source="Id", target="Number", key=True), a_pair(source="Score__c", target="Town"))
    mapping = compile(ObjectMapping(pairs=pairs), SALESFORCE, orders, TORONTO, type=ProjectType.B)
    assert mapping.forward == (True, True)
    assert mapping.backward == (False, False)


def test_extra_fields_are_observed_after_those_of_the_pairs() -> None:
    mapping = compiled(
        KEY,
        EMAIL,
        extra_sources=("isconverted", "Email", "ConvertedContactId", "News__c", "NEWS__c"),
        extra_targets=("deleted", "EMail", "Nowhere"),
    )
    assert mapping.sources == ("Id", "Email", "IsConverted", "News__c")
    assert mapping.targets == ("SalesforceId", "EMail", "Deleted")
    assert mapping.read((ID18, " a@example.org", "true", False)) == (ID18, "a@example.org", True, False)
    assert mapping.convert((ID18, "a@example.org", True, False)) == ((ID18, "a@example.org"), None)
    image, refused = mapping.convert((ID18, None, True, False))
    assert (image, refused) == ((ID18, None), (FieldRefusal("EMail", Refusal(Reason.KEY_MISSING)),))


def test_a_value_is_known_by_the_label_of_the_field_that_it_comes_from() -> None:
    mapping = compiled(KEY, EMAIL, both(FIRST_NAME))
    assert mapping.label("EMail", Side.DIALOG_INSIGHT) == "E-mail"
    assert mapping.label("FirstName", Side.DIALOG_INSIGHT) == "First Name"
    assert mapping.label("FirstName", Side.SALESFORCE) == "Given name"
    assert mapping.label("Di_Id__c", Side.SALESFORCE) == "Di_Id__c"


@pytest.mark.parametrize("turned", [False, True])
def test_a_salesforce_field_is_known_by_the_field_that_is_written_to_it(turned: bool) -> None:
    pairs = [a_pair(source="Phone", target="LastName"), both(a_pair(source="Phone", target="FirstName"), BACK)]
    mapping = compiled(KEY, EMAIL, *(reversed(pairs) if turned else pairs))
    assert mapping.label("Phone", Side.SALESFORCE) == "Given name"


# Back to Salesforce


def test_a_record_of_dialog_insight_is_converted_by_pair() -> None:
    mapping = compiled(KEY, EMAIL, both(FIRST_NAME), both(VIP, BACK), extra_targets=("Deleted",))
    found = (ID18, "ann@example.org", " Ann", True, "yesterday")
    assert mapping.convert_back(found) == ((None, None, "Ann", True), None)
    assert mapping.convert((ID18, "ann@example.org", "Ann", True))[0] == (ID18, "ann@example.org", "Ann", None)


def test_a_value_that_salesforce_cannot_hold_is_told_by_its_salesforce_field() -> None:
    image, refused = born(FIRST_NAME, LAST_NAME).convert_back(("n/a", None, "Maxime", None), creating=True)
    assert image == (None, None, "Maxime", None)
    assert refused == (
        FieldRefusal("Email", Refusal(Reason.EMAIL)),
        FieldRefusal("LastName", Refusal(Reason.REQUIRED_MISSING)),
    )
    _, refused = compiled(KEY, EMAIL, both(FIRST_NAME)).convert_back((ID18, "a@example.org", "Maximilienne"))
    assert refused == (FieldRefusal("FirstName", too_long(12, 6)),)


def test_a_required_salesforce_field_without_a_value_is_refused_unless_an_update_keeps_the_old_one() -> None:
    refused = (FieldRefusal("LastName", Refusal(Reason.REQUIRED_MISSING)),)
    found = ("ann@example.org", ID18, None)
    cleared, kept = born(LAST_NAME), born(both(LAST_NAME, BACK, when_empty=WhenEmpty.KEEP))
    assert cleared.convert_back(found, creating=True)[1] == refused
    assert cleared.convert_back(found, creating=False)[1] == refused
    assert kept.convert_back(found, creating=True)[1] == refused
    assert kept.convert_back(found, creating=False) == (("ann@example.org", None, None), None)


def test_an_empty_checkbox_is_false_in_salesforce_and_left_to_it_in_a_new_record() -> None:
    cleared, kept = born(LAST_NAME, VIP), born(LAST_NAME, both(VIP, BACK, when_empty=WhenEmpty.KEEP))
    found = ("ann@example.org", ID18, "Roy", None)
    assert cleared.convert_back(found, creating=False)[0][3] is False
    assert cleared.convert_back(found, creating=True)[0][3] is None
    assert kept.convert_back(found, creating=False)[0][3] is None
    assert cleared.convert_back((*found[:3], True), creating=False)[0][3] is True


def test_a_default_and_a_transform_stay_on_the_way_to_dialog_insight() -> None:
    phone = a_pair(TransformName.DIGITS, source="Phone", target="Phone", default="000")
    mapping = compiled(KEY, EMAIL, both(phone))
    assert mapping.convert((ID18, "a@example.org", "514 555-0100"))[0][2] == "514555-0100"
    assert mapping.convert((ID18, "a@example.org", None))[0][2] == "000"
    assert mapping.convert_back((ID18, "a@example.org", "514 555-0100"))[0][2] == "514 555-0100"
    assert mapping.convert_back((ID18, "a@example.org", None))[0][2] is None


def test_a_record_that_was_read_otherwise_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        compiled(KEY, EMAIL, both(FIRST_NAME)).convert_back((ID18, "ann@example.org"))


NAMES = st.text("ab é", max_size=8)


@given(st.lists(st.sampled_from(Direction), min_size=2, max_size=2), NAMES, NAMES, st.booleans())
def test_nothing_reaches_a_side_that_its_pair_does_not_reach(
    ways: list[Direction], first: str, last: str, creating: bool
) -> None:
    mapping = compiled(KEY, EMAIL, *(both(p, way) for p, way in zip((FIRST_NAME, LAST_NAME), ways, strict=True)))
    values = (ID18, "ann@example.org", first.strip() or None, last.strip() or None)
    there, refused = mapping.convert(values, creating)
    back, refused_back = mapping.convert_back(values, creating)
    assert len(there) == len(back) == len(mapping.pairs) == 4
    for i, pair in enumerate(mapping.pairs):
        if not mapping.forward[i]:
            assert there[i] is None
            assert pair.target not in {r.field for r in refused or ()}
        if not mapping.backward[i]:
            assert back[i] is None
            assert pair.source not in {r.field for r in refused_back or ()}
        elif back[i] is not None:
            assert back[i] == values[i]


# What is wrong


@pytest.mark.parametrize("source", ["Id", "Account.Name", "AccountId", "Score__c", "Once__c"])
@pytest.mark.parametrize("direction", [BOTH, BACK])
def test_what_salesforce_does_not_let_be_changed_receives_nothing(source: str, direction: Direction) -> None:
    pair = a_pair(source=source, target="LastName", direction=direction)
    (problem,) = wrong(KEY, EMAIL, pair)
    arrow = "↔" if direction is BOTH else "←"
    assert problem[0] == "pairs[2]"
    assert problem[1].startswith(f"{source} {arrow} LastName: ")
    assert problem[2] in ("Let this pair travel to Dialog Insight only.", "Pair a field that may be written.")
    if source != "Once__c":
        assert wrong(KEY, EMAIL, a_pair(source=source, target="LastName")) == []


def test_what_a_new_record_needs_is_asked_only_where_people_are_created_in_salesforce() -> None:
    pairs = (BORN_KEY, MARKER, both(FIRST_NAME, BACK))
    assert wrong(*pairs, type=ProjectType.B) == []
    assert wrong(*pairs, type=ProjectType.B, births=True) == [
        (
            "pairs",
            "Salesforce requires Last Name, and nothing is paired with it.",
            "Pair a Dialog Insight field with LastName; without it nobody can be created in Contact.",
        )
    ]
    assert wrong(*pairs, both(LAST_NAME, BACK), type=ProjectType.B, births=True) == []
    assert len(wrong(*pairs, both(LAST_NAME, THERE), type=ProjectType.B, births=True)) == 1


def test_a_field_that_cannot_be_filled_in_a_new_record_is_not_for_people_born_in_dialog_insight() -> None:
    pairs = (BORN_KEY, MARKER, LAST_NAME, a_pair(source="Later__c", target="Phone"))
    assert wrong(*pairs, type=ProjectType.B) == []
    (problem,) = wrong(*pairs, type=ProjectType.B, births=True)
    assert problem[:2] == ("pairs[3].source", "Salesforce does not let Later be filled in a new record.")
    unknown = a_pair(source="Quux__c", target="Phone")
    assert [p[0] for p in wrong(*pairs[:3], unknown, type=ProjectType.B, births=True)] == ["pairs[3].source"]


def test_what_dialog_insight_requires_must_be_paired_on_the_way_there() -> None:
    assert [p[1] for p in wrong(KEY, both(EMAIL, BACK))] == [
        "Dialog Insight requires E-mail address, and nothing is paired with it."
    ]
    assert wrong(BORN_KEY, MARKER, type=ProjectType.B) == []


def test_a_transform_or_a_default_is_not_judged_on_the_way_back() -> None:
    pair = a_pair(TransformName.ROUND, source="FirstName", target="Points", default="many", direction=BACK)
    assert wrong(KEY, EMAIL, pair) == []
    assert [p[0] for p in wrong(KEY, EMAIL, both(pair, THERE))] == ["pairs[2].default"]


@pytest.mark.parametrize("direction", Direction)
def test_a_consent_of_salesforce_never_compiles(direction: Direction) -> None:
    standard = a_pair(source="HasOptedOutOfEmail", target="Other", direction=direction)
    with pytest.raises(SettingsError, match="is a consent"):
        compiled(KEY, EMAIL, standard)
    optin = a_pair(source="News__c", target="Other", direction=direction)
    compiled(KEY, EMAIL, optin)
    with pytest.raises(SettingsError, match="is a consent"):
        compiled(KEY, EMAIL, optin, consents={"NEWS__C"})
    with pytest.raises(SettingsError, match="is a consent"):
        compiled(KEY, EMAIL, a_pair(source="Vip__c", target="optin_News", direction=direction))


# What belongs to it


def an_integration(**members: Any) -> Integration:
    given = {
        "name": "Births",
        "salesforce": "org",
        "object": "Contact",
        "project": "main",
        "triggers": (Trigger.DIALOG_INSIGHT_CREATED,),
        "external_id": "DI_ID__c",
        "mapping": ObjectMapping(pairs=(BORN_KEY,)),
    }
    return Integration.model_validate(given | members)


def external(type: FieldType = T.TEXT, **members: Any) -> list[str]:
    field = {"length": 40, "external_id": True, "unique": True, "label": "DI id"} | members
    schema = a_schema(Side.SALESFORCE, a_field(type, "Di_Id__c", **field))
    found = external_id_problems(an_integration(), schema, "integrations[0]")
    assert {p.path for p in found} <= {"integrations[0].external_id"}
    assert {p.what_to_do for p in found} <= {
        "Choose a text field of 40 characters, marked External ID and Unique, made for this."
    }
    return [p.message for p in found]


def test_the_external_id_is_a_unique_text_that_has_room() -> None:
    assert external() == []
    assert external(type=T.DECIMAL) == ["DI id is not a text field."]
    assert external(calculated=True) == ["DI id is not a text field."]
    assert external(length=39) == ["DI id has room for 39 characters; 40 are needed."]
    not_unique = ["DI id is not an external id with unique values: a person could be created twice."]
    assert external(unique=False) == not_unique
    assert external(external_id=False) == not_unique
    assert external(creatable=False) == ["Salesforce does not let DI id be filled in a new record."]
    assert len(external(creatable=False, unique=False, length=10)) == 3


def test_the_external_id_must_be_there_only_if_people_are_created_in_salesforce() -> None:
    (problem,) = external_id_problems(an_integration(external_id="Di_Idd__c"), SALESFORCE, "integrations[0]")
    assert problem.path == "integrations[0].external_id"
    assert problem.what_to_do == "Did you mean “Di_Id__c”?"
    updates = an_integration(triggers=(Trigger.DIALOG_INSIGHT_UPDATED,), external_id="Quux__c")
    assert external_id_problems(updates, SALESFORCE, "integrations[0]") == ()
    assert external_id_problems(an_integration(external_id=None), SALESFORCE, "integrations[0]") == ()


def flag(name: str | None, **members: Any) -> list[tuple[str, str]]:
    deletes = Deletes(field=name, **members)
    found = flag_problems(deletes, ObjectMapping(pairs=(KEY, EMAIL)), CONTACTS, "integrations[0].deletes")
    return [(p.path.removeprefix("integrations[0].deletes."), p.message) for p in found]


@pytest.mark.parametrize("name", [None, "Deleted", "DELETEDON", "Vip"])
def test_a_delete_is_said_by_a_text_a_date_or_a_checkbox(name: str | None) -> None:
    assert flag(name) == []


def test_a_field_that_cannot_say_a_delete_is_refused() -> None:
    assert flag("Gone") == [("field", "There is no field “Gone” in the table Contact.")]
    assert flag("Points") == [("field", "Points cannot say that a record is deleted.")]
    assert flag("Stamp") == [("field", "Dialog Insight does not let Stamp be written.")]
    assert flag("email") == [("field", "email is paired with a Salesforce field already.")]
    assert flag("optin_News") == [("field", "optin_News is a consent. No consent is ever written to Dialog Insight.")]
    assert flag("Gone", on_delete=OnDelete.IGNORE) == []


def test_the_words_of_a_delete_fit_their_field() -> None:
    assert flag("Short") == [("text", "The text has 35 characters with its date; Short holds 20.")]
    assert flag("Short", text="left on {date}") == []
