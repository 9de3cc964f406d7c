"""The Salesforce CLI, with its own commands, in a home folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from tests.clients.context import Context
from tests.clients.installed import from_npm
from tests.clients.people import check_equal, people, query, read, written
from tests.clients.table import Step, refused

NAME = "Salesforce CLI"
PATIENCE_S = 300
FIELD = """<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>{name}</fullName>
    <externalId>false</externalId>
    <label>{name}</label>
    <length>40</length>
    <required>false</required>
    <type>Text</type>
    <unique>false</unique>
</CustomField>
"""
PERMISSION_SET = """<?xml version="1.0" encoding="UTF-8"?>
<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">
    <fieldPermissions>
        <editable>true</editable>
        <field>Contact.{name}</field>
        <readable>true</readable>
    </fieldPermissions>
    <hasActivationRequired>false</hasActivationRequired>
    <label>{label}</label>
</PermissionSet>
"""


class Refused(Exception):
    """A command that ended with an error; `name` is the one it tells."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name


@dataclass
class Cli:
    """The program, and what it is started with."""

    context: Context
    command: Sequence[str]
    release: str
    environment: dict[str, str]

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        with self.context.steps.step(NAME, self.release, name) as one:
            yield one

    def __call__(self, *arguments: str, **environment: str) -> Any:
        """Run a command; return its result, or raise Refused."""
        out = self.text(*arguments, "--json", **environment)
        told = json.loads(out)
        if told["status"]:
            raise Refused(told.get("name", ""), told.get("message", ""))
        return told["result"]

    def text(self, *arguments: str, **environment: str) -> str:
        """Run a command; return what it prints."""
        done = subprocess.run(
            [*self.command, *arguments],
            cwd=self.context.folder,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
        )
        out = done.stdout.decode()
        if done.returncode and not out.lstrip().startswith("{"):
            raise Refused(str(done.returncode), done.stderr.decode().strip())
        return out


def run(context: Context) -> None:
    """Take all steps."""
    modules, node = from_npm()
    package = modules / "@salesforce" / "cli"
    release = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    command = [str(node), str(package / "bin" / "run.js")]
    cli = Cli(context, command, release, _environment(context))
    _log_in(cli)
    _look(cli)
    _records(cli)
    _bulk(cli, context.records)
    _metadata(cli)


def _environment(context: Context) -> dict[str, str]:
    home = context.folder / "home"
    home.mkdir()
    quiet = dict.fromkeys(
        (
            "CI",
            "SF_AUTOUPDATE_DISABLE",
            "SF_DISABLE_AUTOUPDATE",
            "SF_DISABLE_LOG_FILE",
            "SF_DISABLE_TELEMETRY",
            "SFDX_DISABLE_TELEMETRY",
            "SF_HIDE_RELEASE_NOTES",
            "SF_HIDE_RELEASE_NOTES_FOOTER",
            "SF_SKIP_NEW_VERSION_CHECK",
            "SF_USE_GENERIC_UNIX_KEYCHAIN",
        ),
        "true",
    )
    folders = {f"XDG_{each}_HOME": str(home / each.lower()) for each in ("CACHE", "CONFIG", "DATA", "STATE")}
    own = {"HOME": str(home), "USERPROFILE": str(home), "NO_PROXY": "localhost,127.0.0.1", **folders, **quiet}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SF_", "SFDX_"))}
    return kept | own | {"NODE_EXTRA_CA_CERTS": context.ready["ca_file"]}


def _log_in(cli: Cli) -> None:
    ready = cli.context.ready
    with cli.step("org login access-token, over http"):
        token = {"SF_ACCESS_TOKEN": ready["access_token"]}
        where = ("--instance-url", ready["salesforce_url"])
        told = cli("org", "login", "access-token", *where, "--no-prompt", "--alias", "sim", "--set-default", **token)
        assert (told["username"], told["isDevHub"]) == (ready["username"], False), told
    with cli.step("org login sfdx-url, over https"):
        address = ready["salesforce_https_url"].removeprefix("https://")
        file = cli.context.folder / "auth.txt"
        client = f"{ready['client_id']}:{ready['client_secret']}:{ready['refresh_token']}"
        file.write_text(f"force://{client}@{address}", encoding="utf-8")
        told = cli("org", "login", "sfdx-url", "--sfdx-url-file", str(file), "--alias", "secure")
        assert told["username"] == ready["username"], told
    with cli.step("org login jwt"):
        signed = ("--client-id", ready["client_id"], "--jwt-key-file", ready["jwt_key_file"])
        told = cli(
            "org",
            "login",
            "jwt",
            *signed,
            "--username",
            ready["username"],
            *where,
            "--alias",
            "signed",
            "--set-default",
        )
        assert told["username"] == ready["username"], told
        told = cli("org", "login", "access-token", *where, "--no-prompt", "--alias", "sim", "--set-default", **token)
    with cli.step("a session that expired is renewed, again and again"):
        # The CLI keeps its first refresh token, so its own application never gets another.
        address = ready["salesforce_https_url"].removeprefix("https://")
        file.write_text(f"force://PlatformCLI::{_signed_in(ready)}@{address}", encoding="utf-8")
        cli("org", "login", "sfdx-url", "--sfdx-url-file", str(file), "--alias", "web")
        for _ in range(2):
            fault = [{"fault": "expired_token", "service": "salesforce", "call": "query"}]
            requests.post(f"{ready['control_url']}/faults", json=fault, timeout=10).raise_for_status()
            text = "SELECT Id FROM Organization"
            assert cli("data", "query", "-o", "web", "-q", text)["totalSize"] == 1
    with cli.step("org display, org list"):
        assert cli("org", "display", "-o", "sim")["connectedStatus"] == "Connected"
        assert cli("org", "list")["other"]


