"""What Salesforce holds of the records that a file names: asked by key, or read whole, whichever costs fewer calls.

By key it is a call for each 200 rows. Reading the whole object is a call for each 2,000 of its records in pages;
through Bulk API 2.0 it is one for each 50,000, and about a dozen for the job itself (made, asked whether it has ended,
put away). What is fewest calls is done, by what the org says of its number of records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from disf_desktop.core.importing.rows import There
from disf_desktop.core.importing.rules import CompiledImport
from disf_desktop.core.page_values import page_canonicaliser
from disf_desktop.core.records import SourceRecord, Window
from disf_desktop.core.refusals import Refusal
from disf_desktop.core.schema import FieldType, Side
from disf_desktop.core.values import Value
from disf_desktop.engine.importing.ports import ImportBook
from disf_desktop.engine.ports import SalesforceOrg

KEYS_A_CALL: Final = 200
CALLS_OF_A_JOB: Final = 12
RECORDS_A_PAGE: Final = 2000
RECORDS_A_RESULT: Final = 50_000
"""How many records a call gives of the results of a query job, as the adapter asks for them."""
_KEYS_OF_THE_BOOK: Final = 1000
_FEW_CALLS: Final = 3
"""So many are not worth a call that might spare them."""

_UNREADABLE: Final = "\ufffd"
"""What stands for a value that cannot be read: no row has it, so its record counts as changed."""


def calls_by_key(rows: int) -> int:
    """Give how many calls it takes to ask for the records of so many rows by their keys."""
    return -(-rows // KEYS_A_CALL)


def calls_in_pages(records: int) -> int:
    """Give how many calls it takes to read an object of so many records whole, page by page."""
    return 1 + records // RECORDS_A_PAGE


def calls_read_whole(records: int) -> int:
    """Give how many calls it takes to read an object of so many records whole by a bulk job."""
    return CALLS_OF_A_JOB + -(-records // RECORDS_A_RESULT)


class Look:
    """Looks at the records of a file's rows in Salesforce.

    What a record holds is told in the order of the recipe's columns, then that of its consents.
    """

    def __init__(self, org: SalesforceOrg, compiled: CompiledImport, book: ImportBook) -> None:
        assert len(compiled.key) == 1, "Salesforce finds a record by one field"
        self._org, self._compiled, self._book = org, compiled, book
        self._sobject = compiled.schema.name
        fields = (*compiled.fields, *(compiled.schema.fields[name] for name in compiled.consents.names))
        self._ids = [place for place, field in enumerate(fields) if field.type is FieldType.ID]
        asked = [field for field in fields if field.type is not FieldType.ID]
        self._asked = tuple(field.name for field in asked)
        self._canonical = [page_canonicaliser(field, Side.SALESFORCE) for field in asked]
        self._key = compiled.names.index(compiled.key[0])
        self._by_id = compiled.fields[self._key].type is FieldType.ID
        self._minds_case = compiled.fields[self._key].case_sensitive
        self.whole = False
        """Whether the object was read whole, into the book."""

    def begin(self, rows: int) -> Iterator[tuple[int, int]]:
        """Choose how to look for the records of so many rows, and read the whole object into the book if that costs
        fewer calls: then give after each page how many records were read, of about how many."""
        by_key = calls_by_key(rows)
        if by_key <= _FEW_CALLS:
            return
        records = self._org.count(self._sobject)
        in_pages, by_job = calls_in_pages(records), calls_read_whole(records)
        self.whole = min(in_pages, by_job) < by_key
        if not self.whole:
            return
        read = self._org.read if in_pages <= by_job else self._org.read_all
        done = 0
        for page in read(Window(self._sobject, self._asked)):
            for start in range(0, len(page.records), _KEYS_OF_THE_BOOK):
                self._keep(page.records[start : start + _KEYS_OF_THE_BOOK])
            done += len(page.records)
            yield done, max(done, records)

    def _keep(self, records: Sequence[SourceRecord]) -> None:
        """Note the records that rows of the file name."""
        book, folded, key = self._book, self._compiled.folded_key, self._key
        hashed = [
            (book.key_hash(folded(values)), record.rid, values)
            for record, values in zip(records, self._values(records), strict=True)
            if values[key] not in (None, _UNREADABLE)
        ]
        rows = book.rows_of([each for each, _, _ in hashed])
        book.add_there([(rows[each], There(rid, values)) for each, rid, values in hashed if each in rows])

    def at(self, rows: Mapping[int, Sequence[Value]]) -> dict[int, There | None]:
        """Give what Salesforce holds, for rows by their values; None where several records match, nothing where none
        does. The rows stand one after the other in the file."""
        if not rows:
            return {}
        if self.whole:
            return self._book.there(min(rows), max(rows))
        found: dict[int, There | None] = {}
        numbers = list(rows)
        for start in range(0, len(numbers), KEYS_A_CALL):
            asked = {rows[row][self._key]: row for row in numbers[start : start + KEYS_A_CALL]}
            told = self._ask(list(asked))
            for (value, record), values in zip(told, self._values([record for _, record in told]), strict=True):
                row = asked[value]
                if not self._minds_case or values[self._key] == value:
                    found[row] = None if row in found else There(record.rid, values)
        return found

    def _ask(self, keys: list[Value]) -> list[tuple[Value, SourceRecord]]:
        if not self._by_id:
            return self._org.read_by_value(self._sobject, self._asked, self._compiled.key[0], keys)
        return list(self._org.read_by_id(self._sobject, self._asked, [str(key) for key in keys]).items())

    def _values(self, records: Sequence[SourceRecord]) -> list[tuple[Value, ...]]:
        """Give what each record holds."""
        raw = zip(*(record.values for record in records), strict=True) if records else ()
        columns: list[Sequence[Any]] = [read(column) for read, column in zip(self._canonical, raw, strict=False)]
        for n, column in enumerate(columns):
            if Refusal in map(type, column):
                columns[n] = [_UNREADABLE if type(value) is Refusal else value for value in column]
        for place in self._ids:
            columns.insert(place, [record.rid for record in records])
        return list(zip(*columns, strict=True))
