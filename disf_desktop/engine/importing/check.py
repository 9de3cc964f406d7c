"""The check of a file before anything is sent: what is wrong with its rows, and what each of them would do.

1. Every row is read: width, then cell by cell. A wrong one goes into the book with its cells and every problem; of the
   others the key is noted.
2. Rows that share a key are refused, all of them, each told of another one.
   Rows of people who were erased are refused before (`engine.importing.erased`).
3. Salesforce is looked at: rows are new, changed or unchanged, or refused for what is there or is not
   (`engine.importing.look`). Dialog Insight is not asked: what the ledger knows is told, the rest is decided when sent.

The file is read a second time for 2 and 3, and not at all where neither needs it. Memory does not grow with the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from disf_desktop.core.events import Notice, Progress, Stage
from disf_desktop.core.importing.consents import ANSWERS, ConsentStep
from disf_desktop.core.importing.events import MOST_TOLD, ImportChecked, ImportEvent, RowRefused
from disf_desktop.core.importing.recipe import ImportMode
from disf_desktop.core.importing.rows import (
    CheckCounts,
    RowOutcome,
    RowProblem,
    RowReason,
    RowState,
    There,
    corrected_cells,
)
from disf_desktop.core.importing.rules import PageRead
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.engine.importing.erased import Erased
from disf_desktop.engine.importing.job import ImportJob
from disf_desktop.engine.importing.look import Look
from disf_desktop.engine.importing.twins import Twins
from disf_desktop.engine.job import Tally

ROWS_A_PAGE: Final = 2000
"""Of a second look at the file: ten calls of 200 keys."""
ROWS_AT_ONCE: Final = 256
"""Of the first: so few that they stay in the processor's cache, and are gone before garbage is looked for."""
KEYS_A_TRANSACTION: Final = 8192
REFUSED_A_TRANSACTION: Final = 1000

_Row = tuple[int, list[str]]
_Refused = tuple[int, list[RowProblem]]
_WRITES: Final = frozenset({ConsentStep.WRITE, ConsentStep.ALONE})


def check(job: ImportJob) -> Generator[ImportEvent, None, CheckCounts]:
    """Check every row of a file, and give what was found; nothing is sent.

    Raises what reading the file raises, and what the service raises where it cannot be asked; the book then holds no
    finished check.
    """
    return (yield from _Check(job).run())


