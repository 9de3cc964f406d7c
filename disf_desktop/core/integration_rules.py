"""Everything that both schemas show to be wrong in an integration, for a check and for the start of a run."""

from __future__ import annotations

from collections.abc import Collection
from zoneinfo import ZoneInfo

from disf_desktop.core import mapping as mappings
from disf_desktop.core import optins
from disf_desktop.core.errors import Problem
from disf_desktop.core.preparation_ways_out import with_ways_out
from disf_desktop.core.project import DestinationProject, Integration, Trigger
from disf_desktop.core.schema import Schema


def problems_with_schemas(
    integration: Integration,
    destination: DestinationProject,
    source: Schema,
    target: Schema,
    at: str,
    consents: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Give every problem of an integration that its two schemas show; `at` is its path, `integrations[0]`.

    `consents` are the Salesforce fields that hold a consent, of the whole project (`project_rules.consent_fields`). A
    problem about a custom field says what Prepare Salesforce can do about it.
    """
    births = Trigger.DIALOG_INSIGHT_CREATED in integration.triggers
    zone = ZoneInfo(destination.time_zone)
    found = (
        *mappings.problems(
            integration.mapping,
            source,
            target,
            f"{at}.mapping",
            zone,
            type=destination.type,
            births=births,
            consents=consents,
        ),
        *(mappings.external_id_problems(integration, source, at) if births else ()),
        *mappings.flag_problems(integration.deletes, integration.mapping, target, f"{at}.deletes"),
        *optins.problems(integration.optins, source, target, f"{at}.optins"),
    )
    return tuple(with_ways_out(found, integration, destination, source, target, at))
