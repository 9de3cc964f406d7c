"""`connect`: sign in to Salesforce, or test and keep a Dialog Insight key."""

from __future__ import annotations

import getpass
import os
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from disf_desktop.cli.events import Connected, OpenUrl
from disf_desktop.cli.face import Face
from disf_desktop.core.project import DialogInsightConnection
from disf_desktop.workspace import Workspace

_LONGEST_KEY = 4096


def connect(face: Face, file: Path, connection_id: str, *, no_browser: bool, key_stdin: bool) -> int:
    """Connect, then tell what the service says of us."""
    workspace = face.open(file, "connect")
    connection = workspace.project.connection(connection_id)
    if connection is None:
        names = ", ".join(c.id for c in workspace.project.connections) or "none"
        raise typer.BadParameter(
            f"There is no connection “{connection_id}”; there is {names}.", param_hint="CONNECTION"
        )
    if isinstance(connection, DialogInsightConnection):
        workspace.store_key(connection_id, _key(connection, from_stdin=key_stdin))
    else:
        _sign_in(face, workspace, connection_id, open_browser=not no_browser)
    face.output.say(Connected(connection_id, workspace.test(connection_id).as_json()))
    return 0


def _key(connection: DialogInsightConnection, *, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline(_LONGEST_KEY).strip()
    if not sys.stdin.isatty():
        raise typer.BadParameter(
            "Nobody can be asked for the key here; pass it with --key-stdin.", param_hint="--key-stdin"
        )
    return getpass.getpass(f"Key {connection.id_key} of {connection.name} (it is not shown): ", stream=sys.stderr)


def _sign_in(face: Face, workspace: Workspace, connection_id: str, *, open_browser: bool) -> None:
    from disf_desktop.workspace.sign_in import OpenBrowser, Waiting

    for step in workspace.sign_in(connection_id).steps():
        if isinstance(step, OpenBrowser):
            face.output.say(OpenUrl(step.url))
            if open_browser:
                with _answers_kept_apart():
                    webbrowser.open(step.url)
        elif isinstance(step, Waiting):
            face.output.note("Waiting for the browser to come back (Ctrl-C gives up).")


@contextmanager
def _answers_kept_apart() -> Iterator[None]:
    """Keep what a browser prints out of our standard output."""
    sys.stdout.flush()
    ours = os.dup(1)
    try:
        os.dup2(2, 1)
        yield
    finally:
        os.dup2(ours, 1)
        os.close(ours)
