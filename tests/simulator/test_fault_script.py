"""Which fault falls on which call; and the faults of the transport, over real connections."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

import disf_desktop.simulator
from disf_desktop.simulator.faults import Call, FaultLayer, Faults
from disf_desktop.simulator.world import World
from tests.simulator.conftest import Simulator

RECORD = {"ID": {"key_f_SalesforceID": "003A"}, "Data": {"f_EMail": "a@x.example"}}
MERGE = {"idProject": 123456, "Records": [RECORD], "MergeOptions": {"AllowInsert": True, "AllowUpdate": True}}


def taken(faults: Faults, *calls: str) -> list[str | None]:
    found = [faults.take("dialog_insight", call) for call in calls]
    return [None if each is None else each.name for each in found]


def test_a_fault_falls_after_some_calls_and_some_times() -> None:
    faults = Faults()
    faults.script([{"fault": "html", "service": "dialog_insight", "call": "a", "after": 2, "times": 2}])
    assert taken(faults, "a", "b", "a", "a", "b", "a", "a") == [None, None, None, "html", None, "html", None]


def test_a_fault_without_a_call_falls_on_any_of_its_service() -> None:
    faults = Faults()
    faults.script([{"fault": "html", "service": "salesforce", "times": None}, {"fault": "delay"}])
    assert taken(faults, "a", "b") == ["delay", None]
    assert [faults.take("salesforce", "query") is not None for _ in range(3)] == [True, True, True]


def test_the_first_scripted_fault_wins_and_the_next_one_waits() -> None:
    faults = Faults()
    faults.script([{"fault": "html"}])
    faults.script([{"fault": "delay", "seconds": 3}])
    first, second = faults.take("salesforce", "x"), faults.take("salesforce", "x")
    assert first is not None
    assert second is not None
    assert (first.name, second.name, second.parameters) == ("html", "delay", {"seconds": 3})


def test_a_call_that_another_fault_takes_counts_among_those_let_through() -> None:
    faults = Faults()
    faults.script([{"fault": "html", "times": 2}, {"fault": "delay", "after": 3}])
    assert taken(faults, *"abcde") == ["html", "html", None, "delay", None]


def test_an_empty_script_clears_what_was_left() -> None:
    faults = Faults()
    faults.script([{"fault": "html", "times": None}])
    faults.script([])
    assert faults.take("salesforce", "x") is None


def test_a_bad_script_changes_nothing() -> None:
    faults = Faults()
    with pytest.raises(ValueError, match="no fault named 'nothing'"):
        faults.script([{"fault": "html"}, {"fault": "nothing"}])
    assert faults.take("salesforce", "x") is None


def test_a_fault_falls_on_every_nth_call_of_those_not_let_through() -> None:
    faults = Faults()
    faults.script([{"fault": "html", "after": 1, "each": 3, "times": 2}])
    assert taken(faults, *"abcdefghijk") == [*(None,) * 3, "html", *(None,) * 2, "html", *(None,) * 4]


def test_a_fault_falls_during_its_time_only() -> None:
    now = datetime(2026, 11, 2, tzinfo=UTC)
    faults = Faults(lambda: now)
    faults.script([{"fault": "html", "in_s": 10, "for_s": 5, "times": None}])
    found = []
    for second in (0, 9, 10, 14, 15, 60):
        now = datetime(2026, 11, 2, 0, second // 60, second % 60, tzinfo=UTC)
        found += taken(faults, "a")
    assert found == [None, None, "html", "html", None, None]


def test_a_fault_by_chance_falls_on_its_share_and_the_same_in_each_run() -> None:
    def run(seed: int) -> list[str | None]:
        faults = Faults(seed=seed)
        faults.script([{"fault": "html", "chance": 0.3, "times": None}])
        return taken(faults, *"a" * 1_000)

    assert run(1) == run(1) != run(2)
    assert 200 < 1_000 - run(1).count(None) < 400


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"each": 0}, "`each`"),
        ({"chance": 2}, "`chance`"),
        ({"in_s": -1}, "`in_s`"),
        ({"for_s": "long"}, "`for_s`"),
        ({"after": -1}, "`after`"),
        ({"times": 0}, "`times`"),
        ({"service": "mail"}, "no service named 'mail'"),
    ],
)
def test_a_schedule_that_is_none_is_refused(wrong: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Faults().script([{"fault": "html", **wrong}])


def test_the_side_door_and_the_readme_name_every_fault(simulator: Simulator) -> None:
    readme = Path(disf_desktop.simulator.__file__).with_name("README.md").read_text(encoding="utf-8")
    told = simulator.control("faults")
    assert told == Faults.NAMES
    for name, line in (told | simulator.control("faults/schedule")).items():
        assert f"| `{name}` | {line} |\n" in readme


def test_without_a_connection_a_reset_is_an_exception() -> None:
    """A service run inside a test has no transport; the fault must not turn into a quiet success."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("not reached")

    async def nothing() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        raise AssertionError("nothing is answered")

    world = World(1)
    world.faults.script([{"fault": "reset_before"}])
    layer = FaultLayer(app, world, "salesforce", lambda scope: "query")
    with pytest.raises(ConnectionResetError):
        asyncio.run(layer({"type": "http"}, nothing, send))
    [told] = world.requests.summary()
    assert (told["call"], told["count"], told["errors"]) == ("query", 1, 1)


