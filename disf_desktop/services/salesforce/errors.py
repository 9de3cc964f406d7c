"""What Salesforce answers when it refuses, in our own errors: the one seam between its words and ours.

The table is that of the REST API guide's status codes and of observed answers; an unknown code falls back on its HTTP
status. Codes and messages are shown as they came, in `detail`, less any e-mail address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import orjson

from disf_desktop.core.errors import (
    AccessRefused,
    AuthorizationNeeded,
    DisfError,
    LimitReached,
    SchemaChanged,
    ServiceUnavailable,
    UnexpectedAnswer,
)
from disf_desktop.services.transport import Reply

T = TypeVar("T")

SIGN_IN = "Sign in to Salesforce again."
ASK_RIGHT = "Ask a Salesforce administrator for access, then run again."
WAIT = "Wait a few minutes, then run again."
REPAIR = "Refresh the fields, then repair the mapping."

CONCURRENT = "CONCURRENT_REQUESTS"
"""Our own name of the kind of REQUEST_LIMIT_EXCEEDED that is over as soon as long calls end."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What an error body says: the first of its errors. `code` is "" where the body is not Salesforce's own."""

    status: int
    code: str
    message: str
    fields: tuple[str, ...] = ()

    @property
    def is_stale_session(self) -> bool:
        """Whether a new access token cures it. Two messages under the same code never do (and would loop)."""
        return self.status == 401 and not any(text in self.message for text in _INCURABLE)


class _Meaning(NamedTuple):
    error: type[DisfError]
    message: str
    what_to_do: str
    reason: str = ""


_INCURABLE = ("This session is not valid for use with the REST API", "Connected app is not attached to Agent")

_SESSION = _Meaning(AuthorizationNeeded, "Salesforce does not accept our session any more.", SIGN_IN, "access_ended")
_BUSY = _Meaning(ServiceUnavailable, "Salesforce cannot answer now.", WAIT, "busy")
_ALLOWANCE = _Meaning(LimitReached, "The org has used up an allowance of Salesforce.", "Run again when it is renewed.")
_RIGHT = _Meaning(AccessRefused, "Salesforce refuses this to our user.", ASK_RIGHT, "no_right")
_BLOCKED = _Meaning(AccessRefused, "Salesforce does not let this user use the app.", ASK_RIGHT, "app_blocked")
_EDITION = _Meaning(
    AccessRefused, "The API is closed to this user or edition.", "Ask for the right “API Enabled”.", "api_disabled"
)
_GONE = _Meaning(
    SchemaChanged, "An object or field that is asked for is not there, or not visible to our user.", REPAIR
)
_QUERY = _Meaning(SchemaChanged, "Salesforce cannot carry out this query.", REPAIR)
_STRANGE = _Meaning(UnexpectedAnswer, "Salesforce answered something unexpected.", "Run again; if it lasts, report it.")

CODES: dict[str, _Meaning] = {
    "INVALID_SESSION_ID": _SESSION,
    "INVALID_AUTH_HEADER": _SESSION,
    "BAD_OAUTH_TOKEN": _SESSION,
    "MISSING_OAUTH_TOKEN": _SESSION,
    "WRONG_ORG": _SESSION,
    "REQUEST_LIMIT_EXCEEDED": _ALLOWANCE,
    "STORAGE_LIMIT_EXCEEDED": _Meaning(LimitReached, "The org has no storage left.", "Free storage in Salesforce."),
    "EXCEEDED_ID_LIMIT": _ALLOWANCE,
    "EXCEEDEDQUOTA": _ALLOWANCE,
    "EXCEEDED_QUOTA": _ALLOWANCE,
    "LIMIT_EXCEEDED": _ALLOWANCE,
    "TXN_SECURITY_METERING_ERROR": _BUSY,
    CONCURRENT: _Meaning(ServiceUnavailable, "Too many long calls run in the org at once.", WAIT),
    "SERVER_UNAVAILABLE": _BUSY,
    "UNKNOWN_EXCEPTION": _BUSY,
    "INTERNAL_ERROR": _BUSY,
    "QUERY_TIMEOUT": _BUSY,
    "UNABLE_TO_LOCK_ROW": _BUSY,
    "ORG_LOCKED": _BUSY,
    "INVALID_FIELD": _GONE,
    "INVALID_TYPE": _GONE,
    "INVALID_TYPE_FOR_OPERATION": _GONE,
    "NOT_FOUND": _GONE,
    "INVALIDENTITY": _GONE,
    "INVALID_ENTITY": _GONE,
    "MALFORMED_QUERY": _QUERY,
    "QUERY_TOO_COMPLICATED": _QUERY,
    "API_DISABLED_FOR_ORG": _EDITION,
    "API_CURRENTLY_DISABLED": _EDITION,
    "FUNCTIONALITY_NOT_ENABLED": _EDITION,
    "FUNCTIONALITYNOTENABLED": _EDITION,
    "INSUFFICIENT_ACCESS": _RIGHT,
    "INSUFFICIENT_ACCESS_OR_READONLY": _RIGHT,
    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY": _RIGHT,
    "OAUTH_APP_BLOCKED": _BLOCKED,
    "LOGIN_MUST_USE_SECURITY_TOKEN": _RIGHT,
    "UNSUPPORTED_API_VERSION": _Meaning(
        UnexpectedAnswer,
        "This version of the API is retired.",
        "Take api_version away from the connection.",
        "version_retired",
    ),
}

