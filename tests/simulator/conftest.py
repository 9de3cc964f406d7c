"""The simulator as a process of its own, as `disf simulate` starts it."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import requests

from tests import starting

DATA = Path(__file__).parents[2] / "resources" / "simulator"
PATIENCE_S = 60


class Simulator:
    """A simulator that runs, and what its ready file says."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.ready_file = folder / "ready.json"
        words = ["--data", str(DATA), "--ready-file", str(self.ready_file), *arguments]
        self.process = starting.start(starting.SIMULATOR, *words, stderr=subprocess.PIPE)
        self.errors: str | None = None
        self.http = requests.Session()

    def wait_until_ready(self) -> Simulator:
        until = time.monotonic() + PATIENCE_S
        while not self.ready_file.exists():
            assert self.process.poll() is None, self.end()
            assert time.monotonic() < until, "the simulator did not become ready"
            time.sleep(0.02)
        self.ready: dict[str, Any] = json.loads(self.ready_file.read_text(encoding="utf-8"))
        return self

    def end(self, *, kill: bool = False) -> tuple[int, str]:
        """Stop the process; return its exit code and what it said on standard error."""
        if self.process.poll() is None:
            (self.process.kill if kill else self.process.terminate)()
        if self.errors is None:
            _, self.errors = self.process.communicate(timeout=PATIENCE_S)
            self.http.close()
        return self.process.returncode, self.errors

    def call(self, name: str, **parameters: Any) -> requests.Response:
        """Call a web service of Dialog Insight as public clients do."""
        service, method = name.split(".")
        body = {"AuthKey": {"idKey": self.ready["id_key"], "Key": self.ready["key"]}, **parameters}
        address = f"{self.ready['dialog_insight_url']}/webservices/ofc4/{service.lower()}.ashx?method={method}"
        return self.http.post(address, data=json.dumps(body), timeout=10)

    def control(self, path: str, body: Any = None, method: str | None = None) -> Any:
        """Use the side door; return the JSON of its answer."""
        verb = method or ("GET" if body is None else "POST")
        reply = self.http.request(verb, f"{self.ready['control_url']}/{path}", json=body, timeout=30)
        reply.raise_for_status()
        return reply.json()

    def lines(self, path: str) -> list[dict[str, Any]]:
        """Read newline-delimited JSON from the side door."""
        reply = self.http.get(f"{self.ready['control_url']}/{path}.ndjson", timeout=30)
        reply.raise_for_status()
        return [json.loads(line) for line in reply.text.splitlines()]

    def script(self, fault: str, call: str = "Contacts.Merge", **more: Any) -> None:
        self.control("faults", [{"fault": fault, "service": "dialog_insight", "call": call, **more}])

    def counted(self, call: str) -> Mapping[str, int]:
        [told] = [each for each in self.control("requests") if each["call"] == call]
        return {name: told[name] for name in ("count", "records", "errors")}


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    simulator = Simulator(tmp_path_factory.mktemp("simulator"), "--records", "200", "--https")
    try:
        yield simulator.wait_until_ready()
    finally:
        simulator.end()


@pytest.fixture
def start() -> Iterator[Callable[..., Simulator]]:
    """Start simulators (`start(folder, *arguments)`); none outlives the test, even a failed one."""
    started: list[Simulator] = []

    def start_one(folder: Path, *arguments: str) -> Simulator:
        started.append(Simulator(folder, *arguments))
        return started[-1]

    yield start_one
    for each in started:
        each.end()


@pytest.fixture
def simulator(running: Simulator) -> Simulator:
    """The running simulator, back at its seed."""
    running.control("reset", {})
    return running
