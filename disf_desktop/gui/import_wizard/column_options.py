"""What is done with the cells of the column under the hand."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel

from disf_desktop.core.chosen import TransformName, WhenEmpty
from disf_desktop.core.conversion import TEXTS
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark
from disf_desktop.core.schema import Field, FieldType
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.import_wizard.column_pairing import ColumnPairing
from disf_desktop.gui.inputs import Picker, Segments
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.parts import Sentence, button, label, row
from disf_desktop.gui.words.choices import transform_name
from disf_desktop.gui.words.import_words import dates_said, decimal_said

_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
_DATED = frozenset({FieldType.DATE, FieldType.DATETIME})


def transforms_for(field: Field, is_key: bool) -> tuple[TransformName, ...]:
    """Give what can be done on the way to a field; a key is neither cut nor rounded."""
    found = []
    if field.type in TEXTS and field.type is not FieldType.EMAIL and field.length and not is_key:
        found.append(TransformName.CUT)
    if not is_key and (field.type is FieldType.INTEGER or (field.type is FieldType.DECIMAL and field.precision)):
        found.append(TransformName.ROUND)
    if field.type in TEXTS:
        found.append(TransformName.LOWER)
    if field.type is FieldType.PHONE:
        found.append(TransformName.DIGITS)
    return tuple(found)


class ColumnOptions(QFrame):
    """One line of choices, for the pair under the hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk = desk
        self._number = -1
        self.said = Sentence()
        self.empty_caption, self.way_caption = label("caption"), label("caption")
        self.when_empty = Segments()
        self.when_empty.picked.connect(lambda value: self._change(when_empty=value))
        self.transform, self.dates, self.decimal = (Picker(fitted=True) for _ in range(3))
        self.transform.picked.connect(lambda value: self._change(transform=(value,) if value else ()))
        self.dates.picked.connect(lambda value: self._change(dates=value))
        self.decimal.picked.connect(lambda value: self._change(decimal=value))
        self.remove_button = button("quiet", self._remove)
        line = row(
            self.said,
            self.empty_caption,
            self.when_empty,
            self.way_caption,
            self.transform,
            self.dates,
            self.decimal,
            self.remove_button,
            spacing=8,
        )
        line.setStretch(0, 1)
        line.setContentsMargins(12, 5, 8, 5)
        self.setLayout(line)

    def show_column(self, facts: Facts, pairing: ColumnPairing, number: int) -> None:
        """Show the choices of a pair; without one, say how to come to them."""
        columns = facts.imports.draft.columns
        self._number = number if 0 <= number < len(columns) else -1
        parts = (self.empty_caption, self.when_empty, self.way_caption, self.remove_button)
        for part in (*parts, self.transform, self.dates, self.decimal):
            part.setVisible(self._number >= 0)
        if self._number < 0:
            self.said.show_text(self.tr("Choose a pair to say what is done with its cells."))
            return
        pair = columns[number]
        field = pairing.find(pairing.target, pair.field)
        self.said.show_text(f"{pair.column} → {pairing.title(pairing.target, pair.field)}")
        is_key = pairing.pairs[number].key
        self._name(self.empty_caption, self.tr("Empty cell:"))
        self.when_empty.show_choices(
            ((WhenEmpty.KEEP, self.tr("leave the field")), (WhenEmpty.CLEAR, self.tr("clear it"))), pair.when_empty
        )
        self.when_empty.setAccessibleName(self.tr("When the cell is empty"))
        for part in (self.empty_caption, self.when_empty):
            part.setVisible(not is_key)
        self._show_transform(field, pair.transform, is_key)
        dated, counted = field is not None and field.type in _DATED, field is not None and field.type in _NUMBERS
        as_file = self.tr("Dates as the whole file")
        self.dates.show_choices([(None, as_file), *((each, dates_said(each)) for each in DateOrder)], pair.dates)
        self.dates.setAccessibleName(self.tr("How the dates of this column are written"))
        self.dates.setVisible(dated)
        as_file = self.tr("Decimals as the whole file")
        self.decimal.show_choices([(None, as_file), *((m, decimal_said(m)) for m in DecimalMark)], pair.decimal)
        self.decimal.setAccessibleName(self.tr("How the decimals of this column are written"))
        self.decimal.setVisible(counted)
        self.remove_button.setText(self.tr("Remo&ve"))
        self.remove_button.setToolTip(self.tr("Let this column fill this field no more (Delete)"))

    def _show_transform(self, field: Field | None, now: tuple[TransformName, ...], is_key: bool) -> None:
        possible = transforms_for(field, is_key) if field is not None else ()
        choices = [(None, self.tr("exactly as it is")), *((each, transform_name(each)) for each in possible)]
        self._name(self.way_caption, self.tr("On the way:"))
        self.transform.show_choices(choices, now[0] if now else None)
        self.transform.setAccessibleName(self.tr("What is done on the way"))
        for part in (self.way_caption, self.transform):
            part.setVisible(bool(possible))

    @staticmethod
    def _name(caption: QLabel, text: str) -> None:
        caption.setText(text)

    def _change(self, **changes: object) -> None:
        if self._number >= 0:
            self._desk.change_column(self._number, **changes)

    def _remove(self) -> None:
        if self._number >= 0:
            self._desk.unpair_column(self._number)
