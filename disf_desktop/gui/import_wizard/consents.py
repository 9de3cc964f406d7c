"""The columns that say who consents: each has its own question, and none of them is a field like others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from disf_desktop.core.importing.recipe import ImportConsent
from disf_desktop.core.schema import Side
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.import_wizard.consent_dialog import ConsentDialog
from disf_desktop.gui.models import imports as models
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.parts import Notice, button, column, label, row, scrolled


class ConsentCard(QFrame):
    """A column and what it tells; or one that nobody has answered for yet."""

    def __init__(self, act: Callable[[], Any], remove: Callable[[], Any] | None) -> None:
        super().__init__()
        self.setProperty("card", "plain" if remove is not None else "warn")
        self.name, self.text = label("strong", wrap=True), label("small", wrap=True)
        self.act_button = button("", act)
        texts = column(self.name, self.text, spacing=2)
        box = row(texts, self.act_button, spacing=8)
        self.remove_button = None
        if remove is not None:
            self.remove_button = button("quiet", remove)
            box.addWidget(self.remove_button)
        box.setStretch(0, 1)
        box.setContentsMargins(14, 9, 10, 9)
        self.setLayout(box)


class ConsentsPage(QWidget):
    """What is said of consents so far, what is still open, and what becomes of it."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__()
        self._desk, self._store = desk, store
        self._shown: tuple[object, ...] = ()
        self.dialog: ConsentDialog | None = None
        self.meaning = Notice("warn")
        self.cards: list[ConsentCard] = []
        self._room = column(spacing=8)
        self.add_button = button("", lambda: self.ask())
        content = QWidget()
        box = column(self._room, row(self.add_button, None), None, spacing=10)
        content.setLayout(box)
        inside = column(self.meaning, scrolled(content), spacing=10)
        inside.setStretch(1, 1)
        self.setLayout(inside)

    @property
    def first_input(self) -> QWidget:
        return self.cards[0].act_button if self.cards else self.add_button

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self._shown = ()

    def render_facts(self) -> None:
        """Show the facts of now, in the language of now."""
        facts = self._store.facts.imports
        project = self._store.facts.project
        assert project is not None, "a wizard is of a project file"
        side = models.side_of(project, facts.draft) or Side.DIALOG_INSIGHT
        self._render_meaning(side)
        targets = models.consent_targets(project, facts)
        self.add_button.setText(self.tr("&Add a consent column…"))
        self.add_button.setEnabled(bool(targets))
        why = "" if targets else self.tr("This destination has no opt-in, and no field that holds a consent.")
        self.add_button.setToolTip(why)
        open_columns = models.consent_columns(facts) if targets else ()
        shown = (facts.draft.consents, open_columns, side, facts.schema)
        if len(shown) == len(self._shown) and all(a == b for a, b in zip(shown, self._shown, strict=True)):
            return
        self._shown = shown
        for old in self.cards:
            self._room.removeWidget(old)
            old.deleteLater()
        self.cards = [self._told(n, consent) for n, consent in enumerate(facts.draft.consents)]
        self.cards += [self._open(each.name, ", ".join(each.samples[:3])) for each in open_columns]
        for each in self.cards:
            self._room.addWidget(each)
        before = self.cards[-1].act_button if self.cards else None
        if before is not None:
            QWidget.setTabOrder(before, self.add_button)

    def _render_meaning(self, side: Side) -> None:
        if side is Side.DIALOG_INSIGHT:
            self.meaning.show_text(
                self.tr("Consents are never sent to Dialog Insight by an import"),
                self.tr(
                    "What a column tells becomes a file for Dialog Insight’s own dated import, with its date and "
                    "source. Without a date and a source, nobody will be subscribed."
                ),
            )
        else:
            self.meaning.show_text(
                self.tr("A no counts more than a yes"),
                self.tr(
                    "A no is always written in Salesforce. A yes is written only where Salesforce shows no no at that "
                    "moment: a file does not prove that the yes came later."
                ),
            )

    def _told(self, number: int, consent: ImportConsent) -> ConsentCard:
        made = ConsentCard(partial(self.ask, consent.column, number), partial(self._desk.remove_consent, number))
        made.name.setText(f"{consent.column} → {self._target(consent.consent)}")
        parts = []
        if consent.inverted:
            parts.append(self.tr("yes means unsubscribed"))
        since = consent.since or (
            self.tr("by the column {0}").format(consent.since_column) if consent.since_column else self.tr("not known")
        )
        parts.append(self.tr("since: {0}").format(since))
        source = consent.source or (
            self.tr("by the column {0}").format(consent.source_column)
            if consent.source_column
            else self.tr("not known")
        )
        parts.append(self.tr("source: {0}").format(source))
        made.text.setText(" · ".join(parts))
        made.act_button.setText(self.tr("Change…"))
        made.act_button.setAccessibleName(self.tr("Change what {0} tells").format(consent.column))
        assert made.remove_button is not None, "what is told can be taken back"
        made.remove_button.setText(self.tr("Leave out"))
        made.remove_button.setAccessibleName(self.tr("Leave the consent of {0} out").format(consent.column))
        return made

    def _open(self, name: str, samples: str) -> ConsentCard:
        made = ConsentCard(partial(self.ask, name), None)
        made.name.setText(self.tr("Does {0} say who consents?").format(name))
        made.text.setText(samples)
        made.act_button.setText(self.tr("Say what it tells…"))
        made.act_button.setAccessibleName(self.tr("Say what {0} tells").format(name))
        return made

    def _target(self, name: str) -> str:
        project = self._store.facts.project
        assert project is not None, "a wizard is of a project file"
        fields = models.consent_targets(project, self._store.facts.imports)
        return next((title(f) for f in fields if f.name.casefold() == name.casefold()), name)

    def ask(self, name: str = "", number: int | None = None) -> ConsentDialog:
        """Ask what a column tells of consent: of that name, or one to be chosen."""
        facts = self._store.facts
        before = facts.imports.draft.consents[number] if number is not None else None
        self.dialog = ConsentDialog(self.window(), facts, name, before, partial(self._put, number))
        self.dialog.open()
        return self.dialog

    def _put(self, number: int | None, consent: ImportConsent) -> None:
        self._desk.put_consent(consent, number)
