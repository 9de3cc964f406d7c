"""The tables of the ledger, as steps from one version to the next (sync-semantics section 6, packed).

One row a link, its values once as a JSON array in the order of a layout: measured, a row per field and a kept journal
would take five times the room. A released step is never edited; a new one is appended.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import apsw

_VERSION_1 = """
CREATE TABLE meta(k TEXT PRIMARY KEY, v TEXT NOT NULL) STRICT;

-- The order in which values are packed: {"source": [...], "target": [...]}.
CREATE TABLE layout(id INTEGER PRIMARY KEY, fields TEXT NOT NULL UNIQUE) STRICT;

-- A Dialog Insight table in one account; two integrations that feed it share its links.
CREATE TABLE target(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE integration(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, target INTEGER NOT NULL REFERENCES target,
  settings BLOB NOT NULL) STRICT;

-- wm: all changes up to it are observed (the server's clock). hi and the position belong to a reading under way.
CREATE TABLE stream(
  integration INTEGER NOT NULL REFERENCES integration, side TEXT NOT NULL CHECK(side IN ('SF','DI')),
  wm TEXT, hi TEXT, stamp TEXT, rid TEXT, layout INTEGER, fingerprint BLOB, read_at TEXT,
  PRIMARY KEY(integration, side)) STRICT, WITHOUT ROWID;

-- What a side shows. pending: it may differ from the base, so the planner must look.
CREATE TABLE seen(
  integration INTEGER NOT NULL, side TEXT NOT NULL, rid TEXT NOT NULL, stamp TEXT NOT NULL, layout INTEGER NOT NULL,
  vals TEXT NOT NULL, pending INTEGER NOT NULL, run INTEGER NOT NULL,
  PRIMARY KEY(integration, side, rid)) STRICT, WITHOUT ROWID;
CREATE INDEX seen_pending ON seen(integration, side, rid) WHERE pending = 1;

CREATE TABLE link(
  id INTEGER PRIMARY KEY, target INTEGER NOT NULL REFERENCES target,
  integration INTEGER NOT NULL REFERENCES integration,
  sf_id TEXT NOT NULL, di_key TEXT NOT NULL, di_rid TEXT) STRICT;
CREATE UNIQUE INDEX link_sf ON link(target, sf_id);
CREATE UNIQUE INDEX link_key ON link(target, di_key);
CREATE UNIQUE INDEX link_di ON link(target, di_rid) WHERE di_rid IS NOT NULL;

-- What both sides last agreed on, and the batch that brought it.
CREATE TABLE base(
  link INTEGER PRIMARY KEY REFERENCES link ON DELETE CASCADE, layout INTEGER NOT NULL,
  sf TEXT NOT NULL, di TEXT NOT NULL, batch INTEGER) STRICT;

CREATE TABLE run(
  id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, status TEXT, summary TEXT) STRICT;

-- The journal: intent before the first byte leaves, outcome before a batch leaves that shares a link or a key.
CREATE TABLE batch(
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run, integration INTEGER NOT NULL REFERENCES integration,
  kind TEXT NOT NULL, epoch INTEGER NOT NULL, size INTEGER NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('INTENT','DONE')),
  request_id TEXT, at TEXT NOT NULL) STRICT;
CREATE INDEX batch_open ON batch(integration) WHERE state = 'INTENT';

-- before and after hold changed fields; an applied create keeps none, its values are the base.
CREATE TABLE op(
  id INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batch, link INTEGER NOT NULL, rid TEXT NOT NULL,
  key TEXT, after TEXT, before TEXT, source TEXT, target TEXT, layout INTEGER,
  state TEXT NOT NULL CHECK(state IN ('INTENT','APPLIED','REJECTED','DROPPED'))) STRICT;
CREATE UNIQUE INDEX one_open_op ON op(link) WHERE state = 'INTENT';
CREATE INDEX op_batch ON op(batch);

CREATE TABLE conflict(
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL, link INTEGER NOT NULL, integration INTEGER NOT NULL,
  field TEXT NOT NULL,
  sf TEXT, di TEXT, rule TEXT NOT NULL, winner TEXT, state TEXT NOT NULL, at TEXT NOT NULL) STRICT;

CREATE TABLE set_aside(
  id INTEGER PRIMARY KEY, integration INTEGER NOT NULL REFERENCES integration, side TEXT NOT NULL, rid TEXT NOT NULL,
  field TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, what_to_do TEXT NOT NULL, parameters TEXT NOT NULL,
  request_id TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, tries INTEGER NOT NULL,
  run INTEGER NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('waiting','dismissed')), UNIQUE(integration, rid)) STRICT;
"""


def _to_version_1(connection: apsw.Connection) -> None:
    connection.execute(_VERSION_1)


MIGRATIONS: Final[Sequence[Callable[[apsw.Connection], None]]] = (_to_version_1,)
