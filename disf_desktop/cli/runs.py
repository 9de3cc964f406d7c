"""`sync`, `preview`, `undo`, `start-from-now` and `run`: runs told to whoever listens."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path

import typer

from disf_desktop.cli.control import STOPPED_EXIT, follow, obey_standard_input
from disf_desktop.cli.events import ScheduleFinished, errors_of
from disf_desktop.cli.face import Face
from disf_desktop.cli.processes import give_way
from disf_desktop.core.errors import DisfError, Stopped
from disf_desktop.core.events import Event, GuardTripped, PreviewFinished, RunFinished, RunState, RunStatus
from disf_desktop.core.project import Trigger
from disf_desktop.workspace import Wishes, Workspace


def sync(
    face: Face,
    file: Path,
    integration: str | None,
    *,
    approve: str | None,
    plan: Path | None,
    by_stdin: bool,
    audit: bool = False,
) -> int:
    """Run once; the exit code is the status of the run.

    What a saved plan does not hold, or holds otherwise, is told and left for a later run. That changes no status: it
    is before the planner as it was, and a person chose to leave it there.
    """
    if by_stdin:
        serve(face)
    workspace = face.open(file, "sync")
    known(workspace, integration)
    return tell_run(
        face, workspace.sync(integration, approve=approve, plan=plan, audit=audit, stop=face.control.new_stop())
    )


def preview(face: Face, file: Path, integration: str | None, *, save: Path | None, by_stdin: bool) -> int:
    """Tell the plan, and save it where asked; 3 where a guard would stop it or something waits already."""
    if save is not None:
        can_be_written(save, "--save")
    if by_stdin:
        serve(face)
    workspace = face.open(file, "preview")
    known(workspace, integration)
    guarded = False
    finished = False
    for event in follow(workspace.preview(integration, save=save, stop=face.control.new_stop()), face.control):
        guarded = guarded or isinstance(event, GuardTripped)
        finished = finished or isinstance(event, PreviewFinished)
        face.output.say(event)
    assert finished, "a preview ends with its last word"
    return RunStatus.NEEDS_YOU.exit_code if guarded or workspace.status().outstanding else 0


def undo(face: Face, file: Path, number: int, *, by_stdin: bool) -> int:
    """Take a run back; 3 where something of it was left alone."""
    if by_stdin:
        serve(face)
    workspace = face.open(file, "undo")
    if workspace.run(number) is None:
        last = next(iter(workspace.runs(1)), None)
        there = f"the last one is {last.id}" if last is not None else "nothing ever ran"
        raise typer.BadParameter(f"There is no run {number}; {there}. Look at them: disf status FILE", param_hint="RUN")
    return tell_run(face, workspace.undo(number, stop=face.control.new_stop()))


def start_from_now(face: Face, file: Path, integration: str, trigger: Trigger, *, by_stdin: bool) -> int:
    """Leave what waits for a trigger as it is; each operation that is passed over is told."""
    if by_stdin:
        serve(face)
    workspace = face.open(file, "start from now")
    known(workspace, integration)
    return tell_run(face, workspace.start_from_now(integration, trigger, stop=face.control.new_stop()))


def run(
    face: Face, file: Path, integration: str | None, *, once: bool, by_stdin: bool, wait_for_first: bool = False
) -> int:
    """Keep the integrations running by their schedule; 4 at the end that somebody asked for.

    With `once`, the exit code is that of the one run, 0 where nothing was due. With `wait_for_first`, an integration
    begins to follow its schedule once somebody has run it.
    """
    wishes = Wishes()
    face.control.when_cancelled(wishes.end)
    if by_stdin:
        serve(face, heard=lambda line: _wish(wishes, line))
    workspace = face.open(file, "run")
    known(workspace, integration)
    scheduled = [each.name for each in workspace.project.integrations if each.schedule is not None]
    if not scheduled or integration not in (None, *scheduled):
        who = "No integration has" if integration is None else f"“{integration}” does not have"
        raise typer.BadParameter(f"{who} a schedule; give it one in the project file.", param_hint="FILE")
    runs, code = 0, 0
    with suppress(Stopped):
        for said in follow(
            workspace.run_schedule(wishes, integration, once=once, wait_for_first=wait_for_first), face.control
        ):
            if isinstance(said, DisfError):
                for error in errors_of(said, face.file):
                    face.output.say(error)
                continue
            face.output.say(said)
            if isinstance(said, RunFinished):
                runs, code = runs + 1, said.total.status.exit_code
    face.output.say(ScheduleFinished(runs))
    return STOPPED_EXIT if face.control.cancelled or not once else code


def serve(face: Face, heard: Callable[[str], None] = lambda _: None) -> None:
    """Obey the window, or whatever else has started us, and let it go first on a busy computer."""
    obey_standard_input(face.control, heard=heard)
    give_way()


def _wish(wishes: Wishes, line: str) -> None:
    """Understand a line of standard input: pause, resume, `run` and `run NAME`; cancel is heard elsewhere."""
    verb, _, name = line.partition(" ")
    if verb == "run":
        wishes.run(name.strip() or None)
    elif line == "pause":
        wishes.pause()
    elif line == "resume":
        wishes.resume()


def can_be_written(path: Path, option: str) -> None:
    """Refuse the name of a file that could not be made, as wrong use."""
    if not path.absolute().parent.is_dir() or path.is_dir():
        raise typer.BadParameter(f"{path} cannot be a file: its folder is not there.", param_hint=option)


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
