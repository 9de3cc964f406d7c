"""Measure the import of files, beside others in the same run: `python -m tests.benchmarks.importing`.

1. Looking at a file: how soon its first rows are there, whatever its size.
2. The check of `--rows` rows of twenty columns for Dialog Insight: seconds, rows a second, peak memory, and how that
   compares with the memory of a twentieth of the rows.
3. An upsert of `--upserts` Salesforce contacts by external id: `disf import` whole (look, check, look-up, upload, what
   became of every row written down), simple-salesforce's own bulk loader over the same people, and a bare pump that
   posts the ready file and reads the three results. Each begins with an org put back to its seed.
4. The same rows into Dialog Insight: `disf import`, and a bare pump that posts ready-made bodies.

Sizes in MB are 10^6 bytes; memory is the largest resident set of the process.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import requests

from tests.benchmarks.__main__ import _ROOT, Measured, pump, simulator

PEERS = (sys.executable, "-m", "tests.benchmarks.import_peers")
COLUMNS = (
    "SalesforceID", "Courriel", "Prénom", "Nom", "Cellulaire", "Téléphone", "Naissance", "Provenance", "Titre",
    "Entreprise", "Adresse", "Ville", "Province", "Code postal", "Pays", "Langue", "Points", "VIP", "Intérêts",
    "Visite",
)  # fmt: skip
TOWARD_DIALOG_INSIGHT = (
    "SalesforceID", "EMail", "FirstName", "LastName", "Mobile", "Phone", "BirthDate", "Source", "JobTitle",
    "Company", "Street", "City", "Province", "PostalCode", "Country", "Language", "Points", "IsVIP", "Interests",
    "LastVisit",
)  # fmt: skip
TOWARD_SALESFORCE = {
    "Courriel": "Email", "Prénom": "FirstName", "Nom": "LastName", "Cellulaire": "MobilePhone", "Téléphone": "Phone",
    "Naissance": "Birthdate", "Titre": "Title", "Adresse": "MailingStreet", "Ville": "MailingCity",
    "Province": "MailingState", "Code postal": "MailingPostalCode", "Pays": "MailingCountry", "Langue": "Language__c",
}  # fmt: skip
_CITIES = (
    "Montréal",
    "Québec",
    "Trois-Rivières",
    "Laval",
    "Saint-Jérôme",
    "Paris",
    "Lyon",
    "Orléans",
    "Nîmes",
    "Brest",
)
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def record_id(number: int) -> str:
    """Give an Id of eighteen characters, as Salesforce would make it."""
    short = f"003{number:012d}"
    checks = ("".join("1" if c.isupper() else "0" for c in reversed(short[i : i + 5])) for i in (0, 5, 10))
    return short + "".join(_CAPITALS[int(bits, 2)] for bits in checks)


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Give made-up people, as French Excel would write them."""
    for n in range(1, count + 1):
        city = _CITIES[n % 10]
        yield (
            record_id(n), f"personne{n}@exemple.example", f"Hélène{n % 997}", f"Côté-{n % 4999}",
            f"514 555-{n % 10000:04d}", f"(418) 555-{(n * 7) % 10000:04d}",
            f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/{1940 + n % 60}", "Salon", "Directrice, ventes",
            f"Entreprise « {n % 211} »", f"{n % 900 + 1}, rue de l’Église", city, "QC", f"H{n % 9}X 1A{n % 9}",
            "Canada", "fr", f"{n % 10_000},{n % 100:02d}", "oui" if n % 3 else "non",
            "Voyages;Cuisine" if n % 2 else "Sport",
            f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/2026 {n % 24:02d}:{n % 60:02d}",
        )  # fmt: skip


def write(path: Path, count: int) -> Path:
    """Write the people into a semicolon file of Windows-1252."""
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        writer.writerows(rows(count))
    return path


