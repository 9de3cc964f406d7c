"""The org: one SQLite table per object, a column per field, and what was deleted when."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from disf_desktop.simulator.salesforce.customization import Customization
from disf_desktop.simulator.salesforce.describe import Field, Schema, SObject, load_schema
from disf_desktop.simulator.salesforce.functions import local_time
from disf_desktop.simulator.salesforce.ids import DIGITS, block, to_number
from disf_desktop.simulator.salesforce.person_accounts import PersonAccounts
from disf_desktop.simulator.salesforce.recycle_bin import RecycleBin
from disf_desktop.simulator.salesforce.rewrites import Rewrites
from disf_desktop.simulator.salesforce.rules import Rules
from disf_desktop.simulator.salesforce.setup_objects import setup_objects, tooling_objects
from disf_desktop.simulator.salesforce.stamps import parse_stamp, stamp
from disf_desktop.simulator.world import World

CALLBACKS = tuple(f"http://localhost:{port}/OauthRedirect" for port in (17177, 17178, 17179))
COLUMN_TYPES = {"boolean": "INTEGER", "int": "INTEGER", "double": "REAL", "currency": "REAL", "percent": "REAL"}
INSTANCE = "Qy0"
LOAD_BATCH = 5_000
DAILY_CALLS = 100_000
SYSTEM_TABLES = """
CREATE TABLE IF NOT EXISTS "_deletion" (sobject TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS "_deletion_at" ON "_deletion" (sobject, at);
CREATE TABLE IF NOT EXISTS "_token" (token TEXT PRIMARY KEY, kind TEXT NOT NULL, client_id TEXT NOT NULL,
  approval TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS "_setting" (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS "_deploy" (id TEXT PRIMARY KEY, result TEXT NOT NULL, options TEXT NOT NULL, zip BLOB);
"""


@dataclass(frozen=True)
class OrgCredentials:
    """Who may come in, and with what; `callbacks` are the registered redirect addresses, matched exactly."""

    org_id: str
    user_id: str
    username: str
    password: str = field(repr=False)
    client_id: str
    client_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    callbacks: tuple[str, ...] = CALLBACKS
    rotate_refresh_tokens: bool = True


class Org:
    """The store of one Salesforce org; the describes are the compact facts of `resources/simulator/describe`."""

    def __init__(self, path: Path, world: World, describes: Path, credentials: OrgCredentials) -> None:
        self.world = world
        self.credentials = credentials
        self._standard = [*load_schema(describes), *setup_objects()]
        self._described = self._standard
        self.persons = PersonAccounts(self, describes.parent / "person_accounts.json")
        self.schema = Schema(self._described)
        self.tooling = Schema(tooling_objects())
        self.api_calls = 0
        self.daily_calls = DAILY_CALLS
        self.rewrites = Rewrites(self.schema)
        self.rules = Rules(self)
        self.bin = RecycleBin(self)
        self.folder = path.parent
        self._seed = path.with_name(path.name + ".seed")
        self._next: dict[str, int] = {}
        self._running: list[datetime] = []
        self._depth = 0
        self.generation = 0
        """Counts how often the org went back to its seed: work that was under way before belongs to nobody."""
        self.db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
        # A simulator may lose its data in a crash of the machine: speed is worth more here.
        self.db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;")
        self.db.execute("PRAGMA cache_size=-65536")
        self.db.create_function("fold", 1, _fold, deterministic=True)
        self.db.create_function("local_time", 1, local_time, deterministic=True)
        self.customization = Customization(self, self._described)
        self._create()
        self._remember_seed_tokens()

    def _create(self) -> None:
        self.db.executescript(SYSTEM_TABLES)
        self.describe()
        for sobject in (*self._described, *self.tooling):
            hidden = [] if sobject.has("IsDeleted") else ['"IsDeleted" INTEGER NOT NULL DEFAULT 0']
            columns = ", ".join([_column(each) for each in sobject.columns] + hidden)
            self.db.execute(f'CREATE TABLE IF NOT EXISTS "{sobject.name}" ({columns})')
        # Which custom fields there are is told by the store, where some may have come and gone since.
        self.customization.begin()
        for sobject in (*self.schema, *self.tooling):
            self._index(sobject)

    def describe(self) -> None:
        """Describe the objects anew: whether there are person accounts is told by the store."""
        self.persons.look()
        self._described = self.persons.described(self._standard)
        self.customization.describe(self._described)

    @property
    def view(self) -> Schema:
        """The schema as the user of the connection sees it: without the fields that nothing grants."""
        return self.customization.view

    def object(self, name: str) -> SObject:
        """Return an object of either API."""
        return self.schema.get(name) or self.tooling[name]

    def add_column(self, sobject: str, field: Field) -> None:
        """Make room for a new field; a checkbox has its default on every record at once."""
        default = f" NOT NULL DEFAULT {int(bool(field['defaultValue']))}" if field.type == "boolean" else ""
        self.db.execute(f'ALTER TABLE "{sobject}" ADD COLUMN {_column(field)}{default}')

    def drop_column(self, sobject: str, name: str) -> None:
        """Throw a field and its values away."""
        self.db.execute(f'DROP INDEX IF EXISTS "{sobject}_{name}"')
        self.db.execute(f'ALTER TABLE "{sobject}" DROP COLUMN "{name}"')

    def index(self, sobject: str) -> None:
        """Make the indexes that an object lacks."""
        self._index(self.schema[sobject])

    def _index(self, sobject: SObject) -> None:
        for name, columns in _indexes(sobject):
            # What is empty in most records need not be in the index of who looks for a value.
            some = "" if "," in columns else f" WHERE {columns.partition(' COLLATE')[0]} IS NOT NULL"
            self.db.execute(f'CREATE INDEX IF NOT EXISTS "{name}" ON "{sobject.name}" ({columns}){some}')

    def _remember_seed_tokens(self) -> None:
        given = self.credentials
        self.add_token(given.access_token, "access", given.client_id, "seed")
        self.add_token(given.refresh_token, "refresh", given.client_id, "seed")

    def add_token(self, token: str, kind: str, client_id: str, approval: str) -> None:
        """Make a token valid; tokens of one approval die together."""
        at = int(self.now().timestamp() * 1_000_000)
        self.db.execute('INSERT OR IGNORE INTO "_token" VALUES (?,?,?,?,?)', (token, kind, client_id, approval, at))

    def now(self) -> datetime:
        return self.world.clock.now()

    @property
    def in_transaction(self) -> bool:
        return self._depth > 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Apply everything inside or nothing; may be nested."""
        self.db.execute("SAVEPOINT work")
        self._depth += 1
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK TO work")
            self.db.execute("RELEASE work")
            self.customization.rolled_back()
            raise
        else:
            self.db.execute("RELEASE work")
        finally:
            self._depth -= 1
            if not self._depth:
                self.customization.settled()

    @contextmanager
    def long_transaction(self) -> Iterator[datetime]:
        """Tell of a transaction of somebody else that runs for a while; nothing after its begin counts as covered."""
        began = self.now()
        self._running.append(began)
        try:
            yield began
        finally:
            self._running.remove(began)

    def covered_until(self) -> datetime:
        """Return the time up to which every record is visible: where the oldest running transaction began."""
        return min([self.now(), *self._running])

    def next_id(self, sobject: str) -> str:
        """Return a new record id of 18 characters."""
        known = self.object(sobject)
        number = self._next.get(known.name) or self._first_free(known)
        self._next[known.name] = number + 1
        return block(known.prefix, number // len(DIGITS))[number % len(DIGITS)]

    def _first_free(self, sobject: SObject) -> int:
        found = self.db.execute(
            f'SELECT max(id) FROM (SELECT max(Id) AS id FROM "{sobject.name}"'
            ' UNION ALL SELECT max(id) FROM "_deletion" WHERE sobject = ?)',
            (sobject.name,),
        ).fetchone()[0]
        return to_number(found[3:15]) + 1 if found else to_number(INSTANCE + "000000001")

    def next_auto_number(self, sobject: SObject, name: str) -> str:
        """Return the next value of an auto-number field."""
        key = f"{sobject.name}.{name}"
        if key not in self._next:
            found = self.db.execute(f'SELECT max("{name}") FROM "{sobject.name}"').fetchone()[0]
            self._next[key] = int("".join(filter(str.isdigit, found or "0"))) + 1
        number = self._next[key]
        self._next[key] = number + 1
        return sobject.auto_number.format(number)

    def load(self, sobject: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert rows as they are, without validation; ids, stamps and owner are made where they are missing."""
        known = self.object(sobject)
        fresh = self.db.execute(f'SELECT NOT EXISTS (SELECT 1 FROM "{known.name}")').fetchone()[0]
        columns = known.columns
        names = ", ".join(f'"{each.name}"' for each in columns)
        marks = ", ".join("?" * len(columns))
        insert = f'INSERT INTO "{known.name}" ({names}) VALUES ({marks})'
        prepare = self._preparation(known)
        prepared = map(prepare, rows)
        with self.transaction():
            if fresh:
                # Building an index once is several times faster than keeping it in order row by row.
                for name, _ in _indexes(known):
                    self.db.execute(f'DROP INDEX "{name}"')
            while batch := list(islice(prepared, LOAD_BATCH)):
                self.db.executemany(insert, batch)
            self._index(known)
        self._next.clear()
        if known.name == "User":
            self.customization.look()
        self.db.execute("PRAGMA optimize")

    def _preparation(self, sobject: SObject) -> Any:
        """Return the function that makes a tuple of columns of a given row."""
        names = [each.name for each in sobject.columns]
        place = {name: at for at, name in enumerate(names)}
        blank: list[Any] = [each["defaultValue"] if each.type == "boolean" else None for each in sobject.columns]
        user, now = self.credentials.user_id, stamp(self.now())
        for name, value in (("OwnerId", user), ("CreatedById", user), ("LastModifiedById", user)):
            if name in place:
                blank[place[name]] = value
        kinds = {each.name: each.type for each in sobject.columns}
        # Rows of one load have the same keys: what each key stands for is looked up once.
        plans: dict[tuple[str, ...], list[tuple[str, int, Callable[[Any], Any] | None]]] = {}
        created, modified, touched = place["CreatedDate"], place["LastModifiedDate"], place["SystemModstamp"]
        automatic = next((each.name for each in sobject.columns if each["autoNumber"]), "")
        first, last, name_at = place.get("FirstName"), place.get("LastName"), place.get("Name")

        def prepare(row: Mapping[str, Any]) -> list[Any]:
            values = blank.copy()
            keys = tuple(row)
            plan = plans.get(keys)
            if plan is None:
                plan = plans[keys] = [(name, place[name], _TO_COLUMN.get(kinds[name])) for name in keys]
            for name, at, convert in plan:
                value = row[name]
                if value is not None:
                    values[at] = convert(value) if convert else value
            if values[0] is None:
                values[0] = self.next_id(sobject.name)
            if values[created] is None:
                values[created] = values[touched] or now
            if values[modified] is None:
                values[modified] = values[touched] or values[created]
            if values[touched] is None:
                values[touched] = values[modified]
            if name_at is not None and values[name_at] is None and last is not None and first is not None:
                values[name_at] = " ".join(each for each in (values[first], values[last]) if each)
            if automatic and values[place[automatic]] is None:
                values[place[automatic]] = self.next_auto_number(sobject, automatic)
            return values

        return prepare

    def rows(self, sobject: str) -> Iterator[dict[str, Any]]:
        """Yield every record with all its fields, deleted ones too, in the order of their ids."""
        known = self.schema[sobject]
        names = [each.name for each in known.columns]
        booleans = [each.name for each in known.columns if each.type == "boolean"]
        columns = ", ".join(f'"{name}"' for name in names)
        last = ""
        while True:
            # By key, not through one open cursor: a reader may be slow and the org must stay writable.
            page = self.db.execute(
                f'SELECT {columns} FROM "{known.name}" WHERE Id > ? ORDER BY Id LIMIT {LOAD_BATCH}', (last,)
            ).fetchall()
            for values in page:
                row = dict(zip(names, values, strict=True))
                for name in booleans:
                    row[name] = bool(row[name])
                yield row
            if len(page) < LOAD_BATCH:
                return
            last = page[-1][0]

    def save_seed(self) -> None:
        """Remember this state for `reset`."""
        self._seed.unlink(missing_ok=True)
        self.db.execute("VACUUM INTO ?", (str(self._seed),))

    def reset(self) -> None:
        """Go back to the state that was saved: no call made, no trigger; tokens handed out since stay valid, and the
        first ones are again."""
        if not self._seed.exists():
            raise LookupError("save_seed was never called for this org.")
        tokens = self.db.execute('SELECT * FROM "_token"').fetchall()
        with sqlite3.connect(self._seed) as seed:
            seed.backup(self.db)
        seed.close()
        self._next.clear()
        self.api_calls, self.daily_calls = 0, DAILY_CALLS
        self.rewrites.clear()
        self.rules.clear()
        self.generation += 1
        self._create()
        self.db.executemany('INSERT OR IGNORE INTO "_token" VALUES (?,?,?,?,?)', tokens)
        self._remember_seed_tokens()

    def close(self) -> None:
        """Close the store."""
        self.db.close()


def _fold(text: str | None) -> str | None:
    return text.casefold() if isinstance(text, str) else text


def _column(each: Field) -> str:
    kind = COLUMN_TYPES.get(each.type, "TEXT")
    unique = " NOT NULL UNIQUE" if each.type == "id" else ""
    return f'"{each.name}" {kind}{unique}'


def _indexes(sobject: SObject) -> list[tuple[str, str]]:
    found = [(f"{sobject.name}_SystemModstamp", '"SystemModstamp", "Id", "IsDeleted"')]
    for each in sobject.columns:
        if each.type == "email" or each["externalId"] or each["unique"] or (each["idLookup"] and each.type == "string"):
            found.append((f"{sobject.name}_{each.name}", f'"{each.name}" COLLATE NOCASE'))
        elif each.type == "reference" and each["custom"] | (each.name == "AccountId"):
            found.append((f"{sobject.name}_{each.name}", f'"{each.name}"'))
    return found


def _datetime(value: Any) -> Any:
    if isinstance(value, str):
        if value.endswith(".000+0000"):
            return value
        moment = parse_stamp(value)
        assert moment is not None, f"{value!r} is no date and time"
        return stamp(moment)
    return stamp(value if value.tzinfo else value.replace(tzinfo=UTC))


def _date(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


_TO_COLUMN: dict[str, Callable[[Any], Any]] = {"datetime": _datetime, "date": _date, "boolean": int}
