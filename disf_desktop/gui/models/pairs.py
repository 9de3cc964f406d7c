"""What can be said of a mapping before a run, from the fields as both services show them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from disf_desktop.core.errors import Problem
from disf_desktop.core.mapping import may_pair, problems
from disf_desktop.core.project import FieldPair, Integration
from disf_desktop.core.schema import Schema
from disf_desktop.core.verdict import Answer, Verdict
from disf_desktop.gui.models.facts import Facts, dialog_insight_key, salesforce_key


class Level(StrEnum):
    YES = "yes"
    LOSS = "loss"
    NO = "no"
    UNREAD = "unread"


_LEVELS = {Answer.YES: Level.YES, Answer.WITH_LOSS: Level.LOSS, Answer.NO: Level.NO}


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
    """Judge one pair by the core's own rule; unread where a side was not read yet."""
    schemas = both_schemas(facts, integration)
    if schemas is None:
        return Judgement(Level.UNREAD)
    source, target = schemas[0].find(pair.source), schemas[1].find(pair.target)
    if source is None or target is None:
        return Judgement(Level.NO, missing=pair.source if source is None else pair.target)
    verdict = may_pair(source, target)
    return Judgement(_LEVELS[verdict.answer], verdict)


def mapping_problems(facts: Facts, integration: Integration) -> tuple[Problem, ...]:
    """Give what a run would refuse in the mapping, as far as the schemas are read."""
    schemas, project = both_schemas(facts, integration), facts.project
    if schemas is None or project is None:
        return ()
    destination = project.destination(integration.project)
    zone = ZoneInfo(destination.time_zone) if destination else ZoneInfo("UTC")
    at = f"integrations[{project.integrations.index(integration)}].mapping"
    return problems(integration.mapping, *schemas, at, zone)
