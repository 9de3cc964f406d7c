"""The book of one import: an encrypted SQLite file of its own, for one writer, that a kill at any moment leaves right.

Of the rows that are sent it keeps no cell: a keyed hash of the key, what became of them, and ids. Refused rows are kept
as they are in the file, to be shown and corrected.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Final, Self, TypeVar

import orjson

from disf_desktop.core.errors import LedgerIsDamaged, LedgerIsNewer
from disf_desktop.core.importing.rows import CheckCounts, RowProblem, RowState, There
from disf_desktop.storage.database import close_database, ledger_errors, open_database
from disf_desktop.storage.importing.book_batches import Batches
from disf_desktop.storage.importing.book_corrections import Corrections
from disf_desktop.storage.importing.book_schema import BOOK_ID, MIGRATIONS
from disf_desktop.storage.importing.book_view import BookFacts, damaged, newer, pack_facts, pack_problems
from disf_desktop.storage.packing import pack, pack_list

_PAGE: Final = 10_000
_LONG: Final = 2**16
_FORGOTTEN: Final = ("refused", "problem", "key", "there", "outcome", "tally", "batch", "member", "match")

T = TypeVar("T")


class ImportBook(Batches, Corrections):
    """The book of one import, open for writing. Each method is one transaction, or one read."""

    @classmethod
    def open(cls, path: Path, key: bytes) -> Self:
        """Open a book, made where it is not there, for the owner alone.

        Raises LedgerIsNewer, LedgerIsDamaged, LedgerIsBusy, DiskFull, VaultUnavailable (the key is another one). The
        caller holds the `RunLock`.
        """
        try:
            connection = open_database(path, key, MIGRATIONS, application_id=BOOK_ID)
        except LedgerIsDamaged as error:
            raise damaged(path, error.detail) from error
        except LedgerIsNewer as error:
            raise newer(path) from error
        try:
            with ledger_errors(connection):
                # The file is encrypted, and removed as a whole: zeros would be written for nothing.
                connection.pragma("secure_delete", False)
                connection.pragma("cache_size", -16 * 1024)
            return cls(connection)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        close_database(self._connection)

    def note_facts(self, facts: BookFacts) -> None:
        """Note what the import is made of, or how it ended."""
        with self._writing() as c:
            c.execute("INSERT OR REPLACE INTO meta VALUES ('facts', ?)", (pack_facts(facts),))
        self._names = None

    # -- the check ----------------------------------------------------------------------------------------------------

    def begin_check(self, settings: str) -> None:
        """Forget what an earlier check found, and remember the settings of this one. Corrections stay."""
        with self._writing() as c:
            assert not c.execute("SELECT count(*) FROM batch WHERE done = 0").get, "what was sent is settled first"
            c.execute("DROP INDEX IF EXISTS key_hash")
            c.execute("DELETE FROM meta WHERE k = 'counts'")
            for table in _FORGOTTEN:
                c.execute(f"DELETE FROM {table}")  # noqa: S608
            self._set_meta("settings", settings)

    def refuse(self, rows: Sequence[tuple[int, Sequence[str], Sequence[RowProblem]]]) -> None:
        """Keep rows that are not sent: number, cells as they are in the file, and every problem.

        A row that is refused already gets these problems besides its own.
        """
        with self._finding() as c:
            numbers = [row for row, _, _ in rows]
            before = self._states_of(numbers)
            assert set(before.values()) <= {RowState.REFUSED, RowState.UNCHANGED}, "a row that was sent is settled"
            c.executemany(
                "INSERT INTO refused VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET problems = ?3",
                list(self._with_earlier(rows)),
            )
            c.executemany(
                "INSERT OR IGNORE INTO problem VALUES (?, ?)", [(p.code, row) for row, _, found in rows for p in found]
            )
            c.executemany(
                "INSERT OR REPLACE INTO outcome(row, state, code, field) VALUES (?, ?, ?, ?)",
                [(row, RowState.REFUSED.value, found[0].code, found[0].field or None) for row, _, found in rows],
            )
            self._retell(before, dict.fromkeys(numbers, RowState.REFUSED))

    def _with_earlier(
        self, rows: Sequence[tuple[int, Sequence[str], Sequence[RowProblem]]]
    ) -> Iterator[tuple[int, bytes, bytes]]:
        numbers = pack_list([row for row, _, _ in rows])
        earlier = dict(
            self._connection.execute(
                "SELECT r.row, r.problems FROM json_each(?) AS j JOIN refused AS r ON r.row = j.value", (numbers,)
            )
        )
        for row, cells, problems in rows:
            packed = pack_problems(problems)
            if row in earlier:
                packed = orjson.dumps(orjson.loads(earlier[row]) + orjson.loads(packed))
            yield row, orjson.dumps(cells), packed

    def add_keys(self, keys: Iterable[tuple[bytes, int]]) -> None:
        """Note the key of each row that may be sent."""
        for page in _pages(keys):
            with self._finding() as c:
                c.executemany("INSERT OR REPLACE INTO key(hash, row) VALUES (?, ?)", page)

    def duplicates(self) -> Iterator[Sequence[int]]:
        """Give the rows that share a key, ascending, for each key that comes more than once."""
        with ledger_errors(self._connection), self._sorting_keys():
            for (rows,) in self._connection.execute(
                "SELECT group_concat(row) FROM key GROUP BY hash HAVING count(*) > 1"
            ):
                yield tuple(sorted(map(int, rows.split(",")))) if len(rows) < _LONG else _many(rows)

    def rows_of(self, hashes: Sequence[bytes]) -> dict[bytes, int]:
        """Give the row of each of up to 1,000 keys of the file, the first one where several have it; a key that is not
        in it is left out."""
        self._index_keys()
        found: dict[bytes, int] = {}
        with self._looking_up() as c:
            for hashed, row in c.executemany(
                "SELECT hash, row FROM key WHERE hash = ? ORDER BY row LIMIT 1", [(each,) for each in hashes]
            ):
                found[hashed] = row
        return found

    def add_there(self, records: Iterable[tuple[int, There]]) -> None:
        """Note what the service holds of rows' records. A second record for a row marks it as having several."""
        for page in _pages(records):
            with self._finding() as c:
                c.executemany(
                    "INSERT INTO there VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET"
                    " rid = iif(rid = excluded.rid, rid, NULL), vals = iif(rid = excluded.rid, excluded.vals, NULL)",
                    [(row, there.rid, pack(there.values)) for row, there in page],
                )

    def finish_check(self, counts: CheckCounts) -> None:
        """Note what the check found. Only from here on the book can be imported from."""
        with self._writing():
            self._set_meta("counts", {name: _plain(getattr(counts, name)) for name in CheckCounts.__slots__})


def _plain(value: object) -> object:
    return {str(name): n for name, n in value.items()} if isinstance(value, Mapping) else value


def _many(listed: str) -> Sequence[int]:
    """Give the numbers of a list of millions, ascending, in eight bytes each: a key may be the same in every row."""
    numbers = array("Q")
    begin = 0
    while begin < len(listed):
        end = listed.find(",", begin + _LONG)
        end = len(listed) if end < 0 else end
        numbers.extend(map(int, listed[begin:end].split(",")))
        begin = end + 1
    # The sort by key keeps the order of the rows; it only does not promise it.
    return numbers if all(a < b for a, b in pairwise(numbers)) else array("Q", sorted(numbers))


def _pages(items: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(items)
    while page := list(islice(remaining, _PAGE)):
        yield page
