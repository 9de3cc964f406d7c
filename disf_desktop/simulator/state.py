"""The state folder: the two stores, the project file to begin with, its secrets, and the ready file."""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import yaml

from disf_desktop.simulator.dialog_insight import Account
from disf_desktop.simulator.salesforce import Org
from disf_desktop.simulator.salesforce.keys import Keys
from disf_desktop.simulator.seed import Sizes, credentials, definition, fill, read_yaml
from disf_desktop.simulator.world import Clock, World

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the services answer."""

    salesforce: str
    dialog_insight: str
    salesforce_https: str | None = None


class State:
    """What the simulator holds, in a folder: reopened when it is whole, made anew from the seed when it is not."""

    def __init__(self, folder: Path, data: Path, records: int, seed: int) -> None:
        self.folder = folder
        self._data = data
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._facts_file = folder / "simulator.json"
        kept = self._facts_file.exists()
        facts = orjson.loads(self._facts_file.read_bytes()) if kept else {}
        self._records = facts.get("records", records)
        self._project_id = facts.get("project_id", str(uuid.uuid4()))
        self.world = World(facts.get("seed", seed), Clock(timedelta(seconds=facts.get("clock_s", 0))))
        self.credentials = credentials(self.world.seed)
        self.definition = definition(data, self.world.seed)
        if not kept:
            # What a start that was interrupted has left is of no use.
            for left in (*folder.glob("*.sqlite*"), *folder.glob("*-wal"), *folder.glob("*-shm")):
                left.unlink()
        self.account = Account(folder / "dialog-insight.sqlite", self.world, self.definition)
        self.org = Org(folder / "salesforce.sqlite", self.world, data / "describe", self.credentials)
        if not kept:
            fill(self.org, self.account, data, self._records)
            self.keep()

    def keep(self) -> None:
        """Write down what a later start needs to know; a state without it is made anew."""
        facts = {
            "seed": self.world.seed,
            "records": self._records,
            "project_id": self._project_id,
            "clock_s": self.world.clock.added.total_seconds(),
        }
        write_owner_only(self._facts_file, orjson.dumps(facts))

    def close(self) -> None:
        """Close the stores."""
        self.org.close()
        self.account.close()

    def write_client_files(self, at: Addresses) -> dict[str, Any]:
        """Write the project file, the secrets and the profile folder; return what the ready file says of them."""
        project_file, secrets = self.folder / "demo.disf.yaml", self.folder / "secrets.yaml"
        profile = self.folder / "profile"
        profile.mkdir(mode=0o700, exist_ok=True)
        project = _kept_project(project_file) or self._project()
        for connection in project["connections"]:
            if connection["kind"] == "salesforce":
                connection["login_url"] = at.salesforce
            else:
                connection["root_url"] = f"{at.dialog_insight}/webservices/ofc4/"
        write_owner_only(project_file, _yaml(project))
        if not secrets.exists():
            # A kept file may hold a newer refresh token than the first one.
            given = {
                "salesforce-demo": {"refresh_token": self.credentials.refresh_token},
                "dialog-insight-demo": {"key": self.definition.key},
            }
            write_owner_only(secrets, _yaml(given))
        return {"project_file": str(project_file), "profile": str(profile), "secrets": str(secrets)}

    def ready(self, at: Addresses, ca_file: Path | None) -> dict[str, Any]:
        """Return the content of the ready file; writes the client's files."""
        known = self.credentials
        return {
            "salesforce_url": at.salesforce,
            "salesforce_https_url": at.salesforce_https,
            "ca_file": None if ca_file is None else str(ca_file),
            # It takes a while to make, and only programs from elsewhere come in with it.
            "jwt_key_file": None if ca_file is None else str(Keys(self.folder).client_file),
            "access_token": known.access_token,
            "refresh_token": known.refresh_token,
            "client_id": known.client_id,
            "client_secret": known.client_secret,
            "username": known.username,
            "password": known.password,
            "dialog_insight_url": at.dialog_insight,
            "id_key": self.definition.id_key,
            "key": self.definition.key,
            "projects": {each.name: each.id for each in self.definition.projects},
            "tables": {each.code: each.id for each in self.definition.tables},
            **self.write_client_files(at),
            "control_url": f"{at.dialog_insight}/simulator",
            "expected": Sizes(self._records).expected(),
        }

    def _project(self) -> dict[str, Any]:
        project: dict[str, Any] = read_yaml(self._data / "seed" / "project.yaml")
        project["id"] = self._project_id
        for connection in project["connections"]:
            if connection["kind"] == "salesforce":
                connection["client_id"] = self.credentials.client_id
        return project


def _kept_project(path: Path) -> dict[str, Any] | None:
    """Read the project file of an earlier start; None when there is none, or a person has broken it."""
    with suppress(OSError, yaml.YAMLError, UnicodeDecodeError):
        project = read_yaml(path)
        if isinstance(project, dict) and _whole(project.get("connections")):
            return project
    return None


def _whole(connections: Any) -> bool:
    return isinstance(connections, list) and all(
        isinstance(each, dict) and each.get("kind") in ("salesforce", "dialog_insight") for each in connections
    )


def _yaml(value: Mapping[str, Any]) -> bytes:
    text: str = yaml.dump(dict(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    return text.encode()


def write_owner_only(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
