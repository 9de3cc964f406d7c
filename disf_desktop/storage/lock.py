"""One run at a time on a ledger: a lock of the operating system's, which it lets go when the process dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

from disf_desktop.core.errors import LedgerError, LedgerIsBusy
from disf_desktop.storage.files import make_file, make_folder

_NETWORK_TYPES = frozenset(
    {
        "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.ceph", "fuse.davfs2", "fuse.gcsfuse",
        "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.mfs", "fuse.onedriver", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs",
        "fuse.sshfs", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb3", "smbfs",
    }
)  # fmt: skip
_LINUX_MOUNTS = Path("/proc/self/mounts")
_DRIVE_REMOTE = 4


class RunLock:
    """Hold the ledger of a profile for the length of a run; `with RunLock(path): …`.

    An advisory lock on a file (flock, or msvcrt on Windows), never a file with a process number: whatever kills the
    process lets go of the lock, and the file may stay. Entering does not wait: it raises LedgerIsBusy (exit code 5)
    where another process holds it, and LedgerError on a network disk, where such locks cannot be trusted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def __enter__(self) -> RunLock:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.let_go()

    def take(self) -> None:
        """Take the lock now, or raise."""
        assert self._descriptor is None, "the lock is held already"
        try:
            make_folder(self.path.parent)
            refuse_network_disk(self.path.parent)
            make_file(self.path)
            descriptor = os.open(self.path, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
        except OSError as error:
            raise LedgerError(
                f"The lock of the ledger cannot be used: {error.strerror}.",
                "Look at the profile folder and its permissions.",
                where=str(self.path),
            ) from error
        try:
            lock_descriptor(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise LedgerIsBusy(
                "Another run holds the ledger.", "Wait until it has finished, or stop it.", where=str(self.path)
            ) from error
        self._descriptor = descriptor

    def let_go(self) -> None:
        """Let go of the lock, if it is held."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)

    def check(self) -> None:
        """Make sure that the lock still keeps others out: ask before each batch and after a sleep of the computer.

        It does not once its file was removed or replaced, for then another process can lock the new one.
        """
        assert self._descriptor is not None, "the lock is not held"
        mine = os.fstat(self._descriptor)
        try:
            there = self.path.stat()
        except OSError:
            there = None
        if there is None or not os.path.samestat(mine, there):
            raise LedgerIsBusy(
                "The lock of the ledger was removed during the run.",
                "Leave the profile folder alone while a run goes on, then run again.",
                where=str(self.path),
            )


def refuse_network_disk(folder: Path) -> None:
    """Refuse a folder that another computer can write too, where the system tells (Linux, Windows)."""
    kind = _network_kind(folder.resolve())
    if kind:
        raise LedgerError(
            f"The profile folder lies on a network disk ({kind}), where a ledger cannot be kept safe.",
            "Choose a folder on a disk of this computer with --profile.",
            where=str(folder),
        )


def network_type(folder: str, mounts: str) -> str:
    """Give the type of the file system that holds the folder if it is a network one, "" if not.

    `mounts` is the text of /proc/self/mounts: device, mount point (spaces as \\040), type and options on each line.
    """
    best, found = "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 4:
            continue
        point = parts[1].encode().decode("unicode_escape").encode("latin-1").decode(errors="replace")
        inside = folder == point or folder.startswith(point.rstrip("/") + "/")
        # The last of two mounts on one point is the one that is seen.
        if inside and len(point) >= len(best):
            # A Windows disk seen from its Linux subsystem has no dependable locks either.
            is_windows_disk = parts[2] == "9p" and "aname=drvfs" in parts[3]
            best, found = point, parts[2] if parts[2] in _NETWORK_TYPES or is_windows_disk else ""
    return found


def _network_kind(folder: Path) -> str:
    if sys.platform == "win32":
        import ctypes

        if str(folder).startswith("\\\\"):
            return "network share"
        return "network drive" if ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE else ""
    try:
        mounts = _LINUX_MOUNTS.read_text(errors="replace")
    except OSError:
        return ""
    return network_type(str(folder), mounts)


def lock_descriptor(descriptor: int) -> None:
    """Lock the open file without waiting; OSError where another process has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        # flock belongs to the open file, so that two locks in one process exclude each other too.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
