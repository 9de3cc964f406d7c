"""Lists and tables over our models, and how their rows are painted. They hold no facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from disf_desktop.gui import icons
from disf_desktop.gui.models.entries import HEADING, KEY, MARK, SUBTITLE, Entry, EntryModel
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.models.tables import ICON, LOOK, Look, TableModel
from disf_desktop.gui.theme import monospace, px, tokens

AnyIndex = QModelIndex | QPersistentModelIndex


class EntryList(QListView):
    """The list at the left of a tab. `chosen` gives the key of the entry under the hand; a choice survives new
    facts."""

    chosen = Signal(str)

    def __init__(self, model: EntryModel) -> None:
        super().__init__()
        self._model = model
        self._key = ""
        self.setModel(model)
        self.setItemDelegate(_EntryDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(self._moved)

    @property
    def key(self) -> str:
        return self._key

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Replace the entries and keep the one under the hand, or take the first."""
        self._model.show(entries)
        found = self._model.row_of(self._key)
        if found is None:
            found = self._model.first()
        if found is None:
            self._key = ""
            return
        self.choose_row(found)

    def choose(self, key: str) -> None:
        """Put the hand on an entry, where it is there."""
        found = self._model.row_of(key)
        if found is not None:
            self.choose_row(found)

    def let_go(self) -> None:
        """Have no entry under the hand."""
        self._key = ""
        self.setCurrentIndex(QModelIndex())

    def choose_row(self, found: int) -> None:
        """Put the hand on a row; only a person's own move emits `chosen`."""
        index = self._model.index(found)
        self._key = index.data(KEY)
        if self.currentIndex() != index:
            self.setCurrentIndex(index)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and current.data(KEY) and current.data(KEY) != self._key:
            self._key = current.data(KEY)
            self.chosen.emit(self._key)


class _EntryDelegate(QStyledItemDelegate):
    """Paints a heading, or a mark with a title and a line below; texts wrap, so nothing is cut."""

    def _title_font(self, option: QStyleOptionViewItem) -> QFont:
        font = QFont(option.font)
        font.setWeight(QFont.Weight.Medium)
        return font

    def _subtitle_font(self, option: QStyleOptionViewItem) -> QFont:
        font = QFont(option.font)
        font.setPixelSize(px(12))
        return font

    def _text_width(self, option: QStyleOptionViewItem) -> int:
        view = option.widget
        return (view.viewport().width() if isinstance(view, QListView) else option.rect.width()) - 34 - 10

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        self.initStyleOption(option, index)
        if index.data(HEADING):
            return QSize(120, 32 if index.row() else 24)
        width = max(60, self._text_width(option))
        flags = Qt.TextFlag.TextWordWrap
        title = (
            QFontMetrics(self._title_font(option)).boundingRect(QRect(0, 0, width, 999), flags, option.text).height()
        )
        subtitle = index.data(SUBTITLE)
        below = (
            QFontMetrics(self._subtitle_font(option)).boundingRect(QRect(0, 0, width, 999), flags, subtitle).height()
        )
        return QSize(120, title + (below + 2 if subtitle else 0) + 17)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        self.initStyleOption(option, index)
        t = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(HEADING):
            font = QFont(option.font)
            font.setPixelSize(px(11))
            font.setWeight(QFont.Weight.DemiBold)
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
            font.setCapitalization(QFont.Capitalization.AllUppercase)
            painter.setFont(font)
            painter.setPen(QColor(t.ink3))
            painter.drawText(option.rect.adjusted(8, 0, -4, -4), Qt.AlignmentFlag.AlignBottom, option.text)
            painter.restore()
            return
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(t.selection))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 6, 6)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(t.line_soft))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.link), 2))
            painter.drawRoundedRect(box, 6, 6)
        if index.data(MARK):
            mark = Mark(index.data(MARK))  # Qt hands a plain text back
            icons.draw(painter, mark.value, QRectF(box.left() + 8, box.top() + 8, 16, 16), icons.mark_colour(mark, t))
        width = self._text_width(option)
        left, top = option.rect.left() + 34, option.rect.top() + 8
        flags = int(Qt.TextFlag.TextWordWrap)
        painter.setFont(self._title_font(option))
        painter.setPen(QColor(t.ink))
        used = painter.boundingRect(QRect(left, top, width, 999), flags, option.text)
        painter.drawText(QRect(left, top, width, 999), flags, option.text)
        painter.setFont(self._subtitle_font(option))
        painter.setPen(QColor(t.ink2))
        painter.drawText(QRect(left, top + used.height() + 1, width, 999), flags, index.data(SUBTITLE))
        painter.restore()


