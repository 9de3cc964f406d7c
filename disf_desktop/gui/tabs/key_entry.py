"""The place where the key of a Dialog Insight account is given; it goes straight to the vault and is never shown
again."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLineEdit

from disf_desktop.core.project import DialogInsightConnection
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.parts import button, column, label, row


class KeyEntry(QFrame):
    """A line for the key, and a button that tries and keeps it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk = desk
        self._connection = ""
        self._busy = False
        self.caption = label("caption")
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.caption.setBuddy(self.line)
        self.save = button("primary", self._keep)
        self.line.returnPressed.connect(self._keep)
        self.line.textChanged.connect(lambda _text: self._enable())
        self.hint = label("small", wrap=True)
        typed = row(self.line, self.save, spacing=8)
        typed.setStretch(0, 1)
        box = column(self.caption, typed, self.hint, spacing=6)
        box.setContentsMargins(16, 12, 16, 14)
        self.setLayout(box)

    def show_facts(self, connection: DialogInsightConnection | None, authorized: bool, asking: bool) -> None:
        """Show the line for a Dialog Insight connection; nothing for another."""
        self.setVisible(connection is not None)
        if connection is None:
            return
        if connection.id != self._connection:
            self._connection = connection.id
            self.line.clear()
        text = (
            self.tr("Another &key in place of the one that is kept") if authorized else self.tr("&Key of the account")
        )
        self.caption.setText(text)
        self.line.setAccessibleName(text.replace("&", ""))
        self.hint.setText(
            self.tr(
                "It is found in Dialog Insight among the keys of web services. It goes "
                "into the trusted store and is never shown again."
            )
        )
        self.save.setText(self.tr("Keep and test"))
        self._busy = asking
        self._enable()

    def take_hand(self) -> None:
        """Put the hand on the line."""
        self.line.setFocus()

    def _enable(self) -> None:
        self.save.setEnabled(bool(self.line.text().strip()) and not self._busy)

    def _keep(self) -> None:
        key = self.line.text().strip()
        if key and not self._busy:
            self.line.clear()
            self._desk.store_key(self._connection, key)
