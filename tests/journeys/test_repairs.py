"""What a person mends from the window, over HTTP: a value corrected in Salesforce, a look at what an undo would do,
conflicts settled by the dozen."""

from __future__ import annotations

import csv
import logging
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from disf_desktop.core.correction import Correction, NotTaken, WhyNot, judge, pair_of
from disf_desktop.core.errors import DisfError
from disf_desktop.core.events import OperationPlanned
from disf_desktop.core.history import SetAsideRecord
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import AsideWanted, ConflictsWanted, PlanWanted
from disf_desktop.workspace.corrections import NoLongerWaits, RecordMoved
from tests.journeys.conftest import Begin
from tests.journeys.rehearsal import Rehearsal, integration, only, pair, together

ZONE = ZoneInfo("America/Toronto")


@pytest.fixture
def story(begin: Begin) -> Rehearsal:
    """Contacts both ways, everybody loaded."""
    made = begin(only("Contacts"))
    made.sync()
    made.later()
    return made


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def too_long(story: Rehearsal, title: str = "x" * 120) -> tuple[str, SetAsideRecord]:
    """Give somebody a job title that Dialog Insight has no room for."""
    rid = story.valid(1)[0]
    story.in_salesforce(rid, Title=title)
    story.sync()
    [record] = [each for each in story.workspace.set_aside() if each.rid == rid]
    return rid, record


def test_a_value_that_is_too_long_is_corrected_in_salesforce_and_then_sent(
    story: Rehearsal, caplog: pytest.LogCaptureFixture
) -> None:
    rid, record = too_long(story)
    found = story.workspace.correction(record.id)
    assert (found.why_not, found.value) == (None, "x" * 120)
    assert found.field is not None
    assert found.target is not None
    assert (found.field.name, found.target.name) == ("Title", "JobTitle")
    with caplog.at_level(logging.INFO):
        assert story.workspace.correct(found, "Chief baker") == 1
    assert story.people()[rid]["Title"] == "Chief baker"
    assert f"{rid}, field Title" in caplog.text
    assert "Chief baker" not in caplog.text
    story.later()
    story.sync()
    assert story.contact_of(rid)["f_JobTitle"] == "Chief baker"
    assert record.id not in [each.id for each in story.workspace.set_aside()]
    with pytest.raises(NoLongerWaits):
        story.workspace.correction(record.id)


def test_a_value_is_not_written_over_what_somebody_saved_meanwhile(story: Rehearsal) -> None:
    rid, record = too_long(story)
    found = story.workspace.correction(record.id)
    story.in_salesforce(rid, Title="Their own")
    with pytest.raises(RecordMoved):
        story.workspace.correct(found, "Chief baker")
    assert story.people()[rid]["Title"] == "Their own"


def test_an_edit_within_the_very_second_of_the_look_is_not_written_over(story: Rehearsal) -> None:
    rid, record = too_long(story)
    found = story.workspace.correction(record.id)
    story.in_salesforce(rid, Title="Their own")
    same_second = replace(found, stamp=story.workspace.correction(record.id).stamp)
    with pytest.raises(RecordMoved):
        story.workspace.correct(same_second, "Chief baker")
    assert story.people()[rid]["Title"] == "Their own"


def test_what_salesforce_does_not_take_is_said_and_the_record_still_waits(story: Rehearsal) -> None:
    rid, record = too_long(story)
    found = story.workspace.correction(record.id)
    story.simulator.fault("row_lock", "update")
    with pytest.raises(DisfError) as told:
        story.workspace.correct(found, "Chief baker")
    assert "Chief baker" not in f"{told.value.message} {told.value.detail}"
    assert story.people()[rid]["Title"] == "x" * 120
    assert record.id in [each.id for each in story.workspace.set_aside()]


def test_a_lost_answer_is_looked_at_before_it_is_believed(story: Rehearsal) -> None:
    rid, record = too_long(story)
    found = story.workspace.correction(record.id)
    story.simulator.fault("reset_after_apply", "update")
    assert story.workspace.correct(found, "Chief baker") == 1
    assert story.people()[rid]["Title"] == "Chief baker"


def test_a_new_value_is_judged_by_both_sides_before_it_leaves(story: Rehearsal) -> None:
    _, record = too_long(story)
    found = story.workspace.correction(record.id)
    named = story.workspace.project.integration("Contacts")
    assert named is not None
    its_pair = pair_of(named, record)
    assert its_pair is not None
    refused = judge("y" * 110, found, its_pair, ZONE)
    assert isinstance(refused, NotTaken)
    assert (refused.side, refused.refusal.code) == (Side.DIALOG_INSIGHT, Reason.TOO_LONG)
    longer = judge("y" * 200, found, its_pair, ZONE)
    assert isinstance(longer, NotTaken)
    assert longer.side is Side.SALESFORCE
    assert judge("  Baker ", found, its_pair, ZONE) == "Baker"


