"""What only a person can decide: values that changed on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QAbstractItemView, QFrame, QVBoxLayout

from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import ConflictGroup, ConflictStory, ConflictsWanted
from disf_desktop.gui.cards.records import RecordsCard
from disf_desktop.gui.cards.search_line import SearchLine
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.conflict import ConflictDialog
from disf_desktop.gui.dialogs.save_as import ask_where
from disf_desktop.gui.inputs import Picker, Segments
from disf_desktop.gui.models.activity import CONFLICTS
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.names import name_of
from disf_desktop.gui.models.operations import plain
from disf_desktop.gui.models.tables import Cell, Column, Look
from disf_desktop.gui.parts import button, card, column, label, pill, row, say
from disf_desktop.gui.words.figures import moment_soon, number
from disf_desktop.gui.words.reasons import rule_said
from disf_desktop.gui.words.story import SERVICE_NAMES


class _Held(QFrame):
    """One side of a conflict: the service, the value that it holds, and when."""

    def __init__(self, side: Side) -> None:
        super().__init__()
        self.side = side
        self.setProperty("card", "plain")
        self.name = pill()
        self.value, self.when = label("strong", wrap=True, selectable=True), label("small")
        head = row(self.name, None, self.when, spacing=8)
        box: QVBoxLayout = column(head, self.value, spacing=4)
        box.setContentsMargins(12, 6, 12, 6)
        self.setLayout(box)

    def show_value(self, value: str, when: str) -> None:
        """Fill the card."""
        say(self.name, SERVICE_NAMES[self.side], "sf" if self.side is Side.SALESFORCE else "di")
        self.value.setText(value)
        say(self.when, when)


class ConflictsCard(RecordsCard[ConflictStory]):
    """The values that wait for a choice, or those of the last 90 days; a choice is carried out by the next run."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, stretch=4, row_height=46)
        self.dialog: ConflictDialog | None = None
        self.text = label("small", wrap=True)
        self.states = Segments()
        self.states.picked.connect(self._show_state)
        self.fields = Picker(fitted=True)
        self.fields.picked.connect(self._show_field)
        self.search = SearchLine()
        self.search.searched.connect(self._search)
        self.buttons = {side: button("", partial(self._ask, side)) for side in Side}
        self.records.more_wanted.connect(desk.more_conflicts)
        self.table.setMinimumHeight(84)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.held = {side: _Held(side) for side in Side}
        self.story, self.agreed = label("small", wrap=True), label("muted", wrap=True, selectable=True)
        self.detail = card(self._detail(), look="plain", margins=(12, 8, 12, 8))
        filters = row(self.states, self.fields, self.search, spacing=8)
        filters.setStretch(2, 1)
        foot = column(self.detail)
        foot.setContentsMargins(8, 8, 8, 8)
        self._lay_out(row(self.text), (), filters, foot)

    def _detail(self) -> QVBoxLayout:
        sides = row(*self.held.values(), spacing=10)
        for n in range(2):
            sides.setStretch(n, 1)
        told = row(self.agreed, *self.buttons.values(), spacing=8)
        told.setStretch(0, 1)
        return column(self.story, sides, told, spacing=6)

    # cells

    def _columns(self) -> Sequence[Column[ConflictStory]]:
        return (
            Column(lambda: self.tr("Record"), self._record),
            Column(lambda: self.tr("Field"), lambda s: Cell(s.conflict.field, Look.STRONG, s.conflict.integration)),
            Column(lambda: self.tr("Salesforce"), lambda s: _value(s.conflict.salesforce)),
            Column(lambda: self.tr("Dialog Insight"), lambda s: _value(s.conflict.dialog_insight)),
            Column(lambda: self.tr("State"), self._state),
        )

    def _record(self, story: ConflictStory) -> Cell:
        name, key = name_of(story.values), story.conflict.key
        return Cell(name, Look.STRONG, key, tip=f"{name}\n{key}") if name else Cell(key, Look.CODE, tip=key)

    def _state(self, story: ConflictStory) -> Cell:
        record, when = story.conflict, moment_soon(story.conflict.at)
        if record.chosen is not None:
            name = SERVICE_NAMES[Side(record.chosen)]
            said = self.tr("{0} chosen; the next run writes it").format(name)
            return Cell(said, Look.MUTED, when, tip=said)
        if record.waits:
            return Cell(self.tr("waits for you"), Look.PILL_WARN, when)
        if record.state == "restored":
            return Cell(self.tr("the other value was restored"), Look.MUTED, when)
        said = rule_said(record.rule)
        return Cell(said, Look.MUTED, when, tip=said)

    # what is under the hand

    def chosen(self) -> list[int]:
        """Give the numbers of the conflicts that are selected."""
        return [story.id for story in self._selected()]

    # deeds

    @property
    def _wanted(self) -> ConflictsWanted:
        return self._desk.facts.activity.conflicts_wanted

    def _show_state(self, resolved: bool) -> None:
        self._desk.want_conflicts(replace(self._wanted, resolved=resolved))

    def _show_field(self, field: tuple[str, str] | None) -> None:
        integration, name = field or (None, None)
        self._desk.want_conflicts(replace(self._wanted, integration=integration, field=name))

    def _search(self, text: str) -> None:
        self._desk.want_conflicts(replace(self._wanted, text=text))

    def _ask(self, side: Side) -> None:
        selected = [story for story in self._selected() if can_choose(story, side)]
        if not selected:
            return
        first = selected[0].conflict
        key = (first.integration, first.field, first.rule)
        groups = self._facts.activity.groups
        group = next((g for g in groups if (g.integration, g.field, g.rule) == key), None)
        alike = group if len(selected) == 1 and first.waits else None
        self.dialog = ConflictDialog(self, self._desk, selected, side, alike)
        self.dialog.finished.connect(lambda _: setattr(self, "dialog", None))
        self.dialog.open()

    def _ask_where(self) -> None:
        resolved = self._wanted.resolved
        ask_where(
            self, self.tr("Export the conflicts"), lambda path: self._desk.export_conflicts(path, resolved_too=resolved)
        )

    # facts

    def show_facts(self, facts: Facts) -> None:
        """Show what waits for a choice, or what was resolved."""
        self._facts = facts
        wanted = self._wanted
        waiting = facts.history.outstanding.conflicts
        if facts.running:
            self.outcome.hide()
        self.title.setText(self.tr("Changed on both sides"))
        say(self.count, number(waiting) if waiting else "", "err")
        self.text.setText(
            self.tr("Values that lost in the last 90 days are kept here; each can still be restored.")
            if wanted.resolved
            else self.tr("Nothing is written to these fields until you choose; the other fields of the record go on.")
        )
        self.export_button.setText(self.tr("E&xport CSV…"))
        self.states.show_choices(((False, self.tr("To choose")), (True, self.tr("Resolved"))), wanted.resolved)
        self.fields.setAccessibleName(self.tr("Field"))
        self._show_fields(facts.activity.groups, wanted)
        self.search.show_hint(self.tr("Search names, ids, values"))
        self.table.setAccessibleName(self.title.text())
        self._show_records(facts.conflicts, CONFLICTS in facts.activity.more)
        self.export_button.setEnabled(bool(facts.conflicts))
        if not self._selected() and facts.conflicts:
            self.table.selectRow(0)
        self._show_chosen()

    def _show_fields(self, groups: tuple[ConflictGroup, ...], wanted: ConflictsWanted) -> None:
        totals: dict[tuple[str, str], int] = {}
        for group in groups:
            key = (group.integration, group.field)
            totals[key] = totals.get(key, 0) + (group.resolved if wanted.resolved else group.waiting)
        choices: list[tuple[tuple[str, str] | None, str]] = [(None, self.tr("All fields"))]
        choices += [(key, f"{key[1]} · {key[0]} ({number(n)})") for key, n in totals.items() if n]
        shown = (wanted.integration or "", wanted.field or "") if wanted.field else None
        if shown is not None and shown not in totals:
            choices.append((shown, f"{shown[1]} · {shown[0]}"))
        self.fields.show_choices(choices, shown)

    def _show_chosen(self) -> None:
        """Show the conflict under the hand with both values, and what may be chosen."""
        selected, idle = self._selected(), not self._facts.running
        self.detail.setVisible(bool(selected))
        resolved = self._wanted.resolved
        names = {
            Side.SALESFORCE: self.tr("Keep the value of Sa&lesforce"),
            Side.DIALOG_INSIGHT: self.tr("Keep the value of Dialog I&nsight"),
        }
        for side, each in self.buttons.items():
            each.setText(self.tr("Restore the other value") if resolved else names[side])
            able = [story for story in selected if can_choose(story, side)]
            each.setVisible(not resolved or bool(able) or (side is Side.SALESFORCE and not any_able(selected)))
            each.setEnabled(idle and bool(able))
        if not selected:
            return
        story = selected[0]
        record = story.conflict
        name = name_of(story.values) or record.key
        self.story.setText(f"{name} · {record.field} — {rule_said(record.rule)}")
        here = self.tr("saved {0}").format(moment_soon(story.salesforce_at)) if story.salesforce_at else ""
        there = self.tr("seen {0}").format(moment_soon(story.dialog_insight_at)) if story.dialog_insight_at else ""
        self.held[Side.SALESFORCE].show_value(plain(record.salesforce) or "—", here)
        self.held[Side.DIALOG_INSIGHT].show_value(plain(record.dialog_insight) or "—", there)
        self.agreed.setText(self._agreed_said(story))

    def _agreed_said(self, story: ConflictStory) -> str:
        if story.agreed is None:
            return ""
        here, there = (plain(each) or "—" for each in story.agreed)
        both = here if here == there else f"{here} / {there}"
        return self.tr("Before, both sides agreed on: {0}").format(both)


def can_choose(story: ConflictStory, side: Side) -> bool:
    """Say whether the value of a side may still be chosen: any of a conflict that waits, of a resolved one the value
    that lost."""
    record = story.conflict
    if record.chosen is not None:
        return record.state == "waiting" and record.chosen != side.value
    return record.state == "waiting" or (record.state == "resolved" and record.winner == side.other.value)


def any_able(stories: list[ConflictStory]) -> bool:
    """Say whether a value may still be chosen in any of these."""
    return any(can_choose(story, side) for story in stories for side in Side)


def _value(value: object) -> Cell:
    text = plain(value)
    return Cell(text or "—", Look.CODE if text else Look.MUTED, tip=text)
