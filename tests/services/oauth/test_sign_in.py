"""A whole sign-in, and everything else that may come along on the loopback listener."""

from __future__ import annotations

import http.client
import logging
import queue
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import requests

from disf_desktop.core.errors import AccessRefused, AuthorizationNeeded, DisfError, ServiceUnavailable, Stopped
from disf_desktop.services.oauth import REFRESH_TOKEN
from disf_desktop.services.sign_in import (
    CALLBACKS,
    PORTS,
    CodeReceived,
    OpenBrowser,
    Pasted,
    SignedIn,
    SignIn,
    Waiting,
)
from tests.services.salesforce_simulator import Access, Simulator


class Journey:
    """A sign-in that has come to its waiting, on free ports where the real ones are taken by another test."""

    def __init__(self, access: Access, **options: Any) -> None:
        self.sign_in = SignIn(access.oauth, access.tokens, **options)
        self.steps = self.sign_in.steps()
        opened, waiting = next(self.steps), next(self.steps)
        assert isinstance(opened, OpenBrowser)
        assert isinstance(waiting, Waiting)
        self.url, self.redirect_uri = opened.url, waiting.redirect_uri
        self.query = {name: values[0] for name, values in parse_qs(urlsplit(opened.url).query).items()}
        self.port = int(urlsplit(waiting.redirect_uri).port or 0)
        self.outcome: queue.SimpleQueue[object] = queue.SimpleQueue()

    def go_on(self) -> None:
        """Run the other steps in a thread."""

        def run() -> None:
            try:
                for step in self.steps:
                    self.outcome.put(step)
            except DisfError as error:
                self.outcome.put(error)

        self.thread = threading.Thread(target=run)
        self.thread.start()

    def next(self) -> object:
        return self.outcome.get(timeout=20)

    def get(
        self, path: str, host: str | None = None, method: str = "GET", **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """Ask the listener as a browser (or a hostile page) would; nothing is followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, headers={"Host": host or f"localhost:{self.port}", **headers})
        reply = connection.getresponse()
        body = reply.read().decode()
        told = dict(reply.getheaders())
        connection.close()
        return reply.status, told, body

    def end(self) -> None:
        self.sign_in.cancel.set()
        self.thread.join(20)
        assert not self.thread.is_alive()


@pytest.fixture
def journey(access: Access) -> Iterator[Journey]:
    made = Journey(access)
    made.go_on()
    yield made
    made.end()


def browse(url: str, simulator: Simulator, answer: str = "allow") -> requests.Response:
    """Do what a person does in the browser: sign in, answer, and follow back to the program."""
    with requests.Session() as browser:
        page = browser.get(url, timeout=10)
        action = simulator.ready["salesforce_url"] + "/services/oauth2/authorize"
        for more in ({k: simulator.ready[k] for k in ("username", "password")}, {"answer": answer}):
            form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
            page = browser.post(action, data={**form, **more}, timeout=10)
        return page


def test_a_person_signs_in(simulator: Simulator, access: Access, journey: Journey) -> None:
    access.secrets.clear()
    assert journey.query["code_challenge_method"] == "S256"
    assert journey.query["redirect_uri"] == journey.redirect_uri
    assert journey.redirect_uri in CALLBACKS
    page = browse(journey.url, simulator)
    assert page.status_code == 200
    assert "code=" not in page.url, "the code does not stay in the address bar"
    assert "Vous pouvez fermer" in page.text
    assert "You can close" in page.text
    assert isinstance(journey.next(), CodeReceived)
    done = journey.next()
    assert isinstance(done, SignedIn)
    assert done.identity.username == simulator.ready["username"]
    assert access.secrets[REFRESH_TOKEN]
    before = simulator.requests()["token"]
    assert access.tokens.current()
    assert simulator.requests()["token"] == before, "the token of the sign-in is used, not another"


def test_a_person_refuses(simulator: Simulator, access: Access, journey: Journey) -> None:
    before = dict(access.secrets)
    page = browse(journey.url, simulator, answer="deny")
    assert "refusée" in page.text
    assert isinstance(journey.next(), CodeReceived)
    assert isinstance(journey.next(), AccessRefused)
    assert access.secrets == before


def test_the_address_may_be_pasted_where_the_browser_cannot_come_back(
    simulator: Simulator, access: Access, journey: Journey
) -> None:
    page_address: list[str] = []
    with requests.Session() as browser:
        page = browser.get(journey.url, timeout=10)
        action = simulator.ready["salesforce_url"] + "/services/oauth2/authorize"
        for more in ({k: simulator.ready[k] for k in ("username", "password")}, {"answer": "allow"}):
            form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
            page = browser.post(action, data={**form, **more}, timeout=10, allow_redirects=False)
        page_address.append(page.headers["Location"])
    paste, whole = journey.sign_in.paste, page_address[0]
    assert paste("https://login.salesforce.com/somewhere") is Pasted.NOT_RETURNED
    assert paste("") is Pasted.NOT_RETURNED
    assert paste("http://[") is Pasted.NOT_RETURNED
    assert paste(whole.replace("state=", "state=x")) is Pasted.ANOTHER_SIGN_IN
    assert paste(whole[: whole.index("&")]) is Pasted.CUT
    assert paste(whole.partition("?")[0]) is Pasted.CUT
    assert paste(f"  {whole[:40]}\n{whole[40:]}\n") is Pasted.TAKEN, "a mail program has broken the line"
    assert isinstance(journey.next(), CodeReceived)
    assert isinstance(journey.next(), SignedIn)


def test_a_forged_or_missing_state_changes_nothing(journey: Journey) -> None:
    state = journey.query["state"]
    for forged in ("", "x", state[:-1], state + "x", "é"):
        status, _, _ = journey.get(f"/OauthRedirect?code=evil&state={quote(forged)}")
        assert status == 400
    for strange in (
        f"code=a&code=b&state={state}",
        f"state={state}&state={state}&code=x",
        f"state={state}",
        "code=evil",
    ):
        assert journey.get(f"/OauthRedirect?{strange}")[0] == 400
    assert journey.get(f"/OauthRedirect?error=access_denied&state=x{state}")[0] == 400
    assert journey.outcome.empty()


def test_only_the_first_answer_counts(journey: Journey) -> None:
    state = journey.query["state"]
    assert journey.get(f"/OauthRedirect?code=first&state={state}")[0] == 303
    assert journey.get(f"/OauthRedirect?code=second&state={state}")[0] == 400
    assert journey.get("/done")[0] == 200
    assert isinstance(journey.next(), CodeReceived)
    assert isinstance(journey.next(), AuthorizationNeeded), "the made-up code is refused by the org"


def test_a_favicon_another_path_and_other_verbs_get_an_error(journey: Journey) -> None:
    state = journey.query["state"]
    for path in ("/favicon.ico", "/", "/done", "/refused", "/OauthRedirect/", "/oauthredirect"):
        assert journey.get(f"{path}?code=x&state={state}")[0] == 404
    for verb in ("POST", "PUT", "DELETE", "HEAD", "PATCH"):
        assert journey.get(f"/OauthRedirect?code=x&state={state}", method=verb)[0] == 405
    assert journey.outcome.empty()


@pytest.mark.parametrize("host", ["evil.example", "localhost", "localhost.evil.example:{port}", "127.0.0.1:1", ""])
def test_a_foreign_host_header_is_refused(journey: Journey, host: str) -> None:
    named = host.format(port=journey.port)
    path = f"/OauthRedirect?code=x&state={journey.query['state']}"
    assert journey.get(path, host=named or " ")[0] == 403
    assert journey.outcome.empty()


def test_a_browser_that_asks_before_it_enters_a_private_network_is_let_in_from_salesforce_only(
    simulator: Simulator, journey: Journey
) -> None:
    asked = {"Access-Control-Request-Private-Network": "true", "Access-Control-Request-Method": "GET"}
    for origin in ("https://acme.my.salesforce.com", simulator.ready["salesforce_url"]):
        status, headers, _ = journey.get("/OauthRedirect", method="OPTIONS", Origin=origin, **asked)
        assert (status, headers["Access-Control-Allow-Private-Network"]) == (204, "true")
        assert headers["Access-Control-Allow-Origin"] == origin
    for origin in ("https://evil.example", "null", "https://salesforce.com.evil.example"):
        status, headers, _ = journey.get("/OauthRedirect", method="OPTIONS", Origin=origin, **asked)
        assert status == 403
        assert "Access-Control-Allow-Origin" not in headers
    assert journey.get("/OauthRedirect", method="OPTIONS", Origin="https://acme.my.salesforce.com")[0] == 403


def test_pages_are_not_stored_and_run_nothing(journey: Journey) -> None:
    _, headers, _ = journey.get(f"/OauthRedirect?error=access_denied&state={journey.query['state']}")
    assert headers["Location"] == "/refused"
    status, headers, body = journey.get("/refused")
    assert status == 200
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "<script" not in body


def test_a_visitor_who_says_nothing_does_not_keep_others_out(simulator: Simulator, journey: Journey) -> None:
    with socket.create_connection(("127.0.0.1", journey.port)) as silent:
        silent.sendall(b"GET /Oauth")
        assert browse(journey.url, simulator).status_code == 200
        assert isinstance(journey.next(), CodeReceived)
        assert isinstance(journey.next(), SignedIn)


def test_cancelling_ends_the_waiting_and_frees_the_port(access: Access) -> None:
    cancel = threading.Event()
    journey = Journey(access, cancel=cancel)
    journey.go_on()
    cancel.set()
    assert isinstance(journey.next(), Stopped)
    journey.thread.join(20)
    with socket.create_server(("127.0.0.1", journey.port)):
        pass


def test_a_time_limit_is_only_there_when_given(access: Access) -> None:
    journey = Journey(access, within_s=0.1)
    with pytest.raises(Stopped, match="time"):
        next(journey.steps)


def test_a_sign_in_that_is_left_frees_its_port(access: Access) -> None:
    journey = Journey(access)
    journey.steps.close()  # type: ignore[attr-defined]
    with socket.create_server(("127.0.0.1", journey.port)):
        pass


def test_a_port_that_is_taken_leads_to_the_next_and_none_is_said(access: Access) -> None:
    with socket.create_server(("127.0.0.1", PORTS[0])):
        journey = Journey(access)
        assert journey.port == PORTS[1]
        journey.steps.close()  # type: ignore[attr-defined]
        with (
            socket.create_server(("127.0.0.1", PORTS[1])),
            socket.create_server(("127.0.0.1", PORTS[2])),
            pytest.raises(ServiceUnavailable, match=str(PORTS[2])),
        ):
            Journey(access)


def test_a_stranger_on_the_other_loopback_address_leads_to_the_next_port(access: Access) -> None:
    try:
        stranger = socket.create_server(("::1", PORTS[0]), family=socket.AF_INET6)
    except OSError:
        # Without IPv6 no browser can be led there either, and the first port is right.
        journey = Journey(access)
        assert journey.port == PORTS[0]
    else:
        with stranger:
            journey = Journey(access)
            assert journey.port == PORTS[1]
    journey.steps.close()  # type: ignore[attr-defined]


def test_neither_code_nor_state_is_logged_printed_or_raised(
    access: Access, journey: Journey, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    state = journey.query["state"]
    journey.get(f"/OauthRedirect?code=canary-code&state={state}")
    journey.get("/done")
    received, error = journey.next(), journey.next()
    printed = capfd.readouterr()
    assert isinstance(error, DisfError)
    said = f"{caplog.text}{printed.out}{printed.err}{received!r}{error!r}{error.detail}{error.what_to_do}"
    assert "canary-code" not in said
    assert state not in said
