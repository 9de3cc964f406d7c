"""Plays schedules: `python -m tests.simulation [--schedules N | --minutes M] [--from SEED] [--seed N --trace]`."""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from itertools import count

from tests.simulation.schedule import MORE, Outcome, play


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


WIDTH = 400
"""In characters, of a line of a trace."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--schedules", type=int, help="how many to play")
    parser.add_argument("--minutes", type=float, help="how long to play")
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="SEED", help="the first seed")
    parser.add_argument("--fresh", action="store_true", help="begin with a seed that nobody played before")
    parser.add_argument("--seed", type=int, help="play this one alone")
    parser.add_argument("--trace", action="store_true", help="tell everything that happens")
    parser.add_argument("--most", type=int, default=10, help="stop after so many violations")
    parser.add_argument("--hashes", action="store_true", help="tell the hash of each schedule, and nothing else")
    parser.add_argument("--with", dest="more", action="append", default=[], choices=MORE, help="what else goes wrong")
    given = parser.parse_args()
    if given.hashes:
        for seed in range(given.first, given.first + (given.schedules or 1)):
            say(f"{seed} {play(seed).hash}")
        return 0
    if given.seed is not None:
        outcome = play(given.seed, _told if given.trace else None, more=given.more)
        say(f"seed {outcome.seed} hash {outcome.hash} {outcome.wrong or 'no violation'}")
        return bool(outcome.wrong)
    gc.freeze()  # what was imported is there to stay
    if given.fresh:
        given.first = int(time.time()) * 1000
    return _many(given.first, given.schedules, given.minutes, given.most, given.more)


def _told(line: str) -> None:
    say(line if len(line) <= WIDTH else f"{line[:WIDTH]}…")


def _many(first: int, schedules: int | None, minutes: float | None, most: int, more: Sequence[str]) -> int:
    totals: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    kills: Counter[str] = Counter()
    broken: list[Outcome] = []
    began = time.monotonic()
    number = schedules if schedules is not None or minutes is not None else 500
    for seed in count(first):
        played = seed - first
        if number is not None and played >= number:
            break
        if minutes is not None and time.monotonic() - began >= 60 * minutes:
            break
        outcome = play(seed, more=more)
        totals.update(
            schedules=1, runs=outcome.runs, calls=outcome.calls, writes=outcome.writes, deeds=outcome.deeds,
            conflicts=outcome.conflicts, blind=outcome.blind, with_ourselves=outcome.with_ourselves,
        )  # fmt: skip
        faults.update(outcome.faults)
        kills.update(outcome.kills)
        if outcome.wrong:
            broken.append(outcome)
            say(f"seed {seed} at {commit()}: {outcome.wrong}")
            say(" ".join([f"  python -m tests.simulation --seed {seed} --trace", *(f"--with {each}" for each in more)]))
            if len(broken) >= most:
                break
    took = time.monotonic() - began
    _report(totals, faults, kills, broken, took)
    return bool(broken)


def commit() -> str:
    """Give the commit that is played, "unknown" outside of a repository."""
    try:
        told = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return told.stdout.strip()


def _report(
    totals: Counter[str], faults: Counter[str], kills: Counter[str], broken: list[Outcome], took: float
) -> None:
    schedules = totals["schedules"]
    used = time.process_time()
    say(f"{schedules} schedules in {took:.1f} s: {schedules / max(took, 1e-9):.1f} a second")
    say(f"{used:.1f} s of a core: {schedules / max(used, 1e-9):.1f} a second of a core")
    say(", ".join(f"{number} {name}" for name, number in totals.items() if name != "schedules"))
    say(f"violations: {len(broken)}")
    for title, counter in (("faults", faults), ("kills", kills)):
        say(f"{title}: {counter.total()}")
        for name, number in sorted(counter.items()):
            say(f"  {number:8} {name}")


if __name__ == "__main__":
    sys.exit(main())
