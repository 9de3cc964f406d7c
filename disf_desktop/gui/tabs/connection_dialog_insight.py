"""The settings of a Dialog Insight connection, each changed where it stands."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QFrame, QGridLayout

from disf_desktop.core.project import DialogInsightConnection
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.inputs import Entry, Labelled
from disf_desktop.gui.models.connections import changed
from disf_desktop.gui.tabs.connection_addresses import PLATFORM, AddressInput
from disf_desktop.gui.tabs.connection_salesforce import KeptIn

KEY_NUMBER = QRegularExpression("[1-9][0-9]{0,17}")


class DialogInsightCard(QFrame):
    """Name, platform, key number. The key itself is given in `KeyEntry`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk = desk
        self._connection: DialogInsightConnection | None = None
        self.name, self.id_key = Entry(), Entry()
        self.name.setMaxLength(120)
        self.id_key.setValidator(QRegularExpressionValidator(KEY_NUMBER, self))
        self.name_room, self.id_key_room = Labelled(self.name), Labelled(self.id_key)
        self.address = AddressInput(PLATFORM)
        self.kept = KeptIn()
        self.name.entered.connect(self._rename)
        self.id_key.entered.connect(self._renumber)
        self.address.entered.connect(self._move)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.name_room, 0, 0)
        grid.addWidget(self.kept, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.address, 1, 0, 1, 2)
        grid.addWidget(self.id_key_room, 2, 0)
        grid.setContentsMargins(16, 14, 16, 14)
        self.setLayout(grid)

    def show_connection(self, connection: DialogInsightConnection, kept_in: str) -> None:
        """Show the settings of a connection, and where its key is kept."""
        if self._connection is not None and self._connection.id != connection.id:
            self.address.forget()
        self._connection = connection
        self.name.show_text(connection.name)
        self.name_room.show_text(self.tr("Name"))
        self.address.show_url(connection.root_url)
        self.id_key.show_text(str(connection.id_key))
        self.id_key_room.show_text(self.tr("Key number"))
        self.kept.show_place(self.tr("The key is kept in"), kept_in)

    def _rename(self, text: str) -> None:
        connection = self._connection
        assert connection is not None, "nothing is typed before a connection is shown"
        if not text:
            self.name.show_text(connection.name)
            return
        before = connection.name
        self._desk.change(lambda: self.tr("Rename {0} to {1}").format(before, text), changed(connection, name=text))

    def _renumber(self, text: str) -> None:
        connection = self._connection
        assert connection is not None, "nothing is typed before a connection is shown"
        name = connection.name
        self._desk.change(
            lambda: self.tr("Change the key number of {0}").format(name), changed(connection, id_key=int(text))
        )

    def _move(self, url: str) -> None:
        connection = self._connection
        assert connection is not None, "nothing is picked before a connection is shown"
        name = connection.name
        self._desk.change(lambda: self.tr("Change the platform of {0}").format(name), changed(connection, root_url=url))
