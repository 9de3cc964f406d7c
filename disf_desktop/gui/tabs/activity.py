"""Activity: the runs with their story, what a preview would do, and what is set aside."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtWidgets import QStackedWidget, QWidget

from disf_desktop.core.history import RunRecord
from disf_desktop.gui import story
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.figures import clock, counts, day
from disf_desktop.gui.lists import EntryList
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import Store, is_preview
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.parts import column, label, row, side_panel
from disf_desktop.gui.set_aside_card import SetAsideCard
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.tabs.preview_page import PreviewPage
from disf_desktop.gui.tabs.run_page import RunPage
from disf_desktop.gui.waiting_cards import ConflictsCard, ConsentsCard

PREVIEW = "preview"
SET_ASIDE = "set_aside"
CONFLICTS = "conflicts"
CONSENTS = "consents"


class ActivityTab(TabPage):
    """The list of what happened, by day, and the one under the hand."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self._seen_preview = ""
        self.list = EntryList(EntryModel(self))
        self.list.chosen.connect(lambda _key: self.render_facts())
        self.preview_page = PreviewPage(desk)
        self.run_page = RunPage()
        self.set_aside = SetAsideCard(desk)
        self.conflicts, self.consents = ConflictsCard(desk), ConsentsCard()
        self._cards: dict[str, SetAsideCard | ConflictsCard | ConsentsCard] = {
            SET_ASIDE: self.set_aside,
            CONFLICTS: self.conflicts,
            CONSENTS: self.consents,
        }
        self.empty_title, self.empty_text = label("title"), label("muted", wrap=True)
        empty = QWidget()
        empty.setLayout(column(self.empty_title, self.empty_text, None, spacing=6))
        empty.layout().setContentsMargins(18, 16, 18, 18)  # type: ignore[union-attr]
        self.stack = QStackedWidget()
        for page in (empty, self.preview_page, self.run_page):
            self.stack.addWidget(page)
        self._pages = {key: self._framed(page) for key, page in self._cards.items()}
        self.side = side_panel("side", column(self.list), 250)
        whole = row(self.side, self.stack, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _framed(self, part: QWidget) -> QWidget:
        page = QWidget()
        page.setLayout(column(part))
        page.layout().setContentsMargins(18, 16, 18, 18)  # type: ignore[union-attr]
        self.stack.addWidget(page)
        return page

    def retranslate(self) -> None:
        self.conflicts.retranslate()
        self.consents.retranslate()
        self.preview_page.retranslate()
        self.run_page.retranslate()
        self.set_aside.retranslate()

    def tell(self, text: str) -> None:
        self.set_aside.tell(text)

    def render_facts(self) -> None:
        facts = self.facts
        self.list.setAccessibleName(self.tr("What happened"))
        self.empty_title.setText(self.tr("Nothing happened yet"))
        self.empty_text.setText(
            self.tr(
                "“Preview changes” shows here what a sync would do, record by record. "
                "Each sync then leaves its story here."
            )
        )
        entries = self._entries()
        self.list.show_entries(entries)
        self.side.setVisible(bool(entries))
        if facts.preview is not None and facts.preview.at != self._seen_preview:
            self._seen_preview = facts.preview.at
            self.list.choose(PREVIEW)
        key = self.list.key if entries else ""
        if key == PREVIEW:
            self.preview_page.show_facts(facts)
            self.stack.setCurrentIndex(1)
        elif key in self._pages:
            self._cards[key].show_facts(facts)
            self.stack.setCurrentWidget(self._pages[key])
        elif key:
            self.run_page.show_run(facts, next(r for r in facts.runs if str(r.id) == key))
            self.stack.setCurrentIndex(2)
        else:
            self.stack.setCurrentIndex(0)

    def _waiting(self) -> list[Entry]:
        """Give an entry for each kind of thing that waits for a person."""
        facts = self.facts
        told = (
            (self.tr("Consents to review"), CONSENTS, len(facts.consents), counts.consents),
            (self.tr("Changed on both sides"), CONFLICTS, facts.history.outstanding.conflicts, counts.values),
            (self.tr("Set aside"), SET_ASIDE, facts.history.outstanding.set_aside, counts.records),
        )
        return [
            Entry(name, key, say(n), Mark.NEEDS_YOU, self.tr("{0}: {1}").format(name, say(n)))
            for name, key, n, say in told
            if n
        ]

    def _told_runs(self) -> list[RunRecord]:
        """Give the runs of the ledger, without the preview that is shown in full above them."""
        runs = list(self.facts.runs)
        if self.facts.preview is not None:
            newest = next((run for run in runs if is_preview(run)), None)
            runs = [run for run in runs if run is not newest]
        return runs

    def _entries(self) -> list[Entry]:
        facts, entries = self.facts, list[Entry]()
        waiting = self._waiting()
        if waiting:
            entries += [Entry(self.tr("Waits for you")), *waiting]
        if facts.preview is not None:
            below = counts.changes(facts.preview.planned)
            if facts.preview.finished is None:
                below = self.tr("being prepared") if facts.running else self.tr("not finished")
            title = self.tr("Preview · {0}").format(clock(facts.preview.at))
            entries.append(Entry(self.tr("Preview")))
            entries.append(Entry(title, PREVIEW, self.tr("{0} · nothing sent").format(below), Mark.NOT_STARTED))
        for name, runs in groupby(self._told_runs(), key=lambda run: day(run.started)):
            entries.append(Entry(name))
            for run in runs:
                title = story.run_name(run)
                below, mark = story.run_short(run), story.status_mark(run.status)
                if run.status is None and facts.running and run is facts.runs[0]:
                    below, mark = self.tr("under way"), Mark.NOT_STARTED
                entries.append(Entry(title, str(run.id), below, mark, f"{title}, {below}, {story.mark_said(mark)}"))
        return entries
