"""Integrations: what moves and when, the run under way, and what is set aside."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from disf_desktop.core.project import Trigger
from disf_desktop.gui import story
from disf_desktop.gui.choices import schedule, trigger
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.figures import counts, number
from disf_desktop.gui.guard_notice import GuardNotice
from disf_desktop.gui.integration_card import IntegrationCard
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.integrations import IntegrationRow, integration_rows
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import button, card, column, label, row, scrolled
from disf_desktop.gui.run_card import RunCard
from disf_desktop.gui.run_notice import RunNotice
from disf_desktop.gui.set_aside_card import SetAsideCard
from disf_desktop.gui.tabs.base import TabPage

NARROW = 1100
"""Below this width the last runs are not drawn as bars."""

NARROWEST = 1000
"""Below this width the times of runs are in the card of the integration alone."""

SHOWN_NOTICES = 3
"""How many notices of a run are shown; what they say, they mostly say of the same thing."""


class IntegrationsTab(TabPage):
    """One row for each integration; below, what is going on and what waits."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self.title, self.text = label("title"), label("muted")
        self.one_preview = button("", lambda: self._of_chosen(self.desk.preview))
        self.one_sync = button("", lambda: self._of_chosen(self.desk.sync))
        self.rows = TableModel[IntegrationRow](
            (
                Column(lambda: self.tr("State"), self._state),
                Column(lambda: self.tr("Integration"), self._name),
                *(Column(partial(trigger, kind), partial(self._tick, kind), centred=True) for kind in Trigger),
                Column(lambda: self.tr("Runs\nLast run"), self._runs),
                Column(lambda: self.tr("Last\nruns"), self._bars),
            ),
            self,
        )
        self.table = Grid(self.rows, stretch=1, fit_rows=True, row_height=54)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._chosen())
        self.greyed = label("small", wrap=True)
        self.card = IntegrationCard()
        self.notices = [RunNotice("warn") for _ in range(SHOWN_NOTICES)]
        self.guard = GuardNotice(desk)
        self.run_card = RunCard(desk)
        self.set_aside = SetAsideCard(desk)
        table_card = card(column(self.table), margins=(1, 1, 1, 1))
        for part in (table_card, self.card, self.guard, self.run_card, *self.notices):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        page = QWidget()
        box = column(
            row(self.title, self.text, None, self.one_preview, self.one_sync),
            table_card,
            self.greyed,
            self.guard,
            *self.notices,
            self.run_card,
            self.card,
            self.set_aside,
            spacing=12,
        )
        box.setStretchFactor(self.set_aside, 1)
        box.addStretch(0)
        page.setLayout(box)
        box.setContentsMargins(18, 16, 18, 18)
        self.setLayout(row(scrolled(page)))

    def _state(self, r: IntegrationRow) -> Cell:
        on = r.integration.enabled
        text = self.tr("On") if on else self.tr("Off")
        return Cell(text, icon=r.mark.value, said=f"{text}, {story.mark_said(r.mark)}", tip=story.mark_said(r.mark))

    def _name(self, r: IntegrationRow) -> Cell:
        project = self.facts.project
        assert project is not None
        place = story.integration_place(project, r.integration)
        below = f"{story.integration_title(project, r.integration)} · {place}"
        return Cell(r.integration.name, Look.STRONG, below, tip=below)

    def _tick(self, kind: Trigger, r: IntegrationRow) -> Cell:
        ticked = kind in r.integration.triggers
        if not ticked and kind not in r.possible:
            said = self.tr("not available")
            return Cell("–", Look.MUTED, said=said, tip=said)
        return Cell(icon="tick" if ticked else "", said=self.tr("yes") if ticked else self.tr("no"))

    def _runs(self, r: IntegrationRow) -> Cell:
        last = story.last_run_said(*r.runs[0]) if r.runs else self.tr("never")
        when = schedule(r.integration.schedule)
        return Cell(when, Look.PLAIN, last, tip=f"{when}\n{last}")

    def _bars(self, r: IntegrationRow) -> Cell:
        if not r.runs:
            return Cell(said=self.tr("no run yet"))
        figures = [story.written(summary) for _, summary in reversed(r.runs)]
        fine = [s.get("status") in ("success", "needs_you") for _, s in reversed(r.runs)]
        said = self.tr("{0}: least {1} sent, most {2}, last {3}").format(
            counts.run_bars(len(figures)), number(min(figures)), number(max(figures)), number(figures[-1])
        )
        return Cell(bars=tuple(zip(map(float, figures), fine, strict=True)), said=said, tip=said)

    def _of_chosen(self, verb: Callable[[str], None]) -> None:
        for index in self.table.selectionModel().selectedRows()[:1]:
            verb(self.rows.row(index).integration.name)

    def tell(self, text: str) -> None:
        self.set_aside.tell(text)

    def retranslate(self) -> None:
        self.rows.retranslate()
        self.set_aside.retranslate()

    def render_facts(self) -> None:
        facts = self.facts
        self.title.setText(self.tr("Integrations"))
        self.text.setText(self.tr("What moves, and when"))
        self.one_preview.setText(self.tr("Pre&view this one"))
        self.one_sync.setText(self.tr("Sync this &one"))
        self.table.setAccessibleName(self.tr("Integrations"))
        self.rows.show(integration_rows(facts))
        if self.rows.rows and not self.table.selectionModel().hasSelection():
            self.table.selectRow(0)
        self.greyed.setText(
            self.tr(
                "A dash means not available: a type A project receives its contacts from Salesforce, a type B project "
                "creates them there, and opt-ins only travel from Dialog Insight to Salesforce."
            )
        )
        self.guard.show_facts(facts)
        for n, notice in enumerate(self.notices):
            notice.show_notice(facts.told[n] if n < len(facts.told) and not facts.running else None)
        self.run_card.show_facts(facts)
        self.set_aside.show_facts(facts)
        self._chosen()

    def _chosen(self) -> None:
        chosen = [self.rows.row(i).integration for i in self.table.selectionModel().selectedRows()[:1]]
        self.card.show_facts(self.facts, chosen[0] if chosen else None)
        self._enable()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        *_, runs, bars = range(self.rows.columnCount())
        self.table.setColumnHidden(runs, self.width() < NARROWEST)
        self.table.setColumnHidden(bars, self.width() < NARROW)
        self.table.fit()

    def _enable(self) -> None:
        chosen = [self.rows.row(i).integration for i in self.table.selectionModel().selectedRows()]
        able = not self.facts.running and bool(chosen) and chosen[0].enabled
        several = len(self.rows.rows) > 1
        for one in (self.one_preview, self.one_sync):
            one.setVisible(several)
            one.setEnabled(able)
