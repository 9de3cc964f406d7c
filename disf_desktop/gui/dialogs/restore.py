"""The backups of what the program remembers, what each would mean, and last the way without one."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QLocale
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from disf_desktop.gui.cards.choice import ChoiceCard
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.ledger import DAMAGED, BackupShown, Restoring
from disf_desktop.gui.parts import column, label, restyle, say, scrolled
from disf_desktop.gui.theme import px
from disf_desktop.gui.words.figures import age, moment

ANEW = ""
"""What stands for the way without a backup."""

TALL = 410
"""How much of a long list is in sight."""


class RestoreDialog(Dialog):
    """Closes once a backup is in its place; what is wrong with one is said, and another can be chosen."""

    def __init__(self, parent: QWidget, desk: Desk, store: Store) -> None:
        super().__init__(parent, self._go)
        self._desk, self._store = desk, store
        self._chosen: str | None = None
        self._shown: tuple[BackupShown, ...] | None = None
        self.cards: dict[str, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        self.state, self.last = label("small", wrap=True), label("strong", wrap=True)
        self._list, self._inside = column(spacing=8), QWidget()
        self._list.setContentsMargins(0, 0, 6, 0)
        self._inside.setLayout(self._list)
        self.area = scrolled(self._inside)
        self.put(self.state, self.area)
        self.setMinimumWidth(px(560))
        self.finished.connect(lambda _: desk.forget_restoring())
        store.changed.connect(self.render_facts)
        desk.ask_backups()
        self.render_facts()

    def render_facts(self) -> None:
        """Show the facts of now, in the language of now."""
        told = self._store.facts.restoring
        if told is None:
            return
        if told.done:
            self.accept()
            return
        if told.backups is not None and told.backups != self._shown:
            self._fill(told.backups)
        self._say(told)
        for place, name in enumerate(self.cards):
            self._say_card(name, place)
        self._show_verb(told)

    def _fill(self, backups: tuple[BackupShown, ...]) -> None:
        """Make a card for each backup, the newest one taken; without any, nothing is taken unasked."""
        self._shown = backups
        self._chosen = backups[0].name if backups else None
        for name in (*(each.name for each in backups), ANEW):
            made = ChoiceCard()
            made.taken.connect(partial(self._take, name))
            self._group.addButton(made)
            self.cards[name] = made
            if name == ANEW:
                self._list.addWidget(self.last)
            self._list.addWidget(made)
        self._list.addStretch(1)
        self._fit()
        taken = self.cards.get(self._chosen or ANEW)
        if taken is not None and self.isVisible():
            taken.setFocus()

    def _say(self, told: Restoring) -> None:
        self.say(
            self.tr("Put a backup back"),
            self.tr(
                "A copy of what the program remembers is made on each day on which something runs. The damaged file is "
                "kept beside it, and your data in both services is not touched."
            ),
            self.tr("Start anew") if self._chosen == ANEW else self.tr("Put this backup back"),
        )
        self.last.setText(self.tr("Only if no backup can be used"))
        if told.backups is None:
            say(self.state, self.tr("Looking for backups…"), "small")
        elif told.working:
            say(self.state, self.tr("Putting it back…"), "small")
        else:
            say(self.state, "" if told.backups else self.tr("There is no backup."), "small")
        if told.error is not None and told.error.code == DAMAGED and self._chosen:
            self.refuse(self.tr("This backup cannot be read either."), self.tr("Choose another one."))
        else:
            self.complain(told.error)

    def _say_card(self, name: str, place: int) -> None:
        card, taken = self.cards[name], name == self._chosen
        if name == ANEW:
            card.show_choice(
                self.tr("Start anew, without a backup"),
                self.tr(
                    "The next run meets everybody for the first time and ties them together by the key; nobody is "
                    "created twice. The runs in Activity, what is set aside, your answers, the trail of consents and "
                    "the list of people who were erased stay in the damaged file and count no more."
                ),
                taken,
            )
            return
        assert self._shown is not None, "a card is of a backup that was read"
        backup = self._shown[place]
        old = age((datetime.now(UTC) - datetime.fromisoformat(backup.made)).total_seconds())
        size = QLocale().formattedDataSize(backup.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
        title = moment(backup.made)
        text = self.tr(
            "{0} old, {1}. The runs and answers since then are not in it; the next run compares everything and finds "
            "again what they did."
        ).format(old, size)
        card.show_choice(self.tr("{0} (the newest)").format(title) if place == 0 else title, text, taken)

    def _show_verb(self, told: Restoring) -> None:
        able = self._chosen is not None and told.backups is not None and not told.working
        self.accept_button.setEnabled(able and not self._store.facts.running)
        self.cancel_button.setEnabled(not told.working)
        restyle(self.accept_button, "look", "danger" if self._chosen == ANEW else "primary")
        for card in self.cards.values():
            card.setEnabled(not told.working)

    def _fit(self) -> None:
        """Show the whole list where there is room for it: its texts are as tall as their width lets them be."""
        needed = self._list.totalHeightForWidth(self.area.viewport().width())
        self._inside.setMinimumHeight(needed)
        self.area.setMinimumHeight(min(needed, px(TALL)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resize(max(self.width(), px(620)), max(self.height(), self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # what the person does

    def _take(self, name: str) -> None:
        self._chosen = name
        self.area.ensureWidgetVisible(self.cards[name])
        self.complain(None)
        told = self._store.facts.restoring
        if told is not None and told.error is not None:
            self._desk.forget_restore_error()
        self.render_facts()

    def _go(self) -> bool:
        if self._chosen is not None:
            self._desk.restore_ledger(self._chosen or None)
        return False  # it closes by itself once that is done
