"""`sync` and `preview`: a run told to whoever listens."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import typer

from disf_desktop.cli.control import follow, obey_standard_input
from disf_desktop.cli.face import Face
from disf_desktop.core.errors import DisfError
from disf_desktop.core.events import Event, GuardTripped, PreviewFinished, RunFinished, RunState, RunStatus
from disf_desktop.workspace import Workspace


def sync(face: Face, file: Path, integration: str | None, *, approve: str | None, by_stdin: bool) -> int:
    """Run once; the exit code is the status of the run."""
    if by_stdin:
        obey_standard_input(face.control)
    workspace = face.open(file, "sync")
    known(workspace, integration)
    return tell_run(face, workspace.sync(integration, approve=approve, stop=face.control.new_stop()))


def preview(face: Face, file: Path, integration: str | None, *, by_stdin: bool) -> int:
    """Tell the plan; 3 where a guard would stop it or something waits already."""
    if by_stdin:
        obey_standard_input(face.control)
    workspace = face.open(file, "preview")
    known(workspace, integration)
    guarded = False
    finished = False
    for event in follow(workspace.preview(integration, stop=face.control.new_stop()), face.control):
        guarded = guarded or isinstance(event, GuardTripped)
        finished = finished or isinstance(event, PreviewFinished)
        face.output.say(event)
    assert finished, "a preview ends with its last word"
    return RunStatus.NEEDS_YOU.exit_code if guarded or workspace.status().outstanding else 0


def tell_run(face: Face, events: Generator[Event, None, None]) -> int:
    """Say every event of a run and give its exit code."""
    state = RunState()
    try:
        for event in follow(events, face.control):
            state = state.after(event)
            face.output.say(event)
    except DisfError:
        # A run that was stopped tells so in its last event; that is its end, and no failure.
        if not (isinstance(state.finished, RunFinished) and state.finished.total.status is RunStatus.STOPPED):
            raise
    assert isinstance(state.finished, RunFinished), "a run ends with its last word"
    return state.finished.total.status.exit_code


def known(workspace: Workspace, integration: str | None) -> None:
    """Refuse the name of an integration that is not in the project file, as wrong use."""
    if integration is not None and workspace.project.integration(integration) is None:
        names = ", ".join(f"“{i.name}”" for i in workspace.project.integrations) or "none"
        raise typer.BadParameter(
            f"There is no integration “{integration}”; there is {names}.", param_hint="--integration"
        )
