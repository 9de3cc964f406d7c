"""The part of an import's book that makes a kill harmless: what is sent, before it leaves, and what became of it."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from disf_desktop.core.importing.rows import FINAL, OpenRows, RowOutcome, RowState
from disf_desktop.storage.database import Database, ledger_errors
from disf_desktop.storage.importing.book_writer import BookWriter
from disf_desktop.storage.packing import pack_list

_ROW_NUMBERS: Final = "Q"


class Batches(BookWriter):
    """Batches of rows: their intent, and their outcome."""

    def __init__(self, connection: Database) -> None:
        super().__init__(connection)
        self._given: dict[tuple[int, bytes], int] = {}
        """The last row that was given for a hash that several rows of a batch have."""

    def put(self, outcomes: Iterable[RowOutcome]) -> None:
        """Note what became of rows outside of any batch (unchanged, refused late)."""
        noted = list(outcomes)
        with self._finding() as c:
            before = self._states_of([each.row for each in noted])
            assert RowState.SENT not in before.values(), "a row that was sent is settled with its batch"
            c.executemany(
                "INSERT OR REPLACE INTO outcome(row, state, rid, code, message, field) VALUES (?, ?, ?, ?, ?, ?)",
                [_packed(each) for each in noted],
            )
            self._retell(before, {each.row: each.state for each in noted})

    def intend(self, kind: str, rows: Sequence[int], *, job: str = "") -> int:
        """Write a batch down before its first byte leaves, and give its number.

        With a `job` that is written down already the rows join its batch. A row is in one batch only: another one
        breaks a constraint.
        """
        assert rows or job, "a batch without rows is the beginning of a bulk job"
        with self._writing() as c:
            number = self._begun(kind, job)
            c.execute("UPDATE batch SET open = open + ? WHERE id = ?", (len(rows), number))
            c.execute("INSERT INTO member(batch, members) VALUES (?, ?)", (number, array(_ROW_NUMBERS, rows).tobytes()))
            c.executemany(
                "INSERT INTO outcome(row, state, batch) VALUES (?, ?, ?)",
                [(row, RowState.SENT.value, number) for row in rows],
            )
            self._retell({}, dict.fromkeys(rows, RowState.SENT))
        return number

    def seal(self, batch: int) -> None:
        """Note that a bulk job has all its rows: from here on they may be stored."""
        with self._writing() as c:
            c.execute("UPDATE batch SET sealed = 1 WHERE id = ?", (batch,))

    def match_by(self, batch: int, hashes: Iterable[tuple[bytes, int]]) -> None:
        """Note by which hash the result of each row of a bulk job will be known again."""
        with self._writing() as c:
            c.executemany("INSERT OR IGNORE INTO match VALUES (?, ?, ?)", ((batch, h, row) for h, row in hashes))

    def matched(self, batch: int, hashes: Sequence[bytes]) -> list[int | None]:
        """Give the row of each result, in their order, None for one that is no row's.

        Of rows with the same hash each is given once, ascending. Results read again from the first one, after
        `open_batches`, give the same rows again.
        """
        asked = Counter(hashes)
        found: dict[bytes, list[int]] = {}
        with self._looking_up() as c:
            for hashed, row in c.executemany(
                "SELECT hash, row FROM match WHERE batch = ? AND hash = ? AND row > ? ORDER BY row LIMIT ?",
                [(batch, h, self._given.get((batch, h), -1), n + 1) for h, n in asked.items()],
            ):
                found.setdefault(hashed, []).append(row)
        for hashed, rows in found.items():
            # A row that is alone with its hash is given again where its result comes again.
            if len(rows) > 1 or (batch, hashed) in self._given:
                self._given[batch, hashed] = rows[: asked[hashed]][-1]
        left = {hashed: iter(rows) for hashed, rows in found.items()}
        return [next(left[h], None) if h in left else None for h in hashes]

    def settle(self, batch: int, outcomes: Iterable[RowOutcome], *, again: Sequence[int] = ()) -> None:
        """Write down what became of rows of a batch; those of `again` are still to be sent.

        What is settled already is written over, as results that are read again do. The batch is done when none of its
        rows is open, a bulk job that has none by being settled.
        """
        settled = {each.row: each for each in outcomes}
        with self._writing() as c:
            before = self._members([*settled, *again], batch)
            assert before.keys() >= settled.keys(), "a row is settled by the batch that sent it"
            let_go = [row for row in dict.fromkeys(again) if before.get(row) == RowState.SENT and row not in settled]
            c.executemany("DELETE FROM outcome WHERE row = ?", [(row,) for row in let_go])
            c.executemany(
                "UPDATE outcome SET state = ?2, rid = ?3, code = ?4, message = ?5, field = ?6 WHERE row = ?1",
                [_packed(each) for each in settled.values()],
            )
            self._retell(before, {row: each.state for row, each in settled.items()} | dict.fromkeys(let_go))
            closed = len(let_go) + sum(before[row] == RowState.SENT for row in settled)
            c.execute("UPDATE batch SET open = open - ?1, done = (open = ?1) WHERE id = ?2", (closed, batch))
            done = c.execute("SELECT done FROM batch WHERE id = ?", (batch,)).get
            if done:
                c.execute("DELETE FROM member WHERE batch = ?", (batch,))
                c.execute("DELETE FROM match WHERE batch = ?", (batch,))
        if done:
            self._given = {key: row for key, row in self._given.items() if key[0] != batch}

    def open_batches(self) -> list[OpenRows]:
        """Give the batches whose outcome is not known, in the order in which they were intended."""
        self._given.clear()
        found = self._all("SELECT id, kind, job, sealed FROM batch WHERE done = 0 ORDER BY id")
        return [OpenRows(number, kind, job, self._open_rows(number), bool(s)) for number, kind, job, s in found]

    def _open_rows(self, batch: int) -> tuple[int, ...]:
        rows = array(_ROW_NUMBERS)
        for (members,) in self._all("SELECT members FROM member WHERE batch = ? ORDER BY id", (batch,)):
            rows.frombytes(members)
        with ledger_errors(self._connection):
            states = self._members(rows.tolist(), batch)
        return tuple(row for row in rows if states.get(row) == RowState.SENT)

    def _begun(self, kind: str, job: str) -> int:
        """Give the open batch of a job, or a new one."""
        c = self._connection
        found = c.execute("SELECT id FROM batch WHERE job = ? AND done = 0 AND job <> ''", (job,)).fetchone()
        if found is not None:
            return int(found[0])
        c.execute("INSERT INTO batch(kind, job, open) VALUES (?, ?, 0)", (kind, job))
        return c.last_insert_rowid()

    def _members(self, rows: Sequence[int], batch: int) -> dict[int, int]:
        """Give what is known of those of the rows that this batch has sent."""
        return dict(
            self._connection.execute(
                "SELECT o.row, o.state FROM json_each(?) AS j JOIN outcome AS o ON o.row = j.value WHERE o.batch = ?",
                (pack_list(rows), batch),
            )
        )


def _packed(outcome: RowOutcome) -> tuple[int, int, str | None, str | None, str | None, str | None]:
    assert outcome.state in FINAL, "a row ends as something"
    return (
        outcome.row,
        outcome.state.value,
        outcome.rid or None,
        outcome.code or None,
        outcome.message or None,
        outcome.field or None,
    )
