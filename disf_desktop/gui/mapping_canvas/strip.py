"""The painted strip between the two lists: a line for each pair, a dot for each field.

Measured with 800 and 300 fields and 212 pairs: the position of a row is computed from its number (5 ms a frame),
never asked of the view for
each line (15 ms); only lines with a visible end are drawn. The strip takes no focus: the lists say everything to a
screen reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from disf_desktop.core.project import Direction
from disf_desktop.gui.mapping_canvas.field_list import ROW, FieldList
from disf_desktop.gui.models.pairs import Level
from disf_desktop.gui.theme import tokens

EDGE = 7.0
"""How far the dots stand from the edges."""

NEAR = 7
"""How near to a line, in pixels, a click means it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A pair as the strip draws it: in the colour of the side that its values come from, with a head at each end that
    they go to."""

    source: str
    target: str
    way: Direction
    level: Level
    key: bool = False
    transformed: bool = False


class Strip(QWidget):
    """Draws the lines; a click on one chooses it by its number."""

    line_chosen = Signal(int)

    def __init__(self, left: FieldList, right: FieldList) -> None:
        super().__init__()
        self._left, self._right = left, right
        self._lines: tuple[Line, ...] = ()
        self._chosen: int | None = None
        self._rows: tuple[dict[str, int], dict[str, int]] | None = None
        self.setFixedWidth(160)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for view in (left, right):
            view.verticalScrollBar().valueChanged.connect(lambda *_: self.update())
            for changed in (
                view.filtered.rowsInserted,
                view.filtered.rowsRemoved,
                view.filtered.layoutChanged,
                view.filtered.modelReset,
            ):
                changed.connect(lambda *_: self._forget_rows())

    def show_lines(self, lines: Sequence[Line], chosen: int | None) -> None:
        """Replace the lines, and draw one of them stronger."""
        self._lines, self._chosen = tuple(lines), chosen
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 200)

    def _forget_rows(self) -> None:
        self._rows = None
        self.update()

    def _positions(self) -> tuple[dict[str, int], dict[str, int]]:
        if self._rows is None:
            self._rows = (self._left.rows_by_name(), self._right.rows_by_name())
        return self._rows

    def _y(self, view: FieldList, number: int) -> float:
        top = view.viewport().mapTo(view.window(), view.viewport().rect().topLeft()).y()
        mine = self.mapTo(self.window(), self.rect().topLeft()).y()
        return top - mine + number * ROW - view.verticalScrollBar().value() + ROW / 2

    def _ends(self, line: Line) -> tuple[float, float] | None:
        """Give the heights of both ends, None where either field is filtered away or both ends are out of sight."""
        left, right = self._positions()
        from_row, to_row = left.get(line.source.casefold()), right.get(line.target.casefold())
        if from_row is None or to_row is None:
            return None
        start, end = self._y(self._left, from_row), self._y(self._right, to_row)
        seen = range(-ROW, self.height() + ROW)
        return (start, end) if round(start) in seen or round(end) in seen else None

    def _path(self, ends: tuple[float, float]) -> QPainterPath:
        width = self.width()
        path = QPainterPath(QPointF(EDGE, ends[0]))
        path.cubicTo(QPointF(width * 0.45, ends[0]), QPointF(width * 0.55, ends[1]), QPointF(width - EDGE, ends[1]))
        return path

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(t.side))
        for number, line in enumerate(self._lines):
            ends = self._ends(line)
            if ends is not None:
                self._line(painter, line, ends, number == self._chosen)
        self._dots(painter)
        painter.end()

    def _line(self, painter: QPainter, line: Line, ends: tuple[float, float], chosen: bool) -> None:
        t = tokens()
        there, back = QColor(t.sf), QColor(t.di)  # an arrow has the colour of the side that it comes from
        if line.level is not Level.YES:
            there = back = QColor({Level.LOSS: t.warn, Level.NO: t.err}.get(line.level, t.ink3))
        if not all(0 <= end <= self.height() for end in ends):
            there.setAlpha(70)
            back.setAlpha(70)
        one_way = there if line.way is Direction.TO_DIALOG_INSIGHT else back
        shade = QLinearGradient(0, 0, self.width(), 0)
        shade.setColorAt(0.3, back if line.way is Direction.BOTH else one_way)
        shade.setColorAt(0.7, there if line.way is Direction.BOTH else one_way)
        painter.setPen(QPen(QBrush(shade), 2.6 if chosen else 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = self._path(ends)
        painter.drawPath(path)
        if line.way.reaches_dialog_insight:
            self._head(painter, QPointF(self.width() - EDGE - 4, ends[1]), -1, there)
        if line.way.reaches_salesforce:
            self._head(painter, QPointF(EDGE + 4, ends[0]), 1, back)
        colour = back if line.way is Direction.TO_SALESFORCE else there
        sign = self._sign(line)
        if sign:
            self._badge(painter, path.pointAtPercent(0.5), sign, colour, line)

    @staticmethod
    def _head(painter: QPainter, tip: QPointF, back: int, colour: QColor) -> None:
        """Paint the head of an arrow; `back` says on which side of its tip it lies."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        base = tip.x() + back * 10
        painter.drawPolygon(QPolygonF([tip, QPointF(base, tip.y() - 5), QPointF(base, tip.y() + 5)]))

    def _sign(self, line: Line) -> str:
        if line.key:
            return self.tr("key")
        if line.level in (Level.LOSS, Level.NO):
            return "!"
        return "ƒ" if line.transformed else ""

    def _badge(self, painter: QPainter, centre: QPointF, sign: str, colour: QColor, line: Line) -> None:
        t, font = tokens(), QFont(self.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(sign == "ƒ")
        width = max(20, QFontMetrics(font).horizontalAdvance(sign) + 14)
        box = QRectF(centre.x() - width / 2, centre.y() - 10, width, 20)
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(QColor(t.surface))
        painter.drawRoundedRect(box, 10, 10)
        painter.setFont(font)
        to_salesforce = line.way is Direction.TO_SALESFORCE
        painter.setPen(QColor(t.di_text if to_salesforce else t.sf_text) if line.level is Level.YES else colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)

    def _dots(self, painter: QPainter) -> None:
        t = tokens()
        paired = ({n.source.casefold() for n in self._lines}, {n.target.casefold() for n in self._lines})
        sides = ((self._left, EDGE, t.sf), (self._right, self.width() - EDGE, t.di))
        for (view, x, colour), rows, names in zip(sides, self._positions(), paired, strict=True):
            painter.setPen(QPen(QColor(colour), 2))
            for name, number in rows.items():
                y = self._y(view, number)
                if -ROW < y < self.height() + ROW:
                    painter.setBrush(QColor(colour if name in names else t.surface))
                    painter.drawEllipse(QPointF(x, y), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        box = QRectF(event.position().x() - NEAR, event.position().y() - NEAR, 2 * NEAR, 2 * NEAR)
        for number, line in enumerate(self._lines):
            ends = self._ends(line)
            if ends is not None and self._touches(self._path(ends), box):
                self.line_chosen.emit(number)
                return

    @staticmethod
    def _touches(path: QPainterPath, box: QRectF) -> bool:
        return any(box.contains(path.pointAtPercent(step / 60)) for step in range(61))
