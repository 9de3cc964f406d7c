"""Kills a town's commands at the points that are asked for, each in a scene that leads there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.faults.checker import Checker
from tests.faults.scenes import Scene, Words
from tests.faults.town import Command, Town

KILLS_IN_A_ROUND: Final = 28
TRIES: Final = 6
"""How often a scene is played for one kill: after an earlier kill a run may have something else to do first."""
RECOVERED: Final = "commit Observations.start_reading"
"""What a run does first once all that the one before left open is settled, or held."""


@dataclass
class Kills:
    """What was hit, how often, and how long the commands after it took, in seconds."""

    points: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    """What the commands passed, whether they died there or not."""
    acts: Counter[str] = field(default_factory=Counter)
    recovered_s: list[float] = field(default_factory=list)
    ended_s: list[float] = field(default_factory=list)
    sign_ins: int = 0

    def note_time(self, command: Command) -> None:
        """Note how long a sync took that began after a kill: until it read on, and until its end."""
        told = command.points
        if RECOVERED in told.get("first_s", {}):
            self.recovered_s.append(told["first_s"][RECOVERED])
            if command.code in (0, 3):
                self.ended_s.append(told["whole_s"])


@dataclass
class Aim:
    """Plays scenes in a town, and kills."""

    town: Town
    kills: Kills
    checker: Checker = field(init=False)
    _most: dict[str, int] = field(default_factory=dict)
    """How often a command that came to its end passed each point, at most."""
    _killed: bool = False
    _led: tuple[Scene, Words] | None = None
    """The scene that was played last, as long as its command has not come to its end: the next one passes there too."""

    def __post_init__(self) -> None:
        self.checker = Checker(self.town)

    def play(self, wanted: Sequence[tuple[Scene, str]]) -> None:
        """Kill once at each point that is wanted; then both sides must agree, and nobody be lost or there twice."""
        for number, (scene, point) in enumerate(wanted, 1):
            if any(self._shoot(scene, point, again) for again in range(TRIES)):
                self.kills.points[point] += 1
            else:
                self.kills.missed[point] += 1
            if number % KILLS_IN_A_ROUND == 0 or number == len(wanted):
                self._calm()

    def _shoot(self, scene: Scene, point: str, again: int) -> bool:
        """Have a command come to a point; say whether it died there."""
        town = self.town
        if self._led is None or self._led[0] is not scene:
            self._led = (scene, scene.lead(town))
        words = self._led[1]
        most = 1 if again else self._most.get(point, 1)
        trouble = {"place": point, "count": 1 + town.chance.randrange(most)}
        if scene.deed is not None:
            places = (str(town.at.file), str(town.profile), str(town.folder / "secrets.yaml"))
            command = town.begin(scene.deed, (*places, *words), deed=scene.deed, trouble=trouble)
        else:
            command = town.start(*words, trouble=trouble)
        if scene.meanwhile is not None:
            scene.meanwhile(town, command)
        code = command.wait()
        told = command.points
        self.kills.passed.update(told["passed"])
        for place, times in told["passed"].items():
            self._most[place] = max(times, self._most.get(place, 0))
        if self._killed:
            self.kills.note_time(command)
        self._killed = code == -9
        if not self._killed:
            if scene.meanwhile is None:
                town.ended_well(command)
                town.allowed(command)
            self._led = None
        else:
            assert told["met"] == point, told
            town.history.story.append(f"- killed: {point}")
            if not scene.lasts or (words[0] != "sync" and point.startswith(("committed", "renamed"))):
                self._led = None
        self.checker.look()
        return self._killed

    def _calm(self) -> None:
        if self._killed:
            command = self.town.start()
            if self.town.ended_well(command):
                self.kills.note_time(command)
            self._killed = False
        self._led = None
        self.town.until_quiet(runs=3)
        self.checker.quiet()
