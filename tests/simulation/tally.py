"""What became of many schedules, added up: to be read, and as a file."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.simulation.fault_rows import FAULT_ROWS, rare
from tests.simulation.players import Kind
from tests.simulation.schedule import Outcome

MOST_NAMED: Final = 100
"""Seeds that are named beside the violations."""


@dataclass
class Tally:
    """Totals of the schedules from a seed on. Those that broke a promise are kept one by one."""

    first: int
    kind: Kind
    totals: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[int, str]] = field(default_factory=list)
    with_ourselves: list[int] = field(default_factory=list)
    """Schedules with a conflict with a value that only the program wrote: to be looked at."""
    began: float = field(default_factory=time.monotonic)
    commit: str = field(default_factory=lambda: commit())

    def add(self, outcome: Outcome) -> None:
        self.totals.update(
            schedules=1, runs=outcome.runs, calls=outcome.calls, writes=outcome.writes, deeds=outcome.deeds,
            conflicts=outcome.conflicts, blind=outcome.blind, with_ourselves=outcome.with_ourselves,
        )  # fmt: skip
        self.faults.update(outcome.faults)
        self.kills.update(outcome.kills)
        if outcome.wrong:
            self.broken.append((outcome.seed, outcome.wrong))
        if outcome.with_ourselves and len(self.with_ourselves) < MOST_NAMED:
            self.with_ourselves.append(outcome.seed)

    @property
    def schedules(self) -> int:
        return self.totals["schedules"]

    @property
    def fired(self) -> Counter[str]:
        return self.faults + self.kills

    @property
    def took_s(self) -> float:
        return time.monotonic() - self.began

    def progress(self, megabytes: int) -> str:
        speed = self.schedules / max(self.took_s, 1e-9)
        return (
            f"{self.took_s / 60:7.1f} min: {self.schedules} schedules from {self.first} on, {speed:.1f} a second,"
            f" violations: {len(self.broken)}, at most {megabytes} MB in a process"
        )

    def lines(self, *, jobs: int, megabytes: int) -> Iterator[str]:
        """Tell everything, for a person."""
        took, used = self.took_s, _core_s()
        yield f"{self.schedules} schedules in {took:.1f} s: {self.schedules / max(took, 1e-9):.1f} a second"
        yield f"{used:.1f} s of a core: {self.schedules / max(used, 1e-9):.1f} a second of a core"
        yield f"{jobs} processes, at most {megabytes} MB in one"
        yield ", ".join(f"{number} {name}" for name, number in self.totals.items() if name != "schedules")
        yield f"with ourselves at: {' '.join(map(str, self.with_ourselves)) or 'none'}"
        yield f"violations: {len(self.broken)}"
        for title, counter in (("faults", self.faults), ("kills", self.kills)):
            yield f"{title}: {counter.total()}"
            yield from (f"  {number:8} {name}" for name, number in sorted(counter.items()))
        yield "rows of faults, with the one that came least:"
        fired = self.fired
        for row in FAULT_ROWS:
            rarest = row.rarest(fired)
            beside = f" ({rarest} {fired[rarest]})" if len(row.counters) > 1 else ""
            yield f"  {row.fired(fired):8} {row.name}{beside}"

    def figures(self, *, jobs: int, megabytes: int, ended: str) -> dict[str, Any]:
        """Give everything as JSON can hold it. `ended` says why no more was played."""
        fired = self.fired
        return {
            "commit": self.commit,
            "first": self.first,
            "options": self.kind.words(),
            "ended": ended,
            "jobs": jobs,
            "took_s": round(self.took_s, 1),
            "core_s": round(_core_s(), 1),
            "megabytes": megabytes,
            **dict(self.totals),
            "violations": [{"seed": seed, "wrong": wrong} for seed, wrong in self.broken],
            "with_ourselves_at": self.with_ourselves,
            "faults": dict(sorted(self.faults.items())),
            "kills": dict(sorted(self.kills.items())),
            "rows": {row.name: row.fired(fired) for row in FAULT_ROWS},
        }

    def write(self, path: Path, **more: Any) -> None:
        """Write the figures; whoever reads the file meanwhile finds those before, or these."""
        written = path.with_name(path.name + ".new")
        written.write_text(json.dumps(self.figures(**more), indent=1) + "\n", encoding="utf-8")
        written.replace(path)

    def too_rare(self, each: int) -> list[str]:
        """Give the rows that fired less often than `each`, with their figures."""
        return [f"{row.name}: {row.fired(self.fired)} of {each}" for row in rare(self.fired, each)]


def commit() -> str:
    """Give the commit that is played, "unknown" outside of a repository."""
    try:
        told = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return told.stdout.strip()


def _core_s() -> float:
    """Say how long this process and those of it that ended used a core."""
    return sum(os.times()[:4])
