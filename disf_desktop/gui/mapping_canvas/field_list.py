"""One side of the canvas: the search line and the list of fields, from which and onto which fields are dragged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QElapsedTimer, QEvent, QMimeData, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QActionGroup,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QLineEdit, QMenu, QPushButton, QTreeView

from disf_desktop.core.schema import Field, Side
from disf_desktop.gui import icons
from disf_desktop.gui.mapping_canvas.field_delegate import OPENER, FieldDelegate
from disf_desktop.gui.mapping_canvas.field_delegate import ROW as ROW
from disf_desktop.gui.models.fields import FIELD, MIME, FieldFilter, FieldModel, Keep
from disf_desktop.gui.parts import label
from disf_desktop.gui.theme import tokens

AnyIndex = QModelIndex | QPersistentModelIndex

Judge = Callable[[str, str], tuple[bool, str]]
"""May the field dragged be dropped on the field here, and what to say of it."""

SPOT = QPoint(18, 22)
"""How far below and beside the cursor its hint stands."""


class FieldList(QTreeView):
    """The fields of one side. `field_chosen` gives the name of the field under the hand.

    `dropped` gives the field that was dragged here and the one that it was dropped on. `dragging` tells of a field
    taken into the hand, and with an empty name of one let go. `opened` asks for the fields behind a lookup, or to put
    them away. `key_pressed` gives keys that do something with the field under the hand.
    """

    field_chosen = Signal(str)
    dropped = Signal(str, str)
    dragging = Signal(str)
    opened = Signal(str, bool)
    key_pressed = Signal(Qt.Key, Qt.KeyboardModifier)

    def __init__(self, side: Side, *, of_file: bool = False) -> None:
        """Show fields of a side, or the columns of a file that stand where it would."""
        super().__init__()
        self.side = side
        self.of_file = of_file
        self.judge: Judge = lambda _dragged, _here: (False, "")
        self.nothing = ""
        self._typed = QElapsedTimer()
        self.fields = FieldModel(side, self)
        self.filtered = FieldFilter(self)
        self.filtered.setSourceModel(self.fields)
        self.setModel(self.filtered)
        self._delegate = FieldDelegate(side, self, of_file=of_file)
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.LinkAction)
        self.hint = label("hint")
        self.hint.setParent(self)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.setMargin(6)
        self.hint.setWordWrap(True)
        self.hint.hide()
        self._rows: dict[str, int] | None = None
        for changed in (
            self.filtered.rowsInserted,
            self.filtered.rowsRemoved,
            self.filtered.layoutChanged,
            self.filtered.modelReset,
        ):
            changed.connect(lambda *_: self._forget_rows())
        self.selectionModel().currentChanged.connect(self._moved)

    # the field under the hand

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.field_chosen.emit(current.data(FIELD).name)

    @property
    def name(self) -> str:
        """The name of the field under the hand; empty where there is none."""
        field = self.field
        return field.name if field is not None else ""

    @property
    def field(self) -> Field | None:
        index = self.currentIndex()
        found: Field | None = index.data(FIELD) if index.isValid() else None
        return found

    def _forget_rows(self) -> None:
        self._rows = None

    def rows_by_name(self) -> Mapping[str, int]:
        """Give the row of each field that is shown now, by its folded name."""
        if self._rows is None:
            rows, to_source = self.fields.rows, self.filtered.mapToSource
            numbers = (to_source(self.filtered.index(n, 0)).row() for n in range(self.filtered.rowCount()))
            self._rows = {rows[number].field.name.casefold(): n for n, number in enumerate(numbers)}
        return self._rows

    def choose(self, name: str) -> None:
        """Put the hand on a field, where it is shown."""
        found = self.rows_by_name().get(name.casefold())
        if found is None:
            self.let_go()
        elif self.currentIndex().row() != found:
            self.setCurrentIndex(self.filtered.index(found, 0))

    def let_go(self) -> None:
        """Have no field under the hand."""
        self.selectionModel().clear()

    def place_of(self, name: str) -> QPoint:
        """Give where on the screen a question about a field is asked: at its lower edge."""
        row = self.rows_by_name().get(name.casefold(), 0)
        y = min(max((row + 1) * ROW - self.verticalScrollBar().value(), 0), self.viewport().height())
        return self.viewport().mapToGlobal(QPoint(38, y))

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, field = event.key(), self.field
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Left) and field is not None:
            self.opened.emit(field.name, key == Qt.Key.Key_Right)
            return
        searching = self._typed.isValid() and self._typed.elapsed() < QApplication.keyboardInputInterval()
        taken = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain and field is not None and (key in taken or (key == Qt.Key.Key_M and not searching)):
            self.key_pressed.emit(Qt.Key(key), event.modifiers())
            return
        if event.text().isalnum():
            self._typed.start()
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton and event.position().x() < OPENER:
            opened = self.fields.rows[self.filtered.mapToSource(index).row()].opened
            if opened is not None:
                self.opened.emit(index.data(FIELD).name, not opened)

    # dragging

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Take the field under the hand along."""
        index = self.currentIndex()
        if not index.isValid():
            return
        drag = QDrag(self)
        drag.setMimeData(self.filtered.mimeData([index]))
        picture = self.viewport().grab(self.visualRect(index))
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(24, ROW // 2))
        self.dragging.emit(index.data(FIELD).name)
        drag.exec(Qt.DropAction.LinkAction | Qt.DropAction.CopyAction, Qt.DropAction.LinkAction)
        self.dragging.emit("")

    def _carried(self, data: QMimeData) -> str:
        """Name the field that is dragged from the other side; empty where it is anything else."""
        side, _, name = bytes(data.data(MIME).data()).decode("utf-8", "replace").partition("\n")
        return name if side == self.side.other.value else ""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._carried(event.mimeData()):
            super().dragEnterEvent(event)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls near the edges
        name, at = self._carried(event.mimeData()), event.position().toPoint()
        index = self.indexAt(at)
        if not name or not index.isValid():
            self._aim(None)
            event.ignore()
            return
        may, why = self.judge(name, index.data(FIELD).name)
        self._aim((index.row(), may), why, at)
        if may:
            event.setDropAction(Qt.DropAction.LinkAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(None)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        name, index = self._carried(event.mimeData()), self.indexAt(event.position().toPoint())
        self._aim(None)
        if name and index.isValid():
            event.setDropAction(Qt.DropAction.LinkAction)
            event.accept()
            self.stopAutoScroll()
            self.setState(QAbstractItemView.State.NoState)
            self.dropped.emit(name, index.data(FIELD).name)
        else:
            event.ignore()

    def _aim(self, target: tuple[int, bool] | None, why: str = "", at: QPoint | None = None) -> None:
        """Show what a drop here would do, at the row and beside the cursor."""
        if target != self._delegate.target:
            self._delegate.target = target
            self.viewport().update()
        self.hint.setVisible(bool(why))
        if why and at is not None and target is not None:
            t = tokens()
            ground, ink = (t.surface, t.ink) if target[1] else (t.err_soft, t.err)
            self.hint.setStyleSheet(f"background: {ground}; color: {ink}; border: 1px solid {ink}; border-radius: 4px;")
            self.hint.setText(why)
            width = min(320, self.width() - 8)
            self.hint.setFixedSize(width, self.hint.heightForWidth(width))
            where = self.viewport().pos() + at + SPOT
            below = where.y() + self.hint.height() <= self.height()
            y = where.y() if below else where.y() - SPOT.y() - self.hint.height() - 10
            self.hint.move(max(0, min(where.x(), self.width() - width)), max(0, y))
            self.hint.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.nothing and not self.filtered.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(tokens().ink2)
            room = self.viewport().rect().adjusted(20, 24, -20, -20)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap), self.nothing)
            painter.end()


