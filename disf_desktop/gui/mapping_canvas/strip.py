"""The painted strip between the two lists: a line for a pair, a dotted one for a suggestion, a dot for a field.

Measured with 800 and 300 fields and 212 pairs: the position of a row is computed from its number (5 ms a frame), never
asked of the view for each line (15 ms); only lines with a visible end are drawn. The strip takes no focus: the lists
say everything to a screen reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from disf_desktop.core.project import Direction
from disf_desktop.core.schema import Side
from disf_desktop.gui.mapping_canvas.field_list import ROW, FieldList
from disf_desktop.gui.models.pairs import Level
from disf_desktop.gui.theme import px, tokens

EDGE = 7.0
"""How far the dots stand from the edges."""

NEAR = 7
"""How near to a line, in pixels, a click means it."""

FAINT = 70
"""The opacity, of 255, of a line with an end out of sight."""


@dataclass(frozen=True, slots=True)
class Line:
    """A pair as the strip draws it: in the colour of the side that its values come from, with a head at each end that
    they go to. `suggested` is one that is only proposed, `gone` one whose field the service does not show."""

    source: str
    target: str
    way: Direction
    level: Level
    key: bool = False
    transformed: bool = False
    suggested: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A line where it is now: its number, and the heights of both ends. One out of sight is drawn to just beyond the
    edge, which costs a tenth of a line to where it really ends; such a line is `faint`."""

    number: int
    line: Line
    start: float
    end: float
    faint: bool


