"""Starts the shipped command line again and again, each time in a process of its own that may die where it is told to.

The interpreter and the program are read once, then forked: a command begins in milliseconds. Where one is to die is
said with what Python and SQLite offer to everybody (a commit hook, a log hook, an audit hook); the program itself knows
nothing of it. Other trouble than death comes in the same way. One JSON object a line comes in and one goes out:

- `{"do": "start", "words": [...], "folder": "...", "trouble": {"place": "commit", "count": 7, "how": "kill"}}` (trouble
  where it is wanted) → `{"pid": 123}`; what the command says goes to `out` and `err` in the folder;
- `{"do": "look", "pid": 123}` → `{"code": null}` while it runs, else its exit code, below zero for a signal.

At its trouble, and at its end, a command leaves in `points` how often it passed which point, where it connected to,
and which names it looked up and programs it started.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import resource
import signal
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import apsw

KINDS = ("commit", "committed", "send")
"""Where a command can die: just before a transaction is durable, just after, just before bytes leave for a service."""

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
        self._connected: set[str] = set()
        self._asked: set[str] = set()

    def watch(self) -> None:
        apsw.connection_hooks.append(self._watch_connection)
        sys.addaudithook(self._watch_network)

    def _watch_connection(self, connection: apsw.Connection) -> None:
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
        elif event in ("socket.connect", "socket.sendto"):
            self._connected.add(str(told[1]))
        elif event in ("socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen", "os.posix_spawn", "os.exec"):
            self._asked.add(f"{event} {told[0]}")

    def _pass(self, kind: str) -> None:
        self._in_all[kind] += 1
        place = f"{kind} {_place(sys._getframe(2))}"
        self._passed[place] += 1
        wanted = self._trouble.get("place")
        met = self._passed[place] if wanted == place else self._in_all[kind] if wanted == kind else 0
        if wanted and self._met is None and met == self._trouble["count"]:
            self._met = place
            self.tell()
            _TROUBLES[self._trouble.get("how", "kill")](self._trouble)

    def tell(self) -> None:
        told: dict[str, Any] = {"met": self._met, "passed": self._passed}
        told |= {"connected": sorted(self._connected), "asked": sorted(self._asked)}
        self._file.write_text(json.dumps(told), encoding="utf-8")


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


def _place(frame: FrameType | None) -> str:
    """Name what is being done: the method of the storage that commits, or the outermost one of the services."""
    place = "opening"
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        name = frame.f_code.co_qualname
        if (
            module.startswith("disf_desktop.storage.")
            and not module.endswith(".database")
            and name != "Tables._writing"
        ):
            return name
        if module.startswith("disf_desktop.services."):
            place = name
        frame = frame.f_back
    return place


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
    from disf_desktop.cli import main

    code: Any = 1
    try:
        main()
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
    running: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "start":
            answer = _start(order)
            running.add(answer["pid"])
        else:
            answer = _look(order)
            running -= {order["pid"]} if answer["code"] is not None else set()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    for pid in running:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
