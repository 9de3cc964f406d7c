"""The part of the ledger that keeps both values of a conflict, what a person chose, and values of uncertain fate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from disf_desktop.core.journal import HOLD, OpenOperation
from disf_desktop.core.operations import Base
from disf_desktop.core.refusals import Bad
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger_found import Found
from disf_desktop.storage.ledger_tables import CODES, SIDES
from disf_desktop.storage.packing import pack_list, pack_value, unpack, unpack_value

_CAN_COME_NO_MORE: Final = {
    Side.SALESFORCE: "unixepoch(s.stamp) >= unixepoch(o.at) - ?3 AND o.at <="
    " (SELECT wm FROM stream WHERE stream.integration = ?2 AND stream.side = 'SF')",
    Side.DIALOG_INSIGHT: "l.written >= unixepoch(o.at) - ?3 AND l.as_of >= unixepoch(o.at)",
}
"""Of an own value `o`, by side: that something was saved since it was sent, and looked at since it could still come."""


class Conflicts(Found):
    """Conflicts, choices and own values, by link and field."""

    def choose(self, sides: Mapping[int, Side]) -> int:
        """Note for conflicts, by their number, whose value a person wants on both sides; give how many were noted.

        A conflict that waits is decided by it; of one that was resolved the other value is restored. Both records go
        before the planner.
        """
        chosen = 0
        with self._writing() as c:
            run = self._next_run()
            for number, side in sides.items():
                row = c.execute(
                    "SELECT x.link, x.field, iif(?2 = 'SF', x.sf, x.di), l.integration, l.sf_id, l.di_rid"
                    " FROM conflict x JOIN link l ON l.id = x.link AND l.state = 0"
                    " WHERE x.id = ?1 AND x.state IN ('waiting','resolved')",
                    (number, CODES[side]),
                ).fetchone()
                if row is None:
                    continue
                link, field, value, integration, sf_id, di_rid = row
                c.execute(
                    "INSERT OR REPLACE INTO choice(link, field, side, value, conflict) VALUES(?,?,?,?,?)",
                    (link, field, CODES[side], value, number),
                )
                self._record_before_planner(integration, sf_id, run)
                self._found_before_planner(integration, di_rid, run)
                chosen += 1
        return chosen

    def bring_back_late(self, integration: int, target: int, run: int) -> None:
        """Put before the planner, on the side of Dialog Insight too, the Salesforce records that changed and of which
        a write of ours may have arrived late: it is undone in Salesforce, which is planned from what that side shows.
        """
        if self._any("own_value"):
            with self._writing():
                self._check_epoch()
                self._forget_what_never_came(integration)
        rids = self._all(
            "SELECT DISTINCT l.di_rid FROM own_value o JOIN link l ON l.id = o.link JOIN seen s ON s.integration = ?1"
            " AND s.side = 'SF' AND s.rid = l.sf_id AND s.pending = 1 WHERE o.side = 'SF' AND l.integration = ?1"
            " AND l.target = ?2 AND l.state = 0 AND l.di_rid IS NOT NULL ORDER BY l.di_rid",
            (integration, target),
        )
        if rids:
            with self._writing():
                self._check_epoch()
                for (rid,) in rids:
                    self._found_before_planner(integration, rid, run)

    # -- pieces of the transactions of others -------------------------------------------------------------------------

    def _close_choices(self, link: int, fields: Iterable[str]) -> None:
        """Note that what a person chose for these fields is carried out."""
        for field in fields:
            row = self._connection.execute(
                "DELETE FROM choice WHERE link = ? AND field = ? RETURNING conflict, side", (link, field)
            ).fetchone()
            if row is not None:
                self._connection.execute(
                    "UPDATE conflict SET winner = iif(state = 'waiting', ?2, winner),"
                    " state = iif(state = 'waiting', 'resolved', 'restored') WHERE id = ?1",
                    (row[0], SIDES[row[1]].value),
                )

    def _drop_moot(
        self,
        link: int,
        layout: int,
        base: Base,
        source: Sequence[Value | Bad] | None,
        found: Sequence[Value | Bad] | None,
    ) -> None:
        """Let go of conflicts that wait for a person though both sides are what the base says of the field again."""
        waiting = self._all(
            "SELECT field FROM conflict WHERE link = ?1 AND state = 'waiting' AND NOT EXISTS"
            " (SELECT 1 FROM choice WHERE link = ?1 AND choice.field = conflict.field)",
            (link,),
        )
        if not waiting:
            return
        order = self._layout(layout)
        places = order.pair_places()
        for (field,) in waiting:
            if field not in order.targets[: len(places)]:
                continue
            i = order.targets.index(field)
            same = source is None or source[places[i]] == base.source[i]
            if same and (found is None or found[i] == base.target[i]):
                self._connection.execute(
                    "DELETE FROM conflict WHERE link = ? AND field = ? AND state = 'waiting'", (link, field)
                )

    def _remember_tried(self, link: int, side: Side, fields: Mapping[str, Value], until: str) -> None:
        """Remember values of ours that may arrive until that moment, by the clock of the service."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO own_value(link, side, field, value, at) VALUES(?,?,?,?,?)",
            ((link, CODES[side], field, pack_value(value), until) for field, value in fields.items()),
        )

    def _forget_tried(self, written: Iterable[OpenOperation], side: Side, now: str) -> list[tuple[Any, ...]]:
        """Forget what was tried of fields that are written now, whose bases have not moved yet.

        Give what may still arrive over that (promise I3), for `_remember_still`: not what a field held though something
        else was agreed on, for that has come.
        """
        may_arrive: list[tuple[Any, ...]] = []
        for each in written if self._any("own_value") else ():
            tried = self._all(
                "DELETE FROM own_value WHERE link = ? AND side = ? AND field IN (SELECT value FROM json_each(?))"
                " RETURNING link, side, field, value, at",
                (each.link, CODES[side], pack_list(list(each.fields))),
            )
            base = self._all("SELECT layout, sf, di FROM base WHERE link = ?", (each.link,)) if tried else []
            agreed: dict[str, Any] = {}
            for layout, sf, di in base:
                order, is_here = self._layout(layout), side is Side.SALESFORCE
                names, held = (order.base_sources, sf) if is_here else (order.targets, di)
                agreed = dict(zip(names, unpack(held), strict=False))
            for row in tried:
                value = unpack_value(row[3])
                came = value == each.before.get(row[2]) != agreed.get(row[2])
                if row[4] > now and not came:
                    may_arrive.append(row)
        return may_arrive

    def _forget_what_never_came(self, integration: int) -> None:
        """Forget what might still arrive over a write that was confirmed, once a look after that time shows nothing
        new: a person may write the same again. All by the clock of the side that was written."""
        for side, condition in _CAN_COME_NO_MORE.items():
            self._connection.execute(
                "DELETE FROM own_value AS o WHERE o.side = ?1"  # noqa: S608
                " AND EXISTS (SELECT 1 FROM op, json_each(op.after) j WHERE op.link = o.link AND op.side = ?1"
                " AND op.state = 'APPLIED' AND j.key = o.field) AND EXISTS (SELECT 1 FROM link l LEFT JOIN seen s"
                " ON s.integration = ?2 AND s.side = ?1 AND s.rid = iif(?1 = 'SF', l.sf_id, l.di_rid)"
                f" WHERE l.id = o.link AND l.integration = ?2 AND coalesce(s.pending, 0) = 0 AND {condition})",
                (CODES[side], integration, HOLD[side].total_seconds()),
            )

    def _remember_still(self, may_arrive: Iterable[tuple[Any, ...]]) -> None:
        self._connection.executemany(
            "INSERT INTO own_value(link, side, field, value, at) VALUES(?,?,?,?,?)", may_arrive
        )
