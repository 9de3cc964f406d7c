"""Measure how soon the window can be used, and how smooth it stays under a load: `python -m tests.benchmarks.window`.

Everything is measured in processes of their own, without a screen. The start counts from before the process begins
until the window has its project file on it and its loop is idle; beside it stands a bare window of Qt, in the same run.
Smoothness is that of one scroll step a frame: how long until the list has painted it (by the event loop, as a person
sees it), how long a forced repaint takes, and how late a timer of 10 ms comes; first idle, then while the window's own
first load runs, then while its wizard checks and imports a file of as many rows, of which one in twenty is refused.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
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
from tests.benchmarks.importing import COLUMNS, TOWARD_DIALOG_INSIGHT, rows

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


def importing(ready: dict[str, Any], file: Path, seconds: float) -> None:
    """Bring a file in by the wizard, and scroll the fields of the mapping behind it and the rows it refuses."""

    async def live(window: Any, desk: Any, store: Any) -> dict[str, Any]:
        from disf_desktop.core.importing.recipe import DateOrder, ImportColumn
        from disf_desktop.gui.models.imports import Step
        from disf_desktop.gui.models.marks import Tab

        await _until(lambda: store.facts.project is not None and store.facts.schemas and not store.facts.asking)
        behind = window.pages[Tab.MAPPING].canvas.left
        window.show_tab(Tab.MAPPING)
        desk.begin_import(to="newsletter/Contact")
        await asyncio.sleep(1)
        told: dict[str, Any] = {"idle": await _scrolled(behind, 10), "memory": [_resident_mb()]}
        began = time.perf_counter()
        desk.choose_file(file)
        await _until(lambda: store.facts.imports.recognised is not None and store.facts.imports.schema is not None)
        told["recognised_ms"] = (time.perf_counter() - began) * 1000
        desk.go_to_step(Step.FILE)
        desk.say_form(dates=DateOrder.DAY_FIRST)
        await _until(lambda: not store.facts.asking and store.facts.imports.draft.form.dates is not None)
        for column, field in zip(COLUMNS, TOWARD_DIALOG_INSIGHT, strict=True):
            desk.pair_column(column, field)
        assert len(store.facts.imports.draft.columns) == len(COLUMNS)
        assert all(isinstance(each, ImportColumn) for each in store.facts.imports.draft.columns)
        desk.check_rows()
        await _until(lambda: store.facts.run.state.progress is not None)
        told["check"] = await _scrolled(behind, seconds, lambda: store.facts.running)
        await _until(lambda: not store.facts.running)
        told["memory"].append(_resident_mb())
        counts = store.facts.imports.checked.counts
        told["rows"], told["refused"] = counts.rows, counts.refused
        page = window.imports.wizard.pages[Step.CHECK]
        await _until(lambda: page.model.rows)
        told["filters_ms"] = [await _filtered(page, store, chip) for chip in (1, 2, 3, 0)]
        told["table"] = await _scrolled(page.table, 20)
        began = time.perf_counter()
        while store.facts.imports.refused.more:  # as one who holds the End key down
            bar = page.table.verticalScrollBar()
            bar.setValue(bar.maximum())
            await asyncio.sleep(0)
        told["to_the_end_s"] = time.perf_counter() - began
        await _until(lambda: len(page.model.rows) == counts.refused)
        told["whole_table"] = await _scrolled(page.table, 10)
        told["memory"].append(_resident_mb())
        desk.import_rows()
        await _until(lambda: store.facts.run.state.progress is not None and store.facts.run.state.progress.sent)
        told["load"] = await _scrolled(behind, seconds, lambda: store.facts.running)
        progress = store.facts.run.state.progress
        told["at"] = f"{progress.stage.value} {progress.done}"
        desk.stop()
        await _until(lambda: not store.facts.running)
        told["memory"].append(_resident_mb())
        return told

    _in_the_window(ready, live)


async def _filtered(page: Any, store: Any, chip: int) -> float:
    """Choose a reason among the refused rows, and say how long until its rows are there."""
    before, began = store.facts.imports.refused.rows, time.perf_counter()
    page.chips[chip].click()
    code = page.chips[chip].property("code")
    await _until(lambda: store.facts.imports.refused.code == code and page.model.rows not in ((), before))
    await asyncio.sleep(0.2)
    assert store.facts.imports.refused.rows == page.model.rows
    return (time.perf_counter() - began - 0.2) * 1000


def _resident_mb() -> float:
    """Give the memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def _scrolled(view: Any, seconds: float, on: Callable[[], bool] = lambda: True) -> dict[str, Any]:
    """Scroll a list step by step while something is `on`, and measure what a person would feel."""
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
    end = time.perf_counter() + seconds
    while on() and time.perf_counter() < end:
        await asyncio.sleep(0.1)
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


