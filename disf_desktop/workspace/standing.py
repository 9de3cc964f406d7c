"""A standing run: keeps the integrations of a project file running by their schedule until somebody ends it.

Each sync is a run of its own, which takes the ledger's lock for its length only, so that the window or another command
may run in between. What goes wrong is told, and tried again when its time comes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final, Protocol

from disf_desktop.core.errors import AuthorizationNeeded, DisfError, LedgerIsBusy, Problem, SettingsError, Stopped
from disf_desktop.core.events import Event, RunFinished, RunStatus
from disf_desktop.core.history import History
from disf_desktop.core.project import Integration, Project
from disf_desktop.core.schedule import NextRun, Reading, Timetable
from disf_desktop.workspace.clock import ComputersZone, look_at_clocks
from disf_desktop.workspace.runs import watched

TICK_S: Final = 2.0
"""How often the project file and the clocks are looked at."""

BUSY_S: Final = 15.0
"""How long to wait where another run holds the ledger."""

SECRETS_S: Final = 30.0
"""How often to look whether somebody signed in again."""

FIRST_S: Final = 15.0
"""How often to look whether an integration that waits for its first run has had it."""

_SAME_MOMENT: Final = timedelta(seconds=2)

Told = Event | NextRun | DisfError
"""What a standing run says: the events of its runs, when each integration runs next, and what went wrong."""


class RunnableProject(Protocol):
    """What a standing run asks of a project file opened for use."""

    path: Path
    project: Project

    def reload(self) -> None: ...
    def status(self) -> History: ...
    def sync(
        self, integration: Sequence[str], *, stop: threading.Event | None = None
    ) -> Generator[Event, None, None]: ...
    def secret_mark(self, connection_id: str) -> bytes:
        """Give what changes when a secret of the connection changes, and says nothing of it. Raises DisfError."""
        ...


class Wishes:
    """What the outside asks of a standing run, from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._asked: list[str | None] = []
        self._stop = threading.Event()
        self._paused = False
        self.ended = False

    def run(self, name: str | None = None) -> None:
        """Ask for a run now, of one integration or of all that are switched on."""
        with self._changed:
            self._asked.append(name)
            self._changed.notify_all()

    def pause(self) -> None:
        """Begin no run for now."""
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    def end(self) -> None:
        """Ask for the end; a run under way hears it where it waits, and is to be stopped by whoever follows it."""
        with self._changed:
            self.ended = True
            self._stop.set()
            self._changed.notify_all()

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def asked(self) -> bool:
        """Whether a run is asked for that nobody has taken up yet."""
        return bool(self._asked)

    def begin(self) -> threading.Event:
        """Give the stop of a new run."""
        with self._changed:
            self._stop = threading.Event()
            if self.ended:
                self._stop.set()
            return self._stop

    def taken(self) -> list[str | None]:
        """Give what was asked for since the last time."""
        with self._changed:
            asked, self._asked = self._asked, []
            return asked

    def wait(self, seconds: float) -> None:
        """Wait so long, or until something is asked."""
        with self._changed:
            if not self.ended and not self._asked:
                self._changed.wait(seconds)


