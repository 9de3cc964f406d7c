"""The two cards of the inspector: whether values can travel with what may be done about it, and real records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTableView,
    QWidget,
)

from disf_desktop.core.errors import DisfError, InOrg
from disf_desktop.core.sampling import Flow, Flows, Remedy
from disf_desktop.core.schema import Field
from disf_desktop.gui.lists import CellDelegate
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import Notice, button, card, column, label, restyle, say
from disf_desktop.gui.words.inspector_words import NOTHING, raw_said, refusal_said, sample_said, stored_said
from disf_desktop.gui.words.wording import error_details, error_said

Cure = tuple[Remedy | InOrg, str, str]
"""A remedy, or a field to be made in an org; what its button says, and what is said below it."""

SHOWN = 8
"""How many real records the inspector shows."""


class VerdictCard(QFrame):
    """What is known of a pair: a title, sentences, and a button for each remedy. `wanted` gives the remedy pressed."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.title, self.text = label("warn", wrap=True), label("", wrap=True, selectable=True)
        self._room = column(spacing=6)
        self.buttons: list[QPushButton] = []
        self.notes: list[QLabel] = []
        self._cures: tuple[Cure, ...] = ()
        box = column(self.title, self.text, self._room, spacing=4)
        box.setContentsMargins(12, 10, 12, 10)
        self.setLayout(box)
        self.hide()

    def show_verdict(self, title: str, text: str, look: str, cures: Sequence[Cure] = ()) -> None:
        """Fill the card; an empty title hides it."""
        restyle(self, "card", look)
        restyle(self.title, "role", "strong" if look == "plain" else look)
        say(self.title, title)
        say(self.text, text)
        self.setAccessibleName(" ".join(part for part in (title, text) if part))
        self._show_cures(tuple(cures))
        self.setVisible(bool(title))

    def _show_cures(self, cures: tuple[Cure, ...]) -> None:
        while len(self.buttons) < len(cures):
            self.buttons.append(button("", partial(self._pressed, len(self.buttons))))
            self.notes.append(label("small", wrap=True))
            self._room.addWidget(self.buttons[-1])
            self._room.addWidget(self.notes[-1])
        self._cures = cures
        for number, made in enumerate(self.buttons):
            made.setVisible(number < len(cures))
            text, note = cures[number][1:] if number < len(cures) else ("", "")
            made.setText(text)
            made.setAccessibleDescription(note)
            say(self.notes[number], note)

    def _pressed(self, number: int) -> None:
        self.wanted.emit(self._cures[number][0])


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A real value on its way, with what a person knows its field by."""

    flow: Flow
    source: Field
    label: str


class SampleCard(QWidget):
    """Real records through the pair: Salesforce at the left, as Dialog Insight will hold it at the right."""

    def __init__(self, read: Callable[[], None]) -> None:
        super().__init__()
        self.caption = label("caption")
        self.model: TableModel[SampleRow] = TableModel(
            [Column(lambda: "Salesforce", self._raw), Column(lambda: "Dialog Insight", self._stored)], self
        )
        self.table = _Table(self.model)
        self.error = Notice("warn")
        self.said = label("small", wrap=True)
        self.read_button = button("", read)
        frame = card(column(self.table, spacing=0), margins=(1, 1, 1, 1))
        self._frame = frame
        self.setLayout(column(self.caption, frame, self.said, self.error, self.read_button, spacing=6))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_sample(self, flows: Flows | None, source: Field | None, name: str) -> None:
        """Show what the sample gave, or that none was looked at."""
        self.caption.setText(self.tr("Sample"))
        rows = [SampleRow(flow, source, name) for flow in flows.shown[:SHOWN]] if flows and source else []
        self.model.show(rows)
        self._frame.setVisible(bool(rows))
        self.table.fit()
        self.table.setAccessibleName(self.tr("Real records, as they are in Salesforce and in Dialog Insight"))
        say(self.said, sample_said(flows) if flows is not None else "")

    def show_reading(self, sentence: str, verb: str, asking: bool, able: bool, error: DisfError | None) -> None:
        """Say what can be read, or why it could not; `verb` is on the button."""
        if not self._frame.isVisibleTo(self) and sentence:
            say(self.said, sentence)
        self.read_button.setText(self.tr("Reading…") if asking else verb)
        self.read_button.setVisible(bool(verb))
        self.read_button.setEnabled(able and not asking)
        if error is not None and not asking:
            self.error.show_text(*error_said(error), error_details(error))
        else:
            self.error.show_text("")

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.model.retranslate()

    @staticmethod
    def _raw(row: SampleRow) -> Cell:
        text = raw_said(row.flow, row.source)
        return Cell(text, Look.CODE, tip=text if text != NOTHING else "")

    @staticmethod
    def _stored(row: SampleRow) -> Cell:
        text = stored_said(row.flow)
        if row.flow.refusal is None:
            return Cell(text, Look.CODE, tip=text if text != NOTHING else "")
        why = refusal_said(row.flow.refusal, row.label)
        return Cell(text, Look.PILL_WARN, said=f"{text}: {why}", tip=why)


class _Table(QTableView):
    """A small table as tall as its rows."""

    def __init__(self, model: TableModel[SampleRow]) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(32)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        header.setStyleSheet("QHeaderView::section { padding: 8px 7px; }")  # both heads fit into a narrow panel
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """Take the height of the rows, and give each column half of the room, or what its head needs."""
        rows = self.model().rowCount()
        header = self.horizontalHeader()
        self.setFixedHeight(header.sizeHint().height() + 32 * rows + 2)
        right = max(self.viewport().width() // 2, header.sectionSizeHint(1))
        header.resizeSection(1, right)
        header.resizeSection(0, self.viewport().width() - right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
