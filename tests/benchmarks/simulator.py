"""Measure the simulator itself with a bare client: `python -m tests.benchmarks.simulator`.

What a benchmark of the program measures must be the program, so the two services have to be several times faster than
it is. The client is `http.client` on one kept connection, its bodies are made beforehand and its replies are read, not
looked into, so that next to nothing of the figures is its own. The three that the project holds itself to come first;
the last line tells what as many contacts as `--held` cost in memory.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import io
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_ROOT = Path(__file__).resolve().parents[2]
_BATCH = 200
_DATA = "/services/data/v68.0"
_HEADER = (
    *("FirstName", "LastName", "Email", "Phone", "MailingCity"),
    *("Birthdate", "Language__c", "VIP__c", "Loyalty_Points__c", "Legacy_Id__c"),
)


@contextmanager
def simulator(records: int) -> Iterator[dict[str, Any]]:
    """Run the simulator with this many contacts; give its ready file, with `seed_s`, `pid` and its `state_mb`."""
    with tempfile.TemporaryDirectory() as name:
        ready, state = Path(name) / "ready.json", Path(name) / "state"
        command = [sys.executable, "-m", "disf_desktop.simulator", "--data", str(_ROOT / "resources" / "simulator")]
        command += ["--ready-file", str(ready), "--records", str(records), "--state", str(state)]
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=_ROOT)
        try:
            while not ready.exists():
                if process.poll() is not None:
                    raise SystemExit("the simulator did not start")
                time.sleep(0.05)
            seeded = {"seed_s": time.monotonic() - began, "pid": process.pid}
            size = sum(each.stat().st_size for each in state.iterdir() if each.is_file())
            yield json.loads(ready.read_text()) | seeded | {"state_mb": size / 1e6}
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


class Client:
    """One kept connection to a service."""

    def __init__(self, url: str, token: str = "") -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=600)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def send(self, method: str, path: str, body: bytes | None = None, media: str = "application/json") -> bytes:
        """Send a request; return the body of a reply that must be a success."""
        return self.exchange(method, path, body, media)[1]

    def exchange(
        self, method: str, path: str, body: bytes | None = None, media: str = "application/json"
    ) -> tuple[http.client.HTTPMessage, bytes]:
        self._connection.request(method, path, body, {**self._headers, "Content-Type": media})
        reply = self._connection.getresponse()
        content = reply.read()
        if reply.status >= 300:
            raise SystemExit(f"{method} {path}: {reply.status} {content[:300]!r}")
        return reply.headers, content

    def json(self, method: str, path: str, body: Any = None) -> Any:
        """Send and receive JSON."""
        return json.loads(self.send(method, path, None if body is None else json.dumps(body).encode()))


def person(number: int) -> tuple[str, ...]:
    """Make up a contact, in the order of `_HEADER`."""
    return (
        f"Prénom {number % 977}",
        f"Nom {number}",
        f"personne.{number}@rehearsal.example",
        f"+1 514 555-{number % 10_000:04d}",
        ("Montréal", "Québec", "Laval", "Gatineau")[number % 4],
        f"19{50 + number % 50}-0{1 + number % 9}-1{number % 10}",
        ("fr", "en")[number % 2],
        ("true", "false")[number % 2],
        f"{number % 1000}.5",
        f"B-{number}",
    )


def table(records: int) -> bytes:
    """Write contacts as the CSV of an ingest job."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_HEADER)
    writer.writerows(map(person, range(records)))
    return file.getvalue().encode()


def finished(client: Client, path: str) -> dict[str, Any]:
    """Poll a job until it is over."""
    while True:
        job: dict[str, Any] = client.json("GET", path)
        if job["state"] in ("JobComplete", "Failed", "Aborted"):
            return job
        time.sleep(0.2)


def ingest(client: Client, records: int, data: bytes, **job: str) -> float:
    """Have a job insert or upsert the contacts, and read its results; give the seconds."""
    began = time.monotonic()
    made = client.json("POST", f"{_DATA}/jobs/ingest", {"object": "Contact", "contentType": "CSV", **job})
    path = f"{_DATA}/jobs/ingest/{made['id']}"
    client.send("PUT", f"{path}/batches", data, "text/csv")
    client.json("PATCH", path, {"state": "UploadComplete"})
    over = finished(client, path)
    assert (over["state"], over["numberRecordsProcessed"], over["numberRecordsFailed"]) == ("JobComplete", records, 0)
    assert client.send("GET", f"{path}/successfulResults").count(b"\n") == records + 1
    return time.monotonic() - began


