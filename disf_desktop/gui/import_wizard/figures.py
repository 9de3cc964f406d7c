"""A figure with its caption, in a card; one that needs a person has the colour and the sign of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QWidget

from disf_desktop.gui.parts import column, label, restyle, row


@dataclass(frozen=True, slots=True)
class Figure:
    """What is counted, how many there are, what to know of it, and whether it needs a person."""

    caption: str
    value: str
    tip: str = ""
    wrong: bool = False


class FigureCard(QFrame):
    """Shows one figure."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self.caption, self.value = label("small"), label("figure")
        self.setLayout(column(self.caption, self.value, spacing=2))
        self.layout().setContentsMargins(14, 8, 14, 9)  # type: ignore[union-attr]

    def show_figure(self, figure: Figure) -> None:
        """Fill the card."""
        restyle(self, "card", "wrong" if figure.wrong else "plain")
        restyle(self.value, "role", "figure_err" if figure.wrong else "figure")
        self.caption.setText(figure.caption)
        self.value.setText(f"▲ {figure.value}" if figure.wrong else figure.value)
        self.setToolTip(figure.tip)
        self.setAccessibleName(f"{figure.caption}: {figure.value}")


class Figures(QWidget):
    """Figures side by side."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.cards = [FigureCard() for _ in range(most)]
        line = row(*self.cards, spacing=12)
        for n in range(most):
            line.setStretch(n, 1)
        self.setLayout(line)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these."""
        for n, made in enumerate(self.cards):
            made.setVisible(n < len(figures))
            if n < len(figures):
                made.show_figure(figures[n])
