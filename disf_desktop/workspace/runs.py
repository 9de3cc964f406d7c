"""The verbs that run: sync, preview, undo, and the standing run that follows the schedules."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from disf_desktop.core.errors import DisfError, DiskFull, Problem, SettingsError, Stopped
from disf_desktop.core.events import Event, Notice, OperationPlanned, PreviewFinished, RunFinished
from disf_desktop.core.moments import written
from disf_desktop.core.plan_file import NotThisPlan, PlanFor
from disf_desktop.core.project import Integration, Trigger
from disf_desktop.core.project_rules import blocking, problems_of, problems_within
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.plan_file import PlannedOperations, PlanWriter
from disf_desktop.storage.room import Ballast, room_for
from disf_desktop.workspace.clock import RunClock
from disf_desktop.workspace.connections import CLIENT_SECRET, KEY, REFRESH_TOKEN
from disf_desktop.workspace.opened import OpenedProject
from disf_desktop.workspace.versions import recall_versions, remember_versions

if TYPE_CHECKING:
    from disf_desktop.engine.job import Job

log = logging.getLogger(__name__)

E = TypeVar("E")

_MARK_KEY = os.urandom(32)

_DOUBTED = (
    "What the program remembers is older than it should be, or comes from another computer: all is compared anew.",
    "Let one computer alone keep these integrations running. What you had chosen of conflicts is asked again.",
)
"""What is wrong with such a ledger, and what to do."""

Verb = Callable[[Sequence["Job"], Ledger, RunClock, Executor], Generator[Event, None, None]]
Names = str | Sequence[str] | None
"""One integration, several, or every one that is switched on."""


class Runs(OpenedProject):
    """Runs over a project file.

    Each is a generator of `core.events`. Whoever follows it stops it by throwing `Stopped` into it at any event, and
    then takes what still comes. It holds the ledger's lock for its length. `stop` is for one run alone: set from any
    thread, it cuts pauses before a retry short (the run itself is stopped by throwing `Stopped`), and the end of the
    run sets it too.
    """

    def sync(
        self,
        integration: Names = None,
        *,
        approve: str | None = None,
        plan: Path | None = None,
        audit: bool = False,
        stop: threading.Event | None = None,
    ) -> Generator[Event, None, None]:
        """Run every integration that is switched on, or those named; with `audit`, everything is compared anew.

        With a saved `plan`, exactly what it holds is sent, as far as that is still what is called for; what is left
        alone is told. Then the integrations are those of the plan. Raises NotThisPlan, PlanIsDamaged.
        """
        if plan is not None:
            yield from self._sync_planned(integration, plan, stop or threading.Event())
            return
        from disf_desktop.engine.run import run

        def go(jobs: Sequence[Job], ledger: Ledger, clock: RunClock, workers: Executor) -> Generator[Event, None, None]:
            chosen = [replace(job, audit=True) for job in jobs] if audit else jobs
            return run(chosen, ledger, clock, workers, approve=approve)

        yield from self._run("sync", self._chosen(integration), go, stop or threading.Event())

    def _sync_planned(self, integration: Names, path: Path, stop: threading.Event) -> Generator[Event, None, None]:
        from disf_desktop.engine.run import run

        with PlannedOperations.open(path, self.project.id) as plan:

            def go(
                jobs: Sequence[Job], ledger: Ledger, clock: RunClock, workers: Executor
            ) -> Generator[Event, None, None]:
                return run(jobs, ledger, clock, workers, plan=plan)

            yield from self._run("sync", self._planned(integration, plan.plan_for, path), go, stop)

    def _planned(self, integration: Names, plan_for: PlanFor, path: Path) -> list[Integration]:
        """Give the integrations that a plan is about, or those named if it is about them."""
        names = plan_for.integrations if integration is None else _listed(integration)
        for name in names:
            if name not in plan_for.integrations:
                raise NotThisPlan(f"The plan says nothing of “{name}”.", "Name an integration of the plan.", str(path))
            if self.project.integration(name) is None:
                raise NotThisPlan(
                    f"The plan is for “{name}”, which the project file does not have any more.",
                    "Make a new plan: disf preview FILE --save PLAN",
                    str(path),
                )
        return self._chosen(names)

    def preview(
        self, integration: Names = None, *, save: Path | None = None, stop: threading.Event | None = None
    ) -> Generator[Event, None, None]:
        """Plan as a run would, and tell every operation; no service is written to. `save` keeps the plan in a file."""
        from disf_desktop.engine.run import preview

        chosen = self._chosen(integration)
        events = self._run("preview", chosen, preview, stop or threading.Event())
        if save is None:
            yield from events
            return
        plan_for = PlanFor(self.project.id, tuple(each.name for each in chosen), written(datetime.now(UTC)))
        with PlanWriter(save, plan_for) as writer:
            yield from watched(events, lambda event: _write_down(writer, event))

    def undo(self, run: int, *, stop: threading.Event | None = None) -> Generator[Event, None, None]:
        """Take the updates of a run back where they still stand; what is not taken back is told.

        Raises SettingsError where there is no such run.
        """
        from disf_desktop.engine.undo import undo

        def go(jobs: Sequence[Job], ledger: Ledger, clock: RunClock, workers: Executor) -> Generator[Event, None, None]:
            return undo(jobs, ledger, clock, workers, run=run)

        yield from self._run("undo", self._that_ran(run), go, stop or threading.Event())

    def start_from_now(
        self, integration: str, trigger: Trigger, *, stop: threading.Event | None = None
    ) -> Generator[Event, None, None]:
        """Leave what waits for a trigger as it is on both sides; what comes after travels. No service is written to.

        What is passed over is told. Raises SettingsError for a trigger that is not ticked, or that cannot do so.
        """
        from disf_desktop.engine.from_now import start_from_now

        def go(jobs: Sequence[Job], ledger: Ledger, clock: RunClock, workers: Executor) -> Generator[Event, None, None]:
            return start_from_now(jobs, ledger, clock, workers, trigger=trigger)

        yield from self._run("start from now", self._chosen(integration), go, stop or threading.Event())

    # ------------------------------------------------------------------ pieces

    def secret_mark(self, connection_id: str) -> bytes:
        """Give what changes when a secret of the connection changes, and says nothing of it to anybody else."""
        vault = self._vault()
        kept = [vault.get(connection_id, name) for name in (REFRESH_TOKEN, CLIENT_SECRET, KEY)]
        return blake2b(repr(kept).encode(), key=_MARK_KEY, digest_size=16).digest()

    def _run(
        self, name: str, chosen: Sequence[Integration], verb: Verb, stop: threading.Event
    ) -> Generator[Event, None, None]:
        folder = self.places.folder(self.project.id)
        with RunLock(self.places.lock(self.project.id)) as lock:
            room_for(folder, 0)
            ballast = Ballast(folder / "ballast")
            ballast.lay()
            vault = self._vault()
            with self._ledger(vault, lock, ballast) as ledger, self._connections(vault, stop) as connections:
                clock = RunClock(stop)
                jobs = [connections.job(each) for each in chosen]
                orgs = {each.salesforce: connections.org(each.salesforce).source for each in chosen}
                log.info("%s begins: project %s, %d integrations", name, self.project.id, len(jobs))
                if ledger.is_doubted and chosen:
                    yield Notice(chosen[0].name, "ledger_doubted", *_DOUBTED)
                # Reading runs one step ahead while batches are in flight.
                with workers(2 + max((j.concurrency for j in jobs), default=0), stop) as hands:
                    recall_versions(orgs, ledger, clock.now())
                    # A stop is set before the run hears of it, so that nobody sleeps through it.
                    yield from watched(_noted(name, verb(jobs, ledger, clock, hands)), stopped=stop.set)
                    remember_versions(orgs, ledger, clock.now())
                # What is let go is gone, so a clock that is ahead must not say how old it is.
                told = [org.wire.transport.server_now() for org in orgs.values()]
                self._keep_up(ledger, min([clock.now(), *(moment for moment in told if moment is not None)]))

    def _keep_up(self, ledger: Ledger, now: datetime) -> None:
        try:
            ledger.keep_up(now)
        except DiskFull:
            # The run is done; what is too old goes when there is room again.
            log.warning("no room for the upkeep of the ledger of project %s", self.project.id)

    def _that_ran(self, run: int) -> list[Integration]:
        """Give the integrations of a past run that the file still has; all of them where nobody knows."""
        with self._view() as view:
            record = view.run(run) if view is not None else None
        told = record.summary.get("integrations", ()) if record is not None else ()
        names = {each["name"] for each in told}
        return [each for each in self.project.integrations if not names or each.name in names]

    def _chosen(self, integration: Names) -> list[Integration]:
        """Give the integrations to run. Raises SettingsError where one is missing, or what is wrong would meet it."""
        found = problems_of(self.project)
        if stopping := blocking(self.project, found):
            raise SettingsError(stopping)
        if integration is None:
            return [each for each in self.project.integrations if each.enabled]
        chosen = []
        for name in _listed(integration):
            if drafted := problems_within(self.project, name, found):
                raise SettingsError(drafted)
            named = self.project.integration(name)
            if named is None:
                problem = Problem("integrations", f"There is no integration “{name}”.", "Name one of the file's own.")
                raise SettingsError((problem,))
            chosen.append(named)
        return chosen


def _listed(names: str | Sequence[str]) -> Sequence[str]:
    return (names,) if isinstance(names, str) else names


@contextmanager
def workers(number: int, stop: threading.Event) -> Iterator[Executor]:
    """Give so many threads; at the end whoever still waits before a retry need not, and a reply is not waited for."""
    hands = ThreadPoolExecutor(number, "worker")
    try:
        yield hands
    finally:
        stop.set()
        hands.shutdown(wait=False, cancel_futures=True)


def _write_down(writer: PlanWriter, event: Event) -> None:
    if isinstance(event, OperationPlanned):
        writer.add(event)
    elif isinstance(event, PreviewFinished):
        writer.finish(event)


def watched(
    events: Generator[E, None, None],
    look: Callable[[E], None] = lambda _: None,
    stopped: Callable[[], None] = lambda: None,
) -> Generator[E, None, None]:
    """Pass events on, each after a `look` at it; a `Stopped` thrown in calls `stopped`, then reaches the run."""

    def looked_at(event: E) -> E:
        look(event)
        return event

    return retold(events, looked_at, stopped)


def retold(
    events: Generator[E, None, None], said: Callable[[E], E], stopped: Callable[[], None] = lambda: None
) -> Generator[E, None, None]:
    """Pass on what `said` makes of each event; a `Stopped` thrown in calls `stopped`, then reaches the run."""
    try:
        event = next(events)
        while True:
            word = said(event)
            try:
                yield word
            except Stopped as wish:
                stopped()
                event = events.throw(wish)
            else:
                event = next(events)
    except StopIteration:
        return
    finally:
        events.close()


def _noted(name: str, events: Generator[Event, None, None]) -> Generator[Event, None, None]:
    """Pass events on, and note in the log how it ended: figures, codes and places only."""

    def note(event: Event) -> None:
        if isinstance(event, RunFinished):
            log.info("run %d ends: %s", event.run, _figures(event))

    try:
        yield from watched(events, note)
        log.info("%s ended", name)
    except DisfError as error:
        log.warning("%s failed: %s (%s)", name, error.code, error.where)
        raise


def _figures(event: RunFinished) -> str:
    total = event.total
    sides = " ".join(
        f"{side.value}: read {c.read} created {c.created} updated {c.updated} calls {total.calls[side]};"
        for side, c in total.sides.items()
    )
    return f"{total.status.value}; {sides} unchanged {total.unchanged}, set aside {total.set_aside}"
