"""Measure a first sync and an idle one, against a bare pump in the same run: `python -m tests.benchmarks`.

Each size is measured twice: with contacts that only go to Dialog Insight, which is the work of the pump, and with the
rehearsal's own project file, whose contacts go both ways with their opt-ins (so an idle run makes its look-ups).

The pump posts the very records that the sync wrote, in the same batches, made ready beforehand, to the same simulator
put back to its seed. Sizes in MB are 10^6 bytes; memory is the largest resident set of the `disf sync` process.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import Any

import requests
import yaml

_ROOT = Path(__file__).resolve().parents[2]
_BATCH = 200


@dataclass(frozen=True)
class Measured:
    """One whole process: its wall and processor seconds, its peak memory, its last event."""

    wall: float
    cpu: float
    peak_mb: float
    finished: dict[str, Any]


@contextmanager
def simulator(records: int, folder: Path) -> Iterator[dict[str, Any]]:
    """Run the simulator with this many contacts; give its ready file, with the seconds that seeding took."""
    ready = folder / "ready.json"
    command = [sys.executable, "-m", "disf_desktop.simulator", "--data", str(_ROOT / "resources" / "simulator")]
    began = time.monotonic()
    process = subprocess.Popen(
        [*command, "--ready-file", str(ready), "--records", str(records), "--state", str(folder / "state")], cwd=_ROOT
    )
    try:
        while not ready.exists():
            if process.poll() is not None:
                raise SystemExit("the simulator did not start")
            time.sleep(0.05)
        yield json.loads(ready.read_text()) | {"seed_s": time.monotonic() - began}
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def sync(ready: dict[str, Any], log: Path) -> Measured:
    """Run `disf sync` of the contacts as its own process."""
    command = [sys.executable, "-m", "disf_desktop.cli", "sync", ready["project_file"], "--integration", "Contacts"]
    command += ["--profile", ready["profile"], "--secrets", ready["secrets"], "--json"]
    began = time.monotonic()
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, cwd=_ROOT)
        _, _, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    finished: dict[str, Any] = {}
    with log.open() as lines:
        for line in lines:
            event = json.loads(line)
            if event["event"] in ("run_finished", "error"):
                finished = event
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, finished)


def ready_made(ready: dict[str, Any], folder: Path) -> tuple[Path, int]:
    """Write down the bodies of the calls that a sync made, one a line; give the file and how many records they hold."""
    project = ready["projects"]["Newsletter"]
    door = f"{ready['control_url']}/dialog-insight/projects/{project}/contacts.ndjson"
    options = {
        "AllowInsert": True,
        "AllowUpdate": False,
        "SkipDuplicateRecords": False,
        "SkipUnmatchedRecords": False,
        "ReturnRecordsOnSuccess": True,
        "ReturnRecordsOnError": False,
        "FieldOptions": None,
    }
    count, path = 0, folder / "bodies.ndjson"
    with requests.get(door, stream=True, timeout=600) as reply, path.open("wb") as out:
        lines = reply.iter_lines()
        while chunk := list(islice(lines, _BATCH)):
            records = []
            for line in chunk:
                fields = {k: v for k, v in json.loads(line).items() if k.startswith("f_") and v is not None}
                records.append({"ID": {"key_f_SalesforceID": fields.pop("f_SalesforceID")}, "Data": fields})
            count += len(records)
            body = {
                "AuthKey": {"idKey": ready["id_key"], "Key": ready["key"]},
                "idProject": project,
                "Records": records,
                "MergeOptions": options,
            }
            out.write(json.dumps(body, separators=(",", ":")).encode() + b"\n")
    return path, count


def pump(ready: dict[str, Any], bodies: Path) -> float:
    """Post ready-made bodies one after the other and read each reply; give the seconds."""
    address = f"{ready['dialog_insight_url']}/webservices/ofc4/Contacts.ashx?method=Merge"
    session = requests.Session()
    session.trust_env = False
    began = time.monotonic()
    with bodies.open("rb") as lines:
        for line in lines:
            reply = session.post(address, data=line, headers={"Content-Type": "application/json"}, timeout=120)
            assert json.loads(reply.content)["Success"], reply.text[:300]
    return time.monotonic() - began


def ledger_bytes(ready: dict[str, Any]) -> int:
    """Give the size of the ledger, with its log."""
    return sum(p.stat().st_size for p in Path(ready["profile"]).rglob("ledger.sqlite*"))


def one_way(project_file: Path) -> None:
    """Have the contacts of a project file go to Dialog Insight only, and no opt-in anywhere."""
    project = yaml.safe_load(project_file.read_text(encoding="utf-8"))
    contacts = next(each for each in project["integrations"] if each["name"] == "Contacts")
    contacts["triggers"] = ["salesforce_created", "salesforce_updated"]
    for name in ("optins", "deletes"):
        contacts.pop(name, None)
    for pair in contacts["mapping"]["pairs"]:
        pair.pop("direction", None)
        pair.pop("conflict", None)
    project_file.write_text(yaml.safe_dump(project, allow_unicode=True), encoding="utf-8")


def measure(records: int, ways: str) -> dict[str, Any]:
    """Measure one size from nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with simulator(records, folder) as ready:
            if ways == "one way":
                one_way(Path(ready["project_file"]))
            first = sync(ready, folder / "first.ndjson")
            if first.finished.get("event") != "run_finished":
                raise SystemExit(f"the first sync failed: {first.finished}")
            links = first.finished["dialog_insight"]["created"]
            size = ledger_bytes(ready)
            idle = sync(ready, folder / "idle.ndjson")
            bodies, posted = ready_made(ready, folder)
            requests.post(f"{ready['control_url']}/reset", timeout=600).raise_for_status()
            pumped = pump(ready, bodies)
            assert posted == links, (posted, links)
            return {
                "records": records,
                "seed_s": ready["seed_s"],
                "sync_s": first.wall,
                "cpu_s": first.cpu,
                "rate": records / first.wall,
                "peak_mb": first.peak_mb,
                "pump_s": pumped,
                "ratio": first.wall / pumped,
                "ledger_kb": size / links / 1000,
                "idle_s": idle.wall,
                "idle_mb": idle.peak_mb,
                "idle_writes": idle.finished["dialog_insight"],
                "idle_calls": idle.finished["calls"],
                "calls": first.finished["calls"],
            }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="20000,100000,1000000", help="numbers of contacts, one run each")
    parser.add_argument("--ways", default="one way,both ways", help="the project files to measure")
    given = parser.parse_args()
    sizes = [int(n) for n in given.sizes.split(",")]
    columns = (
        "contacts",
        "seed s",
        "sync s",
        "cpu s",
        "rec/s",
        "peak MB",
        "pump s",
        "x pump",
        "KB/link",
        "idle s",
        "idle MB",
    )
    print("".join(f"{c:>10}" for c in columns), " calls first / idle (writes)")
    smallest = 0.0
    for records, ways in product(sizes, given.ways.split(",")):
        m = measure(records, ways)
        smallest = smallest or m["peak_mb"]
        keys = ("seed_s", "sync_s", "cpu_s", "rate", "peak_mb", "pump_s", "ratio", "ledger_kb", "idle_s", "idle_mb")
        writes = sum(n for what, n in m["idle_writes"].items() if what != "read")
        calls = f"{sum(m['calls'].values())} / {sum(m['idle_calls'].values())} ({writes})"
        print(f"{m['records']:>10,}" + "".join(f"{m[k]:>10,.2f}" for k in keys), "", calls, ways, flush=True)
        print(f"{'':>9} memory: {m['peak_mb'] / smallest:.2f} times that of the smallest size", flush=True)


if __name__ == "__main__":
    main()
