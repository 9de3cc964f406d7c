"""The part of the ledger that makes a kill harmless: intents, outcomes, bases, set-aside records, conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from disf_desktop.core.errors import DiskFull
from disf_desktop.core.events import RecordSetAside
from disf_desktop.core.journal import Applied, NewSetAside, OpenBatch, OpenOperation
from disf_desktop.core.plan import Agree, Conflict, Create, Update, folded_key
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger_tables import Tables
from disf_desktop.storage.packing import pack, pack_map, unpack, unpack_map
from disf_desktop.storage.room import MAKE_ROOM


class Journal(Tables):
    """Batches and their operations: the intent before the first byte leaves, the outcome when it is known."""

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
        with self._writing():
            self._check_epoch()
            for decision in agreed:
                link = decision.link
                if link is None:
                    link = self._link(integration, target, decision.rid, decision.key)
                self._agree(decision, link, layout, run, integration, at)
            self._done_with(integration, layout, agreed)
            self._released(integration, [a.rid for a in agreed])
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
                    before, image, rid = pack_map(operation.before), pack(operation.target), operation.target_rid
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
                        pack_map(operation.key),
                        pack_map(operation.fields),
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
                        unpack_map(key),
                        unpack_map(after),
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
        adopted: Sequence[Agree] = (),
        aside: Sequence[NewSetAside] = (),
        dropped: Sequence[OpenOperation] = (),
    ) -> list[RecordSetAside]:
        """J2: write down what became of operations of a batch. It closes when none of them is open.

        An applied create keeps no row of its own: its link's base holds the values and names the batch. An adopted one
        gives its link to the record that was there. A dropped operation leaves its record before the planner, and so
        does one whose record was seen to change since.
        """

        def write_down() -> list[RecordSetAside]:
            return self._write_down(batch, integration, run, at, request_id, applied, adopted, aside, dropped)

        return write_down() if self._ballast is None else self._ballast.spend_on(write_down)

    def _write_down(
        self,
        batch: OpenBatch,
        integration: int,
        run: int,
        at: str,
        request_id: str,
        applied: Sequence[Applied],
        adopted: Sequence[Agree],
        aside: Sequence[NewSetAside],
        dropped: Sequence[OpenOperation],
    ) -> list[RecordSetAside]:
        with self._writing() as c:
            self._check_epoch()
            for found in adopted:
                assert found.link is not None, "a create has made its link"
                c.execute("DELETE FROM op WHERE batch = ? AND link = ?", (batch.id, found.link))
                self._agree(found, found.link, batch.layout, run, integration, at)
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
            self._released(integration, [*(a.operation.rid for a in applied), *(a.rid for a in adopted)])
            refused = {a.rid for a in aside}
            gone = [o for o in batch.operations if o.rid in refused]
            self._done_with(integration, batch.layout, (*(a.operation for a in applied), *adopted, *gone))
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

    def _agree(self, decision: Agree, link: int, layout: int, run: int, integration: int, at: str) -> None:
        self._connection.execute("UPDATE link SET di_rid = ? WHERE id = ?", (decision.target_rid, link))
        self._set_base(link, layout, decision.source, decision.target, None)
        self._note_conflicts(run, link, integration, decision.conflicts, at)

    def _set_base(
        self, link: int, layout: int, source: Sequence[Value], target: Sequence[Value], batch: int | None
    ) -> None:
        self._connection.execute(
            "INSERT INTO base(link, layout, sf, di, batch) VALUES(?,?,?,?,?) ON CONFLICT(link) DO UPDATE SET"
            " layout = excluded.layout, sf = excluded.sf, di = excluded.di, batch = coalesce(excluded.batch, batch)",
            (link, layout, pack(source), pack(target), batch),
        )

    def _released(self, integration: int, rids: Iterable[str]) -> None:
        self._connection.executemany(
            "DELETE FROM set_aside WHERE integration = ? AND rid = ?", ((integration, rid) for rid in rids)
        )

    def _no_longer_pending(self, integration: int, rids: Iterable[str]) -> None:
        self._connection.executemany(
            "UPDATE seen SET pending = 0 WHERE integration = ? AND side = 'SF' AND rid = ?",
            ((integration, rid) for rid in rids),
        )

    def _done_with(self, integration: int, layout: int, deeds: Iterable[OpenOperation | Agree]) -> None:
        """Take records from before the planner, if what is seen of them is still what the deed was made of."""
        self._connection.executemany(
            "UPDATE seen SET pending = 0 WHERE integration = ? AND side = 'SF' AND rid = ? AND layout = ? AND vals = ?",
            ((integration, deed.rid, layout, pack(deed.source)) for deed in deeds),
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
