"""The steps at the left of the wizard: done, under the hand, to come."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy

from disf_desktop.gui import icons
from disf_desktop.gui.models.imports import Step
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.parts import column, label
from disf_desktop.gui.theme import px, tokens
from disf_desktop.gui.words.story import mark_said

CIRCLE = 17
LEFT = 10


class RailButton(QAbstractButton):
    """One step: a tick where it is done, else its number; the word beside it is strong for the one that is shown."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number, self._done, self._now = number, False, False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, done: bool, now: bool) -> None:
        """Show whether it is done, and whether it is the step that is shown."""
        self._done, self._now = done, now
        self.update()

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self._now else QFont.Weight.Normal)
        return font

    def sizeHint(self) -> QSize:
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        self.ensurePolished()
        return QSize(LEFT + CIRCLE + 22 + self.fontMetrics().horizontalAdvance(self.text()) + 16, px(33))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._now or (self.underMouse() and self.isEnabled()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.selection if self._now else t.line_soft))
            painter.drawRoundedRect(inside, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(QColor(t.link), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inside, 6, 6)
        circle = QRectF(LEFT, (self.height() - CIRCLE) / 2, CIRCLE, CIRCLE)
        if self._done and not self._now:
            icons.draw(painter, Mark.DONE.value, circle, t.ok)
        else:
            self._paint_number(painter, circle)
        painter.setFont(self._font())
        painter.setPen(QColor(t.ink if self.isEnabled() else t.ink3))
        room = self.rect().adjusted(LEFT + CIRCLE + 10, 0, -4, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        painter.end()

    def _paint_number(self, painter: QPainter, circle: QRectF) -> None:
        t = tokens()
        painter.setPen(QPen(QColor(t.accent if self._now else t.border), 1.2))
        painter.setBrush(QColor(t.accent) if self._now else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        font = QFont(self.font())
        font.setPixelSize(px(11))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(t.on_accent if self._now else t.ink3))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(self._number))


class StepRail(QFrame):
    """The six steps. `wanted` gives the step that a person wants to look at."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.title = label("title", wrap=True)
        self.buttons = {step: RailButton(step.number + 1) for step in Step}
        for step, made in self.buttons.items():
            made.clicked.connect(lambda _checked=False, step=step: self.wanted.emit(step))
        self.note = label("small", wrap=True)
        box = column(self.title, *self.buttons.values(), None, self.note, spacing=2)
        box.insertSpacing(1, 10)
        box.setContentsMargins(12, 20, 12, 16)
        self.setLayout(box)

    def show_steps(self, now: Step, done: set[Step], able: set[Step]) -> None:
        """Show how far it is; only the steps that can be looked at may be taken."""
        self.title.setText(self.tr("Import a file"))
        names = {
            Step.DESTINATION: self.tr("Destination"),
            Step.FILE: self.tr("File"),
            Step.COLUMNS: self.tr("Columns"),
            Step.CHECK: self.tr("Check"),
            Step.IMPORT: self.tr("Import"),
            Step.RESULT: self.tr("Result"),
        }
        for step, made in self.buttons.items():
            made.setText(names[step])
            made.setEnabled(step in able or step is now)
            made.show_state(step in done, step is now)
            said = self.tr("Step {0} of {1}: {2}").format(step.number + 1, len(Step), names[step])
            state = self.tr("shown") if step is now else mark_said(Mark.DONE if step in done else Mark.NOT_STARTED)
            made.setAccessibleName(f"{said}, {state}")
        self.setAccessibleName(self.title.text())
