"""The ledger as a run writes it: observations, base, links, journal, set-aside records, conflicts.

One connection, owned by one thread, does every write. Each public method is one transaction (or one read), so a kill
falls between two of them. Work is not queued here: `pending` marks observations that the planner must look at.
The faces read through `storage.ledger_view`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from disf_desktop.core.events import Outstanding
from disf_desktop.storage.backups import back_up_daily
from disf_desktop.storage.database import close_database, open_database
from disf_desktop.storage.ledger_journal import Journal
from disf_desktop.storage.ledger_observations import Observations
from disf_desktop.storage.ledger_schema import MIGRATIONS
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.room import Ballast


class Ledger(Observations, Journal):
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
            return c.last_insert_rowid()

    def finish_run(self, run: int, at: str, status: str, summary: Mapping[str, Any]) -> None:
        with self._writing() as c:
            c.execute(
                "UPDATE run SET ended = ?, status = ?, summary = ? WHERE id = ?",
                (at, status, orjson.dumps(summary).decode(), run),
            )

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
        row = self._one("SELECT count(*) FROM set_aside WHERE integration = ? AND state = 'waiting'", (integration,))
        return Outstanding(set_aside=row[0])

    def retry(self, ids: Sequence[int] | None) -> int:
        """Put set-aside records before the planner again: those of `ids`, or all that wait. Give how many."""
        with self._writing() as c:
            wanted = orjson.dumps(list(ids) if ids is not None else []).decode()
            before = c.total_changes()
            c.execute(
                "UPDATE seen SET pending = 1 WHERE side = 'SF' AND (integration, rid) IN (SELECT integration, rid FROM"
                " set_aside WHERE state = 'waiting' AND (?1 OR id IN (SELECT value FROM json_each(?2))))",
                (ids is None, wanted),
            )
            return c.total_changes() - before

    def dismiss(self, ids: Sequence[int]) -> int:
        """Let set-aside records rest until their source changes; give how many."""
        with self._writing() as c:
            before = c.total_changes()
            c.execute(
                "UPDATE set_aside SET state = 'dismissed' WHERE state = 'waiting'"
                " AND id IN (SELECT value FROM json_each(?))",
                (orjson.dumps(list(ids)).decode(),),
            )
            return c.total_changes() - before
