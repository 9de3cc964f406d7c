"""OAuth: the authorize pages, tokens, userinfo, identity and revoke."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from disf_desktop.simulator.salesforce import pages
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

PLATFORM_CLI = "PlatformCLI"
CODE_LIFE = timedelta(minutes=15)
APPROVALS = 5
SESSION_SECONDS = 7_200
SCOPE = "refresh_token api id openid"


@dataclass
class _Grant:
    """A sign-in under way, from the authorize page to the exchange of its code."""

    client_id: str
    callback: str
    state: str | None
    challenge: str | None
    opened: datetime
    signed_in: bool = False


class _Refused(Exception):
    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error = error
        self.description = description


class OAuth:
    """The sign-ins of one org. Tokens live in the store, so that they outlast a restart; codes do not."""

    def __init__(self, org: Org) -> None:
        self._org = org
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
            client_id = self._client(form)
            kind = form.get("grant_type", "")
            if kind == "authorization_code":
                return self._by_code(exchange, form, client_id)
            if kind == "refresh_token":
                return self._by_refresh(exchange, form, client_id)
            if kind == "password":
                return self._by_password(exchange, form, client_id)
            raise _Refused("unsupported_grant_type", "grant type not supported")
        except _Refused as refused:
            return Reply(400, {"error": refused.error, "error_description": refused.description})

    def _client(self, form: dict[str, str]) -> str:
        """Return the client's id; a secret is asked of nobody, but a wrong one is refused."""
        client_id = form.get("client_id", "")
        known = self._org.credentials
        if client_id not in (known.client_id, PLATFORM_CLI):
            raise _Refused("invalid_client_id", "client identifier invalid")
        secret = form.get("client_secret")
        if secret and (client_id == PLATFORM_CLI or not _same(secret, known.client_secret)):
            raise _Refused("invalid_client", "invalid client credentials")
        return client_id

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
        approval = secrets.token_hex(8)
        refresh = self._refresh_token(client_id, approval)
        self._limit_approvals(client_id)
        return self._granted(exchange, client_id, approval, refresh)

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
            "scope": SCOPE,
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

    async def userinfo(self, exchange: Exchange) -> Reply:
        """Tell who holds the token; refusals are plain text here."""
        token = exchange.token or exchange.form().get("access_token", "")
        if not token:
            return Reply(403, "Missing_OAuth_Token", {"Content-Type": "text/html;charset=UTF-8"})
        if exchange.fault and exchange.fault.name == "expired_token":
            self.forget(token)
        if not self.valid(token):
            return Reply(403, "Bad_OAuth_Token", {"Content-Type": "text/html;charset=UTF-8"})
        return Reply(content=self._who(exchange))

    async def identity(self, exchange: Exchange, org_id: str, user_id: str) -> Reply:
        """Answer at the identity address, which names the org and the user."""
        known = self._org.credentials
        if (org_id[:15], user_id[:15]) != (known.org_id[:15], known.user_id[:15]):
            return Reply(403, "Wrong_Org", {"Content-Type": "text/html;charset=UTF-8"})
        reply = await self.userinfo(exchange)
        if reply.status == 200:
            reply.content |= {"id": reply.content["sub"], "asserted_user": True, "username": known.username}
        return reply

    def _who(self, exchange: Exchange) -> dict[str, Any]:
        known = self._org.credentials
        row = self._org.db.execute(
            "SELECT Name, FirstName, LastName, Email, TimeZoneSidKey, LanguageLocaleKey, LocaleSidKey, IsActive"
            ' FROM "User" WHERE Id = ?',
            (known.user_id,),
        ).fetchone()
        name, first, last, email, zone, language, locale, active = row or ("", None, None, None, None, None, None, 1)
        rest = f"{exchange.base}/services/data/v{{version}}/"
        return {
            "sub": f"{exchange.base}/id/{known.org_id}/{known.user_id}",
            "user_id": known.user_id,
            "organization_id": known.org_id,
            "preferred_username": known.username,
            "nickname": known.username.partition("@")[0],
            "name": name,
            "display_name": name,
            "email": email or known.username,
            "email_verified": True,
            "given_name": first,
            "family_name": last,
            "zoneinfo": zone or "America/Toronto",
            "locale": locale or "fr_CA",
            "language": language or "fr",
            "utcOffset": -18_000_000,
            "user_type": "STANDARD",
            "active": bool(active),
            "is_app_installed": True,
            "urls": {
                "rest": rest,
                "sobjects": f"{rest}sobjects/",
                "query": f"{rest}query/",
                "custom_domain": exchange.base,
            },
        }

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
