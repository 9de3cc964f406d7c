"""What a person may change in a project file: each edit is a project in, a project out.

An edit may leave a draft behind (`core.project_rules.blocking`); it never leaves two things of one name. Whether a pair
may be made is asked of `core.verdict`, by mouse, key and button alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeVar

from disf_desktop.core.importing.recipe import ImportRecipe
from disf_desktop.core.project import (
    DestinationProject,
    DialogInsightConnection,
    FieldPair,
    Integration,
    Project,
    SalesforceConnection,
)
from disf_desktop.core.schema import CONTACT_LIST

T = TypeVar("T")
Connection = SalesforceConnection | DialogInsightConnection


def fresh_id(name: str, taken: Iterable[str]) -> str:
    """Make an identifier out of a name, unlike every other in any case of letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "new"
    return _unlike(stem, "-", taken)


def fresh_name(name: str, taken: Iterable[str]) -> str:
    """Give the name, with a number behind it where it is taken in any case of letters."""
    return _unlike(name, " ", taken)


def _unlike(stem: str, between: str, taken: Iterable[str]) -> str:
    folded = {name.casefold() for name in taken}
    candidate, number = stem, 2
    while candidate.casefold() in folded:
        candidate, number = f"{stem}{between}{number}", number + 1
    return candidate


# Connections


def with_connection(project: Project, connection: Connection) -> Project:
    """Put a connection in the place of the one with its id, or at the end."""
    connections = _placed(project.connections, connection, lambda c: c.id == connection.id)
    return project.model_copy(update={"connections": connections})


def without_connection(project: Project, id: str) -> Project:
    """Take a connection away. What uses it (`users_of_connection`) must be gone before."""
    assert not users_of_connection(project, id), "a connection in use is not taken away"
    return project.model_copy(update={"connections": tuple(c for c in project.connections if c.id != id)})


def users_of_connection(project: Project, id: str) -> tuple[str, ...]:
    """Name the destination projects and integrations that use a connection."""
    destinations = (p.name for p in project.projects if p.connection == id)
    return (*destinations, *(i.name for i in project.integrations if i.salesforce == id))


# Destination projects


def with_destination(project: Project, destination: DestinationProject) -> Project:
    """Put a destination project in the place of the one with its id, or at the end."""
    return project.model_copy(
        update={"projects": _placed(project.projects, destination, lambda p: p.id == destination.id)}
    )


def without_destination(project: Project, id: str) -> Project:
    """Take a destination project away. Its integrations must be gone before."""
    assert not users_of_destination(project, id), "a destination project in use is not taken away"
    return project.model_copy(update={"projects": tuple(p for p in project.projects if p.id != id)})


def users_of_destination(project: Project, id: str) -> tuple[str, ...]:
    """Name the integrations that serve a destination project."""
    return tuple(i.name for i in project.integrations if i.project == id)


# Integrations


def with_integration(project: Project, integration: Integration, name: str | None = None) -> Project:
    """Put an integration in the place of the one called `name` (its own name, unless it is renamed), or at the end."""
    before = integration.name if name is None else name
    integrations = _placed(project.integrations, integration, lambda i: i.name == before)
    return project.model_copy(update={"integrations": integrations})


def without_integration(project: Project, name: str) -> Project:
    """Take an integration away."""
    return project.model_copy(update={"integrations": tuple(i for i in project.integrations if i.name != name)})


def duplicated(project: Project, name: str, destination: str, table: str = CONTACT_LIST) -> tuple[Project, str]:
    """Copy an integration to another destination project, as a draft; give its name too."""
    original = project.integration(name)
    assert original is not None, "an integration of the file is duplicated"
    made = fresh_name(original.name, (i.name for i in project.integrations))
    copy = original.model_copy(update={"name": made, "project": destination, "table": table, "enabled": False})
    return with_integration(project, copy), made


# Pairs


def with_pair(integration: Integration, pair: FieldPair, key: Collection[str] = ()) -> Integration:
    """Add a pair, in the place of the pairs that share its target; one for a field of the `key` becomes a key pair.

    `key` names the primary key of the table. Key pairs come first.
    """
    folded = {name.casefold() for name in key}
    pair = pair.model_copy(update={"key": pair.key or pair.target.casefold() in folded})
    rest = [p for p in integration.mapping.pairs if p.target.casefold() != pair.target.casefold()]
    place = next(
        (n for n, p in enumerate(integration.mapping.pairs) if p.target.casefold() == pair.target.casefold()), len(rest)
    )
    return with_pairs(integration, (*rest[:place], pair, *rest[place:]))


def changed_pair(integration: Integration, number: int, pair: FieldPair) -> Integration:
    """Put a pair in the place of the one of that number."""
    pairs = list(integration.mapping.pairs)
    pairs[number] = pair
    return with_pairs(integration, pairs)


def without_pair(integration: Integration, number: int) -> Integration:
    """Take the pair of that number away."""
    return with_pairs(integration, [p for n, p in enumerate(integration.mapping.pairs) if n != number])


def with_pairs(integration: Integration, pairs: Sequence[FieldPair]) -> Integration:
    """Give an integration these pairs, those of the primary key first."""
    ordered = (*(p for p in pairs if p.key), *(p for p in pairs if not p.key))
    return integration.model_copy(update={"mapping": integration.mapping.model_copy(update={"pairs": ordered})})


def takers_of(integration: Integration, target: str) -> tuple[FieldPair, ...]:
    """Give the pairs that a Dialog Insight field has already: a new one replaces them, or is not made."""
    return tuple(p for p in integration.mapping.pairs if p.target.casefold() == target.casefold())


def key_of(project: Project, integration: Integration) -> tuple[str, ...]:
    """Name the primary key of the table that an integration serves; () where there is no such table."""
    destination = project.destination(integration.project)
    if destination is None:
        return ()
    if integration.table == CONTACT_LIST:
        return destination.key
    table = destination.table(integration.table)
    return table.key if table is not None else ()


# Recipes


def with_recipe(project: Project, recipe: ImportRecipe, name: str | None = None) -> Project:
    """Put a recipe in the place of the one called `name` (its own name, unless it is renamed), or at the end."""
    before = recipe.name if name is None else name
    return project.model_copy(update={"imports": _placed(project.imports, recipe, lambda r: r.name == before)})


def without_recipe(project: Project, name: str) -> Project:
    """Take a recipe away."""
    return project.model_copy(update={"imports": tuple(r for r in project.imports if r.name != name)})


def recipe_for(project: Project, to: str, header: Sequence[str]) -> ImportRecipe | None:
    """Give the recipe by which a file of this shape went to the same table, the last one saved where there are several.

    The columns may stand in another order: they are known by their names.
    """
    shape = sorted(name.casefold() for name in header)
    return next(
        (
            recipe
            for recipe in reversed(project.imports)
            if recipe.to.casefold() == to.casefold() and sorted(name.casefold() for name in recipe.header) == shape
        ),
        None,
    )


def _placed(items: tuple[T, ...], item: T, is_same: Callable[[T], bool]) -> tuple[T, ...]:
    if not any(is_same(each) for each in items):
        return (*items, item)
    return tuple(item if is_same(each) else each for each in items)
