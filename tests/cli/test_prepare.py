"""`disf prepare` as a process: from nothing to a first good sync, refusals, kills, removal, the package."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.cli.conftest import PATIENCE_S, Desk, Told, finished

ORG = "salesforce-demo"
NEEDED = (
    "DI_Contact_Id__c",
    "DI_Optin_Newsletter__c",
    "DI_Optin_Newsletter_Date__c",
    "DI_Optin_Newsletter_Source__c",
    "DI_Optin_Promotions__c",
)
PACKAGE = "04t5g000000Made"


def fresh(disf: Desk) -> None:
    """Take from the org all that the project needs, and switch the births on."""
    gone = [{"object": "Contact", "name": name, "remove": True} for name in NEEDED]
    disf.control("salesforce-setup", {"fields": gone})
    project = disf.project
    for each in project["integrations"]:
        each["enabled"] = each["name"] in ("Contacts", "Web sign-ups")
    # Everybody is looked up in each run, so that nobody's opt-in waits for a turn.
    project["projects"][0]["finding"] = {"lookups_per_run": 1000}
    disf.project = project


def prepare(disf: Desk, *words: str, **more: Any) -> Told:
    return disf("prepare", ORG, *words, **more)


def setup(disf: Desk) -> dict[str, Any]:
    told: dict[str, Any] = disf.control("salesforce-setup")
    return told


def people(disf: Desk) -> list[dict[str, Any]]:
    reply = requests.get(f"{disf.ready['control_url']}/salesforce/Contact.ndjson", timeout=30)
    return [json.loads(line) for line in reply.text.splitlines()]


def contacts(disf: Desk, project: str) -> list[dict[str, Any]]:
    path = f"dialog-insight/projects/{disf.ready['projects'][project]}/contacts.ndjson"
    reply = requests.get(f"{disf.ready['control_url']}/{path}", timeout=30)
    return [json.loads(line) for line in reply.text.splitlines()]


def deploys(disf: Desk) -> list[bool]:
    """Give for each deploy whether it was a trial."""
    return [each["checkOnly"] for each in setup(disf)["deploys"]]


def noted(disf: Desk) -> str:
    """Give the id of the deploy that the profile remembers."""
    return "".join(json.loads(each.read_bytes())["id"] for each in disf.profile.glob("*/prepare-*.json"))


def until(condition: Callable[[], bool], what: str) -> None:
    last = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < last, what
        time.sleep(0.02)


def test_a_fresh_org_goes_from_nothing_to_a_first_good_sync_by_this_command_alone(disf: Desk) -> None:
    fresh(disf)
    checked = disf("check")
    assert checked.code == 1
    ways_out = [each["what_to_do"] for each in checked.of("problem")]
    assert ways_out
    assert all(f"disf prepare {disf.file} {ORG} --install all" in each for each in ways_out)
    refused = disf("sync")
    assert refused.code == 1
    assert sorted(each["what_to_do"] for each in refused.of("error")) == sorted(ways_out)

    looked = prepare(disf, "--check")
    assert looked.code == 3
    assert {each["name"] for each in looked.of("component")} == {*NEEDED, "Dialog_Insight_Sync"}
    assert deploys(disf) == []

    everything = ("--install", "all", "--users", "all")
    installed = prepare(disf, *everything)
    assert installed.code == 0
    assert [each["id"] for each in installed.of("component_installed")][-1] == "Dialog_Insight_Sync"
    given = installed.the("access_given")["given"]
    assert given > 1
    assert installed.the("prepare_finished")["changed"] == len(NEEDED) + 1 + given
    assert disf("check").code == 0
    first = disf("sync")
    assert first.code in (0, 3)
    assert not first.of("error")
    born = [row for row in people(disf) if row["DI_Contact_Id__c"]]
    assert len(born) == first.the("run_finished")["salesforce"]["created"] > 0
    for _ in range(2):
        # An opt-in waits until Salesforce's last save is two seconds old, and until the newsletter was read too.
        disf.control("clock", {"advance_s": 120})
        disf("sync")
    arrived = {row["DI_Contact_Id__c"]: row["DI_Optin_Newsletter__c"] for row in people(disf)}
    signed_up = [each for each in contacts(disf, "Web forms") if each["optin_Newsletter"] == 1]
    assert signed_up
    project = disf.ready["projects"]["Web forms"]
    assert all(arrived[f"{project}:{each['idContact']}"] for each in signed_up)

    before = setup(disf)
    again = prepare(disf, *everything)
    assert (again.code, again.the("prepare_finished")["changed"]) == (0, 0)
    assert setup(disf) == before


def test_the_second_time_nothing_is_done_and_no_deploy_is_made(disf: Desk) -> None:
    fresh(disf)
    prepare(disf, "--install", "all")
    before = setup(disf)
    again = prepare(disf, "--install", "all")
    assert (again.code, again.the("prepare_finished")["changed"]) == (0, 0)
    assert setup(disf) == before


def test_a_conflict_is_left_alone_and_the_sync_that_needs_the_field_is_refused_with_the_reason(disf: Desk) -> None:
    fresh(disf)
    wrong = {"object": "Contact", "name": "DI_Contact_Id__c", "type": "Number", "precision": "9", "scale": "0"}
    disf.control("salesforce-setup", {"fields": [wrong]})
    before = [each for each in setup(disf)["fields"] if each["name"] == "DI_Contact_Id__c"]
    told = prepare(disf, "--install", "all")
    assert told.code == 3
    conflict = next(each for each in told.of("component") if each["name"] == "DI_Contact_Id__c")
    assert (conflict["state"], conflict["conflict"]) == ("conflict", "other_type")
    assert conflict["message"]
    assert [each for each in setup(disf)["fields"] if each["name"] == "DI_Contact_Id__c"] == before
    refused = disf("sync", "--integration", "Web sign-ups")
    assert refused.code == 1
    reason = next(each for each in refused.of("error") if each["where"].endswith("external_id"))
    assert "left alone" in reason["what_to_do"]
    component = "Contact.DI_Contact_Id__c"
    assert reason["in_org"] == {"connection": ORG, "component": component, "left_alone": True}


def test_a_user_without_rights_is_told_which_and_who_gives_it(disf: Desk) -> None:
    fresh(disf)
    disf.control("salesforce-setup", {"rights": {"ModifyMetadata": False, "ModifyAllData": False}})
    told = prepare(disf, "--install", "all")
    assert told.code == 1
    error = told.the("error")
    assert error["code"] == "access"
    assert "“Modify Metadata Through Metadata API Functions”" in error["message"]
    assert "administrator" in error["what_to_do"]


@pytest.mark.parametrize("trial", [True, False])
def test_a_kill_in_the_middle_of_an_install_ends_in_the_same_state(disf: Desk, trial: bool) -> None:
    fresh(disf)
    disf.control("salesforce-setup", {"deploy": {"seconds": 0.6}})
    process = disf.start("prepare", str(disf.file), ORG, "--install", "all", *disf.places, "--json")
    until(lambda: deploys(disf)[-1:] == [trial] and noted(disf) == setup(disf)["deploys"][-1]["id"], "no deploy began")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    told = prepare(disf, "--install", "all")
    assert told.code == 0
    assert told.the("prepare_finished")["installed"] == len(NEEDED) + 1
    assert deploys(disf).count(False) == 1, "a second deploy was begun beside the first"
    assert not list(disf.profile.glob("*/prepare-*.json"))
    fields = [each["name"] for each in setup(disf)["fields"] if each["object"] == "Contact"]
    assert sorted(set(fields)) == sorted(fields)


def test_a_signal_ends_the_wait_and_says_that_it_was_asked_for(disf: Desk) -> None:
    fresh(disf)
    disf.control("salesforce-setup", {"deploy": {"stall": True}})
    process = disf.start("prepare", str(disf.file), ORG, "--install", "all", *disf.places, "--json")
    until(lambda: bool(deploys(disf)), "no deploy began")
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    told = finished(process)
    assert (told.code, told.the("error")["code"]) == (4, "stopped")
    disf.control("salesforce-setup", {"deploy": {"stall": False}})
    assert prepare(disf, "--install", "all").code == 0


def test_components_and_users_are_named_one_after_the_other(disf: Desk) -> None:
    fresh(disf)
    words = ("--install", "Contact.DI_Contact_Id__c", "Contact.DI_Optin_Promotions__c", "--users")
    told = prepare(disf, *words, disf.ready["username"], "all")
    assert told.code == 3, "some are missing still"
    assert {each["id"] for each in told.of("component_installed")} == {
        "Contact.DI_Contact_Id__c",
        "Contact.DI_Optin_Promotions__c",
        "Dialog_Insight_Sync",
    }
    assert told.the("access_given")["given"] >= 1


def test_a_removal_shows_what_would_be_lost_and_waits_for_the_name(disf: Desk) -> None:
    fresh(disf)
    prepare(disf, "--install", "all")
    asked = prepare(disf, "--remove", "all")
    assert asked.code == 2
    assert {each.get("records") for each in asked.of("component") if each["kind"] == "field"} == {0}
    removed = prepare(disf, "--remove", "all", "--confirm", "Rehearsal org")
    assert removed.code == 0
    assert len(removed.of("component_removed")) == len(NEEDED) + 1
    assert not {each["name"] for each in setup(disf)["fields"] if each["object"] == "Contact"} & set(NEEDED)


def test_a_package_is_installed_from_its_link_after_its_domains_were_shown(disf: Desk) -> None:
    offer = {"key": PACKAGE, "name": "Dialog Insight", "version": "1.4.0", "sites": ["https://app.example.com"]}
    disf.control("salesforce-setup", {"packages": [offer]})
    link = f"https://login.salesforce.com/packaging/installPackage.apexp?p0={PACKAGE}"
    shown = prepare(disf, "--package", link)
    assert shown.code == 3
    assert shown.the("package")["domains"] == ["app.example.com"]
    assert any("app.example.com" in each["message"] for each in shown.of("notice"))
    assert setup(disf)["packages"]["installed"] == []
    told = prepare(disf, "--package", link, "--approve-domains", "--password-stdin", given="\n")
    assert [each["state"] for each in told.of("package")] == ["absent", "installed"]
    assert [each["key"] for each in setup(disf)["packages"]["installed"]] == [PACKAGE]


def test_a_package_that_may_serve_the_same_project_is_warned_of_and_no_sync_asks_for_it(disf: Desk) -> None:
    disf.only("Contacts")
    offer = {"key": PACKAGE, "name": "Dialog Insight", "version": "1.4.0", "installed": True}
    disf.control("salesforce-setup", {"packages": [offer]})
    for words in (("--check",), ("--install", "all")):
        [warning] = [each for each in prepare(disf, *words).of("notice") if each["code"] == "two_integrations"]
        assert "Newsletter" in warning["message"]
        assert "DI Destination Projects" in warning["what_to_do"]
    disf.control("requests", method="DELETE")
    assert disf("check").code == 0
    assert disf("sync").code in (0, 3)
    asked = {each["call"] for each in disf.control("requests") if each["service"] == "salesforce"}
    assert "batch" in asked
    assert not {each for each in asked if "tooling" in each or "package" in each}


def test_a_name_conflict_installs_nothing(disf: Desk) -> None:
    offer = {"key": PACKAGE, "name": "Dialog Insight", "version": "1.4.0"}
    disf.control("salesforce-setup", {"packages": [{**offer, "components": ["CustomField Contact.VIP__c"]}]})
    told = prepare(disf, "--package", PACKAGE, "--approve-domains")
    assert (told.code, told.the("error")["code"]) == (1, "package")
    assert setup(disf)["packages"]["installed"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("nothing-there",),
        ("dialog-insight-demo",),
        (ORG, "--check", "--install", "all"),
        (ORG, "--install", "all", "--remove", "all"),
        (ORG, "--install", "all", "Contact.X__c"),
        (ORG, "--admins-only"),
        (ORG, "--install", "Contact.Unknown__c"),
        (ORG, "--package", "https://example.org/nothing"),
        (ORG, "--users", "nobody@example.org"),
    ],
)
def test_what_cannot_be_meant_is_wrong_use_and_changes_nothing(disf: Desk, words: tuple[str, ...]) -> None:
    before = setup(disf)
    told = disf("prepare", *words)
    assert (told.code, told.of("error")[0]["code"]) == (2, "usage")
    assert setup(disf) == before


def test_who_may_not_look_at_the_set_up_is_told_what_is_known_and_which_right_shows_the_rest(disf: Desk) -> None:
    disf.control("salesforce-setup", {"fields": [{"object": "Contact", "name": NEEDED[0], "remove": True}]})
    disf.control("salesforce-setup", {"rights": {"ViewSetup": False}})
    told = prepare(disf, "--check")
    assert told.code == 3
    states = {each["name"]: (each["state"], each["unsure"]) for each in told.of("component")}
    assert states == {
        **dict.fromkeys(NEEDED[1:], ("installed", False)),
        **dict.fromkeys((NEEDED[0], "Dialog_Insight_Sync"), ("missing", True)),
    }
    assert "“View Setup and Configuration”" in told.the("notice")["message"]
    assert told.the("prepare_finished")["unsure"] == 2
    assert "2 not seen by our user" in prepare(disf, json=False).out


def test_what_cannot_go_on_beside_another_wish_is_wrong_use(disf: Desk) -> None:
    told = prepare(disf, "--go-on", "--install", "all")
    assert (told.code, told.the("error")["code"]) == (2, "usage")
    assert prepare(disf, "--go-on").code in (0, 3)


def test_a_person_reads_a_table_and_what_is_to_be_done(disf: Desk) -> None:
    fresh(disf)
    looked = prepare(disf, json=False)
    assert looked.code == 3
    assert "DI_Contact_Id__c" in looked.out
    assert "receives the opt-in “Newsletter”" in looked.out
    assert "6 missing" in looked.out
    installed = prepare(disf, "--install", "all", json=False)
    # What is needed is told as it was before, and what was done after it.
    assert installed.out.index("missing") < installed.out.index("6 installed. 7 changed.")
    told = prepare(disf, "--remove", "all", json=False)
    assert "records with a value" in told.out
    assert "--confirm" in told.err


def test_no_secret_and_no_password_is_written_down(disf: Desk) -> None:
    fresh(disf)
    disf.control("salesforce-setup", {"deploy": {"stall": True}})
    process = disf.start("prepare", str(disf.file), ORG, "--install", "all", *disf.places, "--json", "-v")
    until(lambda: bool(list(disf.profile.glob("*/prepare-*.json"))), "nothing was noted")
    [note] = disf.profile.glob("*/prepare-*.json")
    until(lambda: bool(json.loads(note.read_text(encoding="utf-8"))["id"]), "no id was noted")
    process.kill()
    process.communicate()
    assert set(json.loads(note.read_text(encoding="utf-8"))) == {
        *("kind", "org_id", "at", "id", "components", "asked", "users")
    }
    assert Path(note).stat().st_mode & 0o077 == 0
    disf.control("salesforce-setup", {"deploy": {"stall": False}})
