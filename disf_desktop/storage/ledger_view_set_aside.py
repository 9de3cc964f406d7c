"""The part of the ledger's view that shows the records which wait for a person, and why they do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from disf_desktop.core.history import SetAsideRecord
from disf_desktop.core.refusals import Refusal
from disf_desktop.core.waiting import AsideCause, AsideWanted
from disf_desktop.storage.database import Database
from disf_desktop.storage.packing import unpack

_RECORDS = (
    "SELECT a.id, i.name, a.side, a.rid, a.field, a.code, a.message, a.what_to_do, a.parameters, a.request_id,"
    " a.first_seen, a.last_seen, a.tries, s.vals, sl.fields, d.vals, dl.fields,"
    " iif(a.side = 'dialog_insight', s.pending, (SELECT pending FROM seen f WHERE f.integration = a.integration"
    " AND f.side = 'DI' AND f.rid = coalesce(a.target_rid, a.rid))) FROM set_aside a"
    " JOIN integration i ON i.id = a.integration"
    " LEFT JOIN seen s ON s.integration = a.integration AND s.side = 'SF' AND s.rid = a.rid"
    " LEFT JOIN layout sl ON sl.id = s.layout"
    " LEFT JOIN seen d ON s.rid IS NULL AND d.integration = a.integration AND d.side = 'DI'"
    " AND d.rid = coalesce(a.target_rid, a.rid) LEFT JOIN layout dl ON dl.id = d.layout"
    " WHERE a.state = 'waiting'"
)


class SetAsideView:
    """Reads the records that wait."""

    _connection: Database

    def set_aside(
        self, integration: str | None, after: int, limit: int, wanted: AsideWanted | None = None
    ) -> tuple[SetAsideRecord, ...]:
        """Give the records that wait for a person, in order of their number, from the one after `after`.

        `wanted` narrows them to a cause, and to those whose id, field, reason or values hold a text.
        """
        w = wanted or AsideWanted()
        rows = self._connection.execute(
            f"{_RECORDS} AND a.id > ?1 AND (?2 IS NULL OR i.name = ?2) AND (?3 IS NULL OR a.side = ?3)"
            " AND (?4 IS NULL OR a.code = ?4) AND (?5 IS NULL OR a.field = ?5) AND (?6 IS NULL OR a.rid LIKE ?6"
            " ESCAPE '\\' OR a.field LIKE ?6 ESCAPE '\\' OR a.message LIKE ?6 ESCAPE '\\' OR"
            " coalesce(s.vals, d.vals, '') LIKE ?6 ESCAPE '\\') ORDER BY a.id LIMIT ?7",
            (after, integration or w.integration, w.side, w.code, w.field, containing(w.text), limit),
        )
        return tuple(_record(row) for row in rows)

    def set_aside_record(self, number: int) -> SetAsideRecord | None:
        """Give the record that waits under this number, if it still does."""
        row = self._connection.execute(f"{_RECORDS} AND a.id = ?", (number,)).fetchone()
        return None if row is None else _record(row)

    def set_aside_causes(self) -> tuple[AsideCause, ...]:
        """Count the records that wait by what keeps them, the most frequent first."""
        rows = self._connection.execute(
            "SELECT i.name, a.side, a.field, a.code, count(*) FROM set_aside a JOIN integration i"
            " ON i.id = a.integration WHERE a.state = 'waiting' GROUP BY i.id, a.side, a.field, a.code"
            " ORDER BY 5 DESC, min(a.id)"
        )
        return tuple(AsideCause(name, side, code, field, count) for name, side, field, code, count in rows)


def containing(text: str) -> str | None:
    """Give the pattern of LIKE for what holds a text; None for everything. Letters of ASCII match in any case."""
    text = text.strip()
    if not text:
        return None
    for special in ("\\", "%", "_"):
        text = text.replace(special, f"\\{special}")
    return f"%{text}%"


def _record(row: tuple[Any, ...]) -> SetAsideRecord:
    number, integration, side, rid, field, code, message, what_to_do, parameters, request_id, *rest = row
    first_seen, last_seen, tries, source, source_layout, found, found_layout, pending = rest
    return SetAsideRecord(
        number,
        integration,
        side,
        rid,
        field,
        code,
        message,
        what_to_do,
        orjson.loads(parameters),
        request_id,
        first_seen,
        last_seen,
        tries,
        _values(source, source_layout, "source") or _values(found, found_layout, "target"),
        bool(pending),
    )


def _values(packed: str | None, layout: str | None, side: str) -> Mapping[str, Any]:
    if packed is None or layout is None:
        return {}
    readable = (None if isinstance(value, Refusal) else value for value in unpack(packed))
    return dict(zip(orjson.loads(layout)[side], readable, strict=True))
