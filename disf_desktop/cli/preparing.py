"""`prepare`: what Salesforce lacks for a project, installed without touching anything that exists."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer

from disf_desktop.cli.control import follow
from disf_desktop.cli.face import Face
from disf_desktop.cli.runs import serve
from disf_desktop.core.preparation_events import PackageWish, PrepareFinished, PrepareWish
from disf_desktop.core.project import SalesforceConnection
from disf_desktop.workspace import Workspace

_SOMETHING_LEFT: Final = 3
_LONGEST_PASSWORD: Final = 4096
_ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says of a preparation."""

    check: bool = False
    install: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    confirm: str = ""
    users: tuple[str, ...] = ()
    package: str | None = None
    admins_only: bool = False
    approve_domains: bool = False
    password_stdin: bool = False
    go_on: bool = False
    by_stdin: bool = False


def prepare(face: Face, file: Path, connection_id: str, asked: Asked) -> int:
    """Look, and do what is asked; 0 where nothing is missing then (or all is removed), 3 where something is."""
    wish = _wish(asked)
    workspace = face.open(file, "prepare")
    _check_connection(workspace, connection_id)
    if asked.by_stdin:
        serve(face)
    last: PrepareFinished | None = None
    events = workspace.prepare(connection_id, wish, stop=face.control.new_stop())
    for event in follow(events, face.control):
        if isinstance(event, PrepareFinished):
            last = event
        face.output.say(event)
    assert last is not None, "a preparation ends with how the org stands"
    if wish.remove is not None:
        return 0
    return 0 if last.is_complete else _SOMETHING_LEFT


def _wish(asked: Asked) -> PrepareWish:
    changes = bool(asked.install or asked.remove or asked.users or asked.package)
    if asked.go_on and (changes or asked.check):
        raise typer.BadParameter(
            "What was asked for then is all that is done; name nothing else.", param_hint="--go-on"
        )
    if asked.check and changes:
        raise typer.BadParameter("--check changes nothing; leave the other options out.", param_hint="--check")
    if asked.remove and (asked.install or asked.users or asked.package):
        raise typer.BadParameter("Remove first, then install in a command of its own.", param_hint="--remove")
    if asked.package is None and (asked.admins_only or asked.approve_domains or asked.password_stdin):
        raise typer.BadParameter("That says how a package is installed; name its link.", param_hint="--package")
    if asked.password_stdin and asked.by_stdin:
        raise typer.BadParameter("Standard input can be one of the two only.", param_hint="--password-stdin")
    package = None
    if asked.package is not None:
        password = sys.stdin.readline(_LONGEST_PASSWORD).strip() if asked.password_stdin else ""
        package = PackageWish(asked.package, asked.admins_only, asked.approve_domains, password)
    return PrepareWish(
        _chosen(asked.install, "--install"),
        _chosen(asked.remove, "--remove"),
        asked.confirm,
        asked.users,
        package,
        asked.go_on,
    )


def _chosen(ids: tuple[str, ...], option: str) -> tuple[str, ...] | None:
    """Give the ids chosen: None where nothing is, () for all."""
    if _ALL in ids and len(ids) > 1:
        raise typer.BadParameter("Write ids, or all.", param_hint=option)
    if not ids:
        return None
    return () if ids == (_ALL,) else ids


def _check_connection(workspace: Workspace, connection_id: str) -> None:
    orgs = [each.id for each in workspace.project.connections if isinstance(each, SalesforceConnection)]
    if connection_id not in orgs:
        raise typer.BadParameter(
            f"There is no Salesforce connection “{connection_id}”; there is {', '.join(orgs) or 'none'}.",
            param_hint="CONNECTION",
        )
