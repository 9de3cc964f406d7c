"""One record that waits, in full: what happened, what to do, the values it has, and the buttons that mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from disf_desktop.core.history import SetAsideRecord
from disf_desktop.core.schema import FieldType, Side
from disf_desktop.core.values import canonical
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.names import name_of
from disf_desktop.gui.models.operations import plain
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import Notice, button, card, column, label, row
from disf_desktop.gui.words.figures import counts, moment
from disf_desktop.gui.words.story import SERVICE_NAMES
from disf_desktop.gui.words.wording import set_aside_said


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of the record, and how its field is called."""

    id: str
    label: str
    value: str


def is_salesforce_id(rid: str) -> bool:
    """Say whether a record is known by a Salesforce Id, and not by the number of a contact."""
    return isinstance(canonical(rid, FieldType.ID), str)


class RecordDialog(Dialog):
    """Look closer at a record. Its main button lets the next run try it again."""

    def __init__(
        self, parent: QWidget, desk: Desk, record: SetAsideRecord, correct: Callable[[SetAsideRecord], Any]
    ) -> None:
        super().__init__(parent, self._retry)
        self._desk, self._record, self._correct = desk, record, correct
        self.happened = Notice("warn")
        self.detail = label("small", wrap=True, selectable=True)
        self.values = TableModel[_Value](
            (
                Column(lambda: self.tr("Field"), lambda v: Cell(v.label, Look.STRONG, tip=v.id)),
                Column(lambda: self.tr("Value"), lambda v: Cell(v.value or "—", Look.CODE, tip=v.value)),
            ),
            self,
        )
        self.table = Grid(self.values, stretch=1, row_height=32)
        self.table.setMinimumHeight(160)
        self.correct_button = button("", self._go_and_correct)
        self.open_button = button("", lambda: desk.open_in_salesforce(record.integration, record.rid))
        self.mapping_button = button("", self._edit_mapping)
        self.dismiss_button = button("", self._dismiss)
        self.put(
            self.happened,
            self.detail,
            card(column(self.table), margins=(1, 1, 1, 1)),
            row(self.correct_button, self.open_button, self.mapping_button, self.dismiss_button, None, spacing=8),
        )
        self.setMinimumWidth(700)

    def _retry(self) -> bool:
        self._desk.retry([self._record.id])
        return True

    def _dismiss(self) -> None:
        self._desk.dismiss([self._record.id])
        self.accept()

    def _go_and_correct(self) -> None:
        self.accept()
        self._correct(self._record)

    def _edit_mapping(self) -> None:
        self.accept()
        self._desk.edit_mapping_of(self._record)

    def show_facts(self, facts: Facts) -> None:
        """Say what is known of the record."""
        record, side = self._record, Side(self._record.side)
        self.say(name_of(record.values) or record.rid, f"{record.rid} · {record.integration}", self.tr("&Retry"))
        self.cancel_button.setText(self.tr("Close"))
        happened, to_do = set_aside_said(record)
        code = f"{record.code} {record.request_id}".strip()
        self.happened.show_text(happened, to_do, code)
        way = self.tr("It cannot enter {0}.").format(SERVICE_NAMES[side])
        since = self.tr("Since {0}, {1}.").format(moment(record.first_seen), counts.tries(record.tries))
        self.detail.setText(f"{way} {since}")
        self.table.setAccessibleName(self.tr("Values of the record"))
        self.values.show(self._values_of(facts))
        here = is_salesforce_id(record.rid)
        self.correct_button.setText(self.tr("Correct in Salesforce…"))
        self.correct_button.setEnabled(here and not facts.running)
        self.open_button.setText(self.tr("Open in Salesforce"))
        self.open_button.setEnabled(here)
        self.mapping_button.setText(self.tr("Edit mapping"))
        self.dismiss_button.setText(self.tr("&Dismiss"))
        for each in (self.accept_button, self.dismiss_button):
            each.setEnabled(not facts.running)

    def _values_of(self, facts: Facts) -> list[_Value]:
        """Give the record's values, that which is wrong first."""
        integration = facts.project.integration(self._record.integration) if facts.project else None
        schema = facts.source_schema(integration) if integration else None
        wrong = self._record.field.casefold()
        if integration is not None and self._record.side == Side.DIALOG_INSIGHT.value:
            pairs = integration.mapping.pairs
            wrong = next((p.source.casefold() for p in pairs if p.target.casefold() == wrong), wrong)
        found = []
        for name, value in self._record.values.items():
            field = schema.find(name) if schema else None
            found.append(_Value(name, field.label if field else name, plain(value)))
        return sorted(found, key=lambda v: v.id.casefold() != wrong)
