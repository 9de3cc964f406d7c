"""The part of an import's book in which a person corrects rows that were refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import orjson

from disf_desktop.core.importing.rows import RowProblem, RowReason, RowState, names_for
from disf_desktop.storage.database import ledger_errors
from disf_desktop.storage.importing.book_view import pack_problems, unpack_problems
from disf_desktop.storage.importing.book_writer import BookWriter

_RETOLD_TWINS: Final = 1000
"""Of so many rows with one key each is told anew who the others are when one of them goes; of more, none is."""


class Corrections(BookWriter):
    """Texts that a person puts in place of cells, and what they make of a refused row."""

    def correct(self, row: int, texts: Mapping[str, str]) -> None:
        """Put texts in place of cells of a row, by column; a text that is what the file says takes a correction back.

        The row stays refused until it was checked again: `clear_refusal`, `still_refused`.
        """
        with self._writing() as c:
            earlier = c.execute("SELECT texts FROM correction WHERE row = ?", (row,)).get
            merged: dict[str, str] = (orjson.loads(earlier) if earlier else {}) | dict(texts)
            cells = c.execute("SELECT cells FROM refused WHERE row = ?", (row,)).get
            if cells is not None:
                listed = orjson.loads(cells)
                as_read = dict(zip(names_for(self._column_names(), len(listed)), listed, strict=False))
                merged = {column: text for column, text in merged.items() if as_read.get(column) != text}
            if merged:
                c.execute("INSERT OR REPLACE INTO correction VALUES (?, ?)", (row, orjson.dumps(merged)))
            else:
                c.execute("DELETE FROM correction WHERE row = ?", (row,))

    def clear_refusal(self, row: int, key: bytes | None = None) -> list[int]:
        """Let a row be sent that is right by now, under its key as corrected.

        Gives the rows that were refused only because this one had the same key, and may be sent by now too.
        """
        self._index_keys()
        with self._writing():
            freed = self._rekey(row, key)
            self._let_go(row)
        return freed

    def still_refused(self, row: int, problems: Sequence[RowProblem], key: bytes | None = None) -> list[int]:
        """Keep a row refused, for what is wrong with it as corrected; gives the rows that are freed by its new key.

        Its new key is not noted while it is refused: the row that may be sent under that key is another one.
        """
        assert problems, "a row is refused for a reason"
        self._index_keys()
        with self._writing() as c:
            noted = c.execute("SELECT hash FROM key WHERE row = ?", (row,)).get
            freed = [] if noted == key else self._rekey(row, None)
            self._keep(row, problems)
        return freed

    def rows_sharing(self, key: bytes, limit: int = 100) -> list[int]:
        """Give the first rows of the file that have a key."""
        self._index_keys()
        found = self._all("SELECT row FROM key WHERE hash = ? ORDER BY row LIMIT ?", (key, limit))
        return [row for (row,) in found]

    def _index_keys(self) -> None:
        """Make the index by which rows are found by their keys, where it is not there yet."""
        with ledger_errors(self._connection):
            there = self._connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'key_hash'").get
        if not there:
            with self._sorting_keys(), self._writing() as c:
                c.execute("CREATE INDEX key_hash ON key(hash)")

    # -- inside a transaction -----------------------------------------------------------------------------------------

    def _rekey(self, row: int, key: bytes | None) -> list[int]:
        c = self._connection
        former = c.execute("SELECT hash FROM key WHERE row = ?", (row,)).get
        if former == key:
            return []
        c.execute("DELETE FROM key WHERE row = ?", (row,))
        if key is not None:
            c.execute("INSERT INTO key(hash, row) VALUES (?, ?)", (key, row))
        if former is None:
            return []
        found = c.execute("SELECT row FROM key WHERE hash = ? ORDER BY row LIMIT ?", (former, _RETOLD_TWINS + 1))
        twins = [twin for (twin,) in found]
        return [] if len(twins) > _RETOLD_TWINS else self._tell_twins(twins)

    def _tell_twins(self, twins: Sequence[int]) -> list[int]:
        """Tell rows with the same key who the others are; a row that is alone with it has this problem no more."""
        freed: list[int] = []
        for place, twin in enumerate(twins):
            packed = self._connection.execute("SELECT problems FROM refused WHERE row = ?", (twin,)).get
            if packed is None:
                continue
            problems: list[RowProblem] = []
            for each in unpack_problems(twin, packed):
                if each.code != RowReason.DUPLICATE_KEY:
                    problems.append(each)
                elif len(twins) > 1:
                    figures = (("row", twins[1] if place == 0 else twins[0]), ("count", len(twins)))
                    problems.append(RowProblem(twin, each.column, each.field, each.code, figures))
            if problems:
                self._keep(twin, problems)
            else:
                self._let_go(twin)
                freed.append(twin)
        return freed

    def _keep(self, row: int, problems: Sequence[RowProblem]) -> None:
        c = self._connection
        c.execute("UPDATE refused SET problems = ? WHERE row = ?", (pack_problems(problems), row))
        assert c.changes(), "a row that is refused still was refused before"
        c.execute("DELETE FROM problem WHERE row = ?", (row,))
        c.executemany("INSERT OR IGNORE INTO problem VALUES (?, ?)", [(p.code, row) for p in problems])
        first = problems[0]
        c.execute("UPDATE outcome SET code = ?, field = ? WHERE row = ?", (first.code, first.field or None, row))

    def _let_go(self, row: int) -> None:
        c = self._connection
        before = self._states_of([row])
        assert set(before.values()) <= {RowState.REFUSED, RowState.FAILED}, "a row that was stored is not sent again"
        c.execute("DELETE FROM refused WHERE row = ?", (row,))
        c.execute("DELETE FROM problem WHERE row = ?", (row,))
        c.execute("DELETE FROM outcome WHERE row = ?", (row,))
        self._retell(before, {row: None})
