"""An org of one object, whose answers a test may bend: keyset queries and nothing else."""

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
        self.refuse_updated: tuple[int, str] | None = None
        self.replicateable = True

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
        parts = urlsplit(self.path)
        self.server.paths.append(parts.path)
        told: Any
        if parts.path.endswith("/describe"):
            status, told = 200, {"name": "Thing__c", "fields": [], "replicateable": self.server.replicateable}
        elif "/updated" in parts.path and self.server.refuse_updated is not None:
            status, code = self.server.refuse_updated
            told = [{"errorCode": code, "message": ""}]
        elif "/query" in parts.path:
            status, told = self.server.answer(parse_qs(parts.query)["q"][0])
        else:
            status, told = 200, [{"label": "x", "url": "/services/data/v68.0", "version": "68.0"}]
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
