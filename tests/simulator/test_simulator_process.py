"""The process: its ready file, its ports, its side door, its end."""

from __future__ import annotations

import json
import os
import socket
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests
import yaml

from disf_desktop.core.project import Project
from disf_desktop.core.project_rules import problems_of
from tests.simulator.conftest import Simulator

Start = Callable[..., Simulator]
LETTERS_AND_DIGITS = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")


def test_the_ready_file_has_what_the_contract_says(simulator: Simulator) -> None:
    assert set(simulator.ready) == {
        *("salesforce_url", "salesforce_https_url", "ca_file", "access_token", "refresh_token", "client_id"),
        *("client_secret", "username", "password", "dialog_insight_url", "id_key", "key", "projects", "tables"),
        *("project_file", "profile", "secrets", "control_url", "expected", "jwt_key_file"),
    }
    assert simulator.ready["projects"] == {"Newsletter": 123456, "Web forms": 123502}
    assert simulator.ready["tables"] == {"ORDERS": 987}
    assert len(simulator.ready["key"]) == 32
    assert set(simulator.ready["key"]) <= LETTERS_AND_DIGITS


@pytest.mark.skipif(os.name == "nt", reason="Windows has no owner bits")
def test_what_holds_secrets_is_for_its_owner_only(simulator: Simulator) -> None:
    for path in (simulator.ready_file, Path(simulator.ready["secrets"])):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(simulator.ready["profile"]).stat().st_mode) == 0o700


def test_the_project_file_is_whole_and_holds_no_secret(simulator: Simulator) -> None:
    text = Path(simulator.ready["project_file"]).read_text(encoding="utf-8")
    project = Project.model_validate(yaml.safe_load(text))
    assert problems_of(project) == ()
    assert [len(each.mapping.pairs) for each in project.integrations] == [20, 19, 9, 10]
    secrets = yaml.safe_load(Path(simulator.ready["secrets"]).read_text(encoding="utf-8"))
    assert secrets == {
        "salesforce-demo": {"refresh_token": simulator.ready["refresh_token"]},
        "dialog-insight-demo": {"key": simulator.ready["key"]},
    }
    for secret in ("refresh_token", "access_token", "key", "client_secret", "password"):
        assert simulator.ready[secret] not in text


def test_every_mapped_field_exists_in_dialog_insight(simulator: Simulator) -> None:
    project = Project.model_validate(yaml.safe_load(Path(simulator.ready["project_file"]).read_text(encoding="utf-8")))
    info = simulator.call("Projects.Get", idProject=123456).json()["ProjectInfo"]
    codes = {each["Code"] for each in info["ProjectFields"]}
    for integration in project.integrations:
        if integration.table == "Contact":
            assert {pair.target for pair in integration.mapping.pairs} <= codes


def test_both_services_answer_over_http_and_salesforce_over_https(simulator: Simulator) -> None:
    assert simulator.call("Projects.List").json()["Success"] is True
    for address, trust in (
        (simulator.ready["salesforce_url"], None),
        (simulator.ready["salesforce_https_url"], simulator.ready["ca_file"]),
    ):
        reply = requests.get(f"{address}/services/data", timeout=10, verify=trust)
        assert reply.status_code == 200
        assert reply.json()
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{simulator.ready['salesforce_https_url']}/services/data", timeout=10)


def test_the_records_are_read_through_the_side_door(simulator: Simulator) -> None:
    contacts = simulator.lines("salesforce/Contact")
    assert len(contacts) == simulator.ready["expected"]["Contact"]["total"] == 200
    assert {"Id", "Email", "IsDeleted", "SystemModstamp"} <= set(contacts[0])
    subscribers = simulator.lines("dialog-insight/projects/123502/contacts")
    assert len(subscribers) == 5
    assert {"idContact", "f_EMail", "optin_Newsletter", "dtOptin_Newsletter", "active"} <= set(subscribers[0])
    assert simulator.lines("dialog-insight/projects/123456/contacts") == []
    assert simulator.lines("dialog-insight/tables/987/rows") == []


