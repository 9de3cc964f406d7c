"""What the ledger believes Dialog Insight holds, asked by key: for a run, and for those who only look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from disf_desktop.core.operations import ABSENT
from disf_desktop.core.refusals import Refusal
from disf_desktop.core.values import Value
from disf_desktop.storage.database import Database
from disf_desktop.storage.ledger_layouts import read_layout
from disf_desktop.storage.packing import pack_list, unpack

_OF_LINKS: Final = (
    "SELECT l.di_key, b.layout, b.di, d.layout, d.vals FROM link l LEFT JOIN base b ON b.link = l.id"
    " LEFT JOIN integration i ON i.id = l.integration AND i.target = l.target"
    " LEFT JOIN seen d ON d.integration = i.id AND d.side = 'DI' AND d.rid = l.di_rid"
    " WHERE l.target = ? AND l.di_key IN (SELECT value FROM json_each(?)) AND l.di_rid IS NOT NULL AND l.state <> 2"
)
_OF_ARRIVALS: Final = (
    "SELECT di_key, NULL, NULL, layout, vals FROM arrival"
    " WHERE target = ? AND di_key IN (SELECT value FROM json_each(?))"
)


def known_of(connection: Database, target: int, folded_keys: Sequence[str]) -> dict[str, Mapping[str, Value]]:
    """Give what Dialog Insight is believed to hold, by folded key: values by field code.

    It is what was seen last, else what both sides agreed on, else what an import stored. A key that is left out belongs
    to nobody whom the ledger knows; a field that is left out is not known.
    """
    if not folded_keys:
        return {}
    names: dict[int, tuple[str, ...]] = {}

    def named(layout: int | None, packed: str | None) -> Mapping[str, Any]:
        if layout is None or packed is None:
            return {}
        if layout not in names:
            (text,) = next(iter(connection.execute("SELECT fields FROM layout WHERE id = ?", (layout,))))
            names[layout] = read_layout(text).targets
        # A base may lack the last targets, which no source feeds.
        shown = zip(names[layout], unpack(packed), strict=False)
        return {name: value for name, value in shown if value is not ABSENT}

    keys = pack_list(folded_keys)
    found: dict[str, Mapping[str, Value]] = {}
    # Where a key has both, its linked record had it before: the arrival is what has it now.
    for query in (_OF_LINKS, _OF_ARRIVALS):
        for key, base_layout, base, layout, shown in connection.execute(query, (target, keys)):
            believed = {**named(base_layout, base), **named(layout, shown)}
            found[key] = {name: value for name, value in believed.items() if not isinstance(value, Refusal)}
    return found
