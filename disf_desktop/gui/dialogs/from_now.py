"""Before a trigger starts from now: what is left as it is, until when, and that nothing is written."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from disf_desktop.core.project import Trigger
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.models.from_now import LateTick
from disf_desktop.gui.parts import label


class FromNowDialog(Dialog):
    """Its button starts the run that leaves what piled up."""

    def __init__(self, parent: QWidget, desk: Desk, tick: LateTick) -> None:
        super().__init__(parent, self._go)
        self._desk, self._tick = desk, tick
        self.say(
            self.tr("Start “{0}” from now").format(tick.integration),
            self._meaning(tick.trigger),
            self.tr("Start from now"),
        )
        self.writes, self.back = label("", wrap=True), label("muted", wrap=True)
        self.writes.setText(
            self.tr(
                "Both services are read, and nothing is written to either of them. It takes about as long as a "
                "preview, and can be stopped at any time."
            )
        )
        self.back.setText(self.tr("It cannot be undone. To bring something across later, edit it again."))
        self.back.setVisible(tick.trigger is not Trigger.SALESFORCE_DELETED)
        self.put(self.writes, self.back)
        self.accept_button.setFocus()

    def _meaning(self, trigger: Trigger) -> str:
        told = {
            Trigger.SALESFORCE_CREATED: self.tr(
                "Records that Salesforce has by now and Dialog Insight does not are left out, each until it is edited "
                "in Salesforce again. Those created from now on travel."
            ),
            Trigger.SALESFORCE_UPDATED: self.tr(
                "Where the two sides differ by now, each keeps its own value, until the field is edited again in "
                "Salesforce. What is edited from now on travels."
            ),
            Trigger.SALESFORCE_DELETED: self.tr(
                "Who was deleted in Salesforce by now is not marked in Dialog Insight. Those deleted from now on are."
            ),
            Trigger.DIALOG_INSIGHT_UPDATED: self.tr(
                "Where the two sides differ by now, each keeps its own value, until the field is edited again in "
                "Dialog Insight. What is edited from now on travels."
            ),
        }
        return told[trigger]

    def _go(self) -> bool:
        self._desk.start_from_now(self._tick)
        return True
