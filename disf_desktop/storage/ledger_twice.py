"""The part of the ledger that remembers updates whose bytes were sent twice, because the first reply was lost.

The first copy may still arrive for a while. If something newer was sent meanwhile, it would be written over by what was
true before, in a field that nobody looks at because it travels one way only (sync-semantics 4.6, promise I3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from disf_desktop.core.journal import OpenOperation, SentTwice
from disf_desktop.core.operations import ABSENT
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger_conflicts import Conflicts
from disf_desktop.storage.packing import pack, pack_list, pack_map, unpack, unpack_map


class Twice(Conflicts):
    """Updates to Dialog Insight that were sent twice."""

    def sent_twice(self, integration: int, target: int, now: str, latest: str, limit: int) -> list[SentTwice]:
        """Give those whose first copy cannot arrive any more, and after which something newer was sent; forget those
        after which nothing was. One that lies beyond `latest` was noted by a clock that has gone back since."""
        if not self._any("sent_twice"):
            return []
        due = "(until <= ?1 OR until > ?2)"
        with self._writing() as c:
            self._check_epoch()
            c.execute(
                f"DELETE FROM sent_twice WHERE {due} AND NOT EXISTS (SELECT 1 FROM op"  # noqa: S608
                " WHERE op.link = sent_twice.link AND op.side = 'DI' AND op.id > sent_twice.op"
                " AND op.state IN ('INTENT','HOLD','APPLIED'))",
                (now, latest),
            )
        rows = self._all(
            "SELECT t.op, t.link, coalesce(l.sf_id, ''), l.di_rid, t.fields, b.layout, b.di FROM sent_twice t"  # noqa: S608
            f" JOIN link l ON l.id = t.link JOIN base b ON b.link = l.id WHERE {due} AND l.integration = ?3"
            " AND l.target = ?4 AND l.state = 0 AND l.di_rid IS NOT NULL AND NOT EXISTS (SELECT 1 FROM op"
            " WHERE op.link = t.link AND op.side = 'DI' AND op.state IN ('INTENT','HOLD')) ORDER BY t.op LIMIT ?5",
            (now, latest, integration, target, limit),
        )
        return [
            SentTwice(op, link, rid, target_rid, unpack_map(fields), self._held(layout, packed))
            for op, link, rid, target_rid, fields, layout, packed in rows
        ]

    def note_late(
        self,
        integration: int,
        layout: int,
        run: int,
        late: Sequence[tuple[SentTwice, Mapping[str, Value]]],
        done: Iterable[SentTwice],
        at: str,
    ) -> None:
        """Put before the planner what arrived late, `(update, the fields that show its values)`: it is ours, and what
        was agreed on is written again. Those that are `done` are forgotten."""
        with self._writing() as c:
            self._check_epoch()
            for each, shown in late:
                self._remember_tried(each.link, Side.DIALOG_INSIGHT, shown, at)
                self._show_late(integration, layout, run, each, shown)
            c.executemany("DELETE FROM sent_twice WHERE op = ?", ((each.op,) for each in done))

    def _show_late(self, integration: int, layout: int, run: int, each: SentTwice, shown: Mapping[str, Value]) -> None:
        """Put what arrived late into what Dialog Insight was last known to hold, and that before the planner."""
        names = self.targets_of(layout)
        known = self._stored(integration, pack_list([each.target_rid])).get(each.target_rid)
        if known is not None and known.layout == layout:
            held: list[Any] = list(unpack(known.values))
        else:
            known, held = None, [each.agreed.get(name) for name in names]
        values = [shown.get(name, value) for name, value in zip(names, held, strict=True)]
        self._connection.execute(
            "INSERT OR REPLACE INTO seen(integration, side, rid, stamp, layout, vals, pending, run, since)"
            " VALUES(?,'DI',?,?,?,?,1,?,?)",
            (
                integration, each.target_rid, known.as_of if known is not None else "", layout, pack(values), run,
                known.since if known is not None else None,
            ),
        )  # fmt: skip

    # -- pieces of the transactions of others -------------------------------------------------------------------------

    def _note_twice(self, operations: Iterable[OpenOperation], until: str) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO sent_twice(op, link, fields, until) VALUES(?,?,?,?)",
            ((o.id, o.link, pack_map(o.fields), until) for o in operations),
        )

    def _held(self, layout: int, packed: str) -> dict[str, Value]:
        values = zip(self.targets_of(layout), unpack(packed), strict=False)
        return {name: value for name, value in values if value is not ABSENT}