def _signed_in(ready: dict[str, Any]) -> str:
    """Sign in to the application of the CLI as a browser would; return its refresh token."""
    callback = {"client_id": "PlatformCLI", "redirect_uri": "http://localhost:1717/OauthRedirect"}
    asked = {"response_type": "code", "scope": "refresh_token api web", **callback}
    at = f"{ready['salesforce_url']}/services/oauth2"
    with requests.Session() as browser:
        browser.trust_env = False
        page = browser.get(f"{at}/authorize", params=asked, timeout=10).text
        hidden = page.partition('name="page" value="')[2].partition('"')[0]
        who = {"page": hidden, "username": ready["username"], "password": ready["password"]}
        browser.post(f"{at}/authorize", data=who, timeout=10)
        sent = browser.post(
            f"{at}/authorize", data={"page": hidden, "answer": "allow"}, timeout=10, allow_redirects=False
        )
        code = parse_qs(urlsplit(sent.headers["Location"]).query)["code"][0]
        form = {"grant_type": "authorization_code", "code": code, **callback}
        told = browser.post(f"{at}/token", data=form, timeout=10).json()
    return str(told["refresh_token"])


def _look(cli: Cli) -> None:
    with cli.step("data query: json, csv, human"):
        text = "SELECT Id, Name, Account.Name, (SELECT Id FROM Cases) FROM Contact LIMIT 5"
        assert cli("data", "query", "-o", "sim", "-q", text)["totalSize"] == 5
        lines = cli.text(
            "data", "query", "-o", "sim", "-r", "csv", "-q", "SELECT Id, Account.Name FROM Contact LIMIT 5"
        )
        assert lines.splitlines()[0] == "Id,Account.Name", lines
        assert "retrieved: 5" in cli.text("data", "query", "-o", "sim", "-q", "SELECT Id FROM Contact LIMIT 5")
    with cli.step("data query: aggregates"):
        lines = cli.text("data", "query", "-o", "sim", "-r", "csv", "-q", "SELECT COUNT(Id) FROM Contact")
        assert lines.splitlines()[0] == "COUNT(Id)", lines
        assert int(lines.splitlines()[1]) > 0
    with cli.step("data query: Tooling"):
        assert cli("data", "query", "-o", "sim", "-t", "-q", "SELECT Id, DeveloperName FROM CustomField")["records"]
    with cli.step("data query: refused"):
        refusal = refused(Refused, lambda: cli("data", "query", "-o", "sim", "-q", "SELECT Nope FROM Contact"))
        assert refusal.name == "INVALID_FIELD", refusal
    with cli.step("sobject list, sobject describe"):
        assert "Contact" in cli("sobject", "list", "-o", "sim")
        assert cli("sobject", "describe", "-o", "sim", "-s", "Contact")["fields"]
    with cli.step("org list limits, record-counts"):
        assert cli("org", "list", "limits", "-o", "sim")
        [counted] = cli("org", "list", "sobject", "record-counts", "-o", "sim", "-s", "Contact")
        assert counted["count"] > 0
    with cli.step("api request rest"):
        assert "DailyApiRequests" in cli.text("api", "request", "rest", "/services/data/v68.0/limits", "-o", "sim")
    with cli.step("package installed list"):
        assert cli("package", "installed", "list", "-o", "sim") == []
    with cli.step("data search"):
        text = "FIND {Allard OR Turgeon} IN NAME FIELDS RETURNING Contact(Id, Name), Lead"
        assert cli("data", "search", "-o", "sim", "-q", text)["searchRecords"]


def _records(cli: Cli) -> None:
    with cli.step("data create, get, update, delete record"):
        record = ("record", "-o", "sim", "-s", "Contact")
        values = "LastName=Gagné FirstName='Zoé Anne' Legacy_Id__c=SF-one"
        made = cli("data", "create", *record, "-v", values)["id"]
        assert cli("data", "get", *record, "-w", "Legacy_Id__c=SF-one")["Name"] == "Zoé Anne Gagné"
        assert cli("data", "update", *record, "-i", made, "-v", "Title='La patronne'")["success"]
        assert cli("data", "get", *record, "-i", made)["Title"] == "La patronne"
        assert cli("data", "delete", *record, "-i", made)["success"]
        refusal = refused(Refused, lambda: cli("data", "create", *record, "-v", "FirstName=x"))
        assert refusal.name == "REQUIRED_FIELD_MISSING", refusal
    with cli.step("data export tree, data import tree") as one:
        text = "SELECT Name, (SELECT LastName, FirstName FROM Contacts) FROM Account LIMIT 10"
        cli("data", "export", "tree", "-o", "sim", "-q", text)
        one.records = len(cli("data", "import", "tree", "-o", "sim", "-f", "Account-Contact.json"))


