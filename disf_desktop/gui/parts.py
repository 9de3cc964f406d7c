"""The small parts that every tab is made of: cards, pills, headings, messages. They hold no facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from disf_desktop.gui import icons
from disf_desktop.gui.theme import monospace, px


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label(role: str = "", wrap: bool = False, selectable: bool = False) -> QLabel:
    """Make a label of one of the style sheet's roles; its text is plain, never markup."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def pill() -> QLabel:
    """Make a small coloured label; `say` fills it."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("pill", "neutral")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def say(target: QLabel, text: str, look: str | None = None) -> None:
    """Fill a label or a pill; empty text hides it."""
    target.setText(text)
    if look is not None:
        restyle(target, "pill" if target.property("pill") is not None else "role", look)
    target.setVisible(bool(text))


def button(look: str = "", act: Callable[[], Any] | None = None) -> QPushButton:
    """Make a button; `look` is primary, danger or quiet."""
    made = QPushButton()
    if look:
        made.setProperty("look", look)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    made.setIconSize(icons.ICON)
    if act is not None:
        made.clicked.connect(lambda: act())
    return made


def row(*parts: QWidget | QLayout | None, spacing: int = 10) -> QHBoxLayout:
    """Lay parts side by side; None takes the room that is left."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        if part is None:
            made.addStretch(1)
        elif isinstance(part, QLayout):
            made.addLayout(part)
        elif part.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Maximum:
            made.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)  # beside a taller one, captions stand on one line
        else:
            made.addWidget(part)
    return made


def column(*parts: QWidget | QLayout | None, spacing: int = 10) -> QVBoxLayout:
    """Lay parts one below the other; None takes the room that is left."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        if part is None:
            made.addStretch(1)
        elif isinstance(part, QLayout):
            made.addLayout(part)
        else:
            made.addWidget(part)
    return made


def card(
    layout: QLayout | None = None, look: str = "plain", margins: tuple[int, int, int, int] = (16, 14, 16, 14)
) -> QFrame:
    """Make a frame with a border and round corners around a layout."""
    made = QFrame()
    made.setProperty("card", look)
    if layout is not None:
        layout.setContentsMargins(*margins)
        made.setLayout(layout)
    return made


def rule() -> QFrame:
    """Make a thin line across a card."""
    made = QFrame()
    made.setProperty("rule", "true")
    made.setFixedHeight(1)
    return made


class Fact(QWidget):
    """A caption with its value below, which can be selected and copied."""

    def __init__(self, code: bool = False, wrap: bool = True) -> None:
        super().__init__()
        self._caption, self._value = label("caption"), label("strong", wrap=wrap, selectable=True)
        if code:
            self._value.setFont(monospace())
            self._value.setProperty("role", "code")
        self.setLayout(column(self._caption, self._value, spacing=3))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_text(self, caption: str, value: str) -> None:
        """Fill both lines; without a value the whole is hidden."""
        self._caption.setText(caption)
        self._value.setText(value)
        self.setAccessibleName(f"{caption}: {value}")
        self.setVisible(bool(value))


class FactGrid(QGridLayout):
    """Facts side by side; one without a value leaves no hole."""

    def __init__(self, count: int, across: int) -> None:
        super().__init__()
        self._across = across
        self.facts = tuple(Fact() for _ in range(count))
        self.setHorizontalSpacing(28)
        self.setVerticalSpacing(12)
        for n in range(across):
            self.setColumnStretch(n, 1)

    def show_facts(self, *facts: tuple[str, str]) -> None:
        """Show these captions with their values, in this order."""
        for fact in self.facts:
            self.removeWidget(fact)
        shown = 0
        for fact, (caption, value) in zip(self.facts, facts, strict=True):
            self.addWidget(fact, shown // self._across, shown % self._across, Qt.AlignmentFlag.AlignTop)
            fact.show_text(caption, value)
            shown += bool(value)


SPACE = 8
"""Between two figures."""


class FigureCards(QWidget):
    """Figures with their captions, each in a card, as many beside each other as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE)
        self.setLayout(self._grid)
        self._facts: list[Fact] = []
        self._cards: list[QFrame] = []
        self._across = 0
        self.hide()

    def show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show these captions with their figures; none hides the whole."""
        while len(self._facts) < len(figures):
            fact = Fact()
            self._facts.append(fact)
            self._cards.append(card(column(fact), margins=(12, 7, 12, 7)))
        for frame, fact, figure in zip(self._cards, self._facts, figures, strict=False):
            fact.show_text(*figure)
            frame.setVisible(True)
        for frame in self._cards[len(figures) :]:
            self._grid.removeWidget(frame)
            frame.setVisible(False)
        self._across = 0
        self._arrange(len(figures))
        self.setVisible(bool(figures))

    def _arrange(self, shown: int) -> None:
        least = max((frame.sizeHint().width() for frame in self._cards[:shown]), default=0)
        room = max(1, (self.width() + SPACE) // (least + SPACE))
        rows = -(-shown // room) or 1
        across = -(-shown // rows) or 1  # rows of about the same length
        if across == self._across:
            return
        for n in range(max(across, self._across, self._grid.columnCount())):
            self._grid.setColumnStretch(n, 1 if n < across else 0)
        self._across = across
        for n, frame in enumerate(self._cards[:shown]):
            self._grid.addWidget(frame, n // across, n % across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(sum(frame.isVisibleTo(self) for frame in self._cards))


class Notice(QFrame):
    """A message inside the page: what happened, what to do, the details on demand, and at most one button."""

    def __init__(self, look: str = "warn") -> None:
        super().__init__()
        self.setProperty("card", look)
        self._title, self._body = label(look, wrap=True), label("", wrap=True, selectable=True)
        self._details = label("small", wrap=True, selectable=True)
        self._details.setVisible(False)
        self.more = button("quiet", self._toggle)
        self.more.setVisible(False)
        self.action = button()
        self.action.setVisible(False)
        self.close_button = button("quiet")
        self.close_button.setVisible(False)
        texts = column(self._title, self._body, self._details, spacing=3)
        self._box = row(texts, self.more, self.action, self.close_button, spacing=8)
        self._box.setStretch(0, 1)
        self._box.setContentsMargins(14, 10, 10, 10)
        self.setLayout(self._box)
        self.setVisible(False)

    def show_text(self, title: str, body: str = "", details: str = "", look: str = "warn") -> None:
        """Fill the message; an empty title hides it."""
        restyle(self, "card", look)
        restyle(self._title, "role", look)
        say(self._title, title)
        say(self._body, body)
        if details != self._details.text():
            self._details.setText(details)
            self._details.setVisible(False)
        self.more.setVisible(bool(details))
        self.more.setText(self.tr("Details"))
        self.setAccessibleName(" ".join(part for part in (title, body) if part))
        self.setVisible(bool(title))

    def _toggle(self) -> None:
        shown = not self._details.isVisible()
        self._details.setVisible(shown)
        beside = Qt.AlignmentFlag.AlignTop if shown else Qt.AlignmentFlag(0)
        for n in range(1, self._box.count()):
            part = self._box.itemAt(n)
            assert part is not None, "the box has as many parts as it counts"
            part.setAlignment(beside)  # beside a long text, buttons stay where they were
        self._box.invalidate()


class Sentence(QLabel):
    """A line that gives way: where room is short its end is cut with dots, and the whole is said by a tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "small")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Fill the line."""
        if text != self.text():
            self.setText(text)
            self.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


def scrolled(content: QWidget) -> QScrollArea:
    """Put a page into an area that scrolls up and down when the window is small."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


