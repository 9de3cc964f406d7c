"""The verb that prepares Salesforce."""

from __future__ import annotations

from typing import Annotated

import typer

from disf_desktop.cli.face import perform
from disf_desktop.cli.options import Control, ControlBy, File, Json, Profile, Secrets, Verbose, app, given_of


@app.command()
def prepare(
    context: typer.Context,
    file: File,
    connection: Annotated[
        str, typer.Argument(metavar="CONNECTION", help="The id of a Salesforce connection of the file.")
    ],
    check: Annotated[bool, typer.Option("--check", help="Say what is missing; change nothing. The default.")] = False,
    install: Annotated[
        list[str] | None,
        typer.Option(
            "--install",
            metavar="COMPONENT…|all",
            help="Make these components, by id; a field brings its access with it.",
        ),
    ] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option("--remove", metavar="COMPONENT…|all", help="Take away what this program made; needs --confirm."),
    ] = None,
    confirm: Annotated[
        str, typer.Option("--confirm", metavar="NAME", help="The name of the connection, to confirm a removal.")
    ] = "",
    users: Annotated[
        list[str] | None,
        typer.Option(
            "--users",
            metavar="USERNAME…|all",
            help="Who may see the fields, besides the user of the connection; profile:NAME for a profile's users.",
        ),
    ] = None,
    package: Annotated[
        str | None, typer.Option("--package", metavar="LINK", help="Install Dialog Insight's package from its link.")
    ] = None,
    admins_only: Annotated[
        bool, typer.Option("--admins-only", help="Install the package for administrators only, not for all users.")
    ] = False,
    approve_domains: Annotated[
        bool, typer.Option("--approve-domains", help="Let the package contact the domains that were shown.")
    ] = False,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the package's password from standard input.")
    ] = False,
    go_on: Annotated[
        bool, typer.Option("--go-on", help="Bring to its end what an earlier preparation began, and no more.")
    ] = False,
    control: Control = None,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Say what Salesforce lacks for this project; install it without touching anything that exists."""
    from disf_desktop.cli.preparing import Asked
    from disf_desktop.cli.preparing import prepare as go

    given = given_of(context, profile, secrets, json, verbose)
    asked = Asked(
        check=check,
        install=tuple(install or ()),
        remove=tuple(remove or ()),
        confirm=confirm,
        users=tuple(users or ()),
        package=package,
        admins_only=admins_only,
        approve_domains=approve_domains,
        password_stdin=password_stdin,
        go_on=go_on,
        by_stdin=control is ControlBy.STDIN,
    )
    return perform(given, lambda face: go(face, file, connection, asked), gentle=True)
