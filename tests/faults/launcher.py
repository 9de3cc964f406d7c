"""Starts the shipped command line again and again, each time in a process of its own that may die where it is told to.

The interpreter and the program are read once, then forked: a command begins in milliseconds. Where one is to die is
said with what Python and SQLite offer to everybody (a commit hook, a log hook, an audit hook); the program itself knows
nothing of it. Other trouble than death comes in the same way. One JSON object a line comes in and one goes out:

- `{"do": "start", "words": [...], "folder": "...", "trouble": {"place": "commit", "count": 7, "how": "kill"}}` (trouble
  where it is wanted) → `{"pid": 123}`; what the command says goes to `out` and `err` in the folder. With
  `"deed": "correct"` it is one of `tests.faults.window_deeds`, what only the window asks the workspace to do;
- `{"do": "look", "pid": 123}` → `{"code": null}` while it runs, else its exit code, below zero for a signal; with
  `"do": "wait", "seconds": 120` as soon as it has ended.

At its trouble, and at its end, a command leaves in `points` how often it passed which point and how long after its
start it first did, where it connected to, and which names it looked up and programs it started.
"""

from __future__ import annotations

import functools
import gc
import importlib
import json
import os
import pkgutil
import resource
import select
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import apsw
import typer.main

from disf_desktop.cli import main as program
from disf_desktop.cli.verbs import app
from tests.faults.window_deeds import DEEDS

KINDS = ("commit", "committed", "rename", "renamed", "send")
"""Where a command can die: just before a transaction is durable, just after; just before a file has its name, just
after; just before bytes leave for a service."""

_READ_LATE = ("simple_salesforce", "_strptime", "encodings.idna", "encodings.latin_1", "encodings.cp1252")
"""Modules that the program reads when it first needs them."""

PASSED_ON = frozenset(
    {"transaction", "write_whole", "Tables._writing", "Tables.together", "BookWriter._writing", "BookWriter._finding",
     "BookWriter.together", "Ballast.spend_on"}
)  # fmt: skip
"""Functions in which others commit, or put a file in its place: the name is that of who asked them."""

_CHECKPOINT_PAGES = 1000
"""What SQLite does by itself as long as nobody takes the hook of the log."""


class Points:
    """Counts the points that this process passes, and has trouble come at one of them, without a word."""

    def __init__(self, file: Path, trouble: dict[str, Any] | None) -> None:
        self._file = file
        self._trouble = trouble or {}
        self._met: str | None = None
        self._passed: Counter[str] = Counter()
        self._in_all: Counter[str] = Counter()
        self._began = time.monotonic()
        self._first: dict[str, float] = {}
        """How long after the start each point was first passed."""
        self._connected: set[str] = set()
        self._asked: set[str] = set()

    def watch(self) -> None:
        apsw.connection_hooks.append(self._watch_connection)
        sys.addaudithook(self._watch_network)

    def _watch_connection(self, connection: apsw.Connection) -> None:
        if not connection.filename:
            return  # a temporary one, gone with the process
        connection.set_commit_hook(self._before_commit)
        connection.set_wal_hook(self._after_commit)

    def _before_commit(self) -> bool:
        self._pass("commit")
        return False

    def _after_commit(self, connection: apsw.Connection, name: str, pages: int) -> int:
        self._pass("committed")
        if pages >= _CHECKPOINT_PAGES:
            connection.wal_checkpoint(name)
        return int(apsw.SQLITE_OK)

    def _watch_network(self, event: str, told: tuple[Any, ...]) -> None:
        if event == "http.client.send":
            self._pass("send")
        elif event in ("os.rename", "os.link") and str(told[1]) != str(self._file):
            self._around(_name_of(sys._getframe(1)))
        elif event in ("socket.connect", "socket.sendto"):
            self._connected.add(str(told[1]))
        elif event in ("socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen", "os.posix_spawn", "os.exec"):
            self._asked.add(f"{event} {told[0]}")

    def _around(self, name: str) -> None:
        """Pass a point before a file has its name, and one as soon as Python goes on after that."""

        def just_after(*_: object) -> None:
            sys.setprofile(None)
            self._pass("renamed", name)

        if name:
            self._pass("rename", name)
            sys.setprofile(just_after)

    def _pass(self, kind: str, name: str = "") -> None:
        self._in_all[kind] += 1
        frame = sys._getframe(2)
        place = f"{kind} {name or (_verb_of(frame) if kind == 'send' else _name_of(frame))}"
        self._passed[place] += 1
        self._first.setdefault(place, time.monotonic() - self._began)
        wanted = self._trouble.get("place")
        met = self._passed[place] if wanted == place else self._in_all[kind] if wanted == kind else 0
        if wanted and self._met is None and met == self._trouble["count"]:
            self._met = place
            self.tell()
            _TROUBLES[self._trouble.get("how", "kill")](self._trouble)

    def tell(self) -> None:
        told: dict[str, Any] = {"met": self._met, "passed": self._passed, "first_s": self._first}
        told["whole_s"] = time.monotonic() - self._began
        told |= {"connected": sorted(self._connected), "asked": sorted(self._asked)}
        # Whoever looks while this is written sees the whole of it, or nothing.
        part = self._file.with_name("points.part")
        part.write_text(json.dumps(told), encoding="utf-8")
        part.replace(self._file)


