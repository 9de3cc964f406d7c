"""The way into the import of a file, where its rows go, and how the file is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import FileRefused, ServiceUnavailable
from disf_desktop.core.history import RunRecord
from disf_desktop.core.importing.file_form import Aspect
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark, ImportMode, ImportRecipe
from disf_desktop.gui.languages import Language
from disf_desktop.gui.models.facts import Run, RunKind
from disf_desktop.gui.models.imports import Step
from disf_desktop.gui.models.marks import Tab
from tests.gui.fake_imports import contacts_file, dated_file
from tests.gui.fakes import summary
from tests.gui.import_hands import ImportHand
from tests.gui.rehearsal import Rehearsal


@pytest.fixture
def hand(rehearsal: Rehearsal, qtbot: QtBot, tmp_path: Path) -> ImportHand:
    """Give a person at the window."""
    return ImportHand(rehearsal, qtbot, tmp_path)


# ways in


def test_the_button_in_the_header_opens_the_wizard_for_what_is_in_view(hand: ImportHand) -> None:
    window = hand.rehearsal.window
    window.show_tab(Tab.MAPPING)
    window.pages[Tab.MAPPING].list.choose("Web sign-ups")  # type: ignore[attr-defined]
    hand.settle()
    QTest.mouseClick(window.header.import_button, Qt.MouseButton.LeftButton)
    hand.settle()
    assert hand.wizard.isVisible()
    assert hand.facts.draft.to == "webforms/Contact"
    assert hand.at(Step.DESTINATION)


def test_the_menu_and_its_key_open_the_wizard(hand: ImportHand) -> None:
    window = hand.rehearsal.window
    [action] = [a for menu in window.menuBar().actions() for a in menu.menu().actions() if a.shortcut() == "Ctrl+I"]  # type: ignore[attr-defined]
    action.trigger()
    hand.settle()
    assert hand.wizard.isVisible()


def test_a_file_dropped_on_the_window_is_taken(hand: ImportHand) -> None:
    path = contacts_file(hand.folder)
    hand.drop(path, hand.rehearsal.window)
    assert hand.wizard.isVisible()
    assert hand.facts.file == path
    assert hand.facts.recognised is not None


def test_an_import_of_the_history_is_done_again_with_its_columns(hand: ImportHand) -> None:
    recipe = ImportRecipe(name="Sign-ups", to="webforms/Contact", header=("a",))
    hand.desk.edit(lambda: "", hand.desk.project.model_copy(update={"imports": (recipe,)}))
    told = summary("Sign-ups") | {"integrations": [], "import": {"recipe": "Sign-ups", "to": recipe.to, "rows": 9}}
    hand.store.update(runs=(RunRecord(41, "2026-11-22T10:00:00Z", "2026-11-22T10:01:00Z", "success", told),))
    window = hand.rehearsal.window
    window.show_tab(Tab.ACTIVITY)
    page = window.pages[Tab.ACTIVITY]
    page.go_to("41")  # type: ignore[attr-defined]
    hand.settle()
    run = page.run_page  # type: ignore[attr-defined]
    assert run.title.text().startswith("Import of")
    hand.click(run.again_button)
    assert hand.at(Step.FILE)
    assert hand.facts.draft.to == "webforms/Contact"


def test_closing_the_wizard_forgets_nothing(hand: ImportHand) -> None:
    hand.at_file(contacts_file(hand.folder))
    hand.click(hand.wizard.cancel_button)
    assert not hand.wizard.isVisible()
    hand.desk.begin_import()
    hand.settle()
    assert hand.at(Step.FILE)
    assert hand.facts.recognised is not None
    hand.key(Qt.Key.Key_Escape)
    assert not hand.wizard.isVisible()


def test_steps_are_walked_by_the_rail_the_button_and_the_arrows(hand: ImportHand) -> None:
    hand.at_file(contacts_file(hand.folder))
    alt = Qt.KeyboardModifier.AltModifier
    hand.key(Qt.Key.Key_Left, alt)
    assert hand.at(Step.DESTINATION)
    hand.key(Qt.Key.Key_Right, alt)
    assert hand.at(Step.FILE)
    hand.click(hand.wizard.back_button)
    assert hand.at(Step.DESTINATION)
    hand.click(hand.wizard.rail.buttons[Step.FILE])
    assert hand.at(Step.FILE)
    assert "Step 2 of 6: File" in hand.wizard.rail.buttons[Step.FILE].accessibleName()
    assert not hand.wizard.rail.buttons[Step.CHECK].isEnabled()


def test_enter_goes_on_from_the_destination(hand: ImportHand) -> None:
    hand.begin()
    hand.key(Qt.Key.Key_Return)
    assert hand.at(Step.FILE)


def test_enter_among_the_rows_to_correct_sends_nothing(hand: ImportHand) -> None:
    check = hand.at_check()
    check.table.setCurrentIndex(check.model.index(0, 0))  # the number of a row, which cannot be edited
    check.table.setFocus()
    hand.key(Qt.Key.Key_Return)
    assert hand.at(Step.CHECK)


def test_the_wizard_speaks_french_at_once(hand: ImportHand) -> None:
    hand.begin()
    hand.rehearsal.window.set_language(Language.FRENCH)
    hand.settle()
    assert hand.wizard.title.text() != "Where do the rows go?"


# the destination


def test_a_destination_is_found_and_chosen_by_the_keyboard(hand: ImportHand) -> None:
    page = hand.begin("newsletter/Contact")
    assert page.list.hasFocus()
    page.search.setFocus()
    QTest.keyClicks(page.search, "orders")
    hand.settle()
    titles = [page.list.model().index(n, 0).data() for n in range(page.list.model().rowCount())]
    assert titles == ["Dialog Insight · Newsletter", "ORDERS"]
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    hand.settle()
    assert hand.facts.draft.to == "newsletter/ORDERS"
    assert page.key_text.text() == "OrderNumber"


def test_what_a_row_may_do_and_its_key_are_chosen_in_salesforce(hand: ImportHand) -> None:
    page = hand.begin("prod/Contact")
    assert hand.facts.draft.key == ("DI_Contact_Id__c",)
    hand.click(page.mode.buttons[1])
    assert hand.mode() is ImportMode.UPDATE
    hand.pick(page.key, "Contact ID (Id)")
    assert page.key.value == ("Id",)
    assert hand.desk.drafted.draft.key == ("Id",)
    hand.click(page.mode.buttons[2])
    assert hand.mode() is ImportMode.CREATE
    assert "Every row makes a new record" in page.mode_text.text()
    hand.click(page.mode.buttons[0])
    assert hand.facts.draft.key == ("DI_Contact_Id__c",)


def test_an_object_without_external_id_asks_for_another_way(hand: ImportHand) -> None:
    page = hand.begin("prod/Order__c")
    assert not page.key.isEnabled()
    assert "no external id" in page.key_box.help.text()
    assert not hand.wizard.next_button.isEnabled()
    assert hand.wizard.why_not.text() == "Say how rows find their record."


def test_fields_that_cannot_be_read_are_asked_for_again(hand: ImportHand) -> None:
    hand.workspace.errors["import_schema"] = ServiceUnavailable("It does not answer.", "Wait.", "webforms")
    page = hand.begin()
    assert page.error.isVisible()
    assert not hand.wizard.next_button.isEnabled()
    del hand.workspace.errors["import_schema"]
    hand.click(page.error.action)
    assert not page.error.isVisible()
    assert hand.wizard.next_button.isEnabled()


# the file


def test_a_file_is_chosen_and_told_why_it_is_read_so(hand: ImportHand) -> None:
    page = hand.at_file()
    assert page.choose_button.hasFocus()
    hand.click(page.choose_button)
    assert page.dialog is not None
    path = contacts_file(hand.folder)
    page.dialog.fileSelected.emit(str(path))
    page.dialog.reject()
    hand.settle()
    assert hand.facts.file == path
    assert page.boxes[Aspect.DELIMITER].help.text() == "With it, 61 of 61 rows looked at have 7 columns."
    assert page.table.model().index(3, 2).data() == "Zoé"
    assert page.table.model().index(0, 0).data() == "2"
    assert hand.wizard.focusWidget() is page.pickers[Aspect.ENCODING], "the keyboard is where there is something to see"


def test_a_file_is_looked_for_beside_the_project_file_then_where_the_last_one_was(hand: ImportHand) -> None:
    assert hand.store.facts.path is not None
    beside = hand.store.facts.path.parent
    page = hand.at_file()
    page.choose_button.click()
    assert page.dialog is not None
    assert Path(page.dialog.directory().absolutePath()) == beside
    elsewhere = hand.folder / "exports"
    elsewhere.mkdir()
    page.dialog.fileSelected.emit(str(contacts_file(elsewhere)))
    page.dialog.reject()
    hand.desk.start_over()
    page = hand.at_file()
    page.choose_button.click()
    assert page.dialog is not None
    assert Path(page.dialog.directory().absolutePath()) == elsewhere
    page.dialog.reject()
    for each in elsewhere.iterdir():
        each.unlink()
    elsewhere.rmdir()
    assert page.folder == beside


def test_another_file_takes_the_place_of_the_first(hand: ImportHand) -> None:
    page = hand.at_file(contacts_file(hand.folder))
    hand.click(page.other_button)
    assert page.dialog is not None
    other = contacts_file(hand.folder, "other.csv", rows=3)
    page.dialog.fileSelected.emit(str(other))
    page.dialog.reject()
    hand.settle()
    assert hand.facts.file == other
    assert page.table.model().rowCount() == 3


def test_rows_of_a_spreadsheet_are_pasted_by_button_and_key(hand: ImportHand) -> None:
    page = hand.at_file()
    QGuiApplication.clipboard().setText("EMail\tNom\na@example.org\tCôté\n")
    hand.desk.go_to_step(Step.DESTINATION)
    hand.settle()
    hand.desk.go_to_step(Step.FILE)
    hand.settle()
    hand.click(page.paste_button)
    assert hand.facts.pasted
    assert page.table.model().index(0, 2).data() == "Côté"
    QGuiApplication.clipboard().setText("EMail\tNom\nb@example.org\tRoy\n")
    hand.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.table.model().index(0, 1).data() == "b@example.org"
    QGuiApplication.clipboard().setText("EMail\tNom\nc@example.org\tDion\n")
    page.render_facts()
    hand.click(page.other_paste_button)
    assert page.table.model().index(0, 1).data() == "c@example.org"


def test_a_file_dropped_on_the_wizard_is_taken(hand: ImportHand) -> None:
    hand.begin()
    hand.drop(contacts_file(hand.folder), hand.wizard)
    assert hand.at(Step.FILE)
    assert hand.facts.recognised is not None


def test_each_part_of_how_a_file_is_written_can_be_said_otherwise(hand: ImportHand) -> None:
    page = hand.at_file(contacts_file(hand.folder))
    hand.pick(page.pickers[Aspect.ENCODING], "Mac Roman (old Macs)")
    assert hand.facts.draft.form.encoding == "mac_roman"
    assert page.table.model().index(3, 2).data() != "Zoé"
    hand.pick(page.pickers[Aspect.DELIMITER], "comma")
    assert hand.facts.draft.form.delimiter == ","
    hand.pick(page.pickers[Aspect.DELIMITER], "semicolon")
    hand.pick(page.pickers[Aspect.HEADER], "Row 2")
    assert hand.facts.draft.form.header == 2
    hand.pick(page.pickers[Aspect.DATES], "Day first: 31/12/1990")
    assert hand.facts.draft.form.dates is DateOrder.DAY_FIRST
    hand.pick(page.pickers[Aspect.DECIMAL], "Point: 1,234.56")
    assert hand.facts.draft.form.decimal is DecimalMark.POINT
    page.fill.setFocus()
    hand.key(Qt.Key.Key_Space)
    assert hand.facts.draft.form.fill_short_rows


@pytest.mark.parametrize(("place", "order"), [(0, DateOrder.DAY_FIRST), (1, DateOrder.MONTH_FIRST)])
def test_dates_that_can_be_read_two_ways_must_be_answered(hand: ImportHand, place: int, order: DateOrder) -> None:
    page = hand.at_file(dated_file(hand.folder))
    assert page.day_button.hasFocus()
    assert not hand.wizard.next_button.isEnabled()
    assert "written" in hand.wizard.why_not.text()
    hand.click((page.day_button, page.month_button)[place])
    assert hand.facts.draft.form.dates is order
    assert not page.question.isVisible()
    assert hand.wizard.next_button.isEnabled()


def test_a_file_that_cannot_be_read_is_said_kindly_with_one_button(hand: ImportHand) -> None:
    hand.workspace.errors["recognise"] = FileRefused(
        "This is a PDF document, not a file of rows.", "Save it as CSV.", "contacts.pdf", reason="pdf"
    )
    page = hand.at_file(contacts_file(hand.folder))
    assert page.start_error.isVisible()
    assert "PDF" in page.start_error.accessibleName()
    hand.click(page.start_error.action)
    assert page.dialog is not None
    page.dialog.reject()
    hand.rehearsal.window.set_language(Language.FRENCH)
    hand.settle()
    assert "pas un fichier de lignes" in page.start_error.accessibleName()


def test_the_columns_of_a_file_of_the_same_shape_are_taken_again(hand: ImportHand) -> None:
    hand.paired()
    hand.desk.check_rows()
    hand.settle()
    saved = hand.desk.project.imports[0]
    hand.process.ended.emit(1)
    hand.desk.start_over()
    hand.begin()
    hand.click(hand.wizard.next_button)
    hand.desk.choose_file(contacts_file(hand.folder, "contacts-2027.csv"))
    hand.settle()
    assert hand.facts.taken_from == saved.name
    assert hand.facts.draft.columns == saved.columns
    assert "same columns" in hand.wizard.pages[Step.FILE].question.accessibleName()  # type: ignore[attr-defined]


def test_nothing_is_begun_while_a_run_is_under_way(hand: ImportHand) -> None:
    hand.paired()
    hand.store.update(run=Run(RunKind.SYNC, None))
    hand.settle()
    assert not hand.wizard.next_button.isEnabled()
    assert "under way" in hand.wizard.why_not.text()
    hand.desk.check_rows()
    assert not hand.rehearsal.bridge.processes