def test_what_a_service_notes_on_its_call_is_logged_once() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        call: Call = scope["call"]
        call.records = 3
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def ignore(*_: Any) -> Any:
        return None

    world = World(1)
    asyncio.run(FaultLayer(app, world, "salesforce", lambda scope: "query")({"type": "http"}, ignore, ignore))
    expected = {"service": "salesforce", "call": "query", "count": 1, "records": 3, "errors": 0}
    assert world.requests.summary() == [expected]


def stored(simulator: Simulator) -> int:
    return len(simulator.lines("dialog-insight/projects/123456/contacts"))


@pytest.mark.parametrize(
    ("fault", "more", "status", "done"),
    [
        ("unavailable", {}, 503, 0),
        ("unavailable", {"status": 500}, 500, 0),
        ("too_many", {}, 429, 0),
        ("error_after_apply", {}, 500, 1),
        ("html", {}, 200, 0),
        ("html", {"apply": True}, 200, 1),
        ("truncated", {}, 200, 1),
        ("answer", {"status": 502, "body": "<html>Bad Gateway</html>"}, 502, 0),
        ("answer", {"body": "", "apply": True}, 200, 1),
    ],
)
def test_an_answer_that_is_none(simulator: Simulator, fault: str, more: dict[str, Any], status: int, done: int) -> None:
    simulator.control("requests", method="DELETE")
    simulator.script(fault, **more)
    reply = simulator.call("Contacts.Merge", **MERGE)
    assert reply.status_code == status
    quiet = fault == "truncated" or (fault == "answer" and status == 200)
    assert simulator.counted("Contacts.Merge") == {"count": 1, "records": done, "errors": int(not quiet)}
    with pytest.raises(requests.JSONDecodeError):
        reply.json()
    assert stored(simulator) == done
    assert simulator.call("Contacts.Merge", **MERGE).json()["Success"] is True, "the next one is served"


@pytest.mark.parametrize(
    ("fault", "done"),
    [
        ("reset_before", 0),
        ("reset_in_request", 0),
        ("timeout_before", 0),
        ("reset_after_apply", 1),
        ("reset_in_reply", 1),
    ],
)
def test_a_reset_connection_is_a_lost_reply(simulator: Simulator, fault: str, done: int) -> None:
    simulator.control("requests", method="DELETE")
    simulator.script(fault, seconds=0.1)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        simulator.call("Contacts.Merge", **MERGE)
    assert stored(simulator) == done
    assert simulator.counted("Contacts.Merge")["count"] == 1


def test_a_reply_held_back_outlives_the_patience_of_the_client(simulator: Simulator) -> None:
    simulator.script("timeout_after_apply", seconds=60)
    body = {"AuthKey": {"idKey": 5335, "Key": simulator.ready["key"]}, **MERGE}
    address = f"{simulator.ready['dialog_insight_url']}/webservices/ofc4/contacts.ashx?method=Merge"
    with pytest.raises(requests.ReadTimeout):
        requests.post(address, json=body, timeout=0.5)
    assert stored(simulator) == 1


def test_what_is_applied_later_is_not_there_at_first(simulator: Simulator) -> None:
    simulator.script("apply_later", seconds=0.5)
    with pytest.raises(requests.ConnectionError):
        simulator.call("Contacts.Merge", **MERGE)
    assert stored(simulator) == 0
    until = time.monotonic() + 30
    while stored(simulator) == 0:
        assert time.monotonic() < until, "never applied"
        time.sleep(0.05)


def test_a_delayed_call_is_served_all_the_same(simulator: Simulator) -> None:
    simulator.script("delay", seconds=0.2)
    before = time.monotonic()
    assert simulator.call("Contacts.Merge", **MERGE).json()["CreatedRecords"] == 1
    assert time.monotonic() - before >= 0.2, "not before the delay"


