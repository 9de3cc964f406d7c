"""The part of the ledger that knows how far an audit scan got: who was read, and who is known and was not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from disf_desktop.storage.ledger_tables import Tables
from disf_desktop.storage.packing import pack_list

_NOT_READ: Final = (
    "FROM seen s WHERE s.integration = ?1 AND s.side = 'SF' AND s.presence IN (0, 2)"
    " AND NOT EXISTS (SELECT 1 FROM scanned r WHERE r.integration = s.integration AND r.rid = s.rid)"
)


class Scan(Tables):
    """The records that a scan of Salesforce has read, and those that it should have."""

    def known_records(self, integration: int) -> int:
        """Count the Salesforce records that were there when they were last seen."""
        number: int = self._one(
            "SELECT count(*) FROM seen WHERE integration = ? AND side = 'SF' AND presence IN (0, 2)", (integration,)
        )[0]
        return number

    def start_scan(self, integration: int) -> None:
        """Begin a scan: nobody was read by it yet."""
        with self._writing() as c:
            self._check_epoch()
            c.execute("DELETE FROM scanned WHERE integration = ?", (integration,))

    def note_scanned(self, integration: int, rids: Iterable[str]) -> None:
        """Note who was read."""
        with self._writing() as c:
            self._check_epoch()
            c.executemany("INSERT OR IGNORE INTO scanned VALUES(?,?)", ((integration, rid) for rid in rids))

    def count_not_scanned(self, integration: int) -> int:
        """Count the records that were there when they were last seen and that the scan did not read."""
        number: int = self._one(f"SELECT count(*) {_NOT_READ}", (integration,))[0]
        return number

    def not_scanned(self, integration: int, after: str, limit: int) -> list[str]:
        """Give the next of those, in order of their Id."""
        rows = self._all(
            f"SELECT s.rid {_NOT_READ} AND s.rid > ?2 ORDER BY s.rid LIMIT ?3",
            (integration, after, limit),
        )
        return [rid for (rid,) in rows]

    def note_vanished(self, integration: int, target: int, rids: Sequence[str]) -> dict[str, str]:
        """Note records that Salesforce neither shows nor remembers as deleted: nothing is made of them until it shows
        them again. Give those that are tied, with the id of their record in Dialog Insight."""
        listed = pack_list(rids)
        with self._writing() as c:
            self._check_epoch()
            c.execute(
                "UPDATE seen SET presence = 3, pending = 0 WHERE integration = ? AND side = 'SF' AND presence IN (0, 2)"
                " AND rid IN (SELECT value FROM json_each(?))",
                (integration, listed),
            )
        return dict(
            self._all(
                "SELECT sf_id, di_rid FROM link WHERE target = ? AND integration = ? AND state = 0"
                " AND di_rid IS NOT NULL AND sf_id IN (SELECT value FROM json_each(?))",
                (target, integration, listed),
            )
        )

    def finish_scan(self, integration: int) -> None:
        """Forget who was read."""
        self.start_scan(integration)
