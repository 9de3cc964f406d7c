"""The part of the ledger's view that shows consents: what waits for a person, and the trail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from disf_desktop.core.history import ConsentEventRecord, ConsentWaiting, TamperedEvent
from disf_desktop.core.plan import folded_key
from disf_desktop.storage.consent_trail import verify
from disf_desktop.storage.database import Database

_EVENTS = (
    "SELECT seq, at, run, coalesce(sf_id, ''), coalesce(di_rid, ''), purpose, action, di, effective, as_of,"
    " coalesce(source, ''), before, after, coalesce(rule, ''), op, coalesce(request_id, '') FROM consent_event"
)


class ConsentsView:
    """Reads consents."""

    _connection: Database

    def consent_reviews(self, skip: int, limit: int) -> list[ConsentWaiting]:
        """Give the consents that wait for a person's review, the oldest first."""
        rows = self._connection.execute(
            "SELECT i.name, coalesce(r.sf_id, ''), coalesce(r.di_rid, ''), r.purpose, r.since, r.di, r.as_of, r.rule,"
            " coalesce(r.detail, ''), r.earliest FROM consent_review r JOIN integration i ON i.id = r.integration"
            " ORDER BY r.since, r.link, r.purpose LIMIT ? OFFSET ?",
            (limit, skip),
        )
        return [
            ConsentWaiting("review", name, sf_id, di_rid, purpose, since, _state(di), as_of, rule, detail, earliest)
            for name, sf_id, di_rid, purpose, since, di, as_of, rule, detail, earliest in rows
        ]

    def consent_drift(self, skip: int, limit: int) -> list[ConsentWaiting]:
        """Give the opt-outs of Salesforce that Dialog Insight does not have (rule C9), the oldest first."""
        rows = self._connection.execute(
            "SELECT i.name, d.sf_id, coalesce(d.di_rid, ''), d.purpose, d.since, d.di, d.as_of FROM consent_drift d"
            " JOIN integration i ON i.id = d.integration ORDER BY d.since, d.link, d.purpose LIMIT ? OFFSET ?",
            (limit, skip),
        )
        return [
            ConsentWaiting("drift", name, sf_id, di_rid, purpose, since, _state(di), as_of)
            for name, sf_id, di_rid, purpose, since, di, as_of in rows
        ]

    def links_of(self, key: str) -> list[int]:
        """Give the links of a person, by Salesforce Id, by idContact, or by the key in Dialog Insight."""
        rows = self._connection.execute(
            "SELECT id FROM link WHERE sf_id = ?1 OR di_rid = ?1 OR di_key = ?2 ORDER BY id",
            (key, folded_key({"": key})),
        )
        return [number for (number,) in rows]

    def consent_events(self, links: Sequence[int] | None = None) -> Iterator[ConsentEventRecord]:
        """Give the trail in its order: everyone's, or that of some links.

        What was seen in Salesforce alone names a record and no link.
        """
        where = ""
        bound: tuple[str, ...] = ()
        if links is not None:
            where = (
                " WHERE link IN (SELECT value FROM json_each(?1)) OR (link IS NULL AND sf_id IN (SELECT l.sf_id FROM"
                " link l WHERE l.id IN (SELECT value FROM json_each(?1)) AND l.sf_id NOTNULL))"
            )
            bound = (orjson.dumps(list(links)).decode(),)
        for row in self._connection.execute(f"{_EVENTS}{where} ORDER BY seq", bound):
            yield _event(row)

    def tampered(self) -> TamperedEvent | None:
        """Compute the chain of the trail's hashes again; give the first event that does not fit, if there is one."""
        found = verify(self._connection)
        return None if found is None else TamperedEvent(found.seq, found.what)


def _event(row: tuple[Any, ...]) -> ConsentEventRecord:
    seq, at, run, sf_id, di_rid, purpose, action, di, *rest = row
    return ConsentEventRecord(seq, at, run, sf_id, di_rid, purpose, action, _state(di), *rest)


def _state(number: int | None) -> bool | None:
    return None if number is None else bool(number)
