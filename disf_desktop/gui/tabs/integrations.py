"""Integrations: what moves and when, the run under way, and what is set aside."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QWidget

from disf_desktop.core.edits import with_integration
from disf_desktop.core.errors import Problem
from disf_desktop.core.project import Integration, Schedule, Trigger
from disf_desktop.gui.cards.audit_notice import DoubtfulNotice
from disf_desktop.gui.cards.from_now_notice import FromNowNotice
from disf_desktop.gui.cards.guard_notice import GuardNotice
from disf_desktop.gui.cards.integration import IntegrationCard
from disf_desktop.gui.cards.ledger_notice import LedgerNotice
from disf_desktop.gui.cards.run import RunCard
from disf_desktop.gui.cards.run_notice import RunNotice
from disf_desktop.gui.cards.set_aside import SetAsideCard
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.schedule import ScheduleDialog
from disf_desktop.gui.inputs import Switch
from disf_desktop.gui.models.facts import Facts, Store
from disf_desktop.gui.models.integrations import integration_rows, made_wrong, place_to_mend, ticked, unmet
from disf_desktop.gui.models.ledger import doubtful_audits
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.models.pairs import activation_problems, components_in
from disf_desktop.gui.parts import EmptyPage, Notice, Sentence, button, column, label, row, scrolled
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.tabs.trigger_grid import TriggerGrid
from disf_desktop.gui.theme import px
from disf_desktop.gui.words import story
from disf_desktop.gui.words.choices import schedule, trigger
from disf_desktop.gui.words.problem_words import prepare_verb, problem_said
from disf_desktop.gui.words.run_words import schedules_said

NARROW = 1240
"""Below this width the last runs are not drawn as bars."""

NARROWEST = 1120
"""Below this width the last run is in the card of the integration alone."""

SHOWN_NOTICES = 3
"""How many notices of a run are shown; what they say, they mostly say of the same thing."""

SHOWN_REASONS = 3

AGES_MS = 30_000
"""How often the ages of runs are said anew."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that a person wanted of an integration and that cannot be, with the reasons: to switch it `on`, to
    `tick` or to `untick` a trigger. `triggers` are those that the reasons speak of."""

    integration: Integration
    wanted: str
    problems: tuple[Problem, ...]
    triggers: tuple[Trigger, ...]

    @property
    def name(self) -> str:
        return self.integration.name

    @property
    def place(self) -> Tab | None:
        """The tab on which the first of the reasons is settled."""
        places = (place_to_mend(self.triggers, problem) for problem in self.problems)
        return next((place for place in places if place is not None), None)


class IntegrationsTab(TabPage):
    """One row for each integration; below, what is going on and what waits."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self.chosen = ""
        self.refusal: Refusal | None = None
        self.dialog: ScheduleDialog | None = None
        self.title, self.text = label("title"), label("muted")
        self.pause_switch, self.pause_label, self.schedules = Switch(), label(), Sentence()
        self.pause_label.setBuddy(self.pause_switch)
        self.pause_switch.switched.connect(desk.pause_schedules)
        self.new_button = button("", lambda: desk.look.emit(Tab.MAPPING.value, "new"))
        self.refused = Notice("warn")
        self.refused.action.clicked.connect(self._go_and_mend)
        self.refused.close_button.clicked.connect(self._forget_refusal)
        self.prepare_button = button("", self._prepare)
        line = self.refused.layout()
        assert isinstance(line, QBoxLayout)
        line.insertWidget(line.count() - 1, self.prepare_button)
        self.ledger = LedgerNotice(desk, store)
        self.grid = TriggerGrid()
        self.grid.chosen.connect(self.choose)
        self.grid.switched.connect(self._switch)
        self.grid.ticked.connect(self._tick)
        self.grid.schedule_wanted.connect(self._ask_schedule)
        self.from_now = FromNowNotice(desk)
        self.greyed = label("small", wrap=True)
        self.diagram = button("quiet", lambda: desk.look.emit(Tab.PROJECTS.value, "diagram"))
        self.empty = EmptyPage(self.new_button.click)
        self.card = IntegrationCard(desk)
        self.notices = [RunNotice("warn") for _ in range(SHOWN_NOTICES)]
        self.doubtful, self.guard = DoubtfulNotice(desk), GuardNotice(desk)
        self.run_card = RunCard(desk)
        self.set_aside = SetAsideCard(desk)
        self._ages = QTimer(self)
        self._ages.setInterval(AGES_MS)
        self._ages.timeout.connect(self.render_facts)
        self._build()

    def _build(self) -> None:
        self.schedules_row, self.greyed_row = QWidget(), QWidget()
        schedules = row(self.pause_switch, self.pause_label, self.schedules)
        schedules.setStretch(2, 1)
        self.schedules_row.setLayout(schedules)
        greyed = row(self.greyed, self.diagram)
        greyed.setStretch(0, 1)
        self.greyed_row.setLayout(greyed)
        still = (self.ledger, self.schedules_row, self.refused, self.grid, self.from_now, self.greyed_row)
        moving = (self.doubtful, self.guard, self.run_card, *self.notices, self.card)
        for part in (*still, *moving):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        head = row(self.title, self.text, None, self.new_button)
        box = column(head, *still, *moving, self.set_aside, spacing=12)
        box.setStretchFactor(self.set_aside, 1)
        box.addStretch(0)
        page = QWidget()
        page.setLayout(box)
        box.setContentsMargins(18, 16, 18, 18)
        self._pages = QStackedWidget()
        self._pages.addWidget(scrolled(page))
        self._pages.addWidget(self.empty)
        self.setLayout(row(self._pages))

    @property
    def start(self) -> QPushButton:
        """The button of the page without an integration."""
        return self.empty.button

    # what the person does

    def choose(self, name: str) -> None:
        """Take an integration under the hand."""
        if name != self.chosen:
            self.chosen = name
            self.render_facts()

    def _integration(self, name: str) -> Integration:
        found = self.desk.project.integration(name)
        assert found is not None, "a row shows an integration of the file"
        return found

    def _switch(self, name: str, on: bool) -> None:
        def said() -> str:
            return (self.tr("Switch “{0}” on") if on else self.tr("Switch “{0}” off")).format(name)

        found = self.desk.set_enabled(name, on, said)
        integration = self._integration(name)
        self._note(Refusal(integration, "on", found, integration.triggers) if found else None, name)

    def _tick(self, name: str, kind: Trigger, on: bool) -> None:
        project, integration = self.desk.project, self._integration(name)
        after = ticked(integration, kind, on)
        found = (unmet(project, integration, kind) if on else ()) or made_wrong(project, after)
        if found:
            triggers = (kind,) if on else after.triggers
            self._note(Refusal(integration, "tick" if on else "untick", found, triggers), name)
            return

        def said() -> str:
            words = trigger(kind).replace("\n", " ")
            return (self.tr("Tick “{0}” for “{1}”") if on else self.tr("Untick “{0}” for “{1}”")).format(words, name)

        self.desk.edit(said, with_integration(project, after))
        if on:
            self.desk.note_tick(name, kind)
        self._note(None, name)

    def _ask_schedule(self, name: str) -> None:
        self.choose(name)
        now = self._integration(name).schedule
        self.dialog = ScheduleDialog(self, name, now, lambda answer: self._set_schedule(name, answer))
        self.dialog.destroyed.connect(self._forget_dialog)
        self.dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _set_schedule(self, name: str, answer: Schedule | None) -> None:
        after = self._integration(name).model_copy(update={"schedule": answer})
        self.desk.edit(
            lambda: self.tr("Run “{0}”: {1}").format(name, schedule(answer)), with_integration(self.desk.project, after)
        )

    # what cannot be

    def _note(self, refusal: Refusal | None, name: str) -> None:
        self.refusal = refusal
        self.chosen = name
        self.render_facts()
        if refusal is not None:
            self.refused.action.setFocus()

    def _forget_refusal(self) -> None:
        self.refusal = None
        self.render_facts()

    def _go_and_mend(self) -> None:
        refusal = self.refusal
        if refusal is not None and refusal.place is not None:
            integration = self._integration(refusal.name)
            of_project = refusal.place in (Tab.OPT_INS, Tab.PROJECTS)
            self.desk.look.emit(refusal.place.value, integration.project if of_project else integration.name)

    def _prepare(self) -> None:
        found = components_in(self.refusal.problems) if self.refusal is not None else None
        if found is not None:
            self.desk.want_preparation(*found)

    def _still_refused(self) -> Refusal | None:
        """Give what was refused with the reasons of now; nothing once they are settled."""
        refusal, project = self.refusal, self.facts.project
        integration = project.integration(refusal.name) if refusal is not None and project is not None else None
        if refusal is None or project is None or integration is None:
            return None
        if refusal.wanted == "untick":
            return refusal if integration == refusal.integration else None
        on = refusal.wanted == "on"
        found = activation_problems(self.facts, integration) if on else unmet(project, integration, *refusal.triggers)
        return replace(refusal, problems=found) if found else None

    def _render_refusal(self) -> None:
        self.refusal = refusal = self._still_refused()
        if refusal is None:
            self.refused.show_text("")
            return
        title = {
            "on": self.tr("“{0}” stays off"),
            "tick": self.tr("“{0}” cannot have this yet"),
            "untick": self.tr("“{0}” cannot go without this while it is on"),
        }[refusal.wanted].format(refusal.name)
        said = self._reasons(refusal)
        self.refused.show_text(title, "\n".join(said[:SHOWN_REASONS]), "\n".join(said[SHOWN_REASONS:]))
        place = refusal.place
        self.refused.action.setText(self.tr("Go to “{0}”").format(story.tab_name(place)) if place else "")
        self.refused.action.setVisible(place is not None)
        self.prepare_button.setText(prepare_verb())
        self.prepare_button.setVisible(components_in(refusal.problems) is not None)
        self.refused.close_button.setText(self.tr("Close"))
        self.refused.close_button.setVisible(True)

    def _reasons(self, refusal: Refusal) -> list[str]:
        if refusal.wanted == "tick" and refusal.triggers == (Trigger.OPTIN_CHANGED,):
            return [self.tr("No opt-in is tied to a Salesforce field yet. Add one, then tick this.")]
        if refusal.wanted == "tick" and refusal.triggers == (Trigger.DIALOG_INSIGHT_UPDATED,):
            return [self.tr("No pair travels to Salesforce yet. Let one travel both ways, then tick this.")]
        return [" ".join(problem_said(problem)) for problem in refusal.problems]

    # what is shown

    def tell(self, text: str) -> None:
        self.set_aside.tell(text)

    def retranslate(self) -> None:
        self.set_aside.retranslate()

    def render_facts(self) -> None:
        facts, project = self.facts, self.facts.project
        if project is None:
            return
        rows = integration_rows(facts)
        if self.chosen not in [r.name for r in rows]:
            self.chosen = rows[0].name if rows else ""
        self.title.setText(self.tr("Integrations"))
        self.text.setText(self.tr("What moves, when, and in which direction"))
        self.new_button.setText(self.tr("&New integration"))
        self.new_button.setVisible(bool(rows))
        self.ledger.show_facts(facts)
        self._render_schedules()
        self._render_refusal()
        self.grid.setAccessibleName(self.tr("Integrations"))
        self.grid.setVisible(bool(rows))
        self.grid.show_rows(project, rows, self.chosen)
        self.from_now.show_facts(facts)
        self._render_words(bool(rows))
        self.doubtful.show_facts(facts)
        self.guard.show_facts(facts)
        self._show_notices(facts)
        self.run_card.show_facts(facts)
        self.set_aside.show_facts(facts)
        self.card.show_facts(facts, next((r for r in rows if r.name == self.chosen), None))

    def _show_notices(self, facts: Facts) -> None:
        """Show what the last run gave notice of; of a doubtful comparison there is a notice that stays."""
        doubtful = set(doubtful_audits(facts))
        told = [each for each in facts.told if each.code != "audit_doubtful" or each.integration not in doubtful]
        for n, notice in enumerate(self.notices):
            notice.show_notice(told[n] if n < len(told) and not facts.running else None)

    def _render_schedules(self) -> None:
        facts = self.facts
        project, paused = facts.project, bool(facts.schedules.paused)
        scheduled = project is not None and any(i.schedule is not None for i in project.integrations)
        self.schedules_row.setVisible(scheduled)
        self.pause_label.setText(self.tr("Pause all s&chedules"))
        self.pause_switch.show_state(paused, self.tr("Pause all schedules"))
        self.schedules.show_text(schedules_said(facts))

    def _render_words(self, any_row: bool) -> None:
        self.greyed_row.setVisible(any_row)
        self.greyed.setText(
            self.tr(
                "Greyed boxes are not available: a type A project receives its contacts from Salesforce, a type B "
                "project creates them in Salesforce, and opt-ins only travel from Dialog Insight."
            )
        )
        self.diagram.setText(self.tr("See the diagram"))
        self._pages.setCurrentIndex(0 if any_row else 1)
        self.empty.show_text(
            self.tr("No integration yet"),
            self.tr(
                "An integration says which Salesforce object and which Dialog Insight table move together, and when."
            ),
            self.tr("&New integration"),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.grid.show_narrow(self.width() < px(NARROW), self.width() < px(NARROWEST))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ages.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ages.stop()
