"""May these two fields be paired, and as what: asked alike by the drag, the button, the key and the list. No Qt.

The answers are the core's own: `may_pair` for the two fields, `pair_problems` for what the project file allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from disf_desktop.core import edits
from disf_desktop.core.errors import Problem
from disf_desktop.core.mapping import may_pair
from disf_desktop.core.mapping_problems import flag_name_problems, is_required
from disf_desktop.core.pair_rules import pair_problems
from disf_desktop.core.project import (
    ConflictPolicy,
    Direction,
    FieldPair,
    Integration,
    ObjectMapping,
    Project,
    ProjectType,
    Trigger,
)
from disf_desktop.core.project_rules import consent_fields
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.verdict import Answer, Verdict
from disf_desktop.gui.models.directions import owner_of, way_of_pair
from disf_desktop.gui.models.facts import Facts, salesforce_key
from disf_desktop.gui.models.pairs import LEVELS, Level

if TYPE_CHECKING:
    from disf_desktop.core.suggest import Suggestion


@dataclass(frozen=True, slots=True)
class Offer:
    """What two fields would become: the pair as the file would hold it, and which way it would travel.

    At `Level.NO`, `problem` is the rule of the project file that forbids it, else `verdict` has the reason; `same`:
    they are paired already. `taken` are the pairs whose place it would take.
    """

    pair: FieldPair
    way: Direction
    level: Level
    verdict: Verdict | None = None
    problem: Problem | None = None
    same: bool = False
    taken: tuple[FieldPair, ...] = ()

    @property
    def possible(self) -> bool:
        return self.level in (Level.YES, Level.LOSS)


def offer(facts: Facts, integration: Integration, source: str, target: str) -> Offer:
    """Say what becomes of a Salesforce and a Dialog Insight field put together.

    They are paired the way of the project's type; where that cannot be, the other way, if it can.
    """
    project = facts.project
    assert project is not None, "fields are paired in a project file"
    taken = edits.takers_of(integration, target)
    plain = FieldPair(source=source, target=target)
    key = {name.casefold() for name in edits.key_of(project, integration)}
    plain = plain.model_copy(update={"key": target.casefold() in key})
    owner = owner_of(project, integration)
    way = way_of_pair(plain.owned(owner))
    if any(pair.source.casefold() == source.casefold() for pair in taken):
        return Offer(plain, way, Level.NO, same=True)
    schema = facts.target_schema(integration)
    left, right = source_field(facts, integration, source), schema.find(target) if schema is not None else None
    if left is None or right is None:
        return Offer(plain, way, Level.UNREAD, taken=taken)
    first = _tried(project, integration, plain, left, right)
    back = plain.model_copy(update={"direction": Direction.TO_SALESFORCE})
    other = first if first.possible or first.way is back.direction else _tried(project, integration, back, left, right)
    return replace(other if other.possible else first, taken=taken)


def _tried(project: Project, integration: Integration, pair: FieldPair, source: Field, target: Field) -> Offer:
    owned = pair.owned(owner_of(project, integration))
    way = way_of_pair(owned)
    verdict = may_pair(source, target, way, consent_fields(project))
    if verdict.answer is Answer.NO:
        return Offer(pair, way, Level.NO, verdict)
    problem = _rule_against(project, integration, pair)
    return Offer(pair, way, Level.NO if problem is not None else LEVELS[verdict.answer], verdict, problem)


def _rule_against(project: Project, integration: Integration, pair: FieldPair) -> Problem | None:
    """Give the rule of the project file that a pair would break beside those that share a field with it."""
    source, target = pair.source.casefold(), pair.target.casefold()
    beside = [
        p
        for p in integration.mapping.pairs
        if p.target.casefold() != target and (p.source.casefold() == source or p.source.casefold() == "id")
    ]
    tried = integration.model_copy(update={"mapping": ObjectMapping(pairs=(*beside, pair))})
    destination = project.destination(integration.project)
    here = f"new.mapping.pairs[{len(beside)}]"
    flag = f"{here}.target"
    found = (
        *pair_problems("new", tried, destination, consent_fields(project)),
        *(replace(p, path=flag) for p in flag_name_problems(integration.deletes, ObjectMapping(pairs=(pair,)), "new")),
    )
    return next((p for p in found if p.path == here or p.path.startswith(here + ".")), None)


def source_field(facts: Facts, integration: Integration, name: str) -> Field | None:
    """Give a Salesforce field by its name, one of a related record that was opened too; None where it is not read."""
    schema = facts.source_schema(integration)
    found = schema.find(name) if schema is not None else None
    if found is not None or "." not in name:
        return found
    related = facts.related.get(related_key(integration, name.partition(".")[0]), ())
    return next((field for field in related if field.name.casefold() == name.casefold()), None)


def related_key(integration: Integration, relationship: str) -> str:
    """Name the fields of a related record among the facts."""
    return f"{salesforce_key(integration.salesforce, integration.object)}/{relationship}"


def opens(field: Field) -> bool:
    """Say whether a field leads to another record whose fields can be read through it."""
    return field.type is FieldType.REFERENCE and bool(field.relationship) and "." not in field.name


# Directions

_ROUND = (Direction.TO_DIALOG_INSIGHT, Direction.BOTH, Direction.TO_SALESFORCE)


def ways(facts: Facts, integration: Integration, number: int) -> tuple[Direction, ...]:
    """Give the ways that a pair may travel, the one of now included where nothing is against it."""
    pair, project = integration.mapping.pairs[number], facts.project
    assert project is not None, "a pair is of a project file"
    schema = facts.target_schema(integration)
    source = source_field(facts, integration, pair.source)
    target = schema.find(pair.target) if schema is not None else None
    if source is None or target is None:
        return ()
    rest = integration.mapping.pairs[:number] + integration.mapping.pairs[number + 1 :]
    alone = integration.model_copy(update={"mapping": ObjectMapping(pairs=rest)})
    return tuple(way for way in _ROUND if _tried(project, alone, turned(pair, way), source, target).possible)


def next_way(facts: Facts, integration: Integration, number: int) -> Direction | None:
    """Give the way after the one of now, round and round; None where the pair can travel no other way."""
    assert facts.project is not None, "a pair is of a project file"
    now = way_of_pair(integration.mapping.pairs[number].owned(owner_of(facts.project, integration)))
    start, possible = _ROUND.index(now), ways(facts, integration, number)
    others = (_ROUND[(start + step) % 3] for step in (1, 2))
    return next((way for way in others if way in possible), None)


def turned(pair: FieldPair, way: Direction) -> FieldPair:
    """Give the pair in another direction, without what has no meaning on that way."""
    changes: dict[str, object] = {"direction": way}
    if not way.reaches_dialog_insight:
        changes |= {"transform": (), "default": None}
    if pair.conflict is ConflictPolicy.NEWEST and way is not Direction.BOTH:
        changes["conflict"] = None
    return pair.model_copy(update=changes)


# What is needed


def required_names(facts: Facts, integration: Integration, side: Side) -> frozenset[str]:
    """Name the fields of a side, folded, without which a run is refused; the key is told apart (`missing_key`)."""
    assert facts.project is not None, "fields are required by a project file"
    if side is Side.SALESFORCE:
        source = facts.source_schema(integration)
        if source is None or Trigger.DIALOG_INSIGHT_CREATED not in integration.triggers:
            return frozenset()
        return frozenset(f.name.casefold() for f in source.fields.values() if f.required and not f.external_id)
    target = facts.target_schema(integration)
    if target is None or owner_of(facts.project, integration) is ProjectType.B:
        return frozenset()
    key = {name.casefold() for name in edits.key_of(facts.project, integration)}
    needed = (f.name.casefold() for f in target.fields.values() if f.creatable and is_required(f, target))
    return frozenset(name for name in needed if name not in key)


def missing_key(project: Project, integration: Integration) -> tuple[str, ...]:
    """Name the fields of the primary key that no pair is for."""
    paired = {pair.target.casefold() for pair in integration.mapping.pairs}
    return tuple(name for name in edits.key_of(project, integration) if name.casefold() not in paired)


def key_offer(facts: Facts, integration: Integration) -> Offer | None:
    """Give the pair for the first missing field of the key, where one Salesforce field alone can be it."""
    assert facts.project is not None, "a key is of a project file"
    missing, source = missing_key(facts.project, integration), facts.source_schema(integration)
    if not missing or source is None:
        return None
    offers = {f.name: offer(facts, integration, f.name, missing[0]) for f in _key_sources(facts, integration)}
    possible = [each for each in offers.values() if each.possible]
    standard = [each for each in possible if each.pair.source.casefold() in ("id", "email")]
    return (standard or possible)[0] if len(possible) == 1 or len(standard) == 1 else None


def _key_sources(facts: Facts, integration: Integration) -> Sequence[Field]:
    """Give the Salesforce fields that may tell records apart, by the type of the project."""
    source = facts.source_schema(integration)
    destination = facts.project.destination(integration.project) if facts.project is not None else None
    if source is None or destination is None:
        return ()
    fields = source.fields.values()
    if destination.table(integration.table) is not None:
        return [f for f in fields if f.unique or f.external_id]
    if destination.type is ProjectType.A:
        return [f for f in fields if f.type is FieldType.ID]
    return [f for f in fields if f.type is FieldType.EMAIL]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a mapping is there: of the key, of what is required, pairs, suggestions, fields without a pair."""

    key: tuple[int, int] = (0, 0)
    required: tuple[int, int] = (0, 0)
    paired: int = 0
    suggested: int = 0
    unpaired: int = 0


