"""The workspace as a face holds it, without a service."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from disf_desktop.core.errors import AuthorizationNeeded, LedgerIsBusy, SettingsError
from disf_desktop.core.history import History
from disf_desktop.storage.lock import RunLock
from disf_desktop.workspace import Places, Workspace

PROJECT: dict[str, Any] = {
    "version": 1,
    "id": "0f3f1c1e-workspace",
    "name": "Essai",
    "connections": [
        {"id": "org", "kind": "salesforce", "name": "Org", "login_url": "https://login.example.org"},
        {"id": "di", "kind": "dialog_insight", "name": "DI", "root_url": "https://di.example.org/ofc4/", "id_key": 7},
    ],
    "projects": [
        {"id": "news", "connection": "di", "id_project": 12, "name": "News", "type": "A", "key": ["SalesforceID"]}
    ],
    "integrations": [
        {
            "name": "Contacts",
            "salesforce": "org",
            "object": "Contact",
            "project": "news",
            "mapping": {"pairs": [{"source": "Id", "target": "SalesforceID", "key": True}]},
        }
    ],
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    path = tmp_path / "essai.disf.yaml"
    path.write_text(yaml.safe_dump(PROJECT), encoding="utf-8")
    return Workspace(path, Places(tmp_path / "profile", tmp_path / "secrets.yaml"))


def test_nothing_that_only_looks_makes_a_profile(workspace: Workspace) -> None:
    assert workspace.status() == History()
    assert (workspace.runs(), workspace.set_aside()) == ((), ())
    assert (workspace.retry(None), workspace.dismiss([1])) == (0, 0)
    assert workspace.check(offline=True) == ()
    assert not workspace.is_authorized("org")
    assert not workspace.places.profile.exists()


def test_a_run_takes_the_lock_only_when_its_first_event_is_asked_for(workspace: Workspace) -> None:
    with RunLock(workspace.places.lock(workspace.project.id)):
        events = workspace.sync()
        with pytest.raises(LedgerIsBusy):
            next(events)


def test_a_run_that_ends_in_an_error_lets_go_of_the_lock_and_the_ledger(workspace: Workspace) -> None:
    for _ in range(2):
        with pytest.raises(AuthorizationNeeded):
            list(workspace.sync())
    assert workspace.ledger_path.exists()


def test_a_run_nobody_follows_to_its_end_lets_go_too(workspace: Workspace) -> None:
    events = workspace.preview()
    events.close()
    with RunLock(workspace.places.lock(workspace.project.id)):
        pass


def test_an_integration_that_is_not_there_is_a_problem_of_settings(workspace: Workspace) -> None:
    with pytest.raises(SettingsError):
        next(workspace.sync("Nobody"))


def test_reload_reads_the_file_as_it_now_is(workspace: Workspace) -> None:
    changed = PROJECT | {"name": "Autre"}
    workspace.path.write_text(yaml.safe_dump(changed), encoding="utf-8")
    assert workspace.project.name == "Essai"
    workspace.reload()
    assert workspace.project.name == "Autre"


def test_a_certificate_file_that_is_missing_is_said_without_asking_a_service(workspace: Workspace) -> None:
    connections = [PROJECT["connections"][0] | {"ca_file": "ca.pem"}, PROJECT["connections"][1]]
    workspace.path.write_text(yaml.safe_dump(PROJECT | {"connections": connections}), encoding="utf-8")
    workspace.reload()
    assert [problem.path for problem in workspace.check()] == ["connections[0].ca_file"]
    (workspace.path.parent / "ca.pem").write_text("there", encoding="utf-8")
    assert workspace.check(offline=True) == ()


def test_a_check_puts_the_schema_for_editors_beside_the_file(workspace: Workspace) -> None:
    assert workspace.check(offline=True) == ()
    schema = json.loads((workspace.path.parent / "disf-project.schema.json").read_text(encoding="utf-8"))
    assert {"connections", "projects", "integrations"} <= set(schema["properties"])


def test_a_copy_of_the_ledger_is_kept_once_a_day(workspace: Workspace) -> None:
    for _ in range(3):
        with pytest.raises(AuthorizationNeeded):
            list(workspace.sync())
    assert len(list((workspace.ledger_path.parent / "backups").iterdir())) == 1


def test_the_secrets_are_kept_where_it_says(workspace: Workspace) -> None:
    assert workspace.secrets_kept_in == str(workspace.places.secrets)
