"""The story of one run: how it ended, its figures for each integration, what it changed, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from disf_desktop.core.events import Summary
from disf_desktop.core.history import RunRecord
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import RunChange
from disf_desktop.gui.cards.audit_notice import FoundNotice
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.save_as import ask_where
from disf_desktop.gui.dialogs.undo import UndoDialog
from disf_desktop.gui.inputs import Segments
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.activity import CHANGES
from disf_desktop.gui.models.facts import Facts, is_from_now, is_import, is_preview, is_undo
from disf_desktop.gui.models.ledger import audits_of
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.models.names import name_of
from disf_desktop.gui.models.operations import plain
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.models.wire import stood_open, summary
from disf_desktop.gui.parts import FigureCards, button, card, column, label, pill, row, say, scrolled
from disf_desktop.gui.words import story
from disf_desktop.gui.words.figures import duration, number
from disf_desktop.gui.words.past_words import from_now_said, undo_said
from disf_desktop.gui.words.run_words import stood_open_said

SHOWN_AUDITS = 3
"""Of how many integrations it is shown what comparing everything has found."""

CONFLICTS = 5
"""The column that is shown where there is something in it."""


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of one integration in a run."""

    title: str
    figures: Summary

    @property
    def name(self) -> str:
        return self.figures.name


@dataclass(frozen=True, slots=True)
class _Field:
    """One field that a run changed."""

    change: RunChange
    name: str

    @property
    def id(self) -> tuple[int, str]:
        return self.change.id, self.name


