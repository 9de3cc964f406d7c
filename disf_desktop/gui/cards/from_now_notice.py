"""What piled up while a trigger was not ticked: that it goes with the next run, or is left as it is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from disf_desktop.core.project import Trigger
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.from_now import FromNowDialog
from disf_desktop.gui.models.facts import Facts, RunKind
from disf_desktop.gui.models.from_now import LateTick, late_tick
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.parts import Notice, button, restyle
from disf_desktop.gui.words.figures import counts


class FromNowNotice(Notice):
    """Shown for the trigger ticked last, until the person has chosen or a run has carried it over."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("plain")
        self._desk = desk
        self._tick: LateTick | None = None
        self.dialog: FromNowDialog | None = None
        self.preview_button, self.carry_button = button("quiet", self._preview), button("", self._forget)
        for part in (self.preview_button, self.carry_button):
            self._box.insertWidget(self._box.indexOf(self.action), part)
        QWidget.setTabOrder(self.carry_button, self.action)
        self.action.clicked.connect(self._ask)
        self.close_button.clicked.connect(self._forget)

    def show_facts(self, facts: Facts) -> None:
        """Show what is to be said, or nothing."""
        starting = facts.running and facts.run is not None and facts.run.kind is RunKind.FROM_NOW
        self._tick = tick = None if starting else late_tick(facts)
        done = tick is not None and tick.left is not None
        if tick is None:
            self.show_text("")
        elif tick.left is not None:
            self.show_text(
                self.tr("“{0}” starts from now").format(tick.integration), self._outcome(tick.left), look="ok"
            )
        else:
            body = self.tr("A preview shows how much that is. It can also be left as it is on both sides.")
            self.show_text(self._title_of(tick.trigger).format(tick.integration), body, look="plain")
            restyle(self._title, "role", "strong")
        self.carry_button.setText(self.tr("Send it too"))
        self.preview_button.setText(self.tr("See the preview"))
        self.action.setText(self.tr("Start from now…"))
        self.close_button.setText(self.tr("Close"))
        for part in (self.carry_button, self.action):
            part.setVisible(not done)
        self.preview_button.setVisible(not done and not facts.running)
        self.action.setEnabled(not facts.running)
        why_not = self.tr("A run is under way. This can start when it has ended.") if facts.running else ""
        self.action.setToolTip(why_not)
        self.action.setAccessibleDescription(why_not)
        self.close_button.setVisible(done)

    def _title_of(self, trigger: Trigger) -> str:
        return {
            Trigger.SALESFORCE_CREATED: self.tr(
                "What was created in Salesforce while this was off goes with the next run of “{0}”"
            ),
            Trigger.SALESFORCE_UPDATED: self.tr(
                "What changed in Salesforce while this was off goes with the next run of “{0}”"
            ),
            Trigger.SALESFORCE_DELETED: self.tr(
                "What was deleted in Salesforce while this was off goes with the next run of “{0}”"
            ),
            Trigger.DIALOG_INSIGHT_UPDATED: self.tr(
                "What changed in Dialog Insight while this was off goes with the next run of “{0}”"
            ),
        }[trigger]

    def _outcome(self, left: int) -> str:
        if not left:
            return self.tr("Nothing had piled up. What comes from now on travels.")
        said = self.tr("Left as it is on both sides: {0}. What comes from now on travels.")
        return said.format(counts.records(left))

    def _preview(self) -> None:
        if self._tick is not None:
            self._desk.preview(self._tick.integration)
            self._desk.look.emit(Tab.ACTIVITY.value, "preview")

    def _forget(self) -> None:
        if self._tick is not None:
            self._desk.forget_tick(self._tick)

    def _ask(self) -> None:
        if self._tick is not None:
            self.dialog = FromNowDialog(self, self._desk, self._tick)
            self.dialog.destroyed.connect(self._forget_dialog)
            self.dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None
