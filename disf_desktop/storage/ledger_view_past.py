"""The part of the ledger's view that shows what a run did: the updates that its journal keeps, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from disf_desktop.core.history import AuditRecord
from disf_desktop.core.operations import ABSENT
from disf_desktop.core.refusals import Refusal
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import RunChange
from disf_desktop.storage.database import Database
from disf_desktop.storage.ledger_layouts import read_layout
from disf_desktop.storage.ledger_tables import SIDES
from disf_desktop.storage.packing import unpack, unpack_map

_CHANGES = (
    "SELECT o.id, i.name, o.side, coalesce(l.sf_id, ''), coalesce(l.di_rid, ''), o.before, o.after, bl.fields, b.sf,"
    " b.di, sl.fields, s.vals, dl.fields, d.vals FROM op o JOIN batch t ON t.id = o.batch"
    " JOIN integration i ON i.id = t.integration JOIN link l ON l.id = o.link"
    " LEFT JOIN base b ON b.link = l.id LEFT JOIN layout bl ON bl.id = b.layout"
    " LEFT JOIN seen s ON s.integration = i.id AND s.side = 'SF' AND s.rid = l.sf_id"
    " LEFT JOIN layout sl ON sl.id = s.layout"
    " LEFT JOIN seen d ON d.integration = i.id AND d.side = 'DI' AND d.rid = l.di_rid"
    " LEFT JOIN layout dl ON dl.id = d.layout"
    " WHERE t.run = ?1 AND o.state = 'APPLIED' AND o.before IS NOT NULL AND o.id > ?2 ORDER BY o.id LIMIT ?3"
)


_ENDED = ("success", "partial", "needs_you")
_TICKED_LOOKED_AT, _AUDITS_LOOKED_AT = 1000, 5000
"""How many runs back it is looked for which triggers were served, and for what a weekly comparison has found."""


class PastView:
    """Reads what runs did."""

    _connection: Database

    def _summaries(self, most: int, word: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
        """Give what the last runs kept, the newest first, of those in which a member of that name may be: the run, when
        it ended, and that."""
        rows = self._connection.execute(
            "SELECT id, ended, summary FROM (SELECT id, ended, summary FROM run ORDER BY id DESC LIMIT ?)"
            " WHERE ended IS NOT NULL AND instr(summary, ?) ORDER BY id DESC",
            (most, f'"{word}"'),
        )
        return ((run, ended, orjson.loads(summary)) for run, ended, summary in rows)

    def _registered(self) -> frozenset[str]:
        return frozenset(name for (name,) in self._connection.execute("SELECT name FROM integration"))

    def _ticked(self) -> dict[str, frozenset[str]]:
        """Give the triggers for which nothing waited after the last run of each integration that came to its end; one
        that was started from now since is among them."""
        names, found, passed = self._registered(), dict[str, frozenset[str]](), dict[str, frozenset[str]]()
        for _, _, told in self._summaries(_TICKED_LOOKED_AT, "integrations"):
            for each in told.get("integrations", ()):
                name, since = each["name"], passed.get(each["name"], frozenset())
                if "ticked" in each:
                    found.setdefault(name, since.union(each["ticked"]))
                elif "from_now" in told and each["status"] in _ENDED:
                    passed[name] = since | {told["from_now"]}
            if names <= found.keys():
                break
        return found

    def _audits(self) -> dict[str, AuditRecord]:
        """Give what comparing everything has found last, by integration."""
        names, found = self._registered(), dict[str, AuditRecord]()
        for run, ended, told in self._summaries(_AUDITS_LOOKED_AT, "audits"):
            for each in told.get("audits", ()):
                figures = (each[what] for what in ("changed", "deleted", "vanished", "doubtful"))
                found.setdefault(each["name"], AuditRecord(run, ended, *figures))
            if names <= found.keys():
                break
        return found

    def run_changes(self, run: int, after: int, limit: int) -> tuple[RunChange, ...]:
        """Give the updates that a run carried out, in their order, from the one after `after`."""
        return tuple(_change(*row) for row in self._connection.execute(_CHANGES, (run, after, limit)))

    def consents_written(self, run: int) -> int:
        """Count the consents that a run wrote to Salesforce."""
        counted = "SELECT count(*) FROM consent_event WHERE run = ? AND action = 'confirmed'"
        return sum(int(count) for (count,) in self._connection.execute(counted, (run,)))


def _change(
    number: int,
    integration: str,
    side: str,
    salesforce_id: str,
    contact_id: str,
    before: str,
    after: str,
    base_layout: str | None,
    base_here: str | None,
    base_there: str | None,
    here_layout: str | None,
    here: str | None,
    there_layout: str | None,
    there: str | None,
) -> RunChange:
    values = named(here, here_layout, "source")
    written = unpack_map(after)
    if SIDES[side] is Side.SALESFORCE:
        now = _base(base_here, base_layout, "source") | values
    else:
        now = _base(base_there, base_layout, "target") | named(there, there_layout, "target")
    moved = frozenset(name for name, value in written.items() if name in now and now[name] != value)
    return RunChange(
        number, integration, SIDES[side], salesforce_id, contact_id, unpack_map(before), written, moved, values
    )


def named(packed: str | None, layout: str | None, of: str) -> dict[str, Any]:
    """Give observed values by field; one that cannot be read is left out."""
    if packed is None or layout is None:
        return {}
    order = read_layout(layout)
    names = order.sources if of == "source" else order.targets
    return {name: v for name, v in zip(names, unpack(packed), strict=False) if not isinstance(v, Refusal)}


def _base(packed: str | None, layout: str | None, of: str) -> dict[str, Any]:
    """Give what both sides agree on, by field of one of them."""
    if packed is None or layout is None:
        return {}
    order = read_layout(layout)
    names = order.base_sources if of == "source" else order.targets
    return {name: v for name, v in zip(names, unpack(packed), strict=False) if v is not ABSENT}
