"""The ledger as a run writes it: observations, base, links, journal, set-aside records, conflicts.

One connection, owned by one thread, does every write. Each public method is one transaction (or one read), so a kill
falls between two of them. Work is not queued here: `pending` marks observations that the planner must look at.
The faces read through `storage.ledger_view`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import apsw
import orjson

from disf_desktop.core.errors import DiskFull, LedgerIsBusy
from disf_desktop.core.events import Outstanding, RecordSetAside
from disf_desktop.core.journal import (
    Applied,
    NewSetAside,
    OpenBatch,
    OpenOperation,
    PendingCount,
    Registered,
    StreamState,
)
from disf_desktop.core.plan import ABSENT, Agree, Base, BaseValue, Conflict, Create, Pending, Update, folded_key
from disf_desktop.core.records import Position
from disf_desktop.core.refusals import Bad, Refusal
from disf_desktop.core.values import Value
from disf_desktop.storage.backups import back_up_daily
from disf_desktop.storage.database import Database, close_database, open_database, transaction
from disf_desktop.storage.ledger_schema import MIGRATIONS
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.room import MAKE_ROOM, Ballast

_BAD: Final = "\u0000bad"
_BAD_PACKED: Final = orjson.dumps(_BAD).decode()


def _default(value: object) -> Any:
    if isinstance(value, Refusal):
        return {_BAD: value.code}
    raise TypeError(type(value).__name__)


def pack(values: Sequence[Value | Bad]) -> str:
    """Pack canonical values as a JSON array, in their order."""
    return orjson.dumps(values, default=_default, option=orjson.OPT_PASSTHROUGH_DATACLASS).decode()


def unpack(text: str) -> tuple[Any, ...]:
    """Undo `pack`; several choices come back as a tuple, an unreadable value as its `Refusal`."""
    values = orjson.loads(text)
    if "[" in text[1:] or _BAD_PACKED in text:
        return tuple(_revive(v) for v in values)
    return tuple(values)


def _revive(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return Refusal(value[_BAD])
    return value


def _pack_map(values: Mapping[str, Value]) -> str:
    return orjson.dumps(values).decode()


def _unpack_map(text: str | None) -> dict[str, Value]:
    if text is None:
        return {}
    return {k: tuple(v) if isinstance(v, list) else v for k, v in orjson.loads(text).items()}


class Ledger:
    """What the machine remembers of one project file, encrypted on disk. Use it from the thread that opened it."""

    def __init__(self, connection: Database, lock: RunLock | None, ballast: Ballast | None) -> None:
        self._connection = connection
        self._lock = lock
        self._ballast = ballast
        self._epoch = 0
        self._layouts: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    @classmethod
    def open(cls, path: Path, key: bytes, lock: RunLock | None = None, ballast: Ballast | None = None) -> Ledger:
        """Open the ledger, making it or bringing it up to date where needed. Raises `LedgerError`.

        `lock`, held by the caller, is looked at again before each batch; `ballast` is given up for the last outcome
        that a full disk would swallow, and then no other batch begins.
        """
        ledger = cls(open_database(path, key, MIGRATIONS), lock, ballast)
        with ledger._writing() as c:
            c.execute("INSERT OR IGNORE INTO meta VALUES('installation_id', ?)", (str(uuid.uuid4()),))
        return ledger

    def close(self) -> None:
        close_database(self._connection)

    def back_up(self, folder: Path, now: datetime) -> None:
        """Keep a copy of today, if there is none yet, and let old ones go. Raises `LedgerError`."""
        back_up_daily(self._connection, folder, now)

    @contextmanager
    def _writing(self) -> Iterator[apsw.Connection]:
        with transaction(self._connection):
            yield self._connection

    def _one(self, sql: str, bindings: Sequence[Any] = ()) -> tuple[Any, ...]:
        row: tuple[Any, ...] | None = self._connection.execute(sql, bindings).fetchone()
        assert row is not None, sql
        return row

    # -- runs -----------------------------------------------------------------------------------------------------

    def begin_run(self, at: str) -> int:
        """Open a run and raise the epoch: a process that held an older one can commit no more (promise I15)."""
        with self._writing() as c:
            row = c.execute("SELECT v FROM meta WHERE k = 'epoch'").fetchone()
            self._epoch = int(row[0]) + 1 if row else 1
            c.execute("INSERT OR REPLACE INTO meta VALUES('epoch', ?)", (str(self._epoch),))
            c.execute("INSERT INTO run(started) VALUES(?)", (at,))
            return c.last_insert_rowid()

    def finish_run(self, run: int, at: str, status: str, summary: Mapping[str, Any]) -> None:
        with self._writing() as c:
            c.execute(
                "UPDATE run SET ended = ?, status = ?, summary = ? WHERE id = ?",
                (at, status, orjson.dumps(summary).decode(), run),
            )

    def _check_epoch(self) -> None:
        row = self._connection.execute("SELECT v FROM meta WHERE k = 'epoch'").fetchone()
        if row is None or int(row[0]) != self._epoch:
            raise LedgerIsBusy(
                "Another run has taken this ledger over.", "Let the other run end, then start again if needed."
            )

    # -- small facts --------------------------------------------------------------------------------------------------

    def recall(self, name: str, at: str) -> str | None:
        """Give a fact about a service, if it was noted and is still fresh at the moment `at`."""
        row = self._connection.execute("SELECT v FROM meta WHERE k = ?", (f"fact/{name}",)).fetchone()
        value, _, until = row[0].partition(" until ") if row else ("", "", "")
        return value if until > at else None

    def remember(self, name: str, value: str, until: str) -> None:
        """Note a fact about a service that may be relied on until then (ISO 8601 UTC)."""
        with self._writing() as c:
            c.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (f"fact/{name}", f"{value} until {until}"))

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

    def note_decisions(
        self,
        integration: int,
        target: int,
        layout: int,
        run: int,
        at: str,
        *,
        agreed: Sequence[Agree] = (),
        aside: Sequence[NewSetAside] = (),
        filtered: Sequence[str] = (),
    ) -> list[RecordSetAside]:
        """Store, at once, the decisions of a planning page that send nothing; give the set-aside records as events."""
        if not (agreed or aside or filtered):
            return []
        with self._writing() as c:
            self._check_epoch()
            for decision in agreed:
                link = decision.link
                if link is None:
                    link = self._link(integration, target, decision.rid, decision.key)
                c.execute("UPDATE link SET di_rid = ? WHERE id = ?", (decision.target_rid, link))
                self._set_base(link, layout, decision.source, decision.target, None)
                self._note_conflicts(run, link, integration, decision.conflicts, at)
            self._settled(integration, [a.rid for a in agreed])
            self._no_longer_pending(integration, (*filtered, *(a.rid for a in aside)))
            return self._set_aside(integration, aside, run, at)

    # -- the journal --------------------------------------------------------------------------------------------------

    def intend(
        self,
        run: int,
        integration: int,
        target: int,
        layout: int,
        kind: str,
        operations: Sequence[Create] | Sequence[Update],
        at: str,
    ) -> OpenBatch:
        """J1: write down a batch before its first byte leaves. A create's link is made here, so its key is taken."""
        if self._lock is not None:
            self._lock.check()
        if self._ballast is not None and self._ballast.spent:
            raise DiskFull("The disk is full; what was sent is written down, and nothing more is sent.", MAKE_ROOM)
        with self._writing() as c:
            self._check_epoch()
            c.execute(
                "INSERT INTO batch(run, integration, kind, epoch, size, state, at) VALUES(?,?,?,?,?,'INTENT',?)",
                (run, integration, kind, self._epoch, len(operations), at),
            )
            batch = c.last_insert_rowid()
            opened = []
            for operation in operations:
                if isinstance(operation, Update):
                    link = operation.link or self._link(integration, target, operation.rid, operation.key)
                    c.execute("UPDATE link SET di_rid = ? WHERE id = ?", (operation.target_rid, link))
                    self._note_conflicts(run, link, integration, operation.conflicts, at)
                    before, image, rid = _pack_map(operation.before), pack(operation.target), operation.target_rid
                else:
                    link = self._link(integration, target, operation.rid, operation.key)
                    before, image, rid = None, None, None
                c.execute(
                    "INSERT INTO op(batch, link, rid, key, after, before, source, target, layout, state)"
                    " VALUES(?,?,?,?,?,?,?,?,?,'INTENT')",
                    (
                        batch,
                        link,
                        operation.rid,
                        _pack_map(operation.key),
                        _pack_map(operation.fields),
                        before,
                        pack(operation.source),
                        image,
                        layout,
                    ),
                )
                opened.append(
                    OpenOperation(
                        c.last_insert_rowid(),
                        link,
                        operation.rid,
                        operation.key,
                        operation.fields,
                        operation.source,
                        rid,
                        operation.target if isinstance(operation, Update) else None,
                    )
                )
        return OpenBatch(batch, kind, layout, tuple(opened))

    def open_batches(self, integration: int) -> list[OpenBatch]:
        """Give the batches whose outcome is not known: a run was killed, or a reply was lost."""
        batches = []
        found: list[tuple[Any, ...]] = self._connection.execute(
            "SELECT id, kind FROM batch WHERE integration = ? AND state = 'INTENT' ORDER BY id", (integration,)
        ).fetchall()
        for batch, kind in found:
            layout = 0
            operations = []
            for op, link, rid, key, after, source, image, layout_of_op, di_rid in self._connection.execute(
                "SELECT o.id, o.link, o.rid, o.key, o.after, o.source, o.target, o.layout, l.di_rid FROM op o"
                " JOIN link l ON l.id = o.link WHERE o.batch = ? AND o.state = 'INTENT' ORDER BY o.id",
                (batch,),
            ):
                layout = layout_of_op
                operations.append(
                    OpenOperation(
                        op,
                        link,
                        rid,
                        _unpack_map(key),
                        _unpack_map(after),
                        unpack(source),
                        di_rid if kind == "update" else None,
                        unpack(image) if image is not None else None,
                    )
                )
            batches.append(OpenBatch(batch, kind, layout, tuple(operations)))
        return batches

    def settle(
        self,
        batch: OpenBatch,
        integration: int,
        run: int,
        at: str,
        request_id: str,
        *,
        applied: Sequence[Applied] = (),
        aside: Sequence[NewSetAside] = (),
        dropped: Sequence[OpenOperation] = (),
    ) -> list[RecordSetAside]:
        """J2: write down what became of operations of a batch. It closes when none of them is open.

        An applied create keeps no row of its own: its link's base holds the values and names the batch. A dropped
        operation leaves its record before the planner, and so does one whose record was seen to change since.
        """

        def write_down() -> list[RecordSetAside]:
            return self._write_down(batch, integration, run, at, request_id, applied, aside, dropped)

        return write_down() if self._ballast is None else self._ballast.spend_on(write_down)

    def _write_down(
        self,
        batch: OpenBatch,
        integration: int,
        run: int,
        at: str,
        request_id: str,
        applied: Sequence[Applied],
        aside: Sequence[NewSetAside],
        dropped: Sequence[OpenOperation],
    ) -> list[RecordSetAside]:
        with self._writing() as c:
            self._check_epoch()
            for done in applied:
                c.execute("UPDATE link SET di_rid = ? WHERE id = ?", (done.target_rid, done.operation.link))
                self._set_base(done.operation.link, batch.layout, done.operation.source, done.target, batch.id)
            if batch.kind == "create":
                c.executemany("DELETE FROM op WHERE id = ?", ((a.operation.id,) for a in applied))
            else:
                c.executemany(
                    "UPDATE op SET state = 'APPLIED', key = NULL, source = NULL, target = NULL WHERE id = ?",
                    ((a.operation.id,) for a in applied),
                )
            self._released(integration, [a.operation.rid for a in applied])
            refused = {a.rid for a in aside}
            gone = [o for o in batch.operations if o.rid in refused]
            self._done_with(integration, batch.layout, (*(a.operation for a in applied), *gone))
            c.executemany("DELETE FROM op WHERE id = ?", ((o.id,) for o in (*gone, *dropped)))
            if batch.kind == "create":
                c.executemany(
                    "DELETE FROM link WHERE id = ?1 AND di_rid IS NULL"
                    " AND NOT EXISTS (SELECT 1 FROM base WHERE link = ?1)",
                    ((o.link,) for o in (*gone, *dropped)),
                )
            events = self._set_aside(integration, aside, run, at)
            c.execute(
                "UPDATE batch SET request_id = ?, state = iif(EXISTS (SELECT 1 FROM op WHERE batch = ?2 AND state ="
                " 'INTENT'), 'INTENT', 'DONE') WHERE id = ?2",
                (request_id, batch.id),
            )
        return events

    # -- pieces of the transactions above -----------------------------------------------------------------------------

    def _link(self, integration: int, target: int, sf_id: str, key: Mapping[str, Value]) -> int:
        row = self._one(
            "INSERT INTO link(target, integration, sf_id, di_key) VALUES(?,?,?,?)"
            " ON CONFLICT(target, sf_id) DO UPDATE SET integration = excluded.integration, di_key = excluded.di_key"
            " RETURNING id",
            (target, integration, sf_id, folded_key(key)),
        )
        number: int = row[0]
        return number

    def _set_base(
        self, link: int, layout: int, source: Sequence[Value], target: Sequence[Value], batch: int | None
    ) -> None:
        self._connection.execute(
            "INSERT INTO base(link, layout, sf, di, batch) VALUES(?,?,?,?,?) ON CONFLICT(link) DO UPDATE SET"
            " layout = excluded.layout, sf = excluded.sf, di = excluded.di, batch = coalesce(excluded.batch, batch)",
            (link, layout, pack(source), pack(target), batch),
        )

    def _settled(self, integration: int, rids: Sequence[str]) -> None:
        self._no_longer_pending(integration, rids)
        self._released(integration, rids)

    def _released(self, integration: int, rids: Iterable[str]) -> None:
        self._connection.executemany(
            "DELETE FROM set_aside WHERE integration = ? AND rid = ?", ((integration, rid) for rid in rids)
        )

    def _no_longer_pending(self, integration: int, rids: Iterable[str]) -> None:
        self._connection.executemany(
            "UPDATE seen SET pending = 0 WHERE integration = ? AND side = 'SF' AND rid = ?",
            ((integration, rid) for rid in rids),
        )

    def _done_with(self, integration: int, layout: int, operations: Iterable[OpenOperation]) -> None:
        """Take records from before the planner, if what is seen of them is still what the operation was made of."""
        self._connection.executemany(
            "UPDATE seen SET pending = 0 WHERE integration = ? AND side = 'SF' AND rid = ? AND layout = ? AND vals = ?",
            ((integration, o.rid, layout, pack(o.source)) for o in operations),
        )

    def _note_conflicts(self, run: int, link: int, integration: int, conflicts: Sequence[Conflict], at: str) -> None:
        for conflict in conflicts:
            self._connection.execute(
                "INSERT INTO conflict(run, link, integration, field, sf, di, rule, winner, state, at)"
                " VALUES(?,?,?,?,?,?,?,?,'resolved',?)",
                (
                    run,
                    link,
                    integration,
                    conflict.field,
                    orjson.dumps(conflict.salesforce).decode(),
                    orjson.dumps(conflict.dialog_insight).decode(),
                    conflict.rule.value,
                    orjson.dumps(conflict.winner).decode(),
                    at,
                ),
            )

    def _set_aside(self, integration: int, rows: Sequence[NewSetAside], run: int, at: str) -> list[RecordSetAside]:
        if not rows:
            return []
        name = self._one("SELECT name FROM integration WHERE id = ?", (integration,))[0]
        events = []
        for row in rows:
            number, first_seen, tries = self._one(
                "INSERT INTO set_aside(integration, side, rid, field, code, message, what_to_do, parameters,"
                " request_id, first_seen, last_seen, tries, run, state) VALUES(?,?,?,?,?,?,?,?,?,?,?,1,?,'waiting')"
                " ON CONFLICT(integration, rid) DO UPDATE SET side = excluded.side, field = excluded.field,"
                " code = excluded.code, message = excluded.message, what_to_do = excluded.what_to_do,"
                " parameters = excluded.parameters, request_id = excluded.request_id, last_seen = excluded.last_seen,"
                " tries = tries + 1, run = excluded.run, state = 'waiting' RETURNING id, first_seen, tries",
                (
                    integration,
                    row.side.value,
                    row.rid,
                    row.field,
                    row.code,
                    row.message,
                    row.what_to_do,
                    orjson.dumps(dict(row.parameters)).decode(),
                    row.request_id,
                    at,
                    at,
                    run,
                ),
            )
            events.append(
                RecordSetAside(
                    number, name, row.side, row.rid, row.field, row.code, row.message, row.what_to_do, first_seen, tries
                )
            )
        return events

    # -- what waits for a person --------------------------------------------------------------------------------------

    def outstanding(self, integration: int) -> Outstanding:
        row = self._one("SELECT count(*) FROM set_aside WHERE integration = ? AND state = 'waiting'", (integration,))
        return Outstanding(set_aside=row[0])

    def retry(self, ids: Sequence[int] | None) -> int:
        """Put set-aside records before the planner again: those of `ids`, or all that wait. Give how many."""
        with self._writing() as c:
            wanted = orjson.dumps(list(ids) if ids is not None else []).decode()
            before = c.total_changes()
            c.execute(
                "UPDATE seen SET pending = 1 WHERE side = 'SF' AND (integration, rid) IN (SELECT integration, rid FROM"
                " set_aside WHERE state = 'waiting' AND (?1 OR id IN (SELECT value FROM json_each(?2))))",
                (ids is None, wanted),
            )
            return c.total_changes() - before

    def dismiss(self, ids: Sequence[int]) -> int:
        """Let set-aside records rest until their source changes; give how many."""
        with self._writing() as c:
            before = c.total_changes()
            c.execute(
                "UPDATE set_aside SET state = 'dismissed' WHERE state = 'waiting'"
                " AND id IN (SELECT value FROM json_each(?))",
                (orjson.dumps(list(ids)).decode(),),
            )
            return c.total_changes() - before
