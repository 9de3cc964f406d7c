"""What the parts of the ledger share: the one connection that writes, and the epoch that a run must still hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import apsw

from disf_desktop.core.errors import LedgerIsBusy
from disf_desktop.storage.database import Database, transaction
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.room import Ballast


class Tables:
    """The connection of a ledger, used from the thread that opened it. See `storage.ledger` for what it keeps."""

    def __init__(self, connection: Database, lock: RunLock | None, ballast: Ballast | None) -> None:
        self._connection = connection
        self._lock = lock
        self._ballast = ballast
        self._epoch = 0
        self._layouts: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    @contextmanager
    def _writing(self) -> Iterator[apsw.Connection]:
        with transaction(self._connection):
            yield self._connection

    def _one(self, sql: str, bindings: Sequence[Any] = ()) -> tuple[Any, ...]:
        row: tuple[Any, ...] | None = self._connection.execute(sql, bindings).fetchone()
        assert row is not None, sql
        return row

    def _check_epoch(self) -> None:
        row = self._connection.execute("SELECT v FROM meta WHERE k = 'epoch'").fetchone()
        if row is None or int(row[0]) != self._epoch:
            raise LedgerIsBusy(
                "Another run has taken this ledger over.", "Let the other run end, then start again if needed."
            )
