"""What each client did, step by step, and how it came out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rich.console import Console
from rich.table import Table

OK = "ok"
Refusal = TypeVar("Refusal", bound=Exception)


def refused(kind: type[Refusal], act: Callable[[], Any]) -> Refusal:
    """Return the exception of this kind that a call ends with; one that succeeds fails the step."""
    try:
        act()
    except kind as refusal:
        return refusal
    raise AssertionError(f"{kind.__name__} was expected")


@dataclass
class Step:
    """One thing a client was asked to do; `records` is how many it sent or read."""

    client: str
    version: str
    name: str
    result: str = OK
    records: int | None = None
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        return self.result != OK


@dataclass
class Steps:
    """The steps of all clients, told as they end."""

    console: Console
    done: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, client: str, version: str, name: str) -> Iterator[Step]:
        """Time what is inside; whatever it raises is the result of the step, and the next one is taken."""
        step = Step(client, version, name)
        began = time.perf_counter()
        try:
            yield step
        except Exception as problem:  # noqa: BLE001 - a client may fail in any way; each is a line of the table
            step.result = f"{type(problem).__name__}: {problem}"
        step.seconds = time.perf_counter() - began
        self.add(step)

    def add(self, step: Step) -> None:
        """Note a step that somebody else has timed."""
        self.done.append(step)
        if step.failed:
            self.console.print(f"{step.client} {step.version}: {step.name}: {step.result}", markup=False, style="red")

    def failures(self) -> int:
        return sum(step.failed for step in self.done)

    def show(self) -> None:
        """Print the table."""
        table = Table(box=None, pad_edge=False)
        for heading in ("client", "version", "step", "result"):
            table.add_column(heading, overflow="fold")
        for heading in ("records", "seconds"):
            table.add_column(heading, justify="right")
        before = ""
        for step in self.done:
            name, version = (step.client, step.version) if step.client != before else ("", "")
            before = step.client
            shown = OK if not step.failed else step.result.strip().splitlines()[0][:70]
            style = "red" if step.failed else ""
            records = "" if step.records is None else f"{step.records:,}"
            table.add_row(name, version, step.name, shown, records, f"{step.seconds:.2f}", style=style)
        self.console.print(table)
        self.console.print(f"{len(self.done)} steps, {self.failures()} failed")
