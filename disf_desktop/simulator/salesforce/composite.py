"""Several requests in one: `composite` (with references between them), `composite/graph` and `composite/batch`."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import orjson

from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

MOST_REQUESTS = 25
MOST_QUERIES = 5
MOST_NODES = 500
MOST_GRAPHS = 75
MOST_FAILED_GRAPHS = 14
REFERENCE = re.compile(r"@\{([A-Za-z0-9_]+)\.([^}]*)\}")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]*")
QUERY = re.compile(r"/v[\d.]+/(query|composite/sobjects)", re.IGNORECASE)
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
    _check_references(requests)
    if sum(QUERY.search(str(each.get("url", ""))) is not None for each in requests) > MOST_QUERIES:
        message = f"The maximum number of queries and collections in a composite is {MOST_QUERIES}"
        raise ApiError(400, "LIMIT_EXCEEDED", message)
    replies, _ = await _run(exchange, requests, given.get("allOrNone") is True)
    return Reply(content={"compositeResponse": replies}, records=len(requests))


async def graph(exchange: Exchange) -> Reply:
    """Run up to 75 graphs of requests, each of them wholly or not at all."""
    graphs = _requests(exchange.json().get("graphs"), MOST_GRAPHS)
    nodes = [_requests(each.get("compositeRequest"), MOST_NODES) for each in graphs]
    if sum(map(len, nodes)) > MOST_NODES:
        raise ApiError(400, "LIMIT_EXCEEDED", f"The maximum number of nodes allowed is {MOST_NODES}")
    ids = [str(each.get("graphId", "")) for each in graphs]
    if "" in ids or len(set(ids)) < len(ids):
        raise ApiError(400, "INVALID_INPUT", "Each graph needs a graphId of its own")
    for each in nodes:
        _check_references(each)
    told: list[dict[str, Any]] = []
    failed = 0
    for graph_id, requests in zip(ids, nodes, strict=True):
        if failed >= MOST_FAILED_GRAPHS:
            replies, done = [_halted(request) for request in requests], False
        else:
            replies, done = await _run(exchange, requests, all_or_none=True)
        failed += not done
        told.append({"graphId": graph_id, "graphResponse": {"compositeResponse": replies}, "isSuccessful": done})
    return Reply(content={"graphs": told}, records=sum(map(len, nodes)))


async def _run(
    exchange: Exchange, requests: list[dict[str, Any]], all_or_none: bool
) -> tuple[list[dict[str, Any]], bool]:
    """Return the replies in their order, and whether what was done stands."""
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
        return replies, False
    return replies, True


def _check_references(requests: list[dict[str, Any]]) -> None:
    seen: set[str] = set()
    for each in requests:
        reference = str(each.get("referenceId", ""))
        if not NAME.fullmatch(reference):
            message = "Provided referenceId must start with a letter or a number, and hold only those and underscores"
            raise ApiError(400, "INVALID_INPUT", message)
        if reference in seen:
            raise ApiError(400, "INVALID_INPUT", f"Duplicate referenceId provided in the request: {reference}")
        seen.add(reference)


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


def _requests(given: Any, most: int = MOST_REQUESTS) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise ApiError(400, "INVALID_INPUT", "A list of requests is required")
    if len(given) > most:
        raise ApiError(400, "LIMIT_EXCEEDED", f"The maximum number of requests allowed is {most}")
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
