"""The ledger as a run writes it: observations, base, links, journal, set-aside records, conflicts.

One connection, owned by one thread, does every write. Each public method is one transaction (or one read), so a kill
falls between two of them. Work is not queued here: `pending` marks observations that the planner must look at.
The faces read through `storage.ledger_view`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from disf_desktop.core.events import Outstanding
from disf_desktop.core.fuse import LOOKS_BACK
from disf_desktop.core.moments import instant, written
from disf_desktop.core.schema import Side
from disf_desktop.storage.backups import back_up_daily
from disf_desktop.storage.database import close_database, open_database
from disf_desktop.storage.ledger_arrivals import Arrivals
from disf_desktop.storage.ledger_doubt import Doubt
from disf_desktop.storage.ledger_outcomes import Outcomes
from disf_desktop.storage.ledger_past import Past
from disf_desktop.storage.ledger_scan import Scan
from disf_desktop.storage.ledger_schema import MIGRATIONS
from disf_desktop.storage.ledger_upkeep import CHECKED_EVERY, Upkeep
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.room import Ballast


class Ledger(Past, Outcomes, Arrivals, Upkeep, Scan, Doubt):
    """What the machine remembers of one project file, encrypted on disk. Use it from the thread that opened it."""

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

    # -- runs -----------------------------------------------------------------------------------------------------

    def begin_run(self, at: str) -> int:
        """Open a run and raise the epoch: a process that held an older one can commit no more (promise I15)."""
        with self._writing() as c:
            row = c.execute("SELECT v FROM meta WHERE k = 'epoch'").fetchone()
            self._epoch = int(row[0]) + 1 if row else 1
            c.execute("INSERT OR REPLACE INTO meta VALUES('epoch', ?)", (str(self._epoch),))
            c.execute("INSERT INTO run(started) VALUES(?)", (at,))
            run = c.last_insert_rowid()
            since = written(instant(at) - LOOKS_BACK)
            self._a_day_ago = self._one(
                "SELECT coalesce(min(id), (SELECT coalesce(max(id), 0) + 1 FROM batch)) FROM batch"
                " WHERE run >= (SELECT min(id) FROM run WHERE started >= ?)",
                (since,),
            )[0]
        self.note_epoch()
        return run

    def finish_run(self, run: int, at: str, status: str, summary: Mapping[str, Any]) -> None:
        with self._writing() as c:
            c.execute(
                "UPDATE run SET ended = ?, status = ?, summary = ? WHERE id = ?",
                (at, status, orjson.dumps(summary).decode(), run),
            )

    def calls_since(self, at: str) -> dict[str, int]:
        """Add up the calls by service of the runs that began at `at` (ISO 8601 UTC) or later and came to an end."""
        calls = dict.fromkeys((side.value for side in Side), 0)
        for (summary,) in self._connection.execute(
            "SELECT summary FROM run WHERE started >= ? AND summary IS NOT NULL", (at,)
        ):
            for name, number in orjson.loads(summary).get("calls", {}).items():
                calls[name] = calls.get(name, 0) + number
        return calls

    def keep_up(self, now: datetime) -> None:
        """Let go of what is too old, once a day, and look the file through once a week. Raises LedgerIsDamaged."""
        if self._is_time("upkeep", now) and self.let_go(now):
            self.remember("upkeep", written(now), written(now + timedelta(days=1)))
        if self._is_time("integrity", now):
            self.look_through()
            self.remember("integrity", written(now), written(now + CHECKED_EVERY))

    def _is_time(self, what: str, now: datetime) -> bool:
        """Say whether something is due. What was done at a moment that lies ahead was done by a wrong clock."""
        last = self.recall(what, written(now))
        return last is None or last > written(now)

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

    # -- what waits for a person --------------------------------------------------------------------------------------

    def outstanding(self, integration: int) -> Outstanding:
        """Count the set-aside records, the undecided conflicts and the consents that wait for a person."""
        return Outstanding(
            *self._one(
                "SELECT (SELECT count(*) FROM set_aside WHERE integration = ?1 AND state = 'waiting'),"
                " (SELECT count(*) FROM conflict c WHERE integration = ?1 AND state = 'waiting' AND NOT EXISTS"
                "  (SELECT 1 FROM choice h WHERE h.link = c.link AND h.field = c.field)),"
                " (SELECT count(*) FROM consent_review WHERE integration = ?1)",
                (integration,),
            )
        )
