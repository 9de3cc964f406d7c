"""What OAuth's endpoints say when they refuse, in our own errors.

The table is that of Salesforce's documentation and of observed answers; only `error` decides, but for `invalid_grant`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from disf_desktop.core.errors import AccessRefused, AuthorizationNeeded, DisfError, ServiceUnavailable, UnexpectedAnswer
from disf_desktop.services.transport import Reply

SIGN_IN = "Sign in to Salesforce again."


class _Meaning(NamedTuple):
    error: type[DisfError]
    reason: str
    message: str
    what_to_do: str


_RECONNECT = _Meaning(
    AuthorizationNeeded, "access_ended", "Salesforce does not accept this connection's sign-in any more.", SIGN_IN
)
_AGAIN = _Meaning(
    AuthorizationNeeded, "code_spent", "The sign-in took too long or was used twice.", "Start the sign-in again."
)
_ADMIN = _Meaning(
    AccessRefused,
    "app_blocked",
    "Salesforce does not let this user use the app.",
    "Ask an administrator to allow the app for this user (External Client App Manager, Policies).",
)
_INACTIVE = _Meaning(
    AccessRefused,
    "user_inactive",
    "The user or the org of this sign-in is not active any more.",
    "Ask an administrator to activate the user again, or sign in as another one.",
)
_ADDRESS = _Meaning(
    AccessRefused,
    "address_refused",
    "Salesforce does not let this user sign in from this network address.",
    "Ask an administrator to allow this address (IP relaxation of the app's policies, or the profile's IP ranges).",
)
_KEY = _Meaning(
    AccessRefused,
    "client_unknown",
    "Salesforce does not know this consumer key.",
    "Check the consumer key; a new app may take ten minutes before it is known everywhere.",
)
_CALLBACK = _Meaning(
    AccessRefused,
    "callback_missing",
    "The app does not list the address to which the browser returns.",
    "Add the three callback addresses that the sign-in shows to the External Client App, exactly as they are.",
)
_FLOW = _Meaning(
    AccessRefused,
    "flow_disabled",
    "The app does not allow this way of signing in.",
    "In the External Client App, enable the authorization code flow with PKCE and leave “require secret” off.",
)
_DENIED = _Meaning(
    AccessRefused,
    "denied",
    "The sign-in was refused.",
    "Sign in again and allow it; else ask an administrator to allow the app.",
)

_ERRORS = {
    "invalid_grant": _RECONNECT,
    "invalid_client_id": _KEY,
    "invalid_client": _KEY,
    "unauthorized_client": _FLOW,
    "redirect_uri_mismatch": _CALLBACK,
    "access_denied": _DENIED,
    "oauth_app_blocked": _ADMIN,
    "oauth_app_access_denied": _ADMIN,
    "oauth_approval_error_generic": _ADMIN,
    "oauth_authorization_blocked": _ADMIN,
    "inactive_user": _INACTIVE,
    "inactive_org": _INACTIVE,
    "unsupported_grant_type": _FLOW,
    "unsupported_response_type": _FLOW,
    "invalid_request": _FLOW,
    "invalid_scope": _FLOW,
    "bad_oauth_token": _RECONNECT,
    "missing_oauth_token": _RECONNECT,
    "wrong_org": _RECONNECT,
}
_DESCRIPTIONS = {
    "authorization code": _AGAIN,
    "inactive user": _INACTIVE,
    "inactive organization": _INACTIVE,
    "approved this consumer": _ADMIN,
    "ip restricted": _ADDRESS,
    "authentication failure": _ADMIN,
}
"""`invalid_grant` says several things; only its words tell them apart, and unknown words mean to sign in again."""


def refusal(error: str, description: str = "", status: int = 0) -> DisfError:
    """Give the error that OAuth's `error` means; the service's own words are in its detail."""
    word = error.strip().lower().replace("-", "_")
    meaning = _ERRORS.get(word)
    if word == "invalid_grant":
        said = description.lower()
        meaning = next((known for part, known in _DESCRIPTIONS.items() if part in said), _RECONNECT)
    if meaning is None:
        meaning = (
            _Meaning(
                ServiceUnavailable,
                "busy",
                "Salesforce cannot sign anybody in now.",
                "Wait a few minutes, then try again.",
            )
            if status >= 500 or status == 429
            else _Meaning(UnexpectedAnswer, "", "Salesforce refused the sign-in in unknown words.", "Report this.")
        )
    detail = " · ".join(part for part in (f"HTTP {status}" if status else "", error[:80], description[:200]) if part)
    return meaning.error(meaning.message, meaning.what_to_do, detail=detail, reason=meaning.reason)


def error_of(reply: Reply) -> DisfError:
    """Give the error that an answer of an OAuth endpoint means."""
    error, description = words(reply)
    return refusal(error, description, reply.status)


def words(reply: Reply) -> tuple[str, str]:
    """Give the error and its description as an answer names them; "" for what it does not name."""
    told: Any = None
    try:
        told = reply.json()
    except UnexpectedAnswer:
        # userinfo refuses in one plain word; a proxy or an outage answers with a page, which says nothing.
        word = reply.body[:40].decode("ascii", "replace").strip()
        return (word if word.replace("_", "").isalpha() else ""), ""
    if isinstance(told, dict):
        return str(told.get("error") or ""), str(told.get("error_description") or "")
    return "", ""
