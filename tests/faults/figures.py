"""Adds up the figures that parts of `test_every_commit` left: `python -m tests.faults.figures FILE ...`."""

from __future__ import annotations

import json
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

KINDS: Final = ("commit", "committed", "rename", "renamed", "send")
READS_ON: Final = "reads on after, seconds"
ENDS: Final = "ends after, seconds"


def added(parts: Iterable[Mapping[str, Any]], names: Iterable[str]) -> dict[str, Any]:
    """Add the figures of parts up; `names` are the points that should have been hit."""
    points, acts, missed = Counter(dict.fromkeys(names, 0)), Counter[str](), Counter[str]()
    told: dict[str, Any] = {"kills": 0, "sign-ins lost": 0, "failures": []}
    times: dict[str, list[float]] = {READS_ON: [], ENDS: []}
    for part in parts:
        for name in told:
            told[name] += part[name]
        points.update(part["points"])
        acts.update(part["acts"])
        missed.update(part["missed"])
        for name, each in times.items():
            each.extend(part[name])
    told |= {"acts": acts.total(), "points": len(points), "not reached": dict(missed)}
    for kind in KINDS:
        hits = [times for point, times in points.items() if point.startswith(f"{kind} ")]
        told[f"points, {kind}"] = {"number": len(hits), "kills": sum(hits), "fewest": min(hits, default=0)}
    fewest = min(points.values(), default=0)
    told["fewest"] = {"kills": fewest, "at": sorted(point for point, hits in points.items() if hits == fewest)[:20]}
    for name, each in times.items():
        if each:
            longest, median = round(max(each), 1), round(statistics.median(each), 2)
            told[name] = {"runs": len(each), "median": median, "longest": longest}
    return told


def main(files: Sequence[str]) -> int:
    """Print the sum of files; 1 if something failed or a point was not hit."""
    from tests.faults.test_every_commit import WORLDS

    names = {point for world in WORLDS for scene in world.scenes for point in scene.points}
    told = added((json.loads(Path(each).read_text("utf-8")) for each in files), names)
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    return 1 if told["failures"] or told["not reached"] or not told["fewest"]["kills"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
