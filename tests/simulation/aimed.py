"""Schedules that are aimed at what plain ones seldom come to: what is changed in them, and what must hold there.

What they need is drawn from a stream of its own; a plain seed means what it meant.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from typing import Final

from tests.simulation.checker import Checker
from tests.simulation.exports import Exports
from tests.simulation.ground import Violation
from tests.simulation.people import People
from tests.simulation.scene import Scene

CALLS: Final = "few_calls_a_day"
"""Our own allowance of calls is used up after a run or two, and people go on."""
EXPORTS: Final = "exports_out_of_order"
"""What people do in Dialog Insight is told by exports alone: stale ones, swapped ones, repeated ones."""
STILL: Final = "nobody_acts_in_a_run"
"""People act between runs only; what they do in Dialog Insight is seen by the look before a write, or by nobody."""
GATEWAY: Final = "late_after_an_error"
"""A gateway gives a write up with an error, and the service carries it out later."""
SECOND: Final = "answers_in_one_second"
"""People answer, and take it back, within the second in which a run reads and writes."""
AIMS: Final = (CALLS, EXPORTS, STILL, GATEWAY, SECOND)

KEPT_CALLS: Final = 200
"""Of an allowance, kept for consents."""
ONE_FIELD: Final = ("LastName",)
"""What people edit where two edits have to meet."""


def set_scene(scene: Scene, seed: int, more: Collection[str]) -> None:
    """Change what people and runs find, before anybody acts."""
    rng = random.Random(f"aimed {seed}")
    if CALLS in more:
        scene.trace.fault("own_allowance")
        scene.calls_per_day = KEPT_CALLS + rng.randrange(5, 25)
    if EXPORTS in more:
        shelf = scene.account.lists[123456]
        scene.account.accepts_dates, scene.lookups = False, 0
        scene.exports = Exports(scene.folder / "exports", scene.account, shelf, 123456, scene.trace)
    if STILL in more:
        scene.account.accepts_dates, scene.lookups, scene.exports = False, 0, None
    if SECOND in more:
        scene.line.call_takes, scene.in_one_second = 0.0, True


def set_people(people: People, more: Collection[str]) -> None:
    """Let people do more of what matters, and more go wrong of that."""
    if EXPORTS in more:
        people.prefer({"exports": 8})
        people.exported = ("", "export_stale", "exports_swapped")
    if GATEWAY in more:
        people.scene.line.gateway = people.scene.line.storm = True
    if {STILL, GATEWAY}.intersection(more):
        people.prefer({"saves": 3, "edits": 4})
    if {STILL, GATEWAY, EXPORTS}.intersection(more):
        people.fields = ONE_FIELD
    if SECOND in more:
        others = dict.fromkeys(people.names, 0.0)
        people.prefer(others | {"answers": 1, "says_it_in_salesforce": 1})
        people.of_consents = people.scene.line.storm = True


def rates(more: Collection[str], fault: float, deed: float) -> tuple[float, float]:
    """Give how often something fails, and how often people act between the calls of a run."""
    if STILL in more:
        return fault, 0.0
    if {GATEWAY, SECOND}.intersection(more):
        return max(fault, 0.12), max(deed, 0.3)
    return fault, deed


def rounds(more: Collection[str]) -> int:
    """Give how many more rounds there are."""
    return 0 if set(AIMS).isdisjoint(more) else 3


def pauses(more: Collection[str]) -> tuple[int, ...]:
    """Give what may pass before a run, in seconds, where that is not as in other schedules."""
    return (0,) if SECOND in more else ()


def begin_round(scene: Scene, more: Collection[str]) -> None:
    """Let so much time pass before people act that what they say then is later than what was said before (C5c)."""
    if SECOND in more:
        scene.time.advance(90)


def judge(checker: Checker, more: Collection[str]) -> None:
    """Look at what holds in aimed schedules only."""
    late = any(c.late for c in (*checker.org.history, *checker.contacts.history))
    if STILL in more and checker.blind and not late:
        raise Violation("I2: what people did before a run was written over, and nobody had looked")
