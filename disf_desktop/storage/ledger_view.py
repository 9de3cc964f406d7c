"""The ledger as the faces read it: a page at a time, read-only, also while a run writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from disf_desktop.core.events import Outstanding
from disf_desktop.core.history import Freshness, History, RunRecord, StreamRecord
from disf_desktop.storage.database import Database, ledger_errors, open_reader
from disf_desktop.storage.ledger_schema import MIGRATIONS
from disf_desktop.storage.ledger_view_arrivals import ArrivalsView
from disf_desktop.storage.ledger_view_conflicts import ConflictsView
from disf_desktop.storage.ledger_view_consents import ConsentsView
from disf_desktop.storage.ledger_view_doubt import DoubtView
from disf_desktop.storage.ledger_view_past import PastView
from disf_desktop.storage.ledger_view_people import PeopleView
from disf_desktop.storage.ledger_view_set_aside import SetAsideView

_RUNS = "SELECT id, started, ended, status, summary FROM run"
_RUNS_LOOKED_AT = 1000
"""How many runs back the last one of an integration is looked for."""


class LedgerView(SetAsideView, ConflictsView, ConsentsView, PeopleView, PastView, ArrivalsView, DoubtView):
    """A read-only look at a ledger. Use it from the thread that opened it, and close it soon."""

    def __init__(self, connection: Database) -> None:
        self._connection = connection

    @property
    def is_current(self) -> bool:
        """Whether the ledger has the tables of this version; the next run gives them to an older one."""
        return bool(self._connection.pragma("user_version") == len(MIGRATIONS))

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
        """Give what waits for a person, how far each side is read, and the last run that ended."""
        waiting = self._waiting()
        streams = tuple(
            StreamRecord(*row)
            for row in self._connection.execute(
                "SELECT i.name, d.word, s.wm, s.read_at, (SELECT count(*) FROM link l WHERE l.integration = i.id"
                " AND l.target = i.target AND l.di_rid IS NOT NULL AND l.state = 0) FROM integration i"
                " JOIN (SELECT 'SF' AS side, 'salesforce' AS word UNION ALL SELECT 'DI', 'dialog_insight') d"
                " LEFT JOIN stream s ON s.integration = i.id AND s.side = d.side"
                " WHERE d.side = 'SF' OR s.side IS NOT NULL ORDER BY i.id, d.side DESC"
            )
        )
        return History(
            sum(waiting.values(), Outstanding()),
            waiting,
            streams,
            self._freshness(),
            self._last_runs(),
            self._ticked(),
            self._audits(),
        )

    def _waiting(self) -> dict[str, Outstanding]:
        """Count what waits for a person, by integration; one for which nothing waits is left out."""
        counts = self._connection.execute(
            "SELECT i.name,"
            " (SELECT count(*) FROM set_aside a WHERE a.integration = i.id AND a.state = 'waiting'),"
            " (SELECT count(*) FROM conflict c WHERE c.integration = i.id AND c.state = 'waiting' AND NOT EXISTS"
            "  (SELECT 1 FROM choice h WHERE h.link = c.link AND h.field = c.field)),"
            " (SELECT count(*) FROM consent_review r WHERE r.integration = i.id) FROM integration i"
        )
        told = {name: Outstanding(*rest) for name, *rest in counts}
        return {name: outstanding for name, outstanding in told.items() if outstanding}

    def _freshness(self) -> dict[str, Freshness]:
        looks = self._connection.execute(
            "SELECT i.name, strftime('%Y-%m-%dT%H:%M:%SZ', min(l.checked), 'unixepoch'), count(*) - count(l.checked)"
            " FROM integration i JOIN link l ON l.integration = i.id AND l.target = i.target"
            " WHERE l.state = 0 AND l.di_rid IS NOT NULL GROUP BY i.id"
        )
        return {name: Freshness(oldest, never) for name, oldest, never in looks}

    def _last_runs(self) -> dict[str, str]:
        """Give when the last run of each integration began; a run that was killed before its end does not count."""
        rows = self._connection.execute(
            "SELECT json_extract(e.value, '$.name'), max(r.started) FROM"
            " (SELECT started, summary FROM run ORDER BY id DESC LIMIT ?) r,"
            " json_each(r.summary, '$.integrations') e WHERE json_extract(r.summary, '$.event') = 'run_finished'"
            " GROUP BY 1",
            (_RUNS_LOOKED_AT,),
        )
        return dict(rows)

    def out_of_scope(self) -> dict[str, int]:
        """Count, by integration, the Salesforce records that do not satisfy its filter."""
        return dict(
            self._connection.execute(
                "SELECT i.name, count(*) FROM seen s JOIN integration i ON i.id = s.integration"
                " WHERE s.presence = 2 AND s.side = 'SF' GROUP BY i.id"
            )
        )

    def runs(self, limit: int) -> tuple[RunRecord, ...]:
        """Give the last runs, the newest first."""
        rows = self._connection.execute(f"{_RUNS} ORDER BY id DESC LIMIT ?", (limit,))
        return tuple(_run(row) for row in rows)

    def run(self, number: int) -> RunRecord | None:
        """Give the run of that number, if there was one."""
        row = self._connection.execute(f"{_RUNS} WHERE id = ?", (number,)).fetchone()
        return _run(row) if row else None


def _run(row: tuple[Any, ...]) -> RunRecord:
    id, started, ended, status, summary = row
    return RunRecord(id, started, ended, status, orjson.loads(summary) if summary else {})
