"""One row for each integration, with its last runs, from the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from disf_desktop.core.history import RunRecord
from disf_desktop.core.project import Integration
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.marks import Mark, integration_mark

SHOWN_RUNS = 12
"""Runs drawn as bars."""


@dataclass(frozen=True, slots=True)
class IntegrationRow:
    """An integration with its mark and what its last runs did; the newest run is the first of `runs`."""

    integration: Integration
    mark: Mark
    runs: tuple[tuple[RunRecord, Mapping[str, Any]], ...]

    @property
    def name(self) -> str:
        return self.integration.name


def integration_rows(facts: Facts) -> tuple[IntegrationRow, ...]:
    """Give the rows of the integrations tab, in the order of the project file."""
    if facts.project is None:
        return ()
    return tuple(
        IntegrationRow(integration, integration_mark(facts, integration), _runs_of(facts, integration.name))
        for integration in facts.project.integrations
    )


def _runs_of(facts: Facts, name: str) -> tuple[tuple[RunRecord, Mapping[str, Any]], ...]:
    found = []
    for run in facts.runs:
        for summary in run.summary.get("integrations", ()):
            if summary.get("name") == name:
                found.append((run, summary))
        if len(found) == SHOWN_RUNS:
            break
    return tuple(found)
