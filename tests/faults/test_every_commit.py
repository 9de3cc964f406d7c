"""A process that is killed at any of the places where it commits loses nothing and doubles nobody: each place, by name.

The places are read from the source (`tests.faults.census`); for each there is a scene that leads there. At a merge some
of them are hit once each, other ones under another `DISF_SEED`. With `DISF_PER_POINT` (20 in `make soak`) each is
hit so often, and a place that was not is a failure; `DISF_PART=2/6` is the second of six parts of that. `DISF_FIGURES`
names a file for the figures: one for each part and world, as they are so far; `python -m tests.faults.figures` adds
them up. What fails ends one town; the others are played all the same.
"""

from __future__ import annotations

import json
import os
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from tests.faults.aiming import Aim, Kills
from tests.faults.census import by_hand, renames, transactions
from tests.faults.decision_scenes import DECISIONS
from tests.faults.figures import ENDS, READS_ON
from tests.faults.import_scenes import FIRST_IMPORTS, IMPORTS
from tests.faults.ledger_scenes import IN_BULK, STARTING_OVER
from tests.faults.scenes import DAY_BY_DAY, LEADS_AND_ORDERS, Scene
from tests.faults.town import Launcher, Town
from tests.journeys.rehearsal import Change, integration, only, together
from tests.services.salesforce_simulator import Simulator

PER_POINT: Final = int(os.environ.get("DISF_PER_POINT", "0"))
PART, PARTS = (int(n) for n in os.environ.get("DISF_PART", "1/1").split("/"))
SEED: Final = os.environ.get("DISF_SEED", "1")
AT_A_MERGE: Final = 28
RARE_AT_A_MERGE: Final = 4
KILLS_IN_A_TOWN: Final = 120

ELSEWHERE: Final = {
    "Consents.close_consents": "nothing calls it but tests; runs let the trail go within Upkeep.let_go",
    "Consents.suppress": "always within the transaction of Upkeep._forget_the_erased",
    "PendingFile.write": "preparations of an org: tests/cli/test_prepare_kills.py",
}
"""Places of the census that no scene leads to, and why."""


BY_HAND: Final = {
    "BookWriter._looking_up": "only reads",
    "PlannedOperations.__init__": "a temporary index, gone with the process",
}
"""Functions that begin a transaction by words of their own, as `database.transaction` does for all others."""


@dataclass(frozen=True)
class World:
    """Scenes that may be played in one town, and what is switched on in it."""

    name: str
    scenes: tuple[Scene, ...]
    change: Change


def satisfied_by_all(project: dict[str, Any]) -> None:
    integration(project, "Contacts")["filter"] = "LastName != 'nobody at all'"


def in_small_batches(project: dict[str, Any]) -> None:
    for connection in project["connections"]:
        connection["batch_size"] = 10


WORLDS: Final = (
    World(
        "day by day",
        (*DAY_BY_DAY, *DECISIONS, *IMPORTS),
        together(only("Contacts", "Web sign-ups"), in_small_batches),
    ),
    World("leads and orders", LEADS_AND_ORDERS, only("Contacts", "Web sign-ups", "Leads", "Orders")),
    World("starting over", (*STARTING_OVER, *FIRST_IMPORTS), only("Contacts", "Web sign-ups")),
    World("in bulk", IN_BULK, together(only("Contacts"), satisfied_by_all)),
)


Shot = tuple[Scene, str]


def wanted(world: World) -> list[Shot]:
    """Give what is to be hit in a world, hand after hand of one scene's points in a random order."""
    chance = random.Random(f"aims {SEED}")
    hands = [
        [(scene, point) for point in scene.points]
        for scene in world.scenes[PART - 1 :: PARTS]
        for _ in range(PER_POINT)
    ]
    if not PER_POINT and world is WORLDS[0]:
        # An ordinary day is the cheapest to lead to, and has the most points.
        ordinary, *others = [[(scene, point) for point in scene.points] for scene in world.scenes]
        rare = chance.sample([shot for hand in others for shot in hand], RARE_AT_A_MERGE)
        hands = [chance.sample(ordinary, AT_A_MERGE - RARE_AT_A_MERGE), *([shot] for shot in rare)]
    chance.shuffle(hands)
    for hand in hands:
        chance.shuffle(hand)
        hand.sort(key=lambda shot: shot[1].startswith(("committed", "renamed")))
    return [shot for hand in hands for shot in hand]


