"""SFDMU, which moves data between files and orgs: over REST, Bulk API 1.0 and 2.0 (through jsforce 1)."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.clients.context import Context
from tests.clients.installed import alone_from_npm, from_npm
from tests.clients.people import FIELDS, check_equal, people, read, written

NAME, RELEASE = "SFDMU", "3.7.19"
SCRIPT = Path(__file__).with_name("sfdmu.cjs")
PATIENCE_S = 300
FEW, MANY = 150, 3_000


def run(context: Context) -> None:
    """Load contacts by every way, and export them."""
    _, node = from_npm()
    modules = alone_from_npm("sfdmu", RELEASE)
    ready = context.ready
    org = {"name": "sim", "instanceUrl": ready["salesforce_url"], "accessToken": ready["access_token"]}
    environment = {
        **os.environ,
        "HOME": str(context.folder),
        "USERPROFILE": str(context.folder),
        "NO_PROXY": "127.0.0.1",
    }

    def sfdmu(folder: Path, source: str, target: str, query: str, **settings: Any) -> None:
        contact = {"query": query, "operation": "Upsert", "externalId": "Legacy_Id__c"}
        told = {"orgs": [org], "objects": [contact], "bulkThreshold": 200, **settings}
        (folder / "export.json").write_text(json.dumps(told), encoding="utf-8")
        ways = ["-s", source, "-u", target, "-p", str(folder), "--noprompt", "--apiversion", "58.0"]
        done = subprocess.run(
            [str(node), str(SCRIPT), str(modules), *ways],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert "Exit code 0 (SUCCESS)" in done.stdout, (done.stdout + done.stderr)[-600:]

    fields = ", ".join(("Id", *FIELDS))
    for way, count, settings in (
        ("REST", FEW, {}),
        ("Bulk API 1.0", MANY, {"bulkApiVersion": "1.0"}),
        ("Bulk API 2.0", MANY, {"bulkApiVersion": "2.0"}),
    ):
        mark = "DMU" + way[-3:].replace(".", "").strip()
        sent = [*people(min(count, context.records), mark)]
        folder = context.folder / mark
        folder.mkdir()
        with context.steps.step(NAME, RELEASE, f"upsert from a file, {way}") as one:
            numbered = [{"Id": str(number), **each} for number, each in enumerate(sent)]
            written(folder / "Contact.csv", numbered, ("Id", *FIELDS))
            sfdmu(folder, "csvfile", "sim", f"SELECT {fields} FROM Contact", **settings)
            one.records = len(sent)
        with context.steps.step(NAME, RELEASE, f"export to a file, after {way}, equal") as one:
            chosen = f"SELECT {fields} FROM Contact WHERE Legacy_Id__c LIKE '{mark}-%'"
            (folder / "Contact.csv").unlink()
            sfdmu(folder, "sim", "csvfile", chosen)
            one.records = check_equal(sent, read(folder / "Contact.csv"))
