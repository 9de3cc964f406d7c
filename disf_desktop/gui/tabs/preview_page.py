"""What Sync now would do: figures, and every record and field before and after with the rule that decided."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from disf_desktop.core.events import OperationPlanned
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import PlanWanted
from disf_desktop.gui.cards.run import RunCard
from disf_desktop.gui.cards.search_line import SearchLine
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.save_as import ask_where
from disf_desktop.gui.inputs import Picker
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.activity import READING_PLAN, PlanRows
from disf_desktop.gui.models.facts import WRITES, Facts, Preview, RunKind, Why, is_preview
from disf_desktop.gui.models.operations import ChangeRow, change_rows
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import FigureCards, Notice, button, card, column, label, row
from disf_desktop.gui.words import story
from disf_desktop.gui.words.figures import counts, moment_soon, number
from disf_desktop.gui.words.reasons import reason_short, rule_said

_KINDS = ("create", "update", "delete", "opt_out", "opt_in", "neutral", "set_aside")


class PreviewPage(QWidget):
    """The last preview. What the window holds of it is narrowed at once; what lies beyond is read from the saved plan
    as the end of the table comes into view."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._taken: tuple[PlanWanted, tuple[OperationPlanned, ...], tuple[OperationPlanned, ...]] | None = None
        self._rows: tuple[ChangeRow, ...] = ()
        self.title, self.text = label("title", wrap=True), label("muted", wrap=True)
        self.send_button = button("primary", desk.send_plan)
        self.again_button = button("", self._again)
        self.save_button = button("", self._ask_where)
        self.old = Notice("warn")
        self.run_card = RunCard(desk)
        self.figures = FigureCards()
        self.kinds, self.sides, self.integrations = (Picker(fitted=True) for _ in range(3))
        self.kinds.picked.connect(lambda kind: self._want(kind=kind))
        self.sides.picked.connect(lambda side: self._want(side=side))
        self.integrations.picked.connect(lambda name: self._want(integration=name))
        self.search = SearchLine()
        self.search.searched.connect(lambda text: self._want(text=text))
        self.changes = TableModel[ChangeRow](
            (
                Column(lambda: self.tr("Change"), self._change),
                Column(lambda: self.tr("Record"), self._record),
                Column(lambda: self.tr("Field"), self._field),
                Column(lambda: self.tr("Now"), lambda r: Cell(r.before, Look.GONE, tip=r.before)),
                Column(
                    lambda: self.tr("Will be"), lambda r: Cell(r.after, Look.NEW, tip="\n".join(r.created) or r.after)
                ),
                Column(lambda: self.tr("Rule"), self._rule),
            ),
            self,
        )
        self.changes.more_wanted.connect(desk.more_of_plan)
        self.table = Grid(self.changes, stretch=5, row_height=46)
        self.table.setMinimumHeight(150)
        self.table_card = card(column(self.table), margins=(1, 1, 1, 1))
        self.filters = QWidget()
        self.filters.setLayout(row(self.kinds, self.sides, self.integrations, self.search, spacing=8))
        self.filters.layout().setStretch(3, 1)  # type: ignore[union-attr]
        self.filler = QWidget()
        head = row(self.title, self.save_button, self.again_button, self.send_button, spacing=8)
        head.setStretch(0, 1)
        box = column(
            head,
            self.text,
            self.old,
            self.run_card,
            self.figures,
            self.filters,
            self.table_card,
            self.filler,
            spacing=10,
        )
        box.setStretchFactor(self.table_card, 1)
        box.setStretchFactor(self.filler, 1)
        box.setContentsMargins(18, 16, 18, 18)
        self.setLayout(box)

    # cells

    def _change(self, r: ChangeRow) -> Cell:
        looks = {"create": Look.PILL_OK, "opt_in": Look.PILL_OK, "opt_out": Look.PILL_ERR, "set_aside": Look.PILL_WARN}
        side = story.SERVICE_NAMES[r.side]
        return Cell(story.change_said(r.kind), looks.get(r.kind, Look.PILL), f"→ {side}")

    def _record(self, r: ChangeRow) -> Cell:
        return (
            Cell(r.name, Look.STRONG, r.key, tip=r.integration) if r.name else Cell(r.key, Look.CODE, tip=r.integration)
        )

    def _rule(self, r: ChangeRow) -> Cell:
        said = reason_short(r.rule, r.side) if r.kind == "set_aside" else rule_said(r.rule)
        return Cell(said, Look.MUTED, tip=said)

    def _field(self, r: ChangeRow) -> Cell:
        return Cell(r.field or counts.fields(len(r.created)), tip="\n".join(r.created))

    # what the person does

    def _want(self, **changes: Any) -> None:
        self._desk.want_plan(replace(self._desk.plan_rows.wanted, **changes))

    def _again(self) -> None:
        preview = self._desk.facts.preview
        self._desk.preview(preview.integration if preview is not None else None)

    def _ask_where(self) -> None:
        ask_where(self, self.tr("Save the preview"), self._desk.export_plan)

    # facts

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.changes.retranslate()

    def show_facts(self, facts: Facts) -> None:
        """Show the preview of the facts."""
        preview, rows = facts.preview, self._desk.plan_rows
        assert preview is not None
        self.title.setText(self.tr("Preview: what Sync now would do"))
        self.run_card.show_facts(facts)
        self._say_buttons(facts, preview)
        self._say_old(facts, preview)
        self._show_rows(preview, rows)
        self.table.setAccessibleName(self.title.text())
        some = bool(preview.operations)
        self.table_card.setVisible(some)
        self.filters.setVisible(some)
        self.filler.setVisible(not some)
        self._show_filters(preview, rows.wanted)
        self.figures.show_figures(self._figures(preview) if preview.finished else [])
        self.text.setText(self._said(facts, preview, rows))

    def _show_rows(self, preview: Preview, rows: PlanRows) -> None:
        """Show what is asked for; what only grew is added, so that the place of the person stays."""
        now = (rows.wanted, preview.operations, rows.operations)
        beyond = preview.plan is not None and preview.count > len(preview.operations)
        if now == self._taken:
            self.changes.more_to_come = beyond and rows.more and READING_PLAN not in self._desk.facts.asking
            return
        grew: tuple[OperationPlanned, ...] | None = None
        if self._taken is not None and self._taken[0] == rows.wanted:
            _, held, read = self._taken
            if not read and not rows.operations and held and preview.operations[: len(held)] == held:
                grew = preview.operations[len(held) :]
            elif held == preview.operations and rows.operations[: len(read)] == read:
                grew = rows.operations[len(read) :]
        fresh = (*preview.operations, *rows.operations) if grew is None else grew
        taken = tuple(change_rows(each for each in fresh if rows.wanted.takes(each)))
        self._rows = taken if grew is None else (*self._rows, *taken)
        self._taken = now
        self.changes.more_to_come = False
        self.changes.show(self._rows)
        self.changes.more_to_come = beyond and rows.more

    def _say_buttons(self, facts: Facts, preview: Preview) -> None:
        whole = preview.plan is not None
        self.save_button.setText(self.tr("Save as CS&V…"))
        self.again_button.setText(self.tr("Preview again"))
        self.send_button.setText(counts.send_changes(preview.planned))
        self.save_button.setVisible(whole and bool(preview.operations))
        self.again_button.setVisible(not facts.running)
        self.send_button.setVisible(preview.planned > 0)
        self.send_button.setEnabled(whole and not facts.running)

    def _say_old(self, facts: Facts, preview: Preview) -> None:
        """Say what has happened since the preview was made; what is sent is looked at again in any case."""
        since = next((r for r in facts.runs if not is_preview(r) and r.started > preview.at), None)
        edited = preview.finished is not None and preview.of is not None and preview.of != facts.project
        title = ""
        if edited:
            title = self.tr("The project file was edited since this preview was made.")
        elif since is not None:
            title = self.tr("A run has sent changes since, at {0}.").format(moment_soon(since.started))
        body = self.tr("Only what is still called for is sent. Preview again to see what would be sent now.")
        self.old.show_text(title, body if title else "")

    def _show_filters(self, preview: Preview, wanted: PlanWanted) -> None:
        told = preview.told
        kinds = [kind for kind in _KINDS if any(each == kind for _, each in told)]
        names = list(dict.fromkeys(each.integration for each in preview.operations))
        every_kind: list[tuple[Any, str]] = [(None, self.tr("All changes"))]
        self.kinds.show_choices(every_kind + [(kind, story.change_said(kind)) for kind in kinds], wanted.kind)
        every_side: list[tuple[Any, str]] = [(None, self.tr("Both services"))]
        to = [(side, f"→ {story.SERVICE_NAMES[side]}") for side in Side]
        self.sides.show_choices(every_side + to, wanted.side)
        every_name: list[tuple[Any, str]] = [(None, self.tr("All integrations"))]
        self.integrations.show_choices(every_name + [(name, name) for name in names], wanted.integration)
        self.integrations.setVisible(len(names) > 1)
        self.kinds.setAccessibleName(self.tr("Kind of change"))
        self.sides.setAccessibleName(self.tr("Service that is written to"))
        self.integrations.setAccessibleName(self.tr("Integration"))
        self.search.show_hint(self.tr("Search records, fields, values"))
        if not wanted.text and not self.search.hasFocus():
            self.search.forget()

    def _said(self, facts: Facts, preview: Preview, rows: PlanRows) -> str:
        finished, planned = preview.finished, preview.planned
        if facts.running and facts.run is not None and facts.run.kind is RunKind.PREVIEW:
            return self.tr("Nothing is sent.")
        if finished is None:
            return self.tr("The preview did not finish. Nothing was sent.")
        if not planned:
            return self.tr("There is nothing to send: both sides correspond.")
        parts = [self._why(preview)] if preview.why is not None else []
        if READING_PLAN in facts.asking:
            parts.append(self.tr("Reading more of the preview…"))
        elif preview.count > len(preview.operations) + len(rows.operations) and rows.more:
            shown = len(preview.operations) + len(rows.operations)
            parts.append(counts.first_of(shown, preview.count))
        else:
            parts.append(self.tr("Nothing was sent yet."))
        calls = ", ".join(f"{story.SERVICE_NAMES[s]} {number(n)}" for s, n in finished.calls_forecast.items() if n)
        if calls:
            parts.append(self.tr("Calls that sending takes: {0}.").format(calls))
        return " ".join(parts)

    def _why(self, preview: Preview) -> str:
        """Say why a person who asked for a sync sees a preview."""
        names = ", ".join(preview.about)
        if preview.why is Why.FIRST_RUN:
            return self.tr("The first run of {0} is shown before anything is sent.").format(names)
        return self.tr("{0} would change very much at once, so it is shown before it is sent.").format(names)

    def _figures(self, preview: Preview) -> list[tuple[str, str]]:
        """Give what would be written, by side and kind, then what would not."""
        order = {kind: n for n, kind in enumerate(("create", "update", "delete", "opt_out", "opt_in"))}
        written = sorted(
            ((side, kind) for side, kind in preview.told if kind in WRITES),
            key=lambda each: (each[0] is Side.SALESFORCE, order.get(each[1], len(order))),
        )
        figures = [(story.figure_name(*each), number(preview.told[each])) for each in written]
        known = preview.finished.counts if preview.finished else {}
        names = {"unchanged": self.tr("Unchanged"), "set_aside": self.tr("Set aside")}
        return figures + [(name, number(known[kind])) for kind, name in names.items() if kind in known]