def test_every_place_at_which_the_program_commits_has_a_scene_that_leads_there() -> None:
    reached = {name for scene in _scenes() for name in (*scene.commits, *scene.silent)}
    assert transactions() - reached - ELSEWHERE.keys() == set(), "a scene is missing"
    assert reached - transactions() == set(), "these commit no more"
    named = {name for scene in _scenes() for name in scene.renames}
    assert renames() - named - ELSEWHERE.keys() == set(), "a scene is missing"
    assert named - renames() == set(), "these put no file in its place any more"
    assert ELSEWHERE.keys() <= transactions() | renames()
    assert by_hand() == BY_HAND.keys(), "such a transaction is none of the census"


def _scenes() -> list[Scene]:
    return [scene for world in WORLDS for scene in world.scenes]


@pytest.mark.parametrize("world", WORLDS if PER_POINT else WORLDS[:1], ids=lambda world: world.name)
def test_a_process_killed_at_a_commit_loses_nothing_and_doubles_nobody(
    world: World, simulator: Simulator, launcher: Launcher, tmp_path: Path
) -> None:
    aims, kills = wanted(world), Kills()
    failures: list[Exception] = []
    for number, start in enumerate(range(0, len(aims), KILLS_IN_A_TOWN)):
        folder = tmp_path / str(number)
        folder.mkdir()
        seed = f"{world.name} {SEED} {PART} {number}"
        town = Town(simulator, folder, launcher, seed, change=world.change)
        aim = Aim(town, kills)
        try:
            town.run()
            aim.play(aims[start : start + KILLS_IN_A_TOWN])
        except Exception as failure:  # noqa: BLE001 - whatever it is, the other towns are played too
            killed = [line for line in town.history.story if line.startswith("- killed")]
            failure.add_note(f"DISF_SEED={SEED} DISF_PER_POINT={PER_POINT} DISF_PART={PART}/{PARTS}, town {seed!r}")
            failure.add_note(f"after {len(killed)} kills, the last ones: {killed[-4:]}")
            failures.append(failure)
        kills.acts.update(town.history.acts)
        kills.sign_ins += town.sign_ins
        if "DISF_FIGURES" in os.environ:
            _note(world, kills, failures)
    if failures:
        raise ExceptionGroup(f"{len(failures)} towns", failures)
    assert not kills.missed, f"these places were not reached: {dict(kills.missed)}"
    unknown = {point for point in kills.passed if not _is_known(point)}
    assert not unknown, f"the census does not know these: {unknown}"


def _is_known(point: str) -> bool:
    kind, name = point.split(" ", 1)
    if kind == "send":
        return not PER_POINT or name in {each for scene in _scenes() for each in scene.sends}
    return name in (transactions() if kind.startswith("commit") else renames())


def _note(world: World, kills: Kills, failures: list[Exception]) -> None:
    told: dict[str, Any] = {"kills": kills.points.total(), "sign-ins lost": kills.sign_ins, "acts": kills.acts}
    told["failures"] = [f"{failure}"[:300] for failure in failures]
    told["points"], told["missed"] = dict(sorted(kills.points.items())), kills.missed
    told |= {READS_ON: sorted(kills.recovered_s), ENDS: sorted(kills.ended_s)}
    path = Path(os.environ["DISF_FIGURES"]).with_suffix(f".{world.name.replace(' ', '-')}.{SEED}.{PART}.json")
    path.write_text(json.dumps(told, indent=1), "utf-8")
