"""The trail of consents: who, what, when, from where; append-only, each row's hash over the one before it.

A row holds no e-mail address: a person is a link, an idContact and a Salesforce Id.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Any, Final

import apsw
import orjson

_START: Final = bytes(32)
_COLUMNS: Final = (
    "seq, at, run, link, sf_id, di_rid, purpose, action, di, effective, as_of, source, before, after, rule, op,"
    " request_id"
)
_PLACES: Final = ",".join("?" * (_COLUMNS.count(",") + 2))


class Action(StrEnum):
    """What happened to a consent."""

    OBSERVED = "observed"  # Dialog Insight shows another state, or another date
    SEEN = "seen"  # Salesforce shows an opt-out, or shows it no more
    INTENDED = "intended"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    MODIFIED = "modified"  # somebody saved the record first, so nothing was written
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"
    PROVEN = "proven"  # read back: the value in Salesforce is ours
    REVIEW = "review"
    INHERITED = "inherited"
    RENEWED = "renewed"  # what was read before does not count any more
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom an event is about, as far as it is known."""

    link: int | None = None
    sf_id: str | None = None
    di_rid: str | None = None


@dataclass(frozen=True, slots=True)
class Tampered:
    """The first event of the trail that is not as it was written."""

    seq: int
    what: str


class Trail:
    """Appends to the trail inside one transaction of the caller."""

    def __init__(self, connection: apsw.Connection, at: str, run: int | None = None) -> None:
        self._connection = connection
        self._at = at
        self._run = run
        self._seq, self._hash = _head(connection)

    def add(
        self,
        person: Person,
        purpose: str,
        action: Action,
        *,
        di: bool | None = None,
        effective: str | None = None,
        as_of: str | None = None,
        source: str | None = None,
        before: str | None = None,
        after: str | None = None,
        rule: str | None = None,
        op: int | None = None,
        request_id: str | None = None,
    ) -> int:
        """Append an event and give its number."""
        self._seq += 1
        row = (
            self._seq,
            self._at,
            self._run,
            person.link,
            person.sf_id,
            person.di_rid,
            purpose,
            action.value,
            None if di is None else int(di),
            effective,
            as_of,
            source,
            before,
            after,
            rule,
            op,
            request_id,
        )
        self._hash = _hashed(self._hash, row)
        self._connection.execute(
            f"INSERT INTO consent_event({_COLUMNS}, hash) VALUES({_PLACES})",
            (*row, self._hash),
        )
        return self._seq


def verify(connection: apsw.Connection) -> Tampered | None:
    """Compute the chain again; give the first event that is missing or not as it was written."""
    last, digest = _anchor(connection)
    for row in connection.execute(f"SELECT {_COLUMNS}, hash FROM consent_event ORDER BY seq"):  # noqa: S608
        *event, stored = row
        if event[0] != last + 1:
            return Tampered(last + 1, "missing")
        digest = _hashed(digest, tuple(event))
        if digest != stored:
            return Tampered(event[0], "changed")
        last = event[0]
    issued = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'consent_event'").fetchone()
    return Tampered(last + 1, "missing") if issued is not None and issued[0] > last else None


def close_segment(connection: apsw.Connection, before: str, at: str) -> int:
    """Let the events of before a moment go; the last hash of them anchors what follows. Give how many went."""
    row = connection.execute(
        "SELECT seq, hash FROM consent_event WHERE seq < (SELECT coalesce(min(seq), 9e18) FROM consent_event"
        " WHERE at >= ?) ORDER BY seq DESC LIMIT 1",
        (before,),
    ).fetchone()
    if row is None:
        return 0
    connection.execute("INSERT INTO consent_segment(last, hash, at) VALUES(?,?,?)", (*row, at))
    done = connection.total_changes()
    connection.execute("DELETE FROM consent_event WHERE seq <= ?", (row[0],))
    return connection.total_changes() - done


def _head(connection: apsw.Connection) -> tuple[int, bytes]:
    row = connection.execute("SELECT seq, hash FROM consent_event ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row is not None else _anchor(connection)


def _anchor(connection: apsw.Connection) -> tuple[int, bytes]:
    row = connection.execute("SELECT last, hash FROM consent_segment ORDER BY last DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row is not None else (0, _START)


def _hashed(previous: bytes, row: tuple[Any, ...]) -> bytes:
    return blake2b(previous + orjson.dumps(row), digest_size=32).digest()
