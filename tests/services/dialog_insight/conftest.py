"""The simulator's Dialog Insight as a process, and accounts on it or on a scripted server."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.project import DestinationProject, DialogInsightConnection, ProjectType
from disf_desktop.services.dialog_insight.client import DialogInsightAccount
from disf_desktop.services.transport import Transport
from tests.starting import SIMULATOR, start

ROOT = Path(__file__).parents[3]
KEY = "VB7tkxo9DWEitIvRmQiJ3z5A4ot1HP4f"


class NoWaiting:
    """A clock on which waits take no time."""

    def __init__(self) -> None:
        self._now = time.monotonic()

    def monotonic(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        self._now += seconds


@dataclass(frozen=True)
class Simulator:
    """A running simulator, as its ready file describes it."""

    ready: dict[str, Any]

    @property
    def root_url(self) -> str:
        return f"{self.ready['dialog_insight_url']}/webservices/ofc4/"

    def control(self, path: str, body: object | None = None) -> Any:
        request = urllib.request.Request(
            f"{self.ready['control_url']}/{path}", None if body is None else json.dumps(body).encode()
        )
        with urllib.request.urlopen(request, timeout=30) as reply:
            text = reply.read().decode()
        return [json.loads(line) for line in text.splitlines()] if path.endswith(".ndjson") else json.loads(text)


@pytest.fixture(scope="session")
def simulator_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    folder = tmp_path_factory.mktemp("simulator")
    ready_file = folder / "ready.json"
    words = ["--data", str(ROOT / "resources" / "simulator"), "--ready-file", str(ready_file)]
    with start(SIMULATOR, *words, "--records", "20", "--state", str(folder / "state")) as process:
        try:
            while not ready_file.exists():
                assert process.poll() is None, "the simulator ended before it was ready"
                time.sleep(0.05)
            yield Simulator(json.loads(ready_file.read_text()))
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def simulator(simulator_process: Simulator) -> Simulator:
    simulator_process.control("reset", {})
    simulator_process.control("faults", [])
    return simulator_process


MakeAccount = Callable[..., DialogInsightAccount]


@pytest.fixture
def make_account() -> Iterator[MakeAccount]:
    """Give a function that makes an account at a root address; `key` and `language` may be given."""
    opened: list[Transport] = []

    def make(root_url: str, id_key: int = 5335, key: str = KEY, language: str = "en") -> DialogInsightAccount:
        connection = DialogInsightConnection(id="di", name="Dialog Insight", root_url=root_url, id_key=id_key)
        transport = Transport([root_url], timeout_s=5, clock=NoWaiting())
        opened.append(transport)
        return DialogInsightAccount(connection, key, transport, language=language)

    yield make
    for transport in opened:
        transport.close()


@pytest.fixture
def account(simulator: Simulator, make_account: MakeAccount) -> DialogInsightAccount:
    return make_account(simulator.root_url, simulator.ready["id_key"], simulator.ready["key"])


NEWSLETTER = DestinationProject(
    id="newsletter",
    connection="di",
    id_project=123456,
    name="Newsletter",
    type=ProjectType.A,
    key=("SalesforceID",),
    time_zone="America/Toronto",
)
