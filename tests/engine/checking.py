"""A file to check: its rows in a list, a real book, the services in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from disf_desktop.core.events import Notice, Progress
from disf_desktop.core.importing.events import ImportChecked, ImportEvent, RowRefused
from disf_desktop.core.importing.file_form import Container, KnownForm
from disf_desktop.core.importing.recipe import DateOrder, ImportColumn, ImportConsent, ImportMode, ImportRecipe
from disf_desktop.core.importing.rows import CheckCounts, RowOutcome, RowProblem
from disf_desktop.core.importing.rules import compile_import
from disf_desktop.core.project import OptinPair, WhenEmpty
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.engine.importing.check import check
from disf_desktop.engine.importing.job import ImportJob
from disf_desktop.engine.ports import Ledger
from disf_desktop.storage.importing.book import ImportBook
from tests.engine.fakes import DialogInsightTable, FakeClock, SalesforceOrg, schema_of

KEY = b"k" * 32

CONTACTS = schema_of(
    Side.DIALOG_INSIGHT,
    "Contact",
    Field("Code", "Code", FieldType.TEXT, length=10, key=True),
    Field("EMail", "E-mail", FieldType.EMAIL, length=60),
    Field("FirstName", "First name", FieldType.TEXT, length=20),
    Field("Points", "Points", FieldType.INTEGER),
    optins=(Field("Newsletter", "Newsletter", FieldType.BOOLEAN),),
)
PEOPLE = schema_of(
    Side.SALESFORCE,
    "Contact",
    Field("Id", "Id", FieldType.ID, key=True, creatable=False, updatable=False),
    Field("Ext__c", "Ext", FieldType.TEXT, length=20, external_id=True),
    Field("LastName", "Last name", FieldType.TEXT, length=20, required=True),
    Field("Email", "Email", FieldType.EMAIL, length=80),
    Field("City__c", "City", FieldType.TEXT, length=20),
    Field("News__c", "News", FieldType.TEXT, length=10),
)
OPTINS = (OptinPair(optin="Newsletter", target="News__c", subscribed="in", unsubscribed="out"),)


class ListedRows:
    """The rows of a file, in a list; the header is row 1. `readings` counts how often they were read."""

    size = position = 0

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows = rows
        self.readings = 0

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        self.readings += 1
        for number, cells in enumerate(self._rows, 2):
            yield number, cells if isinstance(cells, list) else list(cells)


@dataclass
class Told:
    """What a check told, and what is in the book afterwards."""

    counts: CheckCounts
    events: list[ImportEvent] = field(default_factory=list)
    outcomes: Mapping[int, RowOutcome] = field(default_factory=dict)
    refused: Mapping[int, tuple[RowProblem, ...]] = field(default_factory=dict)
    cells: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    there: Mapping[int, Any] = field(default_factory=dict)

    @property
    def codes(self) -> dict[int, str]:
        """Give the first reason why each refused row is refused."""
        return {row: problems[0].code for row, problems in self.refused.items()}

    @property
    def told(self) -> list[RowRefused]:
        return [event for event in self.events if isinstance(event, RowRefused)]

    @property
    def progress(self) -> list[Progress]:
        return [event for event in self.events if isinstance(event, Progress)]

    @property
    def notices(self) -> dict[str, str]:
        return {event.code: event.message for event in self.events if isinstance(event, Notice)}

    @property
    def checked(self) -> ImportChecked:
        last = self.events[-1]
        assert isinstance(last, ImportChecked)
        return last


class Checking:
    """A file on its way to a check. Columns are named as their fields, but for those of `consents`."""

    def __init__(
        self,
        path: Path,
        schema: Schema,
        names: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        key: Sequence[str] = (),
        mode: ImportMode = ImportMode.UPSERT,
        consents: Sequence[ImportConsent] = (),
        clears: Sequence[str] = (),
        ledger: Ledger | None = None,
        of_people: bool = True,
        brings_back: bool = False,
    ) -> None:
        said = {each.column for each in consents}
        columns = [
            ImportColumn(column=n, field=n, when_empty=WhenEmpty.CLEAR if n in clears else WhenEmpty.KEEP)
            for n in names
            if n not in said
        ]
        self.path, self.schema = path, schema
        self.recipe = ImportRecipe(
            name="Members",
            to="place/Contact",
            key=tuple(key),
            mode=mode,
            columns=tuple(columns),
            consents=tuple(consents),
        )
        self.form = KnownForm(Container.TEXT, "utf-8", ",", 1, tuple(names), dates=DateOrder.ISO)
        self.source = ListedRows(rows)
        self.clock = FakeClock()
        self.org = SalesforceOrg(self.clock, (PEOPLE,), page_size=50)
        self.table = DialogInsightTable(CONTACTS, clock=self.clock)
        self.ledger, self.of_people, self.brings_back = ledger, of_people, brings_back

    def correct(self, row: int, **texts: str) -> None:
        with ImportBook.open(self.path, KEY) as book:
            book.correct(row, texts)

    def run(self) -> Told:
        side = self.schema.side
        optins = OPTINS if side is Side.SALESFORCE else ()
        compiled = compile_import(self.recipe, self.form, self.schema, side=side, zone=UTC, optins=optins)
        with ImportBook.open(self.path, KEY) as book:
            job = ImportJob(
                id="members-1",
                recipe=self.recipe,
                form=self.form,
                schema=self.schema,
                compiled=compiled,
                source=self.source,
                book=book,
                clock=self.clock,
                org=self.org if side is Side.SALESFORCE else None,
                table=self.table if side is Side.DIALOG_INSIGHT else None,
                ledger=self.ledger,
                target_name="example/1/Contact",
                settings="as of now",
                not_imported=("Spare",),
                of_people=self.of_people,
                brings_back=self.brings_back,
            )
            checking, events = check(job), []
            while True:
                try:
                    events.append(next(checking))
                except StopIteration as end:
                    counts = end.value
                    break
            assert book.checked == counts
            refused = book.refused_rows(None, 0, 10_000)
            return Told(
                counts,
                events,
                book.outcomes(0, 10**9),
                {each.row: tuple(each.problems) for each in refused},
                {each.row: tuple(each.cells.values()) for each in refused},
                book.there(0, 10**9),
            )
