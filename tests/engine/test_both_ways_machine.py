"""Both ways, everything at once: people act on both sides, before runs and between their calls; runs fail, are killed,
write over bad lines; then it is quiet. `checker.py` judges from the histories what must hold."""

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
from hypothesis import event, note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from disf_desktop.core.events import RunStatus
from disf_desktop.core.project import Deletes, Trigger
from disf_desktop.core.records import Capabilities
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger import Ledger
from tests.engine.checker import Checker, no_child_came_before_its_parent
from tests.engine.fakes import ENGINE, PERSON, DialogInsightTable, Fault, LateCommit
from tests.engine.histories import FLAG, Decided, KeptConflict, Pairing
from tests.engine.machines import played
from tests.engine.standing import StandingWorld
from tests.engine.world import BOTH_PAIRS, BOTH_WAYS, OPTINS, MortalLedger, Told, killed_at

_QUICK = Path("/dev/shm")
CUT = 12
MOST_CONTACTS, MOST_BORN, MOST_ORDERS = 4, 3, 3
PAIRINGS = tuple(
    Pairing(pair.source, pair.target) for pair in BOTH_PAIRS if not pair.key and pair.source != "Birthdate"
)
LEVELS = {"here": ("Gold", "Silver", "Bronze", None), "there": ("Gold", "Silver", None)}
HERE, THERE = "here", "there"

WHO = st.integers(0, 5)
FORMS = {
    "LastName": ("{n} Roy", "{n} Lacroix-Tremblay", " {n} Zoé "),
    "Email": ("p{n}@example.org", "P{n}@Example.ORG", "bad {n}"),
    "Phone": ("514 {n:04}", None),
    "Title": ("Title {n}", None),
    "City__c": ("City {n}", None),
}
"""What people write, by Salesforce field; {n} is new each time, so that every value can be followed."""
FIELD = st.sampled_from([*FORMS, "Level__c"])
SAVES = st.lists(st.tuples(FIELD, st.integers(0, 3)), min_size=1, max_size=3)
TARGETS = {pairing.source: pairing.target for pairing in PAIRINGS}
ANSWERS = st.sampled_from([True, False, False, None])
FAULTS = st.lists(st.none() | st.sampled_from(Fault), min_size=1, max_size=4)
LATENESS = st.sampled_from([1, 45, 300, 620])
CALLS = ("changes", "read", "read_by_id", "write", "find", "find_by_id", "find_empty", "changed_since")


