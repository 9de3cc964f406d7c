"""Activity: what needs a person, what a preview would do, and the runs with their story."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby

from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from disf_desktop.core.history import RunRecord
from disf_desktop.gui.cards.conflicts import ConflictsCard
from disf_desktop.gui.cards.consents import ConsentsCard
from disf_desktop.gui.cards.ledger_notice import LedgerNotice
from disf_desktop.gui.cards.run import RunCard
from disf_desktop.gui.cards.set_aside import SetAsideCard
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.lists import EntryList
from disf_desktop.gui.models.activity import RUNS
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import RunKind, Store, is_preview
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.parts import EmptyPage, button, column, label, row, scrolled, side_panel
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.tabs.preview_page import PreviewPage
from disf_desktop.gui.tabs.run_page import RunPage
from disf_desktop.gui.words import story
from disf_desktop.gui.words.figures import clock, counts, day

PREVIEW = "preview"
RUNNING = "running"
SET_ASIDE = "set_aside"
CONFLICTS = "conflicts"
CONSENTS = "consents"


class ActivityTab(TabPage):
    """The list of what happened, by day, and the one under the hand."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self._seen_preview = ""
        self._seen_run, self._follows = 0, False
        self.list = EntryList(EntryModel(self))
        self.list.chosen.connect(self._chosen)
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
        self.empty = EmptyPage(desk.preview)
        self.run_card = RunCard(desk)
        self.stack = QStackedWidget()
        self._preview_area = scrolled(self.preview_page)
        for page in (self.empty, self._preview_area, self.run_page):
            self.stack.addWidget(page)
        self._pages = {key: self._framed(page) for key, page in self._cards.items()}
        self._running_page = self._framed(self.run_card, None)
        self.side = side_panel("side", column(self.calm, self.list, self.more_button), 250)
        self.ledger = LedgerNotice(desk, store)
        self._ledger_room = QWidget()
        room = column(self.ledger)
        room.setContentsMargins(18, 12, 18, 12)
        self._ledger_room.setLayout(room)
        beside = row(self.side, self.stack, spacing=0)
        beside.setStretch(1, 1)
        whole = column(self._ledger_room, beside, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _framed(self, *parts: QWidget | None) -> QWidget:
        page = QWidget()
        page.setLayout(column(*parts))
        page.layout().setContentsMargins(18, 16, 18, 18)  # type: ignore[union-attr]
        area = scrolled(page)
        self.stack.addWidget(area)
        return area

    @property
    def empty_button(self) -> QPushButton:
        return self.empty.button

    def _chosen(self, _key: str) -> None:
        self._follows = False
        self.render_facts()

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
        self.ledger.show_facts(self.facts)
        self._ledger_room.setVisible(not self.ledger.isHidden())
        self._render_list()
        key = self.list.key if self.side.isVisibleTo(self) else ""
        record = next((r for r in self.facts.runs if str(r.id) == key), None)
        if key == PREVIEW and self.facts.preview is not None:
            self.preview_page.show_facts(self.facts)
            self.stack.setCurrentWidget(self._preview_area)
        elif key == RUNNING:
            self.run_card.show_facts(self.facts)
            self.stack.setCurrentWidget(self._running_page)
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
        entries, was = self._entries(), self.list.key
        self.list.show_entries(entries)
        self._follow(was, {entry.key for entry in entries})
        self.side.setVisible(bool(entries))
        calm = bool(entries) and not facts.history.outstanding and not facts.consents
        self.calm.setText(self._calm_said())
        self.calm.setVisible(calm)
        self.more_button.setText(self.tr("Show earlier runs"))
        self.more_button.setVisible(RUNS in facts.activity.more)
        if facts.preview is not None and facts.preview.at != self._seen_preview:
            self._seen_preview = facts.preview.at
            self.list.choose(PREVIEW)

    def _follow(self, was: str, there: set[str]) -> None:
        """Stay with what is sent from the preview that was on screen: the run under way, then what it did."""
        ended = next((run.id for run in self.facts.runs if run.status is not None), 0)
        if was in (PREVIEW, RUNNING):
            if was in there:
                self._seen_run = ended
            else:
                self._follows = True
        if not self._follows:
            return
        if RUNNING in there:
            self.list.choose(RUNNING)
            self._follows = False
        elif ended > self._seen_run:
            self.list.choose(str(ended))
            self._follows = False

    def _render_empty(self) -> None:
        facts = self.facts
        possible = facts.project is not None and any(i.enabled for i in facts.project.integrations)
        if facts.ledger_error is not None:
            self.empty.show_text(
                self.tr("What happened cannot be shown"),
                self.tr("Once what the program remembers can be used again, its runs are here."),
                "",
            )
            return
        self.empty.show_text(
            self.tr("Nothing happened yet"),
            self.tr(
                "“Preview changes” shows here what a sync would do, record by record. "
                "Each sync then leaves its story here."
            ),
            self.tr("Preview changes") if possible and not facts.running else "",
        )

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

    def _under_way(self) -> list[Entry]:
        """Give an entry for the run under way, unless it is the preview, which has its own."""
        run = self.facts.run
        if run is None or not run.under_way or run.kind is RunKind.PREVIEW:
            return []
        title, below = story.doing(run), story.stage_said(run)
        return [Entry(self.tr("Now")), Entry(title, RUNNING, below, Mark.NOT_STARTED, f"{title}, {below}")]

    def _told_runs(self) -> list[RunRecord]:
        """Give the runs of the ledger, without the preview and the run that are shown in full above them."""
        runs = list(self.facts.runs)
        if runs and runs[0].status is None and self._under_way():
            del runs[0]
        if self.facts.preview is not None:
            newest = next((run for run in runs if is_preview(run)), None)
            runs = [run for run in runs if run is not newest]
        return runs

    def _entries(self) -> list[Entry]:
        facts, entries = self.facts, list[Entry]()
        waiting = self._waiting()
        if waiting:
            entries += [Entry(self.tr("Needs you")), *waiting]
        entries += self._under_way()
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
