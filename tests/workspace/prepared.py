"""A project file whose fields the org does not have yet, and the org's side door."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from disf_desktop.core.errors import DisfError
from disf_desktop.core.preparation import PERMISSION_SET, Component, ComponentState
from disf_desktop.core.preparation_events import Event, PrepareFinished, PrepareWish
from disf_desktop.workspace import Places, Workspace
from tests.services.salesforce_simulator import Simulator

ORG = "salesforce-demo"
ALL = PrepareWish(install=())
FIELDS = {
    "My_Contact_Id__c": {"type": "Text", "length": "64", "externalId": "true", "unique": "true"},
    "My_Optin_Newsletter__c": {"type": "Checkbox"},
    "My_Optin_Newsletter_Date__c": {"type": "DateTime"},
    "My_Optin_Newsletter_Source__c": {"type": "Text", "length": "80"},
    "My_Optin_Promotions__c": {"type": "Picklist"},
    "Birth_Day__c": {"type": "Date"},
}


class Bench:
    """A project file whose fields the org does not have yet, and the org's side door."""

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self.simulator = simulator
        self.folder = folder
        told = Path(simulator.ready["project_file"]).read_text(encoding="utf-8")
        told = told.replace("DI_Optin_", "My_Optin_").replace("DI_Contact_Id__c", "My_Contact_Id__c")
        self.file = folder / "work.disf.yaml"
        self.file.write_text(told.replace("source: Birthdate", "source: Birth_Day__c"), encoding="utf-8")
        self.secrets = folder / "secrets.yaml"
        self.secrets.touch(mode=0o600)
        secrets = {
            ORG: {"refresh_token": simulator.ready["refresh_token"]},
            "dialog-insight-demo": {"key": simulator.ready["key"]},
        }
        self.secrets.write_text(yaml.safe_dump(secrets), encoding="utf-8")
        self.workspace = Workspace(self.file, Places(folder / "profile", self.secrets))

    def prepare(self, wish: PrepareWish | None = None) -> list[Event]:
        return list(self.workspace.prepare(ORG, wish))

    def failing(self, wish: PrepareWish, error: type[DisfError]) -> tuple[list[Event], DisfError]:
        events: list[Event] = []
        with pytest.raises(error) as failure:
            events.extend(self.workspace.prepare(ORG, wish))
        return events, failure.value

    def components(self) -> dict[str, Component]:
        return {each.name: each for each in self.workspace.needed_in(ORG)}

    def states(self) -> set[ComponentState]:
        return {each.state for each in self.components().values()}

    # the side door

    def arrange(self, **told: Any) -> None:
        self.simulator.control("salesforce-setup", told)

    @property
    def setup(self) -> dict[str, Any]:
        told: dict[str, Any] = self.simulator.control("salesforce-setup")
        return told

    def field(self, name: str) -> dict[str, Any] | None:
        return next((f for f in self.setup["fields"] if f["object"] == "Contact" and f["name"] == name), None)

    def permission_set(self) -> dict[str, Any] | None:
        return next((each for each in self.setup["permission_sets"] if each["name"] == PERMISSION_SET), None)

    def deploys(self) -> list[bool]:
        """Give for each deploy whether it was a trial."""
        return [each["checkOnly"] for each in self.setup["deploys"]]

    def pending(self) -> Path:
        return self.folder / "profile" / self.workspace.project.id / f"prepare-{ORG}.json"


def last(events: list[Event]) -> PrepareFinished:
    assert isinstance(events[-1], PrepareFinished)
    return events[-1]


def granted(access: dict[str, Any]) -> set[str]:
    return {each["field"] for each in access["fields"]}


def of(events: list[Event], kind: type[Any]) -> list[Any]:
    return [each for each in events if isinstance(each, kind)]


def org_of(setup: dict[str, Any]) -> dict[str, Any]:
    """Give a set-up as people see it, without Ids and moments: what two orgs that were prepared alike share."""
    kept = ("object", "name", "visible", "editable", "metadata")
    fields = [{name: each[name] for name in kept} for each in setup["fields"]]
    sets = [{name: value for name, value in each.items() if name != "id"} for each in setup["permission_sets"]]
    return {"fields": sorted(fields, key=lambda f: (f["object"], f["name"])), "sets": sets}
