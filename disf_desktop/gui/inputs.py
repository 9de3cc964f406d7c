"""What a person picks, ticks and types in: each tells only what the person did, never what was shown to them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QCompleter,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from disf_desktop.gui.parts import button, column, label, row
from disf_desktop.gui.theme import dress, tokens

Choice = tuple[Any, str]
"""A value and how a person reads it."""


class _CutLine(QLineEdit):
    """The line of a list that is searched: a text that is too long for it ends in dots while nobody types."""

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect().adjusted(2, 0, -2, 0)
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        if self.hasFocus() or cut == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().text().color())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)
        painter.end()


class Picker(QComboBox):
    """One of several choices. `picked` gives the value that the person took; `searchable` lets them type a part of
    it."""

    picked = Signal(object)

    def __init__(self, searchable: bool = False, fitted: bool = False) -> None:
        """Make the list; a `fitted` one is as wide as its longest choice."""
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if fitted:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        if searchable:
            self.setLineEdit(_CutLine())
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            completer = self.completer()
            assert completer is not None, "an editable list completes"
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            self._line().editingFinished.connect(self._put_back)
            self._line().installEventFilter(self)
        self.activated.connect(self._activated)

    def show_choices(self, choices: Sequence[Choice], value: Any) -> None:
        """Show these choices with this one taken; a value that is none of them shows nothing."""
        fresh = tuple(choices)
        was = self.blockSignals(True)
        if fresh != self._choices:
            self._choices = fresh
            self.clear()
            self.addItems([text for _, text in fresh])
        self.setCurrentIndex(next((n for n, (each, _) in enumerate(fresh) if each == value), -1))
        self.blockSignals(was)
        if self.isEditable() and not self._line().hasFocus():
            self._line().setCursorPosition(0)  # a long name shows its beginning

    @property
    def value(self) -> Any:
        """The choice shown now; None where there is none."""
        number = self.currentIndex()
        return self._choices[number][0] if 0 <= number < len(self._choices) else None

    def setAccessibleName(self, name: str) -> None:
        """Name the list, and the line in which a person types to find something in it."""
        super().setAccessibleName(name)
        if self.isEditable():
            self._line().setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the choice; one that is too long for its room ends in dots."""
        if self.isEditable():
            super().paintEvent(event)
            return
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - 2
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _activated(self, number: int) -> None:
        if 0 <= number < len(self._choices):
            self.picked.emit(self._choices[number][0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show every choice below the line when the person clicks in it; typing then leaves those that hold it."""
        if event.type() is QEvent.Type.FocusIn:
            self._dress_what_unfolds()
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease and self.isEnabled():
            completer = self.completer()
            assert completer is not None
            self._line().selectAll()
            completer.setCompletionPrefix("")
            completer.complete()
        return super().eventFilter(watched, event)

    def _dress_what_unfolds(self) -> None:
        completer = self.completer()
        unfolded = completer.popup() if completer is not None else None
        if unfolded is not None and not unfolded.styleSheet():
            dress(unfolded)  # it is a window of its own, in no other

    def _put_back(self) -> None:
        """Show the choice taken again, where the person has typed a part of a name and gone away."""
        self._line().setText(self.itemText(self.currentIndex()))

    def _line(self) -> QLineEdit:
        line = self.lineEdit()
        assert line is not None, "only a searchable one is typed in"
        return line

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: a passing hand changes no setting."""
        event.ignore()


class Entry(QLineEdit):
    """A line to type in. `entered` gives the text when the person has finished and it is another one; Escape puts the
    old one back."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.editingFinished.connect(self._finished)

    def show_text(self, text: str) -> None:
        """Show a text, unless the person is typing."""
        if text != self._shown or not self.hasFocus():
            self._shown = text
            if text != self.text():
                self.setText(text)

    def _finished(self) -> None:
        text = self.text().strip()
        if text != self._shown:
            self._shown = text
            self.entered.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
            return
        super().keyPressEvent(event)


class Number(QSpinBox):
    """A whole number. `entered` gives it when the person has finished and it is another one."""

    entered = Signal(int)

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self._shown = least
        self.setRange(least, most)
        self.lineEdit().setTextMargins(9, 0, 9, 0)  # a style sheet's padding does not reach the text of a number
        self.setKeyboardTracking(False)
        self.valueChanged.connect(self._changed)

    def show_number(self, value: int) -> None:
        """Show a number."""
        self._shown = value
        was = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(was)

    def _changed(self, value: int) -> None:
        if value != self._shown:
            self._shown = value
            self.entered.emit(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Switch(QAbstractButton):
    """On or off. `switched` gives what the person wants; what is shown follows the facts, so a refusal leaves it."""

    switched = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._clicked)

    def show_state(self, on: bool, name: str) -> None:
        """Show the state; `name` says to a screen reader what is switched."""
        self.setChecked(on)
        self.setAccessibleName(name)
        self.update()

    def _clicked(self, wanted: bool) -> None:
        self.setChecked(not wanted)
        self.switched.emit(wanted)

    def sizeHint(self) -> QSize:
        return QSize(36, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(3, (self.height() - 16) / 2, 30, 16)
        colour = QColor(t.ok if self.isChecked() else t.ink3)
        if not self.isEnabled():
            colour = QColor(t.border)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box, 8, 8)
        painter.setBrush(QColor(t.surface))
        middle = box.right() - 8 if self.isChecked() else box.left() + 8
        painter.drawEllipse(QPointF(middle, box.center().y()), 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(QColor(t.link), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 10, 10)
        painter.end()


class Segments(QWidget):
    """Few choices side by side, one of them taken. `picked` gives the value that the person took."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = row(spacing=0)
        self.setLayout(self._row)

    @property
    def buttons(self) -> tuple[QAbstractButton, ...]:
        return tuple(self._group.buttons())

    def show_choices(self, choices: Sequence[Choice], value: Any, able: Sequence[Any] | None = None) -> None:
        """Show these choices with this one taken; those not in `able` are greyed."""
        fresh = tuple(choices)
        if [v for v, _ in fresh] != [v for v, _ in self._choices]:
            for old in self._group.buttons():
                self._group.removeButton(old)
                self._row.removeWidget(old)
                old.deleteLater()
            for each, _ in fresh:
                made = button("segment", partial(self.picked.emit, each))
                made.setCheckable(True)
                self._group.addButton(made)
                self._row.addWidget(made, 1)
            ends = self._group.buttons()
            if len(ends) > 1:
                ends[0].setProperty("end", "first")
                ends[-1].setProperty("end", "last")
            self._keep_place(ends)
        self._choices = fresh
        for part, (each, text) in zip(self._group.buttons(), fresh, strict=True):
            part.setText(text)
            part.setChecked(each == value)
            part.setEnabled(able is None or each in able)

    def _keep_place(self, fresh: Sequence[QWidget]) -> None:
        """Let the Tab key come here where the choices stand: made later than what follows, they would come after it."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt gives a place only beside what takes the focus
        for before, after in pairwise((self, *fresh)):
            QWidget.setTabOrder(before, after)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class Labelled(QWidget):
    """A caption above an input, tied to it for the keyboard and for screen readers; a line of help below."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.caption, self.help = label("caption"), label("small", wrap=True)
        self.caption.setBuddy(widget)
        self.widget = widget
        self.help.hide()
        layout: QVBoxLayout = column(self.caption, widget, self.help, spacing=4)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_text(self, caption: str, help: str = "") -> None:
        """Say what is asked for; `&` marks the key that goes there."""
        self.caption.setText(caption)
        self.help.setText(help)
        self.help.setVisible(bool(help))
        self.widget.setAccessibleName(caption.replace("&", ""))
        self.widget.setAccessibleDescription(help)
