"""Report a problem: every text of the report is shown before the person saves it; nothing is sent by the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QWidget,
)

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.inputs import Labelled
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.reports import MAKING, ReportFacts
from disf_desktop.gui.parts import Notice, button, card, column, label, row, say
from disf_desktop.gui.theme import monospace
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.wording import error_details, error_said

SUGGESTED = "disf-report.zip"


class ReportDialog(QDialog):
    """Shows what a report holds, text by text, and saves it."""

    def __init__(self, parent: QWidget, desk: Desk, store: Store) -> None:
        super().__init__(parent)
        self._desk, self._store = desk, store
        self._shown = ReportFacts()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title, self.text = label("title", wrap=True), label("muted", wrap=True)
        self.told = QPlainTextEdit()
        self.told.setTabChangesFocus(True)
        self.told.setFixedHeight(64)
        self.asked = Labelled(self.told)
        self.again_button = button("", self._make)
        self.names, self.view = QListWidget(), QPlainTextEdit()
        self.names.currentRowChanged.connect(lambda *_: self._show_part())
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setFont(monospace())
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(card(column(self.names), margins=(1, 1, 1, 1)))
        split.addWidget(self.view)
        split.setSizes([230, 500])
        self.taken, self.outcome = label("small", wrap=True), Notice("ok")
        self.close_button, self.save_button = button("", self.reject), button("primary", self._ask_where)
        asked = row(self.asked, self.again_button)
        asked.setStretch(0, 1)
        asked.setAlignment(self.again_button, Qt.AlignmentFlag.AlignBottom)
        end = row(None, self.close_button, self.save_button)
        box = column(self.title, self.text, asked, split, self.taken, self.outcome, end, spacing=12)
        box.setStretch(3, 1)
        box.setContentsMargins(22, 20, 22, 18)
        self.setLayout(box)
        self.resize(820, 600)
        store.changed.connect(self.show_facts)
        self.finished.connect(lambda *_: desk.forget_report())
        self._make()
        self.show_facts()

    def _make(self) -> None:
        """Make the report with what is written now."""
        import PySide6

        screens = ", ".join(f"{s.size().width()}×{s.size().height()}" for s in QApplication.screens())
        versions = {
            "Qt": qVersion(),
            "PySide6": PySide6.__version__,
            "platform": QApplication.platformName(),
            "screens": screens,
        }
        self._desk.make_report(self.told.toPlainText(), versions)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.setNameFilters([self.tr("ZIP files (*.zip)")])
        dialog.selectFile(SUGGESTED)
        dialog.fileSelected.connect(lambda name: self._desk.save_report(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_facts(self) -> None:
        """Show the report as it would be saved."""
        facts, making = self._store.facts.report, MAKING in self._store.facts.asking
        self.setWindowTitle(self.tr("Report a problem"))
        self.title.setText(self.tr("Report a problem"))
        self.text.setText(
            self.tr(
                "This is all that the report holds: read it, save it, then send the file to who helps you. Nothing is "
                "sent by this program. Addresses, names, numbers and secrets that it knows were taken out."
            )
        )
        self.asked.show_text(
            self.tr("&What were you doing?"), self.tr("This text is searched for names and secrets too.")
        )
        self.again_button.setText(self.tr("&Put it in the report"))
        self.again_button.setEnabled(not making)
        self.names.setAccessibleName(self.tr("Texts of the report"))
        self.view.setAccessibleName(self.tr("The text that is chosen"))
        self.save_button.setText(self.tr("&Save the report…"))
        self.save_button.setEnabled(facts.report is not None and not making)
        self.close_button.setText(self.tr("&Close"))
        if facts.report is not self._shown.report:
            self._fill(facts)
        self._shown = facts
        say(self.taken, counts.taken_out(facts.report.taken) if facts.report is not None else "")
        self._show_outcome(facts)

    def _fill(self, facts: ReportFacts) -> None:
        place = max(0, self.names.currentRow())
        parts = facts.report.parts if facts.report is not None else ()
        self._shown = facts
        was = self.names.blockSignals(True)
        self.names.clear()
        self.names.addItems([part.name for part in parts])
        self.names.setCurrentRow(min(place, len(parts) - 1))
        self.names.blockSignals(was)
        self._show_part()

    def _show_part(self) -> None:
        parts = self._shown.report.parts if self._shown.report is not None else ()
        place = self.names.currentRow()
        self.view.setPlainText(parts[place].text if 0 <= place < len(parts) else "")

    def _show_outcome(self, facts: ReportFacts) -> None:
        if facts.error is not None:
            happened, what_to_do = error_said(facts.error)
            self.outcome.show_text(happened, what_to_do, error_details(facts.error), "err")
        elif facts.saved is not None:
            text = self.tr("Send this file to who helps you; you may look into it first.")
            self.outcome.show_text(self.tr("Saved in {0}").format(facts.saved.name), text, look="ok")
        else:
            self.outcome.show_text("")


def show_report(parent: QWidget, desk: Desk, store: Store) -> ReportDialog:
    """Open the report of a problem over the window."""
    dialog = ReportDialog(parent, desk, store)
    dialog.open()
    return dialog
