"""Hands the rows of an upload from the run's own thread to the worker that sends them, a few pages ahead at most."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from queue import Queue
from typing import Final

from disf_desktop.core.errors import Stopped
from disf_desktop.core.values import Value
from disf_desktop.engine.waiting import HEARTBEAT_S

Row = tuple[int, Mapping[str, Value]]
"""A row of a job: its number in the file, and its values by column."""

_PAGES_AHEAD: Final = 1


class Feed(Iterator[Mapping[str, Value]]):
    """The rows of one upload: `put` in the run's thread, taken in another one."""

    def __init__(self) -> None:
        self._pages: Queue[Sequence[Row]] = Queue()
        self._room = threading.Semaphore(_PAGES_AHEAD)
        self._page: deque[Row] = deque()
        self._ended = threading.Event()
        self._broken = threading.Event()

    def put(self, page: Sequence[Row]) -> bool:
        """Hand a page over; False where there was no room for it during a heartbeat."""
        if not self._room.acquire(timeout=HEARTBEAT_S):
            return False
        self._pages.put(page)
        return True

    def end(self) -> None:
        """Say that there are no more pages."""
        self._ended.set()
        self._pages.put(())

    def give_up(self) -> None:
        """Break the upload off, so that its job is given up too."""
        self._broken.set()
        self._pages.put(())

    def left(self) -> list[Row]:
        """Give the rows that were not taken, once nobody takes any more."""
        rows = list(self._page)
        while not self._pages.empty():
            rows += self._pages.get_nowait()
        return rows

    def __next__(self) -> Mapping[str, Value]:
        while not self._page:
            if self._broken.is_set():
                raise Stopped("The import was stopped on request.", "Import the file again to go on.")
            if self._ended.is_set() and self._pages.empty():
                raise StopIteration
            page = self._pages.get()
            if page:
                self._room.release()
                self._page.extend(page)
        return self._page.popleft()[1]