def export(client: Client, records: int) -> float:
    """Read the contacts through a bulk query; give the seconds."""
    began = time.monotonic()
    soql = f"SELECT Id, {', '.join(_HEADER)}, SystemModstamp FROM Contact"
    path = f"{_DATA}/jobs/query"
    path += "/" + client.json("POST", path, {"operation": "query", "query": soql})["id"]
    assert finished(client, path)["state"] == "JobComplete"
    locator, lines = "", 0
    while locator != "null":
        headers, content = client.exchange("GET", f"{path}/results" + (f"?locator={locator}" if locator else ""))
        lines += content.count(b"\n") - 1
        locator = headers["Sforce-Locator"]
    assert lines >= records
    return (time.monotonic() - began) * records / lines


def merge(client: Client, ready: dict[str, Any], records: int, returned: bool) -> float:
    """Merge new contacts into Dialog Insight in batches of 200; give the seconds."""
    options = {"AllowInsert": True, "AllowUpdate": True, "ReturnRecordsOnSuccess": returned}
    bodies = []
    for start in range(0, records, _BATCH):
        body = {
            "AuthKey": {"idKey": ready["id_key"], "Key": ready["key"]},
            "idProject": ready["projects"]["Newsletter"],
            "Records": [subscriber(number, returned) for number in range(start, min(start + _BATCH, records))],
            "MergeOptions": options,
        }
        bodies.append(json.dumps(body).encode())
    began = time.monotonic()
    for each in bodies:
        content = client.send("POST", "/webservices/ofc4/Contacts.ashx?method=Merge", each)
        assert b'"Success":true' in content
        assert b'"CreatedRecords":%d,' % _BATCH in content, content[:300]
    return time.monotonic() - began


def subscriber(number: int, returned: bool) -> dict[str, Any]:
    """Make up a record of a merge."""
    first, last, email, phone, city, *_ = person(number)
    data = {"f_FirstName": first, "f_LastName": last, "f_EMail": email, "f_Mobile": phone, "f_City": city}
    data |= {"f_Language": ("fr", "en")[number % 2], "f_BirthDate": f"19{50 + number % 50}.01.1{number % 10}"}
    return {"ID": {"key_f_SalesforceID": f"003B0{int(returned)}{number:012d}"}, "Data": data}


def resident_mb(pid: int) -> float:
    """Give the memory that a process holds now; the kernel of the machine must tell it."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def processor_s(pid: int) -> float:
    """Give the processor seconds that a process has used; the kernel of the machine must tell it."""
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def measured(what: str, records: int, pid: int, measure: Callable[[], float]) -> None:
    """Measure and print one figure; on a busy machine that of the processor says more."""
    before = processor_s(pid)
    seconds = measure()
    used = processor_s(pid) - before
    print(f"{what:<46}{records:>10,} records {seconds:>8.2f} s {records / seconds:>9,.0f} records/s", end="")
    print(f" {records / used:>9,.0f} a processor second of the simulator", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000, help="records of each measure, a multiple of 200")
    parser.add_argument("--held", type=int, default=1_000_000, help="contacts to hold, 0 to leave that out")
    given = parser.parse_args()
    records = given.records
    with simulator(1_000) as ready:
        org = Client(ready["salesforce_url"], ready["access_token"])
        account = Client(ready["dialog_insight_url"])
        data = table(records)
        upsert = {"operation": "upsert", "externalIdFieldName": "Legacy_Id__c"}
        measures: list[tuple[str, Callable[[], float]]] = [
            ("into Bulk API 2.0, insert", lambda: ingest(org, records, data, operation="insert")),
            ("into Bulk API 2.0, upsert of what is there", lambda: ingest(org, records, data, **upsert)),
            ("into Contacts.Merge, batches of 200", lambda: merge(account, ready, records, returned=False)),
            ("the same, each record returned", lambda: merge(account, ready, records, returned=True)),
            ("out of a bulk query", lambda: export(org, records)),
        ]
        for what, measure in measures:
            measured(what, records, ready["pid"], measure)
        print(f"{'memory of the simulator then':<46}{resident_mb(ready['pid']):>10,.0f} MB")
    if given.held:
        with simulator(given.held) as ready:
            org = Client(ready["salesforce_url"], ready["access_token"])
            print(f"{'contacts held':<46}{given.held:>10,}, made in {ready['seed_s']:.0f} s,", end=" ")
            print(f"{resident_mb(ready['pid']):,.0f} MB of memory, {ready['state_mb']:,.0f} MB of files", flush=True)
            what = "all of them out of a bulk query"
            measured(what, given.held, ready["pid"], partial(export, org, given.held))
            print(f"{'memory of the simulator then':<46}{resident_mb(ready['pid']):>10,.0f} MB")


if __name__ == "__main__":
    main()
