"""What an org has, looked at through the workspace, over the simulator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from disf_desktop.core.errors import SchemaChanged
from disf_desktop.core.schema import FieldType
from disf_desktop.workspace import Places, Workspace
from tests.services.salesforce_simulator import Simulator, running


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=20) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def workspace(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Open the project file of the simulator with secrets of its own; a refresh token is good for one sign-in."""
    folder = tmp_path_factory.mktemp("profile")
    secrets = folder / "secrets.yaml"
    secrets.touch(mode=0o600)
    secrets.write_text(yaml.safe_dump({"salesforce-demo": {"refresh_token": simulator.ready["refresh_token"]}}))
    return Workspace(Path(simulator.ready["project_file"]), Places(folder, secrets))


def test_the_objects_of_an_org_are_listed_with_what_can_be_read(workspace: Workspace) -> None:
    found = {told.name: told for told in workspace.objects("salesforce-demo")}
    assert {"Account", "Contact", "Lead"} <= found.keys()
    assert found["Contact"].queryable
    assert not found["Contact"].custom
    assert found["Contact"].label == "Contact"
    assert any(told.custom for told in found.values())


def test_a_list_of_objects_takes_one_call(workspace: Workspace, simulator: Simulator) -> None:
    simulator.control("requests", method="DELETE")
    workspace.objects("salesforce-demo")
    assert simulator.requests()["describe_global"] == 1


def test_the_fields_of_a_related_record_are_read_through_the_lookup(workspace: Workspace) -> None:
    found = {field.name: field for field in workspace.related_fields("salesforce-demo", "Contact", "Account")}
    name = found["Account.Name"]
    assert (name.label, name.type) == ("Account ▸ Account Name", FieldType.TEXT)
    assert not any((name.updatable, name.creatable, name.required, name.key))
    assert all(each.startswith("Account.") for each in found)


def test_an_owner_is_a_user_before_anything_else(workspace: Workspace) -> None:
    found = {field.name for field in workspace.related_fields("salesforce-demo", "Contact", "owner")}
    assert "Owner.Email" in found or "Owner.Username" in found


def test_a_lookup_that_is_not_there_is_said(workspace: Workspace) -> None:
    with pytest.raises(SchemaChanged):
        workspace.related_fields("salesforce-demo", "Contact", "Nothing__r")
