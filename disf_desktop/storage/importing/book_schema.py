"""The tables of an import's book, as steps from one version to the next. A released step is never edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import apsw

from disf_desktop.storage.database import Migration

BOOK_ID: Final = 0x44495342
"""`DISB` in ASCII: a book is no ledger."""

_VERSION_1: Final = """
-- facts, settings and counts as JSON; salt: what keys are hashed with.
CREATE TABLE meta(k TEXT PRIMARY KEY, v BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- What a person has put in place of cells, {column: text}. It outlives a check.
CREATE TABLE correction(row INTEGER PRIMARY KEY, texts BLOB NOT NULL) STRICT;

-- cells: as they are in the file; problems: [[column, field, code, [[figure, n], ...]], ...].
CREATE TABLE refused(row INTEGER PRIMARY KEY, cells BLOB NOT NULL, problems BLOB NOT NULL) STRICT;
CREATE TABLE problem(code TEXT, row INTEGER, PRIMARY KEY(code, row)) STRICT, WITHOUT ROWID;

-- Its index by hash is made when the first row is looked for: sorting once is cheaper than keeping order.
CREATE TABLE key(row INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;

-- What the service holds of a row's record; no rid: several records.
CREATE TABLE there(row INTEGER PRIMARY KEY, rid TEXT, vals TEXT) STRICT;

-- What became of a row; a row that is not here is still to be sent. batch: the one that sent it.
CREATE TABLE outcome(
  row INTEGER PRIMARY KEY, state INTEGER NOT NULL, batch INTEGER,
  rid TEXT, code TEXT, message TEXT, field TEXT) STRICT;
CREATE TABLE tally(state INTEGER PRIMARY KEY, rows INTEGER NOT NULL) STRICT;

-- open: how many of its rows. members: row numbers of eight bytes each, in the order in which they are sent, a page
-- for each intent, until the batch is done.
CREATE TABLE batch(
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, job TEXT NOT NULL, open INTEGER NOT NULL,
  sealed INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX batch_open ON batch(id) WHERE done = 0;
CREATE TABLE member(id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, members BLOB NOT NULL) STRICT;
CREATE INDEX member_batch ON member(batch);
CREATE TABLE match(
  batch INTEGER, hash BLOB, row INTEGER, PRIMARY KEY(batch, hash, row)) STRICT, WITHOUT ROWID;
"""


def _version_1(connection: apsw.Connection) -> None:
    connection.execute(_VERSION_1)
    connection.execute("INSERT INTO meta VALUES ('salt', randomblob(32))")


MIGRATIONS: Final[Sequence[Migration]] = [_version_1]
