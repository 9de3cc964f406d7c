"""The network between the program and the two services: the one thing under the shipped transport that is replaced.

Each call may meet a fault, drawn from the seed and counted by name. People act between calls; the process may be killed
before a request leaves, or when the service has carried it out and nobody has heard of it yet.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

import orjson
import requests
import urllib3
from requests.structures import CaseInsensitiveDict

from disf_desktop.services.connections import progress
from tests.simulation.account import Account
from tests.simulation.ground import DIALOG_INSIGHT, SALESFORCE, Killed, Look, Reply, Request, Time, Trace
from tests.simulation.org import Org, request_of

LATE_S: Final = {SALESFORCE: (1, 45, 300, 590), DIALOG_INSIGHT: (1, 45, 300, 840)}
"""How late a request may still be carried out; the program waits 11 and 15 minutes before it gives one up."""

ANY: Final = (
    "connection_refused", "reset_before_body", "timeout_before_apply", "timeout_after_apply", "reset_in_request_body",
    "reset_before_reply", "reset_in_reply_body", "doubled_delivery", "truncated_json", "html_with_200",
    "wrong_charset", "empty_list_with_200", "http_429_before", "http_429_retry_after", "http_503_before",
    "http_503_retry_after", "http_500_before", "http_500_after", "http_503_after",
)  # fmt: skip
"""What may happen to any call."""
WRITES: Final = ("applied_later", "missing_result_row", "doubled_result_row", "applied_later", "timeout_after_apply")
STORM: Final = ("applied_later", "applied_later", "timeout_after_apply", "timeout_before_apply", "reset_before_reply")
"""What happens to the writes of some schedules, and to half of them."""
OF_SALESFORCE: Final = ("access_token_expired", "refresh_reply_lost")
QUERIES: Final = ("reordered_page", "contradicting_count", "short_page")
MERGES: Final = ("reordered_results", "refused_envelope", "refused_after_half", "empty_results")
LOOKUPS: Final = ("answers_no_record",)
OF_THEMSELVES: Final = {
    "partial_success": ((b'"success":true', b'"success":false'), (b'"Status":"Error"', b'"ValidationResult":"OK"')),
    "all_or_nothing": ((b"; nothing was stored",),),
}
"""What services do to a batch unasked, and what of the answer tells."""


class _Raw:
    """The body of an answer; a cut one ends with the error of the library that reads sockets."""

    def __init__(self, body: bytes, *, cut: bool) -> None:
        self._body, self._cut = body, cut

    def stream(self, size: int, decode_content: bool | None = None) -> Iterator[bytes]:
        yield self._body
        if self._cut:
            raise urllib3.exceptions.ProtocolError("Connection broken", None)

    def close(self) -> None:
        pass

    release_conn = close


@dataclass
class Odds:
    """How probable things are at one call."""

    fault: float = 0.0
    deed: float = 0.0


class Line:
    """Both services, in the place of the sockets of `services.transport`."""

    def __init__(self, time: Time, org: Org, account: Account, trace: Trace, rng: random.Random) -> None:
        self.time, self.org, self.account, self.trace, self.rng = time, org, account, trace, rng
        self.odds = Odds()
        self.call_takes = 0.0
        self.act: Callable[[str, list[str]], None] = lambda side, rids: None
        self.storm = False
        self.gateway = False
        """Whether a gateway before Salesforce answers, with an error, what is carried out later."""
        self.kill_before: int | None = None
        self.kill_after: int | None = None
        self.dead = False
        self.fired = 0
        self.lost_token = self.hid = False
        self.calls = 0

    def close(self) -> None:
        """Nothing is kept open between calls."""

    # -- one call ------------------------------------------------------------------------------------------------------

    def exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | Iterable[bytes] | None, timeout_s: float
    ) -> requests.Response:
        body = body if isinstance(body, bytes) else b"".join(body or ())
        request = request_of(method, url, headers, body)
        side = DIALOG_INSIGHT if request.path.startswith("/webservices/") else SALESFORCE
        self._begin(side, request)
        fault = self._drawn(side, request)
        self.trace.note("call", side, request.method, request.path, sorted(request.query.items()), body.decode())
        if fault:
            self.trace.note("fault", fault)
            self.fired += 1
        asks_token = request.path == "/services/oauth2/token"
        # Until its reply is here, what a renewal gave may be lost, and then only a person can help.
        self.lost_token |= asks_token and self.org.rotates
        reply, cut = self._carried_out(side, request, fault)
        self._count(lambda: self.kill_after, "after a call")
        self.trace.note("reply", reply.status, reply.body.decode("utf-8", "replace"))
        if not cut and (fault not in _CHANGES or fault == "reordered_results"):
            self._note_looks(side, reply)
        if asks_token and not cut and fault not in _CHANGES and reply.status == 200:
            self.lost_token = False
        return _Answer(url, reply, cut=cut)

    def _note_looks(self, side: str, reply: Reply) -> None:
        behind = self.account.shown_from if side == DIALOG_INSIGHT else {}
        looks = [Look(rid, behind.get(rid) or self.time.tick()) for rid in reply.shown]
        if side == SALESFORCE:
            self.org.looks += looks
            return
        self.account.looks += looks
        self.account.meetings += [*looks, *(Look(rid, self.time.tick()) for rid in reply.stored)]

    def _begin(self, side: str, request: Request) -> None:
        if self.dead:
            raise Killed
        self.calls += 1
        self._count(lambda: self.kill_before, "before a call")
        # Most promises are about what falls between a look and a write.
        often = 4 if "If-Unmodified-Since" in request.headers else 2 if is_write(side, request) else 1
        if self.odds.deed and self.rng.random() < self.odds.deed * often:
            self.act(side, named(side, request))
            if " AND Id > " in request.query.get("q", ""):
                self.trace.fault("page_drift")
        if self.call_takes:
            self.time.advance(self.call_takes)

    def _count(self, at: Callable[[], int | None], where: str) -> None:
        if at() == self.calls:
            self.dead = True
            self.trace.note("killed", where)
            raise Killed(where)

    def _drawn(self, side: str, request: Request) -> str:
        writes = is_write(side, request)
        if self.storm and writes and self.odds.fault:
            return self.rng.choice(STORM) if self.rng.random() < 0.5 else ""
        if not self.odds.fault or self.rng.random() >= self.odds.fault * (3 if writes else 1):
            return ""
        names = [*ANY]
        if writes:
            names += WRITES * 3
            names += MERGES if side == DIALOG_INSIGHT else ()
        elif side == DIALOG_INSIGHT:
            names += LOOKUPS if "get" in request.query.get("method", "").lower() and b'"Clause"' in request.body else ()
        elif "q" in request.query:
            names += QUERIES
        if side == SALESFORCE:
            names += OF_SALESFORCE
        name = self.rng.choice([name for name in names if self._possible(name, request)])
        self.hid |= name == "answers_no_record"
        return name

    def _possible(self, name: str, request: Request) -> bool:
        if name == "answers_no_record":
            # A contact that is not found twice is gone, as far as anybody can know.
            return not self.hid
        if name == "refresh_reply_lost":
            return request.path == "/services/oauth2/token"
        return not (name == "access_token_expired" and request.path == "/services/oauth2/token")

    # -- what a fault does ---------------------------------------------------------------------------------------------

    def _carried_out(self, side: str, request: Request, fault: str) -> tuple[Reply, bool]:
        """Let the service answer, or not. Raises what the library of HTTP raises."""
        progress.sent = False
        is_doubled = fault == "doubled_delivery" and request.path != "/services/oauth2/token"
        if fault and fault not in _CHANGES and (is_doubled or fault != "doubled_delivery"):
            self.trace.fired(fault)
        if fault == "connection_refused":
            raise requests.exceptions.ConnectionError("refused")
        if fault == "reset_before_body" and request.body:
            raise requests.exceptions.ConnectionError("reset before the body")
        progress.sent = True
        if fault in ("timeout_before_apply", "applied_later"):
            if fault == "applied_later":
                self._later(side, request)
                if self.gateway and side == SALESFORCE:
                    return Reply(504, b"<html>Gateway Timeout</html>"), False
            self.time.advance(30)
            raise requests.exceptions.ReadTimeout("timed out")
        if fault in ("reset_in_request_body", "reset_before_body"):
            raise requests.exceptions.ConnectionError("reset in the body")
        if fault in _REFUSALS:
            status, wait = _REFUSALS[fault]
            return Reply(status, b'{"Message":"busy"}', {"Retry-After": wait} if wait else {}), False
        if fault == "refused_envelope":
            return Reply(200, b'{"Success":false,"ErrorCode":"1","ErrorMessage":"not now","idRequest":1}'), False
        self._disturb(fault, request)
        reply = self._answered(side, request)
        if is_doubled:
            reply = self._answered(side, request)
        if fault in ("timeout_after_apply", "refresh_reply_lost"):
            self.time.advance(30)
            raise requests.exceptions.ReadTimeout("timed out")
        if fault == "reset_before_reply":
            raise requests.exceptions.ConnectionError("reset before the reply")
        if fault == "reset_in_reply_body":
            return replace(reply, body=reply.body[: len(reply.body) // 2]), True
        return self._falsified(fault, reply), False

    def _disturb(self, fault: str, request: Request) -> None:
        if fault == "access_token_expired":
            self.org.access.clear()
        elif fault == "refused_after_half":
            self.account.half_refused = True
        elif fault == "answers_no_record":
            self.account.hidden = {number for shelf in self.account.lists.values() for number in shelf.rows}

    def _answered(self, side: str, request: Request) -> Reply:
        try:
            reply = self.org.answer(request) if side == SALESFORCE else self.account.answer(request)
        finally:
            self.account.hidden = set()
        if is_write(side, request):
            for name, marks in OF_THEMSELVES.items():
                if any(all(mark in reply.body for mark in each) for each in marks):
                    self.trace.fired(name)
        return reply

    def _later(self, side: str, request: Request) -> None:
        service: Org | Account = self.org if side == SALESFORCE else self.account
        seconds = self.rng.choice(LATE_S[side])
        kept = replace(request, headers=dict(request.headers))

        def happen() -> None:
            service.late = True
            self.trace.note("late", kept.method, kept.path)
            if side == SALESFORCE:
                # It was let in when it came.
                self.org.access.add(kept.headers.get("Authorization", "").removeprefix("Bearer "))
            service.answer(kept)
            service.late = False

        self.time.at(self.time.now + timedelta(seconds=seconds), happen)

    def _falsified(self, fault: str, reply: Reply) -> Reply:
        """Change a reply on its way: nothing of it is what the service said, and nobody was shown what it holds."""
        change = _CHANGES.get(fault)
        if change is None:
            return reply
        changed = replace(reply, **change(reply, _loaded(reply.body), self.rng))
        if changed != reply:
            self.trace.fired(fault)
        return changed


_REFUSALS: Final = {
    "http_429_before": (429, ""),
    "http_429_retry_after": (429, "2"),
    "http_503_before": (503, ""),
    "http_503_retry_after": (503, "3"),
    "http_500_before": (500, ""),
}


def is_write(side: str, request: Request) -> bool:
    """Say whether a request changes records."""
    if side == DIALOG_INSIGHT:
        return request.query.get("method", "").lower() == "merge"
    return request.method == "PATCH" or request.path.endswith("/composite/sobjects")


def named(side: str, request: Request) -> list[str]:
    """Give the records that a request is about, as far as it names them by their ids."""
    if side == SALESFORCE:
        return _SALESFORCE_ID.findall(request.query.get("q", "") + request.path + request.body.decode())
    return [(one or other).decode() for one, other in _CONTACT_NUMBER.findall(request.body)]


_SALESFORCE_ID: Final = re.compile(r"003[0-9]{12}AAA")
_CONTACT_NUMBER: Final = re.compile(
    rb'"idContact":([0-9]+)|"idContact"\},"TypeOperator":"Equal","ComparisonValue":([0-9]+)'
)


def _loaded(body: bytes) -> Any:
    return orjson.loads(body) if body else None


def _rows(told: Any) -> list[Any]:
    rows = told.get("Records", told.get("records")) if isinstance(told, dict) else told
    return rows if isinstance(rows, list) else []


def _with_rows(told: Any, rows: list[Any]) -> dict[str, Any]:
    if isinstance(told, dict):
        name = "Records" if "Records" in told else "records"
        return {"body": orjson.dumps({**told, name: rows})}
    return {"body": orjson.dumps(rows)}


Changed = Callable[[Reply, Any, random.Random], dict[str, Any]]

_CHANGES: Final[Mapping[str, Changed]] = {
    "truncated_json": lambda reply, told, rng: {"body": reply.body[: max(1, len(reply.body) // 2)]},
    "html_with_200": lambda reply, told, rng: {"status": 200, "body": b"<html><body>Please sign in</body></html>"},
    "wrong_charset": lambda reply, told, rng: {"body": reply.body.decode().encode("utf-16")},
    "empty_list_with_200": lambda reply, told, rng: {"status": 200, "body": b"[]"},
    "http_500_after": lambda reply, told, rng: {"status": 500, "body": b"oops"},
    "http_503_after": lambda reply, told, rng: {"status": 503, "body": b""},
    "missing_result_row": lambda reply, told, rng: _with_rows(told, _rows(told)[1:]) if _rows(told) else {},
    "doubled_result_row": lambda reply, told, rng: _with_rows(told, [*_rows(told), *_rows(told)[:1]]),
    "empty_results": lambda reply, told, rng: _with_rows(told, []),
    "reordered_results": lambda reply, told, rng: _with_rows(told, _rows(told)[::-1]),
    "reordered_page": lambda reply, told, rng: _with_rows(told, _rows(told)[::-1]) if len(_rows(told)) > 1 else {},
    "short_page": lambda reply, told, rng: _with_rows(told, _rows(told)[1:]) if _rows(told) else {},
    "contradicting_count": lambda reply, told, rng: (
        {"body": orjson.dumps({**told, "totalSize": told["totalSize"] + 1})} if isinstance(told, dict) else {}
    ),
}


class _Answer(requests.Response):
    """An answer of `requests`, of whose attributes only those are made that are looked at."""

    def __init__(self, url: str, reply: Reply, *, cut: bool) -> None:
        self._content: Any = False
        self._content_consumed = False
        self._next = None
        self.status_code = reply.status
        self.headers = CaseInsensitiveDict({"Content-Length": str(len(reply.body)), **reply.headers})
        self.raw = _Raw(reply.body, cut=cut)
        self.url = url
        self.encoding = None
        self.history = []
