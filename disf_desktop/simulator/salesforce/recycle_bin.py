"""The recycle bin: what goes and comes back with a record, and when what lies there is gone for good."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from disf_desktop.simulator.salesforce.describe import CASCADING, RESTRICTING, Field, SObject
from disf_desktop.simulator.salesforce.errors import RecordError
from disf_desktop.simulator.salesforce.stamps import stamp

if TYPE_CHECKING:
    from disf_desktop.simulator.salesforce.store import Org

RETENTION = timedelta(days=15)
LOOKED_AFTER = timedelta(minutes=10)
Record = tuple[SObject, str]


class RecycleBin:
    """The recycle bin of an org."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._looked: datetime | None = None

    def refuse_held(self, sobject: SObject, record_id: str) -> None:
        """Refuse to delete a record that another one needs."""
        for child, field in self._children(sobject, RESTRICTING):
            found = self._org.db.execute(
                f'SELECT 1 FROM "{child.name}" WHERE "{field.name}" = ? AND IsDeleted = 0 LIMIT 1', (record_id,)
            ).fetchone()
            if found:
                message = (
                    "Your attempt to delete this record could not be completed because it is associated with the"
                    f" following {child.attributes['labelPlural'].lower()}."
                )
                raise RecordError("DELETE_FAILED", message)

    def going_along(self, sobject: SObject, record_id: str) -> Iterator[Record]:
        """Yield the live records that are deleted with one, and those that are deleted with them."""
        for child, field in self._children(sobject, CASCADING):
            found = self._org.db.execute(
                f'SELECT Id FROM "{child.name}" WHERE "{field.name}" = ? AND IsDeleted = 0', (record_id,)
            ).fetchall()
            for (child_id,) in found:
                yield child, child_id
                yield from self.going_along(child, child_id)

    def coming_along(self, sobject: SObject, record_id: str) -> Iterator[Record]:
        """Yield the records that come back with one: those deleted in the same moment because of it."""
        at = self._deleted_at(sobject, record_id)
        for child, field in self._children(sobject, CASCADING):
            found = self._org.db.execute(
                f'SELECT c.Id FROM "{child.name}" AS c JOIN "_deletion" AS d ON d.sobject = ? AND d.id = c.Id'
                f' WHERE c."{field.name}" = ? AND c.IsDeleted = 1 AND d.at = ?',
                (child.name, record_id, at),
            ).fetchall()
            for (child_id,) in found:
                yield child, child_id
                yield from self.coming_along(child, child_id)

    def _deleted_at(self, sobject: SObject, record_id: str) -> str | None:
        found = self._org.db.execute(
            'SELECT at FROM "_deletion" WHERE sobject = ? AND id = ? ORDER BY rowid DESC', (sobject.name, record_id)
        ).fetchone()
        return found[0] if found else None

    def _children(self, sobject: SObject, which: frozenset[str]) -> Iterator[tuple[SObject, Field]]:
        for name in which:
            child, _, field = name.partition(".")
            known = self._org.schema.get(child)
            reference = known.field(field) if known else None
            if known and reference and sobject.name in reference.references:
                yield known, reference

    def empty(self, sobject: SObject | None = None, ids: list[str] | None = None) -> int:
        """Throw away for good what lies in the bin, of one object and with these ids only; return how much it was."""
        gone = 0
        for each in [sobject] if sobject else [*self._org.schema]:
            chosen = "" if ids is None else f" AND Id IN ({', '.join('?' * len(ids))})"
            gone += self._org.db.execute(f'DELETE FROM "{each.name}" WHERE IsDeleted = 1{chosen}', ids or ()).rowcount
        return gone

    def let_go(self) -> None:
        """Throw away what has lain in the bin for fifteen days; the log of deletions tells no less for it."""
        now = self._org.now()
        if self._looked and timedelta() <= now - self._looked < LOOKED_AFTER:
            return
        self._looked = now
        self._org.db.execute("SAVEPOINT bin")
        for each in self._org.schema:
            self._org.db.execute(
                f'DELETE FROM "{each.name}" WHERE IsDeleted = 1 AND Id IN'
                ' (SELECT id FROM "_deletion" WHERE sobject = ? AND at < ?)',
                (each.name, stamp(now - RETENTION)),
            )
        self._org.db.execute("RELEASE bin")
