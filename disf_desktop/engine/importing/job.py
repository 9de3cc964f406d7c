"""What the check and the import of one file are handed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from disf_desktop.core.importing.file_form import KnownForm
from disf_desktop.core.importing.recipe import ImportRecipe
from disf_desktop.core.importing.rules import CompiledImport
from disf_desktop.core.schema import Schema, Side
from disf_desktop.engine.importing.ports import ImportBook, RowSource
from disf_desktop.engine.ports import Clock, DialogInsightTable, Ledger, SalesforceOrg

MOST_BY_COLLECTIONS: Final = 2000
"""Rows above which a job of Bulk API 2.0 takes fewer calls than Collections of 200 (Salesforce's own line too)."""


@dataclass(frozen=True, slots=True)
class ImportJob:
    """One file on its way into one table: either `org` or `table` is there.

    `target_name` is the ledger's name of the Dialog Insight table, as integrations name it. `batch_size` and
    `concurrency` are the connection's own. `ledger` is None in a check, unless somebody holds one for reading.
    """

    id: str
    recipe: ImportRecipe
    form: KnownForm
    schema: Schema
    compiled: CompiledImport
    source: RowSource
    book: ImportBook
    clock: Clock
    org: SalesforceOrg | None = None
    table: DialogInsightTable | None = None
    ledger: Ledger | None = None
    target_name: str = ""
    of_people: bool = False
    """Whether each row is about a person, whom Dialog Insight may have been told to forget."""
    brings_back: bool = False
    """Whether somebody has asked that people who were erased are sent too."""
    batch_size: int = 200
    concurrency: int = 1
    settings: str = ""
    """What the book keeps of this check, in the words of whoever made the job: `ImportBook.begin_check` is given it."""
    not_imported: tuple[str, ...] = ()
    calls_before: Mapping[Side, int] = field(default_factory=dict)
    bulk_above: int = MOST_BY_COLLECTIONS
    """Rows above which they go to Salesforce by bulk jobs."""
    calls_per_day: int | None = None
    """This program's own allowance of calls to Salesforce in 24 hours; None for as many as the org allows."""

    @property
    def side(self) -> Side:
        """Give the side that receives the rows."""
        return Side.SALESFORCE if self.org is not None else Side.DIALOG_INSIGHT

    @property
    def service(self) -> SalesforceOrg | DialogInsightTable:
        service = self.org or self.table
        assert service is not None, "an import goes somewhere"
        return service
