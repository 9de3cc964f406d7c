"""The simulator as a process, and an org of it as the program sees it."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from disf_desktop.core.project import SalesforceConnection
from disf_desktop.services.oauth import REFRESH_TOKEN, Client, Grant, OAuth, TokenProvider
from disf_desktop.services.salesforce.rest import SalesforceOrg
from disf_desktop.services.salesforce.wire import SALESFORCE_TRANSIENT
from disf_desktop.services.transport import Clock, Transport
from tests.starting import SIMULATOR, start

DATA = Path(__file__).parents[2] / "resources" / "simulator"


class Memory(dict[str, str]):
    """Secrets in memory."""

    def put(self, name: str, value: str) -> None:
        self[name] = value


class NoWait:
    """A clock on which waiting takes no time, but is noted."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        # The other side still needs a moment: a job does not end while nobody lets it run.
        time.sleep(min(seconds, 0.01))


def transport_of(connection: SalesforceConnection, clock: Clock) -> Transport:
    """Give a transport that may contact the login host of a connection; the org's own is added by its tokens."""
    return Transport([connection.login_url], timeout_s=10, transient=SALESFORCE_TRANSIENT, clock=clock)


class Simulator:
    """What the ready file says, and the side door."""

    def __init__(self, ready: Mapping[str, Any]) -> None:
        self.ready = ready
        self.http = requests.Session()

    def control(self, path: str, body: Any = None, method: str | None = None) -> Any:
        verb = method or ("GET" if body is None else "POST")
        reply = self.http.request(verb, f"{self.ready['control_url']}/{path}", json=body, timeout=30)
        reply.raise_for_status()
        return reply.json() if reply.content else None

    def fault(self, name: str, call: str, **more: Any) -> None:
        self.control("faults", [{"fault": name, "service": "salesforce", "call": call, **more}])

    def requests(self) -> dict[str, int]:
        told = self.control("requests")
        return {each["call"]: each["count"] for each in told if each["service"] == "salesforce"}

    def records(self, sobject: str) -> list[dict[str, Any]]:
        """Give every record as the store holds it, deleted ones left out."""
        text = self.http.get(f"{self.ready['control_url']}/salesforce/{sobject}.ndjson", timeout=30).text
        return [row for line in text.split("\n") if line and not (row := json.loads(line)).get("IsDeleted")]

    def clean(self) -> None:
        self.control("faults", [])
        self.control("reset", {})
        self.control("requests", method="DELETE")

    def connection(self, **more: Any) -> SalesforceConnection:
        return SalesforceConnection(
            id="org",
            name="Org",
            login_url=self.ready["salesforce_url"],
            client_id=self.ready["client_id"],
            timeout_s=10,
            **more,
        )


class Access:
    """One sign-in to the org: its secrets, its tokens, its transport, and the org."""

    def __init__(self, simulator: Simulator, folder: Path, **more: Any) -> None:
        connection = simulator.connection(**more)
        self.clock = NoWait()
        self.secrets = Memory({REFRESH_TOKEN: simulator.ready["refresh_token"]})
        self.transport = transport_of(connection, self.clock)
        self.oauth = OAuth(Client(connection.login_url, connection.client_id), self.transport)
        self.tokens = TokenProvider(self.oauth, self.secrets, folder / "tokens.lock", clock=self.clock)
        self.org = SalesforceOrg(connection, self.transport, self.tokens, clock=self.clock)

    def dead_end(self) -> Grant:
        """Give a permission whose org nobody serves."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        self.transport.allow(url)
        return Grant("token", url, "refresh")


@contextmanager
def running(folder: Path, records: int) -> Iterator[Simulator]:
    """Run a simulator until the end of the block."""
    ready = folder / "ready.json"
    words = ["--data", str(DATA), "--records", str(records), "--ready-file", str(ready)]
    with start(SIMULATOR, *words, stderr=subprocess.PIPE) as process:
        try:
            until = time.monotonic() + 60
            while not ready.exists():
                assert process.poll() is None, process.stderr and process.stderr.read()
                assert time.monotonic() < until, "the simulator did not become ready"
                time.sleep(0.02)
            simulator = Simulator(json.loads(ready.read_text(encoding="utf-8")))
            yield simulator
            simulator.http.close()
        finally:
            process.terminate()
