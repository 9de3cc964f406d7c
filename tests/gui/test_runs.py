"""Runs and schedules: what the person asks for, what the processes say, what becomes of the facts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from disf_desktop.core.edits import with_integration
from disf_desktop.core.errors import AuthorizationNeeded, DisfError, LedgerIsBusy, ServiceUnavailable
from disf_desktop.core.events import (
    GuardTripped,
    PreviewFinished,
    Progress,
    RunFinished,
    RunStatus,
    Stage,
    Summary,
)
from disf_desktop.core.schedule import NextRun
from disf_desktop.core.schema import Side
from disf_desktop.gui.deeds.schedules import LONGEST_PAUSE_S
from disf_desktop.gui.models.facts import Facts, Keeping, RunKind, Why
from tests.gui.desk_alone import Office
from tests.gui.fakes import FakeProcess

NOW = "2026-11-22T10:00:00Z"
READING = Progress("Contacts", Stage.READ, Side.SALESFORCE, 10, 20, 5.0, 2.0)


def ended(status: RunStatus = RunStatus.SUCCESS) -> RunFinished:
    return RunFinished(7, Summary("", status), (Summary("Contacts", status),))


def facts(office: Office) -> Facts:
    return office.store.facts


def words(process: FakeProcess) -> list[str]:
    """Give what a run was asked for: its verb and what stands behind the places."""
    verb = process.command.index("--json") - 2
    return [process.command[verb], *process.command[process.command.index("--profile") + 2 :]]


def running(office: Office) -> FakeProcess:
    return office.bridge.processes[-1]


def finished_preview(office: Office, code: int = 0, creates: int = 2) -> Path:
    """Let the preview under way come to its end; give the file of its plan."""
    process = running(office)
    process.said.emit(PreviewFinished("abc", {"create": creates, "unchanged": 7}, {}))
    process.ended.emit(code)
    return Path(process.command[process.command.index("--save") + 1])


def looked_at(office: Office) -> list[str]:
    seen: list[str] = []
    office.desk.look.connect(lambda tab, _: seen.append(tab))
    return seen


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication) -> Office:
    return Office(tmp_path)


@pytest.fixture
def standing(office: Office) -> FakeProcess:
    """Give the process that keeps the schedule of Contacts."""
    office.let_have_run("Contacts", "Leads")
    return running(office)


# what is shown before it is sent


def test_a_preview_keeps_its_plan_and_exactly_that_is_sent(office: Office) -> None:
    office.desk.preview("Contacts")
    assert facts(office).preview is not None
    assert facts(office).preview.plan is None  # type: ignore[union-attr]
    office.desk.send_plan()
    assert len(office.bridge.processes) == 1, "a plan that is not whole is not sent"
    plan = finished_preview(office)
    assert facts(office).preview.plan == plan  # type: ignore[union-attr]
    office.desk.send_plan()
    assert words(running(office)) == ["sync", "--plan", str(plan), "--integration", "Contacts"]
    assert facts(office).preview is None
    office.workspace.deeds.clear()
    running(office).said.emit(ended())
    running(office).ended.emit(0)
    assert ("forget_plan",) in office.workspace.deeds


def test_a_preview_that_broke_has_no_plan_to_send(office: Office) -> None:
    office.desk.preview()
    running(office).complained.emit(ServiceUnavailable("No answer.", "Wait."))
    running(office).ended.emit(1)
    assert facts(office).preview.plan is None  # type: ignore[union-attr]
    assert facts(office).notice.code == "service_unavailable"  # type: ignore[union-attr]


def test_the_first_run_of_an_integration_is_shown_before_anything_is_sent(office: Office) -> None:
    office.workspace.told_runs = ()
    office.let_have_run("Contacts")
    seen = looked_at(office)
    office.desk.sync()
    preview = facts(office).preview
    assert preview is not None
    assert (words(running(office))[0], preview.why, preview.about) == ("preview", Why.FIRST_RUN, ("Leads",))
    assert seen == ["activity"]
    finished_preview(office)
    office.desk.sync("Contacts")
    assert facts(office).run.kind is RunKind.SYNC  # type: ignore[union-attr]


def test_a_first_run_that_would_send_nothing_is_run_at_once(office: Office) -> None:
    office.workspace.told_runs = ()
    office.let_have_run("Contacts")
    office.desk.sync("Leads")
    plan = finished_preview(office, creates=0)
    assert words(running(office)) == ["sync", "--plan", str(plan), "--integration", "Leads"]
    running(office).said.emit(ended())
    running(office).ended.emit(0)
    office.desk.preview("Leads")
    finished_preview(office, creates=0)
    assert words(running(office))[0] == "preview", "whoever asked for a preview alone gets no more"


def test_a_first_run_that_would_send_something_waits_for_a_word(office: Office) -> None:
    office.workspace.told_runs = ()
    office.let_have_run("Contacts")
    office.desk.sync("Leads")
    finished_preview(office)
    assert words(running(office))[0] == "preview"


def test_an_integration_that_ran_before_is_synced_at_one_click(office: Office) -> None:
    office.desk.sync("Leads")
    assert words(running(office)) == ["sync", "--integration", "Leads"]


def test_a_run_past_a_guard_shows_the_plan_first_and_a_word_allows_it_once(office: Office) -> None:
    guard = GuardTripped("Contacts", "Too many.", "abc", {"update": 5000, "links": 9000})
    office.store.update(guard=guard)
    seen = looked_at(office)
    office.desk.sync()
    preview = facts(office).preview
    assert preview is not None
    assert (preview.why, preview.integration, seen) == (Why.GUARD, "Contacts", ["activity"])
    finished_preview(office, code=3)
    assert facts(office).guard == guard, "it still waits for a word"
    assert facts(office).preview.plan is not None  # type: ignore[union-attr]
    office.desk.sync("Contacts", approve="abc")
    assert words(running(office)) == ["sync", "--approve", "abc", "--integration", "Contacts"]
    assert facts(office).guard is None


def test_a_run_waits_until_the_last_edit_is_in_the_file(office: Office) -> None:
    office.store.update(saved=False)
    office.desk.sync("Contacts")
    assert (facts(office).running, office.bridge.processes) == (True, [])
    office.store.update(saved=True)
    office.store.changed.emit()
    assert words(running(office)) == ["sync", "--integration", "Contacts"]


def test_nothing_runs_from_a_file_that_could_not_be_written(office: Office) -> None:
    error = DisfError("The file cannot be written.", "Make room.")
    office.store.update(saved=False, save_error=error)
    office.desk.sync("Contacts")
    assert (facts(office).running, office.bridge.processes) == (False, [])
    assert facts(office).notice is error


def test_a_run_is_taken_back_by_its_number(office: Office) -> None:
    office.desk.undo_run(14)
    assert words(running(office)) == ["undo", "14"]
    assert facts(office).run.kind is RunKind.UNDO  # type: ignore[union-attr]


def test_one_run_at_a_time(office: Office) -> None:
    office.desk.sync("Contacts")
    office.desk.preview()
    office.desk.sync("Leads")
    assert len(office.bridge.processes) == 1


def test_a_run_is_held_goes_on_and_is_stopped(office: Office) -> None:
    office.desk.sync("Contacts")
    office.desk.pause_or_resume()
    assert facts(office).run.paused  # type: ignore[union-attr]
    office.desk.pause_or_resume()
    office.desk.stop()
    office.desk.stop()
    assert running(office).lines == ["start", "pause", "resume", "cancel"]
    running(office).complained.emit(DisfError("It was stopped.", ""))
    running(office).ended.emit(4)
    assert (facts(office).running, facts(office).notice) == (False, None)


# schedules


def test_without_a_schedule_or_before_a_first_run_nothing_stands_beside_the_window(office: Office) -> None:
    office.let_have_run("Leads")  # without a schedule
    assert (office.bridge.processes, facts(office).schedules.keeping) == ([], Keeping.NONE)


def test_while_a_file_with_a_schedule_is_open_one_process_keeps_it(office: Office, standing: FakeProcess) -> None:
    assert words(standing) == ["run", "--wait-for-first"]
    due = datetime.now(UTC) + timedelta(minutes=9)
    standing.said.emit(NextRun("Contacts", due))
    office.store.changed.emit()
    assert (facts(office).schedules.keeping, facts(office).schedules.next) == (Keeping.ON, {"Contacts": due})
    assert len(office.bridge.processes) == 1


def test_the_run_of_a_schedule_is_shown_like_any_other(office: Office, standing: FakeProcess) -> None:
    office.store.update(preview=None)
    standing.said.emit(READING)
    run = facts(office).run
    assert run is not None
    assert (run.kind, run.by_schedule, run.state.progress, run.under_way) == (RunKind.SYNC, True, READING, True)
    ends: list[bool] = []
    office.desk.ended.connect(lambda: ends.append(True))
    tests_before = [d for d in office.workspace.deeds if d[0] == "test"]
    standing.said.emit(ended(RunStatus.PARTIAL))
    assert (facts(office).running, facts(office).run.exit_code, ends) == (False, 3, [True])  # type: ignore[union-attr]
    assert [d for d in office.workspace.deeds if d[0] == "test"] == tests_before, "a schedule spends no call on that"


def test_sync_now_goes_to_the_process_that_keeps_the_schedules(office: Office, standing: FakeProcess) -> None:
    office.desk.sync("Leads")
    assert standing.lines == ["start", "run Leads"]
    assert facts(office).running
    office.desk.pause_or_resume()
    office.desk.pause_or_resume()
    standing.said.emit(READING)
    standing.said.emit(ended())
    assert not facts(office).running
    office.desk.sync()
    assert standing.lines[1:] == ["run Leads", "pause", "resume", "run"]
    assert office.bridge.processes == [standing]


def test_a_plan_and_a_preview_have_processes_of_their_own(office: Office, standing: FakeProcess) -> None:
    office.desk.preview()
    own = running(office)
    assert own is not standing
    office.desk.pause_or_resume()
    assert (own.lines, standing.lines) == (["start", "pause"], ["start"])
    finished_preview(office)
    office.desk.send_plan()
    assert words(running(office))[:2] == ["sync", "--plan"]


def test_a_scheduled_run_that_begins_before_the_last_word_of_another_waits_for_it(
    office: Office, standing: FakeProcess
) -> None:
    office.desk.preview()
    own = running(office)
    standing.said.emit(READING)
    assert facts(office).run.kind is RunKind.PREVIEW  # type: ignore[union-attr]
    own.ended.emit(0)
    run = facts(office).run
    assert run is not None
    assert (run.kind, run.by_schedule, run.under_way) == (RunKind.SYNC, True, True)


def test_stopping_a_scheduled_run_stops_it_and_the_schedule_goes_on(office: Office, standing: FakeProcess) -> None:
    standing.said.emit(READING)
    office.desk.stop()
    assert standing.lines == ["start", "cancel"]
    standing.said.emit(ended(RunStatus.STOPPED))
    standing.ended.emit(4)
    office.store.changed.emit()
    assert running(office) is not standing
    assert (facts(office).running, facts(office).notice) == (False, None)
    assert facts(office).schedules.keeping is Keeping.ON


def test_what_keeps_the_schedules_is_started_again_after_a_growing_pause_and_that_is_said(
    office: Office, standing: FakeProcess, qtbot: QtBot
) -> None:
    crash = DisfError("The run ended unexpectedly.", "Sync again.")
    crash.code = "crash"
    pauses = []
    for _ in range(10):
        running(office).complained.emit(crash)
        running(office).ended.emit(1)
        told = facts(office).schedules
        assert (told.keeping, told.error) == (Keeping.AGAIN, crash)
        pauses.append(told.again_s)
        office.desk._again.stop()  # its time has come
        office.desk._again.timeout.emit()
        assert facts(office).schedules.keeping is Keeping.ON
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, LONGEST_PAUSE_S, LONGEST_PAUSE_S]
    running(office).said.emit(ended())
    assert facts(office).schedules.error is None
    running(office).ended.emit(1)
    assert facts(office).schedules.again_s == 2, "a run that came to its end begins the count anew"


def test_a_process_that_dies_in_the_midst_of_a_run_leaves_the_window_idle(
    office: Office, standing: FakeProcess
) -> None:
    standing.said.emit(READING)
    crash = DisfError("The run ended unexpectedly.", "Sync again.")
    crash.code = "crash"
    standing.complained.emit(crash)
    standing.ended.emit(1)
    assert (facts(office).running, facts(office).notice) == (False, crash)
    assert facts(office).run.errors == (crash,)  # type: ignore[union-attr]


def test_a_ledger_that_somebody_else_holds_is_said_calmly(office: Office, standing: FakeProcess) -> None:
    busy = LedgerIsBusy("Another run holds the ledger.", "It is tried again.")
    standing.complained.emit(busy)
    assert (facts(office).schedules.busy, facts(office).notice) == (True, None)
    office.desk.sync("Contacts")
    standing.complained.emit(busy)
    run = facts(office).run
    assert run is not None
    assert (run.waiting, run.under_way) == (busy, True)
    standing.said.emit(READING)
    assert (facts(office).run.waiting, facts(office).schedules.busy) == (None, False)  # type: ignore[union-attr]


def test_what_goes_wrong_again_and_again_is_said_once(office: Office, standing: FakeProcess) -> None:
    error = AuthorizationNeeded("Nobody has signed in.", "Sign in.", "prod")
    standing.complained.emit(error)
    assert facts(office).notice is error
    office.desk.forget_notice()
    standing.complained.emit(AuthorizationNeeded("Nobody has signed in.", "Sign in.", "prod"))
    assert facts(office).notice is None
    standing.said.emit(READING)
    standing.said.emit(ended())
    assert facts(office).schedules.error is None


def test_a_switch_pauses_all_schedules_and_is_remembered(office: Office, standing: FakeProcess) -> None:
    office.desk.pause_schedules(True)
    assert standing.lines == ["start", "cancel"]
    assert (office.workspace.schedules_paused, facts(office).schedules.keeping) == (True, Keeping.PAUSED)
    office.desk.sync("Contacts")
    assert words(running(office)) == ["sync", "--integration", "Contacts"]
    running(office).ended.emit(0)
    office.desk.read_file_again()
    office.store.changed.emit()
    assert facts(office).schedules.keeping is Keeping.PAUSED
    office.desk.pause_schedules(False)
    assert words(running(office)) == ["run", "--wait-for-first"]


def test_a_run_under_way_comes_to_its_end_before_the_schedules_are_paused(
    office: Office, standing: FakeProcess
) -> None:
    standing.said.emit(READING)
    office.desk.pause_schedules(True)
    assert standing.lines == ["start"]
    standing.said.emit(ended())
    office.store.changed.emit()
    assert standing.lines == ["start", "cancel"]


def test_taking_the_last_schedule_away_ends_the_process(office: Office, standing: FakeProcess) -> None:
    project = office.desk.project
    contacts = project.integration("Contacts")
    assert contacts is not None
    office.desk.edit(lambda: "By hand", with_integration(project, contacts.model_copy(update={"schedule": None})))
    office.store.changed.emit()
    assert (standing.lines, facts(office).schedules.keeping) == (["start", "cancel"], Keeping.NONE)
    office.desk.history.undo()
    office.store.changed.emit()
    assert running(office) is not standing


def test_leaving_the_file_ends_its_process_and_takes_its_plan_away(office: Office, standing: FakeProcess) -> None:
    office.workspace.deeds.clear()
    office.desk.leave()
    assert standing.cancelled
    assert ("forget_plan",) in office.workspace.deeds
