"""Each fault that a schedule counts stands in one row of the design paper, and rows that fire too rarely are named."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.simulation import line, people, runs, weather
from tests.simulation.fault_rows import BESIDE, COUNTERS, FAULT_ROWS, rare
from tests.simulation.schedule import CLOCKS_CHANGE, LAG, SCOPE

HERE: Final = Path(__file__).parent
ROOT: Final = Path(__file__).parents[2]

TABLES: Final = (
    line.ANY, line.WRITES, line.STORM, line.OF_SALESFORCE, line.QUERIES, line.MERGES, line.LOOKUPS,
    line.OF_THEMSELVES, people.EXPORT_FAULTS, weather.BETWEEN_RUNS, weather.IN_A_RUN, runs.FULL_DISK, runs.KILLS,
    CLOCKS_CHANGE, (LAG, SCOPE),
)  # fmt: skip
"""What schedules draw names from."""
WAYS: Final = {"stopped": "stopped_at_an_event", "plain": "", "preview": "", "killed": ""}
"""Ways of a run that are counted under another name, or not as faults."""
NAMED_BY: Final = {"name", "fault", "way"}
"""Variables that hold a name of one of the tables."""


def _of_tables() -> set[str]:
    ways = (WAYS.get(way, way) for way, _ in runs.WAYS)
    return {name for table in (*TABLES, ways) for name in table if name}


def _said(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _said(node.body)
        yield from _said(node.orelse)
    else:
        yield node


def _counted_in_place() -> Iterator[ast.expr]:
    """Give what is counted where it happens: `fault(name)`, `fired(name)`, `noticed[name]`."""
    for path in sorted(HERE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="fault" | "fired", value=owner), args=[told]):
                    if ast.unparse(owner).endswith("trace"):
                        yield from _said(told)
                case ast.Subscript(value=ast.Attribute(attr="noticed"), slice=told):
                    yield from _said(told)


def test_every_name_that_a_schedule_counts_stands_in_one_row() -> None:
    counted = list(_counted_in_place())
    literal = {node.value for node in counted if isinstance(node, ast.Constant)}
    assert len(literal) > 5
    assert {ast.unparse(node) for node in counted if not isinstance(node, ast.Constant)} == NAMED_BY
    assert _of_tables() | literal == COUNTERS
    every = [*BESIDE, *(name for row in FAULT_ROWS for name in row.counters)]
    assert [name for name, times in Counter(every).items() if times > 1] == []


def test_the_rows_are_those_of_the_paper_and_the_rest_of_each_is_proved_by_a_test_that_is_there() -> None:
    assert len(FAULT_ROWS) == 19
    elsewhere = {path for row in FAULT_ROWS for path in row.elsewhere.values()}
    assert sorted(path for path in elsewhere if not (ROOT / path).is_file()) == []


def test_a_row_that_fired_too_rarely_is_named_whatever_the_others_did() -> None:
    counted = Counter(dict.fromkeys(COUNTERS, 1000))
    assert rare(counted, 1000) == []
    counted["doubled_delivery"] = 999
    counted["sleep_beyond_tombstone_retention"] = 0
    assert [row.counters[0] for row in rare(counted, 1000)] == ["doubled_delivery", "sleep_beyond_tombstone_retention"]
