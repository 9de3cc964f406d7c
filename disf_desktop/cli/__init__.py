"""The `disf` command: the same verbs as the window, for a terminal, a scheduler or a script."""

from __future__ import annotations

import gc
import sys
from typing import Final

_MADE_BEFORE_A_LOOK: Final = 50_000
"""Objects made before the collector looks for cycles among the young. Records come and go by the thousand and hold
none: at Python's own 700 a first sync spends a tenth of its time looking."""


def main() -> None:
    """Run the command and end the process with its exit code."""
    gc.set_threshold(_MADE_BEFORE_A_LOOK)
    from disf_desktop.cli.program import run

    sys.exit(run(sys.argv[1:]))
