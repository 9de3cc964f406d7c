"""The settings of a Salesforce connection, each changed where it stands."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from disf_desktop.core.project import SalesforceConnection
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.inputs import Entry, Labelled
from disf_desktop.gui.models.connections import changed
from disf_desktop.gui.parts import Fact, button, label, pill, row, say
from disf_desktop.gui.tabs.connection_addresses import SIGN_IN_AT, AddressInput
from disf_desktop.gui.theme import monospace


class KeptIn(QFrame):
    """Where the secrets of a connection are kept."""

    def __init__(self) -> None:
        super().__init__()
        self._fact, self._kind = Fact(), pill()
        line = row(self._fact, self._kind, spacing=10)
        line.setStretch(0, 1)
        self.setLayout(line)

    def show_place(self, caption: str, place: str) -> None:
        """Show the name of the store, and of what kind it is."""
        self._fact.show_text(caption, place or self.tr("no trusted store is open"))
        if not place:
            say(self._kind, self.tr("closed"), "warn")
        elif Path(place).is_absolute():
            say(self._kind, self.tr("secrets file"), "neutral")
        else:
            say(self._kind, self.tr("system keyring"), "ok")


class SalesforceCard(QFrame):
    """Name, where to sign in, client ID. `recipe_wanted`: the person asks how the app is made."""

    recipe_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk = desk
        self._connection: SalesforceConnection | None = None
        self.name, self.client_id = Entry(), Entry()
        self.name.setMaxLength(120)
        self.client_id.setMaxLength(500)
        self.client_id.setFont(monospace())
        self.name_room, self.client_room = Labelled(self.name), Labelled(self.client_id)
        self.address = AddressInput(SIGN_IN_AT)
        self.recipe_button = button("quiet", self.recipe_wanted.emit)
        self.kept = KeptIn()
        self.client_missing = label("warn", wrap=True)
        self.name.entered.connect(self._rename)
        self.address.entered.connect(self._move)
        self.client_id.entered.connect(self._take_client)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.name_room, 0, 0)
        grid.addWidget(self.kept, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.address, 1, 0, 1, 2)
        client = row(self.client_room, self.recipe_button, spacing=8)
        client.setStretch(0, 1)
        client.setAlignment(self.recipe_button, Qt.AlignmentFlag.AlignBottom)
        grid.addLayout(client, 2, 0, 1, 2)
        grid.addWidget(self.client_missing, 3, 0, 1, 2)
        grid.setContentsMargins(16, 14, 16, 14)
        self.setLayout(grid)

    def show_connection(self, connection: SalesforceConnection, kept_in: str) -> None:
        """Show the settings of a connection, and where its tokens are kept."""
        if self._connection is not None and self._connection.id != connection.id:
            self.address.forget()
        self._connection = connection
        self.name.show_text(connection.name)
        self.name_room.show_text(self.tr("Name"))
        self.address.show_url(connection.login_url)
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
        connection = self._connection
        assert connection is not None, "nothing is typed before a connection is shown"
        if not text:
            self.name.show_text(connection.name)
            return
        before = connection.name
        self._desk.change(lambda: self.tr("Rename {0} to {1}").format(before, text), changed(connection, name=text))

    def _move(self, url: str) -> None:
        connection = self._connection
        assert connection is not None, "nothing is picked before a connection is shown"
        name = connection.name
        self._desk.change(lambda: self.tr("Change where {0} signs in").format(name), changed(connection, login_url=url))

    def _take_client(self, text: str) -> None:
        connection = self._connection
        assert connection is not None, "nothing is typed before a connection is shown"
        name, client_id = connection.name, "".join(text.split())
        self._desk.change(
            lambda: self.tr("Change the client ID of {0}").format(name), changed(connection, client_id=client_id)
        )
