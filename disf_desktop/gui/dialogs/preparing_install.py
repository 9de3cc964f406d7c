"""The review of an installation, its progress and what became of it, in one place."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from PySide6.QtWidgets import QWidget

from disf_desktop.core.preparation_events import PrepareWish
from disf_desktop.core.project import SalesforceConnection
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.fitted import FittedDialog
from disf_desktop.gui.dialogs.preparing_outcome import Outcome
from disf_desktop.gui.dialogs.preparing_ticks import ComponentTicks
from disf_desktop.gui.dialogs.preparing_who import WhoMaySee
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.preparing import lacking, may_give, prepare_key
from disf_desktop.gui.parts import column
from disf_desktop.gui.tabs.connection_prepare_progress import PrepareProgress
from disf_desktop.gui.theme import px
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.preparation_refusal_words import RIGHTS, explained, notice_said
from disf_desktop.gui.words.wording import error_details

WIDTH = 640


class _Phase(Enum):
    REVIEW = "review"
    UNDER_WAY = "under_way"
    ENDED = "ended"


class InstallDialog(FittedDialog):
    """What will be made, with who may see it; then how far it is; then the outcome. It can be closed meanwhile.

    Where nothing lacks, more people can be given access to what is there."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        connection: SalesforceConnection,
        ids: Iterable[str] = (),
        *,
        ended: bool = False,
    ) -> None:
        super().__init__(parent, self._accepted, px(WIDTH))
        self._desk, self._connection = desk, connection
        self._phase = _Phase.REVIEW
        self.ticks, self.who = ComponentTicks(), WhoMaySee(desk)
        self.ticks.tick_only(ids)
        self.ticks.changed.connect(lambda: self.show_facts(desk.facts))
        self.who.changed.connect(lambda: self.show_facts(desk.facts))
        self.progress, self.outcome = PrepareProgress(desk), Outcome()
        self.review = QWidget()
        self.review.setLayout(column(self.ticks, self.who, spacing=14))
        self.put(self.review, self.progress, self.outcome)
        self.accept_button.setDefault(False)  # Enter in a line looks for something, and installs nothing
        self.finished.connect(lambda _: desk.put_preparing_away())
        if not ended:
            desk.forget_preparation()
        self.show_facts(desk.facts)

    def show_facts(self, facts: Facts) -> None:
        """Show what the facts say of this org."""
        last = facts.preparation
        mine = last if last is not None and last.connection == self._connection.id else None
        self._phase = _Phase.REVIEW if mine is None else _Phase.UNDER_WAY if mine.under_way else _Phase.ENDED
        self.review.setVisible(self._phase is _Phase.REVIEW)
        self.progress.show_preparation(mine if self._phase is _Phase.UNDER_WAY else None)
        self.outcome.show_preparation(mine if self._phase is _Phase.ENDED else None)
        name = self._connection.name
        match self._phase:
            case _Phase.REVIEW:
                self.accept_button.show()
                self._show_review(facts)
            case _Phase.UNDER_WAY:
                self.say(self.tr("Preparing {0}").format(name), "", "")
                self.accept_button.hide()
                self.error.show_text("")
            case _Phase.ENDED:
                self._show_end(facts)
        if self._phase is not _Phase.REVIEW:
            self.cancel_button.setText(self.tr("Close"))

    def _show_review(self, facts: Facts) -> None:
        seen = facts.prepared.get(self._connection.id)
        error = facts.prepare_errors.get(self._connection.id)
        components = seen.components if seen is not None else ()
        self.ticks.give_way(not self.who.room.isHidden())
        self.ticks.show_components(components)
        tested = facts.tested.get(self._connection.id)
        self.who.show_facts(facts, self._connection.id, tested.user if tested is not None else "")
        ticked = self.ticks.ticked
        busy = facts.preparation is not None and facts.preparation.under_way
        looking = prepare_key(self._connection.id) in facts.asking
        lacks = bool(lacking(components))
        gives = not lacks and may_give(components)
        self.ticks.setVisible(not gives)
        self.who.setVisible(lacks or gives)
        if looking:
            text = self.tr("Looking at what is there…")
        elif gives:
            text = self.tr("Everything is installed. Whoever is given the permission set sees and edits its fields.")
        elif not lacks:
            text = self.tr("Nothing lacks in this org that could be installed.")
        else:
            text = self.tr(
                "All of it is checked by Salesforce first; if one thing is refused, nothing is made. What is there "
                "already stays as it is."
            )
        verb = counts.install_components(len(ticked)) if ticked else self.tr("Install")
        title = self.tr("Install in {0}") if not gives else self.tr("Give access in {0}")
        self.say(title.format(self._connection.name), text, verb if not gives else self.tr("&Give access"))
        wished = bool(self.who.users) if gives else bool(ticked) and self.who.is_answered
        self.accept_button.setEnabled(wished and not busy and not looking)
        lacking_right = next((each for each in seen.notices if each.code in RIGHTS), None) if seen is not None else None
        if error is not None:
            told = explained(error)
            self.error.show_text(told.happened, told.what_to_do, error_details(error), "err")
        elif lacking_right is not None:
            self.error.show_text(*notice_said(lacking_right))
        else:
            self.error.show_text("")

    def _show_end(self, facts: Facts) -> None:
        last = facts.preparation
        assert last is not None, "it has ended"
        seen = facts.prepared.get(self._connection.id)
        more = bool(seen is not None and lacking(seen.components)) and not last.left_going
        title = (
            self.tr("{0} is prepared").format(self._connection.name)
            if last.succeeded
            else self.tr("{0} goes on by itself").format("Salesforce")
            if last.left_going
            else self.tr("Nothing was installed in {0}").format(self._connection.name)
        )
        self.say(title, "", self.tr("&Review again") if more else self.tr("Go &on"))
        self.accept_button.setVisible(more or last.left_going)
        self.accept_button.setEnabled(prepare_key(self._connection.id) not in facts.asking)
        if last.error is None:
            self.error.show_text("")
            return
        told = explained(last.error)
        self.error.show_text(
            told.happened, told.what_to_do, error_details(last.error), "warn" if last.left_going else "err"
        )

    def _accepted(self) -> bool:
        facts = self._desk.facts
        if self._phase is _Phase.REVIEW:
            seen = facts.prepared.get(self._connection.id)
            assert seen is not None, "something is ticked"
            chosen = tuple(each.id for each in seen.components if each.id in self.ticks.ticked)
            self._desk.prepare(self._connection.id, PrepareWish(install=chosen or None, users=self.who.users))
        elif facts.preparation is not None and facts.preparation.left_going:
            self._desk.go_on_preparing(self._connection.id)
        else:
            self._desk.forget_preparation()
        self.show_facts(self._desk.facts)
        return False
