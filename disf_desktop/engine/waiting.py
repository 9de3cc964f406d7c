"""Waits for work in other threads without going deaf: a pause of a run, a stop, a heartbeat stay possible meanwhile.

Workers do HTTP, return values and touch nothing else. The run's own thread owns the ledger.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures import wait as wait_for
from itertools import islice
from typing import Final, TypeVar

from disf_desktop.core.errors import DisfError

K = TypeVar("K")
T = TypeVar("T")

HEARTBEAT_S: Final = 0.1
GRACE_S: Final = 10.0
"""How long a stop waits for a reply that is under way (sync-semantics 4.16)."""


def as_ours(error: Exception) -> DisfError:
    """Give the error of a write as what it is: adapters convert every foreign one."""
    assert isinstance(error, DisfError), error
    return error


def until_done(future: Future[T]) -> Iterator[None]:
    """Yield at every heartbeat until the future is done."""
    while not future.done():
        wait_for((future,), timeout=HEARTBEAT_S)
        yield None


def ahead(workers: Executor, items: Iterator[T]) -> Iterator[T | None]:
    """Give the items of an iterator that runs one step ahead in a worker; None at every heartbeat.

    The iterator is closed in a worker when this one ends, however it ends.
    """
    end = object()

    def following() -> T | object:
        return next(items, end)

    future: Future[T | object] = workers.submit(following)
    try:
        while True:
            yield from until_done(future)
            item = future.result()
            if item is end:
                return
            future = workers.submit(following)
            yield item  # type: ignore[misc]
    finally:
        wait_for((future,), timeout=GRACE_S)
        close = getattr(items, "close", None)
        if future.done() and close is not None:
            close()


def several(
    workers: Executor, asked: Iterator[tuple[K, Callable[[], T]]], at_once: int
) -> Iterator[tuple[K, T] | None]:
    """Make calls in workers, so many at once, and give each result with what it was asked for, in order.

    None at every heartbeat. What is under way when this ends is waited for.
    """
    flying: deque[tuple[K, Future[T]]] = deque()
    try:
        while True:
            for name, function in islice(asked, at_once - len(flying)):
                flying.append((name, workers.submit(function)))
            if not flying:
                return
            name, future = flying[0]
            yield from until_done(future)
            flying.popleft()
            yield name, future.result()
    finally:
        wait_for([future for _, future in flying], timeout=GRACE_S)
