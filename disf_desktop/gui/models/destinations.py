"""What can be said of a destination project from the facts: its choices, its time zone, what is missing there."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from disf_desktop.core.project import (
    DestinationProject,
    DialogInsightConnection,
    Integration,
    Project,
    ProjectType,
)
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.project_key import KeyState, fields_shown, judge_key, proposed_key, told_key

_ZONES = {"app.mydialoginsight.com": "Europe/Paris"}
"""The usual time zone by the host of a platform, where it is not the Canadian one (reference, section 21, 19)."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Fields and opt-ins that an integration uses and Dialog Insight does not show."""

    integration: str
    names: tuple[str, ...]


def usual_zone(connection: DialogInsightConnection) -> str:
    """Give the time zone that the dates of an account most likely have."""
    return _ZONES.get(urlsplit(connection.root_url).hostname or "", "America/Toronto")


def accounts(project: Project) -> tuple[DialogInsightConnection, ...]:
    """Give the Dialog Insight connections of a project file."""
    return tuple(c for c in project.connections if isinstance(c, DialogInsightConnection))


def integrations_of(project: Project, destination: DestinationProject) -> tuple[Integration, ...]:
    """Give the integrations that serve a destination project, whatever their table."""
    return tuple(i for i in project.integrations if i.project == destination.id)


def served_by(project: Project, destination: DestinationProject, table: str) -> tuple[Integration, ...]:
    """Give the integrations that serve one table of a destination project."""
    return tuple(i for i in integrations_of(project, destination) if i.table == table)


def twin_of(project: Project, connection: str, id_project: int, besides: str = "") -> DestinationProject | None:
    """Give the destination of the file that is the same Dialog Insight project already, `besides` the one of that id.

    Projects are numbered over a whole platform, so another key of it may reach the same one.
    """
    mine = _platform(project, connection)
    return next(
        (
            each
            for each in project.projects
            if each.id != besides and each.id_project == id_project and _platform(project, each.connection) == mine
        ),
        None,
    )


def _platform(project: Project, connection: str) -> str:
    found = project.connection(connection)
    return urlsplit(found.root_url).hostname or "" if isinstance(found, DialogInsightConnection) else connection


def missing_fields(facts: Facts, destination: DestinationProject) -> tuple[Missing, ...]:
    """Give what integrations use and the contact list does not show: not made yet, renamed, or not built."""
    shown, project = fields_shown(facts, destination), facts.project
    if shown is None or project is None:
        return ()
    optins = {optin.name.casefold() for optin in shown.optins}
    found = []
    for integration in served_by(project, destination, CONTACT_LIST):
        names = [p.target for p in integration.mapping.pairs if shown.find(p.target) is None]
        names += [p.optin for p in integration.optins if p.optin.casefold() not in optins]
        if integration.deletes.field is not None and shown.find(integration.deletes.field) is None:
            names.append(integration.deletes.field)
        if names:
            found.append(Missing(integration.name, tuple(dict.fromkeys(names))))
    return tuple(found)


def with_type(facts: Facts, destination: DestinationProject, type: ProjectType) -> DestinationProject:
    """Give a project another type; a key that only suited the other one gives way to the one proposed for this."""
    key, shown, told = destination.key, fields_shown(facts, destination), told_key(facts, destination)
    if shown is not None and judge_key(shown, type, key, told) is not KeyState.SUITS:
        key = proposed_key(shown, type, told) or key
    return destination.model_copy(update={"type": type, "key": key})
