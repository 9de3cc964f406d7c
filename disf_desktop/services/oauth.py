"""Salesforce's OAuth endpoints, and the tokens that a connection lives on.

A refresh token may be good for one use only (rotation): the new one is stored before the new access token is used, one
refresh at a time, across threads and processes. Access tokens are kept in memory only, and never parsed.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from disf_desktop.core.addresses import SALESFORCE_DOMAINS
from disf_desktop.core.errors import (
    AccessRefused,
    AuthorizationNeeded,
    ServiceUnavailable,
    UnexpectedAnswer,
    VaultUnavailable,
)
from disf_desktop.services.connections import LOOPBACK
from disf_desktop.services.oauth_refusals import SIGN_IN, error_of, words
from disf_desktop.services.process_lock import exclusive
from disf_desktop.services.transport import Clock, Reply, ReplyLost, SystemClock, Transport

REFRESH_TOKEN = "refresh_token"  # noqa: S105 - a name, not a secret
"""The name under which a connection's refresh token is kept."""


class Secrets(Protocol):
    """Where secrets of one connection are kept."""

    def get(self, name: str) -> str | None: ...

    def put(self, name: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Client:
    """The External Client App by which we sign in. A public one has no secret, and must not send one."""

    login_url: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Grant:
    """What the token endpoint gave. `refresh_token` is None where the one in use stays."""

    access_token: str = field(repr=False)
    instance_url: str
    refresh_token: str | None = field(default=None, repr=False)
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in, to be shown. `language` is Salesforce's code, such as `fr` or `en_US`."""

    user_id: str
    organization_id: str
    username: str
    name: str = ""
    language: str = ""


def instance_is_trusted(instance_url: str, login_url: str) -> bool:
    """Say whether tokens may be sent to the instance that a token answer names.

    It is the login host itself (on the same terms, whatever the port); or it is under one of Salesforce's own domains,
    by https. A loopback instance is accepted from a loopback login host only.
    """
    try:
        instance, login = urlsplit(instance_url), urlsplit(login_url)
    except ValueError:
        return False
    host = (instance.hostname or "").lower()
    if not host or instance.username or instance.password:
        return False
    if host == (login.hostname or "").lower():
        return instance.scheme == "https" or (instance.scheme == login.scheme == "http" and host in LOOPBACK)
    if instance.scheme == "http":
        return host in LOOPBACK and login.hostname in LOOPBACK
    under = any(host.endswith("." + domain) for domain in SALESFORCE_DOMAINS)
    return instance.scheme == "https" and under


class OAuth:
    """The endpoints of one client. Raises AuthorizationNeeded, AccessRefused and the errors of the transport."""

    def __init__(self, client: Client, transport: Transport) -> None:
        self.client = client
        self._transport = transport
        self._host = client.login_url.rstrip("/")

    def authorize_url(self, *, redirect_uri: str, state: str, challenge: str, login_hint: str = "") -> str:
        """Give the page to open in the system's browser. It holds no secret and serves one sign-in."""
        query = {
            "response_type": "code",
            "client_id": self.client.client_id,
            "redirect_uri": redirect_uri,
            "scope": "api refresh_token id",
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        if login_hint:
            query["login_hint"] = login_hint
        return f"{self._host}/services/oauth2/authorize?{urlencode(query)}"

    def exchange(self, code: str, *, verifier: str, redirect_uri: str) -> Grant:
        """Exchange an authorization code. It is good once, so a lost answer means a new sign-in, never another try."""
        with suppress(ReplyLost):
            return self._token(
                grant_type="authorization_code", code=code, redirect_uri=redirect_uri, code_verifier=verifier
            )
        raise AuthorizationNeeded(
            "Salesforce's answer to the sign-in was lost.", "Start the sign-in again.", reason="code_spent"
        )

    def refresh(self, refresh_token: str) -> Grant:
        """Exchange a refresh token, which may be used up by it. A lost answer is not followed by another try."""
        with suppress(ReplyLost):
            return self._token(grant_type="refresh_token", refresh_token=refresh_token)
        # Not ReplyLost: whoever was about to write something has not sent it.
        raise ServiceUnavailable(
            "Salesforce's answer to the renewal of the sign-in was lost.",
            "Run again; if Salesforce then asks for it, sign in again.",
        )

    def revoke(self, token: str) -> None:
        """Have a refresh token (and all that came from it) forgotten. One that is already dead is as good."""
        reply = self._post("revoke", {"token": token})
        if not reply.ok and words(reply)[0] not in ("invalid_token", "unsupported_token_type"):
            raise error_of(reply)

    def identity(self, grant: Grant) -> Identity:
        """Ask who signed in."""
        reply = self._transport.send(
            "GET",
            f"{grant.instance_url}/services/oauth2/userinfo",
            headers={"Authorization": f"Bearer {grant.access_token}"},
            repeatable=True,
        )
        if not reply.ok:
            raise error_of(reply)
        told = reply.json()
        if not isinstance(told, dict):
            raise reply.unreadable()
        return Identity(
            user_id=str(told.get("user_id") or ""),
            organization_id=str(told.get("organization_id") or ""),
            username=str(told.get("preferred_username") or ""),
            name=str(told.get("name") or ""),
            language=str(told.get("language") or ""),
        )

    def _token(self, **parameters: str) -> Grant:
        form = {**parameters, "client_id": self.client.client_id}
        if self.client.client_secret:
            form["client_secret"] = self.client.client_secret
        reply = self._post("token", form)
        if not reply.ok:
            raise error_of(reply)
        grant = _grant(reply)
        if not instance_is_trusted(grant.instance_url, self.client.login_url):
            raise UnexpectedAnswer(
                f"Salesforce named {_host_of(grant.instance_url)} as the address of the org, "
                "which is not one of Salesforce's.",
                "Check the login address of the connection, and what stands between it and this computer.",
                reason="strange_address",
            )
        self._transport.allow(grant.instance_url)
        return grant

    def _post(self, endpoint: str, form: Mapping[str, str]) -> Reply:
        return self._transport.send(
            "POST",
            f"{self._host}/services/oauth2/{endpoint}",
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
            body=urlencode(form).encode(),
            repeatable=False,
        )


def _host_of(url: str) -> str:
    with suppress(ValueError):
        return urlsplit(url).hostname or "nothing"
    return "something that is no address"


def _grant(reply: Reply) -> Grant:
    try:
        told = reply.json()
        access, instance, refresh = told["access_token"], told["instance_url"], told.get("refresh_token")
        if access and isinstance(access, str) and isinstance(instance, str) and isinstance(refresh, str | None):
            return Grant(access, instance.rstrip("/"), refresh or None, str(told.get("scope") or ""))
    except (UnexpectedAnswer, KeyError, TypeError, AttributeError):
        pass
    raise reply.unreadable()


class TokenProvider:
    """Give access tokens of one connection, refreshing when there is none or when one is refused.

    `lock_file` is shared by every process that uses this connection. Raises AuthorizationNeeded without a usable
    refresh token, VaultUnavailable where a new one cannot be stored, and the errors of the transport.
    """

    def __init__(self, oauth: OAuth, secrets: Secrets, lock_file: Path, *, clock: Clock | None = None) -> None:
        self._oauth = oauth
        self._secrets = secrets
        self._lock_file = lock_file
        self._clock = clock or SystemClock()
        self._lock = threading.Lock()
        self._grant: Grant | None = None
        self._unstored: str | None = None

    def accept(self, grant: Grant) -> None:
        """Take over what a sign-in gave: store its refresh token, then use its access token."""
        if grant.refresh_token is None:
            raise AccessRefused(
                "Salesforce gave no lasting permission.",
                "Add the scope “Perform requests at any time” (refresh_token) to the app, then sign in again.",
                reason="scope_missing",
            )
        with self._lock, exclusive(self._lock_file, self._clock):
            self._store(grant.refresh_token)
            self._grant = grant

    def current(self) -> str:
        """Give the access token in use; ask for one the first time."""
        with self._lock:
            return (self._grant or self._refresh()).access_token

    def refresh_once(self, stale: str) -> str:
        """Give a token other than `stale`; of all threads that hold the same stale one, only the first asks."""
        with self._lock:
            if self._grant is not None and self._grant.access_token != stale:
                return self._grant.access_token
            return self._refresh().access_token

    @property
    def instance_url(self) -> str:
        """Where the org's API is; it is read anew from every token answer."""
        grant = self._grant
        if grant is not None:
            return grant.instance_url
        self.current()
        assert self._grant is not None
        return self._grant.instance_url

    def revoke(self) -> None:
        """Have Salesforce forget this connection. The caller deletes the secret."""
        with self._lock, exclusive(self._lock_file, self._clock):
            token = self._unstored or self._secrets.get(REFRESH_TOKEN)
            if token is not None:
                self._oauth.revoke(token)
            self._grant = self._unstored = None

    def _refresh(self) -> Grant:
        with exclusive(self._lock_file, self._clock):
            # Read under the lock: another process may have put a newer one there a moment ago.
            token = self._unstored or self._secrets.get(REFRESH_TOKEN)
            if not token:
                raise AuthorizationNeeded(
                    "Nobody has signed in to Salesforce for this connection.", SIGN_IN, reason="not_signed_in"
                )
            grant = self._oauth.refresh(token)
            if grant.refresh_token is not None and grant.refresh_token != token:
                self._unstored = grant.refresh_token
            if self._unstored is not None:
                self._store(self._unstored)
                self._unstored = None
            self._grant = grant
            return grant

    def _store(self, token: str) -> None:
        self._secrets.put(REFRESH_TOKEN, token)
        if self._secrets.get(REFRESH_TOKEN) != token:
            raise VaultUnavailable(
                "The new permission of Salesforce could not be stored.", "Open the keyring, then sign in again."
            )
