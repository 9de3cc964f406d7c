"""One window for each person and profile: a second start hands its file to the first and ends."""

from __future__ import annotations

import getpass
import hashlib
import json
import time
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal

PATIENCE_S = 10.0
"""How long a second start waits for the first, which may be starting itself."""

ANSWER = b"ok\n"
LARGEST_WORD = 64 * 1024


class SingleInstance(QObject):
    """Holds the place of the only window of a profile, whose folder is there.

    A lock says who is first: it is the system's, so it goes with its process however that ends. `asked` comes with the
    file that a second start was given, or None.
    """

    asked = Signal(object)

    def __init__(self, profile: Path) -> None:
        super().__init__()
        self._lock = QLockFile(str(profile / "window.lock"))
        self._lock.setStaleLockTime(0)
        self.name = _name_of(profile)

    def is_first(self) -> bool:
        """Take the place, where nobody has it."""
        return self._lock.tryLock(0)

    def close(self) -> None:
        """Give the place up."""
        self._lock.unlock()

    def listen(self) -> None:
        """Begin to hear of second starts; what a killed window has left is replaced."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self._server.listen(self.name)

    def _greet(self) -> None:
        while (visitor := self._server.nextPendingConnection()) is not None:
            visitor.readyRead.connect(lambda visitor=visitor: self._hear(visitor))
            visitor.disconnected.connect(visitor.deleteLater)
            self._hear(visitor)

    def _hear(self, visitor: object) -> None:
        from PySide6.QtNetwork import QLocalSocket

        assert isinstance(visitor, QLocalSocket)
        if not visitor.canReadLine():
            if visitor.bytesAvailable() > LARGEST_WORD:
                visitor.abort()
            return
        try:
            said = json.loads(bytes(visitor.readLine().data()))
            file = said["file"]
        except (ValueError, TypeError, KeyError):
            visitor.abort()
            return
        visitor.write(ANSWER)
        visitor.flush()
        visitor.disconnectFromServer()
        self.asked.emit(Path(file) if isinstance(file, str) else None)

    def hand_over(self, file: Path | None) -> bool:
        """Ask the first window to come forward and open a file; say whether it has heard."""
        from PySide6.QtNetwork import QLocalSocket

        word = json.dumps({"file": str(file.absolute()) if file is not None else None}).encode() + b"\n"
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            socket = QLocalSocket()
            socket.connectToServer(self.name)
            if socket.waitForConnected(500):
                socket.write(word)
                if socket.waitForReadyRead(2000) and bytes(socket.readAll().data()) == ANSWER:
                    return True
            time.sleep(0.1)
            if self.is_first():  # it has ended meanwhile
                return False
        return False


def _name_of(profile: Path) -> str:
    """Name the socket by the person and the profile: a file in the profile, where its name is short enough for a
    socket, else one among the temporary files."""
    inside = str(profile.resolve() / "window.sock")
    if QDir.separator() == "/" and len(inside.encode()) < 100:
        return inside
    told = f"{getpass.getuser()}\n{profile.resolve()}".encode()
    return f"disf-desktop-{hashlib.blake2b(told, digest_size=12).hexdigest()}"
