"""Starting, following and holding the runs of the project file."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from disf_desktop.core.errors import DisfError
from disf_desktop.core.events import Event, GuardTripped, Notice, OperationPlanned, PreviewFinished
from disf_desktop.core.schema import Side
from disf_desktop.gui.bridge import RunProcess, run_command
from disf_desktop.gui.deeds.base import Deeds
from disf_desktop.gui.models.facts import SHOWN_OPERATIONS, Preview, Run, RunKind


class RunDeeds(Deeds):
    """The verbs of runs: one at a time, each a process; what it says becomes facts."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._process: RunProcess | None = None
        self._operations: list[OperationPlanned] = []
        self._told: Counter[tuple[Side, str]] = Counter()

    def sync(self, integration: str | None = None, approve: str | None = None) -> None:
        """Start a run, of one integration or of all that are on."""
        self._start(RunKind.SYNC, integration, approve)

    def preview(self, integration: str | None = None) -> None:
        """Start a run that plans, shows and sends nothing."""
        self._start(RunKind.PREVIEW, integration, None)

    def _start(self, kind: RunKind, integration: str | None, approve: str | None) -> None:
        if self.facts.running or self.facts.path is None:
            return
        options = [
            *(("--integration", integration) if integration else ()),
            *(("--approve", approve) if approve else ()),
        ]
        process = RunProcess(run_command(kind.value, self.facts.path, self._places, *options), self)
        process.said.connect(self.hear)
        process.complained.connect(self._complaint)
        process.ended.connect(self._finished)
        self._process = process
        self._operations, self._told = [], Counter()
        changes: dict[str, Any] = {"run": Run(kind, integration), "guard": None, "notice": None, "told": ()}
        # A preview is of what was there before; once something is sent it is no longer true.
        changes["preview"] = Preview(datetime.now(UTC).isoformat()) if kind is RunKind.PREVIEW else None
        self._store.update(**changes)
        process.start()

    def hear(self, event: Event) -> None:
        """Take in what the run under way says."""
        run = self.facts.run
        assert run is not None, "an event without a run"
        changes: dict[str, Any] = {"run": replace(run, state=run.state.after(event))}
        if isinstance(event, OperationPlanned):
            self._told[event.side, event.kind] += 1
            if len(self._operations) < SHOWN_OPERATIONS:
                self._operations.append(event)
            if self._told.total() % 500:
                self._store.update(**changes)
                return
        if self.facts.preview is not None and run.kind is RunKind.PREVIEW:
            finished = event if isinstance(event, PreviewFinished) else None
            changes["preview"] = replace(
                self.facts.preview, operations=tuple(self._operations), told=dict(self._told), finished=finished
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
        run, process = self.facts.run, self._process
        assert run is not None
        assert process is not None
        self._process = None
        process.deleteLater()
        self._store.update(run=replace(run, exit_code=exit_code, paused=False, stopping=False))
        if run.errors and not run.stopping:
            self._store.update(notice=run.errors[0])
        self.ended.emit()

    def pause(self) -> None:
        """Let the run hold at the next safe point."""
        if self._process is not None and self.facts.run is not None:
            self._process.pause()
            self._store.update(run=replace(self.facts.run, paused=True))

    def resume(self) -> None:
        """Let a held run go on."""
        if self._process is not None and self.facts.run is not None:
            self._process.resume()
            self._store.update(run=replace(self.facts.run, paused=False))

    def stop(self) -> None:
        """Stop the run at the next safe point; the next one goes on from there."""
        if self._process is not None and self.facts.run is not None:
            self._process.cancel()
            self._store.update(run=replace(self.facts.run, stopping=True))