class RunPage(QWidget):
    """The run under the hand. `see` asks for another list of the tab."""

    see = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._record: RunRecord | None = None
        self._changes_shown = False
        self.dialog: UndoDialog | None = None
        self.title, self.state, self.text = label("title", wrap=True), pill(), label("muted", wrap=True)
        self.stood = label("small", wrap=True)
        self.found = [FoundNotice() for _ in range(SHOWN_AUDITS)]
        self.undo_button = button("", self._ask_undo)
        self.again_button = button("", self._import_again)
        self.export_button = button("", self._ask_where)
        self.aside_button = button("", lambda: self.see.emit("set_aside"))
        self.conflicts_button = button("", lambda: self.see.emit("conflicts"))
        self.views = Segments()
        self.views.picked.connect(self._show_view)
        self.figures = FigureCards()
        self.rows = TableModel[_Figures](
            (
                Column(lambda: self.tr("Integration"), lambda r: Cell(r.figures.name, Look.STRONG)),
                Column(lambda: self.tr("How it\nended"), self._ended),
                Column(lambda: self.tr("→ Dialog\nInsight"), lambda r: self._written(r, Side.DIALOG_INSIGHT)),
                Column(lambda: self.tr("→ Salesforce"), lambda r: self._written(r, Side.SALESFORCE)),
                Column(lambda: self.tr("Unchanged"), lambda r: self._number(r.figures.unchanged)),
                Column(lambda: self.tr("Conflicts"), lambda r: self._number(r.figures.conflicts)),
                Column(lambda: self.tr("Set\naside"), lambda r: self._number(r.figures.set_aside)),
            ),
            self,
        )
        self.table = Grid(self.rows, stretch=2, fit_rows=True)
        self.table_card = card(column(self.table), margins=(1, 1, 1, 1))
        self.changes = TableModel[_Field](
            (
                Column(lambda: self.tr("Service"), self._service),
                Column(lambda: self.tr("Record"), self._who),
                Column(lambda: self.tr("Field"), lambda f: Cell(f.name, tip=f.change.integration)),
                Column(lambda: self.tr("Before"), self._before),
                Column(lambda: self.tr("After"), self._after),
            ),
            self,
        )
        self.changes.more_wanted.connect(desk.more_changes)
        self.changes_table = Grid(self.changes, stretch=4, row_height=46)
        self.no_changes = label("muted", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        self.waits = QWidget()
        self.waits.setLayout(row(self.aside_button, self.conflicts_button, self.again_button, None, spacing=8))
        figures = QWidget()
        figures.setLayout(column(self.figures, self.waits, self.table_card, None, spacing=12))
        changes = QWidget()
        table = card(column(self.changes_table), margins=(1, 1, 1, 1))
        self.changes_card = table
        changes.setLayout(column(self.no_changes, table, spacing=8))
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolled(figures))
        self.stack.addWidget(changes)
        self.segments = QWidget()
        self.segments.setLayout(row(self.views, None, self.export_button, self.undo_button, spacing=8))
        head = row(self.title, self.state, spacing=8)
        head.setStretch(0, 1)
        said = column(self.text, self.stood, spacing=3)
        box = column(head, said, *self.found, self.segments, self.stack, spacing=12)
        box.setStretch(box.count() - 1, 1)
        box.setContentsMargins(18, 16, 18, 18)
        self.setLayout(box)

    # cells

    def _number(self, value: int) -> Cell:
        return Cell(number(value))

    def _written(self, r: _Figures, side: Side) -> Cell:
        text = story.written_said(r.figures.sides[side])
        return Cell(text, tip=text)

    def _ended(self, r: _Figures) -> Cell:
        looks = {Mark.DONE: Look.PILL_OK, Mark.NEEDS_YOU: Look.PILL_WARN, Mark.NOT_STARTED: Look.PILL}
        return Cell(r.title, looks[story.status_mark(r.figures.status.value)])

    def _service(self, f: _Field) -> Cell:
        look = Look.PILL_SF if f.change.side is Side.SALESFORCE else Look.PILL_DI
        return Cell(story.SERVICE_NAMES[f.change.side], look)

    def _who(self, f: _Field) -> Cell:
        name, key = name_of(f.change.values), f.change.key
        return Cell(name, Look.STRONG, key, tip=f"{name}\n{key}") if name else Cell(key, Look.CODE, tip=key)

    def _before(self, f: _Field) -> Cell:
        text = plain(f.change.before.get(f.name))
        return Cell(text or "—", Look.GONE if text else Look.MUTED, tip=text)

    def _after(self, f: _Field) -> Cell:
        text = plain(f.change.after.get(f.name))
        below = self.tr("something else by now") if f.name in f.change.moved else ""
        return Cell(text or "—", Look.NEW if text else Look.MUTED, below, tip="\n".join(p for p in (text, below) if p))

    # what the person does

    def _show_view(self, changes: bool) -> None:
        self._changes_shown = changes
        if self._record is not None:
            self.show_run(self._desk.facts, self._record)

    def _ask_undo(self) -> None:
        if self._record is not None:
            self.dialog = UndoDialog(self, self._desk, self._record)
            self.dialog.finished.connect(lambda _: setattr(self, "dialog", None))
            self.dialog.show_facts(self._desk.facts)
            self.dialog.open()

    def _ask_where(self) -> None:
        if (record := self._record) is not None:
            ask_where(
                self, self.tr("Export the changes of the run"), lambda path: self._desk.export_changes(record.id, path)
            )

    # facts

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.rows.retranslate()
        self.changes.retranslate()

    def show_run(self, facts: Facts, record: RunRecord) -> None:
        """Show a run of the ledger."""
        if self._record is None or self._record.id != record.id:
            self._changes_shown = False
        self._record = record
        under_way = record.status is None and facts.running and bool(facts.runs) and record is facts.runs[0]
        preview, known = is_preview(record), "status" in record.summary
        changeless = preview or is_import(record) or is_from_now(record)  # the journal keeps no change of those
        self.title.setText(story.run_heading(record))
        looks = {Mark.DONE: "ok", Mark.NEEDS_YOU: "warn", Mark.NOT_STARTED: "neutral"}
        status = self.tr("Under way") if under_way else story.status_said(record.status)
        say(self.state, status, "neutral" if under_way else looks[story.status_mark(record.status)])
        total = summary(record.summary) if known and not preview else None
        wrote = not changeless and not under_way and (total is None or story.written(record.summary) > 0)
        self._changes_shown = self._changes_shown and wrote
        self._say_buttons(facts, wrote, wrote and (total is None or story.changed(record.summary) > 0))
        self.stack.setCurrentIndex(1 if self._changes_shown else 0)
        self.text.setText(self._said(facts, record, total, under_way))
        self._show_found(record)
        self._show_stood(record)
        self._show_figures(record, total)
        self._show_waits(facts, total)
        if self._changes_shown:
            self._desk.see_changes(record.id)
            self._show_changes(facts)
        if self.dialog is not None:
            self.dialog.show_facts(facts)

    def _say_buttons(self, facts: Facts, wrote: bool, changed: bool) -> None:
        self.undo_button.setText(self.tr("&Undo this run…"))
        self.undo_button.setVisible(changed)
        self.undo_button.setEnabled(not facts.running)
        self.export_button.setText(self.tr("E&xport CSV…"))
        self.export_button.setVisible(wrote)
        self.segments.setVisible(wrote)
        self.views.show_choices(
            ((False, self.tr("Figures")), (True, self.tr("Changes, field by field"))), self._changes_shown
        )

    def _said(self, facts: Facts, record: RunRecord, total: Summary | None, under_way: bool) -> str:
        if is_import(record):
            text = self.tr("By “{0}”, to {1}. It took {2}.")
            of_import = record.summary["import"]
            took = duration(float(record.summary.get("seconds", 0)))
            return text.format(of_import.get("recipe", ""), of_import.get("to", ""), took)
        if is_preview(record):
            said = self.tr("{0}. Only the figures of an earlier preview are kept; its list of records is not.")
            return said.format(story.run_short(record))
        if total is None:
            if under_way:
                return self.tr("Its figures come at its end.")
            return self.tr("It left no figures. The next run goes on where it ended.")
        told = [self._what_it_was(facts, record)]
        calls = ", ".join(f"{story.SERVICE_NAMES[side]} {number(n)}" for side, n in total.calls.items())
        told.append(self.tr("It took {0}. Calls used: {1}.").format(duration(total.seconds), calls))
        return "\n".join(filter(None, told))

    @staticmethod
    def _what_it_was(facts: Facts, record: RunRecord) -> str:
        """Say what a run did that was no sync."""
        if is_from_now(record):
            return from_now_said(record)
        if is_undo(record):
            undone = next((run for run in facts.runs if run.id == record.summary["undo"]), None)
            return undo_said(record, undone)
        return ""

    def _show_found(self, record: RunRecord) -> None:
        """Say what the run has found when it compared everything."""
        told = audits_of(record)
        for n, notice in enumerate(self.found):
            notice.show_found(*told[n]) if n < len(told) else notice.show_text("")

    def _show_figures(self, record: RunRecord, total: Summary | None) -> None:
        self.table_card.setVisible(total is not None)
        if total is None:
            self.figures.show_figures(self._planned(record) if is_preview(record) else ())
            return
        if is_from_now(record):
            left = (self.tr("Left as it is"), number(story.left_as_it_is(record)))
            self.figures.show_figures([left, *self._read(total)])
        else:
            self.figures.show_figures(self._of_import(record) if is_import(record) else self._totals(total))
        self.table_card.setVisible(not is_import(record) and not is_from_now(record))
        parts = [summary(i) for i in record.summary.get("integrations", ())]
        self.rows.show([_Figures(story.status_short(s.status.value), s) for s in parts])
        self.table.setColumnHidden(CONFLICTS, not total.conflicts)
        self.table.fit()
        self.table.setAccessibleName(self.tr("Figures of each integration"))

    def _show_stood(self, record: RunRecord) -> None:
        """Say for how long somebody's edit could have gone unseen; nothing where none could."""
        stood = stood_open(record.summary)
        said, why = stood_open_said(stood) if stood is not None else ("", "")
        say(self.stood, said)
        self.stood.setToolTip(why)
        self.stood.setAccessibleDescription(why)

    def _show_waits(self, facts: Facts, total: Summary | None) -> None:
        """Offer the way to what this run left for a person, as far as it still waits."""
        waiting = facts.history.outstanding
        aside = total is not None and total.set_aside > 0 and waiting.set_aside > 0
        conflicts = total is not None and total.conflicts > 0
        self.aside_button.setText(self.tr("Show what is set aside"))
        self.conflicts_button.setText(self.tr("Show the conflicts"))
        self.aside_button.setVisible(aside)
        self.conflicts_button.setVisible(conflicts)
        recipe = self._recipe(facts)
        self.again_button.setText(self.tr("Import a file like it &again…"))
        self.again_button.setVisible(bool(recipe))
        self.again_button.setEnabled(not facts.running)
        self.waits.setVisible(aside or conflicts or bool(recipe))

    def _recipe(self, facts: Facts) -> str:
        """Name the recipe of an import, where the project file still has it."""
        of_import = self._record.summary.get("import", {}) if self._record is not None else {}
        name = str(of_import.get("recipe", ""))
        return name if facts.project is not None and facts.project.recipe(name) is not None else ""

    def _import_again(self) -> None:
        self._desk.import_again(self._recipe(self._desk.facts))

    def _show_changes(self, facts: Facts) -> None:
        told = facts.activity.changes
        assert self._record is not None
        shown = told.changes if told is not None and told.run == self._record.id else ()
        self.changes.more_to_come = False
        rows = tuple(self._fields(shown))
        if rows != self.changes.rows:
            self.changes.show(rows)
        self.changes.more_to_come = CHANGES in facts.activity.more and bool(rows)
        self.changes_table.setAccessibleName(self.tr("Changes of the run"))
        self.changes_card.setVisible(bool(rows))
        self.no_changes.setText(
            self.tr("Updated records, each field before and after. Of records that the run created no values are kept.")
            if rows
            else self.tr("The journal keeps no change of this run: it only created records, or they are too old.")
        )

    @staticmethod
    def _fields(changes: tuple[RunChange, ...]) -> Iterator[_Field]:
        for change in changes:
            for name in change.after:
                yield _Field(change, name)

    @staticmethod
    def _planned(record: RunRecord) -> list[tuple[str, str]]:
        """Give what a preview has counted, by kind."""
        counted = record.summary.get("counts", {})
        names = ((kind, story.change_said(kind)) for kind in counted)
        return [(name[:1].upper() + name[1:], number(int(counted[kind]))) for kind, name in names if counted[kind]]

    def _of_import(self, record: RunRecord) -> list[tuple[str, str]]:
        """Give what became of the rows of a file."""
        told = record.summary["import"]
        names = (
            ("rows", self.tr("Rows")),
            ("created", self.tr("Created")),
            ("updated", self.tr("Updated")),
            ("unchanged", self.tr("Unchanged")),
            ("refused", self.tr("To correct")),
            ("failed", self.tr("Refused by the service")),
            ("left", self.tr("Left to send")),
        )
        return [(name, number(int(told[kind]))) for kind, name in names if told.get(kind)]

    def _read(self, total: Summary) -> list[tuple[str, str]]:
        """Give how much was read of each service, where anything was."""
        read = ((story.SERVICE_NAMES[side], total.sides[side].read) for side in Side)
        return [(self.tr("Read in {0}").format(name), number(n)) for name, n in read if n]

    def _totals(self, total: Summary) -> list[tuple[str, str]]:
        """Give the figures of the whole run that say something: what was read, and what was written on each side."""
        figures = self._read(total)
        for side in (Side.DIALOG_INSIGHT, Side.SALESFORCE):
            counted = total.sides[side]
            for kind, n in (("create", counted.created), ("update", counted.updated), ("delete", counted.deleted)):
                if n:
                    figures.append((story.figure_name(side, kind), number(n)))
        rest = (
            (self.tr("Unchanged"), total.unchanged),
            (self.tr("Conflicts"), total.conflicts),
            (self.tr("Set aside"), total.set_aside),
        )
        figures += [(name, number(n)) for name, n in rest if n]
        return figures or [(self.tr("Sent"), number(0))]