class SidePanel(QFrame):
    """The panel at the left (`side`) or at the right (`inspector`) of a tab; its width grows with the texts."""

    def __init__(self, name: str, content: QLayout, width: int) -> None:
        super().__init__()
        self._wanted = width
        self.setObjectName(name)
        self.setFixedWidth(width)
        margin = 10 if name == "side" else 16
        content.setContentsMargins(margin, 12 if name == "side" else 16, margin, 12)
        self.setLayout(content)

    def setFixedWidth(self, width: int) -> None:
        """Take a width, as it is with texts of the usual size."""
        self._wanted = width
        super().setFixedWidth(px(width))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.setFixedWidth(self._wanted)


def side_panel(name: str, content: QLayout, width: int) -> SidePanel:
    """Make the panel at a side of a tab."""
    return SidePanel(name, content, width)


WIDTH = 620
"""Of the card on an empty page."""


class EmptyPage(QWidget):
    """What a tab shows before there is anything: what it is for, and the one button that starts it."""

    def __init__(self, act: Callable[[], Any]) -> None:
        super().__init__()
        self.title, self.text = label("title", wrap=True), label("muted", wrap=True)
        self.button = button("primary", act)
        inside = column(self.title, self.text, row(self.button, None), spacing=12)
        self._frame = card(inside, margins=(26, 22, 26, 22))
        self._frame.setFixedWidth(px(WIDTH))
        self.setLayout(column(None, row(None, self._frame, None), None, None))

    def show_text(self, title: str, text: str, does: str) -> None:
        """Say what this is for; the button goes where it can do nothing now."""
        self.title.setText(title)
        self.text.setText(text)
        self.button.setText(does)
        self.button.setVisible(bool(does))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._frame.setFixedWidth(px(WIDTH))
