"""A plan that a person looked at and saved, as values: what it is for, what it admits, why it is refused.

A run that is given a plan plans anew. It sends an operation only where the plan holds the very same one: same
integration, side, kind and record, same fields before and after (sync-semantics 4.17). Nothing is ever written because
a plan says so, hence a plan needs no signature; its checksum finds a file that was cut or edited by mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from disf_desktop.core.errors import DisfError

VERSION: Final = 1
"""The version of plan files that this program writes and reads."""


class Admission(StrEnum):
    """What a saved plan says of an operation that is planned now. The words of the last two are those of the event."""

    ADMITTED = "admitted"
    MOVED = "moved"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class PlanFor:
    """What a plan was made for: the project file's id, the names of the integrations, and when (ISO 8601 UTC)."""

    project: str
    integrations: tuple[str, ...]
    made: str


class PlanIsDamaged(DisfError):
    """The plan is not whole, was edited, or is of a version that this program does not read."""

    code = "plan"


class NotThisPlan(DisfError):
    """The file named is no plan, or one for another project file: wrong use."""

    code = "plan"
    exit_code = 2
