"""One row for each opt-in of a project and each integration that brings it to Salesforce."""

from __future__ import annotations

from dataclasses import dataclass

from disf_desktop.core.project import DestinationProject, Integration, OptinPair, Trigger
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType
from disf_desktop.gui.models.facts import Facts, dialog_insight_key


@dataclass(frozen=True, slots=True)
class OptInRow:
    """An opt-in, and where it goes: `pair` is None where it goes nowhere. `opt_in` and `target` are None where the
    service was not read, or does not show them."""

    code: str
    opt_in: Field | None
    integration: Integration | None = None
    pair: OptinPair | None = None
    target: Field | None = None

    @property
    def checkbox(self) -> bool | None:
        """Say whether it is written to a checkbox, None while that is not known."""
        return None if self.target is None else self.target.type is FieldType.BOOLEAN

    @property
    def travels(self) -> bool:
        """Say whether the integration is on and carries opt-ins."""
        on = self.integration is not None and self.integration.enabled
        return on and self.integration is not None and Trigger.OPTIN_CHANGED in self.integration.triggers


def opt_in_rows(facts: Facts, destination: DestinationProject) -> tuple[OptInRow, ...]:
    """Give the rows in the service's order; an opt-in of the file that the service does not show comes last."""
    schema = facts.schemas.get(dialog_insight_key(destination.id, CONTACT_LIST))
    shown = {field.name.casefold(): field for field in (schema.optins if schema else ())}
    tied: dict[str, list[OptInRow]] = {}
    for integration in facts.project.integrations if facts.project else ():
        source = facts.source_schema(integration)
        for pair in integration.optins if integration.project == destination.id else ():
            folded = pair.optin.casefold()
            target = source.find(pair.target) if source is not None else None
            row = OptInRow(pair.optin, shown.get(folded), integration, pair, target)
            tied.setdefault(folded, []).append(row)
    rows = [row for code, field in shown.items() for row in tied.pop(code, [OptInRow(field.name, field)])]
    return (*rows, *(row for several in tied.values() for row in several))
