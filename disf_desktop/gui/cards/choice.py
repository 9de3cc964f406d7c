"""A card that is one of a few choices: a radio button to the keyboard and to screen readers, with room for words."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from disf_desktop.gui.parts import column, label, row
from disf_desktop.gui.theme import tokens


class ChoiceCard(QRadioButton):
    """A title with a sentence. `taken` comes when the person takes it, by mouse, space or an arrow key; what is shown
    as taken follows the facts."""

    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title, self._text = label("strong", wrap=True), label("small", wrap=True)
        for part in (self._title, self._text):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = row(column(self._title, self._text, None, spacing=4))
        inside.setContentsMargins(40, 13, 14, 12)
        self.setLayout(inside)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(lambda: self.taken.emit())

    def show_choice(self, title: str, text: str, taken: bool) -> None:
        """Say what the choice is, and whether it is taken."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setChecked(taken)

    def hitButton(self, where: QPoint) -> bool:
        return self.rect().contains(where)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.minimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        taken = self.isChecked()
        width = 2.0 if taken or self.hasFocus() else 1.0
        edge = t.link if self.hasFocus() else t.accent if taken else t.border
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(t.selection if taken or self.underMouse() else t.surface))
        inside = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.drawRoundedRect(inside, 8, 8)
        ring = QRectF(14, 14, 16, 16)
        painter.setPen(QPen(QColor(t.link if taken else t.ink3), 1.6))
        painter.setBrush(QColor(t.surface))
        painter.drawEllipse(ring)
        if taken:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.link))
            painter.drawEllipse(ring.adjusted(4, 4, -4, -4))
        if self.hasFocus() and taken:
            painter.setPen(QPen(QColor(t.link), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inside.adjusted(4, 4, -4, -4), 6, 6)
        painter.end()
