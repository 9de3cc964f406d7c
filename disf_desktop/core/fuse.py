"""The fuse that stops a field which both services keep changing back and forth (sync-semantics 4.8).

A trigger here and an automation there may each undo what the other one does, and each of their saves is, to us, an edit
that has to travel. Nothing of ours begins such a loop; this only ends it, and tells a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final

from disf_desktop.core.operations import Sent
from disf_desktop.core.project import FieldPair
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value

LOOKS_BACK: Final = timedelta(hours=24)
ALTERNATING: Final = 3
"""Writes that brought the same two values to and fro, after which the next one is not sent."""
MOST_WRITES: Final = 10
"""Writes of one field, whatever their values, in a day in which they went to and fro as often as that."""


def keeps_changing(sent: Sequence[Sent], pair: FieldPair, side: Side, value: Value) -> bool:
    """Say whether writing `value` to `side` would go on with a to and fro, given the writes of the last day.

    A field that one side alone changes, however often, is none: its writes all go the same way.
    """
    writes = [
        (each.side, each.fields[name])
        for each in sent
        if (name := pair.source if each.side is Side.SALESFORCE else pair.target) in each.fields
    ]
    if len(writes) < ALTERNATING:
        return False
    first, second, third = writes[-ALTERNATING:]
    if first == third and second == (side, value) and first[0] is not side:
        return True
    turns = sum(1 for one, other in pairwise(writes) if one[0] is not other[0])
    return len(writes) > MOST_WRITES and turns >= ALTERNATING
