"""The settings of a connection that few people touch, folded away: batches, calls at once, time-out, certificates."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QWidget

from disf_desktop.core.project import SalesforceConnection
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.inputs import Labelled, Number
from disf_desktop.gui.models.connections import AnyConnection, changed
from disf_desktop.gui.parts import Fact, button, column, row


class AdvancedCard(QFrame):
    """One button while it is folded; it says so when a setting differs from what is usual."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk = desk
        self._connection: AnyConnection | None = None
        self._open = False
        self.fold_button = button("quiet", self._fold)
        self.batch, self.concurrency, self.timeout = Number(1, 200), Number(1, 8), Number(5, 600)
        self.timeout.setSingleStep(5)
        self.batch_room, self.concurrency_room = Labelled(self.batch), Labelled(self.concurrency)
        self.timeout_room = Labelled(self.timeout)
        self.batch.entered.connect(lambda n: self._set(batch_size=n))
        self.concurrency.entered.connect(lambda n: self._set(concurrency=n))
        self.timeout.entered.connect(lambda n: self._set(timeout_s=n))
        self.ca_file = Fact()
        self.choose_button, self.clear_button = (
            button("", self._choose),
            button("quiet", lambda: self._set(ca_file=None)),
        )
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        for n, room in enumerate((self.batch_room, self.concurrency_room, self.timeout_room)):
            grid.addWidget(room, 0, n, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(n, 1)
        files = row(self.ca_file, self.clear_button, self.choose_button)
        files.setStretch(0, 1)
        self.room = QWidget()
        self.room.setLayout(column(grid, files, spacing=14))
        box = column(row(self.fold_button, None), self.room, spacing=8)
        box.setContentsMargins(8, 6, 16, 8)
        self.room.setContentsMargins(8, 0, 0, 6)
        self.setLayout(box)

    def unfold(self) -> None:
        """Show the settings, with the hand on the certificates."""
        self._open = True
        self._render()
        self.choose_button.setFocus()

    def show_connection(self, connection: AnyConnection) -> None:
        """Show the settings of a connection."""
        self._connection = connection
        self._render()

    def _render(self) -> None:
        connection = self._connection
        if connection is None:
            return
        self.fold_button.setText(self.tr("Hide the advanced settings") if self._open else self.tr("Advanced settings"))
        self.room.setVisible(self._open)
        salesforce = isinstance(connection, SalesforceConnection)
        self.batch.setMaximum(200 if salesforce else 1000)
        self.batch.show_number(connection.batch_size)
        self.batch_room.show_text(self.tr("Records in one call"))
        self.concurrency.show_number(connection.concurrency)
        self.concurrency_room.show_text(self.tr("Calls at the same time"))
        self.timeout.setSuffix(self.tr(" s"))
        self.timeout.show_number(connection.timeout_s)
        self.timeout_room.show_text(self.tr("Time-out of a call"))
        kept = connection.ca_file or self.tr("those that this computer trusts")
        self.ca_file.show_text(self.tr("Certificates of authorities"), kept)
        self.choose_button.setText(self.tr("Choose a file…"))
        self.clear_button.setText(self.tr("Use those of the computer"))
        self.clear_button.setVisible(connection.ca_file is not None)

    def _fold(self) -> None:
        self._open = not self._open
        self._render()

    def _set(self, **members: object) -> None:
        connection = self._connection
        if connection is None:
            return
        name = connection.name
        self._desk.change(lambda: self.tr("Change a setting of {0}").format(name), changed(connection, **members))

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the certificates of an authority"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Certificates (*.pem *.crt *.cer)"), self.tr("All files (*)")])
        path = self._desk.facts.path
        if path is not None:
            dialog.setDirectory(str(path.parent))
        dialog.fileSelected.connect(self._chosen)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _chosen(self, name: str) -> None:
        """Name a file beside the project file by its name alone, so that both can be moved together."""
        chosen, path = Path(name), self._desk.facts.path
        beside = path is not None and chosen.parent == path.parent
        self._set(ca_file=chosen.name if beside else str(chosen))
