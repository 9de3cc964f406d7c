"""The dialog in which a person adds or edits a custom table; what is wrong is said while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from disf_desktop.core.csv_header import CsvHeader, read_header
from disf_desktop.core.errors import DisfError, Problem
from disf_desktop.core.project import CustomTable, DestinationProject
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.fitted import FittedDialog
from disf_desktop.gui.dialogs.table_fields import LONGEST_CODE, TableFields
from disf_desktop.gui.inputs import Labelled, Number
from disf_desktop.gui.models.table_drafts import (
    TableDraft,
    draft_of,
    draft_problems,
    with_header,
    with_table,
)
from disf_desktop.gui.parts import button, column, label, row
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.problem_words import problem_said
from disf_desktop.gui.words.translation import translate

LARGEST_NUMBER = 2_147_483_647


class CustomTableDialog(FittedDialog):
    """A table of one destination project: a new one, or the one of that code."""

    def __init__(self, parent: QWidget, desk: Desk, destination: str, code: str = "") -> None:
        super().__init__(parent, self._keep, 800)
        self._desk, self._destination, self._code = desk, destination, code
        self._touched = False
        self.number, self.code = Number(0, LARGEST_NUMBER), QLineEdit()
        self.number.setSpecialValueText("—")
        self.code.setMaxLength(LONGEST_CODE)
        self._number, self._named = Labelled(self.number), Labelled(self.code)
        names = row(self._number, self._named, spacing=14)
        names.setStretch(1, 1)
        self.file_button = button("", self._ask_for_file)
        self.pasted, self.paste_button = QLineEdit(), button("", self._take_pasted)
        self._pasted = Labelled(self.pasted)
        self.fields_title, self.taken = label("strong"), label("small", wrap=True)
        self.fields = TableFields()
        taking = row(self._pasted, self.paste_button, self.file_button, spacing=8)
        taking.setStretch(0, 1)
        for each in (self.paste_button, self.file_button):
            taking.setAlignment(each, Qt.AlignmentFlag.AlignBottom)
        self.put(names, taking, column(self.fields_title, self.fields, self.taken, spacing=6))
        self.number.valueChanged.connect(self._typed)
        self.code.textEdited.connect(self._typed)
        self.fields.changed.connect(self._typed)
        self.pasted.textChanged.connect(self._can_paste)
        self.pasted.returnPressed.connect(self._take_pasted)
        desk.header_read.connect(self._header_came)
        found = self._project_of_file().table(code)
        self._show(draft_of(found) if found is not None else TableDraft())
        self.retranslate()

    def _project_of_file(self) -> DestinationProject:
        found = self._desk.project.destination(self._destination)
        assert found is not None, "the dialog is of a destination of the file"
        return found

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.say(
            self.tr("Edit the custom table {0}").format(self._code) if self._code else self.tr("Add a custom table"),
            self.tr(
                "Dialog Insight tells no program which custom tables a project has. Say it here once, as Dialog "
                "Insight shows it under Project, Data Management, Relational Data."
            ),
            self.tr("&Keep the table") if self._code else self.tr("&Add the table"),
        )
        self._number.show_text(self.tr("&Number (idTable)"))
        self._named.show_text(self.tr("&Code"))
        self._pasted.show_text(self.tr("Fields from a CSV file: &paste its header line"))
        self.pasted.setPlaceholderText("OrderNumber;idContact;Total")
        self.paste_button.setText(self.tr("&Take"))
        self.paste_button.setAccessibleName(self.tr("Take the fields of the pasted line"))
        self.file_button.setText(self.tr("C&hoose a file…"))
        self.fields_title.setText(self.tr("Fields; tick those of the primary key"))
        self.fields.retranslate()
        self._can_paste()
        self._judge()

    # what is typed

    def draft(self) -> TableDraft:
        """Give what was typed so far."""
        return TableDraft(self.number.value(), self.code.text().strip(), self.fields.drafts())

    def _show(self, draft: TableDraft) -> None:
        self.number.show_number(draft.number)
        if self.code.text() != draft.code:
            self.code.setText(draft.code)
        self.fields.show_drafts(draft.fields)

    def _typed(self, *_: object) -> None:
        self._touched = True
        self._judge()

    def _judge(self) -> None:
        """Say what is wrong, if anything; until something was typed, only keep the button from working."""
        draft = self.draft()
        table = draft.table()
        missing = self._missing(draft)
        problems = self._problems(table) if table is not None else ()
        self.accept_button.setEnabled(table is not None and not missing and not problems)
        if problems and self._touched:
            self.refuse(*problem_said(problems[0]))
        elif missing and self._touched:
            self.error.show_text(missing, look="warn")
        else:
            self.complain(None)

    def _missing(self, draft: TableDraft) -> str:
        if not draft.number:
            return self.tr("The number of the table is missing; web services address a table by it (idTable).")
        if not draft.code:
            return self.tr("The code of the table is missing.")
        if not draft.filled:
            return self.tr("The table has no field yet.")
        if not draft.key:
            return self.tr("No field is ticked as primary key yet.")
        return ""

    def _problems(self, table: CustomTable) -> tuple[Problem, ...]:
        return draft_problems(self._desk.project, self._project_of_file(), table, self._code)

    # fields from a file

    def _can_paste(self, *_: object) -> None:
        self.paste_button.setEnabled(bool(read_header(self.pasted.text()).names))

    def _take_pasted(self) -> None:
        header = read_header(self.pasted.text())
        if header.names:
            self.pasted.clear()
            self._take(header)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Take the fields of a CSV file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("CSV files (*.csv *.txt *.tsv)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self._desk.read_header(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _header_came(self, header: object) -> None:
        if isinstance(header, DisfError):
            self.complain(header)
        elif isinstance(header, CsvHeader):
            self._take(header)

    def _take(self, header: CsvHeader) -> None:
        self._show(with_header(self.draft(), header))
        between = {"\t": self.tr("tabs"), ",": self.tr("commas"), ";": self.tr("semicolons")}.get(header.delimiter, "|")
        self.taken.setText(
            self.tr("{0} taken, separated by {1}; no row of the file was read. Pick the types and the key.").format(
                counts.fields(len(header.names)), between
            )
        )
        self._typed()

    # the edit

    def _keep(self) -> bool:
        table, destination, project = self.draft().table(), self._project_of_file(), self._desk.project
        if table is None or self._problems(table):
            return False
        self._desk.edit(self._step(destination.name, table.code), with_table(project, destination, table, self._code))
        return True

    def _step(self, project: str, table: str) -> Callable[[], str]:
        # The step outlives the dialog, so its words are not the dialog's.
        if self._code:
            return lambda: translate("ProjectSteps", "Change the table {0} of {1}").format(table, project)
        return lambda: translate("ProjectSteps", "Add the table {0} to {1}").format(table, project)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
