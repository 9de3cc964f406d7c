"""What is wrong at a connection: what happened, what to do, one button that does it, and the words for an
administrator."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame

from disf_desktop.core.errors import DisfError
from disf_desktop.gui.models.connections import AnyConnection
from disf_desktop.gui.parts import button, column, label, row, say
from disf_desktop.gui.tabs.connection_recipe import recipe_text
from disf_desktop.gui.words.connection_words import Mend, explained, for_the_administrator, mend_said
from disf_desktop.gui.words.wording import error_details


class TroubleCard(QFrame):
    """Shown only while there is trouble. `mend` gives what the button is to do (connection_words.Mend)."""

    mend = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "warn")
        self._error: DisfError | None = None
        self._connection: AnyConnection | None = None
        self._mend = Mend.TEST
        self.title, self.text = label("warn", wrap=True), label("", wrap=True, selectable=True)
        self.details = label("small", wrap=True, selectable=True)
        self.details.hide()
        self.mend_button = button("", lambda: self.mend.emit(self._mend))
        self.copy_button = button("quiet", self._copy)
        self.details_button = button("quiet", lambda: self.details.setVisible(self.details.isHidden()))
        box = column(
            self.title,
            self.text,
            row(self.mend_button, self.copy_button, self.details_button, None, spacing=6),
            self.details,
            spacing=8,
        )
        box.setContentsMargins(14, 12, 14, 12)
        self.setLayout(box)
        self.hide()

    def show_error(self, error: DisfError | None, connection: AnyConnection) -> None:
        """Show an error of a connection, or nothing."""
        if error is not self._error:
            self.details.hide()
        self._error, self._connection = error, connection
        self.setVisible(error is not None)
        if error is None:
            return
        told = explained(error, connection)
        self._mend = told.mend
        say(self.title, told.happened)
        say(self.text, told.what_to_do)
        self.setAccessibleName(f"{told.happened} {told.what_to_do}")
        self.mend_button.setText(mend_said(told.mend, error))
        self.copy_button.setText(self.tr("Copy this message for your administrator"))
        self.copy_button.setVisible(told.administrator)
        self.details_button.setText(self.tr("Details"))
        self.details.setText(error_details(error))

    def _copy(self) -> None:
        assert self._error is not None, "the button is there with an error only"
        assert self._connection is not None, "an error is of a connection"
        recipe = recipe_text() if self._mend is Mend.RECIPE else ""
        QGuiApplication.clipboard().setText(for_the_administrator(self._error, self._connection, recipe))
