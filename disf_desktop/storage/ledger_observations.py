"""The part of the ledger that holds what Salesforce shows, how far it is read, and what the planner must look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import orjson

from disf_desktop.core.journal import PendingCount, Registered, StreamState
from disf_desktop.core.plan import ABSENT, Base, BaseValue, Pending, folded_key
from disf_desktop.core.records import Position
from disf_desktop.core.refusals import Bad
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger_tables import Tables
from disf_desktop.storage.packing import pack, unpack


class Observations(Tables):
    """Integrations, streams, observations and links, as a run reads and stores them."""

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
                c.execute("UPDATE seen SET pending = 1 WHERE integration = ? AND pending = 0", (integration,))
            return Registered(integration, target_id)

    def _forget(self, integration: int) -> None:
        """Start over for an integration that now writes to another table: its old links stay with the old table."""
        c = self._connection
        for table in ("seen", "stream", "set_aside"):
            c.execute(f"DELETE FROM {table} WHERE integration = ?", (integration,))  # noqa: S608
        # What was on its way to the old table must not be sent to the new one.
        c.execute(
            "DELETE FROM op WHERE state = 'INTENT' AND batch IN (SELECT id FROM batch WHERE integration = ?)",
            (integration,),
        )
        c.execute("UPDATE batch SET state = 'DONE' WHERE integration = ? AND state = 'INTENT'", (integration,))
        c.execute(
            "DELETE FROM link WHERE integration = ? AND di_rid IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM base WHERE link = link.id)",
            (integration,),
        )

    def layout(self, sources: Sequence[str], targets: Sequence[str]) -> int:
        """Give the number of a packing order, making it where it is new."""
        text = orjson.dumps({"source": list(sources), "target": list(targets)}).decode()
        with self._writing() as c:
            c.execute("INSERT OR IGNORE INTO layout(fields) VALUES(?)", (text,))
            number: int = self._one("SELECT id FROM layout WHERE fields = ?", (text,))[0]
            return number

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

    def store_page(
        self,
        integration: int,
        layout: int,
        run: int,
        records: Iterable[tuple[str, str, Sequence[Value | Bad]]],
        position: Position | None,
    ) -> int:
        """Store observations `(rid, stamp, values)` and the position after them; give how many say something new.

        An observation never goes backwards: one with an older stamp than the one stored is passed over.
        """
        with self._writing() as c:
            self._check_epoch()
            before = c.total_changes()
            c.executemany(
                "INSERT INTO seen(integration, side, rid, stamp, layout, vals, pending, run) VALUES(?,'SF',?,?,?,?,1,?)"
                " ON CONFLICT(integration, side, rid) DO UPDATE SET stamp = excluded.stamp, layout = excluded.layout,"
                " vals = excluded.vals, pending = 1, run = excluded.run"
                " WHERE excluded.stamp >= stamp AND (excluded.vals IS NOT vals OR excluded.layout <> layout)",
                ((integration, rid, stamp, layout, pack(values), run) for rid, stamp, values in records),
            )
            changed = c.total_changes() - before
            if position is not None:
                c.execute(
                    "UPDATE stream SET stamp = ?, rid = ? WHERE integration = ? AND side = 'SF'",
                    (position.stamp, position.rid, integration),
                )
        return changed

    def finish_reading(self, integration: int, at: str) -> None:
        """Move the watermark to what the reading vouches for: everything up to it is now stored (promise I12)."""
        with self._writing() as c:
            self._check_epoch()
            c.execute(
                "UPDATE stream SET wm = hi, hi = NULL, stamp = NULL, rid = NULL, read_at = ?"
                " WHERE integration = ? AND side = 'SF'",
                (at, integration),
            )

    # -- planning -----------------------------------------------------------------------------------------------------

    def release_blocked(self, integration: int) -> None:
        """Put the records that wait for their contact before the planner again (promise I13)."""
        with self._writing() as c:
            c.execute(
                "UPDATE seen SET pending = 1 WHERE integration = ?1 AND side = 'SF' AND rid IN"
                " (SELECT rid FROM set_aside WHERE integration = ?1 AND code = 'parent_missing' AND state = 'waiting')",
                (integration,),
            )

    def pending_count(self, integration: int, target: int, layout: int) -> PendingCount:
        """Count what waits for the planner, how much of it is linked, and all links of the integration."""
        total, linked = self._one(
            "SELECT count(*), count(l.di_rid) FROM seen s LEFT JOIN link l ON l.target = ? AND l.sf_id = s.rid"
            " WHERE s.integration = ? AND s.side = 'SF' AND s.pending = 1 AND s.layout = ?",
            (target, integration, layout),
        )
        links = self._one(
            "SELECT count(*) FROM link WHERE target = ? AND integration = ? AND di_rid IS NOT NULL",
            (target, integration),
        )[0]
        return PendingCount(total, linked, links)

    def pending(self, integration: int, target: int, layout: int, after: str, limit: int) -> list[Pending]:
        """Give the next records that the planner must look at, in order of their Id, with what is known of each."""
        rows = self._connection.execute(
            "SELECT s.rid, s.vals, l.id, l.di_rid, b.layout, b.sf, b.di FROM seen s"
            " LEFT JOIN link l ON l.target = ? AND l.sf_id = s.rid LEFT JOIN base b ON b.link = l.id"
            " WHERE s.integration = ? AND s.side = 'SF' AND s.pending = 1 AND s.rid > ? AND s.layout = ?"
            " ORDER BY s.rid LIMIT ?",
            (target, integration, after, layout, limit),
        )
        found = []
        for rid, vals, link, di_rid, base_layout, sf, di in rows:
            base = None
            if sf is not None:
                base = Base(unpack(sf), unpack(di))
                if base_layout != layout:
                    base = self._realigned(base, base_layout, layout)
            found.append(Pending(rid, unpack(vals), link, di_rid, base))
        return found

    def _realigned(self, base: Base, old: int, new: int) -> Base:
        (old_sources, old_targets), (sources, targets) = self._layout_fields(old), self._layout_fields(new)
        by_source: dict[str, BaseValue] = dict(zip(old_sources, base.source, strict=True))
        by_target: dict[str, BaseValue] = dict(zip(old_targets, base.target, strict=True))
        return Base(
            tuple(by_source.get(name, ABSENT) for name in sources),
            tuple(by_target.get(name, ABSENT) for name in targets),
        )

    def targets_of(self, layout: int) -> tuple[str, ...]:
        """Give the target fields of a packing order."""
        return self._layout_fields(layout)[1]

    def _layout_fields(self, layout: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if layout not in self._layouts:
            text = self._one("SELECT fields FROM layout WHERE id = ?", (layout,))[0]
            fields = orjson.loads(text)
            self._layouts[layout] = (tuple(fields["source"]), tuple(fields["target"]))
        return self._layouts[layout]

    def owners_of(self, target: int, keys: Sequence[Mapping[str, Value]]) -> dict[str, str]:
        """Give, by folded key, the Salesforce Id of the record that each key is linked to already."""
        return self._by_list(
            "SELECT di_key, sf_id FROM link WHERE target = ? AND di_key IN (SELECT value FROM json_each(?))",
            target,
            [folded_key(k) for k in keys],
        )

    def contact_ids(self, target: int, sf_ids: Sequence[str]) -> dict[str, str]:
        """Give the idContact of each linked Salesforce Id in the contact list of a target."""
        return self._by_list(
            "SELECT sf_id, di_rid FROM link WHERE target = ? AND sf_id IN (SELECT value FROM json_each(?))"
            " AND di_rid IS NOT NULL",
            target,
            sf_ids,
        )

    def owner_of(self, target: int, di_rid: str) -> str | None:
        """Give the Salesforce Id of the record that a record of Dialog Insight is linked to."""
        row = self._connection.execute(
            "SELECT sf_id FROM link WHERE target = ? AND di_rid = ?", (target, di_rid)
        ).fetchone()
        return row[0] if row else None

    def target_number(self, name: str) -> int | None:
        row = self._connection.execute("SELECT id FROM target WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def _by_list(self, sql: str, target: int, values: Sequence[str]) -> dict[str, str]:
        if not values:
            return {}
        return dict(self._connection.execute(sql, (target, orjson.dumps(list(values)).decode())))
