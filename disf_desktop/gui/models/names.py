"""How a person is called, where the values known of a record say so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def name_of(values: Mapping[str, Any]) -> str:
    """Give the name in a record's values, in any spelling of the usual fields; "" where there is none."""
    known = {name.casefold(): value for name, value in values.items() if isinstance(value, str) and value}
    parts = [known[each] for each in ("firstname", "lastname") if each in known]
    if parts:
        return " ".join(parts)
    return next((known[each] for each in ("name", "email") if each in known), "")
