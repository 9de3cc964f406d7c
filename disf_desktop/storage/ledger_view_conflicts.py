"""The part of the ledger's view that shows conflicts: both values, the rule, who won, and what a person chose."""

from __future__ import annotations

from typing import Any

import orjson

from disf_desktop.core.history import ConflictRecord
from disf_desktop.core.operations import ABSENT
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import ConflictGroup, ConflictStory, ConflictsWanted
from disf_desktop.storage.database import Database
from disf_desktop.storage.ledger_layouts import read_layout
from disf_desktop.storage.ledger_view_past import named
from disf_desktop.storage.ledger_view_set_aside import containing
from disf_desktop.storage.packing import unpack

_CONFLICT = (
    "SELECT c.id, i.name, coalesce(l.sf_id, l.di_rid, ''), c.field, c.sf, c.di, c.rule, c.winner, c.state, c.at, h.side"
    " FROM conflict c JOIN integration i ON i.id = c.integration LEFT JOIN link l ON l.id = c.link"
    " LEFT JOIN choice h ON h.link = c.link AND h.field = c.field AND h.conflict = c.id WHERE "
)
_STORY = (
    "SELECT c.id, i.name, coalesce(l.sf_id, l.di_rid, ''), c.field, c.sf, c.di, c.rule, c.winner, c.state, c.at,"
    " h.side, s.vals, sl.fields, s.stamp, d.stamp, b.sf, b.di, bl.fields FROM conflict c JOIN integration i"
    " ON i.id = c.integration LEFT JOIN link l ON l.id = c.link"
    " LEFT JOIN choice h ON h.link = c.link AND h.field = c.field AND h.conflict = c.id"
    " LEFT JOIN seen s ON s.integration = i.id AND s.side = 'SF' AND s.rid = l.sf_id"
    " LEFT JOIN layout sl ON sl.id = s.layout"
    " LEFT JOIN seen d ON d.integration = i.id AND d.side = 'DI' AND d.rid = l.di_rid"
    " LEFT JOIN base b ON b.link = l.id LEFT JOIN layout bl ON bl.id = b.layout"
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

    def conflict_stories(
        self, wanted: ConflictsWanted, since: str, after: int, limit: int
    ) -> tuple[ConflictStory, ...]:
        """Give the conflicts that are asked for with what is known around them, in order of their number."""
        state = "c.state <> 'waiting' AND c.at >= ?5" if wanted.resolved else "c.state = 'waiting' AND ?5 IS NOT NULL"
        rows = self._connection.execute(
            f"{_STORY} WHERE {state} AND c.id > ?1 AND (?2 IS NULL OR i.name = ?2) AND (?3 IS NULL OR c.field = ?3)"
            " AND (?4 IS NULL OR coalesce(l.sf_id, l.di_rid, '') LIKE ?4 ESCAPE '\\' OR c.field LIKE ?4 ESCAPE '\\'"
            " OR c.sf LIKE ?4 ESCAPE '\\' OR c.di LIKE ?4 ESCAPE '\\' OR coalesce(s.vals, '') LIKE ?4 ESCAPE '\\')"
            " ORDER BY c.id LIMIT ?6",
            (after, wanted.integration, wanted.field, containing(wanted.text), since, limit),
        )
        return tuple(_story(row) for row in rows)

    def conflict_groups(self, since: str) -> tuple[ConflictGroup, ...]:
        """Count the conflicts that are alike, those without a person's choice yet and those resolved since a moment."""
        rows = self._connection.execute(
            "SELECT i.name, c.field, c.rule, sum(c.state = 'waiting' AND h.link IS NULL), sum(c.state <> 'waiting')"
            " FROM conflict c JOIN integration i ON i.id = c.integration"
            " LEFT JOIN choice h ON h.link = c.link AND h.field = c.field AND h.conflict = c.id"
            " WHERE c.state = 'waiting' OR c.at >= ?1 GROUP BY i.id, c.field, c.rule ORDER BY i.id, c.field, c.rule",
            (since,),
        )
        return tuple(ConflictGroup(*row) for row in rows)

    def conflict(self, number: int) -> ConflictRecord | None:
        """Give the conflict of that number, if there is one."""
        return next(iter(self._conflicts("c.id = ?", (number,))), None)

    def _conflicts(self, condition: str, bound: tuple[Any, ...]) -> tuple[ConflictRecord, ...]:
        rows = self._connection.execute(_CONFLICT + condition, bound)
        return tuple(_conflict(row) for row in rows)


def _conflict(row: tuple[Any, ...]) -> ConflictRecord:
    number, integration, key, field, sf, di, rule, winner, state, at, chosen = row
    return ConflictRecord(
        number, integration, key, field, _value(sf), _value(di), rule, winner, state, at, _SIDES.get(chosen)
    )


def _story(row: tuple[Any, ...]) -> ConflictStory:
    conflict = _conflict(row[:11])
    values, layout, saved, looked, base_here, base_there, base_layout = row[11:]
    waits = conflict.state == "waiting"
    return ConflictStory(
        conflict,
        named(values, layout, "source"),
        _agreed(conflict.field, base_here, base_there, base_layout) if waits else None,
        (saved or "") if waits else "",
        (looked or "") if waits else "",
    )


def _agreed(field: str, here: str | None, there: str | None, layout: str | None) -> tuple[Any, Any] | None:
    """Give what both sides last agreed on of the pair that reaches a Dialog Insight field."""
    if here is None or there is None or layout is None:
        return None
    order = read_layout(layout)
    if order.pairs is None or field not in order.targets[: len(order.pairs)]:
        return None
    place = order.targets.index(field)
    both = (unpack(here)[place], unpack(there)[place])
    return None if ABSENT in both else both


def _value(packed: str | None) -> Any:
    value = None if packed is None else orjson.loads(packed)
    return tuple(value) if isinstance(value, list) else value
