"""Bulk API 2.0 by plain HTTP: states, dialects, results, and the traps in them."""

from __future__ import annotations

import csv
import io
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.simulator.salesforce.conftest import Service


def _open(salesforce: Service, operation: str = "insert", **more: str) -> dict[str, Any]:
    reply = salesforce.call("POST", "jobs/ingest", {"object": "Contact", "operation": operation, **more})
    assert reply.status_code == 200, reply.text
    body = reply.json()
    assert isinstance(body, dict)
    return body


def _upload(salesforce: Service, job: dict[str, Any], data: Any) -> requests.Response:
    assert not job["contentUrl"].startswith("/")
    headers = {"Content-Type": "text/csv; charset=UTF-8"}
    return salesforce.session.put(f"{salesforce.url}/{job['contentUrl']}", data=data, headers=headers, timeout=10)


def _finish(salesforce: Service, job: dict[str, Any], kind: str = "ingest") -> dict[str, Any]:
    path = f"jobs/{kind}/{job['id']}"
    if kind == "ingest":
        assert salesforce.call("PATCH", path, {"state": "UploadComplete"}).json()["state"] == "UploadComplete"
    until = time.monotonic() + 20
    while (body := salesforce.get(path).json())["state"] not in ("JobComplete", "Failed", "Aborted"):
        assert time.monotonic() < until
    assert isinstance(body, dict)
    return body


def _run(salesforce: Service, data: str, operation: str = "insert", **more: str) -> dict[str, Any]:
    job = _open(salesforce, operation, **more)
    assert _upload(salesforce, job, data.encode()).status_code == 201
    return _finish(salesforce, job)


def _rows(salesforce: Service, job: dict[str, Any], which: str) -> list[dict[str, str]]:
    reply = salesforce.get(f"jobs/ingest/{job['id']}/{which}")
    assert reply.headers["Content-Type"] == "text/csv"
    return [*csv.DictReader(io.StringIO(reply.content.decode(), newline=""))]


def test_an_upload_may_come_in_chunks(salesforce: Service) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"LastName,FirstName\n"
        for number in range(50):
            yield f'Morceau {number},"Zoé\nsur deux lignes"\n'.encode()

    job = _open(salesforce)
    assert job["state"] == "Open"
    reply = _upload(salesforce, job, chunks())
    assert (reply.status_code, reply.content) == (201, b"")
    body = _finish(salesforce, job)
    assert (body["state"], body["numberRecordsProcessed"], body["numberRecordsFailed"]) == ("JobComplete", 50, 0)
    found = salesforce.records("SELECT FirstName FROM Contact WHERE LastName LIKE 'Morceau%'")
    assert {each["FirstName"] for each in found} == {"Zoé\nsur deux lignes"}


def test_a_complete_job_may_have_failed_records(salesforce: Service) -> None:
    data = "Legacy_Id__c,LastName,Email,Birthdate\nJ-1,Bon,,\nJ-2,,,\nJ-3,Bon,pas une adresse,\nJ-4,Bon,,hier\n"
    body = _run(salesforce, data)
    assert body["state"] == "JobComplete"
    records_a_naive_client_believes_in = body["numberRecordsProcessed"]
    assert records_a_naive_client_believes_in == 4
    errors = {row["Legacy_Id__c"]: row["sf__Error"] for row in _rows(salesforce, body, "failedResults")}
    assert errors == {
        "J-2": "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --",
        "J-3": "INVALID_EMAIL_ADDRESS:Email: invalid email address: pas une adresse:Email --",
        "J-4": "INVALID_TYPE_ON_FIELD_IN_RECORD:Birthdate: value not of required type: hier:Birthdate --",
    }
    [good] = _rows(salesforce, body, "successfulResults")
    assert (good["Legacy_Id__c"], good["sf__Created"], len(good["sf__Id"])) == ("J-1", "true", 18)


def test_results_are_not_in_the_order_of_the_file(salesforce: Service) -> None:
    sent = [f"S-{number}" for number in range(100)]
    body = _run(salesforce, "Legacy_Id__c,LastName\n" + "".join(f"{each},x\n" for each in sent))
    rows = _rows(salesforce, body, "successfulResults")
    received = [row["Legacy_Id__c"] for row in rows]
    assert received != sent
    assert sorted(received) == sorted(sent)
    known = {each["Legacy_Id__c"]: each["Id"] for each in salesforce.records("SELECT Id, Legacy_Id__c FROM Contact")}
    assert all(known[row["Legacy_Id__c"]] == row["sf__Id"] for row in rows)
    matched_by_place = sum(known[sent[place]] == row["sf__Id"] for place, row in enumerate(rows))
    assert matched_by_place < 100, "a client that matches by place gets wrong ids"


