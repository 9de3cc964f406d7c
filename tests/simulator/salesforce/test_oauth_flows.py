"""The flows besides the sign-in in a browser: assertions, secrets, devices, id tokens, introspection."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from disf_desktop.simulator.salesforce.keys import Keys
from tests.simulator.salesforce.conftest import CREDENTIALS, Service
from tests.simulator.salesforce.test_oauth import Browser, _exchange

SECRET = {"client_id": CREDENTIALS.client_id, "client_secret": CREDENTIALS.client_secret}


def post(salesforce: Service, path: str, **form: str) -> requests.Response:
    return requests.post(f"{salesforce.url}{path}", data=form, timeout=10)


def token(salesforce: Service, **form: str) -> requests.Response:
    return post(salesforce, "/services/oauth2/token", **form)


def refused(reply: requests.Response) -> tuple[str, str]:
    assert reply.status_code == 400, reply.text
    told = reply.json()
    return told["error"], told["error_description"]


def opens(salesforce: Service, reply: requests.Response) -> bool:
    assert reply.status_code == 200, reply.text
    headers = {"Authorization": f"Bearer {reply.json()['access_token']}"}
    return requests.get(f"{salesforce.url}/services/data/v68.0/limits", headers=headers, timeout=10).ok


def assertion(salesforce: Service, key: Any = None, **changes: Any) -> str:
    own = serialization.load_pem_private_key(Keys(salesforce.org.folder).client_file.read_bytes(), None)
    claims = {
        "iss": CREDENTIALS.client_id,
        "sub": CREDENTIALS.username,
        "aud": "https://login.salesforce.com",
        "exp": int(time.time()) + 180,
        **changes,
    }
    return jwt.encode(claims, key or own, "RS256")  # type: ignore[arg-type]


JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


def test_a_signed_assertion_opens_the_api_without_a_refresh_token(salesforce: Service) -> None:
    for audience in ("https://login.salesforce.com", "https://test.salesforce.com", salesforce.url):
        reply = token(salesforce, grant_type=JWT, assertion=assertion(salesforce, aud=audience))
        assert opens(salesforce, reply)
        assert set(reply.json()) == {"access_token", "scope", "instance_url", "id", "token_type"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"aud": "https://elsewhere.example"}, ("invalid_grant", "audience is invalid")),
        ({"exp": 1_000_000_000}, ("invalid_grant", "expired authorization code")),
        ({"sub": "nobody@example.org"}, ("invalid_grant", "user hasn't approved this consumer")),
        ({"iss": "another"}, ("invalid_client_id", "client identifier invalid")),
    ],
)
def test_an_assertion_that_says_something_else_is_refused(
    salesforce: Service, changes: dict[str, Any], told: tuple[str, str]
) -> None:
    assert refused(token(salesforce, grant_type=JWT, assertion=assertion(salesforce, **changes))) == told


def test_an_assertion_of_another_key_is_refused(salesforce: Service) -> None:
    other = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    for given in (assertion(salesforce, key=other), "rubbish", ""):
        assert refused(token(salesforce, grant_type=JWT, assertion=given)) == ("invalid_grant", "invalid assertion")


def test_a_secret_alone_opens_the_api_for_the_user_of_the_application(salesforce: Service) -> None:
    assert opens(salesforce, token(salesforce, grant_type="client_credentials", **SECRET))
    address = f"{salesforce.url}/services/oauth2/token"
    basic = (CREDENTIALS.client_id, CREDENTIALS.client_secret)
    told = requests.post(address, data={"grant_type": "client_credentials"}, auth=basic, timeout=10)
    assert opens(salesforce, told)
    assert "refresh_token" not in told.json()
    for secret in ({}, {"client_secret": "wrong"}):
        reply = token(salesforce, grant_type="client_credentials", client_id=CREDENTIALS.client_id, **secret)
        assert refused(reply)[0] == "invalid_client"


def test_a_device_waits_for_its_approval(salesforce: Service) -> None:
    began = token(salesforce, response_type="device_code", client_id=CREDENTIALS.client_id, scope="api refresh_token")
    codes = began.json()
    assert codes["verification_uri"] == f"{salesforce.url}/setup/connect"
    poll = {"grant_type": "device", "client_id": CREDENTIALS.client_id, "code": codes["device_code"]}
    assert refused(token(salesforce, **poll))[0] == "authorization_pending"
    assert refused(token(salesforce, **poll))[0] == "slow_down"
    who = {"username": CREDENTIALS.username, "password": CREDENTIALS.password, "answer": "allow"}
    page = requests.get(codes["verification_uri"], timeout=10)
    assert 'name="user_code"' in page.text
    wrong = post(salesforce, "/setup/connect", user_code=codes["user_code"], **{**who, "password": "x"})
    assert "check your username" in wrong.text
    assert "not known" in post(salesforce, "/setup/connect", user_code="NOPE", **who).text
    assert "go back" in post(salesforce, "/setup/connect", user_code=codes["user_code"].lower(), **who).text
    granted = token(salesforce, **poll)
    assert opens(salesforce, granted)
    assert granted.json()["refresh_token"]
    assert refused(token(salesforce, **poll))[0] == "invalid_grant"


def test_a_device_that_is_refused_or_too_late_is_told_so(salesforce: Service) -> None:
    def begin() -> dict[str, Any]:
        return dict(token(salesforce, response_type="device_code", client_id=CREDENTIALS.client_id).json())

    poll = {"grant_type": "device", "client_id": CREDENTIALS.client_id}
    codes = begin()
    who = {"username": CREDENTIALS.username, "password": CREDENTIALS.password, "answer": "deny"}
    post(salesforce, "/setup/connect", user_code=codes["user_code"], **who)
    assert refused(token(salesforce, code=codes["device_code"], **poll))[0] == "access_denied"
    codes = begin()
    salesforce.world.clock.added += timedelta(minutes=11)
    assert refused(token(salesforce, code=codes["device_code"], **poll))[0] == "invalid_grant"


def signed_in(salesforce: Service, scope: str | None, **more: str) -> dict[str, Any]:
    code = Browser(salesforce).sign_in(scope=scope, **more)["code"][0]
    return dict(_exchange(salesforce, code).json())


def test_scopes_decide_what_is_granted(salesforce: Service) -> None:
    told = signed_in(salesforce, "api")
    assert (told["scope"], "refresh_token" in told, "id_token" in told) == ("api", False, False)
    told = signed_in(salesforce, "api offline_access")
    assert "refresh_token" in told
    assert Browser(salesforce).open(scope="nonsense").status_code == 302


def test_an_id_token_is_signed_by_the_key_that_is_published(salesforce: Service) -> None:
    told = signed_in(salesforce, "openid api", nonce="a nonce")
    published = requests.get(f"{salesforce.url}/.well-known/openid-configuration", timeout=10).json()
    [key] = requests.get(published["jwks_uri"], timeout=10).json()["keys"]
    assert jwt.get_unverified_header(told["id_token"])["kid"] == key["kid"]
    claims = jwt.decode(
        told["id_token"],
        jwt.PyJWK(key).key,
        ["RS256"],
        audience=CREDENTIALS.client_id,
        issuer=published["issuer"],
        leeway=60,
    )
    assert claims["sub"] == told["id"]
    assert claims["nonce"] == "a nonce"


def test_introspection_tells_of_tokens_to_who_proves_itself(salesforce: Service) -> None:
    def ask(given: str, **client: str) -> requests.Response:
        return post(salesforce, "/services/oauth2/introspect", token=given, **client)

    access = signed_in(salesforce, "api")["access_token"]
    told = ask(access, **SECRET).json()
    assert (told["active"], told["scope"], told["username"]) == (True, "api", CREDENTIALS.username)
    assert told["exp"] > told["iat"]
    assert ask(CREDENTIALS.refresh_token, **SECRET).json()["token_type"] == "refresh_token"
    assert ask("nobody's", **SECRET).json() == {"active": False}
    assert ask(access, client_id=CREDENTIALS.client_id).status_code == 401
    post(salesforce, "/services/oauth2/revoke", token=access)
    assert ask(access, **SECRET).json() == {"active": False}
