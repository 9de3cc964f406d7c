"""One schedule: everything that happens in a small world, drawn from one number, and judged at its end.

People act before runs and between their calls; runs meet faults, are killed, are begun twice; then it is quiet, and
what is promised of that is looked for.
"""

from __future__ import annotations

import gc
import os
import random
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from disf_desktop.core.schema import Side
from tests.simulation import aimed
from tests.simulation.account import Account
from tests.simulation.aimed import AIMS, KEPT_CALLS
from tests.simulation.checker import Checker
from tests.simulation.exports import Exports
from tests.simulation.fault_rows import COUNTERS
from tests.simulation.ground import Time, Trace, Violation
from tests.simulation.line import Odds
from tests.simulation.org import Org
from tests.simulation.people import Decided, People
from tests.simulation.runs import GOOD_WAYS, WAYS, Runs
from tests.simulation.scene import BIRTHS, CONTACTS, ORDERS, Scene
from tests.simulation.weather import Weather

_QUICK: Final = Path("/dev/shm")

STARTS: Final = (
    datetime(2026, 3, 2, 15, 0, tzinfo=UTC),
    datetime(2026, 3, 8, 6, 30, tzinfo=UTC),
    datetime(2026, 11, 1, 5, 20, tzinfo=UTC),
)
"""An ordinary day; the hour before clocks go forward in Toronto; the hour that they repeat."""
CLOCKS_CHANGE: Final = {
    "clocks_go_forward": datetime(2026, 3, 8, 7, tzinfo=UTC),
    "clocks_go_back": datetime(2026, 11, 1, 6, tzinfo=UTC),
}
"""In the zone of the account."""
SHORT: Final = (0, 1, 7, 61)
LONG: Final = (*SHORT, 300, 300, 700, 1000)
"""What passes before a run, in seconds: in a storm, and otherwise."""
QUIET_RUNS: Final = 3
LAG: Final = "look_up_behind_a_save"
"""Look-ups in Dialog Insight go on showing a contact as it was before a save, for some time."""
SCOPE: Final = "scope_changed"
"""Only contacts with a title are kept in step, and titles come and go."""
MORE: Final = (LAG, SCOPE, *AIMS)
FEW_CALLS: Final = 40
"""To Salesforce, made before an allowance is looked at again, and for consents: far fewer than a schedule makes."""


@dataclass
class Outcome:
    """What became of a schedule. `wrong` is the promise that was broken, "" where none was."""

    seed: int
    wrong: str = ""
    hash: str = ""
    faults: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    calls: int = 0
    writes: int = 0
    deeds: int = 0
    conflicts: int = 0
    blind: int = 0
    with_ourselves: int = 0


def play(
    seed: int, tell: Callable[[str], None] | None = None, *, more: Collection[str] = (), faultless: bool = False
) -> Outcome:  # fmt: skip
    """Play a schedule from beginning to end. The same seed gives the same hash.

    `more` names what else may go wrong, of `MORE`; it is drawn from a stream of its own. In a `faultless` one nothing
    goes wrong: people act, and services are as they are.
    """
    outcome = Outcome(seed)
    trace = Trace(tell)
    before = random.getstate()
    with _garbage_left(), _folder() as folder:
        try:
            schedule = _Schedule(seed, folder, trace, outcome, more, faultless=faultless)
            try:
                schedule.play()
            except Violation:
                schedule.tell_histories()
                raise
            finally:
                schedule.end()
        except Violation as violation:
            outcome.wrong = str(violation)
        except Exception as error:  # noqa: BLE001 - whatever the program lets through is a finding
            last = traceback.extract_tb(error.__traceback__)[-1]
            outcome.wrong = f"crash: {error!r} at {Path(last.filename).name}:{last.lineno}"
            if tell is not None:
                tell("".join(traceback.format_exception(error)))
        finally:
            random.setstate(before)
    trace.note("end", outcome.wrong)
    outcome.hash, outcome.faults = trace.hexdigest(), trace.faults
    unknown = {*outcome.faults, *outcome.kills} - COUNTERS
    assert not unknown, f"in no row of faults: {unknown}"
    return outcome


def traits(seed: int) -> frozenset[str]:
    """Say what a schedule is made of, without playing it: whoever looks for something need not play the others."""
    before = random.getstate()
    with _folder() as folder:
        schedule = _Schedule(seed, folder, Trace(), Outcome(seed))
    random.setstate(before)
    busy = schedule.deed_rate >= 0.15
    known = {
        "consents": busy and schedule.people.of_consents,
        "storm": busy and schedule.scene.line.storm and schedule.fault_rate > 0,
        "edits": busy and not schedule.people.of_consents,
        "faults": schedule.fault_rate >= 0.12,
    }
    return frozenset(name for name, holds in known.items() if holds)


