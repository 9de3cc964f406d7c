"""The `disf` command: the same verbs as the window, for a terminal, a scheduler or a script."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command and end the process with its exit code."""
    from disf_desktop.cli.program import run

    sys.exit(run(sys.argv[1:]))
