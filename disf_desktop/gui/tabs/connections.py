"""Connections: the Salesforce orgs and the Dialog Insight accounts of the project, whether they answer, and signing
in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QMessageBox, QProgressBar, QWidget

from disf_desktop.core.project import DialogInsightConnection, SalesforceConnection
from disf_desktop.gui import story
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.figures import counts, number
from disf_desktop.gui.lists import EntryList, Grid
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import Store, connection_key
from disf_desktop.gui.models.marks import Mark, connection_mark
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import Fact, Notice, button, card, column, label, pill, row, say, scrolled, side_panel
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.tabs.key_entry import KeyEntry
from disf_desktop.gui.tabs.sign_in import SignInCard
from disf_desktop.gui.wording import error_details, error_said

if TYPE_CHECKING:
    pass

if TYPE_CHECKING:
    from disf_desktop.workspace import ProjectFacts

AnyConnection = SalesforceConnection | DialogInsightConnection


class ConnectionsTab(TabPage):
    """The list of connections, and the one under the hand."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self.list = EntryList(EntryModel(self))
        self.list.chosen.connect(lambda _key: self.render_facts())
        self.title, self.state = label("title"), pill()
        self.test_button = button("", lambda: self.desk.test(self.list.key))
        self.authorize_button = button("primary", lambda: self.desk.sign_in(self.list.key))
        self.disconnect_button = button("danger", self._ask_disconnect)
        head = row(self.title, self.state, None, self.test_button, self.authorize_button, self.disconnect_button)
        self.error = Notice("warn")
        self.sign_in = SignInCard(desk)
        self.key_entry = KeyEntry(desk)
        self.facts_shown = [Fact() for _ in range(4)]
        self.facts_shown[2] = Fact(code=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(14)
        for n, fact in enumerate(self.facts_shown):
            grid.addWidget(fact, n // 2, n % 2, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(n % 2, 1)
        self.answer_facts = [Fact(wrap=False) for _ in range(3)]
        self.calls_text = label("small", wrap=True)
        self.calls_bar = QProgressBar()
        self.calls_bar.setTextVisible(False)
        self.calls_room = QWidget()
        self.calls_room.setLayout(column(self.calls_text, self.calls_bar, None, spacing=8))
        whose = row(*self.answer_facts, None, spacing=36)
        for fact in self.answer_facts:
            whose.setAlignment(fact, Qt.AlignmentFlag.AlignTop)
        answer = column(whose, self.calls_room, spacing=14)
        self.answer_card = card(answer)
        self.projects_title = label("strong")
        self.projects: TableModel[ProjectFacts] = TableModel(
            (
                Column(lambda: self.tr("Project"), lambda p: Cell(p.name, Look.STRONG)),
                Column(lambda: self.tr("Number"), lambda p: Cell(str(p.id), Look.CODE)),
            ),
            self,
        )
        self.project_table = Grid(self.projects, stretch=0, fit_rows=True)
        heading = row(self.projects_title, None)
        heading.setContentsMargins(15, 10, 15, 8)
        self.projects_card = card(column(heading, self.project_table, spacing=0), margins=(1, 1, 1, 1))
        page = QWidget()
        page.setLayout(
            column(
                head,
                self.error,
                self.sign_in,
                self.key_entry,
                card(grid),
                self.answer_card,
                self.projects_card,
                None,
                spacing=14,
            )
        )
        page.layout().setContentsMargins(18, 16, 18, 18)  # type: ignore[union-attr]
        whole = row(side_panel("side", column(self.list), 250), scrolled(page), spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def retranslate(self) -> None:
        self.projects.retranslate()

    def render_facts(self) -> None:
        project = self.facts.project
        if project is None:
            return
        self.list.setAccessibleName(self.tr("Connections"))
        self.list.show_entries(self._entries())
        connection = project.connection(self.list.key)
        if connection is not None:
            self._render_head(connection)
            self._render_error(connection)
            self._render_settings(connection)
            self._render_answer(connection)

    def _entries(self) -> list[Entry]:
        assert self.facts.project is not None
        entries: list[Entry] = []
        for kind, heading in ((SalesforceConnection, "Salesforce"), (DialogInsightConnection, "Dialog Insight")):
            mine = [c for c in self.facts.project.connections if isinstance(c, kind)]
            if mine:
                entries.append(Entry(heading))
            for connection in mine:
                mark = connection_mark(self.facts, connection.id)
                below = self._below(connection, mark)
                said = f"{heading}, {connection.name}, {below}, {story.mark_said(mark)}"
                entries.append(Entry(connection.name, connection.id, below, mark, said))
        return entries

    def _below(self, connection: AnyConnection, mark: Mark) -> str:
        if connection.id in self.facts.connection_errors:
            return error_said(self.facts.connection_errors[connection.id])[0]
        if mark is Mark.NEEDS_YOU:
            return self.tr("not authorized yet")
        if isinstance(connection, SalesforceConnection):
            return urlsplit(connection.login_url).netloc
        host = urlsplit(connection.root_url).netloc
        return self.tr("{0} · key {1}").format(host, connection.id_key)

    def _render_head(self, connection: AnyConnection) -> None:
        facts, is_salesforce = self.facts, isinstance(connection, SalesforceConnection)
        authorized = facts.authorized.get(connection.id)
        asking = connection_key(connection.id) in facts.asking
        self.title.setText(connection.name)
        if asking:
            say(self.state, self.tr("Checking…"), "neutral")
        elif connection.id in facts.connection_errors:
            say(self.state, self.tr("Needs you"), "warn")
        elif connection.id in facts.tested:
            say(self.state, self.tr("Connected"), "ok")
        elif authorized is False:
            say(self.state, self.tr("Not authorized"), "warn")
        else:
            say(self.state, self.tr("Not checked yet"), "neutral")
        self.test_button.setText(self.tr("&Test"))
        self.test_button.setVisible(bool(authorized))
        self.test_button.setEnabled(not asking)
        signing = facts.signing_in is not None and facts.signing_in.connection == connection.id
        self.authorize_button.setText(self.tr("A&uthorize again") if authorized else self.tr("A&uthorize"))
        look = "" if authorized else "primary"
        if self.authorize_button.property("look") != look:
            self.authorize_button.setProperty("look", look)
            self.authorize_button.style().polish(self.authorize_button)
        self.authorize_button.setVisible(is_salesforce)
        self.authorize_button.setEnabled(not signing and not asking)
        self.disconnect_button.setText(self.tr("Disco&nnect") if is_salesforce else self.tr("Forget the &key"))
        self.disconnect_button.setVisible(bool(authorized))
        self.disconnect_button.setEnabled(not facts.running and not asking)
        self.sign_in.show_facts(facts.signing_in if signing else None)
        self.key_entry.show_facts(
            connection if isinstance(connection, DialogInsightConnection) else None, bool(authorized), asking
        )

    def _render_error(self, connection: AnyConnection) -> None:
        error = self.facts.connection_errors.get(connection.id)
        if error is None:
            self.error.show_text("")
            return
        happened, what_to_do = error_said(error)
        self.error.show_text(happened, what_to_do, error_details(error), "warn")

    def _render_settings(self, connection: AnyConnection) -> None:
        one, two, three, four = self.facts_shown
        if isinstance(connection, SalesforceConnection):
            one.show_text(self.tr("Sign in at"), connection.login_url)
            two.show_text(self.tr("Tokens are kept in"), self.facts.secrets_kept_in)
            three.show_text(self.tr("Client ID (External Client App)"), connection.client_id or "—")
            ceiling = self.tr("{0} % of the daily calls of the org").format(connection.call_ceiling_percent)
            if connection.calls_per_day is not None:
                ceiling = self.tr("{0}; at most {1} a day, of which 200 are kept for consents").format(
                    ceiling, counts.calls(connection.calls_per_day)
                )
            four.show_text(self.tr("This program may use"), ceiling)
        else:
            one.show_text(self.tr("Platform"), connection.root_url)
            two.show_text(self.tr("The key is kept in"), self.facts.secrets_kept_in)
            three.show_text(self.tr("Key number"), str(connection.id_key))
            batch = self.tr("{0}, {1} at a time").format(counts.records(connection.batch_size), connection.concurrency)
            four.show_text(self.tr("Batch"), batch)

    def _render_answer(self, connection: AnyConnection) -> None:
        tested = self.facts.tested.get(connection.id)
        is_salesforce = isinstance(connection, SalesforceConnection)
        self.answer_card.setVisible(tested is not None and is_salesforce)
        self.projects_card.setVisible(tested is not None and not is_salesforce)
        if tested is None:
            return
        if isinstance(connection, SalesforceConnection):
            user, org, version = self.answer_facts
            user.show_text(self.tr("Signed in as"), tested.user)
            org.show_text(self.tr("Organization"), " · ".join(p for p in (tested.org, tested.edition) if p))
            version.show_text(self.tr("API version"), tested.api_version)
            used, allowed = tested.calls_used, tested.calls_allowed
            self.calls_room.setVisible(bool(allowed))
            if allowed:
                own = allowed * connection.call_ceiling_percent // 100
                text = self.tr("API calls, last 24 h: {0} of {1} (this program stops at {2})")
                self.calls_text.setText(text.format(number(used or 0), number(allowed), number(own)))
                self.calls_bar.setMaximum(allowed)
                self.calls_bar.setValue(min(used or 0, allowed))
                self.calls_bar.setAccessibleName(self.calls_text.text())
        else:
            title = self.tr("What this key may use: {0}").format(counts.projects(len(tested.projects)))
            self.projects_title.setText(title)
            self.project_table.setAccessibleName(title)
            self.projects.show(tested.projects)

    def _ask_disconnect(self) -> None:
        assert self.facts.project is not None
        connection = self.facts.project.connection(self.list.key)
        if connection is None:
            return
        question = self.tr("Disconnect “{0}”?").format(connection.name)
        box = QMessageBox(QMessageBox.Icon.Question, connection.name, question, parent=self)
        box.setInformativeText(
            self.tr(
                "Its authorization is withdrawn and forgotten on this computer. Data in both services stays as it is."
            )
        )
        go = box.addButton(self.tr("Disconnect"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Stay connected"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda chosen: self.desk.disconnect_service(connection.id) if chosen is go else None)
        box.open()
