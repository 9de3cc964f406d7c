"""The verbs and their options, as the command-line contract writes them; what they do is in the modules beside."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from disf_desktop import __version__
from disf_desktop.cli.face import Given, perform

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


def _given(context: typer.Context, profile: Path | None, secrets: Path | None, json: bool, verbose: bool) -> Given:
    before: Given = context.obj
    return before.joined(Given(profile, secrets, json, verbose))


@app.command()
def demo(
    context: typer.Context,
    records: Records = 10_000,
    headless: Annotated[bool, typer.Option("--headless", help="Open no window.")] = False,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Rehearse: simulate both services, sync, sync again, and open the window on it."""
    from disf_desktop.cli.demo import demo as rehearse

    given = _given(context, profile, secrets, json, verbose)
    return perform(given, lambda face: rehearse(face, records=records, headless=headless), gentle=True)


@app.command()
def simulate(
    context: typer.Context,
    ready_file: Annotated[
        Path, typer.Option("--ready-file", metavar="F", help="Written when both services answer, removed at exit.")
    ],
    records: Records = 10_000,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="The same seed gives the same records.")] = 1,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=1, max=65533, metavar="P", help="Salesforce on P, Dialog Insight on P+1, https on P+2."
        ),
    ] = None,
    https: Annotated[bool, typer.Option("--https", help="Serve Salesforce over https too.")] = False,
    state: Annotated[
        Path | None, typer.Option("--state", metavar="DIR", help="Keep everything in this folder.")
    ] = None,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Run both services on loopback, in the foreground, until SIGTERM or SIGINT."""
    from disf_desktop.cli.processes import become_simulator

    _given(context, profile, secrets, json, verbose)
    return become_simulator(ready_file, records=records, seed=seed, port=port, https=https, state=state)


@app.command()
def check(
    context: typer.Context,
    file: File,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no service.")] = False,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Say everything that can be known before a run."""
    from disf_desktop.cli.questions import check as look

    given = _given(context, profile, secrets, json, verbose)
    return perform(given, lambda face: look(face, file, offline=offline))


@app.command()
def preview(
    context: typer.Context,
    file: File,
    integration: IntegrationName = None,
    control: Control = None,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Show what a sync would write; write nothing."""
    from disf_desktop.cli.runs import preview as show

    given = _given(context, profile, secrets, json, verbose)
    return perform(given, lambda face: show(face, file, integration, by_stdin=control is ControlBy.STDIN), gentle=True)


@app.command()
def sync(
    context: typer.Context,
    file: File,
    integration: IntegrationName = None,
    approve: Annotated[
        str | None,
        typer.Option("--approve", metavar="PLAN_HASH", help="Allow the plan that a guard or a preview showed."),
    ] = None,
    control: Control = None,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Bring Dialog Insight up to date with Salesforce, once."""
    from disf_desktop.cli.runs import sync as go

    given = _given(context, profile, secrets, json, verbose)
    return perform(
        given,
        lambda face: go(face, file, integration, approve=approve, by_stdin=control is ControlBy.STDIN),
        gentle=True,
    )


@app.command()
def status(
    context: typer.Context,
    file: File,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Say how far things are and what waits."""
    from disf_desktop.cli.questions import status as tell

    return perform(_given(context, profile, secrets, json, verbose), lambda face: tell(face, file))


@app.command("set-aside")
def set_aside(
    context: typer.Context,
    file: File,
    retry: Annotated[
        list[str] | None, typer.Option("--retry", metavar="ID…|all", help="Try these again with the next sync.")
    ] = None,
    dismiss: Annotated[
        list[int] | None, typer.Option("--dismiss", metavar="ID…", help="Let these rest until their source changes.")
    ] = None,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="OUT", help="Write them to a file.")] = None,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """List, retry, dismiss or export the records that wait for a person."""
    from disf_desktop.cli.questions import set_aside as treat

    given = _given(context, profile, secrets, json, verbose)
    return perform(
        given, lambda face: treat(face, file, retry=retry or [], dismiss=dismiss or [], csv=csv), lists_all=True
    )


@app.command()
def connect(
    context: typer.Context,
    file: File,
    connection: Annotated[str, typer.Argument(metavar="CONNECTION", help="The id of a connection of the file.")],
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address instead of opening it.")] = False,
    key_stdin: Annotated[bool, typer.Option("--key-stdin", help="Read the key from standard input.")] = False,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Sign in to Salesforce, or test and keep a Dialog Insight key."""
    from disf_desktop.cli.connect import connect as join

    given = _given(context, profile, secrets, json, verbose)
    return perform(given, lambda face: join(face, file, connection, no_browser=no_browser, key_stdin=key_stdin))
