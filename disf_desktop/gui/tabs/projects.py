"""Destination projects: what each Dialog Insight project is for, whether its key suits, what flows, and its tables."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from disf_desktop.core.edits import users_of_destination, without_destination
from disf_desktop.core.project import DestinationProject
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.destination import DestinationDialog
from disf_desktop.gui.lists import EntryList
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import Store, dialog_insight_key, shown_project_key
from disf_desktop.gui.models.marks import Tab, project_mark
from disf_desktop.gui.models.project_key import fields_shown
from disf_desktop.gui.parts import Notice, button, column, label, pill, row, say, scrolled, side_panel
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.tabs.project_finding import FindingCard
from disf_desktop.gui.tabs.project_purpose import ProjectNotices, PurposeCard
from disf_desktop.gui.tabs.project_settings import SettingsCard
from disf_desktop.gui.tabs.project_start import ProjectsStart
from disf_desktop.gui.tabs.project_tables import TablesCard
from disf_desktop.gui.words import story
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.wording import error_details, error_said


class ProjectsTab(TabPage):
    """The list of destination projects, and the one under the hand."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self.list = EntryList(EntryModel(self))
        self.list.chosen.connect(lambda _key: self._chosen())
        self.add_button = button("quiet", self.add)
        self.title, self.state = label("title"), pill()
        self.read_button = button("", self._read_again)
        self.remove_button = button("danger", self._remove)
        self.error, self.refusal = Notice("warn"), Notice("warn")
        self.settings = SettingsCard(desk)
        self.purpose = PurposeCard(desk)
        self.purpose.project_clicked.connect(self._go_to)
        self.notices = ProjectNotices(desk)
        self.finding = FindingCard(desk)
        self.tables = TablesCard(desk)
        self.start = ProjectsStart(self.add, lambda: desk.look.emit(Tab.CONNECTIONS.value, ""))
        page = QWidget()
        page.setLayout(
            column(
                row(self.title, self.state, None, self.read_button, self.remove_button),
                self.refusal,
                self.error,
                self.settings,
                self.notices,
                self.purpose,
                self.tables,
                self.finding,
                None,
                spacing=12,
            )
        )
        page.layout().setContentsMargins(18, 16, 18, 18)  # type: ignore[union-attr]
        self._one = QWidget()
        panel = side_panel("side", column(self.list, row(self.add_button, None), spacing=6), 280)
        one = row(panel, scrolled(page), spacing=0)
        one.setStretch(1, 1)
        self._one.setLayout(one)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._one)
        middle = row(None, self.start, None, spacing=0)
        middle.setStretch(1, 100)
        first = QWidget()
        first.setLayout(middle)
        self._pages.addWidget(scrolled(first))
        self.setLayout(row(self._pages))

    @property
    def diagram(self) -> QWidget:
        return self.purpose.diagram

    def retranslate(self) -> None:
        self.tables.retranslate()

    def render_facts(self) -> None:
        project = self.facts.project
        if project is None:
            return
        self._pages.setCurrentIndex(0 if project.projects else 1)
        if not project.projects:
            self.start.show_facts(self.facts)
            return
        self.list.setAccessibleName(self.tr("Destination projects"))
        self.list.show_entries(self._entries())
        self.add_button.setText(self.tr("+ &Add destination project"))
        destination = project.destination(self.list.key)
        if destination is None:
            return
        self._render_head(destination)
        self.settings.show_destination(self.facts, destination)
        self.purpose.show_destination(self.facts, destination)
        self.notices.show_destination(self.facts, destination)
        self.finding.show_destination(self.facts, destination)
        self.tables.show_destination(self.facts, destination)

    def _entries(self) -> list[Entry]:
        project = self.facts.project
        assert project is not None
        entries: list[Entry] = []
        known = {connection.id: connection.name for connection in project.connections}
        for id in dict.fromkeys((*known, *(p.connection for p in project.projects))):
            mine = [p for p in project.projects if p.connection == id]
            if mine:
                entries.append(Entry(known.get(id, id)))
            entries += [self._entry(destination) for destination in mine]
        return entries

    def _entry(self, destination: DestinationProject) -> Entry:
        mark, shown = project_mark(self.facts, destination), fields_shown(self.facts, destination)
        parts = [str(destination.id_project), story.project_type(destination)]
        if shown is not None:
            parts.append(counts.fields(len(shown.fields)))
        below = " · ".join(parts)
        said = f"{destination.name}, {below}, {story.mark_said(mark)}"
        return Entry(destination.name, destination.id, below, mark, said)

    def _render_head(self, destination: DestinationProject) -> None:
        facts = self.facts
        key = dialog_insight_key(destination.id, CONTACT_LIST)
        error = facts.schema_errors.get(key) or facts.connection_errors.get(destination.connection)
        asking = {key, shown_project_key(destination.connection, destination.id_project)} & facts.asking
        self.title.setText(destination.name)
        if asking:
            say(self.state, self.tr("Reading…"), "neutral")
        elif facts.authorized.get(destination.connection) is False:
            say(self.state, self.tr("Not connected"), "warn")
        elif error is not None:
            say(self.state, self.tr("Not read"), "warn")
        elif key in facts.schemas:
            say(self.state, self.tr("Fields read"), "ok")
        else:
            say(self.state, self.tr("Not read yet"), "neutral")
        self.read_button.setText(self.tr("&Read fields again"))
        able = bool(facts.authorized.get(destination.connection))
        self.read_button.setEnabled(able and not asking)
        self.remove_button.setText(self.tr("Re&move"))
        self.remove_button.setAccessibleName(self.tr("Remove {0}").format(destination.name))
        # A key that is not the service's own is said below, with what to do.
        shown = fields_shown(facts, destination)
        if error is not None and not asking and (shown is None or error.code != "schema"):
            self.error.show_text(*error_said(error), error_details(error))
        else:
            self.error.show_text("")

    def _chosen(self) -> None:
        self.refusal.show_text("")
        self.render_facts()

    def _go_to(self, id: str) -> None:
        self.list.choose(id)
        self._chosen()

    # deeds

    def add(self) -> DestinationDialog:
        """Ask for a destination project."""
        dialog = DestinationDialog(self.window(), self.desk, self._store)
        dialog.accepted.connect(lambda: self._show_made(dialog.made))
        dialog.open()
        return dialog

    def _show_made(self, id: str) -> None:
        self.render_facts()
        self._go_to(id)

    def _read_again(self) -> None:
        destination = self.desk.project.destination(self.list.key)
        if destination is not None:
            self.desk.read_fields_again(destination.connection)

    def _remove(self) -> None:
        project = self.desk.project
        destination = project.destination(self.list.key)
        if destination is None:
            return
        users = users_of_destination(project, destination.id)
        if users:
            self.refusal.show_text(
                self.tr("{0} is in use").format(destination.name),
                self.tr("It is served by: {0}. Remove these first, or let them serve another project.").format(
                    ", ".join(users)
                ),
            )
            return
        name = destination.name
        self.desk.edit(
            lambda: self.tr("Remove the project {0}").format(name), without_destination(project, destination.id)
        )
