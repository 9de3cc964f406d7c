"""What goes wrong on purpose, and the layer around a service that plays it.

`Faults` is the script (what `POST {control}/faults` carries). `FaultLayer` takes at most one fault a request, plays
those that belong to the transport, and leaves the others to the service in `scope["fault"]`.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, ClassVar

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

if TYPE_CHECKING:
    from disf_desktop.simulator.world import World

HTML = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Service indisponible</body></html>"
FOR_EVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault to play on one request."""

    name: str
    parameters: dict[str, Any] = field(default_factory=dict)

    def number(self, parameter: str, default: float) -> float:
        """Return a numeric parameter (seconds, a status)."""
        return float(self.parameters.get(parameter, default))


@dataclass(slots=True)
class Call:
    """One request as it is being served, in `scope["call"]`: the service fills in `records` and `error`."""

    service: str
    name: str
    fault: Fault | None = None
    records: int = 0
    error: bool = False
    noted: bool = False


@dataclass(slots=True)
class _Entry:
    fault: Fault
    service: str | None
    call: str | None
    after: int
    times: int

    def meets(self, service: str, call: str) -> bool:
        return self.service in (None, service) and self.call in (None, call)


class Faults:
    """The script of faults: which fault falls on which call, after how many, how often."""

    NAMES: ClassVar[dict[str, str]] = {
        "unavailable": "503 before anything is done; `retry_after` seconds, `status` (503)",
        "too_many": "429 before anything is done; `retry_after` seconds (1)",
        "error_after_apply": "everything is done, then 500; `status` (500)",
        "reset_before": "the connection is reset before anything is done",
        "reset_after_apply": "everything is done, then the connection is reset without a reply",
        "reset_in_reply": "everything is done, then the connection is reset half-way through the reply",
        "apply_later": "the connection is reset, and everything is done `seconds` (1) later",
        "delay": "everything is done `seconds` (1) late",
        "timeout_after_apply": "everything is done, then the reply is held back for `seconds` (120)",
        "truncated": "everything is done, then half of the reply is sent as if it were whole",
        "html": "200 with an HTML page, nothing is done; with `apply` true everything is done first",
        "duplicate_delivery": "the request is served twice, the second reply is given",
        "expired_token": "Salesforce: 401 INVALID_SESSION_ID, as when a token has just expired",
        "row_lock": "Salesforce: UNABLE_TO_LOCK_ROW on the records; `every` (1): on every n-th",
        "limit_exceeded": "Salesforce: 403 REQUEST_LIMIT_EXCEEDED",
        "late_commit": "Salesforce: a write is seen `seconds` (1) late, with the stamp of its beginning",
        "quota": "Dialog Insight: the key has used up its calls",
        "forbidden": "Dialog Insight: a refusal in the usual envelope, but with HTTP `status` (403)",
        "all_or_nothing": "Dialog Insight: one bad record fails this whole call and nothing is stored",
        "refuse": "Dialog Insight: every n-th record (`every`, 1) is refused",
        "rows_missing": "Dialog Insight: everything is done, the result of the last record is missing",
        "rows_reversed": "Dialog Insight: everything is done, the results come in reverse order",
        "no_records": "Dialog Insight: a look-up finds nothing, whatever is there",
    }

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self.generation = 0
        """Counts how often the script was cleared: what was held back before belongs to a world that is no more."""

    def script(self, faults: Iterable[Mapping[str, Any]]) -> None:
        """Add faults to the script; an empty list clears it.

        Each has `fault`, and may have `service` and `call` (any, when left out), `after` (calls let through first, 0),
        `times` (1; null for ever); everything else is a parameter. Raises ValueError for what is not understood.
        """
        entries = [self._entry(each) for each in faults]
        self._entries = [*self._entries, *entries] if entries else []

    def _entry(self, given: Mapping[str, Any]) -> _Entry:
        parameters = dict(given)
        name = parameters.pop("fault", None)
        if name not in self.NAMES:
            raise ValueError(f"There is no fault named {name!r}. There are: {', '.join(self.NAMES)}.")
        service, call = parameters.pop("service", None), parameters.pop("call", None)
        if service not in (None, "salesforce", "dialog_insight"):
            raise ValueError(f"There is no service named {service!r}. There are: salesforce, dialog_insight.")
        after, times = parameters.pop("after", 0), parameters.pop("times", 1)
        if type(after) is not int or after < 0:
            raise ValueError("`after` is a number of calls, from 0.")
        if times is not None and (type(times) is not int or times < 1):
            raise ValueError("`times` is a number of calls, from 1, or null for ever.")
        return _Entry(Fault(name, parameters), service, call, after, FOR_EVER if times is None else times)

    def take(self, service: str, call: str) -> Fault | None:
        """Count a call; return the fault to play on it, if any (the first scripted wins)."""
        taken: Fault | None = None
        for entry in self._entries:
            if not entry.meets(service, call):
                continue
            if entry.after:
                entry.after -= 1
            elif taken is None and entry.times:
                entry.times -= 1
                taken = entry.fault
        return taken

    def clear(self) -> None:
        """Forget the script, and with it the requests that a fault holds back."""
        self._entries.clear()
        self.generation += 1


