"""What every way of sending rows shares: the rows that are still to be sent, and the book with the figures of the run.

The file is read again from its beginning; what the book knows of a row says whether it still is to be sent, so an
import that was killed goes on by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Final, TypeVar

from disf_desktop.core.errors import LimitReached
from disf_desktop.core.events import Stage
from disf_desktop.core.importing.consents import CompiledConsents, Said
from disf_desktop.core.importing.events import MOST_TOLD, ImportEvent, RowRefused
from disf_desktop.core.importing.recipe import ImportMode
from disf_desktop.core.importing.rows import (
    WORDS,
    RowOutcome,
    RowProblem,
    RowReason,
    RowState,
    corrected_cells,
)
from disf_desktop.core.importing.rules import PageRead
from disf_desktop.core.moments import written
from disf_desktop.core.schema import FieldType, Side
from disf_desktop.core.values import Value
from disf_desktop.engine.importing.erased import Erased
from disf_desktop.engine.importing.job import ImportJob
from disf_desktop.engine.job import KEPT_FOR_CONSENTS, Tally
from disf_desktop.engine.waiting import until_done

PAGE: Final = 1000
"""Rows that are read, and asked of the book, at once."""

MOST_LOOKUPS: Final = 200
"""Records of Salesforce that are asked for in one call."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that is to be written: its key and fields, and what it says of consents. `rid` names its record in
    Salesforce, where one is to be updated. `erased`: its person was erased since a batch with it was written down."""

    row: int
    key: dict[str, Value]
    fields: dict[str, Value]
    said: tuple[Said, ...] = ()
    rid: str | None = None
    erased: bool = False


def kind_of(job: ImportJob) -> str:
    """Say what is done with a row: `upsert`, `update`, `create`. Without a key, every row makes a record."""
    key = job.compiled.key
    if not key:
        return ImportMode.CREATE.value
    return ImportMode.UPDATE.value if key_is_id(job) else job.recipe.mode.value


def key_is_id(job: ImportJob) -> bool:
    """Say whether rows name their records by the Salesforce Id itself."""
    return job.side is Side.SALESFORCE and any(job.schema.fields[k].type is FieldType.ID for k in job.compiled.key)


@dataclass(slots=True)
class Accounts:
    """The book of an import and the figures of this run, always written together. `done` and `total` count rows."""

    job: ImportJob
    run: int
    workers: Executor
    tally: Tally
    total: int = 0
    done: int = 0
    spent: int = 0
    """Calls to Salesforce of the last 24 hours, but for those that the port counts."""
    told: int = 0
    erased: Erased = field(init=False)

    def __post_init__(self) -> None:
        self.erased = Erased.of(self.job)

    # -- rows ------------------------------------------------------------------------------------------------------

    def pages(self, reopened: Container[int] = ()) -> Iterator[tuple[list[Wanted], list[ImportEvent]]]:
        """Give the rows that are still to be sent, and those of `reopened`, by pages of the file; and what to tell.

        A row that cannot be sent after all is refused here.
        """
        job, book = self.job, self.job.book
        compiled, names, corrections = job.compiled, job.form.names, book.corrections()
        consents = compiled.consents if job.side is Side.SALESFORCE else CompiledConsents()
        rows = iter(job.source.rows())
        while page := list(islice(rows, PAGE)):
            states = book.states(page[0][0], page[-1][0])
            open_ones = [(row, cells) for row, cells in page if row not in states or row in reopened]
            if corrections:
                as_read = [(n, corrected_cells(cells, names, corrections.get(n, {}))) for n, cells in open_ones]
            else:
                as_read = open_ones
            read = compiled.read_page(as_read)
            gone = {} if job.brings_back or not self.erased else self._gone(read)
            read = read.without({row: why for row, why in gone.items() if row not in reopened}) if gone else read
            cells_of = dict(as_read) if consents else {}
            is_again = gone if job.side is Side.DIALOG_INSIGHT else {}
            wanted: list[Wanted] = []
            for row, values in zip(read.rows, read.values(), strict=True):
                key, fields = compiled.record(values)
                said = consents.read(compiled.evened(cells_of[row])) if consents else ()
                wanted.append(Wanted(row, key, fields, said, erased=row in is_again))
            yield wanted, self._refuse(dict(open_ones), read.refused)

    def _gone(self, read: PageRead) -> dict[int, list[RowProblem]]:
        """Give what is wrong with rows of people who were erased; a record that is in Salesforce was not."""
        found = self.erased.among(read.rows, read.columns)
        if found and self.job.side is Side.SALESFORCE:
            there = self.job.book.there(min(found), max(found))
            found = {row: why for row, why in found.items() if row not in there}
        return found

    def _refuse(
        self, cells_of: Mapping[int, Sequence[str]], wrong: Sequence[tuple[int, list[RowProblem]]]
    ) -> list[ImportEvent]:
        if not wrong:
            return []
        self.job.book.refuse([(row, cells_of[row], problems) for row, problems in wrong])
        return [told for _, problems in wrong for told in self._tell(problems[0])]

    # -- outcomes --------------------------------------------------------------------------------------------------

    def settle(self, batch: int, outcomes: Sequence[RowOutcome], *, again: Sequence[int] = ()) -> list[ImportEvent]:
        """Write down what became of rows of a batch, and give the refused ones as events."""
        self.job.book.settle(batch, outcomes, again=again)
        return self._count(outcomes)

    def put(self, outcomes: Sequence[RowOutcome]) -> list[ImportEvent]:
        """Write down what became of rows that are in no batch."""
        if not outcomes:
            return []
        self.job.book.put(outcomes)
        return self._count(outcomes)

    def _count(self, outcomes: Sequence[RowOutcome]) -> list[ImportEvent]:
        created = updated = 0
        events: list[ImportEvent] = []
        for outcome in outcomes:
            created += outcome.state is RowState.CREATED
            updated += outcome.state is RowState.UPDATED
            self.tally.unchanged += outcome.state is RowState.UNCHANGED
            if outcome.state in (RowState.FAILED, RowState.REFUSED) or outcome.code:
                known = outcome.code in WORDS
                code = outcome.code if known else RowReason.SERVICE.value
                words = ": ".join(part for part in ("" if known else outcome.code, outcome.message) if part)
                events += self._tell(RowProblem(outcome.row, "", outcome.field, code), words)
        self.tally.count(self.job.side, created=created, updated=updated)
        self.done += len(outcomes)
        return events

    def _tell(self, problem: RowProblem, words: str = "") -> list[ImportEvent]:
        self.told += 1
        return [RowRefused(problem, words)] if self.told <= MOST_TOLD else []

    def progress(self, *, last: bool = False) -> Iterator[ImportEvent]:
        """Tell how far it is, when it is time to; `last` ends it and is always told."""
        total = self.done if last else max(self.total, self.done)
        told = self.tally.progress(self.job.recipe.name, Stage.APPLY, self.job.side, self.done, total, last=last)
        if told is not None:
            yield told

    # -- asking ----------------------------------------------------------------------------------------------------

    def call(self, ask: Callable[[], T]) -> Generator[ImportEvent, None, T]:
        """Ask something of the service in a worker, and give the answer."""
        future = self.workers.submit(ask)
        for _ in until_done(future):
            yield from self.progress()
        return future.result()

    def afford(self) -> None:
        """Raise LimitReached where our own allowance of the day is used up; the last of it is kept for consents."""
        job = self.job
        most = job.calls_per_day
        if most is None or job.side is not Side.SALESFORCE:
            return
        used = self.spent + job.service.calls
        if used + KEPT_FOR_CONSENTS >= most:
            raise LimitReached(
                f"{used} of the {most} calls a day that this program may make to Salesforce are used; "
                f"{KEPT_FOR_CONSENTS} are kept for consents.",
                "Import the file again tomorrow: it goes on. Or raise calls_per_day in the connection.",
                where=job.recipe.place,
            )


def spent(job: ImportJob) -> int:
    """Give the calls that finished runs of the last 24 hours have made to Salesforce."""
    if job.calls_per_day is None or job.ledger is None:
        return 0
    return job.ledger.calls_since(written(job.clock.now() - timedelta(days=1))).get(Side.SALESFORCE.value, 0)


def holds(held: Value, wanted: Value) -> bool:
    """Say whether a service that trims, cuts and folds texts holds what was sent to it."""
    if isinstance(held, str) or isinstance(wanted, str):
        shown, sent = str(held or "").strip().casefold(), str(wanted or "").strip().casefold()
        return shown == sent or (shown != "" and sent.startswith(shown))
    return held == wanted or (not held and not wanted)
