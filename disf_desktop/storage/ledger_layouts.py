"""The order in which values are packed, and what becomes of a base when that order changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from disf_desktop.core.operations import ABSENT, Base, BaseValue


@dataclass(frozen=True, slots=True)
class Layout:
    """A packing order: observations of Salesforce follow `sources`, those of Dialog Insight and a base's target
    `targets`, a base's source `pairs`: the source of each of the first targets. A layout of version 1 names no pairs;
    there a base's source follows the sources.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    pairs: tuple[str, ...] | None

    @property
    def base_sources(self) -> tuple[str, ...]:
        """The Salesforce fields of a base, in its order."""
        return self.sources if self.pairs is None else self.pairs

    def pair_places(self) -> tuple[int, ...]:
        """Give for each Salesforce value of a base where it stands among the sources."""
        return tuple(self.sources.index(name) for name in self.base_sources)

    def unpaired(self) -> int:
        """Give how many targets at the end no source feeds."""
        return 0 if self.pairs is None else len(self.targets) - len(self.pairs)


def write_layout(sources: Sequence[str], targets: Sequence[str], pairs: Sequence[str]) -> str:
    """Give the text by which a packing order is kept."""
    return orjson.dumps({"source": list(sources), "target": list(targets), "pairs": list(pairs)}).decode()


def read_layout(text: str) -> Layout:
    """Undo `write_layout`."""
    fields: dict[str, list[str]] = orjson.loads(text)
    pairs = fields.get("pairs")
    return Layout(tuple(fields["source"]), tuple(fields["target"]), None if pairs is None else tuple(pairs))


def realigned(base: Base, old: Layout, new: Layout) -> Base:
    """Give a base in the order of another layout; what it does not know of a pair is ABSENT.

    A pair is the same where both its names are, so that no value is taken for the counterpart of another field's.
    """
    by_target: dict[str, BaseValue] = dict(zip(old.targets, base.target, strict=False))
    target = [by_target.get(name, ABSENT) for name in new.targets]
    if old.pairs is None or new.pairs is None:
        by_source: dict[str, BaseValue] = dict(zip(old.base_sources, base.source, strict=True))
        return Base(tuple(by_source.get(name, ABSENT) for name in new.base_sources), tuple(target))
    by_pair: dict[tuple[str, str], BaseValue] = dict(
        zip(zip(old.pairs, old.targets, strict=False), base.source, strict=True)
    )
    source = [by_pair.get(pair, ABSENT) for pair in zip(new.pairs, new.targets, strict=False)]
    for place, value in enumerate(source):
        if value is ABSENT:
            target[place] = ABSENT
    return Base(tuple(source), tuple(target))


def in_order(values: Sequence[Any], old: Sequence[str], new: Sequence[str]) -> tuple[Any, ...] | None:
    """Give observed values in the order of other names; None where one of them was not observed."""
    known = dict(zip(old, values, strict=True))
    if any(name not in known for name in new):
        return None
    return tuple(known[name] for name in new)


def shows(values: Sequence[Any], base: Sequence[BaseValue], unpaired: int) -> bool:
    """Say whether Dialog Insight shows what the base says.

    The last `unpaired` targets may be missing from a base: then nothing is what it says of them.
    """
    first_unpaired = len(values) - unpaired
    for place, value in enumerate(values):
        held = base[place] if place < len(base) else ABSENT
        if held is ABSENT and place >= first_unpaired:
            held = None
        if held is ABSENT or value != held or type(value) is not type(held):
            return False
    return True
