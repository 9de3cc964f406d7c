"""What comparing everything has found: on the page of the run that did, and where integrations live as long as nothing
could be concluded from it."""

from __future__ import annotations

from disf_desktop.core.history import AuditRecord
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.compare import CompareDialog
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.ledger import doubtful_audits
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.parts import Notice, button
from disf_desktop.gui.words.past_words import audit_said, doubtful_said


class FoundNotice(Notice):
    """What was found in one integration, on the page of a run."""

    def show_found(self, integration: str, audit: AuditRecord) -> None:
        """Show what was found; nothing where all was as it was known."""
        if audit.doubtful:
            self.show_text(*doubtful_said(integration, audit))
        elif audit:
            title = self.tr("Everything of “{0}” was compared with what was known").format(integration)
            found = audit_said(audit)
            self.show_text(title, found[:1].upper() + found[1:], look="plain")
        else:
            self.show_text("")


class DoubtfulNotice(Notice):
    """Shown for an integration of which the last comparison is doubtful, until another one was made or it is closed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("warn")
        self._desk = desk
        self._name, self._run = "", 0
        self.dialog: CompareDialog | None = None
        self.run_button = button("quiet", lambda: desk.look.emit(Tab.ACTIVITY.value, str(self._run)))
        self._box.insertWidget(self._box.indexOf(self.action), self.run_button)
        self.action.clicked.connect(self._ask)
        self.close_button.clicked.connect(lambda: desk.close_audit(self._run))

    def show_facts(self, facts: Facts) -> None:
        """Show the first of these integrations, or nothing."""
        name = next(iter(doubtful_audits(facts)), None)
        if name is None or facts.running:
            self.show_text("")
            return
        audit = facts.history.audits[name]
        self._name, self._run = name, audit.run
        self.show_text(*doubtful_said(name, audit))
        self.run_button.setText(self.tr("See the run"))
        self.run_button.setVisible(any(run.id == audit.run for run in facts.runs))
        self.action.setText(self.tr("Compare everything again…"))
        self.action.setVisible(True)
        self.close_button.setText(self.tr("Close"))
        self.close_button.setVisible(True)

    def _ask(self) -> None:
        self.dialog = CompareDialog(self, self._desk, self._desk.facts, self._name)
        self.dialog.destroyed.connect(self._forget_dialog)
        self.dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None
