"""One HTTP session toward one service: time-outs, safe retries, calls counted, nothing secret in logs or errors.

Three ends of a call are told apart, because a write must never be repeated blindly (sync-semantics, 4.12):

- a `Reply`: the service answered, whatever the status;
- `NothingSent`: name, connection, TLS or proxy failed before the first byte of the body, so nothing was carried out;
- `ReplyLost`: bytes left and no whole answer came back, so what became of the request is unknown.

Both failures are `ServiceUnavailable`: a read lets them through, a write makes them `NotSent` and `Unknown`.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import urlsplit

import orjson
import requests

from disf_desktop.core.errors import AccessRefused, Problem, ServiceUnavailable, SettingsError, UnexpectedAnswer
from disf_desktop.services.connections import LOOPBACK, Sockets, progress
from disf_desktop.services.failures import FOREIGN, failure_of
from disf_desktop.services.failures import NothingSent as NothingSent
from disf_desktop.services.failures import ReplyLost as ReplyLost

TRIES = 5
LONGEST_PAUSE_S = 60.0
LONGEST_WAIT_ASKED_S = 300.0
"""A service that asks for a longer wait gets its answer handed on instead: the run should end, not sleep."""
LARGEST_REPLY = 128 * 1024 * 1024
TRANSIENT = frozenset({429, 502, 503, 504})

# These write whole URLs, and a SOQL query holds e-mail addresses.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

Body = bytes | Callable[[], Iterable[bytes]]


class Clock(Protocol):
    """The passing of time."""

    def monotonic(self) -> float: ...

    def sleep(self, seconds: float) -> None: ...


class Exchanges(Protocol):
    """What carries requests to a service: sockets, or what stands in their place."""

    def exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | Iterable[bytes] | None, timeout_s: float
    ) -> requests.Response: ...

    def close(self) -> None: ...


class SystemClock:
    """The computer's own."""

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class Unreadable(UnexpectedAnswer):
    """A whole answer came, and its body is not what was meant: what became of a write is unknown."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer, or the head of a streamed one (then `chunks` gives the body once and `body` is empty)."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    host: str
    parsed: Any = None
    """What `send` was asked to read out of the body."""
    _rest: Callable[[], Iterator[bytes]] | None = field(default=None, repr=False)
    _close: Callable[[], None] | None = field(default=None, repr=False)

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """Give the body read as JSON. Raises Unreadable when it is something else."""
        with suppress(orjson.JSONDecodeError):
            return orjson.loads(self.body)
        raise self.unreadable()

    def unreadable(self) -> Unreadable:
        """Give the error of a body that is not what was meant, without a word of it."""
        return Unreadable(
            f"{self.host} answered something that cannot be read.",
            "Check the address of the connection, and whether a proxy or a login page stands in between.",
            reason="unreadable",
            detail=f"HTTP {self.status}, {self.headers.get('Content-Type', 'no type')}, {len(self.body)} bytes",
        )

    def chunks(self) -> Iterator[bytes]:
        """Give the body piece by piece, then close. Raises ReplyLost when it is cut."""
        if self._rest is None:
            yield self.body
            return
        yield from self._rest()

    def close(self) -> None:
        """Drop what was not read of a streamed body."""
        if self._close is not None:
            self._close()


def origin_of(url: str) -> str:
    """Give `scheme://host:port` of a URL. Raises SettingsError for one that would send secrets in the clear."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        scheme, host, port = "", "", None
    if scheme not in ("https", "http") or not host:
        raise SettingsError((Problem("", "An address is not a whole web address.", "Begin it with https://."),))
    if scheme == "http" and host not in LOOPBACK:
        raise SettingsError(
            (Problem("", f"{host} would be contacted without TLS.", "Use https://; plain http is only for 127.0.0.1."),)
        )
    named = f"[{host}]" if ":" in host else host
    return f"{scheme}://{named}:{port or (443 if scheme == 'https' else 80)}"


