"""The rehearsal's project file, open in the real window with both services behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from tests.window.person import Person, asked, at_the_window, eventually, simulator, told

CONTACTS = 300
NEWSLETTER = "Newsletter"


class Demo:
    """The person at the window, what both services hold, and what others do there."""

    def __init__(self, person: Person, ready: dict[str, Any]) -> None:
        self.person, self.ready = person, ready
        self.file = Path(ready["project_file"])
        self.everybody: int = ready["expected"]["Contact"]["valid"]

    def contacts(self) -> list[dict[str, Any]]:
        """Give who is in the Newsletter project of Dialog Insight."""
        return asked(f"{self.ready['control_url']}/{self._contacts}.ndjson")

    def contact_of(self, rid: str) -> dict[str, Any]:
        """Give the Newsletter contact of a Salesforce record."""
        return next(row for row in self.contacts() if row["f_SalesforceID"] == rid)

    def people(self) -> dict[str, dict[str, Any]]:
        """Give the contacts of Salesforce by their Id."""
        return {row["Id"]: row for row in asked(f"{self.ready['control_url']}/salesforce/Contact.ndjson")}

    def in_salesforce(self, rid: str, **fields: Any) -> None:
        """Let somebody edit a contact in Salesforce."""
        self.tell("salesforce/Contact", {"Id": rid, "set": fields})

    def in_dialog_insight(self, rid: str, **fields: Any) -> None:
        """Let somebody edit the contact of a Salesforce record in Dialog Insight."""
        self.tell(self._contacts, {"idContact": self.contact_of(rid)["idContact"], "set": fields})

    def later(self) -> None:
        """Let some time pass on both services."""
        self.tell("clock", {"advance_s": 300})

    def tell(self, path: str, body: Any) -> None:
        """Tell the services something by their side door."""
        told(f"{self.ready['control_url']}/{path}", body)

    @property
    def _contacts(self) -> str:
        return f"dialog-insight/projects/{self.ready['projects'][NEWSLETTER]}/contacts"

    def pair(self, target: str) -> dict[str, Any] | None:
        """Give the pair of a Dialog Insight field, as the project file has it now."""
        return pair_of(yaml.safe_load(self.file.read_text(encoding="utf-8")), target)

    def sync_first(self) -> None:
        """Look at the plan of the first run, and send it."""
        self.person.click("Sync now", kind="button")
        self.person.click_thing(self.person.part(str(self.everybody), kind="button", enabled=True))
        eventually(lambda: len(self.contacts()) == self.everybody, "everybody in Dialog Insight")
        self.is_idle()

    def is_idle(self) -> None:
        """Wait until no run is under way."""
        self.person.see("Sync now", kind="button", enabled=True)


def pair_of(project: dict[str, Any], target: str) -> dict[str, Any] | None:
    """Give the pair of a Dialog Insight field in the mapping of contacts."""
    [contacts] = [each for each in project["integrations"] if each["name"] == "Contacts"]
    return next((each for each in contacts["mapping"]["pairs"] if each["target"] == target), None)


@contextmanager
def opened(folder: Path, language: str = "en", asking_about: str = "") -> Iterator[Demo]:
    """Start the services and the window, with the mapping of contacts alone.

    Where both sides have changed `asking_about`, a Dialog Insight field, the person is asked.
    """
    with simulator(folder, CONTACTS) as ready:
        file = Path(ready["project_file"])
        project = yaml.safe_load(file.read_text(encoding="utf-8"))
        project["integrations"] = [each for each in project["integrations"] if each["name"] == "Contacts"]
        if asking_about:
            pair = pair_of(project, asking_about)
            assert pair is not None
            pair.update(direction="both", conflict="ask")
        file.write_text(yaml.safe_dump(project, allow_unicode=True), encoding="utf-8")
        places = ("--profile", ready["profile"], "--secrets", ready["secrets"])
        with at_the_window(folder, str(file), *places, language=language) as (person, _):
            yield Demo(person, ready)
