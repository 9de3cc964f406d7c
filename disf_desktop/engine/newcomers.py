"""The people whom a run would create before it comes to the rows that point to them, as a preview knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

from disf_desktop.core.schema import Side
from disf_desktop.engine.decide import PlannedPage
from disf_desktop.engine.job import Prepared

REMEMBERED: Final = 100_000
"""Refused people that are remembered of an integration. Where there are more, nobody of it is promised to a row."""


@dataclass(slots=True)
class Refused:
    """People whom the plan of one integration does not create, though they are before its planner."""

    rids: set[str] = field(default_factory=set)
    too_many: bool = False

    def note(self, page: PlannedPage) -> None:
        """Remember whom a page sets aside."""
        if self.too_many:
            return
        self.rids.update(aside.rid for aside in page.aside if aside.side is Side.DIALOG_INSIGHT)
        if len(self.rids) > REMEMBERED:
            self.too_many = True
            self.rids.clear()


@dataclass(slots=True)
class Newcomers:
    """Whom the integrations that a preview has planned so far would create, by the contact list they enter.

    They may be millions, so they are not kept: the ledger knows who is before the planner and has no contact yet.
    """

    _lists: dict[str, list[tuple[Prepared, Refused]]] = field(default_factory=lambda: defaultdict(list))

    def expect(self, prepared: Prepared, refused: Refused) -> None:
        """Promise the people of an integration that was planned, but for the refused ones."""
        if prepared.job.is_contacts and prepared.policy.creates and not refused.too_many:
            self._lists[prepared.job.target_name].append((prepared, refused))

    def among(self, contacts_name: str, sf_ids: AbstractSet[str]) -> set[str]:
        """Give those of these Salesforce Ids whose contact the run would create before it comes to the asker's rows."""
        coming: set[str] = set()
        for prepared, refused in self._lists.get(contacts_name, ()):
            asked = sf_ids - refused.rids - coming
            numbers = prepared.numbers
            coming |= prepared.ledger.newcomers(numbers.integration, numbers.target, prepared.layout, sorted(asked))
        return coming
