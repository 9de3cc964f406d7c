"""The listener of a sign-in against hostile neighbours: a page in the same browser, a program on the same computer.

None of them gets an answer taken that does not carry the state, none keeps the browser of the person out, and none
makes the program grow. (A whole sign-in beside them: tests/services/oauth.)
"""

from __future__ import annotations

import queue
import resource
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlencode

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.services.callback import PATH, Answer, Listener, answer_of, listen

STATE = "st4te-that-nobody-guesses"
LOGIN = "https://login.salesforce.com"


class Door:
    """A listener, and what was taken."""

    def __init__(self) -> None:
        self.answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        made = listen(0, STATE, self.answers, LOGIN)
        assert made is not None
        self.listener: Listener = made
        self.port = int(made.redirect_uri.partition("localhost:")[2].partition("/")[0])

    def taken(self) -> list[str]:
        """Give the codes that were taken so far."""
        codes = []
        with suppress(queue.Empty):
            while True:
                codes.append(self.answers.get_nowait().code)
        return codes

    def return_with(self, **query: str) -> requests.Response:
        """Come back as the browser does."""
        return requests.get(f"http://127.0.0.1:{self.port}{PATH}?{urlencode(query)}", timeout=10)

    def say(self, data: bytes) -> bytes:
        """Say something to it, and give what it answers until it hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            with suppress(ConnectionError):
                connection.sendall(data)
            heard = b""
            with suppress(ConnectionError):
                while piece := connection.recv(65536):
                    heard += piece
            return heard


@pytest.fixture
def door() -> Iterator[Door]:
    made = Door()
    with made.listener:
        yield made


def get(target: str, *lines: str) -> bytes:
    return "\r\n".join([f"GET {target} HTTP/1.1", *lines, "", ""]).encode("latin-1", "replace")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "localhost.evil.example:{port}", "127.0.0.1:1", "localhost", "", "0:{port}",
        "127.0.0.1:{port}@evil.example",
    ],
)  # fmt: skip
def test_a_name_that_was_rebound_to_this_computer_brings_no_code_in_even_with_the_state(door: Door, host: str) -> None:
    query = urlencode({"code": "stolen", "state": STATE})
    answer = door.say(get(f"{PATH}?{query}", f"Host: {host.format(port=door.port)}"))
    assert b" 403 " in answer.split(b"\r\n")[0]
    assert door.taken() == []
    assert door.return_with(code="own", state=STATE).ok
    assert door.taken() == ["own"]


def test_of_two_that_come_at_once_exactly_one_is_taken(door: Door) -> None:
    start = threading.Barrier(12)

    def come(number: int) -> None:
        start.wait()
        door.return_with(code=f"code-{number}", state=STATE)

    visitors = [threading.Thread(target=come, args=(n,)) for n in range(12)]
    for each in visitors:
        each.start()
    for each in visitors:
        each.join()
    assert len(door.taken()) == 1
    assert door.return_with(code="again", state=STATE).status_code >= 400
    assert door.taken() == []


@pytest.mark.parametrize("part", ["line", "header", "headers", "body"])
def test_a_huge_request_is_dropped_and_takes_no_room(door: Door, part: str) -> None:
    host, much = f"Host: 127.0.0.1:{door.port}", "a" * 3_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    request = {
        "line": get(f"{PATH}?code={much}&state={STATE}", host),
        "header": get(f"{PATH}?code=x&state=wrong", host, f"X-Much: {much}"),
        "headers": get(f"{PATH}?code=x&state=wrong", host, *(f"X-{n}: 1" for n in range(100_000))),
        "body": get(f"{PATH}?code=x&state=wrong", host, f"Content-Length: {10**12}") + much.encode(),
    }[part]
    answer = door.say(request)
    assert not answer or answer.split(b" ")[1].startswith(b"4")
    assert door.taken() == []
    grown_kb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / (1024 if sys.platform == "darwin" else 1)
    assert grown_kb < 100_000
    assert door.return_with(code="own", state=STATE).ok


def test_visitors_who_trickle_or_say_nothing_keep_nobody_out(door: Door) -> None:
    loafers = [socket.create_connection(("127.0.0.1", door.port), timeout=10) for _ in range(40)]
    try:
        for number, each in enumerate(loafers):
            each.sendall(b"GET /OauthRedirect?code=slow"[: number % 25])
        assert door.return_with(code="own", state=STATE).ok
        assert door.taken() == ["own"]
    finally:
        for each in loafers:
            each.close()


def test_a_listener_with_loafers_ends_when_it_is_told_to() -> None:
    door = Door()
    with door.listener:
        loafer = socket.create_connection(("127.0.0.1", door.port), timeout=10)
        loafer.sendall(b"GET /Oauth")
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", door.port), timeout=1):
        pass
    loafer.close()


def test_nothing_that_a_page_can_send_is_taken_without_the_state(door: Door) -> None:
    host = f"Host: localhost:{door.port}"
    for target in (
        f"{PATH}?code=x", f"{PATH}?code=x&state=", f"{PATH}?code=x&state={STATE}&state=other",
        f"{PATH}?code=x&state=other&state={STATE}", f"{PATH}?state={STATE}", f"{PATH}#state={STATE}&code=x",
        f"/other?code=x&state={STATE}", f"{PATH}/?code=x&state={STATE}",
        f"{PATH}?code=x&state={STATE.upper()}", f"{PATH}?code=x;state={STATE}", f"{PATH}?CODE=x&STATE={STATE}",
    ):  # fmt: skip
        answer = door.say(get(target, host))
        assert answer.split(b" ")[1].startswith(b"4"), target
    for verb in ("POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "TRACE", "PRI"):
        query = urlencode({"code": "x", "state": STATE})
        answer = door.say(f"{verb} {PATH}?{query} HTTP/1.1\r\n{host}\r\nContent-Length: 0\r\n\r\n".encode())
        assert not answer or answer.split(b" ")[1].startswith((b"4", b"5")), verb
    assert door.taken() == []


@settings(max_examples=300)
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_any_query_is_an_answer_or_none(query: str) -> None:
    answer = answer_of(query, STATE)
    assert answer is None or STATE in query
