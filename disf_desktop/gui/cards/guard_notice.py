"""A plan that was too large to be sent unasked: what it would do, the button that shows it, and the one that sends it
all the same."""

from __future__ import annotations

from disf_desktop.core.events import GuardTripped
from disf_desktop.core.guard import too_many_deletes
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.parts import Notice, button
from disf_desktop.gui.words.figures import counts, number


class GuardNotice(Notice):
    """Shown after a run that stopped at a guard, until another run."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("warn")
        self._desk = desk
        self._hash = ""
        self._integration = ""
        self.action.clicked.connect(desk.see_plan)
        self.allow = button("", self._allow)
        layout = self.layout()
        assert layout is not None, "a notice lays its parts out"
        layout.addWidget(self.allow)

    def _allow(self) -> None:
        self._desk.sync(self._integration, approve=self._hash)

    def show_facts(self, facts: Facts) -> None:
        """Show the guard of the facts, or nothing."""
        guard = facts.guard
        if guard is None or facts.running:
            self.show_text("")
            return
        self._hash, self._integration = guard.plan_hash, guard.integration
        title = self.tr("Nothing was sent for “{0}”: this run waits for your word").format(guard.integration)
        self.show_text(title, self._reason(guard))
        total = sum(guard.counts.get(kind, 0) for kind in ("create", "update", "delete"))
        self.action.setText(self.tr("See the preview"))
        self.action.setVisible(True)
        self.allow.setText(self.tr("Allow once"))
        if total:
            self.allow.setToolTip(counts.send_changes(total))

    def _reason(self, guard: GuardTripped) -> str:
        deletes, updates, links = (guard.counts.get(kind) for kind in ("delete", "update", "links"))
        if links is None or (deletes is None and updates is None):
            return guard.reason
        if too_many_deletes(deletes or 0, links):
            text = self.tr(
                "It would mark {0} people as deleted, of the {1} records that are tied together. "
                "See first why so many are deleted in Salesforce."
            )
            return text.format(number(deletes or 0), number(links))
        text = self.tr("It would change {0} of the {1} records that are tied together.")
        return text.format(number(updates or 0), number(links))
