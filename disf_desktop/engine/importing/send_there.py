"""Sends rows to Dialog Insight.

What is stored is noted in the ledger first, as arrivals, so that a later sync knows it; then the book says it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from disf_desktop.core.importing.events import ImportEvent
from disf_desktop.core.importing.rows import RowOutcome, RowState
from disf_desktop.core.moments import written
from disf_desktop.core.plan import folded_key
from disf_desktop.core.records import Arrival, FoundRecord, RecordRefused, WriteResult, Written
from disf_desktop.core.suppression import identities
from disf_desktop.engine.importing.send_batches import BatchSender, Flight, failed_as, write_records
from disf_desktop.engine.importing.sending import Wanted, holds
from disf_desktop.engine.ports import DialogInsightTable, Ledger

MOST_UNSETTLED: Final = 1000
"""Rows that are written down in one transaction, and rows that came back that are settled in one."""


@dataclass(slots=True)
class ThereSender(BatchSender):
    """The batches of one import to Dialog Insight."""

    target: int = 0
    """The number of the table in the ledger."""

    @property
    def size(self) -> int:
        return self.accounts.job.batch_size

    @property
    def together(self) -> int:
        # After a kill, each row of an open batch of new records that is refused then has to be looked up.
        return 1 if self.kind == "create" else max(1, MOST_UNSETTLED // self.size)

    @property
    def _table(self) -> DialogInsightTable:
        table = self.accounts.job.table
        assert table is not None, "the rows go to Dialog Insight"
        return table

    def write(self, flight: Flight) -> WriteResult:
        return self._table.write(flight.kind, write_records(flight.rows))

    def stamped(self, flight: Flight) -> Flight:
        # Said of the reply before the request leaves, it is never later than what the reply shows.
        return replace(flight, as_of=written(self._table.server_now()))

    def note_stored(self, batches: Sequence[tuple[Flight, Sequence[Written]]]) -> None:
        with self._ledger.together():
            for flight, stored in batches:
                by_row = {wanted.row: wanted for wanted in flight.rows}
                self._arrived([Arrival(by_row[w.op].key, w.rid, w.stored or {}) for w in stored], flight.as_of)
                self._are_back([by_row[w.op] for w in stored])

    @property
    def _ledger(self) -> Ledger:
        ledger = self.accounts.job.ledger
        assert ledger is not None, "a run has a ledger"
        return ledger

    def _arrived(self, arrivals: Sequence[Arrival], as_of: str) -> None:
        if arrivals:
            self._ledger.note_arrivals(self.target, self.accounts.run, arrivals, as_of)

    def _are_back(self, rows: Sequence[Wanted]) -> None:
        """Forget that people were erased whom somebody has asked to bring back, now that they are there."""
        if self.accounts.job.brings_back and self.accounts.erased:
            known = (identities(folded_key(each.key), {**each.key, **each.fields}) for each in rows)
            self._ledger.let_back([identity for person in known for identity in person])

    def doubt(self, flight: Flight, refused: RecordRefused) -> bool:
        # No code tells "exists" from anything else; after an unknown outcome it may be our own record that exists.
        return flight.again and flight.kind == "create"

    def look_into(self, flight: Flight, wanted: Wanted, refused: RecordRefused) -> Generator[ImportEvent, None, None]:
        found: FoundRecord | None = yield from self.accounts.call(lambda: self._table.find(wanted.key))
        if found is None or not all(holds(found.values.get(n), v) for n, v in wanted.fields.items()):
            yield from self.accounts.settle(flight.number, [failed_as(refused)])
            return
        self._arrived([Arrival(wanted.key, found.rid, found.values)], found.as_of)
        self._are_back([wanted])
        yield from self.accounts.settle(flight.number, [RowOutcome(wanted.row, RowState.CREATED, found.rid)])

    def check_call(self, flight: Flight) -> Iterator[ImportEvent]:
        # A refused key or right ends in its error here.
        first = flight.rows[0].key
        yield from self.accounts.call(lambda: self._table.find(first))
