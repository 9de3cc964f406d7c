"""A proxy that brings what is meant for the hosts of Salesforce to the simulator, and lets nothing else leave.

Some programs know no other host than login.salesforce.com; all of them take a proxy from the environment.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

OURS = ("salesforce.com", "localhost", "127.0.0.1")
PATIENCE_S = 120


@contextmanager
def proxy(https_url: str) -> Iterator[str]:
    """Run the proxy in front of the https address of a simulator; yield its own address."""
    target = urlsplit(https_url)
    assert target.port
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener, target.port), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)


def _serve(listener: socket.socket, port: int) -> None:
    with suppress(OSError):
        while True:
            accepted, _ = listener.accept()
            threading.Thread(target=_connect, args=(accepted, port), daemon=True).start()


def _connect(accepted: socket.socket, port: int) -> None:
    with accepted, suppress(OSError):
        accepted.settimeout(PATIENCE_S)
        head = b""
        while b"\r\n\r\n" not in head:
            received = accepted.recv(4_096)
            if not received:
                return
            head += received
        method, _, rest = head.decode("latin-1").partition(" ")
        host = rest.split(" ", 1)[0].rpartition(":")[0]
        if method != "CONNECT" or not host.endswith(OURS):
            accepted.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as onward:
            accepted.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_pump, args=(onward, accepted), daemon=True)
            back.start()
            _pump(accepted, onward)
            back.join(timeout=PATIENCE_S)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while content := source.recv(65_536):
            sink.sendall(content)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
