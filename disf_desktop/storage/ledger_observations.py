"""The part of the ledger that knows the integrations, what Salesforce shows of them, and how far it is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from disf_desktop.core.journal import Registered, Shown, StreamState
from disf_desktop.core.operations import Presence
from disf_desktop.core.records import Position, Tombstone
from disf_desktop.core.refusals import Bad
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger_kept import Kept
from disf_desktop.storage.packing import pack, pack_list, unpack

_PRESENT: Final = int(Presence.PRESENT)
_OUT_OF_SCOPE: Final = int(Presence.OUT_OF_SCOPE)


class Observations(Kept):
    """Integrations, streams and what Salesforce shows, as a run reads and stores them."""

    # -- what is known of an integration ------------------------------------------------------------------------------

    def register(self, name: str, target: str, settings: bytes) -> Registered:
        """Give the numbers of an integration and its target. New settings put every record before the planner."""
        with self._writing() as c:
            c.execute("INSERT OR IGNORE INTO target(name) VALUES(?)", (target,))
            target_id = self._one("SELECT id FROM target WHERE name = ?", (target,))[0]
            row = c.execute("SELECT id, target, settings FROM integration WHERE name = ?", (name,)).fetchone()
            if row is None:
                c.execute("INSERT INTO integration(name, target, settings) VALUES(?,?,?)", (name, target_id, settings))
                return Registered(c.last_insert_rowid(), target_id)
            integration, old_target, old_settings = row
            if old_target != target_id:
                self._forget(integration)
            if old_target != target_id or old_settings != settings:
                c.execute(
                    "UPDATE integration SET target = ?, settings = ? WHERE id = ?", (target_id, settings, integration)
                )
                c.execute(
                    "UPDATE seen SET pending = 1, run = (SELECT coalesce(max(id), 0) FROM run) WHERE integration = ?",
                    (integration,),
                )
            return Registered(integration, target_id)

    def _forget(self, integration: int) -> None:
        """Start over for an integration that now writes to another table: its old links stay with the old table."""
        c = self._connection
        for table in ("seen", "stream", "set_aside"):
            c.execute(f"DELETE FROM {table} WHERE integration = ?", (integration,))  # noqa: S608
        # What was on its way to the old table must not be sent to the new one, nor what a person chose there.
        for table in ("choice", "own_value"):
            c.execute(
                f"DELETE FROM {table} WHERE link IN (SELECT id FROM link WHERE integration = ?)",  # noqa: S608
                (integration,),
            )
        c.execute("DELETE FROM conflict WHERE integration = ? AND state = 'waiting'", (integration,))
        c.execute(
            "DELETE FROM op WHERE state IN ('INTENT','HOLD')"
            " AND batch IN (SELECT id FROM batch WHERE integration = ? AND state = 'INTENT')",
            (integration,),
        )
        c.execute("UPDATE batch SET state = 'DONE' WHERE integration = ? AND state = 'INTENT'", (integration,))
        c.execute(
            "DELETE FROM link WHERE integration = ? AND (di_rid IS NULL OR sf_id IS NULL)"
            " AND NOT EXISTS (SELECT 1 FROM base WHERE link = link.id)",
            (integration,),
        )

    def integration_number(self, name: str) -> int | None:
        """Give the number of an integration, if it ever ran."""
        row = self._connection.execute("SELECT id FROM integration WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    # -- reading ------------------------------------------------------------------------------------------------------

    def stream(self, integration: int) -> StreamState:
        row = self._connection.execute(
            "SELECT wm, hi, stamp, rid, layout, fingerprint FROM stream WHERE integration = ? AND side = 'SF'",
            (integration,),
        ).fetchone()
        if row is None:
            return StreamState()
        wm, hi, stamp, rid, layout, fingerprint = row
        position = Position(stamp, rid) if stamp is not None else None
        return StreamState(wm, hi, position, layout, fingerprint)

    def start_reading(self, integration: int, hi: str, layout: int, fingerprint: bytes, *, anew: bool) -> None:
        """Note how far the reading that begins will vouch for; `anew` forgets the watermark (a full read)."""
        with self._writing() as c:
            self._check_epoch()
            c.execute(
                "INSERT INTO stream(integration, side, hi, layout, fingerprint) VALUES(?,'SF',?,?,?)"
                " ON CONFLICT(integration, side) DO UPDATE SET hi = excluded.hi, layout = excluded.layout,"
                " fingerprint = excluded.fingerprint, stamp = NULL, rid = NULL, wm = iif(?, NULL, wm)",
                (integration, hi, layout, fingerprint, anew),
            )
            if anew:
                self._carry_deleted_over(integration, layout)

    def _carry_deleted_over(self, integration: int, layout: int) -> None:
        """Put what was seen of deleted records in the order of a new layout: nobody can read them again."""
        order = self._layout(layout).sources
        rows = self._all(
            "SELECT rid, layout, vals FROM seen WHERE integration = ? AND side = 'SF' AND presence = 1 AND layout <> ?",
            (integration, layout),
        )
        for rid, former, vals in rows:
            known = dict(zip(self._layout(former).sources, unpack(vals), strict=True))
            self._connection.execute(
                "UPDATE seen SET layout = ?, vals = ?, pending = 1 WHERE integration = ? AND side = 'SF' AND rid = ?",
                (layout, pack([known.get(name) for name in order]), integration, rid),
            )

    def store_page(
        self,
        integration: int,
        layout: int,
        run: int,
        records: Iterable[tuple[str, str, Sequence[Value | Bad]]],
        position: Position | None,
        *,
        out_of_scope: Collection[str] | None = (),
        keep_scope: bool = False,
    ) -> int:
        """Store observations `(rid, stamp, values)` and the position after them; give how many say something new.

        An observation never goes backwards: one with an older stamp than the one stored is passed over, and a deleted
        record is there again only by a later one. A record of `out_of_scope` (None: every one) does not satisfy the
        filter; with `keep_scope`, one that was there before satisfies it as before.
        """
        records = list(records)
        presence = "iif(presence IN (0, 2), presence, excluded.presence)" if keep_scope else "excluded.presence"
        with self._writing() as c:
            self._check_epoch()
            self._keep_gone_over(integration, Side.SALESFORCE, layout, run, records)
            before = c.total_changes()
            c.executemany(
                "INSERT INTO seen(integration, side, rid, stamp, layout, vals, pending, run, presence)"
                " VALUES(?,'SF',?,?,?,?,1,?,?)"
                " ON CONFLICT(integration, side, rid) DO UPDATE SET stamp = excluded.stamp, layout = excluded.layout,"
                f" vals = excluded.vals, pending = 1, run = excluded.run, presence = {presence}"
                " WHERE excluded.stamp >= stamp AND (presence <> 1 OR excluded.stamp > stamp) AND"
                f" (excluded.vals IS NOT vals OR excluded.layout <> layout OR {presence} <> presence)",
                _rows(integration, layout, run, records, out_of_scope),
            )
            changed = c.total_changes() - before
            # What says nothing new still says that the record was there at that moment, whatever tombstone comes later.
            c.executemany(
                "UPDATE seen SET stamp = ?1 WHERE integration = ?2 AND side = 'SF' AND rid = ?3 AND presence <> 1"
                " AND stamp < ?1",
                ((stamp, integration, rid) for rid, stamp, _ in records),
            )
            if position is not None:
                c.execute(
                    "UPDATE stream SET stamp = ?, rid = ? WHERE integration = ? AND side = 'SF'",
                    (position.stamp, position.rid, integration),
                )
        return changed

    def bring_into_scope(self, integration: int, rids: Sequence[str]) -> None:
        """Say of stored records that they satisfy the filter after all."""
        with self._writing() as c:
            self._check_epoch()
            c.execute(
                "UPDATE seen SET presence = 0, pending = 1 WHERE integration = ? AND side = 'SF' AND presence = 2"
                " AND rid IN (SELECT value FROM json_each(?))",
                (integration, pack_list(rids)),
            )

    def store_tombstones(self, integration: int, run: int, deleted: Sequence[Tombstone]) -> list[str]:
        """Mark known records as deleted, unless they were read again later; give those newly marked."""
        if not deleted:
            return []
        marked: list[str] = []
        with self._writing() as c:
            self._check_epoch()
            for tombstone in deleted:
                at = (tombstone.at, integration, tombstone.rid)
                # Deleted once more, after a return that nobody saw: an old reading must not bring it back.
                c.execute(
                    "UPDATE seen SET stamp = ?1 WHERE integration = ?2 AND side = 'SF' AND rid = ?3 AND presence = 1"
                    " AND stamp < ?1",
                    at,
                )
                c.execute(
                    "UPDATE seen SET stamp = ?1, presence = 1, pending = 1, run = ?4 WHERE integration = ?2"
                    " AND side = 'SF' AND rid = ?3 AND presence <> 1 AND stamp <= ?1",
                    (*at, run),
                )
                if c.changes():
                    marked.append(tombstone.rid)
        return marked

    def finish_reading(self, integration: int, at: str) -> None:
        """Move the watermark to what the reading vouches for: everything up to it is now stored (promise I12)."""
        with self._writing() as c:
            self._check_epoch()
            c.execute(
                "UPDATE stream SET wm = hi, hi = NULL, stamp = NULL, rid = NULL, read_at = ?"
                " WHERE integration = ? AND side = 'SF'",
                (at, integration),
            )

    # -- pieces of the transactions of others -------------------------------------------------------------------------

    def _show_record(
        self,
        integration: int,
        layout: int,
        run: int,
        rid: str,
        shown: Shown,
        seen: Sequence[Value | Bad] | None,
        *,
        pending: bool,
    ) -> None:
        """Store what Salesforce shows of a record after a write, unless something newer is known of it.

        `seen` is what it showed before: the write makes that old, whenever it was.
        """
        self._keep_gone_over(integration, Side.SALESFORCE, layout, run, [(rid, None, shown.values)])
        self._connection.execute(
            "INSERT INTO seen(integration, side, rid, stamp, layout, vals, pending, run, presence)"
            " VALUES(?1,'SF',?2,?3,?4,?5,?6,?7,0)"
            " ON CONFLICT(integration, side, rid) DO UPDATE SET stamp = max(stamp, excluded.stamp),"
            " layout = excluded.layout, vals = excluded.vals, pending = excluded.pending, run = excluded.run,"
            " presence = iif(presence = 1, 0, presence)"
            " WHERE (excluded.stamp >= stamp OR vals = ?8) AND (presence <> 1 OR excluded.stamp > stamp)",
            (
                integration,
                rid,
                shown.stamp,
                layout,
                pack(shown.values),
                pending,
                run,
                pack(seen) if seen is not None else None,
            ),
        )

    def _record_before_planner(self, integration: int, rid: str | None, run: int) -> int:
        """Put a Salesforce record before the planner; give how many there were."""
        self._connection.execute(
            "UPDATE seen SET pending = 1, run = ? WHERE integration = ? AND side = 'SF' AND rid = ?",
            (run, integration, rid),
        )
        return self._connection.changes()

    def _next_run(self) -> int:
        """Give the number of the run that will look at what a person put before the planner."""
        number: int = self._one("SELECT coalesce(max(id), 0) + 1 FROM run")[0]
        return number


def _rows(
    integration: int,
    layout: int,
    run: int,
    records: Iterable[tuple[str, str, Sequence[Value | Bad]]],
    out_of_scope: Collection[str] | None,
) -> Iterator[tuple[Any, ...]]:
    if out_of_scope is None or not out_of_scope:
        presence = _PRESENT if out_of_scope is not None else _OUT_OF_SCOPE
        return ((integration, rid, stamp, layout, pack(values), run, presence) for rid, stamp, values in records)
    return (
        (integration, rid, stamp, layout, pack(values), run, _OUT_OF_SCOPE if rid in out_of_scope else _PRESENT)
        for rid, stamp, values in records
    )
