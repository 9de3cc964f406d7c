"""The listener on loopback to which the browser returns from a sign-in.

It answers one path, to one `state`, once. Everything else that may come along (a favicon, a forged page, another
site's script through DNS rebinding, a second click) gets an error and changes nothing.
"""

from __future__ import annotations

import queue
import secrets
import socket
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from disf_desktop.services.oauth import instance_is_trusted

PATH = "/OauthRedirect"
DONE = "/done"
REFUSED = "/refused"
CLOSING_S = 3.0
"""How long the last page may take to be fetched, once the code is here."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser brought: a code, or an error with its description."""

    code: str = field(default="", repr=False)
    error: str = ""
    description: str = ""


def answer_of(query: str, state: str) -> Answer | None:
    """Give what a returning address says, or None where it does not belong to this sign-in."""
    told = {name: values[0] for name, values in parse_qs(query).items() if len(values) == 1}
    if not secrets.compare_digest(told.get("state", "").encode(), state.encode()):
        return None
    if told.get("error"):
        return Answer(error=told["error"], description=told.get("error_description", ""))
    return Answer(code=told["code"]) if told.get("code") else None


@dataclass(slots=True)
class _Visit:
    """What the connections of one listener share."""

    port: int
    state: str
    login_url: str
    answers: queue.SimpleQueue[Answer]
    lock: threading.Lock = field(default_factory=threading.Lock)
    answered: bool = False
    said_goodbye: threading.Event = field(default_factory=threading.Event)

    def take(self, answer: Answer) -> bool:
        """Take the first answer only."""
        with self.lock:
            if self.answered:
                return False
            self.answered = True
        self.answers.put(answer)
        return True


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, family: socket.AddressFamily, address: str, visit: _Visit) -> None:
        self.address_family = family
        self.visit = visit
        super().__init__((address, visit.port), _Page)

    def server_bind(self) -> None:
        if sys.platform == "win32":
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # Passes over connections of a former sign-in; on Windows it would let another program share the port.
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        # Not HTTPServer's, which asks the name service for our own name.
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: the traceback that is printed otherwise may hold the address, and so the code."""


class Listener:
    """Serve until the end of the `with` block, and a moment longer for the last page."""

    def __init__(self, visit: _Visit, servers: list[_Server]) -> None:
        self._visit = visit
        self._servers = servers
        self._threads: list[threading.Thread] = []
        self.redirect_uri = f"http://localhost:{visit.port}{PATH}"

    def __enter__(self) -> Self:
        for server in self._servers:
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._visit.answered:
            self._visit.said_goodbye.wait(CLOSING_S)
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()


def listen(port: int, state: str, answers: queue.SimpleQueue[Answer], login_url: str) -> Listener | None:
    """Give a listener on 127.0.0.1 and, where the computer has it, ::1; None when the port is not free on both.

    Both, for the browser is told `localhost`, and some take ::1 first: a stranger there would receive the code.
    """
    visit = _Visit(port, state, login_url, answers)
    servers: list[_Server] = []
    try:
        servers.append(_Server(socket.AF_INET, "127.0.0.1", visit))
        visit.port = servers[0].server_port
        if _has_ipv6_loopback():
            servers.append(_Server(socket.AF_INET6, "::1", visit))
    except OSError:
        for server in servers:
            server.server_close()
        return None
    return Listener(visit, servers)


def _has_ipv6_loopback() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


class _Page(BaseHTTPRequestHandler):
    """One connection. HTTP/1.0: a browser keeps nothing open, so the end is not waited for."""

    server: _Server
    timeout = 5
    server_version = "disf"
    sys_version = ""

    def do_GET(self) -> None:
        visit = self.server.visit
        parts = urlsplit(self.path)
        if not self._is_for_us(visit.port):
            self._say(403, "Refused.")
        elif parts.path in (DONE, REFUSED) and visit.answered:
            self._page(_DONE_PAGE if parts.path == DONE else _REFUSED_PAGE)
            visit.said_goodbye.set()
        elif parts.path != PATH:
            self._say(404, "Not found.")
        else:
            answer = answer_of(parts.query, visit.state)
            if answer is None or not visit.take(answer):
                self._say(400, "This address does not belong to a sign-in under way.")
                return
            # On to a page of ours, so that the code does not stay in the address bar and the history.
            self.send_response(303)
            self.send_header("Location", REFUSED if answer.error else DONE)
            self._end(b"")

    def do_OPTIONS(self) -> None:
        """Answer the question that a browser asks before it goes from a public page to this computer."""
        origin = self.headers.get("Origin", "")
        asked = self.headers.get("Access-Control-Request-Private-Network") == "true"
        if not asked or not self._is_for_us(self.server.visit.port) or not self._is_salesforce(origin):
            self._say(403, "Refused.")
            return
        self.send_response(204)
        self.send_header("Access-Control-Allow-Origin", origin)
        self.send_header("Access-Control-Allow-Methods", "GET")
        self.send_header("Access-Control-Allow-Private-Network", "true")
        self._end(None)

    def do_POST(self) -> None:
        self._say(405, "Only GET.")

    do_PUT = do_DELETE = do_PATCH = do_HEAD = do_POST

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the address holds the code."""

    def _is_for_us(self, port: int) -> bool:
        """Refuse a foreign Host header: a page elsewhere may have had its name point to this computer."""
        return self.headers.get("Host", "").lower() in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}")

    def _is_salesforce(self, origin: str) -> bool:
        return bool(origin) and instance_is_trusted(origin, self.server.visit.login_url)

    def _say(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self._end(text.encode())

    def _page(self, html: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self._end(html.encode())

    def _end(self, body: bytes | None) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body and self.command != "HEAD":
            self.wfile.write(body)


def _html(title: str, *paragraphs: tuple[str, str]) -> str:
    told = "".join(f'<section lang="{language}"><p>{text}</p></section>' for language, text in paragraphs)
    return (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>'
        "body{font:1.15rem/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1.5rem;color:#1d2733;"
        "background:#f5f7fa}section+section{color:#5a6878;border-top:1px solid #d5dce4;padding-top:.5rem}"
        "@media(prefers-color-scheme:dark){body{color:#e6ebf0;background:#161c23}"
        "section+section{color:#9aa8b6;border-color:#34404c}}"
        f"</style></head><body><h1>{title}</h1>{told}</body></html>"
    )


_DONE_PAGE = _html(
    "Salesforce ✓",
    ("fr", "Salesforce a répondu. Vous pouvez fermer cet onglet et revenir au programme, qui termine la connexion."),
    ("en", "Salesforce has answered. You can close this tab and go back to the program, which completes the sign-in."),
)
_REFUSED_PAGE = _html(
    "Salesforce",
    ("fr", "La connexion a été refusée. Fermez cet onglet; le programme dit quoi faire."),
    ("en", "The sign-in was refused. Close this tab; the program says what to do."),
)
