"""A destination project that the file does not have yet, read over HTTP with the key that the account tells, if any."""

from __future__ import annotations

from typing import Any

import pytest

from disf_desktop.core.errors import AccessRefused
from disf_desktop.core.project import DestinationProject, DialogInsightConnection, ProjectType
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.gui.models.project_key import KeyState, judge_key, proposed_key, type_of_key
from tests.journeys.conftest import Begin
from tests.journeys.rehearsal import Rehearsal


def account(story: Rehearsal) -> str:
    return next(c.id for c in story.workspace.project.connections if isinstance(c, DialogInsightConnection))


def without_projects(project: dict[str, Any]) -> None:
    project["projects"], project["integrations"] = [], []


def test_a_project_is_read_before_the_file_has_it_then_added_and_read_as_a_run_would(begin: Begin) -> None:
    story = begin(without_projects)
    connection = account(story)
    listed = {p.name: p.id for p in story.workspace.test(connection).projects}
    assert listed["Web forms"] == story.web_forms
    shown = story.workspace.project_fields(connection, story.web_forms)
    assert shown.key == (), "this account tells no key"
    assert {"EMail", "FirstName"} <= set(shown.fields)
    assert shown.optins
    key = proposed_key(shown, ProjectType.B, ())
    assert key == ("EMail",)
    made = DestinationProject(
        id="forms", connection=connection, id_project=story.web_forms, name="Forms", type=ProjectType.B, key=key
    )
    # Before the file is written: an edit is read at once.
    assert story.workspace.fields_of(made, CONTACT_LIST).key == ("EMail",)


def test_the_key_that_an_account_tells_decides_the_type(begin: Begin) -> None:
    story = begin()
    connection = account(story)
    story.simulator.control("dialog-insight/account", {"tells_primary_key": True})
    try:
        newsletter = story.workspace.project_fields(connection, story.newsletter)
        forms = story.workspace.project_fields(connection, story.web_forms)
    finally:
        story.simulator.control("dialog-insight/account", {"tells_primary_key": False})
    assert (newsletter.key, forms.key) == (("SalesforceID",), ("EMail",))
    assert type_of_key(newsletter, newsletter.key) is ProjectType.A
    assert type_of_key(forms, forms.key) is ProjectType.B
    assert judge_key(forms, ProjectType.A, ("SalesforceID",), forms.key) is KeyState.OTHER_KEY


def test_a_project_that_the_key_does_not_reach_is_refused(begin: Begin) -> None:
    story = begin()
    with pytest.raises(AccessRefused):
        story.workspace.project_fields(account(story), 999_999)
