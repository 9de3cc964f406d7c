"""The verbs that run: preview, sync, undo, start-from-now, run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from disf_desktop.cli.face import perform
from disf_desktop.cli.options import (
    Control,
    ControlBy,
    File,
    IntegrationName,
    Json,
    Profile,
    Secrets,
    Verbose,
    app,
    given_of,
)
from disf_desktop.core.choices import Trigger


@app.command()
def preview(
    context: typer.Context,
    file: File,
    integration: IntegrationName = None,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="PLAN", help="Keep the plan in a file, for `disf sync --plan`.")
    ] = None,
    control: Control = None,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Show what a sync would write; write nothing."""
    from disf_desktop.cli.runs import preview as show

    given = given_of(context, profile, secrets, json, verbose)
    return perform(
        given, lambda face: show(face, file, integration, save=save, by_stdin=control is ControlBy.STDIN), gentle=True
    )


@app.command()
def sync(
    context: typer.Context,
    file: File,
    integration: IntegrationName = None,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", metavar="PLAN", help="Send what this saved plan holds, and nothing else."),
    ] = None,
    approve: Annotated[
        str | None,
        typer.Option("--approve", metavar="PLAN_HASH", help="Allow the plan that a guard or a preview showed."),
    ] = None,
    audit: Annotated[
        bool,
        typer.Option(
            "--audit", help="Compare everything anew: a full read of Salesforce, one call to Dialog Insight a person."
        ),
    ] = False,
    control: Control = None,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Bring Salesforce and Dialog Insight in step, once."""
    from disf_desktop.cli.runs import sync as go

    given = given_of(context, profile, secrets, json, verbose)
    if audit and plan is not None:
        raise typer.BadParameter("A saved plan is sent as it is; compare everything in a run without one.")
    return perform(
        given,
        lambda face: go(
            face, file, integration, approve=approve, plan=plan, audit=audit, by_stdin=control is ControlBy.STDIN
        ),
        gentle=True,
    )


@app.command()
def undo(
    context: typer.Context,
    file: File,
    run: Annotated[int, typer.Argument(metavar="RUN", min=1, help="The number of a run; see disf status FILE.")],
    control: Control = None,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Take the updates of a run back, where nobody was there since; say what is left alone."""
    from disf_desktop.cli.runs import undo as take_back

    given = given_of(context, profile, secrets, json, verbose)
    return perform(given, lambda face: take_back(face, file, run, by_stdin=control is ControlBy.STDIN), gentle=True)


@app.command("start-from-now")
def start_from_now(
    context: typer.Context,
    file: File,
    trigger: Annotated[Trigger, typer.Argument(metavar="TRIGGER", help="The trigger that was ticked later.")],
    integration: Annotated[str, typer.Option("--integration", metavar="NAME", help="The integration that has it.")],
    control: Control = None,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Leave what piled up before a trigger was ticked as it is on both sides; write nothing. See it first: preview."""
    from disf_desktop.cli.runs import start_from_now as begin

    given = given_of(context, profile, secrets, json, verbose)
    return perform(
        given,
        lambda face: begin(face, file, integration, trigger, by_stdin=control is ControlBy.STDIN),
        gentle=True,
    )


@app.command("run")
def keep_running(
    context: typer.Context,
    file: File,
    integration: IntegrationName = None,
    once: Annotated[bool, typer.Option("--once", help="Run what is due now, then end.")] = False,
    wait_for_first: Annotated[
        bool,
        typer.Option("--wait-for-first", help="Leave an integration alone until somebody has run it a first time."),
    ] = False,
    control: Control = None,
    profile: Profile = None,
    secrets: Secrets = None,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Keep the integrations running by their schedule, until SIGTERM, SIGINT or cancel.

    With --control stdin, the lines `run` and `run NAME` ask for a run now.
    """
    from disf_desktop.cli.runs import run as keep_on

    given = given_of(context, profile, secrets, json, verbose)
    return perform(
        given,
        lambda face: keep_on(
            face,
            file,
            integration,
            once=once,
            by_stdin=control is ControlBy.STDIN,
            wait_for_first=wait_for_first,
        ),
        gentle=True,
    )
