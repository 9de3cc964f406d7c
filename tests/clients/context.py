"""What every client is given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.clients.table import Steps


@dataclass(frozen=True)
class Context:
    """`ready` is the ready file of the simulator, `folder` is empty and goes away after the client, `records` is how
    many contacts the bulk steps load."""

    steps: Steps
    ready: dict[str, Any]
    folder: Path
    records: int
