"""Edits of a project file: each leaves one thing of one name, and touches nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core import edits
from disf_desktop.core.project import DestinationProject, DialogInsightConnection, FieldPair, Integration
from disf_desktop.core.schema import CONTACT_LIST
from tests.core.test_project import DESTINATION, DIALOG_INSIGHT, INTEGRATION, a_project

NAMES = st.lists(st.text(max_size=5), max_size=6)


def contacts(**members: Any) -> Integration:
    return Integration.model_validate(INTEGRATION | members)


def targets(integration: Integration) -> list[str]:
    return [pair.target for pair in integration.mapping.pairs]


@given(st.text(max_size=5), NAMES)
def test_a_fresh_name_is_unlike_every_other_in_any_case_of_letters(name: str, taken: list[str]) -> None:
    folded = {each.casefold() for each in taken}
    assert edits.fresh_name(name, taken).casefold() not in folded
    assert edits.fresh_id(name, taken).casefold() not in folded


@pytest.mark.parametrize(
    ("name", "taken", "id"),
    [
        ("Québec – ventes", [], "quebec-ventes"),
        ("Main", ["MAIN"], "main-2"),
        ("日本", [], "new"),
        ("a" * 60, [], "a" * 40),
    ],
)
def test_an_identifier_is_made_of_plain_letters(name: str, taken: list[str], id: str) -> None:
    assert edits.fresh_id(name, taken) == id


def test_what_has_the_same_identity_is_replaced_in_its_place() -> None:
    project = a_project()
    first, second = project.connections
    other = first.model_copy(update={"name": "Other"})
    assert edits.with_connection(project, other).connections == (other, second)
    added = DialogInsightConnection.model_validate(DIALOG_INSIGHT | {"id": "more"})
    assert edits.with_connection(project, added).connections == (first, second, added)
    destination = DestinationProject.model_validate(DESTINATION | {"name": "Other"})
    assert edits.with_destination(project, destination).projects == (destination,)
    renamed = contacts(name="People")
    assert edits.with_integration(project, renamed, "Contacts").integrations == (renamed, project.integrations[1])
    assert edits.with_integration(project, renamed).integrations == (*project.integrations, renamed)


def test_what_is_used_is_not_taken_away() -> None:
    project = a_project()
    assert edits.users_of_connection(project, "org") == ("Contacts", "Orders")
    assert edits.users_of_connection(project, "di") == ("Main",)
    assert edits.users_of_destination(project, "main") == ("Contacts", "Orders")
    with pytest.raises(AssertionError):
        edits.without_connection(project, "di")
    with pytest.raises(AssertionError):
        edits.without_destination(project, "main")
    bare = edits.without_integration(edits.without_integration(project, "Contacts"), "Orders")
    bare = edits.without_destination(bare, "main")
    assert [c.id for c in edits.without_connection(bare, "di").connections] == ["org"]


def test_a_copy_is_a_draft_of_another_name() -> None:
    project = a_project()
    after, made = edits.duplicated(project, "Contacts", "main")
    copy = after.integration(made)
    assert copy is not None
    assert (made, copy.enabled, copy.mapping) == ("Contacts 2", False, project.integrations[0].mapping)
    assert after.integrations[:2] == project.integrations


def test_a_pair_takes_the_place_of_the_one_with_its_target_and_key_pairs_come_first() -> None:
    before = contacts()
    after = edits.with_pair(before, FieldPair(source="Other__c", target="email"))
    assert [p.source for p in after.mapping.pairs] == ["Id", "Other__c"]
    longer = edits.with_pair(before, FieldPair(source="Name", target="Name"))
    assert targets(edits.with_pair(longer, FieldPair(source="Key__c", target="Key"), ["KEY"])) == [
        "SalesforceId", "Key", "EMail", "Name",
    ]  # fmt: skip
    assert [p.source for p in edits.takers_of(longer, "EMAIL")] == ["Email"]
    assert targets(edits.without_pair(longer, 1)) == ["SalesforceId", "Name"]
    assert targets(edits.changed_pair(longer, 2, FieldPair(source="Name", target="LastName")))[2] == "LastName"


@pytest.mark.parametrize(
    ("table", "destination", "key"),
    [
        (CONTACT_LIST, "main", ("SalesforceId",)),
        ("Orders", "main", ("Number",)),
        ("Gone", "main", ()),
        (CONTACT_LIST, "gone", ()),
    ],
)
def test_the_key_is_that_of_the_table(table: str, destination: str, key: tuple[str, ...]) -> None:
    made = contacts().model_copy(update={"table": table, "project": destination})
    assert edits.key_of(a_project(), made) == key
