"""A plan that was too large to be sent unasked: what it would do, and the button that sends it all the same."""

from __future__ import annotations

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.figures import counts, number
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.parts import Notice


class GuardNotice(Notice):
    """Shown after a run that stopped at a guard, until another run."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("warn")
        self._desk = desk
        self._hash = ""
        self.action.clicked.connect(lambda: self._desk.sync(approve=self._hash))

    def show_facts(self, facts: Facts) -> None:
        """Show the guard of the facts, or nothing."""
        guard = facts.guard
        if guard is None or facts.running:
            self.show_text("")
            return
        self._hash = guard.plan_hash
        title = self.tr("Nothing was sent for “{0}”: this run waits for your word").format(guard.integration)
        update, links = guard.counts.get("update"), guard.counts.get("links")
        reason = self.tr("It would change {0} of the {1} records that are tied together.")
        known = update is not None and links is not None
        self.show_text(title, reason.format(number(update or 0), number(links or 0)) if known else guard.reason)
        total = guard.counts.get("create", 0) + guard.counts.get("update", 0)
        self.action.setText(counts.send_changes(total) if total else self.tr("Send all the same"))
        self.action.setVisible(True)
