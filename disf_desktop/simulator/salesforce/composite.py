"""Several requests in one: `composite` (with references between them) and `composite/batch`."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import orjson

from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

MOST_REQUESTS = 25
REFERENCE = re.compile(r"@\{([A-Za-z0-9_]+)\.([^}]*)\}")
STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
HALTED = [
    {
        "errorCode": "PROCESSING_HALTED",
        "message": "The transaction was rolled back since another operation in the same transaction failed.",
    }
]


class _RollBack(Exception):
    """Undo the transaction of an all-or-none composite."""


async def composite(exchange: Exchange) -> Reply:
    """Run up to 25 requests in order; a later one may use `@{reference.field}` of an earlier reply."""
    given = exchange.json()
    requests = _requests(given.get("compositeRequest"))
    all_or_none = given.get("allOrNone") is True
    replies: list[dict[str, Any]] = []
    try:
        with exchange.org.transaction():
            bodies: dict[str, Any] = {}
            for request in requests:
                replies.append(await _one(exchange, request, bodies))
                if all_or_none and replies[-1]["httpStatusCode"] >= 300:
                    raise _RollBack
    except _RollBack:
        failed = len(replies) - 1
        replies = [
            reply if place == failed else _halted(request)
            for place, (request, reply) in enumerate(zip(requests, replies + [{}] * len(requests), strict=False))
        ]
    return Reply(content={"compositeResponse": replies}, records=len(requests))


async def _one(exchange: Exchange, request: dict[str, Any], bodies: dict[str, Any]) -> dict[str, Any]:
    reference = str(request.get("referenceId", ""))
    try:
        url = _filled(str(request.get("url", "")), bodies, encode=True)
        body = _filled_in(request.get("body"), bodies)
    except LookupError as missing:
        error = {
            "errorCode": "INVALID_INPUT",
            "message": f"Invalid reference specified. No value for {missing.args[0]} found",
        }
        return {"body": [error], "httpHeaders": {}, "httpStatusCode": 400, "referenceId": reference}
    reply = await exchange.inner(
        exchange, str(request.get("method", "GET")).upper(), url, body, request.get("httpHeaders")
    )
    bodies[reference] = reply.content
    headers = {name: value for name, value in reply.headers.items() if name == "Location"}
    return {"body": reply.content, "httpHeaders": headers, "httpStatusCode": reply.status, "referenceId": reference}


def _halted(request: dict[str, Any]) -> dict[str, Any]:
    reference = str(request.get("referenceId", ""))
    return {"body": HALTED, "httpHeaders": {}, "httpStatusCode": 400, "referenceId": reference}


async def batch(exchange: Exchange) -> Reply:
    """Run up to 25 independent requests; with `haltOnError` those after a failure are not run."""
    given = exchange.json()
    halt = given.get("haltOnError") is True
    results: list[dict[str, Any]] = []
    failed = False
    for request in _requests(given.get("batchRequests")):
        if failed and halt:
            error = {"errorCode": "BATCH_PROCESSING_HALTED", "message": "Batch processing halted per request"}
            results.append({"statusCode": 412, "result": [error]})
            continue
        url = "/services/data/" + str(request.get("url", "")).lstrip("/").removeprefix("services/data/")
        method = str(request.get("method", "GET")).upper()
        reply = await exchange.inner(exchange, method, url, request.get("richInput"), None)
        failed = failed or reply.status >= 300
        results.append({"statusCode": reply.status, "result": reply.content})
    return Reply(content={"hasErrors": failed, "results": results}, records=len(results))


def _requests(given: Any) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise ApiError(400, "INVALID_INPUT", "A list of requests is required")
    if len(given) > MOST_REQUESTS:
        raise ApiError(400, "LIMIT_EXCEEDED", f"The maximum number of requests allowed is {MOST_REQUESTS}")
    return given


def _filled_in(body: Any, bodies: dict[str, Any]) -> Any:
    """Replace the references in every text of a body."""
    if isinstance(body, str):
        return _filled(body, bodies)
    if isinstance(body, dict):
        return {name: _filled_in(value, bodies) for name, value in body.items()}
    return [_filled_in(each, bodies) for each in body] if isinstance(body, list) else body


def _filled(text: str, bodies: dict[str, Any], encode: bool = False) -> str:
    def value(match: re.Match[str]) -> str:
        found = bodies.get(match[1])
        for name, place in STEP.findall(match[2]):
            try:
                found = found[int(place)] if place else found[name]  # type: ignore[index]
            except (LookupError, TypeError):
                raise LookupError(match[0]) from None
        plain = found if isinstance(found, str) else orjson.dumps(found).decode()
        return quote(plain, safe="") if encode else plain

    return REFERENCE.sub(value, text)
