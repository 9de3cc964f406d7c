"""Finds the files that ship with the program: from a checkout, an installed wheel or a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Give the path of a shipped file or folder, for example `resource("simulator", "describe")`."""
    frozen = getattr(sys, "_MEIPASS", None)
    homes = [Path(frozen) / "resources"] if frozen else [_HERE / "_resources", _HERE.parent / "resources"]
    for home in homes:
        if home.is_dir():
            return home.joinpath(*parts)
    raise AssertionError(f"the program's resources are not installed beside it: {homes}")
