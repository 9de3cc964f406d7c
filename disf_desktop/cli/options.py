"""The `disf` program, and the options that its verbs share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from disf_desktop import __version__
from disf_desktop.cli.face import Given

app = typer.Typer(
    name="disf",
    help="Keeps Salesforce and Dialog Insight in step.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Profile = Annotated[
    Path | None,
    typer.Option("--profile", metavar="DIR", help="Where ledgers, logs and locks live (DISF_PROFILE)."),
]
Secrets = Annotated[
    Path | None,
    typer.Option("--secrets", metavar="FILE", help="An owner-only file instead of the keyring (DISF_SECRETS)."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line on standard output.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say more: the log, and where a mistake happened.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A project file (*.disf.yaml).", show_default=False)]
IntegrationName = Annotated[
    str | None, typer.Option("--integration", metavar="NAME", help="Only this one, even where it is switched off.")
]
Records = Annotated[int, typer.Option("--records", min=0, metavar="N", help="How many contacts.")]


class ControlBy(StrEnum):
    STDIN = "stdin"


Control = Annotated[
    ControlBy | None,
    typer.Option("--control", help="Take pause, resume and cancel as lines; the end of the input is cancel."),
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"disf {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    context: typer.Context,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    context.obj = Given(profile, secrets, json, verbose)


def given_of(context: typer.Context, profile: Path | None, secrets: Path | None, json: bool, verbose: bool) -> Given:
    before: Given = context.obj
    return before.joined(Given(profile, secrets, json, verbose))
