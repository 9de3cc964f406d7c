"""Whether what the ledger remembers may be believed, and when everything was last compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Doubt(StrEnum):
    """Why a ledger is not believed before the next run has compared everything (sync-semantics 4.13, 6 and C10)."""

    BACKUP = "backup"  # a backup was put back
    COMPUTER = "computer"  # it was written last on another computer
    OLDER = "older"  # a newer one was here before


@dataclass(frozen=True, slots=True)
class LedgerStanding:
    """`doubt` since the moment `since` ("" where it was noticed just now). `compared`: when everything was last
    compared, by integration, as far as that is not too long ago to count; those of `known` that are not in it are
    due."""

    doubt: Doubt | None = None
    since: str = ""
    compared: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()

    def is_due(self, integration: str) -> bool:
        """Say whether the next run of an integration reads everything, and not only what changed."""
        return self.doubt is not None or (integration in self.known and integration not in self.compared)