@pytest.mark.parametrize(
    "path",
    ["salesforce/Nothing.ndjson", "dialog-insight/projects/1/contacts.ndjson", "dialog-insight/tables/1/rows.ndjson"],
)
def test_what_does_not_exist_is_not_found(simulator: Simulator, path: str) -> None:
    reply = requests.get(f"{simulator.ready['control_url']}/{path}", timeout=10)
    assert reply.status_code == 404
    assert "There is no" in reply.json()["error"]


def test_a_person_acts_through_the_side_door(simulator: Simulator) -> None:
    door = "dialog-insight/projects/123456/contacts"
    values = {"f_SalesforceID": "003A", "f_EMail": "a@x.example", "optin_Newsletter": 1}
    assert simulator.control(door, {"set": values, "at": "2026.11.02 14:10:00"}) == {"idContact": 1}
    simulator.control(
        door, {"idContact": 1, "set": {"f_City": "Laval", "optin_Newsletter": 0}, "at": "2026.11.03 09:00:00"}
    )
    [stored] = simulator.lines(door)
    assert (stored["f_City"], stored["optin_Newsletter"], stored["dtOptin_Newsletter"], stored["active"]) == (
        *("Laval", 0, "2026.11.03 09:00:00"),
        True,
    )
    assert [each["value"] for each in simulator.control(f"{door}/1/optins")] == [1, 0]
    assert simulator.control(door, {"idContact": 1, "delete": True}) == {"idContact": 1}
    assert simulator.lines(door) == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("faults", [{"fault": "nothing"}]),
        ("faults", [{"fault": "html", "service": "other"}]),
        ("faults", [{"fault": "html", "after": -1}]),
        ("faults", [{"fault": "html", "times": 0}]),
        ("faults", "html"),
        ("clock", {"advance_s": "1"}),
        ("clock", []),
        ("dialog-insight/account", {"strictness": 1}),
        ("dialog-insight/projects/123456/contacts", {"set": {"f_EMail": "nobody"}}),
        (
            "dialog-insight/projects/123456/contacts",
            {"set": {"f_SalesforceID": "1", "f_EMail": "a@x.example"}, "at": "soon"},
        ),
        ("dialog-insight/projects/123456/contacts", {"idContact": "1", "set": {}}),
    ],
)
def test_the_side_door_says_what_it_does_not_understand(simulator: Simulator, path: str, body: object) -> None:
    reply = requests.post(f"{simulator.ready['control_url']}/{path}", json=body, timeout=10)
    assert reply.status_code == 400
    assert reply.json()["error"]


def test_the_names_of_the_faults_are_listed_with_a_line_each(simulator: Simulator) -> None:
    names = simulator.control("faults")
    assert {"reset_after_apply", "quota", "expired_token"} <= set(names)
    assert all(line for line in names.values())


def test_requests_are_counted_with_their_records_and_errors(simulator: Simulator) -> None:
    simulator.control("requests", method="DELETE")
    record = {"ID": {"key_f_SalesforceID": "003A"}, "Data": {"f_EMail": "a@x.example"}}
    simulator.call("Contacts.Merge", idProject=123456, Records=[record, record], MergeOptions={"AllowInsert": True})
    simulator.call("Contacts.Merge", idProject=123456)
    assert simulator.counted("Contacts.Merge") == {"count": 2, "records": 2, "errors": 1}
    simulator.control("requests", method="DELETE")
    assert simulator.control("requests") == []


def test_the_clock_moves_for_both_services(simulator: Simulator) -> None:
    def told() -> datetime:
        return datetime.strptime(simulator.call("Projects.List").headers["Date"], "%a, %d %b %Y %H:%M:%S GMT")

    before = told()
    simulator.control("clock", {"advance_s": 86400})
    assert timedelta(days=1) <= told() - before < timedelta(days=1, minutes=5)
    simulator.control("clock", {"advance_s": -86400})