def test_consents_fields_that_cannot_be_written_and_values_of_the_other_side_are_left_alone(story: Rehearsal) -> None:
    _, record = too_long(story)
    workspace = story.workspace
    found = workspace.correction(record.id)
    assert found.field is not None
    view_of = {
        "LIVES_THERE": replace(record, side="salesforce", field="Title"),
        "NO_RECORD": replace(record, rid="4711"),
        "NO_FIELD": replace(record, field="Nowhere"),
    }
    for why, waiting in view_of.items():
        assert _judged(story, waiting, found).why_not is WhyNot[why]
    read_only = replace(found.field, updatable=False)
    assert _judged(story, record, replace(found, field=read_only)).why_not is WhyNot.READ_ONLY
    consent = frozenset({"Title"})
    assert _judged(story, record, found, consent).why_not is WhyNot.CONSENT


def _judged(
    story: Rehearsal, record: SetAsideRecord, found: Correction, consents: frozenset[str] = frozenset()
) -> Correction:
    from disf_desktop.core.correction import judged
    from disf_desktop.core.schema import Schema

    named = story.workspace.project.integration("Contacts")
    assert named is not None
    assert found.field is not None
    assert found.target is not None
    here = Schema(Side.SALESFORCE, "Contact", "Contact", {found.field.name: found.field})
    there = Schema(Side.DIALOG_INSIGHT, "Contact", "Contact", {found.target.name: found.target})
    return judged(named, record, consents, here, there)


def test_a_record_has_an_address_in_its_org(story: Rehearsal) -> None:
    rid = story.valid(1)[0]
    address = story.workspace.record_address("Contacts", rid)
    assert address.startswith(story.simulator.ready["salesforce_url"].rstrip("/"))
    assert address.endswith(f"/{rid}")


def test_records_that_wait_are_counted_found_and_tried_again_by_their_cause(story: Rehearsal) -> None:
    first, second = story.valid(2)
    for rid in (first, second):
        story.in_salesforce(rid, Title="x" * 120)
    before = {cause: cause.count for cause in story.workspace.set_aside_causes()}
    story.sync()
    causes = story.workspace.set_aside_causes()
    [titles] = [each for each in causes if each.field == "JobTitle"]
    assert (titles.code, titles.side, titles.count) == ("too_long", "dialog_insight", 2)
    assert sum(each.count for each in causes) == sum(before.values()) + 2
    wanted = AsideWanted().of(titles)
    assert {each.rid for each in story.workspace.set_aside(wanted=wanted)} == {first, second}
    assert [each.rid for each in story.workspace.set_aside(wanted=replace(wanted, text=second))] == [second]
    last_name = story.people()[first]["LastName"]
    assert first in [each.rid for each in story.workspace.set_aside(wanted=replace(wanted, text=last_name.lower()))]
    assert story.workspace.set_aside(wanted=replace(wanted, text="100%")) == ()
    assert story.workspace.retry_wanted(wanted) == 2
    assert story.workspace.dismiss_wanted(wanted) == 2
    assert "JobTitle" not in [each.field for each in story.workspace.set_aside_causes()]


def test_a_run_shows_what_it_changed_and_what_an_undo_takes_back(story: Rehearsal, tmp_path: Path) -> None:
    first, second = story.valid(2)
    name = story.people()[first]["FirstName"]
    story.in_salesforce(first, FirstName="Zoé", LastName="Roy")
    story.in_dialog_insight(story.contact_of(second)["idContact"], f_Phone="418 555-0102")
    story.sync()
    run = story.run
    there, here = sorted(story.workspace.run_changes(run), key=lambda each: each.side.value)
    assert (there.side, there.key, there.before["FirstName"], there.after["FirstName"]) == (
        Side.DIALOG_INSIGHT, first, name, "Zoé",
    )  # fmt: skip
    assert (here.side, here.after) == (Side.SALESFORCE, {"Phone": "418 555-0102"})
    assert there.values["LastName"] == "Roy"
    forecast = story.workspace.undo_forecast(run)
    assert (forecast.records, forecast.fields, forecast.moved) == (
        {Side.SALESFORCE: 1, Side.DIALOG_INSIGHT: 1}, 3, 0,
    )  # fmt: skip
    story.later()
    story.in_salesforce(first, FirstName="Zoë")
    story.sync()
    assert story.workspace.undo_forecast(run).moved == 1
    assert story.workspace.undo_forecast(run).fields == 2
    path = tmp_path / "changes.csv"
    assert story.workspace.export_run_changes(run, path) == 2
    rows = rows_of(path)
    assert {(row["field"], row["after"]) for row in rows} == {
        ("FirstName", "Zoé"), ("LastName", "Roy"), ("Phone", "418 555-0102"),
    }  # fmt: skip
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert story.workspace.undo_forecast(1).created > 0, "what the first run created stays"


