"""The row of tabs, each with its mark at the right of its name."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar

from disf_desktop.gui import icons
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.theme import px, tokens

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
        self._counts: dict[int, str] = {}

    def show_tab(self, number: int, name: str, mark: Mark, said: str, tip: str, count: int = 0) -> None:
        """Fill one tab; a count of what waits takes the place of its mark."""
        shown = QLocale().toString(count) if count else ""
        changed = (self.tabText(number), self._counts.get(number, "")) != (name, shown)
        self._counts[number] = shown
        if changed:
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
        return QSize(width + GAP + self._mark_width(index) + 2 * PADDING, px(HEIGHT))

    def _mark_width(self, index: int) -> int:
        count = self._counts.get(index, "")
        return QFontMetrics(self._count_font()).horizontalAdvance(count) + 14 if count else MARK

    def _count_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(px(11))
        font.setWeight(QFont.Weight.DemiBold)
        return font

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
            if count := self._counts.get(number, ""):
                self._paint_count(painter, inside, number, count)
            else:
                icons.draw(painter, mark.value, QRectF(self._mark_box(inside)), icons.mark_colour(mark, t))
            if current:
                painter.fillRect(QRect(box.left(), box.bottom() - 1, box.width(), 2), QColor(t.accent))
                if self.hasFocus():
                    painter.setPen(QPen(QColor(t.link), 2))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(QRectF(box).adjusted(2, 5, -2, -6), 5, 5)
        painter.end()

    def _paint_count(self, painter: QPainter, inside: QRect, number: int, count: str) -> None:
        t, height = tokens(), px(18)
        width = max(self._mark_width(number), height)
        box = QRectF(inside.right() - width + 1, inside.center().y() - height / 2 + 1, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.warn_soft))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(self._count_font())
        painter.setPen(QColor(t.warn))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, count)

    @staticmethod
    def _mark_box(inside: QRect) -> QRect:
        return QRect(inside.right() - MARK + 1, inside.center().y() - MARK // 2 + 1, MARK, MARK)
