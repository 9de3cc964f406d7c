"""What the transport promises: what was not sent, what is unknown, what is repeated; nothing secret gets out."""

from __future__ import annotations

import gzip
import logging
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from disf_desktop.core.errors import AccessRefused, ServiceUnavailable, SettingsError, UnexpectedAnswer
from disf_desktop.services.transport import TRIES, NothingSent, ReplyLost, Transport, origin_of
from tests.services.transport_server import (
    Peer,
    answer,
    closed_port,
    hang_up,
    raw,
    reset_after_head,
    reset_after_request,
    serving,
)

CANARY = "canary-5e1f"


class StillClock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


def transport(url: str, clock: StillClock, **options: Any) -> Transport:
    return Transport([url], timeout_s=options.pop("timeout_s", 5), clock=clock, **options)


def test_an_answer_of_any_status_is_given_back(clock: StillClock) -> None:
    with serving(answer(404, b"gone", "X-Thing: yes")) as server:
        reply = transport(server.url, clock).send("GET", server.url + "/x", repeatable=True)
    assert (reply.status, reply.body, reply.headers["x-thing"], reply.ok) == (404, b"gone", "yes", False)


def test_a_refused_connection_is_nothing_sent_and_is_tried_again_even_for_a_write(clock: StillClock) -> None:
    url = f"http://127.0.0.1:{closed_port()}"
    with pytest.raises(NothingSent):
        transport(url, clock).send("POST", url, body=b"x", repeatable=False)
    assert len(clock.slept) == TRIES - 1


def test_a_name_that_does_not_resolve_is_nothing_sent(clock: StillClock) -> None:
    url = "https://nobody.invalid"
    with pytest.raises(NothingSent):
        transport(url, clock).send("POST", url, body=b"x", repeatable=False)


def test_a_reset_before_the_first_byte_of_the_body_is_nothing_sent(clock: StillClock) -> None:
    arrived = threading.Event()

    def slow_body() -> Iterator[bytes]:
        # The body is only produced once the server has hung up, so not one byte of it can have left.
        arrived.wait(10)
        yield b""
        raise ConnectionResetError

    def reset(peer: Peer) -> None:
        peer.head()
        peer.reset()
        arrived.set()

    with serving(*[reset] * TRIES) as server, pytest.raises(NothingSent):
        transport(server.url, clock).send("POST", server.url, body=slow_body, repeatable=False)


@pytest.mark.parametrize(
    "act", [reset_after_request, hang_up, raw(b"HTTP/1.1 200 OK\r\nContent-Le"), raw(b"rubbish\r\n\r\n")]
)
def test_a_write_whose_reply_is_lost_is_unknown_and_never_repeated(clock: StillClock, act: Any) -> None:
    with serving(act, answer()) as server:
        with pytest.raises(ReplyLost):
            transport(server.url, clock).send("POST", server.url, body=b"x", repeatable=False)
        assert len(server.seen) == 1
    assert clock.slept == []


def test_a_delete_without_a_body_counts_as_sent_from_its_head(clock: StillClock) -> None:
    with serving(reset_after_head, answer()) as server:
        with pytest.raises(ReplyLost):
            transport(server.url, clock).send("DELETE", server.url, repeatable=False)
        assert len(server.seen) == 1


def test_a_write_without_an_answer_in_time_is_unknown(clock: StillClock) -> None:
    with serving("silence", answer()) as server:
        with pytest.raises(ReplyLost, match="in time"):
            transport(server.url, clock, timeout_s=0.2).send("POST", server.url, body=b"x", repeatable=False)
        assert len(server.seen) == 1


