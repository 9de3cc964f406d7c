"""By what a person who was erased is known again, so that nothing makes them anew silently (promise I19)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

EMAIL: Final = "EMail"
"""The contact's address, which every project requires and by which Dialog Insight knows people (reference, 20)."""


def identities(folded_key: str | None, values: Mapping[str, Any]) -> list[str]:
    """Give what tells a person from others: the key as it is compared, if it is a person's, and the e-mail address."""
    address = next((v for name, v in values.items() if name.casefold() == EMAIL.casefold()), None)
    return [*([] if folded_key is None else [by_key(folded_key)]), *by_addresses(address)]


def by_key(folded_key: str) -> str:
    """Give how somebody is known by the key."""
    return f"key {folded_key}"


def by_addresses(*addresses: Any) -> list[str]:
    """Give how somebody is known by e-mail addresses; what is none is passed over."""
    return [f"address {each.strip().casefold()}" for each in addresses if isinstance(each, str) and each.strip()]
