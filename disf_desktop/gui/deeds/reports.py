"""Deeds on the report of a problem: it is made, shown, and saved where the person says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from disf_desktop.core.errors import DisfError
from disf_desktop.gui.deeds.base import Deeds
from disf_desktop.gui.models.reports import MAKING, ReportFacts
from disf_desktop.gui.words.wording import error_details

if TYPE_CHECKING:
    from disf_desktop.workspace.report import ProblemReport


class ReportDeeds(Deeds):
    """What leaves this computer is seen before, whole."""

    def make_report(self, told: str, versions: Mapping[str, str]) -> None:
        """Make the report anew, with what the person was doing."""
        verb = partial(self._reported, told, self._errors_on_screen(), versions)

        async def make() -> None:
            with self._store.asking(MAKING):
                try:
                    told = ReportFacts(await self._bridge.call(verb))
                except DisfError as error:
                    told = ReportFacts(error=error)
            self._store.update(report=told)

        self._bridge.spawn(make())

    def _reported(self, told: str, errors: tuple[str, ...], versions: Mapping[str, str]) -> ProblemReport:
        from disf_desktop.workspace.report import bare_report

        if self._workspace is None:
            return bare_report(self._places, told, errors, versions)
        return self._workspace.problem_report(told, errors, versions)

    def save_report(self, path: Path) -> None:
        """Write the report that is shown."""
        facts = self.facts.report
        assert facts.report is not None, "what is saved was shown"
        report = facts.report

        def write() -> int:
            from disf_desktop.workspace.report import save_report

            return save_report(report, path)

        async def save() -> None:
            try:
                await self._bridge.call(write)
            except DisfError as error:
                self._store.update(report=ReportFacts(report, error=error))
                return
            self._store.update(report=ReportFacts(report, saved=path))

        self._bridge.spawn(save())

    def forget_report(self) -> None:
        """Let the report go."""
        self._store.update(report=ReportFacts())

    def _errors_on_screen(self) -> tuple[str, ...]:
        """Give the errors that are shown now, in their own words."""
        facts = self.facts
        run = facts.run.errors if facts.run is not None else ()
        alone = (facts.notice, facts.open_error, facts.ledger_error, facts.save_error, facts.people.error)
        errors = [*filter(None, alone), *run, *facts.connection_errors.values(), *facts.schema_errors.values()]
        problems = [f"{problem.path}: {problem.message}" for problem in facts.problems]
        return tuple(dict.fromkeys((*map(error_details, errors), *problems)))