def coverage(facts: Facts, integration: Integration) -> Coverage:
    """Count what is paired, and what is not yet."""
    assert facts.project is not None, "a mapping is of a project file"
    key, missing = edits.key_of(facts.project, integration), missing_key(facts.project, integration)
    pairs = integration.mapping.pairs
    ends = {
        Side.SALESFORCE: {p.source.casefold() for p in pairs},
        Side.DIALOG_INSIGHT: {p.target.casefold() for p in pairs},
    }
    needed = [(side, name) for side in Side for name in required_names(facts, integration, side)]
    target = facts.target_schema(integration)
    return Coverage(
        (len(key) - len(missing), len(key)),
        (sum(name in ends[side] for side, name in needed), len(needed)),
        len(pairs),
        len(open_suggestions(facts, integration)),
        sum(n.casefold() not in ends[Side.DIALOG_INSIGHT] for n in target.fields) if target is not None else 0,
    )


def open_suggestions(facts: Facts, integration: Integration) -> tuple[Suggestion, ...]:
    """Give the suggestions whose fields have no pair yet; one that was accepted comes back when that is undone."""
    told = facts.suggestions.get(integration.name, ())
    if not told:
        return ()
    pairs = integration.mapping.pairs
    sources, targets = {p.source.casefold() for p in pairs}, {p.target.casefold() for p in pairs}
    return tuple(s for s in told if s.source.casefold() not in sources and s.target.casefold() not in targets)
