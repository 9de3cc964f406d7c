"""Where the verbs speak: JSON lines for a program, tables and a progress bar for a person.

Standard output carries the answer, standard error all else. A reader that goes away (`| head`) ends the verb quietly.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable
from typing import Protocol, TextIO, cast

from disf_desktop.cli.events import ErrorSaid, Said
from disf_desktop.core.events import OperationPlanned, Progress, RecordSetAside
from disf_desktop.core.importing.events import RowRefused

PROGRESS_S = 0.125
"""The least time between two progress events: at most ten a second, whatever second is looked at."""

_GONE = (errno.EPIPE, errno.ESHUTDOWN, errno.EINVAL)


class Output(Protocol):
    """Say what happens. `reader_left` is called once when nobody listens to standard output any more."""

    reader_left: Callable[[], None]

    def say(self, said: Said) -> None: ...

    def note(self, text: str) -> None:
        """Say something to a person who may be watching; it is no part of the answer."""
        ...

    def close(self) -> None: ...


class Pace:
    """Let progress through at most every so often, and the latest one where it was held back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, every_s: float = PROGRESS_S) -> None:
        self._clock = clock
        self._every_s = every_s
        self._last = float("-inf")

    def may_pass(self) -> bool:
        now = self._clock()
        if now - self._last < self._every_s:
            return False
        self._last = now
        return True


class JsonLines:
    """One JSON object a line on standard output, and nothing else there."""

    def __init__(self, pace: Pace | None = None) -> None:
        self.reader_left: Callable[[], None] = lambda: None
        self._pace = pace or Pace()
        self._flushes = Pace()
        self._gone = False

    def say(self, said: Said) -> None:
        if self._gone or (isinstance(said, Progress) and not self._pace.may_pass()):
            return
        import orjson

        # Thousands of these may follow each other; every other event is seen at once.
        many = isinstance(said, OperationPlanned | RecordSetAside | RowRefused)
        line = orjson.dumps(said.as_json(), default=str, option=orjson.OPT_APPEND_NEWLINE)
        try:
            sys.stdout.buffer.write(line)
            if not many or self._flushes.may_pass():
                sys.stdout.buffer.flush()
        except OSError as error:
            self._gone = True
            let_go(sys.stdout)
            if error.errno not in _GONE:
                raise
            self.reader_left()
        if isinstance(said, ErrorSaid):
            self.note(f"{said.message} {said.what_to_do}".strip())

    def note(self, text: str) -> None:
        tell(text)

    def close(self) -> None:
        if not self._gone:
            try:
                sys.stdout.buffer.flush()
            except OSError as error:
                self._gone = True
                leave_quietly(error, sys.stdout)


def tell(text: str) -> None:
    """Write a line to standard error, if anybody is there."""
    try:
        sys.stderr.write(shown(text) + "\n")
        sys.stderr.flush()
    except OSError as error:
        leave_quietly(error, sys.stderr)


def shown(text: str) -> str:
    """Give a text that comes from elsewhere without the control characters that could drive a terminal."""
    return "".join(c if c == "\n" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def leave_quietly(error: OSError, stream: TextIO) -> None:
    """Accept that the reader of a stream left, so that the end of the process is quiet. Raises any other error."""
    if error.errno not in _GONE:
        raise error
    let_go(stream)


def let_go(stream: TextIO) -> None:
    """Turn a stream that takes nothing more to the void, or the interpreter would fail on it once more at its end."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, stream.fileno())
    os.close(nothing)


def speak_utf8() -> None:
    """Let both streams carry accents even where the locale is C."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            cast("_Reconfigurable", stream).reconfigure(encoding="utf-8", errors="backslashreplace")


class _Reconfigurable(Protocol):
    def reconfigure(self, *, encoding: str, errors: str) -> None: ...
