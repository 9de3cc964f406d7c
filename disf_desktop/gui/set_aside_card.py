"""The records that wait for a person: why, what to do, and retry, dismiss or export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QMessageBox

from disf_desktop.core.history import SetAsideRecord
from disf_desktop.core.schema import Side
from disf_desktop.gui.desk import PAGE, Desk
from disf_desktop.gui.figures import counts, moment_soon, number
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import Sentence, button, column, label, pill, row, rule, say
from disf_desktop.gui.story import SERVICE_NAMES
from disf_desktop.gui.wording import set_aside_said


class SetAsideCard(QFrame):
    """Shown while anything is set aside; the list is read a page at a time as it is scrolled."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk = desk
        self._idle = True
        self.title, self.count, self.text = label("strong"), pill(), Sentence()
        self.export_button = button("", self._ask_where)
        self.retry_all_button = button("", lambda: desk.retry(None))
        self.retry_button = button("", lambda: desk.retry(self.chosen()))
        self.dismiss_button = button("", self._ask_dismiss)
        self.outcome = label("ok")
        self.outcome.hide()
        self.records = TableModel[SetAsideRecord](
            (
                Column(lambda: self.tr("Record"), lambda r: Cell(r.rid, Look.CODE, tip=r.rid)),
                Column(lambda: self.tr("Integration"), lambda r: Cell(r.integration)),
                Column(lambda: self.tr("Field"), self._field),
                Column(lambda: self.tr("What happened"), self._happened),
                Column(lambda: self.tr("What to do"), self._to_do),
                Column(lambda: self.tr("Since"), self._since),
            ),
            self,
        )
        self.records.more_wanted.connect(desk.more_set_aside)
        self.table = Grid(self.records, stretch=4, row_height=46)
        self.table.setMinimumHeight(190)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        head = row(
            self.title, self.count, self.text,
            self.export_button, self.dismiss_button, self.retry_button, self.retry_all_button, spacing=8,
        )  # fmt: skip
        head.setStretch(2, 1)
        head.setContentsMargins(14, 9, 10, 9)
        said = row(self.outcome, None)
        said.setContentsMargins(14, 0, 14, 0)
        box = column(head, said, rule(), self.table, spacing=0)
        box.setContentsMargins(1, 1, 1, 1)
        box.setStretch(3, 1)
        self.setLayout(box)

    def _field(self, record: SetAsideRecord) -> Cell:
        name = SERVICE_NAMES[Side(record.side)]
        return Cell(record.field, Look.PLAIN, f"→ {name}", tip=self.tr("It cannot enter {0}.").format(name))

    def _happened(self, record: SetAsideRecord) -> Cell:
        text = set_aside_said(record)[0]
        return Cell(text, tip="\n".join(p for p in (text, f"{record.code} {record.request_id}".strip()) if p))

    def _to_do(self, record: SetAsideRecord) -> Cell:
        text = set_aside_said(record)[1]
        return Cell(text, Look.MUTED, tip=text)

    def _since(self, record: SetAsideRecord) -> Cell:
        return Cell(moment_soon(record.first_seen), Look.MUTED, tip=counts.tries(record.tries))

    def chosen(self) -> list[int]:
        """Give the ids of the records that are selected."""
        return [self.records.row(index).id for index in self.table.selectionModel().selectedRows()]

    def tell(self, text: str) -> None:
        """Say what the last deed has done."""
        say(self.outcome, text)

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.records.retranslate()
        self.outcome.hide()

    def show_facts(self, facts: Facts) -> None:
        """Show what is set aside, or nothing."""
        waiting = facts.history.outstanding.set_aside
        self.setVisible(bool(waiting) or self.outcome.isVisibleTo(self))
        if facts.running:
            self.outcome.hide()
        self.title.setText(self.tr("Set aside"))
        say(self.count, number(waiting) if waiting else "", "err")
        self.text.show_text(
            self.tr("Nothing is lost: they wait here, and are sent again by themselves when they change.")
        )
        self.export_button.setText(self.tr("E&xport CSV…"))
        self.retry_all_button.setText(self.tr("Retry a&ll"))
        self.retry_button.setText(self.tr("&Retry"))
        self.dismiss_button.setText(self.tr("&Dismiss"))
        self.table.setAccessibleName(self.tr("Records set aside"))
        self.records.show(facts.set_aside)
        self.records.more_to_come = len(facts.set_aside) < waiting and len(facts.set_aside) % PAGE == 0
        self._idle = not facts.running
        self._enable()

    def _enable(self) -> None:
        idle, any_chosen = self._idle, bool(self.chosen())
        self.export_button.setEnabled(bool(self.records.rows))
        self.retry_all_button.setEnabled(idle and bool(self.records.rows))
        self.retry_button.setEnabled(idle and any_chosen)
        self.dismiss_button.setEnabled(idle and any_chosen)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Export what is set aside"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setNameFilters([self.tr("CSV files (*.csv)")])
        dialog.fileSelected.connect(lambda name: self._desk.export_set_aside(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _ask_dismiss(self) -> None:
        ids = self.chosen()
        box = QMessageBox(
            QMessageBox.Icon.Question, self.tr("Set aside"), counts.dismiss_question(len(ids)), parent=self
        )
        box.setInformativeText(self.tr("They leave this list and are not sent. One that changes is tried again."))
        go = box.addButton(self.tr("Dismiss"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda button_: self._desk.dismiss(ids) if button_ is go else None)
        box.open()
