"""From the first click on Sync now to a schedule that is kept: real processes against both services."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from disf_desktop.core.edits import with_integration
from disf_desktop.core.project import Schedule
from disf_desktop.gui.bridge import Bridge
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import Facts, Keeping, Store, Why
from disf_desktop.workspace import Places, Workspace
from tests.gui.rehearsal import AtOnce

PATIENCE_MS = 60_000


@pytest.fixture
def ready(tmp_path: Path, qtbot: QtBot) -> Iterator[dict[str, Any]]:
    """Give both services, simulated; they end with us."""
    file = tmp_path / "ready.json"
    words = [sys.executable, "-m", "disf_desktop.cli", "simulate", "--records", "60", "--ready-file", str(file)]
    with subprocess.Popen([*words, "--until-stdin-ends"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as services:
        try:
            qtbot.waitUntil(lambda: file.exists() or services.poll() is not None, timeout=PATIENCE_MS)
            yield json.loads(file.read_text())
        finally:
            services.terminate()


class Window:
    """A desk over the real workspace, whose short calls are made at once and whose runs are processes."""

    def __init__(self, ready: dict[str, Any], qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.real, self.store = Bridge(), Store()
        bridge = AtOnce()

        def process(command: list[str], parent: QObject) -> Any:
            return self.real.process(command, parent)

        bridge.process = process  # type: ignore[method-assign,assignment]
        places = Places(Path(ready["profile"]), Path(ready["secrets"]))
        self.desk = Desk(bridge, self.store, places, lambda path, there: Workspace(path, there, unfinished=True))
        self.desk.open(Path(ready["project_file"]))

    @property
    def facts(self) -> Facts:
        return self.store.facts

    def until(self, seen: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(seen()), timeout=PATIENCE_MS)

    def idle(self) -> None:
        self.until(lambda: not self.facts.running)
        assert self.facts.notice is None


def test_a_first_run_is_shown_then_sent_and_then_follows_its_schedule(
    ready: dict[str, Any], qtbot: QtBot, qapp: QApplication
) -> None:
    window = Window(ready, qtbot)
    desk = window.desk
    desk.sync()
    window.idle()
    preview = window.facts.preview
    assert preview is not None
    assert preview.plan is not None
    assert preview.why is Why.FIRST_RUN
    assert preview.planned > 0
    assert stat.S_IMODE(preview.plan.stat().st_mode) == 0o600 or sys.platform == "win32"
    assert not window.facts.history.last_runs, "nothing was sent"

    desk.send_plan()
    window.idle()
    run = window.facts.run
    assert run is not None
    assert run.exit_code in (0, 3)
    assert not preview.plan.exists()
    sent = window.facts.runs[0].summary["dialog_insight"]
    assert sent["created"] == preview.planned
    assert "Contacts" in window.facts.history.last_runs

    contacts = desk.project.integrations[0].model_copy(update={"schedule": Schedule(every_minutes=60)})
    desk.edit(lambda: "Every hour", with_integration(desk.project, contacts))
    window.until(lambda: window.facts.schedules.next.get("Contacts"))
    assert window.facts.schedules.keeping is Keeping.ON
    before = window.facts.runs[0].id
    desk.sync()
    window.idle()
    assert window.facts.runs[0].id == before + 1
    assert len(window.real._processes) == 1, "it was the one that keeps the schedules"
    desk.pause_schedules(True)
    window.until(lambda: not window.real._processes)
