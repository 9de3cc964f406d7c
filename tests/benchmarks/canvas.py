"""Measure a scroll frame of the pairing canvas: `python -m tests.benchmarks.canvas`.

800 Salesforce fields, 300 Dialog Insight fields, 400 pairs, 60 suggestions, 1200 × 760 points. A frame is a step of the
scroll bars with a forced repaint of both lists and of the strip; nothing is spared by what the screen holds already.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from disf_desktop.core.project import FieldPair, Integration, ObjectMapping, Project
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.suggest import Evidence, Reason, Suggestion
from disf_desktop.gui import theme
from disf_desktop.gui.mapping_canvas.canvas import Canvas
from disf_desktop.gui.mapping_canvas.mapping_pairing import MappingPairing
from disf_desktop.gui.models.facts import Facts, dialog_insight_key, salesforce_key
from tests.gui.pairing_stand import Stand

_LEFT, _RIGHT, _PAIRS, _SUGGESTED = 800, 300, 400, 60
_KINDS = (
    FieldType.TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.DATE,
    FieldType.DECIMAL, FieldType.BOOLEAN, FieldType.CHOICE, FieldType.DATETIME,
)  # fmt: skip


def _fields(count: int, stem: str) -> dict[str, Field]:
    made = (Field(f"{stem}_{n}__c", f"{stem} number {n}", _KINDS[n % len(_KINDS)], 120) for n in range(count))
    return {field.name: field for field in made}


def facts_of(before: Facts) -> tuple[Facts, Integration]:
    """Give facts with the large mapping in the place of the first integration."""
    from dataclasses import replace

    project = before.project
    assert isinstance(project, Project)
    left, right = _fields(_LEFT, "Source"), _fields(_RIGHT, "Target")
    sources, targets = list(left), list(right)
    pairs = tuple(
        FieldPair(source=sources[(n * 7) % _LEFT], target=targets[(n * 11) % _RIGHT], key=n == 0) for n in range(_PAIRS)
    )
    first = project.integrations[0].model_copy(update={"mapping": ObjectMapping(pairs=pairs)})
    project = project.model_copy(update={"integrations": (first, *project.integrations[1:])})
    schemas = {
        salesforce_key(first.salesforce, first.object): Schema(Side.SALESFORCE, "Contact", "Contact", left),
        dialog_insight_key(first.project, first.table): Schema(Side.DIALOG_INSIGHT, "Contact", "Contact", right),
    }
    used = {pair.source for pair in pairs}, {pair.target for pair in pairs}
    free = ([n for n in sources if n not in used[0]], [n for n in targets if n not in used[1]])
    told = tuple(
        Suggestion(a, b, 0.9, True, Reason(Evidence.SAME_LABEL)) for a, b in zip(*free, strict=False)
    )[:_SUGGESTED]  # fmt: skip
    return replace(before, project=project, schemas=schemas, suggestions={first.name: told}), first


def _frames(canvas: Canvas, count: int, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Scroll both lists up and down, the one faster than the other; give the milliseconds of each frame."""
    bars = (canvas.left.verticalScrollBar(), canvas.right.verticalScrollBar())
    took = []
    for n in range(count):
        for bar, speed in zip(bars, (37, 23), strict=True):
            bar.setValue((n * speed) % max(1, bar.maximum()))
        began = clock()
        canvas.left.viewport().repaint()
        canvas.right.viewport().repaint()
        canvas.strip.repaint()
        took.append((clock() - began) * 1000)
    return took


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def measure(frames: int) -> dict[str, float]:
    """Give the figures in milliseconds, by name."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Appearance.LIGHT)
    with TemporaryDirectory() as folder:
        stand = Stand(Path(folder))
        theme.dress(stand)
        stand.resize(1200, 760)
        stand.show()
        facts, integration = facts_of(stand.store.facts)
        stand.store.facts = facts
        canvas, pairing = stand.canvas, MappingPairing(stand.desk, integration.name)
        figures = {"first show": _milliseconds(lambda: canvas.show_pairing(pairing, None))}
        application.processEvents()
        figures["show again"] = _milliseconds(lambda: canvas.show_pairing(pairing, None))
        figures["begin to drag"] = _milliseconds(lambda: canvas.left.dragging.emit("Source_3__c"))
        canvas.left.dragging.emit("")
        figures["key in the search"] = _milliseconds(lambda: canvas.left_search.setText("number 7"))
        canvas.left_search.clear()
        _frames(canvas, 20)
        took = _frames(canvas, frames)
        figures["frame, median"] = statistics.median(took)
        figures["frame, 95th percentile"] = statistics.quantiles(took, n=20)[-1]
        busy = _frames(canvas, frames, time.process_time)
        figures["frame of processor, median"] = statistics.median(busy)
        figures["frame of processor, 95 %"] = statistics.quantiles(busy, n=20)[-1]
        stand.close()
    return figures


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=300)
    for name, value in measure(parser.parse_args().frames).items():
        print(f"{name:28} {value:8.1f} ms")


if __name__ == "__main__":
    main()
