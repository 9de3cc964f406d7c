"""The control side door under `/simulator`: what no real service has, and tests and rehearsals need."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from disf_desktop.simulator.dialog_insight import Account, Exports, NotFound
from disf_desktop.simulator.fault_names import NAMES, SCHEDULE
from disf_desktop.simulator.salesforce import Org, door
from disf_desktop.simulator.world import World

ROOT = "/simulator"
Endpoint = Callable[[Request], Awaitable[Response]]


class _Mistake(Exception):
    """A request that the side door does not understand."""


def create_control(world: World, org: Org, account: Account, clock_moved: Callable[[], None]) -> Starlette:
    """Return the side door; `clock_moved` is told when the time was changed."""
    exports = Exports(account)

    async def salesforce_records(request: Request) -> Response:
        sobject = request.path_params["sobject"]
        try:
            return _lines(org.rows(sobject))
        except LookupError:
            raise NotFound(f"There is no object {sobject}.") from None

    async def contacts(request: Request) -> Response:
        return _lines(account.contact_records(request.path_params["project"]))

    async def rows(request: Request) -> Response:
        return _lines(account.rows(request.path_params["table"]))

    async def history(request: Request) -> Response:
        return _json(account.history(request.path_params["project"], request.path_params["contact"]))

    async def act(request: Request) -> Response:
        given = await _object(request)
        project, contact = request.path_params["project"], given.get("idContact")
        if contact is not None and type(contact) is not int:
            raise _Mistake("idContact is a whole number.")
        if given.get("delete"):
            account.delete_contact(project, contact)
            return _json({"idContact": contact})
        values, at = given.get("set"), given.get("at")
        if not isinstance(values, dict):
            raise _Mistake("`set` is an object of values.")
        return _json({"idContact": account.act(project, values, contact, at)})

    async def settings(request: Request) -> Response:
        if request.method == "POST":
            account.set(await _object(request))
        return _json(asdict(account.settings))

    async def export(request: Request) -> Response:
        return _json(await exports.export(await _object(request)))

    async def faults(request: Request) -> Response:
        if request.method == "GET":
            return _json(NAMES)
        given = await _body(request)
        given = [given] if isinstance(given, dict) else given
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
            raise _Mistake("A list of faults is expected.")
        world.faults.script(given)
        return _json({"scripted": len(given)})

    async def schedule(_: Request) -> Response:
        return _json(SCHEDULE)

    async def requests(request: Request) -> Response:
        if request.method == "DELETE":
            world.requests.clear()
            account.members_met.clear()
        return _json(world.requests.summary())

    async def keys(_: Request) -> Response:
        met = account.members_met.items()
        return _json(
            [{"service": "dialog_insight", "call": call, "name": n, "count": times} for (call, n), times in met]
        )

    async def clock(request: Request) -> Response:
        seconds = (await _object(request)).get("advance_s")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            raise _Mistake("`advance_s` is a number of seconds.")
        world.clock.advance(seconds)
        clock_moved()
        return _json({"now": world.clock.now().isoformat()})

    async def reset(_: Request) -> Response:
        # The time stays: a clock that goes back by itself is a fault of its own.
        org.reset()
        account.reset()
        world.faults.clear()
        world.requests.clear()
        account.members_met.clear()
        exports.clear()
        return _json({"reset": True})

    return Starlette(
        routes=[
            Route(f"{ROOT}/salesforce/{{sobject}}.ndjson", salesforce_records),
            *door(org, f"{ROOT}/salesforce"),
            Route(f"{ROOT}/dialog-insight/projects/{{project:int}}/contacts.ndjson", contacts),
            Route(f"{ROOT}/dialog-insight/projects/{{project:int}}/contacts", act, methods=["POST"]),
            Route(f"{ROOT}/dialog-insight/projects/{{project:int}}/contacts/{{contact:int}}/optins", history),
            Route(f"{ROOT}/dialog-insight/tables/{{table:int}}/rows.ndjson", rows),
            Route(f"{ROOT}/dialog-insight/account", settings, methods=["GET", "POST"]),
            Route(f"{ROOT}/dialog-insight/export", export, methods=["POST"]),
            Route(f"{ROOT}/requests/keys", keys),
            Route(f"{ROOT}/faults", faults, methods=["GET", "POST"]),
            Route(f"{ROOT}/faults/schedule", schedule),
            Route(f"{ROOT}/requests", requests, methods=["GET", "DELETE"]),
            Route(f"{ROOT}/clock", clock, methods=["POST"]),
            Route(f"{ROOT}/reset", reset, methods=["POST"]),
        ],
        exception_handlers={NotFound: _told(404), _Mistake: _told(400), ValueError: _told(400)},
    )


def _told(status: int) -> Callable[[Request, Exception], Response]:
    def tell(_: Request, problem: Exception) -> Response:
        return _json({"error": str(problem)}, status)

    return tell


async def _body(request: Request) -> Any:
    try:
        return orjson.loads(await request.body())
    except orjson.JSONDecodeError as problem:
        raise _Mistake(f"The body is not JSON: {problem}") from None


async def _object(request: Request) -> Mapping[str, Any]:
    given = await _body(request)
    if not isinstance(given, dict):
        raise _Mistake("A JSON object is expected.")
    return given


def _json(value: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")


def _lines(records: Iterator[dict[str, Any]]) -> Response:
    # The first part is made at once: what does not exist is told with a status, not in the middle of a reply.
    first = _part(records)

    async def parts() -> AsyncIterator[bytes]:
        part = first
        while part:
            yield part
            part = _part(records)

    return StreamingResponse(parts(), media_type="application/x-ndjson")


def _part(records: Iterator[dict[str, Any]]) -> bytes:
    return b"".join(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE) for each in islice(records, 500))
