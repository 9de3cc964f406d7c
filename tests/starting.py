"""Starts our programs, each in a process of its own, forked from one that has read the program already.

To read the interpreter and our modules takes longer than most of what a test asks of a command. What is forked is a
whole process: its number, descriptors, signals, threads, exit code and end are its own. Only the start is left out; a
test that is about the start, the locale or the words in the list of processes uses `subprocess`.
"""

from __future__ import annotations

import atexit
import functools
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

HOME: Final = Path(__file__).parents[1]
COMMAND: Final = "disf_desktop.cli"
SIMULATOR: Final = "disf_desktop.simulator"
_ROOMS: Final = {
    COMMAND: ("cli", "workspace", "engine", "services", "storage", "core"),
    SIMULATOR: ("simulator",),
}
"""The packages that each program is made of."""

_READ_AT_THE_START: Final = ("LANG", "LC_", "PYTHON")
"""How the variables begin that an interpreter obeys when it starts, and never again."""

_LARGEST_ORDER: Final = 100_000
_CAN_FORK: Final = sys.platform == "linux"


class Forked:
    """A program that was forked; it is used as a `subprocess.Popen` in text mode is."""

    def __init__(self, pid: int, ending: int, streams: list[int | None]) -> None:
        self.pid = pid
        self.returncode: int | Any = None
        self._ending = os.fdopen(ending, "rb", buffering=0)
        self.stdin, self.stdout, self.stderr = (
            None if stream is None else os.fdopen(stream, "r" if n else "w", encoding="utf-8")
            for n, stream in enumerate(streams)
        )
        self._heard: list[_Hearing] | None = None

    def poll(self) -> int | None:
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._ending], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            told = self._ending.read()
            assert told, "what starts our programs is gone"
            self._ending.close()
            self.returncode = int(told)
        return self.returncode

    def communicate(self, input: str | None = None, timeout: float | None = None) -> tuple[str, str]:
        if self.stdin is not None and not self.stdin.closed:
            with suppress(BrokenPipeError):
                self.stdin.write(input or "")
            with suppress(BrokenPipeError):
                self.stdin.close()
        if self._heard is None:
            self._heard = [_Hearing(stream) for stream in (self.stdout, self.stderr)]
        self.wait(timeout)
        out, err = (each.all() for each in self._heard)
        return out, err

    def send_signal(self, number: int) -> None:
        # It may end between the two.
        with suppress(ProcessLookupError):
            if self.poll() is None:
                os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> Forked:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in (self.stdout, self.stderr, self.stdin):
            if stream is not None:
                stream.close()
        self.wait()


class _Hearing:
    """Reads a stream to its end, beside what else is done; nothing where there is no stream."""

    def __init__(self, stream: IO[str] | None) -> None:
        self._text = ""
        self._stream = stream
        self._thread = threading.Thread(target=self._hear, daemon=True)
        self._thread.start()

    def _hear(self) -> None:
        if self._stream is not None and not self._stream.closed:
            with self._stream:
                self._text = self._stream.read()

    def all(self) -> str:
        self._thread.join()
        return self._text


Started = Forked | subprocess.Popen[str]
"""A program that was started, one way or the other."""


def start(
    program: str,
    *words: str,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: Any = subprocess.DEVNULL,
    stdout: Any = None,
    stderr: Any = None,
) -> Started:
    """Start a program with these words; the streams are those of `subprocess`. Without `env` it has ours.

    Where the variables that an interpreter reads at its start differ from ours, the program is read anew.
    """
    if not _CAN_FORK or (env is not None and _read_at_the_start(env) != _read_at_the_start(os.environ)):
        line = [sys.executable, "-m", program, *words]
        return subprocess.Popen(
            line, cwd=cwd, env=env, stdin=stdin, stdout=stdout, stderr=stderr, text=True, encoding="utf-8"
        )
    order = {
        "words": words,
        "folder": str(cwd or Path.cwd()),
        "env": dict(os.environ if env is None else env),
    }
    return _nursery(program).start(order, [stdin, stdout, stderr])


def _read_at_the_start(env: Mapping[str, str]) -> dict[str, str]:
    ours = ("PYTHONPATH", "PYTHONWARNINGS")
    return {name: env[name] for name in env if name.startswith(_READ_AT_THE_START) and name not in ours}


