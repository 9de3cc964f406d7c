"""How an account behaves where the real one's behaviour is unknown, or is set by its administrator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

KINDS = ("equality", "no_empty", "dates", "export")
KEY_STATES = ("active", "inactive", "expired")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of an account.

    `kind` says how its changes can be found: `equality` looks records up by any field, and by an empty one;
    `no_empty` refuses to look for what is empty; `dates` also gives the contacts modified since a time, at most
    `most_rows` of them a reply; `export` is `equality` with an administrator who exports projects.
    `key_change` lets a merge change the primary key of a record in place.
    `unbuilt` lists what an administrator has defined but not built yet: a `project:123456`, a `table:987`, or a field
    of either, `project:123456.Company`; nothing can be merged into it. `most_records` is how many records a merge may
    hold, null: any number.
    `denied` lists what the key may not use: a call (`Contacts.Delete`) or a `project:123456` or a `table:987`.
    `key_state` is `active`, `inactive` or `expired`. `allowed_calls` is what is left of the key's calls, null: any
    number. `tells_primary_key` adds `isPrimaryKey` to the fields of `Projects.Get`.
    """

    kind: str = "equality"
    most_rows: int = 1000
    key_change: bool = True
    strict: bool = True
    all_or_nothing: bool = False
    tells_primary_key: bool = False
    key_state: str = "active"
    allowed_calls: int | None = None
    denied: tuple[str, ...] = ()
    unbuilt: tuple[str, ...] = ()
    most_records: int | None = None

    def changed(self, given: Mapping[str, Any]) -> Settings:
        """Return these settings with some changed; ValueError for what is not understood."""
        for name, value in given.items():
            if name not in _ACCEPTED or not _ACCEPTED[name](value):
                raise ValueError(f"{name} is not a setting of the account, or {value!r} is not a value for it.")
        lists = {name: tuple(given.get(name, getattr(self, name))) for name in ("denied", "unbuilt")}
        return replace(self, **{**given, **lists})


def _truth(value: Any) -> bool:
    return isinstance(value, bool)


def _texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


def _number(least: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and value >= least


_ACCEPTED: dict[str, Callable[[Any], bool]] = {
    "kind": KINDS.__contains__,
    "most_rows": _number(1),
    "key_change": _truth,
    "strict": _truth,
    "all_or_nothing": _truth,
    "tells_primary_key": _truth,
    "key_state": KEY_STATES.__contains__,
    "allowed_calls": lambda value: value is None or _number(0)(value),
    "denied": _texts,
    "unbuilt": _texts,
    "most_records": lambda value: value is None or _number(1)(value),
}
