"""The part of the ledger that lets go of what nobody needs any more: a little after a run, once a day.

Personal data is not kept for longer than it serves (sync-semantics 6): what a run changed for 90 days, for audit and
undo; the trail of consents for five years, after which its last hash still anchors what follows; what is known of a
person who was erased from Dialog Insight for 30 days, in which an erasure may turn out to have been a mistake. Then
only keyed hashes of the key and the e-mail address are left, so that nothing makes the person again silently (I19).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from disf_desktop.core.moments import written
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.core.suppression import identities
from disf_desktop.storage.consent_trail import close_segment
from disf_desktop.storage.database import check
from disf_desktop.storage.ledger_consents import Consents
from disf_desktop.storage.ledger_links import GIVEN_UP
from disf_desktop.storage.packing import unpack

JOURNAL_KEPT: Final = timedelta(days=90)
CONSENTS_KEPT: Final = timedelta(days=5 * 365 + 1)
ERASED_KEPT: Final = timedelta(days=30)
CHECKED_EVERY: Final = timedelta(days=7)
_SETTLED: Final = (
    "state <> 'waiting' AND at < ? AND NOT EXISTS (SELECT 1 FROM choice WHERE choice.conflict = conflict.id)"
)
AT_ONCE: Final = 20_000
"""Rows of a kind that one run lets go of: a fraction of a second. The next run goes on."""


class Upkeep(Consents):
    """What is done to a ledger now and then."""

    def let_go(self, now: datetime, most: int = AT_ONCE) -> bool:
        """Let go of what is too old, so many rows of a kind at most; say whether nothing is left to do."""
        before = written(now - JOURNAL_KEPT)
        whole = self.prune(before, most)
        with self._writing() as c:
            close_segment(c, written(now - CONSENTS_KEPT), written(now))
            c.execute(
                "DELETE FROM meta WHERE k LIKE 'fact/%' AND substr(v, instr(v, ' until ') + 7) < ?", (written(now),)
            )
        return self._forget_the_erased(now - ERASED_KEPT, written(now), most) and whole

    def prune(self, before: str, most: int = 2**60) -> bool:
        """Let go of what the journal holds of people from before a moment (ISO 8601 UTC): changed fields, settled
        conflicts, values of uncertain fate, what imports stored. Runs keep their summaries, links their bases.

        No more than `most` rows of a kind go; say whether that was all.
        """
        whole = True
        with self._writing() as c:
            last = self._one("SELECT coalesce(max(id), 0) FROM batch WHERE at < ?", (before,))[0]
            c.execute("DELETE FROM calmed WHERE batch <= ?", (last,))
            for table, rowid, condition, bound in (
                ("op", "id", "state = 'APPLIED' AND batch <= ?", last),
                ("conflict", "id", _SETTLED, before),
                ("own_value", "(link, side, field, value)", "at < ?", before),
                ("arrival", "(target, di_key)", "as_of < ?", before),
            ):
                names = rowid.strip("()")
                c.execute(
                    f"DELETE FROM {table} WHERE {rowid} IN (SELECT {names} FROM {table} WHERE {condition} LIMIT ?)",  # noqa: S608
                    (bound, most),
                )
                whole = whole and c.changes() < most
        return whole

    def _forget_the_erased(self, before: datetime, at: str, most: int) -> bool:
        """Let go of all values of people who were erased so long ago; only keyed hashes of who they were are left."""
        rows = self._all(
            "SELECT l.id, l.di_key, l.di_rid, l.integration, b.layout, b.di, t.name FROM link l"
            " JOIN target t ON t.id = l.target LEFT JOIN base b ON b.link = l.id"
            " WHERE l.state = 2 AND coalesce(l.checked, 0) < ? AND substr(l.di_key, 1, 2) <> ? LIMIT ?",
            (int(before.timestamp()), GIVEN_UP, most),
        )
        for link, key, rid, integration, layout, packed, target in rows:
            shown = dict(zip(self.targets_of(layout), unpack(packed), strict=False)) if packed is not None else {}
            with self._writing() as c:
                if target.endswith(f"/{CONTACT_LIST}"):  # a row of a custom table that is gone was nobody
                    self.suppress(identities(key, shown), "erased", at)
                for table in ("base", "op", "conflict", "own_value", "choice"):
                    c.execute(f"DELETE FROM {table} WHERE link = ?", (link,))  # noqa: S608
                c.execute("DELETE FROM seen WHERE integration = ? AND side = 'DI' AND rid = ?", (integration, rid))
                c.execute("UPDATE link SET di_key = ? WHERE id = ?", (f"{GIVEN_UP}{rid}", link))
        return len(rows) < most

    def look_through(self) -> None:
        """Look through the whole file and compare its indexes. Raises LedgerIsDamaged."""
        check(self._connection, thorough=True)
