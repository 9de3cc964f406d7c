"""A Dialog Insight account of the test's own, called without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml

from disf_desktop.simulator.dialog_insight import Account, create_app, name_of
from disf_desktop.simulator.dialog_insight.definitions import read
from disf_desktop.simulator.faults import FaultLayer
from disf_desktop.simulator.world import Clock, World

DATA = Path(__file__).parents[3] / "resources" / "simulator"
KEY = "0123456789abcdefABCDEF0123456789"
NEWSLETTER, WEB_FORMS, ORDERS = 123456, 123502, 987
OPTIONS = {
    "AllowInsert": True,
    "AllowUpdate": True,
    "SkipDuplicateRecords": False,
    "SkipUnmatchedRecords": False,
    "ReturnRecordsOnSuccess": False,
    "ReturnRecordsOnError": False,
    "FieldOptions": None,
}


def contact(id: str, email: str = "claire@courriel.example", /, **data: Any) -> dict[str, Any]:
    """A record for the Newsletter project; plain names get the prefix of fields."""
    prefixed = {name if "ptin_" in name or "Tracking" in name else f"f_{name}": each for name, each in data.items()}
    return {"ID": {"key_f_SalesforceID": id}, "Data": {"f_EMail": email, **prefixed}}


def equal(name: str, value: Any) -> dict[str, Any]:
    return {
        "$type": "FieldClause",
        "Field": {"Name": name},
        "TypeOperator": "Equal",
        "ComparisonValue": value,
    }


class StandingClock(Clock):
    """A clock that only moves when it is moved."""

    def now(self) -> datetime:
        return datetime(2026, 10, 20, 14, 30, tzinfo=UTC) + self.added

    def set(self, to: str) -> None:
        """Set the time, given in UTC (ISO)."""
        self.advance((datetime.fromisoformat(to).replace(tzinfo=UTC) - self.now()).total_seconds())


class Service:
    """The web services of one account, behind the fault layer."""

    def __init__(self, folder: Path) -> None:
        given = yaml.safe_load((DATA / "seed" / "account.yaml").read_text(encoding="utf-8"))
        self.clock = StandingClock()
        self.world = World(seed=1, clock=self.clock)
        self.account = Account(folder / "account.sqlite", self.world, read(given, KEY))
        self._app = FaultLayer(create_app(self.account), self.world, "dialog_insight", name_of)
        self.status = 0
        self.headers: dict[bytes, bytes] = {}

    def send(self, path: str, body: bytes, method: str = "POST") -> bytes:
        """Send a raw body to `{service}.ashx?method={Method}` under the root; return the raw reply."""
        replies: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            replies.append(message)

        service, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": method,
            "path": f"/webservices/ofc4/{service}",
            "query_string": query.encode(),
            "headers": [],
        }
        asyncio.run(self._app(scope, receive, send))
        self.status, self.headers = replies[0]["status"], dict(replies[0]["headers"])
        return b"".join(each.get("body", b"") for each in replies[1:])

    def call(self, name: str, **parameters: Any) -> Any:
        """Call `Service.Method` with a valid key."""
        service, method = name.split(".")
        given = {"AuthKey": {"idKey": 5335, "Key": KEY}, **parameters}
        return orjson.loads(self.send(f"{service}.ashx?method={method}", orjson.dumps(given)))

    def merge(self, *records: Any, project: int = NEWSLETTER, **options: Any) -> Any:
        return self.call(
            "Contacts.Merge", idProject=project, Records=list(records), MergeOptions={**OPTIONS, **options}
        )

    def merge_rows(self, *records: Any, table: int = ORDERS, **options: Any) -> Any:
        return self.call(
            "RelationalTables.Merge", idTable=table, Records=list(records), MergeOptions={**OPTIONS, **options}
        )

    def changed_since(self, moment: Any, project: int = NEWSLETTER, **more: Any) -> Any:
        """Ask for the contacts modified at a time of the project or later; return the reply."""
        clause = {**equal("dtModified", moment), "TypeOperator": "GreaterOrEqual"}
        return self.call("Contacts.Get", idProject=project, Clause=clause, **more)

    def get(self, name: str, value: Any, project: int = NEWSLETTER) -> list[dict[str, Any]]:
        reply = self.call("Contacts.Get", idProject=project, Clause=equal(name, value))
        assert reply["Success"], reply["ErrorMessage"]
        records: list[dict[str, Any]] = reply["Records"]
        return records

    def refused(self, **data: Any) -> str:
        """Merge one otherwise good contact; return why it was refused, an empty text when it was not."""
        [result] = self.merge(contact("003A", **data))["Records"]
        assert (result["Status"] == "Error") == (result["ValidationResult"] == "InvalidData")
        return result["Message"] or ""

    def kept(self, **data: Any) -> dict[str, Any]:
        """Merge one contact; return it as it is stored."""
        assert self.refused(**data) == ""
        [stored] = self.get("f_SalesforceID", "003A")
        return stored


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    made = Service(tmp_path)
    yield made
    made.account.close()
