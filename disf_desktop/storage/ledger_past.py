"""The part of the ledger that undo reads: what a run changed, and what is known of these records now."""

from __future__ import annotations

from collections.abc import Sequence

from disf_desktop.core.journal import AppliedChange
from disf_desktop.core.operations import Pending
from disf_desktop.storage.ledger_planning import Planning
from disf_desktop.storage.ledger_tables import SIDES
from disf_desktop.storage.packing import pack_list, unpack_map


class Past(Planning):
    """What runs did."""

    def run_exists(self, run: int) -> bool:
        """Say whether there was a run of that number."""
        return bool(self._one("SELECT EXISTS (SELECT 1 FROM run WHERE id = ?)", (run,))[0])

    def applied_changes(self, run: int, integration: int, after: int, limit: int) -> list[AppliedChange]:
        """Give the updates that a run carried out, the last one first, from the one before `after` (0: all)."""
        rows = self._all(
            "SELECT o.id, i.name, o.side, o.link, coalesce(l.sf_id, ''), coalesce(l.di_rid, ''), o.before, o.after"
            " FROM op o JOIN batch b ON b.id = o.batch JOIN integration i ON i.id = b.integration"
            " JOIN link l ON l.id = o.link WHERE b.run = ?1 AND b.integration = ?2 AND o.state = 'APPLIED'"
            " AND o.before IS NOT NULL AND (?3 = 0 OR o.id < ?3) ORDER BY o.id DESC LIMIT ?4",
            (run, integration, after, limit),
        )
        return [
            AppliedChange(op, name, SIDES[side], link, rid, target_rid, unpack_map(before), unpack_map(written))
            for op, name, side, link, rid, target_rid, before, written in rows
        ]

    def of_links(self, integration: int, target: int, layout: int, links: Sequence[int]) -> list[Pending]:
        """Give all that is known of these links, in order of their number."""
        rows = self._all(
            "SELECT coalesce(l.di_rid, ''), iif(d.layout = ?3, d.vals, NULL), coalesce(d.stamp, ''), l.id,"
            " coalesce(l.sf_id, ''), l.state, b.layout, b.sf, b.di, iif(s.layout = ?3, s.vals, NULL),"
            " coalesce(s.stamp, ''), coalesce(s.presence, 0), coalesce(d.since, '') FROM link l"
            " LEFT JOIN base b ON b.link = l.id"
            " LEFT JOIN seen d ON d.integration = ?1 AND d.side = 'DI' AND d.rid = l.di_rid"
            " LEFT JOIN seen s ON s.integration = ?1 AND s.side = 'SF' AND s.rid = l.sf_id"
            " WHERE l.target = ?2 AND l.id IN (SELECT value FROM json_each(?4)) ORDER BY l.id",
            (integration, target, layout, pack_list(links)),
        )
        return self._of_rows(rows, layout)
