"""The part of the ledger that keeps the records which could not enter a service and wait for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from disf_desktop.core.events import RecordSetAside
from disf_desktop.core.journal import NewSetAside
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger_found import Found
from disf_desktop.storage.packing import pack_list

_BOTH: tuple[Side, ...] = tuple(Side)


class SetAside(Found):
    """Set-aside records, one for each record and the service that it could not enter."""

    def release_blocked(self, integration: int) -> None:
        """Put the records that wait for their contact before the planner again (promise I13)."""
        with self._writing():
            self._before_planner_again(
                "integration = ?1 AND code = ?2 AND state = 'waiting'",
                (integration, Reason.PARENT_MISSING.value),
                self._next_run() - 1,
            )

    def retry(self, ids: Sequence[int] | None) -> int:
        """Put set-aside records before the planner again: those of `ids`, or all that wait. Give how many.

        Of a field that kept changing, what was written until now counts no more; somebody who has the address of an
        erased person may be made.
        """
        which = "state = 'waiting' AND (?1 OR id IN (SELECT value FROM json_each(?2)))"
        chosen = (ids is None, pack_list(list(ids or ())))
        with self._writing() as c:
            c.execute(
                "INSERT OR REPLACE INTO calmed SELECT l.id, (SELECT max(id) FROM batch) FROM"  # noqa: S608
                f" (SELECT * FROM set_aside WHERE code = ?3 AND {which}) a JOIN integration i ON i.id = a.integration"
                " JOIN link l ON l.target = i.target AND (l.sf_id = a.rid OR l.di_rid = a.target_rid)",
                (*chosen, Reason.FLAPPING.value),
            )
            c.execute(
                f"INSERT OR IGNORE INTO pardoned SELECT integration, rid FROM set_aside WHERE code = ?3 AND {which}",  # noqa: S608
                (*chosen, Reason.ERASED.value),
            )
            return self._before_planner_again(which, chosen, self._next_run())

    def pardoned(self, integration: int, rids: Sequence[str]) -> frozenset[str]:
        """Give those of some Salesforce Ids that a person lets be made although their person was erased."""
        found: Iterable[tuple[str]] = self._connection.execute(
            "SELECT rid FROM pardoned WHERE integration = ? AND rid IN (SELECT value FROM json_each(?))",
            (integration, pack_list(rids)),
        )
        return frozenset(rid for (rid,) in found)

    def dismiss(self, ids: Sequence[int]) -> int:
        """Let set-aside records rest until their source changes; give how many."""
        with self._writing() as c:
            c.execute(
                "UPDATE set_aside SET state = 'dismissed' WHERE state = 'waiting'"
                " AND id IN (SELECT value FROM json_each(?))",
                (pack_list(list(ids)),),
            )
            return c.changes()

    # -- pieces of the transactions of others -------------------------------------------------------------------------

    def _before_planner_again(self, condition: str, bindings: tuple[Any, Any], run: int) -> int:
        """Put the side that each such record came from before the planner; give how many records that are."""
        c = self._connection
        c.execute(
            "UPDATE seen SET pending = 1, run = max(run, ?3) WHERE side = 'SF' AND (integration, rid) IN"  # noqa: S608
            f" (SELECT integration, rid FROM set_aside WHERE side = 'dialog_insight' AND {condition})",
            (*bindings, run),
        )
        done = c.changes()
        back = self._all(
            "SELECT DISTINCT integration, coalesce(target_rid, rid) FROM set_aside"  # noqa: S608
            f" WHERE side = 'salesforce' AND {condition}",
            bindings,
        )
        return done + sum(self._found_before_planner(integration, rid, run) for integration, rid in back)

    def _released(self, integration: int, records: Iterable[tuple[str | None, Side | None]]) -> None:
        """Let go of what was set aside of records, by `(rid, side)`, on every side where that is None."""
        by_side: dict[Side, list[str]] = {side: [] for side in Side}
        for rid, side in records:
            if rid:
                for each in _BOTH if side is None else (side,):
                    by_side[each].append(rid)
        for side, rids in by_side.items():
            if rids:
                self._connection.execute(
                    "DELETE FROM set_aside WHERE integration = ? AND side = ? AND rid IN"
                    " (SELECT value FROM json_each(?))",
                    (integration, side.value, pack_list(rids)),
                )

    def _set_aside(self, integration: int, rows: Sequence[NewSetAside], run: int, at: str) -> list[RecordSetAside]:
        if not rows:
            return []
        name = self._one("SELECT name FROM integration WHERE id = ?", (integration,))[0]
        events = []
        for row in rows:
            number, first_seen, tries = self._one(
                "INSERT INTO set_aside(integration, side, rid, target_rid, field, code, message, what_to_do,"
                " parameters, request_id, first_seen, last_seen, tries, run, state)"
                " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,1,?,'waiting')"
                " ON CONFLICT(integration, side, rid) DO UPDATE SET target_rid = excluded.target_rid,"
                " field = excluded.field, code = excluded.code, message = excluded.message,"
                " what_to_do = excluded.what_to_do, parameters = excluded.parameters,"
                " request_id = excluded.request_id, last_seen = excluded.last_seen, tries = tries + 1,"
                " run = excluded.run, state = 'waiting' RETURNING id, first_seen, tries",
                (
                    integration,
                    row.side.value,
                    row.rid,
                    row.target_rid,
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
