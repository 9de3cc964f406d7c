"""An org of the simulator that lacks what a project file asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.salesforce_simulator import Simulator, running
from tests.workspace.prepared import Bench


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=20) as simulator:
        yield simulator


@pytest.fixture
def bench(process: Simulator, tmp_path: Path) -> Iterator[Bench]:
    process.clean()
    yield Bench(process, tmp_path)
    process.control("faults", [])
