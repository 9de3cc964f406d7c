"""The row of tabs, each with its mark at the right of its name."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar

from disf_desktop.gui import icons
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.theme import tokens

PADDING = 14
MARK = 16
GAP = 8
HEIGHT = 40


class MarkedTabs(QTabBar):
    """Tabs whose data is their mark; a shape and a spoken word say what the colour says."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setMouseTracking(True)

    def show_tab(self, number: int, name: str, mark: Mark, said: str, tip: str) -> None:
        """Fill one tab."""
        if self.tabText(number) != name:
            self.setTabText(number, name)
        self.setTabData(number, mark.value)
        self.setAccessibleTabName(number, f"{name}, {said}")
        self.setTabToolTip(number, tip)
        self.update()

    def _label_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Medium)
        return font

    def tabSizeHint(self, index: int) -> QSize:
        width = QFontMetrics(self._label_font()).horizontalAdvance(self.tabText(index))
        return QSize(width + GAP + MARK + 2 * PADDING, HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pointer = self.mapFromGlobal(self.cursor().pos())
        for number in range(self.count()):
            box = self.tabRect(number)
            current = number == self.currentIndex()
            inside = box.adjusted(PADDING, 0, -PADDING, 0)
            painter.setFont(self._label_font())
            painter.setPen(QColor(t.ink if current or box.contains(pointer) else t.ink2))
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.tabText(number))
            mark = Mark(self.tabData(number) or Mark.NOT_STARTED)
            icons.draw(painter, mark.value, QRectF(self._mark_box(inside)), icons.mark_colour(mark, t))
            if current:
                painter.fillRect(QRect(box.left(), box.bottom() - 1, box.width(), 2), QColor(t.accent))
                if self.hasFocus():
                    painter.setPen(QPen(QColor(t.link), 2))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(QRectF(box).adjusted(2, 5, -2, -6), 5, 5)
        painter.end()

    @staticmethod
    def _mark_box(inside: QRect) -> QRect:
        return QRect(inside.right() - MARK + 1, inside.center().y() - MARK // 2 + 1, MARK, MARK)
