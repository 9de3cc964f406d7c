"""The marks are true: green only where all was checked and nothing waits for a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from disf_desktop.core.errors import AuthorizationNeeded, Problem, ServiceUnavailable
from disf_desktop.core.events import Outstanding
from disf_desktop.core.history import History
from disf_desktop.core.project import FieldPair
from disf_desktop.core.schema import Field, FieldType
from disf_desktop.gui import story
from disf_desktop.gui.models.facts import Facts, connection_key, dialog_insight_key, salesforce_key
from disf_desktop.gui.models.marks import Mark, Tab, integration_mark, tab_mark, together
from disf_desktop.gui.models.pairs import Level, judge
from disf_desktop.gui.models.project_key import KeyState, check_key
from disf_desktop.workspace import Places
from tests.gui.fakes import FakeWorkspace, runs


def known() -> Facts:
    """Give facts in which everything is connected, read and done."""
    workspace = FakeWorkspace(Path("a.disf.yaml"), Places(Path("p")))
    project = workspace.project
    schemas = {
        salesforce_key(i.salesforce, i.object): workspace.salesforce_schema(i.salesforce, i.object)
        for i in project.integrations
    }
    for p in project.projects:
        for table in ("Contact", *(t.code for t in p.tables)):
            schemas[dialog_insight_key(p.id, table)] = workspace.dialog_insight_schema(p.id, table)
    return Facts(
        project=project,
        authorized={c.id: True for c in project.connections},
        tested={c.id: workspace.test(c.id) for c in project.connections},
        schemas=schemas,
        runs=runs()[1:4],
    )


ALL_BUT_OPT_INS = [tab for tab in Tab if tab is not Tab.OPT_INS]


@pytest.mark.parametrize("tab", ALL_BUT_OPT_INS)
def test_a_tab_is_green_when_all_of_it_is_done(tab: Tab) -> None:
    assert tab_mark(known(), tab) is Mark.DONE


@pytest.mark.parametrize("tab", list(Tab))
def test_nothing_is_green_before_anything_was_asked(tab: Tab) -> None:
    assert tab_mark(Facts(project=known().project), tab) is Mark.NOT_STARTED


def test_opt_ins_are_not_started_while_none_can_travel() -> None:
    assert tab_mark(known(), Tab.OPT_INS) is Mark.NOT_STARTED


def test_one_that_needs_a_person_is_enough_to_take_the_green_away() -> None:
    assert together([Mark.DONE, Mark.NEEDS_YOU, Mark.NOT_STARTED]) is Mark.NEEDS_YOU
    assert together([Mark.DONE, Mark.NOT_STARTED]) is Mark.NOT_STARTED
    assert together([]) is Mark.NOT_STARTED


def needing() -> dict[str, tuple[Tab, Facts]]:
    """Give facts that need a person, each with the tab that must say so."""
    facts, error = known(), ServiceUnavailable("m", "w")
    waiting = Outstanding(set_aside=1)
    key = dialog_insight_key("newsletter", "Contact")
    without_field = replace(
        facts.schemas[key], fields={n: f for n, f in facts.schemas[key].fields.items() if n != "Points"}
    )
    return {
        "a refused token": (Tab.CONNECTIONS, replace(facts, connection_errors={"prod": AuthorizationNeeded("m", "w")})),
        "a connection nobody authorized": (
            Tab.CONNECTIONS,
            replace(facts, authorized=dict(facts.authorized) | {"di": False}),
        ),
        "fields that cannot be read": (Tab.PROJECTS, replace(facts, schema_errors={key: error})),
        "a problem of the file": (Tab.PROJECTS, replace(facts, problems=(Problem("projects[1].key", "m", "w"),))),
        "an object that cannot be read": (
            Tab.MAPPING,
            replace(facts, schema_errors={salesforce_key("prod", "Lead"): error}),
        ),
        "a mapped field that is gone": (
            Tab.MAPPING,
            replace(facts, schemas=dict(facts.schemas) | {key: without_field}),
        ),
        "records set aside": (Tab.INTEGRATIONS, replace(facts, history=History(waiting, {"Leads": waiting}))),
        "a failed run": (Tab.INTEGRATIONS, replace(facts, runs=runs()[4:5])),
        "records set aside, in the activity": (Tab.ACTIVITY, replace(facts, history=History(waiting, {}))),
        "a ledger that cannot be read": (Tab.ACTIVITY, replace(facts, ledger_error=error)),
    }


@pytest.mark.parametrize("what", list(needing()))
def test_green_is_never_shown_while_something_needs_a_person(what: str) -> None:
    tab, facts = needing()[what]
    assert tab_mark(facts, tab) is Mark.NEEDS_YOU


def test_an_integration_that_is_off_needs_nobody() -> None:
    facts = known()
    assert facts.project is not None
    waiting = Outstanding(set_aside=1)
    orders = facts.project.integrations[2]
    facts = replace(facts, history=History(waiting, {"Orders": waiting}))
    assert integration_mark(facts, orders) is Mark.NOT_STARTED


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        (Field("SalesforceID", "", FieldType.TEXT, 18, key=True), KeyState.SUITS),
        (Field("SalesforceID", "", FieldType.TEXT, 15, key=True), KeyState.TOO_SHORT),
        (Field("SalesforceID", "", FieldType.EMAIL, 80, key=True), KeyState.NOT_TEXT),
        (Field("SalesforceID", "", FieldType.INTEGER, key=True), KeyState.NOT_TEXT),
        (Field("Other", "", FieldType.TEXT, 18, key=True), KeyState.MISSING),
    ],
)
def test_a_key_that_does_not_suit_type_a_is_found(changed: Field, state: KeyState) -> None:
    facts = known()
    assert facts.project is not None
    newsletter = facts.project.projects[0]
    key = dialog_insight_key("newsletter", "Contact")
    fields = {n: f for n, f in facts.schemas[key].fields.items() if n != "SalesforceID"} | {changed.name: changed}
    facts = replace(facts, schemas=dict(facts.schemas) | {key: replace(facts.schemas[key], fields=fields)})
    assert check_key(facts, newsletter) is state


def test_a_key_that_dialog_insight_does_not_have_is_found() -> None:
    facts = known()
    assert facts.project is not None
    newsletter = facts.project.projects[0]
    key = dialog_insight_key("newsletter", "Contact")
    fields = {n: replace(f, key=n == "EMail") for n, f in facts.schemas[key].fields.items()}
    facts = replace(facts, schemas=dict(facts.schemas) | {key: replace(facts.schemas[key], fields=fields)})
    assert check_key(facts, newsletter) is KeyState.OTHER_KEY


def test_a_pair_is_judged_only_when_both_sides_are_read() -> None:
    facts = known()
    assert facts.project is not None
    integration = facts.project.integrations[0]
    points, gone = integration.mapping.pairs[7], FieldPair(source="Email", target="Nowhere")
    assert judge(facts, integration, points).level is Level.LOSS
    assert judge(facts, integration, integration.mapping.pairs[2]).level is Level.YES
    assert (judge(facts, integration, gone).level, judge(facts, integration, gone).missing) == (Level.NO, "Nowhere")
    assert judge(replace(facts, schemas={}), integration, points).level is Level.UNREAD


def test_the_sentence_at_the_bottom_tells_what_is_the_matter(qapp: object) -> None:
    assert story.status_sentence(Facts()) == "No project file is open."
    assert story.status_sentence(known()).startswith("Everything is connected. Last run")
    asking = replace(known(), tested={}, asking=frozenset({connection_key("prod")}))
    assert story.status_sentence(asking).startswith("Connections are being checked.")
    refused = replace(known(), connection_errors={"prod": AuthorizationNeeded("m", "w")})
    assert story.status_sentence(refused).startswith("A connection needs you: Acme (production).")
    waiting = replace(known(), history=History(Outstanding(set_aside=1)))
    assert "1 record set aside waits for you." in story.status_sentence(waiting)
