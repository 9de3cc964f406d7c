"""What the user of the connection has looked at lately, as far as a client says so: `Sforce-Mru: updateMru=true`."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from typing import Any

from disf_desktop.simulator.salesforce.describe import SObject
from disf_desktop.simulator.salesforce.store import Org

MOST_KEPT = 200


class Recent:
    """The records seen last."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._seen: dict[str, SObject] = {}

    def see(self, sobject: SObject, record_id: str) -> None:
        """Put a record before all others."""
        self._seen.pop(record_id, None)
        self._seen[record_id] = sobject
        if len(self._seen) > MOST_KEPT:
            del self._seen[next(iter(self._seen))]

    def items(self, version: str, sobject: SObject | None = None) -> list[dict[str, Any]]:
        """Return id and name of the records that are still there, those of one object or all, the newest first."""
        found = []
        for record_id, each in reversed(self._seen.items()):
            if sobject is not None and each.name != sobject.name:
                continue
            name = next((field.name for field in each.columns if field["nameField"]), "Id")
            row = self._org.db.execute(
                f'SELECT "{name}" FROM "{each.name}" WHERE Id = ? AND IsDeleted = 0', (record_id,)
            ).fetchone()
            if row is not None:
                url = f"/services/data/v{version}/sobjects/{each.name}/{record_id}"
                found.append({"attributes": {"type": each.name, "url": url}, "Id": record_id, name: row[0]})
        return found
