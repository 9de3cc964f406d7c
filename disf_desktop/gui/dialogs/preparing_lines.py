"""A list of lines that is as tall as its texts need at its width, up to a height from which on it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from disf_desktop.gui.parts import column, scrolled
from disf_desktop.gui.theme import px

USUAL_WIDTH = 540
"""Of the lines in a dialog, before it is shown."""


class Lines(QWidget):
    """The lines, one below the other."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._lines: QVBoxLayout = column(spacing=spacing)
        self._lines.setContentsMargins(14, 12, 14, 12)
        self._page = QWidget()
        self._page.setLayout(self._lines)
        self._area: QScrollArea = scrolled(self._page)
        self.setLayout(column(self._area))
        self._tallest = 0
        self._page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again once lines that came while the list was on screen are shown: before, they take no room."""
        if event.type() is QEvent.Type.LayoutRequest and self._tallest:
            self.fit(self._tallest)
        return super().eventFilter(watched, event)

    def clear(self) -> None:
        """Take all lines away."""
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def add(self, line: QWidget) -> None:
        """Put a line below the others."""
        self._lines.addWidget(line)

    def fit(self, tallest: int) -> None:
        """Take the height that the texts need now, at most so many pixels."""
        self._tallest = tallest
        needed = self._lines.totalSizeHint().height()
        if self._lines.hasHeightForWidth():  # some text is wrapped
            needed = self._lines.totalHeightForWidth(max(self._area.viewport().width(), px(USUAL_WIDTH)))
        # Qt would keep room for texts wrapped at the narrowest width, and scroll over it.
        self._page.setMinimumHeight(max(1, needed))
        self._area.setFixedHeight(min(px(tallest), max(needed, px(40)) + 2))
