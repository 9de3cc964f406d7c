"""A line that searches while one types: it asks after a short pause, at once with Enter, and Escape empties it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

PAUSE_MS: Final = 250


class SearchLine(QLineEdit):
    """`searched` gives the text that the person looks for, once for each that differs from the one before."""

    searched = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._told = ""
        self.setClearButtonEnabled(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._tell)
        self.textEdited.connect(lambda _: self._timer.start())
        self.textChanged.connect(lambda text: self._timer.start() if not text and self._told else None)
        self.returnPressed.connect(self._tell)

    def show_hint(self, text: str) -> None:
        """Say what is searched."""
        self.setPlaceholderText(text)
        self.setAccessibleName(text)

    def forget(self) -> None:
        """Show that nothing is looked for, without asking."""
        self._told = ""
        self._timer.stop()
        self.clear()

    def _tell(self) -> None:
        self._timer.stop()
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.searched.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
            return
        super().keyPressEvent(event)
