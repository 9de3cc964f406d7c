"""The working-off of a batch of Bulk API 1.0, record by record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from disf_desktop.simulator.salesforce.bulk_v1_jobs import Job
from disf_desktop.simulator.salesforce.bulk_v1_wire import Given, Outcome, Unreadable
from disf_desktop.simulator.salesforce.describe import Field, SObject
from disf_desktop.simulator.salesforce.errors import RecordError
from disf_desktop.simulator.salesforce.records import Records, RowLocks
from disf_desktop.simulator.salesforce.store import Org


class Work:
    """The working-off of the records of one batch."""

    def __init__(self, org: Org, job: Job, locks: RowLocks | None) -> None:
        self._org = org
        self._operation = job.operation
        self._sobject: SObject = org.view[job.object]
        self._key = self._sobject.field(job.key) if job.key else None
        self._records = Records(org, locks, from_csv=True)

    def check_names(self, records: Sequence[Given]) -> None:
        """Refuse a batch that names a field there is not."""
        for name in {name for record in records for name in record if name != "attributes"}:
            if not (self._sobject.has(name) or self._sobject.relationship(name)):
                raise Unreadable(f"InvalidBatch : Field name not found : {name}")

    def apply(self, chunk: Sequence[Given]) -> list[Outcome]:
        """Save a chunk in one transaction; a refusal is the outcome of its record."""
        keys = Counter(str(_named(each, self._key.name)).casefold() for each in chunk) if self._key else Counter[str]()
        outcomes: list[Outcome] = []
        with self._org.transaction():
            if self._operation in ("insert", "upsert"):
                self._records.begin(self._sobject, self._held(chunk))
            for record in chunk:
                try:
                    outcomes.append(self._one(record, keys))
                except RecordError as refused:
                    outcomes.append(refused)
        return outcomes

    def _held(self, chunk: Sequence[Given]) -> dict[Field, set[str]]:
        """Return the values that nobody else may hold: who holds them is looked up a chunk at a time."""
        held: dict[Field, set[str]] = {}
        for name in {name for record in chunk for name in record}:
            field = self._sobject.field(name)
            if field and field["unique"] and field.type == "string" and not field["caseSensitive"]:
                held[field] = {value for each in chunk if isinstance(value := each.get(name), str)}
        return held

    def _one(self, record: Given, keys: Counter[str]) -> tuple[str, bool]:
        record_id = _named(record, "Id")
        values = {name: value for name, value in record.items() if name.lower() != "id"}
        if self._operation == "insert":
            return self._records.create(self._sobject, values), True
        if self._key is not None and self._key.type != "id":
            value = _named(values, self._key.name)
            if value in (None, ""):
                raise RecordError("MISSING_ARGUMENT", f"{self._key.name} not specified")
            if keys[str(value).casefold()] > 1:
                raise RecordError("DUPLICATE_VALUE", f"Duplicate external id specified: {value}", [self._key.name])
            rest = {name: each for name, each in values.items() if name.lower() != self._key.name.lower()}
            return self._records.upsert(self._sobject, self._key, value, rest)
        if not record_id:
            if self._operation == "upsert":
                return self._records.create(self._sobject, values), True
            raise RecordError("MISSING_ARGUMENT", f"Id not specified in an {self._operation} call")
        if self._operation in ("delete", "hardDelete"):
            return self._records.delete(self._sobject, record_id, hard=self._operation == "hardDelete"), False
        return self._records.update(self._sobject, record_id, values), False


def _named(record: Given, name: str) -> Any:
    if name in record:
        return record[name]
    return next((value for each, value in record.items() if each.lower() == name.lower()), None)
