"""Activity: the list at the left, the preview, and the story of a run, under the hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import ServiceUnavailable
from disf_desktop.core.events import FieldChange, OperationPlanned, RunState, SideCounts, Summary
from disf_desktop.core.history import RunRecord
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import UndoForecast
from disf_desktop.gui.deeds.answers import RUNS_PAGE
from disf_desktop.gui.models.entries import KEY
from disf_desktop.gui.models.facts import Preview, Run, RunKind, Why
from disf_desktop.gui.models.tables import SUBTITLE
from disf_desktop.gui.tabs.activity import CONFLICTS, PREVIEW, SET_ASIDE, ActivityTab
from disf_desktop.gui.tabs.preview_page import PreviewPage
from disf_desktop.gui.tabs.run_page import RunPage
from disf_desktop.gui.words.figures import counts
from tests.gui.fakes import runs, summary
from tests.gui.rehearsal import Rehearsal, preview_facts
from tests.gui.rest import at_rest
from tests.gui.test_waiting import activity, choose, click, deed, others, scroll_until, words

PLAN = Path("shown.plan")


def operations(first: int, count: int) -> tuple[OperationPlanned, ...]:
    """Give updates of one field each, numbered."""
    return tuple(
        OperationPlanned(
            "Contacts" if n % 2 else "Leads",
            Side.DIALOG_INSIGHT,
            "update",
            f"0035g0000{n:06}AAJ",
            {"City": FieldChange("Laval", f"Montréal {n}", "changed_in_salesforce")},
        )
        for n in range(first, first + count)
    )


def previewed(rehearsal: Rehearsal, qtbot: QtBot, **more: Any) -> PreviewPage:
    shown = replace(preview_facts(), **{"plan": PLAN, "of": rehearsal.store.facts.project} | more)
    rehearsal.store.update(preview=shown)
    page = activity(rehearsal, qtbot, PREVIEW)
    assert page.preview_page.isVisible()
    return page.preview_page


def cells(page: PreviewPage | RunPage, row: int, columns: int = 6) -> list[str]:
    return [page.changes.index(row, c).data() for c in range(columns)]


# ------------------------------------------------------------------------------------------ the list


def test_what_needs_a_person_comes_first_with_its_count(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.told_conflicts = others(2)
    rehearsal.desk.read_ledger_again()
    page = activity(rehearsal, qtbot, SET_ASIDE)
    model = page.list.model()
    told = [(model.index(n, 0).data(), model.index(n, 0).data(SUBTITLE)) for n in range(3)]
    assert told == [("Needs you", ""), ("Changed on both sides", "2 values"), ("Set aside", "4 records")]
    assert not page.calm.isVisible()
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    at_rest()
    assert page.conflicts.isVisible()


def test_where_nothing_needs_anybody_the_day_is_told(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.told_set_aside = ()
    noon = datetime.now().astimezone()
    rehearsal.workspace.told_runs = tuple(replace(r, started=noon.isoformat()) for r in runs(3, datetime.now(UTC)))
    rehearsal.desk.read_ledger_again()
    page = activity(rehearsal, qtbot, "3")
    sent = 1194 + 1170 + 1145
    assert page.calm.text() == f"Nothing needs you. {counts.runs_today(3)}, {counts.changes(sent)}."
    assert page.calm.isVisible()


def test_earlier_runs_are_shown_on_demand(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.told_runs = runs(RUNS_PAGE + 30)
    rehearsal.desk.read_ledger_again()
    page = activity(rehearsal, qtbot, "80")
    assert len(rehearsal.store.facts.runs) == RUNS_PAGE
    place = page.list.verticalScrollBar().value()
    click(page.more_button)
    at_rest()
    assert len(rehearsal.store.facts.runs) == RUNS_PAGE + 30
    assert not page.more_button.isVisible()
    assert page.list.verticalScrollBar().value() == place
    assert page.list.key == "80"
    rehearsal.desk.read_ledger_again()
    assert len(rehearsal.store.facts.runs) == RUNS_PAGE + 30, "what was read stays in the list"


def test_a_run_is_found_with_the_keyboard_alone(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = activity(rehearsal, qtbot, SET_ASIDE)
    for _ in range(2):
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    at_rest()
    assert page.run_page.isVisible()
    assert page.list.currentIndex().data(KEY) == "13"


def test_an_empty_project_says_what_comes_here_and_starts_it(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.told_runs, rehearsal.workspace.told_set_aside = (), ()
    rehearsal.open()
    page = activity(rehearsal, qtbot, "")
    assert "Nothing happened yet" in words(page)
    started: list[str | None] = []
    rehearsal.desk.preview = started.append  # type: ignore[method-assign, assignment]
    assert page.empty_button.isVisible()
    page.empty_button.click()
    assert rehearsal.store.facts.run is not None or started


# ------------------------------------------------------------------------------------------ the preview


def test_a_preview_shows_before_and_after_and_the_rule_on_both_sides(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = previewed(rehearsal, qtbot)
    assert cells(page, 0)[:3] == ["create", "Léa Bouchard", "4 fields"]
    assert cells(page, 1) == ["update", "0035g00000E1", "City", "Laval", "Montréal", "Changed in Salesforce"]
    assert page.changes.index(1, 0).data(SUBTITLE) == "→ Dialog Insight"
    assert page.changes.index(5, 0).data(SUBTITLE) == "→ Salesforce"
    assert cells(page, 3)[-1] == "Two values: the newest wins"
    assert cells(page, 5)[2:] == ["DI_Optin_Newsletter__c", "true", "false", "Opted out in Dialog Insight"]
    told = words(page)
    for part in ("Send 1,214 changes", "→ Dialog Insight · create", "→ Salesforce · opt-out", "→ Salesforce · opt-in"):
        assert part in told


def test_a_preview_is_narrowed_by_kind_service_integration_and_words(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = previewed(rehearsal, qtbot, operations=(*preview_facts().operations, *operations(0, 4)))
    page.kinds.activated.emit([page.kinds.itemText(n) for n in range(page.kinds.count())].index("opt-out"))
    at_rest()
    assert page.changes.rowCount() == 1
    page.kinds.activated.emit(0)
    page.sides.activated.emit(1)
    at_rest()
    assert {page.changes.index(n, 0).data(SUBTITLE) for n in range(page.changes.rowCount())} == {"→ Salesforce"}
    page.sides.activated.emit(0)
    names = [page.integrations.itemText(n) for n in range(page.integrations.count())]
    page.integrations.activated.emit(names.index("Leads"))
    at_rest()
    assert [cells(page, n)[4] for n in range(page.changes.rowCount())] == ["Montréal 0", "Montréal 2"]
    page.integrations.activated.emit(0)
    QTest.keyClicks(page.search, "VIS")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    at_rest()
    assert [cells(page, n)[2] for n in range(page.changes.rowCount())] == ["MailingCity"]


def test_operations_beyond_those_held_are_read_from_the_saved_plan(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.told_plan = operations(0, 1500)
    told = {(Side.DIALOG_INSIGHT, "update"): 1500}
    page = previewed(rehearsal, qtbot, operations=rehearsal.workspace.told_plan[:300], told=told)
    assert page.changes.rowCount() >= 300
    scroll_until(qtbot, page.table, lambda: page.changes.rowCount() == 1500)
    assert [cells(page, n)[4] for n in (0, 300, 1499)] == ["Montréal 0", "Montréal 300", "Montréal 1499"]
    QTest.keyClicks(page.search, "al 1404")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.changes.rowCount() == 1, timeout=5000)
    assert cells(page, 0)[4] == "Montréal 1404"


def test_the_whole_preview_is_written_to_a_file(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = previewed(rehearsal, qtbot)
    click(page.save_button)
    choose(rehearsal, qtbot, "Save the preview", Path("p.csv"))
    assert deed(rehearsal) == ("export_plan", PLAN, Path("p.csv"), 1), "one would be set aside"


def test_exactly_what_is_shown_is_sent(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = previewed(rehearsal, qtbot)
    click(page.send_button)
    at_rest()
    run = rehearsal.store.facts.run
    assert run is not None
    assert run.kind is RunKind.SYNC
    assert rehearsal.store.facts.preview is None, "once something is sent it is no longer true"


def test_what_was_sent_is_followed_to_its_story(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    click(previewed(rehearsal, qtbot).send_button)
    at_rest()
    page = activity(rehearsal, qtbot, "")
    assert page.run_card.isVisible(), "the run under way is shown where the preview was"
    assert "Syncing now" in words(page)
    run, before = rehearsal.store.facts.run, rehearsal.store.facts.runs
    assert run is not None
    rehearsal.store.update(run=replace(run, exit_code=0))
    at_rest()
    rehearsal.store.update(runs=(replace(before[0], id=before[0].id + 1), *before))
    at_rest()
    assert page.list.key == str(before[0].id + 1)
    assert page.run_page.isVisible()


def test_who_looks_at_something_else_meanwhile_stays_there(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    click(previewed(rehearsal, qtbot).send_button)
    at_rest()
    page = activity(rehearsal, qtbot, SET_ASIDE)
    run, before = rehearsal.store.facts.run, rehearsal.store.facts.runs
    assert run is not None
    rehearsal.store.update(run=replace(run, exit_code=0), runs=(replace(before[0], id=before[0].id + 1), *before))
    at_rest()
    assert page.list.key == SET_ASIDE


def test_an_earlier_preview_says_what_it_was_and_what_is_left_of_it(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    at = datetime.now(UTC).isoformat()
    told = {"event": "preview_finished", "counts": {"create": 3, "update": 5, "unchanged": 9, "set_aside": 0}}
    rehearsal.store.update(runs=(RunRecord(50, at, at, "success", told), *rehearsal.store.facts.runs))
    page = activity(rehearsal, qtbot, "50")
    said = words(page.run_page)
    assert "8 changes · nothing sent. Only the figures of an earlier preview are kept" in said
    for figure in ("Create", "Update", "Unchanged"):
        assert figure in said
    assert "Set aside" not in said


def test_figures_of_a_run_that_say_nothing_are_left_out(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    at = datetime.now(UTC).isoformat()
    nothing = dict.fromkeys(("read", "created", "updated", "deleted"), 0)
    sent = {**summary(created=2), "salesforce": nothing, "unchanged": 0}
    idle = {**sent, "dialog_insight": nothing}
    told = (RunRecord(51, at, at, "success", {**idle, "integrations": []}), RunRecord(50, at, at, "success", sent))
    rehearsal.store.update(runs=(*told, *rehearsal.store.facts.runs))
    assert words(activity(rehearsal, qtbot, "50").run_page.figures).splitlines() == ["→ Dialog Insight · create", "2"]
    assert words(activity(rehearsal, qtbot, "51").run_page.figures).splitlines() == ["Sent", "0"]


def test_a_preview_without_a_whole_plan_is_neither_sent_nor_saved(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = previewed(rehearsal, qtbot, plan=None)
    assert not page.send_button.isEnabled()
    assert not page.save_button.isVisible()


def test_the_preview_is_made_again(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = previewed(rehearsal, qtbot, integration="Contacts")
    click(page.again_button)
    at_rest()
    run = rehearsal.store.facts.run
    assert run is not None
    assert (run.kind, run.integration) == (RunKind.PREVIEW, "Contacts")


def test_a_preview_that_is_older_than_an_edit_or_a_run_is_said_to_be_old(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = previewed(rehearsal, qtbot)
    assert not page.old.isVisible()
    project = rehearsal.store.facts.project
    assert project is not None
    rehearsal.store.update(project=project.model_copy(update={"name": "Another"}))
    at_rest()
    assert "The project file was edited since this preview was made." in words(page)
    rehearsal.store.update(project=project)
    later = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    sent = RunRecord(99, later, later, "success", summary(created=2))
    rehearsal.store.update(runs=(sent, *rehearsal.store.facts.runs))
    at_rest()
    assert "A run has sent changes since" in words(page)


def test_a_person_who_asked_for_a_sync_is_told_why_a_preview_comes(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = previewed(rehearsal, qtbot, why=Why.FIRST_RUN, about=("Contacts", "Leads"))
    assert "The first run of Contacts, Leads is shown before anything is sent." in page.text.text()


def test_a_preview_under_way_grows_without_losing_the_place(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    state = RunState()
    rehearsal.store.update(run=Run(RunKind.PREVIEW, None, state))
    shown = Preview(datetime.now(UTC).isoformat(), operations(0, 100))
    rehearsal.store.update(preview=shown)
    page = activity(rehearsal, qtbot, PREVIEW).preview_page
    page.table.selectRow(40)
    page.table.verticalScrollBar().setValue(46 * 30)
    rehearsal.store.update(preview=replace(shown, operations=operations(0, 250)))
    at_rest()
    assert page.changes.rowCount() == 250
    assert page.table.verticalScrollBar().value() == 46 * 30
    assert [i.row() for i in page.table.selectionModel().selectedRows()] == [40]


# ------------------------------------------------------------------------------------------ a run


def test_a_run_shows_what_was_written_on_each_side_and_the_calls(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = activity(rehearsal, qtbot, "14").run_page
    row = [page.rows.index(0, c).data() for c in range(7)]
    assert row == [
        "Contacts",
        "Partial",
        "118 created · 1,040 updated · 2 marked as deleted",
        "34 updated",
        "96",
        "0",
        "3",
    ]
    told = words(page)
    assert "→ Salesforce · update" in told
    assert "Calls used: Salesforce 9, Dialog Insight 12." in told


def test_what_a_run_set_aside_is_one_click_away(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = activity(rehearsal, qtbot, "14")
    click(page.run_page.aside_button)
    at_rest()
    assert page.list.key == SET_ASIDE
    assert page.set_aside.isVisible()


def test_the_conflicts_of_a_run_are_one_click_away(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.told_conflicts = others(2)
    first, *rest = rehearsal.workspace.told_runs
    rehearsal.workspace.told_runs = (replace(first, summary={**first.summary, "conflicts": 2}), *rest)
    rehearsal.desk.read_ledger_again()
    page = activity(rehearsal, qtbot, "14")
    click(page.run_page.conflicts_button)
    assert page.list.key == CONFLICTS


def changes_of(page: ActivityTab, qtbot: QtBot) -> RunPage:
    click(page.run_page.views.buttons[1])
    at_rest()
    return page.run_page


def test_the_changes_of_a_run_are_shown_field_by_field_with_names(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = changes_of(activity(rehearsal, qtbot, "14"), qtbot)
    assert page.changes_table.isVisible()
    assert cells(page, 0, 5) == ["Dialog Insight", "Marie Côté", "City", "Laval", "Montréal"]
    assert cells(page, 1, 5) == ["Dialog Insight", "John Smith", "Points", "121", "140"]
    assert page.changes.index(1, 4).data(SUBTITLE) == "something else by now"
    assert cells(page, 3, 5)[0] == "Salesforce"
    click(page.export_button)
    choose(rehearsal, qtbot, "Export the changes of the run", Path("r.csv"))
    assert deed(rehearsal) == ("export_run_changes", 14, Path("r.csv"))
    click(page.views.buttons[0])
    assert page.table.isVisible()


def test_the_changes_of_a_run_are_let_go_of_with_the_run(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = activity(rehearsal, qtbot, "14")
    changes_of(page, qtbot)
    assert rehearsal.store.facts.activity.changes is not None
    page.go_to(SET_ASIDE)
    assert rehearsal.store.facts.activity.changes is None


def test_all_changes_of_a_run_are_reached(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    one = rehearsal.workspace.told_changes[0]
    rehearsal.workspace.told_changes = tuple(replace(one, id=n) for n in range(1, 700))
    page = changes_of(activity(rehearsal, qtbot, "14"), qtbot)
    scroll_until(qtbot, page.changes_table, lambda: page.changes.rowCount() == 699)


def test_a_run_is_taken_back_after_a_look_at_what_that_does(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = activity(rehearsal, qtbot, "14").run_page
    click(page.undo_button)
    dialog = page.dialog
    assert dialog is not None
    at_rest()
    told = words(dialog)
    for part in ("→ Salesforce", "34", "→ Dialog Insight", "1,040", "118 record", "consents are never taken back"):
        assert part in told
    assert "1,074" in dialog.accept_button.text()
    assert not rehearsal.store.facts.running
    click(dialog.accept_button)
    at_rest()
    run = rehearsal.store.facts.run
    assert run is not None
    assert run.kind is RunKind.UNDO
    assert rehearsal.store.facts.activity.undoing is None


def test_a_run_of_which_nothing_can_be_taken_back_says_so(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    nothing = UndoForecast({}, created=5, gone=("Old",))
    rehearsal.workspace.undo_forecast = lambda run: nothing  # type: ignore[method-assign]
    page = activity(rehearsal, qtbot, "14").run_page
    click(page.undo_button)
    at_rest()
    dialog = page.dialog
    assert dialog is not None
    assert "There is nothing of this run to take back." in words(dialog)
    assert "What Old wrote stays" in words(dialog)
    assert not dialog.accept_button.isEnabled()
    click(dialog.cancel_button)
    assert rehearsal.store.facts.run is None


def test_an_undo_that_cannot_be_counted_says_why(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.errors["undo"] = ServiceUnavailable("The ledger is busy.", "Wait, then try again.")
    page = activity(rehearsal, qtbot, "14").run_page
    click(page.undo_button)
    at_rest()
    assert page.dialog is not None
    assert "The ledger is busy." in words(page.dialog)
    assert not page.dialog.accept_button.isEnabled()


def test_a_run_that_only_made_records_has_nothing_to_take_back(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    at = datetime.now(UTC).isoformat()
    made = Summary(sides={Side.SALESFORCE: SideCounts(5), Side.DIALOG_INSIGHT: SideCounts(0, 5)}).as_json()
    told = RunRecord(51, at, at, "success", {"event": "run_finished", "run": 51, "integrations": []} | made)
    rehearsal.workspace.told_runs = (told, *rehearsal.workspace.told_runs)
    rehearsal.desk.read_ledger_again()
    page = activity(rehearsal, qtbot, "51").run_page
    QApplication.processEvents()
    assert not page.undo_button.isVisible()
    assert page.segments.isVisible()


def test_a_preview_of_the_past_has_nothing_to_take_back(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    at = datetime.now(UTC).isoformat()
    told = RunRecord(50, at, at, "success", {"event": "preview_finished", "counts": {"create": 3}})
    rehearsal.workspace.told_runs = (told, *rehearsal.workspace.told_runs)
    rehearsal.desk.read_ledger_again()
    page = activity(rehearsal, qtbot, "50").run_page
    QApplication.processEvents()
    assert not page.undo_button.isVisible()
    assert not page.segments.isVisible()
