"""What is wrong with a mapping and all that it stands on, as one list. No Qt."""

from __future__ import annotations

from disf_desktop.core.errors import Problem
from disf_desktop.core.project import Integration
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.pairs import activation_problems, place_of


def problems_shown(facts: Facts, integration: Integration) -> tuple[Problem, ...]:
    """Give what keeps a mapping from running: in itself, in its connections, in its project; the last check's too."""
    project = facts.project
    assert project is not None, "a mapping is of a project file"
    destination = project.destination(integration.project)
    used = {integration.salesforce} | ({destination.connection} if destination is not None else set())
    places = [f"connections[{n}]" for n, connection in enumerate(project.connections) if connection.id in used]
    places += [f"projects[{n}]" for n, each in enumerate(project.projects) if each.id == integration.project]
    below = [p for p in facts.problems if any(p.path.startswith(place) for place in places)]
    own = activation_problems(facts, integration)
    at = place_of(facts, integration)
    whole = [p for p in facts.problems if p.path == at]
    return tuple(dict.fromkeys((*below, *whole, *own)))
