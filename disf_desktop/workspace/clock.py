"""The computer's clock, as a run sees it: a stop cuts its sleeps short."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

from disf_desktop.core.errors import Stopped


class RunClock:
    """Tell the time; `sleep` raises Stopped once `stop` is set, so that no pause before a retry holds a stop up."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        if self._stop.wait(max(0.0, seconds)):
            raise Stopped("The run was stopped on request.", "Run it again to go on where it stopped; nothing is lost.")
