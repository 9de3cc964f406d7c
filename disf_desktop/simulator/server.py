"""Run both services, and the side door, on loopback in one loop until a signal."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import ssl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import orjson
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from disf_desktop.simulator import control, dialog_insight, salesforce
from disf_desktop.simulator.faults import FaultLayer
from disf_desktop.simulator.state import Addresses, State, write_owner_only

HOST = "127.0.0.1"
LOGIN_HOSTS = ("login.salesforce.com", "test.salesforce.com", "*.my.salesforce.com")


class PortTaken(Exception):
    """A port that another program listens on."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; `port` None takes free ports, `state` None a folder removed at the end."""

    data: Path
    ready_file: Path
    records: int
    seed: int
    port: int | None
    https: bool
    state: Path | None


class _Protocol(HttpToolsProtocol):
    """HTTP, with the connection in the scope: the fault layer resets it."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        cast(Scope, self.scope)["transport"] = self.transport


class _Server(uvicorn.Server):
    """A server that leaves the signals to the process: there are several in one loop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def run(options: Options) -> None:
    """Serve until SIGTERM or SIGINT. Raises PortTaken; the ready file exists only while the services answer."""
    options.ready_file.unlink(missing_ok=True)
    with ExitStack() as stack:
        sockets = [stack.enter_context(each) for each in _listen(options)]
        if options.state is None:
            temporary = tempfile.TemporaryDirectory(prefix="disf-simulator-", ignore_cleanup_errors=True)
            folder = Path(stack.enter_context(temporary))
        else:
            folder = options.state.absolute()
        state = State(folder, options.data, options.records, options.seed)
        stack.callback(state.close)
        # What the start has made stays: the collector need not look at it again and again.
        gc.collect()
        gc.freeze()
        asyncio.run(_serve(options, state, sockets))
        state.keep()


def _listen(options: Options) -> list[socket.socket]:
    sockets: list[socket.socket] = []
    for number in range(3 if options.https else 2):
        # The protocol is named so that asyncio knows it for TCP and sends small parts of a reply at once: without it
        # each call waits 40 ms for an acknowledgement.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        sockets.append(listener)
        port = 0 if options.port is None else options.port + number
        if os.name == "posix":
            # Elsewhere the same option lets two programs share a port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen(256)
        except (OSError, OverflowError) as problem:
            for each in sockets:
                each.close()
            raise PortTaken(f"Port {port} of {HOST} cannot be used: {problem}.") from problem
    return sockets


async def _serve(options: Options, state: State, sockets: list[socket.socket]) -> None:
    ports = [each.getsockname()[1] for each in sockets]
    world = state.world
    org_app = FaultLayer(salesforce.create_app(state.org, world), world, "salesforce", salesforce.name_of)
    account_app = FaultLayer(dialog_insight.create_app(state.account), world, "dialog_insight", dialog_insight.name_of)
    door = control.create_control(world, state.org, state.account, state.keep)
    servers = [_server(org_app), _server(_with_door(account_app, door))]
    ca_file = None
    if options.https:
        ca_file = state.folder / "ca.pem"
        servers.append(_server(org_app, _tls(ca_file)))
    at = Addresses(
        salesforce=f"http://{HOST}:{ports[0]}",
        dialog_insight=f"http://{HOST}:{ports[1]}",
        salesforce_https=f"https://localhost:{ports[2]}" if options.https else None,
    )

    def stop() -> None:
        for server in servers:
            server.should_exit = True

    with _stopped_by_signals(stop):
        running = [
            asyncio.create_task(server.serve([listener])) for server, listener in zip(servers, sockets, strict=True)
        ]
        try:
            while not all(server.started or server.should_exit for server in servers):
                await asyncio.sleep(0.01)
            if not any(server.should_exit for server in servers):
                ready = orjson.dumps(state.ready(at, ca_file), option=orjson.OPT_INDENT_2)
                write_owner_only(options.ready_file, ready)
            await asyncio.gather(*running)
        finally:
            options.ready_file.unlink(missing_ok=True)
            stop()
            await asyncio.gather(*running, return_exceptions=True)


def _server(app: ASGIApp, tls: ssl.SSLContext | None = None) -> _Server:
    config = uvicorn.Config(
        app,
        http=_Protocol,
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        date_header=False,
        server_header=False,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=1,
    )
    config.load()
    config.ssl = tls
    return _Server(config)


def _with_door(service: ASGIApp, door: ASGIApp) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        await (door if path.startswith(f"{control.ROOT}/") else service)(scope, receive, send)

    return app


def _tls(ca_file: Path) -> ssl.SSLContext:
    import trustme  # cryptography comes with it, and few ask for https

    authority = trustme.CA(organization_name="DISF simulator")
    write_owner_only(ca_file, authority.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # The login hosts too: some programs know no others, and are brought here by a proxy.
    authority.issue_cert("localhost", HOST, *LOGIN_HOSTS).configure_cert(context)
    return context


@contextmanager
def _stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    loop = asyncio.get_running_loop()

    def handler(*_: object) -> None:
        loop.call_soon_threadsafe(stop)

    kept = {each: signal.signal(each, handler) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, before in kept.items():
            with suppress(ValueError, TypeError):
                signal.signal(each, before)
