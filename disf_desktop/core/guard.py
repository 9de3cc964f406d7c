"""When a plan needs a person's word, and the fingerprint by which the person gives it."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from disf_desktop.core.operations import Birth, Create, Update
from disf_desktop.core.schema import Side


class PlanHash:
    """A fingerprint of a plan, made operation by operation; the same plan gives the same one (sync-semantics 4.17)."""

    def __init__(self) -> None:
        self._digest = blake2b(digest_size=16)

    def add(self, operation: Create | Birth | Update) -> None:
        """Take one operation into the fingerprint, in the plan's own order."""
        match operation:
            case Create(rid=rid):
                what: tuple[object, ...] = ("Create", rid)
            case Birth(target_rid=rid):
                what = ("Birth", rid)
            case Update(side=Side.DIALOG_INSIGHT, rid=rid):
                what = ("Update", rid)
            case _:
                what = ("Update in Salesforce", operation.rid)
        self._digest.update(repr((*what, sorted(operation.fields.items()))).encode())

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


GUARD_FLOOR: Final = 20
GUARD_SHARE: Final = 0.30
DELETE_SHARE: Final = 0.05


def too_many_updates(updates: int, links: int) -> bool:
    """Say whether one run would change more of the existing links than it may unasked (sync-semantics 4.10)."""
    return updates > GUARD_FLOOR and updates > GUARD_SHARE * links


def too_many_deletes(deletes: int, links: int) -> bool:
    """Say whether one run would carry over more deletes than it may unasked (sync-semantics 4.10)."""
    return deletes > max(GUARD_FLOOR, DELETE_SHARE * links)
