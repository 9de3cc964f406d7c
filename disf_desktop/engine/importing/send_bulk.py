"""Sends many rows to Salesforce by Bulk API 2.0.

The path of a job is in the book before its upload, the intent of every row before the job is closed: nothing is stored
before. From then on the job alone says what became of each row, today or after a kill. Its results come in no order
and hold the cells that were sent: a row is known again by its key, its Id, or all of its cells.

What a job cannot carry is left for the Collections that follow.
"""

from __future__ import annotations

from array import array
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from disf_desktop.core.errors import DisfError, ServiceUnavailable, Stopped, UnexpectedAnswer
from disf_desktop.core.importing.events import ImportEvent
from disf_desktop.core.importing.rows import OpenRows, RowOutcome, RowReason, RowState
from disf_desktop.core.records import Failed, JobState, RowResult, Stored
from disf_desktop.core.values import Value
from disf_desktop.engine.apply import RESENDS
from disf_desktop.engine.importing.job import ImportJob
from disf_desktop.engine.importing.send_batches import pause
from disf_desktop.engine.importing.send_feed import Feed, Row
from disf_desktop.engine.importing.send_org import DUPLICATE, by_id, look_up, org_of
from disf_desktop.engine.importing.sending import Accounts, Wanted, key_is_id, kind_of
from disf_desktop.engine.org_writes import LOCKED
from disf_desktop.engine.ports import BulkJob
from disf_desktop.engine.waiting import GRACE_S, ahead, until_done

PASSES: Final = RESENDS + 1
"""How often a run reads the file for rows that jobs gave back; after that the next run does."""

ROWS_AT_ONCE: Final = 2000
"""Rows whose intent is written down at once, and results that are settled at once."""

MOST_ROWS: Final = 250_000
"""Rows of one job, so that what must be known of it has a bound too."""

NULL: Final = "#N/A"
"""How a cell says "make it empty": no job can carry it as a text."""

_OPERATIONS: Final = {"create": "insert", "update": "update", "upsert": "upsert"}
_ID: Final = "Id"
_BETWEEN: Final = "\x1f"


