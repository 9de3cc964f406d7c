"""Services that answer what they should not: rubbish, too much, for ever, from elsewhere.

First one answer after the other to the transport itself; then whole syncs, in which a right answer of the simulator is
spoilt on its way. Each ends in a value or in an error of ours, in bounded memory, and no token leaves for another host.
`DISF_FUZZ` says how many syncs there are (10 here).
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import resource
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disf_desktop.core.errors import DisfError, ServiceUnavailable, SettingsError, UnexpectedAnswer
from disf_desktop.core.preparation_package import version_id_of
from disf_desktop.services.dialog_insight.wire import parse
from disf_desktop.services.oauth import Client, OAuth, instance_is_trusted
from disf_desktop.services.salesforce.descriptions import Descriptions
from disf_desktop.services.salesforce.wire import read_json
from disf_desktop.services.transport import LARGEST_REPLY, ReplyLost, Transport, origin_of
from disf_desktop.workspace import Workspace
from tests.faults.proxy import FaultyNetwork
from tests.journeys.rehearsal import Rehearsal, only
from tests.security.hostile import spoilt
from tests.services.salesforce_simulator import DATA, Simulator
from tests.services.transport_server import Peer, answer, raw, serving

EXAMPLES = int(os.environ.get("DISF_FUZZ", "10"))
GROWTH_KB = 3 * LARGEST_REPLY // 1024
TOKEN = "canary-token-5c1d"
CONTACT = json.loads((DATA / "describe" / "Contact.json").read_text(encoding="utf-8"))
CONTACT["fields"] = [each for each in CONTACT["fields"] if each["type"] in ("reference", "picklist", "id", "email")][:8]


class Hurried:
    """A clock on which nobody waits before a retry."""

    def monotonic(self) -> float:
        return 1.0

    def sleep(self, seconds: float) -> None:
        assert 0 <= seconds < 10_000


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """Hold that no test here makes this process grow beyond a few of the largest answers."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown / (1024 if sys.platform == "darwin" else 1) < GROWTH_KB


def ask(url: str, body: bytes | None = None) -> Any:
    transport = Transport([url], timeout_s=5, clock=Hurried())
    try:
        reply = transport.send(
            "GET" if body is None else "POST", url + "/x", headers={"Authorization": f"Bearer {TOKEN}"}, body=body,
            repeatable=False,
        )  # fmt: skip
        return reply.json()
    finally:
        transport.close()


def endless(peer: Peer) -> None:
    """Answer in chunks that never end."""
    peer.request()
    peer.connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    chunk = b"100000\r\n" + b"1" * 0x100000 + b"\r\n"
    try:
        while True:
            peer.connection.sendall(chunk)
    except OSError:
        return


BOMB = gzip.compress(b"[" + b"0," * (LARGEST_REPLY * 3 // 4) + b"0]", 9)


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (answer(200, BOMB, "Content-Encoding: gzip", "Content-Type: application/json"), ReplyLost),
        (answer(200, b"not gzip at all", "Content-Encoding: gzip"), ReplyLost),
        (endless, ReplyLost),
        (answer(200, b"{}", length=10**15), ReplyLost),
        (answer(200, b"[" * 1_000_000), UnexpectedAnswer),
        (answer(200, b'{"a":' * 100_000 + b"1" + b"}" * 100_000), UnexpectedAnswer),
        (answer(200, b'{"a": NaN}'), UnexpectedAnswer),
        (answer(200, b'{"a": "\xe9"}', "Content-Type: application/json; charset=utf-8"), UnexpectedAnswer),
        (answer(200, '{"a": 1}'.encode("utf-16"), "Content-Type: application/json; charset=utf-16"), UnexpectedAnswer),
        (answer(200, b'{"a": "\\ud800"}'), UnexpectedAnswer),
        (answer(200, b""), UnexpectedAnswer),
        (answer(200, b"<html>"), UnexpectedAnswer),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000 + b"\r\n{}"), ServiceUnavailable),
        (raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n{}"), ServiceUnavailable),
        (raw(b"HTTP/9.9 abc\r\n\r\n"), ServiceUnavailable),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"), ServiceUnavailable),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}"), ServiceUnavailable),
        (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), ServiceUnavailable),
        (raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), ServiceUnavailable),
        (raw(b""), ServiceUnavailable),
    ],
    ids=[
        "gzip bomb", "no gzip", "endless", "a length that lies", "deep list", "deep object", "not a number",
        "another charset", "utf-16", "half a character", "nothing", "html", "many headers", "a long header",
        "a status that is none", "two lengths", "a chunk that is none", "another protocol", "tls", "silence",
    ],
)  # fmt: skip
def test_an_answer_that_is_none_ends_in_an_error_of_ours(act: Callable[[Peer], None], error: type[DisfError]) -> None:
    with serving(act) as server, pytest.raises(error) as told:
        ask(server.url, b"{}")
    assert TOKEN not in f"{told.value} {told.value!r} {told.value.detail}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_host_takes_no_token_there(status: int) -> None:
    with serving(answer()) as elsewhere:
        with serving(answer(status, b"{}", f"Location: {elsewhere.url}/take")) as server:
            ask(server.url)
        assert elsewhere.seen == []


