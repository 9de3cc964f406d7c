"""Opt-ins: the consents that each Dialog Insight project keeps, as the service shows them. They travel to Salesforce
only."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from disf_desktop.core.schema import CONTACT_LIST, Field
from disf_desktop.gui import story
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.figures import counts
from disf_desktop.gui.lists import EntryList, Grid
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import Store, dialog_insight_key
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import Notice, button, card, column, label, pill, row, say, scrolled, side_panel
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.wording import error_details, error_said


class OptInsTab(TabPage):
    """The opt-ins of the project under the hand."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self.list = EntryList(EntryModel(self))
        self.list.chosen.connect(lambda _key: self.render_facts())
        self.title, self.one_way = label("title"), pill()
        self.read_button = button("", lambda: self.desk.read_fields_again())
        self.text = label("muted", wrap=True)
        self.error = Notice("warn")
        self.opt_ins = TableModel[Field](
            (
                Column(lambda: self.tr("Opt-in in Dialog Insight"), lambda f: Cell(f.label or f.name, Look.STRONG)),
                Column(lambda: self.tr("Code"), lambda f: Cell(f.name, Look.CODE)),
                Column(lambda: self.tr("Consent"), self._consent),
            ),
            self,
        )
        self.table_view = Grid(self.opt_ins, stretch=0, fit_rows=True)
        self.empty = label("muted", wrap=True)
        self.empty.setContentsMargins(16, 14, 16, 14)
        self.table_card = card(column(self.table_view, self.empty, spacing=0), margins=(1, 1, 1, 1))
        page = QWidget()
        page.setLayout(
            column(
                row(self.title, self.one_way, None, self.read_button),
                self.text,
                self.error,
                self.table_card,
                None,
                spacing=12,
            )
        )
        page.layout().setContentsMargins(18, 16, 18, 18)  # type: ignore[union-attr]
        whole = row(side_panel("side", column(self.list), 250), scrolled(page), spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _consent(self, opt_in: Field) -> Cell:
        said = {"explicit": self.tr("explicit"), "implied": self.tr("implied · expires")}
        text = said.get(opt_in.native_type.casefold(), "")
        return Cell(text, Look.PILL if text else Look.PLAIN)

    def retranslate(self) -> None:
        self.opt_ins.retranslate()

    def render_facts(self) -> None:
        project = self.facts.project
        if project is None:
            return
        self.list.setAccessibleName(self.tr("Destination projects"))
        self.list.show_entries(self._entries())
        self.read_button.setText(self.tr("&Read fields again"))
        destination = project.destination(self.list.key)
        asking = any(key.startswith("dialog_insight/") for key in self.facts.asking)
        able = destination is not None and bool(self.facts.authorized.get(destination.connection))
        self.read_button.setEnabled(able and not asking)
        if destination is None:
            return
        self.title.setText(self.tr("Opt-ins of {0}").format(destination.name))
        say(self.one_way, self.tr("Dialog Insight → Salesforce only"), "di")
        self.text.setText(
            self.tr(
                "Consent is recorded in Dialog Insight, so it only ever travels from Dialog Insight to Salesforce. "
                "Nothing that this program sends to Dialog Insight carries a consent."
            )
        )
        key = dialog_insight_key(destination.id, CONTACT_LIST)
        schema, error = self.facts.schemas.get(key), self.facts.schema_errors.get(key)
        if error is None:
            self.error.show_text("")
        else:
            happened, what_to_do = error_said(error)
            self.error.show_text(happened, what_to_do, error_details(error))
        opt_ins = schema.optins if schema else ()
        self.opt_ins.show(opt_ins)
        told = any(self._consent(opt_in).text for opt_in in opt_ins)
        self.table_view.setColumnHidden(2, not told)  # what the service does not tell is not shown
        self.table_view.setAccessibleName(self.title.text())
        self.table_view.setVisible(bool(opt_ins))
        empty = (
            self.tr("This project has no opt-in.")
            if schema
            else self.tr("The opt-ins of this project were not read yet.")
        )
        say(self.empty, "" if opt_ins else empty)
        self.table_card.setVisible(bool(opt_ins) or error is None)

    def _entries(self) -> list[Entry]:
        project = self.facts.project
        assert project is not None
        entries: list[Entry] = [Entry(self.tr("Projects"))] if project.projects else []
        for destination in project.projects:
            schema = self.facts.schemas.get(dialog_insight_key(destination.id, CONTACT_LIST))
            below = counts.opt_ins(len(schema.optins)) if schema else self.tr("not read yet")
            mark = Mark.NOT_STARTED
            said = f"{destination.name}, {below}, {story.mark_said(mark)}"
            entries.append(Entry(destination.name, destination.id, below, mark, said))
        return entries
