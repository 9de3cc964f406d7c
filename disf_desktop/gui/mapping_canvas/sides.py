"""What both lists of the canvas hold: the fields in an order that stays, and what is known of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.suggest import Suggestion
from disf_desktop.gui.mapping_canvas.pairing import Bond, Pairing
from disf_desktop.gui.models.fields import FieldRow, States, ordered, with_related
from disf_desktop.gui.models.pairs import Judgement, Level
from disf_desktop.gui.words.field_words import Partner
from disf_desktop.gui.words.verdicts import suggestion_said


class Sides:
    """Puts paired fields first when a pairing is opened; then every field stays where it is."""

    def __init__(self) -> None:
        self._shown = ""
        self._orders: dict[Side, list[str]] = {side: [] for side in Side}

    def keep_order(self, pairing: Pairing, pairs: Sequence[Bond]) -> None:
        """Find the order of the fields of a pairing: the one of before, where it was shown already."""
        known = {side: pairing.fields(side) for side in pairing.ends}
        state = "\n".join((pairing.name, *(str(known[side] is None) for side in pairing.ends)))
        for side, fields in known.items():
            fresh = list(_fields(fields, [pairing.of(pair, side)[0] for pair in pairs]))
            if self._shown == state:
                there = set(fresh)
                stay = [name for name in self._orders[side] if name in there]
                kept = set(stay)
                fresh = [*stay, *(name for name in fresh if name not in kept)]
            self._orders[side] = fresh
        self._shown = state

    def rows(
        self, pairing: Pairing, side: Side, pairs: Sequence[Bond], opened: Collection[str]
    ) -> tuple[FieldRow, ...]:
        """Give the fields of a side, those of related records that are `opened` below their lookups."""
        told = pairing.fields(side)
        known = _fields(told, [pairing.of(pair, side)[0] for pair in pairs])
        fields = [known[name] for name in self._orders[side]]
        shown = {name.casefold(): f for name, f in told.items()} if told is not None else None
        openable = {f.name.casefold() for f in fields if pairing.opens(f)} if side is pairing.source else set()
        related = {}
        for relationship in opened if openable else ():
            found = pairing.related(relationship)
            if found is not None:
                related[relationship.casefold()] = found
        return tuple(
            FieldRow(row.field, row.related, row.gone, row.opened, pairing.sample(side, row.field.name))
            for row in with_related(fields, shown, related, openable)
        )


def _fields(known: Mapping[str, Field] | None, first: Sequence[str]) -> Mapping[str, Field]:
    """Give the fields of a side by name, the paired ones first; those alone while it is not read, and those too that
    it does not show."""
    if known is None:
        return {name: Field(name, name, FieldType.TEXT) for name in dict.fromkeys(first)}
    return {f.name: f for f in ordered(known, first)}


def states(
    pairing: Pairing,
    side: Side,
    pairs: Sequence[Bond],
    judged: Sequence[Judgement],
    proposed: Sequence[Suggestion],
) -> States:
    """Give what is known of the fields of a side: partners, what is required, in trouble, suggested."""
    partners: dict[str, list[Partner]] = {}
    troubled = set()
    for pair, judgement in zip(pairs, judged, strict=True):
        here, there = pairing.of(pair, side)
        partners.setdefault(here.casefold(), []).append((there, pair.way))
        if judgement.level is Level.NO and judgement.missing in ("", here):
            troubled.add(here.casefold())
    suggested = {}
    for each in proposed:
        here, there = pairing.of(each, side)
        suggested[here.casefold()] = suggestion_said(each, pairing.title(side.other, there))
    return States(partners, pairing.required(side), frozenset(troubled), suggested)
