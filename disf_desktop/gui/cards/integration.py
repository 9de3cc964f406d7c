"""The integration under the hand in words: what goes each way, what is left out, what deletes do; and its own run."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QFrame, QWidget

from disf_desktop.core.project import Integration, Project, ProjectType, Trigger
from disf_desktop.core.schema import CONTACT_LIST, Side
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.compare import CompareDialog
from disf_desktop.gui.models.directions import is_marker, owned_pairs, owner_of, way_of_pair
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.flows import TRIGGERS_OF
from disf_desktop.gui.models.integrations import IntegrationRow, place_to_mend
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.models.pairs import other_problems
from disf_desktop.gui.parts import FactGrid, Notice, Sentence, button, column, label, pill, row, say
from disf_desktop.gui.words import story
from disf_desktop.gui.words.choices import deletes
from disf_desktop.gui.words.figures import age, counts
from disf_desktop.gui.words.past_words import audit_said
from disf_desktop.gui.words.problem_words import problem_said
from disf_desktop.gui.words.run_words import age_said, schedule_sentence


class IntegrationCard(QFrame):
    """Shows one integration; where something of it is wrong in the project file, it says so first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk = desk
        self._name = ""
        self._place: Tab | None = None
        self.title, self.state, self.text = label("strong"), pill(), Sentence()
        self.preview_button = button("", lambda: desk.preview(self._name))
        self.sync_button = button("", lambda: desk.sync(self._name))
        self.mapping_button = button("quiet", lambda: desk.look.emit(Tab.MAPPING.value, self._name))
        self.problem = Notice("warn")
        self.problem.action.clicked.connect(self._go_and_mend)
        self.told = FactGrid(7, 2)
        head = row(
            self.title, self.state, self.text, self.mapping_button, self.preview_button, self.sync_button, spacing=8
        )
        head.setStretch(2, 1)
        self.compared = Sentence()
        self.compare_button = button("quiet", self._ask_compare)
        last = row(self.compared, self.compare_button, spacing=8)
        last.setStretch(0, 1)
        self._last_row = QWidget()
        self._last_row.setLayout(last)
        self.dialog: CompareDialog | None = None
        box = column(head, self.problem, self.told, self._last_row, spacing=12)
        box.setContentsMargins(16, 12, 16, 14)
        self.setLayout(box)

    def _go_and_mend(self) -> None:
        if self._place is not None:
            self._desk.look.emit(self._place.value, self._name)

    def show_facts(self, facts: Facts, shown: IntegrationRow | None) -> None:
        """Show an integration of the project file, or nothing."""
        project = facts.project
        self.setVisible(shown is not None)
        if shown is None or project is None:
            return
        integration = shown.integration
        self._name = integration.name
        self.title.setText(integration.name)
        say(self.state, "" if integration.enabled else self.tr("Off"), "neutral")
        place = story.integration_place(project, integration)
        self.text.show_text(f"{story.integration_title(project, integration)} · {place}")
        self._show_deeds(facts, integration)
        self._show_problems(facts, integration)
        self._show_compared(facts, integration)
        born_there = owner_of(project, integration) is ProjectType.B
        scope = integration.filter or self.tr("None: every record of the object")
        carried = Trigger.SALESFORCE_DELETED in integration.triggers
        gone = deletes(integration.deletes) if carried else self.tr("Not carried over")
        self.told.show_facts(
            (self.tr("→ to Dialog Insight"), self._what_goes(project, integration, Side.SALESFORCE)),
            (self.tr("← to Salesforce"), self._what_goes(project, integration, Side.DIALOG_INSIGHT)),
            (self.tr("People born in Dialog Insight"), self._births(project, integration)),
            (self.tr("Filter"), "" if born_there else scope),
            (self.tr("Deleted in Salesforce"), "" if born_there else gone),
            (self.tr("Runs"), schedule_sentence(shown)),
            (self.tr("Last run"), self._last(shown)),
        )

    def _last(self, shown: IntegrationRow) -> str:
        told = story.last_run_said(*shown.runs[0]) if shown.runs else self.tr("never")
        late, _ = age_said(shown)
        return "\n".join(part for part in (told, late) if part)

    def _show_deeds(self, facts: Facts, integration: Integration) -> None:
        self.mapping_button.setText(self.tr("Open the mapping"))
        self.preview_button.setText(self.tr("Pre&view this one"))
        self.sync_button.setText(self.tr("Sync this &one"))
        idle = not facts.running
        self.preview_button.setEnabled(idle and bool(integration.mapping.pairs))
        self.sync_button.setEnabled(idle and integration.enabled)

    def _show_compared(self, facts: Facts, integration: Integration) -> None:
        """Say when everything was last compared, once there is anything to compare with."""
        standing, name = facts.standing, integration.name
        self._last_row.setVisible(name in standing.known)
        at = standing.compared.get(name)
        if at is None or standing.is_due(name):
            self.compared.show_text(self.tr("The next run reads everything, and not only what changed."))
        else:
            passed = age((datetime.now(UTC) - datetime.fromisoformat(at.replace("Z", "+00:00"))).total_seconds())
            text = self.tr("Everything was compared {0} ago; once a week a run does that by itself.").format(passed)
            audit = facts.history.audits.get(name)
            found = audit_said(audit) if audit is not None else ""
            self.compared.show_text(f"{text} " + self.tr("Found: {0}.").format(found) if found else text)
        self.compare_button.setText(self.tr("Compare everything now…"))
        self.compare_button.setEnabled(not facts.running and integration.enabled)

    def _ask_compare(self) -> None:
        self.dialog = CompareDialog(self, self._desk, self._desk.facts, self._name)
        self.dialog.destroyed.connect(self._forget_dialog)
        self.dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _show_problems(self, facts: Facts, integration: Integration) -> None:
        problems = other_problems(facts, integration)
        said = [" ".join(problem_said(problem)) for problem in problems]
        title = self.tr("A run would be refused") if integration.enabled else self.tr("Not finished yet")
        self.problem.show_text(title if said else "", "\n".join(said))
        places = [place_to_mend(integration.triggers, problem) for problem in problems]
        self._place = next((place for place in places if place is not None), None)
        self.problem.action.setText(self.tr("Go to “{0}”").format(story.tab_name(self._place)) if self._place else "")
        self.problem.action.setVisible(self._place is not None)

    def _what_goes(self, project: Project, integration: Integration, away_from: Side) -> str:
        """Say which events set off a write on the other side, and how much travels with them."""
        words = {
            Trigger.SALESFORCE_CREATED: self.tr("new records"),
            Trigger.SALESFORCE_UPDATED: self.tr("changes"),
            Trigger.SALESFORCE_DELETED: self.tr("deletes"),
            Trigger.DIALOG_INSIGHT_CREATED: self.tr("new people"),
            Trigger.DIALOG_INSIGHT_UPDATED: self.tr("changes"),
        }
        told = [words[t] for t in TRIGGERS_OF[away_from] if t in words and t in integration.triggers]
        pairs = owned_pairs(project, integration)
        marked = [pair for pair in pairs if is_marker(project, integration, pair)]
        ways = [way_of_pair(pair) for pair in pairs if pair not in marked]
        to_salesforce = away_from is Side.DIALOG_INSIGHT
        fields = sum(way.reaches_salesforce if to_salesforce else way.reaches_dialog_insight for way in ways)
        parts = []
        if told:
            parts.append(", ".join(told))
            parts += [counts.fields(fields)] if fields else []
        if to_salesforce and Trigger.OPTIN_CHANGED in integration.triggers and integration.optins:
            parts.append(self.tr("{0}, never the other way").format(counts.opt_ins(len(integration.optins))))
        if not parts and not to_salesforce and marked:
            return self.tr("Only the Salesforce Id of those created")
        return " · ".join(parts) or self.tr("Nothing")

    def _births(self, project: Project, integration: Integration) -> str:
        if integration.table != CONTACT_LIST or Trigger.DIALOG_INSIGHT_CREATED not in integration.triggers:
            return ""
        markers = [p.target for p in integration.mapping.pairs if is_marker(project, integration, p)]
        parts = []
        if integration.external_id:
            parts.append(self.tr("External id in Salesforce: {0}").format(integration.external_id))
        if markers:
            parts.append(self.tr("Salesforce Id written to {0}").format(markers[0]))
        return "\n".join(parts)
