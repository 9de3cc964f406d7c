"""What flows between the services, drawn from the project file alone."""

from __future__ import annotations

from dataclasses import dataclass

from disf_desktop.core.project import Project, ProjectType, SalesforceConnection, Trigger


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
    """An arrow: integrations from one place to another, the triggers that are ticked in any of them, and whether one
    is on."""

    source: str
    target: str
    triggers: frozenset[Trigger]
    enabled: bool


@dataclass(frozen=True, slots=True)
class Flows:
    """The whole diagram: orgs, projects, and the arrows between them."""

    orgs: tuple[Place, ...] = ()
    projects: tuple[Place, ...] = ()
    arrows: tuple[Flow, ...] = ()


def flows_of(project: Project) -> Flows:
    """Give the boxes and arrows of a project file; orgs that nothing uses are left out, unless there is no other."""
    orgs = tuple(
        Place(c.id, c.name, tuple(dict.fromkeys(i.object for i in project.integrations if i.salesforce == c.id)))
        for c in project.connections
        if isinstance(c, SalesforceConnection)
    )
    projects = tuple(Place(p.id, p.name, type=p.type, key=p.key) for p in project.projects)
    arrows = []
    for org in orgs:
        for destination in projects:
            between = [i for i in project.integrations if (i.salesforce, i.project) == (org.id, destination.id)]
            if between:
                triggers = frozenset(t for i in between for t in i.triggers)
                arrows.append(Flow(org.id, destination.id, triggers, any(i.enabled for i in between)))
    used = tuple(org for org in orgs if org.objects)
    return Flows(used or orgs, projects, tuple(arrows))