def test_an_empty_cell_leaves_alone_and_the_null_word_empties(salesforce: Service) -> None:
    data = "Legacy_Id__c,FirstName,Email\nL-1,,#N/A\n"
    body = _run(salesforce, data, "upsert", externalIdFieldName="Legacy_Id__c")
    assert body["numberRecordsFailed"] == 0
    [record] = salesforce.records("SELECT FirstName, Email FROM Contact WHERE Legacy_Id__c = 'L-1'")
    assert record == {"FirstName": "eloise", "Email": None}


def test_a_lookup_column_names_the_key_of_its_parent(salesforce: Service) -> None:
    job = salesforce.call("POST", "jobs/ingest", {"object": "Order__c", "operation": "insert"}).json()
    data = b"External_Number__c,Contact__r.Legacy_Id__c\nN-1,L-2\nN-2,nobody\n"
    _upload(salesforce, job, data)
    body = _finish(salesforce, job)
    assert (body["numberRecordsProcessed"], body["numberRecordsFailed"]) == (2, 1)
    [order] = salesforce.records("SELECT Contact__r.Legacy_Id__c FROM Order__c")
    assert order["Contact__r"]["Legacy_Id__c"] == "L-2"


def test_the_same_key_twice_in_a_batch_fails_both(salesforce: Service) -> None:
    data = "Legacy_Id__c,LastName\nD-1,a\nd-1,b\nD-2,c\n"
    body = _run(salesforce, data, "upsert", externalIdFieldName="Legacy_Id__c")
    assert body["numberRecordsFailed"] == 2
    errors = [row["sf__Error"] for row in _rows(salesforce, body, "failedResults")]
    assert all(each.startswith("DUPLICATE_VALUE:Duplicate external id specified") for each in errors)


@pytest.mark.parametrize(
    ("data", "settings", "message"),
    [
        ("LastName,Shoe__c\nx,y\n", {}, "InvalidBatch : Field name not found : Shoe__c"),
        ("LastName\r\nx\r\n", {}, "ClientInputError : LineEnding is invalid on user data"),
        ("LastName\nx\n", {"lineEnding": "CRLF"}, "ClientInputError : LineEnding is invalid on user data"),
        ("LastName\nx\n", {"operation": "update"}, "InvalidBatch : The 'update' batch must contain the column Id"),
        ("Id,Title\nx,y\n", {"operation": "delete"}, "InvalidBatch : The 'delete' batch must contain only one column"),
    ],
)
def test_a_file_that_does_not_fit_fails_the_job(
    salesforce: Service, data: str, settings: dict[str, str], message: str
) -> None:
    body = _run(salesforce, data, **settings)
    assert body["state"] == "Failed"
    assert body["errorMessage"].startswith(message)


def test_what_follows_a_broken_line_is_not_worked_off(salesforce: Service) -> None:
    good = "".join(f"Q-{number},x\n" for number in range(250))
    body = _run(salesforce, f'Legacy_Id__c,LastName\n{good}Q-x,"bro"ken\nQ-y,x\n')
    assert (body["state"], body["numberRecordsProcessed"]) == ("Failed", 250)
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE Legacy_Id__c LIKE 'Q-%'")["totalSize"] == 250


def test_other_delimiters_and_line_endings(salesforce: Service) -> None:
    data = 'LastName;FirstName\r\n"Point;virgule";Zoé\r\n'
    body = _run(salesforce, data, columnDelimiter="SEMICOLON", lineEnding="CRLF")
    assert body["numberRecordsFailed"] == 0
    text = salesforce.get(f"jobs/ingest/{body['id']}/successfulResults").content.decode()
    assert text.startswith('"sf__Id";"sf__Created";"LastName";"FirstName"\r\n')
    assert '"Point;virgule"' in text


def test_a_job_is_uploaded_once_and_deleted_when_it_is_over(salesforce: Service) -> None:
    job = _open(salesforce)
    path = f"jobs/ingest/{job['id']}"
    assert _upload(salesforce, job, b"LastName\nx\n").status_code == 201
    assert _upload(salesforce, job, b"LastName\ny\n").json()[0]["errorCode"] == "INVALIDJOBSTATE"
    assert salesforce.call("DELETE", path).json()[0]["errorCode"] == "INVALIDJOBSTATE"
    _finish(salesforce, job)
    assert job["id"] in {each["id"] for each in salesforce.get("jobs/ingest").json()["records"]}
    assert salesforce.call("DELETE", path).status_code == 204
    assert salesforce.get(path).status_code == 404


