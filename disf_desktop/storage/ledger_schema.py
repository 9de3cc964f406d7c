"""The tables of the ledger, as steps from one version to the next (sync-semantics section 6, packed).

One row a link, its values once as a JSON array in the order of a layout: measured, a row per field and a kept journal
would take five times the room. A released step is never edited; a new one is appended.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import apsw

from disf_desktop.storage import ledger_consents

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


# A table whose constraints change is made anew; what refers to it moves along, for a drop would take it away too.
_VERSION_2 = """
ALTER TABLE seen ADD COLUMN presence INTEGER NOT NULL DEFAULT 0;
-- Of Dialog Insight: the last look that still showed something else.
ALTER TABLE seen ADD COLUMN since TEXT;

DROP INDEX link_sf;
DROP INDEX link_key;
DROP INDEX link_di;
ALTER TABLE link RENAME TO link_1;
ALTER TABLE base RENAME TO base_1;

-- sf_id is NULL until the Salesforce record of a person born in Dialog Insight is made.
-- state: 0 active, 1 closed, 2 erased. checked: when we last looked at Dialog Insight, by our clock; as_of: the moment,
-- by its clock, of the last observation or write, of which an older photograph says nothing; both in unix seconds.
CREATE TABLE link(
  id INTEGER PRIMARY KEY, target INTEGER NOT NULL REFERENCES target,
  integration INTEGER NOT NULL REFERENCES integration,
  sf_id TEXT, di_key TEXT NOT NULL, di_rid TEXT,
  state INTEGER NOT NULL DEFAULT 0 CHECK(state IN (0,1,2)), merged_into INTEGER, checked INTEGER,
  as_of INTEGER, suspect INTEGER NOT NULL DEFAULT 0, CHECK(sf_id IS NOT NULL OR di_rid IS NOT NULL)) STRICT;
INSERT INTO link(id, target, integration, sf_id, di_key, di_rid)
  SELECT id, target, integration, sf_id, di_key, di_rid FROM link_1 ORDER BY id;

-- What both sides last agreed on, in the order of the layout's pairs, and the batch that brought it.
-- A layout of version 1 names no pairs: there sf follows the sources.
CREATE TABLE base(
  link INTEGER PRIMARY KEY REFERENCES link ON DELETE CASCADE, layout INTEGER NOT NULL,
  sf TEXT NOT NULL, di TEXT NOT NULL, batch INTEGER) STRICT;
INSERT INTO base SELECT link, layout, sf, di, batch FROM base_1 ORDER BY link;
DROP TABLE base_1;
DROP TABLE link_1;
CREATE UNIQUE INDEX link_sf ON link(target, sf_id) WHERE sf_id IS NOT NULL;
CREATE UNIQUE INDEX link_key ON link(target, di_key);
CREATE UNIQUE INDEX link_di ON link(target, di_rid) WHERE di_rid IS NOT NULL;
CREATE INDEX link_rotation ON link(integration, target, checked) WHERE state = 0 AND di_rid IS NOT NULL;
CREATE INDEX link_erased ON link(integration) WHERE state = 2;
CREATE INDEX link_merged ON link(merged_into) WHERE merged_into IS NOT NULL;

ALTER TABLE batch ADD COLUMN side TEXT NOT NULL DEFAULT 'DI' CHECK(side IN ('SF','DI'));
CREATE INDEX batch_run ON batch(run);

DROP INDEX one_open_op;
DROP INDEX op_batch;
ALTER TABLE op RENAME TO op_1;
-- source and found: what was seen of both sides; base_sf and base_di: what is agreed if it is applied. hold: until when
-- it may still arrive. An applied update keeps its fields before and after, an applied create nothing.
CREATE TABLE op(
  id INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batch, link INTEGER NOT NULL, side TEXT NOT NULL
  CHECK(side IN ('SF','DI')), rid TEXT NOT NULL, key TEXT, after TEXT, before TEXT, source TEXT, found TEXT,
  base_sf TEXT, base_di TEXT, layout INTEGER, more INTEGER NOT NULL DEFAULT 0, closes TEXT, hold TEXT,
  state TEXT NOT NULL CHECK(state IN ('INTENT','HOLD','APPLIED','REJECTED','DROPPED'))) STRICT;
INSERT INTO op(id, batch, link, side, rid, key, after, before, source, base_sf, base_di, layout, state)
  SELECT id, batch, link, 'DI', rid, key, after, before, source, iif(target IS NULL, NULL, source), target, layout,
  state FROM op_1 ORDER BY id;
DROP TABLE op_1;
CREATE UNIQUE INDEX one_open_op ON op(link, side) WHERE state IN ('INTENT','HOLD');
CREATE INDEX op_batch ON op(batch);

ALTER TABLE conflict RENAME TO conflict_1;
-- Both values are kept as JSON. winner: the side whose value stands, NULL while a person is asked.
CREATE TABLE conflict(
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL, link INTEGER NOT NULL, integration INTEGER NOT NULL,
  field TEXT NOT NULL, sf TEXT NOT NULL, di TEXT NOT NULL, rule TEXT NOT NULL,
  winner TEXT CHECK(winner IN ('salesforce','dialog_insight')),
  state TEXT NOT NULL CHECK(state IN ('resolved','waiting','restored')), at TEXT NOT NULL) STRICT;
INSERT INTO conflict SELECT id, run, link, integration, field, coalesce(sf, 'null'), coalesce(di, 'null'), rule,
  iif(winner IS sf, 'salesforce', 'dialog_insight'), 'resolved', at FROM conflict_1 ORDER BY id;
