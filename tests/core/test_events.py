from __future__ import annotations

from dataclasses import replace
from functools import reduce
from itertools import accumulate

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.events import (
    ConflictFound,
    Event,
    FieldChange,
    GuardTripped,
    OperationPlanned,
    Outstanding,
    PreviewFinished,
    Progress,
    RecordSetAside,
    RunFinished,
    RunState,
    RunStatus,
    SideCounts,
    Stage,
    Summary,
)
from disf_desktop.core.schema import Side

PROGRESS = Progress("Contacts", Stage.APPLY, Side.DIALOG_INSIGHT, 40, 100, 12.345, 4.86, 30, 9, 12)
ASIDE = RecordSetAside(3, "Contacts", Side.DIALOG_INSIGHT, "003A", "EMail", "email", "No.", "Mend it.", "2026-11-02", 1)
OPERATION = OperationPlanned(
    "Contacts", Side.DIALOG_INSIGHT, "update", "003A", {"City": FieldChange("Laval", "Lévis", "changed_in_salesforce")}
)
CONFLICT = ConflictFound("Contacts", "003A", "City", "Laval", "Lévis", "salesforce_wins")
GUARD = GuardTripped("Contacts", "too_many_updates", "abc", {"updates": 400})
SUMMARY = Summary(
    "Contacts",
    RunStatus.PARTIAL,
    1.23456,
    {Side.SALESFORCE: SideCounts(read=5), Side.DIALOG_INSIGHT: SideCounts(0, 3, 1, 0)},
    unchanged=1,
    set_aside=1,
    conflicts=2,
    calls={Side.SALESFORCE: 9, Side.DIALOG_INSIGHT: 2},
    outstanding=Outstanding(set_aside=1),
)
FINISHED = RunFinished(7, SUMMARY, (SUMMARY,))
PREVIEWED = PreviewFinished("abc", {"create": 2}, {Side.SALESFORCE: 0, Side.DIALOG_INSIGHT: 1})
EVERY_EVENT: list[Event] = [PROGRESS, ASIDE, OPERATION, CONFLICT, GUARD, PREVIEWED, FINISHED]

COUNTS = st.integers(0, 1000)
SIDE_COUNTS = st.builds(SideCounts, COUNTS, COUNTS, COUNTS, COUNTS)
OUTSTANDING = st.builds(Outstanding, COUNTS, COUNTS, COUNTS)


@given(SIDE_COUNTS, SIDE_COUNTS)
def test_counts_of_two_integrations_add_up(one: SideCounts, two: SideCounts) -> None:
    total = one + two
    assert total.read == one.read + two.read
    assert total.created == one.created + two.created
    assert total.updated == one.updated + two.updated
    assert total.deleted == one.deleted + two.deleted
    assert one + SideCounts() == one


@given(OUTSTANDING, OUTSTANDING)
def test_what_waits_for_a_person_adds_up(one: Outstanding, two: Outstanding) -> None:
    total = one + two
    assert total.set_aside == one.set_aside + two.set_aside
    assert total.conflicts == one.conflicts + two.conflicts
    assert total.consent_review == one.consent_review + two.consent_review
    assert bool(total) == (bool(one) or bool(two))


@pytest.mark.parametrize("event", EVERY_EVENT)
def test_every_event_is_one_json_line_that_names_itself(event: Event) -> None:
    body = orjson.loads(orjson.dumps(event.as_json()))
    assert body["event"] in (
        "progress",
        "set_aside",
        "operation",
        "conflict",
        "guard",
        "preview_finished",
        "run_finished",
    )


def test_every_event_has_a_name_of_its_own() -> None:
    assert len({event.as_json()["event"] for event in EVERY_EVENT}) == len(EVERY_EVENT)


