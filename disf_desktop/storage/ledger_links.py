"""The part of the ledger that knows which record of Salesforce is which record of Dialog Insight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from disf_desktop.core.operations import ABSENT, Base, BaseValue
from disf_desktop.core.plan import folded_key
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger_tables import Tables
from disf_desktop.storage.packing import pack, pack_list

GIVEN_UP: Final = "\u001f\u001f"
"""What the key of a link begins with whose record was seen under another one: no key of a record does."""


class Links(Tables):
    """Links and what both sides last agreed on over them."""

    # -- who is who ---------------------------------------------------------------------------------------------------

    def owners_of(self, target: int, keys: Sequence[Mapping[str, Value]]) -> dict[str, str]:
        """Give, by folded key, the Salesforce Id of the record that each key is linked to already; "" where that has
        no Salesforce record yet."""
        return self._by_list(
            "SELECT di_key, coalesce(sf_id, '') FROM link WHERE target = ?"
            " AND di_key IN (SELECT value FROM json_each(?))",
            target,
            [folded_key(k) for k in keys],
        )

    def contact_ids(self, target: int, sf_ids: Sequence[str]) -> dict[str, str]:
        """Give the idContact of each linked Salesforce Id in the contact list of a target."""
        return self._by_list(
            "SELECT sf_id, di_rid FROM link WHERE target = ? AND sf_id IN (SELECT value FROM json_each(?))"
            " AND di_rid IS NOT NULL AND state <> 2",
            target,
            sf_ids,
        )

    def owner_of(self, target: int, di_rid: str) -> str | None:
        """Give the Salesforce Id of the record that a record of Dialog Insight is linked to."""
        row = self._connection.execute(
            "SELECT sf_id FROM link WHERE target = ? AND di_rid = ?", (target, di_rid)
        ).fetchone()
        return row[0] if row else None

    def target_number(self, name: str) -> int | None:
        row = self._connection.execute("SELECT id FROM target WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def _by_list(self, sql: str, target: int, values: Sequence[str]) -> dict[str, str]:
        if not values:
            return {}
        return dict(self._connection.execute(sql, (target, pack_list(list(values)))))

    # -- what becomes of Salesforce records ---------------------------------------------------------------------------

    def note_merges(self, integration: int, target: int, merges: Sequence[tuple[str, str]]) -> None:
        """Write down `(loser, master)`: the loser's link is merged into the master's, and closed."""
        with self._writing() as c:
            self._check_epoch()
            for loser, master in merges:
                lost = self._link_of(target, loser)
                if lost is None:
                    continue
                into = self._merged_into(target, master, lost)
                c.execute("UPDATE link SET state = 1, merged_into = ? WHERE id = ? AND state <> 2", (into, lost))
                if into is not None:
                    c.execute("UPDATE link SET merged_into = ? WHERE merged_into = ?", (into, lost))

    def move_link(self, target: int, rid: str, to: str, integration: int) -> bool:
        """Tie the Dialog Insight record of `rid` to another Salesforce Id (a converted lead's contact); False where
        that one is tied to a record of its own already.

        What Dialog Insight was seen to hold belonged to the mapping of before: it is the first to be looked up again.
        """
        with self._writing() as c:
            self._check_epoch()
            link = self._link_of(target, rid)
            if link is None or self._link_of(target, to) is not None:
                return False
            di_rid, before = self._one("SELECT di_rid, integration FROM link WHERE id = ?", (link,))
            if before != integration:
                c.execute("DELETE FROM seen WHERE integration = ? AND side = 'DI' AND rid = ?", (before, di_rid))
            c.execute(
                "UPDATE link SET sf_id = ?, integration = ?, checked = NULL WHERE id = ?", (to, integration, link)
            )
            c.execute(
                "UPDATE seen SET pending = 1 WHERE integration = ? AND side = 'SF' AND rid = ?", (integration, to)
            )
            return True

    def close_links(self, target: int, rids: Sequence[str]) -> None:
        """Close the links of these records; nothing travels over them any more."""
        with self._writing() as c:
            self._check_epoch()
            c.execute(
                "UPDATE link SET state = 1 WHERE target = ? AND state = 0"
                " AND sf_id IN (SELECT value FROM json_each(?))",
                (target, pack_list(rids)),
            )

    # -- pieces of the transactions of others -------------------------------------------------------------------------

    def _link_of(self, target: int, sf_id: str) -> int | None:
        row = self._connection.execute("SELECT id FROM link WHERE target = ? AND sf_id = ?", (target, sf_id)).fetchone()
        return row[0] if row else None

    def _merged_into(self, target: int, master: str, lost: int) -> int | None:
        """Give the link of the record that is left at the end of a chain of merges."""
        link = self._link_of(target, master)
        walked = {lost}
        while link is not None and link not in walked:
            walked.add(link)
            further = self._one("SELECT merged_into FROM link WHERE id = ?", (link,))[0]
            if further is None:
                return link
            link = further
        return None

    def _link(
        self, integration: int, target: int, sf_id: str, key: Mapping[str, Value], di_rid: str | None = None
    ) -> int:
        """Give the number of a record's link, made where it is new. One that a person born in Dialog Insight has
        already is taken."""
        assert sf_id, "a link that is made for a decision has its Salesforce record"
        if di_rid is not None:
            row = self._connection.execute(
                "UPDATE link SET sf_id = ?, integration = ?, di_key = ? WHERE target = ? AND di_rid = ?"
                " AND sf_id IS NULL RETURNING id",
                (sf_id, integration, folded_key(key), target, di_rid),
            ).fetchone()
            if row is not None:
                taken: int = row[0]
                return taken
        number: int = self._one(
            "INSERT INTO link(target, integration, sf_id, di_key, di_rid) VALUES(?,?,?,?,?)"
            " ON CONFLICT(target, sf_id) WHERE sf_id IS NOT NULL DO UPDATE SET integration = excluded.integration,"
            " di_key = excluded.di_key, di_rid = coalesce(excluded.di_rid, di_rid) RETURNING id",
            (target, integration, sf_id, folded_key(key), di_rid),
        )[0]
        return number

    def _link_of_birth(self, integration: int, target: int, di_rid: str, key: Mapping[str, Value]) -> int:
        """Give the number of the link of a person who has no Salesforce record yet.

        A key has one owner in Dialog Insight, which shows it on this person: whoever had it before has another one now,
        though nothing of it may have travelled yet.
        """
        folded = folded_key(key)
        self._connection.execute(
            "UPDATE link SET di_key = ?1 || di_rid WHERE target = ?2 AND di_key = ?3 AND di_rid <> ?4",
            (GIVEN_UP, target, folded, di_rid),
        )
        row = self._connection.execute(
            "UPDATE link SET integration = ?, di_key = ? WHERE target = ? AND di_rid = ? AND sf_id IS NULL"
            " RETURNING id",
            (integration, folded, target, di_rid),
        ).fetchone()
        number: int = (
            row
            or self._one(
                "INSERT INTO link(target, integration, di_key, di_rid) VALUES(?,?,?,?) RETURNING id",
                (target, integration, folded, di_rid),
            )
        )[0]
        return number

    def _tie(self, link: int, integration: int, sf_id: str, di_rid: str) -> None:
        """Note both records of a link, where they are not noted already."""
        self._connection.execute(
            "UPDATE link SET di_rid = ?1, sf_id = coalesce(sf_id, nullif(?2, '')), integration = ?3 WHERE id = ?4"
            " AND (di_rid IS NOT ?1 OR (sf_id IS NULL AND ?2 <> '') OR integration <> ?3)",
            (di_rid, sf_id, integration, link),
        )

    def _rekey(self, link: int, layout: int, key: Mapping[str, Value], target: Sequence[BaseValue]) -> None:
        """Follow a key that changed in place. Where another link still claims it, that one keeps it."""
        known = dict(zip(self._layout(layout).targets, target, strict=False))
        if not key or any(known.get(name, ABSENT) is ABSENT for name in key):
            return
        folded = folded_key({name: known[name] for name in key})  # type: ignore[misc]
        self._connection.execute("UPDATE OR IGNORE link SET di_key = ?1 WHERE id = ?2 AND di_key <> ?1", (folded, link))

    def _set_base(self, link: int, layout: int, base: Base, batch: int | None) -> None:
        self._connection.execute(
            "INSERT INTO base(link, layout, sf, di, batch) VALUES(?,?,?,?,?) ON CONFLICT(link) DO UPDATE SET"
            " layout = excluded.layout, sf = excluded.sf, di = excluded.di, batch = coalesce(excluded.batch, batch)",
            (link, layout, pack(base.source), pack(base.target), batch),
        )
