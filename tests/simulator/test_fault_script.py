"""Which fault falls on which call; and the faults of the transport, over real connections."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

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
    ],
)
def test_an_answer_that_is_none(simulator: Simulator, fault: str, more: dict[str, Any], status: int, done: int) -> None:
    simulator.control("requests", method="DELETE")
    simulator.script(fault, **more)
    reply = simulator.call("Contacts.Merge", **MERGE)
    assert reply.status_code == status
    assert simulator.counted("Contacts.Merge") == {"count": 1, "records": done, "errors": int(fault != "truncated")}
    with pytest.raises(requests.JSONDecodeError):
        reply.json()
    assert stored(simulator) == done
    assert simulator.call("Contacts.Merge", **MERGE).json()["Success"] is True, "the next one is served"


@pytest.mark.parametrize(("fault", "done"), [("reset_before", 0), ("reset_after_apply", 1), ("reset_in_reply", 1)])
def test_a_reset_connection_is_a_lost_reply(simulator: Simulator, fault: str, done: int) -> None:
    simulator.control("requests", method="DELETE")
    simulator.script(fault)
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