class _Check:
    """A check under way, and its figures."""

    def __init__(self, job: ImportJob) -> None:
        self._job, self._book, self._compiled = job, job.book, job.compiled
        self._corrections = job.book.corrections()
        self._tally = Tally(job.clock, lambda: job.service.calls)
        self._calls_before = job.calls_before.get(job.side, job.service.calls)
        self._looks = job.side is Side.SALESFORCE and bool(job.compiled.key)
        self._target = None
        if job.side is Side.DIALOG_INSIGHT and job.ledger is not None:
            self._target = job.ledger.target_number(job.target_name)
        self._erased = Erased.of(job)
        self._told = self._back = 0
        self._to_refuse: list[tuple[int, Sequence[str], list[RowProblem]]] = []
        self._rows = 0
        self._found: Counter[str] = Counter()
        self._problems: Counter[str] = Counter()
        self._consents: Counter[str] = Counter()

    def run(self) -> Generator[ImportEvent, None, CheckCounts]:
        job, figures = self._job, self._compiled.figures
        self._book.begin_check(job.settings)
        figures.clear()
        yield from _consent_notices(job)
        yield from self._read()
        cut, ambiguous = figures.cut, figures.ambiguous
        twins = Twins(self._book)
        if self._looks:
            yield from self._look(twins)
        elif twins:
            yield from self._refuse_twins(twins)
        counts = CheckCounts(
            rows=self._rows,
            new=self._found["new"],
            changed=self._found["changed"],
            unchanged=self._found["unchanged"],
            decided=self._found["decided"],
            refused=self._found["refused"],
            problems=dict(self._problems),
            cut=cut,
            ambiguous=ambiguous,
            consents=dict(+self._consents),
            back=self._back,
            changed_known=job.side is Side.SALESFORCE,
        )
        self._book.finish_check(counts)
        calls = dict.fromkeys(Side, 0) | {job.side: job.service.calls - self._calls_before}
        yield ImportChecked(job.id, counts, job.not_imported, calls)
        return counts

    # -- 1. every row ------------------------------------------------------------------------------------------------

    def _read(self) -> Iterator[ImportEvent]:
        compiled = self._compiled
        key_hash = self._book.key_hash
        hashes: list[bytes] = []
        rows_of_hashes: list[int] = []
        for page in self._pages(ROWS_AT_ONCE):
            rows = self._as_corrected(page)
            read = compiled.read_page(rows)
            if self._erased and not self._looks and (gone := self._gone(read.rows, read.columns)):
                read = read.without(gone)
            keys = compiled.folded_keys(read.columns) if compiled.key and read.rows else []
            hashes += map(key_hash, keys)
            rows_of_hashes += read.rows if keys else ()
            if len(hashes) >= KEYS_A_TRANSACTION:
                self._book.add_keys(zip(hashes, rows_of_hashes, strict=True))
                hashes, rows_of_hashes = [], []
            self._rows += len(page)
            if not self._looks:
                self._count_unseen(rows, read, keys)
            yield from self._refuse(page, read.refused)
            yield from self._progress(Stage.READ, self._rows, self._estimated())
        if hashes:
            self._book.add_keys(zip(hashes, rows_of_hashes, strict=True))
        yield from self._refuse_now()
        yield from self._progress(Stage.READ, self._rows, self._rows, last=True)

    def _gone(self, rows: Sequence[int], columns: Sequence[Sequence[Value]]) -> Mapping[int, list[RowProblem]]:
        """Give what is wrong with rows of erased people; nothing is, where somebody has asked that they come back."""
        found = self._erased.among(rows, columns)
        if self._job.brings_back:
            self._back += len(found)
            return {}
        return found

    def _pages(self, size: int = ROWS_A_PAGE) -> Iterator[list[_Row]]:
        rows = self._job.source.rows()
        while page := list(islice(rows, size)):
            yield page

    def _as_corrected(self, page: Sequence[_Row]) -> Sequence[_Row]:
        if not self._corrections:
            return page
        names, texts = self._job.form.names, self._corrections
        return [(row, corrected_cells(cells, names, texts[row]) if row in texts else cells) for row, cells in page]

    def _estimated(self) -> int | None:
        """Estimate the rows of the file by what of it was read so far."""
        size, position = self._job.source.size, self._job.source.position
        return max(self._rows, self._rows * size // position) if size and position else None

    def _count_unseen(self, rows: Sequence[_Row], read: PageRead, keys: Sequence[str], sign: int = 1) -> None:
        """Count rows of which the service is not asked, or take them out again: new where every row makes a record,
        else as the ledger knows their records, else decided when sent."""
        if self._job.side is Side.SALESFORCE:
            self._found["new"] += sign * len(read.rows)
        elif self._target is None or self._job.ledger is None:
            self._found["decided"] += sign * len(read.rows)
        else:
            known = self._job.ledger.known_of(self._target, keys)
            for key, values in zip(keys, read.values(), strict=True):
                self._found[self._by_ledger(values, known.get(key))] += sign
        if self._compiled.consents:
            cells_of = dict(rows)
            for row in read.rows:
                self._count_consents(cells_of[row], sign)

    def _by_ledger(self, values: Sequence[Value], held: Mapping[str, Value] | None) -> str:
        if held is None or self._job.recipe.mode is ImportMode.CREATE:
            return "decided"
        differs = self._compiled.differs(values, held)
        return "decided" if differs is None else "changed" if differs else "unchanged"

    def _count_consents(self, cells: Sequence[str], sign: int = 1) -> None:
        consents = self._compiled.consents
        for name, said in zip(consents.names, consents.read(self._compiled.evened(cells)), strict=True):
            self._consents[f"{name} {ANSWERS[said.state]}"] += sign

    # -- 2. rows that share a key ------------------------------------------------------------------------------------

    def _refuse_twins(self, twins: Twins) -> Iterator[ImportEvent]:
        """Refuse rows that share a key, where nothing else asks for a second look at the file."""
        done = 0
        for page in self._pages():
            page_of_twins, refused = self._twins_of(page, twins)
            if refused and (self._target is not None or self._compiled.consents):
                rows = self._as_corrected(page_of_twins)
                read = self._compiled.read_page(rows)
                self._count_unseen(rows, read, self._compiled.folded_keys(read.columns), -1)
            else:
                self._found["decided"] -= len(refused)
            done += len(page)
            yield from self._refuse(page, refused)
            yield from self._progress(Stage.PLAN, done, self._rows)
            if page[-1][0] >= twins.last:
                break
        yield from self._refuse_now()
        yield from self._progress(Stage.PLAN, self._rows, self._rows, last=True)

    def _twins_of(self, page: Sequence[_Row], twins: Twins) -> tuple[list[_Row], list[_Refused]]:
        """Give the rows of a page that share their key with others, and why each is refused."""
        found, refused = [], []
        for row, cells in page if twins else ():
            twin = twins.of(row)
            if twin is not None:
                found.append((row, cells))
                refused.append((row, [self._twin_problem(row, *twin)]))
        return found, refused

    def _twin_problem(self, row: int, other: int, count: int) -> RowProblem:
        figures = (("row", other), ("count", count))
        return RowProblem(row, self._key_column, " + ".join(self._compiled.key), RowReason.DUPLICATE_KEY, figures)

    @property
    def _key_column(self) -> str:
        """Name the column that fills the key; none where it has several fields."""
        key, names = self._compiled.key, self._compiled.names
        return self._job.recipe.columns[names.index(key[0])].column if len(key) == 1 else ""

    # -- 3. what is there --------------------------------------------------------------------------------------------

    def _look(self, twins: Twins) -> Iterator[ImportEvent]:
        """Look at every row again, beside what Salesforce holds."""
        assert self._job.org is not None, "Salesforce receives the rows"
        look = Look(self._job.org, self._compiled, self._book)
        alive = self._rows - self._found["refused"] - twins.rows
        for done, about in look.begin(alive) if alive else ():
            yield from self._progress(Stage.READ, done, about)
        done = 0
        for page in self._pages():
            _, refused = self._twins_of(page, twins)
            among = {row for row, _ in refused}
            rows = self._as_corrected([each for each in page if each[0] not in among] if among else page)
            read = self._compiled.read_page(rows)
            fine = dict(zip(read.rows, read.values(), strict=True))
            refused += self._judge(fine, dict(rows) if self._compiled.consents else {}, look)
            done += len(page)
            yield from self._refuse(page, refused)
            yield from self._progress(Stage.PLAN, done, self._rows)
        yield from self._refuse_now()
        yield from self._progress(Stage.PLAN, self._rows, self._rows, last=True)

    def _judge(
        self, fine: Mapping[int, Sequence[Value]], cells_of: Mapping[int, Sequence[str]], look: Look
    ) -> list[_Refused]:
        """Write down what rows find in Salesforce, and give those that are refused for it."""
        there = look.at(fine)
        new = [row for row in fine if row not in there] if self._erased else []
        gone = self._gone(new, list(zip(*(fine[row] for row in new), strict=True))) if new else {}
        refused: list[_Refused] = []
        unchanged: list[RowOutcome] = []
        held: list[tuple[int, There]] = []
        for row, values in fine.items():
            if problems := gone.get(row) or self._refused_by_org(row, values, there):
                refused.append((row, problems))
                continue
            record = there.get(row)
            steps = self._count_steps(cells_of[row], record) if cells_of else ()
            if record is None:
                self._found["new"] += 1
            elif not _WRITES.intersection(steps) and self._compiled.same(values, record.values):
                self._found["unchanged"] += 1
                code = RowReason.CONSENT_UNPROVEN if ConsentStep.UNPROVEN in steps else ""
                unchanged.append(RowOutcome(row, RowState.UNCHANGED, record.rid, code))
            else:
                self._found["changed"] += 1
                held.append((row, record))
        if unchanged:
            self._book.put(unchanged)
        if held and not look.whole:
            self._book.add_there(held)
        return refused

    def _refused_by_org(
        self, row: int, values: Sequence[Value], there: Mapping[int, There | None]
    ) -> list[RowProblem] | None:
        """Give why a row cannot do what it should, given what Salesforce holds."""
        mode, name = self._job.recipe.mode, self._compiled.key[0]
        if row not in there:
            if mode is not ImportMode.UPDATE:
                return self._compiled.missing_in_new(values, row)
            reason = RowReason.NOT_THERE
        elif mode is ImportMode.CREATE:
            reason = RowReason.ALREADY_THERE
        elif there[row] is None:
            reason = RowReason.SEVERAL_THERE
        else:
            return None
        return [RowProblem(row, self._key_column, name, reason)]

    def _count_steps(self, cells: Sequence[str], record: There | None) -> Sequence[ConsentStep]:
        """Count what a row says of consents, and give what may be written of it."""
        consents = self._compiled.consents
        if not consents:
            return ()
        steps = []
        first = len(self._compiled.names)
        for n, said in enumerate(consents.read(self._compiled.evened(cells))):
            one = consents.each[n]
            step = one.step(said, record.values[first + n] if record is not None else None, new=record is None)
            steps.append(step)
            self._consents[f"{one.name} {ANSWERS[said.state]}"] += 1
            if step is ConsentStep.UNPROVEN:
                self._consents[f"{one.name} unproven"] += 1
        return steps

    # -- what is told ------------------------------------------------------------------------------------------------

    def _refuse(self, page: Sequence[_Row], refused: Sequence[_Refused]) -> Iterator[ImportEvent]:
        """Keep the rows of a page that are refused, as they are in the file, when enough of them are together."""
        if not refused:
            return
        cells_of = dict(page)
        self._to_refuse += [(row, cells_of[row], problems) for row, problems in refused]
        if len(self._to_refuse) >= REFUSED_A_TRANSACTION:
            yield from self._refuse_now()

    def _refuse_now(self) -> Iterator[ImportEvent]:
        refused, self._to_refuse = self._to_refuse, []
        if not refused:
            return
        self._book.refuse(refused)
        self._found["refused"] += len(refused)
        for _, _, problems in refused:
            self._problems[str(problems[0].code)] += 1
            if self._told < MOST_TOLD:
                self._told += 1
                yield RowRefused(problems[0])

    def _progress(self, stage: Stage, done: int, total: int | None, *, last: bool = False) -> Iterator[Progress]:
        told = self._tally.progress(self._job.recipe.name, stage, self._job.side, done, total, last=last)
        if told:
            yield told


def _consent_notices(job: ImportJob) -> Iterator[Notice]:
    """Tell what becomes of consents toward Dialog Insight, and what its dated import will miss."""
    consents = job.compiled.consents
    if not consents or job.side is not Side.DIALOG_INSIGHT:
        return
    name = job.recipe.name
    yield Notice(
        name,
        "consents_beside",
        f"Nobody is subscribed by this import: what the file says of {', '.join(consents.names)} becomes a file.",
        "Import that file in Dialog Insight, as a dated import, once the contacts are there.",
    )
    if consents.without_date:
        yield Notice(
            name,
            "consents_without_date",
            f"Nothing tells since when people consent: {', '.join(consents.without_date)}.",
            "Name the column that says it, or one date for the whole file.",
        )
    if consents.without_source:
        yield Notice(
            name,
            "consents_without_source",
            f"Nothing tells where people consented: {', '.join(consents.without_source)}.",
            "Name the column that says it, or write one origin for the whole file.",
        )
