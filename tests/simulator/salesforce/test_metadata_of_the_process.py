"""The set-up of a simulator as a process: kept over a restart and a kill, shown and arranged by its side door."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from disf_desktop.simulator.salesforce import Org
from disf_desktop.simulator.seed import credentials
from disf_desktop.simulator.world import World
from tests.simulator.conftest import DATA, PATIENCE_S, Simulator
from tests.simulator.salesforce.packages_of_metadata import TEXT, package, readable, zipped

API = "/services/data/v68.0"
FILES = package({"Contact.DI_Ours__c": TEXT}, {"DI": readable("Contact.DI_Ours__c")})


def ask(simulator: Simulator, method: str, path: str, body: Any = None, **more: Any) -> Any:
    headers = {"Authorization": f"Bearer {simulator.ready['access_token']}"}
    address = simulator.ready["salesforce_url"] + API + path
    reply = simulator.http.request(method, address, json=body, headers=headers, timeout=10, **more)
    assert reply.status_code < 300, reply.text
    return reply.json() if reply.content else None


def begin(simulator: Simulator, files: Mapping[str, str] = FILES) -> str:
    told = json.dumps({"deployOptions": {"rollbackOnError": True, "singlePackage": True}})
    parts: Any = {"json": (None, told, "application/json"), "file": ("x.zip", zipped(files), "application/zip")}
    return str(ask(simulator, "POST", "/metadata/deployRequest", files=parts)["id"])


def status(simulator: Simulator, deploy_id: str) -> str:
    return str(ask(simulator, "GET", f"/metadata/deployRequest/{deploy_id}")["deployResult"]["status"])


def ended(simulator: Simulator, deploy_id: str) -> str:
    until = time.monotonic() + PATIENCE_S
    while (found := status(simulator, deploy_id)) in ("Pending", "InProgress", "Canceling"):
        assert time.monotonic() < until
    return found


def fields(simulator: Simulator) -> dict[str, Any]:
    return {each["name"]: each for each in ask(simulator, "GET", "/sobjects/Contact/describe")["fields"]}


def assign(simulator: Simulator) -> None:
    [found] = ask(simulator, "GET", "/query", params={"q": "SELECT Id FROM PermissionSet WHERE Name = 'DI'"})["records"]
    user = ask(simulator, "GET", "/query", params={"q": "SELECT Id FROM User WHERE Username LIKE 'integration%'"})
    row = {"AssigneeId": user["records"][0]["Id"], "PermissionSetId": found["Id"]}
    ask(simulator, "POST", "/sobjects/PermissionSetAssignment", row)


def test_what_an_administrator_made_outlasts_a_restart_and_goes_with_a_reset(
    start: Callable[..., Simulator], tmp_path: Path
) -> None:
    arguments = ("--records", "20", "--state", str(tmp_path / "state"))
    first = start(tmp_path, *arguments).wait_until_ready()
    deploy_id = begin(first)
    assert ended(first, deploy_id) == "Succeeded"
    assign(first)
    made = ask(first, "POST", "/sobjects/Contact", {"LastName": "Kept", "DI_Ours__c": "value"})["id"]
    before, described = first.control("salesforce-setup"), fields(first)
    assert first.end()[0] == 0

    second = start(tmp_path, *arguments).wait_until_ready()
    assert second.control("salesforce-setup") == before
    assert fields(second) == described
    assert ask(second, "GET", f"/sobjects/Contact/{made}")["DI_Ours__c"] == "value"
    assert status(second, deploy_id) == "Succeeded"
    second.control("salesforce-setup", {"rights": {"ModifyMetadata": False}, "deploy": {"seconds": 2}})
    second.control("reset", {})
    assert "DI_Ours__c" not in fields(second)
    after = second.control("salesforce-setup")
    assert (after["permission_sets"], after["deploys"], after["rights"]["ModifyMetadata"]) == ([], [], True)


def test_a_deployment_that_a_kill_interrupts_goes_on_in_the_next_process(
    start: Callable[..., Simulator], tmp_path: Path
) -> None:
    arguments = ("--records", "20", "--state", str(tmp_path / "state"))
    first = start(tmp_path, *arguments).wait_until_ready()
    first.control("salesforce-setup", {"deploy": {"stall": True}})
    deploy_id = begin(first)
    until = time.monotonic() + PATIENCE_S
    while status(first, deploy_id) != "InProgress":
        assert time.monotonic() < until
    first.end(kill=True)
    (tmp_path / "ready.json").unlink(missing_ok=True)

    second = start(tmp_path, *arguments).wait_until_ready()
    assert status(second, deploy_id) in ("Pending", "InProgress")
    second.control("salesforce-setup", {"deploy": {"stall": False}})
    assert ended(second, deploy_id) == "Succeeded"
    [field] = [each for each in second.control("salesforce-setup")["fields"] if each["name"] == "DI_Ours__c"]
    assert field["visible"] is False


def test_a_store_of_before_there_was_set_up_gets_one(tmp_path: Path) -> None:
    path = tmp_path / "org.sqlite"
    org = Org(path, World(1), DATA / "describe", credentials(1))
    org.load("Contact", [{"LastName": "Old"}])
    org.close()
    with sqlite3.connect(path) as old:
        for name in ("_setting", "_deploy", "CustomField", "EntityDefinition", "PermissionSet", "FieldPermissions"):
            old.execute(f'DROP TABLE "{name}"')
        old.execute('DELETE FROM "Profile"')
    old.close()
    org = Org(path, World(1), DATA / "describe", credentials(1))
    assert [each["LastName"] for each in org.rows("Contact")] == ["Old"]
    assert org.view["Contact"].has("Legacy_Id__c")
    assert "Legacy_Id__c" in org.customization.fields("Contact")
    org.close()
