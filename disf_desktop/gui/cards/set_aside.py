"""The records that wait for a person, by what keeps them: look closer, correct, retry, dismiss, export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QAbstractItemView

from disf_desktop.core.history import SetAsideRecord
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import AsideCause, AsideWanted
from disf_desktop.gui.cards.records import RecordsCard
from disf_desktop.gui.cards.search_line import SearchLine
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.correction import CorrectionDialog
from disf_desktop.gui.dialogs.dialog import confirm
from disf_desktop.gui.dialogs.record import RecordDialog, is_salesforce_id
from disf_desktop.gui.dialogs.save_as import ask_where
from disf_desktop.gui.lists import EntryList
from disf_desktop.gui.models.activity import SET_ASIDE
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.names import name_of
from disf_desktop.gui.models.tables import Cell, Column, Look
from disf_desktop.gui.parts import Sentence, button, column, row, rule, say, side_panel
from disf_desktop.gui.words.figures import counts, moment_soon, number
from disf_desktop.gui.words.reasons import reason_short
from disf_desktop.gui.words.story import SERVICE_NAMES
from disf_desktop.gui.words.wording import set_aside_said

ALL = "all"
"""The key of every cause together, in the list of causes."""


class SetAsideCard(RecordsCard[SetAsideRecord]):
    """Shown while anything is set aside. The causes stand at the left; the records are read a page at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, stretch=1, row_height=50)
        self._causes: dict[str, AsideCause] = {}
        self.dialog: RecordDialog | CorrectionDialog | None = None
        self.text = Sentence()
        self.retry_all_button = button("", self._retry_all)
        self.retry_button = button("", lambda: desk.retry(self.chosen()))
        self.dismiss_button = button("", self._ask_dismiss)
        self.closer_button = button("", self.look_closer)
        self.correct_button = button("", self._with_one(self._correct))
        self.open_button = button("", self._with_one(lambda r: desk.open_in_salesforce(r.integration, r.rid)))
        self.mapping_button = button("", self._with_one(desk.edit_mapping_of))
        self.again, self.sync_button = Sentence(), button("", lambda: desk.sync())
        self.search = SearchLine()
        self.search.searched.connect(self._search)
        self.causes = EntryList(EntryModel(self))
        self.causes.chosen.connect(self._choose_cause)
        self.records.more_wanted.connect(desk.more_set_aside)
        self.table.setMinimumHeight(150)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.table.activated.connect(lambda _: self.look_closer())
        self._put_together()

    def _put_together(self) -> None:
        head = row(
            self.title, self.count, self.text,
            self.export_button, self.dismiss_button, self.retry_button, self.retry_all_button, spacing=8,
        )  # fmt: skip
        head.setStretch(2, 1)
        head.setContentsMargins(14, 9, 10, 9)
        said = row(self.outcome, self.again, self.sync_button, spacing=8)
        said.setStretch(1, 1)
        said.setContentsMargins(14, 0, 14, 0)
        self.side = side_panel("causes", column(self.causes), 196)
        self.side.setProperty("card", "inner")
        search = row(self.search)
        search.setContentsMargins(12, 8, 12, 8)
        actions = row(self.closer_button, self.correct_button, self.open_button, self.mapping_button, None, spacing=8)
        actions.setContentsMargins(12, 8, 12, 8)
        right = column(search, rule(), self.table, spacing=0)
        right.setStretch(2, 1)
        both = row(self.side, right, spacing=0)
        both.setStretch(1, 1)
        box = column(head, said, rule(), both, rule(), actions, spacing=0)
        box.setContentsMargins(1, 1, 1, 1)
        box.setStretch(3, 1)
        self.setLayout(box)

    # cells

    def _columns(self) -> Sequence[Column[SetAsideRecord]]:
        return (
            Column(lambda: self.tr("Record"), self._record),
            Column(lambda: self.tr("What happened, and what to do"), self._happened),
            Column(lambda: self.tr("Since"), self._since),
        )

    def _record(self, record: SetAsideRecord) -> Cell:
        name = name_of(record.values)
        tip = "\n".join(part for part in (name, record.rid, record.integration) if part)
        return Cell(name, Look.STRONG, record.rid, tip=tip) if name else Cell(record.rid, Look.CODE, tip=tip)

    def _happened(self, record: SetAsideRecord) -> Cell:
        happened, to_do = set_aside_said(record)
        way = self.tr("It cannot enter {0}.").format(SERVICE_NAMES[Side(record.side)])
        code = f"{record.code} {record.request_id}".strip()
        return Cell(happened, Look.PLAIN, to_do, tip="\n".join(p for p in (happened, to_do, way, code) if p))

    def _since(self, record: SetAsideRecord) -> Cell:
        return Cell(moment_soon(record.first_seen), Look.MUTED, counts.tries(record.tries))

    def tell(self, text: str) -> None:
        """Say what the last deed has done, in place of what deeds before it did."""
        super().tell(text)
        self.again.hide()

    # what is under the hand

    def chosen(self) -> list[int]:
        """Give the ids of the records that are selected."""
        return [record.id for record in self._selected()]

    def _with_one(self, act: Callable[[SetAsideRecord], Any]) -> Callable[[], Any]:
        def go() -> None:
            if len(selected := self._selected()) == 1:
                act(selected[0])

        return go

    # deeds

    def _choose_cause(self, key: str) -> None:
        text = self._desk.facts.activity.aside_wanted.text
        cause = self._causes.get(key)
        self._desk.want_set_aside(AsideWanted(text=text).of(cause) if cause is not None else AsideWanted(text=text))

    def _search(self, text: str) -> None:
        self._desk.want_set_aside(replace(self._desk.facts.activity.aside_wanted, text=text))

    def _retry_all(self) -> None:
        wanted = self._desk.facts.activity.aside_wanted
        if wanted == AsideWanted():
            self._desk.retry(None)
        else:
            self._desk.retry_wanted(wanted)

    def look_closer(self) -> None:
        """Show the record under the hand in full."""
        if len(selected := self._selected()) == 1:
            self._open(RecordDialog(self, self._desk, selected[0], self._correct))

    def _correct(self, record: SetAsideRecord) -> None:
        self._open(CorrectionDialog(self, self._desk, record))

    def _open(self, dialog: RecordDialog | CorrectionDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda _: self._closed(dialog))
        dialog.show_facts(self._desk.facts)
        dialog.open()

    def _closed(self, dialog: RecordDialog | CorrectionDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    def _ask_where(self) -> None:
        wanted = self._desk.facts.activity.aside_wanted
        asked = None if wanted == AsideWanted() else wanted
        ask_where(self, self.tr("Export what is set aside"), lambda path: self._desk.export_set_aside(path, asked))

    def _ask_dismiss(self) -> None:
        ids = self.chosen()
        confirm(
            self,
            counts.dismiss_question(len(ids)),
            self.tr("They leave this list and are not sent. One that changes is tried again."),
            self.tr("Dismiss"),
            lambda: self._desk.dismiss(ids),
            self.tr("Keep"),
        )

    # facts

    def show_facts(self, facts: Facts) -> None:
        """Show what is set aside, or nothing."""
        self._facts = facts
        waiting, asked = facts.history.outstanding.set_aside, facts.activity.aside_wanted
        self.setVisible(bool(waiting) or self.outcome.isVisibleTo(self))
        if facts.running:
            self.outcome.hide()
        self.title.setText(self.tr("Set aside"))
        say(self.count, number(waiting) if waiting else "", "err")
        self.text.show_text(
            self.tr("Nothing is lost: they wait here, and are sent again by themselves when they change.")
        )
        self._say_buttons(facts)
        self.search.show_hint(self.tr("Search names, ids, values"))
        if not asked.text and not self.search.hasFocus():
            self.search.forget()
        self.table.setAccessibleName(self.tr("Records set aside"))
        self._show_causes(facts)
        again = any(record.again for record in facts.set_aside)
        self.again.show_text(self.tr("What you corrected or retried is sent by the next run."))
        self.again.setVisible(again and not self.outcome.isVisibleTo(self))
        self.sync_button.setVisible(again)
        self._show_records(facts.set_aside, SET_ASIDE in facts.activity.more)
        self._enable()
        if self.dialog is not None:
            self.dialog.show_facts(facts)

    def _say_buttons(self, facts: Facts) -> None:
        asked = facts.activity.aside_wanted
        meant = [c.count for c in facts.activity.causes if asked.is_of(c) or replace(asked, text="") == AsideWanted()]
        self.export_button.setText(self.tr("E&xport CSV…"))
        self.retry_all_button.setText(self.tr("Retry a&ll found") if asked.text else counts.retry_all(sum(meant)))
        self.retry_button.setText(self.tr("&Retry"))
        self.dismiss_button.setText(self.tr("&Dismiss"))
        self.closer_button.setText(self.tr("Details…"))
        self.correct_button.setText(self.tr("Correct in Salesforce…"))
        self.open_button.setText(self.tr("Open in Salesforce"))
        self.mapping_button.setText(self.tr("Edit mapping"))
        self.sync_button.setText(self.tr("Sync now"))

    def _show_causes(self, facts: Facts) -> None:
        causes = facts.activity.causes
        keys = [f"{c.integration}/{c.side}/{c.code}/{c.field}" for c in causes]
        self._causes = dict(zip(keys, causes, strict=True))
        self.side.setVisible(len(causes) > 1)
        self.causes.setAccessibleName(self.tr("What keeps them"))
        entries = [Entry(self.tr("All causes"), ALL, counts.records(sum(c.count for c in causes)))]
        alike = Counter((c.side, c.code, c.field) for c in causes)
        for key, cause in self._causes.items():
            several = alike[cause.side, cause.code, cause.field] > 1
            integration = f"{cause.integration} · " if several else ""
            field = f"{cause.field} · " if cause.field else ""
            below = f"{integration}{field}{counts.records(cause.count)}"
            entries.append(Entry(reason_short(cause.code, Side(cause.side)), key, below))
        asked = facts.activity.aside_wanted
        self.causes.show_entries(entries)
        self.causes.choose(next((key for key, c in self._causes.items() if asked.is_of(c)), ALL))

    def _enable(self) -> None:
        idle, selected = not self._facts.running, self._selected()
        one = selected[0] if len(selected) == 1 else None
        here = one is not None and is_salesforce_id(one.rid)
        self.export_button.setEnabled(bool(self.records.rows))
        self.sync_button.setEnabled(idle)
        self.retry_all_button.setEnabled(idle and bool(self.records.rows))
        self.retry_button.setEnabled(idle and bool(selected))
        self.dismiss_button.setEnabled(idle and bool(selected))
        self.closer_button.setEnabled(one is not None)
        self.open_button.setEnabled(here)
        self.correct_button.setEnabled(idle and here)
        self.mapping_button.setEnabled(one is not None)
