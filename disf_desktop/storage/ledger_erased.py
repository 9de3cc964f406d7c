"""Who was erased from Dialog Insight, asked by what tells a person from others (promise I19).

After 30 days nothing is left of an erased person but keyed hashes of the key and the address (`ledger_upkeep`); before,
the ledger still holds what was known of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final, TypeVar

from disf_desktop.core.operations import ABSENT
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.core.suppression import identities
from disf_desktop.storage.database import Database
from disf_desktop.storage.ledger_layouts import read_layout
from disf_desktop.storage.ledger_links import GIVEN_UP
from disf_desktop.storage.packing import unpack

_RECENT: Final = (
    "SELECT l.di_key, b.layout, b.di FROM link l JOIN target t ON t.id = l.target"
    " LEFT JOIN base b ON b.link = l.id WHERE l.state = 2 AND substr(l.di_key, 1, 2) <> ? AND t.name LIKE ?"
)

Who = TypeVar("Who", int, str)

_HASH_BYTES: Final = 20
_MOST_IN_MEMORY: Final = 100_000
"""Hashes that are kept in memory, at a hundred bytes each; of more, each question is a look-up."""


def keyed_hash(key: bytes, identity: str) -> bytes:
    """Give the hash that is kept of an identity."""
    return blake2b(identity.strip().casefold().encode(), key=key, digest_size=_HASH_BYTES).digest()


class ErasedPeople:
    """The people whom the ledger knows to be erased, as they are read where this is made. Up to `in_memory` hashes are
    kept there."""

    def __init__(self, connection: Database, in_memory: int = _MOST_IN_MEMORY) -> None:
        self._connection = connection
        key: str | None = connection.execute(
            "SELECT v FROM meta WHERE k = 'suppression_key' AND EXISTS (SELECT 1 FROM suppression)"
        ).get
        self._keyed = None if key is None else blake2b(digest_size=_HASH_BYTES, key=bytes.fromhex(key))
        some: list[Any] = connection.execute("SELECT hmac FROM suppression LIMIT ?", (in_memory + 1,)).fetchall()
        self._hashes = frozenset(bytes(each) for (each,) in some) if len(some) <= in_memory else None
        self._recent = frozenset(each.casefold() for each in _recent(connection))

    def __bool__(self) -> bool:
        return self._keyed is not None or bool(self._recent)

    def among(self, people: Mapping[Who, Sequence[str]]) -> list[Who]:
        """Give those of some people, each by a number or an Id, one of whose identities (`core.suppression`) is an
        erased person's, in their order."""
        recent, hashed = self._recent, self._suppressed(people)
        return [
            who
            for who, known in people.items()
            if who in hashed or any(each.strip().casefold() in recent for each in known)
        ]

    def _suppressed(self, people: Mapping[Who, Sequence[str]]) -> frozenset[Who]:
        if (keyed := self._keyed) is None:
            return frozenset()
        asked = []
        for who, known in people.items():
            for each in known:
                hashed = keyed.copy()
                hashed.update(each.strip().casefold().encode())
                asked.append((who, hashed.digest()))
        if (hashes := self._hashes) is not None:
            return frozenset(who for who, digest in asked if digest in hashes)
        found = self._connection.executemany("SELECT ?1 FROM suppression WHERE hmac = ?2", asked)
        return frozenset(who for (who,) in found)


def _recent(connection: Database) -> Iterator[str]:
    """Give what is still known of the people who were erased lately; rows of custom tables are no people."""
    names: dict[int, tuple[str, ...]] = {}
    found: list[Any] = connection.execute(_RECENT, (GIVEN_UP, f"%/{CONTACT_LIST}")).fetchall()
    for key, layout, packed in found:
        shown: dict[str, object] = {}
        if packed is not None:
            if layout not in names:
                (text,) = next(iter(connection.execute("SELECT fields FROM layout WHERE id = ?", (layout,))))
                names[layout] = read_layout(text).targets
            held = zip(names[layout], unpack(packed), strict=False)
            shown = {name: value for name, value in held if value is not ABSENT}
        yield from identities(key, shown)
