"""Imports over HTTP into the simulator of Salesforce, by the real adapter: what the fakes cannot prove."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.importing.events import ImportFinished
from disf_desktop.core.importing.file_form import Container, KnownForm
from disf_desktop.core.importing.recipe import DateOrder, ImportColumn, ImportMode, ImportRecipe
from disf_desktop.core.importing.rows import RowState
from disf_desktop.core.importing.rules import compile_import
from disf_desktop.core.schema import Side
from disf_desktop.engine.importing.check import check
from disf_desktop.engine.importing.job import ImportJob
from disf_desktop.engine.importing.run import run_import
from disf_desktop.storage.importing.book import ImportBook
from disf_desktop.storage.ledger import Ledger
from tests.engine.import_world import ListedRows, Rows
from tests.engine.world import KEY
from tests.services.salesforce_simulator import Access, Simulator, running

OWN = "Legacy_Id__c"
NASTY = [
    'Côté; "dit" Loup, fils',
    "two\nlines",
    "  blanks around  ",
    "=1+1",
    "Ωmega 🎈",
    "'quoted'",
    "same",
    "same",
    "x" * 80,
]


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=5) as simulator:
        yield simulator


@pytest.fixture
def access(process: Simulator, tmp_path: Path) -> Iterator[Access]:
    process.clean()
    access = Access(process, tmp_path)
    yield access
    access.transport.close()


def import_rows(
    access: Access, folder: Path, rows: Rows, key: str, mode: ImportMode, *, bulk_above: int
) -> tuple[ImportFinished, dict[int, Any]]:
    names = tuple(rows[0])
    columns = tuple(ImportColumn(column=name, field=name) for name in names)
    recipe = ImportRecipe(name="Members", to="org/Contact", mode=mode, key=(key,) if key else (), columns=columns)
    form = KnownForm(Container.TEXT, "utf-8", ",", 1, names, dates=DateOrder.ISO)
    schema = access.org.describe("Contact")
    with ExitStack() as stack:
        ledger = stack.enter_context(closing(Ledger.open(folder / "ledger.sqlite", KEY)))
        book = stack.enter_context(ImportBook.open(folder / "imports" / "one-1.sqlite", KEY))
        workers = stack.enter_context(ThreadPoolExecutor(4))
        job = ImportJob(
            id="one",
            recipe=recipe,
            form=form,
            schema=schema,
            compiled=compile_import(recipe, form, schema, side=Side.SALESFORCE, zone=UTC),
            source=ListedRows(names, rows),
            book=book,
            clock=_Clock(access),
            org=access.org,
            ledger=ledger,
            concurrency=2,
            bulk_above=bulk_above,
        )
        for _ in check(job):
            pass
        *_, last = run_import(job, workers)
        assert isinstance(last, ImportFinished)
        return last, dict(book.outcomes(0, 10**6))


class _Clock:
    """The clock of the adapter, as a run sees it."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self.monotonic = access.clock.monotonic
        self.sleep = access.clock.sleep

    def now(self) -> Any:
        return self._access.org.server_now()


@pytest.mark.parametrize(
    ("key", "mode", "bulk_above"),
    [
        ("", ImportMode.CREATE, 2),
        (OWN, ImportMode.UPSERT, 2),
        (OWN, ImportMode.CREATE, 2),
        (OWN, ImportMode.UPSERT, 99),
    ],
)
def test_every_row_is_stored_once_as_it_is_and_known_by_its_id(
    process: Simulator, access: Access, tmp_path: Path, key: str, mode: ImportMode, bulk_above: int
) -> None:
    rows = [
        {"LastName": name, "Birthdate": "1980-02-29" if n % 2 else "", "Loyalty_Points__c": "12.5"}
        | ({OWN: f"NEW-{n}"} if key else {})
        for n, name in enumerate(NASTY)
    ]
    before = {each["Id"] for each in process.records("Contact")}
    told, outcomes = import_rows(access, tmp_path, rows, key, mode, bulk_above=bulk_above)
    assert (told.created, told.failed, told.left) == (len(rows), 0, 0)
    stored = {each["Id"]: each for each in process.records("Contact") if each["Id"] not in before}
    assert sorted(outcome.rid for outcome in outcomes.values()) == sorted(stored)
    for row, outcome in outcomes.items():
        assert outcome.state is RowState.CREATED
        assert stored[outcome.rid]["LastName"] == NASTY[row - 2].strip()
        assert stored[outcome.rid]["Birthdate"] == ("1980-02-29" if row % 2 else None)


def test_an_update_by_a_job_changes_what_it_names_alone(process: Simulator, access: Access, tmp_path: Path) -> None:
    people = process.records("Contact")
    rows = [{"Id": each["Id"], "Title": f"Title {n}"} for n, each in enumerate(people)]
    told, outcomes = import_rows(access, tmp_path, rows, "Id", ImportMode.UPDATE, bulk_above=2)
    assert (told.updated, told.left) == (len(people), 0)
    assert {outcome.rid for outcome in outcomes.values()} == {each["Id"] for each in people}
    changed = {each["Id"]: each for each in process.records("Contact")}
    for n, each in enumerate(people):
        assert changed[each["Id"]]["Title"] == f"Title {n}"
        assert changed[each["Id"]]["LastName"] == each["LastName"]
