"""The marks are true: green only where all was checked and nothing waits for a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from disf_desktop.core.errors import AuthorizationNeeded, Problem, ServiceUnavailable
from disf_desktop.core.events import Outstanding, Progress, RunState, Stage
from disf_desktop.core.history import History
from disf_desktop.core.project import FieldPair, Trigger
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.gui.models.facts import (
    Facts,
    Run,
    RunKind,
    connection_key,
    dialog_insight_key,
    salesforce_key,
    shown_project_key,
)
from disf_desktop.gui.models.imports import ImportFacts
from disf_desktop.gui.models.marks import Mark, Tab, integration_mark, opt_ins_mark, tab_mark, together
from disf_desktop.gui.models.pairs import Level, judge
from disf_desktop.gui.models.project_key import KeyState, check_key
from disf_desktop.gui.words import story
from tests.gui.fake_imports import finished
from tests.gui.fakes import consents, known, runs


@pytest.mark.parametrize("tab", list(Tab))
def test_a_tab_is_green_when_all_of_it_is_done(tab: Tab) -> None:
    assert tab_mark(known(), tab) is Mark.DONE


def test_the_sentence_at_the_bottom_tells_of_an_import_as_soon_as_it_has_ended(qapp: object) -> None:
    sending = RunState(progress=Progress("", Stage.APPLY, Side.DIALOG_INSIGHT, 0, 38))
    under_way = replace(known(), run=Run(RunKind.IMPORT, None, sending))
    assert story.status_sentence(under_way) == "Sending to Dialog Insight · 0 of 38"
    ended = replace(under_way, imports=ImportFacts(finished=finished()))
    assert story.status_sentence(ended) == "The import has ended: 247,812 sent · 88 rows refused."
    of_import = {"dialog_insight": {"created": 38}, "seconds": 2, "import": {"failed": 1}}
    newest = replace(runs()[0], status="partial", summary=of_import)
    kept = replace(known(), runs=(newest, *runs()))
    assert "Last import" in story.status_sentence(kept)
    assert "38 sent · 1 row refused" in story.status_sentence(kept)


@pytest.mark.parametrize("tab", list(Tab))
def test_nothing_is_green_before_anything_was_asked(tab: Tab) -> None:
    assert tab_mark(Facts(project=known().project), tab) is Mark.NOT_STARTED


def test_opt_ins_that_cannot_travel_are_not_started() -> None:
    facts = known()
    assert facts.project is not None
    newsletter, webforms = facts.project.projects
    assert opt_ins_mark(facts, newsletter) is Mark.DONE
    assert opt_ins_mark(facts, webforms) is Mark.NOT_STARTED  # its integration is off
    contacts, *others = facts.project.integrations
    unticked = contacts.model_copy(update={"triggers": (Trigger.SALESFORCE_CREATED,)})
    project = facts.project.model_copy(update={"integrations": (unticked, *others)})
    assert tab_mark(replace(facts, project=project), Tab.OPT_INS) is Mark.NOT_STARTED


def test_one_that_needs_a_person_is_enough_to_take_the_green_away() -> None:
    assert together([Mark.DONE, Mark.NEEDS_YOU, Mark.NOT_STARTED]) is Mark.NEEDS_YOU
    assert together([Mark.DONE, Mark.NOT_STARTED]) is Mark.NOT_STARTED
    assert together([]) is Mark.NOT_STARTED


def needing() -> dict[str, tuple[Tab, Facts]]:
    """Give facts that need a person, each with the tab that must say so."""
    facts, error = known(), ServiceUnavailable("m", "w")
    waiting, conflict, review = Outstanding(set_aside=1), Outstanding(conflicts=1), Outstanding(consent_review=1)
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
        "an integration that does not suit its project": (
            Tab.PROJECTS,
            replace(facts, problems=(Problem("integrations[0].triggers[1]", "m", "w"),)),
        ),
        "an object that cannot be read": (
            Tab.MAPPING,
            replace(facts, schema_errors={salesforce_key("prod", "Lead"): error}),
        ),
        "a mapped field that is gone": (
            Tab.MAPPING,
            replace(facts, schemas=dict(facts.schemas) | {key: without_field}),
        ),
        "records set aside": (Tab.INTEGRATIONS, replace(facts, history=History(waiting, {"Leads": waiting}))),
        "a consent to review": (Tab.OPT_INS, replace(facts, history=History(review, {"Contacts": review}))),
        "an opt-in that Dialog Insight does not have": (
            Tab.OPT_INS,
            replace(facts, schemas=dict(facts.schemas) | {key: replace(facts.schemas[key], optins=())}),
        ),
        "a wrong trigger": (
            Tab.INTEGRATIONS,
            replace(facts, problems=(Problem("integrations[0].triggers[1]", "m", "w"),)),
        ),
        "a value that waits for a choice": (Tab.ACTIVITY, replace(facts, history=History(conflict, {}))),
        "an opt-out that Dialog Insight does not have": (Tab.ACTIVITY, replace(facts, consents=consents()[1:])),
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
    read = facts.schemas[dialog_insight_key("newsletter", "Contact")]
    told = replace(read, fields={n: replace(f, key=n == "EMail") for n, f in read.fields.items()})
    facts = replace(facts, shown_projects={shown_project_key("di", 123456): told})
    assert check_key(facts, newsletter) is KeyState.OTHER_KEY


def test_a_pair_is_judged_only_when_both_sides_are_read() -> None:
    facts = known()
    assert facts.project is not None
    integration = facts.project.integrations[0]
    two_way = judge(facts, integration, integration.mapping.pairs[9])
    assert two_way.verdict is not None
    assert (two_way.level, two_way.verdict.of_two, two_way.verdict.to) == (Level.LOSS, True, Side.SALESFORCE)
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
    project = known().project
    assert project is not None
    alone = replace(known(), project=project.model_copy(update={"connections": project.connections[:1]}))
    assert story.status_sentence(alone).startswith("Salesforce is connected; Dialog Insight is not connected yet.")
    assert tab_mark(alone, Tab.CONNECTIONS) is Mark.NOT_STARTED
    waiting = replace(known(), history=History(Outstanding(set_aside=1)))
    assert "1 record set aside waits for you." in story.status_sentence(waiting)
    several = story.status_sentence(replace(known(), history=History(Outstanding(0, 2, 1))))
    assert "1 consent waits for your review. 2 values changed on both sides wait for your choice." in several