def _kill(_: dict[str, Any]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _stop(_: dict[str, Any]) -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _fill(trouble: dict[str, Any]) -> None:
    """Fill the disk on which this folder lies, to the last byte."""
    with Path(trouble["folder"], "filler").open("wb") as filler:
        for size in (2**24, 2**20, 2**12):
            with suppress(OSError):
                while True:
                    os.posix_fallocate(filler.fileno(), filler.seek(0, os.SEEK_END), size)


def _limit(_: dict[str, Any]) -> None:
    """Let no file grow any more."""
    [log] = _descriptors("-wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(os.fstat(log).st_size, 4096), resource.RLIM_INFINITY))


def _break(_: dict[str, Any]) -> None:
    """Have the disk refuse what is written to the log of the ledger."""
    broken = os.open(os.devnull, os.O_RDONLY)
    for log in _descriptors("-wal"):
        os.dup2(broken, log)


def _crash(trouble: dict[str, Any]) -> None:
    raise RuntimeError(trouble["text"])


def _descriptors(ending: str) -> list[int]:
    found = []
    for each in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            if each.readlink().name.endswith(ending):
                found.append(int(each.name))
    return found


_TROUBLES = {"kill": _kill, "stop": _stop, "fill": _fill, "limit": _limit, "break": _break, "crash": _crash}


def _name_of(frame: FrameType | None) -> str:
    """Name the function of ours that commits, or puts a file in its place; "" for somebody else's file.

    A step of a migration is named by its number and by who opens the file.
    """
    step = ""
    while frame is not None:
        if frame.f_globals.get("__name__", "").startswith("disf_desktop."):
            name = frame.f_code.co_qualname
            if name == "_migrate":
                step = f" step {frame.f_locals['number']}" if "number" in frame.f_locals else ""
            if name not in PASSED_ON and (not step or name not in ("_migrate", "open_database")):
                if "." not in name:
                    name = f"{frame.f_globals['__name__'].rpartition('.')[2]}.{name}"
                return f"{name}{step}"
        frame = frame.f_back
    return ""


def _verb_of(frame: FrameType | None) -> str:
    """Name the outermost function of the services."""
    verb = "opening"
    while frame is not None:
        if frame.f_globals.get("__name__", "").startswith("disf_desktop.services."):
            verb = frame.f_code.co_qualname
        frame = frame.f_back
    return verb


def _command(order: dict[str, Any]) -> None:
    """Become the command. Does not return."""
    folder = Path(order["folder"])
    for number, name in ((0, os.devnull), (1, str(folder / "out")), (2, str(folder / "err"))):
        opened = os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, "r" if n == 0 else "w", encoding="utf-8") for n in range(3))
    os.chdir(folder)
    os.umask(order.get("umask", 0o022))
    points = Points(folder / "points", order.get("trouble"))
    points.watch()
    sys.argv = ["disf", *order["words"]]
    code: Any = 1
    try:
        if "deed" in order:
            code = DEEDS[order["deed"]](order["words"])
        else:
            program()
    except SystemExit as ending:
        code = ending.code
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))  # to tell of it
        points.tell()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def _start(order: dict[str, Any]) -> dict[str, Any]:
    pid = os.fork()
    if pid == 0:
        _command(order)
    return {"pid": pid}


def _wait(order: dict[str, Any]) -> dict[str, Any]:
    """Wait without looking all the time, where the system has a way to."""
    if hasattr(os, "pidfd_open"):
        descriptor = os.pidfd_open(order["pid"])
        select.select([descriptor], [], [], order["seconds"])
        os.close(descriptor)
        return _look(order)
    until = time.monotonic() + order["seconds"]
    while (answer := _look(order))["code"] is None and time.monotonic() < until:
        time.sleep(0.01)
    return answer


def _look(order: dict[str, Any]) -> dict[str, Any]:
    pid, status = os.waitpid(order["pid"], os.WNOHANG)
    return {"code": os.waitstatus_to_exitcode(status) if pid else None}


def main() -> None:
    """Serve until standard input ends."""
    for room in ("cli", "workspace", "engine", "services", "storage"):
        package = importlib.import_module(f"disf_desktop.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    for name in _READ_LATE:
        importlib.import_module(name)
    # Each command would put the same verbs together again, which is a third of an idle run.
    typer.main.get_command = functools.cache(typer.main.get_command)
    typer.main.get_command(app)
    gc.freeze()
    running: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "start":
            answer = _start(order)
            running.add(answer["pid"])
        else:
            answer = _wait(order) if order["do"] == "wait" else _look(order)
            running -= {order["pid"]} if answer["code"] is not None else set()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    for pid in running:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