class FaultLayer:
    """Play the faults of the transport around an ASGI service, log each request once, and set the `Date` header.

    `name_of(scope)` names the call; None lets the request through, unlogged and unharmed. Resetting a connection needs
    its transport in `scope["transport"]` (the server puts it there); without one a ConnectionResetError is raised.
    """

    def __init__(self, app: ASGIApp, world: World, service: str, name_of: Callable[[Scope], str | None]) -> None:
        self._app = app
        self._world = world
        self._service = service
        self._name_of = name_of
        self._later: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = self._name_of(scope) if scope["type"] == "http" else None
        if name is None:
            await self._app(scope, receive, send)
            return
        fault = self._world.faults.take(self._service, name)
        call = Call(self._service, name, fault)
        scope["call"] = call
        scope["fault"] = fault
        reply = self._reply(call, send)
        play = _PLAYS.get(fault.name) if fault else None
        try:
            if fault and play:
                await play(self, _Exchange(self._app, scope, receive, reply, fault))
            else:
                await self._app(scope, receive, reply)
        except ClientDisconnect:
            # Half a request is no request: nothing is done, and there is nobody to answer.
            call.error = True
        finally:
            self._note(call)

    def _reply(self, call: Call, send: Send) -> Send:
        async def reply(message: Message) -> None:
            if message["type"] == "http.response.start":
                # Noted before the client can see the answer: who reads the log then finds the request there.
                call.error = call.error or message["status"] >= 400
                self._note(call)
                headers = message.setdefault("headers", [])
                if not any(name == b"date" for name, _ in headers):
                    now = format_datetime(self._world.clock.now(), usegmt=True)
                    message["headers"] = [*headers, (b"date", now.encode())]
            await send(message)

        return reply

    def _note(self, call: Call) -> None:
        if not call.noted:
            call.noted = True
            self._world.requests.note(call.service, call.name, call.records, call.error)

    async def unavailable(self, exchange: _Exchange) -> None:
        fault = exchange.fault
        default = 429 if fault.name == "too_many" else 503
        wait = fault.parameters.get("retry_after", 1 if fault.name == "too_many" else None)
        headers = [] if wait is None else [(b"retry-after", str(wait).encode())]
        await exchange.answer(int(fault.number("status", default)), b"The service is not available.\r\n", headers)

    async def error_after_apply(self, exchange: _Exchange) -> None:
        await exchange.serve()
        await exchange.answer(int(exchange.fault.number("status", 500)), b"Internal Server Error\r\n")

    async def reset_before(self, exchange: _Exchange) -> None:
        self._lost(exchange)
        await exchange.reset()

    async def reset_after_apply(self, exchange: _Exchange) -> None:
        await exchange.serve()
        self._lost(exchange)
        await exchange.reset()

    async def reset_in_reply(self, exchange: _Exchange) -> None:
        start, body = await exchange.serve()
        await exchange.begin(start, len(body))
        await exchange.send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        # Let what was written leave before the reset throws away what is still in the buffer.
        await asyncio.sleep(0.01)
        await exchange.reset()

    async def apply_later(self, exchange: _Exchange) -> None:
        await exchange.read()

        async def later() -> None:
            if await self._held_back(exchange):
                await exchange.serve()

        task = asyncio.create_task(later())
        self._later.add(task)
        task.add_done_callback(self._later.discard)
        self._lost(exchange)
        await exchange.reset()

    async def delay(self, exchange: _Exchange) -> None:
        if await self._held_back(exchange):
            await self._app(exchange.scope, exchange.receive, exchange.send)
        else:
            exchange.scope["call"].noted = True
            await exchange.reset()

    async def _held_back(self, exchange: _Exchange) -> bool:
        """Wait as the fault says; give whether the world is still the one in which the request came."""
        generation = self._world.faults.generation
        await asyncio.sleep(exchange.fault.number("seconds", 1))
        return generation == self._world.faults.generation

    async def timeout_after_apply(self, exchange: _Exchange) -> None:
        start, body = await exchange.serve()
        self._lost(exchange)
        if await exchange.wait(exchange.fault.number("seconds", 120)):
            await exchange.begin(start, len(body))
            await exchange.send({"type": "http.response.body", "body": body})

    async def truncated(self, exchange: _Exchange) -> None:
        start, body = await exchange.serve()
        half = body[: len(body) // 2]
        await exchange.begin(start, len(half))
        await exchange.send({"type": "http.response.body", "body": half})

    async def html(self, exchange: _Exchange) -> None:
        if exchange.fault.parameters.get("apply"):
            await exchange.serve()
        exchange.scope["call"].error = True
        await exchange.answer(200, HTML, [(b"content-type", b"text/html; charset=utf-8")])

    async def duplicate_delivery(self, exchange: _Exchange) -> None:
        await exchange.serve()
        start, body = await exchange.serve()
        await exchange.begin(start, len(body))
        await exchange.send({"type": "http.response.body", "body": body})

    def _lost(self, exchange: _Exchange) -> None:
        exchange.scope["call"].error = True
        self._note(exchange.scope["call"])


class _Exchange:
    """A request that can be served more than once, and its connection."""

    def __init__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send, fault: Fault) -> None:
        self._app = app
        self.scope = scope
        self.receive = receive
        self.send = send
        self.fault = fault
        self._body: bytes | None = None

    async def read(self) -> bytes:
        if self._body is None:
            parts = []
            more = True
            while more:
                message = await self.receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                parts.append(message.get("body", b""))
                more = message.get("more_body", False)
            self._body = b"".join(parts)
        return self._body

    async def serve(self) -> tuple[Message, bytes]:
        """Have the service do its work; return the start and the body of its reply instead of sending them."""
        requests: list[Message] = [{"type": "http.request", "body": await self.read(), "more_body": False}]
        replies: list[Message] = []

        async def receive() -> Message:
            return requests.pop() if requests else {"type": "http.disconnect"}

        async def collect(message: Message) -> None:
            replies.append(message)

        # A copy: routing writes into the scope, and the service may be asked twice.
        await self._app(dict(self.scope), receive, collect)
        return replies[0], b"".join(message.get("body", b"") for message in replies[1:])

    async def answer(self, status: int, body: bytes, headers: list[tuple[bytes, bytes]] | None = None) -> None:
        given = headers or []
        if not any(name == b"content-type" for name, _ in given):
            given = [*given, (b"content-type", b"text/plain; charset=utf-8")]
        # Read first: a client that is still sending would see a reset instead of the answer.
        await self.read()
        await self.begin({"type": "http.response.start", "status": status, "headers": given}, len(body))
        await self.send({"type": "http.response.body", "body": body})

    async def begin(self, start: Message, length: int) -> None:
        headers = [(name, value) for name, value in start.get("headers", []) if name.lower() != b"content-length"]
        await self.send({**start, "headers": [*headers, (b"content-length", str(length).encode())]})

    async def wait(self, seconds: float) -> bool:
        """Wait; return whether the client is still there."""
        gone = asyncio.ensure_future(self.receive())
        done, _ = await asyncio.wait([gone], timeout=seconds)
        gone.cancel()
        return not done

    async def reset(self) -> None:
        transport = self.scope.get("transport")
        if transport is None:
            raise ConnectionResetError("The connection was reset on purpose.")
        if transport.is_closing():
            return
        # Lingering for zero seconds makes the close a reset, which a client cannot take for an empty answer.
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
        while (await self.receive())["type"] != "http.disconnect":
            pass


_PLAYS = {
    "unavailable": FaultLayer.unavailable,
    "too_many": FaultLayer.unavailable,
    "error_after_apply": FaultLayer.error_after_apply,
    "reset_before": FaultLayer.reset_before,
    "reset_after_apply": FaultLayer.reset_after_apply,
    "reset_in_reply": FaultLayer.reset_in_reply,
    "apply_later": FaultLayer.apply_later,
    "delay": FaultLayer.delay,
    "timeout_after_apply": FaultLayer.timeout_after_apply,
    "truncated": FaultLayer.truncated,
    "html": FaultLayer.html,
    "duplicate_delivery": FaultLayer.duplicate_delivery,
}
