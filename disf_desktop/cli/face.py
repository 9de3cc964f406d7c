"""What every verb has at hand: the common options, where to speak, and what the outside asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from disf_desktop.cli.control import Control, signals_interrupt, signals_obeyed, stopped
from disf_desktop.cli.events import errors_of
from disf_desktop.cli.output import JsonLines, Output
from disf_desktop.core.errors import DisfError

if TYPE_CHECKING:
    from disf_desktop.workspace import Places, Workspace


@dataclass(frozen=True, slots=True)
class Given:
    """The options common to every verb, which may stand before it or after it."""

    profile: Path | None = None
    secrets: Path | None = None
    json: bool = False
    verbose: bool = False

    def joined(self, other: Given) -> Given:
        """Give both together; what stands after the verb is nearer, so it wins."""
        return Given(
            other.profile or self.profile,
            other.secrets or self.secrets,
            self.json or other.json,
            self.verbose or other.verbose,
        )


@dataclass(slots=True)
class Face:
    """A verb's surroundings; `file` is the project file, as it was given, once the verb has named it."""

    given: Given
    output: Output
    control: Control
    file: Path | None = None

    @property
    def places(self) -> Places:
        from disf_desktop.workspace import Places

        return Places.find(self.given.profile, self.given.secrets)

    def open(self, file: Path, verb: str) -> Workspace:
        """Open a project file for a verb; from now on the project's log is kept. Raises SettingsError."""
        self.file = file
        if not file.is_file():
            raise typer.BadParameter(f"There is no project file {file}.", param_hint="FILE")
        from disf_desktop.workspace import Workspace, keep_log

        workspace = Workspace(file, self.places)
        keep_log(self.places.log(workspace.project.id), verb, also_shown=self.given.verbose)
        return workspace


def perform(
    given: Given,
    verb: Callable[[Face], int],
    *,
    gentle: bool = False,
    lists_all: bool = False,
    imports: bool = False,
) -> int:
    """Do a verb and give its exit code; a failure is said before it.

    A `gentle` verb is stopped at its next safe point, any other where it is.
    """
    output = _output(given, lists_all=lists_all, imports=imports)
    control = Control()
    face = Face(given, output, control)
    output.reader_left = control.cancel

    def last_word() -> None:
        for said in errors_of(stopped()):
            output.say(said)
        output.close()

    control.before_the_end = last_word
    try:
        with signals_obeyed(control) if gentle else signals_interrupt():
            return verb(face)
    except KeyboardInterrupt:
        return _failed(face, stopped())
    except DisfError as error:
        return _failed(face, error)
    finally:
        output.close()


def _failed(face: Face, error: DisfError) -> int:
    for said in errors_of(error, face.file):
        face.output.say(said)
    return error.exit_code


def _output(given: Given, *, lists_all: bool, imports: bool) -> Output:
    if given.json:
        return JsonLines()
    from disf_desktop.cli.screen import Screen

    return Screen(lists_all=lists_all, imports=imports)
