"""Record ids: 15 case-sensitive characters, or 18 with a suffix that makes them safe where case is lost."""

from __future__ import annotations

import re

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHAPE = re.compile(r"[0-9A-Za-z]{15}(?:[A-Za-z0-5]{3})?")
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}


def checksum(fifteen: str) -> str:
    """Return the three suffix characters: each tells which of five characters are upper case."""
    chunks = (fifteen[start : start + 5] for start in (0, 5, 10))
    return "".join(_SUFFIX[sum(1 << bit for bit, char in enumerate(chunk) if "A" <= char <= "Z")] for chunk in chunks)


def long_id(given: object) -> str | None:
    """Return the 18-character form of an id of either length; None when it is no id."""
    if not isinstance(given, str) or not _SHAPE.fullmatch(given):
        return None
    fifteen = given[:15]
    suffix = checksum(fifteen)
    if len(given) == 18 and given[15:].upper() != suffix:
        return None
    return fifteen + suffix


def to_number(text: str) -> int:
    """Read base 62."""
    number = 0
    for char in text:
        number = number * 62 + _VALUES[char]
    return number


def from_number(number: int, width: int) -> str:
    """Write base 62, padded with zeros; text order is number order."""
    digits = []
    for _ in range(width):
        number, rest = divmod(number, 62)
        digits.append(DIGITS[rest])
    return "".join(reversed(digits))
