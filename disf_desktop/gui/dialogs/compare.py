"""Before everything is compared: what that reads, what it costs, and that it sends as any sync does."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.ledger import people_known
from disf_desktop.gui.parts import label
from disf_desktop.gui.words.figures import counts


class CompareDialog(Dialog):
    """Its button starts a sync of one integration, or of all that are on, that reads everything again."""

    def __init__(self, parent: QWidget, desk: Desk, facts: Facts, integration: str | None) -> None:
        super().__init__(parent, self._go)
        self._desk, self._integration = desk, integration
        assert facts.project is not None, "what is compared is of a project file"
        on = [each.name for each in facts.project.integrations if each.enabled]
        known = people_known(facts.history.streams, on if integration is None else [integration])
        title = self.tr("Compare everything")
        self.say(
            title if integration is None else self.tr("Compare everything of “{0}”").format(integration),
            self.tr(
                "A sync reads what changed. This one reads every record in Salesforce again, and finds what no list of "
                "changes tells: computed fields, old deletes."
            ),
            self.tr("Compare and sync"),
        )
        self.cost, self.after = label("", wrap=True), label("muted", wrap=True)
        self.cost.setText(
            counts.compared_calls(known)
            if known
            else self.tr("Each person is looked up in Dialog Insight too, which takes one call each.")
        )
        self.after.setText(self.tr("What is found to differ is sent, as in any sync. It can be stopped at any time."))
        self.put(self.cost, self.after)
        self.accept_button.setFocus()

    def _go(self) -> bool:
        self._desk.compare(self._integration)
        return True