def test_a_saved_plan_is_read_in_pages_and_written_whole(story: Rehearsal, tmp_path: Path) -> None:
    people = story.valid(5)
    for rid in people:
        story.in_salesforce(rid, FirstName=f"Zoé {rid}", LastName="Roy")
    plan = tmp_path / "shown.plan"
    told = [each for each in story.workspace.preview(save=plan) if each.as_json()["event"] == "operation"]
    whole = story.workspace.plan_page(plan, PlanWanted(), None)
    assert len(whole.operations) == len(told)
    assert whole.place is None
    rest = story.workspace.plan_page(plan, PlanWanted(), None, skip=2)
    assert rest.operations == whole.operations[2:]
    one = story.workspace.plan_page(plan, PlanWanted(text=f"zoé {people[3]}".upper()), None)
    assert [each.key for each in one.operations] == [people[3]]
    assert story.workspace.plan_page(plan, PlanWanted(side=Side.SALESFORCE), None).operations == ()
    path = tmp_path / "plan.csv"
    assert story.workspace.export_plan(plan, path) == len(told)
    rows = rows_of(path)
    assert {row["key"] for row in rows if row["after"].startswith("Zoé ")} == set(people)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_opt_in_that_was_shown_is_sent_with_the_plan_that_showed_it(begin: Begin, tmp_path: Path) -> None:
    def choices(project: dict[str, Any]) -> None:
        integration(project, "Contacts")["optins"] = [
            {"optin": "Promotions", "target": "DI_Optin_Promotions__c", "subscribed": "Yes", "unsubscribed": "No"}
        ]

    story = begin(together(only("Contacts"), choices))
    story.sync()
    story.later()
    rid = story.valid(1)[0]
    story.in_dialog_insight(story.contact_of(rid)["idContact"], optin_Promotions=1)
    plan = tmp_path / "shown.plan"
    shown = [each for each in story.workspace.preview(save=plan) if isinstance(each, OperationPlanned)]
    [opt_in] = [each for each in shown if each.kind == "opt_in"]
    assert opt_in.key == rid
    assert opt_in in story.workspace.plan_page(plan, PlanWanted(), None).operations
    assert story.people()[rid]["DI_Optin_Promotions__c"] != "Yes"
    story.sync(plan=plan)
    assert story.people()[rid]["DI_Optin_Promotions__c"] == "Yes"
    assert story.operations() == [], "nothing of the plan was left alone"


def test_conflicts_that_are_alike_are_settled_together(begin: Begin) -> None:
    def asking(project: dict[str, object]) -> None:
        pair(integration(project, "Contacts"), "Phone")["conflict"] = "ask"

    story = begin(together(only("Contacts"), asking))
    story.sync()
    story.later()
    people = story.valid(3)
    agreed = {rid: story.people()[rid]["Phone"] for rid in people}
    for n, rid in enumerate(people):
        story.in_salesforce(rid, Phone=f"514 555-010{n}")
        story.in_dialog_insight(story.contact_of(rid)["idContact"], f_Phone=f"819 555-020{n}")
    story.sync()
    [group] = [each for each in story.workspace.conflict_groups() if each.field == "Phone"]
    assert (group.rule, group.waiting, group.resolved) == ("ask", 3, 0)
    stories = {each.conflict.key: each for each in story.workspace.conflict_stories(ConflictsWanted(field="Phone"))}
    one = stories[people[0]]
    assert one.values["LastName"] == story.people()[people[0]]["LastName"]
    assert one.agreed is not None
    assert one.agreed[0] == agreed[people[0]]
    assert one.salesforce_at
    assert one.dialog_insight_at
    found = story.workspace.conflict_stories(ConflictsWanted(text="819 555-0201"))
    assert [each.conflict.key for each in found] == [people[1]]
    assert story.workspace.choose_alike(group, Side.DIALOG_INSIGHT) == 3
    story.later()
    story.sync()
    for n, rid in enumerate(people):
        assert story.people()[rid]["Phone"] == story.contact_of(rid)["f_Phone"] == f"819 555-020{n}"
    assert story.workspace.conflict_stories(ConflictsWanted()) == ()
    resolved = story.workspace.conflict_stories(ConflictsWanted(resolved=True, field="Phone"))
    assert {each.conflict.key for each in resolved} == set(people)
