"""Keeping the schedules of the project file while it is open: one process beside the window, which runs what is due."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from disf_desktop.core.errors import DisfError
from disf_desktop.core.events import Event, RunFinished
from disf_desktop.core.schedule import NextRun
from disf_desktop.gui.bridge import RunProcess, run_command
from disf_desktop.gui.deeds.runs import RunDeeds
from disf_desktop.gui.models.facts import Facts, Keeping, Run, RunKind

if TYPE_CHECKING:
    from disf_desktop.workspace import Places

FIRST_PAUSE_S = 2
LONGEST_PAUSE_S = 300
"""How long to wait before what has ended by itself is started again: twice as long each time."""

BUSY = "busy"


class ScheduleDeeds(RunDeeds):
    """While a file with a schedule is open, `disf run` stands beside the window; what it says are the facts of a run
    like any other. It follows the file by itself."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._standing: RunProcess | None = None
        self._standing_for: tuple[Path, Places] | None = None
        self._led_by_standing = False
        self._waiting_words: list[Event] = []
        self._tries = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._keep)
        self.opened.connect(self._opened_schedules)
        self.ended.connect(self._hear_what_waited)
        self._store.changed.connect(self._keep)

    # what a person asks for

    def pause_schedules(self, paused: bool) -> None:
        """Let nothing run by itself until further notice, or again; a run under way goes on to its end."""
        self._show_schedules(paused=paused, error=None)
        self._tries = 0
        self._keep()

        async def remember() -> None:
            try:
                await self._bridge.call(self.workspace.pause_schedules, paused)
            except DisfError as error:
                self._store.update(notice=error)

        self._bridge.spawn(remember())

    def leave(self) -> None:
        """Let go of the file that is open: nothing of it runs by itself any more, and its plan is gone."""
        self._again.stop()
        self._let_go()
        if self._workspace is not None:
            self._bridge.spawn(self._forget_plan(self._workspace))

    # the process beside the window

    def _opened_schedules(self) -> None:
        if self.facts.project is not None:
            self._bridge.spawn(self._read_paused())

    async def _read_paused(self) -> None:
        workspace = self.workspace
        paused = await self._bridge.call(lambda: workspace.schedules_paused)
        if workspace is self._workspace:
            self._show_schedules(paused=paused)

    def _keep(self) -> None:
        """Have the process that should be there, and no other; a run under way comes to its end first."""
        wanted = self._wanted()
        if self._standing is not None and self._standing_for != wanted and not self._standing_is_busy():
            self._let_go()
        if self._standing is None and not self._again.isActive() and wanted is not None:
            self._start_standing(*wanted)
        self._show_keeping(wanted is not None)

    def _wanted(self) -> tuple[Path, Places] | None:
        facts = self.facts
        if facts.path is None or facts.schedules.paused is not False or not follow_a_schedule(facts):
            return None
        return facts.path, self._places

    def _standing_is_busy(self) -> bool:
        return self.facts.running and self._led_by_standing

    def _show_keeping(self, wanted: bool) -> None:
        if self._standing is not None:
            keeping = Keeping.ON
        elif wanted:
            keeping = Keeping.AGAIN
        else:
            self._again.stop()
            keeping = Keeping.PAUSED if self.facts.schedules.paused else Keeping.NONE
        self._show_schedules(keeping=keeping)

    def _show_schedules(self, **changes: Any) -> None:
        after = replace(self.facts.schedules, **changes)
        if after != self.facts.schedules:
            self._store.update(schedules=after)

    def _start_standing(self, path: Path, places: Places) -> None:
        process = self._bridge.process(run_command("run", path, places, "--wait-for-first"), self)
        process.said.connect(lambda said: self._standing_said(process, said))
        process.complained.connect(lambda error: self._standing_complained(process, error))
        process.ended.connect(lambda code: self._standing_ended(process, code))
        self._standing, self._standing_for = process, (path, places)
        self._show_schedules(next={}, busy=False)
        process.start()

    def _let_go(self) -> None:
        """End the process; nothing that it still says counts."""
        process, self._standing, self._standing_for = self._standing, None, None
        self._waiting_words.clear()
        if process is not None:
            process.cancel()
            self._show_schedules(next={}, busy=False)

    # what it says

    def _standing_said(self, process: RunProcess, said: Event | NextRun) -> None:
        if process is not self._standing:
            return
        if isinstance(said, NextRun):
            self._show_schedules(next={**self.facts.schedules.next, said.integration: said.next}, busy=False)
        elif self.facts.running and not self._led_by_standing:
            self._waiting_words.append(said)  # the process of the run on screen has yet to say its last word
        else:
            self._hear_scheduled(said)

    def _hear_what_waited(self) -> None:
        words, self._waiting_words = self._waiting_words, []
        for said in words:
            self._hear_scheduled(said)

    def _hear_scheduled(self, said: Event) -> None:
        self._show_schedules(busy=False)
        if not self.facts.running:
            self._led_by_standing = True
            kept = {name: getattr(self.facts, name) for name in ("preview", "notice")}
            self._show_begin(Run(RunKind.SYNC, None, by_schedule=True), **kept)
        self.hear(said)
        if isinstance(said, RunFinished):
            self._tries = 0
            self._show_schedules(error=None)
            self._over(said.total.status.exit_code)

    def _standing_complained(self, process: RunProcess, error: DisfError) -> None:
        if process is not self._standing:
            return
        run = self.facts.run
        if error.code == BUSY:
            self._show_schedules(busy=True)
            if run is not None and self._standing_is_busy():
                self._store.update(run=replace(run, waiting=error))
            return
        told_before = self.facts.schedules.error
        self._show_schedules(error=error)
        if self._standing_is_busy():
            self._over(1, error)
        elif told_before is None or told_before.code != error.code or (run is not None and not run.by_schedule):
            self._store.update(notice=error)  # of what runs by itself, said when it becomes so, not at every try

    def _standing_ended(self, process: RunProcess, exit_code: int) -> None:
        process.deleteLater()
        if process is not self._standing:
            return
        self._standing, self._standing_for = None, None
        self._show_schedules(next={}, busy=False)
        if not process.cancelled:
            pause = min(FIRST_PAUSE_S * 2**self._tries, LONGEST_PAUSE_S)
            self._tries += 1
            self._again.start(pause * 1000)
            self._show_schedules(keeping=Keeping.AGAIN, again_s=pause)
        if self._standing_is_busy():
            self._over(exit_code or 1)
        self._keep()

    def _over(self, exit_code: int, error: DisfError | None = None) -> None:
        self._led_by_standing = False
        super()._over(exit_code, error)

    # a run that a person asks for

    async def _start(self, kind: RunKind, integration: str | None, options: tuple[str, ...]) -> None:
        standing = self._standing
        self._led_by_standing = kind is RunKind.SYNC and not options and standing is not None
        if standing is None or not self._led_by_standing:
            await super()._start(kind, integration, options)
        elif self.facts.run is not None and self.facts.run.stopping:
            self._over(4)  # it was not asked for yet
        else:
            standing.run(integration)

    @property
    def _led(self) -> RunProcess | None:
        return self._standing if self._led_by_standing else self._process


def follow_a_schedule(facts: Facts) -> bool:
    """Say whether an integration runs by itself: it is on, has a schedule, and has had its first run."""
    integrations = facts.project.integrations if facts.project is not None else ()
    return any(i.enabled and i.schedule is not None and i.name in facts.history.last_runs for i in integrations)
