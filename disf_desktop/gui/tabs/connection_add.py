"""A new connection: which service, its name, and the little that is needed to sign in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from disf_desktop.core.addresses import PLATFORMS, PRODUCTION
from disf_desktop.core.edits import fresh_id, fresh_name
from disf_desktop.core.project import DialogInsightConnection, SalesforceConnection
from disf_desktop.core.schema import Side
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.inputs import Entry, Labelled, Segments
from disf_desktop.gui.models.connections import AnyConnection
from disf_desktop.gui.parts import button, column, row
from disf_desktop.gui.tabs.connection_addresses import PLATFORM, SIGN_IN_AT, AddressInput
from disf_desktop.gui.tabs.connection_dialog_insight import KEY_NUMBER
from disf_desktop.gui.tabs.connection_recipe import RecipeDialog
from disf_desktop.gui.theme import monospace
from disf_desktop.gui.words.translation import translate


class AddConnection(Dialog):
    """Adds a connection as one step; `added` is called with its id. A key that is given is tried at once."""

    def __init__(self, parent: QWidget, desk: Desk, added: Callable[[str], None]) -> None:
        super().__init__(parent, self._add)
        self._desk, self._added = desk, added
        self._service = Side.SALESFORCE
        self.service = Segments()
        self.service.picked.connect(self._serve)
        self.name, self.client_id, self.id_key, self.key = Entry(), Entry(), Entry(), QLineEdit()
        self.name.setMaxLength(120)
        self.client_id.setMaxLength(500)
        self.client_id.setFont(monospace())
        self.id_key.setValidator(QRegularExpressionValidator(KEY_NUMBER, self))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.name_room, self.client_room = Labelled(self.name), Labelled(self.client_id)
        self.id_key_room, self.key_room = Labelled(self.id_key), Labelled(self.key)
        self.sign_in_at, self.platform = AddressInput(SIGN_IN_AT), AddressInput(PLATFORM)
        self.sign_in_at.show_url(PRODUCTION)
        self.platform.show_url(PLATFORMS["Canada"])
        self.recipe_button = button("quiet", lambda: RecipeDialog(self).open())
        client = column(self.client_room, row(self.recipe_button, None), spacing=4)
        keys = row(self.id_key_room, self.key_room, spacing=14)
        keys.setStretch(1, 1)
        self._salesforce, self._dialog_insight = QWidget(), QWidget()
        self._salesforce.setLayout(column(self.sign_in_at, client, spacing=14))
        self._dialog_insight.setLayout(column(self.platform, keys, spacing=14))
        self.put(self.service, self.name_room, self._salesforce, self._dialog_insight)
        self.setMinimumWidth(600)
        self._named = False
        self.name.textEdited.connect(self._name_typed)
        self._render()
        self.name.setFocus()
        self.name.selectAll()

    def _name_typed(self) -> None:
        self._named = True

    def _serve(self, service: Side) -> None:
        self._service = service
        self.complain(None)
        self._render()

    def _render(self) -> None:
        salesforce = self._service is Side.SALESFORCE
        self.service.show_choices(
            ((Side.SALESFORCE, "Salesforce"), (Side.DIALOG_INSIGHT, "Dialog Insight")), self._service
        )
        self.say(
            self.tr("Add a connection"),
            self.tr("You sign in to Salesforce in your browser; no password is given to this program.")
            if salesforce
            else self.tr("Dialog Insight lets a program in by a key (Users, Web Services, Create a key)."),
            self.tr("Add connection"),
        )
        if not self._named:
            taken = [c.name for c in self._desk.project.connections]
            self.name.show_text(fresh_name("Salesforce" if salesforce else "Dialog Insight", taken))
        self.name_room.show_text(self.tr("Name"), self.tr("As you call it, for example the org or the brand."))
        self.client_room.show_text(
            self.tr("Client ID"), self.tr("The consumer key of the External Client App; it may follow later.")
        )
        self.recipe_button.setText(self.tr("How to create one"))
        self.id_key_room.show_text(self.tr("Key number"))
        self.key_room.show_text(self.tr("Key"), self.tr("It goes into the trusted store, never into the project file."))
        self._salesforce.setVisible(salesforce)
        self._dialog_insight.setVisible(not salesforce)
        self.adjustSize()

    def _add(self) -> bool:
        project = self._desk.project
        name = self.name.text().strip()
        address = self.sign_in_at if self._service is Side.SALESFORCE else self.platform
        if not name:
            self.refuse(self.tr("The connection has no name yet."))
            self.name.setFocus()
            return False
        if not address.url:
            self.refuse(self.tr("The address is not right yet."))
            address.line.setFocus()
            return False
        id = fresh_id(name, [c.id for c in project.connections])
        connection: AnyConnection
        if self._service is Side.SALESFORCE:
            client_id = "".join(self.client_id.text().split())
            connection = SalesforceConnection(id=id, name=name, login_url=address.url, client_id=client_id)
        elif self.id_key.text():
            connection = DialogInsightConnection(id=id, name=name, root_url=address.url, id_key=int(self.id_key.text()))
        else:
            self.refuse(self.tr("The key number is missing."), self.tr("Dialog Insight shows it beside the key."))
            self.id_key.setFocus()
            return False
        key = self.key.text().strip() if self._service is Side.DIALOG_INSIGHT else ""
        self.key.clear()
        # Not self.tr: the step is named again in another language when this dialog is long gone.
        self._desk.add_connection(
            lambda: translate("AddConnection", "Add the connection {0}").format(name), connection, key
        )
        self._added(id)
        return True
