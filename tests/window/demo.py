"""The rehearsal's project file, open in the real window with both services behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from tests.window.person import Person, asked, at_the_window, eventually, simulator, told

NEWSLETTER = "Newsletter"


class Demo:
    """The person at the window, what both services hold, and what others do there."""

    def __init__(self, person: Person, ready: dict[str, Any]) -> None:
        self.person, self.ready = person, ready
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

    def tell(self, path: str, body: Any) -> None:
        """Tell the services something by their side door."""
        told(f"{self.ready['control_url']}/{path}", body)

    @property
    def _contacts(self) -> str:
        return f"dialog-insight/projects/{self.ready['projects'][NEWSLETTER]}/contacts"

    def send(self) -> None:
        """Send the plan that is shown, once it is there."""
        self.person.click_thing(self.person.part("Send ", kind="button", enabled=True))

    def is_idle(self) -> None:
        """Wait until no run is under way."""
        self.person.see("Sync now", kind="button", enabled=True)


@contextmanager
def opened(folder: Path) -> Iterator[Demo]:
    """Start the services and the window, with the mapping of contacts alone."""
    with simulator(folder, 300) as ready:
        file = Path(ready["project_file"])
        project = yaml.safe_load(file.read_text(encoding="utf-8"))
        project["integrations"] = [each for each in project["integrations"] if each["name"] == "Contacts"]
        file.write_text(yaml.safe_dump(project, allow_unicode=True), encoding="utf-8")
        places = ("--profile", ready["profile"], "--secrets", ready["secrets"])
        with at_the_window(folder, str(file), *places) as (person, _):
            yield Demo(person, ready)


def sync_first(demo: Demo) -> None:
    """Look at the plan of the first run, and send it."""
    demo.person.click("Sync now", kind="button")
    demo.send()
    eventually(lambda: len(demo.contacts()) == demo.everybody, "everybody in Dialog Insight")
    demo.is_idle()
