"""The part of the ledger that knows when it may not be believed: it comes from a backup, or from another computer.

What it says of the past may be older than what both services hold. It is still worth much: who is who, and what both
sides once agreed on. What is only worth something when it is fresh is made void; the next run reads everything again
(`engine.audit`), and no consent is written before it was read anew (sync-semantics 4.13, 6 and C10).
"""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

from disf_desktop.storage.files import make_file
from disf_desktop.storage.ledger_tables import Tables

log = logging.getLogger(__name__)


class Doubt(Tables):
    """What is made void, and the signs by which that is needed."""

    def distrust(self, since: str, epoch: int = 0) -> None:
        """Make void what was under way and what must be fresh; `since` says what happened, and tells it from others.

        The epoch is `epoch` from now on, if it was lower. Batches whose outcome is open are not sent again: what both
        sides show is compared instead, and what is missing is planned anew. What a person chose of a conflict is asked
        again, for it may have been carried out.
        """
        with self._writing() as c:
            self._set_meta("restored_from", since)
            self._set_meta("epoch", str(max(epoch, self._stored_epoch())))
            c.execute("DELETE FROM op WHERE state IN ('INTENT','HOLD')")
            c.execute("UPDATE batch SET state = 'DONE' WHERE state = 'INTENT'")
            c.execute(
                "DELETE FROM link WHERE (di_rid IS NULL OR sf_id IS NULL)"
                " AND NOT EXISTS (SELECT 1 FROM base WHERE base.link = link.id)"
            )
            c.execute("DELETE FROM choice")
            c.execute("UPDATE stream SET hi = NULL, stamp = NULL, rid = NULL")
            c.execute("UPDATE link SET checked = NULL, suspect = 0 WHERE checked IS NOT NULL OR suspect <> 0")
            c.execute("DELETE FROM scanned")
            c.execute("DELETE FROM meta WHERE k LIKE 'fact/audit/%'")
        log.warning("what the ledger remembers is checked anew: %s", since)

    def settle_down(self, computer: str, at: str) -> bool:
        """Make sure that this is the ledger that this computer wrote last; say whether it had to be distrusted.

        `computer` is its fingerprint, "" where it has none. A run notes its epoch beside the ledger: one that is behind
        it was put there by hand, from a backup.
        """
        known = self._meta("computer")
        noted = noted_epoch(self._connection.path, self._meta("installation_id"))
        doubt = ""
        if computer and known and known != computer:
            doubt = f"another computer, {at}"
        elif noted > self._stored_epoch():
            doubt = f"an older file, {at}"
        if doubt or known != computer:
            with self._writing():
                if computer:
                    self._set_meta("computer", computer)
                if doubt:
                    self.distrust(doubt, noted)
        self.is_doubted = bool(doubt)
        return self.is_doubted

    def note_epoch(self) -> None:
        """Note beside the ledger how far it is, so that an older one in its place is known for that."""
        path = _beside(self._connection.path)
        with suppress(OSError):
            make_file(path)
            path.write_text(f"{self._meta('installation_id')} {self._stored_epoch()}\n", encoding="ascii")

    def installation(self) -> str:
        """Give what tells this ledger, and the copies of it, from any other."""
        return self._meta("installation_id")

    def _stored_epoch(self) -> int:
        return int(self._meta("epoch") or 0)

    def _meta(self, name: str) -> str:
        row = self._connection.execute("SELECT v FROM meta WHERE k = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _set_meta(self, name: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (name, value))


def noted_epoch(ledger: Path, installation: str) -> int:
    """Give the epoch that was noted beside a ledger, 0 where none was, or another ledger's."""
    with suppress(OSError, ValueError):
        whose, epoch = _beside(ledger).read_text(encoding="ascii").split()
        if whose == installation:
            return int(epoch)
    return 0


def _beside(ledger: Path) -> Path:
    return ledger.with_name(f"{ledger.name}.epoch")