_STATUSES: dict[int, _Meaning] = {
    401: _SESSION,
    403: _RIGHT,
    404: _GONE,
    405: _GONE,
    406: _BUSY,
    408: _BUSY,
    410: CODES["UNSUPPORTED_API_VERSION"],
    420: _BUSY,
    429: _ALLOWANCE,
}


def read_refusal(status: int, body: bytes) -> Refusal:
    """Give what an error body says; it may be an array, an object, plain text, HTML, or nothing."""
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        content = body[:200].decode("utf-8", "replace")
    return refusal_of(status, content)


def refusal_of(status: int, content: Any) -> Refusal:
    """Give what a decoded error body says."""
    first = content[0] if isinstance(content, list) and content else content
    if isinstance(first, dict):
        code = first.get("errorCode") or first.get("statusCode") or first.get("exceptionCode") or first.get("error")
        message = first.get("message") or first.get("exceptionMessage") or first.get("error_description") or ""
        fields = first.get("fields")
        named = tuple(str(name) for name in fields) if isinstance(fields, list) else ()
        return Refusal(status, _told_apart(str(code or ""), str(message)), str(message), named)
    word = str(first).strip() if isinstance(first, str) else ""
    # The identity service refuses in one plain word, such as Bad_OAuth_Token.
    return Refusal(status, word.upper() if word.upper() in CODES else "", "")


def _told_apart(code: str, message: str) -> str:
    if code == "REQUEST_LIMIT_EXCEEDED" and "concurrent" in message.lower():
        return CONCURRENT
    return code


def error_of(refusal: Refusal, where: str = "") -> DisfError:
    """Give the error that a refusal means to a run."""
    meaning = CODES.get(refusal.code.upper()) or _STATUSES.get(refusal.status)
    if meaning is None:
        meaning = _BUSY if refusal.status >= 500 else _STRANGE
    return meaning.error(meaning.message, meaning.what_to_do, where, _detail(refusal), meaning.reason)


def _detail(refusal: Refusal) -> str:
    words = [f"HTTP {refusal.status}", refusal.code, without_addresses(refusal.message)[:300]]
    return " · ".join(word for word in words if word)


def without_addresses(text: str) -> str:
    """Give the text with its e-mail addresses masked: a message of the service may quote a record."""
    return re.sub(r"[^\s'\"<>,;:=(]+@[^\s'\"<>,;:)]+", "…@…", text)


def raise_unless_ok(reply: Reply, where: str = "") -> Reply:
    """Give back an answer of 2xx; raise the error that any other means."""
    if reply.ok:
        return reply
    raise error_of(read_refusal(reply.status, reply.body), where)


def asked(call: Callable[[], T], where: str = "") -> T:
    """Call simple-salesforce and convert what it raises."""
    answer = attempt(call, where)
    if isinstance(answer, Refusal):
        raise error_of(answer, where)
    return answer


def attempt(call: Callable[[], T], where: str = "") -> T | Refusal:
    """Call simple-salesforce; give what it refuses, to a caller who knows better what that means.

    Its texts hold whole URLs: only code and message are kept. Not a context manager: an exception raised on leaving one
    drags the library's along.
    """
    from simple_salesforce.exceptions import SalesforceError, SalesforceOperationError

    error: DisfError
    try:
        return call()
    except SalesforceError as foreign:
        return refusal_of(foreign.status, foreign.content)
    except SalesforceOperationError as foreign:
        error = _STRANGE.error(_STRANGE.message, _STRANGE.what_to_do, where, type(foreign).__name__)
    except (ValueError, LookupError, TypeError, AttributeError) as foreign:
        # It indexes into bodies without looking at them first.
        error = _STRANGE.error(_STRANGE.message, _STRANGE.what_to_do, where, type(foreign).__name__)
    raise error
