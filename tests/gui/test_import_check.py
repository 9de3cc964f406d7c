"""The check of a file in the window: its figures and reasons, the rows to correct, the import, and its result."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import AuthorizationNeeded, DisfError, LedgerIsBusy
from disf_desktop.core.events import Progress, RunStatus, Stage
from disf_desktop.core.importing.recipe import ImportConsent
from disf_desktop.core.importing.rows import CheckCounts
from disf_desktop.core.schema import Side
from disf_desktop.gui.import_wizard.check import CheckStep
from disf_desktop.gui.languages import Language
from disf_desktop.gui.models.facts import RunKind, last_sync
from disf_desktop.gui.models.imports import Step
from disf_desktop.gui.words.figures import number
from tests.gui.fake_imports import COUNTS, checked, failed_rows, finished, refused_rows
from tests.gui.import_hands import ImportHand
from tests.gui.rehearsal import Rehearsal


@pytest.fixture
def hand(rehearsal: Rehearsal, qtbot: QtBot, tmp_path: Path) -> ImportHand:
    """Give a person at the window."""
    return ImportHand(rehearsal, qtbot, tmp_path)


def deeds(hand: ImportHand, name: str) -> list[tuple[Any, ...]]:
    """Give what was asked of the workspace by a verb."""
    return [each[1:] for each in hand.workspace.deeds if each[0] == name]


# the check


def test_the_check_keeps_the_recipe_and_is_a_process(hand: ImportHand) -> None:
    page = hand.checking()
    [recipe] = hand.workspace.project.imports
    assert recipe.name == "contacts-2026 → Contact"
    assert recipe.to == "webforms/Contact"
    assert {each.column: each.field for each in recipe.columns} == hand.columns()
    command = hand.process.command
    at = command.index("import")
    assert command[at + 1] == str(hand.workspace.path)
    assert command[-4:] == [str(hand.facts.file), "--recipe", recipe.name, "--check"]
    assert (command[command.index("--control")], command[command.index("--control") + 1]) == ("--control", "stdin")
    assert page.progress.isVisible()
    hand.click(hand.wizard.cancel_button)
    assert hand.process.cancelled
    hand.desk.history.undo()
    hand.settle()
    assert hand.desk.project.imports == ()


def test_progress_is_told_and_the_check_is_held_and_stopped(hand: ImportHand) -> None:
    page = hand.checking()
    hand.process.said.emit(Progress("", Stage.READ, Side.DIALOG_INSIGHT, 120_000, 248_310, 41_800.0, 3.0))
    hand.settle()
    assert page.progress.done.text() == "120,000 of 248,310 rows"
    assert page.progress.rate.text() == "41,800 rows/s"
    hand.click(page.progress.pause_button)
    assert hand.process.lines == ["start", "pause"]
    hand.click(page.progress.pause_button)
    hand.click(page.progress.stop_button)
    assert hand.process.lines == ["start", "pause", "resume", "cancel"]
    hand.process.ended.emit(4)
    hand.settle()
    assert hand.at(Step.COLUMNS)


def test_what_the_check_found_is_counted_and_honest(hand: ImportHand) -> None:
    page = hand.at_check()
    shown = {c.caption.text(): c.value.text() for c in page.figures.cards if c.isVisible()}
    assert shown == {
        "Decided when sent": "201,944",
        "Will be updated": "45,870",
        "Unchanged": "410",
        "Rows to correct": "▲ 86",
    }
    assert "decided when it is sent" in page.note.text()
    assert "Solde" in page.note.text()
    assert hand.wizard.next_button.text() == "&Import 248,224 rows"
    assert page.save_button.text() == "&Save the 86 rows as CSV…"
    assert hand.wizard.subtitle.text().startswith("contacts-2026.csv · 248,310 rows")
    assert page.table.hasFocus()


def test_toward_salesforce_what_will_be_created_is_known(hand: ImportHand) -> None:
    page = hand.checking()
    counts = CheckCounts(rows=9, new=4, changed=3, unchanged=2)
    hand.process.said.emit(checked(counts))
    hand.process.ended.emit(0)
    hand.settle()
    shown = [c.caption.text() for c in page.figures.cards if c.isVisible()]
    assert shown == ["Will be created", "Will be updated", "Unchanged", "Rows to correct"]
    assert page.good.isVisible()
    assert hand.wizard.next_button.text() == "&Import 7 rows"


def test_a_reason_filters_the_rows(hand: ImportHand) -> None:
    page = hand.at_check()
    chips = [each for each in page.chips if each.isVisible()]
    assert [each.text() for each in chips] == [
        "All",
        "52 invalid e-mail",
        "20 duplicate key in file",
        "14 not a date",
    ]
    hand.click(chips[3])
    assert [each.row for each in page.model.rows] == [2045]
    hand.click(chips[0])
    assert [each.row for each in page.model.rows] == [117, 2045, 3310, 8002]
    assert page.cut.text() == "1,120 will be shortened"


def test_wrong_cells_are_marked_and_say_what_to_do(hand: ImportHand) -> None:
    page = hand.at_check()
    model = page.model
    column = model.place_of("Courriel")
    assert model.headerData(column, Qt.Orientation.Horizontal) == "Courriel · key"
    wrong = model.index(0, column)
    assert [each.code for each in model.problems_at(wrong)] == ["email"]
    assert model.data(wrong, Qt.ItemDataRole.ToolTipRole) == "Courriel: not an e-mail address\nCorrect the cell."
    assert model.data(wrong, Qt.ItemDataRole.AccessibleTextRole) == "marie.cote@acme, not an e-mail address"
    assert not model.problems_at(model.index(0, model.place_of("Nom")))
    assert model.data(model.index(2, 1)) == "same key as row 88"


def heads(hand: ImportHand) -> list[str]:
    """Give the heads of the rows to correct."""
    model = hand.wizard.pages[Step.CHECK].model  # type: ignore[attr-defined]
    return [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]


def test_the_problem_stands_beside_the_number_and_the_columns_that_have_one_come_first(hand: ImportHand) -> None:
    page = hand.at_check()
    assert heads(hand)[:4] == ["Row", "Problem", "Courriel · key", "Naissance"]
    assert page.table.columnViewportPosition(1) + page.table.columnWidth(1) <= page.table.viewport().width()
    edit(hand, 1, "Naissance", "1990-02-28")
    assert heads(hand)[3] == "Naissance"  # nothing moves under the hand of who corrects
    hand.click(next(each for each in page.chips if "duplicate" in each.text()))
    assert heads(hand)[3] != "Naissance"


def edit(hand: ImportHand, row: int, column: str, text: str) -> None:
    """Edit a cell as a person does: to it, Enter, the text, Enter."""
    table = hand.wizard.pages[Step.CHECK].table  # type: ignore[attr-defined]
    table.setFocus()
    table.setCurrentIndex(table.refused.index(row, table.refused.place_of(column)))
    QTest.keyClick(table, Qt.Key.Key_Return)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    hand.settle()


def test_a_cell_is_corrected_in_its_place_and_the_row_leaves_the_list(hand: ImportHand) -> None:
    page = hand.at_check()
    edit(hand, 0, "Courriel", "marie.cote@acme.example")
    assert deeds(hand, "correct_row") == [("a1-1", 117, {"Courriel": "marie.cote@acme.example"})]
    assert [each.row for each in page.model.rows] == [2045, 3310, 8002]
    assert hand.wizard.next_button.text() == "&Import 248,225 rows"
    assert "1 row corrected" in page.note.text()
    assert hand.at(Step.CHECK)


def test_a_cell_that_is_still_wrong_stays_with_what_was_typed(hand: ImportHand) -> None:
    page = hand.at_check()
    edit(hand, 1, "Naissance", "wrong again")
    assert page.model.data(page.model.index(1, page.model.place_of("Naissance"))) == "wrong again"
    assert len(page.model.rows) == 4


def test_a_correction_that_cannot_be_kept_is_said(hand: ImportHand) -> None:
    page = hand.at_check()
    hand.workspace.errors["correct_row"] = LedgerIsBusy("This file is being checked already.", "Wait.")
    edit(hand, 0, "Courriel", "marie@acme.example")
    assert page.row_error.isVisible()
    assert len(page.model.rows) == 4


def test_more_rows_are_read_at_the_end_of_the_list(hand: ImportHand) -> None:
    first = refused_rows()[0]
    hand.workspace.told_refused = tuple(replace(first, row=n) for n in range(2, 502))
    page = hand.at_check()
    assert page.model.rowCount() == 200
    page.table.verticalScrollBar().setValue(page.table.verticalScrollBar().maximum())
    hand.settle()
    assert page.model.rowCount() == 400


def test_the_refused_rows_are_saved_as_a_file(hand: ImportHand) -> None:
    page = hand.at_check()
    hand.click(page.save_button)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(hand.folder / "to correct.csv"))
    dialog.reject()
    hand.settle()
    assert deeds(hand, "save_refused") == [("a1-1", hand.folder / "to correct.csv")]
    assert "to correct.csv" in page.row_error.accessibleName()


def test_a_check_that_breaks_says_why_and_is_done_again(hand: ImportHand) -> None:
    page = hand.checking()
    hand.process.complained.emit(AuthorizationNeeded("Access was revoked.", "Authorize again.", "di"))
    hand.process.ended.emit(1)
    hand.settle()
    assert page.error.isVisible()
    assert hand.store.facts.notice is None
    hand.click(page.error.action)
    assert len(hand.rehearsal.bridge.processes) == 2
    assert page.progress.isVisible()


def test_what_is_wrong_in_the_choices_is_said_as_such(hand: ImportHand) -> None:
    hand.rehearsal.window.set_language(Language.FRENCH)
    page = hand.checking()
    said = DisfError("EMail is filled by two columns: A and B.", "Keep one of them.")
    said.code = "settings"
    hand.process.complained.emit(said)
    hand.process.ended.emit(2)
    hand.settle()
    assert "EMail" in page.error.accessibleName()


def test_what_is_changed_after_the_check_is_checked_again(hand: ImportHand) -> None:
    hand.at_check()
    hand.click(hand.wizard.back_button)
    assert hand.at(Step.COLUMNS)
    assert hand.wizard.rail.buttons[Step.CHECK].isEnabled()
    hand.desk.unpair_column(4)
    hand.settle()
    assert not hand.wizard.rail.buttons[Step.CHECK].isEnabled()


# the import


def test_the_import_is_a_process_that_is_held_and_stopped(hand: ImportHand) -> None:
    page = hand.importing()
    assert hand.process.command[-3:] == [str(hand.facts.file), "--recipe", "contacts-2026 → Contact"]
    assert hand.store.facts.run is not None
    assert hand.store.facts.run.kind is RunKind.IMPORT
    hand.process.said.emit(checked())
    hand.process.said.emit(Progress("", Stage.APPLY, Side.DIALOG_INSIGHT, 5, 10, 0.0, None, 4))
    hand.settle()
    assert page.progress.done.text() == "5 of 10 rows"
    hand.click(page.progress.pause_button)
    hand.click(page.progress.pause_button)
    hand.click(page.progress.stop_button)
    assert hand.process.lines == ["start", "pause", "resume", "cancel"]
    hand.process.said.emit(finished(RunStatus.STOPPED, left=1200))
    hand.process.ended.emit(4)
    hand.settle()
    assert hand.at(Step.RESULT)
    hand.click(hand.result().left.action)
    assert hand.at(Step.IMPORT)
    assert len(hand.rehearsal.bridge.processes) == 3


def test_the_wizard_is_closed_and_the_import_goes_on(hand: ImportHand) -> None:
    hand.importing()
    hand.click(hand.wizard.cancel_button)
    assert not hand.wizard.isVisible()
    assert not hand.process.cancelled
    assert hand.rehearsal.window.header.import_button.text() == "Importing…"
    hand.process.said.emit(checked())
    hand.process.said.emit(finished())
    hand.process.ended.emit(3)
    hand.settle()
    hand.desk.begin_import()
    hand.settle()
    assert hand.at(Step.DESTINATION)  # what has ended is in the history; this is a new one


def test_only_one_run_goes_at_a_time(hand: ImportHand) -> None:
    hand.importing()
    hand.desk.sync()
    hand.desk.check_rows()
    assert len(hand.rehearsal.bridge.processes) == 2
    assert not hand.rehearsal.window.sync_button.isEnabled()


def test_an_import_that_broke_off_goes_on(hand: ImportHand) -> None:
    page = hand.importing()
    hand.process.complained.emit(AuthorizationNeeded("Access was revoked.", "Authorize again.", "di"))
    hand.process.ended.emit(1)
    hand.settle()
    assert "authorization" in page.error.accessibleName() or "revoked" in page.error.accessibleName()
    hand.click(page.error.action)
    assert len(hand.rehearsal.bridge.processes) == 3


# the result


def over(hand: ImportHand, failed: int = 2, refused: int = 86) -> None:
    """Bring the import to its end, with rows that the service refused."""
    hand.importing()
    if failed:
        hand.process.said.emit(failed_rows()[0])  # of an earlier look at the rows; the check tells those again
    hand.process.said.emit(checked())
    for each in failed_rows()[:failed]:
        hand.process.said.emit(each)
    hand.process.said.emit(replace(finished(), failed=failed, refused=refused))
    hand.process.ended.emit(3)
    hand.settle()


@pytest.mark.parametrize(("failed", "refused"), [(0, 86), (2, 0), (2, 86), (0, 0)])
def test_the_result_offers_what_can_be_done_and_no_more(hand: ImportHand, failed: int, refused: int) -> None:
    over(hand, failed, refused)
    page = hand.result()
    assert page.correct_button.isVisible() == (refused > 0)
    assert page.again_button.isVisible() == (failed > 0)


def test_rows_to_correct_are_corrected_after_the_import_and_sent_by_it(hand: ImportHand) -> None:
    over(hand, failed=0)
    assert hand.result().correct_button.text() == "Co&rrect the 86 rows…"
    hand.workspace.told_counts = replace(COUNTS, sent=COUNTS.to_send)
    hand.click(hand.result().correct_button)
    assert hand.at(Step.CHECK)
    page = hand.page(CheckStep)
    assert [each.row for each in page.model.rows] == [117, 2045, 3310, 8002]
    assert not hand.wizard.next_button.isEnabled()
    assert "Correct a row" in hand.wizard.why_not.text()
    assert not hand.wizard.back_button.isVisible()
    assert hand.wizard.title.text() == "Correct the rows that were not sent"
    assert hand.wizard.rail.buttons[Step.RESULT].isEnabled()
    edit(hand, 0, "Courriel", "marie.cote@acme.example")
    shown = {c.caption.text(): c.value.text() for c in page.figures.cards if c.isVisible()}
    assert shown == {"Sent already": number(COUNTS.to_send), "Will be sent": "1", "Rows to correct": "▲ 85"}
    hand.click(hand.wizard.next_button)
    assert hand.at(Step.IMPORT)
    assert len(hand.rehearsal.bridge.processes) == 3


def test_where_nothing_failed_the_result_tells_what_comes_next(hand: ImportHand) -> None:
    over(hand, failed=0, refused=0)
    card = hand.result().outcome
    assert card.bar.accessibleDescription() == "Created: 201,932, Updated: 45,880, Unchanged: 410"
    widths = card.bar.widths()
    assert widths[0] > widths[1] > widths[2] >= 4
    assert round(sum(widths)) == card.bar.width()
    assert [each.text() for each in card.legend.names if each.isVisible()] == [
        "Created · 81 %",
        "Updated · 18 %",
        "Unchanged · less than 1 %",
    ]
    assert card.results.isVisible()
    assert "spreadsheet" in card.results.text()


def test_rows_that_failed_take_the_room_of_what_comes_next(hand: ImportHand) -> None:
    over(hand)
    assert not hand.result().outcome.bar.isVisible()
    assert hand.result().outcome.next_sync.isVisible()


def test_the_result_tells_the_figures_and_the_words_of_the_service(hand: ImportHand) -> None:
    over(hand)
    page = hand.result()
    shown = {c.caption.text(): c.value.text() for c in page.figures.cards if c.isVisible()}
    assert shown == {
        "Created": "201,932",
        "Updated": "45,880",
        "Unchanged": "410",
        "Refused": "▲ 2",
        "To correct": "▲ 86",
    }
    assert [page.failed.index(n, 2).data() for n in range(page.failed.rowCount())] == [
        "The contact was erased at the person's request.",
        "Value too long for the field City.",
    ]
    assert "it sends nothing" in page.outcome.next_sync.text()
    assert last_sync(hand.store.facts) is not None


def test_the_results_are_saved_and_the_failed_rows_are_imported_again(hand: ImportHand) -> None:
    over(hand)
    page = hand.result()
    hand.click(page.save_button)
    assert page.dialog is not None
    page.dialog.fileSelected.emit(str(hand.folder))
    page.dialog.reject()
    hand.settle()
    assert deeds(hand, "save_results") == [("a1-1", hand.folder)]
    assert page.saved.isVisible()
    hand.facts.results["error"].write_text("Courriel;Ville;ERROR\na@example.org;Laval;erased\n", encoding="utf-8")
    hand.click(page.again_button)
    assert hand.at(Step.FILE)
    assert hand.facts.file == hand.folder / "error.csv"
    assert hand.facts.recipe == "contacts-2026 → Contact"
    assert hand.columns() == {"Courriel": "EMail", "Ville": "City"}


def test_failed_rows_are_imported_again_once_a_folder_for_them_is_named(hand: ImportHand) -> None:
    over(hand)
    page = hand.result()
    (hand.folder / "error.csv").write_text("Courriel;Ville;ERROR\na@example.org;Laval;erased\n", encoding="utf-8")
    hand.click(page.again_button)
    assert page.dialog is not None
    page.dialog.fileSelected.emit(str(hand.folder))
    page.dialog.reject()
    hand.settle()
    assert hand.facts.file == hand.folder / "error.csv"


def test_the_consents_are_a_file_with_what_to_do_with_it(hand: ImportHand) -> None:
    hand.paired()
    hand.desk.put_consent(ImportConsent(column="Infolettre", consent="Newsletter", since="2024-05-01", source="Salon"))
    hand.settle()
    hand.click(hand.wizard.next_button)
    hand.process.said.emit(checked())
    hand.process.ended.emit(3)
    hand.settle()
    hand.click(hand.wizard.next_button)
    hand.process.said.emit(finished())
    hand.process.ended.emit(3)
    hand.settle()
    assert "consents.csv" in hand.result().consents.accessibleName()


def test_another_file_is_begun_from_the_result(hand: ImportHand) -> None:
    over(hand)
    hand.click(hand.result().other_button)
    assert hand.at(Step.DESTINATION)
    assert hand.facts.file is None
    assert COUNTS.refused == 86


def test_a_recipe_is_named_anew_only_for_another_table(hand: ImportHand) -> None:
    hand.at_check()
    hand.click(hand.wizard.back_button)
    hand.desk.unpair_column(4)
    hand.settle()
    hand.click(hand.wizard.next_button)
    assert [each.name for each in hand.desk.project.imports] == ["contacts-2026 → Contact"]
