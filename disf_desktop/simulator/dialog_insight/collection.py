"""Where records are kept: one SQL table for the contact list of a project or for a custom table.

A record is one row: its number, its folded primary key, and its values as one JSON text under the names used in web
services. A field gets its index when it is first looked up, so that what is never looked up costs nothing.
"""

# ruff: noqa: S608 - the names of SQL tables and columns come from the account's definition, values are always bound
from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from disf_desktop.simulator.dialog_insight.definitions import Project, Table
from disf_desktop.simulator.dialog_insight.values import Accept, Refused, accept, boolean, day, fold, moment

OptinState = list[Any]
"""`[1 or 0, effective date in the project's time, source]`; an opt-in that was never set has none."""

_COLUMNS = "id, key, body, optins, active, quarantined, created, modified"


@dataclass(slots=True)
class Stored:
    """A record as it is kept; `created` and `modified` are seconds since 1970, UTC."""

    id: int
    key: str
    values: dict[str, Any]
    optins: dict[str, OptinState] = field(default_factory=dict)
    active: bool = True
    quarantined: bool = False
    created: int = 0
    modified: int = 0


class Collection:
    """The records of a contact list or of a table, and what their fields accept."""

    def __init__(self, database: sqlite3.Connection, of: Project | Table, zone: ZoneInfo) -> None:
        self.of = of
        self.zone = zone
        self.is_contacts = isinstance(of, Project)
        self.prefix = "f_" if isinstance(of, Project) else ""
        self._database = database
        self._table = f"contacts_{of.id}" if isinstance(of, Project) else f"rows_{of.id}"
        self.accepts: dict[str, Accept] = {self.prefix + each.code: accept(each) for each in of.fields}
        self.key_names = tuple(self.prefix + code for code in of.key)
        self.key_fields = {f"key_{self.prefix}{code}": self.prefix + code for code in of.key}
        self.required = tuple(
            dict.fromkeys([*(self.prefix + f.code for f in of.fields if f.required), *self.key_names])
        )
        self.email = next((self.prefix + f.code for f in of.fields if f.type == "EMail"), None)
        self.parent = next((f.code for f in of.fields if f.type == "Contact"), None)
        self.optins = tuple(each.code for each in of.optins) if isinstance(of, Project) else ()
        self.empty: dict[str, Any] = dict.fromkeys(self.accepts)
        if self.is_contacts:
            self.accepts |= {"hasTrackingConsent": boolean, "dtTrackingConsent": day}
        self.folded_names = {name.casefold(): name for name in self.accepts}
        self.folded_optins = {f"optin_{code}".casefold(): code for code in self.optins}
        self.folded_dates = {f"dtoptin_{code}".casefold(): code for code in self.optins}
        self._next = 0
        # The stamps of a batch are all of one second, or nearly.
        self.local = lru_cache(1024)(self._local)
        database.create_function(f"local_{of.id}", 1, self.local, deterministic=True)

    def create(self) -> None:
        """Make the SQL table."""
        self._database.execute(
            f"CREATE TABLE IF NOT EXISTS {self._table} (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, email TEXT,"
            " parent INTEGER, body TEXT NOT NULL, optins TEXT NOT NULL, active INTEGER NOT NULL,"
            " quarantined INTEGER NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL)"
        )
        for column in ("email", "parent"):
            self._database.execute(
                f"CREATE INDEX IF NOT EXISTS {self._table}_{column} ON {self._table} ({column})"
                f" WHERE {column} IS NOT NULL"
            )
        if self.is_contacts:
            self._index("dates", self._stamp)
        self._database.execute("INSERT OR IGNORE INTO counters VALUES (?, 1)", (self._table,))

    def _index(self, name: str, expression: str) -> None:
        self._database.execute(f'CREATE INDEX IF NOT EXISTS "{self._table}_{name}" ON {self._table} ({expression})')

    @property
    def _stamp(self) -> str:
        # A field of the service, so in the project's time, where an hour of November comes twice: it is compared so.
        return f"local_{self.of.id}(modified)"

    def reload(self) -> None:
        """Read the counter again, after the database was replaced."""
        [self._next] = self._database.execute("SELECT next FROM counters WHERE name = ?", (self._table,)).fetchone()

    def new_id(self) -> int:
        """Return a number never used before, even by a deleted record."""
        self._next += 1
        return self._next - 1

    def key_of(self, values: Mapping[str, Any]) -> str:
        """Return the folded primary key of complete values."""
        if len(self.key_names) == 1:
            return str(values[self.key_names[0]]).casefold()
        return "\x1f".join(str(fold(values[name])) for name in self.key_names).casefold()

    def by_key(self, keys: Sequence[str]) -> dict[str, Stored]:
        """Return what is stored under these folded keys."""
        return {each.key: each for each in self._among("key", keys)}

    def by_id(self, ids: Sequence[int]) -> dict[int, Stored]:
        """Return what is stored under these numbers."""
        return {each.id: each for each in self._among("id", ids)}

    def existing(self, ids: Sequence[int]) -> set[int]:
        """Return which of these numbers exist."""
        found: set[int] = set()
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            marks = ",".join("?" * len(some))
            rows = self._database.execute(f"SELECT id FROM {self._table} WHERE id IN ({marks})", some)
            found.update(id for (id,) in rows)
        return found

    def _among(self, column: str, wanted: Sequence[Any]) -> Iterator[Stored]:
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ",".join("?" * len(some))
            yield from self._select(f"WHERE {column} IN ({marks})", some)

    def _select(self, where: str, parameters: Sequence[Any]) -> Iterator[Stored]:
        for row in self._database.execute(f"SELECT {_COLUMNS} FROM {self._table} {where}", parameters):
            yield Stored(
                row[0],
                row[1],
                orjson.loads(row[2]),
                {} if row[3] == "{}" else orjson.loads(row[3]),
                bool(row[4]),
                bool(row[5]),
                row[6],
                row[7],
            )

    def all(self) -> Iterator[Stored]:
        """Return every record in the order of their numbers, a page at a time."""
        last = 0
        while page := list(self._select("WHERE id > ? ORDER BY id LIMIT 1000", [last])):
            yield from page
            last = page[-1].id

    def where(self, name: str, value: Any, most: int = -1, *, empty: bool = True) -> Iterator[Stored]:
        """Return the records in which `name` (as in web services) equals a value; empty text or null: is empty.

        Raises Refused for a field that does not exist, a value that the field cannot hold, or an empty one when
        `empty` is not allowed.
        """
        expression, wanted = self._comparison(name, value)
        if wanted is None and not empty:
            raise Refused("an empty value cannot be compared")
        # Not `IS ?` for both: an index that leaves out what is empty would then not be used.
        operator = "IS" if wanted is None else "="
        return self._select(f"WHERE {expression} {operator} ? ORDER BY id LIMIT ?", [wanted, most])

    def since(self, value: Any, most: int) -> Iterator[Stored]:
        """Return the records changed at a time of the project or later, in the order of the changes; or Refused."""
        start = _comparable(moment, value)
        if start is None:
            raise Refused("an empty value cannot be compared")
        return self._select(f"WHERE {self._stamp} >= ? ORDER BY {self._stamp}, id LIMIT ?", [start, most])

    def _comparison(self, name: str, value: Any) -> tuple[str, Any]:
        """Return what is compared, as SQL that has an index, and with what."""
        folded = name.casefold()
        if self.is_contacts and folded == "idcontact":
            return "id", _comparable(accept_number, value)
        if code := self.folded_optins.get(folded):
            state = _comparable(boolean, value)
            return self._indexed("optins", code, 0), None if state is None else int(state)
        if code := self.folded_dates.get(folded):
            return self._indexed("optins", code, 1), _comparable(moment, value)
        known = self.folded_names.get(folded)
        if known is None:
            raise Refused(f"there is no field {name}")
        wanted = _comparable(self.accepts[known], value)
        if wanted is not None and (known,) == self.key_names:
            return "key", self.key_of({known: wanted})
        if wanted is not None and known == self.email:
            return "email", fold(wanted)
        if wanted is not None and known == self.parent:
            return "parent", wanted
        return self._indexed("body", known), fold(wanted)

    def _indexed(self, column: str, name: str, place: int | None = None) -> str:
        expression = f"""json_extract({column}, '$."{name}"{"" if place is None else f"[{place}]"}')"""
        if place is None:
            expression = f"fold({expression})"
        self._index(f"{column}_{name}_{place or 0}", expression)
        return expression

    def insert(self, records: Iterable[Stored]) -> None:
        """Store new records; the caller holds the transaction."""
        self._database.executemany(
            f"INSERT INTO {self._table} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(each.id, each.key, *self._columns(each), each.created, each.modified) for each in records],
        )
        self._keep_counter()

    def update(self, records: Iterable[Stored]) -> None:
        """Store changed records; the caller holds the transaction."""
        self._database.executemany(
            f"UPDATE {self._table} SET key = ?, email = ?, parent = ?, body = ?, optins = ?, active = ?,"
            " quarantined = ?, modified = ? WHERE id = ?",
            [(each.key, *self._columns(each), each.modified, each.id) for each in records],
        )

    def delete(self, ids: Iterable[int]) -> None:
        """Remove records; the caller holds the transaction."""
        self._database.executemany(f"DELETE FROM {self._table} WHERE id = ?", [(id,) for id in ids])

    def delete_of_parents(self, parents: Iterable[int]) -> None:
        """Remove the rows that belong to these contacts; the caller holds the transaction."""
        self._database.executemany(f"DELETE FROM {self._table} WHERE parent = ?", [(id,) for id in parents])

    def _columns(self, record: Stored) -> tuple[Any, ...]:
        values = record.values
        return (
            fold(values.get(self.email)) if self.email else None,
            values.get(self.parent) if self.parent else None,
            orjson.dumps(values).decode(),
            orjson.dumps(record.optins).decode() if record.optins else "{}",
            record.active,
            record.quarantined,
        )

    def _keep_counter(self) -> None:
        self._database.execute("UPDATE counters SET next = ? WHERE name = ?", (self._next, self._table))

    def _local(self, seconds: int) -> str:
        """Write an instant as the project does."""
        return f"{datetime.fromtimestamp(seconds, UTC).astimezone(self.zone):%Y.%m.%d %H:%M:%S}"

    def shown(self, record: Stored) -> dict[str, Any]:
        """Return a record as web services give it: flat, every field, empty ones as null."""
        if not self.is_contacts:
            return {**self.empty, **record.values}
        shown = {"idContact": record.id, **self.empty, **record.values}
        for code in self.optins:
            state = record.optins.get(code)
            shown[f"optin_{code}"] = None if state is None else bool(state[0])
            shown[f"dtOptin_{code}"] = None if state is None else state[1]
        return shown


def accept_number(value: Any) -> int | None:
    """Read the number of a record."""
    from_text = str(value).strip()
    if from_text == "" or value is None:
        return None
    # Eighteen digits are more than there will ever be contacts, and fit the store.
    if not from_text.isdecimal() or len(from_text) > 18 or isinstance(value, bool):
        raise Refused("not the number of a contact")
    return int(from_text)


def _comparable(read: Accept, value: Any) -> Any:
    if isinstance(value, (dict, list)):
        raise Refused("a single value is compared")
    return read(value)
