"""What a hostile or broken neighbour makes of a right value: one place of it replaced, dropped, doubled, buried."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any, Final

Place = tuple[Any, Any]
"""A list or mapping, and an index or name in it."""

VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 2**31, 2**63, 2**200, 1e308, -1e-308, "", " ", "\0", "a\0b", "\ufeff", "\u202e", "é" * 50,
    "x" * 200_000, "9" * 5000, "1e999999", "NaN", "-0", "0x10", "2026-02-30", "9999-12-31T23:59:59.999+14:00",
    "0000-00-00T00:00:00Z", "2026-11-23T05:00:00.000+0000", "../../etc/passwd", "{{7*7}}", "'; DROP TABLE link; --",
    "=cmd|' /C calc'!A0", "https://evil.example/", "http://127.0.0.1:1/", "//evil.example", "https://[",
    "https://x:99999/", [], {}, [[]], [None],
    {"": None}, {"a": {"b": {"c": []}}}, [0] * 1000, ["x"] * 3,
)  # fmt: skip


def places(tree: Any) -> Iterator[Place]:
    """Give every place in a tree of lists and mappings."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield tree, name
            yield from places(value)
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield tree, number
            yield from places(value)


def spoilt(tree: Any, chance: random.Random, times: int = 1) -> Any:
    """Give a copy of a tree with something wrong in it."""
    tree = copy.deepcopy(tree)
    for _ in range(times):
        found = list(places(tree))
        if not found:
            return chance.choice(VALUES)
        holder, at = chance.choice(found)
        chance.choice(_WAYS)(holder, at, chance)
    return tree


def _replace(holder: Any, at: Any, chance: random.Random) -> None:
    holder[at] = copy.deepcopy(chance.choice(VALUES))


def _drop(holder: Any, at: Any, chance: random.Random) -> None:
    del holder[at]


def _bury(holder: Any, at: Any, chance: random.Random) -> None:
    value = holder[at]
    for _ in range(chance.choice((1, 60, 150))):
        value = [value] if chance.random() < 0.5 else {"a": value}
    holder[at] = value


def _double(holder: Any, at: Any, chance: random.Random) -> None:
    if isinstance(holder, list):
        holder.insert(at, copy.deepcopy(holder[at]))
    else:
        holder[f"{at}2"] = copy.deepcopy(holder[at])


def _swap(holder: Any, at: Any, chance: random.Random) -> None:
    other = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    holder[at], holder[other] = holder[other], holder[at]


_WAYS: Final[tuple[Callable[[Any, Any, random.Random], None], ...]] = (
    _replace,
    _replace,
    _replace,
    _drop,
    _bury,
    _double,
    _swap,
)
