"""The settings of a Dialog Insight connection, each changed where it stands."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator

from disf_desktop.core.project import DialogInsightConnection
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.inputs import Entry, Labelled
from disf_desktop.gui.tabs.connection_addresses import PLATFORM
from disf_desktop.gui.tabs.connection_card import ConnectionCard

KEY_NUMBER = QRegularExpression("[1-9][0-9]{0,17}")


class DialogInsightCard(ConnectionCard[DialogInsightConnection]):
    """Name, platform, key number. The key itself is given in `KeyEntry`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PLATFORM)
        self.id_key = Entry()
        self.id_key.setValidator(QRegularExpressionValidator(KEY_NUMBER, self))
        self.id_key_room = Labelled(self.id_key)
        self.name.entered.connect(self._rename)
        self.id_key.entered.connect(self._renumber)
        self.address.entered.connect(self._move)
        self.grid.addWidget(self.id_key_room, 2, 0)

    def show_connection(self, connection: DialogInsightConnection, kept_in: str) -> None:
        """Show the settings of a connection, and where its key is kept."""
        self._show(connection, connection.root_url)
        self.name_room.show_text(self.tr("Name"))
        self.id_key.show_text(str(connection.id_key))
        self.id_key_room.show_text(self.tr("Key number"))
        self.kept.show_place(self.tr("The key is kept in"), kept_in)

    def _rename(self, text: str) -> None:
        if text:
            self._change(lambda name: self.tr("Rename {0} to {1}").format(name, text), name=text)
        else:
            self.name.show_text(self._connection.name)

    def _renumber(self, text: str) -> None:
        self._change(lambda name: self.tr("Change the key number of {0}").format(name), id_key=int(text))

    def _move(self, url: str) -> None:
        self._change(lambda name: self.tr("Change the platform of {0}").format(name), root_url=url)
