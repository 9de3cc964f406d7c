"""The part of the ledger's view that says whom Dialog Insight is believed to hold, for the check of an import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from disf_desktop.core.values import Value
from disf_desktop.storage.database import Database
from disf_desktop.storage.ledger_erased import ErasedPeople
from disf_desktop.storage.ledger_known import known_of


class ArrivalsView:
    """Looks records up by key."""

    _connection: Database

    def target_number(self, name: str) -> int | None:
        """Give the number of a Dialog Insight table, if anything was ever written to it."""
        row = self._connection.execute("SELECT id FROM target WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def known_of(self, target: int, folded_keys: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        """Give what Dialog Insight is believed to hold, by folded key: values by field code; see `ledger_known`."""
        return known_of(self._connection, target, folded_keys)

    def erased_people(self) -> ErasedPeople:
        """Give the people who are known to be erased at this moment."""
        return ErasedPeople(self._connection)