@dataclass(slots=True)
class BulkSender:
    """The bulk jobs of one import. `left_over` counts the rows that were left for Collections."""

    accounts: Accounts
    left_over: int = 0
    _source: Iterator[tuple[list[Wanted], list[ImportEvent]]] = field(default_factory=lambda: iter(()))
    _back: list[Row] = field(default_factory=list)
    _again: int = 0
    _trouble: DisfError | None = None
    _last: bool = False

    # -- what is sent ----------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        return kind_of(self.accounts.job)

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns of an upload."""
        compiled = self.accounts.job.compiled
        if self.kind == "update":
            return (_ID, *(name for name in compiled.names if name not in compiled.key))
        return compiled.names

    @property
    def _told_by(self) -> tuple[str, ...]:
        """Name the columns by which a row is known again in the results."""
        return (_ID,) if self.kind == "update" else self.accounts.job.compiled.key or self.columns

    def _hash(self, cells: Sequence[str]) -> bytes:
        return self.accounts.job.book.key_hash(_BETWEEN.join([_echo(cell) for cell in cells]))

    # -- all of it -------------------------------------------------------------------------------------------------

    def recover(self) -> Iterator[ImportEvent]:
        """Settle the jobs that an earlier run left open."""
        for batch in self.accounts.job.book.open_batches():
            if batch.job:
                yield from self._recover(batch)

    def send(self) -> Iterator[ImportEvent]:
        """Send everything that jobs can carry. What they give back goes in other jobs, a few times."""
        if self.kind == "create" and self.accounts.job.compiled.key and not key_is_unique(self.accounts.job):
            yield from self._look_first()
        for tried in range(PASSES):
            self._source, self._back = self.accounts.pages(), []
            self._again, self._trouble, self.left_over = 0, None, 0
            self._last = tried == PASSES - 1
            while (first := (yield from self._next_rows())) and (yield from self._send_job(first)):
                pass
            if not self._again:
                return
            if not self._last:
                yield from pause(self.accounts, 2.0**tried)
        raise self._trouble or ServiceUnavailable(
            "Salesforce did not come to every row, several times.", "Import the file again: it goes on with the rest."
        )

    def _look_first(self) -> Iterator[ImportEvent]:
        """Refuse the rows whose key has a record by now: nothing in Salesforce itself would."""
        for page, events in self.accounts.pages():
            yield from events
            found = yield from look_up(self.accounts, page)
            there = {row: records[0].rid for row, records in found.items() if records}
            code = RowReason.ALREADY_THERE.value
            yield from self.accounts.put([RowOutcome(row, RowState.REFUSED, rid, code) for row, rid in there.items()])
            yield from self.accounts.progress()

    def _next_rows(self) -> Generator[ImportEvent, None, list[Row]]:
        """Give the next rows for a job, none at the end of the file."""
        rows, self._back = self._back, []
        while len(rows) < ROWS_AT_ONCE and (page := next(self._source, None)) is not None:
            wanted, events = page
            yield from events
            rows += yield from self._carried(wanted)
            yield from self.accounts.progress()
        return rows

    def _carried(self, page: Sequence[Wanted]) -> Generator[ImportEvent, None, list[Row]]:
        """Give those of these rows that a job can carry, and say what becomes of the others."""
        carried: list[Wanted] = []
        settled: list[RowOutcome] = []
        for wanted in page:
            if not (_says_null(wanted.key) or _says_null(wanted.fields)):
                carried.append(wanted)
            elif self.accounts.job.compiled.key:
                self.left_over += 1
            else:
                settled.append(RowOutcome(wanted.row, RowState.REFUSED, "", RowReason.SIGN_FOR_EMPTY.value))
        if self.kind == "update":
            carried, gone = yield from by_id(self.accounts, carried)
            settled += gone
            settled += [RowOutcome(w.row, RowState.UNCHANGED, w.rid or "") for w in carried if not w.fields]
            rows: list[Row] = [(w.row, {_ID: w.rid, **w.fields}) for w in carried if w.fields]
        else:
            rows = [(w.row, {**w.key, **w.fields}) for w in carried]
        yield from self.accounts.put(settled)
        return rows

    # -- one job ---------------------------------------------------------------------------------------------------

    def _send_job(self, first: list[Row]) -> Generator[ImportEvent, None, bool]:
        """Fill a job, let it be worked off, and settle its rows; say whether it makes sense to go on at once."""
        accounts, book = self.accounts, self.accounts.job.book
        accounts.afford()
        job = yield from self._make_job()
        number = book.intend(self.kind, (), job=job.path)
        given = array("Q")
        feed = Feed()
        upload = accounts.workers.submit(job.upload, self.columns, feed)
        try:
            left = yield from self._fill(job, number, first, feed, upload, given)
        except BaseException:
            feed.give_up()
            wait_for((upload,), timeout=GRACE_S)
            raise
        trouble = upload.exception()
        if trouble is not None:
            if not isinstance(trouble, DisfError):
                raise trouble
            # The job was given up with its upload; the rows are read from the file again.
            yield from accounts.settle(number, (), again=given)
            self._gave_back(len(given), trouble)
            return False
        left = feed.left() + left
        assert upload.result() + len(left) == len(given), "a row was sent, or is left"
        if left:
            yield from accounts.settle(number, (), again=[row for row, _ in left])
        self._back = left + self._back
        book.seal(number)
        yield from accounts.call(job.close)
        yield from self._results(job, number)
        return True

    def _make_job(self) -> Generator[ImportEvent, None, BulkJob]:
        org, sobject = org_of(self.accounts), self.accounts.job.schema.name
        external_id = self.accounts.job.compiled.key[0] if self.kind == "upsert" else None
        made = self.accounts.workers.submit(org.ingest, sobject, _OPERATIONS[self.kind], external_id)
        try:
            for _ in until_done(made):
                yield from self.accounts.progress()
        except Stopped:
            # Nobody knows of it yet, so nobody would give it up later.
            wait_for((made,), timeout=GRACE_S)
            if made.done() and made.exception() is None:
                made.result().abort()
                made.result().discard()
            raise
        return made.result()

    def _fill(
        self, job: BulkJob, number: int, first: list[Row], feed: Feed, upload: Future[int], given: array[int]
    ) -> Generator[ImportEvent, None, list[Row]]:
        """Hand rows to an upload until there are no more or it is full, each after its intent; give those that were
        written down and not handed over."""
        accounts, book = self.accounts, self.accounts.job.book
        page = first
        left: list[Row] = []
        while page and not upload.done() and len(given) < MOST_ROWS:
            rows = [row for row, _ in page]
            book.intend(self.kind, rows, job=job.path)
            book.match_by(number, [(self._hash(job.cells(self._told_by, values)), row) for row, values in page])
            given.extend(rows)
            while not feed.put(page):
                yield from accounts.progress()
                if upload.done():
                    left = page
                    break
            page = yield from self._next_rows()
        self._back = page
        feed.end()
        for _ in until_done(upload):
            yield from accounts.progress()
        return left

    def _gave_back(self, rows: int, trouble: DisfError | None) -> None:
        """Note that rows are to be sent again, and why; raises what does not pass by itself."""
        if trouble is not None and not isinstance(trouble, ServiceUnavailable):
            raise trouble
        self._again += rows
        self._trouble = trouble or self._trouble

    # -- results ---------------------------------------------------------------------------------------------------

    def _results(self, job: BulkJob, number: int) -> Iterator[ImportEvent]:
        """Wait until a job has ended, and settle each row by its result."""
        accounts, book = self.accounts, self.accounts.job.book
        trouble = yield from accounts.call(job.ended)
        strange = again = 0
        for page in ahead(accounts.workers, _paged(job.outcomes())):
            if page is None:
                yield from accounts.progress()
                continue
            rows = book.matched(number, [self._hash([_cell(r.row, n) for n in self._told_by]) for r in page])
            outcomes: list[RowOutcome] = []
            back: list[int] = []
            for row, result in zip(rows, page, strict=True):
                if row is None:
                    strange += 1
                elif (outcome := self._outcome(row, result)) is not None:
                    outcomes.append(outcome)
                else:
                    back.append(row)
            yield from accounts.settle(number, outcomes, again=back)
            again += len(back)
            yield from accounts.progress()
        for batch in book.open_batches():
            if batch.number == number:
                if strange or (yield from accounts.call(job.state)) is not JobState.ABORTED:
                    raise UnexpectedAnswer(
                        f"A bulk job does not tell what became of {len(batch.rows)} rows.",
                        "Import the file again: they are asked for anew.",
                    )
                yield from self._never_told(batch)
        yield from accounts.call(job.discard)
        if again:
            self._gave_back(again, trouble)

    def _outcome(self, row: int, result: RowResult) -> RowOutcome | None:
        """Give what became of a row; None where it is to be sent again."""
        if isinstance(result, Stored):
            return RowOutcome(row, RowState.CREATED if result.created else RowState.UPDATED, result.rid)
        if not isinstance(result, Failed) or (result.code in LOCKED and not self._last):
            return None
        failed = RowOutcome(row, RowState.FAILED, "", result.code or "refused", result.message)
        key = self.accounts.job.compiled.key
        if self.kind == "create" and result.code == DUPLICATE and key and key[0] in result.message:
            return replace(failed, code=RowReason.ALREADY_THERE.value)
        return failed

    # -- after a kill ----------------------------------------------------------------------------------------------

    def _recover(self, batch: OpenRows) -> Iterator[ImportEvent]:
        accounts = self.accounts
        job = org_of(accounts).ingest_again(batch.job)
        state = yield from accounts.call(job.state)
        if not batch.sealed and state not in (JobState.WORKING, JobState.ENDED):
            # It was never closed, so nothing of it is stored.
            if state is JobState.OPEN:
                yield from accounts.call(job.abort)
                yield from accounts.call(job.discard)
            yield from accounts.settle(batch.number, (), again=batch.rows)
            return
        if state is JobState.GONE:
            yield from self._never_told(batch)
            return
        if state is JobState.OPEN:
            # Everything is in it; only the word to begin was lost.
            yield from accounts.call(job.close)
        yield from self._results(job, batch.number)

    def _never_told(self, batch: OpenRows) -> Iterator[ImportEvent]:
        """Settle rows of which no result will ever tell: what may be sent twice is, the rest is for a person."""
        if self.kind != "create" or (self.accounts.job.compiled.key and key_is_unique(self.accounts.job)):
            yield from self.accounts.settle(batch.number, (), again=batch.rows)
            self._again += len(batch.rows)
            return
        code = RowReason.OUTCOME_UNKNOWN.value
        outcomes = [RowOutcome(row, RowState.FAILED, "", code) for row in batch.rows]
        yield from self.accounts.settle(batch.number, outcomes)


def key_is_unique(job: ImportJob) -> bool:
    """Say whether Salesforce itself refuses a second record with the key of a row."""
    return key_is_id(job) or all(job.schema.fields[name].unique for name in job.compiled.key)


def _paged(results: Iterator[RowResult]) -> Iterator[list[RowResult]]:
    """Give results by pages; what came before an error is given before it is raised."""
    page: list[RowResult] = []
    trouble: DisfError | None = None
    while trouble is None:
        try:
            page.extend(islice(results, ROWS_AT_ONCE))
        except DisfError as error:
            trouble = error
        if not page:
            break
        yield page
        page = []
    if trouble is not None:
        raise trouble


def _echo(cell: str) -> str:
    """Fold what may become of a cell on its way there and back."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def _cell(row: Mapping[str, str], name: str) -> str:
    cell = row.get(name)
    if cell is None:
        folded = name.casefold()
        cell = next((text for column, text in row.items() if column.casefold() == folded), "")
    return cell


def _says_null(values: Mapping[str, Value]) -> bool:
    held = values.values()
    return NULL in held or (NULL,) in held