@pytest.mark.parametrize(
    "lost",
    [
        answer(200, b'{"a":1', length=400),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n9\r\nabc"),
        # It says that it hangs up: a connection that ends a moment later may be used again, and cost one more call.
        raw(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"),
    ],
)
def test_a_cut_body_is_a_lost_reply_and_a_read_is_repeated(clock: StillClock, lost: Any) -> None:
    with serving(lost, answer(200, b'{"a":1}')) as server:
        there = transport(server.url, clock)
        assert there.send("GET", server.url, repeatable=True).json() == {"a": 1}
        assert there.calls == 2
    with serving(lost) as server, pytest.raises(ReplyLost):
        transport(server.url, clock).send("POST", server.url, body=b"x", repeatable=False)


def test_a_transient_status_is_waited_out_as_long_as_the_service_asks(clock: StillClock) -> None:
    with serving(answer(503, b"", "Retry-After: 7"), answer(429, b""), answer()) as server:
        there = transport(server.url, clock)
        assert there.send("GET", server.url, repeatable=True).ok
        assert there.calls == 3
    assert clock.slept[0] >= 7
    assert len(clock.slept) == 2


def test_a_wait_may_be_asked_as_a_date_of_the_service(clock: StillClock) -> None:
    dates = ("Date: Sun, 22 Nov 2026 10:00:00 GMT", "Retry-After: Sun, 22 Nov 2026 10:00:40 GMT")
    with serving(answer(503, b"", *dates), answer()) as server:
        assert transport(server.url, clock).send("GET", server.url, repeatable=True).ok
    assert 40 <= clock.slept[0] <= 41


def test_a_wait_of_hours_is_handed_on_instead_of_slept(clock: StillClock) -> None:
    with serving(answer(429, b"", "Retry-After: 3600")) as server:
        assert transport(server.url, clock).send("GET", server.url, repeatable=True).status == 429
    assert clock.slept == []


def test_a_write_is_not_repeated_on_a_transient_status(clock: StillClock) -> None:
    with serving(answer(503, b""), answer()) as server:
        assert transport(server.url, clock).send("POST", server.url, body=b"x", repeatable=False).status == 503
        assert len(server.seen) == 1


def test_tries_end(clock: StillClock) -> None:
    with serving(*[answer(503, b"")] * TRIES, answer()) as server:
        assert transport(server.url, clock).send("GET", server.url, repeatable=True).status == 503
        assert len(server.seen) == TRIES


def test_a_streamed_body_that_is_cut_says_so_after_its_last_piece(clock: StillClock) -> None:
    with serving(answer(200, b"half" * 100_000, length=800_000)) as server:
        reply = transport(server.url, clock).send("GET", server.url, repeatable=True, stream=True)
        pieces = reply.chunks()
        assert next(pieces).startswith(b"half")
        with pytest.raises(ReplyLost):
            list(pieces)


def test_a_streamed_body_is_unzipped_on_the_way(clock: StillClock) -> None:
    body = gzip.compress(b"abc" * 100_000)
    with serving(answer(200, body, "Content-Encoding: gzip")) as server:
        reply = transport(server.url, clock).send("GET", server.url, repeatable=True, stream=True)
        assert b"".join(reply.chunks()) == b"abc" * 100_000


def test_an_upload_from_a_generator_is_made_again_for_each_try(clock: StillClock) -> None:
    made: list[int] = []

    def body() -> Iterator[bytes]:
        made.append(1)
        yield b"first,"
        yield b"second"

    with serving(answer(503, b""), answer()) as server:
        assert transport(server.url, clock).send("PUT", server.url, body=body, repeatable=True).ok
        assert all(b"6\r\nfirst,\r\n6\r\nsecond\r\n0\r\n" in seen for seen in server.seen)
    assert len(made) == 2


def test_html_with_200_is_an_unexpected_answer_when_json_was_meant(clock: StillClock) -> None:
    with serving(answer(200, f"<html>{CANARY}</html>".encode(), "Content-Type: text/html")) as server:
        reply = transport(server.url, clock).send("GET", server.url, repeatable=True)
    with pytest.raises(UnexpectedAnswer) as caught:
        reply.json()
    assert CANARY not in f"{caught.value} {caught.value.detail}"


def test_a_redirect_is_not_followed(clock: StillClock) -> None:
    with serving(answer()) as other, serving(answer(302, b"", f"Location: {other.url}/stolen")) as server:
        assert transport(server.url, clock).send("GET", server.url, repeatable=True).status == 302
        assert other.seen == []


def test_a_host_that_the_connection_does_not_name_is_never_contacted(clock: StillClock) -> None:
    with serving(answer(), answer()) as other:
        there = transport("https://login.example.org", clock)
        with pytest.raises(AccessRefused):
            there.send("GET", other.url, repeatable=True)
        assert other.seen == []
        there.allow(other.url)
        assert there.send("GET", other.url, repeatable=True).ok


@pytest.mark.parametrize(
    "url", ["http://example.org", "http://localhost", "ftp://example.org", "example.org", "https://", "https://a:b"]
)
def test_only_https_or_a_loopback_number_is_an_address(url: str) -> None:
    with pytest.raises(SettingsError):
        origin_of(url)
    assert origin_of("http://[::1]:8080/x") == "http://[::1]:8080"
    assert origin_of("https://Example.org/y") == "https://example.org:443"


def test_the_clock_of_the_service_goes_on_with_the_monotonic_one(clock: StillClock) -> None:
    with serving(
        answer(200, b"{}", "Date: Sun, 22 Nov 2026 10:00:00 GMT"), answer(200, b"{}", "Date: nonsense")
    ) as server:
        there = transport(server.url, clock)
        assert there.server_now() is None
        there.send("GET", server.url, repeatable=True)
        clock.time += 90
        there.send("GET", server.url, repeatable=True)
        assert there.server_now() == datetime(2026, 11, 22, 10, 1, 30, tzinfo=UTC)


def test_cookies_are_not_kept_and_netrc_is_not_read(
    clock: StillClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login eve password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with serving(answer(200, b"{}", "Set-Cookie: a=b"), answer()) as server:
        there = transport(server.url, clock)
        for _ in range(2):
            there.send("GET", server.url, repeatable=True, headers={"Authorization": "Bearer mine"})
        assert all(b"Bearer mine" in seen and b"Basic" not in seen and b"Cookie" not in seen for seen in server.seen)


def test_a_proxy_of_the_environment_is_used_but_never_for_loopback(
    clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(answer(502, b"no")) as proxy, serving(answer()) as server:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(name, proxy.url)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        assert transport(server.url, clock).send("GET", server.url, repeatable=True).ok
        assert proxy.seen == []
        with pytest.raises(NothingSent):
            # The tunnel is refused once, then nobody listens: either way our own bytes never left.
            transport("https://example.org", clock).send("POST", "https://example.org", body=b"x", repeatable=False)
        assert proxy.seen[0].startswith(b"CONNECT example.org:443")


def test_a_tunnel_that_cannot_be_opened_again_is_nothing_sent(
    clock: StillClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("org.example").configure_cert(context)
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))

    def tunnel(peer: Peer) -> None:
        peer.head()
        peer.connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with context.wrap_socket(peer.connection, server_side=True) as inner:
            Peer(inner, peer.seen).request()
            inner.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    def refuse(peer: Peer) -> None:
        peer.head()
        peer.connection.sendall(b"HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")

    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with serving(tunnel, *[refuse] * TRIES) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        there = transport("https://org.example", clock, ca_file=str(ca_file))
        assert there.send("POST", "https://org.example/first", body=b"x", repeatable=False).ok
        # The connection is used again as an object, and opens its tunnel anew: those bytes are not of the request.
        with pytest.raises(NothingSent):
            there.send("POST", "https://org.example/second", body=b"x", repeatable=False)
        assert not any(b"second" in seen for seen in proxy.seen)


def test_tls_is_verified_by_the_system_and_by_a_named_authority(clock: StillClock, tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    with serving(answer(), tls=context) as server:
        with pytest.raises(NothingSent, match="trusted") as caught:
            transport(server.url, clock).send("POST", server.url, body=b"x", repeatable=False)
        assert caught.value.lasting
        assert caught.value.reason == "untrusted"
        assert clock.slept == [], "a certificate does not become trusted by trying again"
    with serving(answer(), tls=context) as server:
        assert transport(server.url, clock, ca_file=str(ca_file)).send("GET", server.url, repeatable=True).ok


def test_a_certificate_out_of_its_time_tells_of_the_clock(clock: StillClock, tmp_path: Path) -> None:
    authority = trustme.CA()
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    now = datetime.now(UTC)
    past, future = timedelta(days=-3), timedelta(days=3)
    for begin, end in ((past, past / 3), (future, future * 3)):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost", not_before=now + begin, not_after=now + end).configure_cert(context)
        with serving(answer(), tls=context) as server:
            with pytest.raises(NothingSent) as caught:
                transport(server.url, clock, ca_file=str(ca_file)).send("GET", server.url, repeatable=True)
            assert (caught.value.reason, caught.value.lasting) == ("clock", True)


def test_a_host_that_is_not_there_is_told_from_one_that_breaks_off(clock: StillClock) -> None:
    with serving(hang_up) as server:
        with pytest.raises(ReplyLost) as lost:
            transport(server.url, clock).send("POST", server.url, body=b"x", repeatable=False)
        assert lost.value.reason == "cut_off"
        closed = server.url
    with pytest.raises(NothingSent) as nothing:
        transport(closed, clock).send("POST", closed, body=b"x", repeatable=False)
    assert nothing.value.reason == "unreachable"


def test_a_certificate_of_another_name_is_refused(clock: StillClock, tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("elsewhere.example").configure_cert(context)
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    with serving(answer(), tls=context) as server, pytest.raises(NothingSent):
        transport(server.url, clock, ca_file=str(ca_file)).send("GET", server.url, repeatable=True)


@pytest.mark.parametrize("content", [None, "not a certificate"])
def test_an_authority_file_that_cannot_be_used_is_a_setting_to_repair(tmp_path: Path, content: str | None) -> None:
    ca_file = tmp_path / "ca.pem"
    if content is not None:
        ca_file.write_text(content)
    with pytest.raises(SettingsError):
        Transport([], timeout_s=5, ca_file=str(ca_file))


@pytest.mark.parametrize("act", [reset_after_request, hang_up, answer(200, b"x", length=9), "silence"])
def test_nothing_secret_is_in_a_log_or_an_error(clock: StillClock, act: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(act) as server, pytest.raises(ServiceUnavailable) as caught:
        transport(server.url, clock, timeout_s=0.2).send(
            "POST",
            f"{server.url}/{CANARY}?q={CANARY}",
            headers={"Authorization": CANARY},
            body=CANARY.encode(),
            repeatable=False,
        )
    failure = caught.value
    assert CANARY not in f"{failure!r} {failure} {failure.what_to_do} {failure.detail} {failure.where} {caplog.text}"
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_calls_are_counted_once_each_by_several_threads(clock: StillClock) -> None:
    with serving(*[answer()] * 16) as server:
        there = transport(server.url, clock)
        threads = [
            threading.Thread(target=there.send, args=("GET", server.url), kwargs={"repeatable": True})
            for _ in range(16)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert there.calls == 16
