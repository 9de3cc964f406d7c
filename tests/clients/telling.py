"""How a script that runs in the environment of its client tells of its steps: a line of JSON each.

Nothing but the standard library is there to lean on.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

GIVEN: dict[str, Any] = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}


@contextmanager
def step(name: str) -> Iterator[dict[str, Any]]:
    """Time what is inside; `records` may be put in what is yielded; what it raises is told as the reason."""
    told: dict[str, Any] = {"step": name}
    began = time.perf_counter()
    try:
        yield told
    except Exception as problem:  # noqa: BLE001 - a client may fail in any way; each is a line of the table
        told["reason"] = f"{type(problem).__name__}: {problem}"
    told["seconds"] = time.perf_counter() - began
    print(json.dumps(told), flush=True)
