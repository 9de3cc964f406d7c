"""A client from yet other hands, in another language."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.salesforce.conftest import CREDENTIALS, Service
from tests.simulator.salesforce.packages_of_metadata import TEXT, package, readable, zipped

FOLDER = Path(__file__).parent / "jsforce"
NODE, NPM = shutil.which("node"), shutil.which("npm")


@pytest.fixture(scope="module")
def installed() -> None:
    """Install what package-lock.json names, once."""
    if not NODE or not NPM:
        pytest.skip("node and npm are not on this machine: jsforce cannot be tried")
    if not (FOLDER / "node_modules" / "jsforce" / "package.json").exists():
        done = subprocess.run([NPM, "ci"], cwd=FOLDER, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr


def run(script: str, smoke: dict[str, Any]) -> dict[str, Any]:
    """Run a script of the folder; return what it told."""
    environment = {**os.environ, "SMOKE": json.dumps(smoke), "NO_PROXY": "127.0.0.1"}
    assert NODE
    done = subprocess.run(
        [NODE, script], cwd=FOLDER, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.usefixtures("installed")
def test_the_calls_of_jsforce_work(salesforce: Service) -> None:
    salesforce.org.load("Contact", [{"LastName": f"Page {number}"} for number in range(2_500)])
    smoke = {
        "instanceUrl": salesforce.url,
        "accessToken": CREDENTIALS.access_token,
        "username": CREDENTIALS.username,
        "password": CREDENTIALS.password,
        "clientId": CREDENTIALS.client_id,
        "clientSecret": CREDENTIALS.client_secret,
    }
    told = run("smoke.mjs", smoke)
    assert len(told.pop("found")) == 3
    assert {"Contact", "Order__c"} <= set(told.pop("objects"))
    assert told.pop("updated") >= 2_503
    assert told["login"].pop("url").startswith(salesforce.url)
    described = salesforce.get("sobjects/Contact/describe").json()
    bulk = told.pop("bulk")
    assert (bulk["good"], bulk["left"], len(bulk["bad"])) == (1, 0, 1)
    assert bulk["bad"][0].startswith("STRING_TOO_LONG:")
    assert told == {
        "login": {"id": CREDENTIALS.user_id, "organizationId": CREDENTIALS.org_id},
        "identity": CREDENTIALS.user_id,
        "versions": ["64.0", "65.0", "66.0", "67.0", "68.0"],
        "fields": len(described["fields"]),
        "query": "Éloïse",
        "pages": 2_509,
        "retrieved": "Élodie Gagné",
        "upserted": [True, False],
        "deleted": True,
        "collection": [True, "REQUIRED_FIELD_MISSING"],
        "upsertedMany": [False, True],
        "retrievedMany": ["Trois"],
        "destroyedMany": [True],
        "gone": 2,
        "bulkQuery": ["Vrac"],
        "refusal": "INVALID_FIELD",
        "usage": 100_000,
    }


@pytest.mark.usefixtures("installed")
def test_the_deployments_of_jsforce_work(salesforce: Service) -> None:
    files = package({"Contact.DI_Ours__c": TEXT}, {"DI": readable("Contact.DI_Ours__c")})
    smoke = {
        "instanceUrl": salesforce.url,
        "accessToken": CREDENTIALS.access_token,
        "userId": CREDENTIALS.user_id,
        "zip": base64.b64encode(zipped(files)).decode(),
    }
    assert run("deploy.mjs", smoke) == {
        "checked": ["Succeeded", True, True, 2],
        "deployed": ["Succeeded", 2],
        "created": ["Contact.DI_Ours__c", "DI"],
        "type": "Text",
        "assigned": True,
        "seen": 1,
        "installed": "SUCCESS",
    }
