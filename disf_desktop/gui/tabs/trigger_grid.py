"""What moves, and when: a row for each integration, with its switch, a check box for each trigger, and its runs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from disf_desktop.core.project import Project, Trigger
from disf_desktop.gui.inputs import Switch
from disf_desktop.gui.models.integrations import SHOWN_RUNS, IntegrationRow
from disf_desktop.gui.parts import Sentence, column, label, say
from disf_desktop.gui.theme import px, tokens
from disf_desktop.gui.words import story
from disf_desktop.gui.words.choices import schedule, trigger
from disf_desktop.gui.words.figures import counts, number
from disf_desktop.gui.words.problem_words import problem_said
from disf_desktop.gui.words.run_words import age_said, next_said

SWITCH, NAME, FIRST_TRIGGER = 0, 1, 2
SCHEDULE = FIRST_TRIGGER + len(Trigger)
LAST, BARS = SCHEDULE + 1, SCHEDULE + 2
BAR, BARS_HEIGHT, BOX = 7, 24, 17
ROUND, LEAST_SCHEDULE, ROW = 6, 156, 54

ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Tick(QCheckBox):
    """A check box that tells what the person wants and shows what the facts say; a greyed one can be reached too, so
    that its reason is heard."""

    wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.able = True
        self.clicked.connect(self._clicked)

    def show_tick(self, on: bool, able: bool, name: str, reason: str) -> None:
        """Show the state; `reason` says why it cannot be had."""
        self.able = able or on
        self.setChecked(on)
        self.setAccessibleName(name)
        self.setAccessibleDescription(reason)
        self.setToolTip(reason)
        self.update()

    def _clicked(self, on: bool) -> None:
        self.setChecked(not on)
        if self.able:
            self.wanted.emit(on)

    def sizeHint(self) -> QSize:
        return QSize(BOX + 10, BOX + 10)

    def hitButton(self, _where: QPoint) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF((self.width() - BOX) / 2, (self.height() - BOX) / 2, BOX, BOX)
        on = self.isChecked()
        painter.setPen(QPen(QColor(t.accent if on else t.ink3 if self.able else t.line), 1.4))
        painter.setBrush(QColor(t.accent if on else t.surface if self.able else t.line_soft))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            painter.setPen(QPen(QColor(t.on_accent), 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
            left, top = box.left(), box.top()
            check = [QPointF(left + x * BOX, top + y * BOX) for x, y in ((0.24, 0.53), (0.43, 0.72), (0.77, 0.32))]
            painter.drawPolyline(check)
        if self.hasFocus():
            painter.setPen(QPen(QColor(t.link), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 6, 6)
        painter.end()


def bar_tone(status: str | None) -> str:
    """Name the colour of a run by its end: red where it failed, amber where a person is needed, grey where stopped."""
    return {"success": "bars", "failed": "err", "stopped": "ink3"}.get(status or "", "warn")


class RunBars(QWidget):
    """The last runs as bars, the newest at the right; its name says the same in words."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[tuple[int, str], ...] = ()

    def show_runs(self, of: IntegrationRow) -> None:
        """Show what the runs of an integration have sent, and how those ended that did not simply succeed."""
        told = [summary for _, summary in reversed(of.runs)]
        figures = [story.written(summary) for summary in told]
        ends = [bar_tone(summary.get("status")) for summary in told]
        self._bars = tuple(zip(figures, ends, strict=True))
        said = self.tr("no run yet")
        if figures:
            said = self.tr("{0}: least {1} sent, most {2}, last {3}").format(
                counts.run_bars(len(figures)), number(min(figures)), number(max(figures)), number(figures[-1])
            )
            words = {
                "err": self.tr("failed: {0}"),
                "warn": self.tr("with something that needs you: {0}"),
                "ink3": self.tr("stopped: {0}"),
            }
            said = ", ".join([said, *(w.format(number(ends.count(end))) for end, w in words.items() if end in ends)])
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(BAR * SHOWN_RUNS, BARS_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        most = max((sent for sent, _ in self._bars), default=0) or 1
        for n, (sent, tone) in enumerate(self._bars):
            height = max(2.0, self.height() * sent / most)
            painter.setBrush(QColor(getattr(t, tone)))
            painter.drawRoundedRect(QRectF(BAR * n, self.height() - height, BAR - 2, height), 1, 1)
        painter.end()


class ScheduleButton(QPushButton):
    """Says a schedule and opens it; where room is short its end is cut with dots, and the whole is said by a tip."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setProperty("look", "inline")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_schedule(self, text: str, name: str) -> None:
        """Show this schedule; `name` says to a screen reader whose it is."""
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(name)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, max(0, self.width() - ROUND))
        if shown != self.text():
            self.setText(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class Line(QObject):
    """The controls of one integration."""

    def __init__(self, grid: TriggerGrid) -> None:
        super().__init__(grid)
        self.switch = Switch()
        self.name, self.place = Sentence(), Sentence()
        self.name.setProperty("role", "strong")
        self.names = QWidget()
        self.names.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.names.setLayout(column(None, self.name, self.place, None, spacing=2))
        self.ticks = {kind: Tick() for kind in Trigger}
        self.schedule = ScheduleButton()
        self.next = Sentence()
        self.times = QWidget()
        self.times.setLayout(column(None, self.schedule, self.next, None, spacing=2))
        self.last, self.age = Sentence(), label("warn")
        self.story = QWidget()
        self.story.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.story.setLayout(column(None, self.last, self.age, None, spacing=2))
        self.bars = RunBars()

    @property
    def parts(self) -> dict[int, QWidget]:
        """The controls by their column."""
        ticks = {FIRST_TRIGGER + n: tick for n, tick in enumerate(self.ticks.values())}
        own: dict[int, QWidget] = {SWITCH: self.switch, NAME: self.names, SCHEDULE: self.times}
        return own | ticks | {LAST: self.story, BARS: self.bars}


class TriggerGrid(QFrame):
    """Tells what a person does to an integration, by its name: `switched`, `ticked`, `schedule_wanted`, `chosen`."""

    switched = Signal(str, bool)
    ticked = Signal(str, Trigger, bool)
    schedule_wanted = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(NAME, 4)
        self._grid.setColumnStretch(SCHEDULE, 2)
        self._grid.setColumnMinimumWidth(SWITCH, 60)
        self._grid.setColumnMinimumWidth(SCHEDULE, LEAST_SCHEDULE)
        self.setLayout(self._grid)
        self.heads = [label("head") for _ in range(BARS + 1)]
        for n, head in enumerate(self.heads):
            middle = Qt.AlignmentFlag.AlignHCenter if FIRST_TRIGGER <= n < SCHEDULE else Qt.AlignmentFlag.AlignLeft
            head.setAlignment(middle | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(head, 0, n)
        self.lines: list[Line] = []
        self._rows: tuple[IntegrationRow, ...] = ()
        self._chosen: str | None = None
        self._narrow = (False, False)

    def show_rows(self, project: Project, rows: tuple[IntegrationRow, ...], chosen: str | None) -> None:
        """Show these integrations, with one of them under the hand."""
        self._rows = rows
        while len(self.lines) < len(rows):
            self._add_line()
        texts = ["", self.tr("Integration"), *(trigger(kind) for kind in Trigger)]
        texts += [self.tr("Schedule"), self.tr("Last run"), self.tr("Last runs")]
        for head, text in zip(self.heads, texts, strict=True):
            head.setText(text)
        for n, line in enumerate(self.lines):
            shown = n < len(rows)
            for part in line.parts.values():
                part.setVisible(shown)
            self._grid.setRowMinimumHeight(n + 1, px(ROW) if shown else 0)
            if shown:
                self._show_line(project, line, rows[n])
        self._chosen = chosen
        self._hide_columns()
        self.update()

    def _add_line(self) -> None:
        line, number = Line(self), len(self.lines) + 1
        before = self.lines[-1].schedule if self.lines else self._reached_before()
        for place, part in line.parts.items():
            middle = FIRST_TRIGGER <= place < SCHEDULE or place in (SWITCH, BARS)
            align = Qt.AlignmentFlag.AlignCenter if middle else Qt.AlignmentFlag(0)
            self._grid.addWidget(part, number, place, align)
            part.setContentsMargins(8, 0, 8, 0)
            for each in (part, *part.findChildren(QWidget)):
                each.installEventFilter(self)
        for part in (line.switch, *line.ticks.values(), line.schedule):
            QWidget.setTabOrder(before, part)  # what is below the grid was there before the line
            before = part
        self.lines.append(line)
        line.switch.switched.connect(lambda on: self.switched.emit(self._name(line), on))
        line.schedule.clicked.connect(lambda: self.schedule_wanted.emit(self._name(line)))
        for kind, tick in line.ticks.items():
            tick.wanted.connect(partial(self._tell_tick, line, kind))

    def _reached_before(self) -> QWidget:
        """Give what the Tab key comes to before it comes to the grid."""
        before = self.previousInFocusChain()
        while before is not None and before is not self and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
            before = before.previousInFocusChain()
        return before or self

    def _show_line(self, project: Project, line: Line, row: IntegrationRow) -> None:
        integration, name = row.integration, row.name
        on = integration.enabled
        line.switch.show_state(on, self.tr("{0}: on or off").format(name))
        line.switch.setToolTip(self.tr("On") if on else self.tr("Off"))
        line.name.show_text(name)
        place = story.integration_place(project, integration)
        line.place.show_text(f"{story.integration_title(project, integration)} · {place}")
        for kind, tick in line.ticks.items():
            said = trigger(kind).replace("\n", " ")
            problem = row.impossible.get(kind)
            reason = problem_said(problem)[0] if problem is not None else ""
            tick.show_tick(kind in integration.triggers, problem is None, f"{name}: {said}", reason)
        when = schedule(integration.schedule)
        line.schedule.show_schedule(when, self.tr("Schedule of {0}: {1}").format(name, when))
        line.next.show_text(next_said(row))
        line.next.setVisible(bool(line.next.text()))
        line.last.show_text(story.last_run_said(*row.runs[0]) if row.runs else self.tr("never"))
        text, look = age_said(row)
        say(line.age, text, look)
        line.bars.show_runs(row)

    def _name(self, line: Line) -> str:
        return self._rows[self.lines.index(line)].name

    def _tell_chosen(self, line: Line) -> None:
        self.chosen.emit(self._name(line))

    def _tell_tick(self, line: Line, kind: Trigger, on: bool) -> None:
        self.ticked.emit(self._name(line), kind, on)

    def line_of(self, name: str) -> Line:
        """Give the row of an integration."""
        return self.lines[[row.name for row in self._rows].index(name)]

    # room

    def show_narrow(self, without_bars: bool, without_last: bool) -> None:
        """Leave out what there is no room for; the card of the integration says it too."""
        self._narrow = (without_bars, without_last)
        self._hide_columns()

    def _hide_columns(self) -> None:
        self._grid.setColumnMinimumWidth(BARS, 0 if self._narrow[0] else BAR * SHOWN_RUNS + 28)
        self._grid.setColumnStretch(LAST, 0 if self._narrow[1] else 3)
        for place, hidden in zip((BARS, LAST), self._narrow, strict=True):
            self.heads[place].setVisible(not hidden)
            for line in self.lines[: len(self._rows)]:
                line.parts[place].setVisible(not hidden)

    # what lies behind the controls, and the hand

    def _ground(self, number: int) -> QRect:
        """Give the place of a row; the heads are row 0."""
        cell = self._grid.cellRect(number, 0)
        return QRect(1, cell.top(), self.width() - 2, cell.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, t = QPainter(self), tokens()
        head = self._ground(0)
        painter.fillRect(head.adjusted(6, 1, -6, 0), QColor(t.header))
        painter.fillRect(QRect(head.left(), head.bottom(), head.width(), 1), QColor(t.line))
        for n, row in enumerate(self._rows, 1):
            ground = self._ground(n)
            if row.name == self._chosen:
                painter.fillRect(ground, QColor(t.selection))
                painter.fillRect(QRect(ground.left(), ground.top(), 3, ground.height()), QColor(t.link))
            if n < len(self._rows):
                painter.fillRect(QRect(ground.left(), ground.bottom(), ground.width(), 1), QColor(t.line_soft))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the row under the hand that was clicked."""
        super().mousePressEvent(event)
        for n, row in enumerate(self._rows, 1):
            if self._ground(n).contains(event.position().toPoint()):
                self.chosen.emit(row.name)

    # the keyboard

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows walk over the check boxes, and the focus take its row under the hand."""
        if isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusIn:
            self._focused(watched)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and isinstance(watched, Tick):
            return self._walk(watched, event)
        return super().eventFilter(watched, event)

    def _focused(self, part: QObject) -> None:
        for line in self.lines[: len(self._rows)]:
            if part in (line.switch, line.schedule, *line.ticks.values()):
                self._tell_chosen(line)

    def _walk(self, tick: Tick, event: QKeyEvent) -> bool:
        step = ARROWS.get(Qt.Key(event.key()))
        if step is None:
            return False
        shown = [list(line.ticks.values()) for line in self.lines[: len(self._rows)]]
        at = next((n, row.index(tick)) for n, row in enumerate(shown) if tick in row)
        down, right = at[0] + step[0], at[1] + step[1]
        if 0 <= down < len(shown) and 0 <= right < len(Trigger):
            shown[down][right].setFocus(Qt.FocusReason.TabFocusReason)
        return True