@contextmanager
def _garbage_left() -> Iterator[None]:
    """Look for cycles after a schedule: within one it takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=_QUICK if os.access(_QUICK, os.W_OK) else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


class _Schedule:
    def __init__(
        self, seed: int, folder: Path, trace: Trace, outcome: Outcome, more: Collection[str] = (), *,
        faultless: bool = False,
    ) -> None:  # fmt: skip
        # The transport's pauses come from the one generator that everybody shares.
        random.seed(seed)
        self.rng = rng = random.Random(seed)
        self.trace, self.outcome = trace, outcome
        time = Time(rng.choices(STARTS, (6, 1, 1))[0])
        self.began, self.faultless = time.now, faultless
        skews = (0, 0, 0, 0, 0, 1, -1, 26, -26)
        org = Org(time, skew=timedelta(hours=rng.choice(skews)), covers=rng.random() < 0.9)
        account = Account(time, skew=timedelta(hours=rng.choice(skews)))
        if faultless:
            org.skew = account.skew = timedelta(0)
        org.lowers_emails, org.rewrites_phones = rng.random() < 0.3, rng.random() < 0.3
        org.tells_undeleted, org.rotates = rng.random() < 0.3, rng.random() < 0.7
        account.accepts_dates, account.says_what_is_stored = rng.random() < 0.3, rng.random() < 0.8
        account.all_or_nothing = rng.random() < 0.15
        [kinds] = rng.choices(
            ((CONTACTS,), (CONTACTS, ORDERS), (BIRTHS, CONTACTS), (BIRTHS, CONTACTS, ORDERS)), (60, 13, 17, 10)
        )
        if org.skew:
            trace.fault("server_skew_salesforce")
        if account.skew:
            trace.fault("server_skew_dialog_insight")
        self.scene = Scene(folder, rng, trace, time, org, account, kinds, begins_with_a_ledger=bool(seed % 8))
        self.scene.line.call_takes = rng.choice((0.0, 0.0, 0.3, 2.0))
        if not account.accepts_dates and rng.random() < 0.3:
            shelf = account.lists[123456]
            self.scene.exports = Exports(folder / "exports", account, shelf, 123456, trace)
        if rng.random() < 0.12 and not faultless:
            trace.fault("rotation_slower_than_edits")
            self.scene.lookups = 1
        if rng.random() < 0.06 and not faultless:
            trace.fault("own_allowance")
            self.scene.calls_per_day = KEPT_CALLS + rng.randrange(15, 40)
        if SCOPE in more:
            self.scene.narrow()
        aimed.set_scene(self.scene, seed, more)
        self.people = People(self.scene, faultless=faultless)
        self.weather = Weather(self.scene)
        self.fault_rate = rng.choice((0.0, 0.02, 0.05, 0.12, 0.25))
        self.scene.line.storm = rng.random() < 0.25
        self.deed_rate = rng.choice((0.0, 0.08, 0.15, 0.3))
        self.runs = Runs(self.scene, self.weather)
        self.more = more
        aimed.set_people(self.people, more)
        self.fault_rate, self.deed_rate = aimed.rates(more, self.fault_rate, self.deed_rate)
        if faultless:
            self.fault_rate, self.weather.rate = 0.0, 0.0
        if LAG in more:
            account.lag = random.Random(f"{LAG} {seed}").choice((2, 20, 120))

    # -- from beginning to end -----------------------------------------------------------------------------------------

    def play(self) -> None:
        rng, people, trace, line = self.rng, self.people, self.trace, self.scene.line
        for _ in range(rng.choice((1, 1, 2))):
            people.comes()
        for _ in range(rng.choice((1, 2, 2, 3, 3, 4)) + aimed.rounds(self.more)):
            aimed.begin_round(self.scene, self.more)
            for _ in range(rng.randrange(6 if people.of_consents else 4)):
                people.act()
            self.scene.time.advance(rng.choice(aimed.pauses(self.more) or (SHORT if line.storm else LONG)))
            if rng.random() < 0.03 and not self.faultless:
                trace.fault("sleep_beyond_tombstone_retention")
                self.weather.slept_too_long = True
                self.scene.time.advance(17 * 86_400)
            self.weather.changes()
            if rng.random() < 0.15:
                self.somebody_decides()
            self.a_run()
            if rng.random() < 0.3:
                self.judge()
        self.be_quiet()
        [(self.outcome.conflicts,)] = self.scene.rows("SELECT count(*) FROM conflict")

    def end(self) -> None:
        outcome, scene = self.outcome, self.scene
        outcome.calls, outcome.deeds, outcome.writes = scene.line.calls, self.people.acted, sum(scene.written())
        for counted in (scene.org.noticed, scene.account.noticed):
            self.trace.faults.update(counted)
        for name, times in ((LAG, scene.account.lagged), (SCOPE, scene.scope_changes())):
            if times:
                self.trace.faults[name] += times
        for name, moment in CLOCKS_CHANGE.items():
            if self.began < moment <= scene.time.now:
                self.trace.fired(name)
        outcome.runs, outcome.kills = self.runs.number, Counter(self.runs.kills)
        scene.close()

    def tell_histories(self) -> None:
        """Tell all that changed, in its order."""
        account = self.scene.account
        shelves = (*account.lists.values(), *account.tables.values())
        changes = [*self.scene.org.history, *(change for shelf in shelves for change in shelf.history)]
        for c in sorted(changes, key=lambda each: each.number):
            changed = {name: f"{old!r} -> {new!r}" for name, (old, new) in c.changed.items()}
            self.trace.say(f"  {c.number:5} {c.author:6} {c.table} {c.rid} {c.what}{' late' * c.late} {changed}")
        for answered in account.answers:
            self.trace.say(f"  {answered.number:5} person answers {answered.rid} {answered.state}")

    # -- runs ----------------------------------------------------------------------------------------------------------

    def a_run(self) -> None:
        """A run in whatever weather there is, among people who work."""
        line = self.scene.line
        line.odds = Odds(self.fault_rate, self.deed_rate)
        line.act = self._in_between
        names, weights = zip(*(GOOD_WAYS if self.faultless else WAYS), strict=True)
        try:
            self.runs.goes(self.rng.choices(names, weights)[0])
        finally:
            line.odds = Odds()
        self.weather.clears()

    def _in_between(self, side: str, rids: list[str]) -> None:
        chance = self.rng.random()
        if chance < 0.1:
            self.weather.changes_in_a_run()
        elif chance < 0.5:
            self.people.touches(side, rids)
        else:
            self.people.act()

    def somebody_decides(self) -> None:
        """A person decides a conflict, or asks to try set-aside records again."""
        known = self.scene.rows(
            "SELECT c.id, l.sf_id, l.di_rid, c.field FROM conflict c JOIN link l ON l.id = c.link"
            " WHERE c.state IN ('waiting', 'resolved') ORDER BY c.state DESC, c.id DESC"
        )
        with self.scene.process() as process:
            process.ended_well = True
            if not known or self.rng.random() < 0.3:
                process.ledger.retry(None)
                return
            number, sf_id, di_rid, name = self.rng.choice(known)
            side = self.rng.choice(tuple(Side))
            if process.ledger.choose({number: side}):
                self.trace.note("decides", number, side.value)
                self.people.chosen.append(Decided(sf_id, di_rid, name, self.scene.time.tick()))

    # -- when it is quiet ----------------------------------------------------------------------------------------------

    def be_quiet(self) -> None:
        """Let everything commit and arrive, try again what was set aside, run; then there is nothing left to do."""
        scene, org = self.scene, self.scene.org
        if scene.calls_per_day is not None and org.calls > scene.calls_per_day - KEPT_CALLS + FEW_CALLS:
            raise Violation(f"I16: {org.calls} calls of {scene.calls_per_day}, of which {KEPT_CALLS} are kept")
        self.weather.is_over()
        scene.calls_per_day, scene.lookups = None, 50
        while org.hidden:
            org.commit_late()
        # What is held is held by the local clock, which may have been a day ahead.
        scene.time.advance(3600 if not scene.clock.skew else 3 * 86400)
        scene.clock.skew = timedelta(0)
        if scene.is_locked_out:
            scene.sign_in()
        if scene.rows("SELECT 1 FROM op WHERE state IN ('INTENT', 'HOLD') LIMIT 1"):
            # What a killed run left open may be held, by the run that finds it, as long as it could still arrive.
            self.runs.quiet()
            scene.time.advance(1000)
        for number in range(QUIET_RUNS + 1):
            before = scene.written()
            # A reading that was broken off is first brought to its end; what changed meanwhile comes with the next one.
            goes_on = scene.rows("SELECT 1 FROM stream WHERE stamp IS NOT NULL LIMIT 1")
            self.runs.quiet(try_again=not number)
            # What a look could not show yet is looked at again three minutes later.
            scene.time.advance(240 if scene.account.lag else 120)
            if before == scene.written() and not goes_on:
                break
        else:
            raise Violation("I5: an idle run wrote")
        if scene.rows("SELECT 1 FROM op WHERE state IN ('INTENT', 'HOLD') LIMIT 1"):
            raise Violation("I10: an operation is still open when all is quiet")
        checker = self.judge()
        checker.when_quiet(self.people, self.weather)
        aimed.judge(checker, self.more)
        self.outcome.blind, self.outcome.with_ourselves = checker.blind, checker.with_ourselves

    def judge(self) -> Checker:
        """Look at what holds at any time."""
        checker = Checker.of(self.scene, self.people, self.runs)
        checker.always()
        return checker
