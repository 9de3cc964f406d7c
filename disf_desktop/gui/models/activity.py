"""What the window knows of what waits and of what runs did, beyond the figures: pages of lists, and what a person has
asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from disf_desktop.core.errors import DisfError
from disf_desktop.core.events import OperationPlanned
from disf_desktop.core.waiting import (
    AsideCause,
    AsideWanted,
    ConflictGroup,
    ConflictsWanted,
    PlanWanted,
    RunChange,
    UndoForecast,
)

if TYPE_CHECKING:
    from disf_desktop.core.correction import Correction

RUNS, SET_ASIDE, CONFLICTS, REVIEWS, DRIFTS, CHANGES = "runs", "set_aside", "conflicts", "reviews", "drifts", "changes"
"""The lists that are read a page at a time."""

READING_PLAN, ASKING_CORRECTION, CORRECTING = "plan", "correction", "correcting"
"""What may be under way, among what is being asked."""


@dataclass(frozen=True, slots=True)
class PlanRows:
    """What was read of the saved plan of the preview made at `of`: `place` is where the next page begins, None at the
    end. `begun`: something was read, so `place` says so."""

    of: str = ""
    wanted: PlanWanted = field(default_factory=PlanWanted)
    operations: tuple[OperationPlanned, ...] = ()
    place: int | None = None
    begun: bool = False

    @property
    def more(self) -> bool:
        return not self.begun or self.place is not None


@dataclass(frozen=True, slots=True)
class ChangesOfRun:
    """What was read of the changes of a run."""

    run: int
    changes: tuple[RunChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Undoing:
    """A run that a person thinks of taking back; `forecast` is None until it was counted."""

    run: int
    forecast: UndoForecast | None = None
    error: DisfError | None = None


@dataclass(frozen=True, slots=True)
class Correcting:
    """A record whose value a person wants to correct; `correction` is None until it was read. `done`: it is written."""

    aside: int
    correction: Correction | None = None
    error: DisfError | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """`more` names the lists of which there is more than was read."""

    more: frozenset[str] = frozenset()
    causes: tuple[AsideCause, ...] = ()
    aside_wanted: AsideWanted = field(default_factory=AsideWanted)
    groups: tuple[ConflictGroup, ...] = ()
    conflicts_wanted: ConflictsWanted = field(default_factory=ConflictsWanted)
    plan: PlanRows = field(default_factory=PlanRows)
    changes: ChangesOfRun | None = None
    undoing: Undoing | None = None
    correcting: Correcting | None = None
