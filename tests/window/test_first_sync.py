"""A marketing administrator who has never seen the program: from its first start to people in Dialog Insight.

Both services are connected (Salesforce in a real browser), a project is added, its fields are paired by suggestion, the
plan is looked at and sent. Once in English, once in French.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.window.person import Browser, Person, asked, at_a_screen, at_the_window, eventually, simulator

CONTACTS = 200


def connect_salesforce(person: Person, net: Browser, ready: dict[str, Any]) -> None:
    """Add the org by its address and the app's client id, then sign in in the browser."""
    person.click("Add the first connection", kind="button")
    person.fill("Name", "Acme")
    person.pick("Sign in at", "My Domain of the org")
    person.fill("My Domain", ready["salesforce_url"])
    person.fill("Client ID", ready["client_id"])
    person.click("Add connection", kind="button", window=person.words("Add a connection"))
    person.click("Authorize", kind="button")
    net.sign_in(person, ready["username"], ready["password"])
    person.see(ready["username"], own=True)
    net.close()


def connect_dialog_insight(person: Person, ready: dict[str, Any]) -> None:
    """Add the account by its platform, the number of the key and the key."""
    person.click("+ Add connection", kind="button")
    dialog = person.words("Add a connection")
    person.click("Dialog Insight", kind="button", own=True, window=dialog)
    person.pick("Platform", "Another address")
    person.fill("Address of the web services", f"{ready['dialog_insight_url']}/webservices/ofc4/")
    person.fill("Key number", str(ready["id_key"]))
    person.fill("Key", ready["key"])
    person.click("Add connection", kind="button", window=dialog)
    person.part("Newsletter")


def add_project(person: Person, ready: dict[str, Any]) -> None:
    """Take the project for people who come from Salesforce."""
    person.click("Destination projects", kind="tab")
    person.click("Add a destination project", kind="button")
    person.pick("Dialog Insight project", f"Newsletter ({ready['projects']['Newsletter']})", own=True)
    person.click("In Salesforce", kind="button")
    person.click("Add the project", kind="button")
    person.see("Fields read")


def add_mapping(person: Person) -> None:
    """Map contacts, take every pair that is certain, and switch it on."""
    person.click("Object mapping", kind="tab")
    person.click("Add a mapping", kind="button")
    person.pick("Object", "Contact", own=True)
    person.click("Add mapping", kind="button", window=person.words("Add a mapping"))
    certain = person.part("21", kind="button")  # the button says how many
    person.click_thing(certain)
    person.click("Activate", kind="button")
    person.see("Active")


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_the_first_start_to_the_first_sync(tmp_path: Path, language: str) -> None:
    with simulator(tmp_path, CONTACTS) as ready:
        newsletter = f"{ready['control_url']}/dialog-insight/projects/{ready['projects']['Newsletter']}/contacts.ndjson"
        expected = ready["expected"]["Contact"]
        places = ("--profile", str(tmp_path / "profile"), "--secrets", str(tmp_path / "secrets.yaml"))
        with at_the_window(tmp_path, *places, language=language) as (person, net):
            person.click("Connect my accounts…", kind="button")
            person.part(".disf.yaml", kind="line")
            person.key("ctrl+a")
            person.type("Acme newsletter.disf.yaml")
            person.key("Return")
            connect_salesforce(person, net, ready)
            connect_dialog_insight(person, ready)
            add_project(person, ready)
            add_mapping(person)
            person.click("Sync now", kind="button")
            send = person.part(str(expected["valid"]), kind="button", enabled=True)  # the first run shows its plan
            assert asked(newsletter) == []
            person.click_thing(send)
            eventually(lambda: len(asked(newsletter)) == expected["valid"], "everybody in Dialog Insight")
            person.see("Sync now", kind="button", enabled=True)
            person.key("ctrl+q")
        people = asked(newsletter)
        assert all(each["f_EMail"] and each["f_SalesforceID"] for each in people)
        project = (tmp_path / "home" / "Acme newsletter.disf.yaml").read_text(encoding="utf-8")
        assert "source: Email" in project
        assert ready["key"] not in project
