"""Plays schedules: `python -m tests.simulation [--schedules N | --minutes M] [--from SEED] [--jobs N]`, or one again:
`--seed N --trace`.

A run that is interrupted or ended tells what it has played until then, and writes it too.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path
from typing import Final

from tests.simulation.players import STOPPED, Kind, Players
from tests.simulation.schedule import MORE, play
from tests.simulation.tally import Tally


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


WIDTH: Final = 400
"""In characters, of a line of a trace."""
PROGRESS_S: Final = 60
UNASKED: Final = 500
"""Schedules, where nobody says how many."""


def main() -> int:
    given = _asked().parse_args()
    kind = Kind(given.more, given.faultless)
    if given.hashes:
        for seed in range(given.first, given.first + (given.schedules or 1)):
            say(f"{seed} {play(seed, more=kind.more, faultless=kind.faultless).hash}")
        return 0
    if given.seed is not None:
        outcome = play(given.seed, _told if given.trace else None, more=kind.more, faultless=kind.faultless)
        say(f"seed {outcome.seed} hash {outcome.hash} {outcome.wrong or 'no violation'}")
        return bool(outcome.wrong)
    if given.fresh:
        given.first = int(time.time()) * 1000
    return _many(given, kind)


def _asked() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--schedules", type=int, help=f"how many to play ({UNASKED} where no end is given)")
    parser.add_argument("--minutes", type=float, help="how long to play")
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="SEED", help="the first seed")
    parser.add_argument("--fresh", action="store_true", help="begin with a seed that nobody played before")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes beside each other: one a core")
    parser.add_argument("--seed", type=int, help="play this one alone")
    parser.add_argument("--trace", action="store_true", help="tell everything that happens")
    parser.add_argument("--most", type=int, default=10, help="stop after so many violations")
    parser.add_argument("--hashes", action="store_true", help="tell the hash of each schedule, and nothing else")
    parser.add_argument("--with", dest="more", action="append", default=[], choices=MORE, help="what else goes wrong")
    parser.add_argument(
        "--without-faults", dest="faultless", action="store_true",
        help="nothing goes wrong: people act, and services are as they are",
    )  # fmt: skip
    parser.add_argument("--each", type=int, default=0, metavar="N", help="ask that each row of faults fires so often")
    parser.add_argument("--figures", type=Path, metavar="FILE", help="write the totals, as JSON, each minute and last")
    return parser


def _told(line: str) -> None:
    say(line if len(line) <= WIDTH else f"{line[:WIDTH]}…")


def _many(given: argparse.Namespace, kind: Kind) -> int:
    schedules = UNASKED if given.schedules is None and given.minutes is None else given.schedules
    tally = Tally(given.first, kind)
    players = Players(given.first, None if schedules is None else given.first + schedules, kind, given.jobs)
    ended = "all was played"

    def stop(why: str) -> None:
        nonlocal ended
        ended = why
        players.stop()

    for number in STOPPED:
        signal.signal(number, lambda *_: stop("somebody stopped it"))
    say(f"commit {tally.commit}, seeds from {given.first} on, {given.jobs} processes")
    told_at = time.monotonic()
    for outcome in players.outcomes():
        if outcome is not None:
            tally.add(outcome)
        if outcome is not None and outcome.wrong:
            say(f"seed {outcome.seed} at {tally.commit}: {outcome.wrong}")
            say(" ".join([f"  python -m tests.simulation --seed {outcome.seed} --trace", *kind.words()]))
            if len(tally.broken) >= given.most:
                stop("too many violations")
        if given.minutes is not None and tally.took_s >= 60 * given.minutes:
            stop("the time is over")
        if time.monotonic() - told_at >= PROGRESS_S:
            told_at = time.monotonic()
            say(tally.progress(players.megabytes))
            _write(given, tally, players, "it goes on")
    for line in tally.lines(jobs=given.jobs, megabytes=players.megabytes):
        say(line)
    _write(given, tally, players, ended)
    too_rare = tally.too_rare(given.each)
    for row in too_rare:
        say(f"fired too rarely: {row}")
    return bool(tally.broken or too_rare)


def _write(given: argparse.Namespace, tally: Tally, players: Players, ended: str) -> None:
    if given.figures is not None:
        tally.write(given.figures, jobs=given.jobs, megabytes=players.megabytes, ended=ended)


if __name__ == "__main__":
    sys.exit(main())
