"""The Salesforce service as an ASGI application."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from disf_desktop.simulator.salesforce import (
    bulk_v1,
    composite,
    replication,
    rest,
    routes,
    search,
    sobject_collections,
    trees,
)
from disf_desktop.simulator.salesforce.bulk_query import QueryJobs
from disf_desktop.simulator.salesforce.bulk_v1 import BulkV1
from disf_desktop.simulator.salesforce.deploys import Deploys
from disf_desktop.simulator.salesforce.errors import ApiError, not_found
from disf_desktop.simulator.salesforce.identity import Identity
from disf_desktop.simulator.salesforce.ingest import IngestJobs
from disf_desktop.simulator.salesforce.keys import Keys
from disf_desktop.simulator.salesforce.oauth import OAuth
from disf_desktop.simulator.salesforce.packages import PackageInstalls
from disf_desktop.simulator.salesforce.partner import Partner
from disf_desktop.simulator.salesforce.query import Queries
from disf_desktop.simulator.salesforce.recent import Recent
from disf_desktop.simulator.salesforce.soap import Soap
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.tooling import Tooling
from disf_desktop.simulator.salesforce.wire import JSON, Exchange, Reply, http_date, inflated
from disf_desktop.simulator.world import World

LONGEST_ADDRESS = 16_384
Handler = Callable[..., Awaitable[Reply]]


class SalesforceApp:
    """Answer OAuth, REST and Bulk API 2.0 requests of one org."""

    def __init__(self, org: Org, world: World) -> None:
        self._org = org
        self._world = world
        self._queries = Queries(org)
        keys = Keys(org.folder)
        self._oauth = OAuth(org, keys)
        self._recent = Recent(org)
        deploys = Deploys(org)
        self._rooms: dict[str, Any] = {
            "rest": rest,
            "replication": replication,
            "composite": composite,
            "search": search,
            "trees": trees,
            "sobject_collections": sobject_collections,
            "oauth": self._oauth,
            "identity": Identity(org, self._oauth, keys),
            "ingest": IngestJobs(org),
            "bulk_query": QueryJobs(org, self._queries),
            "bulk_v1": BulkV1(org, self._queries),
            "deploys": deploys,
            "soap": Soap(org, deploys, self._oauth),
            "partner": Partner(org, self._oauth),
            "tooling": Tooling(org, PackageInstalls(org)),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request; lifespan messages are let be, there is nothing to start."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        query = scope["query_string"].decode("latin-1")
        method = routes.overridden(request.method, query)
        raw_path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
        if len(raw_path) + len(query) > LONGEST_ADDRESS:
            # Answered by the server in front of the service, so in its words.
            await request.body()
            refusal = Reply(
                414, "<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>", {"Content-Type": "text/html"}
            )
            await self._send(refusal, routes.Route("other", public=True), send)
            return
        found = routes.route(method, raw_path)
        headers = request.headers
        host = headers.get("host", "localhost")
        exchange = Exchange(
            org=self._org,
            queries=self._queries,
            method=method,
            version=found.version,
            base=f"{scope['scheme']}://{host}",
            query=dict(parse_qsl(query, keep_blank_values=True)),
            headers=headers,
            fault=scope.get("fault"),
            stream=request.stream(),
            token=_bearer(headers),
            inner=self._inner,
            recent=self._recent,
        )
        try:
            if found.call != "ingest_upload":
                body = await request.body()
                exchange.body = inflated(body) if headers.get("content-encoding", "").lower() == "gzip" else body
            reply = await self._answer(found, exchange)
        except ClientDisconnect:
            return
        except ApiError as error:
            reply = bulk_v1.refused(exchange, error) if found.v1 else _refusal(error)
        call = scope.get("call")
        if call is not None:
            call.records = reply.records
        await self._send(reply, found, send)

    async def _answer(self, found: routes.Route, exchange: Exchange) -> Reply:
        if not found.public:
            self._check_version(found.version)
            self._oauth.check(exchange)
            self._spend()
            if exchange.fault and exchange.fault.name == "limit_exceeded":
                raise _limit_exceeded(exchange.fault.parameters.get("kind", "daily"))
            if exchange.fault and exchange.fault.name == "late_commit":
                return await self._commit_late(found, exchange, exchange.fault.number("seconds", 1))
        return await self._handle(found, exchange)

    async def _handle(self, found: routes.Route, exchange: Exchange) -> Reply:
        if found.handler is None:
            if found.allowed:
                allowed = ",".join(found.allowed)
                message = f"HTTP Method '{exchange.method}' not allowed. Allowed are {allowed}"
                raise ApiError(405, "METHOD_NOT_ALLOWED", message)
            raise not_found()
        room, _, name = found.handler.partition(".")
        handler: Handler = getattr(self._rooms[room], name)
        return await handler(exchange, *found.segments)

    async def _commit_late(self, found: routes.Route, exchange: Exchange, seconds: float) -> Reply:
        """Serve a write as a long transaction: seen at its end, but with the stamp of its beginning."""
        with self._org.long_transaction() as exchange.began:
            await asyncio.sleep(seconds)
            return await self._handle(found, exchange)

    async def _inner(self, outer: Exchange, method: str, url: str, body: Any, headers: dict[str, str] | None) -> Reply:
        """Serve a request that came inside another one."""
        path, _, query = url.partition("?")
        found = routes.route(method, path)
        exchange = replace(
            outer,
            method=method,
            version=found.version or outer.version,
            query=dict(parse_qsl(query, keep_blank_values=True)),
            headers=Headers({"content-type": "application/json", **(headers or {})}),
            body=b"" if body is None else orjson.dumps(body),
        )
        if found.public or found.call in ("composite", "batch", "graph", "tree", "ingest_upload"):
            return _refusal(ApiError(400, "INVALID_INPUT", f"This resource cannot be part of a composite: {path}"))
        try:
            self._check_version(exchange.version)
            return await self._handle(found, exchange)
        except ApiError as error:
            return _refusal(error)

    def _spend(self) -> None:
        """Count one call of the day, whatever is inside it; refuse it when there is none left."""
        if self._org.api_calls >= self._org.daily_calls:
            raise _limit_exceeded("daily")
        self._org.api_calls += 1

    @staticmethod
    def _check_version(version: str) -> None:
        try:
            number = float(version)
        except ValueError:
            raise not_found() from None
        if routes.OLDEST_RETIRED <= number < routes.OLDEST_VERSION:
            raise ApiError(
                410, "UNSUPPORTED_API_VERSION", "This API version has been retired. Use version 31.0 or later."
            )
        if not routes.OLDEST_VERSION <= number <= max(rest.VERSIONS):
            raise not_found()

    async def _send(self, reply: Reply, found: routes.Route, send: Send) -> None:
        body = reply.body()
        headers = {"Date": http_date(self._world.clock.now()), **reply.headers}
        if body or reply.status in (200, 201):
            headers.setdefault("Content-Type", JSON)
        if not found.public:
            headers["Sforce-Limit-Info"] = f"api-usage={self._org.api_calls}/{self._org.daily_calls}"
        if reply.status not in (204, 304):
            headers["Content-Length"] = str(len(body))
        raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": reply.status, "headers": raw})
        await send({"type": "http.response.body", "body": body if reply.status not in (204, 304) else b""})


def create_app(org: Org, world: World) -> SalesforceApp:
    """Make the Salesforce service of an org, without faults of the transport."""
    return SalesforceApp(org, world)


def _bearer(headers: Headers) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if "x-sfdc-session" in headers:
        # Bulk API 1.0 has a header of its own.
        return headers["x-sfdc-session"].strip()
    return token.strip() if scheme.lower() in ("bearer", "oauth") else ""


def _refusal(error: ApiError) -> Reply:
    headers = {"WWW-Authenticate": "Token"} if error.status == 401 else {}
    return Reply(error.status, error.body(), headers)


def _limit_exceeded(kind: str) -> ApiError:
    which = "ConcurrentRequests (Concurrent API Requests)" if kind == "concurrent" else "TotalRequests"
    return ApiError(403, "REQUEST_LIMIT_EXCEEDED", f"{which} Limit exceeded.")
