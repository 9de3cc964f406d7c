"""What every part of an import's book writes with: durable transactions, and rows counted by what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import apsw
import orjson

from disf_desktop.core.importing.rows import RowState
from disf_desktop.storage.database import Database, ledger_errors, transaction
from disf_desktop.storage.importing.book_view import BookView
from disf_desktop.storage.packing import pack_list


class BookWriter(BookView):
    """The writer's connection to a book."""

    def __init__(self, connection: Database) -> None:
        super().__init__(connection)
        self._waits_for_the_disk = True

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of every method that is called inside: the disk is waited for once."""
        with self._writing():
            yield

    @contextmanager
    def _writing(self) -> Iterator[apsw.Connection]:
        """Do everything inside or nothing of it; it outlives a power cut."""
        if self._connection.in_transaction:
            yield self._connection
            return
        self._wait_for_the_disk(True)
        with transaction(self._connection):
            yield self._connection

    @contextmanager
    def _finding(self) -> Iterator[apsw.Connection]:
        """Do everything inside or nothing of it; a power cut may take it back, and the check is then done again.

        What follows in `_writing` makes it durable too: the log is one.
        """
        self._wait_for_the_disk(self.checked is not None)
        with transaction(self._connection):
            yield self._connection

    @contextmanager
    def _looking_up(self) -> Iterator[apsw.Connection]:
        """Read many times from one state of the book; each read by itself would take and give back the file's lock."""
        with ledger_errors(self._connection):
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("COMMIT")

    def _wait_for_the_disk(self, wait: bool) -> None:
        if wait is not self._waits_for_the_disk:
            self._connection.pragma("synchronous", "FULL" if wait else "NORMAL")
            self._waits_for_the_disk = wait

    @contextmanager
    def _sorting_keys(self) -> Iterator[None]:
        """Let a sort spill into a file, which has no name and is gone with the process: it holds keyed hashes alone."""
        self._connection.pragma("temp_store", "FILE")
        try:
            yield
        finally:
            self._connection.pragma("temp_store", "MEMORY")

    def _set_meta(self, name: str, value: object) -> None:
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, orjson.dumps(value)))

    def _states_of(self, rows: Sequence[int]) -> dict[int, int]:
        """Give what is known of rows that may lie anywhere in the file."""
        return dict(
            self._connection.execute(
                "SELECT o.row, o.state FROM json_each(?) AS j JOIN outcome AS o ON o.row = j.value", (pack_list(rows),)
            )
        )

    def _retell(self, before: Mapping[int, int], after: Mapping[int, RowState | None]) -> None:
        """Count rows anew whose state is another one now; None for rows that are still to be sent."""
        moved = Counter[int]()
        for row, state in after.items():
            if state is not None:
                moved[state] += 1
            if row in before:
                moved[before[row]] -= 1
        self._connection.executemany(
            "INSERT INTO tally VALUES (?1, ?2) ON CONFLICT DO UPDATE SET rows = rows + ?2",
            [(state, n) for state, n in moved.items() if n],
        )
