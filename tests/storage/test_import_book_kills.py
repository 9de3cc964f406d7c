"""A book whose writer is killed at any moment. Each writer is a process of its own, which says what it has done."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from disf_desktop.core.importing.rows import RowState
from disf_desktop.storage.importing.book import ImportBook
from tests.storage.conftest import KEY

ROWS = 4000
KILLS = 24

IMPORTING = """
import sys
from pathlib import Path
from disf_desktop.core.importing.rows import CheckCounts, RowOutcome, RowProblem, RowState, There
from disf_desktop.storage.importing.book import ImportBook
from tests.storage.conftest import KEY

def say(word, rows=()):
    print(word, *rows, flush=True)

def stored(rows):
    return [RowOutcome(row, RowState.CREATED, f"id{row}") for row in rows]

last = int(sys.argv[2])
book = ImportBook.open(Path(sys.argv[1]), KEY)
say("open")
if book.checked is None:
    book.correct(10, {"Email": "new@example.org"})
    say("corrected")
    book.begin_check("settings")
    for first in range(1, last, 200):
        rows = range(first, first + 200)
        book.refuse([(r, ["x" * 90], [RowProblem(r, "Email", "EMail", "email")]) for r in rows if r % 10 == 0])
        book.add_keys((book.key_hash(str(r)), r) for r in rows if r % 10)
        book.put([RowOutcome(r, RowState.UNCHANGED) for r in rows if r % 10 == 7])
    list(book.duplicates())
    book.add_there((row, There(f"id{row}", ("x",))) for row in book.rows_of([book.key_hash("11")]).values())
    book.finish_check(CheckCounts(rows=last))
    say("checked")
for batch in book.open_batches():
    if batch.job:
        hashes = [book.key_hash(f"same{row % 2}") for row in batch.rows]
        book.match_by(batch.number, zip(hashes, batch.rows))
        assert sorted(book.matched(batch.number, hashes)) == sorted(batch.rows)
    book.settle(batch.number, stored(batch.rows))
    say("settled", batch.rows)
for first in range(1, last, 20):
    known = book.states(first, first + 19)
    rows = [row for row in range(first, first + 20) if row not in known]
    if not rows:
        continue
    number = book.intend("upsert", rows, job=f"/jobs/{first}" if first % 3 == 0 else "")
    say("intended", rows)
    again, half = rows[:1], rows[1 : len(rows) // 2]
    say("again", again)
    book.settle(number, stored(half), again=again)
    say("settled", half)
    rest = rows[len(rows) // 2 :]
    if len(rows) == 1:
        rest = []
    book.settle(number, stored(rest))
    say("settled", rest)
    if again:
        number = book.intend("upsert", again)
        book.settle(number, stored(again))
        say("settled", again)
say("finished")
book.close()
"""


class _Told:
    """What writers of a book have said that they had done, before they were killed."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.intended: set[int] = set()
        self.settled: set[int] = set()

    def hear(self, line: str) -> None:
        word, *rows = line.split()
        self.words[word] += 1
        numbers = set(map(int, rows))
        if word == "settled":
            self.settled |= numbers
            self.intended -= numbers
        elif word == "intended":
            self.intended |= numbers
        elif word == "again":
            self.intended -= numbers


def _run(path: Path, told: _Told, seconds: float | None) -> None:
    """Let a writer work for so many seconds, or to its end."""
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORTING, str(path), str(ROWS)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process, process.stdout:
        told.hear(process.stdout.readline())
        if seconds is not None:
            time.sleep(seconds)
            process.kill()
        for line in process.stdout:
            if line.endswith("\n"):
                told.hear(line)


def _look(path: Path, told: _Told) -> None:
    with ImportBook.open(path, KEY) as book:
        states = book.states(0, ROWS + 100)
        assert book.tally() == Counter(states.values())
        assert sorted(row for batch in book.open_batches() for row in batch.rows) == sorted(
            row for row, state in states.items() if state is RowState.SENT
        )
        outcomes = book.outcomes(0, ROWS + 100)
        assert all(outcomes[row].rid == f"id{row}" for row in told.settled)
        assert all(states[row] in (RowState.SENT, RowState.CREATED) for row in told.intended)
        refused = [row for row, state in states.items() if state is RowState.REFUSED]
        assert [each.row for each in book.refused_rows("email", 0, ROWS)] == sorted(refused)
        if told.words["corrected"]:
            assert book.corrections() == {10: {"Email": "new@example.org"}}
        if told.words["checked"]:
            assert book.checked is not None
            assert len(refused) == ROWS // 10
        if told.words["finished"]:
            assert Counter(states.values()) == {
                RowState.REFUSED: ROWS // 10,
                RowState.UNCHANGED: ROWS // 10,
                RowState.CREATED: ROWS * 8 // 10,
            }


def test_a_book_whose_writer_is_killed_at_any_moment_opens_and_is_right(tmp_path: Path) -> None:
    chance = random.Random(20260301)
    books = 0
    path, told = tmp_path / "a-0.sqlite", _Told()
    for _ in range(KILLS):
        _run(path, told, chance.uniform(0, 0.25))
        _look(path, told)
        if told.words["finished"]:
            books += 1
            path, told = tmp_path / f"a-{books}.sqlite", _Told()
    _run(path, told, None)
    assert told.words["finished"]
    _look(path, told)
