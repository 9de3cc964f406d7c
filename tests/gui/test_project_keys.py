"""The primary key of a destination project: judged, proposed, taken, and said where it does not suit."""

from __future__ import annotations

import pytest

from disf_desktop.core.errors import SchemaChanged
from disf_desktop.core.project import ProjectType
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema, Side
from disf_desktop.gui.models.facts import dialog_insight_key, shown_project_key
from disf_desktop.gui.models.project_key import KeyState, judge_key, keys_to_pick, proposed_key
from tests.gui.project_hands import choices, destination, drawn, pick, tab, words
from tests.gui.rehearsal import Rehearsal


def schema(*fields: Field) -> Schema:
    return Schema(Side.DIALOG_INSIGHT, CONTACT_LIST, "", {f.name: f for f in fields})


def test_the_key_that_dialog_insight_tells_is_said_and_taken_by_one_button(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal, "webforms")
    told = rehearsal.workspace.project_fields("di", 123777)
    rehearsal.store.put("shown_projects", shown_project_key("di", 123502), told)
    pick(page.settings.key, ("City",))
    drawn(rehearsal)
    assert page.settings.key_state.text() == "not the key in Dialog Insight"
    assert "It says that the primary key is EMail." in words(page)
    assert choices(page.settings.key)[0] == "EMail · E-mail (the key in Dialog Insight)"
    page.notices.key.action.click()
    drawn(rehearsal)
    assert destination(rehearsal, "webforms").key == ("EMail",)
    assert page.settings.key_state.text() == "suits type B"


def test_a_key_that_is_for_the_other_type_offers_that_type(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal, "webforms")
    told = rehearsal.workspace.project_fields("di", 123777)
    rehearsal.store.put("shown_projects", shown_project_key("di", 123502), told)
    page.purpose.types[ProjectType.A].click()
    drawn(rehearsal)
    assert "The key does not suit type A" in words(page)
    assert page.notices.key.action.text() == "Make it type B"
    page.notices.key.action.click()
    assert destination(rehearsal, "webforms").type is ProjectType.B


def test_where_the_file_names_a_wrong_key_the_fields_are_read_without_it(rehearsal: Rehearsal) -> None:
    wrong = SchemaChanged("The project 123456 has no field SalesforceID.", "Look it up.")
    page = tab(rehearsal)
    key = dialog_insight_key("newsletter", CONTACT_LIST)
    rehearsal.store.put("schemas", key, None)

    def refused(_destination: str, _table: str) -> Schema:
        raise wrong

    rehearsal.bridge.spawn(rehearsal.desk._read_schema(key, lambda: refused("", "")))
    drawn(rehearsal)
    assert shown_project_key("di", 123456) in rehearsal.store.facts.shown_projects
    assert page.settings.key.isEnabled()
    assert len(choices(page.settings.key)) == 32


@pytest.mark.parametrize(
    ("field", "type", "state"),
    [
        (Field("K", "", FieldType.TEXT, 18), ProjectType.A, KeyState.SUITS),
        (Field("K", "", FieldType.TEXT), ProjectType.A, KeyState.SUITS),
        (Field("K", "", FieldType.TEXT, 15), ProjectType.A, KeyState.TOO_SHORT),
        (Field("K", "", FieldType.EMAIL, 80), ProjectType.A, KeyState.NOT_TEXT),
        (Field("K", "", FieldType.EMAIL, 80), ProjectType.B, KeyState.SUITS),
        (Field("K", "", FieldType.TEXT, 80), ProjectType.B, KeyState.NOT_EMAIL),
    ],
)
def test_a_key_is_judged_by_what_the_project_is_for(field: Field, type: ProjectType, state: KeyState) -> None:
    assert judge_key(schema(field), type, ("k",), ()) is state
    assert judge_key(schema(field), type, ("Other",), ()) is KeyState.MISSING
    assert judge_key(schema(field), type, ("K",), ("Other",)) is KeyState.OTHER_KEY


def test_keys_are_offered_the_likeliest_first_and_never_guessed() -> None:
    fields = schema(
        Field("City", "", FieldType.TEXT, 50), Field("EMail", "", FieldType.EMAIL), Field("N", "", FieldType.INTEGER)
    )
    assert keys_to_pick(fields, ProjectType.B, ()) == (("EMail",), ("City",), ("N",))
    assert keys_to_pick(fields, ProjectType.A, ("N", "City"))[0] == ("N", "City")
    assert proposed_key(fields, ProjectType.A, ()) == (), "a text of 50 characters may be anything"
    assert proposed_key(fields, ProjectType.B, ()) == ("EMail",)
    assert proposed_key(fields, ProjectType.A, ("N",)) == ("N",)
