"""What the parts of the ledger share: the one connection that writes, and the epoch that a run must still hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import apsw

from disf_desktop.core.errors import LedgerIsBusy
from disf_desktop.core.schema import Side
from disf_desktop.storage.database import Database, transaction
from disf_desktop.storage.ledger_layouts import Layout, read_layout, write_layout
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.room import Ballast

CODES: Final = {Side.SALESFORCE: "SF", Side.DIALOG_INSIGHT: "DI"}
"""How the columns named `side` say a service."""
SIDES: Final = {code: side for side, code in CODES.items()}


class Tables:
    """The connection of a ledger, used from the thread that opened it. See `storage.ledger` for what it keeps."""

    def __init__(self, connection: Database, lock: RunLock | None, ballast: Ballast | None) -> None:
        self._connection = connection
        self._lock = lock
        self._ballast = ballast
        self._epoch = 0
        self.is_doubted = False
        """Whether it had to be distrusted when it was opened."""
        self._a_day_ago = 0
        """The first batch of the last day, as the run that goes on sees it."""
        self._layouts: dict[int, Layout] = {}
        self._pair_places: dict[int, tuple[int, ...]] = {}
        self._arrival_layouts: dict[int, tuple[int, tuple[str, ...]]] = {}

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of every method that is called inside: the disk is waited for once."""
        try:
            with self._writing():
                yield
        except BaseException:
            # What was made inside is not there any more.
            self._layouts.clear()
            self._pair_places.clear()
            self._arrival_layouts.clear()
            raise

    @contextmanager
    def _writing(self) -> Iterator[apsw.Connection]:
        if self._connection.in_transaction:
            yield self._connection
            return
        with transaction(self._connection):
            yield self._connection

    def _one(self, sql: str, bindings: Sequence[Any] = ()) -> tuple[Any, ...]:
        row: tuple[Any, ...] | None = self._connection.execute(sql, bindings).fetchone()
        assert row is not None, sql
        return row

    def _all(self, sql: str, bindings: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._connection.execute(sql, bindings).fetchall()
        return found

    def _any(self, condition: str, bindings: Sequence[Any] = ()) -> bool:
        return bool(self._one(f"SELECT EXISTS (SELECT 1 FROM {condition})", bindings)[0])  # noqa: S608

    def check_held(self) -> None:
        """Make sure, right before something is sent, that no other run has taken the ledger over (promise I15)."""
        if self._lock is not None:
            self._lock.check()
        self._check_epoch()

    def _check_epoch(self) -> None:
        row = self._connection.execute("SELECT v FROM meta WHERE k = 'epoch'").fetchone()
        if row is None or int(row[0]) != self._epoch:
            raise LedgerIsBusy(
                "Another run has taken this ledger over.", "Let the other run end, then start again if needed."
            )

    # -- layouts ------------------------------------------------------------------------------------------------------

    def layout(self, sources: Sequence[str], targets: Sequence[str], pairs: Sequence[str]) -> int:
        """Give the number of a packing order, making it where it is new. `pairs` names the source of each of the first
        targets."""
        text = write_layout(sources, targets, pairs)
        with self._writing() as c:
            c.execute("INSERT OR IGNORE INTO layout(fields) VALUES(?)", (text,))
            number: int = self._one("SELECT id FROM layout WHERE fields = ?", (text,))[0]
            return number

    def targets_of(self, layout: int) -> tuple[str, ...]:
        """Give the target fields of a packing order."""
        return self._layout(layout).targets

    def pair_places(self, layout: int) -> tuple[int, ...]:
        """Give for each Salesforce value of a base where it stands among the sources of a packing order."""
        found = self._pair_places.get(layout)
        if found is None:
            found = self._pair_places[layout] = self._layout(layout).pair_places()
        return found

    def _layout(self, number: int) -> Layout:
        found = self._layouts.get(number)
        if found is None:
            found = self._layouts[number] = read_layout(
                self._one("SELECT fields FROM layout WHERE id = ?", (number,))[0]
            )
        return found
