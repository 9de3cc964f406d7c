"""Destination projects: what each Dialog Insight project is for, whether its key suits, what flows, and its tables."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QWidget

from disf_desktop.core.project import CustomTable, DestinationProject, Project, ProjectType
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.gui import story
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.figures import counts, moment_soon, number
from disf_desktop.gui.flow_diagram import FlowDiagram
from disf_desktop.gui.lists import EntryList, Grid
from disf_desktop.gui.models.directions import is_marker
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import Store, dialog_insight_key
from disf_desktop.gui.models.flows import flows_of
from disf_desktop.gui.models.marks import project_mark
from disf_desktop.gui.models.project_key import KeyState, check_key
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import (
    Fact,
    FactGrid,
    Notice,
    button,
    card,
    column,
    label,
    pill,
    restyle,
    row,
    say,
    scrolled,
    side_panel,
)
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.wording import error_details, error_said


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table of a project as the screen shows it; `fields` is None while it was not read."""

    name: str
    kind: str
    key: str
    fields: int | None
    used_by: str


class ProjectsTab(TabPage):
    """The list of destination projects, and the one under the hand."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self.list = EntryList(EntryModel(self))
        self.list.chosen.connect(lambda _key: self.render_facts())
        self.title, self.state = label("title"), pill()
        self.read_button = button("", lambda: self.desk.read_fields_again())
        self.error = Notice("warn")
        self.key_state = pill()
        self.number_fact, self.key_fact, self.zone_fact = Fact(), Fact(code=True), Fact()
        settings = row(
            self.number_fact, column(row(self.key_fact, self.key_state, None, spacing=12)), self.zone_fact, spacing=28
        )
        for n in range(3):
            settings.setStretch(n, 1)
        self.purpose = label("strong")
        self.types = {kind: self._type_card() for kind in ProjectType}
        both = row(*(frame for frame, _, _ in self.types.values()), spacing=12)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.diagram = FlowDiagram()
        self.finding_title, self.finding_text = label("strong"), label("small", wrap=True)
        self.finding = FactGrid(4, 2)
        self.tables_title = label("strong")
        self.tables = TableModel[TableRow](
            (
                Column(lambda: self.tr("Code"), lambda r: Cell(r.name, Look.CODE)),
                Column(lambda: self.tr("Kind"), lambda r: Cell(r.kind)),
                Column(lambda: self.tr("Key"), lambda r: Cell(r.key, Look.CODE)),
                Column(lambda: self.tr("Fields"), lambda r: Cell("—" if r.fields is None else number(r.fields))),
                Column(lambda: self.tr("Used by"), lambda r: Cell(r.used_by)),
            ),
            self,
        )
        self.table_view = Grid(self.tables, stretch=4, fit_rows=True)
        heading = row(self.tables_title, None)
        heading.setContentsMargins(14, 12, 14, 10)
        page = QWidget()
        page.setLayout(
            column(
                row(self.title, self.state, None, self.read_button),
                self.error,
                card(settings),
                card(column(self.purpose, both, self.diagram, spacing=10)),
                card(column(column(self.finding_title, self.finding_text, spacing=3), self.finding, spacing=12)),
                card(column(heading, self.table_view, spacing=0), margins=(1, 1, 1, 1)),
                None,
                spacing=12,
            )
        )
        page.layout().setContentsMargins(18, 16, 18, 18)  # type: ignore[union-attr]
        whole = row(side_panel("side", column(self.list), 250), scrolled(page), spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    @staticmethod
    def _type_card() -> tuple[QFrame, object, object]:
        title, text = label("strong", wrap=True), label("small", wrap=True)
        return card(column(title, text, None, spacing=3), margins=(14, 12, 14, 12)), title, text

    def retranslate(self) -> None:
        self.tables.retranslate()

    def render_facts(self) -> None:
        project = self.facts.project
        if project is None:
            return
        self.list.setAccessibleName(self.tr("Destination projects"))
        self.list.show_entries(self._entries())
        destination = project.destination(self.list.key)
        self.read_button.setText(self.tr("&Read fields again"))
        asking = any(key.startswith(("dialog_insight/", "salesforce/")) for key in self.facts.asking)
        able = destination is not None and bool(self.facts.authorized.get(destination.connection))
        self.read_button.setEnabled(able and not asking)
        if destination is None:
            return
        self._render_settings(destination)
        self._render_type(destination)
        self.diagram.show_flows(flows_of(project), destination.id)
        self.diagram.setAccessibleDescription(self.diagram.said())
        self._render_finding(project, destination)
        self.tables_title.setText(self.tr("Tables"))
        self.table_view.setAccessibleName(self.tr("Tables of {0}").format(destination.name))
        self.tables.show(self._table_rows(destination))

    def _entries(self) -> list[Entry]:
        project = self.facts.project
        assert project is not None
        entries: list[Entry] = []
        for connection in project.connections:
            mine = [p for p in project.projects if p.connection == connection.id]
            if mine:
                entries.append(Entry(connection.name))
            for destination in mine:
                mark = project_mark(self.facts, destination)
                schema = self.facts.schemas.get(dialog_insight_key(destination.id, CONTACT_LIST))
                parts = [str(destination.id_project), story.project_type(destination)]
                if schema is not None:
                    parts.append(counts.fields(len(schema.fields)))
                below = " · ".join(parts)
                said = f"{destination.name}, {below}, {story.mark_said(mark)}"
                entries.append(Entry(destination.name, destination.id, below, mark, said))
        return entries

    def _render_settings(self, destination: DestinationProject) -> None:
        facts = self.facts
        key = dialog_insight_key(destination.id, CONTACT_LIST)
        error = facts.schema_errors.get(key)
        self.title.setText(destination.name)
        if key in facts.asking:
            say(self.state, self.tr("Reading…"), "neutral")
        elif error is not None:
            say(self.state, self.tr("Not read"), "warn")
        elif key in facts.schemas:
            say(self.state, self.tr("Fields read"), "ok")
        else:
            say(self.state, self.tr("Not read yet"), "neutral")
        self.number_fact.show_text(self.tr("Dialog Insight project"), f"{destination.name} ({destination.id_project})")
        self.key_fact.show_text(self.tr("Primary key"), ", ".join(destination.key))
        self.zone_fact.show_text(self.tr("Time zone of its dates"), destination.time_zone)
        state = check_key(facts, destination)
        short, long = self._key_said(state, destination)
        look = {KeyState.SUITS: "ok", KeyState.UNREAD: "neutral"}.get(state, "warn")
        say(self.key_state, short, look)
        if error is not None:
            happened, what_to_do = error_said(error)
            self.error.show_text(happened, what_to_do, error_details(error))
        else:
            self.error.show_text(short if long else "", long)

    def _key_said(self, state: KeyState, destination: DestinationProject) -> tuple[str, str]:
        """Give what the key check found, shortly, and its reason where something is wrong."""
        kind = destination.type.value
        return {
            KeyState.UNREAD: (self.tr("not checked yet"), ""),
            KeyState.SUITS: (self.tr("suits type {0}").format(kind), ""),
            KeyState.MISSING: (
                self.tr("The key is not in the project"),
                self.tr("Dialog Insight shows no field of that name. Correct the key in the project file."),
            ),
            KeyState.OTHER_KEY: (
                self.tr("Dialog Insight has another key"),
                self.tr(
                    "The project's primary key in Dialog Insight is not the one in the "
                    "project file. Contacts would not be found again."
                ),
            ),
            KeyState.TOO_SHORT: (
                self.tr("The key is too short"),
                self.tr("A Salesforce Id has 18 characters. Lengthen the field in Dialog Insight."),
            ),
            KeyState.NOT_TEXT: (
                self.tr("The key does not suit type A"),
                self.tr("It must hold the Salesforce Id, which is a text; an e-mail may repeat or change."),
            ),
            KeyState.NOT_EMAIL: (
                self.tr("The key does not suit type B"),
                self.tr("People who are born in Dialog Insight are known by their e-mail."),
            ),
        }[state]

    def _render_type(self, destination: DestinationProject) -> None:
        self.purpose.setText(self.tr("What is this project for?"))
        texts = {
            ProjectType.A: (
                self.tr("Type A: send to the people in Salesforce"),
                self.tr(
                    "Contacts come from Salesforce. Changes and opt-ins can go back there. "
                    "Primary key: the Salesforce Id."
                ),
            ),
            ProjectType.B: (
                self.tr("Type B: gather new contacts"),
                self.tr(
                    "Contacts are created here, by forms for example, and then in Salesforce. Primary key: the e-mail."
                ),
            ),
        }
        for kind, (frame, title, text) in self.types.items():
            chosen = kind is destination.type
            restyle(frame, "card", "chosen" if chosen else "plain")
            title.setText(("✓ " if chosen else "") + texts[kind][0])  # type: ignore[attr-defined]
            text.setText(texts[kind][1])  # type: ignore[attr-defined]
            frame.setAccessibleName(texts[kind][0])
            frame.setAccessibleDescription(self.tr("chosen") if chosen else self.tr("not chosen"))

    def _render_finding(self, project: Project, destination: DestinationProject) -> None:
        """Say how changes that people make in Dialog Insight are found, and how old what is known of them may be."""
        self.finding_title.setText(self.tr("How changes made in Dialog Insight are found"))
        self.finding_text.setText(
            self.tr(
                "By their date, where the account tells it, and besides in these ways. What is seen late is sent late."
            )
        )
        number_of = destination.finding.lookups_per_run
        people = self.tr("{0}, those not seen for longest first").format(counts.people(number_of))
        mine = [i for i in project.integrations if i.project == destination.id]
        markers = [p.target for i in mine for p in i.mapping.pairs if is_marker(project, i, p)]
        by_marker = self.tr("By the empty field {0}").format(", ".join(dict.fromkeys(markers)))
        looked = [self.facts.history.freshness[i.name] for i in mine if i.name in self.facts.history.freshness]
        stamps = [f.oldest_look for f in looked if f.oldest_look is not None]
        never = sum(f.never_looked for f in looked)
        oldest = [moment_soon(min(stamps))] if stamps else []
        oldest += [counts.never_looked(never)] if never else []
        self.finding.show_facts(
            (self.tr("Looked up in each run"), people if number_of else self.tr("Nobody")),
            (
                self.tr("Exports read from the folder"),
                destination.finding.export_folder or self.tr("No folder is named"),
            ),
            (self.tr("New people"), by_marker if markers else ""),
            (self.tr("Oldest look at a person"), " · ".join(oldest)),
        )

    def _table_rows(self, destination: DestinationProject) -> list[TableRow]:
        tables: list[CustomTable | None] = [None, *destination.tables]
        rows = []
        for table in tables:
            code = table.code if table else CONTACT_LIST
            schema = self.facts.schemas.get(dialog_insight_key(destination.id, code))
            kind = self.tr("Custom table {0}").format(table.id_table) if table else self.tr("Contact list")
            key = ", ".join(table.key if table else destination.key)
            fields = len(schema.fields) if schema else len(table.fields) if table else None
            rows.append(TableRow(code, kind, key, fields, self._used_by(destination, code)))
        return rows

    def _used_by(self, destination: DestinationProject, code: str) -> str:
        assert self.facts.project is not None
        names = [
            story.integration_title(self.facts.project, i)
            for i in self.facts.project.integrations
            if i.project == destination.id and i.table == code
        ]
        return ", ".join(names) or "—"
