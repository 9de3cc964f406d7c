"""Edits of opt-ins: what is added, changed, moved, and what is proposed for a new one."""

from __future__ import annotations

from typing import Any

import pytest

from disf_desktop.core import optins
from disf_desktop.core.optin_edits import (
    aimed,
    carriers,
    changed_optin,
    likely_field,
    moved_optin,
    says_no,
    taken_fields,
    ticked,
    with_optins,
    without_optin,
)
from disf_desktop.core.project import Integration, OptinPair, Project, Trigger
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from tests.core.test_project import INTEGRATION, ORDERS, a_project

NEWS = OptinPair(optin="Newsletter", target="News__c")
CASL = OptinPair(optin="Casl", target="Casl__c", date_target="Casl_Date__c")
LEADS = INTEGRATION | {"name": "Leads", "object": "Lead"}


def file_of(*integrations: dict[str, Any]) -> Project:
    return a_project(integrations=list(integrations))


def only(project: Project) -> Integration:
    return project.integrations[0]


def picklist(*choices: str) -> Field:
    return Field("P__c", "P", FieldType.CHOICE, 40, choices=choices, restricted=True)


def test_several_opt_ins_are_added_at_once_and_the_trigger_with_them() -> None:
    before = only(file_of(INTEGRATION))
    after = with_optins(before, (NEWS, CASL), tick=True)
    assert after.optins == (NEWS, CASL)
    assert after.triggers == (*before.triggers, Trigger.OPTIN_CHANGED)
    assert ticked(after) is after
    assert Trigger.OPTIN_CHANGED not in with_optins(before, (NEWS,)).triggers


def test_an_opt_in_is_changed_and_taken_away_by_its_number() -> None:
    both = with_optins(only(file_of(INTEGRATION)), (NEWS, CASL))
    other = CASL.model_copy(update={"inverted": True})
    assert changed_optin(both, 1, other).optins == (NEWS, other)
    assert without_optin(both, 0).optins == (CASL,)


def test_another_integration_carries_an_opt_in() -> None:
    project = file_of(INTEGRATION, LEADS)
    name = only(project).name
    project = project.model_copy(
        update={"integrations": (with_optins(only(project), (NEWS, CASL)), project.integrations[1])}
    )
    after = moved_optin(project, name, 0, "Leads", NEWS.model_copy(update={"target": "Lead_News__c"}))
    assert [[(p.optin, p.target) for p in i.optins] for i in after.integrations] == [
        [("Casl", "Casl__c")],
        [("Newsletter", "Lead_News__c")],
    ]


def test_a_custom_table_carries_no_opt_in() -> None:
    project = file_of(INTEGRATION, ORDERS)
    assert [i.name for i in carriers(project, only(project).project)] == [only(project).name]


def test_a_field_that_is_paired_or_has_another_opt_in_is_taken() -> None:
    project = file_of(INTEGRATION | {"external_id": "Ext__c", "optins": [NEWS.model_dump(), CASL.model_dump()]})
    pair = only(project).mapping.pairs[0]
    taken = taken_fields(project, only(project))
    assert {"id", "ext__c", "news__c", "casl__c", "casl_date__c", pair.source.casefold()} <= taken
    assert {"news__c"} <= taken_fields(project, only(project), but=1)
    assert not {"casl__c", "casl_date__c"} & taken_fields(project, only(project), but=1)


@pytest.mark.parametrize(
    ("name", "label", "no"),
    [
        ("HasOptedOutOfEmail", "Email Opt Out", True),
        ("DoNotCall", "Do Not Call", True),
        ("X__c", "Désabonné", True),
        ("Refus_courriel__c", "Courriel", True),
        ("DI_Optin_News__c", "Newsletter consent", False),
        ("News__c", "Infolettre", False),
    ],
)
def test_a_checkbox_whose_name_says_no_is_proposed_as_inverted(name: str, label: str, no: bool) -> None:
    field = Field(name, label, FieldType.BOOLEAN)
    assert says_no(field) is no
    assert aimed(NEWS, field).inverted is no


def test_words_are_proposed_among_the_values_of_a_list() -> None:
    pair = aimed(NEWS, picklist("Inconnu", "Oui", "Non"))
    assert (pair.target, pair.subscribed, pair.unsubscribed, pair.neutral) == ("P__c", "Oui", "Non", None)
    pair = aimed(NEWS, picklist("Opted In", "Opted Out"))
    assert (pair.subscribed, pair.unsubscribed) == ("Opted In", "Opted Out")
    pair = aimed(NEWS, picklist("Green", "Red"))
    assert (pair.subscribed, pair.unsubscribed) == (None, None)


def test_what_was_said_for_another_kind_of_field_is_forgotten() -> None:
    worded = aimed(NEWS, Field("T__c", "T", FieldType.TEXT, 40))
    assert (worded.subscribed, worded.unsubscribed) == ("Yes", "No")
    box = aimed(worded, Field("HasOptedOutOfEmail", "", FieldType.BOOLEAN))
    assert (box.subscribed, box.unsubscribed, box.inverted) == (None, None, True)
    assert aimed(box, Field("T__c", "T", FieldType.TEXT, 40)).inverted is False


def test_the_field_that_speaks_of_the_opt_in_is_proposed() -> None:
    opt_in = Field("News", "Infolettre", FieldType.BOOLEAN)
    fields = (
        Field("DI_News_Words__c", "News", FieldType.TEXT, 40),
        Field("Infolettre__c", "Consentement", FieldType.BOOLEAN),
        Field("Casl__c", "Casl", FieldType.BOOLEAN),
    )
    found = likely_field(opt_in, fields)
    assert found is not None
    assert found.name == "Infolettre__c"
    assert likely_field(Field("Other", "Other", FieldType.BOOLEAN), fields) is None


ALL = {
    f.name: f
    for f in (
        Field("Box__c", "", FieldType.BOOLEAN),
        Field("List__c", "", FieldType.CHOICE, choices=("Yes", "No")),
        Field("Text__c", "", FieldType.TEXT, 40),
        Field("Short__c", "", FieldType.TEXT, 5),
        Field("Long__c", "", FieldType.LONG_TEXT, 4000),
        Field("Day__c", "", FieldType.DATE),
        Field("Time__c", "", FieldType.DATETIME),
        Field("Formula__c", "", FieldType.BOOLEAN, calculated=True),
        Field("Locked__c", "", FieldType.DATE, updatable=False),
        Field("Account.Name", "", FieldType.TEXT, 255),
    )
}


def test_what_can_receive_an_opt_in_is_what_is_no_problem() -> None:
    schema = Schema(Side.SALESFORCE, "Contact", "Contact", ALL)
    there = Schema(Side.DIALOG_INSIGHT, "Contact", "Contact", {}, (Field("Newsletter", "", FieldType.BOOLEAN),))
    members: tuple[optins.Member, ...] = ("target", "date_target", "source_target")
    for member in members:
        names = {f.name for f in optins.receivers(schema, member)}
        for field in ALL.values():
            pair = aimed(NEWS, ALL["Box__c" if field.name != "Box__c" else "List__c"])
            pair = aimed(NEWS, field) if member == "target" else pair.model_copy(update={member: field.name})
            told = [p for p in optins.problems((pair,), schema, there, "o") if p.path == f"o[0].{member}"]
            assert (field.name in names) is not bool(told), (member, field.name, told)
    assert {f.name for f in optins.receivers(schema, "source_target")} == {"Text__c", "Long__c"}
