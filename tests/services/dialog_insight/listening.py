"""A Dialog Insight on loopback that describes any fields it is told, finds what it is told, and keeps what it hears."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Listening:
    """What the server answers, and the requests that it got."""

    url: str = ""
    codes: list[str] = field(default_factory=list)
    optins: list[str] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)
    dated: bool = True
    """Whether answers tell the time."""

    def reply(self, path: str) -> dict[str, Any]:
        reply: dict[str, Any] = {"Success": True, "Records": [], "idRequest": 1}
        if path.endswith("projects.ashx?method=Get"):
            reply["ProjectInfo"] = {
                "ProjectFields": [{"Code": code, "DataType": "Text"} for code in self.codes],
                "OptinFields": [{"Code": code} for code in self.optins],
            }
        return reply


@contextmanager
def listening() -> Iterator[Listening]:
    """Serve on loopback until the end of the block."""
    told = Listening()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body leave together

        def do_POST(self) -> None:
            told.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            body = json.dumps(told.reply(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return super().date_time_string(timestamp) if told.dated else ""

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.daemon_threads = True
        told.url = f"http://127.0.0.1:{server.server_address[1]}/webservices/ofc4/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()
