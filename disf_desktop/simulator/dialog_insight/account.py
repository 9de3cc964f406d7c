"""The Dialog Insight account: its records and the people who work in it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from disf_desktop.simulator.dialog_insight.collection import Collection, Stored
from disf_desktop.simulator.dialog_insight.definitions import Definition, Project
from disf_desktop.simulator.dialog_insight.merge import Change, Outcome, Reader, merge, settle
from disf_desktop.simulator.dialog_insight.settings import Settings
from disf_desktop.simulator.dialog_insight.values import Refused, boolean, fold, moment
from disf_desktop.simulator.world import World

_SCHEMA = """
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, next INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS settings (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS optin_history (
    project INTEGER NOT NULL, contact INTEGER NOT NULL, code TEXT NOT NULL, value INTEGER NOT NULL,
    effective TEXT NOT NULL, source TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS optin_history_contact ON optin_history (project, contact);
"""


class NotFound(Exception):
    """A contact, project or table that does not exist."""


class Account:
    """The store, one SQLite file; a simulator need not survive a power cut, so nothing is synced to disk."""

    def __init__(self, path: Path, world: World, definition: Definition) -> None:
        self.path = path
        self.world = world
        self.definition = definition
        self.members_met: Counter[tuple[str, str]] = Counter()
        """How often a name came in `Records[].ID` or `Records[].Data`: (call, name) → records; refused ones too."""
        self._seed_path = path.with_suffix(".seed.sqlite")
        self._database = sqlite3.connect(path, timeout=0, isolation_level=None)
        self._database.create_function("fold", 1, fold, deterministic=True)
        # One process at a time: a second one on the same folder is told so instead of mixing its records in.
        self._database.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=OFF")
        self._database.executescript(_SCHEMA)
        self.projects = {each.id: each for each in definition.projects}
        self.contacts = {each.id: Collection(self._database, each, each.zone) for each in definition.projects}
        self.tables = {
            each.id: Collection(self._database, each, self.projects[each.project].zone) for each in definition.tables
        }
        self._reload()

    def _collections(self) -> Iterator[Collection]:
        yield from self.contacts.values()
        yield from self.tables.values()

    def _reload(self) -> None:
        for collection in self._collections():
            collection.create()
            collection.reload()
        row = self._database.execute("SELECT body FROM settings").fetchone()
        self.settings = Settings().changed(orjson.loads(row[0])) if row else Settings()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Store everything done inside, or nothing."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def now(self) -> int:
        """Return the account's time, seconds since 1970, UTC."""
        return int(self.world.clock.now().timestamp())

    def set(self, given: Mapping[str, Any]) -> Settings:
        """Change settings; ValueError for what is not understood."""
        self.settings = self.settings.changed(given)
        self._database.execute("REPLACE INTO settings VALUES (1, ?)", (orjson.dumps(asdict(self.settings)),))
        return self.settings

    def merge(
        self,
        collection: Collection,
        records: Sequence[Any],
        options: Mapping[str, Any],
        *,
        all_or_nothing: bool = False,
        refuse_every: int = 0,
        unbuilt: frozenset[str] = frozenset(),
    ) -> Outcome:
        """Insert and update records as `options` allow."""
        parents = None if isinstance(collection.of, Project) else self.contacts[collection.of.project]
        with self.transaction():
            outcome = merge(
                collection,
                parents,
                records,
                options,
                strict=self.settings.strict,
                now=self.now(),
                refuse_every=refuse_every,
                key_change=self.settings.key_change,
                unbuilt=unbuilt,
            )
            if outcome.errors and (all_or_nothing or self.settings.all_or_nothing):
                outcome.cancel()
            collection.update(outcome.updated.values())
            collection.insert(outcome.created)
            self._remember(collection, outcome.changes)
        return outcome

    def _remember(self, collection: Collection, changes: Iterable[Change]) -> None:
        self._database.executemany(
            "INSERT INTO optin_history VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(collection.of.id, each.contact, each.code, *each.state, self.now()) for each in changes],
        )

    def delete(self, collection: Collection, ids: Sequence[int]) -> None:
        """Remove records; a contact takes its history and its rows along."""
        with self.transaction():
            collection.delete(ids)
            if collection.is_contacts:
                self._database.executemany(
                    "DELETE FROM optin_history WHERE project = ? AND contact = ?",
                    [(collection.of.id, id) for id in ids],
                )
                for table in self.tables.values():
                    if not isinstance(table.of, Project) and table.of.project == collection.of.id and table.parent:
                        table.delete_of_parents(ids)

    def history(self, project: int, contact: int) -> list[dict[str, Any]]:
        """Return the changes of a contact's opt-ins, oldest first."""
        rows = self._database.execute(
            "SELECT code, value, effective, source FROM optin_history WHERE project = ? AND contact = ? ORDER BY rowid",
            (project, contact),
        )
        return [dict(zip(("code", "value", "effective", "source"), row, strict=True)) for row in rows]

    def act(
        self,
        project: int,
        values: Mapping[str, Any],
        contact: int | None = None,
        at: str | None = None,
        source: str = "profile",
    ) -> int:
        """Create or change a contact as a person does on a screen or a form; return its number.

        `values` has the names of web services, plus `active` and `quarantined`; `at` is when opt-ins take effect
        (project time), default now. The record is modified now, whatever `at` says: that stamp is the service's own.
        Raises NotFound, or ValueError with what is refused.
        """
        collection, now = self._contacts(project), self.now()
        effective = collection.local(now) if at is None else _moment(at)
        with self.transaction():
            return self._act(collection, values, contact, now, effective, source)

    def delete_contact(self, project: int, contact: int | None) -> None:
        """Remove a contact as a person does, with its history and its rows; NotFound when there is none."""
        collection = self._contacts(project)
        if contact is None or contact not in collection.existing([contact]):
            raise NotFound(f"There is no contact {contact} in project {project}.")
        self.delete(collection, [contact])

    def load_contacts(self, project: int, given: Iterable[tuple[Mapping[str, Any], str]]) -> None:
        """Create many contacts, each with its values and the time at which it subscribed through a form."""
        collection = self._contacts(project)
        with self.transaction():
            for values, at in given:
                effective = _moment(at)
                local = datetime.strptime(effective, "%Y.%m.%d %H:%M:%S").replace(tzinfo=collection.zone)
                self._act(collection, values, None, int(local.timestamp()), effective, "form")

    def _act(
        self,
        collection: Collection,
        values: Mapping[str, Any],
        contact: int | None,
        when: int,
        effective: str,
        source: str,
    ) -> int:
        """Create or change a contact; `when` becomes its stamp, `effective` that of its opt-ins."""
        try:
            states = {name: boolean(values[name]) for name in ("active", "quarantined") if name in values}
        except Refused as refusal:
            raise ValueError(str(refusal)) from None
        entered = {name: each for name, each in values.items() if name not in states}
        given = Reader(collection, effective, strict=True, source=source).person(entered, contact)
        options = {"AllowInsert": contact is None, "AllowUpdate": contact is not None}
        outcome = settle(collection, [given], [{}], options, when)
        [result] = outcome.results
        if result["ValidationResult"] == "Unmatched":
            raise NotFound(f"There is no contact {contact} in project {collection.of.id}.")
        if result["Status"] == "Error":
            raise ValueError(result["Message"])
        collection.update(outcome.updated.values())
        collection.insert(outcome.created)
        self._remember(collection, outcome.changes)
        self._set_states(collection, result["IdRecord"], states, when)
        return int(result["IdRecord"])

    def _set_states(self, collection: Collection, id: int, states: Mapping[str, bool | None], when: int) -> None:
        if states:
            [stored] = collection.by_id([id]).values()
            before = stored.active, stored.quarantined
            stored.active = bool(states.get("active", stored.active))
            stored.quarantined = bool(states.get("quarantined", stored.quarantined))
            if before != (stored.active, stored.quarantined):
                stored.modified = when
                collection.update([stored])

    def _contacts(self, project: int) -> Collection:
        if project not in self.contacts:
            raise NotFound(f"There is no project {project}.")
        return self.contacts[project]

    def contact_records(self, project: int) -> Iterator[dict[str, Any]]:
        """Return every contact with its state and stamps (project time)."""
        collection = self._contacts(project)
        return (_with_states(collection, each) for each in collection.all())

    def rows(self, table: int) -> Iterator[dict[str, Any]]:
        """Return every row of a custom table."""
        if table not in self.tables:
            raise NotFound(f"There is no table {table}.")
        collection = self.tables[table]
        return (collection.shown(each) for each in collection.all())

    def save_seed(self) -> None:
        """Remember this state."""
        self._seed_path.unlink(missing_ok=True)
        self._copy(self._database, self._seed_path)

    @staticmethod
    def _copy(database: sqlite3.Connection, path: Path) -> None:
        target = sqlite3.connect(path)
        try:
            database.backup(target)
        finally:
            target.close()

    def reset(self) -> None:
        """Go back to the state that was remembered."""
        source = sqlite3.connect(self._seed_path)
        try:
            source.backup(self._database)
        finally:
            source.close()
        self._reload()

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _moment(at: str) -> str:
    """Read a time of the side door; ValueError for what is none."""
    try:
        text = moment(at)
    except Refused as refusal:
        raise ValueError(str(refusal)) from None
    if text is None:
        raise ValueError("the time is empty")
    return text


def _with_states(collection: Collection, record: Stored) -> dict[str, Any]:
    shown = collection.shown(record)
    for code in collection.optins:
        if shown[f"optin_{code}"] is not None:
            shown[f"optin_{code}"] = int(shown[f"optin_{code}"])
    return {
        **shown,
        "active": record.active,
        "quarantined": record.quarantined,
        "created": collection.local(record.created),
        "modified": collection.local(record.modified),
    }
