"""The one way to an org: authorization, one refresh on 401, the org's usage, and the library's session over it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Final, NamedTuple, Protocol
from urllib.parse import urlencode, urlsplit

import requests
from requests.structures import CaseInsensitiveDict

from disf_desktop.core.errors import LimitReached
from disf_desktop.services.salesforce.errors import CONCURRENT, read_refusal
from disf_desktop.services.transport import TRANSIENT, Body, Clock, Reply, SystemClock, Transport

SALESFORCE_TRANSIENT = TRANSIENT | {406, 420, 500}
"""406 and 420 come from Salesforce's edge when it is busy; 500 carries UNKNOWN_EXCEPTION and the like."""
RESERVE = 200
"""Calls below our own ceiling that are kept for consents (sync-semantics, section 8)."""
CONCURRENT_WAIT_S = 30.0
CONCURRENT_TRIES = 4


class Usage(NamedTuple):
    """API calls of the whole org in the last 24 hours, as each answer tells (`Sforce-Limit-Info`)."""

    used: int
    allowed: int


class Tokens(Protocol):
    """What gives access tokens. Threads share it."""

    def current(self) -> str: ...

    def refresh_once(self, stale: str) -> str:
        """Give a token other than `stale`, refreshing at most once for all who hold the same stale one."""
        ...

    @property
    def instance_url(self) -> str:
        """Where the org's API is; known once there is a token."""
        ...


class Wire:
    """Send requests to one org.

    Raises the errors of the transport, of the tokens, and LimitReached once the org has used `call_ceiling_percent` of
    its calls, or nearly so (see `reserved`); any answer of the org itself is given back as it is.
    """

    def __init__(
        self, transport: Transport, tokens: Tokens, *, call_ceiling_percent: int = 100, clock: Clock | None = None
    ) -> None:
        self._transport = transport
        self._tokens = tokens
        self._ceiling = call_ceiling_percent
        self._clock = clock or SystemClock()
        self._lock = threading.Lock()
        self._usage: Usage | None = None
        self._reserved = 0

    @contextmanager
    def reserved(self) -> Iterator[None]:
        """Let calls use the reserve until the end of the block, whichever thread makes them."""
        with self._lock:
            self._reserved += 1
        try:
            yield
        finally:
            with self._lock:
                self._reserved -= 1

    @property
    def transport(self) -> Transport:
        return self._transport

    @property
    def instance_url(self) -> str:
        """Give the scheme, host and port of the org."""
        self._tokens.current()
        return self._tokens.instance_url.rstrip("/")

    def send(
        self,
        method: str,
        path: str,
        *,
        repeatable: bool,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Body | None = None,
        json: object = None,
        stream: bool = False,
        parse: Callable[[bytes], Any] | None = None,
        authorized: bool = True,
    ) -> Reply:
        """Send a request to a path of the org, such as `/services/data/v68.0/query`; see `Transport.send`."""
        self._mind_the_ceiling()

        def once(token: str) -> Reply:
            url = self._tokens.instance_url.rstrip("/") + path + ("?" + urlencode(query) if query else "")
            sent = {**(headers or {}), **({"Authorization": f"Bearer {token}"} if authorized else {})}
            reply = self._transport.send(
                method, url, repeatable=repeatable, headers=sent, body=body, json=json, stream=stream, parse=parse
            )
            self._note_usage(reply)
            return reply

        return self._unless_busy(lambda: self._with_a_fresh_token(once), repeatable)

    def _with_a_fresh_token(self, once: Callable[[str], Reply]) -> Reply:
        token = self._tokens.current()
        reply = once(token)
        # A 401 is given before anything is carried out, so the same request may go again, even a write.
        if reply.status == 401 and read_refusal(401, reply.body).is_stale_session:
            reply = once(self._tokens.refresh_once(token))
        return reply

    def _unless_busy(self, ask: Callable[[], Reply], repeatable: bool) -> Reply:
        for _ in range(CONCURRENT_TRIES - 1):
            reply = ask()
            if not repeatable or reply.status != 403 or read_refusal(403, reply.body).code != CONCURRENT:
                return reply
            self._clock.sleep(CONCURRENT_WAIT_S)
        return ask()

    def _mind_the_ceiling(self) -> None:
        usage = self._usage
        if usage is None:
            return
        ceiling = usage.allowed * self._ceiling // 100
        # In an org of few calls the reserve must not be everything.
        kept = 0 if self._reserved else min(RESERVE, ceiling // 4)
        if usage.used > ceiling - kept or usage.used >= ceiling:
            keeping = f" and keeps {kept} calls below that for consents" if kept else ""
            raise LimitReached(
                f"The org has used {usage.used} of its {usage.allowed} API calls of the last 24 hours, "
                f"and this connection stops at {self._ceiling} %{keeping}.",
                "Wait until calls are given back, or raise call_ceiling_percent of the connection.",
                reason="own_ceiling",
            )

    def _note_usage(self, reply: Reply) -> None:
        told = re.match(r"api-usage=(\d+)/(\d+)", reply.headers.get("Sforce-Limit-Info", ""))
        if told is not None and int(told[2]) > 0:
            with self._lock:
                self._usage = Usage(int(told[1]), int(told[2]))


def read_json(body: bytes) -> Any:
    """Read JSON with exact decimals; it takes no longer than with floats. Raises ValueError."""
    try:
        return _EXACT.decode(body.decode()) if body else None
    except RecursionError:
        raise ValueError("nested beyond any answer") from None


def _refuse(constant: str) -> None:
    raise ValueError("not JSON")


_EXACT: Final = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse)


class LibrarySession(requests.Session):
    """The session handed to simple-salesforce: everything it sends goes through the wire.

    The library writes https:// before every host and takes no time-out; here only the path of its URL is used.
    """

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    def request(self, method: str, url: str, **options: Any) -> requests.Response:  # type: ignore[override]
        parts = urlsplit(url)
        query = dict(pair.split("=", 1) for pair in parts.query.split("&")) if parts.query else {}
        query.update(options.get("params") or {})
        headers = {
            k: v for k, v in (options.get("headers") or {}).items() if k not in ("Authorization", "X-PrettyPrint")
        }
        reply = self._wire.send(
            method,
            parts.path,
            query=query or None,
            headers=headers,
            body=_bytes(options.get("data")),
            json=options.get("json"),
            repeatable=method.upper() == "GET",
            parse=read_json,
        )
        return _LibraryResponse(reply, parts.path)


def _bytes(data: Any) -> bytes | None:
    return data.encode() if isinstance(data, str) else data


class _LibraryResponse(requests.Response):
    """An answer as the library expects it. Its URL is cut to the path, for the library puts it into its errors."""

    def __init__(self, reply: Reply, path: str) -> None:
        super().__init__()
        self.status_code = reply.status
        self.headers = CaseInsensitiveDict(reply.headers)
        self._content = reply.body
        self._parsed = reply.parsed
        self.encoding = "utf-8"
        self.url = path

    def json(self, **options: Any) -> Any:
        """Give what was read, with exact decimals whatever the library asks for."""
        return self._parsed if self.ok else read_json(self.content)