def test_a_reset_brings_back_the_seed(simulator: Simulator) -> None:
    before = simulator.lines("dialog-insight/projects/123502/contacts")
    door = "dialog-insight/projects/123502/contacts"
    simulator.control(door, {"idContact": 1, "set": {"f_City": "Ailleurs", "active": False}})
    simulator.control("dialog-insight/account", {"strict": False})
    simulator.script("unavailable", times=None)
    simulator.control("reset", {})
    assert simulator.lines(door) == before
    assert simulator.control("dialog-insight/account")["strict"] is True
    assert simulator.call("Contacts.Merge", idProject=123456).status_code == 200


def test_sigterm_ends_it_cleanly(tmp_path: Path, start: Start) -> None:
    simulator = start(tmp_path, "--records", "10").wait_until_ready()
    simulator.call("Projects.List")
    folder = Path(simulator.ready["project_file"]).parent
    assert simulator.end() == (0, "")
    assert not simulator.ready_file.exists()
    assert not folder.exists()


def test_a_taken_port_is_said(tmp_path: Path, start: Start) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        simulator = start(tmp_path, "--records", "10", "--port", str(port))
        simulator.process.wait(timeout=60)
    code, errors = simulator.end()
    assert code == 1
    assert f"Port {port}" in errors
    assert "Traceback" not in errors
    assert not simulator.ready_file.exists()


def test_a_kept_state_is_opened_again_whatever_the_command_line_says(tmp_path: Path, start: Start) -> None:
    state = tmp_path / "state"
    first = start(tmp_path, "--records", "100", "--seed", "7", "--state", str(state)).wait_until_ready()
    record = {"ID": {"key_f_SalesforceID": "003A"}, "Data": {"f_EMail": "a@x.example"}}
    first.call("Contacts.Merge", idProject=123456, Records=[record], MergeOptions={"AllowInsert": True})
    secrets = Path(first.ready["secrets"])
    secrets.write_text("salesforce-demo: {refresh_token: rotated}\n", encoding="utf-8")
    people = first.lines("salesforce/Contact")
    id = yaml.safe_load(Path(first.ready["project_file"]).read_text(encoding="utf-8"))["id"]
    assert first.end(kill=True)[0] != 0, "killed, not ended"
    first.ready_file.unlink()

    again = start(tmp_path, "--records", "5", "--seed", "8", "--state", str(state)).wait_until_ready()
    assert again.lines("salesforce/Contact") == people
    assert len(again.lines("dialog-insight/projects/123456/contacts")) == 1
    assert again.ready["key"] == first.ready["key"]
    assert again.ready["expected"] == first.ready["expected"]
    project = yaml.safe_load(Path(again.ready["project_file"]).read_text(encoding="utf-8"))
    assert project["id"] == id
    assert project["connections"][0]["login_url"] == again.ready["salesforce_url"]
    assert "rotated" in secrets.read_text(encoding="utf-8")


def test_a_state_whose_making_was_interrupted_is_made_anew(tmp_path: Path, start: Start) -> None:
    state = tmp_path / "state"
    state.mkdir()
    (state / "dialog-insight.sqlite").write_bytes(b"half a file")
    simulator = start(tmp_path, "--records", "10", "--state", str(state)).wait_until_ready()
    assert len(simulator.lines("salesforce/Contact")) == 10
    assert json.loads((state / "simulator.json").read_text(encoding="utf-8"))["records"] == 10


def test_two_simulators_do_not_share_a_state(tmp_path: Path, start: Start) -> None:
    state = str(tmp_path / "state")
    first = start(tmp_path, "--records", "10", "--state", state).wait_until_ready()
    other_folder = tmp_path / "other"
    other_folder.mkdir()
    second = start(other_folder, "--records", "10", "--state", state)
    second.process.wait(timeout=60)
    code, errors = second.end()
    assert code == 1
    assert "another simulator" in errors
    assert len(first.lines("salesforce/Contact")) == 10
