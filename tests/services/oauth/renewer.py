"""A process that renews a connection's tokens so many times: `renewer FOLDER LOGIN_URL CLIENT_ID TIMES`."""

from __future__ import annotations

import sys
from pathlib import Path

from disf_desktop.services.oauth import Client, OAuth, TokenProvider
from disf_desktop.services.transport import Transport


class FileSecrets:
    """Secrets in a folder, one file each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> str | None:
        path = self._folder / name
        return path.read_text(encoding="utf-8") if path.exists() else None

    def put(self, name: str, value: str) -> None:
        (self._folder / name).write_text(value, encoding="utf-8")


def main(folder: str, login_url: str, client_id: str, times: str) -> None:
    transport = Transport([login_url], timeout_s=10)
    secrets = FileSecrets(Path(folder))
    tokens = TokenProvider(OAuth(Client(login_url, client_id), transport), secrets, Path(folder) / "tokens.lock")
    token = tokens.current()
    for _ in range(int(times)):
        token = tokens.refresh_once(token)


if __name__ == "__main__":
    main(*sys.argv[1:])
