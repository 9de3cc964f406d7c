"""Connections: the Salesforce orgs and the Dialog Insight accounts of the project, whether they answer, and signing
in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QPushButton, QStackedWidget, QWidget

from disf_desktop.core.edits import users_of_connection
from disf_desktop.core.project import DialogInsightConnection, SalesforceConnection
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.dialog import confirm
from disf_desktop.gui.lists import EntryList, Grid
from disf_desktop.gui.models.connections import AnyConnection, changed
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import Store, connection_key
from disf_desktop.gui.models.marks import Mark, connection_mark
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import (
    EmptyPage,
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
from disf_desktop.gui.tabs.connection_add import AddConnection
from disf_desktop.gui.tabs.connection_advanced import AdvancedCard
from disf_desktop.gui.tabs.connection_dialog_insight import DialogInsightCard
from disf_desktop.gui.tabs.connection_prepare import PrepareCard
from disf_desktop.gui.tabs.connection_recipe import RecipeDialog
from disf_desktop.gui.tabs.connection_salesforce import SalesforceCard
from disf_desktop.gui.tabs.connection_trouble import TroubleCard
from disf_desktop.gui.tabs.connection_usage import UsageCard
from disf_desktop.gui.tabs.key_entry import KeyEntry
from disf_desktop.gui.tabs.sign_in import SignInCard
from disf_desktop.gui.words import story
from disf_desktop.gui.words.connection_words import Mend, explained
from disf_desktop.gui.words.figures import counts

if TYPE_CHECKING:
    from disf_desktop.workspace import ProjectFacts


class ConnectionsTab(TabPage):
    """The list of connections, and the one under the hand."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self.list = EntryList(EntryModel(self))
        self.list.chosen.connect(lambda _key: self.render_facts())
        self.add_button = button("quiet", self.add)
        self.title, self.state = label("title"), pill()
        self.test_button = button("", lambda: self.desk.test(self.list.key))
        self.authorize_button = button("primary", lambda: self.desk.sign_in(self.list.key))
        self.disconnect_button = button("danger", self._ask_disconnect)
        self.trouble = TroubleCard()
        self.trouble.mend.connect(self._mend)
        self.sign_in = SignInCard(desk)
        self.salesforce, self.dialog_insight = SalesforceCard(desk), DialogInsightCard(desk)
        self.salesforce.recipe_wanted.connect(lambda: RecipeDialog(self).open())
        self.key_entry = KeyEntry(desk)
        self.usage, self.prepare = UsageCard(desk), PrepareCard(desk)
        self._build_projects()
        self.advanced = AdvancedCard(desk)
        self.refusal = Notice("warn")
        self._refused = ""  # the connection that could not be removed
        self.remove_button = button("quiet", self.remove)
        page = QWidget()
        page.setLayout(
            column(
                row(self.title, self.state, None, self.test_button, self.authorize_button, self.disconnect_button),
                self.trouble,
                self.sign_in,
                self.salesforce,
                self.dialog_insight,
                self.key_entry,
                self.usage,
                self.prepare,
                self.projects_card,
                self.advanced,
                self.refusal,
                row(None, self.remove_button),
                None,
                spacing=14,
            )
        )
        page.layout().setContentsMargins(18, 16, 18, 18)  # type: ignore[union-attr]
        self.page = scrolled(page)
        desk.prepare_wanted.connect(lambda *_: QTimer.singleShot(0, self, self._show_panel))
        whole = QWidget()
        whole_row = row(side_panel("side", column(self.list, row(self.add_button, None)), 250), self.page, spacing=0)
        whole_row.setStretch(1, 1)
        whole.setLayout(whole_row)
        self.start = EmptyPage(self.add)
        self.body = QStackedWidget()
        self.body.addWidget(self.start)
        self.body.addWidget(whole)
        layout = column(self.body)
        self.setLayout(layout)

    def _build_projects(self) -> None:
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

    # facts

    @property
    def connection(self) -> AnyConnection | None:
        """The connection under the hand."""
        project = self.facts.project
        return project.connection(self.list.key) if project is not None else None

    @property
    def start_button(self) -> QPushButton:
        return self.start.button

    def retranslate(self) -> None:
        self.projects.retranslate()
        self.prepare.retranslate()

    def look_at(self, wanted: str) -> None:
        self.list.choose(wanted)
        self.render_facts()

    def render_facts(self) -> None:
        project = self.facts.project
        if project is None:
            return
        self.body.setCurrentIndex(1 if project.connections else 0)
        self.list.setAccessibleName(self.tr("Connections"))
        self.list.show_entries(self._entries())
        self.add_button.setText(self.tr("+ &Add connection"))
        self._render_start()
        connection = self.connection
        if connection is not None:
            self._render_head(connection)
            self._render_cards(connection)

    def _render_start(self) -> None:
        self.start.show_text(
            self.tr("No connection yet"),
            self.tr(
                "Salesforce signs in through your browser; Dialog Insight uses a key that you copy from its "
                "page of web services. Tokens and keys stay on this computer."
            ),
            self.tr("Add the first connection"),
        )

    def _entries(self) -> list[Entry]:
        assert self.facts.project is not None, "entries are of a project"
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
        error = self.facts.connection_errors.get(connection.id)
        if error is not None:
            return explained(error, connection).short
        if mark is Mark.NEEDS_YOU:
            return self.tr("not authorized yet")
        if isinstance(connection, SalesforceConnection):
            return urlsplit(connection.login_url).netloc
        host = urlsplit(connection.root_url).netloc
        return self.tr("{0} · key {1}").format(host, connection.id_key)

    def _render_head(self, connection: AnyConnection) -> None:
        facts, salesforce = self.facts, isinstance(connection, SalesforceConnection)
        authorized = bool(facts.authorized.get(connection.id))
        asking = connection_key(connection.id) in facts.asking
        signing = facts.signing_in is not None and facts.signing_in.connection == connection.id
        self.title.setText(connection.name)
        self._render_state(connection, asking)
        self.test_button.setText(self.tr("&Test"))
        self.test_button.setVisible(authorized)
        self.test_button.setEnabled(not asking)
        self.authorize_button.setText(self.tr("A&uthorize again") if authorized else self.tr("A&uthorize"))
        restyle(self.authorize_button, "look", "" if authorized else "primary")
        self.authorize_button.setVisible(salesforce)
        has_client = isinstance(connection, SalesforceConnection) and bool(connection.client_id)
        self.authorize_button.setEnabled(has_client and not signing and not asking)
        self.authorize_button.setToolTip("" if has_client or not salesforce else self.tr("Give the client ID first."))
        self.disconnect_button.setText(self.tr("Disco&nnect") if salesforce else self.tr("Forget the &key"))
        self.disconnect_button.setVisible(authorized)
        self.disconnect_button.setEnabled(not facts.running and not asking)
        self.remove_button.setText(self.tr("&Remove this connection"))
        self.remove_button.setEnabled(not facts.running and not asking)
        self.sign_in.show_facts(facts.signing_in if signing else None)

    def _render_state(self, connection: AnyConnection, asking: bool) -> None:
        facts = self.facts
        if facts.signing_in is not None and facts.signing_in.connection == connection.id:
            say(self.state, self.tr("Signing in…"), "neutral")
        elif asking:
            say(self.state, self.tr("Checking…"), "neutral")
        elif connection.id in facts.connection_errors:
            say(self.state, self.tr("Needs you"), "warn")
        elif connection.id in facts.tested:
            say(self.state, self.tr("Connected"), "ok")
        elif facts.authorized.get(connection.id) is False:
            say(self.state, self.tr("Not authorized"), "warn")
        else:
            say(self.state, self.tr("Not checked yet"), "neutral")

    def _render_cards(self, connection: AnyConnection) -> None:
        facts = self.facts
        tested = facts.tested.get(connection.id)
        self.trouble.show_error(facts.connection_errors.get(connection.id), connection)
        self.salesforce.setVisible(isinstance(connection, SalesforceConnection))
        self.usage.setVisible(isinstance(connection, SalesforceConnection))
        self.prepare.setVisible(isinstance(connection, SalesforceConnection))
        self.dialog_insight.setVisible(isinstance(connection, DialogInsightConnection))
        if isinstance(connection, SalesforceConnection):
            self.salesforce.show_connection(connection, facts.secrets_kept_in)
            self.usage.show_facts(connection, tested)
            self.prepare.show_facts(facts, connection)
            self.key_entry.show_facts(None, False, False)
        else:
            authorized = bool(facts.authorized.get(connection.id))
            self.dialog_insight.show_connection(connection, facts.secrets_kept_in)
            self.key_entry.show_facts(connection, authorized, connection_key(connection.id) in facts.asking)
        listed = tested.projects if tested is not None and isinstance(connection, DialogInsightConnection) else None
        self.projects_card.setVisible(listed is not None)
        if listed is not None:
            title = self.tr("What this key may use: {0}").format(counts.projects(len(listed)))
            self.projects_title.setText(title)
            self.project_table.setAccessibleName(title)
            self.projects.show(listed)
        self.advanced.show_connection(connection)
        self._render_refusal(connection)

    def _render_refusal(self, connection: AnyConnection) -> None:
        """Say who uses the connection, where the person wanted to remove it, for as long as it is used."""
        assert self.facts.project is not None, "a connection is of a project"
        users = users_of_connection(self.facts.project, connection.id) if self._refused == connection.id else ()
        if not users:
            self._refused = ""
            self.refusal.show_text("")
            return
        self.refusal.show_text(
            self.tr("“{0}” is in use and stays.").format(connection.name),
            self.tr("Remove these first, or let them use another connection: {0}.").format(", ".join(users)),
        )

    def _show_panel(self) -> None:
        """Have what an org lacks in sight, for when the dialog about it is closed."""
        self.page.ensureWidgetVisible(self.prepare)

    # deeds

    def add(self) -> None:
        """Ask what is needed for a new connection."""
        AddConnection(self, self.desk, self._added).open()

    def _added(self, id: str) -> None:
        self.render_facts()
        self.list.choose(id)
        self.render_facts()

    def _mend(self, mend: Mend) -> None:
        connection = self.connection
        assert connection is not None, "trouble is of a connection"
        name = connection.name
        match mend:
            case Mend.AUTHORIZE:
                self.desk.sign_in(connection.id)
            case Mend.TEST:
                self.desk.test(connection.id)
            case Mend.RECIPE:
                RecipeDialog(self).open()
            case Mend.CLIENT:
                self.salesforce.take_hand()
            case Mend.KEY:
                self.key_entry.take_hand()
            case Mend.ADVANCED:
                self.advanced.unfold()
            case Mend.CEILING:
                self.usage.take_hand()
            case Mend.VERSION:
                newest = changed(connection, api_version=None)
                self.desk.change(lambda: self.tr("Use the newest API version of {0}").format(name), newest)
            case Mend.PLATFORM:
                self.desk.use_platform(connection.id, lambda: self.tr("Change the platform of {0}").format(name))

    def _ask_disconnect(self) -> None:
        connection = self.connection
        if connection is None:
            return
        if isinstance(connection, SalesforceConnection):
            text = self.tr("Salesforce withdraws its authorization, and its token is forgotten on this computer. ")
        else:
            text = self.tr("Its key is forgotten on this computer; in Dialog Insight it stays as it is. ")
        confirm(
            self,
            self.tr("Disconnect “{0}”?").format(connection.name),
            text + self.tr("Data in both services stays as it is. Undo does not bring the authorization back."),
            self.tr("Disconnect"),
            lambda: self.desk.disconnect_service(connection.id),
            self.tr("Stay connected"),
        )

    def remove(self) -> None:
        """Take the connection under the hand away, unless something uses it; where it is authorized, ask first what
        becomes of that."""
        project, connection = self.facts.project, self.connection
        if project is None or connection is None:
            return
        if users_of_connection(project, connection.id):
            self._refused = connection.id
            self._render_refusal(connection)
            return
        if not self.facts.authorized.get(connection.id):
            self._remove(connection, disconnect=False)
            return
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.window().windowTitle(),
            self.tr("Remove “{0}”?").format(connection.name),
            parent=self,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(
            self.tr(
                "It is still authorized. Undo brings a connection back, but not an authorization that was withdrawn."
            )
        )
        both = box.addButton(self.tr("Disconnect and remove"), QMessageBox.ButtonRole.AcceptRole)
        only = box.addButton(self.tr("Remove only"), QMessageBox.ButtonRole.ActionRole)
        stay = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(
            lambda chosen: self._remove(connection, disconnect=chosen is both) if chosen in (both, only) else None
        )
        box.open()

    def _remove(self, connection: AnyConnection, *, disconnect: bool) -> None:
        name = connection.name
        self.desk.remove_connection(
            connection.id, lambda: self.tr("Remove the connection {0}").format(name), disconnect=disconnect
        )
