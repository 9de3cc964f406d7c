"""Waiting for the window in the tests that have it in their own process: for rest, and never for the clock."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop

ROUNDS = 200
"""Far more than any state of the window needs: a page that is shown for the first time takes eleven."""


def at_rest() -> None:
    """Let Qt do all that it has to do now: facts are drawn, layouts ask their parents and these theirs, and what is to
    be deleted goes; fail where that has no end."""
    loop = QEventLoop()
    for _ in range(ROUNDS):
        if not loop.processEvents():
            return
    raise AssertionError("the window never comes to rest")
