"""An import that is killed at any moment goes on: every row is in the target once.

The command runs as users run it, in a process of its own, and is ended by SIGKILL. `DISF_KILLS` says how often (10
here, 100 in `make soak`), over all ways together.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.importing import record_id
from tests.journeys.rehearsal import Rehearsal, only
from tests.services.salesforce_simulator import Simulator
from tests.starting import COMMAND, start

KILLS = int(os.environ.get("DISF_KILLS", "10"))
WAYS = ("contacts", "new contacts", "bulk", "collections", "no key")
ROWS = {"contacts": 3000, "new contacts": 3000, "bulk": 2600, "collections": 1200, "no key": 2600}


def person(number: int) -> dict[str, str]:
    return {
        "SalesforceID": record_id(9_000_000 + number),
        "Courriel": f"importée{number}@exemple.example".replace("é", "e"),
        "Prénom": f"Zoé {number}",
        "Nom": f"L’Écuyer-{number}",
        "Numéro": f"L{number}",
    }


def write(path: Path, people: range) -> None:
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, list(person(0)), delimiter=";")
        writer.writeheader()
        writer.writerows(map(person, people))


COLUMNS: dict[str, tuple[str, dict[str, str]]] = {
    "contacts": (
        "--to=newsletter/Contact",
        {"SalesforceID": "SalesforceID", "Courriel": "EMail", "Prénom": "FirstName", "Nom": "LastName"},
    ),
    "bulk": (
        "--to=salesforce-demo/Contact",
        {"Numéro": "Legacy_Id__c", "Courriel": "Email", "Prénom": "FirstName", "Nom": "LastName"},
    ),
    "no key": (
        "--to=salesforce-demo/Contact",
        {"Courriel": "Email", "Prénom": "FirstName", "Nom": "LastName"},
    ),
}
COLUMNS["new contacts"] = COLUMNS["contacts"]
COLUMNS["collections"] = COLUMNS["bulk"]
MORE = {
    "contacts": ("--key=SalesforceID",),
    "new contacts": ("--key=SalesforceID", "--mode=create"),
    "bulk": ("--key=Legacy_Id__c",),
    "collections": ("--key=Legacy_Id__c",),
    "no key": ("--mode=create",),
}


def command(at: Rehearsal, file: Path, way: str) -> list[str]:
    to, columns = COLUMNS[way]
    named = ";".join(f"{column}={field}" for column, field in columns.items())
    places = ["--profile", str(at.file.parent / "profile"), "--secrets", str(at.file.parent / "secrets.yaml"), "--json"]
    return [
        "import", str(at.file), str(file), to, "--columns", named,
        *MORE[way], *places,
    ]  # fmt: skip


def run(line: list[str], kill_after: float | None) -> tuple[int, dict[str, Any]]:
    """Run once, killed after so many seconds; give the exit code and the last thing that was said."""
    process = start(COMMAND, *line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, err = process.communicate(timeout=kill_after or 120)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        if kill_after is None:
            raise AssertionError(f"it does not end\n{out[-2000:]}\n{err[-2000:]}") from None
    lines = out.splitlines()
    whole = lines if not out or out.endswith("\n") else lines[:-1]
    return process.returncode, json.loads(whole[-1]) if whole else {"said": err}


def stored(at: Rehearsal, way: str, earlier: range) -> Counter[str]:
    """Count what the target holds of our people, by e-mail address; what a killed command of an earlier round had sent
    may come after the target was emptied."""
    gone = {person(n)["Courriel"] for n in earlier}
    if way in ("contacts", "new contacts"):
        found = [each["f_EMail"] for each in at.contacts().values()]
    else:
        found = [each["Email"] for each in at.people().values()]
    return Counter(each for each in found if each and each.startswith("importee") and each not in gone)


@pytest.mark.parametrize("way", WAYS)
def test_an_import_that_is_killed_at_random_moments_leaves_every_row_in_the_target_once(
    way: str, simulator: Simulator, tmp_path: Path
) -> None:
    chance = random.Random(f"{way} {os.environ.get('DISF_SEED', '1')}")
    kills, wanted, whole_s = 0, -(-KILLS // len(WAYS)), 0.0
    people = range(0)
    while kills < wanted:
        people = range(people.stop, people.stop + ROWS[way])
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        at = Rehearsal(simulator, folder, only("Contacts"))
        file = folder / "people.csv"
        write(file, people)
        line = command(at, file, way)
        landed = 0
        while True:
            began = time.monotonic()
            # The whole of it is not known before one came to its end: the first kills fall within three seconds.
            limit = None if landed >= 12 or kills + landed >= wanted else 0.3 + chance.random() * (whole_s or 3.0)
            code, last = run(line, limit)
            if code == 0:
                whole_s = max(whole_s, time.monotonic() - began)
                break
            if last.get("code") == "imported_already":
                # The last kill fell between the end in the book and the end of the process.
                break
            assert code == -9, last
            landed += 1
        if code == 0:
            assert last["event"] == "import_finished"
            assert last["created"] + last["updated"] + last["unchanged"] == ROWS[way], last
        assert stored(at, way, range(people.start)) == Counter(person(n)["Courriel"] for n in people)
        kills += landed
    assert kills >= wanted
