"""Tokens of a connection: rotation, one refresh at a time, nothing used before it is stored or repeated blindly."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from disf_desktop.core.errors import (
    AccessRefused,
    AuthorizationNeeded,
    DisfError,
    ServiceUnavailable,
    UnexpectedAnswer,
    VaultUnavailable,
)
from disf_desktop.services.oauth import (
    REFRESH_TOKEN,
    Client,
    Grant,
    OAuth,
    TokenProvider,
    instance_is_trusted,
)
from disf_desktop.services.oauth_refusals import refusal
from disf_desktop.services.transport import Transport
from tests.services.oauth.renewer import FileSecrets
from tests.services.salesforce_simulator import Access, Memory, NoWait, Simulator
from tests.services.transport_server import Server, answer, hang_up, serving


def provider(server: Server, folder: Path, secrets: Memory) -> TokenProvider:
    transport = Transport([server.url], timeout_s=5, clock=NoWait())
    return TokenProvider(OAuth(Client(server.url, "app"), transport), secrets, folder / "lock", clock=NoWait())


def granting(url: str, access: str = "new-access", refresh: str = "new-refresh") -> bytes:
    return (f'{{"access_token":"{access}","refresh_token":"{refresh}","instance_url":"{url}"}}').encode()


def test_the_first_token_comes_from_the_refresh_token_and_the_new_one_is_kept(
    simulator: Simulator, access: Access
) -> None:
    before = access.secrets[REFRESH_TOKEN]
    assert access.tokens.current()
    assert access.tokens.current()
    assert access.tokens.instance_url == simulator.ready["salesforce_url"]
    assert access.secrets[REFRESH_TOKEN] != before
    assert simulator.requests() == {"token": 1}


def test_all_threads_with_the_same_stale_token_share_one_refresh(simulator: Simulator, access: Access) -> None:
    stale = access.tokens.current()
    given: list[str] = []
    together = threading.Barrier(8)

    def renew() -> None:
        together.wait()
        given.append(access.tokens.refresh_once(stale))

    threads = [threading.Thread(target=renew) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == 8
    assert len(set(given)) == 1
    assert stale not in given
    assert simulator.requests() == {"token": 2}


def test_processes_that_renew_the_same_connection_never_lose_it(simulator: Simulator, tmp_path: Path) -> None:
    ready = simulator.ready
    secrets = FileSecrets(tmp_path)
    secrets.put(REFRESH_TOKEN, ready["refresh_token"])
    arguments = [str(tmp_path), ready["salesforce_url"], ready["client_id"], "8"]
    command = [sys.executable, "-m", "tests.services.oauth.renewer", *arguments]
    root = Path(__file__).parents[3]
    processes = [subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
    assert simulator.requests() == {"token": 18}
    transport = Transport([ready["salesforce_url"]], timeout_s=5)
    assert OAuth(Client(ready["salesforce_url"], ready["client_id"]), transport).refresh(
        secrets.get(REFRESH_TOKEN) or ""
    )


def test_the_new_refresh_token_is_stored_before_the_access_token_is_used(tmp_path: Path) -> None:
    class Refusing(Memory):
        def put(self, name: str, value: str) -> None:
            raise VaultUnavailable("The keyring is locked.", "Unlock it.")

    secrets = Refusing({REFRESH_TOKEN: "old-refresh"})
    refused = answer(400, b'{"error":"invalid_grant"}')
    with serving(lambda peer: answer(200, granting(server.url))(peer), refused) as server:
        tokens = provider(server, tmp_path, secrets)
        with pytest.raises(VaultUnavailable):
            tokens.current()
        # What could not be stored is not lost while the program runs: it is the one that is sent next.
        with pytest.raises(AuthorizationNeeded):
            tokens.current()
        assert b"refresh_token=new-refresh" in server.seen[1]


def test_a_store_that_forgets_is_noticed(tmp_path: Path) -> None:
    class Forgetful(Memory):
        def put(self, name: str, value: str) -> None:
            pass

    with serving(lambda peer: answer(200, granting(server.url))(peer)) as server, pytest.raises(VaultUnavailable):
        provider(server, tmp_path, Forgetful({REFRESH_TOKEN: "old"})).current()


@pytest.mark.parametrize("act", [hang_up, answer(503, b""), answer(500, b"<html>"), answer(200, b"{", length=9)])
def test_a_refresh_whose_answer_is_lost_is_not_sent_again(tmp_path: Path, act: object) -> None:
    secrets = Memory({REFRESH_TOKEN: "old"})
    with serving(act, answer(200, b"{}")) as server:  # type: ignore[arg-type]
        with pytest.raises(ServiceUnavailable):
            provider(server, tmp_path, secrets).current()
        assert len(server.seen) == 1
    assert secrets == {REFRESH_TOKEN: "old"}


def test_an_exchange_whose_answer_is_lost_asks_for_a_new_sign_in(tmp_path: Path) -> None:
    with serving(hang_up, answer(200, b"{}")) as server:
        oauth = OAuth(Client(server.url, "app"), Transport([server.url], timeout_s=5))
        with pytest.raises(AuthorizationNeeded):
            oauth.exchange("code", verifier="v", redirect_uri="http://localhost:17177/OauthRedirect")
        assert len(server.seen) == 1


def test_without_a_refresh_token_somebody_must_sign_in(access: Access) -> None:
    access.secrets.clear()
    with pytest.raises(AuthorizationNeeded):
        access.tokens.current()


def test_an_old_refresh_token_is_refused_once_it_has_been_rotated(access: Access) -> None:
    old = access.secrets[REFRESH_TOKEN]
    access.tokens.current()
    with pytest.raises(AuthorizationNeeded) as caught:
        access.oauth.refresh(old)
    assert "invalid_grant" in caught.value.detail


def test_a_revoked_connection_is_over_and_may_be_revoked_again(simulator: Simulator, access: Access) -> None:
    stale = access.tokens.current()
    access.tokens.revoke()
    access.tokens.revoke()
    with pytest.raises(AuthorizationNeeded):
        access.tokens.refresh_once(stale)


def test_a_permission_without_refresh_token_is_not_taken_for_lasting(access: Access) -> None:
    with pytest.raises(AccessRefused, match="lasting"):
        access.tokens.accept(Grant("token", "https://org.my.salesforce.com"))


def test_a_public_app_sends_no_secret_and_a_confidential_one_does() -> None:
    for secret, sent in ((None, False), ("shh", True)):
        with serving(answer(400, b'{"error":"invalid_grant"}')) as server:
            oauth = OAuth(Client(server.url, "app", secret), Transport([server.url], timeout_s=5))
            with pytest.raises(AuthorizationNeeded):
                oauth.refresh("r")
            assert (b"client_secret=shh" in server.seen[0]) is sent


@pytest.mark.parametrize(
    ("instance", "login", "trusted"),
    [
        ("https://acme.my.salesforce.com", "https://login.salesforce.com", True),
        ("https://acme--dev.sandbox.my.salesforce.com", "https://test.salesforce.com", True),
        ("https://acme.my.salesforce.com", "https://acme.my.salesforce.com", True),
        ("https://na1.force.com", "https://login.salesforce.com", True),
        ("http://acme.my.salesforce.com", "https://login.salesforce.com", False),
        ("https://evil.example", "https://login.salesforce.com", False),
        ("https://salesforce.com.evil.example", "https://login.salesforce.com", False),
        ("https://notsalesforce.com", "https://login.salesforce.com", False),
        ("https://user@acme.my.salesforce.com", "https://login.salesforce.com", False),
        ("http://127.0.0.1:9", "https://login.salesforce.com", False),
        ("http://127.0.0.1:9", "http://127.0.0.1:8", True),
        ("http://[::1]:9", "http://127.0.0.1:8", True),
        ("https://localhost:9", "https://localhost:8", True),
        ("http://localhost:9", "https://localhost:8", False),
        ("", "https://login.salesforce.com", False),
        ("acme.my.salesforce.com", "https://login.salesforce.com", False),
    ],
)
def test_tokens_go_only_to_salesforce_or_to_the_login_host(instance: str, login: str, trusted: bool) -> None:
    assert instance_is_trusted(instance, login) is trusted


def test_a_token_answer_that_names_a_stranger_is_not_followed(tmp_path: Path) -> None:
    secrets = Memory({REFRESH_TOKEN: "old"})
    with (
        serving(answer(200, granting("https://evil.example"))) as server,
        pytest.raises(UnexpectedAnswer, match=r"evil\.example"),
    ):
        provider(server, tmp_path, secrets).current()


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b'"x"', b"<html>", b'{"access_token":1,"instance_url":"https://x"}', b""]
)
def test_a_token_answer_of_another_shape_is_unexpected(tmp_path: Path, body: bytes) -> None:
    with serving(answer(200, body)) as server, pytest.raises(UnexpectedAnswer):
        provider(server, tmp_path, Memory({REFRESH_TOKEN: "old"})).current()


@pytest.mark.parametrize(
    ("error", "description", "kind"),
    [
        ("invalid_grant", "expired access/refresh token", AuthorizationNeeded),
        ("invalid_grant", "expired authorization code", AuthorizationNeeded),
        ("invalid_grant", "inactive user", AccessRefused),
        ("invalid_grant", "ip restricted", AccessRefused),
        ("invalid_grant", "user hasn't approved this consumer", AccessRefused),
        ("invalid_grant", "something that nobody has seen", AuthorizationNeeded),
        ("invalid_client_id", "client identifier invalid", AccessRefused),
        ("invalid_client", "", AccessRefused),
        ("redirect_uri_mismatch", "", AccessRefused),
        ("access_denied", "end-user denied authorization", AccessRefused),
        ("access-denied", "", AccessRefused),
        ("OAUTH_APP_BLOCKED", "", AccessRefused),
        ("OAUTH_APPROVAL_ERROR_GENERIC", "", AccessRefused),
        ("unsupported_grant_type", "", AccessRefused),
        ("something_new", "", UnexpectedAnswer),
    ],
)
def test_a_refusal_says_what_to_do(error: str, description: str, kind: type[DisfError]) -> None:
    ours = refusal(error, description, 400)
    assert type(ours) is kind
    assert ours.what_to_do
    assert error in ours.detail


@pytest.mark.parametrize(
    ("error", "description", "reason"),
    [
        ("invalid_grant", "expired access/refresh token", "access_ended"),
        ("invalid_grant", "ip restricted", "address_refused"),
        ("invalid_grant", "inactive user", "user_inactive"),
        ("invalid_grant", "user hasn't approved this consumer", "app_blocked"),
        ("invalid_grant", "expired authorization code", "code_spent"),
        ("OAUTH_APP_BLOCKED", "this app is blocked by admin", "app_blocked"),
        ("access-denied", "end-user denied authorization", "denied"),
        ("invalid_client_id", "client identifier invalid", "client_unknown"),
        ("redirect_uri_mismatch", "", "callback_missing"),
        ("unsupported_grant_type", "", "flow_disabled"),
        ("no_such_word", "", ""),
    ],
)
def test_what_a_person_mends_in_different_ways_has_a_reason_of_its_own(
    error: str, description: str, reason: str
) -> None:
    assert refusal(error, description, 400).reason == reason


def test_the_user_is_shown_by_name(access: Access, simulator: Simulator) -> None:
    grant = access.oauth.refresh(access.secrets[REFRESH_TOKEN])
    identity = access.oauth.identity(grant)
    assert identity.username == simulator.ready["username"]
    assert identity.organization_id.startswith("00D")


def test_no_token_is_logged_raised_or_shown(
    simulator: Simulator, access: Access, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = [access.secrets[REFRESH_TOKEN], access.tokens.current(), access.secrets[REFRESH_TOKEN]]
    said = [
        repr(access.oauth.client),
        repr(Grant("secret-a", "https://x", "secret-r")),
        repr(Client("u", "c", "secret-c")),
    ]
    for fault in ("html", "unavailable", "reset_after_apply", "expired_token", "truncated"):
        simulator.fault(fault, "token")
        with pytest.raises(DisfError) as caught:
            access.oauth.refresh(access.secrets[REFRESH_TOKEN])
        said.append(f"{caught.value!r} {caught.value.detail} {caught.value.what_to_do} {caught.value.__context__!r}")
    for secret in [*secrets, "secret-a", "secret-r", "secret-c"]:
        assert secret not in caplog.text
        assert not any(secret in text for text in said)


def test_a_lock_that_another_process_keeps_is_waited_for_but_not_for_ever(tmp_path: Path, access: Access) -> None:
    code = (
        "import sys,fcntl,pathlib;f=open(sys.argv[1],'ab');fcntl.flock(f,fcntl.LOCK_EX);"
        "print('held',flush=True);sys.stdin.read()"
    )
    if sys.platform == "win32":
        code = code.replace("fcntl.flock(f,fcntl.LOCK_EX)", "msvcrt.locking(f.fileno(),2,1)").replace("fcntl", "msvcrt")

    class Hurried(NoWait):
        def monotonic(self) -> float:
            return super().monotonic() + sum(self.slept) * 100

    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    tokens = TokenProvider(access.oauth, access.secrets, tmp_path / "lock", clock=Hurried())
    with pytest.raises(ServiceUnavailable):
        tokens.current()
    holder.communicate("")
    assert tokens.current(), "the system gave the lock back when its holder ended"
