"""One side of the canvas: the search line and the list of fields."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from disf_desktop.core.schema import Field, Side
from disf_desktop.gui import icons
from disf_desktop.gui.field_words import field_note
from disf_desktop.gui.models.fields import FIELD, PAIRED, TYPE_TEXT, FieldFilter, FieldModel
from disf_desktop.gui.theme import tokens

AnyIndex = QModelIndex | QPersistentModelIndex
ROW = 38


class FieldList(QTreeView):
    """The fields of one side. `field_chosen` gives the name of the field under the hand."""

    field_chosen = Signal(str)

    def __init__(self, side: Side) -> None:
        super().__init__()
        self.fields = FieldModel(side, self)
        self.filtered = FieldFilter(self)
        self.filtered.setSourceModel(self.fields)
        self.setModel(self.filtered)
        self.setItemDelegate(_FieldDelegate(side, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(self._moved)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.field_chosen.emit(current.data(FIELD).name)

    def rows_by_name(self) -> dict[str, int]:
        """Give the row of each field that is shown now, by its folded name."""
        return {self.filtered.index(n, 0).data(FIELD).name.casefold(): n for n in range(self.filtered.rowCount())}

    def choose(self, name: str) -> None:
        """Put the hand on a field, where it is shown."""
        found = self.rows_by_name().get(name.casefold())
        if found is None:
            self.selectionModel().clear()
        elif self.currentIndex().row() != found:
            self.setCurrentIndex(self.filtered.index(found, 0))


class SearchLine(QLineEdit):
    """Searches in a list of fields; the arrow down goes into it."""

    def __init__(self, fields: FieldList) -> None:
        super().__init__()
        self._fields = fields
        self.setClearButtonEnabled(True)
        self.textChanged.connect(fields.filtered.search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._fields.filtered.rowCount():
            self._fields.setFocus()
            if not self._fields.currentIndex().isValid():
                self._fields.setCurrentIndex(self._fields.filtered.index(0, 0))
            return
        super().keyPressEvent(event)


class _FieldDelegate(QStyledItemDelegate):
    """Paints a field: the drawing of its kind, its label, and its type at the right."""

    def __init__(self, side: Side, parent: FieldList) -> None:
        super().__init__(parent)
        self._side = side

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        self.initStyleOption(option, index)
        t = tokens()
        field: Field = index.data(FIELD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(t.selection))
            if isinstance(option.widget, FieldList) and option.widget.hasFocus():
                painter.fillRect(option.rect.adjusted(0, 0, 3 - option.rect.width(), 0), QColor(t.link))
        painter.setPen(QPen(QColor(t.line_soft), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        middle = option.rect.center().y()
        colour = t.sf_text if self._side is Side.SALESFORCE else t.di_text
        drawing = "key" if field.key else icons.FIELD_ICONS[field.type]
        icons.draw(painter, drawing, QRectF(option.rect.left() + 12, middle - 7, 15, 15), colour)
        note = "" if field.key and self._side is Side.SALESFORCE else field_note(field)  # every Id is one
        kind = " · ".join(part for part in (index.data(TYPE_TEXT), note) if part)
        small = QFont(option.font)
        small.setPixelSize(12)
        inside = option.rect.adjusted(38, 0, -14, 0)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.Medium)
        # The name comes first: its type gives way to it, down to two fifths of the room.
        left_over = inside.width() - QFontMetrics(font).horizontalAdvance(option.text) - 16
        wanted = QFontMetrics(small).horizontalAdvance(kind) + 4
        kind_width = min(wanted, max(left_over, inside.width() * 2 // 5))
        painter.setFont(font)
        painter.setPen(QColor(t.ink if index.data(PAIRED) else t.ink2))
        room = inside.adjusted(0, 0, -kind_width - 12, 0)
        text = QFontMetrics(font).elidedText(option.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(small)
        painter.setPen(QColor(t.ink2))
        shown = QFontMetrics(small).elidedText(kind, Qt.TextElideMode.ElideRight, kind_width)
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