def process(command: list[str], log: Path) -> Measured:
    """Run a command whole; give its seconds, its memory, and its last event."""
    began = time.monotonic()
    with log.open("w") as out:
        running = subprocess.Popen(command, stdout=out, cwd=_ROOT)
        _, status, usage = os.wait4(running.pid, 0)
    wall = time.monotonic() - began
    last: dict[str, Any] = {}
    with log.open() as lines:
        for line in lines:
            last = json.loads(line)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 3) or last.get("event") == "error":
        raise SystemExit(f"{' '.join(command[2:6])} ended with {code}: {last}")
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, last)


def imported(ready: dict[str, Any], file: Path, folder: Path, to: str, key: str, columns: Any, *more: str) -> Measured:
    """Run `disf import` as its own process."""
    named = folder / "columns.json"
    named.write_text(json.dumps(dict(columns)), encoding="utf-8")
    command = [sys.executable, "-m", "disf_desktop.cli", "import", ready["project_file"], str(file), "--to", to]
    command += ["--key", key, "--columns", str(named), "--dates", "day_first", "--json", *more]
    command += ["--profile", ready["profile"], "--secrets", ready["secrets"]]
    return process(command, folder / "import.ndjson")


def look(file: Path) -> dict[str, Any]:
    """Recognise a file in a process of its own."""
    told = subprocess.run([*PEERS, "look", str(file)], capture_output=True, check=True, cwd=_ROOT)
    answer: dict[str, Any] = json.loads(told.stdout)
    return answer


# ------------------------------------------------------------------ the others


def by_the_library(ready: dict[str, Any], file: Path, key: str, folder: Path) -> Measured:
    """Upsert a ready file by simple-salesforce's bulk loader."""
    given = {name: ready[name] for name in ("access_token", "salesforce_url")}
    return process([*PEERS, "library", json.dumps(given), str(file), key], folder / "library.ndjson")


def by_a_pump(ready: dict[str, Any], file: Path, key: str) -> float:
    """Post a ready file to a bulk job, wait for its end and read its results; give the seconds."""
    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = f"Bearer {ready['access_token']}"
    base = f"{ready['salesforce_url']}/services/data/v60.0/jobs/ingest"
    began = time.monotonic()
    asked = {"object": "Contact", "operation": "upsert", "externalIdFieldName": key, "contentType": "CSV"}
    job = session.post(base, json=asked, timeout=60).json()["id"]
    with file.open("rb") as body:
        put = session.put(f"{base}/{job}/batches", data=body, headers={"Content-Type": "text/csv"}, timeout=600)
        put.raise_for_status()
    session.patch(f"{base}/{job}", json={"state": "UploadComplete"}, timeout=60).raise_for_status()
    while session.get(f"{base}/{job}", timeout=60).json()["state"] not in ("JobComplete", "Failed"):
        time.sleep(0.2)
    for name in ("successfulResults", "failedResults", "unprocessedrecords"):
        with session.get(f"{base}/{job}/{name}", stream=True, timeout=600) as reply:
            for _ in reply.iter_content(1 << 16):
                pass
    return time.monotonic() - began


