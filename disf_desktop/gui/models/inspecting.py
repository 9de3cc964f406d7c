"""All that is to be said of the pair under the hand, from the facts. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from disf_desktop.core.errors import Problem
from disf_desktop.core.mapping import may_pair
from disf_desktop.core.pair_rules import pair_problems
from disf_desktop.core.project import Direction, FieldPair, Integration, ObjectMapping, TransformName
from disf_desktop.core.project_rules import consent_fields
from disf_desktop.core.schema import Field, FieldType
from disf_desktop.core.verdict import Answer, Verdict
from disf_desktop.gui.models.directions import is_marker, owner_of, way_of_pair
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.pairing import source_field, turned
from disf_desktop.gui.models.pairs import Judgement, judge
from disf_desktop.gui.models.samples import fits

WAYS = (Direction.TO_DIALOG_INSIGHT, Direction.TO_SALESFORCE, Direction.BOTH)


@dataclass(frozen=True, slots=True)
class Inspected:
    """A pair of a mapping: as the file has it, as it is owned, its fields where they are known, and what may be chosen
    for it. `against` says of a direction why it cannot be."""

    number: int
    pair: FieldPair
    owned: FieldPair
    source: Field | None
    target: Field | None
    judged: Judgement
    marker: bool
    against: dict[Direction, Verdict | Problem]
    transforms: tuple[TransformName, ...]

    @property
    def way(self) -> Direction:
        return way_of_pair(self.owned)

    @property
    def decided(self) -> bool:
        """Whether two sides may hold different values for long: a key and a marker never do."""
        return not self.pair.key and not self.marker

    @property
    def takes_default(self) -> bool:
        """Whether something can be sent instead of nothing."""
        return (
            self.decided
            and self.way.reaches_dialog_insight
            and self.target is not None
            and self.target.type not in (FieldType.CONTACT, FieldType.UNSUPPORTED)
        )


def inspected(facts: Facts, integration: Integration, number: int) -> Inspected:
    """Look at a pair of a mapping."""
    project = facts.project
    assert project is not None, "a pair is of a project file"
    pair = integration.mapping.pairs[number]
    owned, schema = pair.owned(owner_of(project, integration)), facts.target_schema(integration)
    source = source_field(facts, integration, pair.source)
    target = schema.find(pair.target) if schema is not None else None
    against = {way: why for way in WAYS if (why := _against(facts, integration, number, source, target, way))}
    able = tuple(name for name in TransformName if _suits(facts, integration, pair, name)) if not pair.key else ()
    return Inspected(
        number,
        pair,
        owned,
        source,
        target,
        judge(facts, integration, pair),
        is_marker(project, integration, owned),
        against,
        able,
    )


def _suits(facts: Facts, integration: Integration, pair: FieldPair, name: TransformName) -> bool:
    """Say whether a transform makes sense for the two fields, by the rule that a run is held to."""
    alone = pair.model_copy(update={"transform": (name,), "default": None})
    return fits(facts, integration, alone)


def _against(
    facts: Facts, integration: Integration, number: int, source: Field | None, target: Field | None, way: Direction
) -> Verdict | Problem | None:
    """Give why a pair cannot travel this way: by its two fields, else by a rule of the project file."""
    project, pairs = facts.project, list(integration.mapping.pairs)
    assert project is not None, "a pair is of a project file"
    consents = consent_fields(project)
    if source is not None and target is not None:
        verdict = may_pair(source, target, way, consents)
        if verdict.answer is Answer.NO:
            return verdict
    pairs[number] = turned(pairs[number], way)
    tried = integration.model_copy(update={"mapping": ObjectMapping(pairs=tuple(pairs))})
    found = pair_problems("new", tried, project.destination(integration.project), consents)
    here = f"new.mapping.pairs[{number}]"
    return next((problem for problem in found if problem.path.startswith(here)), None)
