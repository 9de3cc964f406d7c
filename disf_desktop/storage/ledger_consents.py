"""The part of the ledger that holds consents: decisions that wait, what we wrote, reviews, the trail, erased people.

What both sides show comes in through `storage.consents_seen`. Nothing here decides (`core.consent`), and nothing is
sent before its intent is written down.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from disf_desktop.core.consent import Intent, Judged, Kind, Outcome, Rule, Settled, Subscriber
from disf_desktop.core.consent_memory import seconds
from disf_desktop.storage.consent_tables import TABLES as TABLES
from disf_desktop.storage.consent_trail import Action, Person, Tampered, Trail, close_segment, verify
from disf_desktop.storage.consents_seen import ConsentsSeen
from disf_desktop.storage.ledger_erased import ErasedPeople, keyed_hash


class Consents(ConsentsSeen):
    """Consents as a run decides and settles them. Each public method is one transaction, or one read."""

    # -- decisions ---------------------------------------------------------------------------------------------------

    def consents_to_decide(
        self, integration: int, target: int, layout: int, sources: Sequence[str], after: int, limit: int
    ) -> list[Subscriber]:
        """Give the next linked people whose consents need a decision, in order of their link.

        `sources` names the Salesforce fields of the opt-ins, which are given where the record was seen in `layout`.
        """
        links: list[tuple[Any, ...]] = self._connection.execute(
            # CROSS JOIN keeps the planner from walking through every link for each page.
            "SELECT DISTINCT c.link FROM consent_state c INDEXED BY consent_pending CROSS JOIN link l ON l.id = c.link"
            " JOIN consent_feed f ON f.integration = l.integration AND f.purpose = c.purpose"
            " WHERE c.pending = 1 AND c.link > ?"
            " AND l.integration = ? AND l.target = ? AND l.sf_id NOTNULL AND l.state <> 1 ORDER BY c.link LIMIT ?",
            (after, integration, target, limit),
        ).fetchall()
        return self._subscribers(integration, layout, sources, [link for (link,) in links])

    def subscribers(
        self, integration: int, layout: int, sources: Sequence[str], links: Sequence[int]
    ) -> list[Subscriber]:
        """Give these linked people anew, with all of their consents that are known."""
        return self._subscribers(integration, layout, sources, links)

    def consents_to_look_up(self, integration: int, target: int, limit: int) -> list[tuple[int, str]]:
        """Give links, with their idContact, whose consents must be read before they are believed."""
        rows = self._connection.execute(
            "SELECT DISTINCT c.link, l.di_rid FROM consent_state c INDEXED BY consent_look CROSS JOIN link l"
            " ON l.id = c.link WHERE c.look = 1"
            " AND l.integration = ? AND l.target = ? AND l.state = 0 AND l.di_rid NOTNULL ORDER BY c.link LIMIT ?",
            (integration, target, limit),
        )
        return list(rows)

    def note_judged(self, run: int, judged: Sequence[Judged], at: str) -> None:
        """Store decisions that write nothing: they are not pending any more, unless Salesforce did not keep an opt-out;
        some wait for a person's review."""
        if not judged:
            return
        with self._writing() as c:
            self._check_epoch()
            trail = Trail(c, at, run)
            for each in judged:
                if each.review is not Rule.NOT_KEPT:
                    c.execute(
                        "UPDATE consent_state SET pending = 0 WHERE link = ? AND purpose = ?",
                        (each.link, each.purpose),
                    )
                self._review(trail, each, at)

    def _review(self, trail: Trail, judged: Judged, at: str) -> None:
        rule = None if judged.review is None else judged.review.value
        c = self._connection
        changed = c.execute(
            "UPDATE consent_state SET review = ?3, review_detail = nullif(?4, ''),"
            " review_since = iif(?3 IS NULL, NULL, coalesce(review_since, ?5))"
            " WHERE link = ?1 AND purpose = ?2 AND review IS NOT ?3 RETURNING link",
            (judged.link, judged.purpose, rule, judged.detail, at),
        ).fetchall()
        if changed and rule is not None:
            trail.add(self._person(judged.link), judged.purpose, Action.REVIEW, rule=rule)

    # -- writes ------------------------------------------------------------------------------------------------------

    def intend_consents(self, run: int, intents: Sequence[Intent], at: str) -> list[int]:
        """J1: write down what is about to be sent, and give each its number. Authorship is unproven from here (C6)."""
        if self._lock is not None:
            self._lock.check()
        with self._writing() as c:
            self._check_epoch()
            trail = Trail(c, at, run)
            numbers = []
            for intent in intents:
                numbers.append(
                    trail.add(
                        Person(intent.link, intent.rid, intent.target_rid),
                        intent.purpose,
                        Action.INTENDED,
                        as_of=seconds(intent.stamp),
                        source=intent.kind.value,
                        before=intent.before,
                        after=intent.after,
                        rule=intent.rule.value,
                    )
                )
                self._unprove(intent)
        return numbers

    def _unprove(self, intent: Intent) -> None:
        """Lose authorship of the Salesforce field that is touched, through whichever project it was gained."""
        c = self._connection
        c.execute(
            "INSERT INTO consent_state(link, purpose, provenance) VALUES(?1, ?2, 'unknown')"
            " ON CONFLICT(link, purpose) DO UPDATE SET provenance = 'unknown', pending = 1",
            (intent.link, intent.purpose),
        )
        for link, purpose in self._siblings(intent.link, intent.purpose):
            c.execute(
                "UPDATE consent_state SET provenance = 'unknown'"
                " WHERE link = ? AND purpose = ? AND provenance = 'ours'",
                (link, purpose),
            )
        if intent.kind is Kind.OUT:
            c.execute(
                "UPDATE consent_state SET our_stamp = ?3, our_opt_out = max(coalesce(our_opt_out, ''), ?4)"
                " WHERE link = ?1 AND purpose = ?2",
                (intent.link, intent.purpose, seconds(intent.stamp), seconds(intent.at)),
            )
        elif intent.kind is Kind.IN:
            c.execute(
                "UPDATE consent_state SET in_stamp = ?3 WHERE link = ?1 AND purpose = ?2",
                (intent.link, intent.purpose, seconds(intent.stamp)),
            )

    def settle_consents(self, run: int, settled: Sequence[Settled], at: str, request_id: str = "") -> None:
        """J2: write down what became of intents. A refused one waits for a review; a refused opt-out is tried again."""

        def write_down() -> None:
            with self._writing() as c:
                self._check_epoch()
                trail = Trail(c, at, run)
                for each in settled:
                    self._settle(trail, each, at, request_id)

        if self._ballast is None:
            write_down()
        else:
            self._ballast.spend_on(write_down)

    def _settle(self, trail: Trail, settled: Settled, at: str, request_id: str) -> None:
        intent, c = settled.intent, self._connection
        where = (intent.link, intent.purpose)
        trail.add(
            Person(intent.link, intent.rid, intent.target_rid),
            intent.purpose,
            Action(settled.outcome.value),
            source=intent.kind.value,
            after=intent.after,
            rule=intent.rule.value,
            op=settled.op,
            request_id=request_id or None,
        )
        arrived = settled.outcome in (Outcome.CONFIRMED, Outcome.UNKNOWN)
        if not arrived and intent.kind is Kind.IN:
            c.execute("UPDATE consent_state SET in_stamp = NULL WHERE link = ? AND purpose = ?", where)
        if settled.outcome is Outcome.CONFIRMED:
            c.execute("UPDATE consent_state SET pending = 0 WHERE link = ? AND purpose = ?", where)
            if intent.kind is Kind.OUT:
                c.execute("UPDATE consent_state SET in_stamp = NULL WHERE link = ? AND purpose = ?", where)
            self._review(trail, Judged(*where), at)
        elif settled.outcome is Outcome.REFUSED:
            if intent.kind is not Kind.OUT:
                c.execute("UPDATE consent_state SET pending = 0 WHERE link = ? AND purpose = ?", where)
            self._review(trail, Judged(*where, Rule.REFUSED, settled.detail), at)

    def prove_consents(
        self, run: int, proven: Sequence[tuple[int, str, str]], at: str, *, carried: bool = False
    ) -> None:
        """Note that opt-outs in Salesforce are ours: `(link, opt-in, SystemModstamp of our save)`, read back at once
        after a confirmed reply. `carried`: it was a later save of ours, before which nobody had touched the record."""
        if not proven:
            return
        with self._writing() as c:
            self._check_epoch()
            trail = Trail(c, at, run)
            for link, purpose, stamp in proven:
                c.execute(
                    "UPDATE consent_state SET provenance = 'ours', our_stamp = ?3,"
                    " our_opt_out = iif(?4, our_opt_out, max(coalesce(our_opt_out, ''), ?3))"
                    " WHERE link = ?1 AND purpose = ?2",
                    (link, purpose, seconds(stamp), carried),
                )
                trail.add(self._person(link), purpose, Action.PROVEN, as_of=seconds(stamp))

    # -- what people ask ---------------------------------------------------------------------------------------------

    def verify_consents(self) -> Tampered | None:
        """Compute the trail again; give the first event that is not as it was written."""
        return verify(self._connection)

    def close_consents(self, before: str, at: str) -> int:
        """Let the trail of before a moment go, its last hash kept as the anchor of what follows; give how many went."""
        with self._writing() as c:
            return close_segment(c, before, at)

    # -- erased people -----------------------------------------------------------------------------------------------

    def suppress(self, identities: Iterable[str], reason: str, at: str) -> None:
        """Remember, as keyed hashes, people whom nothing may make again silently (I19)."""
        with self._writing() as c:
            c.execute("INSERT OR IGNORE INTO meta VALUES('suppression_key', ?)", (secrets.token_hex(32),))
            c.executemany(
                "INSERT OR IGNORE INTO suppression(hmac, reason, at) VALUES(?,?,?)",
                ((self._hmac(each), reason, at) for each in identities if each),
            )

    def erased_people(self) -> ErasedPeople:
        """Give the people who are known to be erased at this moment."""
        return ErasedPeople(self._connection)

    def let_back(self, identities: Iterable[str]) -> None:
        """Forget that people were erased whom somebody has brought back on purpose."""
        with self._writing() as c:
            if c.execute("SELECT 1 FROM suppression LIMIT 1").fetchone() is not None:
                hashes = [(self._hmac(each),) for each in identities if each]
                c.executemany("DELETE FROM suppression WHERE hmac = ?", hashes)

    def _hmac(self, identity: str) -> bytes:
        key = bytes.fromhex(self._one("SELECT v FROM meta WHERE k = 'suppression_key'")[0])
        return keyed_hash(key, identity)
