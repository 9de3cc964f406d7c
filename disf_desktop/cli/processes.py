"""The processes that the command starts: the simulator and the window. None of them outlives its reason."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from disf_desktop.resources import resource

_PROGRAMS = {
    "disf_desktop.simulator": "disf-simulator",
    "disf_desktop.app": "disf-desktop",
}
_PR_SET_PDEATHSIG = 1
_BELOW_NORMAL_PRIORITY_CLASS = 0x00004000
_NICE = 5
PATIENCE_S = 10.0
"""How long a process may take to end when asked, before it is ended."""


def command_of(module: str) -> list[str]:
    """Give the words that start one of our programs: a module, or the executable beside us in a frozen program."""
    if getattr(sys, "frozen", False):
        name = _PROGRAMS[module] + (".exe" if os.name == "nt" else "")
        return [str(Path(sys.executable).with_name(name))]
    return [sys.executable, "-m", module]


def simulator_command(
    ready_file: Path,
    *,
    records: int,
    seed: int,
    port: int | None = None,
    https: bool = False,
    state: Path | None = None,
    until_stdin_ends: bool = False,
) -> list[str]:
    """Give the words that start the simulator."""
    words = [*command_of("disf_desktop.simulator"), "--data", str(resource("simulator"))]
    words += ["--ready-file", str(ready_file), "--records", str(records), "--seed", str(seed)]
    words += ["--port", str(port)] if port is not None else []
    words += ["--https"] if https else []
    words += ["--until-stdin-ends"] if until_stdin_ends else []
    return words + (["--state", str(state)] if state is not None else [])


def become_simulator(
    ready_file: Path,
    *,
    records: int,
    seed: int,
    port: int | None,
    https: bool,
    state: Path | None,
    until_stdin_ends: bool,
) -> int:
    """Be the simulator from now on; where a process cannot turn into another, hold it as a child."""
    words = simulator_command(
        ready_file, records=records, seed=seed, port=port, https=https, state=state, until_stdin_ends=until_stdin_ends
    )
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(words[0], words)  # noqa: S606 - our own program
    with Child(words, stdin=until_stdin_ends) as child:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _number, _frame: child.ask_to_end())
        return child.wait()


class Child:
    """A process of ours, ended with the block that holds it, and with us where the system allows. With `stdin` it
    reads our own standard input."""

    def __init__(self, words: Sequence[str], *, quiet: bool = False, stdin: bool = False) -> None:
        # A group of its own: Ctrl-C in a terminal is for us, and we say when our children end.
        on_windows = sys.platform == "win32"
        self._process = subprocess.Popen(  # noqa: S603 - our own programs
            words,
            stdin=None if stdin else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if quiet else None,
            start_new_session=not on_windows,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            preexec_fn=_end_with_parent(),
        )

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def exit_code(self) -> int | None:
        """Give the exit code, None while it runs."""
        return self._process.poll()

    def wait(self, timeout_s: float | None = None) -> int:
        """Wait for the end and give the exit code. Raises TimeoutError."""
        try:
            return self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None

    def ask_to_end(self) -> None:
        if self._process.poll() is None:
            if sys.platform == "win32":
                self._process.send_signal(signal.CTRL_BREAK_EVENT)
            else:
                self._process.terminate()

    def end(self) -> None:
        """End it: kindly, then not."""
        self.ask_to_end()
        try:
            self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()

    def kill(self) -> None:
        self._process.kill()


def give_way() -> None:
    """Take a lower priority, as far as the system lets us: a window repaints while we compute."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.SetPriorityClass.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_PRIORITY_CLASS)
        return
    with suppress(OSError):
        os.nice(_NICE)


def _end_with_parent() -> Callable[[], None] | None:
    """Give what a new process does first so that Linux ends it when its parent dies, however it dies; else None."""
    if sys.platform != "linux":
        return None
    import ctypes

    # Looked up here: between fork and exec there is no safe moment to load anything.
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))

    return ask
