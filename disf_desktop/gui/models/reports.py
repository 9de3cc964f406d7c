"""What the window knows of the report of a problem."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from disf_desktop.core.errors import DisfError

if TYPE_CHECKING:
    from disf_desktop.workspace.report import ProblemReport

MAKING = "report/make"
"""The name of the report among what is being asked."""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The report as it would be saved, and the file that it was saved in."""

    report: ProblemReport | None = None
    saved: Path | None = None
    error: DisfError | None = None
