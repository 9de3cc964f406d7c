"""Real records through the pair under the hand: computed once for a pair and a sample. No Qt."""

from __future__ import annotations

from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from disf_desktop.core.project import FieldPair, Integration, Project, ProjectType
from disf_desktop.core.sampling import Flows, Remedy, Sample, can_run, remedied, remedies, run_through
from disf_desktop.core.schema import Field, FieldType, Schema
from disf_desktop.gui.models.directions import owner_of
from disf_desktop.gui.models.facts import Facts, salesforce_key
from disf_desktop.gui.models.pairs import both_schemas

LONG = frozenset({FieldType.LONG_TEXT, FieldType.UNSUPPORTED})
"""Fields that are read only where they are paired: they would make the records wide."""


def sample_key(integration: Integration) -> str:
    """Name the sample of a mapping among the facts; two mappings of one object and filter share theirs."""
    return f"sample/{salesforce_key(integration.salesforce, integration.object)}?{integration.filter or ''}"


def sample_fields(facts: Facts, integration: Integration) -> tuple[str, ...]:
    """Name what to read of real records: what is paired, then what is proposed, then the rest."""
    schema = facts.source_schema(integration)
    known = schema.fields if schema is not None else {}
    paired = [f.name for name in integration.mapping.sources if schema is not None and (f := schema.find(name))]
    proposed = [each.source for each in facts.suggestions.get(integration.name, ())]
    rest = [field.name for field in known.values() if field.type not in LONG]
    named = dict.fromkeys((*paired, *proposed, *rest))
    return tuple(name for name in named if name not in known or known[name].type is not FieldType.UNSUPPORTED)


def zone_of(project: Project, integration: Integration) -> ZoneInfo | None:
    """Give the time zone of the Dialog Insight project of a mapping."""
    destination = project.destination(integration.project)
    return ZoneInfo(destination.time_zone) if destination is not None else None


def flows(facts: Facts, integration: Integration, number: int, pair: FieldPair | None = None) -> Flows | None:
    """Send the sample of a mapping through one of its pairs, or through another `pair` in its place; None where nothing
    was read of it, or where nothing can go to Dialog Insight."""
    found = _through(facts, integration, pair or integration.mapping.pairs[number])
    sample = facts.samples.get(sample_key(integration))
    if found is None or sample is None:
        return None
    owned, source, target, schema, zone = found
    return _run(owned, source, target, schema, sample, zone) if sample.has(source.name) else None


def reads(facts: Facts, integration: Integration, number: int) -> bool:
    """Say whether real records can be sent through a pair, once they were read."""
    return _through(facts, integration, integration.mapping.pairs[number]) is not None


def cures(facts: Facts, integration: Integration, number: int, codes: tuple[str, ...]) -> tuple[Remedy, ...]:
    """Give what may be done at a pair about values that cannot go, by the codes of the reasons."""
    schemas, project = both_schemas(facts, integration), facts.project
    zone = zone_of(project, integration) if project is not None else None
    if schemas is None or project is None or zone is None:
        return ()
    pair = integration.mapping.pairs[number]
    return remedies(pair, *schemas, owner_of(project, integration), zone, codes)


def left_after(facts: Facts, integration: Integration, number: int, remedy: Remedy) -> int | None:
    """Count the records of the sample that a remedy would leave set aside."""
    found = flows(facts, integration, number, remedied(integration.mapping.pairs[number], remedy))
    return found.count if found is not None else None


def fits(facts: Facts, integration: Integration, pair: FieldPair) -> bool:
    """Say whether nothing is wrong in a pair itself: its transform and its default suit its fields."""
    return _through(facts, integration, pair) is not None


_Asked = tuple[FieldPair, Field, Field, ZoneInfo, int]
_FLOWS: WeakKeyDictionary[Sample, dict[_Asked, Flows]] = WeakKeyDictionary()
"""What was computed of a sample; forgotten with it, for it holds a person's data."""


def _run(pair: FieldPair, source: Field, target: Field, schema: Schema, sample: Sample, zone: ZoneInfo) -> Flows:
    known = _FLOWS.setdefault(sample, {})
    asked = (pair, source, target, zone, id(schema))
    if asked not in known:
        known[asked] = run_through(pair, source, target, schema, sample, zone)
    return known[asked]


def _through(
    facts: Facts, integration: Integration, pair: FieldPair
) -> tuple[FieldPair, Field, Field, Schema, ZoneInfo] | None:
    schemas, project = both_schemas(facts, integration), facts.project
    if schemas is None or project is None:
        return None
    zone, type = zone_of(project, integration), owner_of(project, integration)
    source, target = schemas[0].find(pair.source), schemas[1].find(pair.target)
    if zone is None or source is None or target is None or not _can(pair, schemas, type, zone):
        return None
    return pair.owned(type), source, target, schemas[1], zone


def _can(pair: FieldPair, schemas: tuple[Schema, Schema], type: ProjectType, zone: ZoneInfo) -> bool:
    return can_run(pair, schemas[0], schemas[1], type, zone)
