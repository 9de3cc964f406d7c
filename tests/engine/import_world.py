"""A small world to import files into: the services in memory, a real ledger, a real book, and a death at any step."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from disf_desktop.core.errors import DisfError, Stopped
from disf_desktop.core.events import RunStatus
from disf_desktop.core.importing.events import ImportEvent, ImportFinished, RowRefused
from disf_desktop.core.importing.file_form import Container, KnownForm
from disf_desktop.core.importing.recipe import DateOrder, ImportColumn, ImportConsent, ImportMode, ImportRecipe
from disf_desktop.core.importing.rows import RowOutcome, RowState
from disf_desktop.core.importing.rules import compile_import
from disf_desktop.core.project import OptinPair
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.engine.importing.check import check
from disf_desktop.engine.importing.job import MOST_BY_COLLECTIONS, ImportJob
from disf_desktop.engine.importing.run import run_import
from disf_desktop.storage.importing.book import ImportBook
from disf_desktop.storage.ledger import Ledger
from tests.engine.fakes import DialogInsightTable, FakeClock, InlineExecutor, SalesforceOrg, with_field
from tests.engine.world import CONTACT, CONTACTS, KEY, OPTINS, Killed

OWN = "DI_Contact_Id__c"
LOOSE = "Loose__c"
"""An external id that is not unique."""
PERSON = with_field(CONTACT, Field(LOOSE, "Loose", FieldType.TEXT, length=40, external_id=True))

Rows = Sequence[Mapping[str, str]]


class ListedRows:
    """The rows of a file, in a list: a `RowSource`. The header is row 1."""

    size = 0
    position = 0

    def __init__(self, names: Sequence[str], rows: Rows) -> None:
        self._rows = [(number, [row.get(name, "") for name in names]) for number, row in enumerate(rows, 2)]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        for number, cells in self._rows:
            yield number, list(cells)


@dataclass
class Told:
    """What an import told, and how it ended."""

    events: list[ImportEvent] = field(default_factory=list)
    error: DisfError | None = None
    killed: bool = False

    @property
    def finished(self) -> ImportFinished:
        [finished] = [event for event in self.events if isinstance(event, ImportFinished)]
        assert self.events[-1] is finished, "it is the last word"
        return finished

    @property
    def refused(self) -> list[RowRefused]:
        return [event for event in self.events if isinstance(event, RowRefused)]

    @property
    def status(self) -> RunStatus:
        return self.finished.status


class Death:
    """Ends the process at its n-th step, before it is done or right after. Everything afterwards is dead too."""

    def __init__(self, at: int = 0, *, after: bool = False) -> None:
        self._left = at
        self._after = after
        self._lock = threading.Lock()
        self.dead = False

    def alive(self, name: str = "") -> None:
        if self.dead:
            raise Killed

    def of(self, held: Any, *, silent: Sequence[str] = ()) -> Any:
        """Give something whose every method is a step."""
        return _Mortal(held, self, silent)

    def step(self, act: Callable[[], Any]) -> Any:
        with self._lock:
            self.alive()
            self._left -= 1
            mine = self._left == 0
            self.dead = mine and not self._after
        self.alive()
        result = act()
        if mine:
            self.dead = True
            raise Killed
        self.alive()
        return result


class _Mortal:
    def __init__(self, held: Any, death: Death, silent: Sequence[str]) -> None:
        self._held = held
        self._death = death
        self._silent = silent

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._held, name)
        if not callable(value) or name in self._silent:
            return value

        def mortal(*arguments: Any, **named: Any) -> Any:
            given = self._death.step(lambda: value(*arguments, **named))
            return self._death.of(given, silent=("cells",)) if name in ("ingest", "ingest_again") else given

        return mortal


_READS = (
    *("key_hash", "corrections", "there", "states", "tally", "rows_of", "matched"),
    *("server_now", "target_number", "erased_people"),
)


class ImportWorld:
    """Both services, and the paths of a ledger and of a book."""

    def __init__(self, folder: Path, *, batch_size: int = 2, concurrency: int = 1) -> None:
        self.clock = FakeClock()
        self.clock.call_takes = 0.2
        self.org = SalesforceOrg(self.clock, (PERSON,), page_size=50)
        self.table = DialogInsightTable(CONTACTS, clock=self.clock)
        self.ledger_path = folder / "ledger.sqlite"
        self.target_name = "example/123456/Contact"
        self.book_path = folder / "imports" / "one-1.sqlite"
        self.batch_size = batch_size
        self.concurrency = concurrency
        self.calls_per_day: int | None = None
        self.threads = False
        self.bulk_above = MOST_BY_COLLECTIONS

    # -- what is imported ------------------------------------------------------------------------------------------

    def there(self, rows: Rows, **more: Any) -> Import:
        """Give an import into Dialog Insight by the key SalesforceID; a column is named as its field."""
        return Import(self, CONTACTS, rows, "newsletter/Contact", ("SalesforceID",), **more)

    def here(self, rows: Rows, key: str = OWN, **more: Any) -> Import:
        """Give an import into Salesforce; a column is named as its field."""
        return Import(self, PERSON, rows, "sf/Contact", (key,) if key else (), **more)

    # -- what is seen ----------------------------------------------------------------------------------------------

    def contact(self, **values: Any) -> str:
        return self.org.insert("Contact", **{"LastName": "Tremblay", **values})

    def people(self, name: str = OWN) -> dict[str, list[Mapping[str, Any]]]:
        """Give the records of Salesforce by a field."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        for row in self.org.rows["Contact"].values():
            found.setdefault(str(row.values[name]), []).append(row.values)
        return found

    def ledger_rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(Ledger.open(self.ledger_path, KEY)) as ledger:
            return list(ledger._connection.execute(sql))


