"""What a person asks of an import in few words, and the recipe that it makes of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from disf_desktop.core.edits import recipe_for
from disf_desktop.core.errors import Problem, SettingsError
from disf_desktop.core.importing.recipe import FileForm, ImportColumn, ImportMode, ImportRecipe
from disf_desktop.core.project import Project

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What is said; what is left open is taken from the recipe named, or from one for a file of the same shape."""

    to: str | None = None
    recipe: str | None = None
    key: tuple[str, ...] = ()
    columns: Mapping[str, str] | None = None
    """Fields by column."""
    mode: ImportMode | None = None
    form: FileForm = field(default_factory=FileForm)


def named_recipe(project: Project, wish: ImportWish) -> ImportRecipe | None:
    """Give the recipe that is named. Raises SettingsError where the file has none of that name."""
    if wish.recipe is None:
        return None
    found = project.recipe(wish.recipe)
    if found is None:
        names = ", ".join(f"“{each.name}”" for each in project.imports) or "none"
        raise SettingsError(
            (Problem("imports", f"There is no recipe “{wish.recipe}”; there is {names}.", "Name one of the file's."),)
        )
    return found


def form_said(wish: ImportWish, saved: ImportRecipe | None) -> FileForm:
    """Give what is said of the form of the file; what the person says now stands before what is saved."""
    if saved is None:
        return wish.form
    return saved.form.model_copy(update=wish.form.model_dump(exclude_unset=True, exclude_none=True))


def saved_for(project: Project, wish: ImportWish, header: Sequence[str]) -> ImportRecipe | None:
    """Give the recipe named, else the one by which a file of this shape went to the same table."""
    named = named_recipe(project, wish)
    if named is not None or wish.to is None:
        return named
    return recipe_for(project, wish.to, header)


def wished_recipe(
    wish: ImportWish, saved: ImportRecipe | None, header: Sequence[str], suggested: Mapping[str, str], file: str
) -> ImportRecipe:
    """Make the recipe for a file with these columns.

    Its columns are those that are said, else the saved ones, else the suggested ones, each with its field. `file` is
    the name that a new recipe is given.
    """
    to = wish.to or (saved.to if saved is not None else "")
    assert to, "somebody has said where the rows go"
    if wish.columns is not None:
        columns = _columns(wish.columns, saved, header)
    elif saved is not None:
        columns = saved.columns
    else:
        columns = tuple(ImportColumn(column=column, field=field) for column, field in suggested.items())
    return ImportRecipe(
        name=(saved.name if saved is not None else file)[:LONGEST_NAME],
        to=to,
        mode=wish.mode or (saved.mode if saved is not None else ImportMode.UPSERT),
        key=wish.key or (saved.key if saved is not None else ()),
        form=form_said(wish, saved),
        header=tuple(header),
        columns=columns,
        consents=saved.consents if saved is not None else (),
    )


def _columns(said: Mapping[str, str], saved: ImportRecipe | None, header: Sequence[str]) -> tuple[ImportColumn, ...]:
    """Give columns that are said, spelt as the file spells them; what a saved recipe says besides is kept."""
    spelt = {name.casefold(): name for name in header}
    before = {(each.column.casefold(), each.field.casefold()): each for each in (saved.columns if saved else ())}
    found = []
    for column, name in said.items():
        kept = before.get((column.casefold(), name.casefold()))
        found.append(kept or ImportColumn(column=spelt.get(column.casefold(), column), field=name))
    return tuple(found)


def columns_said(text: str) -> Mapping[str, str] | None:
    """Read `Courriel=EMail;Prénom=FirstName`; None where it is not of that form."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        column, equals, field = part.rpartition("=")
        if not equals or not column.strip() or not field.strip():
            return None
        found[column.strip()] = field.strip()
    return found
