"""The part of the ledger's view that says by what signs it may not be believed, and what was compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from disf_desktop.storage.database import Database
from disf_desktop.storage.ledger_doubt import noted_epoch


class Signs(NamedTuple):
    """`restored` is what happened to the ledger, and when, as `Doubt.distrust` was told it; `computer` the fingerprint
    of the one that wrote it; `behind` says that a newer ledger was in its place."""

    restored: str
    computer: str
    behind: bool


class DoubtView:
    """Reads the signs."""

    _connection: Database

    def signs(self) -> Signs:
        """Give by what signs the ledger may not be believed."""
        rows: list[Any] = self._connection.execute(
            "SELECT k, v FROM meta WHERE k IN ('restored_from','computer','epoch','installation_id')"
        ).fetchall()
        told: dict[str, str] = dict(rows)
        noted = noted_epoch(self._connection.path, told.get("installation_id", ""))
        return Signs(told.get("restored_from", ""), told.get("computer", ""), noted > int(told.get("epoch", "0")))

    def compared(self, at: str) -> Mapping[str, str | None]:
        """Give when each integration was last compared with Salesforce whole; None where that is too long ago at that
        moment (ISO 8601 UTC), or never was. One that never read anything is left out."""
        rows: list[Any] = self._connection.execute(
            "SELECT i.name, substr(m.v, 1, instr(m.v, ' until ') - 1) FROM integration i"
            " JOIN stream s ON s.integration = i.id AND s.side = 'SF' AND s.wm IS NOT NULL"
            " LEFT JOIN meta m ON m.k = 'fact/audit/' || i.id AND substr(m.v, instr(m.v, ' until ') + 7) > ?",
            (at,),
        ).fetchall()
        return dict(rows)
