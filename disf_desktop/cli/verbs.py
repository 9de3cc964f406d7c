"""The verbs and their options, as the command-line contract writes them; what they do is in the modules beside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from disf_desktop.cli import verbs_of_answers, verbs_of_imports, verbs_of_preparing, verbs_of_runs
from disf_desktop.cli.face import perform
from disf_desktop.cli.options import File, Json, Profile, Records, Secrets, Verbose, app, given_of

__all__ = ["app", "verbs_of_answers", "verbs_of_imports", "verbs_of_preparing", "verbs_of_runs"]


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

    given = given_of(context, profile, secrets, json, verbose)
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
    until_stdin_ends: Annotated[
        bool, typer.Option("--until-stdin-ends", help="End too when standard input does.")
    ] = False,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Run both services on loopback, in the foreground, until SIGTERM or SIGINT."""
    from disf_desktop.cli.processes import become_simulator

    given_of(context, profile, secrets, json, verbose)
    return become_simulator(
        ready_file,
        records=records,
        seed=seed,
        port=port,
        https=https,
        state=state,
        until_stdin_ends=until_stdin_ends,
    )


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

    given = given_of(context, profile, secrets, json, verbose)
    return perform(given, lambda face: look(face, file, offline=offline))


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

    given = given_of(context, profile, secrets, json, verbose)
    return perform(given, lambda face: join(face, file, connection, no_browser=no_browser, key_stdin=key_stdin))
