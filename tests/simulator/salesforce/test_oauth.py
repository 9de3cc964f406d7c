"""OAuth by plain HTTP: the pages of a sign-in, tokens, rotation, refusals."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from disf_desktop.simulator.salesforce import CALLBACKS
from tests.simulator.salesforce.conftest import CREDENTIALS, Service

VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
CALLBACK = CALLBACKS[1]


class Browser:
    """Somebody who signs in: fills in the pages and looks where the browser is sent."""

    def __init__(self, salesforce: Service) -> None:
        self._salesforce = salesforce

    def open(self, **changes: str | None) -> requests.Response:
        asked = {
            "response_type": "code",
            "client_id": CREDENTIALS.client_id,
            "redirect_uri": CALLBACK,
            "state": "a state",
            "scope": "api refresh_token",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            **changes,
        }
        address = self._salesforce.url + "/services/oauth2/authorize"
        return requests.get(address, params=asked, timeout=10, allow_redirects=False)

    def fill_in(self, page: requests.Response, **fields: str) -> requests.Response:
        assert page.status_code == 200, page.text
        action = re.search(r'<form method="post" action="([^"]+)">', page.text)
        hidden = re.search(r'<input type="hidden" name="page" value="([^"]+)">', page.text)
        assert action
        assert hidden
        data = {"page": hidden[1], **fields}
        return requests.post(self._salesforce.url + action[1], data=data, timeout=10, allow_redirects=False)

    def sign_in(self, answer: str = "allow", **changes: str | None) -> dict[str, list[str]]:
        page = self.fill_in(self.open(**changes), username=CREDENTIALS.username, password=CREDENTIALS.password)
        sent = self.fill_in(page, answer=answer)
        assert sent.status_code == 302
        where = urlsplit(sent.headers["Location"])
        assert f"{where.scheme}://{where.netloc}{where.path}" == (changes.get("redirect_uri") or CALLBACK)
        return parse_qs(where.query)


@pytest.fixture
def browser(salesforce: Service) -> Browser:
    return Browser(salesforce)


def _token(salesforce: Service, **fields: str) -> requests.Response:
    form = {"client_id": CREDENTIALS.client_id, **fields}
    return requests.post(salesforce.url + "/services/oauth2/token", data=form, timeout=10)


def _exchange(salesforce: Service, code: str, **changes: str) -> requests.Response:
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, "code_verifier": VERIFIER}
    return _token(salesforce, **{**fields, **changes})


def _refresh(salesforce: Service, token: str, **changes: str) -> requests.Response:
    return _token(salesforce, grant_type="refresh_token", refresh_token=token, **changes)


def _refused(reply: requests.Response) -> tuple[str, str]:
    assert reply.status_code == 400
    body = reply.json()
    return body["error"], body["error_description"]


def _opens(salesforce: Service, access: str) -> bool:
    reply = salesforce.get("limits", headers={"Authorization": f"Bearer {access}"})
    if reply.status_code == 401:
        assert reply.json() == [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]
    return reply.status_code == 200


def test_a_sign_in_gives_tokens_that_work(salesforce: Service, browser: Browser) -> None:
    answer = browser.sign_in()
    assert answer["state"] == ["a state"]
    tokens = _exchange(salesforce, answer["code"][0]).json()
    assert set(tokens) == {
        *("access_token", "refresh_token", "signature", "scope", "instance_url", "id", "token_type", "issued_at"),
    }
    assert tokens["instance_url"] == salesforce.url
    assert tokens["id"] == f"{salesforce.url}/id/{CREDENTIALS.org_id}/{CREDENTIALS.user_id}"
    assert _opens(salesforce, tokens["access_token"])
    who = requests.get(tokens["id"], headers={"Authorization": f"Bearer {tokens['access_token']}"}, timeout=10).json()
    assert (who["user_id"], who["email"]) == (CREDENTIALS.user_id, "integration@example.org")


def test_a_challenge_without_its_method_is_sha256_too(salesforce: Service, browser: Browser) -> None:
    answer = browser.sign_in(code_challenge_method=None)
    assert _exchange(salesforce, answer["code"][0]).status_code == 200


@pytest.mark.parametrize("callback", [*CALLBACKS, "http://127.0.0.1:43210/back"])
def test_every_registered_callback_is_accepted(browser: Browser, callback: str) -> None:
    assert "code" in browser.sign_in(redirect_uri=callback)


@pytest.mark.parametrize(
    "callback",
    [
        "http://localhost:17180/OauthRedirect",
        "http://127.0.0.1:17177/OauthRedirect",
        "http://localhost:17177/OauthRedirect/",
        "http://localhost:17177/oauthredirect",
        "https://evil.example/OauthRedirect",
    ],
)
def test_a_callback_that_is_not_registered_to_the_letter_ends_on_an_error_page(browser: Browser, callback: str) -> None:
    page = browser.open(redirect_uri=callback)
    assert page.status_code == 400
    assert "Location" not in page.headers
    assert "error=redirect_uri_mismatch" in page.text


def test_the_command_line_tool_of_salesforce_may_use_any_port(browser: Browser) -> None:
    page = browser.open(client_id="PlatformCLI", redirect_uri="http://localhost:1717/OauthRedirect")
    assert page.status_code == 200


def test_an_unknown_application_ends_on_an_error_page(browser: Browser) -> None:
    assert "error=invalid_client_id" in browser.open(client_id="somebody else").text


def test_the_page_asks_again_after_a_wrong_password_and_escapes_what_was_typed(browser: Browser) -> None:
    page = browser.fill_in(browser.open(), username="<b>x</b>", password="wrong")
    assert "Please check your username and password." in page.text
    assert "<b>x</b>" not in page.text
    page = browser.fill_in(page, username=CREDENTIALS.username, password=CREDENTIALS.password)
    assert "Allow Access?" in page.text


def test_a_refusal_by_the_person_reaches_the_callback(browser: Browser) -> None:
    assert browser.sign_in(answer="deny") == {
        "error": ["access_denied"],
        "error_description": ["end-user denied authorization"],
        "state": ["a state"],
    }


def test_an_application_without_pkce_is_sent_back(browser: Browser) -> None:
    sent = browser.open(code_challenge=None)
    assert sent.status_code == 302
    assert "missing+required+code+challenge" in sent.headers["Location"]


def test_a_code_works_once_and_with_its_verifier_only(salesforce: Service, browser: Browser) -> None:
    code = browser.sign_in()["code"][0]
    assert _exchange(salesforce, code).status_code == 200
    assert _refused(_exchange(salesforce, code)) == ("invalid_grant", "invalid authorization code")
    code = browser.sign_in()["code"][0]
    assert _refused(_exchange(salesforce, code, code_verifier="w" * 64)) == ("invalid_grant", "invalid code verifier")
    code = browser.sign_in()["code"][0]
    assert _refused(_exchange(salesforce, code, redirect_uri=CALLBACKS[0]))[0] == "redirect_uri_mismatch"


def test_a_code_does_not_live_long(salesforce: Service, browser: Browser) -> None:
    code = browser.sign_in()["code"][0]
    salesforce.world.clock.advance(16 * 60)
    assert _refused(_exchange(salesforce, code)) == ("invalid_grant", "expired authorization code")


def test_a_refresh_token_is_replaced_and_the_old_one_dies(salesforce: Service) -> None:
    first = _refresh(salesforce, CREDENTIALS.refresh_token).json()
    assert _opens(salesforce, first["access_token"])
    kept_by_a_naive_client = CREDENTIALS.refresh_token
    assert _refused(_refresh(salesforce, kept_by_a_naive_client)) == ("invalid_grant", "expired access/refresh token")
    assert "refresh_token" in _refresh(salesforce, first["refresh_token"]).json()


def test_the_command_line_tool_of_salesforce_keeps_its_refresh_token(salesforce: Service, browser: Browser) -> None:
    callback = "http://localhost:1717/OauthRedirect"
    code = browser.sign_in(client_id="PlatformCLI", redirect_uri=callback)["code"][0]
    tokens = _exchange(salesforce, code, client_id="PlatformCLI", redirect_uri=callback).json()
    for _ in range(2):
        refreshed = _refresh(salesforce, tokens["refresh_token"], client_id="PlatformCLI")
        assert "refresh_token" not in refreshed.json()
        assert _opens(salesforce, refreshed.json()["access_token"])


def test_the_sixth_approval_ends_the_oldest(salesforce: Service, browser: Browser) -> None:
    issued = [_exchange(salesforce, browser.sign_in()["code"][0]).json() for _ in range(6)]
    assert not _opens(salesforce, issued[0]["access_token"])
    assert _refused(_refresh(salesforce, issued[0]["refresh_token"]))[0] == "invalid_grant"
    assert all(_opens(salesforce, each["access_token"]) for each in issued[1:])


def test_who_the_application_is_must_be_right(salesforce: Service) -> None:
    token = CREDENTIALS.refresh_token
    assert _refused(_refresh(salesforce, token, client_id="x")) == ("invalid_client_id", "client identifier invalid")
    assert _refused(_refresh(salesforce, token, client_secret="x")) == ("invalid_client", "invalid client credentials")
    assert _refused(_token(salesforce, grant_type="magic"))[0] == "unsupported_grant_type"
    assert _refresh(salesforce, token, client_secret=CREDENTIALS.client_secret).status_code == 200


def test_username_and_password(salesforce: Service) -> None:
    known = {"grant_type": "password", "username": CREDENTIALS.username}
    assert _opens(salesforce, _token(salesforce, password=CREDENTIALS.password, **known).json()["access_token"])
    assert _refused(_token(salesforce, password="x", **known)) == ("invalid_grant", "authentication failure")


def test_revoking_a_refresh_token_ends_its_access_tokens(salesforce: Service) -> None:
    tokens = _refresh(salesforce, CREDENTIALS.refresh_token).json()
    address = salesforce.url + "/services/oauth2/revoke"
    reply = requests.post(address, data={"token": tokens["refresh_token"]}, timeout=10)
    assert (reply.status_code, reply.content) == (200, b"")
    assert not _opens(salesforce, tokens["access_token"])
    assert _refused(requests.post(address, data={"token": tokens["refresh_token"]}, timeout=10))[0] == "invalid_token"


def test_userinfo_refuses_in_plain_text(salesforce: Service) -> None:
    address = salesforce.url + "/services/oauth2/userinfo"
    bad = requests.get(address, headers={"Authorization": "Bearer nobody"}, timeout=10)
    assert (bad.status_code, bad.text) == (403, "Bad_OAuth_Token")
    missing = requests.get(address, timeout=10)
    assert (missing.status_code, missing.text) == (403, "Missing_OAuth_Token")


def test_an_expired_token_stays_expired(salesforce: Service) -> None:
    access = _refresh(salesforce, CREDENTIALS.refresh_token).json()["access_token"]
    salesforce.script("expired_token", "limits", after=1)
    assert [_opens(salesforce, access) for _ in range(3)] == [True, False, False]


def test_a_refresh_can_be_refused_on_purpose(salesforce: Service) -> None:
    salesforce.script("expired_token", "token")
    assert _refused(_refresh(salesforce, CREDENTIALS.refresh_token))[0] == "invalid_grant"


def test_a_reset_brings_the_first_tokens_back_and_leaves_the_newer_ones(salesforce: Service) -> None:
    tokens: dict[str, Any] = _refresh(salesforce, CREDENTIALS.refresh_token).json()
    salesforce.org.reset()
    assert _opens(salesforce, tokens["access_token"])
    assert _refresh(salesforce, CREDENTIALS.refresh_token).status_code == 200
