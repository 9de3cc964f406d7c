"""A record that is written slowly appears with a stamp of the past: what that does to who reads by stamp."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
from starlette.types import Message

from disf_desktop.simulator.faults import Fault
from disf_desktop.simulator.salesforce import Org, create_app
from disf_desktop.simulator.world import World
from tests.simulator.salesforce.conftest import CREDENTIALS, DESCRIBES, VERSION, fill


class InProcess:
    """The service without a socket, so that a request can be seen from within another one."""

    def __init__(self, org: Org) -> None:
        self._app = create_app(org, org.world)

    async def call(self, method: str, path: str, body: Any = None, fault: Fault | None = None, query: Any = ()) -> Any:
        token = f"Bearer {CREDENTIALS.access_token}"
        headers = [(b"authorization", token.encode()), (b"content-type", b"application/json"), (b"host", b"localhost")]
        whole = f"/services/data/v{VERSION}/{path}"
        scope: dict[str, Any] = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "path": whole,
            "raw_path": whole.encode(),
        }
        scope |= {"query_string": urlencode(query).encode(), "headers": headers, "fault": fault}
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": orjson.dumps(body) if body else b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        content = b"".join(each.get("body", b"") for each in sent)
        return orjson.loads(content) if content else None


@pytest.fixture
def org(tmp_path: Path) -> Iterator[Org]:
    org = Org(tmp_path / "org.sqlite", World(seed=1), DESCRIBES, CREDENTIALS)
    fill(org)
    yield org
    org.close()


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_what_is_covered_stays_before_a_running_transaction(org: Org) -> None:
    async def story() -> None:
        service = InProcess(org)
        before = org.now()
        slow = Fault("late_commit", {"seconds": 0.2})
        writing = asyncio.create_task(service.call("POST", "sobjects/Contact", {"LastName": "Lente"}, slow))
        await asyncio.sleep(0.05)
        # Time goes by for everybody else, who read while the transaction runs.
        org.world.clock.advance(600)
        window = {"start": _iso(before - timedelta(minutes=5)), "end": _iso(org.now() + timedelta(minutes=5))}
        read = await service.call("GET", "sobjects/Contact/updated", query=window)
        assert read["ids"] == []
        covered = datetime.fromisoformat(read["latestDateCovered"])
        clock_of_a_naive_client = org.now()
        made = await writing
        assert made["success"] is True
        found = await service.call(
            "GET", "query", query={"q": f"SELECT SystemModstamp FROM Contact WHERE Id = '{made['id']}'"}
        )
        stamp = datetime.fromisoformat(found["records"][0]["SystemModstamp"])
        assert covered <= stamp < clock_of_a_naive_client - timedelta(minutes=5)
        for since, seen in ((covered, 1), (clock_of_a_naive_client - timedelta(minutes=5), 0)):
            soql = f"SELECT COUNT() FROM Contact WHERE SystemModstamp >= {_iso(since)}"
            assert (await service.call("GET", "query", query={"q": soql}))["totalSize"] == seen

    asyncio.run(story())


def test_a_transaction_that_is_over_holds_nothing_back(org: Org) -> None:
    with org.long_transaction() as began:
        org.world.clock.advance(60)
        assert org.covered_until() == began
    assert org.covered_until() > began


def test_a_store_that_is_opened_again_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "org.sqlite"
    first = Org(path, World(seed=1), DESCRIBES, CREDENTIALS)
    fill(first)
    known = [each["Id"] for each in first.rows("Contact")]
    first.close()
    second = Org(path, World(seed=1), DESCRIBES, CREDENTIALS)
    assert [each["Id"] for each in second.rows("Contact")] == known
    assert second.next_id("Contact") not in known
    second.reset()
    assert len([*second.rows("Contact")]) == 9
    second.close()


def test_rows_are_read_while_they_are_changed(org: Org) -> None:
    org.load("Contact", ({"LastName": f"Rang {number}"} for number in range(6_000)))
    rows = org.rows("Contact")
    seen = [next(rows)["Id"] for _ in range(10)]
    with org.transaction():
        org.load("Contact", [{"LastName": "Dernière"}])
    seen += [each["Id"] for each in rows]
    assert len(seen) == len(set(seen)) == 6_010
