"""Starting, following and holding the runs of the project file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disf_desktop.core.errors import DisfError, SettingsError
from disf_desktop.core.events import Event, GuardTripped, Notice, OperationPlanned, PreviewFinished
from disf_desktop.core.schema import Side
from disf_desktop.gui.bridge import RunProcess, run_command
from disf_desktop.gui.deeds.base import Deeds
from disf_desktop.gui.models.facts import SHOWN_OPERATIONS, WRITES, Facts, Preview, Run, RunKind, Why, ran_before
from disf_desktop.gui.models.marks import Tab

if TYPE_CHECKING:
    from disf_desktop.workspace import Workspace

CAME_TO_ITS_END = (0, 3)
"""The exit codes of a run that did: nothing waits, or something does."""


class RunDeeds(Deeds):
    """The verbs of runs: one at a time, each a process; what it says becomes facts."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._process: RunProcess | None = None
        self._operations: list[OperationPlanned] = []
        self._counted: Counter[tuple[Side, str]] = Counter()
        self._when_saved: Callable[[], object] | None = None
        self._plan_place: Path | None = None
        self._store.changed.connect(self._go_on_when_saved)
        self.ended.connect(self._forget_a_plan_that_is_not_shown)
        self.opened.connect(self._forget_a_plan_that_is_not_shown)

    # what a person asks for

    def sync(self, integration: str | None = None, approve: str | None = None) -> None:
        """Start a run, of one integration or of all that are on.

        What was never shown is shown first: an integration that never ran, and a plan at which a guard has stopped.
        """
        facts = self.facts
        if facts.running or facts.project is None:
            return
        if approve is None and (fresh := never_ran(facts, integration)):
            self._show_first(Why.FIRST_RUN, integration, fresh)
        elif approve is None and facts.guard is not None and integration in (None, facts.guard.integration):
            self.see_plan()
        else:
            self._begin(RunKind.SYNC, integration, ("--approve", approve) if approve else ())

    def preview(self, integration: str | None = None) -> None:
        """Start a run that plans, shows and sends nothing; its plan is kept, for `send_plan`."""
        self._begin(RunKind.PREVIEW, integration)

    def see_plan(self) -> None:
        """Show the plan at which the guard has stopped a run."""
        if (guard := self.facts.guard) is not None:
            self._show_first(Why.GUARD, guard.integration, (guard.integration,))

    def send_plan(self) -> None:
        """Send exactly what the preview on screen holds, as far as it is still called for."""
        preview = self.facts.preview
        if preview is not None and preview.plan is not None:
            self._begin(RunKind.SYNC, preview.integration, ("--plan", str(preview.plan)))

    def undo_run(self, number: int) -> None:
        """Take back what a run has written, where nobody was there since."""
        self._begin(RunKind.UNDO, None, (str(number),))

    def _show_first(self, why: Why, integration: str | None, about: tuple[str, ...]) -> None:
        self._begin(RunKind.PREVIEW, integration, why=why, about=about)
        self.look.emit(Tab.ACTIVITY.value, "preview")

    # the life of a run

    def _begin(
        self,
        kind: RunKind,
        integration: str | None,
        options: tuple[str, ...] = (),
        why: Why | None = None,
        about: tuple[str, ...] = (),
    ) -> None:
        """Show that a run starts; start it once the project file holds what is on screen."""
        if self.facts.running or self.facts.path is None:
            return
        shown = Preview(
            datetime.now(UTC).isoformat(), integration=integration, why=why, about=about, of=self.facts.project
        )
        guard = self.facts.guard if kind is RunKind.PREVIEW else None
        self._show_begin(Run(kind, integration), preview=shown if kind is RunKind.PREVIEW else None, guard=guard)
        self._after_saving(lambda: self._bridge.spawn(self._start(kind, integration, options)))

    def _show_begin(self, run: Run, **changes: Any) -> None:
        # A preview is of what was there before; once something is sent it is no longer true.
        self._operations, self._counted = [], Counter()
        self._store.update(**{"run": run, "preview": None, "guard": None, "notice": None, "told": ()} | changes)

    def _after_saving(self, go: Callable[[], object]) -> None:
        """Do something once the newest edit is in the file; where it cannot be written, say so and do nothing."""
        self._when_saved = go
        self._go_on_when_saved()

    def _go_on_when_saved(self) -> None:
        go, facts = self._when_saved, self.facts
        if go is None:
            return
        if facts.saved:
            self._when_saved = None
            go()
        elif facts.save_error is not None:
            self._when_saved = None
            self._over(1, facts.save_error)

    async def _start(self, kind: RunKind, integration: str | None, options: tuple[str, ...]) -> None:
        path = self.facts.path
        assert path is not None, "a run is of a project file"
        if kind is RunKind.PREVIEW:
            try:
                place = await self._bridge.call(self.workspace.place_for_plan)
            except DisfError as error:
                self._over(1, error)
                return
            options = ("--save", str(place), *options)
            self._plan_place = place
        if integration is not None:
            options = (*options, "--integration", integration)
        process = self._bridge.process(run_command(kind.value, path, self._places, *options), self)
        process.said.connect(self.hear)
        process.complained.connect(self._complaint)
        process.ended.connect(self._finished)
        self._process = process
        process.start()
        if self.facts.run is not None and self.facts.run.stopping:
            process.cancel()

    def hear(self, event: Event) -> None:
        """Take in what the run under way says."""
        run = self.facts.run
        assert run is not None, "an event without a run"
        changes: dict[str, Any] = {"run": replace(run, state=run.state.after(event), waiting=None)}
        if isinstance(event, OperationPlanned):
            self._counted[event.side, event.kind] += 1
            if len(self._operations) < SHOWN_OPERATIONS:
                self._operations.append(event)
            if self._counted.total() % 500:
                self._store.update(**changes)
                return
        if self.facts.preview is not None and run.kind is RunKind.PREVIEW:
            finished = event if isinstance(event, PreviewFinished) else None
            changes["preview"] = replace(
                self.facts.preview, operations=tuple(self._operations), told=dict(self._counted), finished=finished
            )
        if isinstance(event, GuardTripped):
            changes["guard"] = event
        if isinstance(event, Notice):
            changes["told"] = (*self.facts.told, event)
        self._store.update(**changes)

    def _complaint(self, error: DisfError) -> None:
        if self.facts.run is not None:
            self._store.update(run=replace(self.facts.run, errors=(*self.facts.run.errors, error)))

    def _finished(self, exit_code: int) -> None:
        process, preview = self._process, self.facts.preview
        assert process is not None
        self._process = None
        process.deleteLater()
        if preview is not None and preview.finished is not None and exit_code in CAME_TO_ITS_END:
            self._store.update(preview=replace(preview, plan=self._plan_place))
        self._over(exit_code)
        self._go_on_where_nothing_is_planned()

    def _go_on_where_nothing_is_planned(self) -> None:
        """Run at once what was shown first only because it never ran, and has nothing to send: after an import, say.

        Otherwise no button would ever lead to that first run, by which both sides become known as linked.
        """
        preview, run = self.facts.preview, self.facts.run
        if preview is None or preview.why is not Why.FIRST_RUN or preview.plan is None or preview.finished is None:
            return
        planned = any(n for kind, n in preview.finished.counts.items() if kind in WRITES)
        if not planned and run is not None and not run.errors:
            self.send_plan()

    def _over(self, exit_code: int, error: DisfError | None = None) -> None:
        """Note the end of the run under way, and say what went wrong."""
        run = self.facts.run
        assert run is not None
        errors = run.errors if error is None else (*run.errors, error)
        self._store.update(
            run=replace(run, exit_code=exit_code, errors=errors, paused=False, stopping=False, waiting=None)
        )
        if errors and not run.stopping:
            self._store.update(notice=_all_in_one(errors))
        self.ended.emit()

    def _forget_a_plan_that_is_not_shown(self) -> None:
        if self._workspace is None or (self.facts.preview is not None and self.facts.preview.plan is not None):
            return
        self._bridge.spawn(self._forget_plan(self.workspace))

    async def _forget_plan(self, workspace: Workspace) -> None:
        try:
            await self._bridge.call(workspace.forget_plan)
        except DisfError as error:
            self._store.update(notice=error)

    # holding a run

    @property
    def _led(self) -> RunProcess | None:
        """The process of the run under way."""
        return self._process

    def pause_or_resume(self) -> None:
        """Let the run hold at the next safe point, or a held one go on."""
        run, process = self.facts.run, self._led
        if run is None or process is None:
            return
        if run.paused:
            process.resume()
        else:
            process.pause()
        self._store.update(run=replace(run, paused=not run.paused))

    def stop(self) -> None:
        """Stop the run at the next safe point; the next one goes on from there."""
        run = self.facts.run
        if run is not None and run.under_way and not run.stopping:
            self._store.update(run=replace(run, stopping=True))
            if (process := self._led) is not None:
                process.cancel()


def _all_in_one(errors: tuple[DisfError, ...]) -> DisfError:
    """Give the first error; where a run is refused for what is wrong in the project file, with all of that."""
    problems = [problem for error in errors if isinstance(error, SettingsError) for problem in error.problems]
    return SettingsError(tuple(problems)) if isinstance(errors[0], SettingsError) else errors[0]


def never_ran(facts: Facts, integration: str | None) -> tuple[str, ...]:
    """Name those that a run would be the first one of: the integration named, or among all that are on."""
    project = facts.project
    if project is None:
        return ()
    chosen = [i.name for i in project.integrations if (i.enabled if integration is None else i.name == integration)]
    return tuple(name for name in chosen if not ran_before(facts, name))