DROP TABLE conflict_1;
CREATE UNIQUE INDEX one_waiting_conflict ON conflict(link, field) WHERE state = 'waiting';

-- What a person decided of a conflict and no run has carried out yet: the value of that side, on both.
CREATE TABLE choice(
  link INTEGER NOT NULL, field TEXT NOT NULL, side TEXT NOT NULL CHECK(side IN ('SF','DI')), value TEXT NOT NULL,
  conflict INTEGER NOT NULL, PRIMARY KEY(link, field)) STRICT, WITHOUT ROWID;

-- Values that we tried to write and whose fate was uncertain: where one shows up, it is ours. It may arrive until `at`.
CREATE TABLE own_value(
  link INTEGER NOT NULL, side TEXT NOT NULL CHECK(side IN ('SF','DI')), field TEXT NOT NULL, value TEXT NOT NULL,
  at TEXT NOT NULL, PRIMARY KEY(link, side, field, value)) STRICT, WITHOUT ROWID;

ALTER TABLE set_aside RENAME TO set_aside_1;
CREATE TABLE set_aside(
  id INTEGER PRIMARY KEY, integration INTEGER NOT NULL REFERENCES integration, side TEXT NOT NULL, rid TEXT NOT NULL,
  field TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, what_to_do TEXT NOT NULL, parameters TEXT NOT NULL,
  request_id TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, tries INTEGER NOT NULL,
  run INTEGER NOT NULL, state TEXT NOT NULL CHECK(state IN ('waiting','dismissed')), target_rid TEXT,
  UNIQUE(integration, side, rid)) STRICT;
INSERT INTO set_aside SELECT id, integration, side, rid, field, code, message, what_to_do, parameters, request_id,
  first_seen, last_seen, tries, run, state, NULL FROM set_aside_1 ORDER BY id;
DROP TABLE set_aside_1;

CREATE INDEX run_started ON run(started);
"""

# What imports stored in Dialog Insight, of records that no link knows yet. A value that the reply did not show is no
# value at all (packed as ABSENT). as_of: the moment of the reply, by the server's clock (ISO 8601 UTC).
_VERSION_3 = """
CREATE TABLE arrival(
  target INTEGER NOT NULL REFERENCES target, di_key TEXT NOT NULL, di_rid TEXT NOT NULL, layout INTEGER NOT NULL,
  vals TEXT NOT NULL, as_of TEXT NOT NULL, PRIMARY KEY(target, di_key)) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX arrival_rid ON arrival(target, di_rid);

-- A record that is tied is no arrival any more, and neither is one whose key a tied record is seen to have.
CREATE TRIGGER arrival_tied AFTER INSERT ON link WHEN NEW.di_rid IS NOT NULL
  BEGIN
    DELETE FROM arrival WHERE target = NEW.target AND di_rid = NEW.di_rid;
    DELETE FROM arrival WHERE target = NEW.target AND di_key = NEW.di_key;
  END;
CREATE TRIGGER arrival_tied_later AFTER UPDATE OF di_rid, di_key ON link WHEN NEW.di_rid IS NOT NULL
  BEGIN
    DELETE FROM arrival WHERE target = NEW.target AND di_rid = NEW.di_rid;
    DELETE FROM arrival WHERE target = NEW.target AND di_key = NEW.di_key;
  END;
"""

# calmed: writes of batches up to this one do not count for the fuse; a person has looked at the record since.
# scanned: the records that an audit scan under way has read. pardoned: the Salesforce records that a person lets be
# made although somebody of the same key or address was erased. sent_twice: updates whose first copy may arrive later.
_VERSION_4 = """
CREATE INDEX op_applied ON op(link) WHERE state = 'APPLIED';
CREATE TABLE calmed(link INTEGER PRIMARY KEY, batch INTEGER NOT NULL) STRICT;
CREATE TABLE scanned(
  integration INTEGER NOT NULL, rid TEXT NOT NULL, PRIMARY KEY(integration, rid)) STRICT, WITHOUT ROWID;
CREATE TABLE sent_twice(
  op INTEGER PRIMARY KEY, link INTEGER NOT NULL, fields TEXT NOT NULL, until TEXT NOT NULL) STRICT;
CREATE TABLE pardoned(
  integration INTEGER NOT NULL, rid TEXT NOT NULL, PRIMARY KEY(integration, rid)) STRICT, WITHOUT ROWID;
"""

# written: the moment, by the clock of Dialog Insight, of our last write to it whose outcome is known (unix seconds).
_VERSION_5 = "ALTER TABLE link ADD COLUMN written INTEGER;"


def _to_version_1(connection: apsw.Connection) -> None:
    connection.execute(_VERSION_1)


def _to_version_2(connection: apsw.Connection) -> None:
    connection.execute(_VERSION_2)
    connection.execute(ledger_consents.TABLES)


def _to_version_3(connection: apsw.Connection) -> None:
    connection.execute(_VERSION_3)


def _to_version_4(connection: apsw.Connection) -> None:
    connection.execute(_VERSION_4)


def _to_version_5(connection: apsw.Connection) -> None:
    connection.execute(_VERSION_5)


MIGRATIONS: Final[Sequence[Callable[[apsw.Connection], None]]] = (
    _to_version_1,
    _to_version_2,
    _to_version_3,
    _to_version_4,
    _to_version_5,
)
