"""Secrets: in the operating system's keyring, or in an owner-only file where the person asked for one. Never elsewhere.

Nothing falls back from one to the other. No error of this module repeats a secret, nor the text of a foreign error.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import yaml

from disf_desktop.core.errors import VaultUnavailable
from disf_desktop.storage.files import make_file, make_folder, write_whole
from disf_desktop.storage.lock import lock_descriptor
from disf_desktop.storage.strict_yaml import YamlProblem, parse

LEDGER_KEY_BYTES = 32

_CHUNK_UNITS = 1200
"""UTF-16 units of a part: Windows takes 2560 bytes at most (reference/desktop.md, 3.1)."""

_USER = "secret"
_LARGEST_FILE = 2**20
_LOCK_TRIES, _LOCK_PAUSE_S = 500, 0.02

_TRUSTED = {
    "keyring.backends.Windows.WinVaultKeyring": "Windows Credential Manager",
    "keyring.backends.macOS.Keyring": "macOS Keychain",
    "keyring.backends.SecretService.Keyring": "Secret Service (GNOME Keyring, KWallet)",
    "keyring.backends.libsecret.Keyring": "Secret Service (GNOME Keyring, KWallet)",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
}
_OR_A_FILE = "or name a file for the secrets with --secrets FILE."


class Vault(Protocol):
    """Where secrets lie, by connection and name. All may raise VaultUnavailable, and may take a tenth of a second."""

    @property
    def where(self) -> str:
        """Give the words for the screen: the operating system's store, or the path of the file."""
        ...

    def get(self, connection_id: str, name: str) -> str | None: ...

    def put(self, connection_id: str, name: str, value: str) -> None: ...

    def delete(self, connection_id: str, name: str) -> None: ...


