"""The tables of a destination project: its contact list, and the custom tables that a person adds."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from disf_desktop.core.project import CustomTable, DestinationProject
from disf_desktop.core.schema import CONTACT_LIST, FieldType
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.custom_table import CustomTableDialog
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.destinations import served_by
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.project_key import fields_shown
from disf_desktop.gui.models.table_drafts import without_table
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import Notice, button, column, label, row
from disf_desktop.gui.tabs.project_settings import changed
from disf_desktop.gui.words import story
from disf_desktop.gui.words.figures import number


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table of a project as the screen shows it; `fields` is None while it was not read."""

    name: str
    kind: str
    key: str
    fields: int | None
    used_by: str


class TablesCard(QFrame):
    """The tables, and what a person does with them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._id = ""
        self.setProperty("card", "plain")
        self.title = label("strong")
        self.add_button = button("quiet", self.add)
        self.edit_button, self.remove_button = button("", self._edit), button("danger", self._remove)
        self.tables = TableModel[TableRow](
            (
                Column(lambda: self.tr("Code"), lambda r: Cell(r.name, Look.CODE)),
                Column(lambda: self.tr("Kind"), lambda r: Cell(r.kind, tip=r.kind)),
                Column(lambda: self.tr("Key"), lambda r: Cell(r.key, Look.CODE)),
                Column(lambda: self.tr("Fields"), lambda r: Cell("—" if r.fields is None else number(r.fields))),
                Column(lambda: self.tr("Used by"), lambda r: Cell(r.used_by, tip=r.used_by)),
            ),
            self,
        )
        self.grid = Grid(self.tables, stretch=4, fit_rows=True)
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.grid.activated.connect(lambda _index: self._edit())
        self.refusal = Notice()
        heading = row(self.title, None, self.edit_button, self.remove_button, self.add_button, spacing=8)
        heading.setContentsMargins(14, 10, 10, 8)
        told = row(self.refusal)
        told.setContentsMargins(14, 0, 14, 8)
        layout = column(heading, told, self.grid, spacing=0)
        layout.setContentsMargins(1, 1, 1, 1)
        self.setLayout(layout)

    def retranslate(self) -> None:
        """Tell the table that the language has changed."""
        self.tables.retranslate()

    def show_destination(self, facts: Facts, destination: DestinationProject) -> None:
        """Show the tables of a destination project."""
        if destination.id != self._id:
            self._id = destination.id
            self.refusal.show_text("")
        self.title.setText(self.tr("Tables"))
        self.add_button.setText(self.tr("+ Add a custom &table"))
        self.edit_button.setText(self.tr("&Edit…"))
        self.edit_button.setAccessibleName(self.tr("Edit the custom table"))
        self.remove_button.setText(self.tr("Remo&ve"))
        self.remove_button.setAccessibleName(self.tr("Remove the custom table"))
        self.grid.setAccessibleName(self.tr("Tables of {0}").format(destination.name))
        self.tables.show(self._rows(facts, destination))
        self._enable()

    def _rows(self, facts: Facts, destination: DestinationProject) -> list[TableRow]:
        shown = fields_shown(facts, destination)
        rows = [
            TableRow(
                CONTACT_LIST,
                self.tr("Contact list"),
                ", ".join(destination.key),
                len(shown.fields) if shown is not None else None,
                self._used_by(facts, destination, CONTACT_LIST),
            )
        ]
        for table in destination.tables:
            used_by = self._used_by(facts, destination, table.code)
            rows.append(TableRow(table.code, self._kind(table), ", ".join(table.key), len(table.fields), used_by))
        return rows

    def _kind(self, table: CustomTable) -> str:
        link = next((f.code for f in table.fields if f.type is FieldType.CONTACT), None)
        if link is None:
            return self.tr("Custom table {0}").format(table.id_table)
        return self.tr("Custom table {0} · tied to contacts by {1}").format(table.id_table, link)

    @staticmethod
    def _used_by(facts: Facts, destination: DestinationProject, code: str) -> str:
        project = facts.project
        assert project is not None
        names = [story.integration_title(project, i) for i in served_by(project, destination, code)]
        return ", ".join(names) or "—"

    def _chosen(self) -> CustomTable | None:
        """Give the custom table under the hand."""
        rows = self.grid.selectionModel().selectedRows()
        destination = self._desk.project.destination(self._id) if self._desk.facts.project is not None else None
        if not rows or destination is None:
            return None
        return destination.table(self.tables.row(rows[0]).name)

    def _enable(self) -> None:
        chosen = self._chosen()
        for each in (self.edit_button, self.remove_button):
            each.setVisible(chosen is not None)

    # deeds

    def add(self) -> CustomTableDialog:
        """Ask for a new custom table."""
        return self._open("")

    def _edit(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._open(chosen.code)

    def _open(self, code: str) -> CustomTableDialog:
        self.refusal.show_text("")
        dialog = CustomTableDialog(self.window(), self._desk, self._id, code)
        dialog.open()
        return dialog

    def _remove(self) -> None:
        chosen, project = self._chosen(), self._desk.project
        destination = project.destination(self._id)
        if chosen is None or destination is None:
            return
        users = served_by(project, destination, chosen.code)
        if users:
            self.refusal.show_text(
                self.tr("The table {0} is in use").format(chosen.code),
                self.tr("It is filled by: {0}. Remove these first, or let them fill another table.").format(
                    ", ".join(i.name for i in users)
                ),
            )
            return
        code, name = chosen.code, destination.name
        changed(
            self._desk,
            lambda: self.tr("Remove the table {0} of {1}").format(code, name),
            without_table(destination, code),
        )