class BothWays(RuleBasedStateMachine):
    """Up to four contacts in Salesforce and three people born in Dialog Insight, and all that can happen to them."""

    @initialize(
        covers=st.booleans(), tells=st.booleans(), lowers=st.booleans(), rewrites=st.booleans(), dates=st.booleans(),
        takes=st.sampled_from([0.0, 0.4]), first=st.lists(st.tuples(SAVES, st.booleans()), min_size=1, max_size=2),
    )  # fmt: skip
    def begin(
        self, covers: bool, tells: bool, lowers: bool, rewrites: bool, dates: bool, takes: float, first: list[Any]
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=_QUICK if _QUICK.is_dir() else None))
        self.world = world = StandingWorld(self.folder, page_size=2, batch_size=2)
        world.clock.call_takes = takes
        world.org.covers, world.org.tells_undeleted, world.org.lowers_emails = covers, tells, lowers
        if rewrites:
            world.org.rewrites["Phone"] = lambda v: f"({v[:3]}) {v[4:]}" if v and v[3] == " " else v
        world.contacts.cuts = {"LastName": CUT}
        world.contacts.accepts = Capabilities(empty_lookup=True, changed_since=dates)
        world.people.accepts = Capabilities(empty_lookup=True)
        self.number = self.blind = 0
        self.chosen: list[Decided] = []
        self.rids: list[str] = []
        self.born: list[str] = []
        self.orders: list[str] = []
        self.late: list[LateCommit] = []
        self.erased: dict[str, int] = {}
        self.known_when_gone: set[str] = set()
        self.unsaved: set[int] = set()
        self.whole: list[tuple[int, int]] = []
        self.sent_seen: list[int] = []
        for saves, known in first:
            self.comes(saves, known)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            try:
                # What has failed already says enough.
                if sys.exc_info()[0] is None:
                    self.be_quiet()
            finally:
                event(f"edits that nobody could see: {min(self.blind, 3)}")
                self.world.close()
                shutil.rmtree(self.folder)

    # -- what people write -------------------------------------------------------------------------------------------

    def values(self, saves: list[tuple[str, int]], where: str) -> dict[str, Any]:
        """Give values by Salesforce field; a text is new each time."""
        made: dict[str, Any] = {}
        for name, which in saves:
            if name == "Level__c":
                made[name] = LEVELS[where][which % len(LEVELS[where])]
                continue
            self.number += 1
            form = FORMS[name][which % len(FORMS[name])]
            made[name] = None if form is None else form.format(n=self.number)
        return made

    def everything(self, saves: list[tuple[str, int]], where: str) -> dict[str, Any]:
        return self.values([("LastName", 0), ("Email", 0), *saves], where)

    def there(self, values: dict[str, Any]) -> dict[str, Any]:
        return {TARGETS[name]: value for name, value in values.items()}

    def free(self) -> list[str]:
        return [rid for rid in self.world.org.rows["Contact"] if not self.world.org.is_locked(rid)]

    # -- people in Salesforce ----------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.rids) < MOST_CONTACTS)
    @rule(saves=SAVES, known=st.booleans())
    def somebody_comes(self, saves: list[tuple[str, int]], known: bool) -> None:
        self.comes(saves, known)

    def comes(self, saves: list[tuple[str, int]], known: bool) -> None:
        """A contact is made in Salesforce; maybe Dialog Insight has one under its Id already, and nobody knows."""
        rid = self.world.org.insert("Contact", **self.everything(saves, HERE))
        self.rids.append(rid)
        if known:
            self.world.contacts.add(SalesforceID=rid, **self.there(self.everything(saves[::-1], THERE)))

    @rule(who=WHO, saves=SAVES)
    def somebody_saves(self, who: int, saves: list[tuple[str, int]]) -> None:
        if free := self.free():
            self.world.org.update("Contact", free[who % len(free)], **self.values(saves, HERE))

    @precondition(lambda self: self.world.org.covers)
    @rule(who=WHO, saves=SAVES)
    def a_long_transaction_saves(self, who: int, saves: list[tuple[str, int]]) -> None:
        if free := self.free():
            values = self.values(saves[:1], HERE)
            self.late.append(self.world.org.begin_late("Contact", free[who % len(free)], **values))

    @precondition(lambda self: self.late)
    @rule()
    def a_long_transaction_commits(self) -> None:
        self.world.org.commit_late(self.late.pop(0))

    @rule(who=WHO)
    def somebody_is_deleted(self, who: int) -> None:
        if free := self.free():
            self.goes(free[who % len(free)])
            self.world.org.delete("Contact", free[who % len(free)])

    def goes(self, rid: str) -> None:
        """Note who was tied when its Salesforce record went: their contact is to be flagged."""
        for (di_rid,) in self.rows("SELECT di_rid FROM link WHERE sf_id = ? AND di_rid IS NOT NULL", rid):
            if self.rows("SELECT 1 FROM seen WHERE side = 'SF' AND rid = ?", rid):
                self.known_when_gone.add(di_rid)

    @rule(who=WHO)
    def somebody_is_brought_back(self, who: int) -> None:
        org = self.world.org
        gone = [rid for rid in org.bin["Contact"] if rid not in org.masters]
        if gone:
            # Salesforce stamps whole seconds: what was deleted and brought back within one cannot be told apart.
            self.world.clock.advance(1)
            org.undelete("Contact", gone[who % len(gone)])

    @rule(who=WHO, saves=SAVES)
    def two_are_merged(self, who: int, saves: list[tuple[str, int]]) -> None:
        free = self.free()
        if len(free) > 1:
            loser, master = free[who % len(free)], free[(who + 1) % len(free)]
            self.goes(loser)
            self.world.org.merge("Contact", master, loser, **self.values(saves, HERE))

    @precondition(lambda self: len(self.orders) < MOST_ORDERS)
    @rule(who=WHO)
    def somebody_orders(self, who: int) -> None:
        if free := self.free():
            self.orders.append(
                self.world.org.insert("Order__c", Number__c=f"A-{len(self.orders)}", Contact__c=free[who % len(free)])
            )

    # -- people in Dialog Insight ------------------------------------------------------------------------------------

    @rule(who=WHO, saves=SAVES)
    def somebody_edits(self, who: int, saves: list[tuple[str, int]]) -> None:
        contacts = self.world.contacts
        if known := list(contacts.rows):
            contacts.edit(known[who % len(known)], **self.there(self.values(saves, THERE)))

    @rule(who=WHO)
    def somebody_is_removed(self, who: int) -> None:
        contacts = self.world.contacts
        if known := list(contacts.rows):
            rid = known[who % len(known)]
            # Rows of tables have numbers of their own, and an order may have that of a contact.
            of_contacts = "SELECT 1 FROM link l JOIN target t ON t.id = l.target AND t.name LIKE '%/Contact'"
            if self.rows(f"{of_contacts} WHERE l.di_rid = ?", rid):
                self.erased[str(contacts.rows[rid]["SalesforceID"])] = self.world.clock.tick()
                contacts.remove(rid)

    @rule(who=WHO, state=ANSWERS)
    def somebody_answers(self, who: int, state: bool | None) -> None:
        contacts = self.world.contacts
        if known := list(contacts.rows):
            contacts.answer(known[who % len(known)], "Newsletter", state)

    @rule(who=WHO, state=st.sampled_from(["Yes", "No", "No"]))
    def somebody_says_it_in_salesforce(self, who: int, state: str) -> None:
        if free := self.free():
            self.world.org.update("Contact", free[who % len(free)], Newsletter__c=state)

    @precondition(lambda self: len(self.born) < MOST_BORN)
    @rule(saves=SAVES, who=st.none() | WHO)
    def somebody_is_born(self, saves: list[tuple[str, int]], who: int | None) -> None:
        """A person enters a form; maybe under the e-mail of a contact that Salesforce has."""
        values = {n: v for n, v in self.everything(saves, THERE).items() if n not in ("Title", "Level__c")}
        free = self.free()
        if who is not None and free:
            email = self.world.org.row("Contact", free[who % len(free)])["Email"]
            if email and self.world.people.row_of(EMail=email) is None:
                values["Email"] = email
        self.born.append(self.world.people.add(**self.there(values)))

    @precondition(lambda self: self.born)
    @rule(who=WHO, saves=SAVES)
    def one_who_was_born_edits(self, who: int, saves: list[tuple[str, int]]) -> None:
        values = {n: v for n, v in self.values(saves, THERE).items() if n not in ("Title", "Level__c")}
        self.world.people.edit(self.born[who % len(self.born)], **self.there(values))

    # -- time --------------------------------------------------------------------------------------------------------

    @rule(seconds=st.sampled_from([1, 7, 61, 700, 1000, 86400]))
    def time_passes(self, seconds: int) -> None:
        self.world.clock.advance(seconds)

    @rule(hours=st.sampled_from([-26, -1, 0, 1, 26]))
    def our_clock_is_set(self, hours: int) -> None:
        self.world.clock.skew = timedelta(hours=hours)

    # -- runs --------------------------------------------------------------------------------------------------------

    def jobs(self) -> list[Any]:
        world = self.world
        return [
            world.birth_job(),
            world.two_way_job(
                deletes=Deletes(field=FLAG), optins=OPTINS[:1], triggers=(*BOTH_WAYS, Trigger.OPTIN_CHANGED)
            ),
            world.order_job(),
        ]

    def runs(self, kill: Callable[[Ledger], MortalLedger] | None = None) -> Told:
        """Run; note the looks that a run which was killed may not have written down, and the runs that are whole."""
        begun = self.world.clock.tick()
        told = self.world.run(*self.jobs(), kill=kill)
        if told.killed:
            looks = (*self.world.org.looks, *self.world.contacts.looks)
            self.unsaved |= {look.number for look in looks if look.number > begun}
        elif told.error is None:
            self.whole.append((begun, self.world.clock.tick()))
        return told

    @rule()
    def a_run(self) -> None:
        self.told(self.runs())

    @rule(here=FAULTS, there=FAULTS, lateness=LATENESS)
    def a_run_over_a_bad_line(self, here: list[Fault | None], there: list[Fault | None], lateness: int) -> None:
        self.bad_lines(here, there, lateness)
        self.told(self.runs())
        self.bad_lines([], [], lateness)

    def bad_lines(self, here: list[Fault | None], there: list[Fault | None], lateness: int) -> None:
        for service, faults in ((self.world.org, here), (self.world.contacts, there), (self.world.people, there[::-1])):
            service.faults.clear()
            service.faults.extend(faults)
            service.lateness = timedelta(seconds=lateness)

    @rule(
        commit=st.integers(3, 40), after=st.booleans(), here=FAULTS, there=FAULTS, lateness=LATENESS,
        only=st.sampled_from(["", "", "intend", "settle", "store_found", "note_decisions"]),
    )  # fmt: skip
    def a_run_that_is_killed(
        self,
        commit: int,
        after: bool,
        here: list[Fault | None],
        there: list[Fault | None],
        lateness: int,
        only: str,
    ) -> None:
        self.bad_lines(here, there, lateness)
        told = self.runs(killed_at(1 + commit % 4 if only else commit, after=after, only=only))
        self.bad_lines([], [], lateness)
        if not told.killed:
            self.told(told)

    @rule(
        deeds=st.lists(
            st.tuples(
                st.sampled_from(CALLS), st.integers(1, 4),
                st.sampled_from(["saves", "edits", "deletes", "removes", "answers"]), WHO, SAVES,
            ),
            min_size=1, max_size=3,
        )
    )  # fmt: skip
    def people_act_during_a_run(self, deeds: list[tuple[str, int, str, int, list[tuple[str, int]]]]) -> None:
        """Somebody acts just before the n-th call of a kind is carried out."""
        heard: Counter[str] = Counter()

        def before(call: str) -> None:
            heard[call] += 1
            for name, times, what, who, saves in deeds:
                if (name, times) == (call, heard[call]):
                    self.acts(what, who, saves)

        org, contacts = self.world.org, self.world.contacts
        org.before_call = contacts.before_call = before
        told = self.runs()
        org.before_call = contacts.before_call = lambda name: None
        self.told(told, is_quiet=False)

    def acts(self, what: str, who: int, saves: list[tuple[str, int]]) -> None:
        deeds: dict[str, Callable[[], None]] = {
            "saves": lambda: self.somebody_saves(who, saves),
            "edits": lambda: self.somebody_edits(who, saves),
            "deletes": lambda: self.somebody_is_deleted(who),
            "removes": lambda: self.somebody_is_removed(who),
            "answers": lambda: self.somebody_answers(who, bool(who % 2)),
        }
        deeds[what]()

    @rule()
    def a_preview(self) -> None:
        before = self.written()
        self.world.preview(*self.jobs())
        assert self.written() == before, "a preview wrote"

    @rule()
    def a_person_asks_to_try_again(self) -> None:
        self.world.retry()

    @rule(which=WHO, side=st.sampled_from(Side))
    def a_person_decides_a_conflict(self, which: int, side: Side) -> None:
        known = self.rows(
            "SELECT c.id, l.sf_id, l.di_rid, c.field FROM conflict c JOIN link l ON l.id = c.link"
            " WHERE c.state IN ('waiting', 'resolved') ORDER BY c.state DESC, c.id DESC"
        )
        if known:
            number, sf_id, di_rid, field = known[which % len(known)]
            if self.world.choose({number: side}):
                self.chosen.append(Decided(sf_id, di_rid, field, self.world.clock.tick()))

    @rule(hush=st.integers(0, 4))
    def it_is_quiet_for_a_while(self, hush: int) -> None:
        if not hush:
            self.be_quiet()

    # -- what is known -----------------------------------------------------------------------------------------------

    def rows(self, sql: str, *bindings: Any) -> list[tuple[Any, ...]]:
        return self.world.rows(sql, *bindings) if self.world.path.exists() else []

    def written(self) -> list[int]:
        return [len(self.world.org.sent), *(len(table.sent) for table in self.tables())]

    def tables(self) -> tuple[DialogInsightTable, ...]:
        return self.world.contacts, self.world.people, self.world.orders

    def aside(self) -> frozenset[str]:
        rows = self.rows("SELECT rid, target_rid FROM set_aside WHERE state = 'waiting'")
        return frozenset(rid for row in rows for rid in row if rid)

    def told(self, told: Told, *, is_quiet: bool = True) -> None:
        """I18: the status is what a person finds when looking."""
        note(f"run: {told.status.value} {told.error!r}")
        if told.error is not None:
            assert told.status is RunStatus.FAILED
            return
        waits = "SELECT (SELECT count(*) FROM set_aside WHERE state = 'waiting'),"
        # A question that was answered waits for a run, and for nobody.
        waits += " (SELECT count(*) FROM conflict c WHERE state = 'waiting' AND NOT EXISTS"
        waits += "  (SELECT 1 FROM choice h WHERE h.link = c.link AND h.field = c.field)),"
        waits += " (SELECT count(*) FROM consent_review)"
        [counts] = self.rows(waits)
        assert (told.status is RunStatus.SUCCESS) == (not any(counts)), f"I18: {told.status}, {counts} wait"
        # Who was set aside may be through before the run ends: it plans again what changed while it was sending.
        left = {number for (number,) in self.rows("SELECT id FROM set_aside WHERE state = 'waiting'")}
        still = any(each.id in left for each in told.set_aside)
        assert (told.status is RunStatus.PARTIAL) <= bool(told.set_aside), "I18: partial"
        assert still <= (told.status is RunStatus.PARTIAL), "I18: not partial"
        assert self.rows("SELECT count(*) FROM op WHERE state = 'INTENT'") == [(0,)], "an intent was left open"

    def checker(self) -> Checker:
        # The type B project writes into the same records: what it went over is kept with its own contact.
        kept = self.rows(
            "SELECT l.sf_id, coalesce(l.di_rid, o.rid), c.field, c.sf, c.di,"
            " c.state = 'waiting' AND c.integration = (SELECT id FROM integration WHERE name = 'Contacts')"
            " FROM conflict c"
            " LEFT JOIN link l ON l.id = c.link LEFT JOIN op o ON o.link = c.link AND l.id IS NULL"
        )
        conflicts = [
            KeptConflict(sf_id, di_rid, field, orjson.loads(sf), orjson.loads(di), bool(waits))
            for sf_id, di_rid, field, sf, di, waits in kept
        ]
        return Checker(
            self.world.org, self.world.contacts, PAIRINGS, conflicts, self.aside(), self.chosen,
            frozenset(self.unsaved), self.whole, self.erased, self.world.people,
        )  # fmt: skip

    # -- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def what_always_holds(self) -> None:
        if not hasattr(self, "folder") or self.written() == self.sent_seen:
            return
        self.sent_seen = self.written()
        checker = self.checker()
        checker.everybody_was_made_once()
        checker.the_erased_stay_erased(self.erased)
        checker.only_the_deleted_are_flagged()
        checker.nothing_normalised_goes_back()
        checker.nothing_echoes()
        checker.nothing_was_overwritten_unseen()
        checker.no_older_answer_subscribes("Newsletter", "Newsletter__c", "Yes", "No")
        no_child_came_before_its_parent(self.world.orders, self.world.contacts, "idContact")

    # -- when it is quiet --------------------------------------------------------------------------------------------

    def be_quiet(self) -> None:
        """Let everything commit and arrive, try again what a fault set aside, and run: nothing is left to do."""
        while self.late:
            self.world.org.commit_late(self.late.pop(0))
        self.world.clock.skew = timedelta(0)
        self.world.clock.advance(3 * 86400)
        # What a killed run left open may be held, by the run that finds it, as long as it could still arrive.
        assert self.runs().error is None
        self.world.clock.advance(1000)
        self.world.retry()
        for _ in range(3):
            self.world.clock.advance(120)
            told = self.runs()
            assert told.error is None, repr(told.error)
            self.told(told)
        before = self.written()
        self.world.clock.advance(120)
        told = self.runs()
        assert self.written() == before, "I5: an idle run wrote"
        # What waits for a person may be tried in each run: its parent may have come, or there is news of it.
        assert all(each.tries > 1 for each in told.set_aside), "an idle run set a record aside"
        assert self.rows("SELECT count(*) FROM op WHERE state IN ('INTENT', 'HOLD')") == [(0,)]
        self.what_always_holds()
        checker = self.checker()
        checker.is_quiet = True
        checker.both_sides_agree()
        checker.everybody_came(frozenset(self.erased))
        checker.the_deleted_are_flagged(frozenset(self.known_when_gone))
        checker.every_unsubscription_arrives("Newsletter", "Newsletter__c", "Yes")
        self.blind = checker.nothing_was_overwritten_unseen() + checker.the_newest_edit_stands()
        self.everybody_born_is_known()

    def everybody_born_is_known(self) -> None:
        """Whoever was born is in Salesforce once, or set aside; the marker names the record."""
        aside, org = self.aside(), self.world.org
        for rid in self.born:
            row = self.world.people.rows[rid]
            if rid in aside:
                continue
            marker = row.get("SalesforceID")
            assert marker is not None, f"I1: {rid} was born and never came to Salesforce"
            assert marker in org.rows["Contact"] or marker in org.bin["Contact"]
            for change in (c for c in org.history if c.author == ENGINE and c.before is None):
                if change.after["DI_Contact_Id__c"] == f"123502:{rid}" and not self.went_unknown(change.rid):
                    assert change.rid == marker, f"I4: {rid} is {change.rid} and {marker}"
        assert all(c.author == PERSON or "SalesforceID" in c.changed for c in self.world.people.history)

    def went_unknown(self, sf_id: str) -> bool:
        """Say whether somebody deleted a record that a killed run had made, before any run could know that it had."""
        told = any(change.after.get("SalesforceID") == sf_id for change in self.world.people.history)
        return sf_id in self.world.org.bin["Contact"] and not told


def test_both_sides_end_in_agreement_whatever_happens() -> None:
    run_machine(BothWays, settings=played(80, 50))
