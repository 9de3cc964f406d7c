"""What both sides show of consents, as the ledger keeps it.

Rows exist only where there is something to say. `pending` marks consents that need a decision; every change of either
side sets it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import orjson

from disf_desktop.core.consent_memory import Known, Shows, inherit, observe, remember, seconds
from disf_desktop.core.optins import Reading
from disf_desktop.core.records import OptinState
from disf_desktop.storage.consent_rows import ConsentRows, Feed, shown_of
from disf_desktop.storage.consent_trail import Action, Person, Trail

Found = tuple[str, Mapping[str, OptinState], str]
"""What a read of Dialog Insight shows of a contact: its id, its opt-ins by code, the moment for which it is true."""

_OUT: Final = (Shows.OUT, Shows.TAKEN)


class ConsentsSeen(ConsentRows):
    """Settings and observations of consents. Each public method is one transaction."""

    # -- settings ----------------------------------------------------------------------------------------------------

    def register_optins(
        self, integration: int, feeds: Mapping[str, tuple[str, bool]], settings: bytes, now: str, at: str
    ) -> None:
        """Note which Salesforce field each opt-in feeds, and whether neutral is written.

        Other settings, and a ledger that was restored, make every earlier read void and every authorship unproven
        (C10). `now` is the clock of Dialog Insight.
        """
        row = self._connection.execute("SELECT v FROM meta WHERE k = 'restored_from'").fetchone()
        restored = row[0] if row else ""
        known = self._connection.execute(
            "SELECT settings, restored FROM consent_scope WHERE integration = ?", (integration,)
        ).fetchone()
        if known == (settings, restored):
            return
        with self._writing() as c:
            self._check_epoch()
            c.execute("DELETE FROM consent_feed WHERE integration = ?", (integration,))
            c.executemany(
                "INSERT INTO consent_feed(integration, purpose, field, keeps_neutral) VALUES(?,?,?,?)",
                ((integration, code, field, keeps) for code, (field, keeps) in feeds.items()),
            )
            c.execute(
                "INSERT OR REPLACE INTO consent_scope(integration, settings, restored, valid_from) VALUES(?,?,?,?)",
                (integration, settings, restored, seconds(now)),
            )
            c.execute(
                "UPDATE consent_state SET pending = 1, provenance = iif(provenance = 'ours', 'unknown', provenance)"
                " WHERE link IN (SELECT id FROM link WHERE integration = ?)",
                (integration,),
            )
            Trail(c, at).add(Person(), "", Action.RENEWED, source=f"integration {integration}")

    # -- what both sides show ----------------------------------------------------------------------------------------

    def note_optins(
        self,
        integration: int,
        target: int,
        run: int,
        found: Sequence[Found],
        at: str,
        *,
        photograph: bool = False,
        unlinked: bool = False,
    ) -> None:
        """Store what Dialog Insight shows of linked contacts; `unlinked` keeps that of others until they have a link.

        An older observation never replaces a newer one. A `photograph` (an export) counts by effective dates only.
        """
        feeds = self._feeds(integration)
        if not feeds or not found:
            return
        links = self._links_of(target, [rid for rid, _, _ in found])
        mine = {rid: row for rid, row in links.items() if row[0] == integration}
        with self._writing() as c:
            self._check_epoch()
            trail = Trail(c, at, run)
            source = "export" if photograph else "read"
            states = self._states([row[1] for row in mine.values()])
            for rid, optins, as_of in found:
                if rid in mine:
                    self._note_optins(trail, feeds, states, (rid, *mine[rid][1:]), optins, as_of, source)
                elif unlinked and rid not in links and not photograph:
                    self._keep_early(target, rid, feeds, optins, as_of)

    def _note_optins(
        self,
        trail: Trail,
        feeds: Mapping[str, Feed],
        states: dict[tuple[int, str], Known],
        linked: tuple[str, int, str | None, int | None],
        optins: Mapping[str, OptinState],
        as_of: str,
        source: str,
    ) -> None:
        rid, link, sf_id, survivor = linked
        for code, seen in optins.items():
            feed = feeds.get(code)
            if feed is None:
                continue
            before = states.get((link, code))
            known = before or (Known() if feed.keeps_neutral or feed.shared else None)
            after = observe(known, _in_seconds(seen), seconds(as_of), photograph=source == "export")
            if after is None or after == before:
                continue
            states[link, code] = after
            valid = before is not None and before.read_at >= feed.valid_from
            news = before is None or _shape(after) != _shape(before)
            self._store_known(link, code, after, decide=news or not valid)
            if not news:
                continue
            if feed.shared:
                self._decide_siblings(link, code)
            if before is None or (after.state, after.earliest) != (before.state, before.earliest):
                trail.add(
                    Person(link, sf_id, rid),
                    code,
                    Action.OBSERVED,
                    di=after.state,
                    effective=after.earliest,
                    as_of=as_of,
                    source=source,
                    before=None if before is None else _word(before.state),
                    after=_word(after.state),
                )
            if survivor is not None and after.state is False and after.opted_out:
                self._inherit(trail, link, survivor, code, after.opted_out)

    def _keep_early(
        self, target: int, rid: str, feeds: Mapping[str, Feed], optins: Mapping[str, OptinState], as_of: str
    ) -> None:
        said = {code: (s.state, s.earliest, s.latest) for code, s in optins.items() if code in feeds}
        if any(state is not None for state, _, _ in said.values()):
            self._connection.execute(
                "INSERT INTO consent_early(target, di_rid, optins, as_of) VALUES(?,?,?,?) ON CONFLICT(target, di_rid)"
                " DO UPDATE SET optins = excluded.optins, as_of = excluded.as_of WHERE excluded.as_of >= as_of",
                (target, rid, orjson.dumps(said).decode(), as_of),
            )

    def adopt_early_optins(self, integration: int, target: int, run: int, at: str) -> None:
        """Give what was seen of people before they had a link to the links that they have now."""
        sql = (
            "SELECT e.di_rid, e.optins, e.as_of FROM consent_early e JOIN link l ON l.target = e.target"
            " AND l.di_rid = e.di_rid WHERE e.target = ? AND l.integration = ? LIMIT 500"
        )
        rows: list[tuple[Any, ...]]
        while rows := self._connection.execute(sql, (target, integration)).fetchall():
            found = [
                (rid, {code: OptinState(*said) for code, said in orjson.loads(optins).items()}, as_of)
                for rid, optins, as_of in rows
            ]
            self.note_optins(integration, target, run, found, at)
            with self._writing() as c:
                c.executemany(
                    "DELETE FROM consent_early WHERE target = ? AND di_rid = ?", ((target, rid) for rid, _, _ in rows)
                )

    def note_opt_outs(
        self, integration: int, run: int, shown: Sequence[tuple[str, str, Mapping[str, Reading]]], at: str
    ) -> None:
        """Store what Salesforce records show, `(rid, stamp, readings by opt-in)`; their consents are decided again."""
        if not shown:
            return
        with self._writing() as c:
            self._check_epoch()
            trail = Trail(c, at, run)
            rids = orjson.dumps([rid for rid, _, _ in shown]).decode()
            before = {
                (rid, purpose): shown_of(rest)
                for rid, purpose, *rest in c.execute(
                    "SELECT rid, purpose, shows, since, stamp, last_out, inherited FROM sf_opt_out"
                    " WHERE integration = ? AND rid IN (SELECT value FROM json_each(?))",
                    (integration, rids),
                )
            }
            for rid, stamp, readings in shown:
                for purpose, reading in readings.items():
                    old = before.get((rid, purpose))
                    new = remember(old, reading, stamp)
                    if new is None or new == old:
                        continue
                    self._store_shown(integration, rid, purpose, new)
                    was = old.shows if old else Shows.NONE
                    if was is not new.shows and (was in _OUT or new.shows in _OUT):
                        trail.add(
                            Person(sf_id=rid),
                            purpose,
                            Action.SEEN,
                            as_of=new.stamp,
                            source="salesforce",
                            before=was.value,
                            after=new.shows.value,
                        )
            c.execute(
                "UPDATE consent_state SET pending = 1 WHERE pending = 0 AND link IN (SELECT l.id FROM link l"
                " JOIN integration i ON i.target = l.target WHERE i.id = ?"
                " AND l.sf_id IN (SELECT value FROM json_each(?)))",
                (integration, rids),
            )

    def inherit_opt_outs(self, integration: int, run: int, merges: Sequence[tuple[str, str]], at: str) -> None:
        """Let the opt-outs of records that were merged, `(loser, master)`, count for the record that is left.

        An opt-in is not inherited. Doing it twice changes nothing.
        """
        with self._writing() as c:
            self._check_epoch()
            trail = Trail(c, at, run)
            for loser, master in merges:
                outs: dict[str, str] = {}
                for purpose, moment in c.execute(
                    "SELECT s.purpose, max(coalesce(s.last_out, ''), coalesce(s.inherited, '')) FROM sf_opt_out s"
                    " WHERE s.integration = ?1 AND s.rid = ?2 AND (s.shows IN ('out','taken') OR s.inherited NOTNULL)"
                    " UNION ALL SELECT f.purpose, o.opted_out FROM link m JOIN consent_state o ON o.link = m.id"
                    " AND o.di = 0 JOIN consent_feed g ON g.integration = m.integration AND g.purpose = o.purpose"
                    " JOIN consent_feed f ON f.integration = ?1 AND f.field = g.field WHERE m.sf_id = ?2",
                    (integration, loser),
                ):
                    outs[purpose] = max(outs.get(purpose, ""), moment)
                for purpose, moment in outs.items():
                    self._inherit_in_salesforce(trail, integration, master, purpose, moment, loser)

    def _inherit(self, trail: Trail, loser: int, survivor: int, purpose: str, moment: str) -> None:
        """Let an opt-out of a closed link count for the link that it was merged into, and on along the chain."""
        rows: list[tuple[Any, ...]] = self._connection.execute(
            "WITH RECURSIVE up(id, hops) AS (SELECT ?, 0 UNION ALL SELECT l.merged_into, hops + 1 FROM up"
            " JOIN link l ON l.id = up.id WHERE l.merged_into NOTNULL AND hops < 20)"
            " SELECT g.integration, l.sf_id, g.purpose FROM link m JOIN consent_feed f ON f.integration ="
            " m.integration AND f.purpose = ? JOIN consent_feed g ON g.field = f.field JOIN link l ON l.id IN"
            " (SELECT id FROM up) AND l.integration = g.integration AND l.sf_id NOTNULL WHERE m.id = ?",
            (survivor, purpose, loser),
        ).fetchall()
        for integration, sf_id, purpose_there in rows:
            self._inherit_in_salesforce(trail, integration, sf_id, purpose_there, moment, None)

    def _inherit_in_salesforce(
        self, trail: Trail, integration: int, rid: str, purpose: str, moment: str, loser: str | None
    ) -> None:
        old = self._shown(integration, rid, purpose)
        new = inherit(old, moment)
        if new == old:
            return
        self._store_shown(integration, rid, purpose, new)
        self._connection.execute(
            "INSERT INTO consent_state(link, purpose) SELECT l.id, ?3 FROM link l JOIN integration i"
            " ON i.id = ?1 AND l.target = i.target WHERE l.sf_id = ?2 AND l.integration = ?1"
            " ON CONFLICT(link, purpose) DO UPDATE SET pending = 1",
            (integration, rid, purpose),
        )
        trail.add(Person(sf_id=rid), purpose, Action.INHERITED, effective=moment, source=loser, after="out")


def _in_seconds(seen: OptinState) -> OptinState:
    return OptinState(seen.state, seen.earliest and seconds(seen.earliest), seen.latest and seconds(seen.latest))


def _shape(known: Known) -> Known:
    """Give what a decision depends on: not when it was read."""
    return replace(known, as_of="", read_at="")


def _word(state: bool | None) -> str:
    return "neutral" if state is None else "1" if state else "0"
