"""What is the matter with what the program remembers, what happens next, and the one button that helps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from disf_desktop.core.doubt import Doubt, LedgerStanding
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.compare import CompareDialog
from disf_desktop.gui.dialogs.restore import RestoreDialog
from disf_desktop.gui.models.facts import Facts, Store
from disf_desktop.gui.models.ledger import DAMAGED, ledger_trouble
from disf_desktop.gui.parts import Notice
from disf_desktop.gui.words.figures import moment
from disf_desktop.gui.words.wording import error_details, error_said


class LedgerNotice(Notice):
    """Shown where runs and their story live, for as long as it is so."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__("warn")
        self._desk, self._store = desk, store
        self._act: Callable[[], Any] = desk.read_ledger_again
        self.dialog: RestoreDialog | CompareDialog | None = None
        self.action.clicked.connect(lambda: self._act())

    def show_facts(self, facts: Facts) -> None:
        """Show the facts of now, in the language of now; nothing where all is well."""
        error = ledger_trouble(facts)
        if error is not None and error.code == DAMAGED:
            self.show_text(
                self.tr("What the program remembers is damaged"),
                self.tr("Your data in both services is untouched. Nothing can run until a backup is put back."),
                error_details(error),
                "err",
            )
            self._offer(self.tr("Put a backup back…"), self._restore)
        elif error is not None:
            self.show_text(*error_said(error), error_details(error), "err")
            self._offer(self.tr("Look again"), self._desk.read_ledger_again)
        elif facts.standing.doubt is not None:
            self.show_text(self._doubt_said(facts.standing), self._what_next(facts.standing.doubt), look="warn")
            self._offer(self.tr("Compare everything now…"), self._compare)
        else:
            self.show_text("")
        self.action.setEnabled(not facts.running)

    def _offer(self, verb: str, act: Callable[[], Any]) -> None:
        self._act = act
        self.action.setText(verb)
        self.action.setVisible(True)

    def _doubt_said(self, standing: LedgerStanding) -> str:
        if standing.doubt is Doubt.COMPUTER:
            return self.tr("What the program remembers comes from another computer")
        if standing.doubt is Doubt.OLDER or not standing.since:
            return self.tr("What the program remembers is older than it should be")
        return self.tr("A backup was put back: {0}").format(moment(standing.since))

    def _what_next(self, doubt: Doubt) -> str:
        said = self.tr(
            "The next run compares everything before it sends anything. What you had chosen of conflicts is asked "
            "again, and consents are read again before any is written."
        )
        if doubt is not Doubt.COMPUTER:
            return said
        return f"{said} " + self.tr("Let one computer alone keep these integrations running.")

    def _restore(self) -> None:
        self._open(RestoreDialog(self, self._desk, self._store))

    def _compare(self) -> None:
        self._open(CompareDialog(self, self._desk, self._store.facts, None))

    def _open(self, dialog: RestoreDialog | CompareDialog) -> None:
        self.dialog = dialog
        dialog.destroyed.connect(self._forget_dialog)
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None
