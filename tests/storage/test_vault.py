"""The contract of a vault, on each kind of vault; then what is proper to each."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from disf_desktop.core.errors import VaultUnavailable
from disf_desktop.storage.vault import FileVault, KeyringVault, Vault, ledger_key, open_vault, trusted_backend

SECRET = "5Aep861-a-token-that-must-not-be-told"


class MemoryBackend:
    """A keyring in memory, with the limit of Windows; it can die before its nth change."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.changes_left: int | None = None

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._change()
        if len(password.encode("utf-16-le")) > 2560:
            raise OSError(1783, "CredWrite", "The stub received bad data")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._change()
        del self.kept[service, username]

    def _change(self) -> None:
        if self.changes_left is not None:
            self.changes_left -= 1
            if self.changes_left < 0:
                raise ConnectionError(f"the keyring died; it was given {SECRET}")


@contextlib.contextmanager
def _secret_service(home: Path) -> Iterator[str]:
    """Run a real gnome-keyring on a message bus of its own, in a home of its own; give the address of the bus."""
    dbus, keyring = shutil.which("dbus-daemon"), shutil.which("gnome-keyring-daemon")
    if not dbus or not keyring:
        pytest.skip("dbus-daemon and gnome-keyring-daemon are not installed (packaging/system-packages.sh --tests)")
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
    }
    with subprocess.Popen(
        [dbus, "--session", "--nofork", "--nopidfile", "--print-address=1", f"--address=unix:path={runtime}/bus"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as bus:
        assert bus.stdout
        address = bus.stdout.readline().strip()
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        with subprocess.Popen(
            [keyring, "--unlock", "--foreground", "--components=secrets"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as daemon:
            assert daemon.stdin
            assert daemon.stdout
            daemon.stdin.write("a password for this test")
            daemon.stdin.close()
            # It says where its socket is once it has opened the keyring.
            daemon.stdout.readline()
            yield address
            daemon.kill()
        bus.kill()


@pytest.fixture(scope="module")
def secret_service_bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with _secret_service(tmp_path_factory.mktemp("keyring-home")) as address:
        yield address


@pytest.fixture(params=["keyring with the limit of Windows", "yaml file", "json file", "real Secret Service"])
def vault(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    match request.param:
        case "yaml file":
            return open_vault(tmp_path / "secrets.yaml")
        case "json file":
            return open_vault(tmp_path / "secrets.json")
        case "real Secret Service":
            from keyring.backends.SecretService import Keyring

            address = request.getfixturevalue("secret_service_bus")
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
            return KeyringVault(Keyring(), "Secret Service")  # type: ignore[no-untyped-call]
    return KeyringVault(MemoryBackend(), "memory")


@pytest.mark.parametrize("size", [0, 1, 1199, 1200, 1201, 9000])
def test_what_is_put_is_given_back(vault: Vault, size: int) -> None:
    value = ("0123456789:\n'\"#é" * 700)[:size]
    vault.put("sf", "refresh_token", value)
    assert vault.get("sf", "refresh_token") == value
    vault.delete("sf", "refresh_token")


def test_characters_of_two_units_are_never_cut_through(vault: Vault) -> None:
    value = "a" + "🗝" * 3000
    vault.put("sf", "refresh_token", value)
    assert vault.get("sf", "refresh_token") == value
    vault.delete("sf", "refresh_token")


def test_what_was_never_put_is_none_and_may_be_deleted(vault: Vault) -> None:
    assert vault.get("nobody", "key") is None
    vault.delete("nobody", "key")
    assert vault.get("nobody", "key") is None


def test_each_connection_and_name_has_its_own_secret(vault: Vault) -> None:
    vault.put("di", "key", "one")
    vault.put("sf", "key", "two")
    vault.put("di", "other", "three")
    vault.delete("sf", "key")
    assert vault.get("di", "key") == "one"
    assert vault.get("sf", "key") is None
    assert vault.get("di", "other") == "three"
    vault.delete("di", "key")
    vault.delete("di", "other")


def test_a_new_value_replaces_a_longer_or_shorter_one(vault: Vault) -> None:
    for size in (5000, 10, 3000, 4000, 0):
        value = "".join(chr(97 + n % 26) for n in range(size))
        vault.put("sf", "refresh_token", value)
        assert vault.get("sf", "refresh_token") == value
    vault.delete("sf", "refresh_token")
    assert vault.get("sf", "refresh_token") is None


def test_the_ledgers_key_is_made_once(vault: Vault) -> None:
    first = ledger_key(vault, "a-project", make=True)
    assert len(first) == 32
    assert ledger_key(vault, "a-project", make=False) == first
    assert ledger_key(vault, "another-project", make=True) != first


def test_a_ledgers_key_that_is_none_is_refused_and_not_replaced(vault: Vault) -> None:
    vault.put("ledger-spoiled", "key", SECRET)
    with pytest.raises(VaultUnavailable, match="not one") as told:
        ledger_key(vault, "spoiled", make=True)
    assert SECRET not in f"{told.value.args}{told.value.what_to_do}{told.value.detail}"
    assert vault.get("ledger-spoiled", "key") == SECRET


def test_a_lost_key_is_said_and_never_made_anew_for_a_ledger_that_exists(vault: Vault) -> None:
    with pytest.raises(VaultUnavailable, match="no longer in the vault"):
        ledger_key(vault, "lost", make=False)
    assert vault.get("ledger-lost", "key") is None


# ------------------------------------------------------------------ the keyring


def test_a_kill_at_any_moment_of_a_change_leaves_the_old_or_the_new_secret() -> None:
    old, new = "o" * 5000, "n" * 3700
    for moment in range(40):
        backend = MemoryBackend()
        vault = KeyringVault(backend, "memory")
        vault.put("sf", "refresh_token", old)
        backend.changes_left = moment
        try:
            vault.put("sf", "refresh_token", new)
            finished = True
        except VaultUnavailable:
            finished = False
        backend.changes_left = None
        seen = vault.get("sf", "refresh_token")
        assert seen in (old, new)
        if finished:
            assert seen == new
        vault.put("sf", "refresh_token", "last")
        assert vault.get("sf", "refresh_token") == "last"
        assert len(backend.kept) == 1, "no part is left behind"
    assert finished


def test_a_kill_at_any_moment_of_a_deletion_leaves_nothing_that_stays_for_ever() -> None:
    for moment in range(8):
        backend = MemoryBackend()
        vault = KeyringVault(backend, "memory")
        vault.put("sf", "refresh_token", "o" * 5000)
        backend.changes_left = moment
        try:
            vault.delete("sf", "refresh_token")
        except VaultUnavailable:
            backend.changes_left = None
            assert vault.get("sf", "refresh_token") in (None, "o" * 5000)
            vault.delete("sf", "refresh_token")
        assert backend.kept == {}


def test_a_keyring_that_loses_a_part_has_no_secret_rather_than_half_of_one() -> None:
    backend = MemoryBackend()
    vault = KeyringVault(backend, "memory")
    vault.put("sf", "refresh_token", "o" * 5000)
    del backend.kept[next(key for key in backend.kept if key[0].endswith(".2"))]
    assert vault.get("sf", "refresh_token") is None


def test_projects_whose_connections_have_the_same_id_do_not_share_a_secret() -> None:
    backend = MemoryBackend()
    one, two = KeyringVault(backend, "memory", "project-1"), KeyringVault(backend, "memory", "project-2")
    one.put("di", "key", "first")
    assert two.get("di", "key") is None
    two.put("di", "key", "second")
    assert one.get("di", "key") == "first"


class Forgetful(MemoryBackend):
    """A keyring that accepts everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        del service, username, password


def test_a_keyring_that_keeps_nothing_is_noticed() -> None:
    with pytest.raises(VaultUnavailable, match="did not keep"):
        KeyringVault(Forgetful(), "memory").put("sf", "refresh_token", SECRET)


def test_an_error_of_a_keyring_is_said_in_our_words_without_the_secret() -> None:
    backend = MemoryBackend()
    backend.changes_left = 0
    with pytest.raises(VaultUnavailable) as told:
        KeyringVault(backend, "The keyring").put("sf", "refresh_token", SECRET)
    assert told.value.message == "The keyring does not answer."
    assert told.value.detail == "ConnectionError"
    assert "--secrets" in told.value.what_to_do
    assert SECRET not in f"{told.value.args}{told.value.what_to_do}"


BACKEND = """
import sys
from disf_desktop.core.errors import VaultUnavailable
from disf_desktop.storage.vault import open_vault
try:
    print(open_vault(None).where)
except VaultUnavailable as error:
    print("refused:", error.detail)
"""

PLAINTEXT = """
from keyring.backend import KeyringBackend
class PlaintextKeyring(KeyringBackend):
    priority = 9
    def get_password(self, service, username): return "in the clear"
    def set_password(self, service, username, password): pass
    def delete_password(self, service, username): pass
"""


def _backend_with(environment: dict[str, str], home: Path) -> str:
    return _in_a_process(BACKEND, environment, home)


def _in_a_process(program: str, environment: dict[str, str], home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": os.environ["PATH"], "HOME": str(home), **environment},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("name", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", "nowhere.Keyring"])
def test_a_backend_that_keeps_nothing_cannot_be_slipped_in(tmp_path: Path, name: str) -> None:
    told = _backend_with({"PYTHON_KEYRING_BACKEND": name}, tmp_path)
    assert told.startswith("refused:")


def test_a_plain_text_backend_cannot_be_slipped_in(tmp_path: Path) -> None:
    (tmp_path / "alternative.py").write_text(PLAINTEXT)
    environment = {"PYTHON_KEYRING_BACKEND": "alternative.PlaintextKeyring", "PYTHONPATH": str(tmp_path)}
    assert _backend_with(environment, tmp_path) == "refused: keyring offers alternative.PlaintextKeyring"


@pytest.mark.skipif("sys.platform != 'linux'", reason="only Linux can be without any keyring")
def test_without_any_keyring_the_person_is_told_what_to_do(tmp_path: Path) -> None:
    assert _backend_with({}, tmp_path).startswith("refused:")


def test_the_real_secret_service_is_found_and_named(secret_service_bus: str, tmp_path: Path) -> None:
    told = _backend_with({"DBUS_SESSION_BUS_ADDRESS": secret_service_bus}, tmp_path)
    assert told == "Secret Service (GNOME Keyring, KWallet)"


LOCKED = """
import contextlib, secretstorage
from disf_desktop.core.errors import VaultUnavailable
from disf_desktop.storage.vault import open_vault
vault = open_vault(None)
vault.put("di", "key", "a secret")
with contextlib.closing(secretstorage.dbus_init()) as connection:
    secretstorage.get_default_collection(connection).lock()
try:
    print(vault.get("di", "key"))
except VaultUnavailable as error:
    print(error.message, error.what_to_do)
"""


def test_a_locked_keyring_says_that_it_is_locked(tmp_path: Path) -> None:
    # In a process of its own: `keyring` leaves its connection to the bus open when a keyring stays locked.
    with _secret_service(tmp_path) as address:
        told = _in_a_process(LOCKED, {"DBUS_SESSION_BUS_ADDRESS": address}, tmp_path)
    assert told.startswith("Secret Service (GNOME Keyring, KWallet) is locked. Unlock")
    assert "--secrets" in told


def test_a_chain_of_backends_is_never_used_as_a_whole(
    secret_service_bus: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", secret_service_bus)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.chainer.ChainerBackend")
    import keyring.core

    keyring.core.init_backend()
    backend, words = trusted_backend()
    assert type(backend).__module__ == "keyring.backends.SecretService"
    assert words.startswith("Secret Service")


# ------------------------------------------------------------------ the file


def test_the_file_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "secrets.yaml"
    FileVault(path).put("di", "key", SECRET)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert yaml.safe_load(path.read_text()) == {"di": {"key": SECRET}}


@pytest.mark.skipif("os.name != 'posix'", reason="Windows protects files by access lists, not by permission bits")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o660])
def test_a_file_that_others_can_touch_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "secrets.yaml"
    path.write_text(f"di: {{key: {SECRET}}}\n")
    path.chmod(mode)
    with pytest.raises(VaultUnavailable, match="Others can read") as told:
        FileVault(path).get("di", "key")
    assert "chmod 600" in told.value.what_to_do
    with pytest.raises(VaultUnavailable):
        FileVault(path).put("di", "key", "new")
    assert SECRET in path.read_text()


@pytest.mark.skipif("os.name != 'posix' or os.geteuid() != 0", reason="only the superuser can give a file away")
def test_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secrets.yaml"
    path.write_text("di: {key: a}\n")
    path.chmod(0o600)
    os.chown(path, 12345, 12345)
    with pytest.raises(VaultUnavailable, match="somebody else"):
        FileVault(path).get("di", "key")


def test_a_link_that_leads_elsewhere_is_refused_and_one_within_the_folder_is_followed(tmp_path: Path) -> None:
    elsewhere, home = tmp_path / "elsewhere.yaml", tmp_path / "home"
    home.mkdir()
    elsewhere.write_text("di: {key: a}\n")
    elsewhere.chmod(0o600)
    (home / "secrets.yaml").symlink_to(elsewhere)
    with pytest.raises(VaultUnavailable, match="link"):
        FileVault(home / "secrets.yaml")
    (home / "mounted").mkdir()
    real = home / "mounted" / "real.yaml"
    real.write_text("di: {key: a}\n")
    real.chmod(0o600)
    (home / "linked.yaml").symlink_to(real)
    vault = FileVault(home / "linked.yaml")
    vault.put("di", "key", "b")
    assert (home / "linked.yaml").is_symlink()
    assert yaml.safe_load(real.read_text()) == {"di": {"key": "b"}}


def test_a_rewritten_file_keeps_its_form_and_what_else_it_holds(tmp_path: Path) -> None:
    as_json, as_yaml = tmp_path / "secrets", tmp_path / "secrets.json"
    as_json.write_text('{"sf": {"password": "été"}, "di": {"key": "a"}}')
    as_yaml.write_text("sf: {password: été}\ndi:\n  key: a\n")
    for path in (as_json, as_yaml):
        path.chmod(0o600)
        FileVault(path).put("di", "key", "007")
    expected = {"sf": {"password": "été"}, "di": {"key": "007"}}
    assert json.loads(as_json.read_text()) == expected
    assert as_yaml.read_text().startswith("sf:\n")
    assert yaml.safe_load(as_yaml.read_text()) == expected


@pytest.mark.parametrize(
    "content",
    [
        f"di: {{key: {SECRET}",
        f"- {SECRET}",
        f"di: {SECRET}",
        f"di: {{key: [{SECRET}]}}",
        f"di: {{key: {SECRET}}}\ndi: {{key: other}}",
        f"di: &a {{key: {SECRET}}}\nsf: *a",
        "di: {key: 123456}",
        f"\t{SECRET}: {{",
        f"di: {{key: '\x01{SECRET}'}}",
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_without_telling_its_content(tmp_path: Path, content: str) -> None:
    path = tmp_path / "secrets.yaml"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(VaultUnavailable, match="cannot be used") as told:
        FileVault(path).put("di", "other", "x")
    said = f"{told.value.args}{told.value.what_to_do}{told.value.detail}"
    assert SECRET not in said
    assert "123456" not in said
    assert path.read_text() == content


ADDING = """
import sys
from pathlib import Path
from disf_desktop.storage.vault import FileVault
for n in range(20):
    FileVault(Path(sys.argv[1])).put(f"{sys.argv[2]}{n}", "key", "x")
"""


def test_two_processes_do_not_lose_each_others_secrets(tmp_path: Path) -> None:
    path = tmp_path / "secrets.yaml"
    processes = [subprocess.Popen([sys.executable, "-c", ADDING, str(path), name]) for name in ("a", "b", "c")]
    for process in processes:
        assert process.wait(timeout=60) == 0
    assert set(yaml.safe_load(path.read_text())) == {f"{name}{n}" for name in "abc" for n in range(20)}