def starts() -> None:
    """Measure the start beside that of a bare window."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with simulator(300, folder):
            file = str(folder / "ready.json")
            both = [(child("bare")["ms"], child("start", file)) for _ in range(STARTS + 1)][1:]  # the first one is cold
            bare, full = statistics.median(b for b, _ in both), statistics.median(f["ms"] for _, f in both)
            shown = statistics.median(f["shown_ms"] for _, f in both)
            print(f"start: bare window {bare:.0f} ms, ours shown {shown:.0f} ms, its project file on it {full:.0f} ms")


def first_load(contacts: int, seconds: float) -> None:
    """Measure the window while its own first load runs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with simulator(contacts, folder):
            told = child("busy", str(folder / "ready.json"), str(seconds))
            print(f"a list of {told['rows']} fields; the load of {contacts:,} was watched up to: {told['at']}")
            for what in ("scroll", "repaint", "late"):
                show(f"{what}, idle", told["idle"][what])
                show(f"{what}, while the load runs", told["load"][what])


def file_to_import(path: Path, count: int) -> Path:
    """Write people into a semicolon file of Windows-1252; one row of twenty has a wrong cell, of three kinds."""
    wrong = ((1, "personne@bureau"), (6, "31/02/1985"), (16, "beaucoup"))
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        for n, row in enumerate(rows(count)):
            if n % 20 == 7:
                place, cell = wrong[n // 20 % 3]
                row = (*row[:place], cell, *row[place + 1 :])
            writer.writerow(row)
    return path


def import_of(count: int, seconds: float) -> None:
    """Measure the window while a file is checked and imported."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = file_to_import(folder / "people.csv", count)
        with simulator(300, folder):
            told = child("import", str(folder / "ready.json"), str(file), str(seconds))
    print(
        f"import of {told['rows']:,} rows: recognised in {told['recognised_ms']:.0f} ms, refused {told['refused']:,},"
    )
    print(f"  the import was watched up to: {told['at']}")
    for what in ("scroll", "repaint", "late"):
        show(f"{what}, idle", told["idle"][what])
        show(f"{what}, while the check runs", told["check"][what])
        show(f"{what}, while the import runs", told["load"][what])
        show(f"{what}, the first refused rows", told["table"][what])
        show(f"{what}, all the refused rows", told["whole_table"][what])
    print("reasons chosen, until their rows are there:", ", ".join(f"{ms:.0f}" for ms in told["filters_ms"]), "ms")
    print(f"from the first refused row to the last: {told['to_the_end_s']:.1f} s")
    before, *after = told["memory"]
    names = ("checked", "all refused rows seen", "imported")
    shown = ", ".join(f"{name} {mb:.0f}" for name, mb in zip(names, after, strict=True))
    print(f"memory of the window: before {before:.0f} MB, {shown} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=1_000_000, help="how many the load brings")
    parser.add_argument("--seconds", type=float, default=90, help="how long the load is watched")
    parser.add_argument("--rows", type=int, default=1_000_000, help="how many the imported file has")
    parser.add_argument("--only", choices=("start", "load", "import"), help="measure this alone")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        what, *rest = given.child
        began = float(rest[-1])
        if what == "bare":
            bare_start(began)
            return
        ready = json.loads(Path(rest[0]).read_text(encoding="utf-8"))
        if what == "start":
            start(began, ready)
        elif what == "import":
            importing(ready, Path(rest[1]), float(rest[2]))
        else:
            busy(ready, float(rest[1]))
        return
    if given.only in (None, "start"):
        starts()
    if given.only in (None, "load"):
        first_load(given.contacts, given.seconds)
    if given.only in (None, "import"):
        import_of(given.rows // 20, given.seconds)
        import_of(given.rows, given.seconds)


if __name__ == "__main__":
    main()
