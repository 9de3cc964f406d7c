"""How a field is painted in its list: the drawing of its kind, its label, its type at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from disf_desktop.core.schema import Side
from disf_desktop.gui import icons
from disf_desktop.gui.models.fields import SHOWN, Shown
from disf_desktop.gui.theme import Tokens, px, tokens
from disf_desktop.gui.words.translation import translate

AnyIndex = QModelIndex | QPersistentModelIndex

ROW = 38
OPENER = 30
"""How far from the left edge of a lookup a click opens its record."""

INDENT = 18
SHORT = 190
"""Below this width a type that would be cut is left out; the tip and the screen reader still say it."""


class FieldDelegate(QStyledItemDelegate):
    """Paints a field. `target` is the row that a drag is over, and whether it may be dropped there."""

    def __init__(self, side: Side, parent: QAbstractItemView, *, of_file: bool = False) -> None:
        super().__init__(parent)
        self._side, self._of_file = side, of_file
        self.target: tuple[int, bool] | None = None
        self._fonts: tuple[QFont, QFont, QFontMetrics, QFontMetrics] | None = None
        self._given: QFont | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(200, ROW)

    def _of(self, given: QFont) -> tuple[QFont, QFont, QFontMetrics, QFontMetrics]:
        """Give the fonts of the label and of the type with their measures; made once for a font of the list."""
        if self._fonts is None or given != self._given:
            label, small = QFont(given), QFont(given)
            label.setWeight(QFont.Weight.Medium)
            small.setPixelSize(px(12))
            self._given, self._fonts = QFont(given), (label, small, QFontMetrics(label), QFontMetrics(small))
        return self._fonts

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        t, shown = tokens(), index.data(SHOWN)
        box = option.rect
        painter.save()
        self._ground(painter, option, index.row(), t)
        painter.setPen(QPen(QColor(t.line_soft), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        indent = INDENT if shown.row.related else 0
        middle = box.center().y()
        colour = t.ink2 if self._of_file else t.sf_text if self._side is Side.SALESFORCE else t.di_text
        if shown.refusing or shown.row.gone:
            colour = t.ink3
        if shown.row.opened is not None:
            self._opener(painter, QRectF(box.left() + 1, middle - 5, 10, 10), shown.row.opened, t)
        field = shown.row.field
        drawing = "key" if field.key else icons.FIELD_ICONS[field.type]
        icons.draw(painter, drawing, QRectF(box.left() + 14 + indent, middle - 7, 15, 15), colour)
        self._texts(painter, option, shown, box.adjusted(38 + indent, 0, -14, 0), t)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, row: int, t: Tokens) -> None:
        box, view = option.rect, option.widget
        if self.target is not None and self.target[0] == row:
            painter.fillRect(box, QColor(t.ok_soft if self.target[1] else t.err_soft))
            painter.setPen(QPen(QColor(t.ok if self.target[1] else t.err), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        elif option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(t.selection))
            if isinstance(view, QAbstractItemView) and view.hasFocus():
                painter.fillRect(box.adjusted(0, 0, 3 - box.width(), 0), QColor(t.link))

    @staticmethod
    def _opener(painter: QPainter, box: QRectF, opened: bool, t: Tokens) -> None:
        painter.save()
        if not opened:
            painter.translate(box.center())
            painter.rotate(-90)
            painter.translate(-box.center())
        icons.draw(painter, "choice", box, t.ink2)
        painter.restore()

    def _texts(self, painter: QPainter, option: QStyleOptionViewItem, shown: Shown, inside: QRect, t: Tokens) -> None:
        label, small, of_label, of_small = self._of(option.font)
        kind = translate("Types", "not shown by the service") if shown.row.gone else shown.kind
        notes = [translate("Types", "required")] if shown.required and not shown.row.field.required else []
        if shown.suggested:
            notes.append(translate("Types", "suggested"))
        # The name comes first: its type gives way to it, down to two fifths of the room, and goes where room is short.
        left_over = inside.width() - of_label.horizontalAdvance(shown.title) - 16
        is_short = inside.width() < SHORT and left_over < of_small.horizontalAdvance(kind)
        kind = " · ".join((*notes,) if is_short else (kind, *notes))
        wanted = of_small.horizontalAdvance(kind) + 4
        kind_width = min(wanted, max(left_over, inside.width() * 2 // 5)) if kind else 0
        painter.setFont(label)
        ink = t.ink3 if shown.refusing else t.ink if shown.paired else t.ink2
        painter.setPen(QColor(t.err if shown.row.gone else ink))
        room = inside.adjusted(0, 0, -kind_width - 12, 0)
        text = of_label.elidedText(shown.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(small)
        painter.setPen(QColor(t.err if shown.troubled else t.warn if shown.required else t.ink2))
        text = of_small.elidedText(kind, Qt.TextElideMode.ElideRight, kind_width)
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
