"""The small table in which a person types the fields of a custom table: a line for each, all by keyboard."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLineEdit, QPushButton, QScrollArea, QWidget

from disf_desktop.core.schema import Field, FieldType
from disf_desktop.gui.inputs import Choice, Number, Picker
from disf_desktop.gui.models.table_drafts import TYPES, FieldDraft, first_empty, length_matters
from disf_desktop.gui.parts import button, column, label, scrolled
from disf_desktop.gui.words.field_words import field_type

LONGEST_CODE = 120
MOST_CHARACTERS, MOST_DECIMALS = 1_000_000, 38


def _named(types: Iterable[FieldType]) -> list[Choice]:
    return [(each, field_type(Field("", "", each))) for each in types]


class FieldLine:
    """The inputs of one field. They stand in the columns of the grid of all lines."""

    def __init__(self) -> None:
        self.code, self.type = QLineEdit(), Picker()
        self.code.setMaxLength(LONGEST_CODE)
        self.length, self.decimals = Number(0, MOST_CHARACTERS), Number(0, MOST_DECIMALS)
        for each in (self.length, self.decimals):
            each.setSpecialValueText("—")
        self.required, self.key = QCheckBox(), QCheckBox()
        self.remove = button("quiet")

    @property
    def parts(self) -> tuple[QWidget, ...]:
        return (self.code, self.type, self.length, self.decimals, self.required, self.key, self.remove)

    def draft(self) -> FieldDraft:
        """Give what was typed."""
        return FieldDraft(
            self.code.text().strip(),
            self.type.value or FieldType.TEXT,
            self.length.value(),
            self.decimals.value(),
            self.required.isChecked(),
            self.key.isChecked(),
        )


class TableFields(QFrame):
    """The lines. `changed` comes with each thing that the person types, picks or ticks."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self.lines: list[FieldLine] = []
        self._heads = [label("caption") for _ in range(6)]
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        for n, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, n)
        page = QWidget()
        whole = column(self._grid, None, spacing=0)
        whole.setContentsMargins(12, 10, 12, 10)
        page.setLayout(whole)
        self._area: QScrollArea = scrolled(page)
        self._area.setMinimumHeight(180)
        outside = column(self._area)
        outside.setContentsMargins(1, 1, 1, 1)
        self.setLayout(outside)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        texts = (
            self.tr("Code"),
            self.tr("Type"),
            self.tr("Length"),
            self.tr("Decimals"),
            self.tr("Required"),
            self.tr("Key"),
        )
        for head, text in zip(self._heads, texts, strict=True):
            head.setText(text)
        for number, line in enumerate(self.lines, 1):
            line.type.show_choices(_named(TYPES), line.type.value)
            for part, text in zip(line.parts, texts, strict=False):
                part.setAccessibleName(self.tr("{0} of field {1}").format(text, number))
            line.remove.setText("✕")
            line.remove.setAccessibleName(self.tr("Take field {0} away").format(number))
            line.remove.setToolTip(self.tr("Take field {0} away").format(number))

    def drafts(self) -> tuple[FieldDraft, ...]:
        """Give what was typed, line by line."""
        return tuple(line.draft() for line in self.lines)

    def show_drafts(self, drafts: tuple[FieldDraft, ...]) -> None:
        """Show these lines, and an empty one below."""
        wanted = (*(d for d in drafts if d.code), FieldDraft())
        while len(self.lines) > len(wanted):
            self._drop(self.lines.pop())
        while len(self.lines) < len(wanted):
            self._add()
        self.retranslate()
        for line, draft in zip(self.lines, wanted, strict=True):
            self._fill(line, draft)

    def _fill(self, line: FieldLine, draft: FieldDraft) -> None:
        for part in line.parts:
            part.blockSignals(True)
        line.code.setText(draft.code)
        types = dict.fromkeys((*TYPES, draft.type))
        line.type.show_choices(_named(types), draft.type)
        line.length.show_number(draft.length)
        line.decimals.show_number(draft.decimals)
        line.required.setChecked(draft.required)
        line.key.setChecked(draft.key)
        for part in line.parts:
            part.blockSignals(False)
        self._enable(line)

    @staticmethod
    def _enable(line: FieldLine) -> None:
        line.length.setEnabled(length_matters(line.type.value or FieldType.TEXT))
        line.decimals.setEnabled(line.type.value is FieldType.DECIMAL)
        line.remove.setEnabled(bool(line.code.text()))

    def _add(self) -> None:
        line, at = FieldLine(), self._grid.rowCount()
        for n, part in enumerate(line.parts):
            centred = isinstance(part, QCheckBox | QPushButton)
            flag = Qt.AlignmentFlag.AlignCenter if centred else Qt.AlignmentFlag(0)
            self._grid.addWidget(part, at, n, flag)
        line.code.textEdited.connect(partial(self._typed, line))
        line.type.picked.connect(partial(self._typed, line))
        line.length.entered.connect(partial(self._typed, line))
        line.decimals.entered.connect(partial(self._typed, line))
        line.required.clicked.connect(partial(self._typed, line))
        line.key.clicked.connect(partial(self._typed, line))
        line.remove.clicked.connect(partial(self._remove, line))
        self.lines.append(line)

    def _drop(self, line: FieldLine) -> None:
        for part in line.parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()

    def _typed(self, line: FieldLine, *_: object) -> None:
        self._enable(line)
        if first_empty(self.drafts()) == len(self.lines):  # there is always a line to go on in
            self._add()
            self.retranslate()
            self._fill(self.lines[-1], FieldDraft())
        self.changed.emit()

    def _remove(self, line: FieldLine, *_: object) -> None:
        number = self.lines.index(line)
        self.lines.remove(line)
        self._drop(line)
        self.retranslate()
        self.lines[min(number, len(self.lines) - 1)].code.setFocus()
        self.changed.emit()
