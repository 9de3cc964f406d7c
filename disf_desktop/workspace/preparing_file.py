"""The file that remembers what a preparation began, beside the ledger; one for each connection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import orjson

from disf_desktop.core.preparation_begun import Begun, Pending
from disf_desktop.storage.files import make_folder, write_whole
from disf_desktop.storage.room import folder_told


class PendingFile:
    """One fact, written whole, durably, before and after each beginning."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Pending | None:
        """Give what was begun; None where nothing was, or where nobody can tell from the file."""
        try:
            told = orjson.loads(self._path.read_bytes())
            asked = told.get("asked")
            return Pending(
                Begun(told["kind"]),
                str(told["org_id"]),
                str(told["at"]),
                str(told["id"]),
                _texts(told["components"]),
                _texts(asked) if asked is not None else None,
                _texts(told.get("users", ())),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def write(self, pending: Pending) -> None:
        with folder_told():
            make_folder(self._path.parent)
            write_whole(self._path, orjson.dumps(asdict(pending)))

    def forget(self) -> None:
        with folder_told():
            self._path.unlink(missing_ok=True)


def _texts(told: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(each) for each in told)