def _bulk(cli: Cli, count: int) -> None:
    rows, folder = [*people(count, "SFB")], cli.context.folder
    load = ("bulk", "-o", "sim", "-s", "Contact", "-w", "5", "--line-ending", "LF")
    with cli.step("data import bulk") as one:
        file = written(folder / "people.csv", rows)
        one.records = cli("data", "import", *load, "-f", str(file))["successfulRecords"]
        assert one.records == count
    with cli.step("data upsert bulk") as one:
        changed = [{**each, "Title": "Changed"} for each in rows]
        file = written(folder / "changed.csv", changed)
        told = cli("data", "upsert", *load, "-i", "Legacy_Id__c", "-f", str(file))["jobInfo"]
        assert (told["numberRecordsProcessed"], told["numberRecordsFailed"]) == (count, 0), told
        one.records = count
    with cli.step("data export bulk, read back equal") as one:
        file = folder / "exported.csv"
        cli("data", "export", "bulk", "-o", "sim", "-q", query("SFB"), "--output-file", str(file), "-w", "5")
        one.records = check_equal(changed, read(file))
    with cli.step("data delete bulk") as one:
        found = cli("data", "query", "-o", "sim", "-q", "SELECT Id FROM Contact WHERE Legacy_Id__c LIKE 'SFB-0000%'")
        file = written(folder / "gone.csv", found["records"], ("Id",))
        one.records = cli("data", "delete", *load, "-f", str(file))["jobInfo"]["numberRecordsProcessed"]
        assert one.records == len(found["records"])
    with cli.step("data import bulk: refused rows"):
        file = written(folder / "bad.csv", [{"LastName": "x" * 81}, {"LastName": "Bon"}], ("LastName",))
        refused(Refused, lambda: cli("data", "import", *load, "-f", str(file)))
        assert (
            cli("data", "query", "-o", "sim", "-q", "SELECT Id FROM Contact WHERE LastName = 'Bon'")["totalSize"] == 1
        )


def _metadata(cli: Cli) -> None:
    folder = cli.context.folder
    project = {"packageDirectories": [{"path": "force-app", "default": True}], "sourceApiVersion": "68.0"}
    (folder / "sfdx-project.json").write_text(json.dumps(project), encoding="utf-8")
    for channel, over_rest in (("SOAP", "false"), ("REST", "true")):
        with cli.step(f"project deploy start, over {channel}"):
            _source(folder, f"CLI_{channel}__c", f"CLI_{channel}")
            told = cli("project", "deploy", "start", "-o", "sim", SF_ORG_METADATA_REST_DEPLOY=over_rest)
            assert told["status"] == "Succeeded", told
            made = {
                each["fullName"] for each in told["details"]["componentSuccesses"] if each["created"] in (True, "true")
            }
            assert made == {f"Contact.CLI_{channel}__c", f"CLI_{channel}"}, made
    with cli.step("project deploy start: refused"):
        _source(folder, "Bad__Name__c", "CLI_Bad")
        refusal = cli.text("project", "deploy", "start", "-o", "sim", "--json")
        assert json.loads(refusal)["result"]["status"] == "Failed", refusal
        (folder / "force-app/main/default/objects/Contact/fields/Bad__Name__c.field-meta.xml").unlink()
        (folder / "force-app/main/default/permissionsets/CLI_Bad.permissionset-meta.xml").unlink()
    with cli.step("org assign permset"):
        assert cli("org", "assign", "permset", "-o", "sim", "-n", "CLI_SOAP")["successes"]
    with cli.step("org list metadata-types, org list metadata"):
        assert cli("org", "list", "metadata-types", "-o", "sim")["metadataObjects"]
        assert cli("org", "list", "metadata", "-o", "sim", "-m", "CustomObject")
    with cli.step("project retrieve start"):
        wanted = ("-m", "CustomField:Contact.Legacy_Id__c", "-m", "PermissionSet:CLI_SOAP")
        told = cli("project", "retrieve", "start", "-o", "sim", *wanted)
        assert told["success"] is True, told
        assert (folder / "force-app/main/default/objects/Contact/fields/Legacy_Id__c.field-meta.xml").exists()
    with cli.step("project delete source"):
        told = cli("project", "delete", "source", "-o", "sim", "-m", "CustomField:Contact.CLI_REST__c", "--no-prompt")
        assert told["status"] == "Succeeded", told


def _source(folder: Path, field: str, permission_set: str) -> None:
    """Write a custom field and a permission set that shows it, as source of a project."""
    root = folder / "force-app" / "main" / "default"
    for path, content in (
        (root / "objects" / "Contact" / "fields" / f"{field}.field-meta.xml", FIELD.format(name=field)),
        (
            root / "permissionsets" / f"{permission_set}.permissionset-meta.xml",
            PERMISSION_SET.format(name=field, label=permission_set),
        ),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
