"""Breaks the program on purpose and plays schedules over it: `python -m tests.simulation.mutation --hunt | --replay`.

A mutant is a change of the source of some modules, made while a child process imports them; nothing on the disk
changes. The parent imports nothing of the program, so that each child begins with its own.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import multiprocessing
import sys
import time
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import Any

from tests.simulation.caught import SEEDS
from tests.simulation.mutants import MUTANTS, Change, Mutant

PROGRAM = "disf_desktop."
FIRST_IMPORTED = ("apsw", "orjson", "pydantic", "requests", "simple_salesforce", "truststore", "yaml", "zoneinfo")
"""Libraries that each child would import anew; the parent does it once."""

_CONTEXT: Any = multiprocessing.get_context("fork" if sys.platform != "win32" else "spawn")


class DoesNotApply(Exception):
    """The text that a mutant changes is not in the source, or is there several times: the mutant must be renewed."""


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, changes: Sequence[Change]) -> None:
        super().__init__(name, path)
        self._changes = changes

    def get_code(self, fullname: str) -> CodeType:
        source = self.get_source(fullname)
        assert source is not None
        for _, old, new in self._changes:
            if source.count(old) != 1:
                raise DoesNotApply(f"{fullname}: {source.count(old)} times {old!r}")
            source = source.replace(old, new)
        return compile(source, self.path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def __init__(self, changes: Sequence[Change]) -> None:
        self._changes = changes

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        mine = [each for each in self._changes if PROGRAM + each[0] == fullname]
        if not mine:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Loader(fullname, spec.origin, mine)
        return spec


def _play(mutant: Mutant, changes: Sequence[Change], seeds: Sequence[int], seconds: float, told: Any) -> None:
    """Play seeds until one breaks a promise, or the time is over, and tell which."""
    assert not any(each.startswith(PROGRAM) for each in sys.modules), "the program is imported by the child alone"
    sys.meta_path.insert(0, _Finder(changes))
    began = time.process_time()
    played = 0
    try:
        from tests.simulation.schedule import play, traits

        for module, _, _ in changes:
            importlib.import_module(PROGRAM + module)
        gc.freeze()  # what was imported is there to stay
        for seed in seeds:
            if time.process_time() - began > seconds:
                break
            if mutant.focus and seed != seeds[0] and mutant.focus not in traits(seed):
                continue
            played += 1
            if wrong := play(seed, more=mutant.more).wrong:
                told.put((mutant.name, seed, wrong, played))
                return
        told.put((mutant.name, None, "", played))
    except DoesNotApply as error:
        told.put((mutant.name, None, f"does not apply: {error}", played))


def tried(mutant: Mutant, seeds: Sequence[int], *, alone: bool = False, seconds: float = 1e9) -> tuple[Any, ...]:
    """Give the first of these seeds at which a mutant breaks a promise (None: none), which, and how many were played.

    Its back-up defence is switched off, or left on where it is tried `alone`.
    """
    told = _CONTEXT.SimpleQueue()
    changes = mutant.changes if alone else (*mutant.changes, *mutant.backup)
    child = _CONTEXT.Process(target=_play, args=(mutant, changes, seeds, seconds, told))
    child.start()
    child.join()
    if told.empty():
        return mutant.name, None, f"crash: the child ended with {child.exitcode}", 0
    answer: tuple[Any, ...] = told.get()
    return answer


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.mutation", description=__doc__)
    parser.add_argument("--hunt", action="store_true", help="look for the first schedule that catches each mutant")
    parser.add_argument("--replay", action="store_true", help="play each mutant at the seed that caught it")
    parser.add_argument("--then", type=int, default=0, help="after a replay that finds nothing, hunt so many schedules")
    parser.add_argument("--alone", action="store_true", help="leave the back-up defences on")
    parser.add_argument("--schedules", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=1e9, help="of a core: hunt each mutant no longer")
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="SEED")
    parser.add_argument("names", nargs="*", help="parts of names of mutants; all of them where none is given")
    given = parser.parse_args()
    for name in FIRST_IMPORTED:
        importlib.import_module(name)
    chosen = [m for m in MUTANTS if not given.names or any(part in m.name for part in given.names)]
    survivors = 0
    for mutant in chosen:
        seeds: Sequence[int] = range(given.first, given.first + given.schedules)
        if given.replay and mutant.name not in SEEDS:
            continue
        if given.replay:
            # Whatever changes the calls of a run changes what falls between them: then others may find it.
            seeds = (SEEDS[mutant.name], *range(given.then))
        _, seed, wrong, played = tried(mutant, seeds, alone=given.alone, seconds=given.seconds)
        survivors += seed is None
        caught = f"seed {seed:6} after {played:5}" if seed is not None else f"SURVIVES {played} "
        sys.stdout.write(f"{caught} {mutant.name}: {wrong[:110]}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{survivors} survive\n")
    return bool(survivors)


if __name__ == "__main__":
    sys.exit(main())
