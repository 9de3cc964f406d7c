"""Custom tables under the hand: typed, taken from a header, refused, edited, removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from disf_desktop.core.schema import FieldType
from disf_desktop.gui.dialogs.custom_table import CustomTableDialog
from disf_desktop.workspace.projects import FileUnreadable
from tests.gui.project_hands import destination, pick, tab, words
from tests.gui.rehearsal import Rehearsal


def new_table(rehearsal: Rehearsal, number: int, code: str, header: str) -> CustomTableDialog:
    dialog = tab(rehearsal).tables.add()
    dialog.number.setValue(number)
    QTest.keyClicks(dialog.code, code)
    QTest.keyClicks(dialog.pasted, header)
    if header:
        QTest.mouseClick(dialog.paste_button, Qt.MouseButton.LeftButton)
    return dialog


def test_a_custom_table_is_typed_line_by_line(rehearsal: Rehearsal) -> None:
    dialog = new_table(rehearsal, 55, "INVOICES", "")
    assert len(dialog.fields.lines) == 1
    assert not dialog.accept_button.isEnabled()
    QTest.keyClicks(dialog.fields.lines[0].code, "Number")
    assert len(dialog.fields.lines) == 2, "there is always a line to go on in"
    assert "No field is ticked as primary key yet." in words(dialog)
    QTest.keyClick(dialog.fields.lines[0].key, Qt.Key.Key_Space)
    dialog.fields.lines[0].length.setValue(20)
    QTest.keyClicks(dialog.fields.lines[1].code, "Amount")
    pick(dialog.fields.lines[1].type, FieldType.DECIMAL)
    dialog.fields.lines[1].length.setValue(12)
    dialog.fields.lines[1].decimals.setValue(2)
    QTest.keyClick(dialog.fields.lines[1].required, Qt.Key.Key_Space)
    dialog.accept_button.click()
    made = destination(rehearsal).table("INVOICES")
    assert made is not None
    assert (made.id_table, made.key) == (55, ("Number",))
    assert [(f.code, f.type, f.length, f.precision, f.scale, f.required) for f in made.fields] == [
        ("Number", FieldType.TEXT, 20, 0, 0, False),
        ("Amount", FieldType.DECIMAL, 0, 12, 2, True),
    ]
    assert rehearsal.desk.history.undoText() == "Add the table INVOICES to Newsletter"
    assert ("fields_of", 123456, "INVOICES") in rehearsal.workspace.deeds


def test_fields_are_taken_from_a_pasted_header_and_keep_what_was_said_of_them(rehearsal: Rehearsal) -> None:
    dialog = new_table(rehearsal, 55, "INVOICES", "Number;idContact")
    assert "2 fields taken, separated by semicolons" in dialog.taken.text()
    pick(dialog.fields.lines[0].type, FieldType.INTEGER)
    QTest.keyClicks(dialog.pasted, "key_number,Amount,idContact")
    QTest.keyClick(dialog.pasted, Qt.Key.Key_Return)
    assert [(d.code, d.type, d.key) for d in dialog.draft().filled] == [
        ("Number", FieldType.INTEGER, True),
        ("Amount", FieldType.TEXT, False),
        ("idContact", FieldType.CONTACT, False),
    ]
    dialog.fields.lines[1].remove.click()
    assert [d.code for d in dialog.draft().filled] == ["Number", "idContact"]
    dialog.accept_button.click()
    page = tab(rehearsal)
    assert "Custom table 55 · tied to contacts by idContact" in [
        page.tables.tables.index(r, 1).data() for r in range(page.tables.tables.rowCount())
    ]


def test_fields_are_taken_from_a_file_or_the_reason_is_said(rehearsal: Rehearsal, tmp_path: Path) -> None:
    dialog = new_table(rehearsal, 55, "INVOICES", "")
    dialog.file_button.click()
    chooser = next(d for d in dialog.findChildren(QFileDialog) if d.isVisible())
    chooser.fileSelected.emit(str(tmp_path / "invoices.csv"))
    chooser.reject()
    assert ("csv_header", tmp_path / "invoices.csv") in rehearsal.workspace.deeds
    assert dialog.draft().key == ("InvoiceNumber",)
    rehearsal.workspace.errors["csv"] = FileUnreadable("other.csv cannot be opened.", "Choose another file.")
    rehearsal.desk.read_header(tmp_path / "other.csv")
    assert "other.csv cannot be opened." in words(dialog)


@pytest.mark.parametrize(
    ("number", "code", "header", "said"),
    [
        (987, "INVOICES", "key_A", "“987” is used twice."),
        (55, "orders", "key_A", "“orders” is used twice."),
        (55, "Contact", "key_A", "“Contact” is the contact list itself."),
        (55, "INVOICES", "key_A,b,B", "“B” is used twice."),
    ],
)
def test_what_the_core_refuses_in_a_table_is_said_while_it_is_typed(
    rehearsal: Rehearsal, number: int, code: str, header: str, said: str
) -> None:
    dialog = new_table(rehearsal, number, code, header)
    assert said in words(dialog)
    assert not dialog.accept_button.isEnabled()
    dialog.reject()
    assert len(destination(rehearsal).tables) == 1


def test_a_table_is_edited_and_its_integrations_follow_it_to_another_code(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal)
    assert not page.tables.edit_button.isVisible(), "the contact list is Dialog Insight's own"
    page.tables.grid.selectRow(1)
    page.tables.edit_button.click()
    dialog = next(d for d in rehearsal.window.findChildren(CustomTableDialog) if d.isVisible())
    assert dialog.code.text() == "ORDERS"
    assert dialog.draft().filled[1].decimals == 2
    dialog.code.selectAll()
    QTest.keyClicks(dialog.code, "PURCHASES")
    dialog.accept_button.click()
    assert [t.code for t in destination(rehearsal).tables] == ["PURCHASES"]
    orders = rehearsal.workspace.project.integration("Orders")
    assert orders is not None
    assert orders.table == "PURCHASES"
    rehearsal.desk.history.undo()
    assert [t.code for t in destination(rehearsal).tables] == ["ORDERS"]


def test_a_table_in_use_is_not_removed_and_another_one_is(rehearsal: Rehearsal) -> None:
    new_table(rehearsal, 55, "INVOICES", "key_A").accept_button.click()
    page = tab(rehearsal)
    page.tables.grid.selectRow(1)
    page.tables.remove_button.click()
    assert "It is filled by: Orders." in words(page)
    assert len(destination(rehearsal).tables) == 2
    page.tables.grid.selectRow(2)
    page.tables.remove_button.click()
    assert [t.code for t in destination(rehearsal).tables] == ["ORDERS"]
    assert rehearsal.desk.history.undoText() == "Remove the table INVOICES of Newsletter"