class Transport:
    """Send requests to the hosts that a connection names, and to no other.

    TLS is always verified, by what the operating system trusts and by `ca_file` where one is named; redirects are not
    followed; proxies come from the environment, but never for loopback; no netrc, no cookies. Threads may share it.
    With `exchanges` it stands on those, and has no sockets of its own.
    """

    def __init__(
        self,
        base_urls: Iterable[str],
        *,
        timeout_s: float,
        ca_file: str | None = None,
        user_agent: str = "disf-desktop",
        transient: Collection[int] = TRANSIENT,
        clock: Clock | None = None,
        exchanges: Exchanges | None = None,
    ) -> None:
        self._origins = {origin_of(url) for url in base_urls}
        self._timeout_s = timeout_s
        self._transient = frozenset(transient)
        self._clock: Clock = clock or SystemClock()
        self._lock = threading.Lock()
        self._calls = 0
        self._server_time: tuple[datetime, float] | None = None
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip"}
        self._exchanges: Exchanges = exchanges or Sockets(ca_file)

    @property
    def calls(self) -> int:
        """Requests that left, repetitions and tokens included."""
        return self._calls

    def allow(self, url: str) -> None:
        """Let one more host be contacted. The caller has judged it (see `oauth.instance_is_trusted`)."""
        origin = origin_of(url)
        with self._lock:
            self._origins = {*self._origins, origin}

    def close(self) -> None:
        self._exchanges.close()

    def server_now(self) -> datetime | None:
        """Give the service's clock: the last HTTP Date plus the time since. None before the first answer."""
        with self._lock:
            known = self._server_time
        if known is None:
            return None
        date, at = known
        return date + timedelta(seconds=self._clock.monotonic() - at)

    def send(
        self,
        method: str,
        url: str,
        *,
        repeatable: bool,
        headers: Mapping[str, str] | None = None,
        body: Body | None = None,
        json: object = None,
        stream: bool = False,
        parse: Callable[[bytes], Any] | None = None,
    ) -> Reply:
        """Send a request and give its answer, whatever its status.

        A `repeatable` one (a read, or a write that changes nothing twice) is tried again after a lost reply or a
        transient status; any other only when nothing was sent. `body` is bytes, or a function giving pieces (sent
        chunked). With `stream`, the body of a 2xx is left to `Reply.chunks`. With `parse`, that of a 2xx is read by it
        (it raises ValueError); one that cannot be read is as good as lost, and ends as Unreadable. Raises
        NothingSent or ReplyLost.
        """
        if origin_of(url) not in self._origins:
            raise AccessRefused(
                f"{urlsplit(url).hostname} is not a host of this connection, so it was not contacted.",
                "Check the address of the connection; if it is right, report this.",
            )
        sent = {**self._headers, **(headers or {})}
        if json is not None:
            body = orjson.dumps(json)
            sent.setdefault("Content-Type", "application/json; charset=utf-8")
        for attempt in range(1, TRIES + 1):
            last = attempt == TRIES
            try:
                reply = self._once(method, url, sent, body, stream)
            except NothingSent as failure:
                if last or failure.lasting:
                    raise
                wait = None
            except ReplyLost:
                if last or not repeatable:
                    raise
                wait = None
            else:
                if parse is not None and reply.ok:
                    try:
                        return replace(reply, parsed=parse(reply.body))
                    except ValueError:
                        unreadable = reply.unreadable()
                    if last or not repeatable:
                        raise unreadable
                elif last or not repeatable or reply.status not in self._transient:
                    return reply
                wait = _retry_after(reply.headers.get("Retry-After"), self.server_now())
                if wait is not None and wait > LONGEST_WAIT_ASKED_S:
                    return reply
            jitter = random.uniform(0, min(LONGEST_PAUSE_S, 2.0 ** (attempt - 1)))  # noqa: S311 - it keeps no secret
            self._clock.sleep(jitter if wait is None else wait + jitter)
        raise AssertionError("the last try returns or raises")

    def _once(self, method: str, url: str, headers: Mapping[str, str], body: Body | None, stream: bool) -> Reply:
        host = urlsplit(url).hostname or ""
        failure: ServiceUnavailable
        progress.sent = False
        try:
            content = body() if callable(body) else body
            response = self._exchanges.exchange(method, url, headers, content, self._timeout_s)
            self._note_date(response.headers.get("Date"))
            if not _has_an_end(response):
                response.close()
                raise ReplyLost(f"The answer of {host} has no end.", "Check the network, then run again.")
            if stream and 200 <= response.status_code < 300:
                return self._streamed(response, host)
            with response:
                whole = b"".join(self._pieces(response, host, LARGEST_REPLY, 5 * self._timeout_s))
            return Reply(response.status_code, response.headers, whole, host)
        except FOREIGN as foreign:
            failure = failure_of(foreign, host, sent=progress.sent)
        finally:
            if progress.sent:
                with self._lock:
                    self._calls += 1
        # Outside of the except clause, so that the library's exception, with its URL, is not dragged along.
        raise failure

    def _streamed(self, response: requests.Response, host: str) -> Reply:
        def rest() -> Iterator[bytes]:
            failure: ServiceUnavailable
            try:
                with response:
                    yield from self._pieces(response, host, None, None)
                return
            except FOREIGN as foreign:
                failure = failure_of(foreign, host, sent=True)
            raise failure

        return Reply(response.status_code, response.headers, b"", host, _rest=rest, _close=response.close)

    def _pieces(
        self, response: requests.Response, host: str, most: int | None, within_s: float | None
    ) -> Iterator[bytes]:
        """Give the decoded body; a reply that never ends (in bytes or in time) is a lost one."""
        began, size = self._clock.monotonic(), 0
        for piece in response.iter_content(65536):
            size += len(piece)
            if most is not None and size > most:
                raise ReplyLost(f"The answer of {host} is larger than any expected one.", "Try again later.")
            if within_s is not None and self._clock.monotonic() - began > within_s:
                raise ReplyLost(f"The answer of {host} came too slowly.", "Check the network, then run again.")
            yield piece

    def _note_date(self, text: str | None) -> None:
        if not text:
            return
        with suppress(ValueError, TypeError):
            date = _date_of(text)
            with self._lock:
                self._server_time = (date, self._clock.monotonic())


def _has_an_end(response: requests.Response) -> bool:
    """Say whether the head tells where the body ends; a head that was itself cut does not."""
    head = response.headers
    return (
        response.status_code in (204, 304)
        or "Content-Length" in head
        or "chunked" in head.get("Transfer-Encoding", "").lower()
        or "close" in head.get("Connection", "").lower()
    )


@lru_cache(maxsize=8)  # many answers of a second bear the same
def _date_of(text: str) -> datetime:
    date = parsedate_to_datetime(text)
    return (date if date.tzinfo is not None else date.replace(tzinfo=UTC)).astimezone(UTC)


def _retry_after(text: str | None, now: datetime | None) -> float | None:
    """Give the seconds that a Retry-After header asks for, in either of its two forms."""
    if text is None:
        return None
    if text.strip().isdigit():
        return float(text)
    with suppress(ValueError, TypeError):
        until = parsedate_to_datetime(text)
        if until.tzinfo is not None and now is not None:
            return max(0.0, (until - now).total_seconds())
    return None
