"""How the faults of the transport are played: what is done of a request, and what becomes of its reply."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from datetime import timedelta
from email.utils import format_datetime
from random import Random
from typing import TYPE_CHECKING, Any

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from disf_desktop.simulator.fault_names import ANSWERS

if TYPE_CHECKING:
    from disf_desktop.simulator.faults import Call, Fault
    from disf_desktop.simulator.world import World

HTML = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Service indisponible</body></html>"
JSON = (b"content-type", b"application/json;charset=UTF-8")
LISTS = ("records", "Records", "ids", "deletedRecords", "results", "compositeResponse")
SLICES = 20
Later = Callable[[Awaitable[None]], None]


class Exchange:
    """A request that can be served more than once, and its connection."""

    def __init__(
        self, app: ASGIApp, world: World, scope: Scope, receive: Receive, send: Send, lost: Callable[[], None]
    ) -> None:
        self._app = app
        self.world = world
        self.scope = scope
        self.receive = receive
        self.send = send
        self.lost = lost
        """Notes the request as failed: its client learns nothing of what was done."""
        self._body: bytes | None = None

    @property
    def call(self) -> Call:
        return self.scope["call"]  # type: ignore[no-any-return]

    @property
    def fault(self) -> Fault:
        fault = self.call.fault
        assert fault is not None
        return fault

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

    async def serve(self, body: bytes | None = None) -> tuple[Message, bytes]:
        """Have the service do its work; return the start and the body of its reply instead of sending them."""
        given = await self.read() if body is None else body
        requests: list[Message] = [{"type": "http.request", "body": given, "more_body": False}]
        replies: list[Message] = []

        async def receive() -> Message:
            return requests.pop() if requests else {"type": "http.disconnect"}

        async def collect(message: Message) -> None:
            replies.append(message)

        # A copy: routing writes into the scope, and the service may be asked twice.
        await self._app(dict(self.scope), receive, collect)
        return replies[0], b"".join(message.get("body", b"") for message in replies[1:])

    async def serve_as_it_comes(self) -> None:
        """Have the service do its work and answer itself."""
        await self._app(self.scope, self.receive, self.send)

    async def answer(self, status: int, body: bytes, headers: list[tuple[bytes, bytes]] | None = None) -> None:
        given = headers or []
        if not any(name == b"content-type" for name, _ in given):
            given = [*given, (b"content-type", b"text/plain; charset=utf-8")]
        # Read first: a client that is still sending would see a reset instead of the answer.
        await self.read()
        await self.reply({"type": "http.response.start", "status": status, "headers": given}, body)

    async def begin(self, start: Message, length: int) -> None:
        headers = [(name, value) for name, value in start.get("headers", []) if name.lower() != b"content-length"]
        await self.send({**start, "headers": [*headers, (b"content-length", str(length).encode())]})

    async def reply(self, start: Message, body: bytes) -> None:
        await self.begin(start, len(body))
        await self.send({"type": "http.response.body", "body": body})

    async def wait(self, seconds: float) -> bool:
        """Wait; return whether the client is still there."""
        gone = asyncio.ensure_future(self.receive())
        done, _ = await asyncio.wait([gone], timeout=seconds)
        gone.cancel()
        return not done

    async def held_back(self) -> bool:
        """Wait as the fault says; return whether the world is still the one in which the request came."""
        generation = self.world.faults.generation
        await asyncio.sleep(self.fault.number("seconds", 1))
        return generation == self.world.faults.generation

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


# Before anything is done


def _retry_after(fault: Fault, default: float | None = None) -> list[tuple[bytes, bytes]]:
    wait = fault.parameters.get("retry_after", default)
    return [] if wait is None else [(b"retry-after", str(wait).encode())]


async def _unavailable(exchange: Exchange) -> None:
    fault = exchange.fault
    status, wait = (429, 1) if fault.name == "too_many" else (503, None)
    status = int(fault.number("status", status))
    await exchange.answer(status, b"The service is not available.\r\n", _retry_after(fault, wait))


async def _reset_before(exchange: Exchange) -> None:
    exchange.lost()
    await exchange.reset()


async def _reset_in_request(exchange: Exchange) -> None:
    await exchange.receive()
    exchange.lost()
    await exchange.reset()


async def _timeout_before(exchange: Exchange) -> None:
    await exchange.read()
    exchange.lost()
    await exchange.wait(exchange.fault.number("seconds", 120))
    await exchange.reset()


async def _fixed(exchange: Exchange) -> None:
    status, body = ANSWERS[exchange.fault.name]
    await exchange.answer(status, orjson.dumps(body), [JSON])


async def _answer(exchange: Exchange) -> None:
    given = exchange.fault.parameters
    if given.get("apply"):
        await exchange.serve()
    body = given.get("body", "")
    headers = [] if isinstance(body, str) else [JSON]
    content = body.encode() if isinstance(body, str) else orjson.dumps(body)
    await exchange.answer(int(exchange.fault.number("status", 200)), content, headers)


async def _html(exchange: Exchange) -> None:
    if exchange.fault.parameters.get("apply"):
        await exchange.serve()
    exchange.call.error = True
    await exchange.answer(200, HTML, [(b"content-type", b"text/html; charset=utf-8")])


# After everything is done, or a part, or later


async def _error_after_apply(exchange: Exchange) -> None:
    await exchange.serve()
    status = int(exchange.fault.number("status", 500))
    await exchange.answer(status, b"Internal Server Error\r\n", _retry_after(exchange.fault))


async def _partly_applied(exchange: Exchange) -> None:
    body = await exchange.read()
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError:
        given = None
    for name in ("Records", "records") if isinstance(given, dict) else ():
        if isinstance(given.get(name), list):
            given[name] = given[name][: len(given[name]) // 2]
            await exchange.serve(orjson.dumps(given))
            break
    exchange.call.error = True
    if exchange.call.service == "dialog_insight":
        envelope = {"Success": False, "ErrorCode": "InternalError", "ErrorMessage": "An error has occurred."}
        await exchange.answer(200, orjson.dumps(envelope), [JSON])
    else:
        status, told = ANSWERS["unknown_exception"]
        await exchange.answer(status, orjson.dumps(told), [JSON])


async def _reset_after_apply(exchange: Exchange) -> None:
    await exchange.serve()
    exchange.lost()
    await exchange.reset()


async def _reset_in_reply(exchange: Exchange) -> None:
    start, body = await exchange.serve()
    await exchange.begin(start, len(body))
    await exchange.send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    # Let what was written leave before the reset throws away what is still in the buffer.
    await asyncio.sleep(0.01)
    await exchange.reset()


_LATER: set[asyncio.Task[None]] = set()


async def _apply_later(exchange: Exchange) -> None:
    await exchange.read()

    async def later() -> None:
        if await exchange.held_back():
            await exchange.serve()

    task = asyncio.create_task(later())
    _LATER.add(task)
    task.add_done_callback(_LATER.discard)
    exchange.lost()
    await exchange.reset()


async def _delay(exchange: Exchange) -> None:
    if await exchange.held_back():
        await exchange.serve_as_it_comes()
    else:
        exchange.call.noted = True
        await exchange.reset()


async def _slow(exchange: Exchange) -> None:
    start, body = await exchange.serve()
    await exchange.begin(start, len(body))
    size = max(1, -(-len(body) // SLICES))
    for at in range(0, len(body), size):
        await exchange.send({"type": "http.response.body", "body": body[at : at + size], "more_body": True})
        await asyncio.sleep(exchange.fault.number("seconds", 2) / SLICES)
    await exchange.send({"type": "http.response.body", "body": b""})


async def _timeout_after_apply(exchange: Exchange) -> None:
    start, body = await exchange.serve()
    exchange.lost()
    if await exchange.wait(exchange.fault.number("seconds", 120)):
        await exchange.reply(start, body)


async def _duplicate_delivery(exchange: Exchange) -> None:
    await exchange.serve()
    await exchange.reply(*await exchange.serve())


async def _wrong_date(exchange: Exchange) -> None:
    start, body = await exchange.serve()
    wrong = exchange.world.clock.now() + timedelta(seconds=exchange.fault.number("seconds", 93_600))
    headers = [(name, value) for name, value in start["headers"] if name.lower() != b"date"]
    await exchange.reply(
        {**start, "headers": [*headers, (b"date", format_datetime(wrong, usegmt=True).encode())]}, body
    )


# What becomes of the body of a reply


def _truncated(body: bytes, _: Fault) -> bytes:
    return body[: len(body) // 2]


def _wrong_charset(body: bytes, _: Fault) -> bytes:
    return body.decode("utf-8", "replace").encode("iso-8859-1", "replace")


def _rows(change: Callable[[list[Any], Fault], list[Any]]) -> Callable[[bytes, Fault], bytes]:
    """Change the list in a reply: of JSON its records or ids, of a CSV the rows below the header."""

    def changed(body: bytes, fault: Fault) -> bytes:
        try:
            given = orjson.loads(body)
        except orjson.JSONDecodeError:
            header, *lines = body.splitlines(keepends=True) or [b""]
            return b"".join([header, *change(lines, fault)])
        if isinstance(given, list):
            return orjson.dumps(change(given, fault))
        for name in LISTS if isinstance(given, dict) else ():
            if isinstance(given.get(name), list):
                given[name] = change(given[name], fault)
        return orjson.dumps(given)

    return changed


def _shuffled(rows: list[Any], _: Fault) -> list[Any]:
    return Random(len(rows)).sample(rows, len(rows))  # noqa: S311 -- the same in each run, on purpose


def _missing(rows: list[Any], fault: Fault) -> list[Any]:
    return rows[: max(0, len(rows) - int(fault.number("count", 1)))]


def _of_reply(change: Callable[[bytes, Fault], bytes]) -> Play:
    async def play(exchange: Exchange) -> None:
        start, body = await exchange.serve()
        await exchange.reply(start, change(body, exchange.fault))

    return play


Play = Callable[[Exchange], Awaitable[None]]
PLAYS: dict[str, Play] = {
    "unavailable": _unavailable,
    "too_many": _unavailable,
    "error_after_apply": _error_after_apply,
    "reset_before": _reset_before,
    "reset_in_request": _reset_in_request,
    "reset_after_apply": _reset_after_apply,
    "reset_in_reply": _reset_in_reply,
    "apply_later": _apply_later,
    "delay": _delay,
    "slow": _slow,
    "timeout_before": _timeout_before,
    "timeout_after_apply": _timeout_after_apply,
    "duplicate_delivery": _duplicate_delivery,
    "partly_applied": _partly_applied,
    "html": _html,
    "answer": _answer,
    "wrong_date": _wrong_date,
    "truncated": _of_reply(_truncated),
    "wrong_charset": _of_reply(_wrong_charset),
    "empty_list": _of_reply(_rows(lambda rows, _: [])),
    "rows_missing": _of_reply(_rows(_missing)),
    "rows_reversed": _of_reply(_rows(lambda rows, _: rows[::-1])),
    "rows_repeated": _of_reply(_rows(lambda rows, _: rows[:1] + rows)),
    "rows_shuffled": _of_reply(_rows(_shuffled)),
    **dict.fromkeys(ANSWERS, _fixed),
}
"""Those that the layer plays; the others are left to the services."""
