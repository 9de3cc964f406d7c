"""Files that only their owner may read, and that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

_OWNER_FILE = 0o600
_OWNER_FOLDER = 0o700
_POSIX = os.name == "posix"


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone, whatever the umask; tighten it where it is already ours.

    So are the folders above it that are missing: whoever may write into one of them could put another in its place. A
    shared folder (sticky, like the one for temporary files) is left as it is. On Windows the profile's own access list
    protects it.
    """
    for missing in [each for each in reversed(folder.parents) if not each.exists()]:
        missing.mkdir(mode=_OWNER_FOLDER, exist_ok=True)
    folder.mkdir(mode=_OWNER_FOLDER, exist_ok=True)
    if not _POSIX:
        return
    now = folder.stat()
    if now.st_uid == os.getuid() and not now.st_mode & stat.S_ISVTX and stat.S_IMODE(now.st_mode) != _OWNER_FOLDER:
        folder.chmod(_OWNER_FOLDER)


def make_file(path: Path) -> None:
    """Make an empty file for its owner alone, or tighten the one that is there. OSError where it is a symbolic link."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(path, flags, _OWNER_FILE)
    try:
        if _POSIX and stat.S_IMODE(os.fstat(descriptor).st_mode) != _OWNER_FILE:
            os.fchmod(descriptor, _OWNER_FILE)
    finally:
        os.close(descriptor)


def write_whole(path: Path, data: bytes, mode: int = _OWNER_FILE) -> None:
    """Replace a file by these bytes, durably: a reader, a crash or a full disk sees the old ones or the new ones.

    `path` must not be a symbolic link (resolve it first): the link itself would be replaced.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Wait until what the file holds is on the disk."""
    # Windows flushes only what was opened for writing.
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the names in the folder are on the disk. Windows has no such call and needs none."""
    if not _POSIX:
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
