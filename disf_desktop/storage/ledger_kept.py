"""The part of the ledger that keeps values which gave way: in conflicts, by link and field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from disf_desktop.core.likeness import may_have_become
from disf_desktop.core.operations import Absent, Conflict
from disf_desktop.core.project import ConflictPolicy
from disf_desktop.core.refusals import Bad, Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger_tables import CODES, Tables
from disf_desktop.storage.packing import pack_list, pack_value, unpack, unpack_value


class Kept(Tables):
    """Both values of each conflict."""

    # -- pieces of the transactions of others -------------------------------------------------------------------------

    def _note_conflicts(self, run: int, link: int, integration: int, conflicts: Sequence[Conflict], at: str) -> None:
        """Keep both values of each conflict. One that waits for a person is kept once, with the values of now.

        One that a person has decided already stays as it was when it was decided; what comes after it is another one.
        """
        for conflict in conflicts:
            values = (
                run,
                pack_value(conflict.salesforce),
                pack_value(conflict.dialog_insight),
                conflict.rule.value,
                conflict.winner.value if conflict.winner is not None else None,
                "waiting" if conflict.winner is None else "resolved",
                link,
                conflict.field,
            )
            self._connection.execute(
                "UPDATE conflict SET run = ?, sf = ?, di = ?, rule = ?, winner = ?, state = ? WHERE link = ?"
                " AND field = ? AND state = 'waiting'"
                " AND NOT EXISTS (SELECT 1 FROM choice WHERE choice.conflict = conflict.id)",
                values,
            )
            if not self._connection.changes():
                self._connection.execute(
                    "INSERT INTO conflict(run, sf, di, rule, winner, state, link, field, integration, at)"
                    " VALUES(?,?,?,?,?,?,?,?,?,?)",
                    (*values, integration, at),
                )

    def _keep_gone_over(
        self,
        integration: int,
        side: Side,
        layout: int,
        run: int,
        rows: Iterable[tuple[str, str | None, Sequence[Value | Bad]]],
    ) -> None:
        """Keep what somebody was seen to write and what a write of ours, given up and come late, went over since.

        `rows` are about to take the place of what was seen: `(rid, stamp, values)`, without a stamp whenever that was.
        What was seen may not have been planned yet, and nobody could tell it from ours afterwards (promise I2).
        """
        code = CODES[side]
        if not self._any("own_value WHERE side = ?", (code,)):
            return
        new = {rid: (stamp, values) for rid, stamp, values in rows}
        mine, its = ("sf_id", "di_rid") if side is Side.SALESFORCE else ("di_rid", "sf_id")
        late = self._all(
            "SELECT o.link, o.field, o.value, s.rid, s.stamp, s.vals, b.sf, b.di, t.vals FROM own_value o"  # noqa: S608
            f" JOIN link l ON l.id = o.link JOIN seen s ON s.integration = ?1 AND s.side = ?2 AND s.rid = l.{mine}"
            " AND s.layout = ?3 JOIN base b ON b.link = o.link AND b.layout = ?3 LEFT JOIN seen t"
            f" ON t.integration = ?1 AND t.side <> ?2 AND t.rid = l.{its} AND t.layout = ?3"
            " WHERE o.side = ?2 AND s.rid IN (SELECT value FROM json_each(?4)) AND NOT EXISTS"
            " (SELECT 1 FROM op WHERE op.link = o.link AND op.side = ?2 AND op.state IN ('INTENT','HOLD'))",
            (integration, code, layout, pack_list(list(new))),
        )
        order = self._layout(layout)
        names = order.sources if side is Side.SALESFORCE else order.targets
        came = {
            rid
            for _, name, tried, rid, _, vals, *_ in late
            if name in names and _has_come(unpack_value(tried), names.index(name), unpack(vals), new[rid][1])
        }
        for link, name, tried, rid, stamp, vals, sf, di, theirs in late:
            at, values = new[rid]
            if at is not None and at < stamp:
                continue
            agreed = unpack(sf), unpack(di)
            told = self._gone_over(
                side, layout, name, unpack_value(tried), unpack(vals), values, agreed, theirs, came=rid in came
            )
            if told is not None and not self._is_kept(link, side, told):
                started = self._one("SELECT max(started) FROM run WHERE id <= ?", (run,))[0]
                self._note_conflicts(run, link, integration, [told], started)

    def _gone_over(
        self,
        side: Side,
        layout: int,
        name: str,
        tried: Value,
        before: Sequence[Any],
        now: Sequence[Value | Bad],
        agreed: tuple[Sequence[Any], Sequence[Any]],
        theirs: str | None,
        *,
        came: bool,
    ) -> Conflict | None:
        """Give the conflict of a field that held somebody's edit `before` and holds what was `tried` now, if it did.

        What a save made of it counts too: to keep an edit too many takes nothing from anybody. So does anything else,
        if another field tells that the write `came` meanwhile: then somebody has written over it in turn.
        """
        order, here = self._layout(layout), side is Side.SALESFORCE
        names = order.sources if here else order.targets
        pairs = order.base_sources if here else order.targets[: len(order.base_sources)]
        if name not in pairs:
            return None
        place, i = pairs.index(name), names.index(name)
        edit, ours = before[i], now[i]
        if isinstance(edit, Refusal) or isinstance(ours, Refusal):
            return None
        if not (came or may_have_become(tried, ours, edit, added=True)):
            return None
        if edit in (ours, tried, agreed[not here][place]):
            return None
        there = place if here else order.sources.index(order.base_sources[place])
        other = agreed[here][place] if theirs is None else unpack(theirs)[there]
        other = None if isinstance(other, Refusal | Absent) else other
        if here:
            return Conflict(order.targets[place], edit, other, ConflictPolicy.DIALOG_INSIGHT_WINS, side.other)
        return Conflict(name, other, edit, ConflictPolicy.SALESFORCE_WINS, side.other)

    def _is_kept(self, link: int, side: Side, conflict: Conflict) -> bool:
        """Say whether a value that gave way is kept for good: a question that nobody has answered ends by itself once
        both sides hold the same."""
        value = conflict.salesforce if side is Side.SALESFORCE else conflict.dialog_insight
        return self._any(
            "conflict WHERE link = ?1 AND field = ?2 AND iif(?3 = 'SF', sf, di) = ?4 AND (state <> 'waiting'"
            " OR EXISTS (SELECT 1 FROM choice WHERE choice.conflict = conflict.id))",
            (link, conflict.field, CODES[side], pack_value(value)),
        )


def _has_come(tried: Value, place: int, before: Sequence[Any], now: Sequence[Value | Bad]) -> bool:
    """Say whether a field holds what was `tried`, and did not before."""
    return bool(now[place] == tried != before[place])
