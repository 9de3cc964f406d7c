"""Real records read through the workspace, over the simulator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from disf_desktop.core.errors import DisfError, SettingsError
from disf_desktop.workspace import Places, Workspace
from tests.services.salesforce_simulator import Simulator, running

ORG = "salesforce-demo"


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=60) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def workspace(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("profile")
    secrets = folder / "secrets.yaml"
    secrets.touch(mode=0o600)
    secrets.write_text(yaml.safe_dump({ORG: {"refresh_token": simulator.ready["refresh_token"]}}))
    return Workspace(Path(simulator.ready["project_file"]), Places(folder, secrets))


def test_a_sample_holds_the_raw_values_of_the_fields_asked_for(workspace: Workspace) -> None:
    sample = workspace.sample(ORG, "Contact", ["LastName", "Email", "Account.Name"], limit=25)
    assert sample.fields == ("LastName", "Email", "Account.Name")
    assert len(sample.rows) == 25
    assert all(isinstance(name, str) and name for name in sample.values("lastname"))
    assert any(sample.values("Account.Name"))


def test_a_sample_takes_one_query(workspace: Workspace, simulator: Simulator) -> None:
    simulator.control("requests", method="DELETE")
    workspace.sample(ORG, "Contact", ["LastName"])
    assert simulator.requests()["query"] == 1


def test_the_records_changed_last_come_first(workspace: Workspace) -> None:
    stamps = [str(stamp) for stamp in workspace.sample(ORG, "Contact", ["SystemModstamp"]).values("SystemModstamp")]
    assert len(set(stamps)) > 1
    assert stamps == sorted(stamps, reverse=True)


def test_a_sample_is_of_the_records_that_satisfy_the_filter(workspace: Workspace) -> None:
    name = workspace.sample(ORG, "Contact", ["LastName"]).values("LastName")[0]
    found = workspace.sample(ORG, "Contact", ["LastName"], f"LastName = '{name}'")
    assert set(found.values("LastName")) == {name}


def test_more_fields_than_a_sample_reads_are_left_out(workspace: Workspace) -> None:
    fields = [*workspace.salesforce_schema(ORG, "Contact").fields] * 3
    sample = workspace.sample(ORG, "Contact", [name for name in fields if "Address" not in name], limit=1)
    assert len(sample.fields) <= 120


def test_a_filter_that_salesforce_refuses_is_said_in_its_words(workspace: Workspace) -> None:
    workspace.try_filter(ORG, "Contact", "LastName != null")
    with pytest.raises(SettingsError) as caught:
        workspace.try_filter(ORG, "Contact", "Nothing__c = 1")
    assert "Nothing__c" in caught.value.problems[0].message


def test_a_sample_of_what_is_not_there_is_refused(workspace: Workspace) -> None:
    with pytest.raises(DisfError):
        workspace.sample(ORG, "Contact", ["Nothing__c"])