class KeyringBackend(Protocol):
    """The part of a `keyring` backend that is used."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


def open_vault(secrets_file: Path | None, project_id: str = "") -> Vault:
    """Open the file where one is named, else the operating system's keyring. Raises VaultUnavailable.

    A keyring is shared by all project files, whose connections may have the same ids; `project_id` keeps them apart
    there. In a file the person does.
    """
    return FileVault(secrets_file) if secrets_file is not None else KeyringVault(*trusted_backend(), project_id)


def ledger_key(vault: Vault, project_id: str, *, make: bool) -> bytes:
    """Give the key of a project's ledger. `make` one only for a new ledger, under the `RunLock`: no two at once.

    Raises VaultUnavailable where an existing ledger's key is gone: a new one would open nothing.
    """
    owner, name = f"ledger-{project_id}", "key"
    kept = vault.get(owner, name)
    if kept is None and not make:
        raise VaultUnavailable(
            "The key of this project's ledger is no longer in the vault.",
            f"Put back {owner}/{name}, or open the vault that holds it. Without it the ledger cannot be read: move it "
            "away, and the next run meets everyone for the first time.",
            where=vault.where,
        )
    if kept is None:
        kept = secrets.token_hex(LEDGER_KEY_BYTES)
        vault.put(owner, name, kept)
    try:
        key = bytes.fromhex(kept)
    except ValueError:
        key = b""
    if len(key) != LEDGER_KEY_BYTES:
        raise VaultUnavailable(
            "What the vault holds as the ledger's key is not one.",
            f"Put back {owner}/{name} as it was; without it the ledger cannot be read.",
            where=vault.where,
        )
    return key


def trusted_backend() -> tuple[KeyringBackend, str]:
    """Give the one backend of `keyring` that keeps secrets safely here, and its name for the screen.

    What another package or PYTHON_KEYRING_BACKEND puts in its place (text files, nothing at all) is refused.
    """
    import keyring

    with _foreign_errors("keyring"):
        chosen = keyring.get_keyring()
        candidates = list(getattr(chosen, "backends", None) or [chosen])
    for backend in candidates:
        name = f"{type(backend).__module__}.{type(backend).__qualname__}"
        words = _TRUSTED.get(name)
        if words is not None:
            if name.startswith("keyring.backends.Windows."):
                # The default roams to other computers of the domain.
                backend.persist = "local machine"
            return backend, words
    names = ", ".join(f"{type(b).__module__}.{type(b).__qualname__}" for b in candidates)
    raise VaultUnavailable(
        "No safe keyring is open on this computer.",
        f"Start or unlock the system's keyring, {_OR_A_FILE}",
        detail=f"keyring offers {names}",
    )


class KeyringVault:
    """Secrets in one backend of `keyring`, each under a service name of its own.

    A secret is cut into parts that fit everywhere. The head holds generation, number of parts and the first part
    (`1:3:…`); the others lie under `…#1.1`, `…#1.2`. A new value is written beside the old one, head last, so that a
    kill at any moment leaves the one or the other.
    """

    def __init__(self, backend: KeyringBackend, where: str, scope: str = "") -> None:
        self._backend = backend
        self._where = where
        self._prefix = f"disf-desktop:{scope}:" if scope else "disf-desktop:"

    @property
    def where(self) -> str:
        return self._where

    def get(self, connection_id: str, name: str) -> str | None:
        """Give a secret; None where there is none, or only a torn one."""
        service = f"{self._prefix}{connection_id}:{name}"
        with _foreign_errors(self._where):
            head = self._read_head(service)
            if head is None:
                return None
            generation, count, first = head
            parts = [self._read(_part(service, generation, n)) for n in range(1, count)]
        if any(part is None for part in parts):
            return None
        return first + "".join(part for part in parts if part is not None)

    def put(self, connection_id: str, name: str, value: str) -> None:
        """Keep a secret, and read it back to be sure."""
        service = f"{self._prefix}{connection_id}:{name}"
        parts = _parts(value)
        with _foreign_errors(self._where):
            head = self._read_head(service)
            old = head[0] if head else 1
            new = 1 - old
            for n, part in enumerate(parts[1:], start=1):
                self._backend.set_password(_part(service, new, n), _USER, part)
            self._backend.set_password(service, _USER, f"{new}:{len(parts)}:{parts[0]}")
        if self.get(connection_id, name) != value:
            raise VaultUnavailable(
                f"{self._where} did not keep what it was given.", f"Look at the system's keyring, {_OR_A_FILE}"
            )
        with _foreign_errors(self._where):
            self._drop_parts(service, old, 1)
            self._drop_parts(service, new, len(parts))

    def delete(self, connection_id: str, name: str) -> None:
        """Take a secret away, all of its parts; one that is not there is no error."""
        service = f"{self._prefix}{connection_id}:{name}"
        with _foreign_errors(self._where):
            if self._read(service) is not None:
                self._backend.delete_password(service, _USER)
            for generation in (0, 1):
                self._drop_parts(service, generation, 1)

    def _read(self, service: str) -> str | None:
        return self._backend.get_password(service, _USER)

    def _read_head(self, service: str) -> tuple[int, int, str] | None:
        generation, _, rest = (self._read(service) or "").partition(":")
        count, _, first = rest.partition(":")
        if generation not in ("0", "1") or not count.isascii() or not count.isdigit():
            return None
        return int(generation), int(count), first

    def _drop_parts(self, service: str, generation: int, start: int) -> None:
        end = start
        while self._read(_part(service, generation, end)) is not None:
            end += 1
        # From the end, so that a kill in the midst leaves no part that cannot be found again.
        for n in range(end - 1, start - 1, -1):
            self._backend.delete_password(_part(service, generation, n), _USER)


class FileVault:
    """Secrets in a YAML or JSON file `{connection id: {name: value}}` that only its owner can read.

    The file is read at each call (another process may have put a new token), and rewritten whole, in the form that it
    had; comments in it are lost then. A file that is not there is made by the first `put`.
    """

    def __init__(self, path: Path) -> None:
        self._named = path
        self._path = _own_place(path)

    @property
    def where(self) -> str:
        return str(self._named)

    def get(self, connection_id: str, name: str) -> str | None:
        text = self._text()
        return self._members(text).get(connection_id, {}).get(name)

    def put(self, connection_id: str, name: str, value: str) -> None:
        self._change(lambda members: members.setdefault(connection_id, {}).__setitem__(name, value))
        if self.get(connection_id, name) != value:
            raise self._unusable("it did not keep what it was given")

    def delete(self, connection_id: str, name: str) -> None:
        def take_away(members: dict[str, dict[str, str]]) -> None:
            members.get(connection_id, {}).pop(name, None)
            if connection_id in members and not members[connection_id]:
                del members[connection_id]

        self._change(take_away)

    def _change(self, change: Callable[[dict[str, dict[str, str]]], object]) -> None:
        with self._locked():
            text = self._text()
            members = self._members(text)
            change(members)
            is_json = text.lstrip().startswith("{") if text.strip() else self._path.suffix.lower() == ".json"
            new = (
                json.dumps(members, indent=2, ensure_ascii=False) + "\n"
                if is_json
                else yaml.safe_dump(members, sort_keys=False, allow_unicode=True)
            )
            try:
                write_whole(self._path, new.encode())
            except OSError as error:
                raise self._unusable(f"it cannot be written ({error.strerror})") from None

    def _text(self) -> str:
        """Read the file, having looked at who may read it; "" where there is none."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            descriptor = os.open(self._path, flags)
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise self._unusable(f"it cannot be opened ({error.strerror})") from None
        with os.fdopen(descriptor, "rb") as file:
            self._refuse_what_others_can_read(os.fstat(descriptor))
            content = file.read(_LARGEST_FILE + 1)
        if len(content) > _LARGEST_FILE:
            raise self._unusable("it is too large")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise self._unusable("it is not UTF-8 text") from None

    def _refuse_what_others_can_read(self, found: os.stat_result) -> None:
        if not stat.S_ISREG(found.st_mode):
            raise self._unusable("it is not a plain file")
        if os.name != "posix":
            return
        if found.st_uid != os.geteuid():
            raise self._unusable("it belongs to somebody else")
        if found.st_mode & 0o077:
            raise VaultUnavailable(
                "Others can read the file of the secrets, so it is not used.",
                f"Run: chmod 600 {self._path} — and replace the secrets if others may have read them.",
                where=str(self._named),
            )

    def _members(self, text: str) -> dict[str, dict[str, str]]:
        try:
            found = parse(text)
        except YamlProblem as problem:
            raise self._unusable(f"it is not readable as YAML or JSON at line {problem.line}") from None
        if found is None:
            return {}
        if not isinstance(found, dict):
            raise self._unusable("it must hold members of the form “connection id: {name: value}”")
        for connection_id, held in found.items():
            if not isinstance(connection_id, str) or not isinstance(held, dict):
                raise self._unusable("it must hold members of the form “connection id: {name: value}”")
            for name, value in held.items():
                if not isinstance(name, str) or not isinstance(value, str):
                    raise self._unusable(f"{connection_id}.{name} is not text: put it between quotes")
        return found

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other processes from changing the file meanwhile; the lock lies beside it, for the file is replaced."""
        lock = self._path.with_name(f"{self._path.name}.lock")
        try:
            if not lock.parent.exists():
                make_folder(lock.parent)
            make_file(lock)
            descriptor = os.open(lock, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
        except OSError as error:
            raise self._unusable(f"it cannot be locked ({error.strerror})") from None
        try:
            for _ in range(_LOCK_TRIES):
                with contextlib.suppress(OSError):
                    lock_descriptor(descriptor)
                    break
                time.sleep(_LOCK_PAUSE_S)
            else:
                raise self._unusable("another process has held it for ten seconds")
            yield
        finally:
            os.close(descriptor)

    def _unusable(self, why: str) -> VaultUnavailable:
        return VaultUnavailable(
            f"The file of the secrets cannot be used: {why}.",
            "Repair the file that --secrets names, or leave --secrets away to use the system's keyring.",
            where=str(self._named),
        )


def _own_place(path: Path) -> Path:
    """Follow a link within the file's own folder (as mounted secrets have); refuse one that leads elsewhere."""
    home = path.absolute().parent.resolve()
    real = (home / path.name).resolve()
    if not real.is_relative_to(home):
        raise VaultUnavailable(
            "The file of the secrets is a link that leads elsewhere.",
            "Name the file itself with --secrets.",
            where=str(path),
        )
    return real


def _part(service: str, generation: int, number: int) -> str:
    return f"{service}#{generation}.{number}"


def _parts(value: str) -> list[str]:
    """Cut a text into parts of at most 1200 UTF-16 units, never through a character."""
    parts, start, units = [], 0, 0
    for at, character in enumerate(value):
        size = 2 if ord(character) > 0xFFFF else 1
        if units + size > _CHUNK_UNITS:
            parts.append(value[start:at])
            start, units = at, 0
        units += size
    return [*parts, value[start:]]


@contextlib.contextmanager
def _foreign_errors(where: str) -> Iterator[None]:
    """Turn whatever a backend raises into VaultUnavailable; each has its own library's errors, so none is left out."""
    try:
        yield
    except VaultUnavailable:
        raise
    except Exception as error:  # noqa: BLE001
        kind = type(error).__name__
        locked = kind in ("KeyringLocked", "LockedException", "PromptDismissedException")
        raise VaultUnavailable(
            f"{where} is locked." if locked else f"{where} does not answer.",
            f"Unlock the system's keyring and try again, {_OR_A_FILE}",
            where=where,
            detail=kind,
        ) from None
