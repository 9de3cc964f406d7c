"""Measure for how long records stand open before slow services: `python -m tests.benchmarks.exposure`.

The contacts of the rehearsal go both ways. Some are saved in Salesforce and others edited in Dialog Insight; each
answer of both services then takes some seconds, and the sync tells how long ago the records that it wrote had been
looked at when the reply came. Promise I2 says five seconds at most, in 95 of 100 writes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import requests
import yaml

from tests.benchmarks.__main__ import Measured, simulator, sync

_DATA = "/services/data/v68.0"
_TIMEOUT_S = 60


def contacts(ready: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the contacts of Dialog Insight."""
    door = f"{ready['control_url']}/dialog-insight/projects/{ready['projects']['Newsletter']}/contacts.ndjson"
    with requests.get(door, timeout=_TIMEOUT_S) as reply:
        return [json.loads(line) for line in reply.text.splitlines()]


def save_in_salesforce(ready: dict[str, Any], people: Sequence[dict[str, Any]], city: str) -> None:
    """Let somebody save contacts in Salesforce."""
    headers = {"Authorization": f"Bearer {ready['access_token']}"}
    for each in people:
        address = f"{ready['salesforce_url']}{_DATA}/sobjects/Contact/{each['f_SalesforceID']}"
        requests.patch(address, json={"MailingCity": city}, headers=headers, timeout=_TIMEOUT_S).raise_for_status()


def edit_in_dialog_insight(ready: dict[str, Any], people: Sequence[dict[str, Any]], city: str) -> None:
    """Let somebody edit contacts in Dialog Insight."""
    door = f"{ready['control_url']}/dialog-insight/projects/{ready['projects']['Newsletter']}/contacts"
    for each in people:
        edit = {"idContact": each["idContact"], "set": {"f_City": city}}
        requests.post(door, json=edit, timeout=_TIMEOUT_S).raise_for_status()


def answer_late(ready: dict[str, Any], seconds: float) -> None:
    """Let each answer of both services take so long from now on."""
    faults = [{"fault": "delay", "seconds": seconds, "times": None}] if seconds else []
    requests.post(f"{ready['control_url']}/faults", json=faults, timeout=_TIMEOUT_S).raise_for_status()


def look_at(project_file: Path, contacts: int) -> None:
    """Let each run look up as many contacts as there are, so that each edit is seen at once."""
    project = yaml.safe_load(project_file.read_text(encoding="utf-8"))
    for each in project["projects"]:
        each.setdefault("finding", {})["lookups_per_run"] = contacts
    project_file.write_text(yaml.safe_dump(project, allow_unicode=True), encoding="utf-8")


def measure(ready: dict[str, Any], folder: Path, writes: int, seconds: float) -> Measured:
    """Edit so many people on each side, and sync while each answer takes so long."""
    known = contacts(ready)
    city = f"City {seconds}"
    save_in_salesforce(ready, known[:writes], city)
    edit_in_dialog_insight(ready, known[writes : 2 * writes], city)
    answer_late(ready, seconds)
    run = sync(ready, folder / f"{seconds}.ndjson")
    answer_late(ready, 0)
    held = [each["f_City"] for each in contacts(ready)[: 2 * writes]]
    assert held == [city] * (2 * writes), "every edit has travelled"
    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writes", type=int, default=10, help="contacts edited on each side; above 10 the guard asks")
    parser.add_argument("--seconds", default="0,0.1,0.5,1,2", help="what each answer takes")
    given = parser.parse_args()
    print("".join(f"{c:>12}" for c in ("answer s", "writes", "p95 s", "longest s", "sync s", "calls")))
    with tempfile.TemporaryDirectory() as name, simulator(2 * given.writes, Path(name)) as ready:
        look_at(Path(ready["project_file"]), 2 * given.writes)
        first = sync(ready, Path(name) / "first.ndjson")
        assert first.finished.get("event") == "run_finished", first.finished
        for text in given.seconds.split(","):
            m = measure(ready, Path(name), given.writes, float(text))
            stood, calls = m.finished["exposure"], sum(m.finished["calls"].values())
            figures = (float(text), stood["writes"], stood["p95_s"], stood["max_s"], m.wall, calls)
            print(
                "".join(f"{each:>12,.2f}" if isinstance(each, float) else f"{each:>12,}" for each in figures),
                flush=True,
            )


if __name__ == "__main__":
    main()
