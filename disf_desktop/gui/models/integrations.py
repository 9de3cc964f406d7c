"""One row for each integration, with its last runs, from the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from disf_desktop.core.history import RunRecord
from disf_desktop.core.project import Integration, Project, ProjectType, Trigger
from disf_desktop.core.schema import CONTACT_LIST, Side
from disf_desktop.gui.models.directions import owner_of
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.flows import TRIGGERS_OF
from disf_desktop.gui.models.marks import Mark, integration_mark

SHOWN_RUNS = 12
"""Runs drawn as bars."""


@dataclass(frozen=True, slots=True)
class IntegrationRow:
    """An integration with its mark and what its last runs did; the newest run is the first of `runs`."""

    integration: Integration
    mark: Mark
    possible: frozenset[Trigger]
    runs: tuple[tuple[RunRecord, Mapping[str, Any]], ...]

    @property
    def name(self) -> str:
        return self.integration.name


def integration_rows(facts: Facts) -> tuple[IntegrationRow, ...]:
    """Give the rows of the integrations tab, in the order of the project file."""
    project = facts.project
    if project is None:
        return ()
    return tuple(
        IntegrationRow(
            integration,
            integration_mark(facts, integration),
            possible_triggers(project, integration),
            _runs_of(facts, integration.name),
        )
        for integration in project.integrations
    )


def possible_triggers(project: Project, integration: Integration) -> frozenset[Trigger]:
    """Give the triggers that an integration of this kind may have at all (core.trigger_rules)."""
    if integration.table != CONTACT_LIST:
        return frozenset(TRIGGERS_OF[Side.SALESFORCE])
    if owner_of(project, integration) is ProjectType.B:
        return frozenset(TRIGGERS_OF[Side.DIALOG_INSIGHT])
    return frozenset(Trigger) - {Trigger.DIALOG_INSIGHT_CREATED}


def _runs_of(facts: Facts, name: str) -> tuple[tuple[RunRecord, Mapping[str, Any]], ...]:
    found = []
    for run in facts.runs:
        for summary in run.summary.get("integrations", ()):
            if summary.get("name") == name:
                found.append((run, summary))
        if len(found) == SHOWN_RUNS:
            break
    return tuple(found)
