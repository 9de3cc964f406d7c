from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.salesforce_simulator import Access, Simulator, running


@pytest.fixture(scope="package")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=20) as simulator:
        yield simulator


@pytest.fixture
def simulator(process: Simulator) -> Iterator[Simulator]:
    """An org in its first state, without faults, its log of requests empty."""
    process.clean()
    yield process
    process.control("faults", [])


@pytest.fixture
def access(simulator: Simulator, tmp_path: Path) -> Iterator[Access]:
    made = Access(simulator, tmp_path)
    yield made
    made.transport.close()
