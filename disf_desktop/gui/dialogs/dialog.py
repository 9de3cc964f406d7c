"""Dialogs: asked with `open()`, answered by signal; none of them blocks the loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QMessageBox, QPushButton, QWidget

from disf_desktop.core.errors import DisfError
from disf_desktop.gui.parts import Notice, button, column, label, row, say
from disf_desktop.gui.words.wording import error_details, error_said


class Dialog(QDialog):
    """A question with inputs of its own: a title, a sentence, the inputs, what is wrong, and two buttons.

    The verb on the button says what will happen. `accept_with` is called by it; the dialog closes when that gives True.
    """

    def __init__(self, parent: QWidget, accept_with: Callable[[], Any]) -> None:
        super().__init__(parent)
        self._accept_with = accept_with
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title, self.text = label("title", wrap=True), label("muted", wrap=True)
        self.error = Notice("err")
        self.accept_button = button("primary", self._accept)
        self.accept_button.setDefault(True)
        self.cancel_button = button("", self.reject)
        self._room = column(spacing=12)
        self._inputs = QWidget()
        self._inputs.setLayout(self._room)
        box = column(
            self.title,
            self.text,
            self._inputs,
            self.error,
            None,
            row(None, self.cancel_button, self.accept_button),
            spacing=12,
        )
        box.setContentsMargins(22, 20, 22, 18)
        self.setLayout(box)
        self.setMinimumWidth(480)

    def put(self, *parts: QWidget | QLayout) -> None:
        """Put the inputs between the sentence and the buttons."""
        for part in parts:
            if isinstance(part, QLayout):
                self._room.addLayout(part)
            else:
                self._room.addWidget(part)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first input; the buttons come after the last one."""
        # The list that a picker unfolds is a window of its own.
        mine = (w for w in self._inputs.findChildren(QWidget) if w.window() is self)
        inputs = [w for w in mine if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        before = inputs[-1] if inputs else self.error.action
        for part in (self.cancel_button, self.accept_button):
            QWidget.setTabOrder(before, part)
            before = part
        super().showEvent(event)
        seen = [w for w in inputs if w.isVisibleTo(self) and w.isEnabled()]
        if seen and not (self._inputs.isAncestorOf(self.focusWidget()) if self.focusWidget() else False):
            seen[0].setFocus()

    def say(self, title: str, text: str, verb: str) -> None:
        """Say what is asked and what the button does."""
        self.setWindowTitle(title.replace("&", ""))
        self.title.setText(title)
        say(self.text, text)
        self.accept_button.setText(verb)
        self.cancel_button.setText(self.tr("Cancel"))

    def complain(self, error: DisfError | None) -> None:
        """Show why it cannot be done; None takes that away."""
        if error is None:
            self.error.show_text("")
            return
        happened, what_to_do = error_said(error)
        self.error.show_text(happened, what_to_do, error_details(error), "err")

    def refuse(self, happened: str, what_to_do: str = "") -> None:
        """Show what is wrong with what was typed."""
        self.error.show_text(happened, what_to_do, look="err")

    def _accept(self) -> None:
        if self._accept_with():
            self.accept()


def confirm(parent: QWidget, title: str, text: str, verb: str, then: Callable[[], Any], stay: str = "") -> QMessageBox:
    """Ask before something that cannot be undone; `then` is called when the person takes the button with the verb."""
    box = QMessageBox(QMessageBox.Icon.Question, parent.window().windowTitle(), title, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(text)
    do: QPushButton = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    do.setProperty("look", "danger")
    keep = (
        box.addButton(stay, QMessageBox.ButtonRole.RejectRole)
        if stay
        else box.addButton(QMessageBox.StandardButton.Cancel)
    )
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.buttonClicked.connect(lambda chosen: then() if chosen is do else None)
    box.open()
    return box
