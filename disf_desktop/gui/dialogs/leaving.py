"""Letting go of a project, or of the window: nothing of a person's work is lost by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.dialog import confirm
from disf_desktop.gui.models.facts import Store

Then = Callable[[], Any]


class Leaving(QObject):
    """Asks what has to be asked before something ends."""

    def __init__(self, window: QWidget, desk: Desk, store: Store) -> None:
        super().__init__(window)
        self._window, self._desk, self._store = window, desk, store
        self._waiting: Then | None = None
        self._when_ended: Then | None = None
        store.changed.connect(self._go_on)
        store.changed.connect(self._go_on_when_ended)

    def leave(self, then: Then) -> None:
        """Do what lets go of the project, once its newest change is in the file; ask where it cannot get there."""
        facts = self._store.facts
        if facts.save_error is not None and not facts.saved:
            name = facts.path.name if facts.path else ""
            confirm(
                self._window,
                self.tr("The last changes are not in “{0}”.").format(name),
                self.tr("They are lost when the project is closed now."),
                self.tr("Close without them"),
                then,
            )
        elif facts.saved:
            then()
        else:
            self._waiting = then

    def _go_on(self) -> None:
        then, facts = self._waiting, self._store.facts
        if then is not None and (facts.saved or facts.save_error is not None):
            self._waiting = None
            self.leave(then)

    def ask_during_run(self, close: Then, background: Then | None) -> None:
        """Ask whether the run shall stop, go on in the background (where there is one), or the window stay."""
        happened = self.tr("A run is under way.")
        text = self.tr("Nothing is lost when it stops: the next run goes on from there.")
        self._ask(happened, text, self.tr("Stop and close"), lambda: self.stop(close), background)

    def ask_with_schedules(self, close: Then, background: Then) -> None:
        """Ask whether what runs by itself shall go on in the background, or end with the window, or the window stay."""
        happened = self.tr("Integrations run by themselves while this program is open.")
        text = self.tr("When it is closed, nothing runs until it is opened again. What is due then is made up for.")
        self._ask(happened, text, self.tr("Close"), close, background)

    def _ask(self, happened: str, text: str, verb: str, close: Then, background: Then | None) -> None:
        title, icon = self._window.windowTitle(), QMessageBox.Icon.Question
        box = QMessageBox(icon, title, happened, parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(text)
        deeds: dict[object, Then] = {box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole): close}
        if background is not None:
            there = box.addButton(self.tr("Go on in the background"), QMessageBox.ButtonRole.AcceptRole)
            deeds[there] = background
        stay = box.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda chosen: deeds.get(chosen, lambda: None)())
        box.open()

    def stop(self, then: Then) -> None:
        """Stop the run, and go on when it has ended."""
        self._when_ended = then
        self._desk.stop()
        self._go_on_when_ended()

    def _go_on_when_ended(self) -> None:
        then = self._when_ended
        if then is not None and not self._store.facts.running:
            self._when_ended = None
            then()
