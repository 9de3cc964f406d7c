"""A project of the simulator, run by the workspace's own verbs over HTTP, and people who act on both sides."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from disf_desktop.core.events import Event, OperationPlanned, RunFinished, Summary
from disf_desktop.workspace import Places, Workspace
from tests.services.salesforce_simulator import Simulator

WRITES = ("Contacts.Merge", "RelationalTables.Merge", "collections_create", "collections_update", "update", "create")
Change = Callable[[dict[str, Any]], None]


class Rehearsal:
    """One profile and one project file over a running simulator that is back at its seed."""

    def __init__(self, simulator: Simulator, folder: Path, change: Change = lambda project: None) -> None:
        simulator.clean()
        simulator.control("dialog-insight/account", {"kind": "equality"})
        self.simulator = simulator
        ready = simulator.ready
        project: dict[str, Any] = yaml.load(Path(ready["project_file"]).read_bytes(), yaml.CSafeLoader)
        for destination in project["projects"]:
            destination["finding"] = {"lookups_per_run": 10_000}
        change(project)
        self.project = project
        self.file = folder / "both-ways.disf.yaml"
        self.file.write_text(yaml.dump(project, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")
        secrets = folder / "secrets.yaml"
        secrets.write_bytes(Path(ready["secrets"]).read_bytes())
        secrets.chmod(0o600)
        self.workspace = Workspace(self.file, Places(folder / "profile", secrets))
        self.newsletter: int = ready["projects"]["Newsletter"]
        self.web_forms: int = ready["projects"]["Web forms"]
        self.told: list[Event] = []

    # -- verbs -----------------------------------------------------------------------------------------------------

    def sync(self, *names: str, **more: Any) -> Summary:
        """Run, and give the figures of the whole."""
        self.told = list(self.workspace.sync(names or None, **more))
        [finished] = [event for event in self.told if isinstance(event, RunFinished)]
        self.run = finished.run
        return finished.total

    def operations(self) -> list[OperationPlanned]:
        return [event for event in self.told if isinstance(event, OperationPlanned)]

    def writes(self) -> Counter[str]:
        """Count the records that were written since the last time, by call."""
        told = self.simulator.control("requests")
        self.simulator.control("requests", method="DELETE")
        return Counter({each["call"]: each["records"] for each in told if each["call"] in WRITES and each["records"]})

    # -- what both sides hold -----------------------------------------------------------------------------------------

    def people(self, sobject: str = "Contact", *, deleted: bool = False) -> dict[str, dict[str, Any]]:
        """Give the records of an object by Id."""
        text = self._ndjson(f"salesforce/{sobject}.ndjson")
        return {row["Id"]: row for row in text if deleted or not row.get("IsDeleted")}

    def contacts(self, project: int | None = None) -> dict[int, dict[str, Any]]:
        """Give the contacts of a project by idContact."""
        text = self._ndjson(f"dialog-insight/projects/{project or self.newsletter}/contacts.ndjson")
        return {row["idContact"]: row for row in text}

    def contact_of(self, rid: str) -> dict[str, Any]:
        """Give the Newsletter contact of a Salesforce record."""
        [found] = [row for row in self.contacts().values() if row["f_SalesforceID"] == rid]
        return found

    def orders(self) -> list[dict[str, Any]]:
        return self._ndjson(f"dialog-insight/tables/{self.simulator.ready['tables']['ORDERS']}/rows.ndjson")

    def _ndjson(self, path: str) -> list[dict[str, Any]]:
        reply = self.simulator.http.get(f"{self.simulator.ready['control_url']}/{path}", timeout=30)
        reply.raise_for_status()
        return [json.loads(line) for line in reply.text.split("\n") if line]

    # -- people who act ------------------------------------------------------------------------------------------------

    def in_salesforce(self, rid: str | None = None, sobject: str = "Contact", **fields: Any) -> str:
        body: dict[str, Any] = {"set": fields} if rid is None else {"Id": rid, "set": fields}
        made: str = self.simulator.control(f"salesforce/{sobject}", body)["Id"]
        return made

    def delete_in_salesforce(self, rid: str, sobject: str = "Contact") -> None:
        self.simulator.control(f"salesforce/{sobject}", {"Id": rid, "delete": True})

    def undelete_in_salesforce(self, rid: str, sobject: str = "Contact") -> None:
        self.simulator.control(f"salesforce/{sobject}", {"Id": rid, "undelete": True})

    def in_dialog_insight(
        self, contact: int | None = None, *, project: int | None = None, at: str | None = None, **fields: Any
    ) -> int:
        body: dict[str, Any] = {"set": fields}
        if contact is not None:
            body["idContact"] = contact
        if at is not None:
            body["at"] = at
        made: int = self.simulator.control(f"dialog-insight/projects/{project or self.newsletter}/contacts", body)[
            "idContact"
        ]
        return made

    def later(self, seconds: int = 120) -> None:
        """Let some time pass on both services."""
        self.simulator.control("clock", {"advance_s": seconds})

    def valid(self, number: int, sobject: str = "Contact") -> list[str]:
        """Give the Ids of some records that are in the Newsletter project."""
        there = {row["f_SalesforceID"] for row in self.contacts().values()}
        return [rid for rid in self.people(sobject) if rid in there][:number]


def integration(project: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Give an integration of a project file by its name."""
    found: dict[str, Any] = next(each for each in project["integrations"] if each["name"] == name)
    return found


def only(*names: str) -> Change:
    """Switch on these integrations and no others."""

    def change(project: dict[str, Any]) -> None:
        for each in project["integrations"]:
            each["enabled"] = each["name"] in names

    return change


def pair(integration: Mapping[str, Any], target: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in integration["mapping"]["pairs"] if each["target"] == target)
    return found


def together(*changes: Change) -> Change:
    def change(project: dict[str, Any]) -> None:
        for each in changes:
            each(project)

    return change


def sequence(values: Sequence[Any]) -> list[Any]:
    return list(values)
