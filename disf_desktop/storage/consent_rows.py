"""Reads and writes the rows of consents, inside the transactions of `storage.ledger_consents`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from disf_desktop.core.consent import Consent, Fed, Kind, OwnWrite, Subscriber
from disf_desktop.core.consent_memory import Known, Shown, Shows
from disf_desktop.core.operations import Presence
from disf_desktop.core.refusals import Bad
from disf_desktop.core.values import Value
from disf_desktop.storage.consent_trail import Person
from disf_desktop.storage.ledger_tables import Tables
from disf_desktop.storage.packing import unpack

_KNOWN: Final = "di, earliest, latest, as_of, not_before, opted_out, read_at, look"

_ROWS: Final = (
    "SELECT c.link, c.purpose, c.provenance, c.our_opt_out, c.our_stamp, c.in_stamp, l.state, s.valid_from, c.di,"
    " c.earliest, c.latest, c.as_of, c.not_before, c.opted_out, c.read_at, c.look FROM consent_state c"
    " JOIN link l ON l.id = c.link JOIN consent_feed f ON f.integration = l.integration AND f.purpose = c.purpose"
    " JOIN consent_scope s ON s.integration = l.integration"
)


@dataclass(frozen=True, slots=True)
class Feed:
    """What an opt-in feeds; `shared`: other integrations feed the same Salesforce field."""

    field: str
    keeps_neutral: bool
    shared: bool
    valid_from: str


@dataclass(slots=True)
class _Row:
    link: int
    purpose: str
    known: Known | None
    provenance: str
    our_opt_out: str | None
    our_stamp: str | None
    in_stamp: str | None
    closed: bool
    valid_from: str

    @property
    def fed(self) -> Fed:
        """Give what the project says. A contact whose record was merged away is not read again: its word stands."""
        return Fed(self.known, self.closed or (self.known is not None and self.known.read_at >= self.valid_from))

    @property
    def own(self) -> tuple[OwnWrite, ...]:
        writes = []
        if self.our_stamp is not None:
            writes.append(OwnWrite(Kind.OUT, self.our_stamp, self.provenance == "ours"))
        if self.in_stamp is not None:
            writes.append(OwnWrite(Kind.IN, self.in_stamp, False))
        return tuple(writes)


class ConsentRows(Tables):
    """The rows of consents."""

    def _feeds(self, integration: int) -> dict[str, Feed]:
        return {
            purpose: Feed(field, bool(keeps), bool(shared), valid_from)
            for purpose, field, keeps, shared, valid_from in self._connection.execute(
                "SELECT f.purpose, f.field, f.keeps_neutral, EXISTS (SELECT 1 FROM consent_feed g WHERE g.field ="
                " f.field AND g.integration <> f.integration), s.valid_from FROM consent_feed f JOIN consent_scope s"
                " ON s.integration = f.integration WHERE f.integration = ?",
                (integration,),
            )
        }

    def _links_of(self, target: int, rids: Sequence[str]) -> dict[str, tuple[int, int, str | None, int | None]]:
        """Give by idContact the integration, the link, the Salesforce Id, and the link that it was merged into."""
        return {
            rid: (integration, link, sf_id, merged_into)
            for rid, integration, link, sf_id, merged_into in self._connection.execute(
                "SELECT di_rid, integration, id, sf_id, merged_into FROM link WHERE target = ?"
                " AND di_rid IN (SELECT value FROM json_each(?))",
                (target, orjson.dumps(list(rids)).decode()),
            )
        }

    def _person(self, link: int) -> Person:
        sf_id, di_rid = self._one("SELECT sf_id, di_rid FROM link WHERE id = ?", (link,))
        return Person(link, sf_id, di_rid)

    def _states(self, links: Sequence[int]) -> dict[tuple[int, str], Known]:
        return {
            (link, purpose): known_of(rest)
            for link, purpose, *rest in self._connection.execute(
                f"SELECT link, purpose, {_KNOWN} FROM consent_state WHERE link IN (SELECT value FROM json_each(?))",  # noqa: S608
                (orjson.dumps(list(links)).decode(),),
            )
        }

    def _store_known(self, link: int, purpose: str, known: Known, *, decide: bool) -> None:
        self._connection.execute(
            f"INSERT INTO consent_state(link, purpose, {_KNOWN}, pending) VALUES(?,?,?,?,?,?,?,?,?,?,?)"
            " ON CONFLICT(link, purpose) DO UPDATE SET di = excluded.di, earliest = excluded.earliest,"
            " latest = excluded.latest, as_of = excluded.as_of, not_before = excluded.not_before,"
            " opted_out = excluded.opted_out, read_at = excluded.read_at, look = excluded.look,"
            " pending = max(pending, excluded.pending)",
            (
                link,
                purpose,
                known.state,
                known.earliest,
                known.latest,
                known.as_of or None,
                known.not_before,
                known.opted_out,
                known.read_at or None,
                known.look,
                decide,
            ),
        )

    def _shown(self, integration: int, rid: str, purpose: str) -> Shown | None:
        row = self._connection.execute(
            "SELECT shows, since, stamp, last_out, inherited FROM sf_opt_out"
            " WHERE integration = ? AND rid = ? AND purpose = ?",
            (integration, rid, purpose),
        ).fetchone()
        return None if row is None else shown_of(row)

    def _store_shown(self, integration: int, rid: str, purpose: str, shown: Shown) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO sf_opt_out(integration, rid, purpose, shows, since, stamp, last_out, inherited)"
            " VALUES(?,?,?,?,?,?,?,?)",
            (
                integration,
                rid,
                purpose,
                shown.shows.value,
                shown.since,
                shown.stamp,
                shown.last_out,
                shown.inherited,
            ),
        )

    def _siblings(self, link: int, purpose: str) -> list[tuple[int, str]]:
        """Give the other links of the same person, with their opt-in, that feed the same Salesforce field."""
        rows = self._connection.execute(
            "SELECT m.id, g.purpose FROM link l JOIN consent_feed f ON f.integration = l.integration AND f.purpose = ?2"
            " JOIN consent_feed g ON g.field = f.field JOIN integration i ON i.id = g.integration"
            " JOIN link m ON m.target = i.target AND m.sf_id = l.sf_id AND m.integration = g.integration"
            " WHERE l.id = ?1 AND m.id <> ?1",
            (link, purpose),
        )
        return [(number, purpose_there) for number, purpose_there in rows]

    def _decide_siblings(self, link: int, purpose: str) -> None:
        self._connection.executemany(
            "UPDATE consent_state SET pending = 1 WHERE link = ? AND purpose = ?", self._siblings(link, purpose)
        )

    # -- what decisions are made of ------------------------------------------------------------------------------------

    def _subscribers(
        self, integration: int, layout: int, sources: Sequence[str], links: Sequence[int]
    ) -> list[Subscriber]:
        if not links:
            return []
        packed = orjson.dumps(list(links)).decode()
        feeds = self._feeds(integration)
        rows = self._rows(integration, packed)
        shown: dict[tuple[int, str], Shown] = {
            (link, purpose): shown_of(rest)
            for link, purpose, *rest in self._connection.execute(
                "SELECT l.id, s.purpose, s.shows, s.since, s.stamp, s.last_out, s.inherited FROM link l"
                " CROSS JOIN sf_opt_out s ON s.integration = ?1 AND s.rid = l.sf_id"
                " WHERE l.id IN (SELECT value FROM json_each(?2))",
                (integration, packed),
            )
        }
        consents: dict[int, dict[str, Consent]] = {}
        for (link, purpose), row in rows.items():
            others = [
                other
                for key in (self._siblings(link, purpose) if feeds[purpose].shared else ())
                if (other := self._row(*key)) is not None
            ]
            moments = [each.our_opt_out for each in (row, *others) if each.our_opt_out]
            consents.setdefault(link, {})[purpose] = Consent(
                row.fed,
                shown.get((link, purpose)),
                tuple(other.fed for other in others),
                tuple(write for each in (row, *others) for write in each.own),
                max(moments, default=None),
            )
        places = self._places(layout, sources)
        found = []
        for link, rid, di_rid, state, stamp, seen_layout, vals, presence in self._connection.execute(
            "SELECT l.id, l.sf_id, l.di_rid, l.state, s.stamp, s.layout, s.vals, s.presence FROM link l"
            " LEFT JOIN seen s ON s.integration = ?1 AND s.side = 'SF' AND s.rid = l.sf_id"
            " WHERE l.id IN (SELECT value FROM json_each(?2)) ORDER BY l.id",
            (integration, packed),
        ):
            values: Mapping[str, Value | Bad] | None = None
            if vals is not None and seen_layout == layout:
                unpacked = unpack(vals)
                values = {name: unpacked[place] for name, place in places.items()}
            found.append(
                Subscriber(
                    link,
                    rid,
                    di_rid,
                    consents.get(link, {}),
                    stamp or "",
                    values,
                    present=presence != Presence.DELETED,
                    in_scope=presence not in (Presence.OUT_OF_SCOPE, Presence.VANISHED),
                    active=state == 0,
                )
            )
        return found

    def _places(self, layout: int, sources: Sequence[str]) -> dict[str, int]:
        names: list[str] = orjson.loads(self._one("SELECT fields FROM layout WHERE id = ?", (layout,))[0])["source"]
        return {name: names.index(name) for name in sources}

    def _rows(self, integration: int, packed: str) -> dict[tuple[int, str], _Row]:
        return {
            (row.link, row.purpose): row
            for row in self._read_rows(
                "c.link IN (SELECT value FROM json_each(?1)) AND l.integration = ?2", (packed, integration)
            )
        }

    def _row(self, link: int, purpose: str) -> _Row | None:
        found = self._read_rows("c.link = ? AND c.purpose = ?", (link, purpose))
        if found:
            return found[0]
        state: int = self._one("SELECT state FROM link WHERE id = ?", (link,))[0]
        return None if state else _Row(link, purpose, None, "foreign", None, None, None, False, "")

    def _read_rows(self, where: str, bindings: Sequence[Any]) -> list[_Row]:
        sql = f"{_ROWS} WHERE {where}"
        return [
            _Row(
                link,
                purpose,
                known_of(rest) if rest[3] is not None or rest[7] else None,
                provenance,
                our_opt_out,
                our_stamp,
                in_stamp,
                state == 1,
                valid_from,
            )
            for (
                link,
                purpose,
                provenance,
                our_opt_out,
                our_stamp,
                in_stamp,
                state,
                valid_from,
                *rest,
            ) in self._connection.execute(sql, bindings)
        ]


def known_of(row: Sequence[Any]) -> Known:
    """Make what is known from the columns of a state."""
    di, earliest, latest, as_of, not_before, opted_out, read_at, look = row
    state = None if di is None else bool(di)
    return Known(state, earliest, latest, as_of or "", not_before, opted_out, read_at or "", bool(look))


def shown_of(row: Sequence[Any]) -> Shown:
    """Make what Salesforce is remembered to show from the columns of a row."""
    shows, since, stamp, last_out, inherited = row
    return Shown(Shows(shows), since, stamp, last_out, inherited)