class Import:
    """One file on its way into one table."""

    brings_back = False

    def __init__(
        self,
        world: ImportWorld,
        schema: Schema,
        rows: Rows,
        to: str,
        key: Sequence[str],
        *,
        mode: ImportMode = ImportMode.UPSERT,
        consents: Sequence[ImportConsent] = (),
        optins: Sequence[OptinPair] = OPTINS,
        brings_back: bool = False,
    ) -> None:
        self.world = world
        self.brings_back = brings_back
        self.schema = schema
        names = tuple(dict.fromkeys(name for row in rows for name in row))
        taken = {name for each in consents for name in (each.column, each.since_column, each.source_column)}
        columns = tuple(ImportColumn(column=name, field=name) for name in names if name not in taken)
        self.recipe = ImportRecipe(
            name="Members", to=to, mode=mode, key=tuple(key), columns=columns, consents=tuple(consents)
        )
        self.form = KnownForm(Container.TEXT, "utf-8", ",", 1, names, dates=DateOrder.ISO)
        self.source = ListedRows(names, rows)
        self.optins = optins
        with self._open(Death()) as (job, _):
            for _ in check(job):
                pass

    def run(
        self,
        *,
        death: Death | None = None,
        stop_at: Callable[[int, ImportEvent], bool] = lambda number, event: False,
    ) -> Told:
        """Import, as a process of its own."""
        death = death or Death()
        with self._open(death) as (job, workers):
            return told(run_import(job, workers), stop_at)

    def _open(self, death: Death) -> _Opened:
        return _Opened(self, death)

    def job(self, book: ImportBook, ledger: Ledger, death: Death) -> ImportJob:
        world, side = self.world, self.schema.side
        optins = self.optins if side is Side.SALESFORCE else ()
        compiled = compile_import(self.recipe, self.form, self.schema, side=side, zone=UTC, optins=optins)
        world.org.before_call = death.alive
        world.table.before_call = death.alive
        return ImportJob(
            id="one",
            recipe=self.recipe,
            form=self.form,
            schema=self.schema,
            compiled=compiled,
            source=self.source,
            book=death.of(book, silent=_READS),
            clock=world.clock,
            org=death.of(world.org, silent=_READS) if side is Side.SALESFORCE else None,
            table=death.of(world.table, silent=_READS) if side is Side.DIALOG_INSIGHT else None,
            ledger=death.of(ledger, silent=_READS),
            target_name=world.target_name,
            of_people=True,
            brings_back=self.brings_back,
            batch_size=world.batch_size,
            concurrency=world.concurrency,
            bulk_above=world.bulk_above,
            calls_per_day=world.calls_per_day,
        )

    # -- what the book says ----------------------------------------------------------------------------------------

    def outcomes(self) -> dict[int, RowOutcome]:
        with ImportBook.open(self.world.book_path, KEY) as book:
            return dict(book.outcomes(0, 10**9))

    def states(self) -> dict[int, RowState]:
        return {row: outcome.state for row, outcome in self.outcomes().items()}

    def open_batches(self) -> int:
        with ImportBook.open(self.world.book_path, KEY) as book:
            return len(book.open_batches())

    def correct(self, row: int, **texts: str) -> None:
        """Put texts in place of cells of a refused row, which is then fine."""
        with ImportBook.open(self.world.book_path, KEY) as book:
            book.correct(row, texts)
            book.clear_refusal(row)


class _Opened:
    """The book, the ledger and the workers of one process."""

    def __init__(self, of: Import, death: Death) -> None:
        self._of = of
        self._death = death
        self._stack = ExitStack()

    def __enter__(self) -> tuple[ImportJob, Executor]:
        world = self._of.world
        ledger = self._stack.enter_context(closing(Ledger.open(world.ledger_path, KEY)))
        book = self._stack.enter_context(ImportBook.open(world.book_path, KEY))
        workers: Executor = InlineExecutor()
        if world.threads:
            workers = self._stack.enter_context(ThreadPoolExecutor(2 + world.concurrency))
        return self._of.job(book, ledger, self._death), workers

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def told(
    events: Generator[ImportEvent, None, None],
    stop_at: Callable[[int, ImportEvent], bool] = lambda number, event: False,
) -> Told:
    """Take every event of an import; throw `Stopped` into it at the first one for which `stop_at` says so."""
    story, stopping = Told(), False
    try:
        event = next(events)
        while True:
            story.events.append(event)
            if not stopping and stop_at(len(story.events), event):
                stopping = True
                event = events.throw(Stopped("Stopped on request.", "Run again to go on."))
            else:
                event = next(events)
    except StopIteration:
        pass
    except DisfError as error:
        story.error = error
    except Killed:
        story.killed = True
    return story
