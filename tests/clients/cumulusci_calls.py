"""CumulusCI, with its own tasks: an org by JWT, queries, data sets over Bulk API 1.0 and over REST, metadata."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from tests.clients.context import Context
from tests.clients.installed import from_pypi
from tests.clients.login_hosts import proxy
from tests.clients.scripts_in_python import environment_through
from tests.clients.table import Step
from tests.simulator.salesforce.packages_of_metadata import TEXT, package

NAME, RELEASE = "CumulusCI", "4.10.1"
PATIENCE_S = 300
PROJECT = """minimum_cumulusci_version: '4.0.0'
project:
  name: Clients
  package:
    name: Clients
    api_version: '64.0'
"""
MAPPING = """Accounts:
  sf_object: Account
  api: {api}
  fields: [Name]
Contacts:
  sf_object: Contact
  api: {api}
  fields: [FirstName, LastName, Email, Title]
  lookups:
    AccountId:
      table: Account
"""
Cci = Callable[..., str]


def run(context: Context) -> None:
    """Take all steps."""
    programs = from_pypi("cumulusci", [f"cumulusci=={RELEASE}"])
    project = context.folder / "project"
    for each in (project / "datasets", project / "src", context.folder / "home"):
        each.mkdir(parents=True)
    (project / "cumulusci.yml").write_text(PROJECT, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", "--initial-branch", "main"], cwd=project, check=True)
    with proxy(context.ready["salesforce_https_url"]) as through:
        environment = _environment(context, environment_through(through, context))

        def cci(*arguments: str) -> str:
            done = subprocess.run(
                [str(programs / "cci"), *arguments],
                cwd=project,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=PATIENCE_S,
                check=False,
            )
            assert done.returncode == 0, (done.stderr + done.stdout)[-600:]
            return done.stdout

        _steps(context, cci, project)


def _environment(context: Context, around: dict[str, str]) -> dict[str, str]:
    ready = context.ready
    home = str(context.folder / "home")
    kept = {name: value for name, value in around.items() if not name.startswith(("CUMULUSCI", "SFDX", "SF_"))}
    org = {"username": ready["username"], "instance_url": ready["salesforce_https_url"]}
    return kept | {
        "CI": "true",
        "CUMULUSCI_KEY": "0123456789abcdef",
        "CUMULUSCI_ORG_dev": json.dumps(org),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "HOME": home,
        "USERPROFILE": home,
        "SF_PROD_LOGIN_URL": ready["salesforce_https_url"],
        "SFDX_CLIENT_ID": ready["client_id"],
        "SFDX_HUB_KEY": Path(ready["jwt_key_file"]).read_text(encoding="utf-8"),
    }


def _steps(context: Context, cci: Cci, project: Path) -> None:
    counted = total = context.ready["expected"]["Contact"]["total"]
    # The org holds some e-mail addresses that a new record may not have.
    invalid = context.ready["expected"]["Contact"]["invalid"]["email"]

    def count() -> int:
        cci("task", "run", "query", "--org", "dev", "--object", "Contact", "--query", "SELECT Id FROM Contact",
            "--result_file", "found.csv")  # fmt: skip
        with (project / "found.csv").open(encoding="utf-8", newline="") as file:
            return sum(1 for _ in csv.DictReader(file))

    def step(name: str) -> AbstractContextManager[Step]:
        return context.steps.step(NAME, RELEASE, name)

    with step("org info (JWT)"):
        told = json.loads(cci("org", "info", "dev", "--json"))
        assert told["username"] == context.ready["username"], told
    with step("query (Bulk API 1.0)") as one:
        one.records = count()
        assert one.records == total
    with step("get_installed_packages (retrieve)"):
        cci("task", "run", "get_installed_packages", "--org", "dev")
    for api in ("bulk", "rest"):
        (project / "datasets" / "mapping.yml").write_text(MAPPING.format(api=api), encoding="utf-8")
        sql = f"datasets/{api}.sql"
        files = ("--mapping", "datasets/mapping.yml", "--sql_path", sql)
        with step(f"extract_dataset ({api})") as one:
            cci("task", "run", "extract_dataset", "--org", "dev", *files)
            one.records = (project / sql).read_text(encoding="utf-8").count('INSERT INTO "Contact"')
            assert one.records == counted, one.records
        with step(f"load_dataset ({api})") as one:
            cci("task", "run", "load_dataset", "--org", "dev", *files, "--ignore_row_errors", "true")
            one.records = count() - counted
            assert one.records == counted - invalid, one.records
            counted += one.records
    with step("deploy, retrieve_unpackaged"):
        for name, content in package({"Contact.CCI_Field__c": TEXT}, {}).items():
            path = project / "src" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            # It takes a manifest apart line by line.
            path.write_text(content.replace("><", ">\n<"), encoding="utf-8")
        cci("task", "run", "deploy", "--org", "dev", "--path", "src")
        cci("task", "run", "retrieve_unpackaged", "--org", "dev", "--path", "back", "--package_xml", "src/package.xml")
        found = (project / "back" / "objects" / "Contact.object").read_text(encoding="utf-8")
        assert "CCI_Field__c" in found, found