@pytest.mark.parametrize("fault", ["delay", "apply_later"])
def test_what_is_held_back_does_not_outlive_a_reset(simulator: Simulator, fault: str) -> None:
    simulator.script(fault, seconds=0.5)

    def ask() -> None:
        with pytest.raises(requests.ConnectionError):
            simulator.call("Contacts.Merge", **MERGE)

    held = threading.Thread(target=ask)
    held.start()
    time.sleep(0.2)
    simulator.control("reset", {})
    held.join(10)
    time.sleep(0.5)
    assert stored(simulator) == 0
    assert simulator.control("requests") == []


def test_a_request_delivered_twice_gives_the_second_answer(simulator: Simulator) -> None:
    simulator.script("duplicate_delivery")
    reply = simulator.call("Contacts.Merge", **MERGE).json()
    assert (reply["CreatedRecords"], reply["UpdatedRecords"]) == (0, 1)
    assert stored(simulator) == 1


def test_a_client_is_told_when_to_come_back(simulator: Simulator) -> None:
    simulator.script("too_many", retry_after=7)
    assert simulator.call("Contacts.Merge", **MERGE).headers["Retry-After"] == "7"
    simulator.script("unavailable")
    assert "Retry-After" not in simulator.call("Contacts.Merge", **MERGE).headers


def test_half_a_request_is_no_request(simulator: Simulator) -> None:
    simulator.control("requests", method="DELETE")
    body = json.dumps({"AuthKey": {"idKey": 5335, "Key": simulator.ready["key"]}, **MERGE}).encode()
    address = urlsplit(simulator.ready["dialog_insight_url"])
    with socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=10) as connection:
        head = (
            f"POST /webservices/ofc4/contacts.ashx?method=Merge HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body) + 1}"
        )
        connection.sendall(f"{head}\r\n\r\n".encode() + body)
    until = time.monotonic() + 30
    while not simulator.control("requests"):
        assert time.monotonic() < until, "never seen"
        time.sleep(0.02)
    assert simulator.counted("Contacts.Merge") == {"count": 1, "records": 0, "errors": 1}
    assert stored(simulator) == 0


def test_a_fault_falls_on_salesforce_too(simulator: Simulator) -> None:
    simulator.control("faults", [{"fault": "unavailable", "service": "salesforce", "call": "versions"}])
    statuses = [
        requests.get(f"{simulator.ready['salesforce_url']}/services/data", timeout=10).status_code for _ in "ab"
    ]
    assert statuses == [503, 200]


TWO = {**MERGE, "Records": [RECORD, {"ID": {"key_f_SalesforceID": "003B"}, "Data": {"f_EMail": "b@x.example"}}]}


@pytest.mark.parametrize(
    ("fault", "ids"),
    [
        ("empty_list", []),
        ("rows_missing", ["003A"]),
        ("rows_reversed", ["003B", "003A"]),
        ("rows_repeated", ["003A", "003A", "003B"]),
    ],
)
def test_the_results_are_not_those_of_what_was_done(simulator: Simulator, fault: str, ids: list[str]) -> None:
    simulator.script(fault)
    reply = simulator.call("Contacts.Merge", **TWO).json()
    assert reply["CreatedRecords"] == 2
    assert [each["ID"]["key_f_SalesforceID"] for each in reply["Records"]] == ids
    assert stored(simulator) == 2


def test_half_of_a_call_is_done_and_all_of_it_refused(simulator: Simulator) -> None:
    simulator.script("partly_applied")
    reply = simulator.call("Contacts.Merge", **TWO)
    assert (reply.status_code, reply.json()["Success"]) == (200, False)
    assert stored(simulator) == 1
    records = [{"attributes": {"type": "Contact"}, "LastName": f"Moitié {number}"} for number in range(4)]
    simulator.control("faults", [{"fault": "partly_applied", "call": "collections_create"}])
    refused = salesforce(simulator, "POST", "composite/sobjects", {"records": records})
    assert (refused.status_code, refused.json()[0]["errorCode"]) == (500, "UNKNOWN_EXCEPTION")
    there = salesforce(simulator, "GET", "query?q=SELECT+COUNT()+FROM+Contact+WHERE+LastName+LIKE+'Moitié+%25'")
    assert there.json()["totalSize"] == 2


