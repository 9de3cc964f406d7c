"""Record ids: 15 case-sensitive characters, or 18 with a suffix that makes them safe where case is lost."""

from __future__ import annotations

import re
from functools import lru_cache

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHAPE = re.compile(r"[0-9A-Za-z]{15}(?:[A-Za-z0-5]{3})?")
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}


def checksum(fifteen: str) -> str:
    """Return the three suffix characters: each tells which of five characters are upper case."""
    return _suffix(fifteen[:5]) + _suffix(fifteen[5:10]) + _suffix(fifteen[10:])


@lru_cache(4096)
def _suffix(chunk: str) -> str:
    return _SUFFIX[sum(1 << bit for bit, char in enumerate(chunk) if "A" <= char <= "Z")]


def long_id(given: object) -> str | None:
    """Return the 18-character form of an id of either length; None when it is no id."""
    if not isinstance(given, str) or not _SHAPE.fullmatch(given):
        return None
    fifteen = given[:15]
    suffix = checksum(fifteen)
    if len(given) == 18 and given[15:].upper() != suffix:
        return None
    return fifteen + suffix


@lru_cache(64)
def block(prefix: str, number: int) -> tuple[str, ...]:
    """Return the 62 ids of an object that only differ in their last digit, those before it being a number."""
    start = prefix + from_number(number, 14 - len(prefix))
    # The suffix only knows whether the last digit is upper case.
    upper, other = checksum(start + "A"), checksum(start + "0")
    return tuple(start + last + (upper if "A" <= last <= "Z" else other) for last in DIGITS)


def to_number(text: str) -> int:
    """Read base 62."""
    number = 0
    for char in text:
        number = number * 62 + _VALUES[char]
    return number


def from_number(number: int, width: int) -> str:
    """Write base 62, padded with zeros; text order is number order."""
    pairs = []
    for _ in range((width + 1) // 2):
        number, rest = divmod(number, len(_PAIRS))
        pairs.append(_PAIRS[rest])
    return "".join(reversed(pairs))[-width:]


_PAIRS = [first + second for first in DIGITS for second in DIGITS]
