"""The integration under the hand in words: what goes each way, what is left out, what deletes do."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from disf_desktop.core.project import Integration, Project, ProjectType, Trigger
from disf_desktop.core.schema import CONTACT_LIST, Side
from disf_desktop.gui import story
from disf_desktop.gui.choices import deletes, schedule
from disf_desktop.gui.figures import counts
from disf_desktop.gui.models.directions import is_marker, owned_pairs, owner_of, way_of_pair
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.flows import TRIGGERS_OF
from disf_desktop.gui.models.pairs import other_problems
from disf_desktop.gui.parts import FactGrid, Notice, column, label, pill, row, say


class IntegrationCard(QFrame):
    """Shows one integration; where something of it is wrong in the project file, it says so first."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self.title, self.state, self.text = label("strong"), pill(), label("small")
        self.problem = Notice("warn")
        self.told = FactGrid(6, 2)
        box = column(row(self.title, self.state, self.text, None), self.problem, self.told, spacing=12)
        box.setContentsMargins(16, 12, 16, 14)
        self.setLayout(box)

    def show_facts(self, facts: Facts, integration: Integration | None) -> None:
        """Show an integration of the project file, or nothing."""
        project = facts.project
        self.setVisible(integration is not None)
        if integration is None or project is None:
            return
        self.title.setText(integration.name)
        say(self.state, "" if integration.enabled else self.tr("Off"), "neutral")
        place = story.integration_place(project, integration)
        say(self.text, f"{story.integration_title(project, integration)} · {place}")
        problems = other_problems(facts, integration)
        details = "\n".join(f"{p.path}\n{p.message} {p.what_to_do}" for p in problems)
        text = self.tr("A run would be refused. Correct the project file, then read it again.")
        self.problem.show_text(counts.problems(len(problems)) if problems else "", text, details)
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
            (self.tr("Runs"), schedule(integration.schedule)),
        )

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
