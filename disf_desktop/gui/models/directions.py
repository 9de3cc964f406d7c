"""Which way things travel: each pair of an integration, and the whole of it."""

from __future__ import annotations

from disf_desktop.core.project import Direction, FieldPair, Integration, Project, ProjectType
from disf_desktop.core.schema import CONTACT_LIST


def owner_of(project: Project, integration: Integration) -> ProjectType:
    """Say whose the records are; rows of a custom table come from Salesforce in a project of any type."""
    destination = project.destination(integration.project)
    if integration.table != CONTACT_LIST or destination is None:
        return ProjectType.A
    return destination.type


def owned_pairs(project: Project, integration: Integration) -> tuple[FieldPair, ...]:
    """Give the pairs with their direction and their policy said."""
    type = owner_of(project, integration)
    return tuple(pair.owned(type) for pair in integration.mapping.pairs)


def way_of_pair(pair: FieldPair) -> Direction:
    """Give the direction of an owned pair."""
    assert pair.direction is not None, "owned() says the direction"
    return pair.direction


def is_marker(project: Project, integration: Integration, pair: FieldPair) -> bool:
    """Say whether the pair tells in Dialog Insight who has a Salesforce record: only the program writes it."""
    is_id = pair.source.casefold() == "id" and not pair.key
    return is_id and owner_of(project, integration) is ProjectType.B


def way_of(project: Project, integration: Integration) -> Direction:
    """Say which way the fields of an integration travel; the marker, which only ties records together, counts not."""
    ways = {
        way_of_pair(pair) for pair in owned_pairs(project, integration) if not is_marker(project, integration, pair)
    }
    return next(iter(ways)) if len(ways) == 1 else Direction.BOTH
