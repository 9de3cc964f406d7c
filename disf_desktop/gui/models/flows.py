"""What flows between the services, drawn from the project file alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from disf_desktop.core.project import Integration, Project, ProjectType, SalesforceConnection, Trigger
from disf_desktop.core.schema import Side

TRIGGERS_OF: dict[Side, tuple[Trigger, ...]] = {
    Side.SALESFORCE: (Trigger.SALESFORCE_CREATED, Trigger.SALESFORCE_UPDATED, Trigger.SALESFORCE_DELETED),
    Side.DIALOG_INSIGHT: (Trigger.DIALOG_INSIGHT_CREATED, Trigger.DIALOG_INSIGHT_UPDATED, Trigger.OPTIN_CHANGED),
}
"""The triggers of each side: what they set off travels away from it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A box of the diagram: an org with the objects that are used, or a project with its type and key."""

    id: str
    title: str
    objects: tuple[str, ...] = ()
    type: ProjectType | None = None
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """An arrow between an org and a project, away from the side that its triggers are of.

    `triggers` are those ticked in any of the integrations that are on; where all are off, in any of them.
    """

    org: str
    project: str
    away_from: Side
    triggers: frozenset[Trigger]
    enabled: bool

    @property
    def source(self) -> str:
        return self.org if self.away_from is Side.SALESFORCE else self.project

    @property
    def target(self) -> str:
        return self.project if self.away_from is Side.SALESFORCE else self.org


@dataclass(frozen=True, slots=True)
class Flows:
    """The whole diagram: orgs, projects, and the arrows between them."""

    orgs: tuple[Place, ...] = ()
    projects: tuple[Place, ...] = ()
    arrows: tuple[Flow, ...] = ()

    def between(self, org: str, project: str) -> tuple[Flow, ...]:
        """Give the arrows between two boxes: none, one, or one each way."""
        return tuple(arrow for arrow in self.arrows if (arrow.org, arrow.project) == (org, project))


def flows_of(project: Project) -> Flows:
    """Give the boxes and arrows of a project file; orgs that nothing uses are left out, unless there is no other."""
    orgs = tuple(
        Place(c.id, c.name, tuple(dict.fromkeys(i.object for i in project.integrations if i.salesforce == c.id)))
        for c in project.connections
        if isinstance(c, SalesforceConnection)
    )
    projects = tuple(Place(p.id, p.name, type=p.type, key=p.key) for p in project.projects)
    arrows = [
        arrow
        for org in orgs
        for destination in projects
        for arrow in _both_ways(
            org, destination, [i for i in project.integrations if (i.salesforce, i.project) == (org.id, destination.id)]
        )
    ]
    used = tuple(org for org in orgs if org.objects)
    return Flows(used or orgs, projects, tuple(arrows))


def _both_ways(org: Place, destination: Place, between: Iterable[Integration]) -> Iterator[Flow]:
    for side, own in TRIGGERS_OF.items():
        flowing = [i for i in between if not set(own).isdisjoint(i.triggers)]
        on = [i for i in flowing if i.enabled]
        if flowing:
            triggers = frozenset(t for i in on or flowing for t in i.triggers) & frozenset(own)
            yield Flow(org.id, destination.id, side, triggers, bool(on))
