"""Everything at once: people edit, transactions commit late, services fail, the process is killed; then it is quiet.

What must hold is judged from the histories of both services and the tables of the ledger, never by asking the engine.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from disf_desktop.core.events import RunStatus
from disf_desktop.core.journal import HOLD
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger import Ledger
from tests.engine.fakes import Call, Change, Fault, LateCommit, stamped
from tests.engine.machines import played
from tests.engine.standing import StandingWorld
from tests.engine.world import PAIRS, MortalLedger, Told, killed_at

_QUICK = Path("/dev/shm")
"""Memory instead of a disk, where there is one: kills of the machine itself are tried on real disks elsewhere."""

NAMES = st.sampled_from(["Ann", "Bob ", "Éléonore Lacroix", "Éléonore", "", "Zoé"])
EMAILS = st.sampled_from(["ann@example.org", "Bob@Example.ORG", "bob@example.org", "not an address", None])
PHONES = st.sampled_from(["514", "819", "438", None])
TITLES = st.sampled_from(["Baker", "Painter", None])
LEVELS = st.sampled_from(["Gold", "Silver", "Bronze", None])
FIELDS = ("LastName", "Email", "Phone", "Title", "Level__c")
TARGETS = dict(zip(FIELDS, ("LastName", "EMail", "Phone", "Title", "Level"), strict=True))
VALUES = {"LastName": NAMES, "Email": EMAILS, "Phone": PHONES, "Title": TITLES, "Level__c": LEVELS}
SAVES = st.sampled_from(FIELDS).flatmap(lambda name: st.tuples(st.just(name), VALUES[name]))
RECORDS = st.fixed_dictionaries({name: VALUES[name] for name in FIELDS})
PEOPLE = st.lists(st.tuples(RECORDS, st.none() | RECORDS), min_size=1, max_size=2)
SOURCES = {target: name for name, target in TARGETS.items()}
WHO = st.integers(0, 3)
CUT = 8


def image(name: str, value: Any) -> Any:
    """Give what Dialog Insight holds of a value, by its own rules as the tests know them."""
    if not value:
        return None
    value = value.strip()
    return value.lower() if name == "Email" else value[:CUT].rstrip() if name == "LastName" else value


def as_read(record: dict[str, Any]) -> list[str | None]:
    """Give the values of a record as they are kept, in the order of the mapping."""
    return [(record[pair.source] or "").strip() or None for pair in PAIRS]


def is_valid(record: dict[str, Any]) -> bool:
    return bool(record["Email"]) and "@" in record["Email"] and record["Level__c"] != "Bronze"


class BothServices(RuleBasedStateMachine):
    """Up to four contacts, and all that can happen to them."""

    @initialize(first=PEOPLE, covers=st.booleans())
    def begin(self, first: list[tuple[dict[str, Any], dict[str, Any] | None]], covers: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=_QUICK if _QUICK.is_dir() else None))
        self.world = StandingWorld(self.folder, page_size=2, batch_size=2)
        self.world.org.covers = covers
        self.world.contacts.cuts = {"LastName": CUT}
        self.rids: list[str] = []
        self.late: list[LateCommit] = []
        self.ever: dict[tuple[str, str], list[Any]] = {}
        self.looked_at: list[Call] = []
        self.in_doubt: set[tuple[str, str, Any]] = set()
        self.untold: set[int] = set()
        for values, theirs in first:
            self.comes(values, theirs)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            try:
                if sys.exc_info()[0] is None:
                    self.be_quiet()
                    self.what_travels_is_new_and_fit()
            finally:
                self.world.close()
                shutil.rmtree(self.folder)

    @rule(hush=st.integers(0, 4))
    def it_is_quiet_for_a_while(self, hush: int) -> None:
        if not hush:
            self.be_quiet()

    # -- people ----------------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.rids) < 4)
    @rule(values=RECORDS, theirs=st.none() | RECORDS)
    def somebody_comes(self, values: dict[str, Any], theirs: dict[str, Any] | None) -> None:
        """A contact is made in Salesforce; maybe Dialog Insight has one under its Id already, and nobody knows."""
        self.comes(values, theirs)

    def comes(self, values: dict[str, Any], theirs: dict[str, Any] | None) -> None:
        rid = self.world.org.insert("Contact", **values)
        self.rids.append(rid)
        for name in FIELDS:
            self.ever[rid, name] = [image(name, values[name])]
        if theirs is not None:
            known = {TARGETS[name]: value for name, value in theirs.items() if value}
            self.world.contacts.add(SalesforceID=rid, **known)

    @rule(who=WHO, saves=st.lists(SAVES, min_size=1, max_size=3))
    def somebody_saves(self, who: int, saves: list[tuple[str, Any]]) -> None:
        free = [rid for rid in self.rids if all(late.rid != rid for late in self.late)]
        if free:
            rid = free[who % len(free)]
            self.world.org.update("Contact", rid, **dict(saves))
            for name, value in dict(saves).items():
                self.ever[rid, name].append(image(name, value))

    @precondition(lambda self: self.world.org.covers)
    @rule(who=WHO, save=SAVES)
    def a_long_transaction_saves(self, who: int, save: tuple[str, Any]) -> None:
        free = [rid for rid in self.rids if all(late.rid != rid for late in self.late)]
        if free:
            rid = free[who % len(free)]
            self.late.append(self.world.org.begin_late("Contact", rid, **dict([save])))
            self.ever[rid, save[0]].append(image(*save))

    @precondition(lambda self: self.late)
    @rule()
    def a_long_transaction_commits(self) -> None:
        self.world.org.commit_late(self.late.pop(0))

    @rule(seconds=st.sampled_from([1, 7, 61, 3600, 86400]))
    def time_passes(self, seconds: int) -> None:
        self.world.clock.advance(seconds)

    @rule(hours=st.sampled_from([-26, -1, 0, 1, 26]))
    def our_clock_is_set(self, hours: int) -> None:
        self.world.clock.skew = timedelta(hours=hours)

    # -- runs --------------------------------------------------------------------------------------------------------

    @rule()
    def a_run(self) -> None:
        self.told(self.world.run())

    @rule(faults=st.lists(st.none() | st.sampled_from(Fault), min_size=1, max_size=6))
    def a_run_over_a_bad_line(self, faults: list[Fault | None]) -> None:
        self.world.contacts.faults.extend(faults)
        self.told(self.world.run())
        self.world.contacts.faults.clear()

    @rule(
        commit=st.integers(3, 14),
        after=st.booleans(),
        faults=st.lists(st.sampled_from(Fault), max_size=2),
        who=WHO,
        saves=st.lists(SAVES, min_size=1, max_size=3),
    )
    def a_run_that_is_killed(
        self, commit: int, after: bool, faults: list[Fault], who: int, saves: list[tuple[str, Any]]
    ) -> None:
        """Somebody saves, some time passes, and the run that would carry it over ends in the middle."""
        self.somebody_saves(who, saves)
        self.world.clock.advance(7)
        self.world.contacts.faults.extend(faults)
        self.runs_until(killed_at(commit, after=after))
        self.world.contacts.faults.clear()

    @rule(
        only=st.sampled_from(["intend", "settle"]),
        after=st.booleans(),
        number=st.integers(1, 2),
        who=WHO,
        saves=st.lists(SAVES, min_size=1, max_size=3),
        peeks=st.booleans(),
    )
    def a_run_that_is_killed_around_a_batch(
        self, only: str, after: bool, number: int, who: int, saves: list[tuple[str, Any]], peeks: bool
    ) -> None:
        self.somebody_saves(who, saves)
        self.runs_until(killed_at(number, after=after, only=only))
        if peeks:
            self.somebody_saves(who, saves[::-1])
            self.a_preview()

    def runs_until(self, kill: Callable[[Ledger], MortalLedger]) -> None:
        """Run; note the calls of which a run that was killed may not have heard what became of them."""
        begun = self.world.clock.tick()
        told = self.world.run(kill=kill)
        if told.killed:
            self.untold |= {call.number for call in self.world.contacts.sent if call.number > begun}
        else:
            self.told(told)

    @rule()
    def a_preview(self) -> None:
        sent = len(self.world.contacts.sent)
        self.world.preview()
        assert len(self.world.contacts.sent) == sent

    @rule()
    def a_person_asks_to_try_again(self) -> None:
        self.world.retry()

    def told(self, told: Told) -> None:
        note(f"run: {told.status.value} {told.error!r}")
        if told.error is None:
            assert (told.status is RunStatus.SUCCESS) == (not self.world.waiting()), "the status is not honest"
            self.nothing_is_left_open()
        else:
            assert told.status is RunStatus.FAILED

    def nothing_is_left_open(self) -> None:
        assert self.world.rows("SELECT count(*) FROM op WHERE state = 'INTENT'") == [(0,)]
        # What may still arrive is looked for later, and what was saved since waits for that.
        held = "SELECT 1 FROM op o JOIN link l ON l.id = o.link WHERE o.state = 'HOLD' AND l.sf_id = s.rid"
        pending = f"SELECT count(*) FROM seen s WHERE pending = 1 AND NOT EXISTS ({held})"
        assert self.world.rows(pending) == [(0,)]

    # -- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def every_contact_is_in_dialog_insight_at_most_once(self) -> None:
        made = Counter(str(c.after["SalesforceID"]) for c in self.world.contacts.history if c.before is None)
        assert all(count == 1 for count in made.values()), made

    @invariant()
    def the_watermark_never_passes_a_change_that_was_not_seen(self) -> None:
        if not self.world.path.exists():
            return
        for wm, hi in self.world.rows("SELECT wm, hi FROM stream"):
            seen = {rid: (stamp, vals) for rid, stamp, vals in self.world.rows("SELECT rid, stamp, vals FROM seen")}
            for rid, row in self.world.org.rows["Contact"].items():
                if wm is not None and stamped(row.stamp) < wm:
                    stamp, vals = seen[rid]
                    assert stamp >= stamped(row.stamp) or orjson.loads(vals) == as_read(row.values), (rid, wm)
            for late in self.late:
                assert wm is None or wm <= stamped(late.stamp)
                assert hi is None or hi <= stamped(late.stamp)

    @invariant()
    def what_travels_is_new_and_fit(self) -> None:
        """No key, no unfit value and, but where an outcome was unknown, nothing that is there already."""
        for call in self.world.contacts.sent[len(self.looked_at) :]:
            self.looked_at.append(call)
            keys = [str(record.key) for record in call.records]
            assert len(set(keys)) == len(keys)
            for record, held in zip(call.records, call.held, strict=True):
                assert "SalesforceID" not in record.fields
                assert record.fields.get("Level") != "Bronze"
                if call.kind == "update" and held is not None:
                    assert record.fields, "an update of nothing was sent"
                    there = {(str(record.key), n, v) for n, v in record.fields.items() if held.get(n) == v}
                    assert there <= self.in_doubt, (record, held)
                if call.fault is not None or call.number in self.untold:
                    self.in_doubt |= {(str(record.key), n, v) for n, v in record.fields.items()}

    # -- when it is quiet ----------------------------------------------------------------------------------------------

    def be_quiet(self) -> None:
        """Let everything commit, try again what a fault set aside, and run: both sides agree, nothing is left."""
        while self.late:
            self.world.org.commit_late(self.late.pop(0))
        # What a killed run left open may be held by the run that finds it, as long as it could still arrive.
        assert self.world.run().error is None
        # What was sent twice may arrive for so long, and is looked for only then.
        self.world.clock.advance(HOLD[Side.DIALOG_INSIGHT].total_seconds())
        if self.world.path.exists():
            self.world.retry()
        for _ in range(2):
            self.world.clock.advance(120)
            told = self.world.run()
            assert told.error is None
            self.told(told)
        before = len(self.world.contacts.sent)
        self.world.clock.advance(120)
        told = self.world.run()
        assert self.world.contacts.sent[before:] == [], "an idle run wrote"
        assert told.set_aside == []
        self.both_sides_agree()
        self.nothing_was_overwritten_unseen()
        assert self.world.rows("SELECT count(*) FROM op WHERE state IN ('INTENT', 'HOLD')") == [(0,)]
        self.nothing_is_left_open()

    def both_sides_agree(self) -> None:
        waiting = self.world.waiting()
        for rid, row in self.world.org.rows["Contact"].items():
            record = row.values
            known = self.world.contacts.row_of(SalesforceID=rid)
            if is_valid(record):
                assert rid not in waiting
                assert known is not None, f"{rid} never came"
                for name in FIELDS:
                    self.agrees(rid, name, record[name], known.get(TARGETS[name]))
            elif known is None or any(self.differs(name, record, known) for name in FIELDS):
                assert rid in waiting, f"{rid} was forgotten"

    def agrees(self, rid: str, name: str, value: Any, held: Any) -> None:
        wanted = image(name, value)
        if held == wanted:
            return
        target = TARGETS[name]
        if wanted is None:
            # Kept as its pair says, or there before the first contact, where the empty never wipes out the full.
            theirs = [c.after.get(target) for c in self.made_by_a_person(rid)]
            assert name in ("Title", "Level__c") or held in theirs, (rid, name, value, held)
            assert name != "Level__c" or held in theirs, (rid, name, value, held)
            return
        kept = [(theirs, winner) for field, theirs, winner in self.conflicts(rid) if field == target]
        assert name == "Phone", (rid, name, value, held)
        assert (held, "dialog_insight") in kept, (rid, name, value, held)

    @staticmethod
    def differs(name: str, record: dict[str, Any], known: Any) -> bool:
        return bool(image(name, record[name]) != known.get(TARGETS[name]))

    def made_by_a_person(self, rid: str) -> list[Change]:
        history = self.world.contacts.history
        return [c for c in history if c.before is None and c.author == "person" and c.after["SalesforceID"] == rid]

    def conflicts(self, rid: str) -> list[tuple[str, Any, Any]]:
        return [
            (field, orjson.loads(theirs), winner)
            for field, theirs, winner in self.world.rows(
                "SELECT c.field, c.di, c.winner FROM conflict c JOIN op o ON o.link = c.link WHERE o.rid = ?1"
                " UNION SELECT c.field, c.di, c.winner FROM conflict c JOIN link l ON l.id = c.link WHERE l.sf_id = ?1",
                rid,
            )
        ]

    def nothing_was_overwritten_unseen(self) -> None:
        """Every value of a person that the engine replaced is kept in a conflict."""
        for rid in self.rids:
            theirs = {name: c.after.get(name) for c in self.made_by_a_person(rid) for name in TARGETS.values()}
            for change in self.world.contacts.history:
                if change.author != "engine" or change.before is None or change.before["SalesforceID"] != rid:
                    continue
                for name, value in list(theirs.items()):
                    if value is not None and change.after.get(name) != value:
                        kept = [held for field, held, _ in self.conflicts(rid) if field == name]
                        after = change.after.get(name)
                        assert value in kept or self.was_agreed(rid, name, value, after), (rid, name, value, after)
                        assert after is not None or any(self.ever[rid, SOURCES[name]]), f"{name} was emptied"
                        assert self.stood_aside(rid, name, value, after), (rid, name, value, after)
                        del theirs[name]

    def was_agreed(self, rid: str, name: str, value: Any, after: Any) -> bool:
        """Say whether Salesforce held this very value, or none, at some time: then a later save may replace it."""
        ever = self.ever[rid, SOURCES[name]]
        return value in ever or (after is not None and None in ever)

    def stood_aside(self, rid: str, name: str, value: Any, after: Any) -> bool:
        """Say whether a value that Dialog Insight wins stood until Salesforce saved the field anew."""
        return name != "Phone" or len(self.ever[rid, SOURCES[name]]) > 1 or value is None


def test_both_services_end_in_agreement_whatever_happens() -> None:
    run_state_machine_as_test(BothServices, settings=played(70, 50))