class Grid(QTableView):
    """A table of one of our models: whole rows, sized to its contents once, and to the height of its rows where
    asked."""

    def __init__(self, model: TableModel[Any], stretch: int, fit_rows: bool = False, row_height: int = 38) -> None:
        super().__init__()
        self._fit_rows, self._row_height = fit_rows, row_height
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        header.setResizeContentsPrecision(50)
        for section in range(model.columnCount()):
            fit = QHeaderView.ResizeMode.Stretch if section == stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(section, fit)
        self._stretch = stretch
        for changed in (model.modelReset, model.rowsInserted, model.headerDataChanged, model.dataChanged):
            changed.connect(lambda *_: self.fit())
        self.fit()

    def fit(self) -> None:
        """Give every column the width of its contents; where room is short, those that want least beyond
        their heads get it first."""
        header, room = self.horizontalHeader(), self.viewport().width()
        shown = (n for n in range(self.model().columnCount()) if not self.isColumnHidden(n))
        sections = [n for n in shown if n != self._stretch]
        least = {n: header.sectionSizeHint(n) for n in sections}
        wanted = {n: max(least[n], min(self.sizeHintForColumn(n), max(180, room // 3))) for n in sections}
        kept = max(
            header.sectionSizeHint(self._stretch), min(self.sizeHintForColumn(self._stretch), room // 4), room // 6
        )
        spare = room - kept - sum(least.values())
        by_need = sorted(sections, key=lambda n: wanted[n] - least[n])
        for place, n in enumerate(by_need):
            more = max(0, min(wanted[n] - least[n], spare // (len(by_need) - place)))
            self.setColumnWidth(n, least[n] + more)
            spare -= more
        if self.verticalHeader().defaultSectionSize() != px(self._row_height):
            self.verticalHeader().setDefaultSectionSize(px(self._row_height))
        if self._fit_rows:
            rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
            self.setFixedHeight(rows + header.sizeHint().height() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


_PILLS = {Look.PILL_OK, Look.PILL_WARN, Look.PILL_ERR, Look.PILL_SF, Look.PILL_DI, Look.PILL}


class CellDelegate(QStyledItemDelegate):
    """Paints a cell: plain, strong, code, struck through, a pill, an icon, a second line, or a small chart."""

    def _font(self, look: Look, base: QFont) -> QFont:
        font = monospace() if look in (Look.CODE, Look.GONE, Look.NEW) else QFont(base)
        if look is Look.STRONG:
            font.setWeight(QFont.Weight.DemiBold)
        if look in _PILLS:
            font.setPixelSize(px(11))
            font.setWeight(QFont.Weight.DemiBold)
        font.setStrikeOut(look is Look.GONE)
        return font

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        model = index.model()
        assert isinstance(model, TableModel)
        cell = model.cell(index)
        metrics = QFontMetrics(self._font(cell.look, option.font))
        width = metrics.horizontalAdvance(cell.text) + (18 if cell.look in _PILLS else 0)
        if cell.subtitle:
            width = max(width, option.fontMetrics.horizontalAdvance(cell.subtitle))
        return QSize(width + (24 if cell.icon else 0) + 26, 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        self.initStyleOption(option, index)
        t, look = tokens(), Look(index.data(LOOK))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, QColor(t.selection))
        painter.setPen(QPen(QColor(t.line_soft), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if selected and index.column() == 0 and isinstance(option.widget, QTableView) and option.widget.hasFocus():
            painter.fillRect(option.rect.adjusted(0, 0, 3 - option.rect.width(), 0), QColor(t.link))
        inside = option.rect.adjusted(12, 0, -12, 0)
        centred = bool(option.displayAlignment & Qt.AlignmentFlag.AlignHCenter)
        if name := index.data(ICON):
            left = inside.center().x() - 8 if centred and not option.text else inside.left()
            self._icon(painter, name, QRectF(left, inside.center().y() - 8, 16, 16))
            inside.setLeft(inside.left() + 24)
        font = self._font(look, option.font)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        subtitle = index.data(SUBTITLE)
        text = metrics.elidedText(option.text, Qt.TextElideMode.ElideRight, inside.width())
        if look in _PILLS and text:
            upper = inside.adjusted(0, 3, 0, 3 - inside.height() // 2) if subtitle else inside
            self._pill(painter, text, look, upper, metrics)
        else:
            painter.setPen(QColor({Look.MUTED: t.ink2, Look.GONE: t.err, Look.NEW: t.ok}.get(look, t.ink)))
            where = inside.adjusted(0, 0, 0, -inside.height() // 2 + 1) if subtitle else inside
            across = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
            flags = across | (Qt.AlignmentFlag.AlignBottom if subtitle else Qt.AlignmentFlag.AlignVCenter)
            if text != option.text and not subtitle and self._fits_wrapped(option.text, inside, metrics):
                painter.drawText(inside, int(flags) | int(Qt.TextFlag.TextWordWrap), option.text)
            else:
                painter.drawText(where, flags, text)
        if subtitle:
            small = QFont(option.font)
            small.setPixelSize(px(12))
            painter.setFont(small)
            painter.setPen(QColor(t.ink2))
            shown = QFontMetrics(small).elidedText(subtitle, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside.adjusted(0, inside.height() // 2 + 2, 0, 0), Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()

    @staticmethod
    def _fits_wrapped(text: str, inside: QRect, metrics: QFontMetrics) -> bool:
        needed = metrics.boundingRect(QRect(0, 0, inside.width(), 999), int(Qt.TextFlag.TextWordWrap), text)
        return needed.height() <= inside.height() and needed.width() <= inside.width()

    def _icon(self, painter: QPainter, name: str, box: QRectF) -> None:
        t = tokens()
        colour = icons.mark_colour(Mark(name), t) if name in set(Mark) else t.link if name == "tick" else t.ink2
        icons.draw(painter, name, box, colour)

    def _pill(self, painter: QPainter, text: str, look: Look, inside: QRect, metrics: QFontMetrics) -> None:
        t = tokens()
        soft, ink = {
            Look.PILL_OK: (t.ok_soft, t.ok), Look.PILL_WARN: (t.warn_soft, t.warn), Look.PILL_ERR: (t.err_soft, t.err),
            Look.PILL_SF: (t.sf_soft, t.sf_text), Look.PILL_DI: (t.di_soft, t.di_text),
        }.get(look, (t.neutral_soft, t.ink2))  # fmt: skip
        width = metrics.horizontalAdvance(text) + 16
        box = QRectF(inside.left(), inside.center().y() - 9, width, 19)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(box, 9, 9)
        painter.setPen(QColor(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
