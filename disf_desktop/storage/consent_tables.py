"""The consent tables of the ledger (sync-semantics, sections 5 and 6)."""

from __future__ import annotations

from typing import Final

TABLES: Final = """
-- Which Salesforce field an opt-in feeds: connection, object and field in one folded name, so that two projects that
-- feed one field know of each other. keeps_neutral: a word is written for people who never answered.
CREATE TABLE consent_feed(
  integration INTEGER NOT NULL REFERENCES integration, purpose TEXT NOT NULL, field TEXT NOT NULL,
  keeps_neutral INTEGER NOT NULL, PRIMARY KEY(integration, purpose)) STRICT, WITHOUT ROWID;
CREATE INDEX consent_feed_field ON consent_feed(field);

-- Reads before valid_from, by the clock of Dialog Insight, do not count for a write (C10): it is when the ledger was
-- made or restored, or when the settings changed.
CREATE TABLE consent_scope(
  integration INTEGER PRIMARY KEY REFERENCES integration, settings BLOB NOT NULL, restored TEXT NOT NULL,
  valid_from TEXT NOT NULL) STRICT;

-- What Dialog Insight shows of a person's opt-in and what we wrote of it. A neutral one that was never anything else
-- has no row. as_of NULL: never read. not_before: the last read that still showed another state. opted_out: the latest
-- moment at which an opt-out may have been made. read_at: when the state was last read, for C10. look: it must be
-- looked up before anything is written. our_opt_out: our last opt-out, by the clock of Salesforce; our_stamp: the
-- SystemModstamp of that save, of the record before it while it is unproven. in_stamp: the one before our last opt-in
-- that may have arrived.
CREATE TABLE consent_state(
  link INTEGER NOT NULL, purpose TEXT NOT NULL,
  di INTEGER CHECK(di IN (0, 1)), earliest TEXT, latest TEXT, as_of TEXT, not_before TEXT, opted_out TEXT,
  read_at TEXT, look INTEGER NOT NULL DEFAULT 0,
  provenance TEXT NOT NULL DEFAULT 'foreign' CHECK(provenance IN ('ours','foreign','unknown')),
  our_opt_out TEXT, our_stamp TEXT, in_stamp TEXT,
  pending INTEGER NOT NULL DEFAULT 1, review TEXT, review_since TEXT, review_detail TEXT,
  PRIMARY KEY(link, purpose)) STRICT, WITHOUT ROWID;
CREATE INDEX consent_pending ON consent_state(link) WHERE pending = 1;
CREATE INDEX consent_waiting ON consent_state(link) WHERE review IS NOT NULL;
CREATE INDEX consent_look ON consent_state(link) WHERE look = 1;

-- A link that is tied to another record: what we wrote to the one before proves nothing.
CREATE TRIGGER consent_moved AFTER UPDATE OF sf_id, integration ON link
  WHEN OLD.sf_id IS NOT NEW.sf_id OR OLD.integration <> NEW.integration
  BEGIN
    UPDATE consent_state SET pending = 1, our_stamp = NULL, in_stamp = NULL,
      provenance = iif(provenance = 'ours', 'unknown', provenance) WHERE link = NEW.id;
  END;

-- What Dialog Insight shows of people who have no link yet.
CREATE TABLE consent_early(
  target INTEGER NOT NULL, di_rid TEXT NOT NULL, optins TEXT NOT NULL, as_of TEXT NOT NULL,
  PRIMARY KEY(target, di_rid)) STRICT, WITHOUT ROWID;

-- Salesforce records that show, or showed, an opt-out or an opt-in. shows: 'taken' is an opt-in that somebody took
-- away. since: SystemModstamp when it was first seen so; stamp: when last. last_out: the last that showed an opt-out.
-- inherited: the latest moment of an opt-out of a record that was merged into this one.
CREATE TABLE sf_opt_out(
  integration INTEGER NOT NULL, rid TEXT NOT NULL, purpose TEXT NOT NULL,
  shows TEXT NOT NULL CHECK(shows IN ('out','in','none','taken')), since TEXT NOT NULL, stamp TEXT NOT NULL,
  last_out TEXT, inherited TEXT, PRIMARY KEY(integration, rid, purpose)) STRICT, WITHOUT ROWID;
CREATE INDEX sf_opted_out ON sf_opt_out(integration, since) WHERE shows IN ('out','taken');

-- The trail. Each hash covers the one before it and the row. Only rows of a closed segment may go.
CREATE TABLE consent_event(
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, run INTEGER, link INTEGER, sf_id TEXT, di_rid TEXT,
  purpose TEXT NOT NULL, action TEXT NOT NULL, di INTEGER, effective TEXT, as_of TEXT, source TEXT,
  before TEXT, after TEXT, rule TEXT, op INTEGER, request_id TEXT, hash BLOB NOT NULL) STRICT;
CREATE INDEX consent_event_link ON consent_event(link);
CREATE TABLE consent_segment(
  last INTEGER PRIMARY KEY, hash BLOB NOT NULL, at TEXT NOT NULL) STRICT;
CREATE TRIGGER consent_event_update BEFORE UPDATE ON consent_event BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER consent_event_delete BEFORE DELETE ON consent_event
  WHEN OLD.seq > (SELECT coalesce(max(last), 0) FROM consent_segment)
  BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER consent_segment_update BEFORE UPDATE ON consent_segment BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER consent_segment_delete BEFORE DELETE ON consent_segment BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- People who were erased: a keyed hash of each identity, so that nothing makes them again silently (promise I19).
CREATE TABLE suppression(hmac BLOB PRIMARY KEY, reason TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What waits for a person, and the opt-outs of Salesforce that Dialog Insight does not have (C9).
CREATE VIEW consent_review AS
  SELECT l.integration, c.link, l.sf_id, l.di_rid, c.purpose, c.review AS rule, c.review_since AS since,
    c.review_detail AS detail, c.di, c.earliest, c.as_of
  FROM consent_state c JOIN link l ON l.id = c.link WHERE c.review IS NOT NULL;
CREATE VIEW consent_drift AS
  SELECT s.integration, l.id AS link, s.rid AS sf_id, l.di_rid, s.purpose, s.since, c.di, c.as_of
  FROM sf_opt_out s JOIN integration i ON i.id = s.integration
    JOIN link l ON l.target = i.target AND l.sf_id = s.rid AND l.state = 0 AND l.di_rid IS NOT NULL
    JOIN consent_feed f ON f.integration = s.integration AND f.purpose = s.purpose
    LEFT JOIN consent_state c ON c.link = l.id AND c.purpose = s.purpose
  WHERE s.shows IN ('out','taken') AND c.di IS NOT 0 AND NOT EXISTS (
    SELECT 1 FROM consent_feed g JOIN link m ON m.integration = g.integration AND m.sf_id = s.rid
      JOIN consent_state o ON o.link = m.id AND o.purpose = g.purpose
    WHERE g.field = f.field AND o.di = 0);
"""
"""The consent tables, made by step 2 of the ledger's schema."""
