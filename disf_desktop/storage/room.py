"""Room on the disk: asked for before a run, and a reserve for its last word."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from disf_desktop.core.errors import DiskFull, LedgerError
from disf_desktop.storage.files import make_file, sync_file, sync_folder

SPARE_BYTES = 200 * 2**20
"""What must stay free on the disk beyond what a run needs."""

BALLAST_BYTES = 16 * 2**20

OUT_OF_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""The operating system's ways to say that a file may not grow: full disk, size limit, quota."""

MAKE_ROOM = "Make room on the disk that holds the ledger, then run again; nothing was lost."

_CHUNK = 2**20

T = TypeVar("T")


def room_for(folder: Path, nbytes: int) -> None:
    """Refuse to go on (DiskFull) unless the disk has room for so many bytes and 200 MB beyond."""
    free = shutil.disk_usage(folder).free
    if free < nbytes + SPARE_BYTES:
        wanted = -(-(nbytes + SPARE_BYTES) // 2**20)
        raise DiskFull(f"The disk has {free // 2**20} MB free; {wanted} MB are needed to go on safely.", MAKE_ROOM)


@contextmanager
def folder_told() -> Iterator[None]:
    """Convert what the file system says while something is kept in the folder of a project: DiskFull, LedgerError."""
    try:
        yield
    except OSError as error:
        if error.errno in OUT_OF_ROOM:
            raise DiskFull("There is no room left on the disk.", MAKE_ROOM) from error
        message = f"The folder of this project cannot be written to: {error.strerror}."
        raise LedgerError(message, "Check the rights of the profile folder.") from error


class Ballast:
    """A file of 16 MB that does nothing but take room, so that it can give it back.

    When the disk fills up in the midst of a run, the outcome of the batch that has already left must still be
    written: `spend_on` throws the ballast overboard for it. The run then stops; the next one lays a new ballast.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.spent = False

    def lay(self) -> None:
        """Take the room, unless it is taken already. Raises DiskFull."""
        self.spent = False
        if self.path.exists() and self.path.stat().st_size == BALLAST_BYTES:
            return
        try:
            make_file(self.path)
            # Zeros would be a hole, or nearly nothing, on a file system that compresses. Noise is dear, so there is one
            # chunk of it, turned a little each time: no block is like another, and none repeats what is near it.
            noise = os.urandom(_CHUNK)
            with self.path.open("wb") as file:
                for turn in range(BALLAST_BYTES // _CHUNK):
                    file.write(noise[turn:] + noise[:turn])
            sync_file(self.path)
            sync_folder(self.path.parent)
        except OSError as error:
            self.path.unlink(missing_ok=True)
            if error.errno in OUT_OF_ROOM:
                raise DiskFull("The disk is too full to begin a run.", MAKE_ROOM, where=str(self.path)) from error
            raise

    def spend_on(self, work: Callable[[], T]) -> T:
        """Do the work; if the disk is full, give the room back and do it once more.

        `work` is a whole transaction, so that its failure leaves nothing behind. Where `spent` is true afterwards
        the run must begin no other batch. Raises DiskFull when even the ballast was not enough.
        """
        try:
            return work()
        except DiskFull:
            if not self.path.exists():
                raise
            self.path.unlink()
            self.spent = True
            return work()