class StandingRun:
    """Runs the integrations that have a schedule; `only` is the one integration to run, even where switched off.

    With `wait_for_first`, an integration that never ran waits until somebody has run it: a person sees first what it
    would do.
    """

    def __init__(
        self,
        workspace: RunnableProject,
        wishes: Wishes,
        *,
        only: str | None = None,
        wait_for_first: bool = False,
        look: Callable[[], Reading] = look_at_clocks,
        zone: tzinfo | None = None,
    ) -> None:
        self._workspace = workspace
        self._wishes = wishes
        self._only = only
        self._ran: set[str] | None = set() if wait_for_first else None
        self._look = look
        self._timetable = Timetable(zone or ComputersZone(), look())
        self._told: dict[str, datetime | None] = {}
        self._asked: dict[str, None] = {}
        self._held: dict[str, bytes] = {}
        self._secrets_looked_at = 0.0
        self._first_looked_at = look().monotonic
        self._busy_until: float | None = None
        self._file = _signature(workspace.path)
        self._file_then = self._file
        self._finished: RunFinished | None = None

    def go(self) -> Generator[Told, None, None]:
        """Run until the wishes say that it ends, or a `Stopped` is thrown in. Raises only what no run could mend."""
        try:
            self._follow()
            self._note_runs_of_others(self._workspace.status())
            while not self._wishes.ended:
                yield from self._reload_where_changed()
                yield from self._take_wishes()
                self._release()
                yield from self._tell_next()
                names = self._to_run()
                if names:
                    yield from self._run(names)
                else:
                    self._wishes.wait(TICK_S)
        except Stopped:
            return

    def once(self) -> Generator[Event, None, None]:
        """Run what is due now, or never ran, together; nothing where nothing is. Raises as a sync does."""
        self._follow()
        history = self._workspace.status()
        self._note_runs_of_others(history)
        due = self._timetable.due(self._look())
        names = [each.name for each in self._scheduled() if each.name in due or each.name not in history.last_runs]
        names = [name for name in names if not self._waits_for_first(name)]
        if names:
            yield from self._workspace.sync(names, stop=self._wishes.begin())

    # ------------------------------------------------------------------ what to run

    def _scheduled(self) -> Iterator[Integration]:
        for each in self._workspace.project.integrations:
            if each.schedule is not None and (each.enabled if self._only is None else each.name == self._only):
                yield each

    def _follow(self) -> None:
        self._timetable.follow({each.name: each.schedule for each in self._scheduled() if each.schedule is not None})

    def _note_runs_of_others(self, history: History) -> bool:
        """Note the runs that the ledger knows; say whether one of them is news."""
        now = self._look()
        if self._ran is not None:
            self._ran.update(history.last_runs)
        news = False
        for name, began in history.last_runs.items():
            news = self._timetable.ran_elsewhere(name, datetime.fromisoformat(began), now) or news
        return news

    def _to_run(self) -> list[str]:
        """Give what should run now, in the order of the project file."""
        now = self._look()
        if self._wishes.paused or (self._busy_until is not None and now.monotonic < self._busy_until):
            return []
        due = self._due(now)
        if due - self._asked.keys() or self._may_have_had_its_first(now):
            # Somebody else may have run it meanwhile; where the ledger cannot be read, the run itself says why.
            with suppress(DisfError):
                if self._note_runs_of_others(self._workspace.status()):
                    due = self._due(now)
        wanted = due | self._asked.keys()
        return [each.name for each in self._workspace.project.integrations if each.name in wanted]

    def _due(self, now: Reading) -> set[str]:
        return {n for n in self._timetable.due(now) if not self._is_held(n) and not self._waits_for_first(n)}

    def _waits_for_first(self, name: str) -> bool:
        return self._ran is not None and name not in self._ran

    def _may_have_had_its_first(self, now: Reading) -> bool:
        """Say whether it is time to look whether somebody has run one that waits for that."""
        if now.monotonic - self._first_looked_at < FIRST_S:
            return False
        self._first_looked_at = now.monotonic
        return any(self._waits_for_first(each.name) for each in self._scheduled())

    def _is_held(self, name: str) -> bool:
        return bool(self._connections_of(name) & self._held.keys())

    def _connections_of(self, name: str) -> set[str]:
        integration = self._workspace.project.integration(name)
        if integration is None:
            return set()
        destination = self._workspace.project.destination(integration.project)
        return {integration.salesforce} | ({destination.connection} if destination is not None else set())

    def _take_wishes(self) -> Iterator[Told]:
        for name in self._wishes.taken():
            if name is None:
                wanted = [each.name for each in self._workspace.project.integrations if each.enabled]
                self._asked.update(dict.fromkeys(wanted if self._only is None else [self._only]))
            elif self._workspace.project.integration(name) is None:
                problem = Problem("integrations", f"There is no integration “{name}”.", "Name one of the file's own.")
                yield SettingsError((problem,))
            else:
                self._asked[name] = None

    # ------------------------------------------------------------------ running

    def _run(self, names: Sequence[str]) -> Iterator[Told]:
        began = self._look()
        self._finished = None
        ran: Sequence[str] = names
        try:
            yield from watched(self._workspace.sync(names, stop=self._wishes.begin()), self._keep)
        except Stopped:
            raise
        except LedgerIsBusy as error:
            if self._busy_until is None:
                yield LedgerIsBusy(error.message, "It is tried again until the ledger is free.", error.where)
            self._busy_until = self._look().monotonic + BUSY_S
            return
        except AuthorizationNeeded as error:
            ran = self._hold(names, error)
            yield AuthorizationNeeded(
                error.message, f"{error.what_to_do} Then this goes on by itself.", error.where, error.detail
            )
        except DisfError as error:
            ran = self._that_ran(names)
            yield error
        self._busy_until = None
        self._first_looked_at = float("-inf")
        self._timetable.ran(ran, began)
        for name in ran:
            self._asked.pop(name, None)

    def _keep(self, event: Event) -> None:
        if isinstance(event, RunFinished):
            self._finished = event

    def _that_ran(self, names: Sequence[str]) -> Sequence[str]:
        """Give those that a broken run came to; the others are still due."""
        told = {each.name for each in self._finished.integrations} if self._finished is not None else set()
        return [name for name in names if name in told] or names

    def _hold(self, names: Sequence[str], error: AuthorizationNeeded) -> Sequence[str]:
        """Let the integrations of a connection rest until somebody signs in again, or the file changes.

        Gives what counts as having run; what the broken run did not come to is still due.
        """
        connections = {error.where} & {each for name in names for each in self._connections_of(name)}
        if not connections:
            # Salesforce's sign-in does not say for which connection; the integration that failed does.
            summaries = self._finished.integrations if self._finished is not None else ()
            failed = {each.name for each in summaries if each.status is RunStatus.FAILED} or set(names)
            found = (self._workspace.project.integration(name) for name in failed)
            connections = {each.salesforce for each in found if each is not None}
        for connection in connections:
            self._held[connection] = self._mark(connection)
        held = [name for name in names if self._connections_of(name) & connections]
        return list(dict.fromkeys([*self._that_ran(held or names), *held]))

    def _mark(self, connection: str) -> bytes:
        try:
            return self._workspace.secret_mark(connection)
        except DisfError:
            return b""

    def _release(self) -> None:
        """Let the integrations of a connection run again once its secret is another one, or a person asks for one."""
        asked = {each for name in self._asked for each in self._connections_of(name)}
        for connection in asked & self._held.keys():
            del self._held[connection]
        now = self._look().monotonic
        if not self._held or now - self._secrets_looked_at < SECRETS_S:
            return
        self._secrets_looked_at = now
        for connection, mark in list(self._held.items()):
            seen = self._mark(connection)
            if seen and seen != mark:
                del self._held[connection]

    # ------------------------------------------------------------------ telling

    def _tell_next(self) -> Iterator[NextRun]:
        """Tell when each integration runs next, where that is news."""
        now = self._look()
        found: dict[str, datetime | None] = dict.fromkeys(self._told)
        for each in self._scheduled():
            waits = self._is_held(each.name) or self._waits_for_first(each.name)
            found[each.name] = None if waits else max(self._timetable.next(each.name, now), now.wall)
        for name, moment in found.items():
            if name not in self._told or not _same(self._told[name], moment, now.wall):
                self._told[name] = moment
                yield NextRun(name, moment)

    # ------------------------------------------------------------------ the file

    def _reload_where_changed(self) -> Iterator[Told]:
        """Read the project file again once it was changed and then left alone for a moment.

        Who asks for a run means the file of now, so then it is read at once.
        """
        signature = _signature(self._workspace.path)
        settled = signature == self._file_then or self._wishes.asked
        self._file_then = signature
        if not settled or signature == self._file:
            return
        self._file = signature
        before = self._workspace.project
        try:
            self._workspace.reload()
            if self._workspace.project.id != before.id:
                self._workspace.project = before
                problem = Problem("id", "The file now holds another project.", "Start anew to run that one.")
                raise SettingsError((problem,))
        except SettingsError as error:
            yield error
            return
        self._held.clear()
        self._follow()


def next_runs(project: Project, history: History) -> dict[str, datetime]:
    """Say when each integration that has a schedule and is switched on is due next; what is late is due now."""
    now = look_at_clocks()
    timetable = Timetable(ComputersZone(), now)
    scheduled = {i.name: i.schedule for i in project.integrations if i.enabled and i.schedule is not None}
    timetable.follow(scheduled)
    for name, began in history.last_runs.items():
        timetable.ran_elsewhere(name, datetime.fromisoformat(began), now)
    return {name: max(timetable.next(name, now), now.wall) for name in scheduled}


def _signature(path: Path) -> tuple[int, int, int] | None:
    """Give what tells one state of a file from another; None where it is not there."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino


def _same(one: datetime | None, other: datetime | None, now: datetime) -> bool:
    """Say whether two moments are one to a person; what is past is due, whenever it was."""
    if one is None or other is None:
        return one is other
    return abs(max(one, now) - max(other, now)) < _SAME_MOMENT
