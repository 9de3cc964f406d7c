"""A new mapping, as it is first put into a project file."""

from __future__ import annotations

import pytest

from disf_desktop.core.drafts import draft
from disf_desktop.core.edits import with_integration
from disf_desktop.core.project import CustomTable, DestinationProject, Project, ProjectType, TableField, Trigger
from disf_desktop.core.project_rules import blocking, problems_of
from disf_desktop.core.schema import CONTACT_LIST

ORDERS = CustomTable(id_table=1, code="ORDERS", key=("Number",), fields=(TableField(code="Number"),))


def project(type: ProjectType = ProjectType.A, key: tuple[str, ...] = ("SalesforceID",)) -> Project:
    destination = DestinationProject(
        id="p", connection="d", id_project=1, name="p", type=type, key=key, tables=(ORDERS,)
    )
    return Project.model_validate(
        {
            "id": "11111111-2222",
            "name": "x",
            "connections": [
                {"kind": "salesforce", "id": "s", "name": "s"},
                {"kind": "dialog_insight", "id": "d", "name": "d", "id_key": 1},
            ],
            "projects": [destination],
        }
    )


@pytest.mark.parametrize("type", ProjectType)
@pytest.mark.parametrize("table", [CONTACT_LIST, "ORDERS"])
def test_a_draft_is_off_and_stops_nothing(type: ProjectType, table: str) -> None:
    made = draft(project(type), "New", "s", "Contact", "p", table)
    after = with_integration(project(type), made)
    assert not made.enabled
    assert blocking(after, problems_of(after)) == ()


def test_its_triggers_suit_the_type_of_its_project() -> None:
    there = (Trigger.DIALOG_INSIGHT_CREATED, Trigger.DIALOG_INSIGHT_UPDATED)
    here = (Trigger.SALESFORCE_CREATED, Trigger.SALESFORCE_UPDATED)
    assert draft(project(), "New", "s", "Contact", "p", CONTACT_LIST).triggers == here
    assert draft(project(ProjectType.B), "New", "s", "Contact", "p", CONTACT_LIST).triggers == there
    assert draft(project(ProjectType.B), "New", "s", "Order__c", "p", "ORDERS").triggers == here


@pytest.mark.parametrize(
    ("type", "key", "sobject", "table", "paired"),
    [
        (ProjectType.A, ("SalesforceID",), "Contact", CONTACT_LIST, [("Id", "SalesforceID")]),
        (ProjectType.A, ("SalesforceID",), "Member__c", CONTACT_LIST, [("Id", "SalesforceID")]),
        (ProjectType.A, ("One", "Two"), "Contact", CONTACT_LIST, []),
        (ProjectType.B, ("EMail",), "Lead", CONTACT_LIST, [("Email", "EMail")]),
        (ProjectType.B, ("EMail",), "Member__c", CONTACT_LIST, []),
        (ProjectType.B, ("Number",), "Contact", CONTACT_LIST, []),
        (ProjectType.A, ("SalesforceID",), "Order__c", "ORDERS", []),
    ],
)
def test_the_key_is_paired_where_there_is_no_doubt(
    type: ProjectType, key: tuple[str, ...], sobject: str, table: str, paired: list[tuple[str, str]]
) -> None:
    pairs = draft(project(type, key), "New", "s", sobject, "p", table).mapping.pairs
    assert [(p.source, p.target) for p in pairs] == paired
    assert all(p.key for p in pairs)
