"""An org of one object, whose answers a test may bend: keyset queries, describes, changes, one by one or in a batch."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Row = dict[str, Any]
Answer = Callable[["TinyOrg", list[Row], dict[str, Any]], tuple[int, Any]]


def plainly(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
    return 200, answer


class TinyOrg(ThreadingHTTPServer):
    """Serves `rows`; each query's answer goes through `bend(org, all rows that match, the answer)`."""

    daemon_threads = True

    def __init__(self, rows: list[Row], bend: Answer = plainly, page: int = 2000) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.rows = rows
        self.bend = bend
        self.page = page
        self.queries: list[str] = []
        self.paths: list[str] = []
        self.headers: dict[str, str] = {}
        self.received: dict[str, str] = {}
        self.body = b""
        self.replicateable = True
        self.described: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, Callable[[dict[str, str]], tuple[int, Any]]] = {}
        """By the end of a path, what is answered to its query."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, soql: str) -> tuple[int, Any]:
        self.queries.append(soql)
        match = re.search(r"SystemModstamp = (\S+) AND Id > '(\w+)'", soql)
        at = (match[1], match[2]) if match else ("", "")
        lowest = re.search(r"SystemModstamp >= (\S+)", soql)
        found = sorted(
            (
                row
                for row in self.rows
                if (row["SystemModstamp"], row["Id"]) > at and row["SystemModstamp"] >= (lowest[1] if lowest else "")
            ),
            key=lambda row: (row["SystemModstamp"], row["Id"]),
        )[:2000]
        names = re.split(",", re.search(r"SELECT (\S+) FROM", soql)[1])  # type: ignore[index]
        shown = [{"attributes": {}, **{name: row[name] for name in names}} for row in found[: self.page]]
        told: dict[str, Any] = {"totalSize": len(found), "done": len(shown) == len(found), "records": shown}
        if not told["done"]:
            told["nextRecordsUrl"] = "/services/data/v68.0/query/01g-2000"
        return self.bend(self, found, told)


class _Page(BaseHTTPRequestHandler):
    server: TinyOrg
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        status, told = self._told(self.path)
        self._send(status, told)

    def do_POST(self) -> None:
        self.server.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.paths.append(self.path)
        if self.path.endswith("composite/sobjects"):
            self._send(*self.server.answers["created"]({}))
            return
        given = json.loads(self.server.body)
        bend = self.server.answers.get("batch")
        if bend is not None:
            self._send(*bend(given))
            return
        inner = [self._told("/services/data/" + each["url"]) for each in given["batchRequests"]]
        results = [{"statusCode": status, "result": told} for status, told in inner]
        self._send(200, {"hasErrors": any(status >= 300 for status, _ in inner), "results": results})

    def do_PATCH(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.paths.append(self.path)
        self.server.received = dict(self.headers.items())
        self._send(*self.server.answers["patched"]({}))

    def _told(self, path: str) -> tuple[int, Any]:
        parts = urlsplit(path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.server.paths.append(parts.path)
        _, _, sobject, *rest = [*parts.path.strip("/").split("/")[2:], "", ""]
        what = rest[0] if rest else ""
        if what in self.server.answers:
            return self.server.answers[what](asked)
        if what == "describe":
            thing = {"name": "Thing__c", "fields": [], "replicateable": self.server.replicateable}
            known = {"Thing__c": thing, **self.server.described}
            missing = 404, [{"errorCode": "NOT_FOUND", "message": "The requested resource does not exist"}]
            return (200, known[sobject]) if sobject in known else missing
        if "/query" in parts.path:
            return self.server.answer(asked["q"])
        return 200, [{"label": "x", "url": "/services/data/v68.0", "version": "68.0"}]

    def _send(self, status: int, told: Any) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def rows_of(
    count: int, stamp_of: Callable[[int], str] = lambda n: f"2026-01-01T00:{n // 60 % 60:02}:{n % 60:02}Z"
) -> list[Row]:
    return [{"Id": f"003{n:015}", "SystemModstamp": stamp_of(n), "A": n, "B": -n} for n in range(count)]


@contextmanager
def tiny_org(rows: list[Row], bend: Answer = plainly, page: int = 2000) -> Iterator[TinyOrg]:
    org = TinyOrg(rows, bend, page)
    thread = threading.Thread(target=org.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield org
    finally:
        org.shutdown()
        org.server_close()
        thread.join()
