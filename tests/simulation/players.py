"""Processes beside each other that play schedules: each takes the next seed that nobody has, until all are played.

What is left between schedules is only what a process sends back, so that a run may last for days.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Final, cast

from tests.simulation.schedule import Outcome, play

_CONTEXT: Any = multiprocessing.get_context("fork" if sys.platform != "win32" else "spawn")
PATIENCE_S: Final = 1.0
"""How long is waited for an outcome before it is looked whether somebody asks to stop."""
STOPPED: Final = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class Kind:
    """What kind of schedules are played."""

    more: Sequence[str] = ()
    faultless: bool = False

    def words(self) -> list[str]:
        return [*(f"--with {each}" for each in self.more), *["--without-faults"] * self.faultless]


@dataclass
class _Player:
    process: Any
    seed: int | None = None


@dataclass
class Players:
    """Plays the seeds from `first` to before `end` (None: without end), in so many processes.

    What was played at any moment are all seeds from `first` on, without a gap; nobody takes another after `stop`.
    """

    first: int
    end: int | None
    kind: Kind = field(default_factory=Kind)
    jobs: int = 1
    megabytes: int = 0
    """The most that one of the processes had in memory, as far as the system tells."""

    def __post_init__(self) -> None:
        self._next = _CONTEXT.Value("q", self.first)
        self._end = _CONTEXT.RawValue("q", sys.maxsize if self.end is None else self.end)

    def stop(self) -> None:
        """Let every process end after the schedule that it plays."""
        self._end.value = 0

    def outcomes(self) -> Iterator[Outcome | None]:
        """Give each outcome as it comes, and None about once a second while none does.

        A process that dies in a schedule is a violation of that one; another takes its place.
        """
        players = dict(self._begun() for _ in range(self.jobs))
        try:
            while players:
                told = cast("list[Connection]", wait([*players], PATIENCE_S))
                if not told:
                    yield None
                for pipe in told:
                    try:
                        outcome = self._heard(pipe, players[pipe])
                    except EOFError:
                        outcome = self._gone(players.pop(pipe))
                        if outcome is not None:
                            players.update([self._begun()])
                    if outcome is not None:
                        yield outcome
        finally:
            self.stop()
            for pipe, player in players.items():
                pipe.close()
                player.process.join()

    def _heard(self, pipe: Connection, player: _Player) -> Outcome | None:
        """Take what a process says: the seed that it begins, or what became of that."""
        player.seed, outcome, megabytes = pipe.recv()
        self.megabytes = max(self.megabytes, megabytes)
        assert outcome is None or isinstance(outcome, Outcome)
        return outcome

    def _gone(self, player: _Player) -> Outcome | None:
        """Say what became of the seed of a process that has ended, if it had one."""
        player.process.join()
        code = player.process.exitcode
        if player.seed is not None:
            return Outcome(player.seed, f"crash: the process ended with {code}")
        assert code == 0, f"a process ended with {code} between two schedules"
        return None

    def _begun(self) -> tuple[Connection, _Player]:
        mine, its = _CONTEXT.Pipe(duplex=False)
        process = _CONTEXT.Process(target=_play, args=(self._next, self._end, its, self.kind))
        process.start()
        its.close()
        return mine, _Player(process)


def _play(following: Any, end: Any, told: Connection, kind: Kind) -> None:
    """Play what is left to play; say of each schedule that it begins, and what became of it."""
    for number in STOPPED:
        signal.signal(number, signal.SIG_IGN)  # the process that began this one is told, and lets it end
    gc.freeze()  # what was imported is there to stay
    parent = multiprocessing.parent_process()
    while parent is not None and parent.is_alive():
        with following.get_lock():
            seed = following.value
            if seed >= end.value:
                return
            following.value = seed + 1
        told.send((seed, None, 0))
        told.send((None, play(seed, more=kind.more, faultless=kind.faultless), _megabytes()))


def _megabytes() -> int:
    """Say how much memory this process had at most."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024 * 1024)
