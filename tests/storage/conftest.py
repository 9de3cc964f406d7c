"""What the tests of storage share."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from disf_desktop.storage.database import Migration, transaction

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))


def _first(connection: apsw.Connection) -> None:
    connection.execute("CREATE TABLE person(id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE) STRICT")


def _second(connection: apsw.Connection) -> None:
    connection.execute("CREATE TABLE note(person INTEGER NOT NULL REFERENCES person, text TEXT) STRICT")


MIGRATIONS: list[Migration] = [_first, _second]


def add_person(connection: apsw.Connection, email: str) -> None:
    with transaction(connection):
        connection.execute("INSERT INTO person(email) VALUES (?)", (email,))


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "ledger.sqlite"