class Strip(QWidget):
    """Draws the lines. A click on one chooses it by its number, a double click wants its direction turned.

    `words` gives what the tip of a line says.
    """

    line_chosen = Signal(int)
    turn_wanted = Signal(int)

    def __init__(self, left: FieldList, right: FieldList) -> None:
        super().__init__()
        self._left, self._right = left, right
        self._lines: tuple[Line, ...] = ()
        self._chosen: int | None = None
        self.hovered: int | None = None
        self.words: Callable[[int], str] = lambda _number: ""
        self._placed: tuple[tuple[int, Line, int, int], ...] | None = None
        self._dots_filled: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
        self.setFixedWidth(160)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
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
        fresh = tuple(lines)
        if fresh == self._lines and chosen == self._chosen:
            return
        self._lines, self._chosen, self.hovered = fresh, chosen, None
        self._dots_filled = (
            frozenset(n.source.casefold() for n in fresh if not n.suggested),
            frozenset(n.target.casefold() for n in fresh if not n.suggested),
        )
        self._forget_rows()

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    def sizeHint(self) -> QSize:
        return QSize(160, 200)

    def _forget_rows(self) -> None:
        self._placed = None
        self.update()

    # places

    def _known(self) -> tuple[tuple[int, Line, int, int], ...]:
        """Give each line with the rows of its ends, where both are listed; the chosen one last, so it lies on top."""
        if self._placed is None:
            left, right = self._left.rows_by_name(), self._right.rows_by_name()
            rows = (
                (n, line, left.get(line.source.casefold()), right.get(line.target.casefold()))
                for n, line in enumerate(self._lines)
            )
            found = [(n, line, a, b) for n, line, a, b in rows if a is not None and b is not None]
            found.sort(key=lambda each: (each[0] == self._chosen, not each[1].suggested))
            self._placed = tuple(found)
        return self._placed

    def _top(self, view: FieldList) -> float:
        """Give the height of the middle of a list's first row."""
        origin = QPoint(0, 0)
        inside = view.viewport().mapTo(view.window(), origin).y() - self.mapTo(self.window(), origin).y()
        return inside - view.verticalScrollBar().value() + ROW / 2

    def _seen(self) -> Iterator[_Place]:
        """Give the lines with at least one end in sight."""
        left, right, least, most = self._top(self._left), self._top(self._right), -ROW, self.height() + ROW
        for number, line, from_row, to_row in self._known():
            start, end = left + from_row * ROW, right + to_row * ROW
            if least < start < most or least < end < most:
                faint = not (least < start < most and least < end < most)
                start, end = min(max(start, least), most), min(max(end, least), most)
                yield _Place(number, line, start, end, faint)

    def height_of(self, number: int) -> float:
        """Give the height of the middle of a line; for who points at it."""
        place = next(each for each in self._seen() if each.number == number)
        return (place.start + place.end) / 2

    def _path(self, place: _Place) -> QPainterPath:
        width = self.width()
        path = QPainterPath(QPointF(EDGE, place.start))
        if place.start == place.end:
            path.lineTo(QPointF(width - EDGE, place.end))
        else:
            one, other = QPointF(width * 0.45, place.start), QPointF(width * 0.55, place.end)
            path.cubicTo(one, other, QPointF(width - EDGE, place.end))
        return path

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(t.side))
        for place in self._seen():
            self._line(painter, place)
        self._dots(painter)
        painter.end()

    def _line(self, painter: QPainter, place: _Place) -> None:
        line = place.line
        there, back = _colours(line.level, line.suggested, place.faint, *self._inks())
        strong = place.number == self.hovered
        # A thin line of one opaque colour is painted ten times as fast as one that lets the ground through.
        width = 3.0 if strong else 2.6 if place.number == self._chosen else 1.0 if place.faint else 1.6
        pen = QPen(self._brush(line.way, there, back), width)
        if line.suggested:
            pen.setStyle(Qt.PenStyle.DotLine)
        elif line.gone:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = self._path(place)
        painter.drawPath(path)
        if line.suggested:
            return
        if line.way.reaches_dialog_insight or self._left.of_file:
            self._head(painter, QPointF(self.width() - EDGE - 4, place.end), -1, there)
        if line.way.reaches_salesforce and not self._left.of_file:
            self._head(painter, QPointF(EDGE + 4, place.start), 1, back)
        sign = self._sign(line)
        if sign and not place.faint:
            colour = back if line.way is Direction.TO_SALESFORCE and not self._left.of_file else there
            self._badge(painter, QPointF(self.width() / 2, (place.start + place.end) / 2), sign, colour, line)

    def _brush(self, way: Direction, there: QColor, back: QColor) -> QBrush:
        if way is not Direction.BOTH:
            return QBrush(there if way is Direction.TO_DIALOG_INSIGHT else back)
        shade = QLinearGradient(0, 0, self.width(), 0)
        shade.setColorAt(0.3, back)
        shade.setColorAt(0.7, there)
        return QBrush(shade)

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
        font.setPixelSize(px(11))
        font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(sign == "ƒ")
        width = max(20, QFontMetrics(font).horizontalAdvance(sign) + 14)
        box = QRectF(centre.x() - width / 2, centre.y() - 10, width, 20)
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(QColor(t.surface))
        painter.drawRoundedRect(box, 10, 10)
        painter.setFont(font)
        to_salesforce = line.way is Direction.TO_SALESFORCE
        ink = t.ink2 if self._left.of_file else t.di_text if to_salesforce else t.sf_text
        painter.setPen(QColor(ink) if line.level is Level.YES else colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)

    def _dots(self, painter: QPainter) -> None:
        t = tokens()
        sides = ((self._left, EDGE), (self._right, self.width() - EDGE))
        for (view, x), filled in zip(sides, self._dots_filled, strict=True):
            colour = t.ink3 if view.of_file else t.sf if view.side is Side.SALESFORCE else t.di
            painter.setPen(QPen(QColor(colour), 2))
            top = self._top(view)
            first = max(0, int(-top // ROW))
            last = min(view.filtered.rowCount(), int((self.height() - top) // ROW) + 2)
            for number, name in enumerate(islice(view.rows_by_name(), first, last), first):
                painter.setBrush(QColor(colour if name in filled else t.surface))
                painter.drawEllipse(QPointF(x, top + number * ROW), 4, 4)

    def _inks(self) -> tuple[str, str, str, str, str, str]:
        """Give the colours of now; what comes from a file has that of no service."""
        t = tokens()
        there, back = (t.ink3, t.ink3) if self._left.of_file else (t.sf, t.di)
        return (there, back, t.warn, t.err, t.ink3, t.side)

    # the mouse

    def _under(self, at: QPointF) -> int | None:
        """Give the number of the line that lies under a point; the one drawn last lies on top."""
        box = QRectF(at.x() - NEAR, at.y() - NEAR, 2 * NEAR, 2 * NEAR)
        near = (p for p in self._seen() if min(p.start, p.end) - NEAR <= at.y() <= max(p.start, p.end) + NEAR)
        return next((p.number for p in reversed(list(near)) if self._touches(self._path(p), box)), None)

    @staticmethod
    def _touches(path: QPainterPath, box: QRectF) -> bool:
        return any(box.contains(path.pointAtPercent(step / 60)) for step in range(61))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._under(event.position())
        if number is not None:
            self.line_chosen.emit(number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        number = self._under(event.position())
        if number is not None:
            self.turn_wanted.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._under(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def _hover(self, number: int | None) -> None:
        if number != self.hovered:
            self.hovered = number
            shape = Qt.CursorShape.ArrowCursor if number is None else Qt.CursorShape.PointingHandCursor
            self.setCursor(shape)
            self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self._under(QPointF(event.pos()))
            if number is None:
                QToolTip.hideText()
                event.ignore()
            else:
                QToolTip.showText(event.globalPos(), self.words(number), self)
            return True
        return super().event(event)


@lru_cache(maxsize=64)
def _colours(
    level: Level, suggested: bool, faint: bool, sf: str, di: str, warn: str, err: str, unread: str, ground: str
) -> tuple[QColor, QColor]:
    """Give the colours of a line on the way there and back: an arrow has that of the side that it comes from."""
    there, back = QColor(sf), QColor(di)
    if suggested:
        there = back = QColor(unread)
    elif level is not Level.YES:
        there = back = QColor({Level.LOSS: warn, Level.NO: err}.get(level, unread))
    if faint:
        there, back = _over(there, ground), _over(back, ground)
    return there, back


def _over(colour: QColor, ground: str) -> QColor:
    """Give what a faint colour looks like on its ground."""
    under, share = QColor(ground), FAINT / 255
    mixed = (round(a * share + b * (1 - share)) for a, b in zip(colour.getRgb()[:3], under.getRgb()[:3], strict=True))  # type: ignore[index]
    return QColor(*mixed)
