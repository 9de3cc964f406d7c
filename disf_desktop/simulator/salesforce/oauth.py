"""OAuth: the authorize pages, the grants of tokens, and revoke."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote_plus, urlencode, urlsplit

from disf_desktop.simulator.salesforce import pages
from disf_desktop.simulator.salesforce.devices import Devices
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.keys import ALGORITHM, Keys
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

PLATFORM_CLI = "PlatformCLI"
CODE_LIFE = timedelta(minutes=15)
APPROVALS = 5
SESSION_SECONDS = 7_200
SCOPES = ("refresh_token", "api", "id", "openid", "profile", "email", "web", "full", "offline_access")
SCOPE = "refresh_token api id openid"
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCES = ("https://login.salesforce.com", "https://test.salesforce.com")


@dataclass
class _Grant:
    """A sign-in under way, from the authorize page to the exchange of its code."""

    client_id: str
    callback: str
    state: str | None
    challenge: str | None
    opened: datetime
    scope: str = SCOPE
    nonce: str | None = None
    signed_in: bool = False


class _Refused(Exception):
    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error = error
        self.description = description


class OAuth:
    """The sign-ins of one org. Tokens live in the store, so that they outlast a restart; codes do not."""

    def __init__(self, org: Org, keys: Keys) -> None:
        self._org = org
        self._keys = keys
        self._devices = Devices(org)
        self._scopes: dict[str, str] = {}
        self._pages: dict[str, _Grant] = {}
        self._codes: dict[str, _Grant] = {}

    async def authorize(self, exchange: Exchange) -> Reply:
        """Show the sign-in page, check what it sends, ask for approval, send the browser back."""
        form = exchange.form()
        if exchange.method == "POST":
            return self._submitted(form)
        client_id, callback = form.get("client_id", ""), form.get("redirect_uri", "")
        if client_id not in (self._org.credentials.client_id, PLATFORM_CLI):
            return _page(pages.error("invalid_client_id", "client identifier invalid"), 400)
        if not self._registered(client_id, callback):
            return _page(pages.error("redirect_uri_mismatch", "redirect_uri must match configuration"), 400)
        grant = _Grant(client_id, callback, form.get("state"), form.get("code_challenge"), self._org.now())
        if form.get("response_type") != "code":
            return _back(grant, error="unsupported_response_type", error_description="response type not supported")
        if client_id != PLATFORM_CLI and not grant.challenge:
            return _back(grant, error="invalid_request", error_description="missing required code challenge")
        grant.scope, grant.nonce = _scope(form), form.get("nonce")
        if not grant.scope:
            return _back(grant, error="invalid_scope", error_description="the requested scope is not allowed")
        key = secrets.token_urlsafe(16)
        self._pages[key] = grant
        return _page(pages.sign_in(key, form.get("login_hint", "")))

    def _registered(self, client_id: str, callback: str) -> bool:
        if client_id == PLATFORM_CLI:
            parts = urlsplit(callback)
            return (parts.scheme, parts.hostname, parts.path) == ("http", "localhost", "/OauthRedirect")
        return callback in self._org.credentials.callbacks

    def _submitted(self, form: dict[str, str]) -> Reply:
        key = form.get("page", "")
        grant = self._pages.get(key)
        if grant is None:
            return _page(
                pages.error("invalid_request", "This page has expired. Start again from the application."), 400
            )
        if not grant.signed_in:
            if not self.knows(form.get("username", ""), form.get("password", "")):
                return _page(pages.sign_in(key, form.get("username", ""), failed=True))
            grant.signed_in = True
            return _page(pages.approve(key, self._org.credentials.username, grant.client_id))
        del self._pages[key]
        if form.get("answer") != "allow":
            return _back(grant, error="access_denied", error_description="end-user denied authorization")
        code = "aPrx" + secrets.token_urlsafe(48)
        self._codes[code] = grant
        grant.opened = self._org.now()
        return _back(grant, code=code)

    async def token(self, exchange: Exchange) -> Reply:
        """Exchange a code, a refresh token or a password for an access token."""
        form = exchange.form()
        try:
            if exchange.fault and exchange.fault.name == "expired_token":
                raise _Refused("invalid_grant", "expired access/refresh token")
            if form.get("grant_type") == JWT_BEARER:
                return self._by_assertion(exchange, form)
            client_id = self._client(exchange, form)
            if form.get("response_type") == "device_code":
                return Reply(content=self._devices.begin(client_id, _scope(form), exchange.base))
            grants = {
                "authorization_code": self._by_code,
                "refresh_token": self._by_refresh,
                "password": self._by_password,
                "client_credentials": self._by_secret,
                "device": self._by_device,
            }
            grant = grants.get(form.get("grant_type", ""))
            if grant is None:
                raise _Refused("unsupported_grant_type", "grant type not supported")
            return grant(exchange, form, client_id)
        except _Refused as refused:
            return Reply(400, {"error": refused.error, "error_description": refused.description})

    def _client(self, exchange: Exchange, form: dict[str, str]) -> str:
        """Return the client's id; a secret is asked of nobody, but a wrong one is refused."""
        client_id, secret = _client_of(exchange, form)
        known = self._org.credentials
        if client_id not in (known.client_id, PLATFORM_CLI):
            raise _Refused("invalid_client_id", "client identifier invalid")
        if secret and (client_id == PLATFORM_CLI or not _same(secret, known.client_secret)):
            raise _Refused("invalid_client", "invalid client credentials")
        return client_id

    def proven(self, exchange: Exchange) -> str | None:
        """Return the client that proves itself by its secret, or None."""
        client_id, secret = _client_of(exchange, exchange.form())
        known = self._org.credentials
        return client_id if client_id == known.client_id and _same(secret, known.client_secret) else None

    def scope_of(self, approval: str) -> str:
        """Return the scopes of an approval."""
        return self._scopes.get(approval, SCOPE)

    def _by_code(self, exchange: Exchange, form: dict[str, str], client_id: str) -> Reply:
        grant = self._codes.pop(form.get("code", ""), None)
        if grant is None:
            raise _Refused("invalid_grant", "invalid authorization code")
        if self._org.now() - grant.opened > CODE_LIFE:
            raise _Refused("invalid_grant", "expired authorization code")
        if grant.client_id != client_id:
            raise _Refused("invalid_grant", "invalid authorization code")
        if form.get("redirect_uri") != grant.callback:
            raise _Refused("redirect_uri_mismatch", "redirect_uri must match configuration")
        if grant.challenge:
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            if not _same(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), grant.challenge.rstrip("=")):
                raise _Refused("invalid_grant", "invalid code verifier")
        return self._approved(exchange, client_id, grant.scope, grant.nonce)

    def _approved(self, exchange: Exchange, client_id: str, scope: str, nonce: str | None = None) -> Reply:
        """Grant tokens to an application that a person has let in."""
        approval = secrets.token_hex(8)
        self._scopes[approval] = scope
        lasting = {"refresh_token", "offline_access"} & set(scope.split())
        refresh = self._refresh_token(client_id, approval) if lasting else None
        self._limit_approvals(client_id)
        reply = self._granted(exchange, client_id, approval, refresh)
        if "openid" in scope.split():
            reply.content["id_token"] = self._id_token(exchange, client_id, reply.content["access_token"], nonce)
        return reply

    def _id_token(self, exchange: Exchange, client_id: str, access: str, nonce: str | None) -> str:
        known, now = self._org.credentials, int(self._org.now().timestamp())
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims = {
            "iss": exchange.base,
            "sub": f"{exchange.base}/id/{known.org_id}/{known.user_id}",
            "aud": client_id,
            "iat": now,
            "exp": now + 120,
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
        }
        return self._keys.signed(claims | ({"nonce": nonce} if nonce else {}))

    def _by_assertion(self, exchange: Exchange, form: dict[str, str]) -> Reply:
        """Let an application in that signs who it is, and for whom it comes."""
        import jwt  # as in `keys`

        known = self._org.credentials
        try:
            claims = jwt.decode(
                form.get("assertion", ""),
                self._keys.client,
                [ALGORITHM],
                audience=[exchange.base, *AUDIENCES],
                leeway=30,
                options={"require": ["iss", "sub", "aud", "exp"]},
            )
        except jwt.InvalidAudienceError:
            raise _Refused("invalid_grant", "audience is invalid") from None
        except jwt.ExpiredSignatureError:
            raise _Refused("invalid_grant", "expired authorization code") from None
        except jwt.PyJWTError:
            raise _Refused("invalid_grant", "invalid assertion") from None
        if claims["iss"] != known.client_id:
            raise _Refused("invalid_client_id", "client identifier invalid")
        if str(claims["sub"]).lower() != known.username.lower():
            raise _Refused("invalid_grant", "user hasn't approved this consumer")
        reply = self._granted(exchange, known.client_id, secrets.token_hex(8), None)
        reply.content = {name: value for name, value in reply.content.items() if name not in ("signature", "issued_at")}
        return reply

    def _by_secret(self, exchange: Exchange, form: dict[str, str], client_id: str) -> Reply:
        """Let an application in as the user that its administrator chose for it."""
        if self.proven(exchange) is None:
            raise _Refused("invalid_client", "invalid client credentials")
        return self._granted(exchange, client_id, secrets.token_hex(8), None)

    def _by_device(self, exchange: Exchange, form: dict[str, str], client_id: str) -> Reply:
        found = self._devices.poll(form.get("code", ""), client_id)
        if isinstance(found, str):
            told = {"invalid_grant": "expired authorization code", "access_denied": "end-user denied authorization"}
            raise _Refused(found, told.get(found, found.replace("_", " ")))
        return self._approved(exchange, client_id, found.scope)

    async def connect(self, exchange: Exchange) -> Reply:
        """Take the code that a person enters for a device."""
        form = exchange.form()
        known = self.knows(form.get("username", ""), form.get("password", ""))
        return _page(self._devices.page(form, known))

    def _by_refresh(self, exchange: Exchange, form: dict[str, str], client_id: str) -> Reply:
        given = form.get("refresh_token", "")
        row = self._org.db.execute(
            "SELECT approval FROM \"_token\" WHERE token = ? AND kind = 'refresh' AND client_id = ?", (given, client_id)
        ).fetchone()
        if row is None:
            raise _Refused("invalid_grant", "expired access/refresh token")
        if client_id == PLATFORM_CLI or not self._org.credentials.rotate_refresh_tokens:
            return self._granted(exchange, client_id, row[0], None)
        with self._org.transaction():
            self._org.db.execute('DELETE FROM "_token" WHERE token = ?', (given,))
            return self._granted(exchange, client_id, row[0], self._refresh_token(client_id, row[0]))

    def _by_password(self, exchange: Exchange, form: dict[str, str], client_id: str) -> Reply:
        if not self.knows(form.get("username", ""), form.get("password", "")):
            raise _Refused("invalid_grant", "authentication failure")
        return self._granted(exchange, client_id, secrets.token_hex(8), None)

    def _refresh_token(self, client_id: str, approval: str) -> str:
        made = "5Aep861" + secrets.token_urlsafe(60)
        self._org.add_token(made, "refresh", client_id, approval)
        return made

    def _limit_approvals(self, client_id: str) -> None:
        """Keep the five newest approvals of a client; the tokens of older ones die."""
        self._org.db.execute(
            'DELETE FROM "_token" WHERE client_id = ? AND approval IN (SELECT approval FROM "_token"'
            " WHERE client_id = ? AND kind = 'refresh' ORDER BY at DESC LIMIT -1 OFFSET ?)",
            (client_id, client_id, APPROVALS),
        )

    def _granted(self, exchange: Exchange, client_id: str, approval: str, refresh: str | None) -> Reply:
        known = self._org.credentials
        access = self.session(client_id, approval)
        identity = f"{exchange.base}/id/{known.org_id}/{known.user_id}"
        issued = str(int(self._org.now().timestamp() * 1000))
        digest = hmac.digest(known.client_secret.encode(), (identity + issued).encode(), "sha256")
        body: dict[str, Any] = {"access_token": access}
        if refresh:
            body["refresh_token"] = refresh
        body |= {
            "signature": base64.b64encode(digest).decode(),
            "scope": self.scope_of(approval),
            "instance_url": exchange.base,
            "id": identity,
            "token_type": "Bearer",
            "issued_at": issued,
        }
        return Reply(content=body, headers={"Cache-Control": "no-cache, no-store", "Pragma": "no-cache"})

    async def revoke(self, exchange: Exchange) -> Reply:
        """Take a token back; with a refresh token all access tokens of its approval go too."""
        token = exchange.form().get("token", "")
        row = self._org.db.execute('SELECT kind, approval FROM "_token" WHERE token = ?', (token,)).fetchone()
        if row is None:
            return Reply(400, {"error": "invalid_token", "error_description": "invalid token: "})
        if row[0] == "refresh":
            self._org.db.execute('DELETE FROM "_token" WHERE approval = ?', (row[1],))
        else:
            self._org.db.execute('DELETE FROM "_token" WHERE token = ?', (token,))
        return Reply(200)

    def knows(self, username: str, password: str) -> bool:
        """Whether this is the user of the connection; the network is trusted, so no security token follows."""
        known = self._org.credentials
        # Salesforce does not look at the case of a user name.
        return _same(username.lower(), known.username.lower()) and _same(password, known.password)

    def session(self, client_id: str, approval: str = "") -> str:
        """Make a new access token of an approval, or of none."""
        made = f"{self._org.credentials.org_id[:15]}!AQ{secrets.token_urlsafe(60).replace('-', '.')}"
        self._org.add_token(made, "access", client_id, approval or secrets.token_hex(8))
        return made

    def valid(self, token: str) -> bool:
        """Whether an access token opens the API."""
        found = self._org.db.execute(
            "SELECT 1 FROM \"_token\" WHERE token = ? AND kind = 'access'", (token,)
        ).fetchone()
        return found is not None

    def forget(self, token: str) -> None:
        """Let an access token expire."""
        self._org.db.execute("DELETE FROM \"_token\" WHERE token = ? AND kind = 'access'", (token,))

    def check(self, exchange: Exchange) -> None:
        """Refuse a request without a valid access token, as the REST API does."""
        if exchange.fault and exchange.fault.name == "expired_token":
            self.forget(exchange.token)
        if not self.valid(exchange.token):
            raise ApiError(401, "INVALID_SESSION_ID", "Session expired or invalid")


def _scope(form: dict[str, str]) -> str:
    """Return the scopes asked for that there are; all, when none is asked for."""
    asked = form.get("scope", "").split()
    return " ".join(each for each in asked if each in SCOPES) if asked else SCOPE


def _client_of(exchange: Exchange, form: dict[str, str]) -> tuple[str, str]:
    """Return id and secret of a client, from the form or from a Basic header."""
    scheme, _, told = exchange.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            client_id, _, secret = base64.b64decode(told, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return unquote_plus(client_id), unquote_plus(secret)
    return form.get("client_id", ""), form.get("client_secret", "")


def _page(html: str, status: int = 200) -> Reply:
    headers = {"Content-Type": "text/html;charset=UTF-8", "Cache-Control": "no-store", "X-Frame-Options": "DENY"}
    return Reply(status, html, headers)


def _back(grant: _Grant, **answer: str) -> Reply:
    if grant.state is not None:
        answer["state"] = grant.state
    join = "&" if urlsplit(grant.callback).query else "?"
    return Reply(302, None, {"Location": grant.callback + join + urlencode(answer), "Cache-Control": "no-store"})


def _same(given: str, known: str) -> bool:
    return secrets.compare_digest(given.encode(), known.encode())
