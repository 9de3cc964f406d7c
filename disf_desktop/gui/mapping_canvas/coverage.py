"""The line below the canvas: how much of the mapping is there, and what is proposed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from disf_desktop.core.suggest import Suggestion
from disf_desktop.gui.models.pairing import Coverage
from disf_desktop.gui.parts import Sentence, button, column, row
from disf_desktop.gui.theme import tokens
from disf_desktop.gui.words.figures import counts, number
from disf_desktop.gui.words.verdicts import reason_said


class CoverageBar(QWidget):
    """Paints the share of the fields of Dialog Insight that are paired, proposed, and neither."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = Coverage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_coverage(self, coverage: Coverage) -> None:
        """Show these figures."""
        if coverage != self._shown:
            self._shown = coverage
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(60, 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t, c = QPainter(self), tokens(), self._shown
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole, left = max(1, c.paired + c.unpaired), 0.0
        painter.setBrush(QColor(t.track))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), 6), 3, 3)
        complete = c.key[0] == c.key[1] and c.required[0] == c.required[1]
        for share, colour in ((c.paired, t.ok if complete else t.warn), (min(c.suggested, c.unpaired), t.bars)):
            width = self.width() * share / whole
            if width:
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(QRectF(left, 0, width, 6), 3, 3)
            left += width
        painter.end()


class Footer(QWidget):
    """Says how much is covered, what is proposed for the field under the hand, and why something was not done."""

    accept_wanted = Signal()
    accept_certain_wanted = Signal()
    dismiss_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.said, self.proposed = Sentence(), Sentence()
        self.bar = CoverageBar()
        self.accept_button = button("", self.accept_wanted.emit)
        self.dismiss_button = button("quiet", self.dismiss_wanted.emit)
        self.certain_button = button("", self.accept_certain_wanted.emit)
        self._proposals = QWidget()
        line = row(self.proposed, self.accept_button, self.dismiss_button, self.certain_button, spacing=8)
        line.setStretch(0, 1)
        self._proposals.setLayout(line)
        counted = row(self.said, self.bar, spacing=12)
        counted.setStretch(0, 3)
        counted.setStretch(1, 1)
        box = column(self._proposals, counted, spacing=8)
        box.setContentsMargins(12, 8, 12, 8)
        self.setLayout(box)

    def show_coverage(self, coverage: Coverage, told: str) -> None:
        """Show the figures; `told` says why the last thing was not done, and stands before them."""
        parts = [self.tr("Key {0}/{1}").format(*map(number, coverage.key))]
        if coverage.required[1]:
            parts.append(self.tr("required {0}/{1}").format(*map(number, coverage.required)))
        parts += [counts.paired(coverage.paired), counts.not_paired(coverage.unpaired)]
        if coverage.suggested:
            parts.append(counts.suggested(coverage.suggested))
        said = " · ".join(parts)
        self.said.show_text(f"{told} — {said}" if told else said)
        self.said.setAccessibleName(self.said.text())
        self.bar.show_coverage(coverage)

    def show_suggestions(self, all: tuple[Suggestion, ...], here: Suggestion | None, titles: str) -> None:
        """Show what is proposed for the field under the hand, named by `titles`, and how many are certain."""
        certain = sum(each.certain for each in all)
        self._proposals.setVisible(bool(all))
        if here is not None:
            text = self.tr("Suggested: {0} ({1}). Enter accepts, Escape dismisses.")
            self.proposed.show_text(text.format(titles, reason_said(here.reason)))
        elif certain:
            text = counts.look_certain(certain)
            self.proposed.show_text(text)
        else:
            self.proposed.show_text(self.tr("Choose a field with a dotted line to see what is suggested."))
        self.accept_button.setText(self.tr("Accept"))
        self.accept_button.setVisible(here is not None)
        self.dismiss_button.setText(self.tr("Dismiss"))
        self.dismiss_button.setVisible(here is not None)
        self.certain_button.setText(counts.accept_certain(certain))
        self.certain_button.setToolTip(self.tr("Shift+Enter"))
        self.certain_button.setVisible(bool(certain))
