"""The verbs that ask the ledger, and those by which a person decides: status, set-aside, conflicts, consent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from disf_desktop.cli.face import perform
from disf_desktop.cli.options import File, Json, Profile, Secrets, Verbose, app, given_of

Csv = Annotated[Path | None, typer.Option("--csv", metavar="OUT", help="Write them to a file.")]


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

    return perform(given_of(context, profile, secrets, json, verbose), lambda face: tell(face, file))


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

    given = given_of(context, profile, secrets, json, verbose)
    return perform(
        given, lambda face: treat(face, file, retry=retry or [], dismiss=dismiss or [], csv=csv), lists_all=True
    )


@app.command()
def conflicts(
    context: typer.Context,
    file: File,
    take: Annotated[
        list[str] | None,
        typer.Option(
            "--take",
            metavar="ID=SIDE…",
            help="Choose whose value stands: 12=salesforce or 12=dialog_insight.",
        ),
    ] = None,
    restore: Annotated[
        list[int] | None,
        typer.Option("--restore", metavar="ID…", help="Put the value that lost back, on both with the next sync."),
    ] = None,
    csv: Csv = None,
    resolved_too: Annotated[
        bool, typer.Option("--all", help="Those that were resolved in the last 90 days too.")
    ] = False,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """List fields that hold two values, choose, or put a value back."""
    from disf_desktop.cli.decisions import conflicts as treat

    given = given_of(context, profile, secrets, json, verbose)
    return perform(
        given,
        lambda face: treat(face, file, take=take or [], restore=restore or [], csv=csv, resolved_too=resolved_too),
        lists_all=True,
    )


@app.command()
def consent(
    context: typer.Context,
    file: File,
    person: Annotated[
        str | None,
        typer.Option("--person", metavar="KEY", help="The trail of one: Salesforce Id, idContact or key."),
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="OUT", help="Write the trail to a file, .csv or .json.")
    ] = None,
    csv: Csv = None,
    verify: Annotated[bool, typer.Option("--verify", help="Compute the chain of the trail again.")] = False,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """List the consents that wait for you; show, export or verify the trail of consents."""
    from disf_desktop.cli.decisions import consent as look

    given = given_of(context, profile, secrets, json, verbose)
    return perform(
        given,
        lambda face: look(face, file, person=person, export=export, csv=csv, verify=verify),
        lists_all=True,
    )


@app.command()
def restore(
    context: typer.Context,
    file: File,
    backup: Annotated[
        str | None,
        typer.Option("--backup", metavar="NAME", help="This one of the list; without it, the newest that is sound."),
    ] = None,
    anew: Annotated[
        bool, typer.Option("--anew", help="Take no backup: the next run meets everybody for the first time.")
    ] = False,
    list_only: Annotated[bool, typer.Option("--list", help="Only list the backups.")] = False,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Put a backup in the place of a ledger that is damaged, which is kept; the next run compares everything anew."""
    from disf_desktop.cli.restoring import restore as bring_back

    given = given_of(context, profile, secrets, json, verbose)
    if anew and backup is not None:
        raise typer.BadParameter("With --anew no backup is taken; say one of the two.", param_hint="--anew")
    return perform(given, lambda face: bring_back(face, file, backup=backup, anew=anew, list_only=list_only))
