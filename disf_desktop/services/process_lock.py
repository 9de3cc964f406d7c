"""A lock among processes, for the few moments in which a one-use token is exchanged."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from disf_desktop.core.errors import ServiceUnavailable
from disf_desktop.services.transport import Clock

LONGEST_WAIT_S = 120.0


@contextmanager
def exclusive(path: Path, clock: Clock) -> Iterator[None]:
    """Hold a file's lock among all processes; the system gives it back when its holder dies. Waits two minutes."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("ab") as held:
        path.chmod(0o600)
        until = clock.monotonic() + LONGEST_WAIT_S
        while not _try_lock(held.fileno()):
            if clock.monotonic() >= until:
                raise ServiceUnavailable(
                    "Another run of this program keeps renewing the sign-in.", "Close it, then try again."
                )
            clock.sleep(0.05)
        try:
            yield
        finally:
            _unlock(held.fileno())


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
