"""How many records go in one call, and for how long a look may stand before its write (sync-semantics 4.5, promise I2).

A call that gets no answer halves the batches that follow, and each answer lets them grow by a tenth again. Batches that
are looked at just before they are sent are smaller where the service is slow, so that the look is fresh.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

START: Final = 100
"""Records of the first batch of fields that people may edit where we write them."""

AIM_S: Final = 4.0
"""Seconds that a batch may take from its first look to its reply, as far as that can be foreseen: I2 promises five, for
95 of 100 writes, and calls do not all take the same time."""

LEAST_S: Final = 1.0
"""Seconds of these that a call's records may take however slow it is to be answered at all: a batch that is smaller
still would cost calls and shorten nothing."""


@dataclass(slots=True)
class Pace:
    """The size of the next batch. It is never more than `most`, and learns from what looks and writes took."""

    most: int
    size: int
    look_s: float = 0.0
    """What the last look took."""
    record_s: float = 0.0
    """What a record adds to a write; a call without any takes as long as a look."""

    def __post_init__(self) -> None:
        self.size = max(1, min(self.size, self.most))

    def answered(self) -> None:
        """Note that a batch was answered."""
        self.size = min(self.most, self.size + max(1, self.size // 10))

    def lost(self) -> None:
        """Note that a batch got no answer."""
        self.size = max(1, self.size // 2)

    def wrote(self, records: int, seconds: float) -> None:
        """Note how long a write took."""
        self.record_s = max(0.0, seconds - self.look_s) / records

    def is_fresh(self, records: int, age: float) -> bool:
        """Say whether so many records can be written before the look at the first of them, `age` seconds ago, is too
        old."""
        return age + self.look_s + records * self.record_s <= AIM_S

    def fits(self, records: int, passed: float) -> bool:
        """Say whether one more record can be looked at, by a call of its own, `passed` seconds after the first of
        these `records` was. The first one always can."""
        return not records or (records < self.size and self.is_fresh(records + 1, passed + self.look_s))

    def at_once(self) -> int:
        """Give how many records to look at in one call, and to write in the next."""
        spare = max(LEAST_S, AIM_S - 2 * self.look_s)
        return self.size if self.record_s * self.size <= spare else max(1, int(spare / self.record_s))
