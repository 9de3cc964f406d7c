"""What can be said of a mapping before a run, from the fields as both services show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from disf_desktop.core.errors import Problem
from disf_desktop.core.integration_rules import problems_with_schemas
from disf_desktop.core.mapping import may_pair
from disf_desktop.core.project import DestinationProject, FieldPair, Integration, Project
from disf_desktop.core.project_rules import consent_fields
from disf_desktop.core.schema import Schema
from disf_desktop.core.verdict import Answer, Verdict
from disf_desktop.gui.models.directions import owner_of, way_of_pair
from disf_desktop.gui.models.facts import Facts, dialog_insight_key, salesforce_key


class Level(StrEnum):
    YES = "yes"
    LOSS = "loss"
    NO = "no"
    UNREAD = "unread"


OTHER_MEMBERS = (
    "triggers",
    "filter",
    "external_id",
    "deletes",
    "schedule",
    "salesforce",
    "object",
    "project",
    "table",
)
"""The members of an integration besides its mapping and its opt-ins."""

LEVELS = {Answer.YES: Level.YES, Answer.WITH_LOSS: Level.LOSS, Answer.NO: Level.NO}


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a pair may travel. `missing` names a field that the service does not show; else `verdict` has the
    reason."""

    level: Level
    verdict: Verdict | None = None
    missing: str = ""


def schema_keys(integration: Integration) -> tuple[str, str]:
    """Name the schemas of both sides of an integration among the facts."""
    return (
        salesforce_key(integration.salesforce, integration.object),
        dialog_insight_key(integration.project, integration.table),
    )


def both_schemas(facts: Facts, integration: Integration) -> tuple[Schema, Schema] | None:
    """Give the schemas of both sides, None while one of them is not read."""
    source, target = (facts.schemas.get(key) for key in schema_keys(integration))
    return (source, target) if source is not None and target is not None else None


def judge(facts: Facts, integration: Integration, pair: FieldPair) -> Judgement:
    """Judge one pair by the core's own rule, on the ways that it travels; unread where a side was not read yet."""
    schemas, project = both_schemas(facts, integration), facts.project
    if schemas is None or project is None:
        return Judgement(Level.UNREAD)
    source, target = schemas[0].find(pair.source), schemas[1].find(pair.target)
    if source is None or target is None:
        return Judgement(Level.NO, missing=pair.source if source is None else pair.target)
    way = way_of_pair(pair.owned(owner_of(project, integration)))
    verdict = may_pair(source, target, way, consent_fields(project))
    return Judgement(LEVELS[verdict.answer], verdict)


def place_of(facts: Facts, integration: Integration) -> str:
    """Name the place of an integration in the project file: integrations[0]."""
    return f"integrations[{facts.project.integrations.index(integration) if facts.project else 0}]"


def problems_found(facts: Facts, integration: Integration, *members: str) -> tuple[Problem, ...]:
    """Give what is wrong with these members of an integration (its mapping, its opt-ins), by the last check of the file
    and by the schemas as far as they are read."""
    at, schemas, project = place_of(facts, integration), both_schemas(facts, integration), facts.project
    destination = project.destination(integration.project) if project is not None else None
    found = list(facts.problems)
    if schemas is not None and project is not None and destination is not None:
        found += _by_schemas(project, integration, destination, *schemas, at)
    places = tuple(f"{at}.{member}" for member in members)
    return tuple(dict.fromkeys(p for p in found if any(_is_within(p.path, place) for place in places)))


def _by_schemas(
    project: Project, integration: Integration, destination: DestinationProject, source: Schema, target: Schema, at: str
) -> tuple[Problem, ...]:
    """Give what the schemas say against an integration; judged once, as every tab and mark asks at every change."""
    asked = (project, integration, destination, source, target)
    before, found = _judged.get(at, ((), ()))
    if len(before) != len(asked) or any(one is not other for one, other in zip(before, asked, strict=True)):
        found = tuple(problems_with_schemas(integration, destination, source, target, at, consent_fields(project)))
        _judged[at] = asked, found
    return found


_judged: dict[str, tuple[tuple[object, ...], tuple[Problem, ...]]] = {}
"""By the place of an integration: of what it was judged last, all of it frozen, and what was found."""


def _is_within(path: str, place: str) -> bool:
    return path == place or path.startswith((place + ".", place + "["))


def mapping_problems(facts: Facts, integration: Integration) -> tuple[Problem, ...]:
    """Give what a run would refuse in the mapping."""
    return problems_found(facts, integration, "mapping")


def optin_problems(facts: Facts, integration: Integration) -> tuple[Problem, ...]:
    """Give what a run would refuse in the opt-ins."""
    return problems_found(facts, integration, "optins")


def other_problems(facts: Facts, integration: Integration) -> tuple[Problem, ...]:
    """Give what a run would refuse in the rest of an integration: triggers, filter, deletes, external id, its ends."""
    return problems_found(facts, integration, *OTHER_MEMBERS)


def activation_problems(facts: Facts, integration: Integration) -> tuple[Problem, ...]:
    """Give what keeps an integration from being switched on: all that a run would refuse, as far as it is known."""
    at = place_of(facts, integration)
    found = problems_found(facts, integration, "mapping", "optins", *OTHER_MEMBERS)
    if both_schemas(facts, integration) is None:
        unread = Problem(at, "The fields of both services were not read yet.", "Connect both services, then try again.")
        found = (*found, unread)
    return found


def components_in(problems: Sequence[Problem]) -> tuple[str, tuple[str, ...]] | None:
    """Give the org whose preparation mends the first of these problems that one can mend, and the components of it that
    all of them ask for; None where none does."""
    able = [p.in_org for p in problems if p.in_org is not None and not p.in_org.left_alone]
    if not able:
        return None
    ids = dict.fromkeys(each.component for each in able if each.connection == able[0].connection)
    return able[0].connection, tuple(ids)
