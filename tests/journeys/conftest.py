"""One simulator for all journeys; each begins at its seed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.rehearsal import Change, Rehearsal
from tests.services.salesforce_simulator import Simulator, running

RECORDS = 120


@pytest.fixture(scope="package")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=RECORDS) as simulator:
        yield simulator


class Begin:
    """Begins a rehearsal with the project file changed as a test wants it."""

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self._simulator = simulator
        self._folder = folder

    def __call__(self, change: Change = lambda project: None) -> Rehearsal:
        return Rehearsal(self._simulator, self._folder, change)


@pytest.fixture
def begin(simulator: Simulator, tmp_path: Path) -> Begin:
    return Begin(simulator, tmp_path)
