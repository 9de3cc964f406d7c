"""salesforce-bulk, with its own calls: Bulk API 1.0 in CSV, JSON and with PK chunking."""

from __future__ import annotations

import csv
import io
import json
from importlib import import_module
from itertools import islice
from typing import Any

from tests.clients.people import FIELDS, check_equal, people, query
from tests.clients.telling import GIVEN, step

module: Any = import_module("salesforce_bulk")
bulk: Any = None
COUNT = GIVEN["records"]
ROWS = [*people(COUNT, "SBK")]


def in_csv(rows: list[dict[str, str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def load(job: str, rows: list[dict[str, str]]) -> list[Any]:
    """Send batches of ten thousand, wait, and return the results in order."""
    remaining = iter(rows)
    sent = []
    while chunk := [*islice(remaining, 10_000)]:
        sent.append(bulk.post_batch(job, io.BytesIO(in_csv(chunk))))
    bulk.close_job(job)
    for batch in sent:
        bulk.wait_for_batch(job, batch, sleep_interval=0.2)
    return [each for batch in sent for each in bulk.get_batch_results(batch, job)]


with step("login: SOAP"):
    bulk = module.SalesforceBulk(
        username=GIVEN["username"], password=GIVEN["password"], security_token="", API_version="50.0"
    )
with step("insert (CSV)") as told:
    results = load(bulk.create_insert_job("Contact", contentType="CSV"), ROWS)
    assert all(each.success == "true" and each.created == "true" for each in results), results[:3]
    told["records"] = len(results)
with step("upsert (CSV)") as told:
    job = bulk.create_upsert_job("Contact", "Legacy_Id__c", contentType="CSV", concurrency="Serial")
    results = load(job, ROWS)
    assert all(each.success == "true" and each.created == "false" for each in results), results[:3]
    told["records"] = len(results)
for kind in ("CSV", "JSON"):
    with step(f"query ({kind}), read back equal") as told:
        job = bulk.create_query_job("Contact", contentType=kind)
        batch = bulk.query(job, query("SBK"), contentType=kind)
        bulk.close_job(job)
        bulk.wait_for_batch(job, batch, sleep_interval=0.2)
        found: list[dict[str, Any]] = []
        for result in bulk.get_all_results_for_query_batch(batch, job):
            if kind == "JSON":
                found += json.load(result)
            else:
                found += csv.DictReader(io.TextIOWrapper(result, encoding="utf-8", newline=""))
        told["records"] = check_equal(ROWS, found)
with step("query with PK chunking") as told:
    job = bulk.create_query_job("Contact", contentType="CSV", pk_chunking=5_000)
    original = bulk.query(job, query("SBK"))
    while bulk.batch_state(original, job, reload=True) in ("Queued", "InProgress"):
        pass
    assert bulk.batch_state(original, job) == "Not Processed"
    chunks = [each["id"] for each in bulk.get_batch_list(job) if each["state"] == "Completed"]
    rows = [
        row
        for chunk in chunks
        for result in bulk.get_all_results_for_query_batch(chunk, job)
        for row in csv.DictReader(io.TextIOWrapper(result, encoding="utf-8", newline=""))
    ]
    told["records"] = check_equal(ROWS, rows)
with step("refused rows, an abort"):
    bad = [{**ROWS[0], "Legacy_Id__c": "SBK-x", "LastName": "x" * 81}]
    [result] = load(bulk.create_insert_job("Contact", contentType="CSV"), bad)
    assert (result.success, result.error.partition(":")[0]) == ("false", "STRING_TOO_LONG"), result
    job = bulk.create_insert_job("Contact", contentType="CSV")
    bulk.abort_job(job)
    assert bulk.job_status(job)["state"] == "Aborted"
