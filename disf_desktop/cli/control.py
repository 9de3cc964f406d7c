"""What the world outside asks of a run: pause, resume, cancel, by signals or by lines on standard input.

A cancel is handed to the run at its next event, which is a safe point. A second signal, or a run that comes to no safe
point in time, ends the process at once: the ledger is made for that (sync-semantics, 4.5), the next run recovers.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TypeVar

from disf_desktop.core.errors import DisfError, Stopped

GRACE_S = 15.0
"""How long a cancelled run may take to end: its 10 s of waiting for a reply (sync-semantics, 4.16), and some more."""

STOPPED_EXIT = Stopped.exit_code

E = TypeVar("E")


class Control:
    """Hold the wishes of the outside; threads may share it."""

    def __init__(self, *, grace_s: float = GRACE_S) -> None:
        self._grace_s = grace_s
        self._cancelled = threading.Event()
        self._when_cancelled: list[Callable[[], None]] = []
        self._going_on = threading.Event()
        self._going_on.set()
        self._over = threading.Event()
        self._signals = 0
        self.before_the_end: Callable[[], None] = lambda: None
        """Called once before the process is ended without waiting for a safe point."""

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def new_stop(self) -> threading.Event:
        """Give an event for one run, which the cancel sets, so that its waits can be cut short."""
        stop = threading.Event()
        self.when_cancelled(stop.set)
        return stop

    def when_cancelled(self, do: Callable[[], None]) -> None:
        """Have something done at the cancel; at once where that was already. Twice must be harmless."""
        self._when_cancelled.append(do)
        if self.cancelled:
            do()

    def cancel(self) -> None:
        """Ask for a stop at the next safe point; force it when none comes in time."""
        if not self._cancelled.is_set():
            self._cancelled.set()
            self._going_on.set()
            for do in self._when_cancelled:
                do()
            threading.Thread(target=self._force, daemon=True, name="grace").start()

    def pause(self) -> None:
        if not self.cancelled:
            self._going_on.clear()

    def resume(self) -> None:
        self._going_on.set()

    def over(self) -> None:
        """Say that there is nothing left to force."""
        self._over.set()

    def wait_while_paused(self) -> None:
        self._going_on.wait()

    def signalled(self) -> None:
        """Take a signal: the first one cancels, the second one ends the process."""
        self._signals += 1
        if self._signals == 1:
            self.cancel()
        else:
            self._end_now()

    def _force(self) -> None:
        if not self._over.wait(self._grace_s):
            self._end_now()

    def _end_now(self) -> None:
        try:
            self.before_the_end()
        finally:
            os._exit(STOPPED_EXIT)


def follow(events: Generator[E, None, None], control: Control) -> Iterator[E]:
    """Give a run's events one after the other, holding it while paused and stopping it when asked.

    Raises whatever the run raises, Stopped among them; Stopped too where it could not begin and nobody wants it any
    more. A run that was stopped before it began hears of it by its own stop, so that it can still say how it ended.
    """
    began = told = False
    try:
        while True:
            control.wait_while_paused()
            try:
                if control.cancelled and began and not told:
                    told = True
                    event = events.throw(stopped())
                else:
                    event = next(events)
            except StopIteration:
                return
            except DisfError as error:
                if began or not control.cancelled or isinstance(error, Stopped):
                    raise
                raise stopped() from None
            began = True
            yield event
    finally:
        events.close()


def stopped() -> Stopped:
    return Stopped("The run was stopped on request.", "Run it again to go on where it stopped; nothing is lost.")


@contextmanager
def signals_obeyed(control: Control) -> Iterator[None]:
    """Let SIGINT, SIGTERM and their kin cancel while inside; they are heard even while a call blocks."""
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    wanted = _wanted()
    numbers = {int(each) for each in wanted}

    def listen() -> None:
        while heard := reader.recv(1):
            if heard[0] in numbers:
                control.signalled()

    # The number goes through a socket to a thread: a Python handler would wait for the main thread to be free.
    before = {each: signal.signal(each, lambda _number, _frame: None) for each in wanted}
    fd_before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    listener = threading.Thread(target=listen, daemon=True, name="signals")
    listener.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(fd_before)
        for number, handler in before.items():
            signal.signal(number, handler)
        writer.close()
        listener.join()
        reader.close()


@contextmanager
def signals_interrupt() -> Iterator[None]:
    """Let any of these signals raise KeyboardInterrupt while inside, for verbs that may end anywhere."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = {each: signal.signal(each, interrupt) for each in _wanted()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _wanted() -> list[signal.Signals]:
    """Give the signals by which a process is asked to end, but not a hang-up that nohup has us ignore."""
    wanted = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN:
        wanted.append(hang_up)
    return wanted


def obey_standard_input(
    control: Control, descriptor: int = 0, *, heard: Callable[[str], None] = lambda _: None
) -> None:
    """Take `pause`, `resume` and `cancel` lines from standard input from now on; its end is a cancel too.

    `heard` is given every line, those three too, in a thread of its own.
    """

    def listen() -> None:
        # Not sys.stdin: a buffered reader that is blocked at the end of the process aborts the interpreter.
        rest = b""
        words = {b"pause": control.pause, b"resume": control.resume, b"cancel": control.cancel}
        try:
            while piece := os.read(descriptor, 4096):
                *lines, rest = (rest + piece)[-65536:].split(b"\n")
                for line in lines:
                    words.get(line.strip(), lambda: None)()
                    heard(line.decode("utf-8", "replace").strip())
        except OSError:
            pass  # closed from the start: nobody holds the other end
        control.cancel()

    threading.Thread(target=listen, daemon=True, name="control").start()