def salesforce(simulator: Simulator, method: str, path: str, body: Any = None) -> requests.Response:
    """Send a request to Salesforce."""
    headers = {"Authorization": f"Bearer {simulator.ready['access_token']}"}
    address = f"{simulator.ready['salesforce_url']}/services/data/v68.0/{path}"
    return requests.request(method, address, json=body, headers=headers, timeout=10)


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("limit_exceeded", 403, "REQUEST_LIMIT_EXCEEDED"),
        ("expired_locator", 400, "INVALID_QUERY_LOCATOR"),
        ("query_timeout", 400, "QUERY_TIMEOUT"),
        ("unknown_exception", 500, "UNKNOWN_EXCEPTION"),
        ("server_unavailable", 503, "SERVER_UNAVAILABLE"),
        ("api_disabled", 403, "API_DISABLED_FOR_ORG"),
        ("permission_lost", 403, "INSUFFICIENT_ACCESS"),
    ],
)
def test_a_refusal_of_salesforce_is_the_usual_array(simulator: Simulator, fault: str, status: int, code: str) -> None:
    simulator.control("faults", [{"fault": fault, "service": "salesforce", "call": "query"}])
    refused = salesforce(simulator, "GET", "query?q=SELECT+Id+FROM+Contact+LIMIT+1")
    assert (refused.status_code, [each["errorCode"] for each in refused.json()]) == (status, [code])
    assert salesforce(simulator, "GET", "query?q=SELECT+Id+FROM+Contact+LIMIT+1").json()["totalSize"] == 1


def test_a_grant_that_was_taken_back_is_told_as_oauth_does(simulator: Simulator) -> None:
    simulator.control("faults", [{"fault": "revoked_grant", "call": "token"}])
    given = {"grant_type": "refresh_token", "refresh_token": simulator.ready["refresh_token"]}
    given["client_id"] = simulator.ready["client_id"]
    address = f"{simulator.ready['salesforce_url']}/services/oauth2/token"
    refused = requests.post(address, data=given, timeout=10)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


def test_the_rows_of_a_query_and_of_a_csv_are_a_list_too(simulator: Simulator) -> None:
    path = "query?q=SELECT+Id+FROM+Contact+ORDER+BY+Id+LIMIT+5"
    ids = [each["Id"] for each in salesforce(simulator, "GET", path).json()["records"]]
    simulator.control("faults", [{"fault": "rows_missing", "count": 2, "call": "query"}])
    simulator.control("faults", [{"fault": "empty_list", "call": "query"}])
    first, second = (salesforce(simulator, "GET", path).json() for _ in "ab")
    assert [each["Id"] for each in first["records"]] == ids[:3]
    assert (first["totalSize"], second["records"]) == (5, [])
    job = salesforce(simulator, "POST", "jobs/query", {"operation": "query", "query": "SELECT Id FROM Account"}).json()
    until = time.monotonic() + 30
    while salesforce(simulator, "GET", f"jobs/query/{job['id']}").json()["state"] != "JobComplete":
        assert time.monotonic() < until
    simulator.control("faults", [{"fault": "empty_list", "call": "bulk_query_results"}])
    assert salesforce(simulator, "GET", f"jobs/query/{job['id']}/results").text == '"Id"\n'


def test_shuffled_rows_are_all_there(simulator: Simulator) -> None:
    path = "query?q=SELECT+Id+FROM+Contact+ORDER+BY+Id+LIMIT+50"
    ids = [each["Id"] for each in salesforce(simulator, "GET", path).json()["records"]]
    simulator.control("faults", [{"fault": "rows_shuffled", "call": "query"}])
    shuffled = [each["Id"] for each in salesforce(simulator, "GET", path).json()["records"]]
    assert shuffled != ids
    assert sorted(shuffled) == ids


def test_accents_are_lost_in_a_wrong_charset(simulator: Simulator) -> None:
    simulator.control("faults", [{"fault": "wrong_charset", "call": "Projects.Get"}])
    content = simulator.call("Projects.Get", idProject=123456).content
    assert "Prénom".encode("iso-8859-1") in content
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")


def test_the_clock_of_a_reply_may_be_wrong(simulator: Simulator) -> None:
    simulator.control("faults", [{"fault": "wrong_date", "call": "versions", "seconds": -93_600}])
    address = f"{simulator.ready['salesforce_url']}/services/data"
    wrong, right = (parsedate_to_datetime(requests.get(address, timeout=10).headers["Date"]) for _ in "ab")
    assert timedelta(hours=25) < right - wrong < timedelta(hours=27)


def test_a_slow_reply_comes_whole_in_the_end(simulator: Simulator) -> None:
    simulator.script("slow", call="Projects.Get", seconds=0.2)
    assert simulator.call("Projects.Get", idProject=123456).json()["Success"] is True


def test_what_was_just_created_is_not_found_at_first(simulator: Simulator) -> None:
    simulator.call("Contacts.Merge", **MERGE)
    clause = {"$type": "FieldClause", "Field": {"Name": "f_SalesforceID"}, "TypeOperator": "Equal"}
    look_up = {"idProject": 123456, "Clause": {**clause, "ComparisonValue": "003A"}}
    simulator.script("unseen", call="Contacts.Get", seconds=3_600)
    assert simulator.call("Contacts.Get", **look_up).json()["Records"] == []
    simulator.script("unseen", call="Contacts.Get", seconds=-1)
    assert len(simulator.call("Contacts.Get", **look_up).json()["Records"]) == 1
