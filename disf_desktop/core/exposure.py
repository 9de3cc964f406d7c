"""For how long records stood open: from the look just before a write until the write's reply (promise I2).

Somebody's edit that falls into that window is written over unseen, because neither service has a condition for a batch.
So it is measured for every field that travels both ways, told with each run, and kept short (`engine.pace`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, log
from typing import Any, Final

SHORTEST_S: Final = 0.001
"""Seconds that the first class counts up to."""

STEP: Final = 1.1
"""How much wider each class is than the one before: a figure is at most a tenth too high, and never too low."""

CLASSES: Final = 160
"""The last class begins at about an hour; what is longer counts there, and is told by the longest."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """How many writes stood open for how long. Its size does not grow with their number."""

    classes: Mapping[int, int] = field(default_factory=dict)
    longest_s: float = 0.0

    @classmethod
    def of(cls, seconds: Iterable[float]) -> Exposure:
        """Count records, each by the seconds from the look at it until the reply to its write came."""
        all_of_them = list(seconds)
        return cls(Counter(map(_class_of, all_of_them)), max(all_of_them, default=0.0))

    def __add__(self, other: Exposure) -> Exposure:
        both = Counter(self.classes)
        both.update(other.classes)
        return Exposure(both, max(self.longest_s, other.longest_s))

    def __bool__(self) -> bool:
        return bool(self.classes)

    @property
    def writes(self) -> int:
        return sum(self.classes.values())

    @property
    def p95_s(self) -> float:
        """Give the seconds that 95 of 100 writes did not exceed."""
        left = ceil(self.writes * 0.95)
        for steps, number in sorted(self.classes.items()):
            left -= number
            if left <= 0 and steps < CLASSES:
                return min(SHORTEST_S * STEP**steps, self.longest_s)
        return self.longest_s

    def as_json(self) -> dict[str, Any]:
        return {"writes": self.writes, "p95_s": round(self.p95_s, 3), "max_s": round(self.longest_s, 3)}


def _class_of(seconds: float) -> int:
    return min(ceil(log(max(seconds, SHORTEST_S) / SHORTEST_S, STEP) - 1e-9), CLASSES)
