"""The part of the ledger that makes a kill harmless: decisions, and the intent of what is sent, before it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from disf_desktop.core.errors import DiskFull
from disf_desktop.core.events import RecordSetAside
from disf_desktop.core.journal import NewSetAside, OpenBatch, OpenOperation
from disf_desktop.core.operations import Agree, Base, Birth, Create, Operation, Seen, Update
from disf_desktop.core.refusals import Bad
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger_conflicts import Conflicts
from disf_desktop.storage.ledger_layouts import shows
from disf_desktop.storage.ledger_links import Links
from disf_desktop.storage.ledger_set_aside import SetAside
from disf_desktop.storage.ledger_tables import CODES, SIDES
from disf_desktop.storage.packing import pack, pack_map, unpack, unpack_map
from disf_desktop.storage.room import MAKE_ROOM


class Journal(Links, Conflicts, SetAside):
    """Decisions, and batches with their operations: the intent before the first byte."""

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
        filtered: Sequence[Seen] = (),
        shown: Sequence[tuple[str, str, Sequence[Value | Bad]]] = (),
    ) -> list[RecordSetAside]:
        """Store, at once, the decisions of a planning page that send nothing; give the set-aside records as events.

        What was decided is taken from before the planner where it is still what was seen: an `Agree` without `more` on
        both sides; a set-aside record on the side it came from; a filtered one on the sides that its `Seen` names.
        `shown` is what Dialog Insight shows of records that are tied by this, `(rid, as_of, values)`.
        """
        if not (agreed or aside or filtered):
            return []
        with self._writing():
            self._check_epoch()
            for decision in agreed:
                link = decision.link
                if link is None:
                    link = self._link(integration, target, decision.rid, decision.key, decision.target_rid)
                self._agree(decision, link, layout, run, integration, at)
            self._decided(integration, layout, (*filtered, *(a.seen for a in agreed if not a.more)))
            self._let_go(integration, layout, agreed)
            self._connection.executemany(
                # What is agreed on by now is no observation of its own; found so again, it would plan all anew.
                "DELETE FROM seen WHERE integration = ?1 AND side = 'DI' AND rid = ?2 AND pending = 0 AND vals ="
                " (SELECT b.di FROM link l JOIN base b ON b.link = l.id AND b.layout = ?3"
                " WHERE l.target = ?4 AND l.di_rid = ?2)",
                ((integration, each.target_rid, layout, target) for each in filtered if each.found is not None),
            )
            self._no_longer_pending(integration, aside)
            if shown:
                self._see_found(integration, target, layout, run, shown, None)
            return self._set_aside(integration, aside, run, at)

    # -- intents ------------------------------------------------------------------------------------------------------

    def intend(
        self,
        run: int,
        integration: int,
        target: int,
        layout: int,
        operations: Sequence[Operation],
        at: str,
    ) -> OpenBatch:
        """J1: write down a batch of one kind to one side before its first byte leaves. A create's link is made here,
        so its key is taken; conflicts are written down here, before a value is overwritten."""
        if self._lock is not None:
            self._lock.check()
        if self._ballast is not None and self._ballast.spent:
            raise DiskFull("The disk is full; what was sent is written down, and nothing more is sent.", MAKE_ROOM)
        with self._writing() as c:
            self._check_epoch()
            kind, side = _kind_of(operations[0])
            c.execute(
                "INSERT INTO batch(run, integration, kind, side, epoch, size, state, at)"
                " VALUES(?,?,?,?,?,?,'INTENT',?)",
                (run, integration, kind, CODES[side], self._epoch, len(operations), at),
            )
            batch = c.last_insert_rowid()
            opened = []
            for operation in operations:
                assert _kind_of(operation) == (kind, side), "a batch is of one kind and to one side"
                opened.append(self._open(operation, batch, run, integration, target, layout, at))
        return OpenBatch(batch, kind, layout, tuple(opened), side)

    def open_batches(self, integration: int) -> list[OpenBatch]:
        """Give the batches with operations whose outcome is not known, held ones included.

        What both sides agree on may have moved since they were decided: each then moves its own fields only.
        """
        batches = []
        found: list[tuple[Any, ...]] = self._connection.execute(
            "SELECT id, kind, side FROM batch WHERE integration = ? AND state = 'INTENT' ORDER BY id", (integration,)
        ).fetchall()
        for batch, kind, side in found:
            layout = 0
            operations = []
            for row in self._connection.execute(
                "SELECT o.id, o.link, o.rid, o.key, o.after, o.source, l.di_rid, o.before, o.found, o.base_sf,"
                " o.base_di, o.hold, o.more, o.layout, b.layout, b.sf, b.di FROM op o JOIN link l ON l.id = o.link"
                " LEFT JOIN base b ON b.link = o.link WHERE o.batch = ? AND o.state IN ('INTENT','HOLD') ORDER BY o.id",
                (batch,),
            ):
                *stored, layout, base_layout, sf, di = row
                operation = _opened(tuple(stored))
                if operation.base is not None and sf is not None:
                    operation = self._on_what_stands(operation, SIDES[side], layout, base_layout, sf, di)
                operations.append(operation)
            batches.append(OpenBatch(batch, kind, layout, tuple(operations), SIDES[side]))
        return batches

    def _on_what_stands(
        self, operation: OpenOperation, side: Side, layout: int, stored: int, sf: str, di: str
    ) -> OpenOperation:
        """Let an operation move its own pairs in what is agreed on by now.

        Of the others it says what was agreed on when it was decided. Where that is not so any more, or was only decided
        along with it, its record is planned again.
        """
        assert operation.base is not None
        order, ours, known = self._layout(layout), operation.base, self._base_in(sf, di, stored, layout)
        here, written = side is Side.SALESFORCE, operation.fields
        source, target = list(known.source), list(known.target)
        target.extend([None] * (len(ours.target) - len(target)))
        for i, value in enumerate(ours.target):
            paired = i < len(ours.source)
            name, moved = (order.base_sources[i], ours.source[i]) if here and paired else (order.targets[i], value)
            if name in written and (paired or not here) and written[name] == moved:
                target[i] = value
                if paired:
                    source[i] = ours.source[i]
        base = Base(tuple(source), tuple(target))
        return operation if base == ours else replace(operation, base=base, more=True)

    def _open(
        self, operation: Operation, batch: int, run: int, integration: int, target: int, layout: int, at: str
    ) -> OpenOperation:
        """Write one operation down, and what must be known before its value leaves."""
        match operation:
            case Create():
                link = self._link(integration, target, operation.rid, operation.key)
                number = self._insert(batch, link, layout, Side.DIALOG_INSIGHT, operation.rid, operation)
                return OpenOperation(number, link, operation.rid, operation.key, operation.fields, operation.source)
            case Birth():
                link = self._link_of_birth(integration, target, operation.target_rid, operation.target_key)
                number = self._insert(
                    batch, link, layout, Side.SALESFORCE, "", operation, found=operation.found, base=operation.base
                )
                return OpenOperation(
                    number, link, "", operation.key, operation.fields, None, operation.target_rid, {}, operation.found,
                    operation.base,
                )  # fmt: skip
            case Update():
                if operation.link is None:
                    link = self._link(integration, target, operation.rid, operation.key, operation.target_rid)
                else:
                    link = operation.link
                self._tie(link, integration, operation.rid, operation.target_rid)
                self._note_conflicts(run, link, integration, operation.conflicts, at)
                seen = operation.seen
                number = self._insert(
                    batch, link, layout, operation.side, operation.rid, operation, found=seen.found, base=operation.base
                )
                return OpenOperation(
                    number, link, operation.rid, operation.key, operation.fields, seen.values, operation.target_rid,
                    operation.before, seen.found, operation.base, None, operation.more,
                )  # fmt: skip

    def _insert(
        self,
        batch: int,
        link: int,
        layout: int,
        side: Side,
        rid: str,
        operation: Operation,
        *,
        found: Sequence[Any] | None = None,
        base: Base | None = None,
    ) -> int:
        before = source = closes = None
        more = False
        if isinstance(operation, Update):
            before, more = pack_map(operation.before), operation.more
            source = pack(operation.seen.values) if operation.seen.values is not None else None
            closes = orjson.dumps(operation.closes).decode() if operation.closes else None
        elif isinstance(operation, Create):
            source = pack(operation.source)
        self._connection.execute(
            "INSERT INTO op(batch, link, side, rid, key, after, before, source, found, base_sf, base_di, layout, more,"
            " closes, state) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,'INTENT')",
            (
                batch,
                link,
                CODES[side],
                rid,
                pack_map(operation.key),
                pack_map(operation.fields),
                before,
                source,
                pack(found) if found is not None else None,
                pack(base.source) if base is not None else None,
                pack(base.target) if base is not None else None,
                layout,
                more,
                closes,
            ),
        )
        return self._connection.last_insert_rowid()

    # -- pieces of the transactions -----------------------------------------------------------------------------------

    def _agree(self, decision: Agree, link: int, layout: int, run: int, integration: int, at: str) -> None:
        self._tie(link, integration, decision.rid, decision.target_rid)
        self._set_base(link, layout, decision.base, None)
        self._rekey(link, layout, decision.key, decision.base.target)
        self._close_choices(link, decision.closes)
        self._note_conflicts(run, link, integration, decision.conflicts, at)
        if not decision.more:
            self._drop_moot(link, layout, decision.base, decision.seen.values, decision.seen.found)

    def _let_go(self, integration: int, layout: int, agreed: Sequence[Agree]) -> None:
        """Forget what is agreed on by now: observations of Dialog Insight, and what was set aside of these records."""
        done = [a for a in agreed if not a.more]
        unpaired = self._layout(layout).unpaired() if done else 0
        for decision in done:
            found, rid = decision.seen.found, decision.seen.target_rid
            if found is not None and rid is not None and shows(found, decision.base.target, unpaired):
                self._forget_found(integration, layout, rid, found)
        self._released(integration, ((rid, None) for a in done for rid in (a.rid, a.target_rid)))

    def _decided(self, integration: int, layout: int, decisions: Iterable[Seen], until: int | None = None) -> None:
        """Take observations from before the planner, if what was decided is still what is seen.

        `until` is the run that decided, where that may be long ago: what was put before the planner since stays there,
        for a record that was deleted meanwhile, or of which a person chose a value, still shows the same.
        """
        self._connection.executemany(
            "UPDATE seen SET pending = 0 WHERE integration = ? AND side = ? AND rid = ? AND layout = ? AND vals = ?"
            " AND run <= coalesce(?, run)",
            (
                (integration, side, rid, layout, pack(values), until)
                for seen in decisions
                for side, rid, values in (("SF", seen.rid, seen.values), ("DI", seen.target_rid, seen.found))
                if rid and values is not None
            ),
        )

    def _no_longer_pending(self, integration: int, aside: Iterable[NewSetAside]) -> None:
        """Take set-aside records from before the planner, on the side that they came from."""
        self._connection.executemany(
            "UPDATE seen SET pending = 0 WHERE integration = ? AND side = ? AND rid = ?",
            (
                (integration, "SF", row.rid)
                if row.side is Side.DIALOG_INSIGHT
                else (integration, "DI", row.target_rid or row.rid)
                for row in aside
            ),
        )


def _kind_of(operation: Operation) -> tuple[str, Side]:
    match operation:
        case Create():
            return "create", Side.DIALOG_INSIGHT
        case Birth():
            return "create", Side.SALESFORCE
        case Update():
            return "update", operation.side


def _opened(row: tuple[Any, ...]) -> OpenOperation:
    number, link, rid, key, after, source, di_rid, before, found, base_sf, base_di, hold, more = row
    fields: Mapping[str, Value] = unpack_map(after)
    return OpenOperation(
        number,
        link,
        rid,
        unpack_map(key),
        fields,
        unpack(source) if source is not None else None,
        di_rid,
        unpack_map(before),
        unpack(found) if found is not None else None,
        Base(unpack(base_sf), unpack(base_di)) if base_sf is not None else None,
        hold,
        bool(more),
    )
