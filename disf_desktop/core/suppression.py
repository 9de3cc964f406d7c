"""By what a person who was erased is known again, so that nothing makes them anew silently (promise I19)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

EMAIL: Final = "EMail"
"""The contact's address, which every project requires and by which Dialog Insight knows people (reference, 20)."""


def identities(folded_key: str, values: Mapping[str, Any]) -> list[str]:
    """Give what tells a person from others: the key as it is compared, and the e-mail address."""
    address = next((v for name, v in values.items() if name.casefold() == EMAIL.casefold()), None)
    found = [f"key {folded_key}"]
    if isinstance(address, str) and address.strip():
        found.append(f"address {address.strip().casefold()}")
    return found
