"""A sign-in to Salesforce in the system's browser: authorization code, PKCE, and a listener on loopback (RFC 8252).

Salesforce compares the address to return to exactly, port included, so three fixed ones are registered in the app.
`SignIn.steps` yields what happens, for a window and a command line alike:

    OpenBrowser → Waiting → CodeReceived → SignedIn
"""

from __future__ import annotations

import base64
import hashlib
import queue
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

from disf_desktop.core.errors import DisfError, ServiceUnavailable, Stopped
from disf_desktop.services import callback
from disf_desktop.services.callback import PATH
from disf_desktop.services.oauth import Grant, Identity, OAuth, TokenProvider
from disf_desktop.services.oauth_refusals import refusal
from disf_desktop.services.transport import Clock, SystemClock

PORTS = (17177, 17178, 17179)
CALLBACKS = tuple(f"http://localhost:{port}{PATH}" for port in PORTS)
"""What the administrator writes into the External Client App."""


@dataclass(frozen=True, slots=True)
class OpenBrowser:
    """Open this page in the system's browser, or show it to be copied. It is good for one sign-in."""

    url: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The browser may return now; the next step blocks until it does."""

    redirect_uri: str


@dataclass(frozen=True, slots=True)
class CodeReceived:
    """The browser has returned; Salesforce is asked for the permission."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """It is done, and stored."""

    identity: Identity
    grant: Grant = field(repr=False)


Step = OpenBrowser | Waiting | CodeReceived | SignedIn


class Pasted(StrEnum):
    """What became of an address that a person pasted."""

    TAKEN = "taken"
    NOT_RETURNED = "not_returned"  # no address, or that of another page: the browser has not been sent back yet
    ANOTHER_SIGN_IN = "another_sign_in"
    CUT = "cut"  # it is ours, but a part of it is missing


class SignIn:
    """One sign-in. `steps` runs in a worker thread; `paste` and the `cancel` event may come from any other.

    Without `within_s` there is no time limit: a person may have to find a password, or an administrator.
    """

    def __init__(
        self,
        oauth: OAuth,
        tokens: TokenProvider,
        *,
        cancel: threading.Event | None = None,
        within_s: float | None = None,
        ports: Sequence[int] = PORTS,
        login_hint: str = "",
        clock: Clock | None = None,
    ) -> None:
        self._oauth = oauth
        self._tokens = tokens
        self.cancel = cancel or threading.Event()
        self._within_s = within_s
        self._ports = ports
        self._login_hint = login_hint
        self._clock = clock or SystemClock()
        self._state = secrets.token_urlsafe(32)
        self._verifier = secrets.token_urlsafe(64)
        self._answers: queue.SimpleQueue[callback.Answer] = queue.SimpleQueue()

    def paste(self, address: str) -> Pasted:
        """Take the address at which the browser ended, where it could not reach us; or say why it is not taken."""
        try:
            parts = urlsplit("".join(address.split()))
        except ValueError:
            return Pasted.NOT_RETURNED
        if parts.path != PATH:
            return Pasted.NOT_RETURNED
        answer = callback.answer_of(parts.query, self._state)
        if answer is not None:
            self._answers.put(answer)
            return Pasted.TAKEN
        told = parse_qs(parts.query)
        states = told.get("state", [""])
        whole = len(states[0]) >= len(self._state) and ("code" in told or "error" in told)
        return Pasted.ANOTHER_SIGN_IN if whole and states[0] != self._state else Pasted.CUT

    def steps(self) -> Iterator[Step]:
        """Sign in. Raises Stopped if cancelled, AccessRefused if refused, ServiceUnavailable without a free port."""
        with ExitStack() as stack:
            listener = stack.enter_context(self._listener())
            digest = hashlib.sha256(self._verifier.encode()).digest()
            yield OpenBrowser(
                self._oauth.authorize_url(
                    redirect_uri=listener.redirect_uri,
                    state=self._state,
                    challenge=base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
                    login_hint=self._login_hint,
                )
            )
            yield Waiting(listener.redirect_uri)
            answer = self._wait()
            yield CodeReceived()
            if answer.error:
                raise refusal(answer.error, answer.description)
            grant = self._oauth.exchange(answer.code, verifier=self._verifier, redirect_uri=listener.redirect_uri)
            self._tokens.accept(grant)
            yield SignedIn(self._identity(grant), grant)

    def _listener(self) -> callback.Listener:
        for port in self._ports:
            listener = callback.listen(port, self._state, self._answers, self._oauth.client.login_url)
            if listener is not None:
                return listener
        named = ", ".join(str(port) for port in self._ports)
        raise ServiceUnavailable(
            f"The browser could not come back: other programs hold the ports {named}.",
            "Close them, then sign in again.",
            reason="ports_busy",
        )

    def _wait(self) -> callback.Answer:
        until = None if self._within_s is None else self._clock.monotonic() + self._within_s
        while True:
            if self.cancel.is_set():
                raise Stopped("The sign-in was cancelled.", "Sign in when you are ready.")
            if until is not None and self._clock.monotonic() >= until:
                raise Stopped("Nobody signed in within the time given.", "Start the sign-in again.")
            try:
                return self._answers.get(timeout=0.1)
            except queue.Empty:
                continue

    def _identity(self, grant: Grant) -> Identity:
        try:
            return self._oauth.identity(grant)
        except DisfError:
            # The permission is stored; a name to show is not worth losing it.
            return Identity("", "", "")
