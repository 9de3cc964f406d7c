"""One schedule: everything that happens in a small world, drawn from one number, and judged at its end.

People act before runs and between their calls; runs meet faults, are killed, are begun twice; then it is quiet, and
what is promised of that is looked for.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from disf_desktop.core.errors import AuthorizationNeeded, DisfError
from disf_desktop.core.events import RunFinished, RunStatus
from disf_desktop.core.schema import Side
from disf_desktop.engine.run import run
from tests.engine.ground import InlineExecutor
from tests.simulation.account import Account
from tests.simulation.checker import Checker
from tests.simulation.ground import Killed, Time, Trace, Violation
from tests.simulation.line import Odds
from tests.simulation.org import Org
from tests.simulation.people import Decided, People
from tests.simulation.scene import BIRTHS, CONTACTS, ORDERS, Process, Scene
from tests.simulation.weather import Weather

_QUICK: Final = Path("/dev/shm")  # noqa: S108 - a folder in memory, where there is one

STARTS: Final = (
    datetime(2026, 3, 2, 15, 0, tzinfo=UTC),
    datetime(2026, 3, 8, 6, 30, tzinfo=UTC),
    datetime(2026, 11, 1, 5, 20, tzinfo=UTC),
)
"""An ordinary day; the hour before clocks go forward in Toronto; the hour that they repeat."""
QUIET_RUNS: Final = 3


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


def play(seed: int, tell: Callable[[str], None] | None = None) -> Outcome:
    """Play a schedule from beginning to end. The same seed gives the same hash."""
    outcome = Outcome(seed)
    trace = Trace(tell)
    before = random.getstate()
    with _folder() as folder:
        try:
            schedule = _Schedule(seed, folder, trace, outcome)
            try:
                schedule.play()
            except Violation:
                schedule.tell_histories()
                raise
            finally:
                schedule.scene.close()
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
    return outcome


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=_QUICK if os.access(_QUICK, os.W_OK) else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


class _Schedule:
    def __init__(self, seed: int, folder: Path, trace: Trace, outcome: Outcome) -> None:
        # The transport's pauses come from the one generator that everybody shares.
        random.seed(seed)
        self.rng = rng = random.Random(seed)  # noqa: S311 - it keeps no secret
        self.trace, self.outcome = trace, outcome
        time = Time(rng.choices(STARTS, (6, 1, 1))[0])
        skews = (0, 0, 0, 0, 0, 1, -1, 26, -26)
        org = Org(time, skew=timedelta(hours=rng.choice(skews)), covers=rng.random() < 0.9)
        account = Account(time, skew=timedelta(hours=rng.choice(skews)))
        org.lowers_emails, org.rewrites_phones = rng.random() < 0.3, rng.random() < 0.3
        org.tells_undeleted, org.rotates = rng.random() < 0.3, rng.random() < 0.7
        account.accepts_dates, account.says_what_is_stored = rng.random() < 0.3, rng.random() < 0.8
        account.all_or_nothing = rng.random() < 0.15
        [kinds] = rng.choices(
            ((CONTACTS,), (CONTACTS, ORDERS), (BIRTHS, CONTACTS), (BIRTHS, CONTACTS, ORDERS)), (60, 13, 17, 10)
        )
        for name, wrong in (("server_skew_salesforce", org.skew), ("server_skew_dialog_insight", account.skew)):
            if wrong:
                trace.fault(name)
        self.scene = Scene(folder, rng, trace, time, org, account, kinds)
        self.scene.line.call_takes = rng.choice((0.0, 0.0, 0.3, 2.0))
        self.people = People(self.scene)
        self.weather = Weather(self.scene)
        self.fault_rate = rng.choice((0.0, 0.02, 0.05, 0.12, 0.25))
        self.deed_rate = rng.choice((0.0, 0.08, 0.15, 0.3))
        self.unsaved: set[int] = set()
        self.clouded = False

    # -- from beginning to end -----------------------------------------------------------------------------------------

    def play(self) -> None:
        rng, people = self.rng, self.people
        for _ in range(rng.choice((1, 1, 2))):
            people.comes()
        for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
            for _ in range(rng.randrange(4)):
                people.act()
            self.scene.time.advance(rng.choice((0, 1, 7, 61, 300, 300, 700, 1000)))
            self.weather.changes()
            if rng.random() < 0.15:
                self.somebody_decides()
            self.a_run()
            if rng.random() < 0.3:
                self.judge()
        self.be_quiet()
        self._count()

    def _count(self) -> None:
        outcome, scene = self.outcome, self.scene
        outcome.calls, outcome.deeds = scene.line.calls, self.people.acted
        outcome.writes = scene.org.writes + scene.account.writes
        [(outcome.conflicts,)] = scene.rows("SELECT count(*) FROM conflict")

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
        """A run in bad weather, which may be killed."""
        rng, line = self.rng, self.scene.line
        line.odds = Odds(self.fault_rate, self.deed_rate)
        line.act = self._in_between
        kill = rng.choice(("before a call", "after a call", "before a commit", "after a commit")) \
            if rng.random() < 0.35 else ""  # fmt: skip
        begun = self.scene.time.tick()
        try:
            self._run(kill)
        except Killed:
            self.outcome.kills[kill] += 1
            self.unsaved |= {look.number for service in (self.scene.org, self.scene.account) for look in service.looks
                             if look.number > begun}  # fmt: skip
        finally:
            line.odds = Odds()
            line.kill_before = line.kill_after = None
        self.weather.clears()

    def _in_between(self) -> None:
        if self.rng.random() < 0.1:
            self.weather.changes_in_a_run()
        else:
            self.people.act()

    def _run(self, kill: str) -> None:
        rng, line = self.rng, self.scene.line
        at = rng.randrange(1, 25)
        line.kill_before = line.calls + at if kill == "before a call" else None
        line.kill_after = line.calls + at if kill == "after a call" else None
        before = 1 + rng.randrange(30) if kill == "before a commit" else None
        after = 1 + rng.randrange(30) if kill == "after a commit" else None
        fired = line.fired
        with self.scene.process(kill_before=before, kill_after=after) as process:
            error = self._told(process)
        if error is None:
            return
        spent = isinstance(error, AuthorizationNeeded) and self.scene.is_locked_out
        if line.fired == fired and not self.weather.is_bad and not spent:
            raise Violation(f"I10: a run failed without a fault: {error.code} {error}")
        if spent:
            self.scene.sign_in()

    def _told(self, process: Process) -> DisfError | None:
        """Take every event of a run; give the error that ended it. What it tells of itself must be so."""
        self.outcome.runs += 1
        scene, asides, finished = self.scene, 0, None
        try:
            for event in run(scene.jobs(process), process.ledger, scene.clock, InlineExecutor()):
                self.trace.note("event", type(event).__name__)
                asides += type(event).__name__ == "RecordSetAside"
                if isinstance(event, RunFinished):
                    finished = event
        except DisfError as error:
            self.trace.note("error", type(error).__name__, error.code)
            if finished is not None and finished.total.status is not RunStatus.FAILED:
                raise Violation(f"I18: a run that failed says {finished.total.status}") from error
            return error
        assert finished is not None
        self._status_is_honest(finished, asides)
        return None

    def _status_is_honest(self, finished: RunFinished, asides: int) -> None:
        waits = "SELECT (SELECT count(*) FROM set_aside WHERE state = 'waiting'),"
        waits += " (SELECT count(*) FROM conflict WHERE state = 'waiting' AND NOT EXISTS (SELECT 1 FROM choice h"
        waits += " WHERE h.link = conflict.link AND h.field = conflict.field)), (SELECT count(*) FROM consent_review)"
        [counts] = self.scene.rows(waits)
        status = finished.total.status
        self.trace.note("status", status.value, counts)
        if (status is RunStatus.SUCCESS) != (not any(counts)):
            raise Violation(f"I18: {status.value}, and {counts} wait")
        if self.scene.rows("SELECT 1 FROM op WHERE state = 'INTENT' LIMIT 1"):
            raise Violation("I10: an intent was left open")

    def somebody_decides(self) -> None:
        """A person decides a conflict, or asks to try set-aside records again."""
        known = self.scene.rows(
            "SELECT c.id, l.sf_id, l.di_rid, c.field FROM conflict c JOIN link l ON l.id = c.link"
            " WHERE c.state IN ('waiting', 'resolved') ORDER BY c.state DESC, c.id DESC"
        )
        with self.scene.process() as process:
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
        self.weather.is_over()
        while org.hidden:
            org.commit_late()
        # What is held is held by the local clock, which may have been a day ahead.
        scene.time.advance(3600 if not scene.clock.skew else 3 * 86400)
        scene.clock.skew = timedelta(0)
        if scene.is_locked_out:
            scene.sign_in()
        # What a killed run left open may be held, by the run that finds it, as long as it could still arrive.
        self._quiet_run()
        scene.time.advance(1000)
        self._try_again()
        for _ in range(QUIET_RUNS):
            before = self._written()
            self._quiet_run()
            scene.time.advance(120)
            if before == self._written():
                break
        else:
            before = self._written()
            self._quiet_run()
            if before != self._written():
                raise Violation("I5: an idle run wrote")
        if scene.rows("SELECT 1 FROM op WHERE state IN ('INTENT', 'HOLD') LIMIT 1"):
            raise Violation("I10: an operation is still open when all is quiet")
        checker = self.judge()
        checker.when_quiet(self.people, self.weather)
        self.outcome.blind = checker.blind

    def _try_again(self) -> None:
        with self.scene.process() as process:
            process.ledger.retry(None)

    def _quiet_run(self) -> None:
        with self.scene.process() as process:
            error = self._told(process)
        if error is not None:
            raise Violation(f"I10: a run fails when all is quiet: {type(error).__name__} {error} {error.detail}")

    def _written(self) -> tuple[int, int]:
        return self.scene.org.writes, self.scene.account.writes

    def judge(self) -> Checker:
        """Look at what holds at any time."""
        checker = Checker.of(self.scene, self.people, frozenset(self.unsaved))
        checker.always()
        return checker
