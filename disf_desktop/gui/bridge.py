"""Between the Qt loop and the rest: short calls in threads, streams from threads, and a run as a process of its own.

The only asynchronous module of the window, so that what drives the loop could be changed here alone. A run is the
very command that a
scheduler would start: a busy Python thread beside the window would make each repaint wait for seconds, a process does
not.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from disf_desktop.core.errors import DisfError
from disf_desktop.gui.models.wire import Unreadable, read_line

if TYPE_CHECKING:
    from disf_desktop.workspace import Places

T = TypeVar("T")

AT_ONCE = 4
"""Short calls in threads at the same time; measured: with four of them, a table still repaints in about 35 ms."""

GRACE_MS = 15_000
"""How long a run that was asked to stop may take before it is ended; it ends itself after 10 s without a safe point."""


class TimedOut(DisfError):
    """A short call has not come back in its time; its thread is left to its own time-outs."""

    code = "timeout"


class Bridge(QObject):
    """Runs coroutines on the Qt loop, and blocking verbs beside it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._processes: set[RunProcess] = set()

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Start some work and keep it alive until it ends; what it raises goes to the loop's exception handler."""
        task = asyncio.get_event_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            sys.excepthook(type(error), error, error.__traceback__)

    async def call(self, verb: Callable[..., T], *arguments: Any, timeout_s: float = 90) -> T:
        """Call a blocking verb in a thread; raise `TimedOut` when it takes longer than it may."""
        async with self._turns:
            try:
                return await asyncio.wait_for(asyncio.to_thread(verb, *arguments), timeout_s)
            except TimeoutError as error:
                raise TimedOut(
                    f"No answer came in {timeout_s:.0f} s.", "Check the network, wait a few minutes, then try again."
                ) from error

    async def stream(self, steps: Callable[[], Iterator[T]], on_step: Callable[[T], None]) -> None:
        """Walk through a blocking iterator in a thread and give each of its items to the Qt loop, in order."""
        loop = asyncio.get_running_loop()

        def walk() -> None:
            for step in steps():
                loop.call_soon_threadsafe(on_step, step)

        await asyncio.to_thread(walk)

    def process(self, command: Sequence[str], parent: QObject) -> RunProcess:
        """Give a process that is not started yet; it does not outlive this program."""
        made = RunProcess(command, parent)
        self._processes.add(made)
        made.ended.connect(lambda _: self._processes.discard(made))
        return made

    async def close(self, patience_s: float = 2.0) -> None:
        """Cancel what is under way and wait a little for it; a process that has not ended by then is ended."""
        for task in self._tasks:
            task.cancel()
        for process in self._processes:
            process.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience_s)
        for process in tuple(self._processes):
            await process.end(patience_s)


def program_command(verb: str, *words: str) -> list[str]:
    """Give a command: of the console program beside a frozen one, of this interpreter's own module elsewhere."""
    if getattr(sys, "frozen", False):
        program = [str(Path(sys.executable).with_name("disf.exe" if sys.platform == "win32" else "disf"))]
    else:
        program = [sys.executable, "-m", "disf_desktop.cli"]
    return [*program, verb, *words]


def run_command(verb: str, file: Path, places: Places, *options: str) -> list[str]:
    """Give the command of a run."""
    command = [
        *program_command(verb, str(file)),
        "--json",
        "--control",
        "stdin",
        "--profile",
        str(places.profile),
        *options,
    ]
    return command if places.secrets is None else [*command, "--secrets", str(places.secrets)]


class RunProcess(QObject):
    """One run, or one after the other by their schedules, as a process: its events come as `said`, what it complains
    of as `complained`, its end as `ended`."""

    said = Signal(object)
    complained = Signal(object)
    ended = Signal(int)

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = list(command)
        self._rest = b""
        self._last_words = b""
        self._complained = False
        self.cancelled = False
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._drain)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)
        self._grace = QTimer(self)
        self._grace.setSingleShot(True)
        self._grace.setInterval(GRACE_MS)
        self._grace.timeout.connect(self._process.kill)

    @property
    def pid(self) -> int:
        """The number of the process; 0 where there is none."""
        return int(self._process.processId())

    def start(self) -> None:
        """Start the process; it ends by itself if this program dies, because its standard input then ends."""
        self._process.start(self._command[0], self._command[1:])

    def pause(self) -> None:
        self._process.write(b"pause\n")

    def resume(self) -> None:
        self._process.write(b"resume\n")

    def run(self, integration: str | None = None) -> None:
        """Ask a process that keeps schedules for a run now, of one integration or of all that are on."""
        self._process.write(f"run {integration or ''}".strip().encode() + b"\n")

    async def end(self, patience_s: float) -> None:
        """Wait for the end that was asked for, and end what does not come to it."""
        if self._process.state() is QProcess.ProcessState.NotRunning:
            return
        over = asyncio.Event()
        self.ended.connect(lambda _: over.set())
        try:
            await asyncio.wait_for(over.wait(), patience_s)
        except TimeoutError:
            self._process.kill()
            await over.wait()

    def cancel(self) -> None:
        """Ask for a stop at the next safe point; a process that does not come to one is ended, and the next run
        recovers."""
        if self._process.state() is QProcess.ProcessState.NotRunning:
            return
        self.cancelled = True
        self._process.write(b"cancel\n")
        self._process.closeWriteChannel()
        self._grace.start()

    def _read(self) -> None:
        *lines, self._rest = (self._rest + self._process.readAllStandardOutput().data()).split(b"\n")
        for line in filter(None, lines):
            try:
                event = read_line(line)
            except Unreadable as error:
                self._complain("unexpected_answer", f"The run said something unreadable: {error}.")
                continue
            if isinstance(event, DisfError):
                self._complained = True
                self.complained.emit(event)
            elif event is not None:
                self.said.emit(event)

    def _drain(self) -> None:
        self._last_words = (self._last_words + self._process.readAllStandardError().data())[-4000:]

    def _complain(self, code: str, message: str) -> None:
        self._complained = True
        error = DisfError(
            message, "Sync again: it goes on where it ended.", detail=self._last_words.decode(errors="replace")
        )
        error.code = code
        self.complained.emit(error)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # then `finished` never comes
            self._complain("crash", f"{Path(self._command[0]).name} could not be started.")
            self.ended.emit(1)

    def _finished(self, exit_code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._drain()
        self._grace.stop()
        crashed = status is not QProcess.ExitStatus.NormalExit
        if crashed:
            self._complain("crash", "The run ended unexpectedly: something has ended its process.")
        elif exit_code not in (0, 3, 4) and not self._complained:
            self._complain("crash", f"The run ended with code {exit_code} and gave no reason.")
        self.ended.emit(1 if crashed else exit_code)