@pytest.mark.parametrize(
    "headers",
    [
        ("Date: yesterday",), ("Date: Mon, 99 Foo 2026 99:99:99 GMT",), ("Date: " + "9" * 5000,),
        ("Retry-After: -5",), ("Retry-After: " + "9" * 400,), ("Retry-After: soon",),
        ("Set-Cookie: a=b; Domain=evil.example",), ("Content-Type: text/html; charset=" + "x" * 5000,),
        ("Location: https://evil.example/",), ("Content-Disposition: attachment; filename=../../x",),
    ],
    ids=lambda headers: str(headers[0][:24]),
)  # fmt: skip
def test_headers_that_make_no_sense_change_nothing(headers: tuple[str, ...]) -> None:
    for status in (200, 503):
        with serving(answer(status, b'{"a": 1}', *headers)) as server:
            assert ask(server.url) == {"a": 1}


@pytest.mark.parametrize("read", [read_json, parse])
def test_json_that_is_nested_beyond_any_answer_is_no_value(read: Callable[[bytes], Any]) -> None:
    for deep in (b"[" * 100_000 + b"]" * 100_000, b'{"Success":' * 50_000 + b"1" + b"}" * 50_000):
        with pytest.raises(ValueError):
            read(deep)


@settings(max_examples=30 * EXAMPLES)
@given(st.integers())
def test_any_description_of_an_object_makes_a_schema_or_an_error_of_ours(seed: int) -> None:
    chance = random.Random(seed)
    told = spoilt(CONTACT, chance, 2)
    descriptions = Descriptions(lambda paths: [told] * len(paths))
    try:
        schema = descriptions.schema("Contact", ["Account.Name"])
    except DisfError:
        return
    for field in schema.fields.values():
        assert isinstance(field.label, str)
        assert isinstance(field.length, int)


