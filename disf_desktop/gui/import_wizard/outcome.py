"""What an import has done, as proportions, and what comes after it: the calm part of the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from disf_desktop.core.importing.events import ImportFinished
from disf_desktop.gui.import_wizard.flow import FlowLayout
from disf_desktop.gui.parts import column, label, restyle, row
from disf_desktop.gui.theme import px, tokens
from disf_desktop.gui.words.figures import number

TALL, SWATCH, LEAST = 12, 10, 4
"""The height of the bar, the side of a sample of its colours, and the width that the smallest part keeps, in pixels."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the rows: what became of them, how many they are, and the token of its colour."""

    name: str
    rows: int
    colour: str


class OutcomeBar(QWidget):
    """Paints shares side by side; its accessible description says them in words."""

    def __init__(self) -> None:
        super().__init__()
        self.shares: tuple[Share, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show these; those without a row take no room."""
        self.shares = tuple(each for each in shares if each.rows)
        self.setAccessibleDescription(", ".join(f"{each.name}: {number(each.rows)}" for each in self.shares))
        self.update()

    def widths(self) -> list[float]:
        """Give the width of each share: in proportion, and never too small to be seen."""
        whole = max(1, sum(each.rows for each in self.shares))
        free = max(0, self.width() - LEAST * len(self.shares))
        return [LEAST + free * each.rows / whole for each in self.shares]

    def sizeHint(self) -> QSize:
        return QSize(120, px(TALL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t, left = QPainter(self), tokens(), 0.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        painter.setClipPath(whole)
        painter.fillRect(self.rect(), QColor(t.track))
        for share, width in zip(self.shares, self.widths(), strict=True):
            painter.fillRect(QRectF(left, 0, width, self.height()), QColor(getattr(t, share.colour)))
            left += width
            painter.fillRect(QRectF(left - 1, 0, 1, self.height()), QColor(t.surface))
        painter.end()


class Sample(QWidget):
    """Shows the colour of a share beside its name."""

    def __init__(self) -> None:
        super().__init__()
        self.colour = "track"
        self.setFixedSize(px(SWATCH), px(SWATCH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens().border))
        painter.setBrush(QColor(getattr(tokens(), self.colour)))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.end()


class Legend(QWidget):
    """Names the shares in the order of the bar."""

    MOST = 6

    def __init__(self) -> None:
        super().__init__()
        flow = FlowLayout(spacing=16)
        self.setLayout(flow)
        self._entries: list[QWidget] = []
        self._samples = [Sample() for _ in range(self.MOST)]
        self.names = [label("small") for _ in range(self.MOST)]
        for sample, name in zip(self._samples, self.names, strict=True):
            entry = QWidget()
            entry.setLayout(row(sample, name, spacing=6))
            flow.addWidget(entry)
            self._entries.append(entry)

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show those with rows, each with its part of the whole."""
        shown = [each for each in shares if each.rows]
        whole = max(1, sum(each.rows for each in shown))
        for n, entry in enumerate(self._entries):
            entry.setVisible(n < len(shown))
            if n < len(shown):
                self._samples[n].colour = shown[n].colour
                self._samples[n].update()
                self.names[n].setText(f"{shown[n].name} · {self._part(shown[n].rows, whole)}")

    def _part(self, rows: int, whole: int) -> str:
        part = round(100 * rows / whole)
        if not part:
            return self.tr("less than 1 %")
        return self.tr("{0} %").format(number(min(part, 99) if rows < whole else 100))


class OutcomeCard(QFrame):
    """Tells what was done as a bar, where the results are, and what the next sync does. Beside rows that failed, which
    need the room, only its last lines stay."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self.bar, self.legend = OutcomeBar(), Legend()
        self.heads = tuple(label("strong") for _ in range(3))
        self.results, self.next_sync = label("muted", wrap=True), label("muted", wrap=True)
        self.note = label("small", wrap=True)
        done, where, then = self.heads
        box = column(done, self.bar, self.legend, where, self.results, then, self.next_sync, self.note, spacing=6)
        for head in (where, then):
            head.setContentsMargins(0, 10, 0, 0)
        self.setLayout(box)

    def show_outcome(self, finished: ImportFinished, results: str, next_sync: str, note: str, *, whole: bool) -> None:
        """Show the end of an import; `whole`: with all that there is to tell."""
        shares = (
            Share(self.tr("Created"), finished.created, "ok"),
            Share(self.tr("Updated"), finished.updated, "accent"),
            Share(self.tr("Unchanged"), finished.unchanged, "bars"),
            Share(self.tr("Refused"), finished.failed, "err"),
            Share(self.tr("To correct"), finished.refused, "warn"),
            Share(self.tr("Left to send"), finished.left, "track"),
        )
        self.bar.setAccessibleName(self.tr("What became of the rows"))
        self.bar.show_shares(shares)
        self.legend.show_shares(shares)
        titles = (self.tr("What became of the rows"), self.tr("Where the results are"), self.tr("At the next sync"))
        for head, title in zip(self.heads, titles, strict=True):
            head.setText(title)
        self.results.setText(results)
        self.next_sync.setText(next_sync)
        self.note.setText(note)
        restyle(self, "card", "plain" if whole else "")
        self.layout().setContentsMargins(*(16, 14, 16, 14) if whole else (0, 0, 0, 0))  # type: ignore[union-attr]
        for part in (*self.heads, self.bar, self.legend, self.results):
            part.setVisible(whole)
