"""The ledger as the faces read it: a page at a time, read-only, also while a run writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from disf_desktop.core.events import Outstanding
from disf_desktop.core.history import History, RunRecord, SetAsideRecord, StreamRecord
from disf_desktop.core.refusals import Refusal
from disf_desktop.storage.database import Database, ledger_errors, open_reader
from disf_desktop.storage.ledger_schema import MIGRATIONS
from disf_desktop.storage.packing import unpack

_RUNS = "SELECT id, started, ended, status, summary FROM run"


class LedgerView:
    """A read-only look at a ledger. Use it from the thread that opened it, and close it soon."""

    def __init__(self, connection: Database) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def open(cls, path: Path, key: bytes) -> Iterator[LedgerView | None]:
        """Open the ledger for reading; None where there is none yet. Raises `LedgerError`."""
        if not path.exists():
            yield None
            return
        connection = open_reader(path, key, version=len(MIGRATIONS))
        try:
            with ledger_errors(connection):
                yield cls(connection)
        finally:
            connection.close()

    def history(self) -> History:
        """Give what waits for a person, how far each stream is read, and the last run that ended."""
        waiting = {
            name: Outstanding(set_aside=n)
            for name, n in self._connection.execute(
                "SELECT i.name, count(*) FROM set_aside a JOIN integration i ON i.id = a.integration"
                " WHERE a.state = 'waiting' GROUP BY i.name"
            )
        }
        streams = tuple(
            StreamRecord(*row)
            for row in self._connection.execute(
                "SELECT i.name, 'salesforce', s.wm, s.read_at, (SELECT count(*) FROM link l"
                " WHERE l.integration = i.id AND l.target = i.target AND l.di_rid IS NOT NULL) FROM integration i"
                " LEFT JOIN stream s ON s.integration = i.id AND s.side = 'SF' ORDER BY i.id"
            )
        )
        last = self._connection.execute(f"{_RUNS} WHERE ended IS NOT NULL ORDER BY id DESC LIMIT 1").fetchone()
        return History(sum(waiting.values(), Outstanding()), waiting, streams, _run(last) if last else None)

    def runs(self, limit: int) -> tuple[RunRecord, ...]:
        """Give the last runs, the newest first."""
        rows = self._connection.execute(f"{_RUNS} ORDER BY id DESC LIMIT ?", (limit,))
        return tuple(_run(row) for row in rows)

    def set_aside(self, integration: str | None, after: int, limit: int) -> tuple[SetAsideRecord, ...]:
        """Give the records that wait for a person, in order of their number, from the one after `after`."""
        rows = self._connection.execute(
            "SELECT a.id, i.name, a.side, a.rid, a.field, a.code, a.message, a.what_to_do, a.parameters, a.request_id,"
            " a.first_seen, a.last_seen, a.tries, s.vals, l.fields FROM set_aside a JOIN integration i ON"
            " i.id = a.integration LEFT JOIN seen s ON s.integration = a.integration AND s.side = 'SF'"
            " AND s.rid = a.rid"
            " LEFT JOIN layout l ON l.id = s.layout WHERE a.state = 'waiting' AND a.id > ?1"
            " AND (?2 IS NULL OR i.name = ?2) ORDER BY a.id LIMIT ?3",
            (after, integration, limit),
        )
        return tuple(_record(row) for row in rows)


def _record(row: tuple[Any, ...]) -> SetAsideRecord:
    number, integration, side, rid, field, code, message, what_to_do, parameters, request_id, *rest = row
    first_seen, last_seen, tries, packed, layout = rest
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
        _values(packed, layout),
    )


def _run(row: tuple[Any, ...]) -> RunRecord:
    id, started, ended, status, summary = row
    return RunRecord(id, started, ended, status, orjson.loads(summary) if summary else {})


def _values(packed: str | None, layout: str | None) -> Mapping[str, Any]:
    if packed is None or layout is None:
        return {}
    readable = (None if isinstance(value, Refusal) else value for value in unpack(packed))
    return dict(zip(orjson.loads(layout)["source"], readable, strict=True))