def test_an_aborted_job_does_nothing(salesforce: Service) -> None:
    job = _open(salesforce)
    _upload(salesforce, job, b"LastName\nAvorton\n")
    assert salesforce.call("PATCH", f"jobs/ingest/{job['id']}", {"state": "Aborted"}).json()["state"] == "Aborted"
    again = salesforce.call("PATCH", f"jobs/ingest/{job['id']}", {"state": "UploadComplete"})
    assert again.json()[0]["errorCode"] == "INVALIDJOBSTATE"
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE LastName = 'Avorton'")["totalSize"] == 0


def test_locked_rows_in_a_job(salesforce: Service) -> None:
    ids = [each["Id"] for each in salesforce.records("SELECT Id FROM Contact")]
    salesforce.script("row_lock", "ingest_patch", every=3)
    body = _run(salesforce, "Id,Title\n" + "".join(f"{each},x\n" for each in ids), "update")
    assert body["numberRecordsFailed"] == 3
    failed = _rows(salesforce, body, "failedResults")
    assert all(row["sf__Error"].startswith("UNABLE_TO_LOCK_ROW:") and row["sf__Id"] == row["Id"] for row in failed)


def test_a_hard_delete_is_seen_by_get_deleted_only(salesforce: Service) -> None:
    known = salesforce.contact(1)
    _run(salesforce, f"Id\n{known}\n", "hardDelete")
    assert salesforce.query(f"SELECT Id FROM Contact WHERE Id = '{known}'", "queryAll")["totalSize"] == 0
    now = salesforce.org.now()
    window = {"start": f"{now:%Y-%m-%d}T00:00:00Z", "end": f"{now:%Y}-12-31T23:59:59Z"}
    deleted = salesforce.get("sobjects/Contact/deleted", params=window).json()["deletedRecords"]
    assert [each["id"] for each in deleted] == [known]


def _query(salesforce: Service, soql: str, operation: str = "query") -> dict[str, Any]:
    job = salesforce.call("POST", "jobs/query", {"operation": operation, "query": soql}).json()
    assert job["state"] == "UploadComplete"
    return _finish(salesforce, job, "query")


def test_a_bulk_query_is_read_by_locator(salesforce: Service) -> None:
    body = _query(salesforce, "SELECT Legacy_Id__c, VIP__c, Email, Loyalty_Points__c, Account.Name FROM Contact")
    assert (body["state"], body["numberRecordsProcessed"]) == ("JobComplete", 9)
    path = f"jobs/query/{body['id']}/results"
    rows: list[dict[str, str]] = []
    locator, counted = "", 0
    while locator != "null":
        reply = salesforce.get(path, params={"maxRecords": 4, **({"locator": locator} if locator else {})})
        rows += csv.DictReader(io.StringIO(reply.content.decode(), newline=""))
        locator, counted = reply.headers["Sforce-Locator"], counted + int(reply.headers["Sforce-NumberOfRecords"])
    assert counted == len(rows) == 9
    wanted = {"Legacy_Id__c": "L-4", "VIP__c": "true", "Email": "", "Loyalty_Points__c": "42.0", "Account.Name": ""}
    assert next(row for row in rows if row["Legacy_Id__c"] == "L-4") == wanted
    again = salesforce.get(path, params={"maxRecords": 4})
    assert again.headers["Sforce-NumberOfRecords"] == "4", "a page may be read again"


def test_a_bulk_query_must_be_read_with_the_version_it_was_made_with(salesforce: Service) -> None:
    body = _query(salesforce, "SELECT Id FROM Contact")
    other = salesforce.get(f"/services/data/v60.0/jobs/query/{body['id']}/results")
    assert other.status_code == 409


def test_a_bulk_query_sees_deleted_records_when_asked(salesforce: Service) -> None:
    salesforce.call("DELETE", f"sobjects/Contact/{salesforce.contact(1)}")
    assert _query(salesforce, "SELECT Id FROM Contact")["numberRecordsProcessed"] == 8
    assert _query(salesforce, "SELECT Id FROM Contact", "queryAll")["numberRecordsProcessed"] == 9


@pytest.mark.parametrize(
    ("soql", "words"),
    [
        ("SELECT MailingAddress FROM Contact", "Selecting compound data not supported in Bulk Query"),
        ("SELECT Language__c, COUNT(Id) FROM Contact GROUP BY Language__c", "not supported in Bulk Query"),
        ("SELECT Id, (SELECT Id FROM Contacts) FROM Account", "not supported in Bulk Query"),
        ("SELECT Nope FROM Contact", "No such column 'Nope'"),
    ],
)
def test_what_a_bulk_query_cannot_do_is_refused(salesforce: Service, soql: str, words: str) -> None:
    reply = salesforce.call("POST", "jobs/query", {"operation": "query", "query": soql})
    assert reply.status_code == 400
    assert words in reply.json()[0]["message"]


