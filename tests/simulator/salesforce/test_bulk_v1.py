"""Bulk API 1.0: jobs and batches in XML, JSON and CSV, as older clients still use them."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import requests

from tests.simulator.salesforce.conftest import CREDENTIALS, Service

SPACE = "{http://www.force.com/2009/06/asyncapi/dataload}"
PATIENCE_S = 20


class Async:
    """The calls of a client that speaks XML or JSON of its jobs."""

    def __init__(self, salesforce: Service, json_too: bool = False, token: str = CREDENTIALS.access_token) -> None:
        self._root = f"{salesforce.url}/services/async/50.0/job"
        self._session = requests.Session()
        self._session.headers["X-SFDC-Session"] = token
        self._json = json_too

    def send(self, path: str, body: str | None = None, kind: str = "application/xml", **headers: str) -> Any:
        method = "GET" if body is None else "POST"
        content = None if body is None else body.encode()
        told = {"Content-Type": kind, **headers}
        return self._session.request(method, self._root + path, data=content, headers=told, timeout=10)

    def told(self, path: str = "", tells: dict[str, str] | None = None) -> dict[str, str]:
        """Say or ask something of a job; return what is answered."""
        if tells is None or self._json:
            body = None if tells is None else json.dumps(tells)
            return members_of(self.send(path, body, "application/json"))
        members = "".join(f"<{name}>{value}</{name}>" for name, value in tells.items())
        return members_of(self.send(path, f'<jobInfo xmlns="{SPACE[1:-1]}">{members}</jobInfo>'))

    def worked_off(self, job: str, body: str, kind: str) -> str:
        """Send a batch and wait for its end; return its path."""
        reply = self.send(f"/{job}/batch", body, kind)
        assert reply.status_code == 201, reply.text
        made = members_of(reply)["id"]
        until = time.monotonic() + PATIENCE_S
        while self.told(f"/{job}/batch/{made}")["state"] in ("Queued", "InProgress"):
            assert time.monotonic() < until
        return f"/{job}/batch/{made}"


def members_of(reply: requests.Response) -> dict[str, str]:
    """Return what is told of a job or a batch, in whichever dialect."""
    if reply.headers["Content-Type"] == "application/json":
        return {name: str(value) for name, value in reply.json().items()}
    assert reply.headers["Content-Type"] == "application/xml"
    return {each.tag.removeprefix(SPACE): each.text or "" for each in ET.fromstring(reply.content)}


def open_job(client: Async, content: str, operation: str = "insert", **more: str) -> str:
    told = client.told("", {"operation": operation, "object": "Contact", "contentType": content, **more})
    assert told["state"] == "Open", told
    return told["id"]


def outcomes_of(content: str, reply: requests.Response) -> list[tuple[bool, bool, str]]:
    """Return success, created and the error of each record."""
    if content == "JSON":
        return [
            (each["success"], each["created"], each["errors"][0]["statusCode"] if each["errors"] else "")
            for each in reply.json()
        ]
    if content == "XML":
        return [
            (
                each.findtext(f"{SPACE}success") == "true",
                each.findtext(f"{SPACE}created") == "true",
                each.findtext(f"{SPACE}errors/{SPACE}statusCode") or "",
            )
            for each in ET.fromstring(reply.content)
        ]
    rows = csv.DictReader(io.StringIO(reply.content.decode(), newline=""))
    return [(row["Success"] == "true", row["Created"] == "true", row["Error"].partition(":")[0]) for row in rows]


XML = """<sObjects xmlns="http://www.force.com/2009/06/asyncapi/dataload"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<sObject><LastName>Un</LastName><Title>a, "b"</Title>
<ReportsTo><sObject><Legacy_Id__c>L-1</Legacy_Id__c></sObject></ReportsTo></sObject>
<sObject><Title>Sans nom</Title></sObject>
<sObject><LastName>{long}</LastName></sObject>
<sObject><LastName>Deux</LastName><Title xsi:nil="true"/></sObject>
</sObjects>"""
CSV = '''LastName,Title,ReportsTo.Legacy_Id__c
Un,"a, ""b""",L-1
,Sans nom,
{long},,
Deux,#N/A,#N/A
'''
RECORDS: list[dict[str, Any]] = [
    {"LastName": "Un", "Title": 'a, "b"', "ReportsTo": {"Legacy_Id__c": "L-1"}},
    {"Title": "Sans nom"},
    {"LastName": "x" * 81},
    {"LastName": "Deux", "Title": None, "ReportsTo": None},
]
BATCHES = {
    "CSV": ("text/csv; charset=UTF-8", CSV.format(long="x" * 81)),
    "JSON": ("application/json", json.dumps(RECORDS)),
    "XML": ("application/xml", XML.format(long="x" * 81)),
}


@pytest.mark.parametrize("content", BATCHES)
@pytest.mark.parametrize("speaks_json", [False, True])
def test_a_batch_is_answered_record_by_record_in_its_order(
    salesforce: Service, content: str, speaks_json: bool
) -> None:
    kind, body = BATCHES[content]
    client = Async(salesforce, speaks_json)
    job = open_job(client, content)
    batch = client.worked_off(job, body, kind)
    # However the client speaks of the job: a batch is told of as the job has it.
    told_as = client.send(batch, kind="application/json" if content == "CSV" else "application/xml")
    assert told_as.headers["Content-Type"] == ("application/json" if content == "JSON" else "application/xml")
    info = client.told(batch)
    assert (info["state"], info["numberRecordsProcessed"], info["numberRecordsFailed"]) == ("Completed", "4", "2")
    assert outcomes_of(content, client.send(f"{batch}/result")) == [
        (True, True, ""),
        (False, False, "REQUIRED_FIELD_MISSING"),
        (False, False, "STRING_TOO_LONG"),
        (True, True, ""),
    ]
    assert client.send(f"{batch}/request").content == body.encode()
    made = salesforce.records(
        "SELECT LastName, Title, ReportsTo.LastName FROM Contact WHERE LastName IN ('Un', 'Deux')"
    )
    found = {each["LastName"]: (each["Title"], (each["ReportsTo"] or {}).get("LastName")) for each in made}
    assert found == {"Un": ('a, "b"', "Tremblay 1"), "Deux": (None, None)}
    closed = client.told(f"/{job}", {"state": "Closed"})
    assert (closed["state"], closed["numberBatchesCompleted"], closed["numberRecordsFailed"]) == ("Closed", "1", "2")


@pytest.mark.parametrize("content", ["CSV", "JSON", "XML"])
def test_a_query_is_answered_through_a_list_of_results(salesforce: Service, content: str) -> None:
    client = Async(salesforce, json_too=content == "JSON")
    job = open_job(client, content, "query")
    text = "SELECT LastName, Title, VIP__c, Account.Name FROM Contact WHERE Legacy_Id__c IN ('L-0', 'L-3')"
    batch = client.worked_off(job, f"{text} ORDER BY LastName", "text/csv")
    listed = client.send(f"{batch}/result")
    ids = listed.json() if content == "JSON" else [each.text for each in ET.fromstring(listed.content)]
    [result] = ids
    reply = client.send(f"{batch}/result/{result}")
    if content == "JSON":
        shown = [
            (each["LastName"], each["VIP__c"], each["Account"] and each["Account"]["Name"]) for each in reply.json()
        ]
        assert shown == [("Tremblay 0", True, "Boulangerie Été"), ("Tremblay 3", False, None)]
    elif content == "CSV":
        assert reply.content.decode() == (
            '"LastName","Title","VIP__c","Account.Name"\n"Tremblay 0","","true","Boulangerie Été"\n'
            '"Tremblay 3","","false",""\n'
        )
    else:
        names = [each.findtext(f"{SPACE}LastName") for each in ET.fromstring(reply.content)]
        assert names == ["Tremblay 0", "Tremblay 3"]


def test_upsert_update_and_delete_find_their_records(salesforce: Service) -> None:
    client = Async(salesforce)
    job = open_job(client, "CSV", "upsert", externalIdFieldName="Legacy_Id__c")
    batch = client.worked_off(job, "Legacy_Id__c,LastName\nL-1,Changé\nN-1,Neuf\nN-2,a\nN-2,b\n", "text/csv")
    assert outcomes_of("CSV", client.send(f"{batch}/result")) == [
        (True, False, ""),
        (True, True, ""),
        (False, False, "DUPLICATE_VALUE"),
        (False, False, "DUPLICATE_VALUE"),
    ]
    one = salesforce.contact(1)
    job = open_job(client, "CSV", "update")
    batch = client.worked_off(job, f"Id,LastName\n{one},Encore\n003000000000000,x\n", "text/csv")
    assert [each[0] for each in outcomes_of("CSV", client.send(f"{batch}/result"))] == [True, False]
    assert salesforce.read("Contact", one)["LastName"] == "Encore"
    job = open_job(client, "CSV", "delete")
    batch = client.worked_off(job, f"Id\n{one}\n", "text/csv")
    assert outcomes_of("CSV", client.send(f"{batch}/result")) == [(True, False, "")]
    assert salesforce.query("SELECT Id FROM Contact WHERE Legacy_Id__c = 'L-1'")["totalSize"] == 0


def test_pk_chunking_gives_each_chunk_a_batch_of_its_own(salesforce: Service) -> None:
    client = Async(salesforce)
    told = {"operation": "query", "object": "Contact", "contentType": "CSV"}
    members = "".join(f"<{name}>{value}</{name}>" for name, value in told.items())
    body = f'<jobInfo xmlns="http://www.force.com/2009/06/asyncapi/dataload">{members}</jobInfo>'
    reply = client.send("", body, **{"Sforce-Enable-PKChunking": "chunkSize=4; startRow=0"})
    job = ET.fromstring(reply.content).findtext(f"{SPACE}id") or ""
    original = client.worked_off(job, "SELECT Id FROM Contact", "text/csv")
    assert client.told(original)["state"] == "Not Processed"
    listed = ET.fromstring(client.send(f"/{job}/batch").content)
    counted = [(each.findtext(f"{SPACE}state"), each.findtext(f"{SPACE}numberRecordsProcessed")) for each in listed]
    assert counted == [("Not Processed", "0"), ("Completed", "4"), ("Completed", "4"), ("Completed", "1")]


def refusal(reply: requests.Response) -> tuple[int, str]:
    if reply.headers["Content-Type"].startswith("application/json"):
        return reply.status_code, reply.json()["exceptionCode"]
    return reply.status_code, ET.fromstring(reply.content).findtext(f"{SPACE}exceptionCode") or ""


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"operation": "insert", "object": "Nope"}, "InvalidEntity"),
        ({"operation": "steal", "object": "Contact"}, "InvalidJob"),
        ({"operation": "insert", "object": "Contact", "contentType": "PDF"}, "InvalidJob"),
        ({"operation": "upsert", "object": "Contact"}, "InvalidJob"),
        ({"operation": "upsert", "object": "Contact", "externalIdFieldName": "Title"}, "InvalidJob"),
    ],
)
def test_a_job_that_cannot_be_is_refused_in_the_words_of_this_api(
    salesforce: Service, given: dict[str, str], code: str
) -> None:
    client = Async(salesforce)
    assert refusal(client.send("", json.dumps(given), "application/json")) == (400, code)
    members = "".join(f"<{name}>{value}</{name}>" for name, value in given.items())
    assert refusal(client.send("", f"<jobInfo>{members}</jobInfo>")) == (400, code)


def test_who_does_not_come_in_and_what_is_not_there_are_told_in_the_words_of_this_api(salesforce: Service) -> None:
    client = Async(salesforce, token="nobody")
    assert refusal(client.send("", "{}", "application/json")) == (400, "InvalidSessionId")
    client = Async(salesforce)
    assert refusal(client.send("/750000000000000")) == (400, "InvalidJob")
    job = open_job(client, "CSV")
    assert refusal(client.send(f"/{job}/batch/751000000000000")) == (400, "InvalidBatch")
    client.told(f"/{job}", {"state": "Aborted"})
    assert refusal(client.send(f"/{job}/batch", "LastName\nx\n", "text/csv")) == (400, "InvalidJobState")
    address = f"{salesforce.url}/services/async/29.0/job/{job}"
    headers = {"X-SFDC-Session": CREDENTIALS.access_token}
    assert refusal(requests.get(address, headers=headers, timeout=10)) == (400, "InvalidVersion")


@pytest.mark.parametrize(
    ("operation", "body", "part"),
    [
        ("insert", "LastName,Nope\nx,y\n", "Field name not found : Nope"),
        ("insert", "LastName,Title\nx\n", "has 1 cells"),
        ("insert", 'LastName\n"x\n', "Failed to parse the CSV"),
        ("insert", "LastName\n" + "x\n" * 10_001, "more than 10000"),
        ("query", "SELECT Nope FROM Contact", "INVALID_FIELD"),
        ("query", "SELECT COUNT(Id) n FROM Contact", "FUNCTIONALITY_NOT_ENABLED"),
        ("query", "SELECT Id, (SELECT Id FROM Cases) FROM Contact", "FUNCTIONALITY_NOT_ENABLED"),
        ("query", "SELECT MailingAddress FROM Contact", "compound"),
        ("query", "SELECT Id FROM Lead", "The job is for Contact"),
    ],
)
def test_a_batch_that_cannot_be_read_fails_as_a_whole(
    salesforce: Service, operation: str, body: str, part: str
) -> None:
    client = Async(salesforce)
    batch = client.worked_off(open_job(client, "CSV", operation), body, "text/csv")
    told = client.told(batch)
    assert told["state"] == "Failed"
    assert told["stateMessage"].startswith("InvalidBatch : ")
    assert part in told["stateMessage"]
    assert refusal(client.send(f"{batch}/result")) == (400, "InvalidBatch")


def names(records: Sequence[Any]) -> list[str]:
    return [str(each["LastName"]) for each in records]


def test_a_locked_row_fails_alone(salesforce: Service) -> None:
    client = Async(salesforce)
    salesforce.script("row_lock", "v1_batch_add", every=2)
    batch = client.worked_off(open_job(client, "CSV"), "LastName\nUn\nDeux\nTrois\n", "text/csv")
    told = outcomes_of("CSV", client.send(f"{batch}/result"))
    assert [each[2] for each in told] == ["", "UNABLE_TO_LOCK_ROW", ""]
    found = salesforce.records(
        "SELECT LastName FROM Contact WHERE LastName IN ('Un', 'Deux', 'Trois') ORDER BY LastName"
    )
    assert names(found) == ["Trois", "Un"]