def salesforce_file(path: Path, count: int, key: str) -> Path:
    """Write the same people as Salesforce wants them in a bulk job: API names, ISO dates, LF."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([key, *TOWARD_SALESFORCE.values()])
        places = [COLUMNS.index(name) for name in TOWARD_SALESFORCE]
        birth = places.index(COLUMNS.index("Naissance"))
        for n, row in enumerate(rows(count), 1):
            cells = [row[i] for i in places]
            day, month, year = cells[birth].split("/")
            cells[birth] = f"{year}-{month}-{day}"
            writer.writerow([f"K{n}", *cells])
    return path


def keyed_file(path: Path, count: int) -> Path:
    """Write the people with a number of their own in front, in the form of French Excel."""
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Numéro", *TOWARD_SALESFORCE])
        places = [COLUMNS.index(name) for name in TOWARD_SALESFORCE]
        writer.writerows([f"K{n}", *(row[i] for i in places)] for n, row in enumerate(rows(count), 1))
    return path


def bodies(ready: dict[str, Any], path: Path, count: int) -> Path:
    """Write down ready-made bodies of merges with the same people, one a line."""
    options = {
        "AllowInsert": True, "AllowUpdate": True, "SkipDuplicateRecords": False, "SkipUnmatchedRecords": False,
        "ReturnRecordsOnSuccess": True, "ReturnRecordsOnError": False, "FieldOptions": None,
    }  # fmt: skip
    people = rows(count)
    plain = [(n, name) for n, name in enumerate(TOWARD_DIALOG_INSIGHT) if n in (1, 2, 3, 4, 5, *range(7, 16))]
    with path.open("wb") as out:
        while chunk := list(islice(people, 200)):
            records = [
                {"ID": {"key_f_SalesforceID": each[0]}, "Data": {f"f_{name}": each[n] for n, name in plain}}
                for each in chunk
            ]
            body = {
                "AuthKey": {"idKey": ready["id_key"], "Key": ready["key"]},
                "idProject": ready["projects"]["Newsletter"], "Records": records, "MergeOptions": options,
            }  # fmt: skip
            out.write(json.dumps(body, separators=(",", ":")).encode() + b"\n")
    return path


def reset(ready: dict[str, Any]) -> None:
    requests.post(f"{ready['control_url']}/reset", timeout=600).raise_for_status()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows to check")
    parser.add_argument("--upserts", type=int, default=100_000, help="rows to send to each service")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, simulator(100, Path(name)) as ready:
        folder = Path(name)
        large, small = write(folder / "large.csv", given.rows), write(folder / "small.csv", given.rows // 20)
        looked = look(large)
        print(f"look at {large.stat().st_size / 1e6:,.0f} MB: {looked['s']:.2f} s, {looked['encoding']}", flush=True)
        pairs = dict(zip(COLUMNS, TOWARD_DIALOG_INSIGHT, strict=True))
        sized = [
            imported(ready, file, folder, "newsletter/Contact", "SalesforceID", pairs, "--check")
            for file in (small, large)
        ]
        for n, m in zip((given.rows // 20, given.rows), sized, strict=True):
            assert m.finished["rows"] == n, m.finished
            assert not m.finished["refused"], m.finished
            print(
                f"check {n:>10,} rows: {m.wall:6.1f} s, {n / m.wall:>9,.0f} rows/s, peak {m.peak_mb:5.0f} MB",
                flush=True,
            )
        print(f"memory of {given.rows:,} rows: {sized[1].peak_mb / sized[0].peak_mb:.2f} times that of a twentieth")

        key, n = "Legacy_Id__c", given.upserts
        reset(ready)
        ours = imported(
            ready, keyed_file(folder / "keyed.csv", n), folder, "salesforce-demo/Contact", key,
            {"Numéro": key, **TOWARD_SALESFORCE},
        )  # fmt: skip
        assert ours.finished["created"] == n, ours.finished
        plain = salesforce_file(folder / "plain.csv", n, key)
        reset(ready)
        library = by_the_library(ready, plain, key, folder)
        assert library.finished["stored"] == n, library.finished
        reset(ready)
        pumped = by_a_pump(ready, plain, key)
        print(f"upsert of {n:,} Salesforce contacts: disf import {ours.wall:.1f} s ({ours.peak_mb:.0f} MB),", end=" ")
        print(
            f"simple-salesforce {library.finished['s']:.1f} s ({library.peak_mb:.0f} MB), pump {pumped:.1f} s;", end=" "
        )
        print(f"{ours.wall / library.finished['s']:.2f} x the library, {ours.wall / pumped:.2f} x the pump", flush=True)

        reset(ready)
        contacts = imported(
            ready, write(folder / "contacts.csv", n), folder, "newsletter/Contact", "SalesforceID", pairs
        )
        assert contacts.finished["created"] == n, contacts.finished
        ready_made = bodies(ready, folder / "bodies.ndjson", n)
        reset(ready)
        pumped = pump(ready, ready_made)
        print(
            f"upsert of {n:,} Dialog Insight contacts: disf import {contacts.wall:.1f} s ({contacts.peak_mb:.0f} MB),",
            end=" ",
        )
        print(f"pump {pumped:.1f} s; {contacts.wall / pumped:.2f} x the pump", flush=True)


if __name__ == "__main__":
    main()
