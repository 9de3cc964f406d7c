"""What a trigger of the org does to a value when its record is saved: set through the side door, for rehearsals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from disf_desktop.simulator.salesforce.describe import Schema, SObject

Rewrite = Callable[[str], str]
_CUT = re.compile(r"cut:([1-9]\d{0,5})")
_TEXTS = ("string", "textarea", "phone", "email", "url")


class Rewrites:
    """The fields that a trigger rewrites, by object; none at the start."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self.given: dict[str, dict[str, str]] = {}
        self._by_object: dict[str, dict[str, Rewrite]] = {}

    def set(self, given: Mapping[str, Any]) -> None:
        """Put these in the place of the former ones: `{"Contact": {"Phone": "upper"}}`, or `lower`, or `cut:10`.

        Raises ValueError with what is wrong; nothing is changed then.
        """
        named: dict[str, dict[str, str]] = {}
        made: dict[str, dict[str, Rewrite]] = {}
        for name, fields in given.items():
            sobject = self._schema.get(name)
            if sobject is None or not isinstance(fields, Mapping):
                raise ValueError(f"{name} is no object with fields.")
            for field, rule in fields.items():
                known = sobject.field(field)
                if known is None or known.type not in _TEXTS or not known["updateable"]:
                    raise ValueError(f"{field} is no text of {sobject.name} that can be written.")
                made.setdefault(sobject.name, {})[known.name] = _rewrite(rule)
                named.setdefault(sobject.name, {})[known.name] = rule
        self.given, self._by_object = named, made

    def clear(self) -> None:
        """Rewrite nothing any more."""
        self.set({})

    def forget(self, sobject: str, field: str) -> None:
        """Let a field be that is about to go."""
        for rules in (self.given, self._by_object):
            rules.get(sobject, {}).pop(field, None)

    def fields(self, sobject: SObject) -> Mapping[str, Rewrite]:
        """Return what is done to the fields of an object."""
        return self._by_object.get(sobject.name, {})


def _rewrite(rule: object) -> Rewrite:
    if rule == "upper":
        return str.upper
    if rule == "lower":
        return str.lower
    cut = _CUT.fullmatch(rule) if isinstance(rule, str) else None
    if cut is None:
        raise ValueError(f"{rule!r} is not known: upper, lower, cut:10.")
    length = int(cut[1])
    # What a trigger leaves is trimmed as what a client sends is.
    return lambda text: text[:length].rstrip()
