"""Activity: what needs a person, what a preview would do, and the runs with their story."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby

from PySide6.QtWidgets import QStackedWidget, QWidget

from disf_desktop.core.history import RunRecord
from disf_desktop.gui import story
from disf_desktop.gui.consents_card import ConsentsCard
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.figures import clock, counts, day
from disf_desktop.gui.lists import EntryList
from disf_desktop.gui.models.activity import RUNS
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import Store, is_preview
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.parts import button, column, label, row, side_panel
from disf_desktop.gui.set_aside_card import SetAsideCard
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.tabs.preview_page import PreviewPage
from disf_desktop.gui.tabs.run_page import RunPage
from disf_desktop.gui.waiting_cards import ConflictsCard

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
        self.calm = label("small", wrap=True)
        self.more_button = button("quiet", desk.more_runs)
        self.preview_page = PreviewPage(desk)
        self.run_page = RunPage(desk)
        self.run_page.see.connect(self.go_to)
        self.set_aside = SetAsideCard(desk)
        self.conflicts, self.consents = ConflictsCard(desk), ConsentsCard(desk)
        self._cards: dict[str, SetAsideCard | ConflictsCard | ConsentsCard] = {
            SET_ASIDE: self.set_aside,
            CONFLICTS: self.conflicts,
            CONSENTS: self.consents,
        }
        self.empty_title, self.empty_text = label("title"), label("muted", wrap=True)
        self.empty_button = button("primary", desk.preview)
        self.empty_button_row = QWidget()
        self.empty_button_row.setLayout(row(self.empty_button, None))
        empty = QWidget()
        empty.setLayout(column(self.empty_title, self.empty_text, self.empty_button_row, None, spacing=10))
        empty.layout().setContentsMargins(18, 16, 18, 18)  # type: ignore[union-attr]
        self.stack = QStackedWidget()
        for page in (empty, self.preview_page, self.run_page):
            self.stack.addWidget(page)
        self._pages = {key: self._framed(page) for key, page in self._cards.items()}
        self.side = side_panel("side", column(self.calm, self.list, self.more_button), 250)
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
        for part in (self.preview_page, self.run_page, *self._cards.values()):
            part.retranslate()

    def tell(self, text: str) -> None:
        for card in self._cards.values():
            card.tell(text)

    def go_to(self, key: str) -> None:
        """Bring an entry under the hand: a run by its number, the preview, or a list of what waits."""
        self.list.choose(key)
        self.render_facts()

    def look_at(self, wanted: str) -> None:
        self._render_list()
        self.go_to(wanted)

    def render_facts(self) -> None:
        self._render_list()
        key = self.list.key if self.side.isVisibleTo(self) else ""
        record = next((r for r in self.facts.runs if str(r.id) == key), None)
        if key == PREVIEW and self.facts.preview is not None:
            self.preview_page.show_facts(self.facts)
            self.stack.setCurrentWidget(self.preview_page)
        elif key in self._pages:
            self._cards[key].show_facts(self.facts)
            self.stack.setCurrentWidget(self._pages[key])
        elif record is not None:
            self.run_page.show_run(self.facts, record)
            self.stack.setCurrentWidget(self.run_page)
        else:
            self._render_empty()
            self.stack.setCurrentIndex(0)
        if record is None:
            self.desk.forget_changes()

    def _render_list(self) -> None:
        facts = self.facts
        self.list.setAccessibleName(self.tr("What happened"))
        entries = self._entries()
        self.list.show_entries(entries)
        self.side.setVisible(bool(entries))
        calm = bool(entries) and not facts.history.outstanding and not facts.consents
        self.calm.setText(self._calm_said())
        self.calm.setVisible(calm)
        self.more_button.setText(self.tr("Show earlier runs"))
        self.more_button.setVisible(RUNS in facts.activity.more)
        if facts.preview is not None and facts.preview.at != self._seen_preview:
            self._seen_preview = facts.preview.at
            self.list.choose(PREVIEW)

    def _render_empty(self) -> None:
        facts = self.facts
        self.empty_title.setText(self.tr("Nothing happened yet"))
        self.empty_text.setText(
            self.tr(
                "“Preview changes” shows here what a sync would do, record by record. "
                "Each sync then leaves its story here."
            )
        )
        possible = facts.project is not None and any(i.enabled for i in facts.project.integrations)
        self.empty_button.setText(self.tr("Preview changes"))
        self.empty_button_row.setVisible(possible and not facts.running)

    def _calm_said(self) -> str:
        """Say that nothing waits, and what today has brought."""
        now = day(datetime.now(UTC).isoformat())
        today = [r for r in self.facts.runs if not is_preview(r) and day(r.started) == now]
        said = self.tr("Nothing needs you.")
        if not today:
            return said
        sent = sum(story.written(r.summary) for r in today)
        return f"{said} " + self.tr("{0}, {1}.").format(counts.runs_today(len(today)), counts.changes(sent))

    def _waiting(self) -> list[Entry]:
        """Give an entry for each kind of thing that waits for a person."""
        facts = self.facts
        told = (
            (self.tr("Consents to review"), CONSENTS, self._consents(), counts.consents),
            (self.tr("Changed on both sides"), CONFLICTS, facts.history.outstanding.conflicts, counts.values),
            (self.tr("Set aside"), SET_ASIDE, facts.history.outstanding.set_aside, counts.records),
        )
        return [
            Entry(name, key, say(n), Mark.NEEDS_YOU, self.tr("{0}: {1}").format(name, say(n)))
            for name, key, n, say in told
            if n
        ]

    def _consents(self) -> int:
        """Count the consents to review, and the opt-outs that Salesforce alone has as far as they were read."""
        drifts = sum(each.kind == "drift" for each in self.facts.consents)
        reviews = sum(each.kind == "review" for each in self.facts.consents)
        return max(reviews, self.facts.history.outstanding.consent_review) + drifts

    def _resolved(self) -> list[Entry]:
        """Give the way to resolved conflicts where none waits; else they are in the list of those."""
        facts = self.facts
        if facts.history.outstanding.conflicts or not any(g.resolved for g in facts.activity.groups):
            return []
        number = sum(g.resolved for g in facts.activity.groups)
        below = counts.values(number)
        return [Entry(self.tr("Conflicts resolved"), CONFLICTS, below, Mark.DONE)]

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
            entries += [Entry(self.tr("Needs you")), *waiting]
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
        if resolved := self._resolved():
            entries += [Entry(self.tr("Settled")), *resolved]
        return entries