ADDRESSES = (
    "http://[", "https://[::1", "https://a]b.salesforce.com", "https://x.salesforce.com:99999", "https://", "", "x",
    "https://x.salesforce.com\\@evil.example", "https://evil.example#.salesforce.com", "//evil.example/.salesforce.com",
    "https://x.salesforce.com.evil.example", "https://x.salesforce.com%2eevil.example", "http://x.salesforce.com",
    "https://x@evil.example", "https://u:p@x.salesforce.com", "ftp://x.salesforce.com", "https://evilsalesforce.com",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_token_answer_that_names_a_strange_address_of_the_org_is_refused_and_nobody_is_contacted(
    address: str,
) -> None:
    body = json.dumps({"access_token": TOKEN, "instance_url": address, "refresh_token": "next"}).encode()
    with serving(answer(200, body)) as server:
        transport = Transport([server.url], timeout_s=5, clock=Hurried())
        with pytest.raises((UnexpectedAnswer, SettingsError)) as told:
            OAuth(Client(server.url, "client"), transport).refresh("former")
        transport.close()
    assert TOKEN not in f"{told.value} {told.value!r}"
    assert len(server.seen) == 1


@settings(max_examples=30 * EXAMPLES)
@given(st.text(max_size=60) | st.tuples(st.sampled_from(ADDRESSES), st.text(max_size=12)).map("".join))
def test_only_an_address_of_salesforce_by_https_is_trusted_whatever_is_written(address: str) -> None:
    trusted = instance_is_trusted(address, "https://login.salesforce.com")
    try:
        origin = origin_of(address)
    except SettingsError:
        return
    assert not trusted or re.fullmatch(
        r"https://[^/@\\#?]+\.(salesforce|force|cloudforce|salesforce-setup)\.[a-z.]+:\d+", origin
    )


@given(st.sampled_from(ADDRESSES) | st.text(max_size=80))
def test_an_installation_link_is_an_id_or_none(link: str) -> None:
    assert (version_id_of(link) or "04t").startswith("04t")


class SpoilingNetwork(FaultyNetwork):
    """Spoils one answer, the one that comes after so many others."""

    def spoil_after(self, exchanges: int, seed: int) -> None:
        self.left, self.seed, self.what = exchanges, seed, ""

    def changed(self, reply: bytes) -> bytes:
        self.left -= 1
        if self.left != 0:
            return reply
        chance = random.Random(self.seed)
        head, _, body = reply.partition(b"\r\n\r\n")
        way = chance.choice(("value", "value", "value", "value", "bytes", "status", "nothing", "another"))
        status = head.split(b" ", 2)[1]
        if way == "value":
            try:
                tree = json.loads(body)
            except ValueError:
                way = "bytes"
            else:
                body = json.dumps(spoilt(tree, chance, chance.randrange(1, 4))).encode("utf-8", "surrogatepass")
        if way == "bytes":
            at = chance.randrange(len(body) + 1)
            body = (
                body[:at] + chance.choice((b"\0", b"\xff", b"]", b'"', b"NaN", b"")) + body[at + chance.randrange(40) :]
            )
        elif way == "status":
            status = chance.choice((b"100", b"204", b"206", b"302", b"400", b"401", b"403", b"404", b"500", b"599"))
        elif way == "nothing":
            body = b""
        elif way == "another":
            body = chance.choice(
                (b"[]", b"{}", b"null", b"0", b'""', b"[null]", b'[{"errorCode":1}]', b"<html></html>")
            )
        self.what = f"{way} {status!r} {body[:300]!r}"
        kept = [
            line for line in head.split(b"\r\n")[1:] if not line.lower().startswith((b"content-length", b"transfer"))
        ]
        first = b"HTTP/1.1 " + status + b" X"
        return b"\r\n".join([first, *kept, b"Content-Length: %d" % len(body), b"Connection: close", b"", body])


@pytest.fixture(scope="module")
def spoiling(
    simulator: Simulator, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Rehearsal, list[SpoilingNetwork]]]:
    chance = random.Random(1)
    networks = [SpoilingNetwork(simulator.ready[name], chance) for name in ("salesforce_url", "dialog_insight_url")]
    for each in networks:
        each.spoil_after(0, 0)

    def through(project: dict[str, Any]) -> None:
        only("Contacts", "Web sign-ups", "Orders")(project)
        project["connections"][0] |= {"login_url": networks[0].url, "timeout_s": 5}
        project["connections"][1] |= {"root_url": f"{networks[1].url}/webservices/ofc4/", "timeout_s": 5}

    rehearsal = Rehearsal(simulator, tmp_path_factory.mktemp("spoilt"), through)
    rehearsal.sync()
    yield rehearsal, networks
    for network in networks:
        network.close()


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.integers(1, 60), st.sampled_from([0, 0, 1]))
def test_a_sync_in_which_an_answer_is_spoilt_ends_in_figures_or_in_an_error_of_ours(
    spoiling: tuple[Rehearsal, list[SpoilingNetwork]], seed: int, exchange: int, side: int
) -> None:
    rehearsal, networks = spoiling
    # The first answer of Salesforce is the new refresh token: without it nobody is signed in any more.
    networks[side].spoil_after(2 + exchange % 15 if side == 0 else exchange, seed)
    first = next(iter(rehearsal.people()))
    rehearsal.in_salesforce(first, Phone=f"514 {seed % 10_000_000}")
    rehearsal.later(5)
    try:
        for event in rehearsal.workspace.sync():
            json.dumps(event.as_json(), default=str)
    except DisfError as error:
        assert error.what_to_do  # noqa: PT017 - both ends are right
    except BaseException as failure:
        failure.add_note(f"side {side}, exchange {exchange}, seed {seed}: {networks[side].what}")
        raise
    finally:
        networks[side].spoil_after(0, 0)


VERBS: dict[str, Callable[[Workspace], object]] = {
    "check": lambda workspace: workspace.check(),
    "prepare": lambda workspace: list(workspace.prepare("salesforce-demo")),
    "objects": lambda workspace: workspace.objects("salesforce-demo"),
    "fields": lambda workspace: workspace.salesforce_schema("salesforce-demo", "Contact", ["Account.Name"]),
    "sample": lambda workspace: workspace.sample("salesforce-demo", "Contact", ["Id", "Email", "Account.Name"]),
    "filter": lambda workspace: workspace.try_filter("salesforce-demo", "Contact", "LastName = 'Roy'"),
    "test": lambda workspace: workspace.test("salesforce-demo"),
}


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(list(VERBS)), st.integers(0, 2**32), st.integers(2, 12))
def test_whatever_else_is_asked_of_an_org_that_answers_rubbish_ends_in_a_value_or_in_an_error_of_ours(
    spoiling: tuple[Rehearsal, list[SpoilingNetwork]], verb: str, seed: int, exchange: int
) -> None:
    rehearsal, networks = spoiling
    # The more is asked, the later the answer that is spoilt; the first one is the new refresh token.
    networks[0].spoil_after(exchange if verb in ("check", "prepare") else 2 + exchange % 3, seed)
    try:
        VERBS[verb](rehearsal.workspace)
    except DisfError as error:
        assert error.what_to_do  # noqa: PT017 - both ends are right
    except BaseException as failure:
        failure.add_note(f"{verb}, exchange {exchange}, seed {seed}: {networks[0].what}")
        raise
    finally:
        networks[0].spoil_after(0, 0)
