"""A network that misbehaves: a proxy on loopback between the program and a service, which knows where messages end.

Each exchange is read whole from the program before anything is done with it, so that a fault falls exactly where it is
meant to: before the service has seen a request, in its midst, after it was carried out, in the midst of the reply.
"""

from __future__ import annotations

import random
import socket
import socketserver
import struct
import threading
import time
from collections import Counter
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

PATIENCE_S: Final = 5
"""How long the program is told to wait for an answer: the shortest time that a project file may name."""
STALL_S: Final = PATIENCE_S + 1.5

KINDS: Final = (
    "latency", "slices", "stall before", "stall after", "reset before", "reset in request", "reset after",
    "reset in reply", "cut reply", "silent close", "slow close", "delivered twice", "delivered late",
)  # fmt: skip
"""latency: every piece comes late; slices: a few bytes at a time; stall: nothing more comes, before or after the
request was carried out; reset: so is the connection; cut reply: a part of it, then an orderly end; silent close: the
connection is closed after the reply without a word; slow close: and stays half open for long; delivered twice: a
network that repeats; delivered late: reset at once, carried out a moment later."""


class _Gone(Exception):
    """The other side has closed."""


class FaultyNetwork(socketserver.ThreadingTCPServer):
    """Serve on a free port until closed. `kinds` are the faults to come, one after each few exchanges; none is calm."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, upstream: str, chance: random.Random) -> None:
        parts = urlsplit(upstream)
        assert parts.port is not None
        self.upstream = ("127.0.0.1", parts.port)
        self.chance = chance
        self.kinds: list[str] = []
        self.fired: Counter[str] = Counter()
        self.exchanges = 0
        self._wait = 0
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Connection)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def next_fault(self) -> str | None:
        with self._lock:
            self.exchanges += 1
            if not self.kinds:
                return None
            if self._wait:
                self._wait -= 1
                return None
            self._wait = self.chance.randrange(8)
            kind = self.kinds.pop(0)
            self.fired[kind] += 1
            return kind

    def changed(self, reply: bytes) -> bytes:
        """Give what becomes of a reply on its way."""
        return reply

    def close(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that left."""


class _Connection(socketserver.BaseRequestHandler):
    """One connection of the program: exchange after exchange, each upstream on a connection of its own."""

    server: FaultyNetwork
    request: socket.socket

    def handle(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request.settimeout(60)
        with suppress(_Gone, OSError):
            while True:
                request = read_message(self.request)
                if not self._exchange(request, self.server.next_fault()):
                    return

    def _exchange(self, request: bytes, fault: str | None) -> bool:
        """Carry one exchange out; say whether the connection lives on."""
        match fault:
            case "stall before":
                time.sleep(STALL_S)
                return False
            case "reset before":
                return self._reset()
            case "reset in request":
                with self._upstream() as service:
                    service.sendall(request[: len(request) // 2])
                    _linger_not(service)
                return self._reset()
            case "delivered late":
                threading.Timer(0.5, self._deliver, (request,)).start()
                return self._reset()
            case "delivered twice":
                self._deliver(request)
        reply = self.server.changed(self._deliver(request))
        match fault:
            case "stall after":
                time.sleep(STALL_S)
                return False
            case "reset after":
                return self._reset()
            case "reset in reply":
                self.request.sendall(reply[: len(reply) * 2 // 3])
                time.sleep(0.02)
                return self._reset()
            case "cut reply":
                self.request.sendall(reply[: len(reply) * 2 // 3])
                return False
            case "latency":
                self._send_in_pieces(reply, 4096, 0.05)
            case "slices":
                self._send_in_pieces(reply, max(3, len(reply) // 200), 0.0)
            case _:
                self.request.sendall(reply)
        if fault == "slow close":
            self.request.shutdown(socket.SHUT_WR)
            time.sleep(0.3)
        return fault not in ("silent close", "slow close")

    def _deliver(self, request: bytes) -> bytes:
        with self._upstream() as service:
            service.sendall(request)
            return read_message(service)

    def _upstream(self) -> socket.socket:
        return socket.create_connection(self.server.upstream, timeout=60)

    def _send_in_pieces(self, reply: bytes, size: int, pause_s: float) -> None:
        for at in range(0, len(reply), size):
            self.request.sendall(reply[at : at + size])
            time.sleep(pause_s)

    def _reset(self) -> bool:
        _linger_not(self.request)
        self.request.close()
        return False


def _linger_not(connection: socket.socket) -> None:
    """Make the close a reset, which nobody can take for an orderly end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def read_message(connection: socket.socket) -> bytes:
    """Read a whole request or reply: its head, and a body of a told length or in chunks."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, _ = data.partition(b"\r\n\r\n")
    lines = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    fields = {name.strip().lower(): value.strip().lower() for name, _, value in lines}
    begin = len(head) + 4
    if b"chunked" in fields.get(b"transfer-encoding", b""):
        at = begin
        while True:
            while b"\r\n" not in data[at:]:
                data += _more(connection)
            end = data.index(b"\r\n", at)
            size = int(data[at:end].split(b";")[0], 16)
            at = end + 2 + size + 2
            while len(data) < at:
                data += _more(connection)
            if size == 0:
                return data
    length = int(fields.get(b"content-length", b"0"))
    while len(data) < begin + length:
        data += _more(connection)
    return data


def _more(connection: socket.socket) -> bytes:
    piece = connection.recv(65536)
    if not piece:
        raise _Gone
    return piece
