"""The command as a process, against one simulator that `disf simulate` starts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from tests.cli.contract import EVENT
from tests.starting import COMMAND as PROGRAM
from tests.starting import Started, start

HOME = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", PROGRAM)
PATIENCE_S = 60
RECORDS = 300
LOOKUPS = 20
"""How many people a run looks up in Dialog Insight: each is a call, and nothing here depends on finding them soon."""

DOOR = requests.Session()
"""The connection to the side door of the simulator."""


def surroundings(**more: str) -> dict[str, str]:
    """Give the environment of a child: this one, without what would change the command's own choices."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DISF_")}
    return kept | {"PYTHONPATH": str(HOME), "PYTHONWARNINGS": "default"} | more


@dataclass(frozen=True)
class Told:
    """What a finished command left: exit code, events of standard output where it was JSON, both texts."""

    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """Read standard output as JSON lines, each of which must fit the contract."""
        events = [json.loads(line) for line in self.out.splitlines()]
        for event in events:
            EVENT.validate_python(event)
        return events

    def of(self, name: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["event"] == name]

    def the(self, name: str) -> dict[str, Any]:
        [event] = self.of(name)
        return event


@dataclass
class Desk:
    """A project file with its own profile and secrets, on the running simulator."""

    ready: dict[str, Any]
    folder: Path
    started: list[Started] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.file = self.folder / "work.disf.yaml"
        shutil.copy(self.ready["project_file"], self.file)
        project = self.project
        for destination in project["projects"]:
            destination["finding"] = {"lookups_per_run": LOOKUPS}
        self.project = project
        self.profile = self.folder / "profile"
        self.secrets = self.folder / "secrets.yaml"
        self.write_secrets(refresh_token=self.ready["refresh_token"], key=self.ready["key"])

    def write_secrets(self, *, refresh_token: str | None = None, key: str | None = None) -> None:
        content = {
            "salesforce-demo": {"refresh_token": refresh_token} if refresh_token else {},
            "dialog-insight-demo": {"key": key} if key else {},
        }
        self.secrets.touch(mode=0o600)
        self.secrets.write_text(yaml.safe_dump(content), encoding="utf-8")

    @property
    def places(self) -> tuple[str, ...]:
        return ("--profile", str(self.profile), "--secrets", str(self.secrets))

    @property
    def project(self) -> dict[str, Any]:
        read: dict[str, Any] = yaml.load(self.file.read_bytes(), yaml.CSafeLoader)
        return read

    @project.setter
    def project(self, project: dict[str, Any]) -> None:
        self.file.write_text(yaml.dump(project, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")

    @property
    def ledger(self) -> Path:
        return self.profile / str(self.project["id"]) / "ledger.sqlite"

    def only(self, *names: str, batch_size: int | None = None) -> None:
        """Keep some integrations, and make the batches small where asked."""
        project = self.project
        project["integrations"] = [each for each in project["integrations"] if each["name"] in names]
        if batch_size is not None:
            project["connections"][1]["batch_size"] = batch_size
        self.project = project

    def start(self, *words: str, env: Mapping[str, str] | None = None, **streams: Any) -> Started:
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
        process = start(PROGRAM, *words, cwd=self.folder, env=surroundings(**(env or {})), **streams)
        self.started.append(process)
        return process

    def __call__(self, verb: str, *words: str, json: bool = True, given: str | None = None, **more: Any) -> Told:
        """Run a verb on the project file and wait for its end."""
        flags = ("--json",) if json else ()
        words = (verb, str(self.file), *words, *self.places, *flags)
        process = self.start(*words, stdin=subprocess.DEVNULL if given is None else subprocess.PIPE, **more)
        return finished(process, given)

    # the side door

    def control(self, path: str, body: Any = None, method: str | None = None) -> Any:
        verb = method or ("GET" if body is None else "POST")
        reply = DOOR.request(verb, f"{self.ready['control_url']}/{path}", json=body, timeout=30)
        reply.raise_for_status()
        return reply.json()

    def contacts(self) -> list[dict[str, Any]]:
        path = f"dialog-insight/projects/{self.ready['projects']['Newsletter']}/contacts.ndjson"
        reply = DOOR.get(f"{self.ready['control_url']}/{path}", timeout=30)
        reply.raise_for_status()
        return [json.loads(line) for line in reply.text.splitlines()]

    def fault(self, name: str, call: str, service: str = "dialog_insight", **more: Any) -> None:
        self.control("faults", [{"fault": name, "service": service, "call": call, **more}])

    def writes(self) -> int:
        return sum(each["count"] for each in self.control("requests") if each["call"].endswith(".Merge"))


def finished(process: Started, given: str | None = None) -> Told:
    """Wait for the end of a command."""
    out, err = process.communicate(given, timeout=PATIENCE_S)
    return Told(process.returncode, out, err)


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the ready file of a running simulator says."""
    folder = tmp_path_factory.mktemp("simulated")
    ready_file = folder / "ready.json"
    words = ["simulate", "--ready-file", str(ready_file), "--records", str(RECORDS), "--state", str(folder / "state")]
    process = subprocess.Popen([*COMMAND, *words], cwd=folder, env=surroundings())
    try:
        until = time.monotonic() + PATIENCE_S
        while not ready_file.exists():
            assert process.poll() is None, "the simulator ended"
            assert time.monotonic() < until, "the simulator did not become ready"
            time.sleep(0.02)
        yield json.loads(ready_file.read_text(encoding="utf-8"))
    finally:
        DOOR.close()
        process.terminate()
        code = process.wait(PATIENCE_S)
    assert (code, ready_file.exists()) == (0, False), "the simulator did not end as asked"


@pytest.fixture
def disf(simulated: dict[str, Any], tmp_path: Path) -> Iterator[Desk]:
    """The command on a fresh project file; the simulator is back at its seed. No process outlives the test."""
    desk = Desk(simulated, tmp_path)
    desk.control("reset", {})
    desk.control("faults", [])
    desk.control("requests", method="DELETE")
    yield desk
    for process in desk.started:
        if process.poll() is None:
            process.kill()
            process.communicate()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()
