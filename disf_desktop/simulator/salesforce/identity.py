"""Who holds a token: userinfo, the identity address, introspection, and what OpenID Connect publishes."""

from __future__ import annotations

from typing import Any

from disf_desktop.simulator.salesforce.keys import ALGORITHM, Keys
from disf_desktop.simulator.salesforce.oauth import SCOPES, SESSION_SECONDS, OAuth
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

PLAIN = {"Content-Type": "text/html;charset=UTF-8"}


class Identity:
    """What the org tells of its user and of its tokens."""

    def __init__(self, org: Org, oauth: OAuth, keys: Keys) -> None:
        self._org = org
        self._oauth = oauth
        self._keys = keys

    async def userinfo(self, exchange: Exchange) -> Reply:
        """Tell who holds the token; refusals are plain text here."""
        token = exchange.token or exchange.form().get("access_token", "")
        if not token:
            return Reply(403, "Missing_OAuth_Token", PLAIN)
        if exchange.fault and exchange.fault.name == "expired_token":
            self._oauth.forget(token)
        if not self._oauth.valid(token):
            return Reply(403, "Bad_OAuth_Token", PLAIN)
        return Reply(content=self._who(exchange))

    async def identity(self, exchange: Exchange, org_id: str, user_id: str) -> Reply:
        """Answer at the identity address, which names the org and the user."""
        known = self._org.credentials
        if (org_id[:15], user_id[:15]) != (known.org_id[:15], known.user_id[:15]):
            return Reply(403, "Wrong_Org", PLAIN)
        reply = await self.userinfo(exchange)
        if reply.status == 200:
            reply.content |= {"id": reply.content["sub"], "asserted_user": True, "username": known.username}
        return reply

    async def introspect(self, exchange: Exchange) -> Reply:
        """Tell an application that proves itself by its secret whether a token lives, and whose it is."""
        client_id = self._oauth.proven(exchange)
        if client_id is None:
            return Reply(401, {"error": "invalid_client", "error_description": "invalid client credentials"})
        token = exchange.form().get("token", "")
        row = self._org.db.execute(
            'SELECT kind, client_id, approval, at FROM "_token" WHERE token = ? AND client_id = ?', (token, client_id)
        ).fetchone()
        if row is None:
            return Reply(content={"active": False})
        kind, owner, approval, at = row
        known, began = self._org.credentials, at // 1_000_000
        told = {
            "active": True,
            "scope": self._oauth.scope_of(approval),
            "client_id": owner,
            "username": known.username,
            "sub": f"{exchange.base}/id/{known.org_id}/{known.user_id}",
            "token_type": f"{kind}_token",
            "iat": began,
            "nbf": began,
        }
        return Reply(content=told | ({"exp": began + SESSION_SECONDS} if kind == "access" else {}))

    async def discovery(self, exchange: Exchange) -> Reply:
        """Publish where everything is."""
        root = f"{exchange.base}/services/oauth2/"
        told = {
            "issuer": exchange.base,
            "authorization_endpoint": root + "authorize",
            "token_endpoint": root + "token",
            "revocation_endpoint": root + "revoke",
            "userinfo_endpoint": root + "userinfo",
            "introspection_endpoint": root + "introspect",
            "jwks_uri": f"{exchange.base}/id/keys",
            "scopes_supported": list(SCOPES),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "none"],
            "code_challenge_methods_supported": ["S256"],
        }
        return Reply(content=told)

    async def keys(self, _: Exchange) -> Reply:
        """Publish the key that signs the id tokens."""
        return Reply(content={"keys": [self._keys.published()]})

    def _who(self, exchange: Exchange) -> dict[str, Any]:
        known = self._org.credentials
        row = self._org.db.execute(
            "SELECT Name, FirstName, LastName, Email, TimeZoneSidKey, LanguageLocaleKey, LocaleSidKey, IsActive"
            ' FROM "User" WHERE Id = ?',
            (known.user_id,),
        ).fetchone()
        name, first, last, email, zone, language, locale, active = row or ("", None, None, None, None, None, None, 1)
        version = "v{version}"
        rest = f"{exchange.base}/services/data/{version}/"
        soap = f"{exchange.base}/services/Soap/"
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
                "enterprise": f"{soap}c/{{version}}/{known.org_id}",
                "metadata": f"{soap}m/{{version}}/{known.org_id}",
                "partner": f"{soap}u/{{version}}/{known.org_id}",
                "rest": rest,
                "sobjects": f"{rest}sobjects/",
                "search": f"{rest}search/",
                "query": f"{rest}query/",
                "recent": f"{rest}recent/",
                "tooling_rest": f"{rest}tooling/",
                "profile": f"{exchange.base}/{known.user_id}",
                "custom_domain": exchange.base,
            },
        }
