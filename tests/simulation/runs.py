"""The ways in which a run of the program may go: to its end, stopped, killed, over a full disk, beside another one."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Final

import apsw

from disf_desktop.core.errors import AuthorizationNeeded, DisfError, LimitReached, Stopped
from disf_desktop.core.events import Event, PreviewFinished, RecordSetAside, RunFinished, RunStatus
from disf_desktop.engine.run import preview, run
from tests.engine.ground import InlineExecutor
from tests.simulation.ground import Killed, Violation
from tests.simulation.scene import Process, Scene
from tests.simulation.weather import Weather

KILLS: Final = ("before a call", "after a call", "before a commit", "after a commit")
FULL_DISK: Final = {"disk_full_at_a_commit": apsw.FullError, "io_error_at_a_commit": apsw.IOError}

WAYS: Final = (
    ("plain", 50), ("killed", 32), ("stopped", 5), ("stopped_in_a_pause", 3), ("disk_full_at_a_commit", 3),
    ("io_error_at_a_commit", 2), ("preview", 4), ("sleeps_in_a_run", 4), ("second_instance", 4),
    ("suspended_instance_wakes", 4),
)  # fmt: skip
"""How a run goes, and how often."""
GOOD_WAYS: Final = tuple(each for each in WAYS if each[0] in ("plain", "preview"))


@dataclass
class Runs:
    """Runs of one scene, and what was seen of them."""

    scene: Scene
    weather: Weather
    number: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    unsaved: set[int] = field(default_factory=set)
    whole: list[tuple[int, int]] = field(default_factory=list)
    """When runs that came to their end began and ended."""
    _spoiled: bool = False

    def goes(self, way: str) -> None:
        """Let a run go one way. Raises Violation where it ends as it must not."""
        scene, rng = self.scene, self.scene.rng
        scene.trace.note("run", way)
        begun, fired = scene.time.tick(), scene.line.fired
        self._spoiled = way in FULL_DISK or way.startswith("stopped")
        if way not in ("plain", "killed", "preview"):
            # Drawn; it is counted where it happens, for a run may come to its end before.
            scene.trace.note("fault", "stopped_at_an_event" if way == "stopped" else way)
        kill = rng.choice(KILLS) if way == "killed" else ""
        at = rng.randrange(1, 25)
        try:
            if kill:
                error = self._killed(kill, at)
            elif way in ("second_instance", "suspended_instance_wakes"):
                seconds = rng.choice((1, 30, 300) if way == "second_instance" else (30, 700, 3600, 86_400))
                error = self._beside_another(way, at, seconds)
            elif way == "preview":
                error = self._previewed()
            else:
                error = self._one(way, at)
        except Killed:
            self.kills[kill] = self.kills.get(kill, 0) + 1
            self._forgets(begun)
            return
        if error is not None:
            self._forgets(begun)
        self._judge(error, fired)

    def _forgets(self, begun: int) -> None:
        """Note that what a run was shown may not have been written down."""
        looks = (*self.scene.org.looks, *self.scene.account.looks)
        self.unsaved |= {look.number for look in looks if look.number > begun}

    def _judge(self, error: DisfError | None, fired: int) -> None:
        if error is None:
            return
        spent = isinstance(error, AuthorizationNeeded) and self.scene.is_locked_out
        spent |= isinstance(error, LimitReached) and self.scene.calls_per_day is not None
        if self.scene.line.fired == fired and not (self.weather.is_bad or spent or self._spoiled):
            raise Violation(f"I10: a run failed without a fault: {type(error).__name__} {error} {error.detail}")
        if isinstance(error, AuthorizationNeeded) and spent:
            self.scene.sign_in()

    # -- ways --------------------------------------------------------------------------------------------------------

    def quiet(self, *, try_again: bool = False) -> None:
        """Run with nothing that disturbs: it must come to its end."""
        with self.scene.process() as process:
            if try_again:
                process.ledger.retry(None)
            error = self.told(process)
        if error is not None:
            raise Violation(f"I10: a run fails when all is quiet: {type(error).__name__} {error} {error.detail}")

    def _killed(self, kill: str, at: int) -> DisfError | None:
        line = self.scene.line
        line.kill_before = line.calls + at if kill == "before a call" else None
        line.kill_after = line.calls + at if kill == "after a call" else None
        before = at + at // 3 if kill == "before a commit" else None
        after = at + at // 3 if kill == "after a commit" else None
        try:
            with self.scene.process(kill_before=before, kill_after=after) as process:
                return self.told(process)
        finally:
            line.kill_before = line.kill_after = None

    def _one(self, way: str, at: int) -> DisfError | None:
        with self.scene.process() as process:
            if way in FULL_DISK:
                with self._full_disk(process, way, at):
                    return self.told(process)
            try:
                if way == "stopped":
                    error = self.told(process, stop_at=at)
                else:
                    error = self.told(process, pause=self._sleeper(way, at))
            finally:
                self.scene.clock.stops = False
        if isinstance(error, Stopped):
            self.scene.trace.fired("stopped_at_an_event" if way == "stopped" else way)
        return error

    def _sleeper(self, way: str, at: int) -> Callable[[int], None]:
        def pause(number: int) -> None:
            if way == "stopped_in_a_pause" and number == at // 2:
                self.scene.clock.stops = True
            if way == "sleeps_in_a_run" and number == at // 2:
                self.scene.trace.note("sleeps")
                self.scene.trace.fired(way)
                self.scene.time.advance(self.scene.rng.choice((60, 1000, 30_000)))

        return pause

    @contextmanager
    def _full_disk(self, process: Process, way: str, at: int) -> Iterator[None]:
        """Let each commit from the n-th on fail, as a full disk does, until there is room again."""
        count = 0

        def committing() -> bool:
            nonlocal count
            count += 1
            if at <= count < at + 3:
                if count == at:
                    self.scene.trace.fired(way)
                raise FULL_DISK[way]("no room")
            return False

        connection = process.ledger._connection
        connection.set_commit_hook(committing, id="full disk")
        try:
            yield
        finally:
            connection.set_commit_hook(None, id="full disk")

    def _previewed(self) -> DisfError | None:
        """Look at the plan: nothing may be written."""
        scene = self.scene
        written = scene.written()
        late = scene.time.waiting
        with scene.process() as process:
            error = self.told(process, verb=preview)
        if scene.written() != written and late == scene.time.waiting:
            raise Violation("4.17: a preview wrote")
        return error

    def _beside_another(self, way: str, at: int, seconds: float) -> DisfError | None:
        """Suspend a run at an event, let another process run to its end over the same ledger, then let it go on.

        Whoever was overtaken commits nothing any more, and so begins to send nothing.
        """
        scene, allowed, overtaken = self.scene, 0, False

        def pause(number: int) -> None:
            nonlocal allowed, overtaken
            if number != at // 2:
                return
            [(intended,)] = scene.rows("SELECT count(*) FROM batch WHERE state = 'INTENT'")
            scene.time.advance(seconds)
            scene.trace.note("another run begins")
            scene.trace.fired(way)
            with scene.process() as other:
                self._judge(self.told(other), -1)
            allowed, overtaken, self._spoiled = sum(scene.written()) + intended, True, True
            scene.trace.note("the first run goes on")

        with scene.process() as process:
            error = self.told(process, pause=pause, alone=False)
        if overtaken and sum(scene.written()) > allowed and not scene.line.fired:
            raise Violation("I15: a run that was overtaken went on sending")
        return error

    # -- what a run tells --------------------------------------------------------------------------------------------

    def told(
        self, process: Process, *, verb: Callable[..., Generator[Event, None, None]] = run, stop_at: int | None = None,
        pause: Callable[[int], None] = lambda number: None, alone: bool = True,
    ) -> DisfError | None:  # fmt: skip
        """Take every event of a run; give the error that ended it. What it tells of itself must be so."""
        self.number += 1
        scene, finished, begun = self.scene, None, self.scene.time.tick()
        events = verb(scene.jobs(process), process.ledger, scene.clock, InlineExecutor())
        with closing(events):
            try:
                for number, event in enumerate(_taken(events, stop_at), 1):
                    scene.trace.note("event", type(event).__name__)
                    if isinstance(event, RunFinished):
                        finished = event
                    elif not isinstance(event, RecordSetAside | PreviewFinished):
                        pause(number)
            except DisfError as error:
                scene.trace.note("error", type(error).__name__, error.code)
                if finished is not None and finished.total.status not in (RunStatus.FAILED, RunStatus.STOPPED):
                    raise Violation(f"I18: a run that failed says {finished.total.status}") from error
                return error
        process.ended_well = (finished is not None or verb is preview) and stop_at is None
        if finished is not None and alone:
            self._status_is_honest(finished)
            self.whole.append((begun, scene.time.tick()))
        return None

    def _status_is_honest(self, finished: RunFinished) -> None:
        """I18: the status is what a person finds when looking."""
        waits = "SELECT (SELECT count(*) FROM set_aside WHERE state = 'waiting'),"
        waits += " (SELECT count(*) FROM conflict WHERE state = 'waiting' AND NOT EXISTS (SELECT 1 FROM choice h"
        waits += " WHERE h.link = conflict.link AND h.field = conflict.field)), (SELECT count(*) FROM consent_review)"
        [counts] = self.scene.rows(waits)
        status = finished.total.status
        self.scene.trace.note("status", status.value, counts)
        if (status is RunStatus.SUCCESS) != (not any(counts)):
            raise Violation(f"I18: {status.value}, and {counts} wait")
        if self.scene.rows("SELECT 1 FROM op WHERE state = 'INTENT' LIMIT 1"):
            raise Violation("I10: an intent was left open")


def _taken(events: Generator[Event, None, None], stop_at: int | None) -> Iterator[Event]:
    """Give the events; throw `Stopped` into the run at the n-th."""
    number = 0
    try:
        event = next(events)
        while True:
            yield event
            number += 1
            if number == stop_at and not isinstance(event, RunFinished):
                event = events.throw(Stopped("Stopped on request.", "Run again to go on."))
            else:
                event = next(events)
    except StopIteration:
        return
