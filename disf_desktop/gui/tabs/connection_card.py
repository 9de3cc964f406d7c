"""What the settings of both kinds of connections share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from disf_desktop.core.project import DialogInsightConnection, SalesforceConnection
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.inputs import Entry, Labelled
from disf_desktop.gui.models.connections import changed
from disf_desktop.gui.parts import Fact, pill, row, say
from disf_desktop.gui.tabs.connection_addresses import Addresses, AddressInput

C = TypeVar("C", SalesforceConnection, DialogInsightConnection)


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


class ConnectionCard(QFrame, Generic[C]):
    """Name, address, and where the secrets are; `grid` has room below for what only one kind of connection has."""

    def __init__(self, desk: Desk, addresses: Addresses) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk = desk
        self._shown: C | None = None
        self.name, self.address, self.kept = Entry(), AddressInput(addresses), KeptIn()
        self.name.setMaxLength(120)
        self.name_room = Labelled(self.name)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(14)
        self.grid.setVerticalSpacing(14)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        self.grid.addWidget(self.name_room, 0, 0)
        self.grid.addWidget(self.kept, 0, 1, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(self.address, 1, 0, 1, 2)
        self.grid.setContentsMargins(16, 14, 16, 14)
        self.setLayout(self.grid)

    @property
    def _connection(self) -> C:
        assert self._shown is not None, "nothing is typed before a connection is shown"
        return self._shown

    def _show(self, connection: C, url: str) -> None:
        if self._shown is not None and self._shown.id != connection.id:
            self.address.forget()
        self._shown = connection
        self.name.show_text(connection.name)
        self.address.show_url(url)

    def _change(self, said: Callable[[str], str], **changes: Any) -> None:
        """Change the connection; `said` names the step by the name that the connection has now."""
        name = self._connection.name
        self._desk.change(lambda: said(name), changed(self._connection, **changes))
