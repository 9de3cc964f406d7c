"""Which column fills which field, what is done on the way, and what a column tells of consent."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from disf_desktop.core.chosen import TransformName, WhenEmpty
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark, ImportConsent
from disf_desktop.core.schema import Side
from disf_desktop.gui.import_wizard.columns import ColumnsStep
from disf_desktop.gui.mapping_canvas.partners import PartnerDialog, TargetDialog
from disf_desktop.gui.models.fields import SHOWN
from disf_desktop.gui.models.imports import consent_columns
from tests.gui.import_hands import ImportHand
from tests.gui.rehearsal import Rehearsal

CERTAIN = {"Courriel": "EMail", "Prénom": "FirstName", "Nom": "LastName", "Naissance": "BirthDate", "Ville": "City"}


@pytest.fixture
def hand(rehearsal: Rehearsal, qtbot: QtBot, tmp_path: Path) -> ImportHand:
    """Give a person at the window."""
    return ImportHand(rehearsal, qtbot, tmp_path)


def test_columns_are_listed_with_their_values_and_suggestions_are_accepted(hand: ImportHand) -> None:
    page = hand.at_columns()
    shown = page.canvas.left.fields.data(page.canvas.left.fields.index(0), SHOWN)
    assert (shown.title, shown.kind) == ("Courriel", "marie0@exemple.ca, luc1@exemple.ca")
    assert not hand.wizard.next_button.isEnabled()
    assert hand.wizard.why_not.text() == "No column fills EMail yet."
    hand.click(page.canvas.footer.certain_button)
    assert hand.columns() == CERTAIN
    assert hand.wizard.next_button.text() == "&Check about 60 rows"
    assert hand.wizard.next_button.isEnabled()


def test_after_the_certain_ones_the_keyboard_is_on_the_first_column_that_is_left(hand: ImportHand) -> None:
    page = hand.at_columns()
    hand.click(page.canvas.footer.certain_button)
    assert page.canvas.left.hasFocus()
    assert page.canvas.left.name == "Solde"


def test_after_the_certain_ones_the_keyboard_is_on_the_way_on_where_none_is_left(hand: ImportHand) -> None:
    page = hand.at_columns()
    hand.desk.pair_column("Solde", "Points")
    hand.settle()
    hand.click(page.canvas.footer.certain_button)
    assert hand.wizard.next_button.hasFocus()


def test_a_column_is_paired_by_the_keyboard_and_taken_away_again(hand: ImportHand) -> None:
    page = hand.at_columns()
    canvas = page.canvas
    canvas.left.choose("Solde")
    canvas.right.choose("Points")
    canvas.right.setFocus()
    hand.settle()
    hand.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert hand.columns() == {"Solde": "Points"}
    canvas.left.choose("Solde")
    canvas.left.setFocus()
    hand.settle()
    hand.key(Qt.Key.Key_Delete)
    assert hand.columns() == {}


def test_a_column_dropped_on_a_field_fills_it(hand: ImportHand) -> None:
    page = hand.at_columns()
    page.canvas.right.dropped.emit("Ville", "Company")
    hand.settle()
    assert hand.columns() == {"Ville": "Company"}


def test_a_field_that_another_column_fills_is_asked_about(hand: ImportHand) -> None:
    page = hand.paired()
    page.canvas.right.dropped.emit("Nom", "FirstName")
    hand.settle()
    question = page.canvas.acts.question
    assert question is not None
    assert hand.columns() == CERTAIN
    replace = question.actions()[2]
    replace.trigger()
    question.close()
    hand.settle()
    assert hand.column("Nom").field in ("LastName", "FirstName")
    assert [each.column for each in hand.facts.draft.columns if each.field == "FirstName"] == ["Nom"]


def test_the_list_of_partners_refuses_what_cannot_be_filled(hand: ImportHand) -> None:
    page = hand.at_columns("prod/Contact")
    assert page.canvas.left.side is Side.DIALOG_INSIGHT
    page.canvas.left.choose("Courriel")
    page.canvas.left.setFocus()
    hand.settle()
    hand.key(Qt.Key.Key_M)
    dialog = page.canvas.acts.dialog
    assert isinstance(dialog, PartnerDialog)
    dialog.search.setText("opt out")
    hand.settle()
    dialog.list.choose("HasOptedOutOfEmail")
    assert not dialog.is_possible("HasOptedOutOfEmail")
    dialog.search.setText("email")
    for _ in range(5):
        if dialog.list.key != "Email":
            QTest.keyClick(dialog.search, Qt.Key.Key_Up)
    hand.click(dialog.accept_button)
    hand.settle()
    assert hand.columns() == {"Courriel": "Email"}


def test_steps_on_columns_are_undone_and_done_again(hand: ImportHand) -> None:
    page = hand.paired()
    before = hand.desk.history.count()
    page.canvas.left.setFocus()
    hand.click(page.undo_button)
    assert hand.columns() == {}
    hand.click(page.redo_button)
    assert hand.columns() == CERTAIN
    hand.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hand.columns() == {}
    assert hand.desk.history.count() == before


def test_the_table_has_the_same_powers(hand: ImportHand) -> None:
    page = hand.paired()
    hand.click(page.views.buttons[1])
    table = page.table
    assert table.isVisible()
    assert table.turn_button.isHidden()
    assert [table.pairs.headerData(n, Qt.Orientation.Horizontal) for n in (0, 2)] == ["Column", "Field"]
    row = next(n for n, each in enumerate(table.pairs.rows) if each.pair.source == "Ville")
    table.grid.selectRow(row)
    hand.settle()
    hand.click(table.remove_button)
    assert "Ville" not in hand.columns()
    hand.click(table.add_button)
    asked = table.acts.dialog
    assert isinstance(asked, TargetDialog)
    asked.list.choose("City")
    asked.accept_button.click()
    partner = table.acts.dialog
    assert isinstance(partner, PartnerDialog)
    partner.list.choose("Ville")
    partner.accept_button.click()
    hand.settle()
    assert hand.columns()["Ville"] == "City"


def choose(hand: ImportHand, page: ColumnsStep, column: str) -> None:
    """Put the hand on the pair of a column."""
    number = next(n for n, each in enumerate(hand.facts.draft.columns) if each.column == column)
    page.canvas.choose(number)
    hand.settle()


def test_an_empty_cell_clears_or_leaves_and_a_text_is_cut(hand: ImportHand) -> None:
    page = hand.paired()
    choose(hand, page, "Ville")
    hand.click(page.options.when_empty.buttons[1])
    assert hand.column("Ville").when_empty is WhenEmpty.CLEAR
    choose(hand, page, "Ville")
    hand.pick(page.options.transform, "Cut to the length of the target")
    assert hand.column("Ville").transform == (TransformName.CUT,)
    choose(hand, page, "Courriel")
    assert not page.options.when_empty.isVisible()  # the key is never empty


def test_dates_and_decimals_of_one_column_are_said(hand: ImportHand) -> None:
    page = hand.paired()
    choose(hand, page, "Naissance")
    hand.pick(page.options.dates, "Day first: 31/12/1990")
    assert hand.column("Naissance").dates is DateOrder.DAY_FIRST
    hand.desk.pair_column("Solde", "Points")
    hand.settle()
    choose(hand, page, "Solde")
    hand.pick(page.options.decimal, "Point: 1,234.56")
    assert hand.column("Solde").decimal is DecimalMark.POINT
    hand.click(page.options.remove_button)
    assert "Solde" not in hand.columns()


# consents


def test_a_column_that_seems_to_say_who_consents_has_its_own_question(hand: ImportHand) -> None:
    page = hand.at_columns()
    assert "Infolettre" in page.notice.accessibleName()
    hand.click(page.notice.action)
    assert page.consents.isVisible()
    assert "never sent" in page.consents.meaning.accessibleName()
    hand.click(page.consents.cards[0].act_button)
    dialog = page.consents.dialog
    assert dialog is not None
    assert dialog.column.value == "Infolettre"
    assert not dialog.accept_button.isEnabled()
    hand.pick(dialog.consent, "Newsletter")
    hand.click(dialog.meaning.buttons[1])
    hand.pick(dialog.since, "One date for the whole file")
    dialog.date.setDate(QDate(2024, 5, 1))
    hand.pick(dialog.source, "One text for the whole file")
    hand.click(dialog.accept_button)
    assert "source is empty" in dialog.error.accessibleName()
    QTest.keyClicks(dialog.text_of_source, "Salon")
    hand.click(dialog.accept_button)
    [told] = hand.facts.draft.consents
    assert told == ImportConsent(
        column="Infolettre", consent="Newsletter", since="2024-05-01", source="Salon", inverted=True
    )
    assert not consent_columns(hand.facts)


def test_without_a_date_and_a_source_nobody_will_be_subscribed(hand: ImportHand) -> None:
    page = hand.at_columns()
    hand.click(page.views.buttons[2])
    hand.click(page.consents.add_button)
    dialog = page.consents.dialog
    assert dialog is not None
    assert "nobody will be subscribed" in dialog.source_box.help.text()
    dialog.reject()


def test_a_consent_is_changed_and_left_out(hand: ImportHand) -> None:
    page = hand.at_columns()
    hand.desk.put_consent(ImportConsent(column="Infolettre", consent="Newsletter"))
    hand.click(page.views.buttons[2])
    hand.click(page.consents.cards[0].act_button)
    dialog = page.consents.dialog
    assert dialog is not None
    hand.pick(dialog.since, "The column Naissance")
    hand.click(dialog.accept_button)
    assert hand.facts.draft.consents[0].since_column == "Naissance"
    leave_out = page.consents.cards[0].remove_button
    assert leave_out is not None
    hand.click(leave_out)
    assert hand.facts.draft.consents == ()


def test_toward_salesforce_a_consent_names_the_fields_for_its_date_and_source(hand: ImportHand) -> None:
    page = hand.at_columns("prod/Contact")
    hand.click(page.views.buttons[2])
    assert "A no counts more" in page.consents.meaning.accessibleName()
    dialog = page.consents.ask("Infolettre")
    hand.settle()
    hand.pick(dialog.consent, "Newsletter consent")
    hand.pick(dialog.since_field, "Newsletter consent date · date and time")
    hand.pick(dialog.source_field, "Newsletter consent source · text (80)")
    hand.click(dialog.accept_button)
    [told] = hand.facts.draft.consents
    assert (told.since_field, told.source_field) == ("DI_Optin_Newsletter_Date__c", "DI_Optin_Newsletter_Source__c")


def test_a_consent_column_fills_no_field_besides(hand: ImportHand) -> None:
    page = hand.paired()
    hand.desk.put_consent(ImportConsent(column="Ville", consent="Newsletter"))
    hand.settle()
    assert "Ville" not in hand.columns()
    may, why = page.canvas.acts.judge("Ville", "City")
    assert not may
    assert "consents" in why
