"""The events of a run, from the command line's words and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from disf_desktop.cli.events import problem_as_error
from disf_desktop.core.errors import DisfError, InOrg, Problem, SettingsError
from disf_desktop.core.events import (
    ConflictFound,
    Event,
    FieldChange,
    GuardTripped,
    Notice,
    OperationPlanned,
    Outstanding,
    PreviewFinished,
    Progress,
    RecordSetAside,
    RunFinished,
    RunStatus,
    SideCounts,
    Stage,
    Summary,
)
from disf_desktop.core.importing.events import ImportChecked, ImportEvent, ImportFinished, RowRefused
from disf_desktop.core.importing.rows import CheckCounts, RowProblem
from disf_desktop.core.schedule import NextRun
from disf_desktop.core.schema import Side
from disf_desktop.gui.models.wire import Unreadable, read_line

SIDES = {Side.SALESFORCE: SideCounts(10, 1, 2, 3), Side.DIALOG_INSIGHT: SideCounts(0, 4, 5, 6)}
CALLS = {Side.SALESFORCE: 9, Side.DIALOG_INSIGHT: 52}
SUMMARY = Summary("", RunStatus.PARTIAL, 6.125, SIDES, 7, 8, 9, CALLS, Outstanding(1, 2, 3))
EVENTS: list[Event] = [
    Progress("Contacts", Stage.READ, Side.SALESFORCE, 5, None, 12.5, None),
    Progress("Contacts", Stage.APPLY, Side.DIALOG_INSIGHT, 5, 50, 0.0, 3.5, 4, 1, 7),
    RecordSetAside(3, "Contacts", Side.DIALOG_INSIGHT, "003", "EMail", "email", "m", "w", "2026-11-22T10:00:00Z", 2),
    OperationPlanned(
        "Contacts", Side.DIALOG_INSIGHT, "update", "003", {"A": FieldChange(1, "é", "changed_in_salesforce")}
    ),
    OperationPlanned("Contacts", Side.SALESFORCE, "opt_out", "003", {"A": FieldChange(True, False, "C4")}),
    OperationPlanned("Contacts", Side.SALESFORCE, "update", "003", {"A": FieldChange(1, 2, "chosen")}, "moved"),
    Notice("Contacts", "unexpected_answer", "Half an export.", "Export it again."),
    ConflictFound("Contacts", "003", "City", "Laval", None, "salesforce_wins"),
    GuardTripped("Contacts", "reason", "abc", {"update": 5}),
    PreviewFinished("abc", {"create": 1}, CALLS),
    RunFinished(17, SUMMARY, (SUMMARY,)),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: type(e).__name__)
def test_an_event_comes_back_as_it_was_said(event: Event) -> None:
    assert read_line(json.dumps(event.as_json()).encode()) == event


FILE_EVENTS: list[ImportEvent] = [
    RowRefused(RowProblem(117, "Courriel", "EMail", "email")),
    RowRefused(RowProblem(9, "", "", "short_row", (("cells", 3), ("width", 5)))),
    RowRefused(RowProblem(12, "", "", "service"), "The address was erased."),
    ImportChecked(
        "a1",
        CheckCounts(9, 1, 2, 3, 4, 5, {"email": 5}, {"City": 2}, {"Born": 1}, {"Newsletter yes": 3}, False),
        ("Notes",),
        CALLS,
    ),
    ImportFinished("a1", 17, RunStatus.PARTIAL, 6.125, 9, 1, 2, 3, 4, 5, 6, CALLS, {"error": "error.csv"}),
]


@pytest.mark.parametrize("event", FILE_EVENTS, ids=lambda e: type(e).__name__)
def test_what_the_import_of_a_file_says_comes_back_as_it_was_said(event: ImportEvent) -> None:
    assert read_line(json.dumps(event.as_json()).encode()) == event


@pytest.mark.parametrize("due", [datetime(2026, 11, 22, 10, 0, tzinfo=UTC), None])
def test_a_moment_of_a_schedule_comes_back_as_it_was_said(due: datetime | None) -> None:
    said = NextRun("Contacts", due)
    assert read_line(json.dumps(said.as_json()).encode()) == said


def test_progress_of_an_older_command_has_no_figures() -> None:
    body = Progress("Contacts", Stage.READ, Side.SALESFORCE, 5).as_json()
    older = {name: value for name, value in body.items() if name not in ("sent", "unchanged", "calls")}
    assert read_line(json.dumps(older).encode()) == Progress("Contacts", Stage.READ, Side.SALESFORCE, 5)


def test_every_kind_of_event_is_tried() -> None:
    assert {type(e) for e in EVENTS} == set(Event.__args__)


def test_an_error_keeps_its_code_and_what_to_do() -> None:
    line = {"event": "error", "code": "busy", "message": "Another run.", "what_to_do": "Wait.", "where": "x"}
    error = read_line(json.dumps(line).encode())
    assert isinstance(error, DisfError)
    assert (error.code, error.message, error.what_to_do, error.where) == ("busy", "Another run.", "Wait.", "x")


def test_a_conflict_of_the_list_is_read_with_what_it_says_besides() -> None:
    conflict = ConflictFound("Contacts", "003", "City", "Laval", "Lévis", "ask")
    more = {"id": 7, "winner": None, "state": "waiting", "at": "2026-11-22T10:00:00Z", "chosen": None}
    assert read_line(json.dumps(conflict.as_json() | more).encode()) == conflict


def test_an_event_of_a_later_version_is_left_aside() -> None:
    assert read_line(b'{"event": "weather", "sky": "blue"}') is None


@pytest.mark.parametrize(
    "line",
    [
        b"no json",
        b"[]",
        b"{}",
        b'{"event": "progress"}',
        b'"event"',
        b"\xff\xfe",
        b'{"event": "guard", "integration": 1}',
    ],
)
def test_a_line_that_is_no_event_is_refused(line: bytes) -> None:
    with pytest.raises(Unreadable):
        read_line(line)


def test_a_problem_of_the_file_comes_with_what_a_preparation_does_about_it() -> None:
    in_org = InOrg("prod", "Contact.New__c")
    problem = Problem("integrations[0].external_id", "There is no field “New__c” in the object Contact.", "Do.", in_org)
    error = read_line(json.dumps(problem_as_error(problem).as_json()).encode())
    assert isinstance(error, SettingsError)
    assert error.problems == (problem,)
