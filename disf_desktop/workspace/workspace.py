"""A project file opened for use: every verb that a face may use. No Qt.

What only reads the ledger needs no lock; runs and a person's decisions hold it for their length.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress

from disf_desktop.core.errors import Problem
from disf_desktop.core.events import Notice
from disf_desktop.core.project_rules import problems_of
from disf_desktop.storage import project_file
from disf_desktop.workspace.beside import Beside
from disf_desktop.workspace.consents import ConsentHistory
from disf_desktop.workspace.corrections import Corrections
from disf_desktop.workspace.doubting import Doubting
from disf_desktop.workspace.editing import Editing
from disf_desktop.workspace.fields import Fields
from disf_desktop.workspace.importing import Importing
from disf_desktop.workspace.past import Past
from disf_desktop.workspace.preparing import Preparing
from disf_desktop.workspace.preparing_people import PreparingPeople
from disf_desktop.workspace.projects import Projects
from disf_desktop.workspace.report import Reporting
from disf_desktop.workspace.restoring import Restoring
from disf_desktop.workspace.runs import Runs
from disf_desktop.workspace.samples import Samples
from disf_desktop.workspace.signing import Signing
from disf_desktop.workspace.standing import StandingRun, Told, Wishes


class Workspace(
    Runs,
    Signing,
    Corrections,
    Past,
    ConsentHistory,
    Reporting,
    Editing,
    Beside,
    Projects,
    Fields,
    Samples,
    Importing,
    Preparing,
    PreparingPeople,
    Restoring,
    Doubting,
):
    """A project file opened for use. Every verb raises `DisfError`, and nothing else that is not our own mistake."""

    def run_schedule(
        self, wishes: Wishes, integration: str | None = None, *, once: bool = False, wait_for_first: bool = False
    ) -> Generator[Told, None, None]:
        """Keep the integrations running by their schedule, or only the one named, until the wishes say that it ends.

        What goes wrong is told as a value and tried again. With `once`, what is due now is run, and errors are raised.
        With `wait_for_first`, an integration begins to follow its schedule once somebody has run it.
        """
        standing = StandingRun(self, wishes, only=integration, wait_for_first=wait_for_first)
        yield from standing.once() if once else standing.go()

    def check(self, *, offline: bool = False) -> tuple[Problem, ...]:
        """Give everything that can be known before a run; with `offline`, without asking a service.

        What is wrong in drafts is told too. The schema by which an editor checks while one types is put beside the
        file, where that may be written.
        """
        with suppress(OSError):
            project_file.write_json_schema(self.path.absolute().parent)
        from disf_desktop.workspace.check import problems_of_files, problems_of_services

        missing = problems_of_files(self.project, self.path.parent)
        found = (*problems_of(self.project), *missing)
        if offline or missing:
            return found
        with self._connections(self._vault()) as connections:
            return (*found, *problems_of_services(self.project, connections, self.is_authorized, found))

    def ways_of_finding(self) -> tuple[Notice, ...]:
        """Say how changes in Dialog Insight are found where they matter, which depends on what the account accepts."""
        from disf_desktop.workspace.check import ways_of_finding

        with self._connections(self._vault()) as connections:
            return tuple(ways_of_finding(self.project, connections))
