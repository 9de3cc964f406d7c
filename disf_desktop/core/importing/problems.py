"""What is wrong with how files are imported and can be known without a service and without a file.

A recipe never stops a sync: `core.project_rules.blocking` does not count what is wrong in one.
"""

from __future__ import annotations

from collections.abc import Iterator

from disf_desktop.core.errors import Problem
from disf_desktop.core.importing.destination import ImportDestination, find_destination
from disf_desktop.core.importing.recipe import ImportMode, ImportRecipe
from disf_desktop.core.project import Project, is_consent_name
from disf_desktop.core.schema import Side


def problems_of_recipes(project: Project) -> Iterator[Problem]:
    """Give what is wrong in the saved recipes of a project file."""
    names: set[str] = set()
    for n, recipe in enumerate(project.imports):
        if recipe.name.casefold() in names:
            yield Problem(f"imports[{n}].name", f"“{recipe.name}” is used twice.", "Give each one its own.")
        names.add(recipe.name.casefold())
        yield from problems_of_recipe(project, recipe, f"imports[{n}].")


def problems_of_recipe(project: Project, recipe: ImportRecipe, at: str = "") -> Iterator[Problem]:
    """Give what is wrong with one recipe; `at` stands before the names of its members, `imports[0].`"""
    found = find_destination(project, recipe.to, f"{at}to")
    if isinstance(found, Problem):
        yield found
        return
    yield from _column_problems(recipe, found.side, at)
    yield from _consent_problems(recipe, at)
    yield from _key_problems(recipe, found, at)


def _column_problems(recipe: ImportRecipe, side: Side, at: str) -> Iterator[Problem]:
    filled: dict[str, str] = {}
    for n, column in enumerate(recipe.columns):
        place, folded = f"{at}columns[{n}].field", column.field.casefold()
        if folded in filled:
            yield Problem(
                place,
                f"{column.field} is filled by two columns: {filled[folded]} and {column.column}.",
                "Keep one of them.",
            )
        filled.setdefault(folded, column.column)
        if side is Side.DIALOG_INSIGHT and is_consent_name(column.field):
            yield Problem(
                place,
                f"{column.field} is a consent, and no consent is ever sent to Dialog Insight.",
                "Put the column under consents: what it says becomes a file for Dialog Insight's own dated import.",
            )


def _consent_problems(recipe: ImportRecipe, at: str) -> Iterator[Problem]:
    said: dict[str, str] = {column.field.casefold(): column.column for column in recipe.columns}
    for n, consent in enumerate(recipe.consents):
        folded = consent.consent.casefold()
        if folded in said:
            yield Problem(
                f"{at}consents[{n}].consent",
                f"{consent.consent} is filled by two columns: {said[folded]} and {consent.column}.",
                "Keep one of them.",
            )
        said.setdefault(folded, consent.column)


def _key_problems(recipe: ImportRecipe, destination: ImportDestination, at: str) -> Iterator[Problem]:
    filled = {column.field.casefold() for column in recipe.columns}
    names = recipe.key or destination.key
    key = [name.casefold() for name in names]
    for n, name in enumerate(names):
        if name.casefold() not in filled:
            yield Problem(
                f"{at}key[{n}]" if recipe.key else f"{at}columns",
                f"The key {name} is filled by no column.",
                f"Say which column holds {name}: rows find their record by it.",
            )
    if destination.side is Side.DIALOG_INSIGHT:
        if set(key) != {name.casefold() for name in destination.key}:
            yield Problem(
                f"{at}key",
                f"{destination.to} finds rows by {', '.join(destination.key)}, and by no other field.",
                "Name it as the key, or leave the key out.",
            )
        return
    if not key and recipe.mode is not ImportMode.CREATE:
        yield Problem(
            f"{at}key",
            "Nothing says by which field a row finds its record.",
            "Name an external id of the object, or Id; or let every row create a record.",
        )
    if len(key) > 1:
        yield Problem(f"{at}key", "Salesforce finds a record by one field, not by several.", "Keep one of them.")
    if key == ["id"] and recipe.mode is not ImportMode.UPDATE:
        yield Problem(
            f"{at}mode", "A record that is named by its Id is there already.", "Let the rows update, and create none."
        )
