"""`demo`: a rehearsal. Both services simulated on this computer, a first sync, a second one, and the window on it."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from disf_desktop.cli.control import follow, stopped
from disf_desktop.cli.events import ErrorSaid
from disf_desktop.cli.face import Face
from disf_desktop.cli.processes import Child, command_of, simulator_command
from disf_desktop.core.errors import DisfError, ServiceUnavailable
from disf_desktop.core.events import Progress, RecordSetAside, RunFinished, RunStatus
from disf_desktop.core.project import Project
from disf_desktop.core.schema import Side
from disf_desktop.workspace import Places, Workspace, keep_log

SEED = 1
_LOOK_S = 0.1


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One sync of the rehearsal: how it ended, and by integration why how many records were set aside.

    `codes` counts them by their code, `reasons` by what a person is told.
    """

    finished: RunFinished
    codes: Mapping[str, Counter[str]]
    reasons: Mapping[str, Counter[str]]


def demo(face: Face, *, records: int, headless: bool) -> int:
    """Rehearse; 0 when exactly the seeded bad records were set aside and the second sync wrote nothing."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="disf-demo-", ignore_cleanup_errors=True)))
        ready_file = folder / "ready.json"
        face.output.note(f"Simulating both services on this computer, with {records:,} contacts. Nothing leaves it.")
        words = simulator_command(ready_file, records=records, seed=SEED, state=folder / "state")
        simulator = stack.enter_context(Child(words, quiet=face.given.json))
        _end_in_a_hurry(face, simulator, folder)
        ready = _ready(face, simulator, ready_file)
        places = Places(Path(ready["profile"]), Path(ready["secrets"]))
        workspace = Workspace(Path(ready["project_file"]), places)
        keep_log(places.log(workspace.project.id), "demo", also_shown=face.given.verbose)
        face.output.note("\nThe first sync: everybody is new to Dialog Insight.")
        first = _sync(face, workspace)
        _tell_first(face, first)
        face.output.note("\nThe second sync: nothing has changed since.")
        second = _sync(face, workspace)
        _tell_second(face, second)
        wrong = what_is_wrong(workspace.project, ready["expected"], first, second)
        for sentence in wrong:
            face.output.say(ErrorSaid("demo", sentence, "This is a mistake of the program: report it."))
        if not wrong:
            face.output.note("\nThe rehearsal went as it should.")
        if not headless and has_display():
            _show_window(face, simulator, ready)
        return 1 if wrong else 0


def has_display() -> bool:
    """Say whether a window can be opened here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def what_is_wrong(project: Project, expected: Mapping[str, Any], first: Rehearsed, second: Rehearsed) -> list[str]:
    """Hold both syncs against what the simulator planted; give a sentence for each difference."""
    wrong = []
    by_name = {each.name: each for each in first.finished.integrations}
    for integration in project.integrations:
        planted = expected.get(integration.object)
        if not integration.enabled or planted is None:
            continue
        figures = by_name.get(integration.name)
        bad = {way: count for way, count in planted["invalid"].items() if count}
        created = figures.sides[Side.DIALOG_INSIGHT].created if figures else 0
        aside = dict(first.codes.get(integration.name, {}))
        if (created, aside) != (planted["valid"], bad):
            wrong.append(
                f"{integration.name}: {planted['valid']:,} records should be created and {_ways(bad)} set aside, "
                f"but {created:,} were created and {_ways(aside)} set aside."
            )
    writes = sum(c.created + c.updated + c.deleted for c in second.finished.total.sides.values())
    if writes or second.finished.total.set_aside:
        wrong.append(
            f"The second sync should have done nothing, but wrote {writes:,} records and set "
            f"{second.finished.total.set_aside:,} aside."
        )
    return wrong


def _ways(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {way}" for way, count in sorted(counts.items())) or "none"


def _ready(face: Face, simulator: Child, ready_file: Path) -> dict[str, Any]:
    """Wait until both services answer, and give what they say of themselves."""
    while not ready_file.exists():
        if face.control.cancelled:
            raise stopped()
        try:
            code = simulator.wait(_LOOK_S)
        except TimeoutError:
            continue
        raise ServiceUnavailable(f"The simulator ended at once, with code {code}.", "Its own words are above.")
    ready: dict[str, Any] = json.loads(ready_file.read_bytes())
    return ready


def _sync(face: Face, workspace: Workspace) -> Rehearsed:
    finished = None
    codes: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    trouble: DisfError | None = None
    try:
        for event in follow(workspace.sync(stop=face.control.new_stop()), face.control):
            if isinstance(event, RecordSetAside):
                codes[event.integration][event.code] += 1
                reasons[event.integration][f"{event.field}: {event.message}"] += 1
            elif isinstance(event, RunFinished):
                finished = event
                face.output.say(event)
            elif isinstance(event, Progress):
                face.output.say(event)
    except DisfError as error:
        trouble = error
    if trouble is not None:
        raise trouble
    assert finished is not None, "a run ends with its last word"
    if finished.total.status is RunStatus.STOPPED:
        raise stopped()
    return Rehearsed(finished, codes, reasons)


def _tell_first(face: Face, sync: Rehearsed) -> None:
    total = sync.finished.total
    there = total.sides[Side.DIALOG_INSIGHT]
    face.output.note(
        f"{there.created:,} records were created in Dialog Insight in {total.seconds:,.1f} s, "
        f"with {total.calls[Side.SALESFORCE]:,} calls to Salesforce "
        f"and {total.calls[Side.DIALOG_INSIGHT]:,} to Dialog Insight."
    )
    if total.set_aside:
        face.output.note(f"{total.set_aside:,} were set aside for a person to look at:")
    for integration, reasons in sync.reasons.items():
        for reason, count in reasons.most_common(8):
            face.output.note(f"  {count:>6,}  {integration}, {reason}")


def _tell_second(face: Face, sync: Rehearsed) -> None:
    total = sync.finished.total
    writes = sum(c.created + c.updated + c.deleted for c in total.sides.values())
    face.output.note(
        f"It wrote {'nothing' if not writes else f'{writes:,} records'}, in {total.seconds:,.1f} s and "
        f"{sum(total.calls.values()):,} calls."
    )


def _show_window(face: Face, simulator: Child, ready: Mapping[str, Any]) -> None:
    """Open the window on the rehearsal and keep the services until it is closed."""
    words = [*command_of("disf_desktop.app"), ready["project_file"], "--profile", ready["profile"]]
    face.output.note("Opening the window; the simulated services go on until it is closed.")
    with Child([*words, "--secrets", ready["secrets"]], quiet=face.given.json) as window:
        before = face.control.before_the_end

        def hurry() -> None:
            window.kill()
            before()

        face.control.before_the_end = hurry
        while not face.control.cancelled:
            try:
                code = window.wait(_LOOK_S)
            except TimeoutError:
                if simulator.exit_code is not None:
                    face.output.note("The simulator ended; the window's services are gone.")
                    return
                continue
            if code:
                face.output.note(f"The window ended with code {code}; its own words are above.")
            return


def _end_in_a_hurry(face: Face, simulator: Child, folder: Path) -> None:
    """Have the simulator and its folder gone too where the process is ended without waiting."""
    before = face.control.before_the_end

    def hurry() -> None:
        simulator.kill()
        before()
        shutil.rmtree(folder, ignore_errors=True)

    face.control.before_the_end = hurry
