"""The project's log: owner-only files that hold ids, counts and codes, never a person's data, never a secret.

Each process writes its own file (two cannot rotate one), named by its start, its verb and its number; the oldest are
removed. What a log record says is filtered once more on its way to the file, so that a careless word of a library
does no harm.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
import re
import sys
import time
import traceback
from pathlib import Path
from types import TracebackType

KEPT_FILES = 30
LARGEST_FILE = 2 * 2**20

_ROOT = logging.getLogger("disf_desktop")

_HIDDEN = (
    (re.compile(r"[^\s\"'<>(),;:=]+@[^\s\"'<>(),;:]+"), "<address>"),
    (re.compile(r"(?i)\b(bearer|basic|oauth)\s+\S+"), r"\1 <secret>"),
    (
        re.compile(
            r"(?i)\b(access_token|refresh_token|client_secret|password|secret|key|code|token|sid)(\W{1,5})[^\s&\"',;}]+"
        ),
        r"\1\2<secret>",
    ),
    # A session id or a token; our own ids and hashes are at most 32 characters, and a uuid 36.
    (re.compile(r"[A-Za-z0-9+/=_.!~-]{40,}"), "<long>"),
    (re.compile(r"\b00D[A-Za-z0-9]{12,15}!\S+"), "<secret>"),
    (re.compile(r"(?<![\w-])\+?\d[\d .()-]{8,}\d(?![\w-])"), "<number>"),
    (re.compile(r"'(?:[^'\\]|\\.)*'"), "'…'"),
)


def keep_log(folder: Path, verb: str, *, also_shown: bool = False) -> None:
    """Write what the program notes to a new file of the folder from now on, and to standard error where asked.

    The file is made with the first note. A log that cannot be written stops nothing.
    """
    for old in list(_ROOT.handlers):
        _ROOT.removeHandler(old)
        old.close()
    _ROOT.setLevel(logging.INFO)
    _ROOT.propagate = False
    started = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    handlers: list[logging.Handler] = [_OwnFile(folder / f"{started}-{verb}-{os.getpid()}.log")]
    if also_shown:
        handlers.append(logging.StreamHandler(sys.stderr))
    for handler in handlers:
        handler.setFormatter(_WithoutPersons("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ"))
        _ROOT.addHandler(handler)
    prune(folder)


def prune(folder: Path, keep: int = KEPT_FILES) -> None:
    """Remove the oldest log files beyond `keep`."""
    try:
        # Their names begin with the time of their start.
        for old in sorted(folder.glob("*.log"))[:-keep]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def without_persons(text: str) -> str:
    """Replace what looks like an address, a telephone number, a quoted value or a secret."""
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    return text


class _WithoutPersons(logging.Formatter):
    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace("\r", " ")

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = without_persons(record.message).replace("\n", " ")
        return super().formatMessage(record)

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Give the kind and the places of an exception; its text may hold anything."""
        kind, _, trace = ei
        places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(traceback.extract_tb(trace)))
        return f"{kind.__name__ if kind else 'nothing'} at {places}"


class _OwnFile(logging.handlers.RotatingFileHandler):
    """A file for its owner alone, made with its first line; past its largest size it begins again, once kept."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LARGEST_FILE, backupCount=1, encoding="utf-8", delay=True)
        self.namer = lambda name: name.replace(".log.1", ".1.log")

    def _open(self):  # type: ignore[no-untyped-def]
        from disf_desktop.storage.files import make_file, make_folder

        path = Path(self.baseFilename)
        make_folder(path.parent)
        make_file(path)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:
        """Stay silent: a full disk is told by the run itself."""
