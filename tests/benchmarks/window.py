"""Measure how soon the window can be used, and how smooth it stays under a load: `python -m tests.benchmarks.window`.

Everything is measured in processes of their own, without a screen. The start counts from before the process begins
until the window has its project file on it and its loop is idle; beside it stands a bare window of Qt, in the same run.
Smoothness is that of one scroll step a frame: how long until the list has painted it (by the event loop, as a person
sees it), how long a forced repaint takes, and how late a timer of 10 ms comes; first idle, then while the window's own
first load runs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.__main__ import simulator

_ROOT = Path(__file__).resolve().parents[2]
FRAME_MS = 40
BEAT_MS = 10
STEP_PX = 57
STARTS = 5


def spread(values: list[float]) -> dict[str, float]:
    """Give the median, the 95th percentile and the largest of some milliseconds."""
    ordered = sorted(values)
    return {
        "median": statistics.median(ordered),
        "p95": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))],
        "max": ordered[-1],
        "count": len(ordered),
    }


# ------------------------------------------------------------------ in the process of the window


def bare_start(began: float) -> None:
    """Show a bare window of Qt, and say how long that took."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("A bare window"))
    window.resize(1360, 860)
    window.show()
    QTimer.singleShot(0, lambda: (print(json.dumps({"ms": (time.monotonic() - began) * 1000})), application.quit()))
    application.exec()


async def _until(look: Callable[[], Any]) -> None:
    while not look():
        await asyncio.sleep(0.005)


def start(began: float, ready: dict[str, Any]) -> None:
    """Show the real window with its project file, and say how long that took."""

    async def live(window: Any, _desk: Any, store: Any) -> dict[str, Any]:
        shown = (time.monotonic() - began) * 1000
        await _until(lambda: store.facts.project is not None)
        for _ in range(3):
            await asyncio.sleep(0)
        return {"shown_ms": shown, "ms": (time.monotonic() - began) * 1000}

    _in_the_window(ready, live)


def busy(ready: dict[str, Any], seconds: float) -> None:
    """Scroll the fields of the mapping and the rows of the integrations, idle and while a first load runs."""

    async def live(window: Any, desk: Any, store: Any) -> dict[str, Any]:
        from disf_desktop.gui.models.marks import Tab

        await _until(
            lambda: store.facts.project is not None and len(store.facts.schemas) >= 3 and not store.facts.asking
        )
        view = window.pages[Tab.MAPPING].canvas.left
        window.show_tab(Tab.MAPPING)
        await asyncio.sleep(1)
        idle = await _scrolled(view, 10)
        desk.sync("Contacts", approve="")  # its plan is not asked for first
        await _until(lambda: store.facts.running and store.facts.run.state.progress is not None)
        window.show_tab(Tab.MAPPING)
        load = await _scrolled(view, seconds)
        run = store.facts.run
        progress = run.state.progress if run is not None else None
        at = f"{progress.stage.value} {progress.done}" if progress is not None else ""
        desk.stop()
        await _until(lambda: not store.facts.running)
        return {"rows": view.model().rowCount(), "idle": idle, "load": load, "at": at}

    _in_the_window(ready, live)


async def _scrolled(view: Any, seconds: float) -> dict[str, Any]:
    """Scroll a list step by step, and measure what a person would feel."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer

    scroll: list[float] = []
    repaint: list[float] = []
    late: list[float] = []
    asked = 0.0

    class Painted(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            nonlocal asked
            if event.type() is QEvent.Type.Paint and asked:
                QTimer.singleShot(0, done)
            return False

    def done() -> None:
        nonlocal asked
        if asked:
            scroll.append((time.perf_counter() - asked) * 1000)
            asked = 0.0

    bar, down = view.verticalScrollBar(), True

    def step() -> None:
        nonlocal asked, down
        if asked:
            return  # the last one is still to be painted
        if bar.value() >= bar.maximum() or bar.value() <= bar.minimum():
            down = bar.value() <= bar.minimum()
        asked = time.perf_counter()
        bar.setValue(bar.value() + (STEP_PX if down else -STEP_PX))
        if len(scroll) % 5 == 4:
            before = time.perf_counter()
            view.viewport().repaint()
            repaint.append((time.perf_counter() - before) * 1000)

    beat_at = time.perf_counter()

    def beat() -> None:
        nonlocal beat_at
        now = time.perf_counter()
        late.append(max(0.0, (now - beat_at) * 1000 - BEAT_MS))
        beat_at = now

    watcher = Painted()
    view.viewport().installEventFilter(watcher)
    frames, heart = QTimer(), QTimer()
    heart.setTimerType(Qt.TimerType.PreciseTimer)
    frames.timeout.connect(step)
    heart.timeout.connect(beat)
    frames.start(FRAME_MS)
    heart.start(BEAT_MS)
    await asyncio.sleep(seconds)
    frames.stop()
    heart.stop()
    view.viewport().removeEventFilter(watcher)
    return {"scroll": spread(scroll), "repaint": spread(repaint), "late": spread(late)}


def _in_the_window(ready: dict[str, Any], live: Callable[[Any, Any, Any], Any]) -> None:
    """Start the program as it starts itself, let something live in it, and say what came of it."""
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

    from disf_desktop import app
    from disf_desktop.gui.bridge import Bridge
    from disf_desktop.workspace.places import Places

    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    app.collect_here(application)
    places = Places.find(Path(ready["profile"]), Path(ready["secrets"]))
    loop = QEventLoop(application)
    asyncio.set_event_loop(loop)

    async def whole() -> None:
        bridge = Bridge()
        window = app.make_window(application, bridge, places)
        window.show()
        window.open_file(Path(ready["project_file"]))
        print(json.dumps(await live(window, window._desk, window._store)), flush=True)
        window.close()
        await bridge.close()

    with loop:
        loop.run_until_complete(whole())


# ------------------------------------------------------------------ from outside


def child(*words: str) -> dict[str, Any]:
    """Run one measurement in a process of its own."""
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command = [sys.executable, "-m", "tests.benchmarks.window", "--child", *words]
    done = subprocess.run(
        [*command, str(time.monotonic())], cwd=_ROOT, env=environment, stdout=subprocess.PIPE, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def show(name: str, figures: dict[str, float]) -> None:
    print(f"{name:>34}  median {figures['median']:6.1f}  p95 {figures['p95']:6.1f}  max {figures['max']:6.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=1_000_000, help="how many the load brings")
    parser.add_argument("--seconds", type=float, default=90, help="how long the load is watched")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        what, *rest = given.child
        began = float(rest[-1])
        if what == "bare":
            bare_start(began)
            return
        ready = json.loads(Path(rest[0]).read_text(encoding="utf-8"))
        start(began, ready) if what == "start" else busy(ready, float(rest[1]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with simulator(300, folder):
            file = str(folder / "ready.json")
            both = [(child("bare")["ms"], child("start", file)) for _ in range(STARTS + 1)][1:]  # the first one is cold
            bare, full = statistics.median(b for b, _ in both), statistics.median(f["ms"] for _, f in both)
            shown = statistics.median(f["shown_ms"] for _, f in both)
            print(f"start: bare window {bare:.0f} ms, ours shown {shown:.0f} ms, its project file on it {full:.0f} ms")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with simulator(given.contacts, folder):
            told = child("busy", str(folder / "ready.json"), str(given.seconds))
            print(f"a list of {told['rows']} fields; the load of {given.contacts:,} was watched up to: {told['at']}")
            for what in ("scroll", "repaint", "late"):
                show(f"{what}, idle", told["idle"][what])
                show(f"{what}, while the load runs", told["load"][what])


if __name__ == "__main__":
    main()
