"""One simulator and one launcher for all tests of faults."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.town import Launcher, launched
from tests.services.salesforce_simulator import Simulator, running

if sys.platform == "win32":
    # Windows has no fork, no SIGKILL and no count of the memory used; its own ways are not tried (docs/reliability.md).
    collect_ignore_glob = ["test_*.py"]

RECORDS = 30


def few_lookups(project: dict[str, Any]) -> None:
    """Find changes in Dialog Insight by their date, and look only a few people up in each run."""
    for destination in project["projects"]:
        destination["finding"] = {"lookups_per_run": 5}


@pytest.fixture(scope="package")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=RECORDS) as simulator:
        yield simulator


@pytest.fixture(scope="package")
def launcher() -> Iterator[Launcher]:
    with launched() as launcher:
        yield launcher
