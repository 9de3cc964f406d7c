"""The part of the ledger's view that shows conflicts: both values, the rule, who won, and what a person chose."""

from __future__ import annotations

from typing import Any

import orjson

from disf_desktop.core.history import ConflictRecord
from disf_desktop.core.schema import Side
from disf_desktop.storage.database import Database

_CONFLICT = (
    "SELECT c.id, i.name, coalesce(l.sf_id, l.di_rid, ''), c.field, c.sf, c.di, c.rule, c.winner, c.state, c.at, h.side"
    " FROM conflict c JOIN integration i ON i.id = c.integration LEFT JOIN link l ON l.id = c.link"
    " LEFT JOIN choice h ON h.link = c.link AND h.field = c.field AND h.conflict = c.id WHERE "
)
_SIDES = {"SF": Side.SALESFORCE.value, "DI": Side.DIALOG_INSIGHT.value}


class ConflictsView:
    """Reads conflicts."""

    _connection: Database

    def conflicts(self, integration: str | None, after: int, limit: int) -> tuple[ConflictRecord, ...]:
        """Give the conflicts in which a person is asked, in order of their number, from the one after `after`."""
        return self._conflicts(
            "c.state = 'waiting' AND c.id > ?1 AND (?2 IS NULL OR i.name = ?2) ORDER BY c.id LIMIT ?3",
            (after, integration, limit),
        )

    def all_conflicts(self, integration: str | None, since: str, after: int, limit: int) -> tuple[ConflictRecord, ...]:
        """Give the same, and those that were resolved or restored since a moment."""
        return self._conflicts(
            "(c.state = 'waiting' OR c.at >= ?4) AND c.id > ?1 AND (?2 IS NULL OR i.name = ?2) ORDER BY c.id LIMIT ?3",
            (after, integration, limit, since),
        )

    def conflict(self, number: int) -> ConflictRecord | None:
        """Give the conflict of that number, if there is one."""
        return next(iter(self._conflicts("c.id = ?", (number,))), None)

    def _conflicts(self, condition: str, bound: tuple[Any, ...]) -> tuple[ConflictRecord, ...]:
        rows = self._connection.execute(_CONFLICT + condition, bound)
        return tuple(
            ConflictRecord(
                number, integration, key, field, _value(sf), _value(di), rule, winner, state, at, _SIDES.get(chosen)
            )
            for number, integration, key, field, sf, di, rule, winner, state, at, chosen in rows
        )


def _value(packed: str | None) -> Any:
    value = None if packed is None else orjson.loads(packed)
    return tuple(value) if isinstance(value, list) else value