class _Nursery:
    """The process that has read a program, and is forked."""

    def __init__(self, program: str) -> None:
        self._ask, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._lock = threading.Lock()
        with theirs:
            surroundings = {k: v for k, v in os.environ.items() if not k.startswith("DISF_")}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.starting", program, str(theirs.fileno())],
                pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, cwd=HOME,
                env=surroundings | {"PYTHONPATH": str(HOME), "PYTHONWARNINGS": "default"},
            )  # fmt: skip
        atexit.register(self.close)

    def start(self, order: dict[str, Any], wanted: list[Any]) -> Forked:
        theirs: list[int] = []
        ours: list[int | None] = []
        for number, stream in enumerate(wanted):
            if stream == subprocess.PIPE:
                read, write = os.pipe()
                theirs.append(write if number else read)
                ours.append(read if number else write)
            else:
                given = number if stream is None else stream if isinstance(stream, int) else stream.fileno()
                theirs.append(os.open(os.devnull, os.O_RDWR) if given == subprocess.DEVNULL else os.dup(given))
                ours.append(None)
        ending, told = os.pipe()
        with self._lock:
            socket.send_fds(self._ask, [json.dumps(order).encode()], [*theirs, told])
            for each in (*theirs, told):
                os.close(each)
            answer = self._ask.recv(_LARGEST_ORDER)
        assert answer, "what starts our programs is gone"
        return Forked(int(answer), ending, ours)

    def close(self) -> None:
        self._ask.close()
        self._process.wait()


@functools.cache
def _nursery(program: str) -> _Nursery:
    return _Nursery(program)


# -- in the process that is forked ------------------------------------------------------------------------------------


def _read_program(program: str) -> None:
    for room in _ROOMS[program]:
        package = importlib.import_module(f"disf_desktop.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    # What is there stays: no collector of a forked process need look at it.
    gc.collect()
    gc.freeze()


def _serve(asked: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Fork at each order, and tell each end, until nobody asks any more. In a forked process, give its order."""
    signalled, wakes = socket.socketpair()
    running: dict[int, int] = {}
    with asked, signalled, wakes, selectors.DefaultSelector() as selector:
        for end in (signalled, wakes):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
        selector.register(asked, selectors.EVENT_READ)
        selector.register(signalled, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _ in selector.select()}
            if signalled in ready:
                signalled.recv(4096)
                _tell_ends(running)
            if asked not in ready:
                continue
            text, descriptors, _, _ = socket.recv_fds(asked, _LARGEST_ORDER, 4)
            if not text:
                signal.set_wakeup_fd(-1)
                break
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                return json.loads(text), descriptors[:3]
            for each in descriptors[:3]:
                os.close(each)
            running[pid] = descriptors[3]
            asked.send(str(pid).encode())
    for pid in running:
        os.kill(pid, signal.SIGKILL)
    return None


def _tell_ends(running: dict[int, int]) -> None:
    for pid, told in list(running.items()):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            os.write(told, str(os.waitstatus_to_exitcode(status)).encode())
            os.close(running.pop(pid))


def _become(order: dict[str, Any], descriptors: list[int]) -> None:
    """Take the surroundings that a process would have been started with."""
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["env"])
    time.tzset()
    sys.stdin, sys.stdout, sys.stderr = (
        open(n, "w" if n else "r", encoding="utf-8", closefd=False, buffering=1 if n == 2 or os.isatty(n) else -1)  # noqa: SIM115
        for n in range(3)
    )
    sys.argv[1:] = order["words"]


class _Ending:
    """Ends a process once all that has to be done at its end is done.

    To take the modules apart one by one, as the interpreter does then, would take longer than most commands.
    """

    def __init__(self) -> None:
        self.code: Any = None
        # What is registered first is done last.
        atexit.register(self._now)

    def _now(self) -> None:
        if isinstance(self.code, int):
            with suppress(OSError, ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(self.code)


def _main(program: str, descriptor: str) -> None:
    ending = _Ending()
    _read_program(program)
    got = _serve(socket.socket(fileno=int(descriptor)))
    if got is not None:
        _become(*got)
        try:
            runpy.run_module(program, run_name="__main__", alter_sys=True)
        except SystemExit as end:
            ending.code = end.code
            raise


if __name__ == "__main__":
    _main(*sys.argv[1:])
