"""What both lists of the canvas hold: the fields in an order that stays, and what is known of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from disf_desktop.core import edits
from disf_desktop.core.project import FieldPair, Integration
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.suggest import Suggestion
from disf_desktop.gui.models.directions import way_of_pair
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.fields import FieldRow, States, ordered, with_related
from disf_desktop.gui.models.pairing import opens, related_key, required_names
from disf_desktop.gui.models.pairs import Judgement, Level
from disf_desktop.gui.words.field_words import Partner
from disf_desktop.gui.words.verdicts import suggestion_said

SIDES = (Side.SALESFORCE, Side.DIALOG_INSIGHT)


def _ends(pair: FieldPair | Suggestion, side: Side) -> tuple[str, str]:
    """Give the field of this side, then the one of the other."""
    return (pair.source, pair.target) if side is Side.SALESFORCE else (pair.target, pair.source)


class Sides:
    """Puts paired fields first when a mapping is opened; then every field stays where it is."""

    def __init__(self) -> None:
        self._shown = ""
        self._orders: dict[Side, list[str]] = {side: [] for side in SIDES}

    def keep_order(
        self, integration: Integration, pairs: Sequence[FieldPair], source: Schema | None, target: Schema | None
    ) -> None:
        """Find the order of the fields of a mapping: the one of before, where it was shown already."""
        state = f"{integration.name}\n{source is None}\n{target is None}"
        for side, schema in zip(SIDES, (source, target), strict=True):
            fresh = list(_fields(schema, [_ends(pair, side)[0] for pair in pairs]))
            if self._shown == state:
                there = set(fresh)
                stay = [name for name in self._orders[side] if name in there]
                kept = set(stay)
                fresh = [*stay, *(name for name in fresh if name not in kept)]
            self._orders[side] = fresh
        self._shown = state

    def rows(
        self, facts: Facts, integration: Integration, side: Side, pairs: Sequence[FieldPair], opened: Collection[str]
    ) -> tuple[FieldRow, ...]:
        """Give the fields of a side, those of related records that are `opened` below their lookups."""
        schema = facts.source_schema(integration) if side is Side.SALESFORCE else facts.target_schema(integration)
        known = _fields(schema, [_ends(pair, side)[0] for pair in pairs])
        fields = [known[name] for name in self._orders[side]]
        shown = {name.casefold(): f for name, f in schema.fields.items()} if schema is not None else None
        openable = {f.name.casefold() for f in fields if opens(f)} if side is Side.SALESFORCE else set()
        related = {}
        for relationship in opened if openable else ():
            told = facts.related.get(related_key(integration, relationship))
            if told is not None:
                related[relationship.casefold()] = told
        return tuple(with_related(fields, shown, related, openable))


def _fields(schema: Schema | None, first: Sequence[str]) -> Mapping[str, Field]:
    """Give the fields of a side by name, the paired ones first; those alone while it is not read, and those too that
    it does not show."""
    if schema is None:
        return {name: Field(name, name, FieldType.TEXT) for name in dict.fromkeys(first)}
    return {f.name: f for f in ordered(schema.fields, first)}


def states(
    facts: Facts,
    integration: Integration,
    side: Side,
    pairs: Sequence[FieldPair],
    judged: Sequence[Judgement],
    proposed: Sequence[Suggestion],
    title: Callable[[Side, str], str],
) -> States:
    """Give what is known of the fields of a side: partners, what is required, in trouble, suggested."""
    assert facts.project is not None, "a mapping is of a project file"
    partners: dict[str, list[Partner]] = {}
    troubled = set()
    for pair, judgement in zip(pairs, judged, strict=True):
        here, there = _ends(pair, side)
        partners.setdefault(here.casefold(), []).append((there, way_of_pair(pair)))
        if judgement.level is Level.NO and judgement.missing in ("", here):
            troubled.add(here.casefold())
    suggested = {}
    for each in proposed:
        here, there = _ends(each, side)
        suggested[here.casefold()] = suggestion_said(each, title(side.other, there))
    required = required_names(facts, integration, side)
    if side is Side.DIALOG_INSIGHT:
        required |= {name.casefold() for name in edits.key_of(facts.project, integration)}
    return States(partners, required, frozenset(troubled), suggested)
