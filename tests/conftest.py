"""What holds for all tests: the same examples at every merge, and no verdict by the clock."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A law that fails at a merge must fail because of what changed, and speed is measured elsewhere. Other examples each
# time: HYPOTHESIS=explore make test.
settings.register_profile("merge", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", settings.get_profile("merge"), derandomize=False, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS", "merge"))

# The hundreds of programs that tests start find our modules compiled, as they are where the product is installed; to
# compile them anew was a quarter of each start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Each commit waits for its disk: that was most of the time of the tests that keep a ledger. A file in memory is as real
# for whatever ends a process; disks that fill, break or lose what they were told are mounted where they are needed.
_MEMORY = Path("/dev/shm")
_ENOUGH = 4 * 2**30
if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH:
    may_run_programs = not os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC
    if may_run_programs and os.access(_MEMORY, os.W_OK):
        os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)

_LONGEST_FIRST = (
    "tests/window/",
    "tests/simulation/",
    "tests/journeys/",
    "tests/faults/",
    "tests/cli/",
    "tests/engine/",
    "tests/gui/test_screen",
    "tests/security/",
)
"""Files that take minutes: begun last, one of them would keep a single worker busy at the end."""


def pytest_xdist_auto_num_workers() -> int:
    """Let three workers share two processors: a third of the time they wait for programs, servers and windows."""
    return (os.cpu_count() or 1) * 3 // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest files begin first; within a file nothing moves."""

    def place(item: pytest.Item) -> int:
        ours = (n for n, begin in enumerate(_LONGEST_FIRST) if item.nodeid.startswith(begin))
        return next(ours, len(_LONGEST_FIRST))

    items.sort(key=place)
