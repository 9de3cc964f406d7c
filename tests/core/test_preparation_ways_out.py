"""What Prepare Salesforce can do about a problem, told with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from disf_desktop.core.errors import InOrg, Problem
from disf_desktop.core.integration_rules import problems_with_schemas
from disf_desktop.core.preparation import ComponentState, FieldThere, OrgSeen, components
from disf_desktop.core.project import FieldPair, Integration, ObjectMapping
from disf_desktop.core.schema import Field, FieldType, Schema
from tests.core.test_preparation import BIRTHS, CHECKBOX, EXTERNAL_ID, PROJECT, TABLE, contact, project

OPT_INS = (Field("Newsletter", "Newsletter", FieldType.BOOLEAN),)
FORMS = replace(TABLE, name="Contact", optins=OPT_INS)
DATE = Field("DI_Newsletter_Since__c", "Since", FieldType.DATETIME)
ORIGIN = Field("DI_Newsletter_From__c", "From", FieldType.TEXT, length=80)
SHOE = Field("Shoe_Size__c", "Shoe size", FieldType.INTEGER, precision=3)


def problems(integration: Integration, *fields: Field) -> tuple[Problem, ...]:
    destination = PROJECT.destination("forms")
    assert destination is not None
    return problems_with_schemas(integration, destination, contact(*fields), FORMS, "integrations[0]")


def told(integration: Integration, *fields: Field) -> dict[str, InOrg | None]:
    return {p.path.removeprefix("integrations[0]."): p.in_org for p in problems(integration, *fields)}


def test_every_custom_field_that_is_not_there_can_be_prepared() -> None:
    assert told(BIRTHS) == {
        "mapping.pairs[1].source": InOrg("org", "Contact.Shoe_Size__c"),
        "external_id": InOrg("org", "Contact.DI_Contact_Id__c"),
        "optins[0].target": InOrg("org", "Contact.DI_Newsletter__c"),
        "optins[0].date_target": InOrg("org", "Contact.DI_Newsletter_Since__c"),
        "optins[0].source_target": InOrg("org", "Contact.DI_Newsletter_From__c"),
    }
    for problem in problems(BIRTHS):
        assert problem.what_to_do.endswith("Or prepare Salesforce for it: disf prepare FILE org --install all")


def test_the_ids_are_those_of_the_components_that_a_preparation_shows() -> None:
    shown = {each.id for each in components(project(), "org", OrgSeen({"Contact": contact()}, tables={"Forms": TABLE}))}
    assert {each.component for each in told(BIRTHS).values() if each is not None} <= shown


def test_nothing_is_said_where_all_is_there() -> None:
    assert problems(BIRTHS, EXTERNAL_ID, CHECKBOX, DATE, ORIGIN, SHOE) == ()


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ("external_id", replace(EXTERNAL_ID, type=FieldType.INTEGER)),
        ("external_id", replace(EXTERNAL_ID, unique=False)),
        ("optins[0].target", replace(CHECKBOX, type=FieldType.DATE)),
        ("optins[0].date_target", replace(DATE, type=FieldType.TEXT)),
        ("optins[0].source_target", replace(ORIGIN, length=5)),
        ("optins[0].subscribed", replace(CHECKBOX, type=FieldType.CHOICE)),
    ],
)
def test_a_field_of_another_type_is_told_to_be_left_alone(place: str, field: Field) -> None:
    others = [each for each in (EXTERNAL_ID, CHECKBOX, DATE, ORIGIN, SHOE) if each.name != field.name]
    found = [p for p in problems(BIRTHS, *others, field) if p.path == f"integrations[0].{place}"]
    assert [p.in_org for p in found] == [InOrg("org", f"Contact.{field.name}", left_alone=True)]
    assert "is left alone" in found[0].what_to_do
    assert "disf prepare" not in found[0].what_to_do


def test_a_field_that_our_user_may_not_edit_can_be_shown() -> None:
    found = told(BIRTHS, EXTERNAL_ID, replace(CHECKBOX, updatable=False), DATE, ORIGIN, SHOE)
    assert found == {"optins[0].target": InOrg("org", "Contact.DI_Newsletter__c")}
    hidden = FieldThere("00N000000000001", "Contact", CHECKBOX)
    schema: Schema = contact(EXTERNAL_ID, replace(CHECKBOX, updatable=False), DATE, ORIGIN, SHOE)
    seen = OrgSeen({"Contact": schema}, (hidden,), tables={"Forms": TABLE})
    state = next(each.state for each in components(PROJECT, "org", seen) if each.id == "Contact.DI_Newsletter__c")
    assert state is ComponentState.HIDDEN


def test_nothing_is_offered_for_a_name_that_no_custom_field_can_have_nor_for_a_related_field() -> None:
    pairs = (
        *BIRTHS.mapping.pairs[:1],
        FieldPair(source="Shoe__Size___c", target="ShoeSize"),
        FieldPair(source="Account.Shoe__c", target="ShoeSize"),
        FieldPair(source="ShoeSize", target="ShoeSize"),
    )
    found = told(BIRTHS.model_copy(update={"optins": (), "mapping": ObjectMapping(pairs=pairs)}), EXTERNAL_ID)
    assert [found[f"mapping.pairs[{n}].source"] for n in (1, 2, 3)] == [None, None, None]


def test_the_use_of_one_field_for_two_consents_is_not_mended_by_preparing() -> None:
    twice = BIRTHS.optins[0].model_copy(update={"date_target": BIRTHS.optins[0].target, "source_target": None})
    integration = BIRTHS.model_copy(update={"optins": (twice,)})
    found = [p for p in problems(integration, EXTERNAL_ID, SHOE) if p.path.endswith("date_target")]
    assert [p.in_org is None for p in found] == [True, False]
