"""Says whether a value that a service holds may be what it has made of one that we sent."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final
from unicodedata import normalize

from disf_desktop.core.values import Value

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def is_kept(value: Value, held: Value, before: Value) -> bool:
    """Say whether `held` is the value that was sent, or what a service makes of a text: cut, or in another case.

    To take it for somebody's edit would bring it back as one (promise I6).
    """
    if held == value:
        return True
    if held == before or not (isinstance(value, str) and isinstance(held, str)):
        return False
    return value.casefold().startswith(held.casefold())


def may_be_made_of(value: Value, held: Value, *, added: bool) -> bool:
    """Say whether `held` looks like what a save makes of the value that was sent: trimmed, cut, in another case, with
    other signs, rounded; or a box that is not ticked, of nothing. `added` lets a code of a country stand before it, or
    anything else around it, which people write too."""
    if is_kept(value, held, before=None) or (value is None and held is False):
        return True
    if not (isinstance(value, str) and isinstance(held, str)):
        return False
    if "." in value and _NUMBER.fullmatch(value) and _NUMBER.fullmatch(held):
        return abs(Decimal(value) - Decimal(held)) < Decimal(1).scaleb(-len(held.partition(".")[2]))
    sent, kept = _bare(value), _bare(held)
    return bool(sent and kept) and (sent == kept or (added and sent in kept))


def may_have_become(value: Value, held: Value, before: Value, *, added: bool = False) -> bool:
    """Say whether `held` may be what a save made of the value that was sent, in a field that held `before`; where it
    holds the same as then, only the very value says that it came. `added` is as in `may_be_made_of`."""
    return held == value or (held != before and may_be_made_of(value, held, added=added))


def _bare(text: str) -> str:
    """Leave of a text its letters and digits, without accents, in one case."""
    return "".join(filter(str.isalnum, normalize("NFKD", text))).casefold()