def test_a_query_job_can_be_deleted(salesforce: Service) -> None:
    body = _query(salesforce, "SELECT Id FROM Contact")
    assert salesforce.call("DELETE", f"jobs/query/{body['id']}").status_code == 204
    assert salesforce.get(f"jobs/query/{body['id']}").status_code == 404


def test_a_failed_job_has_committed_what_came_before(salesforce: Service) -> None:
    salesforce.script("job_fails", "ingest_patch", rows=250)
    job = _run(salesforce, "LastName\n" + "".join(f"Rang {number}\n" for number in range(600)))
    assert (job["state"], job["numberRecordsProcessed"]) == ("Failed", 250)
    assert "retried too often" in job["errorMessage"]
    assert len(_rows(salesforce, job, "successfulResults")) == 250
    assert len(_rows(salesforce, job, "unprocessedrecords")) == 350
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE LastName LIKE 'Rang %'")["totalSize"] == 250


def test_a_job_may_wait_for_its_turn_and_be_aborted_meanwhile(salesforce: Service) -> None:
    salesforce.script("job_waits", "ingest_patch", seconds=0.5)
    job = _open(salesforce)
    _upload(salesforce, job, b"LastName\nPatience\n")
    salesforce.call("PATCH", f"jobs/ingest/{job['id']}", {"state": "UploadComplete"})
    assert salesforce.get(f"jobs/ingest/{job['id']}").json()["state"] == "UploadComplete"
    salesforce.call("PATCH", f"jobs/ingest/{job['id']}", {"state": "Aborted"})
    time.sleep(0.6)
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE LastName = 'Patience'")["totalSize"] == 0


def test_a_query_job_may_fail(salesforce: Service) -> None:
    salesforce.script("job_fails", "bulk_query_create")
    job = salesforce.call("POST", "jobs/query", {"operation": "query", "query": "SELECT Id FROM Contact"}).json()
    assert _finish(salesforce, job, "query")["state"] == "Failed"
    assert salesforce.get(f"jobs/query/{job['id']}/results").status_code == 400


def test_a_job_may_come_with_its_data(salesforce: Service) -> None:
    told = b'{"object":"Contact","operation":"insert","contentType":"CSV","lineEnding":"LF"}'
    parts: dict[str, Any] = {
        "job": ("", told, "application/json"),
        "content": ("c.csv", b"LastName\nEnsemble\n", "text/csv"),
    }
    reply = salesforce.session.post(f"{salesforce.url}/services/data/v68.0/jobs/ingest", files=parts, timeout=10)
    assert (reply.status_code, reply.json()["state"]) == (200, "UploadComplete")
    until = time.monotonic() + 20
    while salesforce.get(f"jobs/ingest/{reply.json()['id']}").json()["state"] != "JobComplete":
        assert time.monotonic() < until
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE LastName = 'Ensemble'")["totalSize"] == 1
    parts["content"] = ("c.csv", b"LastName\n" + b"x" * 100_001, "text/csv")
    refused = salesforce.session.post(f"{salesforce.url}/services/data/v68.0/jobs/ingest", files=parts, timeout=10)
    assert (refused.status_code, refused.json()[0]["errorCode"]) == (400, "INVALIDJOB")


def test_a_job_does_not_go_on_after_a_reset(salesforce: Service) -> None:
    job = _open(salesforce)
    _upload(salesforce, job, ("LastName\n" + "".join(f"Rang {number}\n" for number in range(60_000))).encode())
    salesforce.call("PATCH", f"jobs/ingest/{job['id']}", {"state": "UploadComplete"})
    salesforce.reset()
    time.sleep(0.5)
    assert salesforce.query("SELECT COUNT() FROM Contact")["totalSize"] == 9


def test_the_rows_of_one_transaction_share_a_stamp(salesforce: Service) -> None:
    """Two hundred at a time, so that many records have the very same one."""
    _run(salesforce, "LastName\n" + "".join(f"Rang {number}\n" for number in range(1_000)))
    found = salesforce.records("SELECT SystemModstamp FROM Contact WHERE LastName LIKE 'Rang %'")
    counts = Counter(each["SystemModstamp"] for each in found)
    assert counts.total() == 1_000
    assert all(count % 200 == 0 for count in counts.values())