def test_progress_is_told_in_round_figures_and_says_when_the_end_is_not_known() -> None:
    assert PROGRESS.as_json() == {
        "event": "progress",
        "integration": "Contacts",
        "stage": "apply",
        "side": "dialog_insight",
        "done": 40,
        "total": 100,
        "rate": 12.3,
        "eta_s": 4.9,
        "sent": 30,
        "unchanged": 9,
        "calls": 12,
    }
    assert Progress("Contacts", Stage.READ, Side.SALESFORCE, 0).as_json()["eta_s"] is None


def test_a_record_set_aside_is_told_with_what_to_do() -> None:
    assert ASIDE.as_json() == {
        "event": "set_aside",
        "id": 3,
        "integration": "Contacts",
        "side": "dialog_insight",
        "key": "003A",
        "field": "EMail",
        "code": "email",
        "message": "No.",
        "what_to_do": "Mend it.",
        "first_seen": "2026-11-02",
        "tries": 1,
    }


def test_an_operation_shows_each_field_before_and_after() -> None:
    assert OPERATION.as_json()["fields"] == {
        "City": {"before": "Laval", "after": "Lévis", "rule": "changed_in_salesforce"}
    }


def test_a_conflict_shows_both_values() -> None:
    body = CONFLICT.as_json()
    assert (body["salesforce"], body["dialog_insight"], body["rule"]) == ("Laval", "Lévis", "salesforce_wins")


def test_a_guard_tells_the_plan_to_approve() -> None:
    assert GUARD.as_json()["plan_hash"] == "abc"
    assert GUARD.as_json()["counts"] == {"updates": 400}


def test_a_preview_forecasts_its_calls() -> None:
    assert PREVIEWED.as_json()["calls_forecast"] == {"salesforce": 0, "dialog_insight": 1}


def test_a_finished_run_tells_the_whole_and_each_integration() -> None:
    whole = {
        "status": "partial",
        "seconds": 1.235,
        "salesforce": {"read": 5, "created": 0, "updated": 0, "deleted": 0},
        "dialog_insight": {"read": 0, "created": 3, "updated": 1, "deleted": 0},
        "unchanged": 1,
        "set_aside": 1,
        "conflicts": 2,
        "calls": {"salesforce": 9, "dialog_insight": 2},
        "outstanding": {"set_aside": 1, "conflicts": 0, "consent_review": 0},
    }
    assert FINISHED.as_json() == {
        "event": "run_finished",
        "run": 7,
        **whole,
        "integrations": [{"name": "Contacts", **whole}],
    }


def test_an_empty_summary_has_a_figure_for_each_side() -> None:
    body = Summary().as_json()
    assert body["salesforce"] == body["dialog_insight"] == {"read": 0, "created": 0, "updated": 0, "deleted": 0}
    assert body["calls"] == {"salesforce": 0, "dialog_insight": 0}


def test_exit_codes_tell_a_script_how_the_run_ended() -> None:
    assert {s.value: s.exit_code for s in RunStatus} == {
        "success": 0,
        "partial": 3,
        "needs_you": 3,
        "failed": 1,
        "stopped": 4,
    }


@given(st.lists(st.sampled_from(EVERY_EVENT), max_size=30))
def test_the_state_of_a_run_is_what_its_events_say(events: list[Event]) -> None:
    state = reduce(RunState.after, events, RunState())
    assert state.set_aside == events.count(ASIDE)
    assert state.conflicts == events.count(CONFLICT)
    assert state.operations == events.count(OPERATION)
    assert state.progress == (PROGRESS if PROGRESS in events else None)
    assert state.guard == (GUARD if GUARD in events else None)
    ends = [e for e in events if e in (FINISHED, PREVIEWED)]
    assert state.finished == (ends[-1] if ends else None)


def test_a_run_has_written_what_all_its_integrations_have() -> None:
    told = [replace(PROGRESS, integration=name, sent=n) for name, n in (("A", 3), ("B", 0), ("B", 5), ("A", 4))]
    assert [state.sent for state in accumulate(told, RunState.after, initial=RunState())] == [0, 3, 3, 8, 9]
