"""The settings of a Salesforce connection, each changed where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from disf_desktop.core.project import SalesforceConnection
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.inputs import Entry, Labelled
from disf_desktop.gui.parts import button, label, row, say
from disf_desktop.gui.tabs.connection_addresses import SIGN_IN_AT
from disf_desktop.gui.tabs.connection_card import ConnectionCard
from disf_desktop.gui.theme import monospace


class SalesforceCard(ConnectionCard[SalesforceConnection]):
    """Name, where to sign in, client ID. `recipe_wanted`: the person asks how the app is made."""

    recipe_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, SIGN_IN_AT)
        self.client_id = Entry()
        self.client_id.setMaxLength(500)
        self.client_id.setFont(monospace())
        self.client_room = Labelled(self.client_id)
        self.recipe_button = button("quiet", self.recipe_wanted.emit)
        self.client_missing = label("warn", wrap=True)
        self.name.entered.connect(self._rename)
        self.address.entered.connect(self._move)
        self.client_id.entered.connect(self._take_client)
        client = row(self.client_room, self.recipe_button, spacing=8)
        client.setStretch(0, 1)
        client.setAlignment(self.recipe_button, Qt.AlignmentFlag.AlignBottom)
        self.grid.addLayout(client, 2, 0, 1, 2)
        self.grid.addWidget(self.client_missing, 3, 0, 1, 2)

    def show_connection(self, connection: SalesforceConnection, kept_in: str) -> None:
        """Show the settings of a connection, and where its tokens are kept."""
        self._show(connection, connection.login_url)
        self.name_room.show_text(self.tr("Name"))
        self.client_id.show_text(connection.client_id)
        self.client_room.show_text(self.tr("Client ID (consumer key of the External Client App)"))
        self.recipe_button.setText(self.tr("How to create one"))
        missing = self.tr("Give the client ID of your org's own app; then the connection can be authorized.")
        say(self.client_missing, "" if connection.client_id else missing)
        self.kept.show_place(self.tr("Tokens are kept in"), kept_in)

    def take_hand(self) -> None:
        """Put the hand on the client ID."""
        self.client_id.setFocus()
        self.client_id.selectAll()

    def _rename(self, text: str) -> None:
        if text:
            self._change(lambda name: self.tr("Rename {0} to {1}").format(name, text), name=text)
        else:
            self.name.show_text(self._connection.name)

    def _move(self, url: str) -> None:
        self._change(lambda name: self.tr("Change where {0} signs in").format(name), login_url=url)

    def _take_client(self, text: str) -> None:
        client_id = "".join(text.split())
        self._change(lambda name: self.tr("Change the client ID of {0}").format(name), client_id=client_id)
