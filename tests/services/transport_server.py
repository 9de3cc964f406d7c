"""A server on loopback that does to each connection what a test scripted, down to the socket."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Act = Callable[["Peer"], None]


@dataclass
class Peer:
    """The server's end of one connection."""

    connection: socket.socket
    seen: list[bytes]

    def head(self) -> bytes:
        """Read up to the end of the headers."""
        got = b""
        while b"\r\n\r\n" not in got:
            piece = self.connection.recv(65536)
            if not piece:
                break
            got += piece
        self.seen.append(got)
        return got

    def request(self) -> bytes:
        """Read the whole request, by its Content-Length or its chunks."""
        got = self.head()
        head, _, body = got.partition(b"\r\n\r\n")
        lengths = [
            int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        ]
        chunked = b"transfer-encoding: chunked" in head.lower()
        while len(body) < sum(lengths) or (chunked and not body.endswith(b"0\r\n\r\n")):
            body += self.connection.recv(65536)
        self.seen[-1] = head + b"\r\n\r\n" + body
        return self.seen[-1]

    def reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


def answer(status: int = 200, body: bytes = b"{}", *headers: str, length: int | None = None) -> Act:
    """Read the request and answer it, with a Content-Length that may lie."""

    def act(peer: Peer) -> None:
        peer.request()
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body) if length is None else length}", *headers]
        peer.connection.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode() + body)

    return act


def raw(reply: bytes) -> Act:
    """Read the request and write these bytes."""

    def act(peer: Peer) -> None:
        peer.request()
        peer.connection.sendall(reply)

    return act


def reset_after_head(peer: Peer) -> None:
    peer.head()
    peer.reset()


def reset_after_request(peer: Peer) -> None:
    peer.request()
    peer.reset()


def hang_up(peer: Peer) -> None:
    peer.request()


@dataclass
class Server:
    """Where to find the server, and what it was sent."""

    port: int
    scheme: str = "http"
    seen: list[bytes] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"{self.scheme}://{'127.0.0.1' if self.scheme == 'http' else 'localhost'}:{self.port}"

    def silence(self, peer: Peer) -> None:
        """Read the request and say nothing until the test is over."""
        peer.request()
        self.released.wait(30)


@contextmanager
def serving(*acts: Act | str, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Serve one connection for each act, in order, then refuse. The act "silence" is the server's own."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1], "https" if tls else "http")

    def serve() -> None:
        for act in acts:
            try:
                connection, _ = listener.accept()
                if tls:
                    connection = tls.wrap_socket(connection, server_side=True)
            except OSError:
                continue
            peer = Peer(connection, server.seen)
            try:
                (server.silence if isinstance(act, str) else act)(peer)
            except OSError:
                pass
            finally:
                connection.close()
        listener.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        listener.close() if not thread.is_alive() else _stop(listener)
        thread.join(10)


def _stop(listener: socket.socket) -> None:
    """Wake an accept that nobody will satisfy any more."""
    with suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)
    listener.close()


def closed_port() -> int:
    """Give a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
