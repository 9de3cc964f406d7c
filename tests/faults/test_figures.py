"""What parts of the kills at every commit left is added up, and a place that nobody hit is told."""

from __future__ import annotations

from typing import Any

from tests.faults.figures import ENDS, READS_ON, added


def part(points: dict[str, int], **more: Any) -> dict[str, Any]:
    told = {"kills": sum(points.values()), "sign-ins lost": 1, "acts": {"edited": 2}, "failures": [], "missed": {}}
    return {**told, "points": points, READS_ON: [0.5, 2.0], ENDS: [], **more}


def test_figures_of_parts_are_added_and_the_place_that_was_hit_least_is_named() -> None:
    parts = [part({"commit A": 2, "committed A": 1}), part({"commit A": 1}, failures=["it is there twice"])]
    told = added(parts, ["commit A", "committed A", "rename B"])
    assert (told["kills"], told["sign-ins lost"], told["acts"], told["points"]) == (4, 2, 4, 3)
    assert told["failures"] == ["it is there twice"]
    assert told["points, commit"] == {"number": 1, "kills": 3, "fewest": 3}
    assert told["fewest"] == {"kills": 0, "at": ["rename B"]}
    assert told[READS_ON] == {"runs": 4, "median": 1.25, "longest": 2.0}
    assert ENDS not in told


def test_a_place_that_was_wanted_and_not_reached_is_told() -> None:
    told = added([part({"commit A": 1}, missed={"commit B": 2}), part({}, missed={"commit B": 1})], ["commit A"])
    assert told["not reached"] == {"commit B": 3}