class SearchLine(QLineEdit):
    """Searches in a list of fields; the arrow down goes into it, Escape takes the search back."""

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
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class KeepButton(QPushButton):
    """Chooses which fields of a side are listed. `picked` comes when the person has chosen."""

    picked = Signal()

    def __init__(self, fields: FieldList) -> None:
        super().__init__()
        self._fields, self._narrow = fields, False
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        group = QActionGroup(self)
        self.choices = {keep: self._menu.addAction("") for keep in Keep}
        for keep, action in self.choices.items():
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(partial(self._chosen, keep))
        self.choices[Keep.ALL].setChecked(True)

    def _chosen(self, keep: Keep, *_: object) -> None:
        self._fields.filtered.keep(keep)
        self.retranslate()
        self.picked.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.accessibleName():
            self.retranslate()  # the drawing takes the colours of now

    def be_narrow(self, narrow: bool) -> None:
        """Show the drawing alone where room is short."""
        self._narrow = narrow
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        words = {
            Keep.ALL: self.tr("All fields"),
            Keep.UNPAIRED: self.tr("Not paired"),
            Keep.REQUIRED: self.tr("Required"),
            Keep.PROBLEMS: self.tr("With problems"),
            Keep.PAIRED: self.tr("Paired"),
        }
        for keep, action in self.choices.items():
            action.setText(words[keep])
        kept = self._fields.filtered.kept
        self.setText("" if self._narrow or kept is Keep.ALL else words[kept])
        t = tokens()
        self.setIcon(icons.icon("filter", t.ink2 if kept is Keep.ALL else t.link))
        said = self.tr("Fields listed: {0}").format(words[kept])
        self.setToolTip(said)
        self.setAccessibleName(said)
