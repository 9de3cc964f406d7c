"""The part of the ledger that writes down what became of what was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from disf_desktop.core.events import RecordSetAside
from disf_desktop.core.journal import Applied, NewSetAside, OpenBatch, OpenOperation, Shown
from disf_desktop.core.operations import ABSENT, Absent, Agree, Conflict, Seen
from disf_desktop.core.project import ConflictPolicy
from disf_desktop.core.refusals import Refusal
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger_found import seconds
from disf_desktop.storage.ledger_journal import Journal
from disf_desktop.storage.ledger_layouts import shows
from disf_desktop.storage.ledger_tables import CODES
from disf_desktop.storage.ledger_twice import Twice
from disf_desktop.storage.packing import pack, pack_list, unpack


@dataclass(frozen=True, slots=True)
class _Outcomes:
    """What became of operations of a batch, as `settle` says."""

    batch: OpenBatch
    integration: int
    run: int
    at: str
    request_id: str
    applied: Sequence[Applied]
    adopted: Sequence[Agree]
    aside: Sequence[NewSetAside]
    dropped: Sequence[OpenOperation]
    held: Sequence[OpenOperation]
    held_until: str | None
    made: Mapping[int, str]
    tried: Sequence[OpenOperation]
    shown: Mapping[int, Shown] = field(default_factory=dict)
    twice: bool = False
    now: str = ""
    arrives_until: str = ""

    @property
    def creates(self) -> bool:
        return self.batch.kind == "create"


class Outcomes(Journal, Twice):
    """The end of the journal's story: each operation of a batch is applied, adopted, refused, held or dropped."""

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
        held: Sequence[OpenOperation] = (),
        held_until: str | None = None,
        made: Mapping[int, str] | None = None,
        tried: Sequence[OpenOperation] = (),
        shown: Mapping[int, Shown] | None = None,
        twice: bool = False,
        now: str = "",
        arrives_until: str = "",
    ) -> list[RecordSetAside]:
        """J2: write down what became of operations of a batch. It closes when none of them is open.

        An applied create keeps no row of its own: its link's base holds the values and names the batch. An adopted one
        gives its link to the record that was there. A dropped operation leaves its record before the planner, and so
        does one whose record was seen to change since. `held` ones may still arrive, or be shown, until `held_until`:
        nothing else is sent for their link and side meanwhile; `made` gives the numbers of records that held creates
        have made. `tried` is the part of `dropped` whose values may have arrived: they are remembered. `shown` gives,
        by operation, what the written side was seen to hold of a dropped one; it goes before the planner. `twice` says
        that the applied updates were sent twice. `now` is the time by the clock of the service (local where it is not
        given), and until `arrives_until` what was sent may arrive.
        """
        outcomes = _Outcomes(
            batch, integration, run, at, request_id, applied, adopted, aside, dropped, held, held_until,
            made or {}, tried, shown or {}, twice, now or at, arrives_until or at,
        )  # fmt: skip

        def write_down() -> list[RecordSetAside]:
            return self._write_down(outcomes)

        return write_down() if self._ballast is None else self._ballast.spend_on(write_down)

    def _write_down(self, outcomes: _Outcomes) -> list[RecordSetAside]:
        batch, integration = outcomes.batch, outcomes.integration
        with self._writing() as c:
            self._check_epoch()
            decided_in = self._one("SELECT run FROM batch WHERE id = ?", (batch.id,))[0]
            for found in outcomes.adopted:
                assert found.link is not None, "a create has made its link"
                c.execute(
                    "DELETE FROM op WHERE batch = ? AND link = ? AND state IN ('INTENT','HOLD')", (batch.id, found.link)
                )
                self._agree(found, found.link, batch.layout, outcomes.run, integration, outcomes.at)
            self._decided(integration, batch.layout, (a.seen for a in outcomes.adopted if not a.more), decided_in)
            self._let_go(integration, batch.layout, outcomes.adopted)
            self._apply(outcomes, decided_in)
            refused = {row.rid for row in outcomes.aside}
            gone = [o for o in batch.operations if (o.rid or o.target_rid) in refused]
            self._decided(integration, batch.layout, (_origin(o, batch.side) for o in gone), decided_in)
            self._drop(outcomes, (*gone, *outcomes.dropped))
            c.executemany(
                "UPDATE op SET state = 'HOLD', hold = ? WHERE id = ?",
                ((outcomes.held_until, o.id) for o in outcomes.held),
            )
            c.executemany(
                "UPDATE link SET di_rid = ? WHERE id = ?",
                ((outcomes.made[o.id], o.link) for o in outcomes.held if o.id in outcomes.made),
            )
            events = self._set_aside(integration, outcomes.aside, outcomes.run, outcomes.at)
            c.execute(
                "UPDATE batch SET request_id = ?, state = iif(EXISTS (SELECT 1 FROM op WHERE batch = ?2 AND state IN"
                " ('INTENT','HOLD')), 'INTENT', 'DONE') WHERE id = ?2",
                (outcomes.request_id, batch.id),
            )
        return events

    # -- what arrived -------------------------------------------------------------------------------------------------

    def _apply(self, outcomes: _Outcomes, decided_in: int) -> None:
        """Move the bases, and take what was decided from before the planner."""
        if not outcomes.applied:
            return
        batch, c = outcomes.batch, self._connection
        contacts = batch.side is Side.DIALOG_INSIGHT
        may_arrive = self._forget_tried((done.operation for done in outcomes.applied), batch.side, outcomes.now)
        for done in outcomes.applied:
            link = done.operation.link
            as_of = seconds(done.as_of) if contacts and done.as_of else None
            if outcomes.creates and contacts:
                c.execute(
                    "UPDATE link SET di_rid = ?1, as_of = ?2, written = ?2 WHERE id = ?3", (done.rid, as_of, link)
                )
            elif outcomes.creates:
                c.execute("UPDATE link SET sf_id = ? WHERE id = ?", (done.rid, link))
            else:
                self._keep_written_over(outcomes, done)
                self._mind_the_other_side(outcomes, done)
                if as_of is not None:
                    c.execute(
                        "UPDATE link SET as_of = max(coalesce(as_of, 0), ?1), written = ?1 WHERE id = ?2", (as_of, link)
                    )
            self._set_base(link, batch.layout, done.base, batch.id)
        if outcomes.creates:
            c.executemany("DELETE FROM op WHERE id = ?", ((a.operation.id,) for a in outcomes.applied))
        else:
            self._close_updates(outcomes)
            if outcomes.twice:
                self._note_twice((a.operation for a in outcomes.applied), outcomes.arrives_until)
        self._released(
            outcomes.integration,
            (
                (rid, batch.side if done.operation.more else None)
                for done in outcomes.applied
                for rid in (done.operation.rid, done.operation.target_rid)
            ),
        )
        whole = [done.operation for done in outcomes.applied if not done.operation.more]
        self._decided(outcomes.integration, batch.layout, (_both(o) for o in whole), decided_in)
        for done in outcomes.applied:
            self._see_written(outcomes, done)
        self._remember_still(may_arrive)

    def _keep_written_over(self, outcomes: _Outcomes, done: Applied) -> None:
        """Keep in conflicts what somebody was seen to write while an operation was held, and what it then went over.

        An operation that may still arrive does not hear of it, and its value is the older one (promise I2).
        """
        operation, batch, layout = done.operation, outcomes.batch, self._layout(outcomes.batch.layout)
        here = batch.side is Side.SALESFORCE
        if operation.held_until is None:
            return
        row = self._connection.execute(
            "SELECT layout, vals FROM seen WHERE integration = ? AND side = ? AND rid = ?",
            (outcomes.integration, CODES[batch.side], operation.rid if here else done.rid),
        ).fetchone()
        if row is None or row[0] != batch.layout:
            return
        seen = dict(zip(layout.sources if here else layout.targets, unpack(row[1]), strict=True))
        pairs = zip(layout.base_sources, layout.targets, done.base.source, done.base.target, strict=False)
        kept: list[Conflict] = []
        for source, target, ours, theirs in pairs:
            name = source if here else target
            if name not in operation.fields or isinstance(ours, Absent) or isinstance(theirs, Absent):
                continue
            held = seen.get(name)
            stands = ours if here else theirs
            if isinstance(held, Refusal) or held in (stands, operation.fields[name], operation.before.get(name)):
                continue
            rule = ConflictPolicy.DIALOG_INSIGHT_WINS if here else ConflictPolicy.SALESFORCE_WINS
            salesforce, dialog_insight = (held, theirs) if here else (ours, held)
            kept.append(Conflict(target, salesforce, dialog_insight, rule, batch.side.other))
        self._note_conflicts(outcomes.run, operation.link, outcomes.integration, kept, outcomes.at)

    def _mind_the_other_side(self, outcomes: _Outcomes, done: Applied) -> None:
        """Put the side that was not written before the planner, if it was written since this was decided.

        An operation may be held for minutes; its base then says of the other side what is not so any more.
        """
        operation, layout, integration = done.operation, outcomes.batch.layout, outcomes.integration
        if outcomes.batch.side is Side.DIALOG_INSIGHT:
            if operation.source is not None:
                self._connection.execute(
                    "UPDATE seen SET pending = 1 WHERE integration = ? AND side = 'SF' AND rid = ? AND layout = ?"
                    " AND pending = 0 AND vals <> ?",
                    (integration, operation.rid, layout, pack(operation.source)),
                )
            return
        row = self._connection.execute(
            "SELECT b.layout, b.di FROM base b JOIN link l ON l.id = b.link WHERE b.link = ?"
            " AND NOT EXISTS (SELECT 1 FROM seen WHERE integration = ? AND side = 'DI' AND rid = l.di_rid)",
            (operation.link, integration),
        ).fetchone()
        if row is None or row[0] != layout:
            return
        held = unpack(row[1])
        if ABSENT not in held and not shows(held, done.base.target, self._layout(layout).unpaired()):
            assert operation.target_rid is not None
            self._keep_found(integration, layout, outcomes.run, operation.target_rid, held)

    def _close_updates(self, outcomes: _Outcomes) -> None:
        """Keep of applied updates the fields before and after, for audit and undo, and carry out what they close."""
        batch, c = outcomes.batch, self._connection
        closing = dict(c.execute("SELECT id, closes FROM op WHERE batch = ? AND closes IS NOT NULL", (batch.id,)))
        waiting = self._any("conflict WHERE state = 'waiting'")
        for done in outcomes.applied:
            operation = done.operation
            self._rekey(operation.link, batch.layout, operation.key, done.base.target)
            if operation.id in closing:
                self._close_choices(operation.link, orjson.loads(closing[operation.id]))
            if waiting and not operation.more:
                self._drop_moot(operation.link, batch.layout, done.base, operation.source, operation.found)
        c.executemany(
            "UPDATE op SET state = 'APPLIED', key = NULL, source = NULL, found = NULL, base_sf = NULL, base_di = NULL,"
            " closes = NULL, hold = NULL WHERE id = ?",
            ((a.operation.id,) for a in outcomes.applied),
        )

    def _see_written(self, outcomes: _Outcomes, done: Applied) -> None:
        """Note what the written side shows now; where nobody looked, it is what was seen with the written fields.

        An observation from before the write must not be left: next to the new base it would look like a person's edit.
        """
        batch, operation, shown = outcomes.batch, done.operation, done.shown
        if batch.side is Side.SALESFORCE:
            rid = done.rid if outcomes.creates else operation.rid
            if shown is not None:
                self._show_record(
                    outcomes.integration, batch.layout, outcomes.run, rid, shown, operation.source,
                    pending=shown.news or operation.more,
                )  # fmt: skip
            elif operation.source is not None:
                self._replace_written(outcomes, "SF", rid, operation.source, self._written_source(batch, done))
            self._forget_if_agreed(outcomes, done)
            return
        if shown is None:
            self._write_into_seen(outcomes, done)
        else:
            self._show_found(
                outcomes.integration, batch.layout, outcomes.run, done.rid, shown, done.base.target, operation.found,
                pending=shown.news or operation.more,
            )  # fmt: skip

    def _forget_if_agreed(self, outcomes: _Outcomes, done: Applied) -> None:
        """Let go of what Dialog Insight was seen to show, if Salesforce holds the same by this write."""
        operation, layout = done.operation, outcomes.batch.layout
        if operation.more or operation.found is None or operation.target_rid is None:
            return
        if shows(operation.found, done.base.target, self._layout(layout).unpaired()):
            self._forget_found(outcomes.integration, layout, operation.target_rid, operation.found)

    def _written_source(self, batch: OpenBatch, done: Applied) -> tuple[Any, ...]:
        assert done.operation.source is not None
        order = self._layout(batch.layout)
        held: dict[str, Any] = dict(zip(order.base_sources, done.base.source, strict=False))
        names, fields = order.sources, done.operation.fields
        return tuple(
            held.get(name, fields[name]) if name in fields else value
            for name, value in zip(names, done.operation.source, strict=True)
        )

    def _write_into_seen(self, outcomes: _Outcomes, done: Applied) -> None:
        """Put the written fields into what Dialog Insight was seen to show, if that was before the write."""
        operation, layout, rid = done.operation, outcomes.batch.layout, done.rid
        known = self._stored(outcomes.integration, pack_list([rid])).get(rid)
        if known is None or known.layout != layout:
            return
        values = unpack(known.values)
        written = self._written_target(outcomes.batch, done, values)
        if values == operation.found:
            self._show_found(
                outcomes.integration, layout, outcomes.run, rid, Shown("", written, news=False), done.base.target,
                values, pending=operation.more,
            )  # fmt: skip
        elif known.as_of <= done.as_of:
            self._replace_written(outcomes, "DI", rid, values, written)

    def _written_target(self, batch: OpenBatch, done: Applied, seen: Sequence[Any]) -> tuple[Any, ...]:
        names, fields = self.targets_of(batch.layout), done.operation.fields
        held: dict[str, Any] = dict(zip(names, done.base.target, strict=False))
        return tuple(
            held.get(name, fields[name]) if name in fields else value for name, value in zip(names, seen, strict=True)
        )

    def _replace_written(
        self, outcomes: _Outcomes, side: str, rid: str, seen: Sequence[Any], values: Sequence[Any]
    ) -> None:
        self._connection.execute(
            "UPDATE seen SET vals = ? WHERE integration = ? AND side = ? AND rid = ? AND layout = ? AND vals = ?",
            (pack(values), outcomes.integration, side, rid, outcomes.batch.layout, pack(seen)),
        )

    # -- what did not arrive ------------------------------------------------------------------------------------------

    def _drop(self, outcomes: _Outcomes, operations: Sequence[OpenOperation]) -> None:
        """Let go of operations; their records are planned again, with what was seen of them."""
        if not operations:
            return
        batch, c = outcomes.batch, self._connection
        c.executemany("DELETE FROM op WHERE id = ?", ((o.id,) for o in operations))
        if not outcomes.creates:
            # What is shown next is told from it: one of the fields may have come, over what somebody was seen to write.
            for operation in outcomes.tried:
                self._keep_taken_back(outcomes, operation)
                until = operation.held_until or outcomes.arrives_until
                self._remember_tried(operation.link, batch.side, operation.fields, until)
        for operation in operations:
            shown = outcomes.shown.get(operation.id)
            if shown is not None:
                self._show_again(outcomes, operation, shown)
        if outcomes.creates:
            missing = "di_rid" if batch.side is Side.DIALOG_INSIGHT else "sf_id"
            c.executemany(
                f"DELETE FROM link WHERE id = ?1 AND {missing} IS NULL"  # noqa: S608
                " AND NOT EXISTS (SELECT 1 FROM base WHERE link = ?1)",
                ((o.link,) for o in operations),
            )

    def _keep_taken_back(self, outcomes: _Outcomes, operation: OpenOperation) -> None:
        """Keep what a field was put back to after a write of ours had come, as the other fields of the record show.

        It looks as if the write had not come, and is written again: nobody would hear of the edit (promise I2).
        """
        shown, batch, before = outcomes.shown.get(operation.id), outcomes.batch, operation.before
        if shown is None or operation.base is None:
            return
        order, here = self._layout(batch.layout), batch.side is Side.SALESFORCE
        held = dict(zip(order.sources if here else order.targets, shown.values, strict=True))
        if not any(held.get(name) == value != before.get(name) for name, value in operation.fields.items()):
            return
        kept: list[Conflict] = []
        rule = ConflictPolicy.DIALOG_INSIGHT_WINS if here else ConflictPolicy.SALESFORCE_WINS
        for source, target, ours, theirs in zip(
            order.base_sources, order.targets, operation.base.source, operation.base.target, strict=False
        ):
            name, wanted = (source, ours) if here else (target, theirs)
            edit, other = held.get(name), theirs if here else ours
            if name not in operation.fields or operation.fields[name] != wanted or edit == wanted:
                continue
            if edit == before.get(name) and not isinstance(edit, Refusal) and not isinstance(other, Absent):
                values = (edit, other) if here else (other, edit)
                kept.append(Conflict(target, *values, rule, batch.side.other))
        self._note_conflicts(outcomes.run, operation.link, outcomes.integration, kept, outcomes.at)

    def _show_again(self, outcomes: _Outcomes, operation: OpenOperation, shown: Shown) -> None:
        integration, batch, run = outcomes.integration, outcomes.batch, outcomes.run
        if batch.side is Side.SALESFORCE and operation.rid:
            self._show_record(integration, batch.layout, run, operation.rid, shown, operation.source, pending=True)
        elif batch.side is Side.DIALOG_INSIGHT and operation.target_rid:
            self._show_found(
                integration, batch.layout, run, operation.target_rid, shown, None, operation.found, pending=True
            )


def _both(operation: OpenOperation) -> Seen:
    return Seen(operation.rid, operation.source, operation.target_rid, operation.found)


def _origin(operation: OpenOperation, side: Side) -> Seen:
    """Give what a refused operation came from: both sides, unless the written one has more to say."""
    if not operation.more:
        return _both(operation)
    if side is Side.DIALOG_INSIGHT:
        return Seen(operation.rid, operation.source)
    return Seen("", None, operation.target_rid, operation.found)
